"""Spaces of the CIE's standard observer: XYZ, xyY and CIELUV, all with the white of sRGB, D65."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import CIELAB, LINEAR, multiplied
from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis, words
from colorquant_gui.ui.space3d.spaces.fitting import fitting

if TYPE_CHECKING:
    from numpy.typing import NDArray

# IEC 61966-2-1:1999: tristimulus values of its white, D65 for the 2 degree observer. CIELAB is
# relative to the same one.
_WHITE = np.array([0.9505, 1.0, 1.0890])
_TO_XYZ = CIELAB.inner * _WHITE[:, None]
# What x and y are shares of; and u' and v', but for factors.
_XYZ_SUM, _UV_SUM = np.array([1.0, 1.0, 1.0]), np.array([1.0, 15.0, 3.0])
_FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def _tristimulus(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """CIE 1931 X, Y and Z (IEC 61966-2-1:1999, 5.2), 1 being the Y of white; shape (n, 3)."""
    return multiplied(_TO_XYZ, LINEAR.decode[colors])


def _chromaticity(
    values: NDArray[np.float64], of: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """X and Y as shares of a sum, and the white's; black has none of its own but white's."""
    of_white = (_WHITE / (_WHITE * of).sum())[:2]
    whole = (values * of).sum(axis=1, keepdims=True)
    is_lit = whole > 0.0
    return np.where(is_lit, values[:, :2] / np.where(is_lit, whole, 1.0), of_white), of_white


def _xyz(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Z, X and Y: luminance goes up, and the three are right-handed."""
    return _tristimulus(colors)[:, [2, 0, 1]]


def _xyy(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Chromaticity and luminance (CIE 15:2004, 7.3)."""
    values = _tristimulus(colors)
    shares, _ = _chromaticity(values, _XYZ_SUM)
    return np.concatenate([shares, values[:, 1:2]], axis=1)


def _luv(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """CIELUV (CIE 15:2004, 8.2.2): u*, v* and L*, which is CIELAB's."""
    lightness = CIELAB.from_srgb(colors)[:, :1]
    shares, of_white = _chromaticity(_tristimulus(colors), _UV_SUM)
    # u' = 4 X / sum, v' = 9 Y / sum
    return np.concatenate(
        [13.0 * lightness * ((shares - of_white) * [4.0, 9.0]), lightness], axis=1
    )


XYZ = DisplaySpace(
    "xyz",
    "CIE XYZ",
    (
        SpaceAxis("Z", 0, 1.1, _FIFTHS),
        SpaceAxis("X", 0, 1, _FIFTHS),
        SpaceAxis("Y", 0, 1, _FIFTHS),
    ),
    _xyz,
    about=words("What the CIE’s standard observer sees, on which its other spaces are built"),
)

XYY = DisplaySpace(
    "xyy",
    "CIE xyY",
    (
        SpaceAxis("x", 0.1, 0.7, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)),
        SpaceAxis("y", 0, 0.6, (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)),
        SpaceAxis("Y", 0, 1, _FIFTHS),
    ),
    _xyy,
    isotropic=False,
    about=words("The chromaticity diagram as seen from above, with luminance going up"),
)

CIELUV = fitting(
    DisplaySpace(
        "cieluv",
        "CIELUV",
        (
            SpaceAxis("u*", -90, 180, (-80, -40, 0, 40, 80, 120, 160)),
            SpaceAxis("v*", -140, 112, (-120, -80, -40, 0, 40, 80)),
            SpaceAxis("L*", 0, 100, (0, 25, 50, 75, 100)),
        ),
        _luv,
        about=words("Even steps for the eye as in CIELAB, but made for lights and screens"),
    )
)
