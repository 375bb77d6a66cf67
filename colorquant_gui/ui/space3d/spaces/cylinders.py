"""Spaces with a hue: HSV, HSL and LCh, drawn as cylinders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import CIELAB
from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis
from colorquant_gui.ui.space3d.spaces.fitting import fitting

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HUE = SpaceAxis("H", 0, 360, (0, 60, 120, 180, 240, 300), "°")
_PERCENT = (0.0, 25.0, 50.0, 75.0, 100.0)


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


def _lch(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """CIELAB in polar coordinates (CIE 15:2004, 8.2.3): hue in degrees, chroma, lightness."""
    lightness, a, b = CIELAB.from_srgb(colors).T
    return np.stack([np.degrees(np.arctan2(b, a)) % 360.0, np.hypot(a, b), lightness], axis=1)


HSV = DisplaySpace(
    "hsv",
    "HSV",
    (_HUE, SpaceAxis("S", 0, 100, _PERCENT, "%"), SpaceAxis("V", 0, 100, _PERCENT, "%")),
    _hsv,
    is_round=True,
    isotropic=False,
)

HSL = DisplaySpace(
    "hsl",
    "HSL",
    (_HUE, SpaceAxis("S", 0, 100, _PERCENT, "%"), SpaceAxis("L", 0, 100, _PERCENT, "%")),
    _hsl,
    is_round=True,
    isotropic=False,
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
        _lch,
        is_round=True,
    )
)
