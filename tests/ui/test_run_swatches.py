"""What the palette shows of a moment, against values by hand and against a result."""

from __future__ import annotations

import numpy as np
import pytest

from colorquant_gui.core.histogram import ColorHistogram
from colorquant_gui.core.image import image_from_array
from colorquant_gui.core.quantize import quantize
from colorquant_gui.ui.run_swatches import NO_LABEL, run_swatches

COLORS = np.array([[200, 0, 0], [10, 10, 10], [255, 255, 255]], np.uint8)
COUNTS = np.array([5, 7, 11])
ORDER = np.array([1, 0, 2])


def test_an_opaque_picture_has_a_swatch_for_each_colour() -> None:
    shown = run_swatches(COLORS, COUNTS, ORDER, 0)
    assert shown.colors.tolist() == [[10, 10, 10], [200, 0, 0], [255, 255, 255]]
    assert shown.counts.tolist() == [7, 5, 11]
    assert shown.transparent_index is None
    assert shown.labels.tolist() == [1, 0, 2]


def test_transparent_pixels_come_first_and_belong_to_no_label() -> None:
    shown = run_swatches(COLORS, COUNTS, ORDER, 30)
    assert shown.colors.tolist()[1:] == [[10, 10, 10], [200, 0, 0], [255, 255, 255]]
    assert shown.counts.tolist() == [30, 7, 5, 11]
    assert shown.counts.sum() == 53
    assert shown.transparent_index == 0
    assert shown.labels.tolist() == [NO_LABEL, 1, 0, 2]
    assert NO_LABEL not in range(256)


@pytest.mark.parametrize("n_clear", [0, 9])
def test_it_is_as_many_as_in_the_result(n_clear: int) -> None:
    rgba = np.random.default_rng(1).integers(0, 256, (6, 8, 4), dtype=np.uint8)
    rgba[..., 3] = 255
    rgba[..., 3].flat[:n_clear] = 0
    source = image_from_array(rgba, "noise.png")
    histogram = ColorHistogram.from_rgb(source.rgb, source.mask)
    result = quantize(source.rgb, 5, mask=source.mask)
    visible = result.palette[result.transparent_index is not None :]
    counts = result.counts[result.transparent_index is not None :]
    shown = run_swatches(visible, counts, np.arange(len(visible)), histogram.n_transparent)
    assert shown.transparent_index == result.transparent_index
    assert shown.counts.tolist() == result.counts.tolist()
    assert len(shown.colors) == len(result.palette)
