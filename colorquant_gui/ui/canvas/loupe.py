"""Loupe: a round magnifier at the pointer, the original in its left half, then the result.

Near an edge of the canvas it stays whole, beside the pointer. What is pointed at is in its middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPalette, QPen

from colorquant_gui.ui.canvas import rendering

if TYPE_CHECKING:
    from colorquant_gui.ui.canvas.layers import Layers
    from colorquant_gui.ui.canvas.stage import Stage

LOUPE_RADIUS = 84.0
LOUPE_ZOOM = 8.0
_LIGHT = QColor(255, 255, 255, 230)
_SHADE = QColor(0, 0, 0, 150)
_TICK = 10.0
_EDGE_GAP = 4.0
_MARK = 5.0


class Loupe:
    """Magnifies what is under a place.

    Parameters
    ----------
    stage : Stage
        Where the picture is.
    layers : Layers
        The picture.
    """

    def __init__(self, stage: Stage, layers: Layers) -> None:
        self._stage = stage
        self._layers = layers
        self._obstacles: list[QRectF] = []

    def keep_clear_of(self, obstacles: list[QRectF]) -> None:
        """Take note of what lies over the canvas, and would cover the loupe."""
        self._obstacles = obstacles

    def paint(self, painter: QPainter, place: QPointF, ground: QBrush, palette: QPalette) -> None:
        """Draw it.

        Parameters
        ----------
        painter : QPainter
            In logical pixels of the canvas.
        place : QPointF
            Where the pointer is.
        ground : QBrush
            What shows through transparent pixels.
        palette : QPalette
            The theme.
        """
        pixel = self._stage.pixel_at(place)
        if pixel is None:
            return
        middle, radius = self._within(place)
        if middle != place:
            self._paint_mark(painter, place)
        # an image pixel is 8 logical ones, or twice as large as it is shown where that is more
        side = max(LOUPE_ZOOM, min(2 * self._stage.viewport.zoom / self._stage.ratio, 32.0))
        circle = QPainterPath()
        circle.addEllipse(middle, radius, radius)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(circle)
        painter.fillPath(circle, palette.color(QPalette.ColorRole.Dark))
        self._paint_pixels(painter, circle.boundingRect(), pixel, side, ground)
        painter.restore()
        self._paint_frame(painter, circle.boundingRect(), side)

    def _within(self, place: QPointF) -> tuple[QPointF, float]:
        """Return the middle and the radius of the loupe, so that all of it is on the canvas."""
        area = self._stage.area
        shorter = min(area.width(), area.height())
        radius = min(LOUPE_RADIUS, max(1.0, shorter / 2 - _EDGE_GAP))
        room = radius + _EDGE_GAP
        free = area.adjusted(room, room, -room, -room)
        middle = _nearest(free, place)
        for obstacle in self._obstacles:
            near = obstacle.adjusted(-room, -room, room, room)
            if near.contains(middle):
                ways_out = [
                    QPointF(near.left(), middle.y()),
                    QPointF(near.right(), middle.y()),
                    QPointF(middle.x(), near.top()),
                    QPointF(middle.x(), near.bottom()),
                ]
                inside = [way for way in ways_out if _nearest(free, way) == way]
                middle = min(inside, key=lambda way: _distance(way, place), default=middle)
        return middle, radius

    def _paint_pixels(
        self,
        painter: QPainter,
        bounds: QRectF,
        pixel: tuple[int, int],
        side: float,
        ground: QBrush,
    ) -> None:
        picture, coloring = self._layers.picture, self._layers.coloring
        if picture is None:
            return
        place = bounds.center()
        reach = int(bounds.width() / 2 / side) + 2
        columns = slice(max(0, pixel[0] - reach), min(picture.width, pixel[0] + reach + 1))
        rows = slice(max(0, pixel[1] - reach), min(picture.height, pixel[1] + reach + 1))
        target = QRectF(
            place.x() + (columns.start - pixel[0] - 0.5) * side,
            place.y() + (rows.start - pixel[1] - 0.5) * side,
            (columns.stop - columns.start) * side,
            (rows.stop - rows.start) * side,
        )
        self._paint_patch(painter, target, rendering.original_patch(picture, rows, columns), ground)
        if coloring is not None and self._stage.can_compare:
            right = QPainterPath()
            right.addRect(QRectF(QPointF(place.x(), bounds.top()), bounds.bottomRight()))
            painter.setClipPath(right, Qt.ClipOperation.IntersectClip)
            patch = rendering.result_patch(picture, coloring, rows, columns)
            self._paint_patch(painter, target, patch, ground)

    def _paint_patch(
        self, painter: QPainter, target: QRectF, patch: QImage, ground: QBrush
    ) -> None:
        if patch.hasAlphaChannel():
            ratio = self._stage.ratio
            painter.save()
            painter.scale(1 / ratio, 1 / ratio)
            painter.fillRect(QRectF(target.topLeft() * ratio, target.bottomRight() * ratio), ground)
            painter.restore()
        painter.drawImage(target, patch)

    @staticmethod
    def _paint_mark(painter: QPainter, place: QPointF) -> None:
        """Mark what is pointed at, for the cursor is hidden and the loupe is elsewhere."""
        painter.save()
        for color, width in ((_SHADE, 4.0), (_LIGHT, 2.0)):
            painter.setPen(QPen(color, width))
            for way in (QPointF(_MARK, 0), QPointF(0, _MARK)):
                painter.drawLine(place - way, place + way)
        painter.restore()

    @staticmethod
    def _paint_frame(painter: QPainter, bounds: QRectF, side: float) -> None:
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        place = bounds.center()
        half = side / 2
        center = QRectF(place.x() - half, place.y() - half, side, side)
        for color, width, grow in ((_SHADE, 3.0, 1.0), (_LIGHT, 1.0, 1.0)):
            pen = QPen(color, width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawRect(center.adjusted(-grow, -grow, grow, grow))
            for way in (QPointF(0, 1), QPointF(0, -1), QPointF(1, 0), QPointF(-1, 0)):
                painter.drawLine(place + way * (half + 2), place + way * (half + 2 + _TICK))
        for color, width in ((_SHADE, 4.0), (_LIGHT, 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(bounds)
        painter.restore()


def _nearest(area: QRectF, place: QPointF) -> QPointF:
    """Return the place in an area that is nearest to another place."""
    x = max(area.left(), min(place.x(), area.right()))
    y = max(area.top(), min(place.y(), area.bottom()))
    return QPointF(x, y)


def _distance(one: QPointF, other: QPointF) -> float:
    return (one - other).manhattanLength()
