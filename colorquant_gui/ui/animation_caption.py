"""The line of text below the frames of an animation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from colorquant_gui.session.history import StopKind
from colorquant_gui.ui import formatting
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from colorquant_gui.session.animation_frames import Color
    from colorquant_gui.session.animation_layout import FrameLayout
    from colorquant_gui.session.frame import Frame
    from colorquant_gui.session.history import History

_CONTEXT = "AnimationCaption"
_TEXT_SHARE = 0.58
_WIDEST = 0.96
_SMALLEST = 6


class CaptionPainter:
    """Writes k, iteration and error of a moment; may be called in any one thread.

    Parameters
    ----------
    history : History
        The run.
    font : QFont
        Whose family is used.
    text, background : tuple of int
        Colours, sRGB.
    """

    def __init__(self, history: History, font: QFont, text: Color, background: Color) -> None:
        self._history = history
        self._font = tabular_font(font)
        self._colors = QColor(*text), QColor(*background)
        self._last: tuple[tuple[str, int, int], Image.Image] | None = None

    def text(self, frame: Frame) -> str:
        """Return the text for a moment, such as ``k = 16 · iteration 7 · MSE 232.0``."""
        parts = [f"k = {len(frame.centroids if frame.result else frame.step.centroids)}"]
        if frame.stop.kind is StopKind.SEEDING:
            seeding = QCoreApplication.translate(_CONTEXT, "seeding {0} of {1}")
            parts.append(seeding.format(frame.stop.stage, self._history.n_stages))
            return " · ".join(parts)
        if frame.result is not None:
            end = QCoreApplication.translate(_CONTEXT, "after {0} iterations · MSE {1}")
            error = formatting.error(frame.result.mse)
            return " · ".join([*parts, end.format(frame.step.number, error)])
        iteration = QCoreApplication.translate(_CONTEXT, "iteration {0}")
        parts.append(iteration.format(frame.step.number))
        if frame.mse is not None:
            error = formatting.error(frame.mse)
            parts.append(QCoreApplication.translate(_CONTEXT, "MSE {0}").format(error))
        return " · ".join(parts)

    def __call__(self, frame: Frame, layout: FrameLayout) -> Image.Image:
        """Draw the line; the same object for the same text.

        Parameters
        ----------
        frame : Frame
            The moment.
        layout : FrameLayout
            Says how big the line is.

        Returns
        -------
        Image
            Mode RGB.
        """
        if layout.caption is None:
            raise ValueError("a layout without a caption")
        key = (self.text(frame), *layout.caption.size)
        if self._last is None or self._last[0] != key:
            self._last = key, self._drawn(*key)
        return self._last[1]

    def _drawn(self, text: str, width: int, height: int) -> Image.Image:
        font = QFont(self._font)
        pixels = max(_SMALLEST, round(height * _TEXT_SHARE))
        font.setPixelSize(pixels)
        needed = QFontMetrics(font).horizontalAdvance(text)
        if needed > width * _WIDEST:
            font.setPixelSize(max(_SMALLEST, int(pixels * width * _WIDEST / needed)))
        image = QImage(width, height, QImage.Format.Format_RGB888)
        foreground, background = self._colors
        image.fill(background)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(foreground)
        painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return image_from_qt(image)


def image_from_qt(image: QImage) -> Image.Image:
    """Copy an opaque QImage.

    Parameters
    ----------
    image : QImage
        Any format.

    Returns
    -------
    Image
        Mode RGB.
    """
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (image.width(), image.height())
    data = bytes(image.constBits())
    return Image.frombytes("RGB", size, data, "raw", "RGB", image.bytesPerLine())


def image_to_qt(image: Image.Image) -> QImage:
    """Copy a picture in mode RGB."""
    data = image.tobytes()
    width, height = image.size
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
