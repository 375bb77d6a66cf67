"""How far a result is from its picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def mse(
    first: NDArray[np.uint8],
    second: NDArray[np.uint8],
    weights: NDArray[np.int64] | None = None,
) -> float:
    """Mean squared error, summed over R, G and B (Celebi 2009, eq. 2).

    Parameters
    ----------
    first, second : ndarray of uint8, shape (..., 3)
        sRGB colours of the same shape.
    weights : ndarray of int64, shape (...), optional
        How often each pair counts; once by default.

    Returns
    -------
    float
        Squared error per pixel, 0..195075. Exact: the sum is taken in integers.
    """
    difference = first.astype(np.int32) - second
    squared = np.einsum("...i,...i->...", difference, difference).astype(np.int64)
    if weights is None:
        return float(squared.sum() / squared.size) if squared.size else 0.0
    total = int(weights.sum())
    return float((squared * weights).sum() / total) if total else 0.0


def psnr_from_mse(value: float) -> float:
    """Peak signal-to-noise ratio per channel, from an MSE summed over three channels.

    Parameters
    ----------
    value : float
        MSE as `mse` gives it.

    Returns
    -------
    float
        ``10 log10(255² / (value / 3))`` in dB; infinity for 0.
    """
    return math.inf if value == 0 else 10 * math.log10(255**2 * 3 / value)
