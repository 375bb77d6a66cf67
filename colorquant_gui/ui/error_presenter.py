"""ErrorPresenter: gives the views the errors of the result on show, where they show errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from colorquant_gui.core.error_maps import ERROR_METRICS
from colorquant_gui.ui.canvas import CompareMode

if TYPE_CHECKING:
    from colorquant_gui.session import Session
    from colorquant_gui.session.error_map import Errors
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.run_presenter import RunPresenter


class ErrorPresenter(QObject):
    """Has errors measured when the difference or colours by error are looked at.

    Parameters
    ----------
    session : Session
        Has the result.
    window : MainWindow
        Has the views.
    run : RunPresenter
        Knows whether the result is on show.
    """

    def __init__(self, session: Session, window: MainWindow, run: RunPresenter) -> None:
        super().__init__(window)
        self._session, self._window, self._run = session, window, run
        self._shown: Errors | None = None
        session.error_map.measured.connect(self._show)
        session.error_map.failed.connect(self._give_up)
        session.resultChanged.connect(self._forget)
        run.resultShown.connect(self.update)
        window.color_space.viewOptionsChanged.connect(self.update)

    @Slot()
    def update(self) -> None:
        """Look whether errors are to be shown, and in which measure."""
        session, window = self._session, self._window
        result, histogram = session.result, session.histogram
        by_error = window.color_space.view_options().get("colorMode") == "error"
        wanted = window.canvas.compare_mode() is CompareMode.DIFFERENCE or by_error
        if result is None or histogram is None or not histogram.n_colors or not wanted:
            return
        metric = window.canvas.error_metric()
        shown = self._shown
        if shown is not None and shown.result is result and shown.metric == metric:
            return
        window.canvas.set_error_busy(True)
        session.error_map.ask(histogram, result, metric)

    @Slot()
    def _forget(self) -> None:
        self._shown = None
        self._session.error_map.forget()
        self._window.canvas.set_error_map(None)
        self._window.color_space.set_error(None)
        if self._run.shows_result:
            self.update()

    @Slot(object)
    def _show(self, errors: Errors) -> None:
        if errors.result is not self._session.result:
            return
        self._shown = errors
        unit = self.tr(ERROR_METRICS[errors.metric].unit)
        self._window.canvas.set_error_map(errors.values, unit, errors.maximum)
        self._window.color_space.set_error(errors.values, unit)

    @Slot()
    def _give_up(self) -> None:
        self._window.canvas.set_error_busy(False)
