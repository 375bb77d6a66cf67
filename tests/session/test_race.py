"""The race: runs side by side, each as it would run alone."""

import threading
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, Fit
from colorquant_gui.core.image import image_from_array
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.session import PICKS, RunState, Session, Settings
from colorquant_gui.session.history import Step
from colorquant_gui.session.race import Race, Runner
from colorquant_gui.session.race_jobs import RaceRequest, RunnerSteps
from colorquant_gui.session.race_outcome import judge, same_centroids
from tests import pictures

photo = partial(pictures.photo, height=60, width=80)


def histogram():
    return ColorHistogram.from_rgb(photo())


FIELD = (
    Runner("wu"),
    Runner("kmeans++", 3),
    Runner("random", 7),
    Runner(PICKS, 0, ((10, 20, 30), (200, 100, 90))),
)


@pytest.fixture
def race(qapp):
    race = Race()
    yield race
    race.close()


def run(race, qtbot, colors, runners, settings):
    with qtbot.waitSignal(race.finished, timeout=20_000):
        race.start(colors, runners, settings)


def alone(colors, runner, settings):
    init = None
    if runner.seeding == PICKS:
        init = start_from_picks(colors, runner.picks, settings.k, color_space=settings.color_space)
    seeding = "wu" if runner.seeding == PICKS else runner.seeding
    fit = Fit(settings.k, "textbook", settings.color_space, seeding, runner.seed, init=init)
    return list(fit.iterate(colors))


@pytest.mark.parametrize(
    "settings",
    [Settings(k=6), Settings(k=5, color_space="oklab"), Settings(k=6, quality="best", seed=4)],
    ids=["srgb", "oklab", "whatever the quality"],
)
def test_every_runner_takes_the_steps_that_it_would_take_alone(race, qtbot, settings):
    run(race, qtbot, histogram(), FIELD, settings)
    assert len(race.tracks) == 4
    for track in race.tracks:
        expected = alone(histogram(), track.runner, settings)
        assert track.ended
        assert [s.number for s in track.steps] == [i.number for i in expected]
        for step, iteration in zip(track.steps, expected, strict=True):
            assert np.array_equal(step.centroids, iteration.centroids)
            assert np.array_equal(step.counts, iteration.counts)
            assert step.inertia == iteration.inertia


@pytest.mark.parametrize("number", range(4))
def test_what_was_shown_is_what_the_session_makes_of_it(race, qtbot, number):
    run(race, qtbot, histogram(), FIELD, Settings(k=6, seed=5))
    track = race.tracks[number]
    runner = track.runner
    settings = Settings(6, "textbook", seeding=runner.seeding, seed=runner.seed, picks=runner.picks)
    session = Session(settings)
    try:
        session.open(image_from_array(photo(), "photo.png"))
        qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=10_000)
        made = session.history.steps
        assert [step.inertia for step in made] == [step.inertia for step in track.steps]
        assert np.array_equal(made[-1].centroids, track.steps[-1].centroids)
    finally:
        session.close()
        session.deleteLater()


def test_a_seeding_without_chance_takes_the_seed_of_the_settings(race, qtbot):
    run(race, qtbot, histogram(), FIELD, Settings(k=4, seed=9))
    assert [track.runner.seed for track in race.tracks] == [9, 3, 7, 9]
    assert [track.runner.seeding for track in race.tracks] == [r.seeding for r in FIELD]


def test_a_transparent_pixel_takes_a_palette_entry_from_every_runner(race, qtbot):
    mask = np.ones((60, 80), bool)
    mask[0, :5] = False
    colors = ColorHistogram.from_rgb(photo(), mask)
    run(race, qtbot, colors, FIELD, Settings(k=6))
    for track in race.tracks:
        assert track.steps[-1].centroids.shape == (5, 3)
        assert track.steps[-1].counts.sum() == 60 * 80 - 5
    assert race.n_pixels == 60 * 80 - 5


def test_few_colours_are_all_kept(race, qtbot):
    rgb = np.array([[[0, 0, 0], [255, 0, 0], [0, 255, 0]]], np.uint8)
    run(race, qtbot, ColorHistogram.from_rgb(rgb), FIELD[:2], Settings(k=16))
    for track in race.tracks:
        assert sorted(track.steps[-1].centroids.tolist()) == [[0, 0, 0], [0, 255, 0], [255, 0, 0]]
        assert track.steps[-1].inertia == 0
    assert race.outcome.lowest == (0, 1)
    assert race.outcome.n_minima == 1
    assert race.outcome.gain == 0


def test_nothing_visible_is_said_in_words(race, qtbot):
    colors = ColorHistogram.from_rgb(photo(), np.zeros((60, 80), bool))
    with qtbot.waitSignal(race.failed, timeout=10_000) as failed:
        race.start(colors, FIELD, Settings())
    assert "transparent" in failed.args[0]
    assert not race.is_running


def test_runners_take_turns(qapp):
    order, steps = [], {}
    request = RaceRequest(1, histogram(), Settings(k=8), FIELD[:2])

    def deliver(payload):
        if hasattr(payload, "runner"):
            order.append((payload.runner, payload.ended))
            steps[payload.runner] = steps.get(payload.runner, 0) + len(payload.steps)

    request.run(deliver, lambda: False)
    # the seeding of each comes before the end of any
    assert order[:2] == [(0, False), (1, False)]
    assert sorted(runner for runner, ended in order if ended) == [0, 1]
    assert min(steps.values()) > 3


def test_a_new_race_takes_the_place_of_the_old_one(race, qtbot):
    race.start(histogram(), FIELD, Settings(k=32, quality="best"))
    run(race, qtbot, histogram(), FIELD[:2], Settings(k=3))
    assert len(race.tracks) == 2
    assert all(len(step.centroids) == 3 for track in race.tracks for step in track.steps)
    assert [s.number for s in race.tracks[0].steps] == list(range(len(race.tracks[0].steps)))


def test_what_an_earlier_race_still_hands_over_is_dropped(race, qtbot):
    run(race, qtbot, histogram(), FIELD[:2], Settings(k=3))
    late = RunnerSteps(0, (race.tracks[0].steps[0],), ended=False)
    before = len(race.tracks[0].steps)
    race.start(histogram(), FIELD[:2], Settings(k=3))
    race._worker.delivered.emit(1, late)
    assert race.tracks[0].steps == []
    qtbot.waitUntil(lambda: race.outcome is not None)
    assert len(race.tracks[0].steps) == before


def test_cancelled_means_silent(race, qtbot):
    rgb = np.random.default_rng(3).integers(0, 256, (150, 150, 3)).astype(np.uint8)
    heard = []
    race.finished.connect(lambda: heard.append("finished"))
    race.failed.connect(heard.append)
    with qtbot.waitSignal(race.runnerChanged, timeout=10_000):
        race.start(ColorHistogram.from_rgb(rgb), FIELD, Settings(k=48, quality="best"))
    race.cancel()
    race.runnerChanged.connect(heard.append)
    assert not race.is_running
    qtbot.wait(150)
    assert heard == []
    assert race.outcome is None


def test_closing_ends_the_thread_and_starting_makes_another(race, qtbot):
    run(race, qtbot, histogram(), FIELD[:2], Settings(k=3))
    race.close()
    assert all(t.name != "race" for t in threading.enumerate())
    run(race, qtbot, histogram(), FIELD[:2], Settings(k=3))
    assert race.outcome is not None


def test_steps_keep_no_labels(race, qtbot):
    run(race, qtbot, histogram(), FIELD[:2], Settings(k=6))
    size = sum(
        value.nbytes
        for step in race.tracks[0].steps
        for value in vars(step).values()
        if isinstance(value, np.ndarray)
    )
    assert size == len(race.tracks[0].steps) * 6 * 32


@pytest.mark.parametrize("runners", [FIELD[:1], FIELD + FIELD[:1], (Runner(PICKS),) * 2])
def test_a_race_that_cannot_start_is_a_mistake_of_the_caller(race, runners):
    with pytest.raises(ValueError, match="2 to 4"):
        race.start(histogram(), runners, Settings())


def test_those_that_are_not_ready_take_no_part(race, qtbot):
    settings = Settings(k=6, seed=2)
    field = (Runner(PICKS, 0, (), ((1, 2, 3),)), FIELD[1], Runner(PICKS), FIELD[3])
    run(race, qtbot, histogram(), field, settings)
    for number in (1, 3):
        expected = alone(histogram(), race.tracks[number].runner, settings)
        assert np.array_equal(race.tracks[number].steps[-1].centroids, expected[-1].centroids)
    for number in (0, 2):
        assert race.tracks[number].steps == []
        assert race.tracks[number].ended
        assert race.tracks[number].at(0) is None
    ends = {n: race.tracks[n].steps[-1].inertia for n in (1, 3)}
    assert race.outcome.lowest == (min(ends, key=ends.get),)
    assert len(race.outcome.minima) == 2


def test_one_alone_has_an_end_and_nobody_to_beat(race, qtbot):
    run(race, qtbot, histogram(), (Runner(PICKS), FIELD[0]), Settings(k=6))
    assert race.outcome.lowest == (1,)
    assert not race.outcome.has_lowest


def test_the_settings_that_make_a_run_the_picture_s(race, qtbot):
    field = (*FIELD[1:], Runner("wu", 5, ((1, 2, 3),)))
    run(race, qtbot, histogram(), field, Settings(k=4, color_space="oklab", seed=9))
    common = {"k": 4, "color_space": "oklab", "quality": "textbook"}
    assert [race.settings_of(number) for number in range(4)] == [
        Settings(**common, seeding="kmeans++", seed=3),
        Settings(**common, seeding="random", seed=7),
        Settings(**common, seeding=PICKS, seed=9, picks=FIELD[3].picks),
        # picks that it does not start from are not taken along
        Settings(**common, seeding="wu", seed=9),
    ]


def test_picks_wait_to_be_taken_over_to_another_picture():
    there = Runner(PICKS, 4, ((1, 2, 3), (4, 5, 6))).for_another_picture()
    assert there == Runner(PICKS, 4, (), ((1, 2, 3), (4, 5, 6)))
    assert not there.is_ready
    # and to the one after that, if nothing is picked meanwhile
    assert there.for_another_picture() == there


# -- outcome -------------------------------------------------------------------------------------

A = np.array([[0.0, 0, 0], [10, 0, 0], [0, 10, 0]])


def end(inertia, centroids):
    return Step(9, centroids, np.ones(len(centroids)), inertia, 0.0, 0, None)


def judged(inertias, centroids, color_space="srgb"):
    ends = [end(*each) for each in zip(inertias, centroids, strict=True)]
    return judge(dict(enumerate(ends)), color_space)


def test_the_same_centroids_in_another_order_are_one_minimum():
    outcome = judged([100.0, 100.0, 90.0], [A, A[::-1] + 0.1, A + np.array([0, 0, 5])])
    assert outcome.minima == (0, 0, 1)
    assert outcome.n_minima == 2
    assert outcome.lowest == (2,)
    assert outcome.gain == pytest.approx(0.1)


def test_ties_share_the_first_place():
    assert judged([50.0, 50.00001, 60.0], [A, A + 40, A + 20]).lowest == (0, 1)
    # rest in the same hollow counts, whatever a few colours on its brim make of the error
    assert judged([50.1, 50.0, 60.0], [A, A + 0.5, A + 20]).lowest == (0, 1)
    assert judged([50.1, 50.0, 60.0], [A, A + 40, A + 20]).lowest == (1,)


def test_runners_keep_their_numbers_where_one_takes_no_part():
    outcome = judge({1: end(60.0, A), 3: end(50.0, A + 20)})
    assert outcome.minima == (0, 1)
    assert outcome.lowest == (3,)


def test_only_of_several_minima_is_one_the_lowest():
    assert not judged([580.0, 580.1], [A, A]).has_lowest
    assert judged([580.0, 580.1], [A, A + 20]).has_lowest
    assert not judge({2: end(580.0, A)}).has_lowest


def test_who_met_the_limit_is_not_at_rest():
    assert judged([580.0, 590.0], [A, A + 20]).is_at_rest
    moving = replace(end(590.0, A + 20), n_changed=3)
    assert not judge({0: end(580.0, A), 1: moving}).is_at_rest


def test_two_on_the_same_spot_are_not_one_each():
    assert not same_centroids(np.zeros((2, 3)), np.array([[0.0, 0, 0], [9, 9, 9]]), 0.5)
    assert not same_centroids(A, A[:2], 0.5)


def test_how_near_is_the_same_depends_on_the_space():
    # two levels; in Oklab 2 of 255 are 0.00784
    assert judged([1.0, 1.0], [A, A + 1.1]).n_minima == 1
    assert judged([1.0, 1.0], [A, A + 1.2]).n_minima == 2
    assert judged([1.0, 1.0], [A / 255, A / 255 + 0.004], "oklab").n_minima == 1
    assert judged([1.0, 1.0], [A / 255, A / 255 + 0.005], "oklab").n_minima == 2


def test_runs_into_one_minimum_are_told_from_runs_into_two(race, qtbot):
    # four tight clumps at the corners of a long rectangle: k = 2 has a good and a bad optimum
    rng = np.random.default_rng(1)
    corners = np.array([[40, 90, 128], [40, 160, 128], [220, 90, 128], [220, 160, 128]])
    rgb = (corners[rng.integers(0, 4, (30, 30))] + rng.integers(-3, 4, (30, 30, 3))).astype(
        np.uint8
    )
    colors = ColorHistogram.from_rgb(rgb)
    bad = Runner(PICKS, 0, ((130, 90, 128), (130, 160, 128)))
    run(race, qtbot, colors, (Runner("wu"), Runner("kmeans++", 1), bad), Settings(k=2))
    outcome = race.outcome
    assert outcome.minima == (0, 0, 1)
    assert outcome.lowest == (0, 1)
    # along the short sides a pixel is 35 off, along the long ones 90
    assert outcome.gain == pytest.approx(1 - 35**2 / 90**2, abs=0.02)


def test_nobody_can_go_on_from_where_a_race_has_ended(race, qtbot):
    run(race, qtbot, histogram(), FIELD, Settings(k=6))
    points, weights = histogram().colors.astype(float), histogram().counts
    for track in race.tracks:
        centroids = track.steps[-1].centroids
        labels = ((points[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        mass = np.bincount(labels, weights, 6)
        sums = [np.bincount(labels, weights * points[:, axis], 6) for axis in range(3)]
        np.testing.assert_allclose(np.stack(sums, axis=1) / mass[:, None], centroids, rtol=1e-9)
