"""Overlay: the moving lines, marks and levels above a plot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.charts.edges import paint_exit, paint_labels, paint_limit
from colorquant_gui.ui.charts.free_room import level_height, level_text_box
from colorquant_gui.ui.charts.marks import paint_groups
from colorquant_gui.ui.charts.note import Note

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from colorquant_gui.ui.charts.content import Line
    from colorquant_gui.ui.charts.plot import Plot

_DOT = 4.0
_HANDLE, _RING = 6.0, 9.0
_ASIDE = 0.55  # opacity of what veils a plot that stands back


class Overlay(QWidget):
    """Lies above a plot and lets the mouse through, so that a moving line costs a strip."""

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plot = plot
        self._note = Note()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw marks and moving lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_marks(painter, self._plot)
        self._note.paint(painter, self._plot)
        if self._plot.pointers.aside:
            veil = QColor(self._plot.look.background)
            veil.setAlphaF(_ASIDE)
            painter.fillRect(self.rect(), veil)
        _paint_pointers(painter, self._plot)
        paint_labels(painter, self._plot)
        painter.end()


def paint_marks(painter: QPainter, plot: Plot) -> None:
    """Paint what stays: marks along the bottom and the level that is to be reached.

    Parameters
    ----------
    painter : QPainter
        An active painter, in logical pixels of the plot.
    plot : Plot
        Whose content it is.
    """
    content, look, area = plot.content, plot.look, plot.area()
    if not content.lines:
        return
    paint_limit(painter, plot)
    paint_groups(painter, plot)
    paint_exit(painter, plot)
    y = level_height(plot)
    if y is not None and content.level is not None:
        painter.setPen(QPen(look.accent, 1.2, Qt.PenStyle.DashLine))
        # along the middle of a row of pixels, or it is blurred
        row = math.floor(y) + 0.5
        painter.drawLine(QPointF(area.left(), row), QPointF(area.right(), row))
        painter.setPen(look.text)
        painter.setFont(look.font)
        side = Qt.AlignmentFlag.AlignRight if content.level.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(level_text_box(plot), side, content.level.text)


def _paint_pointers(painter: QPainter, plot: Plot) -> None:
    content, pointers, look, area = plot.content, plot.pointers, plot.look, plot.area()
    if not content.lines:
        return
    # the accent is what is on show
    accent = look.soft if pointers.aside else look.accent
    if pointers.hover is not None:
        x = plot.pixel(pointers.hover).x()
        painter.setPen(QPen(look.soft, 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    if pointers.playhead is not None:
        x = plot.pixel(pointers.playhead).x()
        if area.left() - 1 <= x <= area.right() + 1:
            painter.setPen(QPen(accent, 1.5))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            if pointers.handle:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.accent)
                painter.drawEllipse(QPointF(x, area.bottom()), _HANDLE, _HANDLE)
            if pointers.handle and pointers.focused:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.accent, 1.5))
                painter.drawEllipse(QPointF(x, area.bottom()), _RING, _RING)
    read = pointers.playhead if pointers.hover is None else pointers.hover
    if read is None:
        return
    color = accent if pointers.hover is None else look.ink
    for line in content.lines:
        _paint_dot(painter, plot, line, read, color if line.ink is None else None)


def _paint_dot(painter: QPainter, plot: Plot, line: Line, x: float, color: QColor | None) -> None:
    value = line.at(x)
    if not math.isfinite(value):
        return
    place = plot.pixel(x, value, right=line.right)
    if math.isfinite(place.y()):
        painter.setPen(QPen(plot.look.background, 1.5))
        painter.setBrush(color or plot.look.line_color(line.ink))
        painter.drawEllipse(place, _DOT, _DOT)
