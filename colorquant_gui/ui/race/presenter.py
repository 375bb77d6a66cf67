"""RacePresenter: ties the race window to the race and to the picture that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.session.race import Race
from colorquant_gui.session.race_playback import RacePlayback
from colorquant_gui.session.settings import Settings
from colorquant_gui.ui.race.display import RaceDisplay
from colorquant_gui.ui.race.player import RacePlayer
from colorquant_gui.ui.race.remembered import runners_from, runners_to
from colorquant_gui.ui.race.window import DEFAULT_RUNNERS, RaceWindow
from colorquant_gui.ui.race.words import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session import Session
    from colorquant_gui.session.race import Runner
    from colorquant_gui.ui.preferences import Preferences

# A seed that is being spun, a k that is being dragged: not every value is worth a race.
_PATIENCE_MS = 250
# While it is computed, the curves grow this often.
_GROWTH_MS = 50


class RacePresenter(QObject):
    """Runs races while their window is open, and shows them.

    Attributes
    ----------
    adoptRequested : Signal(Settings)
        The person wants a run for the picture, made with these settings.
    chartExportRequested : Signal(object)
        The person wants the chart (`colorquant_gui.ui.charts.chart.Chart`) as a file.
    imageSaveRequested : Signal(object, str)
        The person wants a colour space as a file: a QImage, null where it is too large to draw,
        and the name of its runner.
    window : RaceWindow
        The window.

    Parameters
    ----------
    preferences : Preferences
        Where set-up and size are remembered.
    parent : QWidget, optional
        The window that this one belongs to.
    """

    adoptRequested = Signal(object)
    chartExportRequested = Signal(object)
    imageSaveRequested = Signal(object, str)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._source: SourceImage | None = None
        self._histogram: ColorHistogram | None = None
        self._settings = Settings()
        self.race = Race(self)
        self.race.runnerChanged.connect(self._note_growth)
        self.race.finished.connect(self._finish)
        self.race.failed.connect(self._fail)
        self.playback = RacePlayback(parent=self)
        self.window = RaceWindow(parent)
        self._player = RacePlayer(self.window.transport, self.playback, self.race, self)
        self._display = RaceDisplay(self.window, self.race)
        self._connect()
        self._delay = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._delay.timeout.connect(self.start)
        self._growth = QTimer(self, singleShot=True, interval=_GROWTH_MS)
        self._growth.timeout.connect(self._show_growth)
        self._restore()
        self._forget_race()

    def _connect(self) -> None:
        window, playback, display = self.window, self.playback, self._display
        playback.frameChanged.connect(display.show_frame)
        window.closed.connect(self._leave)
        window.runnersEdited.connect(self._change_runners)
        window.startRequested.connect(self.start)
        window.stopRequested.connect(self.stop)
        window.numberEdited.connect(playback.seek)
        window.spaceEdited.connect(self._show_spaces)
        window.magnifyEdited.connect(display.show_curves)
        window.adoptRequested.connect(self._adopt)
        window.chartExportRequested.connect(self.chartExportRequested)
        window.imageSaveRequested.connect(self.imageSaveRequested)

    # -- what is raced for ---------------------------------------------------------------------

    def follow(self, session: Session) -> None:
        """Race for the picture of a session with its settings; what is adopted goes there.

        Parameters
        ----------
        session : Session
            The session. To adopt a run is one step of its undo stack.
        """

        def take_picture() -> None:
            self.set_picture(session.source, session.histogram)

        def adopt(run: Settings) -> None:
            before = session.settings
            session.set(
                tr("Use a Run of the Race"),
                quality=run.quality,
                seeding=run.seeding,
                seed=run.seed,
                picks=run.picks,
            )
            if session.settings == before:
                # it is the one in force: shown from its start, as any other would be
                session.restart_run()

        session.sourceChanged.connect(take_picture)
        session.settingsChanged.connect(self.set_settings)
        self.adoptRequested.connect(adopt)
        self.window.undoRequested.connect(session.undo_group.undo)
        self.window.redoRequested.connect(session.undo_group.redo)
        self.set_settings(session.settings)
        take_picture()

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        was_open = self.window.isVisible()
        self.window.show()
        if not was_open:
            self.start()
        self.window.raise_()
        self.window.activateWindow()

    def set_picture(self, source: SourceImage | None, histogram: ColorHistogram | None) -> None:
        """Take another picture, and race for it; picks of the one before wait to be taken over.

        Parameters
        ----------
        source : SourceImage or None
            The picture.
        histogram : ColorHistogram or None
            Its colours.
        """
        self._source, self._histogram = source, histogram
        self._display.forget_picture()
        self.window.put_picks_away(self._k)
        self._forget_race()
        if self.window.isVisible():
            self.start()

    def set_settings(self, settings: Settings) -> None:
        """Take other settings; k or colour space make it another race."""
        before, self._settings = self._settings, settings
        self._display.show_in_use(settings)
        fields = ("k", "color_space")
        if all(getattr(before, name) == getattr(settings, name) for name in fields):
            return
        self.window.set_runners(self.window.runners(), self._k)
        if not self.race.tracks:
            self._show_method()
        self._start_soon()

    @property
    def _k(self) -> int:
        """Number of centroids."""
        histogram = self._histogram
        return self._settings.k if histogram is None else self._settings.n_centroids(histogram) or 1

    def close(self) -> None:
        """Close the window and end the thread. Call before it is deleted."""
        self._delay.stop()
        self._growth.stop()
        self.window.close()
        self._forget_race()
        self.race.close()

    # -- running -------------------------------------------------------------------------------

    def start(self) -> None:
        """Run the race that is set up, of those that are ready, if there is a picture."""
        self._delay.stop()
        source, histogram, runners = self._source, self._histogram, self.window.runners()
        if source is not None and histogram is not None:
            self._display.take_picture(source, histogram, self._settings.color_space)
        self._forget_race()
        if histogram is None or not histogram.n_colors:
            return
        if not any(runner.is_ready for runner in runners):
            return
        self.race.start(histogram, runners, self._settings)
        self.window.verdict.set_running(True, can_start=False)
        self.playback.set_tracks(self.race.tracks)
        self._display.show_curves()
        self._display.say_running()

    def stop(self) -> None:
        """Stop the race; what it has so far stays."""
        self.race.cancel()
        self._growth.stop()
        for track in self.race.tracks:
            track.ended = True
        self.window.verdict.set_running(False, can_start=True)
        self._display.say_stopped()
        self._show_all()

    def _note_growth(self) -> None:
        if not self._growth.isActive():
            self._growth.start()

    def _show_growth(self) -> None:
        self._display.say_running()
        self._show_all()

    def _finish(self) -> None:
        self._growth.stop()
        self.window.verdict.set_running(False, can_start=False)
        self._display.say_outcome()
        self._show_all()

    def _show_all(self) -> None:
        self.playback.grown()
        self._player.show_length()
        self._display.show_curves()
        self._display.show_frame(self.playback.frame)
        self._display.show_in_use(self._settings)

    def _fail(self, message: str) -> None:
        self._forget_race()
        self.window.verdict.set_running(False, can_start=True)
        self._display.say(message)

    def _start_soon(self) -> None:
        if self.window.isVisible():
            self._delay.start()

    def _change_runners(self, runners: tuple[Runner, ...]) -> None:
        self._preferences.put_options("raceSetup", {"runners": runners_to(runners)})
        self._forget_race()
        self._start_soon()

    def _forget_race(self) -> None:
        self.race.clear()
        self._growth.stop()
        self.playback.set_tracks(())
        self._show_method()
        self._display.show_nothing(self._histogram)

    def _leave(self) -> None:
        self._preferences.put("raceGeometry", self.window.saveGeometry())
        self._delay.stop()
        self._forget_race()
        self.race.close()

    def _restore(self) -> None:
        stored = self._preferences.options("raceSetup").get("runners")
        self.window.set_runners(runners_from(stored) or DEFAULT_RUNNERS, self._k)
        geometry = self._preferences.state("raceGeometry")
        if not geometry.isEmpty():
            self.window.restoreGeometry(geometry)

    def _adopt(self, number: int) -> None:
        self.adoptRequested.emit(self.race.settings_of(number))

    # -- showing -------------------------------------------------------------------------------

    def _show_method(self) -> None:
        space = color_space(self._settings.color_space).label
        quality = QUALITIES[self.race.settings.quality].label
        k = 0 if self._histogram is not None and not self._histogram.n_colors else self._k
        colors = tr("1 colour") if k == 1 else tr("%1 colours").replace("%1", str(k))
        self.window.header.method.setText(" · ".join((colors, space, quality)))

    def _show_spaces(self, on: bool) -> None:
        self._display.show_spaces(on, self._settings.color_space)
        self._display.show_frame(self.playback.frame)
