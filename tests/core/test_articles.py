"""The method of the two articles that this project started from works inside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from colorquant_gui.core import (
    ColorHistogram,
    IndexedImage,
    InvalidParameterError,
    KMeans,
    quantize,
    reference,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Point = tuple[float, float, float]

YELLOW = (245, 200, 30)


def flower(size: int = 48) -> NDArray[np.uint8]:
    """Magenta petals around a small yellow middle, on leaves and shade."""
    rng = np.random.default_rng(8)
    y, x = np.mgrid[0:size, 0:size] / size - 0.5
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    picture = np.empty((size, size, 3))
    picture[:] = [45, 110, 40]
    picture[np.sin(9 * x + 4 * y) > 0.3] = [25, 60, 35]
    picture[y > 0.35] = [20, 18, 25]
    petals = radius < 0.28 + 0.1 * np.cos(6 * angle)
    picture[petals] = [205, 50, 140]
    picture[petals & (radius > 0.25)] = [235, 130, 190]
    picture[radius < 0.07] = YELLOW
    picture += rng.normal(0, 6, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def distance(a: Point, b: Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2


def nearest(pixel: Point, centers: list[Point]) -> int:
    best = 0
    for number in range(1, len(centers)):
        if distance(pixel, centers[number]) < distance(pixel, centers[best]):
            best = number
    return best


def naive_kmeans(
    rgb: NDArray[np.uint8], centers: list[Point], max_iter: int, tol: float
) -> tuple[list[Point], int]:
    """k-means over all pixels, line by line in float64: centres, iterations that moved one."""
    pixels = [(float(r), float(g), float(b)) for r, g, b in rgb.reshape(-1, 3).tolist()]
    for number in range(1, max_iter + 1):
        sums = [[0.0, 0.0, 0.0] for _ in centers]
        counts = [0 for _ in centers]
        for pixel in pixels:
            label = nearest(pixel, centers)
            counts[label] += 1
            for axis in range(3):
                sums[label][axis] += pixel[axis]
        moved: list[Point] = []
        for (r, g, b), count in zip(sums, counts, strict=True):
            assert count, "choose starting pixels that leave no cluster empty"
            moved.append((r / count, g / count, b / count))
        shift = max(math.sqrt(distance(a, b)) for a, b in zip(centers, moved, strict=True))
        centers = moved
        if shift <= tol:
            return centers, number if shift else number - 1
    return centers, max_iter


def naive_remap(rgb: NDArray[np.uint8], palette: list[Point]) -> NDArray[np.uint8]:
    pixels = [palette[nearest(tuple(pixel), palette)] for pixel in rgb.reshape(-1, 3).tolist()]
    return np.array(pixels, np.uint8).reshape(rgb.shape)


def dark_to_light(palette: set[Point]) -> list[Point]:
    """Rec. 709 luma, as palettes are ordered: of two equally near colours the darker is taken."""
    return sorted(palette, key=lambda c: (2126 * c[0] + 7152 * c[1] + 722 * c[2], c))


def random_distinct_pixels(rgb: NDArray[np.uint8], k: int, seed: int) -> list[Point]:
    rng = np.random.default_rng(seed)
    pixels = [tuple(pixel) for pixel in rng.permutation(rgb.reshape(-1, 3)).tolist()]
    return [tuple(map(float, pixel)) for pixel in list(dict.fromkeys(pixels))[:k]]


@pytest.mark.parametrize(("k", "seed", "limit"), [(3, 0, 100), (10, 1, 100), (10, 2, 3)])
def test_lloyd_from_random_distinct_pixels_equals_a_plain_loop_over_all_pixels(
    k: int, seed: int, limit: int
) -> None:
    rgb = flower()
    start = random_distinct_pixels(rgb, k, seed)
    centers, n_iter = naive_kmeans(rgb, start, limit, 1e-4)
    assert 2 < n_iter <= limit

    histogram = ColorHistogram.from_rgb(rgb)
    *_, last = KMeans(k, max_iter=limit, tol=1e-4, init=np.array(start)).iterate(histogram)
    assert last.number == n_iter
    assert [tuple(c) for c in last.centroids.tolist()] == centers

    result = quantize(rgb, k, max_iter=limit, tol=1e-4, init=np.array(start))
    rounded = {tuple(map(round, center)) for center in centers}
    assert {tuple(color) for color in result.palette.tolist()} == rounded
    assert np.array_equal(result.to_rgb(), naive_remap(rgb, dark_to_light(rounded)))


@pytest.mark.parametrize("seed", [0, 5])
def test_the_random_seeding_starts_that_loop(seed: int) -> None:
    rgb = flower(32)
    first, *_, last = KMeans(6, "random", seed, max_iter=100, tol=1e-4).iterate(
        ColorHistogram.from_rgb(rgb)
    )
    start = [tuple(c) for c in first.centroids.tolist()]
    assert len(set(start)) == 6
    assert set(start) <= {tuple(map(float, pixel)) for pixel in rgb.reshape(-1, 3).tolist()}
    centers, n_iter = naive_kmeans(rgb, start, 100, 1e-4)
    assert (last.number, [tuple(c) for c in last.centroids.tolist()]) == (n_iter, centers)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        *({"seeding": "kmeans++", "seed": seed} for seed in range(3)),
        # the others of the first seeds end in local optima that leave the middle to a petal
        *({"seeding": "random", "seed": n, "max_iter": 100, "tol": 1e-4} for n in (0, 3, 5)),
    ],
)
def test_three_colors_miss_the_yellow_of_the_flower_and_ten_have_it(
    settings: dict[str, object],
) -> None:
    rgb = flower()

    def to_yellow(k: int) -> float:
        palette = quantize(rgb, k, **settings).palette.tolist()
        return math.sqrt(min(distance(color, YELLOW) for color in palette))

    assert to_yellow(3) > 100
    assert to_yellow(10) < 15


def test_the_number_of_unique_colors_is_that_of_numpy() -> None:
    rgb = flower()
    expected = np.unique(rgb.reshape(-1, 3), axis=0)
    histogram = ColorHistogram.from_rgb(rgb)
    assert histogram.n_colors == len(expected)
    assert {tuple(c) for c in histogram.colors.tolist()} == {tuple(c) for c in expected.tolist()}


@pytest.mark.parametrize("k", [1, 4, 16])
def test_one_shot_remap_to_random_pixels_is_the_state_before_the_first_iteration(k: int) -> None:
    rgb = flower(32)
    histogram = ColorHistogram.from_rgb(rgb)
    state = next(KMeans(k, "random", 3).iterate(histogram))
    start = [tuple(c) for c in state.centroids.astype(int).tolist()]
    assert len(set(start)) == k
    assert set(start) <= {tuple(pixel) for pixel in rgb.reshape(-1, 3).tolist()}

    expected = naive_remap(rgb, dark_to_light(set(start)))
    before = IndexedImage.from_centroids(histogram, state.centroids, state.number)
    one_shot = quantize(rgb, k, seeding="random", seed=3, max_iter=0)
    for result in (before, one_shot):
        assert result.n_iter == 0
        assert np.array_equal(result.to_rgb(), expected)
    difference = (rgb.astype(float) - expected) ** 2
    assert state.inertia == difference.sum()
    assert one_shot.mse == difference.sum() / (32 * 32)


def test_more_random_pixels_than_colors_is_an_error_that_states_both_numbers() -> None:
    rgb = np.zeros((4, 4, 3), np.uint8)
    rgb[0], rgb[1] = 10, [200, 0, 30]
    with pytest.raises(InvalidParameterError, match=r"\b3\b.*\b7\b"):
        quantize(rgb, 7, seeding="random", max_iter=0)


def test_the_nearest_of_three_skin_tones_is_the_first() -> None:
    # squared distances 16 + 64 + 49, 676 + 1296 + 1089, 1849 + 841 + 1089
    pixel = np.array([[216, 175, 145]], np.uint8)
    tones = np.array([[220, 183, 152], [242, 211, 178], [173, 146, 112]], float)
    labels, distances = reference.assign(pixel, tones)
    assert (labels.tolist(), distances.tolist()) == ([0], [129])
    for number, squared in enumerate((129, 3061, 3779)):
        assert reference.assign(pixel, tones[number : number + 1])[1].tolist() == [squared]
