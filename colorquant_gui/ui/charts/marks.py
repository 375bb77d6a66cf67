"""Marks of a chart: what happened along x, gathered where it would lie on top of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from colorquant_gui.ui.mark_groups import MarkGroup, gathered, group_at

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from colorquant_gui.ui.charts.plot import Plot

_MARK = 5.0  # half the width of a mark
_APART = 26.0  # logical pixels from one mark to the next: a number has room
_REACH = 8.0  # how near the pointer must be to read one
_BAND = 0.14  # opacity


def mark_groups(plot: Plot) -> tuple[MarkGroup, ...]:
    """Return the marks of a plot as they are drawn.

    Parameters
    ----------
    plot : Plot
        Whose content has them.

    Returns
    -------
    tuple of MarkGroup
        From left to right, in logical pixels of the plot.
    """
    marks = plot.content.marks
    if not marks:
        return ()
    numbers = [round(mark.x) for mark in marks]
    places = dict(zip(numbers, plot.across(np.array(numbers, np.float64)).tolist(), strict=True))
    texts = {number: mark.text for number, mark in zip(numbers, marks, strict=True)}
    # what is written beside them tells others apart
    least = 0.0 if any(mark.label for mark in marks) else _APART
    return gathered(texts, places.__getitem__, least)


def tip_at(plot: Plot, x: float) -> str:
    """Return what the marks near a place say; "" where there are none.

    Parameters
    ----------
    plot : Plot
        Whose marks.
    x : float
        Logical pixels from the left of the plot.
    """
    groups = mark_groups(plot)
    inside = next((group for group in groups if group.x <= x <= group.end), None)
    group = inside or group_at(groups, x, _REACH)
    return "" if group is None else group.describe(plot.content.mark_words)


def paint_groups(painter: QPainter, plot: Plot) -> None:
    """Paint marks along the bottom: a triangle, or as far as many reach, and how many they are.

    Parameters
    ----------
    painter : QPainter
        An active painter, in logical pixels of the plot.
    plot : Plot
        Whose marks.
    """
    look, area = plot.look, plot.area()
    band = QColor(look.soft)
    band.setAlphaF(_BAND)
    for group in mark_groups(plot):
        tip = QPointF(group.x, area.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        painter.drawRect(QRectF(group.x, area.top(), group.end - group.x, area.height()))
        painter.setPen(QPen(look.soft, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(tip.x(), area.top()), QPointF(tip.x(), area.bottom() - _MARK))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ink)
        left, right = tip + QPointF(-_MARK, 0), tip + QPointF(_MARK, 0)
        painter.drawPolygon(QPolygonF([left, right, tip - QPointF(0, 1.4 * _MARK)]))
        if len(group) > 1:
            _write_count(painter, plot, QPointF(group.x + 3, area.top()), len(group))


def _write_count(painter: QPainter, plot: Plot, corner: QPointF, count: int) -> None:
    """Write how many events there are, so that a line behind it doesn't cross it out."""
    painter.setFont(plot.look.font)
    text, metrics = f"×{count}", painter.fontMetrics()
    painter.fillRect(
        QRectF(corner.x() - 1, corner.y(), metrics.horizontalAdvance(text) + 2, metrics.height()),
        plot.look.background,
    )
    painter.setPen(plot.look.text)
    painter.drawText(corner + QPointF(0, metrics.ascent()), text)
