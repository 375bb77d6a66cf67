"""Theatre: the timeline, the charts beside it and the words under it, in step with the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from colorquant_gui.session import Frame, RunState, Session, StopKind
from colorquant_gui.ui import formulas, words
from colorquant_gui.ui.event_words import event_mark
from colorquant_gui.ui.narration import narrate
from colorquant_gui.ui.worked_example import LINES, color_index, explain, is_example

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session import History, Stop
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences
    from colorquant_gui.ui.space3d.measures import Measure


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
        self._has_measures = False
        self._resume = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._unless_preview(self._say_more))
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
        nothing to play in them or to explain, and the run before stays on the timeline.
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
            ""
            if space == "srgb"
            else self.tr("Mean squared error {0}").format(words.unit_name(space)),
            marks,
            words.unit_name(space),
        )
        if not steps:
            self._frame = None
            window.explanation.set_text("")
            window.explanation.set_formula("")
        self._show_state()

    def _n_pixels(self) -> int:
        histogram = self._session.histogram
        return 1 if histogram is None else max(1, histogram.n_pixels)

    def _show_frame(self, frame: Frame) -> None:
        window = self._window
        window.timeline.set_position(frame.stop.index, frame.fraction)
        window.charts.set_playhead(self._iteration(frame))
        self._frame = frame
        in_a_row = self._rest.isActive()
        self._rest.start()
        self._say(None if in_a_row else self._means())

    def _show_end(self) -> None:
        """Say what came out, where the end was on show before that was known."""
        if self._session.result is not None:
            self._say(self._means())

    @staticmethod
    def _iteration(frame: Frame) -> float:
        if frame.is_seeding:
            return 0.0
        updated = frame.stop.kind is StopKind.UPDATE
        return frame.stop.iteration + (1.0 if updated else frame.fraction)

    def _show_state(self) -> None:
        playback, actions = self._session.playback, self._window.actions_by_key
        can_play = len(self._session.history) > 0
        self._window.timeline.set_playing(playback.is_playing and can_play)
        self._window.timeline.set_loop(playback.loops)
        for key in ("play", "stepForward", "stepBack"):
            actions[key].setEnabled(can_play)

    # -- what is said about it -----------------------------------------------------------------

    def _say(self, means: NDArray[np.float64] | None = None) -> None:
        """Say what the moment on show does."""
        frame, histogram = self._frame, self._session.histogram
        if frame is None or histogram is None:
            return
        if is_example(self._session.source, self._session.history.settings):
            self._say_sums(frame, histogram)
            return
        self._set_measures(None)
        is_shown = frame.history is self._session.history
        result = self._session.result if is_shown else None
        said = narrate(frame, histogram, result, means)
        self._window.explanation.set_text(said.text)
        self._window.explanation.set_formula(said.formula)

    def _say_sums(self, frame: Frame, histogram: ColorHistogram) -> None:
        """Show the sums of the worked example."""
        explained = explain(frame)
        self._set_measures(explained.measures)
        self._window.color_space.set_highlight(color_index(histogram.colors), None)
        self._window.explanation.set_text(explained.text, LINES)
        formula = formulas.formula_update() if frame.is_moving else formulas.formula_assign()
        self._window.explanation.set_formula("" if frame.is_seeding else formula)

    def _set_measures(self, measures: Sequence[Measure] | None) -> None:
        if measures is not None or self._has_measures:
            self._has_measures = measures is not None
            self._window.color_space.set_measures(measures)

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
        """Say where centroids go, which nobody could read while frames followed one another."""
        means = self._means()
        if means is not None:
            self._say(means)

    def _take_means(self, stop: Stop) -> None:
        if self._frame is not None and stop == self._frame.stop:
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
