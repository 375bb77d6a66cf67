"""The ground of words and buttons that lie over the cloud."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

_OPACITY = 220
_ROUND = 4


def paint_ground(painter: QPainter, area: QRectF, color: QColor) -> None:
    """Draw a ground that the cloud hardly shines through, however bright it is.

    Parameters
    ----------
    painter : QPainter
        An active painter; leaves it without a pen, drawing smooth edges.
    area : QRectF
        Where, in its pixels.
    color : QColor
        Of the ground; how opaque it is makes no difference.
    """
    ground = QColor(color)
    ground.setAlpha(_OPACITY)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(area, _ROUND, _ROUND)
