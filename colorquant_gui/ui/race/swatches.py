"""SwatchStrip: picked colours in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from colorquant_gui.ui.formatting import hex_color

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent

    from colorquant_gui.core.picks import Color

_GAP = 2


class SwatchStrip(QWidget):
    """Squares of colour from left to right; where they don't fit they get narrower.

    Parameters
    ----------
    side : int
        Height, and width of a square where there is room, in logical pixels.
    parent : QWidget, optional
        Qt parent.
    """

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._colors: tuple[Color, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(side)

    def sizeHint(self) -> QSize:
        """Room for some."""
        return QSize(8 * (self._side + _GAP), self._side)

    def set_colors(self, colors: Sequence[Color]) -> None:
        """Show these sRGB colours, 0..255."""
        self._colors = tuple(colors)
        names = ", ".join(hex_color(*color) for color in self._colors)
        self.setToolTip(names)
        self.setAccessibleDescription(names)
        self.update()

    def swatch_rects(self) -> list[QRectF]:
        """Return where the swatches are."""
        if not self._colors:
            return []
        step = min(self._side + _GAP, self.width() / len(self._colors))
        width = max(1.0, step - (_GAP if step > 3 * _GAP else 0))
        return [QRectF(i * step, 0, width, self._side) for i in range(len(self._colors))]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the squares."""
        painter = QPainter(self)
        outline = self.palette().color(QPalette.ColorRole.Mid)
        for color, place in zip(self._colors, self.swatch_rects(), strict=True):
            painter.fillRect(place, QColor(*color))
            if place.width() > 6:
                painter.setPen(outline)
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        self.update()
