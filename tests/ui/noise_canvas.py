"""A canvas on a screen with a large picture of noise, and what is seen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent

from colorquant_gui.ui.canvas import Canvas

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 600, 480
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def canvas_with_noise(qtbot: QtBot) -> Canvas:
    """Noise of 1000 x 800 and an inverted result, at 100 %, without minimap."""
    made = Canvas()
    qtbot.addWidget(made)
    made.setFixedSize(WIDTH, HEIGHT)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.set_captions("", "")
    made.set_minimap(False)
    open_noise(made)
    made.setFocus()
    return made


def open_noise(canvas: Canvas, height: int = 800, width: int = 1000) -> None:
    numbers = np.random.default_rng(5).integers(0, 256, (height, width)).astype(np.int32)
    canvas.set_picture(GREYS[numbers], None, numbers)
    canvas.set_labels(np.arange(256, dtype=np.uint8), 255 - GREYS)
    canvas.zoom_actual_size()


GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)


def pixels(canvas: QWidget) -> NDArray[np.uint8]:
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def move(canvas: QWidget, place: QPoint, held: Qt.MouseButton = NO_BUTTON) -> None:
    at, plain = QPointF(canvas.mapToGlobal(place)), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), at, NO_BUTTON, held, plain)
    QCoreApplication.sendEvent(canvas, event)


def pixel_under(canvas: Canvas, place: QPoint) -> tuple[int, int]:
    heard: list[object] = []
    QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    canvas.pixelHovered.connect(heard.append)
    move(canvas, place)
    canvas.pixelHovered.disconnect(heard.append)
    assert isinstance(heard[0], tuple)
    return heard[0]
