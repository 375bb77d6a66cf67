"""ErrorPresenter: gives the views the errors of what is on show, where they show errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from colorquant_gui.core.error_maps import ERROR_METRICS
from colorquant_gui.ui.canvas import CompareMode

if TYPE_CHECKING:
    from colorquant_gui.session import Session
    from colorquant_gui.session.error_map import Errors
    from colorquant_gui.session.peek import Glimpse
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
        self._measured: Errors | None = None
        self._glimpse: Glimpse | None = None
        session.error_map.measured.connect(self._show)
        session.error_map.failed.connect(self._give_up)
        session.resultChanged.connect(self._forget)
        session.peek.changed.connect(self._follow_peek)
        run.resultShown.connect(self.update)
        window.color_space.viewOptionsChanged.connect(self.update)

    @Slot()
    def update(self) -> None:
        """Look whether errors are to be shown, and in which measure."""
        session, window = self._session, self._window
        result, histogram = session.result, session.histogram
        by_error = window.color_space.view_options().get("colorMode") == "error"
        as_difference = window.canvas.compare_mode() is CompareMode.DIFFERENCE
        if histogram is None or not histogram.n_colors or not (as_difference or by_error):
            return
        metric = window.canvas.error_metric()
        if self._glimpse is not None:
            window.canvas.set_error_busy(True)
            session.error_map.ask(histogram, self._glimpse, metric)
            return
        known = self._measured
        if result is None or (
            known is not None and known.result is result and known.metric == metric
        ):
            return
        window.canvas.set_error_busy(True)
        session.error_map.ask(histogram, result, metric)

    @Slot(object)
    def _follow_peek(self, glimpse: Glimpse | None) -> None:
        self._glimpse = glimpse
        if glimpse is None:
            self._session.error_map.forget()
            self._window.canvas.set_error_busy(False)
            self._show_in_picture(self._measured)
            self._show_in_space(self._measured)
        self.update()

    @Slot()
    def _forget(self) -> None:
        self._measured = None
        self._session.error_map.forget()
        self._show_in_picture(None)
        self._window.color_space.set_error(None)
        if self._run.shows_result or self._glimpse is not None:
            self.update()

    @Slot(object)
    def _show(self, errors: Errors) -> None:
        if errors.result is self._session.result:
            self._measured = errors
        if errors.result is (self._glimpse or self._session.result):
            self._show_in_picture(errors)
            self._show_in_space(errors)

    def _show_in_space(self, errors: Errors | None) -> None:
        if errors is None:
            self._window.color_space.set_error(None)
        else:
            unit = self.tr(ERROR_METRICS[errors.metric].unit)
            self._window.color_space.set_error(errors.values, unit)

    def _show_in_picture(self, errors: Errors | None) -> None:
        canvas = self._window.canvas
        if errors is None:
            canvas.set_error_map(None)
        else:
            unit = self.tr(ERROR_METRICS[errors.metric].unit)
            canvas.set_error_map(errors.values, unit, errors.maximum)

    @Slot()
    def _give_up(self) -> None:
        self._window.canvas.set_error_busy(False)
