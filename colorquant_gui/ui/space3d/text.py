"""Text that reads on top of anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_HALO = 2.5


def draw_text(
    painter: QPainter,
    center: QPointF,
    text: str,
    font: QFont,
    rgb: tuple[int, int, int],
    halo: tuple[int, int, int],
) -> None:
    """Draw a text with a halo.

    Parameters
    ----------
    painter : QPainter
        An active painter.
    center : QPointF
        Centre of the text: half its advance, half the height of its capitals.
    text : str
        What to write.
    font : QFont
        Its font.
    rgb, halo : tuple of 3 ints
        Colours of the text and of what surrounds it, 0..255.
    """
    metrics = QFontMetricsF(font)
    base = center + QPointF(-metrics.horizontalAdvance(text) / 2, metrics.capHeight() / 2)
    path = QPainterPath()
    path.addText(base, font, text)
    pen = QPen(QColor(*halo, 190), _HALO)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.setFont(font)
    painter.setPen(QColor(*rgb))
    painter.drawText(base, text)
