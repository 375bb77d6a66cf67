"""Whereabouts: where in the whole picture something stands out, in view or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.picture import Picture
    from colorquant_gui.ui.canvas.window import Window

# Squares of a grid over the picture: the least side in image pixels, and how many in a row or
# column at most, so that it takes no longer to choose among the places of a larger picture.
_LEAST_SIDE, _MOST_SQUARES = 64, 64


@dataclass(frozen=True, eq=False)
class Whereabouts:
    """Pixels that stand out: one of each square of a grid over the picture that has any.

    Attributes
    ----------
    n_pixels : int
        How many stand out in all.
    places : ndarray of int64, shape (m, 2)
        Column and row of each, at most 4,096. It is about in the middle of what there is in its
        square.
    """

    n_pixels: int
    places: NDArray[np.int64]

    def is_in(self, window: Window) -> bool:
        """Whether any of the places is in view."""
        (left, right), (top, bottom) = window.span_x(), window.span_y(0, window.height)
        x, y = self.places.T
        return bool(((x + 1 > left) & (x < right) & (y + 1 > top) & (y < bottom)).any())

    def nearest(self, window: Window) -> tuple[float, float]:
        """Return the middle of the pixel nearest to the middle of the view, in image pixels."""
        (left, right), (top, bottom) = window.span_x(), window.span_y(0, window.height)
        x, y = self.places.T + 0.5
        nearest = int(((x - (left + right) / 2) ** 2 + (y - (top + bottom) / 2) ** 2).argmin())
        return float(x[nearest]), float(y[nearest])


def find_whereabouts(
    picture: Picture,
    keeps: Callable[[NDArray[np.int32]], NDArray[np.bool_]],
    cancelled: Callable[[], bool],
) -> Whereabouts | None:
    """Look through all of a picture, row of squares by row of squares.

    Parameters
    ----------
    picture : Picture
        The picture.
    keeps : callable
        Says of colour numbers, (height, width) int32, which stand out, bool of the same shape.
    cancelled : callable returning bool
        Asked now and then; True stops the work.

    Returns
    -------
    Whereabouts or None
        None where it was stopped, or nothing stands out.
    """
    side = max(_LEAST_SIDE, -(-max(picture.width, picture.height) // _MOST_SQUARES))
    n_pixels, found = 0, []
    for top in range(0, picture.height, side):
        if cancelled():
            return None
        lit = keeps(picture.numbers[top : top + side])
        count = int(np.count_nonzero(lit))
        if not count:
            continue
        n_pixels += count
        found.append(_places(lit, side) + np.array([0, top]))
    return Whereabouts(n_pixels, np.concatenate(found)) if found else None


def _places(lit: NDArray[np.bool_], side: int) -> NDArray[np.int64]:
    """Return one pixel of each square of a row of them that has any, shape (m, 2)."""
    height, width = lit.shape
    squares = np.zeros((height, -(-width // side) * side), np.bool_)
    squares[:, :width] = lit
    squares = squares.reshape(height, -1, side)
    across: NDArray[np.bool_] = np.logical_or.reduce(squares, axis=0)
    which = np.flatnonzero(np.logical_or.reduce(across, axis=1))
    beside = _middlemost(across[which])
    below = _middlemost(squares[:, which, beside].T)
    return np.stack([which * side + beside, below], axis=1).astype(np.int64)


def _middlemost(lit: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return of each row, with any True, which one is nearest to midway between first and last."""
    length = lit.shape[1]
    ends = lit.argmax(axis=1) + length - 1 - lit[:, ::-1].argmax(axis=1)
    away = np.abs(2 * np.arange(length) - ends[:, np.newaxis])
    middlemost: NDArray[np.intp] = np.where(lit, away, 2 * length).argmin(axis=1)
    return middlemost
