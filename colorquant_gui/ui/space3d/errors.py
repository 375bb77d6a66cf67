"""PointErrors: how far points are from what becomes of them, found when they are drawn."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.color_cells import ColorCells

# "plasma" by S. van der Walt and N. Smith 2015 (CC0): its lightness grows evenly.
_PLASMA = np.array(
    [
        (13, 8, 135), (83, 2, 163), (139, 10, 165), (184, 50, 137),
        (219, 92, 104), (244, 136, 73), (254, 188, 42), (240, 249, 33),
    ]
)  # fmt: skip
# An end of the scale is one of these, so that it does not change with every iteration.
SCALES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
"""What may stand at the end of the scale."""
# By the first points, which are chosen by chance, it is told what is usual.
_TOLD_BY, _USUAL = 20_000, 98
_FEWEST_LEVELS = 4
# Colours of which distances are found in one go: what comes between stays in the cache.
_CHUNK = 1 << 14


def ramp(steps: int = 256) -> NDArray[np.uint8]:
    """Return the colours of an error from none to the largest, shape (steps, 3)."""
    place = np.linspace(0.0, len(_PLASMA) - 1.0, steps)
    known = np.arange(len(_PLASMA))
    channels = [np.interp(place, known, channel) for channel in _PLASMA.T]
    colors: NDArray[np.uint8] = np.rint(np.stack(channels, axis=1)).astype(np.uint8)
    return colors


class PointErrors:
    """The errors of points, and the colours that stand for them.

    Parameters
    ----------
    error_of : callable
        Gives the errors of a slice of the points, ndarray of float32, shape (s,).
    unit : str
        Of the errors; "" for levels of sRGB.
    """

    def __init__(self, error_of: Callable[[slice], NDArray[np.float32]], unit: str) -> None:
        self._error_of = error_of
        self._least = 1 if unit else _FEWEST_LEVELS

    @cached_property
    def scale(self) -> int:
        """The error at the upper end of the ramp."""
        error = self._error_of(slice(0, _TOLD_BY))
        usual = float(np.percentile(error, _USUAL)) if len(error) else 0.0
        return next((s for s in SCALES if s >= max(usual, self._least)), SCALES[-1])

    def colors_of(self, part: slice) -> NDArray[np.uint8]:
        """Return the colours of a slice of the points, shape (s, 3)."""
        step = np.clip(self._error_of(part) * (255.0 / self.scale), 0.0, 255.0).astype(np.uint8)
        colors: NDArray[np.uint8] = ramp().take(step, axis=0)
        return colors


class CellErrors:
    """The mean errors of the cells of a histogram; they cost a look at every colour, once.

    Parameters
    ----------
    cells : ColorCells
        Which cells.
    error_of_all : callable
        Gives the error of every unique colour, ndarray of float32, shape (n,).
    """

    def __init__(self, cells: ColorCells, error_of_all: Callable[[], NDArray[np.float32]]) -> None:
        self._cells, self._error_of_all = cells, error_of_all

    @cached_property
    def _means(self) -> NDArray[np.float32]:
        return self._cells.means(self._error_of_all())

    def __call__(self, part: slice) -> NDArray[np.float32]:
        """Return those of a slice of the cells."""
        return self._means[part]


def every_distance(
    colors: NDArray[np.uint8], labels: NDArray[np.uint8], palette: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Return how far each colour is from that of its cluster in sRGB, shape (n,).

    Parameters
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Which colours.
    labels : ndarray of uint8, shape (n,)
        The cluster of each.
    palette : ndarray of uint8, shape (k, 3)
        The colours of the clusters.
    """
    channels = palette.T.astype(np.float32)
    distances = np.empty(len(colors), np.float32)
    for first in range(0, len(colors), _CHUNK):
        part = slice(first, first + _CHUNK)
        squares = distances[part]
        squares[:] = 0.0
        for channel, levels in enumerate(channels):
            away = levels.take(labels[part], mode="clip")
            away -= colors[part, channel]
            away *= away
            squares += away
        np.sqrt(squares, out=squares)
    return distances
