"""The pointer over a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.canvas import Canvas

_NONE = Qt.MouseButton.NoButton


def move(widget: QWidget, place: QPoint, held: Qt.MouseButton = _NONE) -> None:
    """Move the pointer at once; QTest moves the screen's, and its events come when they come."""
    at, plain = QPointF(widget.mapToGlobal(place)), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), at, _NONE, held, plain)
    QCoreApplication.sendEvent(widget, event)


def pixel_under(canvas: Canvas, place: QPoint) -> tuple[int, int]:
    """The image pixel that the canvas tells when the pointer comes from outside."""
    heard: list[object] = []
    QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    canvas.pixelHovered.connect(heard.append)
    move(canvas, place)
    canvas.pixelHovered.disconnect(heard.append)
    assert len(heard) == 1
    assert isinstance(heard[0], tuple)
    return heard[0]
