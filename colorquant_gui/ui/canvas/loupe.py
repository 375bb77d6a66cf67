"""Loupe: a round magnifier at the pointer, the original in its left half, then the result."""

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
        # an image pixel is 8 logical ones, or twice as large as it is shown where that is more
        side = max(LOUPE_ZOOM, min(2 * self._stage.viewport.zoom / self._stage.ratio, 32.0))
        circle = QPainterPath()
        circle.addEllipse(place, LOUPE_RADIUS, LOUPE_RADIUS)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(circle)
        painter.fillPath(circle, palette.color(QPalette.ColorRole.Dark))
        self._paint_pixels(painter, place, pixel, side, ground)
        painter.restore()
        self._paint_frame(painter, place, side)

    def _paint_pixels(
        self,
        painter: QPainter,
        place: QPointF,
        pixel: tuple[int, int],
        side: float,
        ground: QBrush,
    ) -> None:
        picture, coloring = self._layers.picture, self._layers.coloring
        if picture is None:
            return
        reach = int(LOUPE_RADIUS / side) + 2
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
            right.addRect(
                QRectF(place.x(), place.y() - LOUPE_RADIUS, LOUPE_RADIUS, 2 * LOUPE_RADIUS)
            )
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

    def _paint_frame(self, painter: QPainter, place: QPointF, side: float) -> None:
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
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
            painter.drawEllipse(place, LOUPE_RADIUS, LOUPE_RADIUS)
        painter.restore()
