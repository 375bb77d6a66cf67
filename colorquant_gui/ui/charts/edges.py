"""The edges of a plot: where x ends, where a line leaves, and what is written beside marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPen

from colorquant_gui.ui.charts.free_room import FreeRoom, level_text_box

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from colorquant_gui.ui.charts.plot import Plot

_SHADE, _BEHIND = 0.10, 0.85  # opacity of what lies beyond, and of what lies behind a text
_DOT = 3.5
_GAP = 4.0  # from what a text belongs to
_ABOVE_MARK = 12.0  # between a text and the end of the plot that its mark is at


def paint_limit(painter: QPainter, plot: Plot) -> None:
    """Shade what lies beyond the last place along x, and say why nothing is there.

    Parameters
    ----------
    painter : QPainter
        An active painter, in logical pixels of the plot.
    plot : Plot
        Whose content has it.
    """
    limit, look, area = plot.content.limit, plot.look, plot.area()
    if limit is None:
        return
    left = plot.pixel(limit.x).x()
    if left >= area.right():
        return
    shade = QColor(look.soft)
    shade.setAlphaF(_SHADE)
    beyond = QRectF(left, area.top(), area.right() - left, area.height())
    painter.fillRect(beyond, shade)
    painter.setPen(QPen(look.soft, 1))
    painter.drawLine(beyond.topLeft(), beyond.bottomLeft())
    painter.setFont(look.font)
    room = beyond.adjusted(4 * _GAP, 5 * _GAP, -2 * _GAP, -4 * _GAP)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    needed = painter.fontMetrics().boundingRect(room.toRect(), int(flags), limit.text)
    if room.width() > 0 and room.contains(QRectF(needed)):
        painter.setPen(look.text)
        painter.drawText(room, int(flags), limit.text)


def paint_exit(painter: QPainter, plot: Plot) -> None:
    """Paint how the first line leaves for a value that has no place, with that value.

    Parameters
    ----------
    painter, plot
        As for `paint_limit`.
    """
    leaving, look, area = plot.content.leaving, plot.look, plot.area()
    if leaving is None:
        return
    x = plot.pixel(leaving.x).x()
    end = QPointF(x, area.top() + _DOT if leaving.up else area.bottom() - _DOT)
    if leaving.start is not None:
        painter.setPen(QPen(look.ink, 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(plot.pixel(*leaving.start), end)
    painter.setPen(QPen(look.ink, 1.2))
    painter.setBrush(QBrush(look.background))
    painter.drawEllipse(end, _DOT, _DOT)
    painter.setFont(look.font)
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(leaving.text), metrics.height()
    left = x + _DOT + _GAP
    if left + width > area.right():
        left = x - _DOT - _GAP - width
    top = area.top() if leaving.up else area.bottom() - height
    painter.setPen(look.text)
    painter.drawText(
        QRectF(left, top, width, height), int(Qt.AlignmentFlag.AlignLeft), leaving.text
    )


def paint_labels(painter: QPainter, plot: Plot) -> None:
    """Write what stands beside marks, above everything else.

    Parameters
    ----------
    painter, plot
        As for `paint_limit`.
    """
    painter.setFont(plot.look.font)
    behind = QColor(plot.look.background)
    behind.setAlphaF(_BEHIND)
    for text, box in label_boxes(plot):
        painter.fillRect(box, behind)
        painter.setPen(plot.look.text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), text)


def label_boxes(plot: Plot) -> list[tuple[str, QRectF]]:
    """Return what is written beside marks, and where: what would hide a line is left out.

    Parameters
    ----------
    plot : Plot
        Whose content has the marks.
    """
    marks = [mark for mark in plot.content.marks if mark.label]
    if not marks:
        return []
    area, metrics, room = plot.area(), QFontMetricsF(plot.look.font), FreeRoom(plot)
    height = metrics.height()
    rows = np.arange(area.top(), area.bottom() - height - _ABOVE_MARK, height / 2)
    found = []
    for mark in marks:
        x, width = plot.pixel(mark.x).x(), metrics.horizontalAdvance(mark.label)
        past_level = max(x, level_text_box(plot).right() + _GAP) + _GAP
        lefts = (x + _GAP, past_level, x - _GAP - width)
        within = [left for left in lefts if area.left() <= left <= area.right() - width]
        boxes = (QRectF(left, top, width, height) for top in rows.tolist() for left in within)
        box = next((box for box in boxes if not room.taken(box)), None)
        if box is not None:
            found.append((mark.label, box))
            room.take([box])
    return found
