"""What is seen of a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget


def as_rgb(image: QImage) -> NDArray[np.uint8]:
    """A picture of Qt's as an array, (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def as_array(image: QImage) -> NDArray[np.int64]:
    """The same with its opacity, (height, width, 4), not premultiplied."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).astype(int)


def pixels(widget: QWidget) -> NDArray[np.uint8]:
    """What is painted, (height, width, 3)."""
    return as_rgb(widget.grab().toImage())
