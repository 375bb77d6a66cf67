"""What every member of SEEDINGS must do, then what each promises by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from colorquant_gui.core import Cancelled, ColorHistogram, quantize
from colorquant_gui.core.seeding import (
    DRAWING_LOTS,
    SEEDINGS,
    Seeding,
    greedy_kmeans_plusplus,
    random_pixels,
    wu,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tests.core.questions import Questions

    Colors = tuple[NDArray[np.uint8], NDArray[np.int64], int]

quick = settings(max_examples=25, deadline=None, derandomize=True, database=None)
every_seeding = pytest.mark.parametrize("seeding", SEEDINGS.values(), ids=SEEDINGS)


def grid(red: range, green: range, blue: range) -> NDArray[np.uint8]:
    axes = np.meshgrid(red, green, blue, indexing="ij")
    return np.stack(axes, axis=-1).reshape(-1, 3).astype(np.uint8)


def some_weights(n: int) -> NDArray[np.int64]:
    return np.random.default_rng(n).integers(1, 1000, n)


def photo_like(height: int = 120, width: int = 160) -> NDArray[np.uint8]:
    """Smooth shading of a sky, a hill and a lit ball, with grain."""
    rng = np.random.default_rng(5)
    y, x = np.mgrid[0:height, 0:width] / np.array([height, width])[:, None, None]
    picture = np.stack([120 + 90 * y, 160 + 60 * y, 235 - 20 * y], axis=-1)
    hill = y > 0.6 + 0.1 * np.sin(6 * x)
    picture[hill] = np.stack([60 + 60 * x, 110 - 50 * (y - 0.6), 40 + 20 * x], axis=-1)[hill]
    ball = (x - 0.3) ** 2 + (y - 0.55) ** 2 < 0.03
    light = np.clip(1.2 - 4 * np.hypot(x - 0.25, y - 0.45), 0.15, 1)
    picture[ball] = (light[..., None] * [230, 60, 50])[ball]
    return np.clip(picture + rng.normal(0, 4, picture.shape), 0, 255).astype(np.uint8)


def photo() -> Colors:
    histogram = ColorHistogram.from_rgb(photo_like())
    return histogram.colors, histogram.counts, 24


def unweighted(colors: NDArray[np.uint8], k: int) -> Colors:
    return colors, np.ones(len(colors), np.int64), k


def weighted(colors: NDArray[np.uint8], k: int) -> Colors:
    return colors, some_weights(len(colors)), k


def scattered(n: int, seed: int = 3) -> NDArray[np.uint8]:
    keys = np.random.default_rng(seed).choice(1 << 24, n, replace=False)
    return np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.uint8)


def heavy_pair() -> Colors:
    colors = np.concatenate([[[0, 0, 0], [255, 255, 255]], grid(range(90, 93), *[range(3, 6)] * 2)])
    weights = np.ones(len(colors), np.int64)
    weights[:2] = 1 << 40
    return colors.astype(np.uint8), weights, 12


ramp = np.arange(256, dtype=np.uint8)[:, None].repeat(3, axis=1)

SETS: dict[str, Callable[[], Colors]] = {
    "a photo": photo,
    "one colour": lambda: weighted(ramp[7:8], 1),
    "one centroid": lambda: weighted(scattered(50), 1),
    "two colours": lambda: weighted(ramp[[0, 255]], 2),
    "neighbours": lambda: weighted(ramp[[127, 128]], 2),
    "as many as colours": lambda: weighted(scattered(256), 256),
    "a line": lambda: unweighted(ramp, 17),
    "a whole line": lambda: unweighted(ramp, 256),
    "a plane": lambda: weighted(grid(range(0, 256, 8), range(0, 256, 8), range(7, 8)), 33),
    "one cell of 6 bits": lambda: weighted(grid(*[range(100, 104)] * 3), 20),
    "all of one cell of 6 bits": lambda: unweighted(grid(*[range(100, 104)] * 3), 64),
    "cells of 6 bits' borders": lambda: unweighted(grid(*[range(102, 106)] * 3), 63),
    "a far pair with nearly all pixels": heavy_pair,
    # more than 2**15 colours, but only 96 cells of 5 bits
    "many colours in few cells": lambda: weighted(
        grid(range(0, 32), range(64, 96), range(200, 248)), 130
    ),
    "heavy weights": lambda: (scattered(300), some_weights(300) << 32, 40),
}
every_set = pytest.mark.parametrize("make", SETS.values(), ids=SETS)


def check_centroids(centroids: NDArray[np.float64], colors: NDArray[np.uint8], k: int) -> None:
    assert centroids.shape == (k, 3)
    assert centroids.dtype == np.float64
    assert np.isfinite(centroids).all()
    assert len({tuple(c) for c in centroids.tolist()}) == k
    assert (centroids >= colors.min(axis=0)).all()
    assert (centroids <= colors.max(axis=0)).all()


@every_set
@every_seeding
def test_centroids_differ_and_stay_among_the_colors(
    seeding: Seeding, make: Callable[[], Colors]
) -> None:
    colors, weights, k = make()
    centroids = seeding(colors, weights, k, 11)
    check_centroids(centroids, colors, k)
    assert seeding(colors, weights, k, 11).tobytes() == centroids.tobytes()


@quick
@given(
    colors=st.sets(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=40),
    part=st.floats(0, 1),
    seed=st.integers(0, 2**32),
    name=st.sampled_from(sorted(SEEDINGS)),
    power=st.integers(0, 40),
)
def test_any_set_of_colors(
    colors: set[tuple[int, int, int]], part: float, seed: int, name: str, power: int
) -> None:
    array = np.array(sorted(colors), np.uint8)
    weights = np.random.default_rng(seed).integers(1, 2**power + 1, len(array))
    k = max(1, round(part * len(array)))
    check_centroids(SEEDINGS[name](array, weights, k, seed), array, k)


@pytest.mark.parametrize("name", SEEDINGS)
def test_a_seed_makes_a_difference_where_lots_are_drawn(name: str) -> None:
    starts = {SEEDINGS[name](*photo(), seed).tobytes() for seed in (1, 2)}
    assert (len(starts) > 1) == (name in DRAWING_LOTS)


@every_seeding
def test_arguments_are_left_alone(seeding: Seeding) -> None:
    colors, weights, k = photo()
    colors.flags.writeable = weights.flags.writeable = False
    seeding(colors, weights, k, 0)


@every_seeding
@pytest.mark.parametrize("name", ["a photo", "many colours in few cells"])
def test_a_cancel_is_seen_at_every_question(
    seeding: Seeding, name: str, questions: type[Questions]
) -> None:
    colors, weights, k = SETS[name]()
    never = questions()
    seeding(colors, weights, k, 0, cancelled=never)
    if seeding is not random_pixels:
        assert never.asked >= k
    for answer in {1, never.asked // 2 or 1, never.asked}:
        stop = questions(answer)
        with pytest.raises(Cancelled):
            seeding(colors, weights, k, 0, cancelled=stop)
        assert stop.asked == answer


def test_filling_up_asks_too(questions: type[Questions]) -> None:
    # 64 cells take part in the cutting, at most twice each; the other colours are filled up
    asking = questions()
    wu(ramp, np.ones(256, np.int64), 256, 0, cancelled=asking)
    assert asking.asked >= 256


@every_seeding
def test_many_colors_are_taken_in_parts(seeding: Seeding, questions: type[Questions]) -> None:
    colors = np.repeat(grid(*[range(0, 256, 4)] * 3), 2, axis=0)
    asking = questions()
    seeding(colors, np.ones(len(colors), np.int64), 4, 0, cancelled=asking)
    # a question for every 2**16 colours, which take a few ms
    assert asking.asked >= len(colors) / (1 << 16) == 8


# --- random pixels


def rows(array: NDArray[np.generic]) -> set[tuple[float, ...]]:
    return {tuple(row) for row in array.tolist()}


def test_random_pixels_are_colors_of_the_picture() -> None:
    colors, weights, k = photo()
    assert rows(random_pixels(colors, weights, k, 1)) <= rows(colors)


def test_random_pixels_follow_the_weights() -> None:
    colors, weights = ramp[[0, 100, 200]], np.array([6, 3, 1])
    n = 2000
    draws = [random_pixels(colors, weights, 2, seed)[:, 0].tolist() for seed in range(n)]
    first = [sum(d[0] == level for d in draws) / n for level in (0, 100, 200)]
    # four standard errors of a share are below 0.045
    assert first == pytest.approx([0.6, 0.3, 0.1], abs=0.045)
    # the second colour is drawn in proportion to what is left
    after_0 = [d[1] for d in draws if d[0] == 0]
    assert sum(level == 100 for level in after_0) / len(after_0) == pytest.approx(0.75, abs=0.05)


def test_one_more_random_pixel_keeps_the_others() -> None:
    colors, weights, _ = photo()
    longest = random_pixels(colors, weights, 256, 4)
    for k in (1, 2, 17, 255):
        assert np.array_equal(random_pixels(colors, weights, k, 4), longest[:k])


@pytest.mark.parametrize("seeding", [random_pixels, greedy_kmeans_plusplus])
def test_another_seed_gives_another_start(seeding: Seeding) -> None:
    colors, weights, k = photo()
    assert len({seeding(colors, weights, k, seed).tobytes() for seed in range(6)}) == 6


# --- greedy k-means++


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("side", [4, 17])
def test_plusplus_finds_every_far_clump(side: int, seed: int) -> None:
    # 8 clumps; with a side of 17 there are more than 2**15 colours, so cells stand for them
    corners = grid(*[range(0, 240, 239 - side)] * 3)
    colors = (corners[:, None] + grid(*[range(side)] * 3)).reshape(-1, 3).astype(np.uint8)
    assert len(corners) == 8
    centroids = greedy_kmeans_plusplus(colors, some_weights(len(colors)), 8, seed)
    clumps = {tuple(np.flatnonzero(np.array(c) > 120)) for c in centroids.tolist()}
    assert len(clumps) == 8


def test_plusplus_sums_up_many_colors_in_cells_of_8_levels() -> None:
    colors = np.concatenate([grid(range(3, 35), range(32), range(40)), scattered(40)])
    colors = np.unique(colors, axis=0)
    weights = some_weights(len(colors))
    assert len(colors) > 1 << 15
    cells: dict[tuple[int, ...], list[int]] = {}
    for number, cell in enumerate((colors // 8).tolist()):
        cells.setdefault(tuple(cell), []).append(number)
    means = [np.average(colors[m], axis=0, weights=weights[m]) for m in cells.values()]
    found = greedy_kmeans_plusplus(colors, weights, len(cells), 0)
    assert np.allclose(sorted(found.tolist()), sorted(np.array(means).tolist()), rtol=0, atol=1e-9)


def test_plusplus_ignores_order_of_magnitude_of_weights() -> None:
    colors = scattered(500)
    weights = some_weights(500)
    small = greedy_kmeans_plusplus(colors, weights, 20, 1)
    assert np.array_equal(greedy_kmeans_plusplus(colors, weights << 20, 20, 1), small)


def test_plusplus_chooses_colors_where_they_are_few() -> None:
    colors, weights, k = photo()
    assert rows(greedy_kmeans_plusplus(colors, weights, k, 1)) <= rows(colors)


# --- Wu


def test_wu_by_hand() -> None:
    colors = ramp[[0, 8, 200, 240]]
    # the gap in the middle is the best cut; then the pair 200, 240 has the greater error
    two = wu(colors, np.array([3, 1, 1, 3]), 2, 0)
    assert sorted(two.tolist()) == [[2, 2, 2], [230, 230, 230]]
    three = wu(colors, np.array([3, 1, 1, 3]), 3, 0)
    assert sorted(three.tolist()) == [[2, 2, 2], [200, 200, 200], [240, 240, 240]]


def test_wu_has_no_chance_in_it() -> None:
    colors, weights, k = photo()
    assert len({wu(colors, weights, k, seed).tobytes() for seed in range(5)}) == 1


def spread(values: NDArray[np.float64], weights: NDArray[np.int64]) -> float:
    mean = np.average(values, axis=0, weights=weights)
    return float((weights * ((values - mean) ** 2).sum(axis=1)).sum())


def naive_wu(colors: NDArray[np.uint8], weights: NDArray[np.int64], k: int) -> list[list[float]]:
    """Wu's greedy splitting on lists of colours, every cut tried by summing up both halves."""
    boxes = [np.arange(len(colors))]
    values = colors.astype(float)
    while len(boxes) < k:
        boxes.sort(key=lambda box: spread(values[box], weights[box]))
        box = boxes.pop()
        cuts = []
        for axis in range(3):
            cells = colors[box, axis] // 4
            for cell in range(cells.min() + 1, cells.max() + 1):
                low, high = box[cells < cell], box[cells >= cell]
                error = spread(values[low], weights[low]) + spread(values[high], weights[high])
                cuts.append((error, axis, cell, low, high))
        *_, low, high = min(cuts, key=lambda cut: cut[0])
        boxes += [low, high]
    return sorted(np.average(values[b], axis=0, weights=weights[b]).tolist() for b in boxes)


@pytest.mark.parametrize("seed", range(4))
def test_wu_cuts_where_trying_every_cut_says(seed: int) -> None:
    colors, weights = scattered(60, seed), some_weights(60)
    found = sorted(wu(colors, weights, 12, 0).tolist())
    assert np.allclose(found, naive_wu(colors, weights, 12), rtol=0, atol=1e-9)


@pytest.mark.parametrize("k", [8, 32, 128])
def test_wu_loses_less_than_median_cut(k: int) -> None:
    rgb = photo_like()

    def error(result: NDArray[np.uint8]) -> float:
        return float(((rgb.astype(float) - result) ** 2).sum(axis=2).mean())

    peer = Image.fromarray(rgb).quantize(k, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    ours = quantize(rgb, k, seeding="wu", max_iter=0)
    assert error(ours.to_rgb()) < error(np.asarray(peer.convert("RGB")))


@pytest.mark.parametrize("name", SEEDINGS)
@pytest.mark.parametrize(
    "accents", [[(255, 0, 0), (0, 255, 0)], [(129, 128, 128), (128, 130, 128)]]
)
def test_accents_of_a_single_pixel_survive(accents: list[tuple[int, int, int]], name: str) -> None:
    rgb = np.full((128, 128, 3), 128, np.uint8)
    rgb[3, 5], rgb[100, 90] = accents
    result = quantize(rgb, 3, seeding=name)
    assert np.array_equal(result.to_rgb(), rgb)
    assert rows(result.palette) == {(128, 128, 128), *accents}
