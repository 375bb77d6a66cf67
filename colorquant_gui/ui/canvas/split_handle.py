"""SplitHandle: the line between before and after, where it is and how it looks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QTransform

from colorquant_gui.ui.canvas.painting import paint_arrowheads

_REACH = 10.0
_GRIP_RADIUS = 14.0
_LINE = QColor(255, 255, 255)
_SHADE = QColor(0, 0, 0, 90)
_MARK = QColor(40, 40, 40)
_TRANSPOSED = QTransform(0, 1, 1, 0, 0, 0)


class SplitHandle:
    """The handle at one position.

    White with a dark edge, so that it shows on any picture. A horizontal line is a vertical one
    with x and y exchanged.

    Parameters
    ----------
    position : float
        Where the line is, in logical pixels of the canvas: its x, or y where it is horizontal.
    orientation : Qt.Orientation
        Of the line.
    picture : QRectF
        The visible part of the picture.
    canvas : QRectF
        The canvas; the grip stays inside it.
    """

    def __init__(
        self, position: float, orientation: Qt.Orientation, picture: QRectF, canvas: QRectF
    ) -> None:
        room = _GRIP_RADIUS + 2
        self._is_horizontal = orientation is Qt.Orientation.Horizontal
        self._turn = _TRANSPOSED if self._is_horizontal else QTransform()
        canvas = self._turn.mapRect(canvas)
        self._x = position
        self._picture = self._turn.mapRect(picture)
        self._grip = QPointF(
            max(min(position, canvas.right() - room), canvas.left() + room),
            self._picture.center().y(),
        )

    @property
    def position(self) -> float:
        """Where the line is."""
        return self._x

    @property
    def grip(self) -> QPointF:
        """The middle of the grip."""
        return self._turn.map(self._grip)

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cursor that tells which way it can be moved."""
        if self._is_horizontal:
            return Qt.CursorShape.SplitVCursor
        return Qt.CursorShape.SplitHCursor

    def across(self, place: QPointF) -> float:
        """Return the coordinate of a place in which the handle moves."""
        return place.y() if self._is_horizontal else place.x()

    def areas(self) -> list[QRectF]:
        """Return what has to stay free for it to be seen and grabbed: its grip and its line."""
        reach = QPointF(_GRIP_RADIUS + 2, _GRIP_RADIUS + 2)
        line = QRectF(self._x - 2, self._picture.top(), 4, self._picture.height())
        grip = QRectF(self._grip - reach, self._grip + reach)
        return [self._turn.mapRect(grip), self._turn.mapRect(line)]

    def contains(self, place: QPointF) -> bool:
        """Whether a press at a place takes hold of the line or of the grip."""
        place = self._turn.map(place)
        offset = place - self._grip
        on_grip = QPointF.dotProduct(offset, offset) <= (_GRIP_RADIUS + 2) ** 2
        beside_line = self._picture.top() <= place.y() <= self._picture.bottom()
        return on_grip or (beside_line and abs(place.x() - self._x) <= _REACH)

    def paint(self, painter: QPainter, palette: QPalette, *, focused: bool) -> None:
        """Draw it, its grip ringed in the accent colour where the keyboard moves it."""
        painter.save()
        painter.setTransform(self._turn, True)
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
        painter.restore()
