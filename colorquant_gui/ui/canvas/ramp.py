"""The colours of the error map: from dark blue over green to light yellow."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import CIELAB

if TYPE_CHECKING:
    from numpy.typing import NDArray

N_LEVELS = 255
_DENSE = 4096
_LIGHTNESS = (10.0, 93.0)
_HUE = (305.0, 98.0)
_CHROMA = 27.0
_EXTRA_CHROMA = (28.0, 48.0)


@cache
def error_ramp() -> NDArray[np.uint8]:
    """Return a ramp on which equal steps look equal.

    Lightness and hue run along a helix in CIELAB, as in viridis, so that the ramp also reads in
    grey and to most colour-blind people. It is cut into steps of equal length, which is equal
    difference by CIE 1976.

    Returns
    -------
    ndarray of uint8, shape (N_LEVELS, 3)
        sRGB, from no error to the most; read-only.
    """
    way = np.linspace(0.0, 1.0, _DENSE)
    # more colour at the ends, where there is room for it in sRGB
    extra = np.where(way < 0.5, *_EXTRA_CHROMA) * (2 * way - 1) ** 4
    angle = np.radians(_HUE[0] + (_HUE[1] - _HUE[0]) * way)
    lab = np.stack(
        [
            _LIGHTNESS[0] + (_LIGHTNESS[1] - _LIGHTNESS[0]) * way,
            (_CHROMA + extra) * np.cos(angle),
            (_CHROMA + extra) * np.sin(angle),
        ],
        axis=-1,
    )
    lengths = np.linalg.norm(np.diff(lab, axis=0), axis=1)
    travelled = np.concatenate([[0.0], np.cumsum(lengths)])
    even = np.linspace(0.0, travelled[-1], N_LEVELS)
    steps = np.stack([np.interp(even, travelled, lab[:, axis]) for axis in range(3)], axis=-1)
    ramp = CIELAB.to_srgb(steps)
    ramp.setflags(write=False)
    return ramp


def error_levels(values: NDArray[np.float32], maximum: float) -> NDArray[np.uint8]:
    """Place errors on the ramp.

    Parameters
    ----------
    values : ndarray of float32, shape (n,)
        Errors, 0 or more.
    maximum : float
        The error at the end of the ramp; what is above it is shown as it is.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Index into the ramp, 0..N_LEVELS - 1.
    """
    if maximum <= 0:
        return np.zeros(len(values), np.uint8)
    scaled = np.nan_to_num(values, posinf=maximum) * np.float32((N_LEVELS - 1) / maximum)
    levels: NDArray[np.uint8] = np.rint(np.clip(scaled, 0, N_LEVELS - 1)).astype(np.uint8)
    return levels
