"""SwatchGrid: where each of n swatches lies in an area."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QPoint, QRect, Qt

_TALLEST = 96


class SwatchGrid:
    """Rows of equal swatches, as large as they fit, that fill the width of an area.

    Parameters
    ----------
    n : int
        Number of swatches, 0 or more.
    area : QRect
        Where they may be, in logical pixels.

    Attributes
    ----------
    columns : int
        Swatches in a full row, at least 1.
    rects : list of QRect
        The n swatches, row by row, the gaps between them left out.
    """

    def __init__(self, n: int, area: QRect) -> None:
        self.n = n
        width, height = max(0, area.width()), max(0, area.height())
        self.columns = max(
            range(1, n + 1), key=lambda c: (_side(n, c, width, height), c), default=1
        )
        side = int(_side(n, self.columns, width, height))
        gap = 2 if side >= 16 else 1 if side >= 4 else 0
        self._top, self._side = area.y(), side
        self._edges = [
            area.x() + round(column * (width + gap) / self.columns)
            for column in range(self.columns + 1)
        ]
        self.rects = []
        for index in range(n):
            row, column = divmod(index, self.columns)
            left, right = self._edges[column], self._edges[column + 1]
            self.rects.append(QRect(left, self._top + row * side, right - left - gap, side - gap))

    def neighbour(self, index: int, key: int) -> int | None:
        """Return the swatch that a key leads to: itself at the end, None for any other key."""
        steps: dict[int, int] = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns,
            Qt.Key.Key_Down: self.columns,
            Qt.Key.Key_Home: -index,
            Qt.Key.Key_End: self.n - 1 - index,
        }
        if key not in steps:
            return None
        there = index + steps[key]
        return there if 0 <= there < self.n else index

    def index_at(self, position: QPoint) -> int:
        """Return the swatch at a position (its gap included), -1 where there is none."""
        row = (position.y() - self._top) // self._side if self._side else -1
        column = bisect_right(self._edges, position.x()) - 1
        index = row * self.columns + column
        return index if row >= 0 and 0 <= column < self.columns and index < self.n else -1


def _side(n: int, columns: int, width: int, height: int) -> float:
    rows = max(1, -(-n // columns))
    return min(width / columns, height / rows, _TALLEST)
