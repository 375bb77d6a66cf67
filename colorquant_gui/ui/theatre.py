"""Theatre: the timeline, the charts beside it and the words under it, in step with the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.session import Frame, RunState, Session, StopKind
from colorquant_gui.ui import words
from colorquant_gui.ui.event_words import event_mark
from colorquant_gui.ui.example_presenter import ExamplePresenter
from colorquant_gui.ui.narration import narrate
from colorquant_gui.ui.paced_words import PacedWords
from colorquant_gui.ui.preview_watch import PreviewKind, PreviewWatch
from colorquant_gui.ui.preview_words import describe_preview
from colorquant_gui.ui.seeding_notes import SeedingNotes
from colorquant_gui.ui.worked_example import is_example

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.session import History, Stop
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences
    from colorquant_gui.ui.preview_watch import Preview


# Frames this far apart are looked at one by one.
_REST_MS = 120


class Theatre(QObject):
    """Connects the playback of a session's run with the widgets that move and explain it.

    Parameters
    ----------
    session : Session
        Has the run.
    window : MainWindow
        Has `timeline`, `charts` and `explanation`.
    preferences : Preferences
        What is remembered between starts.
    """

    def __init__(self, session: Session, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self._session, self._window, self._preferences = session, window, preferences
        self._shown: tuple[History, int, bool] | None = None
        self._frame: Frame | None = None
        self._words = PacedWords(window.explanation, session.playback, self)
        self._example = ExamplePresenter(window, self._words)
        self._resume = self._in_a_row = False
        self._notes = SeedingNotes(session.run.labels)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._unless_preview(self._say_more))
        self._previews = PreviewWatch(session, self)
        self._previews.changed.connect(self._show_preview)
        playback, timeline = session.playback, window.timeline
        for signal, show in (
            (session.sourceChanged, self._show_run),
            (session.runChanged, self._show_run),
            (session.resultChanged, self._show_end),
            (playback.frameChanged, self._show_frame),
            (playback.stateChanged, self._show_state),
            (session.run.labels.ready, self._take_means),
        ):
            signal.connect(self._unless_preview(show))
        timeline.stopEdited.connect(self._seek)
        timeline.scrubStarted.connect(self._begin_scrub)
        timeline.scrubFinished.connect(self._end_scrub)
        timeline.playToggled.connect(self.toggle)
        timeline.stepRequested.connect(playback.step)
        timeline.firstRequested.connect(lambda: playback.seek(0))
        timeline.lastRequested.connect(playback.skip_to_end)
        timeline.loopEdited.connect(self._set_loop)
        window.explanation.expandedEdited.connect(lambda on: preferences.put("explain", int(on)))
        window.explanation.formulaEdited.connect(lambda on: preferences.put("formula", int(on)))
        window.charts.iterationClicked.connect(self._seek_iteration)
        self._restore()
        self._show_run()
        self._show_state()

    def _restore(self) -> None:
        preferences, window = self._preferences, self._window
        self._session.playback.set_loop(bool(preferences.number("loop", 0, 0, 1)))
        window.explanation.set_expanded(bool(preferences.number("explain", 1, 0, 1)))
        window.explanation.set_formula_shown(bool(preferences.number("formula", 0, 0, 1)))

    def _unless_preview(self, show: Callable[..., None]) -> Callable[..., None]:
        """Leave out what comes of previews.

        They come and go by themselves while a control moves, with a few steps each: there is
        nothing to play in them or to explain. The run before stays on the timeline, which stands
        back; see `_show_preview`.
        """

        def show_unless_preview(*args: object) -> None:
            if not self._session.is_previewing:
                show(*args)

        return show_unless_preview

    # -- what is on show -----------------------------------------------------------------------

    def _show_run(self) -> None:
        history, window = self._session.history, self._window
        running = self._session.state is RunState.RUNNING and not history.finished
        now = (history, len(history), running)
        if now == self._shown:
            return
        self._shown = now
        preview = self._previews.preview
        if preview is not None and preview.kind is PreviewKind.SEEDING:
            # the run before stays until there is something of this one, so that nothing flashes
            self._frame = None
            self._words.say_now(describe_preview(preview).sentence)
            return
        steps = history.steps
        marks = {
            number: event_mark(step.event.kind, len(step.event.born), len(step.event.dropped))
            for number, step in enumerate(steps)
            if step.event is not None
        }
        space = history.settings.color_space
        kind = "draws" if history.seeding is None else history.seeding.kind
        window.timeline.set_timeline(history.n_stages, len(steps) - 1, marks, kind)
        window.timeline.set_growing(running)
        window.charts.set_series(
            range(len(steps)),
            [step.inertia / self._n_pixels() for step in steps],
            [step.center_shift for step in steps],
            [step.n_changed for step in steps],
            "" if space == "srgb" else self.tr("MSE in {0}").format(color_space(space).label),
            marks,
            words.unit_name(space),
        )
        if not steps:
            self._frame = None
            if not is_example(self._session.source, history.settings):
                self._example.leave()
            self._words.say_now(self._nothing_to_do())
            window.explanation.set_formula("")
        self._show_state()

    def _nothing_to_do(self) -> str:
        """Return why there is no run; "" where one is to come."""
        histogram = self._session.histogram
        if histogram is None or histogram.n_colors:
            return ""
        return self.tr("All of this picture is transparent: there is nothing for k-means to do.")

    @Slot(object)
    def _show_preview(self, preview: Preview | None) -> None:
        """Let the run stand back while a preview is on show, and come back after it."""
        window = self._window
        self._show_state()
        if preview is None:
            window.timeline.set_preview("")
            window.charts.set_preview("")
            window.explanation.set_preview("")
            if self._example.is_shown:
                self._say(self._means())
            return
        self._example.hide_lines()
        said = describe_preview(preview)
        locked = preview.kind is not PreviewKind.GLIMPSE
        window.timeline.set_preview(said.title, locked=locked)
        window.charts.set_preview(said.of_run)
        window.explanation.set_preview(said.sentence)

    def _n_pixels(self) -> int:
        histogram = self._session.histogram
        return 1 if histogram is None else max(1, histogram.n_pixels)

    def _show_frame(self, frame: Frame) -> None:
        window = self._window
        window.timeline.set_position(frame.stop.index, frame.fraction)
        window.charts.set_playhead(self._iteration(frame))
        self._frame = frame
        self._in_a_row = self._rest.isActive()
        self._rest.start()
        self._say(None if self._in_a_row else self._means())

    def _show_end(self) -> None:
        """Say what came out, where the end was on show before that was known."""
        if self._session.result is not None:
            self._say(self._means())

    @staticmethod
    def _iteration(frame: Frame) -> float | None:
        """Return where a moment is in the charts, which know nothing of the seeding's stages.

        Centroids that have moved are half-way: what is read is the error of the colours' last
        assignment, as elsewhere.
        """
        if frame.is_seeding:
            return None
        half = frame.stop.kind is StopKind.UPDATE
        return frame.stop.iteration + (half + frame.fraction) / 2

    def _show_state(self) -> None:
        playback, actions = self._session.playback, self._window.actions_by_key
        can_play = len(self._session.history) > 0 and not self._session.is_previewing
        self._window.timeline.set_playing(playback.is_playing and can_play)
        self._window.timeline.set_loop(playback.loops)
        self._words.follow_playback()
        for key in ("play", "stepForward", "stepBack"):
            actions[key].setEnabled(can_play)

    # -- what is said about it -----------------------------------------------------------------

    def _say(self, means: NDArray[np.float64] | None = None) -> None:
        """Say what the moment on show does."""
        frame, histogram = self._frame, self._session.histogram
        if frame is None or histogram is None:
            return
        if is_example(self._session.source, self._session.history.settings):
            self._example.show(frame, histogram, has_lines=self._previews.preview is None)
            return
        self._example.leave()
        is_shown = frame.history is self._session.history
        result = self._session.result if is_shown else None
        stage = None
        if frame.is_seeding:
            resting = is_shown and not (self._session.playback.is_playing or self._in_a_row)
            stage = self._notes.of(frame, histogram, asking=resting)
        said = narrate(frame, histogram, result, means, stage)
        self._words.say(said.text, said.formula, said.short)

    def _means(self) -> NDArray[np.float64] | None:
        """Return the means that centroids on show may be going to; None while it plays.

        What is not known yet is asked for, and `_take_means` called.
        """
        frame, session = self._frame, self._session
        if frame is None or not frame.is_moving or session.playback.is_playing:
            return None
        is_shown = frame.history is session.history and frame.stop.index == session.playback.stop
        return session.run.labels.means(frame.stop) if is_shown else None

    def _say_more(self) -> None:
        """Say what nobody could read while frames followed one another."""
        self._in_a_row = False
        means = self._means()
        if means is not None or (self._frame is not None and self._frame.is_seeding):
            self._say(means)

    def _take_means(self, stop: Stop) -> None:
        frame = self._frame
        if frame is None:
            return
        if frame.stop.labels_key == stop.labels_key or self._notes.awaits(stop):
            self._say_more()

    # -- what a person does --------------------------------------------------------------------

    @Slot()
    def toggle(self) -> None:
        """Play, or pause."""
        playback = self._session.playback
        if playback.is_playing:
            playback.pause()
        else:
            playback.play()

    @Slot(int)
    def _seek(self, stop: int) -> None:
        self._session.playback.seek(stop)

    @Slot(int)
    def _seek_iteration(self, iteration: int) -> None:
        preview = self._previews.preview
        if preview is not None and preview.kind is not PreviewKind.GLIMPSE:
            # the charts are of a run that makes way for another
            return
        self._session.playback.seek(self._session.history.stop_of(iteration))

    @Slot()
    def _begin_scrub(self) -> None:
        self._resume = self._session.playback.is_playing

    @Slot()
    def _end_scrub(self) -> None:
        playback = self._session.playback
        if self._resume and not playback.is_at_end:
            playback.play()
        self._resume = False

    @Slot(bool)
    def _set_loop(self, loops: bool) -> None:
        self._session.playback.set_loop(loops)
        self._preferences.put("loop", int(loops))
