"""Between Qt's pictures and the core's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QCoreApplication
from PySide6.QtGui import QImage, qRgb, qRgba

from colorquant_gui.core.image import image_from_array
from colorquant_gui.session import PendingPicture

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from colorquant_gui.core import IndexedImage


def picture_from_mime(data: QMimeData | None) -> Path | PendingPicture | None:
    """Find a picture in dropped or copied data.

    Parameters
    ----------
    data : QMimeData or None
        Files or pixels.

    Returns
    -------
    Path, PendingPicture or None
        The first local file, else the pixels, else nothing.
    """
    if data is None:
        return None
    for url in data.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            name = QCoreApplication.translate("Clipboard", "Clipboard")
            return PendingPicture(name, lambda: image_from_array(_array_from_qimage(image), name))
    return None


def indexed_to_qimage(result: IndexedImage) -> QImage:
    """Make a Qt picture of a result, with its palette and transparency.

    Parameters
    ----------
    result : IndexedImage
        The result.

    Returns
    -------
    QImage
        Format_Indexed8, owning its pixels.
    """
    indices = np.ascontiguousarray(result.indices)
    height, width = indices.shape
    image = QImage(indices.data, width, height, width, QImage.Format.Format_Indexed8)
    table = [qRgb(*map(int, color)) for color in result.palette]
    if result.transparent_index is not None:
        table[result.transparent_index] = qRgba(0, 0, 0, 0)
    image.setColorTable(table)
    return image.copy()


def png_bytes(image: QImage) -> bytes:
    """Encode a Qt picture as PNG.

    Parameters
    ----------
    image : QImage
        The picture.

    Returns
    -------
    bytes
        The content of the file.
    """
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    # PySide's stub says bytes, PySide itself takes text alone
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _array_from_qimage(image: QImage) -> np.ndarray:
    """Copy a Qt picture into an array of shape (height, width, 3 or 4)."""
    if image.hasAlphaChannel():
        converted, channels = image.convertToFormat(QImage.Format.Format_RGBA8888), 4
    else:
        converted, channels = image.convertToFormat(QImage.Format.Format_RGB888), 3
    rows = np.frombuffer(converted.constBits(), np.uint8)
    rows = rows.reshape(converted.height(), converted.bytesPerLine())
    pixels = rows[:, : converted.width() * channels]
    return pixels.reshape(converted.height(), converted.width(), channels).copy()
