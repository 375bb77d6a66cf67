"""Spaces of the CIE, OkLCh and HMMD: numbers of the standards, and of colour-science 0.4.7."""

from __future__ import annotations

import numpy as np
import pytest

from colorquant_gui.ui.space3d.spaces import SPACES

RED, GREEN, BLUE, WHITE, BLACK = (
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 255, 255),
    (0, 0, 0),
)


def coordinates(key: str, *colors: tuple[int, int, int]) -> np.ndarray:
    return SPACES[key].from_srgb8(np.array(colors, np.uint8))


def test_xyz_has_the_primaries_and_the_white_of_srgb() -> None:
    # IEC 61966-2-1, as Z, X, Y
    wanted = [(0.0193, 0.4124, 0.2126), (0.1192, 0.3576, 0.7152), (0.9505, 0.1805, 0.0722)]
    assert coordinates("xyz", RED, GREEN, BLUE) == pytest.approx(np.array(wanted), abs=1e-9)
    # D65 of ASTM E308, whose last digits differ
    assert coordinates("xyz", WHITE)[0] == pytest.approx((1.08883, 0.95047, 1), abs=3e-4)
    assert coordinates("xyz", BLACK)[0].tolist() == [0, 0, 0]
    assert coordinates("xyz", (18, 120, 200))[0] == pytest.approx(
        (0.5715, 0.17391, 0.17732), abs=1e-5
    )


def test_xyz_adds_up_as_light_does() -> None:
    parts = coordinates("xyz", (190, 0, 0), (0, 77, 0), (0, 0, 5))
    assert coordinates("xyz", (190, 77, 5))[0] == pytest.approx(parts.sum(axis=0))


def test_xyy_has_the_chromaticities_of_srgb() -> None:
    # IEC 61966-2-1, table 1
    wanted = [(0.64, 0.33, 0.2126), (0.3, 0.6, 0.7152), (0.15, 0.06, 0.0722), (0.3127, 0.329, 1)]
    got = coordinates("xyy", RED, GREEN, BLUE, WHITE)
    assert got == pytest.approx(np.array(wanted), abs=1e-4)
    assert coordinates("xyy", (1, 2, 0))[0] == pytest.approx((0.37235, 0.54255, 0.0005), abs=1e-5)
    # however dark it is, a hue has one chromaticity
    assert coordinates("xyy", (1, 0, 0))[0, :2] == pytest.approx(got[0, :2])


def test_black_has_the_chromaticity_of_white_and_no_warning() -> None:
    greys = coordinates("xyy", BLACK, (1, 1, 1), (140, 140, 140), WHITE)
    assert np.abs(greys[:, :2] - (0.3127, 0.329)).max() < 1e-4
    assert greys[0, 2] == 0
    assert np.abs(coordinates("cieluv", BLACK)).max() == 0
    assert np.abs(coordinates("oklch", BLACK)).max() == 0
    assert np.abs(coordinates("hmmd", BLACK)).max() == 0


@pytest.mark.parametrize(
    ("color", "wanted"),
    [
        (RED, (175.060, 37.762, 53.233)),
        (GREEN, (-83.069, 107.420, 87.737)),
        (BLUE, (-9.396, -130.352, 32.303)),
        ((255, 0, 255), (84.083, -108.699, 60.320)),
        ((18, 120, 200), (-28.686, -75.068, 49.169)),
        ((90, 60, 30), (21.583, 20.322, 28.112)),
        ((1, 2, 0), (-0.163, 0.520, 0.450)),
        ((128, 128, 128), (0.0, 0.0, 53.585)),
    ],
)
def test_cieluv_agrees_with_a_peer(
    color: tuple[int, int, int], wanted: tuple[float, float, float]
) -> None:
    assert coordinates("cieluv", color)[0] == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize(
    ("color", "wanted"),
    [
        # CSS Color Module Level 4
        (RED, (29.234, 0.25768, 0.62796)),
        (GREEN, (142.495, 0.29483, 0.86644)),
        (BLUE, (264.052, 0.31321, 0.45201)),
        ((255, 255, 0), (109.769, 0.21101, 0.96798)),
    ],
)
def test_oklch_is_that_of_the_web(
    color: tuple[int, int, int], wanted: tuple[float, float, float]
) -> None:
    hue, *others = coordinates("oklch", color)[0]
    assert hue == pytest.approx(wanted[0], abs=0.02)
    assert others == pytest.approx(wanted[1:], abs=1e-4)


@pytest.mark.parametrize(
    ("color", "wanted"),
    [
        # pure, dark and pale: the rim of the double cone is half-way up, its tips are on the axis
        (RED, (0, 255, 127.5)),
        ((0, 255, 255), (180, 255, 127.5)),
        ((0, 0, 60), (240, 60, 30)),
        ((255, 235, 255), (300, 20, 245)),
        ((10, 30, 20), (150, 20, 20)),
        (WHITE, (0, 0, 255)),
    ],
)
def test_hmmd_is_a_double_cone(
    color: tuple[int, int, int], wanted: tuple[float, float, float]
) -> None:
    assert coordinates("hmmd", color)[0].tolist() == list(wanted)


def test_hmmd_reaches_as_far_from_its_axis_as_its_tips_allow() -> None:
    rng = np.random.default_rng(4)
    _, diff, middle = SPACES["hmmd"].from_srgb8(rng.integers(0, 256, (4000, 3), np.uint8)).T
    assert np.all(diff <= 255 - np.abs(2 * middle - 255))
    assert (diff / (255 - np.abs(2 * middle - 255))).max() > 0.99
