"""Missing colours: named where they are well populated and far from every entry, and not else."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorquant_gui.core import Cancelled, ColorHistogram
from colorquant_gui.core.advisor import ColorCells, Measurer, MissingColor, missing_colors
from colorquant_gui.core.ciede2000 import ciede2000
from colorquant_gui.core.color_spaces import color_space

SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "flower.jpg"
GREY = np.array([[120, 120, 120]], np.uint8)


def patches(*parts: tuple[tuple[int, int, int], int], spread: int = 3) -> ColorHistogram:
    """Make a picture of so many pixels of each colour, with noise of a few levels."""
    rng = np.random.default_rng(0)
    pixels = [
        np.clip(np.array(rgb) + rng.integers(-spread, spread + 1, (count, 3)), 0, 255)
        for rgb, count in parts
    ]
    return ColorHistogram.from_rgb(np.concatenate(pixels).astype(np.uint8)[None])


def named(histogram: ColorHistogram, palette: np.ndarray, palettes=None, k: int = 2):
    return missing_colors(ColorCells.of(histogram), palette, palettes or {}, k)


def is_yellow(color: MissingColor) -> bool:
    red, green, blue = color.rgb
    return red > 180 and green > 150 and blue < 80


def test_cells_hold_what_the_colours_hold() -> None:
    rng = np.random.default_rng(3)
    rgb = rng.integers(90, 130, (1, 30_000, 3), np.uint8)
    histogram = ColorHistogram.from_rgb(rgb)
    cells = ColorCells.of(histogram)
    assert cells.counts.sum() == 30_000
    for i in range(len(cells.counts)):
        members = slice(cells.starts[i], cells.starts[i + 1])
        colors, counts = histogram.colors[members], histogram.counts[members]
        assert len(np.unique(colors // 8, axis=0)) == 1
        assert counts.sum() == cells.counts[i]
        assert cells.rgb[i] == pytest.approx(counts @ colors / counts.sum())
    assert cells.starts[-1] == histogram.n_colors
    assert len(cells.counts) == len(np.unique(rgb[0] // 8, axis=0))


def test_distances_are_to_the_nearest_entry() -> None:
    histogram = patches(((200, 30, 30), 500), ((30, 60, 200), 500), spread=20)
    cells = ColorCells.of(histogram)
    palette = np.array([[190, 40, 40], [128, 128, 128], [40, 40, 190]], np.uint8)
    entries = color_space("cielab").from_srgb(palette)
    every = ciede2000(cells.lab[:, None], entries[None])
    plain = ((cells.lab[:, None] - entries[None]) ** 2).sum(axis=2)
    expected = every[np.arange(len(every)), plain.argmin(axis=1)]
    assert cells.distances(palette) == pytest.approx(expected)
    assert cells.distances(palette, np.array([3, 1])) == pytest.approx(expected[[3, 1]])


def test_a_colour_that_no_entry_comes_near_is_named() -> None:
    histogram = patches(((120, 120, 120), 9_000), ((220, 30, 30), 1_000))
    (red,) = named(histogram, GREY)
    assert red.rgb == pytest.approx((220, 30, 30), abs=1)
    assert red.share == pytest.approx(0.1)
    lab = color_space("cielab").from_srgb(np.array([[220, 30, 30], [120, 120, 120]], np.uint8))
    assert red.distance == pytest.approx(ciede2000(lab[0], lab[1]), abs=0.5)
    assert red.k_needed is None
    # a click shows these: all of the red, and nothing else
    reds = np.flatnonzero(histogram.colors[:, 0] > 200)
    assert red.members.tolist() == reds.tolist()
    assert red.members.dtype == np.int32


def test_what_an_entry_comes_near_is_not() -> None:
    histogram = patches(((120, 120, 120), 9_000), ((220, 30, 30), 1_000))
    assert named(histogram, np.concatenate([GREY, [[214, 40, 36]]]).astype(np.uint8)) == ()


def test_a_few_pixels_are_not_worth_a_word() -> None:
    assert named(patches(((120, 120, 120), 9_960), ((220, 30, 30), 40)), GREY) == ()
    assert len(named(patches(((120, 120, 120), 9_940), ((220, 30, 30), 60)), GREY)) == 1


def test_neighbours_are_one_colour_and_what_matters_most_comes_first() -> None:
    histogram = patches(
        ((120, 120, 120), 20_000),
        ((220, 190, 20), 700),
        ((226, 196, 30), 500),
        ((20, 60, 230), 600),
        spread=8,
    )
    first, second = named(histogram, GREY)
    # as many pixels, or more, but less far from grey than the blue
    assert [is_yellow(first), is_yellow(second)] == [
        first.share * first.distance**2 > 600 / 21_800 * second.distance**2,
        not is_yellow(first),
    ]
    yellow, blue = sorted((first, second), key=is_yellow, reverse=True)
    assert yellow.share == pytest.approx(1_200 / 21_800)
    assert blue.share == pytest.approx(600 / 21_800)
    assert first.share * first.distance**2 >= second.share * second.distance**2
    assert not set(first.members) & set(second.members)


def test_six_at_most() -> None:
    corners = [(r, g, b) for r in (0, 255) for g in (0, 255) for b in (0, 255)]
    histogram = patches(((120, 120, 120), 9_000), *((corner, 1_000) for corner in corners))
    colors = named(histogram, GREY)
    assert len(colors) == 6
    weights = [color.share * color.distance**2 for color in colors]
    assert weights == sorted(weights, reverse=True)


def test_the_k_that_is_offered_is_the_first_that_has_it() -> None:
    histogram = patches(((120, 120, 120), 9_000), ((220, 30, 30), 1_000))
    red, far_red = (
        np.array([[120, 120, 120], rgb], np.uint8) for rgb in ((210, 40, 30), (9, 9, 9))
    )
    palettes = {3: GREY, 4: far_red, 9: red, 12: red, 2: red}
    assert named(histogram, GREY, palettes, k=2)[0].k_needed == 9
    assert named(histogram, GREY, palettes, k=9)[0].k_needed == 12
    assert named(histogram, GREY, palettes, k=12)[0].k_needed is None


def test_the_flower_s_yellow_is_lost_at_3_and_there_at_10() -> None:
    with Image.open(SAMPLE) as image:
        histogram = ColorHistogram.from_rgb(np.asarray(image.convert("RGB")))
    cells, measurer = ColorCells.of(histogram), Measurer(histogram)
    palettes = {k: measurer.errors(k).palette for k in range(2, 11)}
    first = missing_colors(cells, palettes[3], palettes, 3)[0]
    assert is_yellow(first)
    assert 0.02 < first.share < 0.05
    assert first.k_needed is not None
    assert 3 < first.k_needed <= 10
    # none of its pixels is far from grey, green or white ones: they are yellow too
    colors = histogram.colors[first.members].astype(int)
    assert np.percentile(colors[:, 1] - colors[:, 2], 5) > 40
    assert not any(map(is_yellow, missing_colors(cells, palettes[10], palettes, 10)))
    at_needed = missing_colors(cells, palettes[first.k_needed], palettes, first.k_needed)
    assert not any(set(first.members) == set(color.members) for color in at_needed)


def test_it_can_be_stopped(questions) -> None:
    histogram = patches(((120, 120, 120), 9_000), ((220, 30, 30), 1_000))
    cells = ColorCells.of(histogram)
    asked = questions()
    missing_colors(cells, GREY, {9: GREY}, 2, cancelled=asked)
    assert asked.asked >= 3
    for number in range(1, asked.asked + 1):
        with pytest.raises(Cancelled):
            missing_colors(cells, GREY, {9: GREY}, 2, cancelled=questions(number))
    with pytest.raises(Cancelled):
        ColorCells.of(histogram, cancelled=lambda: True)
