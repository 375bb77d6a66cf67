"""A canvas on a screen with a large picture of noise, and what is seen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from tests.ui.canvas_shown import shown_canvas

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.canvas import Canvas

WIDTH, HEIGHT = 600, 480
LEFT = Qt.MouseButton.LeftButton


def canvas_with_noise(qtbot: QtBot) -> Canvas:
    """Noise of 1000 x 800 and an inverted result, at 100 %, without minimap."""
    made = shown_canvas(qtbot, WIDTH, HEIGHT, has_keys=True)
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
