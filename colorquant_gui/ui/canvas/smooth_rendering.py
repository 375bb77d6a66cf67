"""Turns the arrays of a picture into smooth images of the size of the viewport.

Every visible pixel is read, in bands; meant for another thread.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from colorquant_gui.ui.canvas import rendering

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.picture import Coloring, Picture
    from colorquant_gui.ui.canvas.window import Window

_OPAQUE = np.uint32(0xFF000000)
_BAND_PIXELS = 1 << 20
_FEW = 4096


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
    picture, window, cancelled
        As for `smooth_original`.
    coloring : Coloring
        The result.

    Returns
    -------
    QImage or None
        As of `smooth_original`.
    """

    def read(rows: slice, columns: slice) -> Image.Image:
        # already in Qt's order of bytes; Pillow averages four channels whatever they are called
        entries = rendering.entries_of(coloring, picture.numbers[rows, columns])
        return _image("RGBX", rendering.gather(coloring.argb, entries))

    return _smooth(window, read, "RGBX", cancelled)


def smooth_veil(
    picture: Picture,
    window: Window,
    keeps: Callable[[NDArray[np.int32]], NDArray[np.bool_]],
    color: int,
    cancelled: Callable[[], bool],
) -> QImage | None:
    """Cover what is not kept, averaged over the area of every device pixel.

    Where little is kept it would vanish in the average: a device pixel that holds any of it is
    clear then.

    Parameters
    ----------
    picture, window, cancelled
        As for `smooth_original`.
    keeps : callable
        Tells for colour numbers which are kept.
    color : int
        Premultiplied colour of the cover, 0xAARRGGBB.

    Returns
    -------
    QImage or None
        As of `smooth_original`.
    """
    colors = np.array([color, 0], np.uint32)

    found: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    n_kept = 0

    def read(rows: slice, columns: slice) -> Image.Image:
        nonlocal n_kept
        kept = keeps(picture.numbers[rows, columns])
        n_kept += int(np.count_nonzero(kept))
        if n_kept <= _FEW:
            below, beside = np.nonzero(kept)
            found.append((rows.start + below, columns.start + beside))
        return _image("RGBX", rendering.gather(colors, kept.view(np.uint8)))

    image = _smooth(window, read, "RGBX", cancelled)
    if image is not None and n_kept <= _FEW:
        pixels = np.frombuffer(image.bits(), np.uint32).reshape(window.height, window.width)
        for rows, columns in found:
            pixels[_places(window, rows, columns)] = 0
    return image


def _places(
    window: Window, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Device rows and columns of the window that hold the middles of those image pixels."""
    y = (2 * rows + 1) * window.shown_height // (2 * window.picture_height) - window.skip_y
    x = (2 * columns + 1) * window.shown_width // (2 * window.picture_width) - window.skip_x
    # bands read a little beyond what is visible
    seen = (x >= 0) & (x < window.width) & (y >= 0) & (y < window.height)
    return y[seen], x[seen]


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
    image_format = QImage.Format.Format_ARGB32_Premultiplied
    if order == "BGRX":
        result |= _OPAQUE
        image_format = QImage.Format.Format_RGB32
    return QImage(result.data, window.width, window.height, 4 * window.width, image_format).copy()


def _reach(start: float, stop: float, ratio: float, length: int) -> tuple[int, slice]:
    """Whole pixels that an average over `start`..`stop` takes in, and the first of them."""
    margin = math.ceil(max(1.0, ratio)) + 1
    first = max(0, math.floor(start) - margin)
    return first, slice(first, min(length, math.ceil(stop) + margin))
