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

_SIDE = 64


@dataclass(frozen=True, eq=False)
class Whereabouts:
    """Rectangles around what stands out, one for each square of 64 × 64 pixels that has any.

    Attributes
    ----------
    n_pixels : int
        Pixels that stand out.
    boxes : ndarray of int64, shape (m, 4)
        First column and row, and one past the last ones, in image pixels.
    """

    n_pixels: int
    boxes: NDArray[np.int64]

    def is_in(self, window: Window) -> bool:
        """Whether any of it may be in view; at the very edge of the view it may be just outside."""
        low, high = _span(window)
        boxes = self.boxes
        overlaps = (boxes[:, :2] < high).all(axis=1) & (boxes[:, 2:] > low).all(axis=1)
        return bool(overlaps.any())

    def nearest(self, window: Window) -> tuple[float, float]:
        """Return the middle of what is nearest to the middle of the view, in image pixels."""
        low, high = _span(window)
        middles = self.middles()
        away = ((middles - (low + high) / 2) ** 2).sum(axis=1)
        x, y = middles[int(away.argmin())].tolist()
        return x, y

    def middles(self) -> NDArray[np.float64]:
        """Return the middle of each rectangle, shape (m, 2), in image pixels."""
        middles: NDArray[np.float64] = (self.boxes[:, :2] + self.boxes[:, 2:]) / 2
        return middles


def _span(window: Window) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the visible columns and rows: where they start, and one past the last."""
    (left, right), (top, bottom) = window.span_x(), window.span_y(0, window.height)
    return np.array([left, top]), np.array([right, bottom])


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
    n_pixels, found = 0, []
    for top in range(0, picture.height, _SIDE):
        if cancelled():
            return None
        lit = keeps(picture.numbers[top : top + _SIDE])
        count = int(np.count_nonzero(lit))
        if not count:
            continue
        n_pixels += count
        found.append(_boxes(lit) + np.array([0, top, 0, top]))
    return Whereabouts(n_pixels, np.concatenate(found)) if found else None


def _boxes(lit: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the rectangle of each square of a row of them, shape (m, 4)."""
    height, width = lit.shape
    squares = np.zeros((_SIDE, -(-width // _SIDE) * _SIDE), np.bool_)
    squares[:height, :width] = lit
    squares = squares.reshape(_SIDE, -1, _SIDE)
    across: NDArray[np.bool_] = np.logical_or.reduce(squares, axis=0)
    down: NDArray[np.bool_] = np.logical_or.reduce(squares, axis=2).T
    which = np.flatnonzero(np.logical_or.reduce(across, axis=1))
    across, down, left = across[which], down[which], which * _SIDE
    right = left + _SIDE - across[:, ::-1].argmax(axis=1)
    bottom = _SIDE - down[:, ::-1].argmax(axis=1)
    boxes = [left + across.argmax(axis=1), down.argmax(axis=1), right, bottom]
    return np.stack(boxes, axis=1).astype(np.int64)
