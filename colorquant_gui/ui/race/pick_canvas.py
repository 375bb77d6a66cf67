"""PickCanvas: a picture to click colours in, with a numbered ring around each that was clicked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from colorquant_gui.ui.canvas import Canvas
from colorquant_gui.ui.canvas.loupe import LOUPE_RADIUS
from colorquant_gui.ui.canvas.painting import paint_label
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.canvas.window import Window

    Pixel = tuple[int, int]

# Lengths are logical pixels. The ring leaves free what it is about.
_LEAST_RADIUS, _GAP = 6.0, 3.0
_LINES = ((QColor(0, 0, 0, 200), 5.0), (QColor(255, 255, 255), 2.0))
_FONT_SCALE = 0.85
_PADDING = 3.0


class PickCanvas(Canvas):
    """A canvas that says which pixel was clicked, and marks some.

    Attributes
    ----------
    pixelClicked : Signal(object)
        A click that was no drag: column and row of an image pixel, None beside the picture.

    Parameters
    ----------
    parent : QWidget, optional
        Its owner.
    """

    pixelClicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: dict[int, Pixel] = {}
        self._gestures.clicked.connect(
            lambda place: self.pixelClicked.emit(self._stage.pixel_at(place))
        )

    def set_marks(self, marks: Mapping[int, Pixel]) -> None:
        """Mark pixels.

        Parameters
        ----------
        marks : mapping of int to (int, int)
            Column and row of each pixel, by the number that is written beside it.
        """
        if dict(marks) != self._marks:
            self._marks = dict(marks)
            self.update()

    def mark_places(self) -> dict[int, QRectF]:
        """Return the rings that are in view, by their numbers, in logical pixels."""
        window = self._stage.viewport.window()
        if window is None or self._layers.picture is None:
            return {}
        rings = {number: self._ring(window, *pixel) for number, pixel in self._marks.items()}
        return {number: ring for number, ring in rings.items() if self._stage.area.intersects(ring)}

    def _ring(self, window: Window, column: int, row: int) -> QRectF:
        ratio = self._stage.ratio
        across = window.shown_width / window.picture_width
        down = window.shown_height / window.picture_height
        middle = QPointF(
            window.left - window.skip_x + (column + 0.5) * across,
            window.top - window.skip_y + (row + 0.5) * down,
        )
        # all of a large pixel
        radius = max(_LEAST_RADIUS, math.hypot(across, down) / 2 / ratio + _GAP)
        ring = QRectF(0, 0, 2 * radius, 2 * radius)
        ring.moveCenter(middle / ratio)
        return ring

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks over everything else, except for the loupe."""
        super().paintEvent(event)
        rings = self.mark_places()
        if not rings:
            return
        loupe = self._scene.loupe_place
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = tabular_font(QFont(self.font()))
            font.setPointSizeF(font.pointSizeF() * _FONT_SCALE)
            painter.setFont(font)
            for number, ring in rings.items():
                apart = ring.center() - (loupe or QPointF())
                if loupe is None or math.hypot(apart.x(), apart.y()) > LOUPE_RADIUS:
                    _paint_mark(painter, ring, str(number), self._stage.area)


def _paint_mark(painter: QPainter, ring: QRectF, text: str, area: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in _LINES:
        painter.setPen(QPen(color, width))
        painter.drawEllipse(ring)
    metrics = QFontMetricsF(painter.font())
    label = QRectF(0, 0, metrics.horizontalAdvance(text) + 2 * _PADDING, metrics.height())
    # up to the right, where it touches the ring, or elsewhere where that would be out of view
    reach = ring.width() / 2 * math.sqrt(0.5)
    label.moveBottomLeft(ring.center() + QPointF(reach, -reach))
    if label.right() > area.right():
        label.moveRight(ring.center().x() - reach)
    if label.top() < area.top():
        label.moveTop(ring.center().y() + reach)
    paint_label(painter, text, label)
