"""RunActions: what can be done with a run besides looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from colorquant_gui.core.errors import SaveError
from colorquant_gui.core.export import suggested_stem
from colorquant_gui.ui.animation_export import AnimationExport
from colorquant_gui.ui.charts import export_chart
from colorquant_gui.ui.history_export import HistoryExport
from colorquant_gui.ui.notifications import Severity
from colorquant_gui.ui.race import RacePresenter
from colorquant_gui.ui.save_question import ask_save_path
from colorquant_gui.ui.worked_example import SETTINGS, example_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from colorquant_gui.session import Session
    from colorquant_gui.ui.charts.chart import Chart
    from colorquant_gui.ui.controller import Controller
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences
    from colorquant_gui.ui.theatre import Theatre


class RunActions(QObject):
    """Connects the actions that play, race and export a run.

    Parameters
    ----------
    session : Session
        Has the run.
    window : MainWindow
        Has the actions.
    preferences : Preferences
        What is remembered between starts.
    controller : Controller
        Says when the window is closing, and saves pictures of views.
    theatre : Theatre
        Plays.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        preferences: Preferences,
        controller: Controller,
        theatre: Theatre,
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._preferences = session, window, preferences
        self._files = controller.files
        self._race: RacePresenter | None = None
        self._animation = AnimationExport(session, window, preferences)
        self._history = HistoryExport(session, window, preferences)
        controller.unfinished.wait_for(self._animation)
        playback = session.playback
        handlers: dict[str, Callable[[], object]] = {
            "play": theatre.toggle,
            "stepForward": lambda: playback.step(1),
            "stepBack": lambda: playback.step(-1),
            "race": self._show_race,
            "workedExample": self._open_example,
            "exportAnimation": self._animation.export,
            "exportHistory": self._history.export,
        }
        for key, handler in handlers.items():
            window.actions_by_key[key].triggered.connect(lambda _=False, call=handler: call())
        window.charts.exportRequested.connect(lambda key: self._save(window.charts.chart(key)))
        window.k_curve.exportRequested.connect(lambda: self._save(window.k_curve.chart))
        controller.closing.connect(self._close)
        session.runChanged.connect(self._show_open)
        session.sourceChanged.connect(self._show_open)
        self._show_open()

    @Slot()
    def _show_open(self) -> None:
        actions, has_run = self._window.actions_by_key, self._session.history.stops > 0
        actions["race"].setEnabled(self._session.source is not None)
        for key in ("exportAnimation", "exportHistory"):
            actions[key].setEnabled(has_run)

    def _show_race(self) -> None:
        if self._race is None:
            self._race = RacePresenter(self._preferences, self._window)
            self._race.chartExportRequested.connect(self._save)
            self._race.imageSaveRequested.connect(self._save_view)
            self._race.follow(self._session)
        self._race.show()

    def _open_example(self) -> None:
        self._session.open(example_picture(), SETTINGS)

    @Slot(object)
    def _save(self, chart: Chart) -> None:
        window, source = self._window, self._session.source
        stem = suggested_stem("" if source is None else source.name)
        path = ask_save_path(
            window,
            self._preferences,
            self.tr("Export the chart"),
            f"{stem}-chart.png",
            [
                (self.tr("PNG picture"), (".png",)),
                (self.tr("SVG drawing"), (".svg",)),
                (self.tr("CSV table"), (".csv",)),
            ],
            None if source is None else source.path,
        )
        if path is None:
            return
        try:
            export_chart(chart, path)
        except SaveError as error:
            window.notifications.show_message(str(error), Severity.ERROR)
        else:
            window.notifications.show_message(self.tr("Saved {0}").format(path.name))

    @Slot(object, str)
    def _save_view(self, image: QImage, name: str) -> None:
        self._files.save_image(image, name)

    @Slot()
    def _close(self) -> None:
        if self._race is not None:
            self._race.close()
        self._animation.close()
        self._history.close()
