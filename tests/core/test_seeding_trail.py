"""SeedingTrail: what led to a run's first centroids, stage by stage."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, Fit, KMeans, SeedingTrail, engine, starting
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.seeding import SEEDINGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core import Iteration

either_engine = pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "numpy"])


@pytest.fixture(autouse=True)
def _engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "compiled" not in request.fixturenames:
        return
    if not request.getfixturevalue("compiled"):
        monkeypatch.setattr(engine, "native", None)
    elif engine.native is None:
        pytest.skip("no compiled engine")


def clouds(n: int = 900) -> ColorHistogram:
    """Some heaps of colours: so few that the coreset is the colours themselves."""
    rng = np.random.default_rng(4)
    middles = rng.uniform(30, 220, (9, 3))
    rgb = middles[rng.integers(0, 9, n)] + rng.normal(0, 14, (n, 3))
    return ColorHistogram.from_rgb(np.clip(rgb, 0, 255).astype(np.uint8)[None])


def trail_of(fit: Fit, histogram: ColorHistogram) -> tuple[SeedingTrail, Iteration]:
    first = next(iter(fit.iterate(histogram)))
    assert first.seeding is not None
    return first.seeding, first


@either_engine
def test_four_greys_are_parted_as_by_hand(compiled: bool) -> None:
    greys = np.array([0, 10, 200, 255], np.uint8)
    histogram = ColorHistogram.from_rgb(np.repeat(greys[:, None], 3, axis=1)[None])
    trail, _ = trail_of(Fit(4), histogram)
    assert trail.kind == "splits"
    assert len(trail) == 4
    # 10 | 200 takes off the most, then 200 | 255
    stages = [[116.25], [5, 227.5], [5, 200, 255], [0, 200, 255, 10]]
    for stage, expected in enumerate(stages, start=1):
        assert trail.centroids(stage)[:, 1].tolist() == pytest.approx(expected)
    assert [trail.origin(stage) for stage in range(1, 5)] == [None, 0, 1, 0]
    boxes = trail.boxes(1)
    assert boxes is not None
    assert boxes.tolist() == [[[0, 0, 0], [255, 255, 255]]]


@either_engine
@pytest.mark.parametrize("space", sorted(COLOR_SPACES))
def test_boxes_fill_the_colors_box_and_centroids_are_their_means(
    space: str, compiled: bool
) -> None:
    histogram = clouds()
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    low, high = points.min(axis=0), points.max(axis=0)
    # NumPy's seeding works on bytes that stand in for the colours
    near = 1e-9 if compiled else 1.2 / 255 * float((high - low).max())
    trail, first = trail_of(Fit(24, color_space=space), histogram)
    for stage in range(1, len(trail) + 1):
        centroids, boxes = trail.centroids(stage), trail.boxes(stage)
        assert boxes is not None
        assert centroids.shape == (stage, 3)
        assert boxes.shape == (stage, 2, 3)
        volume = (boxes[:, 1] - boxes[:, 0]).prod(axis=1).sum()
        assert volume == pytest.approx((high - low).prod())
        below = (points[:, None] < boxes[:, 1]) | (boxes[:, 1] == high)
        inside = ((points[:, None] >= boxes[:, 0]) & below).all(axis=2)
        assert (inside.sum(axis=1) == 1).all()
        if compiled:
            for number in range(stage):
                mean = np.average(
                    points[inside[:, number]], axis=0, weights=histogram.counts[inside[:, number]]
                )
                assert centroids[number] == pytest.approx(mean, abs=near)
        else:
            assert (boxes[:, 0] - near <= centroids).all()
            assert (centroids <= boxes[:, 1] + near).all()
    np.testing.assert_allclose(trail.centroids(24), first.centroids, rtol=0, atol=1e-9)


@either_engine
def test_a_cut_is_told_with_its_pixels(compiled: bool) -> None:
    greys = np.repeat(np.array([0, 10, 10, 10, 200, 255, 255], np.uint8)[:, None], 3, axis=1)
    histogram = ColorHistogram.from_rgb(greys[None])
    trail, _ = trail_of(Fit(4), histogram)
    assert trail.cut(1, 7) is None
    first = trail.cut(2, 7)
    assert first is not None
    assert (first.box, first.below, first.above) == (0, 4, 3)
    assert 10 < first.at <= 200
    assert first.mean == pytest.approx((740 / 7,) * 3)
    second = trail.cut(3, 7)
    assert second is not None
    # 1 + 2 pixels 55 apart cause more error than 1 + 3 that are 10 apart
    assert (second.box, second.below, second.above) == (1, 1, 2)
    assert 200 < second.at <= 255


@either_engine
@pytest.mark.parametrize("space", sorted(COLOR_SPACES))
def test_the_pixels_of_both_parts_are_those_in_the_boxes(space: str, compiled: bool) -> None:
    histogram = clouds()
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    trail, _ = trail_of(Fit(24, color_space=space), histogram)
    for stage in range(2, 25):
        cut, before, after = (
            trail.cut(stage, histogram.n_pixels), trail.boxes(stage - 1), trail.boxes(stage)
        )  # fmt: skip
        assert cut is not None
        assert before is not None
        assert after is not None
        low, high = before[cut.box]
        assert low[cut.axis] < cut.at < high[cut.axis]
        assert cut.mean == pytest.approx(trail.centroids(stage - 1)[cut.box])
        halves = {tuple(after[number, 0]) for number in (cut.box, stage - 1)}
        expected = low.copy()
        expected[cut.axis] = cut.at
        assert halves == {tuple(low), tuple(expected)}
        within = ((points >= low) & ((points < high) | (high == points.max(axis=0)))).all(axis=1)
        part = points[within, cut.axis] < cut.at
        weights = histogram.counts[within]
        if compiled:
            assert (cut.below, cut.above) == (weights[part].sum(), weights[~part].sum())
        else:
            assert cut.below + cut.above == pytest.approx(weights.sum(), abs=9)


@pytest.mark.parametrize("seeding", ["kmeans++", "random"])
def test_the_gap_is_the_distance_to_the_nearest_before(seeding: str) -> None:
    trail, _ = trail_of(Fit(9, seeding=seeding, seed=5, color_space="cielab"), clouds())
    assert trail.gap(1) is None
    for stage in range(2, 10):
        *before, newest = trail.centroids(stage).tolist()
        assert trail.gap(stage) == pytest.approx(min(math.dist(newest, one) for one in before))
        assert trail.cut(stage, 900) is None
    given = SeedingTrail("given", np.eye(3))
    assert given.gap(1) is None


@either_engine
@pytest.mark.parametrize("seeding", sorted(SEEDINGS))
@pytest.mark.parametrize("space", sorted(COLOR_SPACES))
def test_the_last_stage_is_iteration_0(seeding: str, space: str, compiled: bool) -> None:
    histogram = clouds()
    for max_iter in (0, 300):
        fit = Fit(17, seeding=seeding, seed=3, color_space=space, max_iter=max_iter)
        trail, first = trail_of(fit, histogram)
        assert len(trail) == 17
        np.testing.assert_allclose(trail.centroids(17), first.centroids, rtol=0, atol=1e-9)


@either_engine
@pytest.mark.parametrize("seeding", ["kmeans++", "random"])
def test_centroids_are_in_the_order_of_drawing(seeding: str, compiled: bool) -> None:
    # 2 + ln k candidates: as many for 8 as for 20, hence the same draws
    histogram = clouds()
    few, many = (trail_of(Fit(k, seeding=seeding, seed=9), histogram)[0] for k in (8, 20))
    assert few.kind == many.kind == "draws"
    for stage in range(1, 9):
        expected = few.centroids(8)[:stage]
        np.testing.assert_array_equal(few.centroids(stage), expected)
        np.testing.assert_array_equal(many.centroids(stage), expected)
    assert few.boxes(3) is None
    assert few.origin(3) is None


@either_engine
def test_the_trail_is_that_of_the_grid_whose_boxes_were_taken(
    monkeypatch: pytest.MonkeyPatch, compiled: bool
) -> None:
    histogram = clouds()
    usual, _ = trail_of(Fit(11), histogram)
    monkeypatch.setattr(starting, "_UNLUCKY", -1.0)  # whatever comes second
    second, first = trail_of(Fit(11), histogram)
    np.testing.assert_allclose(second.centroids(11), first.centroids, rtol=0, atol=1e-9)
    if compiled:
        assert not np.allclose(usual.centroids(11), second.centroids(11))


def test_the_outermost_boxes_reach_as_far_as_the_colors() -> None:
    # far more colours than the coreset has cells, whose means reach less far
    rgb = np.random.default_rng(6).normal(128, 40, (1, 40_000, 3))
    histogram = ColorHistogram.from_rgb(np.clip(rgb, 0, 255).astype(np.uint8))
    for space in COLOR_SPACES.values():
        points = space.from_srgb(histogram.colors)
        extent = [points.min(axis=0), points.max(axis=0)]
        np.testing.assert_array_equal(histogram.problem(space).bounds, extent)
        trail, _ = trail_of(Fit(30, color_space=space.key), histogram)
        for stage in (1, 2, 30):
            boxes = trail.boxes(stage)
            assert boxes is not None
            low, high = boxes[:, 0].min(axis=0), boxes[:, 1].max(axis=0)
            np.testing.assert_array_equal([low, high], extent)
            # each centroid lies in its own
            assert (boxes[:, 0] <= trail.centroids(stage)).all()
            assert (trail.centroids(stage) <= boxes[:, 1]).all()


def test_a_seeding_needs_no_more_than_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert starting._SEEDERS.keys() <= SEEDINGS.keys()

    def darkest(colors: NDArray[np.uint8], weights: object, k: int, *_: object, **__: object):
        return colors[np.argsort(colors.sum(axis=1), kind="stable")[:k]].astype(float)

    monkeypatch.setitem(SEEDINGS, "darkest", darkest)
    histogram = clouds()
    dark = darkest(histogram.colors, None, 5)
    for space in COLOR_SPACES.values():
        fit = Fit(5, seeding="darkest", color_space=space.key)
        trail, first = trail_of(fit, histogram)
        expected = space.from_srgb(dark.astype(np.uint8))
        np.testing.assert_array_equal(trail.centroids(5), expected)
        np.testing.assert_allclose(first.centroids, expected, rtol=0, atol=1e-9)


def test_what_is_added_where_boxes_run_out_comes_last_and_has_no_extent() -> None:
    # neighbours lie in the same cells of both grids, as the far colour makes those large
    cube = np.stack(np.meshgrid(*[np.arange(3)] * 3), axis=-1).reshape(-1, 3)
    rgb = np.concatenate([cube, [[255, 255, 255]]]).astype(np.uint8)
    histogram = ColorHistogram.from_rgb(rgb[None])
    trail, first = trail_of(Fit(20), histogram)
    cut = len(trail.cuts) + 1
    assert 1 < cut < 20
    for stage in range(cut, 21):
        centroids, boxes = trail.centroids(stage), trail.boxes(stage)
        assert boxes is not None
        assert centroids.shape == (stage, 3)
        np.testing.assert_array_equal(boxes[cut:, 0], centroids[cut:])
        np.testing.assert_array_equal(boxes[cut:, 1], centroids[cut:])
        np.testing.assert_allclose(centroids, first.centroids[:stage], rtol=0, atol=1e-9)
    assert trail.origin(cut) is not None
    assert trail.origin(cut + 1) is None


@pytest.mark.parametrize("quality", ["live", "standard"])
def test_given_centroids_are_one_stage(quality: str) -> None:
    init = np.linspace(0, 255, 15).reshape(5, 3)
    trail, _ = trail_of(Fit(5, quality, init=init), clouds())
    assert trail.kind == "given"
    assert len(trail) == 1
    np.testing.assert_array_equal(trail.centroids(1), init)
    assert trail.boxes(1) is None


def test_other_stages_do_not_exist() -> None:
    trail, _ = trail_of(Fit(5), clouds())
    for stage in (-1, 0, 6):
        for of in (trail.centroids, trail.boxes, trail.origin):
            with pytest.raises(IndexError):
                of(stage)


def test_only_the_first_iteration_has_a_trail() -> None:
    first, *others = Fit(12).iterate(clouds())
    assert first.seeding is not None
    assert others
    assert all(other.seeding is None for other in others)


@pytest.mark.parametrize("fit", [Fit(12), Fit(12, "best"), KMeans(12)], ids=repr)
def test_changed_colors_are_counted(fit: Fit | KMeans) -> None:
    before: NDArray[np.uint8] | None = None
    for iteration in fit.iterate(clouds()):
        changed = 0 if before is None else sum(iteration.labels != before)
        assert iteration.n_changed == changed
        before = iteration.labels
