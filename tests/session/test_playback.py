import numpy as np
import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from colorquant_gui.core import Iteration
from colorquant_gui.core.labelling import Assignment
from colorquant_gui.core.seeding_trail import SeedingTrail
from colorquant_gui.session import History, Playback, StopKind
from colorquant_gui.session.pace import step_seconds, stop_seconds
from colorquant_gui.session.playback import INSTANT


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class Labels(QObject):
    """Labels that are there at once, or when a test says so."""

    ready = Signal(object)

    def __init__(self):
        super().__init__()
        self.late = False
        self.there = set()
        self.asked = []

    def get(self, stop):
        self.asked.append(stop)
        if self.late and stop.iteration not in self.there:
            return None
        return Assignment(np.full(4, stop.iteration, np.uint8), np.array([4]), 8.0)


class Recorder:
    def __init__(self, playback):
        self.frames = []
        self.finished = 0
        playback.frameChanged.connect(self.frames.append)
        playback.finished.connect(self._count)

    def _count(self):
        self.finished += 1

    @property
    def numbers(self):
        return [f.step.number for f in self.frames]


def run(count, finished=True, n_stages=0):
    history = History()
    trail = SeedingTrail("draws", np.arange(3.0 * n_stages).reshape(-1, 3)) if n_stages else None
    history.extend(
        Iteration(
            n,
            np.full((1, 3), 10.0 * n),
            np.zeros(4, np.uint8),
            np.array([4]),
            1.0,
            0.0,
            seeding=None if n else trail,
        )
        for n in range(count)
    )
    history.finished = finished
    return history


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def labels(qapp):
    return Labels()


@pytest.fixture
def playback(labels, clock):
    playback = Playback(labels, clock)
    yield playback
    playback.pause()


def pass_time(playback, clock, seconds):
    clock.now += seconds + 1e-9
    playback.advance()


def test_first_shows_the_seeding_itself(playback):
    seen = Recorder(playback)
    playback.start(run(5))
    assert seen.numbers == [0]
    assert seen.frames[0].centroids.tolist() == [[0, 0, 0]]
    assert playback.is_playing


def test_the_seeding_is_drawn_one_centroid_after_another(playback, clock):
    seen = Recorder(playback)
    history = run(2, n_stages=3)
    playback.start(history)
    pass_time(playback, clock, stop_seconds(history, history.stop(0)))
    assert [len(f.centroids) for f in seen.frames] == [1, 2]
    assert {f.stop.kind for f in seen.frames} == {StopKind.SEEDING}
    # the complete seeding and the first assignment look the same: no time is spent in between
    pass_time(playback, clock, stop_seconds(history, history.stop(1)))
    assert (playback.stop, seen.frames[-1].stop.kind) == (3, StopKind.ASSIGN)


def test_centroids_glide_and_arrive_before_colours_change(playback, clock):
    seen = Recorder(playback)
    playback.start(run(3))
    glide = 0.75 * step_seconds(0)
    pass_time(playback, clock, glide / 2)
    # smoothstep is symmetric: halfway in time is halfway in space
    assert seen.frames[-1].centroids == pytest.approx(5.0)
    assert seen.frames[-1].stop.kind is StopKind.ASSIGN
    pass_time(playback, clock, glide / 2)
    assert seen.frames[-1].stop.kind is StopKind.UPDATE
    assert seen.frames[-1].centroids == pytest.approx(10.0)
    assert seen.frames[-1].labels.tolist() == [0] * 4
    pass_time(playback, clock, step_seconds(0) - glide)
    assert seen.frames[-1].stop.kind is StopKind.ASSIGN
    assert seen.frames[-1].labels.tolist() == [1] * 4


def test_twice_the_speed_takes_half_the_time(playback, clock):
    seen = Recorder(playback)
    playback.set_speed(2.0)
    playback.start(run(4))
    pass_time(playback, clock, sum(step_seconds(i) for i in range(3)) / 2)
    assert seen.frames[-1].step.number == 3
    assert seen.finished == 1
    assert not playback.is_playing


def test_instant_shows_the_end_at_once(playback):
    seen = Recorder(playback)
    playback.set_speed(INSTANT)
    playback.start(run(9))
    playback.advance()
    assert seen.numbers[-1] == 8
    assert seen.finished == 1


def test_a_run_that_still_grows_is_waited_for(playback, clock):
    seen = Recorder(playback)
    history = run(1, finished=False)
    playback.start(history)
    pass_time(playback, clock, 60)
    assert seen.finished == 0
    assert playback.is_playing
    history.extend([iteration_1()])
    history.finished = True
    playback.grown()
    pass_time(playback, clock, 60)
    assert seen.numbers[-1] == 1
    assert seen.finished == 1


def iteration_1():
    return Iteration(1, np.ones((1, 3)), np.zeros(4, np.uint8), np.array([4]), 1.0, 0.0)


def test_waiting_for_the_engine_does_not_eat_the_next_glide(playback, clock):
    seen = Recorder(playback)
    history = run(1, finished=False)
    playback.start(history)
    clock.now += 60
    history.extend([iteration_1()])
    playback.grown()
    assert seen.numbers[-1] == 0
    assert seen.frames[-1].fraction == 0


def test_labels_that_come_late_are_waited_for_and_shown_with_their_centroids(
    playback, labels, clock
):
    seen = Recorder(playback)
    playback.start(run(5))
    labels.late = True
    playback.seek(6)
    assert len(seen.frames) == 1
    labels.late = False
    labels.ready.emit(labels.asked[-1])
    last = seen.frames[-1]
    assert (last.step.number, last.labels[0], last.centroids[0, 0]) == (3, 3, 30)
    labels.ready.emit(labels.asked[-1])
    assert len(seen.frames) == 2


def test_who_scrubs_faster_than_labels_come_sees_what_was_passed(playback, labels):
    seen = Recorder(playback)
    playback.start(run(9))
    labels.late = True
    playback.seek(4)
    passed = labels.asked[-1]
    labels.there = {2}
    playback.seek(12)
    labels.ready.emit(passed)
    last = seen.frames[-1]
    assert (last.step.number, last.labels[0], last.centroids[0, 0]) == (2, 2, 20)
    assert playback.stop == 12
    labels.late = False
    labels.ready.emit(labels.asked[-1])
    assert seen.numbers[-1] == 6


def test_what_was_only_found_ahead_is_not_shown(playback, labels):
    playback.start(run(9))
    playback.seek(2)
    recorder = Recorder(playback)
    labels.late = True
    ahead = playback.history.stop(3)
    playback.seek(1)
    labels.there.add(ahead.iteration)
    labels.ready.emit(ahead)
    assert recorder.frames == []


def test_time_spent_waiting_for_labels_is_not_part_of_the_glide(playback, labels, clock):
    seen = Recorder(playback)
    playback.start(run(5))
    labels.late = True
    pass_time(playback, clock, step_seconds(0))
    clock.now += 60
    labels.late = False
    labels.ready.emit(labels.asked[-1])
    assert seen.numbers[-1] == 1
    pass_time(playback, clock, 0.5 * step_seconds(1))
    assert seen.numbers[-1] == 1


def test_the_next_labels_are_asked_for_ahead(playback, labels):
    playback.start(run(3))
    playback.seek(1)
    assert labels.asked[-1].iteration == 1


def test_skip_to_end(playback):
    seen = Recorder(playback)
    playback.start(run(30))
    playback.skip_to_end()
    assert seen.numbers[-1] == 29
    assert seen.finished == 1


def test_skip_to_end_from_a_pause(playback):
    seen = Recorder(playback)
    playback.start(run(30))
    playback.pause()
    playback.skip_to_end()
    assert seen.numbers[-1] == 29
    assert seen.finished == 1


def test_pause_stays_and_says_nothing_more(playback, clock):
    seen = Recorder(playback)
    playback.start(run(30))
    playback.pause()
    pass_time(playback, clock, 5)
    assert len(seen.frames) == 1
    assert seen.finished == 0


def test_play_goes_on_where_it_was_paused(playback, clock):
    seen = Recorder(playback)
    playback.start(run(9))
    playback.seek(8)
    assert not playback.is_playing
    clock.now += 30
    playback.play()
    pass_time(playback, clock, step_seconds(4))
    assert seen.numbers[-1] == 5


def test_play_at_the_end_begins_again(playback):
    seen = Recorder(playback)
    playback.start(run(9))
    playback.skip_to_end()
    playback.play()
    assert seen.numbers[-1] == 0
    assert playback.is_playing


def test_seek_clamps_and_says_when_the_end_is_shown(playback):
    seen = Recorder(playback)
    playback.start(run(4))
    playback.seek(99)
    assert (seen.numbers[-1], seen.finished) == (3, 1)
    assert playback.is_at_end
    playback.seek(-5)
    assert seen.numbers[-1] == 0
    assert not playback.is_at_end


def test_step_by_step(playback):
    seen = Recorder(playback)
    playback.start(run(4))
    playback.seek(0)
    for _ in range(3):
        playback.step(1)
    assert playback.stop == 3
    playback.step(-1)
    assert playback.stop == 2
    assert seen.frames[-1].stop.kind is StopKind.ASSIGN


def test_one_back_while_gliding_is_where_the_glide_began(playback, clock):
    seen = Recorder(playback)
    playback.start(run(4))
    pass_time(playback, clock, 0.3 * step_seconds(0))
    playback.step(-1)
    assert playback.stop == 0
    assert seen.frames[-1].fraction == 0


def test_the_end_of_a_run_is_told_even_while_paused(playback):
    seen = Recorder(playback)
    history = run(3, finished=False)
    playback.start(history)
    playback.seek(4)
    assert seen.finished == 0
    history.finished = True
    playback.grown()
    assert seen.finished == 1


def test_loops_until_told_not_to(qtbot, labels):
    playback = Playback(labels)
    seen = Recorder(playback)
    playback.set_loop(True)
    playback.set_speed(8.0)
    playback.start(run(3))
    qtbot.waitUntil(lambda: seen.finished == 2, timeout=5000)
    assert playback.is_playing
    playback.set_loop(False)
    playback.pause()


def test_plays_by_itself(labels, qtbot):
    playback = Playback(labels)
    playback.set_speed(8.0)
    with qtbot.waitSignal(playback.finished, timeout=5000):
        playback.start(run(6))
    playback.pause()


def test_steps_get_shorter_and_stay_visible():
    steps = [step_seconds(i) for i in range(200)]
    assert steps == sorted(steps, reverse=True)
    assert min(steps) > 1 / 60


def at_the_end_of_a_loop(playback):
    """Play to the end, where it waits for a second before it begins again."""
    playback.set_loop(True)
    playback.start(run(3))
    playback.pause()
    playback.seek(3)
    playback.play()
    playback._clock.now += 9
    playback.advance()
    assert playback.is_at_end
    assert playback.is_playing


def test_no_loop_any_more_while_the_end_is_on_show(playback):
    at_the_end_of_a_loop(playback)
    changed = []
    playback.stateChanged.connect(lambda: changed.append(playback.is_playing))
    playback.set_loop(False)
    assert changed == [False]
    playback.play()
    assert playback.stop == 0


def test_what_is_shown_at_once_does_not_loop(playback):
    at_the_end_of_a_loop(playback)
    playback.set_speed(INSTANT)
    assert not playback.is_playing
    assert not any(timer.isActive() for timer in playback.findChildren(QTimer))
