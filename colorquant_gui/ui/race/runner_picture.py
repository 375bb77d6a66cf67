"""RunnerPicture: the picture in the colours that a runner has found so far, small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

_OPAQUE = 0xFF000000
_MARGIN = 16
# From so many screen pixels a pixel on, pixels are meant to be seen.
_ENLARGED = 2


class RunnerPicture(QWidget):
    """Shows an indexed picture as large as it fits. A frame costs what its few pixels cost.

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._numbers: NDArray[np.int32] | None = None
        self._indices: NDArray[np.uint8] | None = None
        self._table: list[int] = []
        self._message = ""

    def sizeHint(self) -> QSize:
        """Room for a small picture."""
        return QSize(280, 200)

    def minimumSizeHint(self) -> QSize:
        """As small as still tells something."""
        return QSize(96, 72)

    def set_message(self, text: str) -> None:
        """Say why there is nothing to see; "" where there is."""
        self._message = text
        self.update()

    def set_picture(self, color_numbers: NDArray[np.int32] | None) -> None:
        """Take a picture, with no colours yet.

        Parameters
        ----------
        color_numbers : ndarray of int32, shape (height, width), or None
            Number of each pixel's colour, 0..n - 1, or n where it is transparent.
        """
        self._numbers, self._indices = color_numbers, None
        self.update()

    def set_labels(self, labels: NDArray[np.uint8], colors: NDArray[np.uint8]) -> None:
        """Show a result.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            For every colour number the index of its colour.
        colors : ndarray of uint8, shape (k, 3)
            The sRGB colours; k is below 256 where a pixel is transparent.
        """
        if self._numbers is None:
            return
        # one entry more, for transparent pixels; where there are none it is never looked up
        with_nothing = np.append(labels, np.uint8(len(colors) % 256))
        self._indices = np.ascontiguousarray(np.take(with_nothing, self._numbers))
        self.set_colors(colors)

    def set_colors(self, colors: NDArray[np.uint8]) -> None:
        """Show the result in other colours, (k, 3) uint8."""
        values = colors.astype(np.uint32)
        packed = _OPAQUE | (values[:, 0] << 16) | (values[:, 1] << 8) | values[:, 2]
        self._table = packed.tolist()
        if len(self._table) < 256:
            self._table.append(0)
        self.update()

    def image(self) -> QImage:
        """Return what is shown, a pixel for each pixel of the picture; null without a result."""
        indices = self._indices
        if indices is None:
            return QImage()
        height, width = indices.shape
        image = QImage(indices.data, width, height, width, QImage.Format.Format_Indexed8)
        image.setColorTable(self._table)
        return image

    def picture_rect(self) -> QRectF:
        """Return where the picture lies in the widget; empty without one."""
        if self._numbers is None:
            return QRectF()
        height, width = self._numbers.shape
        scale = min(self.width() / width, self.height() / height)
        ratio = self.devicePixelRatioF()
        if scale * ratio >= _ENLARGED:
            # whole numbers of screen pixels: all pixels of a small picture look equally large
            scale = int(scale * ratio) / ratio
        place = QRectF(0, 0, width * scale, height * scale)
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, or the reason why there is none."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Dark))
        image = self.image()
        if self._message or image.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            painter.drawText(room, flags, self._message)
        else:
            place = self.picture_rect()
            enlarged = place.width() * self.devicePixelRatioF() >= _ENLARGED * image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not enlarged)
            painter.drawImage(place, image, QRectF(image.rect()))
        painter.end()
