"""Every space to look at keeps the same promises."""

from __future__ import annotations

import colorsys
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.ui.space3d.camera import MIDDLE, RADIUS, Camera
from colorquant_gui.ui.space3d.gamut import Gamut
from colorquant_gui.ui.space3d.spaces import SPACES

CUBE = np.array(list(product(range(0, 256, 15), repeat=3)), np.uint8)
EVERY = pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
# Written down by hand: (colour, coordinates in the order of the axes).
KNOWN = {
    "srgb": [((12, 34, 56), (12, 34, 56))],
    "linear": [((255, 0, 188), (1, 0, 0.502886))],
    "cielab": [((255, 0, 0), (80.09, 67.20, 53.24)), ((255, 255, 255), (0, 0, 100))],
    "oklab": [((255, 0, 0), (0.22486, 0.12585, 0.62796)), ((255, 255, 255), (0, 0, 1))],
    "lch": [((255, 0, 0), (40.0, 104.55, 53.24)), ((0, 0, 255), (306.28, 133.81, 32.30))],
    "hsv": [((255, 128, 0), (30.118, 100, 100)), ((64, 64, 64), (0, 0, 25.098))],
    "hsl": [((255, 128, 0), (30.118, 100, 50)), ((255, 255, 255), (0, 0, 100))],
    "ycbcr": [((255, 0, 0), (-43.028, 127.5, 76.245)), ((255, 255, 255), (0, 0, 255))],
    "pca": [((127, 128, 255), (-0.5, 0.5, 127.5))],
    "xyz": [((255, 0, 0), (0.0193, 0.4124, 0.2126)), ((255, 255, 255), (1.089, 0.9505, 1))],
    "xyy": [((0, 255, 0), (0.3, 0.6, 0.7152)), ((0, 0, 0), (0.3127, 0.329, 0))],
    "cieluv": [((255, 0, 0), (175.05, 37.76, 53.24)), ((255, 255, 255), (0, 0, 100))],
    "oklch": [((255, 0, 0), (29.23, 0.2577, 0.628)), ((255, 255, 255), (0, 0, 1))],
    "hmmd": [((255, 128, 0), (30.118, 255, 127.5)), ((64, 64, 64), (0, 0, 64))],
}


def test_the_spaces_that_were_asked_for_are_there() -> None:
    assert set(SPACES) == set(KNOWN)
    assert set(COLOR_SPACES) <= set(SPACES)
    assert all(key == space.key for key, space in SPACES.items())


@EVERY
def test_known_colours_have_known_coordinates(space) -> None:
    for color, wanted in KNOWN[space.key]:
        got = space.from_srgb8(np.array([color], np.uint8))[0]
        assert got == pytest.approx(wanted, abs=0.01 * (space.axes[2].high - space.axes[2].low))


def test_hsv_and_hsl_agree_with_the_standard_library() -> None:
    for color in CUBE[::37]:
        unit = [float(level) / 255 for level in color]
        hue, saturation, value = colorsys.rgb_to_hsv(*unit)
        got = SPACES["hsv"].from_srgb8(color[None])[0]
        assert got == pytest.approx([hue * 360, saturation * 100, value * 100], abs=1e-6)
        hue, lightness, saturation = colorsys.rgb_to_hls(*unit)
        got = SPACES["hsl"].from_srgb8(color[None])[0]
        assert got == pytest.approx([hue * 360, saturation * 100, lightness * 100], abs=1e-6)


@EVERY
def test_the_axes_span_every_colour(space) -> None:
    coordinates = space.from_srgb8(CUBE)
    assert coordinates.shape == CUBE.shape
    for axis, values in zip(space.axes, coordinates.T, strict=True):
        assert axis.low <= values.min() + 1e-6
        assert values.max() <= axis.high + 1e-6
        assert all(axis.low <= tick <= axis.high for tick in axis.ticks)
        assert list(axis.ticks) == sorted(axis.ticks)
        assert len(axis.ticks) >= 3


@EVERY
def test_every_colour_lies_in_the_box_and_in_front_of_the_camera(space) -> None:
    world = space.positions(CUBE)
    low, high = space.box
    assert np.all(world >= low - 0.01)
    assert np.all(world <= high + 0.01)
    corners = np.array(list(product(*space.box.T)))
    reach = np.linalg.norm(corners - MIDDLE, axis=1).max() if not space.is_round else 0.0
    assert reach <= RADIUS + 1e-6
    assert np.linalg.norm(world - MIDDLE, axis=1).max() <= RADIUS + 1e-3


@EVERY
def test_the_axes_of_one_unit_have_one_scale(space) -> None:
    if space.isotropic:
        first = 1 if space.is_round else 0
        assert np.ptp(space.scale[first:]) == pytest.approx(0.0)


@EVERY
def test_light_is_up_where_an_axis_is_a_lightness(space) -> None:
    black, white = space.positions(np.array([[0, 0, 0], [255, 255, 255]], np.uint8))
    assert white[2] > black[2] + 100


@EVERY
@given(st.tuples(st.floats(0, 255), st.floats(0, 255), st.floats(0, 255)))
@settings(max_examples=20, deadline=None)
def test_what_lies_between_the_bytes_lies_between_their_places(space, color) -> None:
    place = space.positions_of(np.array([color]))[0]
    low = np.minimum(np.floor(color), 254).astype(np.uint8)
    around = space.positions(low + np.array(list(product((0, 1), repeat=3)), np.uint8))
    assert np.all(place >= around.min(axis=0) - 1e-3)
    assert np.all(place <= around.max(axis=0) + 1e-3)


@EVERY
def test_bytes_are_exact(space) -> None:
    some = CUBE[::101]
    assert space.positions_of(some.astype(float)) == pytest.approx(space.positions(some), abs=1e-3)


@EVERY
def test_the_outline_runs_along_the_edges_of_the_gamut(space) -> None:
    gamut = Gamut(space)
    assert gamut.places.shape[0] == 12
    # every point of it has two channels at an end of their range
    ends = ((gamut.colors == 0) | (gamut.colors == 255)).sum(axis=-1)
    assert ends.min() >= 2
    assert gamut.places == pytest.approx(space.positions(gamut.colors), abs=1e-3)
    back, front = gamut.strokes(Camera(), 640, 480, None, 1.0)
    assert len(back) > 0
    assert len(front) > 0


def test_the_outline_of_rgb_has_three_edges_in_front() -> None:
    gamut = Gamut(SPACES["srgb"])
    back, front = gamut.strokes(Camera(-60, 22), 640, 480, None, 1.0)
    segments = gamut.places.shape[1] - 1
    assert len(front) == 3 * segments
    assert len(back) == 9 * segments


def test_on_the_way_the_outline_is_between_the_spaces() -> None:
    first, second = Gamut(SPACES["srgb"]), Gamut(SPACES["ycbcr"])
    start = second.strokes(Camera(), 640, 480, first, 0.0)
    wanted = Camera().project(first.places, 640, 480)[0]
    got = np.concatenate([part.ends.reshape(-1, 2) for part in start])
    for place in got[::17]:
        assert np.abs(wanted - place).sum(axis=-1).min() < 0.01


def test_pca_follows_the_picture() -> None:
    rng = np.random.default_rng(3)
    direction = np.array([2.0, 1.0, 0.5])
    line = 128 + rng.normal(0, 25, (400, 1)) * direction / np.linalg.norm(direction)
    colors = np.unique(np.clip(line + rng.normal(0, 2, (400, 3)), 0, 255).astype(np.uint8), axis=0)
    counts = np.ones(len(colors), np.int64)
    space = SPACES["pca"].fitted(colors, counts)
    coordinates = space.from_srgb8(colors)
    spread = coordinates.std(axis=0)
    # PC2, PC3, PC1: the last is the longest
    assert spread[2] > 8 * spread[0] >= 8 * spread[1]
    assert coordinates.mean(axis=0) == pytest.approx([0, 0, 0], abs=1e-6)
    assert np.corrcoef(colors @ direction, coordinates[:, 2])[0, 1] > 0.99
    # a rotation keeps distances
    assert np.linalg.norm(coordinates[0] - coordinates[-1]) == pytest.approx(
        np.linalg.norm(colors[0].astype(float) - colors[-1])
    )
    weighted = SPACES["pca"].fitted(colors, np.arange(len(colors)) ** 3 + 1)
    assert not np.allclose(weighted.from_srgb8(colors), coordinates)
    assert SPACES["pca"].fitted(colors[:0], counts[:0]) is SPACES["pca"]
    one = SPACES["pca"].fitted(colors[:1], counts[:1])
    assert np.isfinite(one.positions(CUBE)).all()


FITTED = [key for key, space in SPACES.items() if space.fitted is not None]


def muted(n: int = 5000) -> np.ndarray:
    """Colours as a photo of a grey day has them."""
    rng = np.random.default_rng(8)
    grey = rng.uniform(60, 180, (n, 1))
    return np.unique(np.clip(grey + rng.normal(0, 12, (n, 3)), 0, 255).astype(np.uint8), axis=0)


@pytest.mark.parametrize("key", FITTED)
def test_a_cloud_of_few_colours_fills_the_view(key: str) -> None:
    colors = muted()
    counts = np.ones(len(colors), np.int64)
    whole, space = SPACES[key], SPACES[key].fitted(colors, counts)
    assert space.key == key
    coordinates = space.from_srgb8(colors)
    first = 1 if space.is_round else 0
    for number in range(first, 3):
        axis, full, values = space.axes[number], whole.axes[number], coordinates[:, number]
        assert full.low <= axis.low <= values.min() or key == "pca"
        assert values.max() <= axis.high <= full.high or key == "pca"
        assert axis.low <= values.min() and values.max() <= axis.high
        assert all(axis.low <= tick <= axis.high for tick in axis.ticks)
        assert 3 <= len(axis.ticks) <= 8
        assert np.ptp(np.diff(axis.ticks)) == pytest.approx(0.0, abs=1e-9)
    reach = [np.linalg.norm(np.ptp(one.positions(colors), axis=0)) for one in (whole, space)]
    assert reach[1] > (250 if key == "pca" else 1.3 * reach[0])
    assert np.linalg.norm(space.positions(colors) - MIDDLE, axis=1).max() <= RADIUS + 1e-3
    # a length is as long in each direction as before
    assert np.ptp(space.scale[first:]) == pytest.approx(0.0)


@pytest.mark.parametrize("key", FITTED)
def test_hardly_any_colours_are_seen_in_the_whole_space(key: str) -> None:
    colors = muted()[:20]
    space = SPACES[key].fitted(colors, np.ones(len(colors), np.int64))
    if key != "pca":
        assert space is SPACES[key]
    assert np.isfinite(space.positions(CUBE)).all()


@pytest.mark.parametrize("key", FITTED)
def test_equal_colours_still_have_a_frame(key: str) -> None:
    colors = np.repeat(np.array([[90, 120, 60]], np.uint8), 100, axis=0)
    space = SPACES[key].fitted(colors, np.ones(100, np.int64))
    assert np.all(np.ptp(space.box, axis=0) > 20)
    assert all(len(axis.ticks) >= 3 for axis in space.axes)
