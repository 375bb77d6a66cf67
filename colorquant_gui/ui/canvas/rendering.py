"""Turns the arrays of a picture into images of the size of the viewport, at once.

As many elements are read as the viewport has pixels, however large the picture.
`colorquant_gui.ui.canvas.smooth_rendering` takes its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.picture import Coloring, Picture
    from colorquant_gui.ui.canvas.window import Window

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
