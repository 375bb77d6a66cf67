"""Text that reads on top of anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from colorquant_gui.ui.space3d.shapes import Label

_HALO = 2.5
# A plate is that much wider and higher than its text on each side.
PLATE_X, PLATE_Y = 6.0, 4.0
_PLATE_OPACITY = 236


def bold(font: QFont) -> QFont:
    """Return the font of an axis name."""
    copy = QFont(font)
    copy.setBold(True)
    return copy


def text_size(font: QFont, text: str, is_bold: bool) -> tuple[float, float]:
    """Return the width and height in logical pixels that a text takes up, without a plate."""
    metrics = QFontMetricsF(bold(font) if is_bold else font)
    return metrics.horizontalAdvance(text), metrics.capHeight() + 4.0


def draw_label(
    painter: QPainter, center: QPointF, label: Label, font: QFont, halo: tuple[int, int, int, int]
) -> None:
    """Draw a text with a halo, or on its plate; its own place and opacity don't matter.

    Parameters
    ----------
    painter : QPainter
        An active painter.
    center : QPointF
        Centre of the text: half its advance, half the height of its capitals.
    label : Label
        What to write.
    font : QFont
        The font of what is not bold.
    halo : tuple of 4 ints
        Colour of what surrounds the text, RGBA, 0..255.
    """
    font = bold(font) if label.bold else font
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(label.text), metrics.capHeight()
    base = center + QPointF(-width / 2, height / 2)
    if label.plate is None:
        path = QPainterPath()
        path.addText(base, font, label.text)
        pen = QPen(QColor(*halo), _HALO)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
    else:
        area = QRectF(0.0, 0.0, width + 2 * PLATE_X, height + 2 * PLATE_Y + 2.0)
        area.moveCenter(center)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*label.plate, _PLATE_OPACITY))
        painter.drawRoundedRect(area, 4.0, 4.0)
    painter.setFont(font)
    painter.setPen(QColor(*label.rgb))
    painter.drawText(base, label.text)
