"""Spots: where in the visible picture something stands out that is too small to be found."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Lengths are logical pixels. More than this area of light finds the eye by itself.
_LEAST_AREA = 200.0
_MOST, _MOST_TRIED = 5, 12
_REACH = 16.0
_GAP, _LEAST_RADIUS = 6.0, 10.0
_LINES = ((QColor(0, 0, 0, 170), 5.0), (QColor(255, 255, 255), 2.0))


class Spot(NamedTuple):
    """A circle around something.

    Attributes
    ----------
    x, y : float
        Its middle, in device pixels of the window.
    radius : float
        In device pixels.
    """

    x: float
    y: float
    radius: float


def find_spots(lit: NDArray[np.bool_], ratio: float) -> list[Spot]:
    """Find what stands out, where that is little.

    Parameters
    ----------
    lit : ndarray of bool, shape (height, width)
        The device pixels that stand out.
    ratio : float
        Device pixels per logical pixel.

    Returns
    -------
    list of Spot
        The largest first, at most five, each around what lies close together; empty where much
        stands out, or nothing.
    """
    n_lit = np.count_nonzero(lit)
    if not 0 < n_lit <= _LEAST_AREA * ratio**2:
        return []
    # flat first: that is several times quicker than two coordinates at a time
    rows, columns = np.divmod(np.flatnonzero(lit.ravel()), lit.shape[1])
    places = np.stack([columns, rows], axis=1) + 0.5
    reach = _REACH * ratio
    spots: list[Spot] = []
    for _ in range(_MOST_TRIED):
        if not len(places) or len(spots) == _MOST:
            break
        _, cell_of, counts = np.unique(
            places // reach, axis=0, return_inverse=True, return_counts=True
        )
        fullest = places[cell_of.ravel() == counts.argmax()]
        near = _distances(places, fullest.mean(axis=0)) <= reach
        group = places[near]
        middle = (group.min(axis=0) + group.max(axis=0)) / 2
        extent = float(_distances(group, middle).max())
        radius = max(extent + _GAP * ratio, _LEAST_RADIUS * ratio)
        spot = Spot(float(middle[0]), float(middle[1]), radius)
        places = places[~near]
        # beside a larger one, that leads to it as well, rings would only be in each other's way
        if not any(_overlap(spot, other) for other in spots):
            spots.append(spot)
    return spots


def _overlap(one: Spot, other: Spot) -> bool:
    return math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius


def _distances(places: NDArray[np.float64], middle: NDArray[np.float64]) -> NDArray[np.float64]:
    distances: NDArray[np.float64] = np.hypot(*(places - middle).T)
    return distances


class Spots:
    """Remembers what was found until it changes, and draws a ring around each."""

    def __init__(self) -> None:
        self._lit: NDArray[np.bool_] | None = None
        self._ratio = 1.0
        self._found: list[Spot] = []

    def look(self, lit: NDArray[np.bool_] | None, ratio: float) -> None:
        """Take what stands out, as `find_spots` does; None where nothing needs a ring."""
        if lit is self._lit and ratio == self._ratio:
            return
        self._lit, self._ratio = lit, ratio
        self._found = [] if lit is None else find_spots(lit, ratio)

    def paint(self, painter: QPainter, origin: tuple[int, int]) -> None:
        """Draw the rings: white, edged with black, to be seen on anything.

        Parameters
        ----------
        painter : QPainter
            In device pixels of the canvas.
        origin : (int, int)
            Where the window starts, in device pixels of the canvas.
        """
        if not self._found:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in _LINES:
            painter.setPen(QPen(color, width * self._ratio))
            for spot in self._found:
                middle = QPointF(origin[0] + spot.x, origin[1] + spot.y)
                painter.drawEllipse(middle, spot.radius, spot.radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
