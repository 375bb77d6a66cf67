"""Clustering spaces: known values, the way back, and the same bits from the engine."""

from __future__ import annotations

import math

import numpy as np
import pytest

from colorquant_gui.core import InvalidParameterError, engine
from colorquant_gui.core.color_spaces import COLOR_SPACES, color_space, multiplied

RED, GREEN, BLUE = [255, 0, 0], [0, 255, 0], [0, 0, 255]
spaces = pytest.mark.parametrize("name", sorted(COLOR_SPACES))


def some_colors(n: int = 20_000) -> np.ndarray:
    grid = np.stack(np.meshgrid(*[np.arange(0, 256, 15)] * 3, indexing="ij"), -1).reshape(-1, 3)
    dark = np.stack(np.meshgrid(*[np.arange(12)] * 3, indexing="ij"), -1).reshape(-1, 3)
    rng = np.random.default_rng(0)
    return np.concatenate([grid, dark, rng.integers(0, 256, (n, 3))]).astype(np.uint8)


# Reference values: CIELAB of the sRGB primaries by Lindbloom's calculator, white point D65;
# Oklab from its author's page.
@pytest.mark.parametrize(
    ("name", "color", "expected", "within"),
    [
        ("srgb", [1, 128, 255], [1, 128, 255], 0),
        ("linear", [255, 0, 128], [1, 0, 0.2158605], 2**-15),
        ("linear", [10, 11, 12], [10 / 255 / 12.92, 0.0033465, 0.0036765], 2**-15),
        ("cielab", [255, 255, 255], [100, 0, 0], 0.005),
        ("cielab", [0, 0, 0], [0, 0, 0], 0.005),
        ("cielab", RED, [53.2408, 80.0925, 67.2032], 0.02),
        ("cielab", GREEN, [87.7347, -86.1827, 83.1793], 0.02),
        ("cielab", BLUE, [32.2970, 79.1875, -107.8602], 0.02),
        ("oklab", [255, 255, 255], [1, 0, 0], 1e-4),
        ("oklab", [0, 0, 0], [0, 0, 0], 0),
        ("oklab", RED, [0.627955, 0.224863, 0.125846], 1e-4),
        ("oklab", GREEN, [0.866440, -0.233888, 0.179498], 1e-4),
        ("oklab", BLUE, [0.452014, -0.032457, -0.311528], 1e-4),
    ],
)
def test_known_values(name: str, color: list[int], expected: list[float], within: float) -> None:
    found = color_space(name).from_srgb(np.array(color, np.uint8))
    assert found == pytest.approx(expected, abs=within)


@spaces
def test_the_way_back_is_exact_for_bytes(name: str) -> None:
    space = COLOR_SPACES[name]
    colors = some_colors()
    assert np.array_equal(space.to_srgb(space.from_srgb(colors)), colors)


@spaces
def test_coordinates_are_whole_steps_within_16_bits(name: str) -> None:
    space = COLOR_SPACES[name]
    steps = space.from_srgb(some_colors()) * space.scale
    assert np.array_equal(steps, np.rint(steps))
    assert np.abs(steps).max() <= 2**15
    assert math.log2(space.scale).is_integer()


@spaces
def test_what_lies_outside_is_clipped(name: str) -> None:
    space = COLOR_SPACES[name]
    white = space.from_srgb(np.array([255, 255, 255], np.uint8))
    black = space.from_srgb(np.array([0, 0, 0], np.uint8))
    assert space.to_srgb(white + (white - black)).tolist() == [255, 255, 255]
    assert space.to_srgb(black - (white - black)).tolist() == [0, 0, 0]


@spaces
def test_greys_are_grey(name: str) -> None:
    space = COLOR_SPACES[name]
    greys = space.from_srgb(np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1))
    assert (np.diff(greys[:, 0]) > 0).all()
    if space.axes[1:] != ("G", "B"):
        assert np.abs(greys[:, 1:]).max() <= 2 / space.scale + 1e-4


@spaces
@pytest.mark.parametrize("level", engine.INSTRUCTION_SETS)
def test_the_engine_gives_the_same_bits(name: str, level: str) -> None:
    if engine.native is None:
        pytest.skip("no compiled engine")
    s = COLOR_SPACES[name]
    colors = some_colors()
    conversion = engine.native.Conversion(s.decode, s.inner, s.curve, s.outer, s.offset, s.scale)
    try:
        engine.use_instruction_set(level)
        assert conversion.apply(colors).tobytes() == s.from_srgb(colors).tobytes()
    finally:
        engine.use_instruction_set("")


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidParameterError, match=r"hsv.*srgb, linear, cielab, oklab"):
        color_space("hsv")


def test_many_products_are_those_of_one_by_one() -> None:
    rng = np.random.default_rng(4)
    matrix, colors = rng.normal(size=(2, 3)), rng.integers(0, 256, (7, 5, 3)).astype(np.uint8)
    found = multiplied(matrix, colors)
    assert found.shape == (7, 5, 2)
    assert found.dtype == np.float64
    for place in np.ndindex(7, 5):
        for number, row in enumerate(matrix.tolist()):
            terms = [factor * int(value) for factor, value in zip(row, colors[place], strict=True)]
            # in this order, to the last bit
            assert found[place][number] == terms[0] + terms[1] + terms[2]
