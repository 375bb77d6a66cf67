"""Picked colours as the start of a run: they stay, and what is missing is added."""

from __future__ import annotations

import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, Fit, InvalidParameterError
from colorquant_gui.core.color_spaces import COLOR_SPACES, color_space
from colorquant_gui.core.picks import start_from_picks

RED, GREEN, BLUE = (250, 10, 10), (10, 250, 10), (10, 10, 250)


def noise(seed: int = 0) -> ColorHistogram:
    return ColorHistogram.from_rgb(
        np.random.default_rng(seed).integers(0, 256, (40, 40, 3)).astype(np.uint8)
    )


def test_as_many_picks_as_centroids_are_the_centroids() -> None:
    start = start_from_picks(noise(), [RED, GREEN, BLUE], 3)
    assert start.tolist() == [list(RED), list(GREEN), list(BLUE)]
    assert start.dtype == np.float64


def test_equal_picks_count_once_and_those_beyond_k_are_left_out() -> None:
    start = start_from_picks(noise(), [RED, RED, GREEN, BLUE], 2)
    assert start.tolist() == [list(RED), list(GREEN)]


@pytest.mark.parametrize("space", COLOR_SPACES)
def test_picks_lie_in_the_clustering_space(space: str) -> None:
    start = start_from_picks(noise(), [RED, BLUE], 2, color_space=space)
    expected = color_space(space).from_srgb(np.array([RED, BLUE], np.uint8))
    assert np.array_equal(start, expected)


@pytest.mark.parametrize("k", [3, 4, 7, 40])
def test_missing_ones_are_added_and_the_picks_stay_first(k: int) -> None:
    start = start_from_picks(noise(), [RED, BLUE], k)
    assert start.shape == (k, 3)
    assert start[:2].tolist() == [list(RED), list(BLUE)]
    assert len(np.unique(start, axis=0)) == k


def test_what_is_added_goes_where_the_error_is() -> None:
    # two picks on two colours that are rare, and a crowd that neither of them is near
    rgb = np.zeros((10, 10, 3), np.uint8)
    rgb[:] = (120, 130, 140)
    rgb[5:] = (140, 130, 120)
    rgb[0, 0], rgb[0, 1] = RED, BLUE
    histogram = ColorHistogram.from_rgb(rgb)
    start = start_from_picks(histogram, [RED, BLUE], 3)
    *_, last = Fit(3, init=start).iterate(histogram)
    assert sorted(last.counts.tolist()) == [1, 1, 98]


@pytest.mark.parametrize("picks", [[], [(0, 0, 256)], [(-1, 0, 0)]])
def test_what_is_no_pick_is_an_error_in_words(picks: list[tuple[int, int, int]]) -> None:
    with pytest.raises(InvalidParameterError, match=r"picked"):
        start_from_picks(noise(), picks, 2)
