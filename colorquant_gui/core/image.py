"""SourceImage: a picture, upright, in 8-bit sRGB, with what was done to get it there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.errors import Cancelled, InvalidParameterError
from colorquant_gui.core.image_decoder import decode, pillow_switches
from colorquant_gui.core.image_file import (
    FILE_TYPES,
    MAX_PIXELS,
    SUPPORTED_SUFFIXES,
    FileType,
    open_file,
    out_of_memory,
)
from colorquant_gui.core.image_pixels import PixelConverter

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.image_decoder import DecodedPicture

__all__ = [
    "FILE_TYPES",
    "MAX_PIXELS",
    "SUPPORTED_SUFFIXES",
    "VISIBLE_ALPHA",
    "FileType",
    "SourceImage",
    "image_from_array",
    "load_image",
]

VISIBLE_ALPHA = 128
"""An indexed palette is opaque or not: pixels of at least this alpha are taken as opaque."""

_BAND_PIXELS = 1 << 20


@dataclass(frozen=True, eq=False)
class SourceImage:
    """A picture to be quantized. Immutable.

    Attributes
    ----------
    rgb : ndarray of uint8, shape (height, width, 3)
        Upright, sRGB, read-only, C-contiguous. Under transparent pixels whatever the file has.
    alpha : ndarray of uint8, shape (height, width), or None
        Opacity as in the file, read-only; None when every pixel is opaque.
    name : str
        What to call it: the file's name, or such as "Clipboard".
    path : Path or None
        The file it came from.
    format : str
        Such as "PNG"; empty when it did not come from a file.
    file_size : int or None
        Size of the file in bytes.
    n_frames : int
        Frames or pages in the file; this is the first.
    notes : tuple of str
        One sentence for each thing that was done to the picture, or that the person should know.
    """

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    name: str
    path: Path | None = None
    format: str = ""
    file_size: int | None = None
    n_frames: int = 1
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.rgb.shape[0])

    @cached_property
    def mask(self) -> NDArray[np.bool_] | None:
        """True where a pixel is visible, shape (height, width); None when all are."""
        if self.alpha is None:
            return None
        visible = self.alpha >= VISIBLE_ALPHA
        if visible.all():
            return None
        visible.flags.writeable = False
        return visible


def load_image(
    path: str | os.PathLike[str], *, cancelled: Callable[[], bool] | None = None
) -> SourceImage:
    """Open a picture file: turned upright, converted to sRGB, reduced to 8 bits.

    Parameters
    ----------
    path : str or path-like
        The file. Its content decides the format, not its name.
    cancelled : callable returning bool, optional
        Asked at every read and between bands of rows; True stops the work.

    Returns
    -------
    SourceImage
        The first frame or page.

    Raises
    ------
    ImageLoadError
        The file is missing, unreadable, no picture, of an unsupported format, damaged, cut off,
        or declares more than 500 megapixels. The message is one sentence that names the file.
    Cancelled
        `cancelled` returned True.
    """
    path = Path(path)
    asked = cancelled or (lambda: False)
    if asked():
        raise Cancelled
    with pillow_switches(), out_of_memory(path), open_file(path, asked) as (stream, size):
        picture = decode(stream, path, asked)
        converter = PixelConverter(picture, asked)
        rgb, alpha = converter.convert()
        notes = [*_frame_notes(picture), *converter.notes]
        if picture.turned:
            notes.append("Turned upright.")
        return _finished(
            SourceImage(
                rgb=_upright(rgb, picture.orientation),
                alpha=None if alpha is None else _upright(alpha, picture.orientation),
                name=path.name,
                path=path,
                format=picture.kind.label,
                file_size=size,
                n_frames=picture.n_frames,
                notes=tuple(notes),
            )
        )


def image_from_array(pixels: NDArray[np.uint8], name: str) -> SourceImage:
    """Take a picture that is in memory, such as the clipboard's.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3) or (height, width, 4)
        sRGB, or sRGB and alpha (not premultiplied). It is copied.
    name : str
        What to call it.

    Returns
    -------
    SourceImage
        Without a path.

    Raises
    ------
    InvalidParameterError
        The array has another shape or dtype, or no pixels.
    """
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or pixels.dtype != np.uint8:
        raise InvalidParameterError(
            f"A picture must be an array of shape (height, width, 3 or 4) and dtype uint8, "
            f"not {pixels.shape} {pixels.dtype}."
        )
    if pixels.size == 0:
        raise InvalidParameterError("The picture has no pixels.")
    alpha = pixels[..., 3].copy() if pixels.shape[2] == 4 else None
    return _finished(SourceImage(pixels[..., :3].copy(), alpha, name))


def _finished(image: SourceImage) -> SourceImage:
    """Make the arrays read-only, leave out an alpha that says nothing, note a partial one."""
    image.rgb.flags.writeable = False
    if image.alpha is None:
        return image
    image.alpha.flags.writeable = False
    partial, opaque = _alpha_counts(image.alpha)
    if opaque == image.alpha.size:
        return replace(image, alpha=None)
    if not partial:
        return image
    pixels = "1 pixel is" if partial == 1 else f"{partial:,} pixels are"
    note = f"{pixels} partly transparent: under 50 % they become transparent, others opaque."
    return replace(image, notes=(*image.notes, note))


def _alpha_counts(alpha: NDArray[np.uint8]) -> tuple[int, int]:
    """Count the pixels that are neither transparent nor opaque, and those that are opaque."""
    counts = np.zeros(256, np.int64)
    rows = max(1, _BAND_PIXELS // alpha.shape[1])
    for top in range(0, len(alpha), rows):
        counts += np.bincount(alpha[top : top + rows].ravel(), minlength=256)
    return int(counts[1:255].sum()), int(counts[255])


def _frame_notes(picture: DecodedPicture) -> list[str]:
    if picture.n_frames == 1:
        return []
    parts = {"TIFF": "pages", "JPEG": "pictures"}.get(picture.kind.label, "frames")
    return [f"The first of {picture.n_frames:,} {parts} is shown."]


def _upright(array: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Undo an EXIF orientation (Exif 2.32, tag 0x0112)."""
    if orientation >= 5:
        array = array.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        array = array[:, ::-1]
    if orientation in (3, 4, 7, 8):
        array = array[::-1]
    return np.ascontiguousarray(array)
