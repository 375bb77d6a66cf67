"""Labeller: the same labels as comparing all distances, for one question after another."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from colorquant_gui.core import (
    Cancelled,
    ColorHistogram,
    Fit,
    InvalidParameterError,
    Labeller,
    engine,
    labelling,
)
from colorquant_gui.core.color_spaces import COLOR_SPACES
from tests.core.brute_force import squared_distances

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.core.questions import Questions


@pytest.fixture(params=[True, False], ids=["compiled", "numpy"], autouse=True)
def _either_engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(engine, "native", None)


def picture(n: int = 4000) -> ColorHistogram:
    rng = np.random.default_rng(3)
    middles = rng.uniform(0, 255, (30, 3))
    rgb = middles[rng.integers(0, 30, n)] + rng.normal(0, 25, (n, 3))
    return ColorHistogram.from_rgb(np.clip(rgb, 0, 255).astype(np.uint8)[None])


def brute_force(
    histogram: ColorHistogram, space: str, centroids: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.int64], float]:
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    every = squared_distances(points, centroids)
    labels = every.argmin(axis=1)
    counts = np.bincount(labels, histogram.counts, len(centroids)).astype(np.int64)
    return labels, counts, float(every.min(axis=1) @ histogram.counts)


@pytest.mark.parametrize("space", sorted(COLOR_SPACES))
def test_labels_are_those_of_brute_force(space: str) -> None:
    histogram = picture()
    labeller = Labeller(histogram, space)
    rng = np.random.default_rng(5)
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    low, high = points.min(axis=0), points.max(axis=0)
    # back and forth between numbers of centroids, and with small moves in between
    for k in (1, 2, 17, 2, 256, 255, 17, 17, 1):
        centroids = rng.uniform(low, high, (k, 3))
        for _ in range(3):
            labels, counts, inertia = brute_force(histogram, space, centroids)
            found = labeller.assign(centroids)
            assert found.labels.dtype == np.uint8
            np.testing.assert_array_equal(found.labels, labels)
            np.testing.assert_array_equal(found.counts, counts)
            assert found.inertia == pytest.approx(inertia, rel=1e-9)
            points = COLOR_SPACES[space].from_srgb(histogram.colors)
            means = centroids.copy()
            for j in np.flatnonzero(counts):
                own = labels == j
                means[j] = np.average(points[own], axis=0, weights=histogram.counts[own])
            assert found.means == pytest.approx(means, rel=1e-5, abs=1e-5 * float(high.max()))
            centroids = centroids + rng.normal(0, 0.01, (k, 3)) * (high - low)


@pytest.mark.parametrize("space", sorted(COLOR_SPACES))
def test_the_error_in_levels_is_that_of_every_pixel(
    space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # several parts, the last one short
    monkeypatch.setattr(labelling, "_CHUNK", 700)
    histogram = picture()
    labeller = Labeller(histogram, space)
    rng = np.random.default_rng(6)
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    for k in (1, 5, 40, 5):
        found = labeller.assign(rng.uniform(points.min(axis=0), points.max(axis=0), (k, 3)))
        if space == "srgb":
            assert found.levels is None
            continue
        assert found.levels is not None
        for palette in rng.integers(0, 256, (3, k, 3), np.uint8):
            apart = histogram.colors.astype(int) - palette[found.labels]
            expected = (apart**2).sum(axis=1) @ histogram.counts / histogram.n_pixels
            assert found.levels.mse(palette) == pytest.approx(expected, rel=1e-9)


def test_no_error_is_below_nothing() -> None:
    rgb = np.full((3, 5, 3), 77, np.uint8)
    found = Labeller(ColorHistogram.from_rgb(rgb), "oklab").assign(np.zeros((2, 3)))
    assert found.levels is not None
    assert found.levels.mse(np.array([[77, 77, 77], [1, 2, 3]], np.uint8)) == 0


def test_a_tie_goes_to_the_lowest_number() -> None:
    histogram = ColorHistogram.from_rgb(np.full((2, 3, 3), 10, np.uint8))
    centroids = np.array([[30.0, 10, 10], [10, 0, 10], [10, 10, 20], [0, 10, 10]])
    found = Labeller(histogram).assign(centroids)
    assert found.labels.tolist() == [1]
    assert found.counts.tolist() == [0, 6, 0, 0]
    assert found.inertia == 600


def test_an_earlier_answer_stays_as_it_was() -> None:
    histogram = picture()
    labeller = Labeller(histogram)
    centroids = np.linspace(0, 255, 36).reshape(12, 3)
    first = labeller.assign(centroids)
    before = first.labels.copy(), first.counts.copy()
    labeller.assign(centroids[::-1])
    np.testing.assert_array_equal(first.labels, before[0])
    np.testing.assert_array_equal(first.counts, before[1])


def test_a_run_is_labelled_again_from_its_centroids() -> None:
    histogram = picture()
    labeller = Labeller(histogram, "oklab")
    for iteration in Fit(16, "best", "oklab").iterate(histogram):
        found = labeller.assign(iteration.centroids)
        np.testing.assert_array_equal(found.labels, iteration.labels)
        np.testing.assert_array_equal(found.counts, iteration.counts)
        assert found.inertia == pytest.approx(iteration.inertia)


def test_a_fit_in_another_thread_is_not_disturbed() -> None:
    # NumPy takes as long for fewer
    histogram = picture(20_000 if engine.native is not None else 3000)
    expected = Fit(40).last(histogram)
    labeller = Labeller(histogram)
    outcome: list[bytes] = []
    fit = threading.Thread(
        target=lambda: outcome.append(Fit(40).last(histogram).centroids.tobytes())
    )
    fit.start()
    while fit.is_alive():
        found = labeller.assign(expected.centroids)
        np.testing.assert_array_equal(found.labels, expected.labels)
    fit.join()
    assert outcome == [expected.centroids.tobytes()]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of centroids that assigners were made for, as time goes by."""
    numbers: list[int] = []
    plain = engine.make_problem

    def make_problem(*args: Any) -> Any:
        problem = plain(*args)

        class Counting:
            def assigner(self, k: int) -> Any:
                numbers.append(k)
                return problem.assigner(k)

        return Counting()

    monkeypatch.setattr(engine, "make_problem", make_problem)
    return numbers


def some_centroids(k: int) -> NDArray[np.float64]:
    return np.linspace(0, 255, 3 * k).reshape(k, 3)


def test_at_most_two_numbers_of_centroids_are_kept_ready(made: list[int]) -> None:
    labeller = Labeller(picture(300))
    assert made == []
    for k in (5, 7, 5, 7, 9, 7, 9, 5):
        labeller.assign(some_centroids(k))
    assert made == [5, 7, 9, 5]


def test_what_a_cancel_left_half_done_is_not_used_again(
    made: list[int], questions: type[Questions]
) -> None:
    # one thread: with two, the one that asks may find everything done by the other
    labeller = Labeller(picture(300_000), threads=1)
    labeller.assign(some_centroids(5))
    labeller.assign(some_centroids(7))
    if engine.native is not None:
        engine.native.set_patience(0.0)
    with pytest.raises(Cancelled):
        # the other way round, so that every colour has to move
        labeller.assign(some_centroids(7)[::-1].copy(), cancelled=questions(2))
    for k in (5, 7, 5, 7):
        labeller.assign(some_centroids(k))
    assert made == [5, 7, 7]


def test_after_a_cancel_it_can_be_asked_again(questions: type[Questions]) -> None:
    histogram = picture()
    centroids = np.linspace(0, 255, 90).reshape(30, 3)
    labels, _, _ = brute_force(histogram, "srgb", centroids)
    labeller = Labeller(histogram)
    for answer in range(1, 4):
        stop = questions(answer)
        try:
            labeller.assign(centroids, cancelled=stop)
        except Cancelled:
            assert stop.asked == answer
        else:
            # the compiled engine is done before it asks so often
            assert stop.asked < answer
        np.testing.assert_array_equal(labeller.assign(centroids).labels, labels)


def test_a_cancel_before_anything_is_set_up(questions: type[Questions]) -> None:
    if engine.native is not None:
        engine.native.set_patience(0.0)
    labeller = Labeller(picture())
    centroids = np.linspace(0, 255, 90).reshape(30, 3)
    with pytest.raises(Cancelled):
        labeller.assign(centroids, cancelled=questions(1))
    assert labeller.assign(centroids).counts.sum() == 4000


@pytest.mark.parametrize("shape", [(0, 3), (257, 3), (4, 2), (3,), (1, 2, 3)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InvalidParameterError, match="shape"):
        Labeller(picture(50)).assign(np.zeros(shape))


def test_an_unknown_space_is_refused() -> None:
    with pytest.raises(InvalidParameterError, match="hsl"):
        Labeller(picture(50), "hsl")
