"""The k-means steps and runs against brute force, exact fractions and plain loops."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from colorquant_gui.core import (
    Cancelled,
    ColorHistogram,
    InvalidParameterError,
    Iteration,
    KMeans,
    reference,
)
from colorquant_gui.core.seeding import SEEDINGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.core.questions import Questions

quick = settings(max_examples=40, deadline=None, derandomize=True, database=None)
random_seedings = sorted(set(SEEDINGS) - {"wu"})


def some_histogram(n_colors: int, seed: int = 0, heaviest: int = 50) -> ColorHistogram:
    """Different colours in clumps, with weights, in no order."""
    rng = np.random.default_rng(seed)
    centers = rng.integers(0, 256, (12, 3))
    clumps = centers[rng.integers(0, 12, 4 * n_colors)] + rng.normal(0, 25, (4 * n_colors, 3))
    colors = np.unique(np.clip(np.rint(clumps), 0, 255).astype(np.uint8), axis=0)
    colors = rng.permutation(colors)[:n_colors]
    assert len(colors) == n_colors
    return ColorHistogram(colors, rng.integers(1, heaviest + 1, n_colors))


def greys(*levels: int, counts: list[int] | None = None) -> ColorHistogram:
    colors = np.repeat(np.array(levels, np.uint8)[:, None], 3, axis=1)
    return ColorHistogram(colors, np.array(counts or [1] * len(levels)))


def run(histogram: ColorHistogram, n_colors: int, **given: Any) -> list[Iteration]:
    return list(KMeans(n_colors, **given).iterate(histogram))


def mean_of(histogram: ColorHistogram, members: NDArray[np.bool_]) -> list[float]:
    """Weighted mean in exact fractions, rounded once."""
    weights = [int(w) for w in histogram.counts[members]]
    return [
        float(Fraction(sum(w * int(v) for w, v in zip(weights, axis, strict=True)), sum(weights)))
        for axis in histogram.colors[members].T
    ]


# --- assign: the E-step


@pytest.mark.parametrize("k", [1, 2, 17, 256])
@pytest.mark.parametrize("n", [1, 4095, 4097, 9000])
@pytest.mark.parametrize("in_order", [True, False])
def test_labels_name_the_nearest_centroid(n: int, k: int, in_order: bool) -> None:
    rng = np.random.default_rng(n + k)
    points = rng.integers(0, 256, (n, 3), np.uint8)
    if in_order:
        points = ColorHistogram.from_rgb(points[None]).colors
    centroids = rng.uniform(0, 255, (k, 3))
    labels, distances = reference.assign(points, centroids)
    every = np.sqrt(((points[:, None].astype(float) - centroids) ** 2).sum(axis=2))
    taken = every[np.arange(len(points)), labels]
    assert np.allclose(taken, every.min(axis=1), rtol=0, atol=1e-9)
    assert np.allclose(np.sqrt(distances), taken, rtol=0, atol=1e-9)
    assert labels.dtype == np.uint8


def test_a_tie_goes_to_the_lowest_number() -> None:
    points = np.array([[10, 0, 0], [0, 10, 0], [5, 5, 5]], np.uint8)
    centroids = np.array([[99, 99, 99], [0, 0, 0], [10, 10, 0], [0, 0, 0]], float)
    labels, distances = reference.assign(points, centroids)
    assert labels.tolist() == [1, 1, 1]
    assert distances.tolist() == [100, 100, 75]


@quick
@given(
    points=arrays(np.uint8, (9, 3), elements=st.integers(100, 120)),
    whole=arrays(np.uint8, (12, 3), elements=st.integers(90, 130)),
    fraction=st.sampled_from([0.0, 0.5, 0.1]),
)
def test_leaving_out_far_centroids_changes_no_label(
    points: NDArray[np.uint8], whole: NDArray[np.uint8], fraction: float
) -> None:
    centroids = whole + fraction
    labels, distances = reference.assign(points, centroids)
    for point, label, distance in zip(points, labels, distances, strict=True):
        every = []
        for centroid in centroids:
            x, y, z = (float(p) - float(c) for p, c in zip(point, centroid, strict=True))
            every.append(x * x + y * y + z * z)
        assert distance == min(every)
        assert label == every.index(min(every))


def test_points_may_have_fractions_and_signs() -> None:
    points = np.array([[-0.5, 0.25, 0.0], [0.5, 0.25, 0.0]])
    labels, distances = reference.assign(points, np.array([[1.0, 0, 0], [-1.0, 0, 0]]))
    assert labels.tolist() == [1, 0]
    assert distances.tolist() == [0.3125, 0.3125]


# --- update: the M-step


def test_means_and_counts_are_exact_and_an_empty_cluster_has_no_mean() -> None:
    histogram = some_histogram(500)
    labels = np.random.default_rng(1).choice(np.array([0, 1, 3], np.uint8), 500)
    means, counts = reference.update(histogram.colors, histogram.counts, labels, 5)
    assert counts.dtype == np.int64
    assert counts.tolist() == [int(histogram.counts[labels == c].sum()) for c in range(5)]
    for cluster in (0, 1, 3):
        assert means[cluster].tolist() == mean_of(histogram, labels == cluster)
    assert np.isnan(means[[2, 4]]).all()


@pytest.mark.parametrize("weight", [2**24 + 1, 2**32 + 1, 2**40 + 1])
def test_weights_that_neither_float32_nor_32_bits_hold(weight: int) -> None:
    histogram = greys(0, 201, 255, counts=[weight, 1, weight + 2])
    means, counts = reference.update(
        histogram.colors, histogram.counts, np.array([0, 0, 1], np.uint8), 2
    )
    assert counts.tolist() == [weight + 1, weight + 2]
    assert means.tolist() == [[float(Fraction(201, weight + 1))] * 3, [255.0] * 3]
    last = run(histogram, 2, tol=0)[-1]
    assert sorted(last.counts.tolist()) == [weight, weight + 3]
    # 201 goes with 255: 54**2 * 3, spread over weight + 3 pixels
    expected = Fraction(3 * 54**2 * (weight + 2), weight + 3)
    assert last.inertia == pytest.approx(float(expected), rel=1e-9)


def test_chunks_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    histogram = some_histogram(1000)
    labels = np.random.default_rng(1).integers(0, 7, 1000, np.uint8)
    distances = np.random.default_rng(2).uniform(0, 100, 1000)
    whole = reference.update(histogram.colors, histogram.counts, labels, 7)
    inertia = reference.inertia(histogram.counts, distances)
    assert inertia == pytest.approx(math.fsum(histogram.counts * distances), rel=1e-12)
    monkeypatch.setattr(reference, "_UPDATE_POINTS", 64)
    parts = reference.update(histogram.colors, histogram.counts, labels, 7)
    assert np.array_equal(whole[0], parts[0])
    assert np.array_equal(whole[1], parts[1])
    assert reference.inertia(histogram.counts, distances) == pytest.approx(inertia, rel=1e-12)


@quick
@given(
    weights=arrays(np.int64, 40, elements=st.integers(1, 3)),
    distances=arrays(np.float64, 40, elements=st.sampled_from([0.0, 1.0, 1.5, 3.0])),
    count=st.integers(1, 40),
    step=st.integers(1, 50),
)
def test_the_costliest_come_in_order_and_ties_too(
    weights: NDArray[np.int64], distances: NDArray[np.float64], count: int, step: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "_UPDATE_POINTS", step)
        found = reference.costliest(weights, distances, count)
    expected = sorted(range(40), key=lambda i: (-float(weights[i] * distances[i]), i))
    assert found.tolist() == expected[:count]


# --- a run


@quick
@given(
    seed=st.integers(0, 10_000),
    n=st.integers(1, 150),
    k=st.integers(1, 40),
    seeding=st.sampled_from(sorted(SEEDINGS)),
    tol=st.sampled_from([0.0, 0.02, 2.0]),
)
def test_every_iteration_is_consistent(seed: int, n: int, k: int, seeding: str, tol: float) -> None:
    histogram = some_histogram(n, seed)
    k = min(n, k)
    colors, weights = histogram.colors.astype(float), histogram.counts
    previous: Iteration | None = None
    iterations = run(histogram, k, seeding=seeding, seed=seed, tol=tol)
    for number, now in enumerate(iterations):
        assert now.number == number
        every = ((colors[:, None] - now.centroids) ** 2).sum(axis=2)
        nearest = every.min(axis=1)
        assert np.allclose(every[np.arange(n), now.labels], nearest, rtol=0, atol=1e-9)
        assert now.counts.tolist() == [int(weights[now.labels == c].sum()) for c in range(k)]
        assert now.counts.sum() == histogram.n_pixels
        assert now.inertia == pytest.approx(float((weights * nearest).sum()), abs=1e-6)
        if previous is None:
            assert now.center_shift == 0
        else:
            moves = np.linalg.norm(now.centroids - previous.centroids, axis=1)
            assert now.center_shift == pytest.approx(moves.max(), abs=1e-9)
            assert now.inertia <= previous.inertia * (1 + 1e-12)
            for cluster in np.flatnonzero(previous.counts):
                members = previous.labels == cluster
                assert now.centroids[cluster].tolist() == mean_of(histogram, members)
        previous = now
    assert now.counts.all()


@pytest.mark.parametrize("seeding", sorted(SEEDINGS))
def test_a_run_without_tolerance_ends_at_a_fixed_point(seeding: str) -> None:
    histogram = some_histogram(400)
    last = run(histogram, 12, seeding=seeding, tol=0)[-1]
    assert 0 < last.number < 300
    for cluster in range(12):
        members = last.labels == cluster
        assert last.centroids[cluster].tolist() == mean_of(histogram, members)
    again = run(histogram, 12, init=last.centroids, tol=0)
    assert len(again) == 2
    for iteration in again:
        assert iteration.centroids.tobytes() == last.centroids.tobytes()
        assert iteration.labels.tobytes() == last.labels.tobytes()
        assert iteration.center_shift == 0


def test_no_tolerance_means_none() -> None:
    histogram = some_histogram(12_000, heaviest=1)
    iterations = run(histogram, 2, seeding="random", tol=0)
    # so many colours that one of them hardly moves a mean
    assert min(i.center_shift for i in iterations[1:]) < 0.02
    for cluster in range(2):
        members = iterations[-1].labels == cluster
        assert iterations[-1].centroids[cluster].tolist() == mean_of(histogram, members)
    assert len(run(histogram, 2, seeding="random", tol=0.02)) < len(iterations)


@pytest.mark.parametrize("seeding", sorted(SEEDINGS))
def test_the_same_seed_gives_the_same_bytes(seeding: str) -> None:
    def all_bytes() -> list[tuple[bytes, bytes, bytes, float, float]]:
        return [
            (
                i.centroids.tobytes(),
                i.labels.tobytes(),
                i.counts.tobytes(),
                i.inertia,
                i.center_shift,
            )
            for i in run(some_histogram(600), 20, seeding=seeding, seed=7)
        ]

    assert all_bytes() == all_bytes()


@pytest.mark.parametrize("seeding", random_seedings)
def test_another_seed_gives_another_start(seeding: str) -> None:
    histogram = some_histogram(600)
    starts = {
        run(histogram, 20, seeding=seeding, seed=seed, max_iter=0)[0].centroids.tobytes()
        for seed in range(5)
    }
    assert len(starts) == 5


def test_the_tolerance_ends_the_run_at_the_first_small_shift() -> None:
    histogram = some_histogram(2000)
    full = run(histogram, 16, seeding="random", tol=0)
    shifts = [i.center_shift for i in full]
    assert len(full) > 10
    # a shift of just the tolerance is small enough
    for tol in (0.0, 0.3, 1.0, shifts[4], 1e9):
        stop = next(n for n in range(1, len(full)) if shifts[n] <= tol or n == len(full) - 1)
        part = run(histogram, 16, seeding="random", tol=tol)
        assert [i.number for i in part] == list(range(stop + 1))
        assert part[-1].labels.tobytes() == full[stop].labels.tobytes()


@pytest.mark.parametrize("limit", [0, 1, 4])
def test_the_limit_counts_iterations_after_the_seeding(limit: int) -> None:
    histogram = some_histogram(2000)
    full = run(histogram, 16, seeding="random", tol=0)
    part = run(histogram, 16, seeding="random", tol=0, max_iter=limit)
    assert [i.number for i in part] == list(range(limit + 1))
    assert part[-1].centroids.tobytes() == full[limit].centroids.tobytes()


def test_initial_centroids_are_the_first_iteration_and_stay_untouched() -> None:
    histogram = greys(0, 10, 100, 110)
    init = np.array([[3, 3, 3], [90, 90, 90]], float)
    first, *_, last = run(histogram, 2, init=init, tol=0)
    assert first.centroids.tolist() == [[3, 3, 3], [90, 90, 90]]
    assert first.labels.tolist() == [0, 0, 1, 1]
    # 3 * (9 + 49 + 100 + 400)
    assert first.inertia == 1674
    assert last.centroids.tolist() == [[5, 5, 5], [105, 105, 105]]
    assert last.inertia == 3 * 4 * 25
    assert init.tolist() == [[3, 3, 3], [90, 90, 90]]


def test_an_idle_centroid_moves_to_the_costliest_color() -> None:
    histogram = greys(0, 1, 60, 63, counts=[9, 9, 1, 2])
    init = [[0, 0, 0], [250, 0, 0], [255, 255, 255]]
    first, second, *_, last = run(histogram, 3, init=np.array(init, float), tol=0)
    assert first.counts.tolist() == [21, 0, 0]
    # 63 costs 2 * 63² * 3, 60 costs 60² * 3
    assert second.centroids[1].tolist() == [63, 63, 63]
    assert second.centroids[2].tolist() == [60, 60, 60]
    assert second.centroids[0].tolist() == [float(Fraction(9 + 60 + 126, 21))] * 3
    assert second.inertia < first.inertia
    assert last.counts.all()


def test_a_run_does_not_end_while_a_centroid_is_idle() -> None:
    # the mean of the one cluster is 10, and so is the costliest colour: both centroids meet there
    histogram = greys(0, 10, 20, counts=[1, 98, 1])
    init = np.array([[100] * 3, [250] * 3], float)
    iterations = run(histogram, 2, init=init, tol=1e9)
    assert iterations[1].centroids.tolist() == [[10] * 3, [10] * 3]
    assert iterations[1].labels.tolist() == iterations[0].labels.tolist() == [0, 0, 0]
    assert sorted(iterations[-1].counts.tolist()) == [1, 99]


def test_equal_initial_centroids_part() -> None:
    histogram = some_histogram(8)
    last = run(histogram, 8, init=np.full((8, 3), 77.0))[-1]
    assert last.inertia == 0
    assert sorted(last.labels.tolist()) == list(range(8))


@quick
@given(
    colors=st.sets(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=30),
    seeding=st.sampled_from(sorted(SEEDINGS)),
)
def test_as_many_centroids_as_colors_lose_nothing(
    colors: set[tuple[int, int, int]], seeding: str
) -> None:
    weights = np.random.default_rng(len(colors)).integers(1, 10**6, len(colors))
    histogram = ColorHistogram(np.array(sorted(colors), np.uint8), weights)
    last = run(histogram, len(colors), seeding=seeding)[-1]
    assert last.inertia == 0
    assert {tuple(c) for c in last.centroids.tolist()} == colors


def test_one_centroid_is_the_mean() -> None:
    histogram = some_histogram(300)
    last = run(histogram, 1)[-1]
    assert last.centroids.tolist() == [mean_of(histogram, np.ones(300, bool))]
    assert last.counts.tolist() == [histogram.n_pixels]


def test_weights_stand_for_pixels() -> None:
    histogram = some_histogram(60, heaviest=9)
    init = histogram.colors[:5].astype(float)
    weighted = run(histogram, 5, init=init, tol=0)[-1]
    pixels = np.repeat(histogram.colors, histogram.counts, axis=0)
    single = ColorHistogram(pixels, np.ones(len(pixels), np.int64))
    plain = run(single, 5, init=init, tol=0)[-1]
    assert plain.centroids.tolist() == weighted.centroids.tolist()
    assert plain.counts.tolist() == weighted.counts.tolist()
    assert plain.inertia == pytest.approx(weighted.inertia, rel=1e-12)


# --- what is refused, and cancelling


@pytest.mark.parametrize(("available", "wanted"), [(5, 6), (1, 256), (0, 3)])
def test_more_centroids_than_colors_is_an_error_with_both_numbers(
    available: int, wanted: int
) -> None:
    with pytest.raises(InvalidParameterError, match=rf"\b{available} colou?r.*\b{wanted}\b"):
        KMeans(wanted).iterate(greys(*range(available)))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"n_colors": 0}, "1 to 256, not 0"),
        ({"n_colors": 257}, "1 to 256, not 257"),
        ({"n_colors": -3}, "-3"),
        ({"n_colors": 2.5}, "whole number, not 2.5"),
        ({"n_colors": "8"}, "whole number, not 8"),
        ({"seeding": "magic"}, "magic.*wu, kmeans.*random"),
        ({"seed": -1}, "seed must be 0 or more, not -1"),
        ({"seed": 0.5}, "seed must be a whole number"),
        ({"max_iter": -1}, "limit must be 0 or more, not -1"),
        ({"max_iter": 1.0}, "limit must be a whole number"),
        ({"tol": -0.1}, "tolerance must be 0 or more, not -0.1"),
        ({"tol": math.nan}, "tolerance.*nan"),
        ({"init": np.zeros((3, 3))}, r"\(2, 3\), not \(3, 3\)"),
        ({"init": np.zeros(6)}, r"\(2, 3\), not \(6,\)"),
        ({"init": np.array([[0, 0, 0], [0, math.nan, 0]])}, "finite"),
        ({"init": np.array([[0, 0, 0], [0, math.inf, 0]])}, "finite"),
    ],
)
def test_settings_out_of_range_are_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidParameterError, match=words):
        KMeans(**{"n_colors": 2, **given})


def test_whole_numbers_of_numpy_are_whole_numbers() -> None:
    assert len(run(greys(1, 2, 3), np.int64(2), seed=np.uint8(1), max_iter=np.int32(0))) == 1


def test_a_cancel_is_seen_at_every_question(
    questions: type[Questions], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "_ASSIGN_POINTS", 100)
    monkeypatch.setattr(reference, "_UPDATE_POINTS", 200)
    histogram = some_histogram(1000)
    never = questions()
    full = list(KMeans(8, "random", max_iter=3, tol=0).iterate(histogram, cancelled=never))
    assert len(full) == 4
    # in each of four rounds the labels ask ten times, means and inertia five times each
    assert never.asked >= 4 * (10 + 5 + 5)
    for answer in range(1, never.asked + 1):
        stop = questions(answer)
        with pytest.raises(Cancelled):
            list(KMeans(8, "random", max_iter=3, tol=0).iterate(histogram, cancelled=stop))
        assert stop.asked == answer


@pytest.mark.parametrize("k", [2, 256])
def test_a_large_step_asks_often(k: int, questions: type[Questions]) -> None:
    # 500,000 colours: a question for every 2**12 colours, about 1 ms at k = 256
    colors = np.zeros((500_000, 3), np.uint8)
    colors[:, 0] = np.arange(500_000) >> 11
    weights = np.ones(500_000, np.int64)
    centroids = np.linspace(0, 255, k)[:, None].repeat(3, axis=1)
    asking = questions()
    labels, distances = reference.assign(colors, centroids, cancelled=asking)
    assert asking.asked >= 500_000 / (1 << 12)
    # the other steps do less for each colour: 2**16 colours take about 2 ms
    for step in (
        lambda q: reference.update(colors, weights, labels, k, cancelled=q),
        lambda q: reference.inertia(weights, distances, cancelled=q),
        lambda q: reference.costliest(weights, distances, k, cancelled=q),
    ):
        asking = questions()
        step(asking)
        assert asking.asked >= 500_000 / (1 << 16)
