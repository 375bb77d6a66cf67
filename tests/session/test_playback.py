import numpy as np
import pytest

from colorquant_gui.core import Iteration
from colorquant_gui.session import History, Playback
from colorquant_gui.session.playback import INSTANT, step_seconds


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class Recorder:
    def __init__(self, playback):
        self.frames = []
        self.finished = 0
        playback.frameChanged.connect(self.frames.append)
        playback.finished.connect(self._count)

    def _count(self):
        self.finished += 1


def run(count, finished=True):
    history = History()
    history.extend(
        Iteration(n, np.full((1, 3), 10.0 * n), np.zeros(4, np.uint8), np.array([4]), 1.0, 0.0)
        for n in range(count)
    )
    history.finished = finished
    return history


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def playback(qapp, clock):
    playback = Playback(clock)
    yield playback
    playback.stop()


def test_first_shows_the_seeding_itself(playback):
    seen = Recorder(playback)
    playback.play(run(5))
    assert len(seen.frames) == 1
    assert seen.frames[0].iteration.number == 0
    assert seen.frames[0].centroids.tolist() == [[0, 0, 0]]
    assert playback.is_playing


def test_centroids_glide_and_arrive_after_the_step(playback, clock):
    seen = Recorder(playback)
    playback.play(run(3))
    clock.now += step_seconds(0) / 2
    playback.advance()
    # smoothstep is symmetric: halfway in time is halfway in space
    assert seen.frames[-1].centroids == pytest.approx(5.0)
    assert seen.frames[-1].iteration.number == 0
    clock.now += step_seconds(0) / 2 + 1e-9
    playback.advance()
    assert seen.frames[-1].iteration.number == 1
    assert seen.frames[-1].centroids == pytest.approx(10.0, abs=1e-3)


def test_twice_the_speed_takes_half_the_time(playback, clock):
    seen = Recorder(playback)
    playback.set_speed(2.0)
    playback.play(run(4))
    clock.now += sum(step_seconds(i) for i in range(3)) / 2 + 1e-9
    playback.advance()
    assert seen.frames[-1].iteration.number == 3
    assert seen.finished == 1
    assert not playback.is_playing


def test_instant_shows_the_end_at_once(playback):
    seen = Recorder(playback)
    playback.set_speed(INSTANT)
    playback.play(run(9))
    assert [f.iteration.number for f in seen.frames] == [8]
    assert seen.finished == 1


def test_a_run_that_still_grows_is_waited_for(playback, clock):
    seen = Recorder(playback)
    history = run(1, finished=False)
    playback.play(history)
    clock.now += 60
    playback.advance()
    assert seen.finished == 0
    assert playback.is_playing
    history.extend([run(2)[1]])
    history.finished = True
    playback.grown()
    clock.now += 60
    playback.advance()
    assert seen.frames[-1].iteration.number == 1
    assert seen.finished == 1


def test_waiting_for_the_engine_does_not_eat_the_next_glide(playback, clock):
    seen = Recorder(playback)
    history = run(1, finished=False)
    playback.play(history)
    clock.now += 60
    history.extend([run(2)[1]])
    playback.grown()
    assert seen.frames[-1].iteration.number == 0


def test_skip_to_end(playback):
    seen = Recorder(playback)
    playback.play(run(30))
    playback.skip_to_end()
    assert seen.frames[-1].iteration.number == 29
    assert seen.finished == 1


def test_stop_stays_and_says_nothing_more(playback, clock):
    seen = Recorder(playback)
    playback.play(run(30))
    playback.stop()
    clock.now += 5
    playback.advance()
    assert len(seen.frames) == 1
    assert seen.finished == 0


def test_plays_by_itself(playback, qtbot):
    playback = Playback()
    playback.set_speed(8.0)
    with qtbot.waitSignal(playback.finished, timeout=5000):
        playback.play(run(6))
    playback.stop()


def test_steps_get_shorter_and_stay_visible():
    steps = [step_seconds(i) for i in range(200)]
    assert steps == sorted(steps, reverse=True)
    assert min(steps) > 1 / 60
