"""A canvas on which few pixels stand out, mostly out of view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.canvas.way_sign import WaySign
from tests.ui.canvas_shown import shown_canvas
from tests.ui.painted import pixels
from tests.ui.whole_window import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.canvas import Canvas
    from colorquant_gui.ui.canvas.minimap import Minimap

WIDTH, HEIGHT = 600, 400


def lit_canvas(qtbot: QtBot) -> Canvas:
    """A canvas of that size with captions, and without a picture yet."""
    canvas = shown_canvas(qtbot, WIDTH, HEIGHT, has_keys=True)
    canvas.set_captions("Original", "Result")
    return canvas


def show(canvas: Canvas, size: tuple[int, int], lit: list[tuple[int, int]]) -> None:
    """Show a grey picture at 100 %, in which some pixels (column, row) have colour number 1."""
    numbers = np.zeros(size[::-1], np.int32)
    for x, y in lit:
        numbers[y, x] = 1
    canvas.set_picture(np.full((*size[::-1], 3), 128, np.uint8), None, numbers)
    canvas.set_labels(np.array([0, 1], np.uint8), np.full((2, 3), 128, np.uint8))
    canvas.zoom_actual_size()


def sign(canvas: Canvas) -> WaySign:
    found: WaySign = child(canvas, WaySign, "waySign")
    return found


def settle(qtbot: QtBot) -> None:
    """Long enough for a search that should not be."""
    qtbot.wait(200)


def dots_of(overview: Minimap) -> np.ndarray:
    """Where the overview is white, but for the frame of the view."""
    white = pixels(overview).min(axis=2) > 235
    view = overview.view_area().adjusted(-3, -3, 3, 3).toAlignedRect()
    white[max(view.top(), 0) : view.bottom() + 1, max(view.left(), 0) : view.right() + 1] = False
    return white
