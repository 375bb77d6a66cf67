"""How far a result is from its picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import slices
from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_CHUNK = 1 << 16


def mse(
    first: NDArray[np.uint8],
    second: NDArray[np.uint8],
    weights: NDArray[np.int64] | None = None,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> float:
    """Mean squared error, summed over R, G and B (Celebi 2009, eq. 2).

    Parameters
    ----------
    first, second : ndarray of uint8, shape (..., 3)
        sRGB colours of the same shape.
    weights : ndarray of int64, shape (...), optional
        How often each pair counts; once by default.
    cancelled : callable returning bool, optional
        Asked between chunks; True stops the work.

    Returns
    -------
    float
        Squared error per pixel, 0..195075; 0 where there are no pixels. The sum is taken in
        integers, so it is exact.

    Raises
    ------
    InvalidParameterError
        The arrays differ in shape.
    Cancelled
        `cancelled` returned True.
    """
    if first.shape != second.shape or (weights is not None and weights.shape != first.shape[:-1]):
        raise InvalidParameterError("Two pictures to be compared must have the same size.")
    left, right = first.reshape(-1, 3), second.reshape(-1, 3)
    each = None if weights is None else weights.reshape(-1)
    total = 0
    for rows in slices(len(left), _CHUNK, cancelled):
        difference = left[rows].astype(np.int32) - right[rows]
        squared = np.einsum("ij,ij->i", difference, difference)
        errors = squared if each is None else squared * each[rows]
        total += int(errors.sum(dtype=np.int64))
    n_pixels = len(left) if each is None else int(each.sum())
    return total / n_pixels if n_pixels else 0.0


def psnr_from_mse(value: float) -> float:
    """Peak signal-to-noise ratio per channel, from an MSE summed over three channels.

    Parameters
    ----------
    value : float
        MSE as `mse` gives it, 0 or more.

    Returns
    -------
    float
        ``10 log10(255² / (value / 3))`` in dB; infinity for 0.
    """
    return math.inf if value == 0 else 10 * math.log10(255**2 * 3 / value)
