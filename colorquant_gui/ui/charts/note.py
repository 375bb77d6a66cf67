"""The note of a plot: a few words in a corner that its lines leave free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from colorquant_gui.ui.charts.content import Content, Line
    from colorquant_gui.ui.charts.look import ChartLook
    from colorquant_gui.ui.charts.plot import Plot

_BEHIND = 0.85  # opacity of what lies behind the words
_HIGHEST = 0.5  # as a part of the plot
# From the sides, from the handle at the bottom, and from what is written beside marks at the top.
_ASIDE, _ABOVE, _BELOW = 6.0, 10.0, 20.0
_PLACES = 7  # that are tried from right to left
_FLAGS = int(Qt.AlignmentFlag.AlignRight)
_LEVEL = 18.0  # what a level is and is called, in pixels


class Note:
    """Paints the note of a plot; looks for another place only when something else is shown."""

    def __init__(self) -> None:
        self._shown: tuple[Content, ChartLook, str, QRectF] | None = None
        self._box: QRectF | None = None

    def paint(self, painter: QPainter, plot: Plot) -> None:
        """Write the note, where there is room for all of it.

        Parameters
        ----------
        painter : QPainter
            An active painter, in logical pixels of the plot.
        plot : Plot
            Whose note it is.
        """
        if not plot.note or not plot.content.lines:
            return
        painter.setFont(plot.look.font)
        # before measuring: without a pen a text has no size
        painter.setPen(plot.look.text)
        shown = (plot.content, plot.look, plot.note, plot.area())
        if shown != self._shown:
            self._shown, self._box = shown, _place(painter, plot)
        if self._box is None:
            return
        behind = QColor(plot.look.background)
        behind.setAlphaF(_BEHIND)
        painter.fillRect(self._box, behind)
        painter.drawText(self._box.adjusted(2, 0, -2, 0), _FLAGS, plot.note)


def _place(painter: QPainter, plot: Plot) -> QRectF | None:
    area = plot.area()
    needed = painter.boundingRect(area, _FLAGS, plot.note).adjusted(-2, 0, 2, 0)
    room = area.width() - 2 * _ASIDE
    if needed.height() > _HIGHEST * area.height() or needed.width() > room:
        return None
    return _freest(plot, needed.width(), needed.height())


def _freest(plot: Plot, width: float, height: float) -> QRectF:
    """Return the place with the least in it, the first of such from the lower right on."""
    area = plot.area()
    columns = np.linspace(area.right() - _ASIDE - width, area.left() + _ASIDE, _PLACES)
    rows = (area.bottom() - _ABOVE - height, area.top() + _BELOW)
    boxes = [QRectF(float(x), y, width, height) for y in rows for x in columns]
    taken = [
        sum(_covered(plot, line, box) for line in plot.content.lines) + _in_level(plot, box)
        for box in boxes
    ]
    return boxes[int(np.argmin(taken))]


def _in_level(plot: Plot, box: QRectF) -> float:
    """Return how much of a level is in a box: its width, or nothing."""
    level = plot.content.level
    if level is None:
        return 0.0
    y = plot.pixel(float(plot.content.places[0]), level.y, right=level.right).y()
    return box.width() if box.top() - _LEVEL < y < box.bottom() + _LEVEL else 0.0


def _covered(plot: Plot, line: Line, box: QRectF) -> int:
    """Count the columns of a box in which a line runs."""
    content, area = plot.content, plot.area()
    heights = content.scale(line.right).positions(line.y)
    there = np.isfinite(heights)
    if not there.any():
        return 0
    bottom, top = plot.shown_heights(line.right)
    y = area.bottom() - (heights[there] - bottom) / (top - bottom) * area.height()
    columns = np.arange(box.left(), box.right())
    found = np.interp(columns, plot.across(line.x[there]), y, np.nan, np.nan)
    return int(np.count_nonzero((found >= box.top()) & (found <= box.bottom())))
