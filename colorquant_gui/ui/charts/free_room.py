"""FreeRoom: where in a plot words hide neither a line nor what is to be reached."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from colorquant_gui.ui.charts.content import Line
    from colorquant_gui.ui.charts.plot import Plot

_DOT = 3.5  # what a line with dots takes up on both sides
_GAP = 4.0  # from what a text belongs to
_LEVEL = 2.0  # between a level and what is written at it


def level_text_box(plot: Plot) -> QRectF:
    """Return where is written what is to be reached, in logical pixels; empty where nothing is."""
    y = level_height(plot)
    if y is None:
        return QRectF()
    content, area, metrics = plot.content, plot.area(), QFontMetricsF(plot.look.font)
    assert content.level is not None
    width, height = metrics.horizontalAdvance(content.level.text), metrics.height()
    above = y - height - _LEVEL >= area.top()
    left = area.right() - _GAP - width if content.level.right else area.left() + _GAP
    return QRectF(left, y - height - _LEVEL if above else y + _LEVEL, width, height)


def level_height(plot: Plot) -> float | None:
    """Return how far down what is to be reached is, in logical pixels; None where it isn't seen."""
    level, area = plot.content.level, plot.area()
    if level is None or not plot.content.lines:
        return None
    y = plot.pixel(float(plot.content.places[0]), level.y, right=level.right).y()
    return y if math.isfinite(y) and area.top() <= y <= area.bottom() else None


class FreeRoom:
    """What lies in parts of a plot.

    Parameters
    ----------
    plot : Plot
        As it is shown now.
    """

    def __init__(self, plot: Plot) -> None:
        self._left = math.floor(plot.area().left())
        columns = np.arange(self._left, math.ceil(plot.area().right()) + 1, dtype=np.float64)
        self._lines = [_heights(plot, line, columns) for line in plot.content.lines]
        self._level = level_height(plot)
        self._words = [level_text_box(plot)]

    def take(self, boxes: Iterable[QRectF]) -> None:
        """Count other words as taken."""
        self._words += boxes

    def taken(self, box: QRectF) -> float:
        """Return how much of a box is taken: columns in which something is, once for each."""
        first = max(math.floor(box.left()) - self._left, 0)
        last = max(math.ceil(box.right()) - self._left, 0)
        found = 0.0
        for heights in self._lines:
            there = heights[first:last]
            inside = (there >= box.top() - _DOT) & (there <= box.bottom() + _DOT)
            found += int(np.count_nonzero(inside))
        if self._level is not None and box.top() - 1 <= self._level <= box.bottom() + 1:
            found += box.width()
        around = box.adjusted(-_GAP, 0, _GAP, 0)
        return found + sum(around.intersected(words).width() for words in self._words)


def _heights(plot: Plot, line: Line, columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far down a line is in columns of a plot, NaN where it is not."""
    area = plot.area()
    heights = plot.content.scale(line.right).positions(line.y)
    there = np.isfinite(heights)
    if not there.any():
        return np.full(len(columns), np.nan)
    bottom, top = plot.shown_heights(line.right)
    y = area.bottom() - (heights[there] - bottom) / (top - bottom) * area.height()
    return np.asarray(np.interp(columns, plot.across(line.x[there]), y, np.nan, np.nan))
