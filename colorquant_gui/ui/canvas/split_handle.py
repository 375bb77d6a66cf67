"""SplitHandle: the line between before and after, where it is and how it looks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from colorquant_gui.ui.canvas.painting import paint_arrowheads

_REACH = 10.0
_GRIP_RADIUS = 14.0
_LINE = QColor(255, 255, 255)
_SHADE = QColor(0, 0, 0, 90)
_MARK = QColor(40, 40, 40)


class SplitHandle:
    """The handle at one position.

    White with a dark edge, so that it shows on any picture.

    Parameters
    ----------
    x : float
        Where the line is, in logical pixels of the canvas.
    picture : QRectF
        The visible part of the picture.
    canvas : QRectF
        The canvas; the grip stays inside it.
    """

    def __init__(self, x: float, picture: QRectF, canvas: QRectF) -> None:
        room = _GRIP_RADIUS + 2
        self._x = x
        self._picture = picture
        self._grip = QPointF(
            max(min(x, canvas.right() - room), canvas.left() + room), picture.center().y()
        )

    @property
    def x(self) -> float:
        """Where the line is."""
        return self._x

    @property
    def grip(self) -> QPointF:
        """The middle of the grip."""
        return self._grip

    def contains(self, place: QPointF) -> bool:
        """Whether a press at a place takes hold of the line or of the grip."""
        offset = place - self._grip
        on_grip = QPointF.dotProduct(offset, offset) <= (_GRIP_RADIUS + 2) ** 2
        beside_line = self._picture.top() <= place.y() <= self._picture.bottom()
        return on_grip or (beside_line and abs(place.x() - self._x) <= _REACH)

    def paint(self, painter: QPainter, palette: QPalette, *, focused: bool) -> None:
        """Draw it, its grip ringed in the accent colour where the keyboard moves it."""
        top, bottom = self._picture.top(), self._picture.bottom()
        painter.fillRect(QRectF(self._x - 2, top, 4, bottom - top), _SHADE)
        painter.fillRect(QRectF(self._x - 1, top, 2, bottom - top), _LINE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADE)
        painter.drawEllipse(self._grip, _GRIP_RADIUS + 1, _GRIP_RADIUS + 1)
        painter.setBrush(_LINE)
        painter.drawEllipse(self._grip, _GRIP_RADIUS, _GRIP_RADIUS)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2.5))
            painter.drawEllipse(self._grip, _GRIP_RADIUS - 1.25, _GRIP_RADIUS - 1.25)
        mark = QPen(_MARK, 2)
        mark.setCapStyle(Qt.PenCapStyle.RoundCap)
        mark.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(mark)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_arrowheads(painter, self._grip, gap=2.5, size=4.0)
