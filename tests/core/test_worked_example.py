"""The worked example, with a pencil."""

from __future__ import annotations

import math

import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, Fit, InvalidParameterError
from colorquant_gui.core.worked_example import CENTERS, COLOR, distances, nearest, picture


def by_hand(rgb: np.ndarray) -> list[tuple[list[tuple[float, ...]], list[int]]]:
    """Centres and pixel labels of every iteration, pixel by pixel, until nothing changes."""
    pixels = [tuple(map(float, pixel)) for pixel in rgb.reshape(-1, 3).tolist()]
    tones = sorted(set(pixels))
    centers, states = [tuple(map(float, c)) for c in CENTERS], []
    while True:
        label = {
            tone: min(range(3), key=lambda n, tone=tone: math.dist(tone, centers[n]))
            for tone in tones
        }
        states.append((centers, [label[pixel] for pixel in pixels]))
        members = [[p for p in pixels if label[p] == n] for n in range(3)]
        moved = [tuple(sum(axis) / len(m) for axis in zip(*m, strict=True)) for m in members]
        if moved == centers:
            return states
        centers = moved


def test_the_three_distances_are_those_of_the_article() -> None:
    found = distances(COLOR, np.array(CENTERS, float))
    assert [d.squares for d in found] == [(16, 64, 49), (676, 1296, 1089), (1849, 841, 1089)]
    assert [d.squared for d in found] == [129, 3061, 3779]
    assert [round(d.length, 2) for d in found] == [11.36, 55.33, 61.47]
    assert found[0].differences == (-4, -8, -7)
    assert nearest(found) == 0


def test_the_picture_is_a_handful_of_flat_areas_with_the_colour_among_them() -> None:
    rgb = picture()
    assert rgb.shape == (100, 160, 3)
    assert rgb.dtype == np.uint8
    tones, counts = np.unique(rgb.reshape(-1, 3), axis=0, return_counts=True)
    assert len(tones) == 9
    assert sorted(counts.tolist()) == [800, 900, 1450, 1650, 1900, 2000, 2100, 2600, 2600]
    assert tuple(COLOR) in {tuple(tone) for tone in tones.tolist()}
    # flat areas, not noise: few neighbours differ
    assert (rgb[1:] != rgb[:-1]).any(axis=2).mean() < 0.12
    assert np.array_equal(rgb, picture())


def test_the_run_is_that_of_a_plain_loop_until_nothing_changes() -> None:
    rgb = picture()
    histogram = ColorHistogram.from_rgb(rgb)
    assert histogram.inverse is not None
    run = list(Fit(3, init=np.array(CENTERS, float)).iterate(histogram))
    states = by_hand(rgb)
    assert len(states) == 6
    # NumPy's engine takes one step more, to see that nothing moves
    assert len(run) in (6, 7)
    for iteration, (centers, labels) in zip(run, [*states, states[-1]], strict=False):
        assert iteration.centroids == pytest.approx(np.array(centers), abs=1e-9)
        assert iteration.labels[histogram.inverse].ravel().tolist() == labels


def test_the_colour_changes_its_centre_on_the_way() -> None:
    rgb = picture()
    where = int(np.flatnonzero((rgb.reshape(-1, 3) == COLOR).all(axis=1))[0])
    assert [labels[where] for _, labels in by_hand(rgb)] == [0, 0, 0, 1, 1, 1]


def test_of_equal_distances_the_first_is_taken() -> None:
    assert nearest(distances((10, 10, 10), np.array([[20.0, 10, 10], [10, 0, 10]]))) == 0


def test_centres_of_another_shape_are_an_error() -> None:
    with pytest.raises(InvalidParameterError, match=r"\(k, 3\)"):
        distances(COLOR, np.zeros(3))
