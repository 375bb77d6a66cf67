"""GIF89a: 256 colours a frame, exact where a frame has no more, delays of 10 ms.

Pillow compresses the frames. The file around them is written here: Pillow's own writer holds all
frames in memory before it writes the first, and drops those that equal the one before.
Source: GIF89a Specification, CompuServe 1990.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from colorquant_gui.core.export.animation.frames import changes, delays
from colorquant_gui.core.fit import Fit
from colorquant_gui.core.histogram import ColorHistogram
from colorquant_gui.core.indexed import IndexedImage
from colorquant_gui.core.pixels import Pixels

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from numpy.typing import NDArray

    from colorquant_gui.core.export.animation.frames import Animation, Box

UNIT = 0.01
# Browsers take 1/50 s for the shortest delay: they show a frame of 1/100 s for 1/10 s.
LEAST = 2
MAX_SIDE = 65_535
_ENTRIES = 256
# Frames whose colours have to be reduced leave one entry for what doesn't change.
_REDUCED = 255
_KEEP = 1 << 2
_LOCAL_TABLE = 0x80
_ONE_MORE = 0x01


def write(animation: Animation, path: Path) -> None:
    """Write an animated GIF.

    Parameters
    ----------
    animation : Animation
        What to write; each frame is let go before the next is asked for.
    path : Path
        The file.
    """
    with path.open("wb") as stream:
        stream.write(b"GIF89a" + struct.pack("<HHBBB", *animation.size, 0, 0, 0))
        if animation.loops != 1:
            # counts repetitions after the first time, 0 is for ever
            again = max(0, animation.loops - 1)
            stream.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<HB", again, 0))
        reducer = _Reducer()
        times = delays(animation.seconds, UNIT, LEAST)
        for (frame, box, same), delay in zip(changes(animation.frames), times, strict=True):
            indices, palette = reducer.reduce(
                frame if box == (0, 0, *frame.size) else frame.crop(box)
            )
            _write_frame(stream, indices, palette, box, same, delay)
        stream.write(b"\x3b")


class _Reducer:
    """Gives each frame its palette: its own colours, or the best 255 for them."""

    def __init__(self) -> None:
        self._start: NDArray[np.float64] | None = None

    def reduce(self, frame: Image.Image) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return indices of shape (height, width), and a palette of shape (n, 3), n <= 256."""
        rgb = np.asarray(frame)
        histogram = ColorHistogram.from_rgb(rgb)
        n_colors = histogram.n_colors
        if n_colors <= _ENTRIES:
            labels = np.arange(n_colors, dtype=np.uint8)
            return Pixels(histogram, rgb).mapped(labels), histogram.colors
        # from the palette before, so that colours stay what they were where they can
        n_reduced = min(_REDUCED, n_colors)
        last = Fit(n_reduced, "live", init=self._start).last(histogram)
        self._start = last.centroids
        result = IndexedImage.from_centroids(histogram, last.centroids, last.number, rgb=rgb)
        return result.indices, result.palette


def _write_frame(
    stream: BinaryIO,
    indices: NDArray[np.uint8],
    palette: NDArray[np.uint8],
    box: Box,
    same: Image.Image | None,
    delay: int,
) -> None:
    flags, transparent = _KEEP, 0
    if same is not None and len(palette) < _ENTRIES:
        flags, transparent = _KEEP | _ONE_MORE, len(palette)
        indices = np.where(np.asarray(same) > 0, np.uint8(transparent), indices)
    n_entries = len(palette) + (flags & _ONE_MORE)
    bits = max(1, (n_entries - 1).bit_length())
    table = palette.tobytes().ljust(3 << bits, b"\0")
    left, top, right, bottom = box
    stream.write(struct.pack("<BBBBHBB", 0x21, 0xF9, 4, flags, delay, transparent, 0))
    stream.write(
        struct.pack(
            "<BHHHHB", 0x2C, left, top, right - left, bottom - top, _LOCAL_TABLE | (bits - 1)
        )
    )
    stream.write(table)
    stream.write(_compressed(indices))


def _compressed(indices: NDArray[np.uint8]) -> bytes:
    """Return the table-based image data of a frame, from the code size to the last block."""
    height, width = indices.shape
    image = Image.frombytes("P", (width, height), np.ascontiguousarray(indices).tobytes())
    image.putpalette(bytes(768), "RGB")
    buffer = io.BytesIO()
    image.save(buffer, "GIF", optimize=False, interlace=0)
    data = buffer.getvalue()
    packed = data[10]
    place = 13 + (3 << (packed & 7) + 1 if packed & _LOCAL_TABLE else 0)
    while data[place] == 0x21:
        place += 2
        while data[place]:
            place += 1 + data[place]
        place += 1
    packed = data[place + 9]
    place += 10 + (3 << (packed & 7) + 1 if packed & _LOCAL_TABLE else 0)
    return data[place:-1]
