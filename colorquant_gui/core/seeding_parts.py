"""What the seedings share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import check
from colorquant_gui.core.reference import squared_distances

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def cells_of(values: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """Return the cell number of each colour (3, n) in a grid of 2**bits per axis."""
    red, green, blue = values >> (8 - bits)
    cells: NDArray[np.int64] = (red << (2 * bits)) | (green << bits) | blue
    return cells


def fill_up(
    centroids: NDArray[np.float64],
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    k: int,
    cancelled: Callable[[], bool] | None,
) -> NDArray[np.float64]:
    """Add the colours with the greatest remaining error until there are k centroids.

    Centroids fall short only where cells are few, so where colours are few too.
    """
    if len(centroids) == k:
        return centroids
    points = colors.T.astype(np.float64, order="C")
    distance, scratch = np.empty((2, len(colors)))
    nearest = np.full(len(colors), np.inf)
    filled = np.empty((k, 3))
    filled[: len(centroids)] = centroids
    for number in range(k):
        check(cancelled)
        if number >= len(centroids):
            filled[number] = colors[(nearest * weights).argmax()]
        squared_distances(points, filled[number], distance, scratch)
        np.minimum(nearest, distance, out=nearest)
    return filled
