"""WaySign: a button at the edge of the view that points to what is out of view."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from colorquant_gui.ui.canvas.painting import paint_caption_ground

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EDGE = 12.0
_PADDING = 8.0
_GAP = 8.0
_STEP = 8.0
# The corners of an arrow to the right, in heights of a line: its tip first.
_ARROW = ((0.5, 0.0), (-0.4, -0.42), (-0.18, 0.0), (-0.4, 0.42))


class WaySign(QAbstractButton):
    """Says how many pixels stand out of view, and in which direction the nearest one is.

    Parameters
    ----------
    parent : QWidget, optional
        The widget that it lies over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waySign")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Go to the nearest one"))
        self._angle = 0.0
        self.hide()

    def show_way(
        self, text: str, target: QPointF, area: QRectF, font: QFont, taken: Sequence[QRectF]
    ) -> None:
        """Appear at the edge of an area, as near to the way there as there is room.

        Parameters
        ----------
        text : str
            What to say.
        target : QPointF
            What to point at, outside the area, in logical pixels of the widget below.
        area : QRectF
            What is in view.
        font : QFont
            To write with.
        taken : sequence of QRectF
            What had better not be covered.
        """
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        self.setFont(font)
        size = QSizeF(self.sizeHint())
        room = area.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        place = place_at_edge(size, target, room, taken)
        self.setGeometry(place.toAlignedRect())
        toward = target - place.center()
        angle = math.degrees(math.atan2(toward.y(), toward.x()))
        if angle != self._angle:
            self._angle = angle
            self.update()
        self.setVisible(True)

    @property
    def angle(self) -> float:
        """Where it points, in degrees: 0 to the right, 90 down."""
        return self._angle

    def sizeHint(self) -> QSize:
        """Return the room that arrow and words take."""
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self.text()) + metrics.height() + _GAP + 2 * _PADDING
        return QSizeF(width, metrics.height() + _PADDING).toSize() + QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it like a caption, with a ring where it has the keys."""
        white = QColor(Qt.GlobalColor.white)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect())
            paint_caption_ground(painter, area)
            side = QFontMetricsF(self.font()).height()
            painter.save()
            painter.translate(_PADDING + side / 2, area.center().y())
            painter.rotate(self._angle)
            painter.setBrush(white)
            painter.drawPolygon([QPointF(x * side, y * side) for x, y in _ARROW])
            painter.restore()
            painter.setPen(white)
            words = area.adjusted(_PADDING + side + _GAP, 0, 0, 0)
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(words, left, self.text())
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
                painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)


def place_at_edge(size: QSizeF, target: QPointF, room: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """Find a place along the edge of an area, on the way from its middle to somewhere outside.

    Parameters
    ----------
    size : QSizeF
        What it takes.
    target : QPointF
        Somewhere outside.
    room : QRectF
        The area.
    taken : sequence of QRectF
        Parts that are not free.

    Returns
    -------
    QRectF
        Free, and as near to the way as can be; on the way where nothing is free.
    """
    across = max((room.width() - size.width()) / 2, 0.0)
    down = max((room.height() - size.height()) / 2, 0.0)
    toward = target - room.center()
    reach = max(abs(toward.x()) / max(across, 1e-9), abs(toward.y()) / max(down, 1e-9), 1e-9)
    ideal = toward / reach
    for offset in _along_edge(across, down, ideal):
        place = QRectF(QPointF(), size)
        place.moveCenter(room.center() + offset)
        around = place.adjusted(-4, -4, 4, 4)
        if not any(around.intersects(other) for other in taken):
            return place
    place = QRectF(QPointF(), size)
    place.moveCenter(room.center() + ideal)
    return place


def _along_edge(across: float, down: float, ideal: QPointF) -> Iterator[QPointF]:
    """Walk along the edge of a rectangle around (0, 0), nearest to some place of it first."""
    yield ideal
    along = []
    for n in range(int(2 * across // _STEP) + 1):
        along += [QPointF(n * _STEP - across, -down), QPointF(n * _STEP - across, down)]
    for n in range(int(2 * down // _STEP) + 1):
        along += [QPointF(-across, n * _STEP - down), QPointF(across, n * _STEP - down)]
    yield from sorted(along, key=lambda one: QPointF.dotProduct(one - ideal, one - ideal))
