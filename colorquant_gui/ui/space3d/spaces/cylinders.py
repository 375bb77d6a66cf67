"""Spaces with a hue: HSV, HSL, HMMD, LCh and OkLCh, drawn as cylinders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import CIELAB, OKLAB
from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis, words
from colorquant_gui.ui.space3d.spaces.fitting import fitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.color_spaces import ColorSpace

_HUE = SpaceAxis("H", 0, 360, (0, 60, 120, 180, 240, 300), "°")
_PERCENT = (0.0, 25.0, 50.0, 75.0, 100.0)
_LEVELS = (0.0, 64.0, 128.0, 192.0, 255.0)


def _hue(
    colors: NDArray[np.float64], high: NDArray[np.float64], chroma: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Hue in degrees, 0 where there is none (A. R. Smith 1978, Color gamut transform pairs)."""
    red, green, blue = colors.T
    safe = np.where(chroma > 0, chroma, 1.0)
    sector = np.where(
        high == red,
        (green - blue) / safe % 6.0,
        np.where(high == green, (blue - red) / safe + 2.0, (red - green) / safe + 4.0),
    )
    return np.where(chroma > 0, sector * 60.0, 0.0)


def _hsv(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """HSV, Smith 1978: hue in degrees, saturation and value in percent."""
    exact = colors.astype(np.float64)
    high = exact.max(axis=1)
    chroma = high - exact.min(axis=1)
    saturation = chroma / np.maximum(high, 1.0) * 100.0
    return np.stack([_hue(exact, high, chroma), saturation, high / 2.55], axis=1)


def _hsl(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """HSL, Joblove & Greenberg 1978: hue in degrees, saturation and lightness in percent."""
    exact = colors.astype(np.float64)
    high, low = exact.max(axis=1), exact.min(axis=1)
    chroma, double = high - low, high + low
    widest = np.maximum(255.0 - np.abs(double - 255.0), 1.0)
    saturation = chroma / widest * 100.0
    return np.stack([_hue(exact, high, chroma), saturation, double / 5.10], axis=1)


def _hmmd(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """HMMD of MPEG-7 (ISO/IEC 15938-3:2002): hue in degrees, diff and sum in levels.

    diff = max - min and sum = (max + min) / 2, as B. S. Manjunath et al. 2001, Color and texture
    descriptors, draw the double cone.
    """
    exact = colors.astype(np.float64)
    high, low = exact.max(axis=1), exact.min(axis=1)
    diff = high - low
    return np.stack([_hue(exact, high, diff), diff, (high + low) / 2.0], axis=1)


def _polar(space: ColorSpace) -> Callable[[NDArray[np.uint8]], NDArray[np.float64]]:
    """Make of lightness, a and b: hue in degrees, chroma, lightness (CIE 15:2004, 8.2.3)."""

    def convert(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
        lightness, a, b = space.from_srgb(colors).T
        return np.stack([np.degrees(np.arctan2(b, a)) % 360.0, np.hypot(a, b), lightness], axis=1)

    return convert


HSV = DisplaySpace(
    "hsv",
    "HSV",
    (_HUE, SpaceAxis("S", 0, 100, _PERCENT, "%"), SpaceAxis("V", 0, 100, _PERCENT, "%")),
    _hsv,
    is_round=True,
    isotropic=False,
    about=words("Hue, saturation and value of colour pickers: full colours are on the upper rim"),
)

HSL = DisplaySpace(
    "hsl",
    "HSL",
    (_HUE, SpaceAxis("S", 0, 100, _PERCENT, "%"), SpaceAxis("L", 0, 100, _PERCENT, "%")),
    _hsl,
    is_round=True,
    isotropic=False,
    about=words("Hue, saturation and lightness as on the web: full colours are half-way up"),
)

HMMD = fitting(
    DisplaySpace(
        "hmmd",
        "HMMD",
        (_HUE, SpaceAxis("Diff", 0, 255, _LEVELS), SpaceAxis("Sum", 0, 255, _LEVELS)),
        _hmmd,
        is_round=True,
        about=words("MPEG-7’s double cone: dark and pale colours are near the axis, as greys are"),
    )
)

LCH = fitting(
    DisplaySpace(
        "lch",
        "LCh",
        (
            SpaceAxis("h", 0, 360, _HUE.ticks, "°"),
            SpaceAxis("C*", 0, 135, (0, 40, 80, 120)),
            SpaceAxis("L*", 0, 100, (0, 25, 50, 75, 100)),
        ),
        _polar(CIELAB),
        is_round=True,
        about=words("CIELAB by hue: how strong the colours of each hue are, at any lightness"),
    )
)

# By one scale it would be a tower, too narrow for hues to be told apart.
OK_LCH = DisplaySpace(
    "oklch",
    "OkLCh",
    (
        SpaceAxis("h", 0, 360, _HUE.ticks, "°"),
        SpaceAxis("C", 0, 0.33, (0, 0.1, 0.2, 0.3)),
        SpaceAxis("L", 0, 1, (0, 0.25, 0.5, 0.75, 1)),
    ),
    _polar(OKLAB),
    is_round=True,
    isotropic=False,
    about=words("Oklab by hue: the oklch() of the web, for palettes of one strength"),
)
