"""A thumbnail's labels are those of the whole picture at its places."""

import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram
from colorquant_gui.core.color_spaces import COLOR_SPACES, color_space
from colorquant_gui.session.thumbnail import Thumbnail, sample_places


def noise(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize("space", COLOR_SPACES)
def test_labels_are_those_of_the_whole_picture(space):
    rgb = noise(90, 120)
    centroids = color_space(space).from_srgb(noise(1, 12, 5)[0])
    small = Thumbnail(rgb, pixels=1000)
    shown = small.labels(centroids, space)[small.color_numbers]

    points = color_space(space).from_srgb(rgb.reshape(-1, 3))
    apart = ((points[:, None] - centroids[None]) ** 2).sum(axis=2)
    whole = apart.argmin(axis=1).reshape(90, 120)
    rows, columns = sample_places(90, 120, 1000)
    assert np.array_equal(shown, whole[np.ix_(rows, columns)])
    assert np.array_equal(small.colors[small.color_numbers], rgb[np.ix_(rows, columns)])


def test_a_small_picture_is_taken_whole():
    rgb = noise(20, 30)
    small = Thumbnail(rgb)
    assert np.array_equal(small.colors[small.color_numbers], rgb)
    assert small.counts.sum() == 600


def test_transparent_pixels_have_no_colour():
    mask = np.ones((20, 30), bool)
    mask[:, :10] = False
    small = Thumbnail(noise(20, 30), mask)
    assert (small.color_numbers[:, :10] == len(small.colors)).all()
    assert (small.color_numbers[:, 10:] < len(small.colors)).all()
    nothing = Thumbnail(noise(20, 30), np.zeros((20, 30), bool))
    assert nothing.labels(np.zeros((2, 3)), "srgb").shape == (0,)


@pytest.mark.parametrize(
    ("height", "width"), [(3000, 4000), (4000, 3000), (1, 10_000_000), (10_000_000, 1), (7, 5)]
)
def test_places_are_within_the_picture_and_the_limit(height, width):
    rows, columns = sample_places(height, width, 200_000)
    assert len(rows) * len(columns) <= 200_000
    assert len(rows) * len(columns) >= min(height * width, 195_000)
    for places, size in ((rows, height), (columns, width)):
        assert (np.diff(places) > 0).all()
        assert places[0] >= 0
        assert places[-1] < size
        # as far from one edge as from the other
        assert abs(places[0] - (size - 1 - places[-1])) <= 1


def test_proportions_stay():
    rows, columns = sample_places(3000, 4000, 200_000)
    assert len(columns) / len(rows) == pytest.approx(4 / 3, rel=0.01)


def test_a_histogram_of_its_own_leaves_that_of_the_picture_alone():
    rgb = noise(40, 40)
    whole = ColorHistogram.from_rgb(rgb)
    problem = whole.problem(color_space("srgb"))
    Thumbnail(rgb).labels(np.zeros((2, 3)), "oklab")
    assert whole.problem(color_space("srgb")) is problem
