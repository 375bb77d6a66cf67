"""Theatre: the timeline, the charts beside it and the words under it, in step with the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from colorquant_gui.session import Frame, RunState, Session, StopKind
from colorquant_gui.ui import formatting, formulas, words
from colorquant_gui.ui.step_kind import StepKind, step_kind
from colorquant_gui.ui.worked_example import LINES, color_index, explain, is_example

if TYPE_CHECKING:
    from colorquant_gui.session import History, Step
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences


# Frames this far apart are looked at one by one.
_REST_MS = 120
# Of more, the means would take longer than a frame may.
_MOST_MEANS = 1 << 20


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
        self._rest.timeout.connect(self._explain_more)
        playback, timeline = session.playback, window.timeline
        session.sourceChanged.connect(self._show_run)
        session.runChanged.connect(self._show_run)
        session.resultChanged.connect(self._show_end)
        playback.frameChanged.connect(self._show_frame)
        playback.stateChanged.connect(self._show_state)
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

    # -- what is on show -----------------------------------------------------------------------

    @Slot()
    def _show_run(self) -> None:
        history, window = self._session.history, self._window
        if self._session.is_previewing and history.steps:
            # of the few steps of a preview there is time to show the picture
            return
        running = self._session.state is RunState.RUNNING and not history.finished
        now = (history, len(history), running)
        if now == self._shown:
            return
        self._shown = now
        steps = history.steps
        marks = {
            number: words.event_mark(step.event.kind, len(step.event.born), len(step.event.dropped))
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

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        window = self._window
        if self._session.is_previewing:
            return
        window.timeline.set_position(frame.stop.index, frame.fraction)
        window.charts.set_playhead(self._iteration(frame))
        self._frame = frame
        self._rest.start()
        if self._explain_example(frame):
            return
        text, formula = self._words(frame)
        window.explanation.set_text(text)
        window.explanation.set_formula(formula)

    def _explain_example(self, frame: Frame) -> bool:
        """Show the sums of the worked example, where that is what is open."""
        session, view = self._session, self._window.color_space
        is_open = is_example(session.source, session.history.settings)
        if not is_open or session.histogram is None:
            if self._has_measures:
                view.set_measures(None)
                self._has_measures = False
            return False
        explained = explain(frame)
        self._has_measures = True
        view.set_measures(explained.measures)
        view.set_highlight(color_index(session.histogram.colors), None)
        self._window.explanation.set_text(explained.text, LINES)
        formula = formulas.formula_update() if frame.is_moving else formulas.formula_assign()
        self._window.explanation.set_formula("" if frame.is_seeding else formula)
        return True

    @Slot()
    def _explain_more(self) -> None:
        """Say what there was no time for while frames followed one another."""
        frame = self._frame
        if frame is None or self._session.playback.is_playing or not frame.is_moving:
            return
        if self._explain_example(frame):
            return
        text, formula = self._words(frame)
        self._window.explanation.set_text(text)
        self._window.explanation.set_formula(formula)

    @Slot()
    def _show_end(self) -> None:
        """Say what came out, where the end was on show before that was known."""
        frame = self._frame
        if frame is not None and frame.is_end and not self._explain_example(frame):
            self._window.explanation.set_text(self._words(frame)[0])

    @staticmethod
    def _iteration(frame: Frame) -> float:
        if frame.is_seeding:
            return 0.0
        updated = frame.stop.kind is StopKind.UPDATE
        return frame.stop.iteration + (1.0 if updated else frame.fraction)

    def _words(self, frame: Frame) -> tuple[str, str]:
        """Say what the half-step does, and give its formula."""
        history, histogram = frame.history, self._session.histogram
        settings, step = history.settings, frame.step
        if histogram is None:
            return "", ""
        if frame.is_seeding:
            kind = "draws" if history.seeding is None else history.seeding.kind
            k, method = len(step.centroids), settings.seeding
            text = words.describe_seeding(kind, frame.stop.stage, k, method)
            return text, formulas.formula_seeding(kind, method)
        k, space = len(step.centroids), settings.color_space
        if frame.is_moving:
            following = history[frame.stop.iteration + 1]
            what = self._step_kind(frame, following.centroids)
            text = words.describe_update(following.center_shift, space, k, what)
            return _happened(following, text), formulas.formula_update(what)
        error = ""
        if space == "srgb":
            error = self.tr("MSE {0}").format(formatting.error(step.inertia / self._n_pixels()))
        if frame.is_end:
            text = words.describe_end(step.number, error, step.center_shift, space, step.n_changed)
            result = self._session.result
            if result is not None:
                rounded = self.tr("Rounded to 8 bits and refined, the palette has MSE {0}.")
                text = f"{text} {rounded.format(formatting.error(result.mse))}"
        else:
            text = words.describe_assign(
                step.n_changed, histogram.n_colors, step.number, k, step.center_shift, space, error
            )
        return _happened(step, text), formulas.formula_assign()

    def _step_kind(self, frame: Frame, after: np.ndarray) -> StepKind:
        """Find out whether centroids go to their means; only while nothing plays."""
        histogram, settings = self._session.histogram, self._session.history.settings
        playing = self._session.playback.is_playing or self._rest.isActive()
        if histogram is None or playing or settings.color_space != "srgb":
            return StepKind.OTHER
        if histogram.n_colors > _MOST_MEANS:
            return StepKind.OTHER
        before, weights = frame.step.centroids, histogram.counts
        mass = np.bincount(frame.labels, weights, len(before))
        sums = [
            np.bincount(frame.labels, weights * histogram.colors[:, axis], len(before))
            for axis in range(3)
        ]
        filled = mass > 0
        means = before.copy()
        means[filled] = (np.stack(sums, axis=1)[filled]) / mass[filled, None]
        return step_kind(before, after, means)

    @Slot()
    def _show_state(self) -> None:
        if self._session.is_previewing and self._frame is not None:
            # previews come and go by themselves: nothing to press yet
            return
        playback, actions = self._session.playback, self._window.actions_by_key
        can_play = len(self._session.history) > 0
        self._window.timeline.set_playing(playback.is_playing and can_play)
        self._window.timeline.set_loop(playback.loops)
        for key in ("play", "stepForward", "stepBack"):
            actions[key].setEnabled(can_play)

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


def _happened(step: Step, text: str) -> str:
    """Put what a search did on the way to a step in front of what is said about it."""
    event = step.event
    if event is None:
        return text
    return f"{words.describe_event(event.kind, len(event.born), len(event.dropped))} {text}"
