"""SwatchStrip: picked colours in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from colorquant_gui.core.color_spaces import LINEAR
from colorquant_gui.ui.formatting import hex_color
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent

    from colorquant_gui.core.picks import Color

_GAP = 2
# A number of three digits fits into so much.
_ROOM_FOR_NUMBER = 22
# WCAG 2.2: what each channel adds to the luminance, and from where on black has more contrast.
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
_BRIGHT = 0.179


class SwatchStrip(QWidget):
    """Numbered squares of colour from left to right; where they don't fit they get narrower.

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
        painter.setFont(tabular_font(self.font()))
        places = self.swatch_rects()
        for number, (color, place) in enumerate(zip(self._colors, places, strict=True), start=1):
            painter.fillRect(place, QColor(*color))
            if place.width() >= _ROOM_FOR_NUMBER:
                painter.setPen(_ink(color))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))
            if place.width() > 6:
                painter.setPen(outline)
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        self.update()


def _ink(color: Color) -> Qt.GlobalColor:
    luminance = LINEAR.from_srgb(np.array([color], np.uint8))[0] @ _LUMINANCE
    return Qt.GlobalColor.black if luminance >= _BRIGHT else Qt.GlobalColor.white
