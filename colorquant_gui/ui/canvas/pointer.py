"""Pointer: what is under the mouse pointer, told no more often than the screen shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer, Signal, Slot

if TYPE_CHECKING:
    from colorquant_gui.ui.canvas.layers import Layers, PixelColors
    from colorquant_gui.ui.canvas.stage import Stage

_FRAME_MS = 16


class Pointer(QObject):
    """Looks up what is under a place of the canvas, and tells what has changed.

    `pixelHovered` is told at once; colours, which others follow with work of their own, once a
    frame, and the last ones always.

    Parameters
    ----------
    stage : Stage
        Where the picture is.
    layers : Layers
        The picture.
    parent : QObject, optional
        Its owner.
    """

    pixelHovered = Signal(object)
    colorHovered = Signal(object)
    colorsUnderPointer = Signal(object)

    def __init__(self, stage: Stage, layers: Layers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._layers = layers
        self._place: QPointF | None = None
        self._pixel: tuple[int, int] | None = None
        self._color: int | None = None
        self._colors: PixelColors | None = None
        self._timer = QTimer(self)
        self._timer.setObjectName("pointerTimer")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._tell)
        self._is_pending = False

    @property
    def place(self) -> QPointF | None:
        """Where it is, in logical pixels of the canvas; None where it is elsewhere."""
        return self._place

    @property
    def pixel(self) -> tuple[int, int] | None:
        """The image pixel (column, row) under it, or None."""
        return self._pixel

    def follow(self, place: QPointF | None) -> None:
        """Be at a place of the canvas, or elsewhere."""
        self._place = place
        self.look()

    def look(self) -> None:
        """Look again, for what is under it may have changed."""
        pixel = None if self._place is None else self._stage.pixel_at(self._place)
        has_moved = pixel != self._pixel
        if has_moved:
            self._pixel = pixel
            self.pixelHovered.emit(pixel)
        if has_moved or pixel is not None:
            self._is_pending = True
            if not self._timer.isActive():
                self._tell()

    def flush(self) -> None:
        """Tell now what there is to tell."""
        self._timer.stop()
        self._tell()
        self._timer.stop()

    def color_at(self, place: QPointF) -> int | None:
        """Return the number of the colour at a place; None beside the picture."""
        pixel = self._stage.pixel_at(place)
        return None if pixel is None else self._layers.number_at(*pixel)

    @Slot()
    def _tell(self) -> None:
        if not self._is_pending:
            return
        self._is_pending = False
        pixel = self._pixel if self._layers.picture is not None else None
        color = None if pixel is None else self._layers.number_at(*pixel)
        colors = None if pixel is None else self._layers.colors_at(*pixel)
        if color == self._color and colors == self._colors:
            return
        self._timer.start()
        is_other, self._color, self._colors = color != self._color, color, colors
        if is_other:
            self.colorHovered.emit(color)
        self.colorsUnderPointer.emit(colors)
