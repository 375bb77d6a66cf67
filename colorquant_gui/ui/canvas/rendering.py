"""Turns the arrays of a picture into images of the size of the viewport.

The nearest functions read as many elements as the viewport has pixels, however large the picture.
The smooth ones read every visible pixel, in bands, and are meant for another thread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.viewport import Window

_OPAQUE = np.uint32(0xFF000000)
_BAND_PIXELS = 1 << 20
_PLAIN = QImage.Format.Format_RGB32
_BLENDED = QImage.Format.Format_ARGB32_Premultiplied


@dataclass(frozen=True, eq=False)
class Picture:
    """The picture on the canvas.

    Attributes
    ----------
    rgb : ndarray of uint8, shape (height, width, 3)
        Its pixels, C-contiguous.
    alpha : ndarray of uint8, shape (height, width), or None
        Its opacity, 0..255, C-contiguous; None where all is opaque.
    numbers : ndarray of int32, shape (height, width)
        Number of each pixel's colour, C-contiguous. The number after the last is transparent.
    """

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    numbers: NDArray[np.int32]

    @property
    def width(self) -> int:
        """Width in image pixels."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Height in image pixels."""
        return int(self.rgb.shape[0])


@dataclass(frozen=True, eq=False)
class Coloring:
    """What the result looks like: an entry for every colour number, a colour for every entry.

    Attributes
    ----------
    entries : ndarray of uint8 or uint16, shape (n + 1,)
        Index into `argb` of every colour number; the last is the transparent one.
    argb : ndarray of uint32, shape (k,) or (k + 1,)
        Premultiplied colours, 0xAARRGGBB; the entry of transparent pixels, where there is one,
        comes last.
    """

    entries: NDArray[np.uint8] | NDArray[np.uint16]
    argb: NDArray[np.uint32]

    @classmethod
    def of(
        cls, labels: NDArray[np.uint8], colors: NDArray[np.uint8], *, transparent: bool
    ) -> Coloring:
        """Build it.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            Colour index of every colour number.
        colors : ndarray of uint8, shape (k, 3)
            sRGB colours.
        transparent : bool
            Whether the picture can have transparent pixels.

        Returns
        -------
        Coloring
            Entries are 16 bits wide only where 256 colours meet transparency.
        """
        transparent = transparent or not len(colors)
        reserved = len(colors) if transparent else 0
        kind: type[Any] = np.uint16 if reserved > 255 else np.uint8
        entries: NDArray[Any] = np.empty(len(labels) + 1, kind)
        entries[:-1] = labels
        entries[-1] = reserved
        return cls(entries, _packed(colors, transparent=transparent))

    def recolored(self, colors: NDArray[np.uint8]) -> Coloring:
        """Return the same entries in other colours, (k, 3) uint8 as before."""
        transparent = bool(self.argb.size and self.argb[-1] == 0)
        return Coloring(self.entries, _packed(colors, transparent=transparent))


def _packed(colors: NDArray[np.uint8], *, transparent: bool) -> NDArray[np.uint32]:
    red, green, blue = colors.reshape(-1, 3).astype(np.uint32).T
    argb = _OPAQUE | red << np.uint32(16) | green << np.uint32(8) | blue
    return np.append(argb, np.uint32(0)) if transparent else argb


def gather(source: NDArray[Any], places: NDArray[Any]) -> NDArray[Any]:
    """Read `source`, flat, at `places`: the one function that touches a picture while it moves."""
    return source.take(places, mode="clip")  # clip: quicker than raise, and safe whatever comes


def places(window: Window) -> NDArray[np.intp]:
    """Flat position in the picture of every visible device pixel, shape (height, width)."""
    flat: NDArray[np.intp] = (window.rows() * window.picture_width)[:, None] + window.columns()
    return flat


def nearest_original(picture: Picture, window: Window) -> QImage:
    """Sample the original, one image pixel for every device pixel.

    Parameters
    ----------
    picture : Picture
        The picture.
    window : Window
        What is visible of it.

    Returns
    -------
    QImage
        Of the size of the window.
    """
    where = places(window)
    # three bytes at a time; a take along axis 0 of the (n, 3) array is twice as slow
    pixels = gather(picture.rgb.view("V3").ravel(), where).view(np.uint8)
    size = (window.width, window.height)
    image = QImage(pixels.data, *size, 3 * window.width, QImage.Format.Format_RGB888)
    if picture.alpha is None:
        return image.convertToFormat(_PLAIN)
    opacity = gather(picture.alpha.ravel(), where)
    image = image.convertToFormat(_BLENDED)
    image.setAlphaChannel(QImage(opacity.data, *size, window.width, QImage.Format.Format_Alpha8))
    return image


def nearest_result(entries: NDArray[Any], argb: NDArray[np.uint32]) -> QImage:
    """Colour entries.

    Parameters
    ----------
    entries : ndarray of uint8 or uint16, shape (height, width)
        Entry of every device pixel.
    argb : ndarray of uint32, shape (k,)
        Premultiplied colour of every entry.

    Returns
    -------
    QImage
        RGB, or premultiplied ARGB where an entry is transparent.
    """
    height, width = entries.shape
    if entries.dtype != np.uint8:
        pixels = gather(argb, entries)
        return QImage(pixels.data, width, height, 4 * width, _BLENDED).copy()
    image = QImage(entries.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(argb.tolist())
    # Qt blits RGB32 at once but walks through indexed pixels one by one at every paint
    return image.convertToFormat(_BLENDED if argb.size and argb[-1] == 0 else _PLAIN)


def smooth_original(
    picture: Picture, window: Window, cancelled: Callable[[], bool]
) -> QImage | None:
    """Average the original over the area of every device pixel.

    Parameters
    ----------
    picture : Picture
        The picture.
    window : Window
        What is visible of it.
    cancelled : callable returning bool
        Asked between bands; True stops the work.

    Returns
    -------
    QImage or None
        Of the size of the window; None when cancelled.
    """
    alpha = picture.alpha

    def read(rows: slice, columns: slice) -> Image.Image:
        pixels = _image("RGB", picture.rgb[rows, columns])
        if alpha is None:
            return pixels
        pixels.putalpha(_image("L", alpha[rows, columns]))
        return pixels.convert("RGBa")

    return _smooth(window, read, "BGRX" if alpha is None else "BGRa", cancelled)


def smooth_result(
    picture: Picture, window: Window, coloring: Coloring, cancelled: Callable[[], bool]
) -> QImage | None:
    """Average the result over the area of every device pixel.

    Parameters
    ----------
    picture : Picture
        The picture.
    window : Window
        What is visible of it.
    coloring : Coloring
        The result.
    cancelled : callable returning bool
        Asked between bands; True stops the work.

    Returns
    -------
    QImage or None
        Of the size of the window; None when cancelled.
    """
    colors = gather(coloring.argb, coloring.entries)

    def read(rows: slice, columns: slice) -> Image.Image:
        # already in Qt's order of bytes; Pillow averages four channels whatever they are called
        return _image("RGBX", gather(colors, picture.numbers[rows, columns]))

    return _smooth(window, read, "RGBX", cancelled)


def _image(mode: str, pixels: NDArray[Any]) -> Image.Image:
    size = (pixels.shape[1], pixels.shape[0])
    return Image.frombuffer(mode, size, np.ascontiguousarray(pixels), "raw", mode, 0, 1)


def _smooth(
    window: Window,
    read: Callable[[slice, slice], Image.Image],
    order: str,
    cancelled: Callable[[], bool],
) -> QImage | None:
    ratio_x = window.picture_width / window.shown_width
    ratio_y = window.picture_height / window.shown_height
    # Hamming has no visible steps between neighbours; over many pixels a plain box has none either
    is_coarse = min(ratio_x, ratio_y) > 4
    kernel = Image.Resampling.BOX if is_coarse else Image.Resampling.HAMMING
    left, right = window.span_x()
    first_column, columns = _reach(left, right, ratio_x, window.picture_width)
    rows_per_band = max(1, int(_BAND_PIXELS / (ratio_y * (columns.stop - columns.start))))
    result = np.empty((window.height, window.width), np.uint32)
    for first in range(0, window.height, rows_per_band):
        if cancelled():
            return None
        last = min(first + rows_per_band, window.height)
        top, bottom = window.span_y(first, last)
        first_row, rows = _reach(top, bottom, ratio_y, window.picture_height)
        box = (left - first_column, top - first_row, right - first_column, bottom - first_row)
        part = read(rows, columns).resize((window.width, last - first), kernel, box)
        pixels = np.frombuffer(part.tobytes("raw", order), np.uint32)
        result[first:last] = pixels.reshape(last - first, window.width)
    image_format = _BLENDED
    if order == "BGRX":
        result |= _OPAQUE
        image_format = _PLAIN
    return QImage(result.data, window.width, window.height, 4 * window.width, image_format).copy()


def _reach(start: float, stop: float, ratio: float, length: int) -> tuple[int, slice]:
    """Whole pixels that an average over `start`..`stop` takes in, and the first of them."""
    margin = math.ceil(max(1.0, ratio)) + 1
    first = max(0, math.floor(start) - margin)
    return first, slice(first, min(length, math.ceil(stop) + margin))
