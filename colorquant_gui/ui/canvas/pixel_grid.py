"""The lines between pixels that are shown large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.window import Window

_FROM_ZOOM, _FULL_ZOOM = 8.0, 16.0
_FAINTEST, _CLEAREST = 16, 36


def paint_pixel_grid(painter: QPainter, window: Window, x: int) -> None:
    """Draw a line of one device pixel between every two pixels, above 800 %.

    It lightens what is dark and darkens all else by the same small amount, so that it shows on any
    picture, and no less in one theme than in the other.

    Parameters
    ----------
    painter : QPainter
        In device pixels of the canvas.
    window : Window
        What is visible of the picture.
    x : int
        Where the pane starts.
    """
    zoom = window.shown_width / window.picture_width
    if zoom <= _FROM_ZOOM:
        return
    share = min(1.0, (zoom - _FROM_ZOOM) / (_FULL_ZOOM - _FROM_ZOOM))
    level = round(_FAINTEST + share * (_CLEAREST - _FAINTEST))
    color = np.uint32(0xFF000000 | level * 0x010101)
    # one image is several times quicker than a line at a time
    lines = np.zeros((window.height, window.width), np.uint32)
    lines[_steps(window.rows())] = color
    lines[:, _steps(window.columns())] = color
    image_format = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(lines.data, window.width, window.height, 4 * window.width, image_format)
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(x + window.left, window.top, image)
    painter.restore()


def _steps(under: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the places where the next pixel begins."""
    return np.flatnonzero(np.diff(under)) + 1
