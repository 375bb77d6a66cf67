"""Events: what a search did, told along with the iterations it hands over."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, Fit, Iteration, engine, reference, run
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.events import Lineage, event_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

needs_a_search = pytest.mark.skipif(engine.native is None, reason="no compiled engine, no search")


def shades(seed: int = 0) -> ColorHistogram:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:90, 0:140]
    rgb = np.stack([60 + x, 200 - y, 90 + (x + y) // 3], axis=-1).astype(float)
    for _ in range(12):
        cy, cx, radius = rng.uniform(0, 90), rng.uniform(0, 140), rng.uniform(5, 25)
        inside = (y - cy) ** 2 + (x - cx) ** 2 < radius**2
        rgb[inside] = rng.uniform(0, 255, 3) + 0.3 * rgb[inside]
    return ColorHistogram.from_rgb(
        np.clip(rgb + rng.normal(0, 4, rgb.shape), 0, 255).astype(np.uint8)
    )


def lineage(chain: int, random: bool, *moves: int) -> Lineage:
    return Lineage(chain, random, np.array(moves, np.int32))


LEFT = np.arange(9.0).reshape(3, 3)
REACHED = LEFT + 100


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (None, lineage(0, False, 0, 0, 0), None),
        (None, lineage(0, False, 0, 2, 0), [1]),
        (None, lineage(1, False, 1, 0, 1), [0, 2]),
        (None, lineage(2, True, 0, 0, 0), "restart"),
        (lineage(0, False, 1, 0, 0), lineage(0, False, 1, 0, 0), None),
        (lineage(0, False, 1, 0, 0), lineage(0, False, 2, 0, 1), [0, 2]),
        (lineage(0, False, 1, 0, 0), lineage(1, False, 0, 1, 0), [0, 1]),
        (lineage(0, False, 1, 0, 0), lineage(1, True, 1, 0, 0), "restart"),
        (lineage(1, True, 1, 0, 0), lineage(0, False, 1, 0, 0), "restart"),
        (lineage(1, True, 1, 0, 0), lineage(1, True, 1, 1, 0), [1]),
    ],
)
def test_what_two_lineages_tell(
    before: Lineage | None, now: Lineage, expected: str | list[int] | None
) -> None:
    event = event_between(before, now, LEFT, REACHED)
    if expected is None:
        assert event is None
        return
    assert event is not None
    if isinstance(expected, str):
        assert event.kind == expected
        assert event.born.shape == event.dropped.shape == (0, 3)
    else:
        assert event.kind == "moves"
        np.testing.assert_array_equal(event.born, REACHED[expected])
        np.testing.assert_array_equal(event.dropped, LEFT[expected])


@needs_a_search
def test_the_moments_of_a_search_lead_to_its_centroids() -> None:
    histogram = shades()
    points = histogram.colors.astype(float)
    problem = histogram.problem(COLOR_SPACES["srgb"])
    start = problem.seed_plus_plus(20, 0)
    # as many cells as colours: the search sees the colours themselves
    search = problem.coarse(histogram.n_colors).search(start, 0, 1, 0.0)
    last = np.zeros(20, np.int32)
    energy = np.inf
    seen = 0
    while search.advance(10):
        for centroids, chain, random, moves in search.moments:
            assert (chain, random) == (0, False)
            assert (moves >= last).all()
            assert moves.sum() > last.sum()
            inertia = reference.assign(points, centroids)[1] @ histogram.counts
            assert inertia < energy * (1 + 1e-6)
            last, energy, seen = moves, inertia, seen + 1
        if search.moments:
            np.testing.assert_array_equal(search.moments[-1][0], search.centroids)
    assert seen > 2


@needs_a_search
def test_moves_name_the_centroids_that_were_put_elsewhere() -> None:
    iterations = list(Fit(20, "best", seeding="random").iterate(shades(2)))
    moves = [(a, b) for a, b in pairwise(iterations) if b.event and b.event.kind == "moves"]
    assert moves
    for before, now in moves:
        assert now.event is not None
        assert len(now.event.born) == len(now.event.dropped) > 0
        gone = _rows(before.centroids, now.event.dropped)
        come = _rows(now.centroids, now.event.born)
        assert gone == come
        others = np.setdiff1d(np.arange(20), gone)
        shifts = np.linalg.norm(now.centroids - before.centroids, axis=1)
        assert np.median(shifts[gone]) > 3 * np.median(shifts[others])


def _rows(of: NDArray[np.float64], wanted: NDArray[np.float64]) -> list[int]:
    rows = [int(np.flatnonzero((of == one).all(axis=1))[0]) for one in wanted]
    assert len(set(rows)) == len(rows)
    return rows


@needs_a_search
@pytest.mark.parametrize("k", [20, 150])
def test_a_search_is_told_in_small_steps_each_better_than_the_last(k: int) -> None:
    iterations = list(Fit(k, "best", seeding="random", seed=1).iterate(shades()))
    told = [now for now in iterations if now.event]
    assert len(told) > 3
    kinds = {now.event.kind for now in told if now.event}
    assert kinds == ({"moves", "restart"} if k == 20 else {"moves"})
    inertias = [now.inertia for now in iterations]
    assert inertias == sorted(inertias, reverse=True)
    assert any(len(now.event.born) == 1 for now in told if now.event)


@needs_a_search
def test_the_fall_back_to_an_earlier_result_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = iter([1.0, 2.0])
    monkeypatch.setattr(run, "finish", lambda *_, **__: (None, next(errors)))
    *others, last = Fit(20, "best").iterate(shades(1))
    assert last.event is not None
    assert last.event.kind == "kept"
    assert len(last.event.born) == len(last.event.dropped) == 0
    first = next(n for n, now in enumerate(others) if now.event)
    assert last.centroids.tobytes() == others[first - 1].centroids.tobytes()
    assert all(now.event.kind != "kept" for now in others if now.event)


@pytest.mark.parametrize("given", [{}, {"quality": "live"}, {"seeding": "kmeans++"}])
def test_where_nothing_is_searched_nothing_is_told(given: dict[str, Any]) -> None:
    iterations: list[Iteration] = list(Fit(12, **given).iterate(shades()))
    assert all(now.event is None for now in iterations)
