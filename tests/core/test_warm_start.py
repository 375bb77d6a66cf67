import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, Fit
from colorquant_gui.core.color_spaces import COLOR_SPACES, color_space
from colorquant_gui.core.warm_start import warm_start
from tests.core.brute_force import squared_distances
from tests.pictures import photo


def inertia(histogram, centroids, space):
    """Sum up squared distances by brute force."""
    points = color_space(space).from_srgb(histogram.colors)
    distances = squared_distances(points, centroids)
    return float((distances.min(axis=1) * histogram.counts).sum())


@pytest.mark.parametrize("space", sorted(COLOR_SPACES))
@pytest.mark.parametrize(("before", "after"), [(8, 9), (9, 8), (4, 20), (40, 7), (1, 256), (6, 1)])
def test_gives_as_many_as_wanted(space, before, after):
    histogram = ColorHistogram.from_rgb(photo())
    start = Fit(before, color_space=space).last(histogram).centroids
    got = warm_start(histogram, start, after, color_space=space)
    assert got.shape == (after, 3)
    assert np.isfinite(got).all()


@pytest.mark.parametrize("k", [4, 16, 60])
def test_one_more_is_better_and_one_fewer_is_not_the_worst_choice(k):
    histogram = ColorHistogram.from_rgb(photo())
    start = Fit(k).last(histogram).centroids
    now = inertia(histogram, start, "srgb")
    assert inertia(histogram, warm_start(histogram, start, k + 1), "srgb") < now
    fewer = warm_start(histogram, start, k - 1)
    kept = [inertia(histogram, np.delete(start, i, axis=0), "srgb") for i in range(k)]
    assert inertia(histogram, fewer, "srgb") < max(kept)


def test_a_few_steps_from_there_come_close_to_a_run_of_its_own():
    histogram = ColorHistogram.from_rgb(photo())
    start = warm_start(histogram, Fit(16).last(histogram).centroids, 17)
    *_, live = Fit(17, "live", init=start).iterate(histogram)
    assert live.inertia < 1.1 * Fit(17).last(histogram).inertia


def test_the_right_number_is_left_alone():
    histogram = ColorHistogram.from_rgb(photo())
    start = Fit(5).last(histogram).centroids
    assert warm_start(histogram, start, 5) is start
