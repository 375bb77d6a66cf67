"""Lockstep: all runners at the same iteration, those that have ended at their last."""

import numpy as np
import pytest

from colorquant_gui.session.history import Step
from colorquant_gui.session.race import Runner, Track
from colorquant_gui.session.race_playback import RaceFrame, RacePlayback


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def track(length, ended=True):
    steps = [
        Step(n, np.full((2, 3), 10.0 * n), np.array([n, 1]), 100.0 - n, 10.0, 0, None)
        for n in range(length)
    ]
    return Track(Runner("wu"), steps, ended)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def playback(qapp, clock):
    playback = RacePlayback(clock)
    yield playback
    playback.pause()


def test_the_length_is_that_of_the_longest_run(playback):
    playback.set_tracks([track(3), track(6)])
    assert playback.length == 5


def test_nobody_gets_ahead_of_what_is_computed(playback, clock):
    tracks = [track(9), track(3, ended=False)]
    playback.set_tracks(tracks)
    assert playback.length == 2
    clock.now += 60
    playback.advance()
    assert playback.frame == RaceFrame(2)
    assert playback.is_playing
    tracks[1].steps += track(5).steps[3:]
    playback.grown()
    assert playback.length == 4
    clock.now += 60
    playback.advance()
    assert playback.frame == RaceFrame(4)
    tracks[1].ended = True
    playback.grown()
    assert playback.length == 8
    clock.now += 60
    playback.advance()
    assert playback.frame == RaceFrame(8)
    assert not playback.is_playing


def test_a_runner_that_has_ended_stays_at_its_end():
    short = track(3)
    moment = short.at(7, 0.5)
    assert (moment.step.number, moment.has_ended) == (2, True)
    assert np.array_equal(moment.centroids, short.steps[2].centroids)
    assert not short.at(1).has_ended
    assert not track(3, ended=False).at(2).has_ended
    assert Track(Runner("wu")).at(0) is None


def test_centroids_glide_between_iterations():
    moment = track(4).at(1, 0.5)
    assert moment.step.number == 1
    assert np.array_equal(moment.centroids, np.full((2, 3), 15.0))
    assert np.array_equal(track(4).at(1, 0.25).centroids, np.full((2, 3), 11.5625))


def test_time_moves_it_and_speed_multiplies_time(playback, clock):
    playback.set_tracks([track(30), track(30)])
    clock.now += 0.25
    playback.advance()
    assert playback.frame == RaceFrame(0, pytest.approx(0.5))
    playback.set_speed(2.0)
    clock.now += 0.125
    playback.advance()
    assert playback.frame == RaceFrame(1, pytest.approx(0.0, abs=1e-9))


def test_a_long_race_is_over_before_it_gets_boring(playback, clock):
    playback.set_tracks([track(61), track(481)])
    seconds = 0.0
    passed = {}
    while playback.frame.number < 480:
        clock.now += 0.02
        seconds += 0.02
        playback.advance()
        passed.setdefault(playback.frame.number, seconds)
    assert 10 < seconds < 20
    # 0.5 s for the first, 0.08 s each in the middle
    assert passed[1] == pytest.approx(0.5, abs=0.021)
    assert passed[60] - passed[40] == pytest.approx(20 * 0.08, abs=0.05)


def test_instant_shows_the_newest_at_once(playback):
    playback.set_speed(float("inf"))
    playback.set_tracks([track(30), track(12)])
    assert playback.frame == RaceFrame(29)
    assert not playback.is_playing


def test_seek_and_step_stay_within_the_race_and_pause_it(playback, qtbot):
    frames = []
    playback.frameChanged.connect(frames.append)
    playback.set_tracks([track(5), track(4)])
    with qtbot.waitSignal(playback.playingChanged) as changed:
        playback.seek(3)
    assert changed.args == [False]
    assert frames[-1] == RaceFrame(3)
    playback.step(1)
    playback.step(1)
    playback.step(1)
    assert playback.frame == RaceFrame(4)
    playback.seek(-4)
    assert playback.frame == RaceFrame(0)


def test_a_step_back_from_the_middle_of_a_glide_ends_at_its_start(playback, clock):
    playback.set_tracks([track(5), track(5)])
    # half a second to iteration 1, then 0.45 to the next
    clock.now += 0.7
    playback.advance()
    assert playback.frame == RaceFrame(1, pytest.approx(0.2 / 0.45))
    playback.step(-1)
    assert playback.frame == RaceFrame(1)
    playback.step(-1)
    assert playback.frame == RaceFrame(0)


def test_play_at_the_end_starts_again(playback):
    playback.set_tracks([track(5), track(5)])
    playback.seek(4)
    playback.play()
    assert playback.frame == RaceFrame(0)
    assert playback.is_playing


def test_it_plays_by_itself(qapp, qtbot):
    playback = RacePlayback()
    playback.set_speed(8.0)
    playback.set_tracks([track(6), track(4)])
    qtbot.waitUntil(lambda: not playback.is_playing, timeout=5_000)
    assert playback.frame == RaceFrame(5)


def test_no_tracks_are_nothing_to_play(playback):
    playback.set_tracks([track(5), track(5)])
    playback.set_tracks([])
    playback.play()
    assert (playback.length, playback.is_playing, playback.frame) == (0, False, RaceFrame(0))


def test_at_the_end_it_begins_again_if_that_is_wanted(playback, clock, qtbot):
    playback.set_loop(True)
    playback.set_tracks([track(3), track(6)])
    clock.now += 60
    playback.advance()
    assert playback.frame == RaceFrame(5)
    assert playback.is_playing
    qtbot.waitUntil(lambda: playback.frame.number == 0, timeout=5000)
    assert playback.is_playing
    clock.now += 60
    playback.advance()
    assert playback.frame == RaceFrame(5)
    playback.set_loop(False)
    assert not playback.is_playing
    playback.toggle()
    assert playback.is_playing
    assert playback.frame == RaceFrame(0)
    playback.toggle()
    assert not playback.is_playing


def test_what_is_shown_at_once_is_not_begun_again(playback):
    playback.set_loop(True)
    playback.set_speed(float("inf"))
    playback.set_tracks([track(4)])
    assert playback.is_at_end
    assert not playback.is_playing
