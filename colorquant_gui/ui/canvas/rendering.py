"""Turns the arrays of a picture into images of the size of the viewport.

The nearest functions read as many elements as the viewport has pixels, however large the picture.
The smooth ones read every visible pixel, in bands, and are meant for another thread.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.picture import Coloring, Picture
    from colorquant_gui.ui.canvas.viewport import Window

_OPAQUE = np.uint32(0xFF000000)
_BAND_PIXELS = 1 << 20
_PLAIN = QImage.Format.Format_RGB32
_BLENDED = QImage.Format.Format_ARGB32_Premultiplied


def gather(source: NDArray[Any], places: NDArray[Any]) -> NDArray[Any]:
    """Read `source`, flat, at `places`: the one function that touches a picture while it moves."""
    return source.take(places, mode="clip")  # clip: quicker than raise, and safe whatever comes


def entries_of(coloring: Coloring, numbers: NDArray[np.int32]) -> NDArray[Any]:
    """Look up the entries of a result.

    Parameters
    ----------
    coloring : Coloring
        The result.
    numbers : ndarray of int32, shape (height, width)
        Colour numbers.

    Returns
    -------
    ndarray of uint8 or uint16, shape (height, width)
        An index into `coloring.argb` for each; 16 bits wide only where 256 colours meet
        transparency.
    """
    labels, reserved = coloring.labels, coloring.n_colors
    # nothing can be taken from nothing
    entries: NDArray[Any] = gather(labels if len(labels) else np.zeros(1, np.uint8), numbers)
    if coloring.is_transparent:
        if reserved > 255:
            entries = entries.astype(np.uint16)
        entries[numbers >= len(labels)] = reserved
    return entries


def places(window: Window) -> NDArray[np.intp]:
    """Flat position in the picture of every visible device pixel, shape (height, width)."""
    flat: NDArray[np.intp] = (window.rows() * window.picture_width)[:, None] + window.columns()
    return flat


def sample(source: NDArray[Any], window: Window) -> NDArray[Any]:
    """Read what is under the middle of every visible device pixel.

    Parameters
    ----------
    source : ndarray, shape (height, width)
        One element for every pixel of the picture, C-contiguous.
    window : Window
        What is visible of it.

    Returns
    -------
    ndarray, shape (window.height, window.width)
        Elements of the source, C-contiguous.
    """
    if window.is_reduced:
        return gather(source.ravel(), places(window))
    # no more elements than device pixels: cut them out, then widen, then repeat whole rows
    rows, columns = window.rows(), window.columns()
    part = source[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if part.shape != (window.height, window.width):
        part = part.take(columns - columns[0], axis=1).take(rows - rows[0], axis=0)
    return np.ascontiguousarray(part)


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
    # three bytes at a time; a take along axis 0 of the (n, 3) array is twice as slow
    pixels = sample(picture.rgb.view("V3")[..., 0], window).view(np.uint8)
    opacity = None if picture.alpha is None else sample(picture.alpha, window)
    return _original(pixels, opacity, window.width, window.height)


def _original(
    pixels: NDArray[np.uint8], opacity: NDArray[np.uint8] | None, width: int, height: int
) -> QImage:
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    if opacity is None:
        return image.convertToFormat(_PLAIN)
    image = image.convertToFormat(_BLENDED)
    image.setAlphaChannel(QImage(opacity.data, width, height, width, QImage.Format.Format_Alpha8))
    return image


def original_patch(picture: Picture, rows: slice, columns: slice) -> QImage:
    """Return a rectangle of the original, one pixel for one."""
    pixels = np.ascontiguousarray(picture.rgb[rows, columns])
    alpha = picture.alpha
    opacity = None if alpha is None else np.ascontiguousarray(alpha[rows, columns])
    return _original(pixels, opacity, pixels.shape[1], pixels.shape[0])


def result_patch(picture: Picture, coloring: Coloring, rows: slice, columns: slice) -> QImage:
    """Return a rectangle of the result, one pixel for one."""
    return nearest_result(entries_of(coloring, picture.numbers[rows, columns]), coloring.argb)


def nearest_veil(kept: NDArray[np.bool_], color: int) -> QImage:
    """Cover what is not kept.

    Parameters
    ----------
    kept : ndarray of bool, shape (height, width)
        For every device pixel.
    color : int
        Premultiplied colour of the cover, 0xAARRGGBB.

    Returns
    -------
    QImage
        Premultiplied ARGB, clear where a pixel is kept.
    """
    pixels = np.where(kept, np.uint32(0), np.uint32(color))
    height, width = kept.shape
    return QImage(pixels.data, width, height, 4 * width, _BLENDED).copy()


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

    def read(rows: slice, columns: slice) -> Image.Image:
        # already in Qt's order of bytes; Pillow averages four channels whatever they are called
        entries = entries_of(coloring, picture.numbers[rows, columns])
        return _image("RGBX", gather(coloring.argb, entries))

    return _smooth(window, read, "RGBX", cancelled)


def smooth_veil(
    picture: Picture,
    window: Window,
    keeps: Callable[[NDArray[np.int32]], NDArray[np.bool_]],
    color: int,
    cancelled: Callable[[], bool],
) -> QImage | None:
    """Cover what is not kept, averaged over the area of every device pixel.

    Parameters
    ----------
    picture : Picture
        The picture.
    window : Window
        What is visible of it.
    keeps : callable
        Tells for colour numbers which are kept.
    color : int
        Premultiplied colour of the cover, 0xAARRGGBB.
    cancelled : callable returning bool
        Asked between bands; True stops the work.

    Returns
    -------
    QImage or None
        Of the size of the window; None when cancelled.
    """
    colors = np.array([color, 0], np.uint32)

    def read(rows: slice, columns: slice) -> Image.Image:
        return _image("RGBX", gather(colors, keeps(picture.numbers[rows, columns]).view(np.uint8)))

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
