"""ShareStrip: where each colour's share of the pixels lies in a strip."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QPoint


class ShareStrip:
    """Parts of a strip, side by side, each as wide as its share.

    Parameters
    ----------
    counts : ndarray of int64, shape (n,)
        Pixels of each colour.
    area : QRect
        The strip, in logical pixels.
    """

    def __init__(self, counts: NDArray[np.int64], area: QRect) -> None:
        self._area = area
        total = max(1, int(counts.sum()))
        sums = np.concatenate([[0], np.cumsum(counts)])
        self._edges = area.x() + np.rint(sums * (area.width() / total)).astype(np.int64)

    @property
    def rects(self) -> list[QRect]:
        """The n parts; empty ones have no width."""
        edges, area = self._edges.tolist(), self._area
        return [
            QRect(left, area.y(), right - left, area.height()) for left, right in pairwise(edges)
        ]

    def index_at(self, position: QPoint) -> int:
        """Return the colour whose share lies at a position, -1 where there is none."""
        if not self._area.contains(position):
            return -1
        index = int(np.searchsorted(self._edges, position.x(), side="right")) - 1
        return index if index < len(self._edges) - 1 else -1
