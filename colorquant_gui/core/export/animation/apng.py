"""Animated PNG: every colour as it is, delays of 1 ms; programs that don't know it show a picture.

Pillow compresses the frames. The file around them is written here: Pillow's own writer holds all
frames in memory before it writes the first, and drops those that equal the one before.
Source: Portable Network Graphics Specification (Third Edition), W3C 2025, 4.9 and 11.3.6.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

from colorquant_gui.core.export.animation.frames import changes, delays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from PIL import Image

    from colorquant_gui.core.export.animation.frames import Animation

UNIT = 0.001
LEAST = 1
MAX_SIDE = 65_535
MAX_DELAY = 65_535
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Level 6 is 6 % smaller and takes a half longer.
_LEVEL = 4


def write(animation: Animation, path: Path) -> None:
    """Write an animated PNG.

    Parameters
    ----------
    animation : Animation
        What to write; each frame is let go before the next is asked for.
    path : Path
        The file.
    """
    times = delays(animation.seconds, UNIT, LEAST)
    number = 0
    with path.open("wb") as stream:
        stream.write(_SIGNATURE)
        for (frame, box, _), delay in zip(changes(animation.frames), times, strict=True):
            left, top, right, bottom = box
            header, data = _compressed(frame.crop(box))
            if number == 0:
                _write_chunk(stream, b"IHDR", header)
                _write_chunk(stream, b"acTL", struct.pack(">II", len(times), animation.loops))
            place = struct.pack(">IIIII", number, right - left, bottom - top, left, top)
            # in thousandths of a second; dispose of nothing, blend with nothing
            timing = struct.pack(">HHBB", min(delay, MAX_DELAY), 1000, 0, 0)
            _write_chunk(stream, b"fcTL", place + timing)
            if number == 0:
                _write_chunk(stream, b"IDAT", data)
                number = 1
            else:
                _write_chunk(stream, b"fdAT", struct.pack(">I", number + 1) + data)
                number += 2
        _write_chunk(stream, b"IEND", b"")


def _write_chunk(stream: BinaryIO, kind: bytes, data: bytes) -> None:
    stream.write(struct.pack(">I", len(data)) + kind + data)
    stream.write(struct.pack(">I", zlib.crc32(data, zlib.crc32(kind))))


def _compressed(image: Image.Image) -> tuple[bytes, bytes]:
    """Return the content of the IHDR chunk and that of all IDAT chunks."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=_LEVEL)
    header, data = b"", []
    for kind, content in _chunks(buffer.getvalue()):
        if kind == b"IHDR":
            header = content
        elif kind == b"IDAT":
            data.append(content)
    return header, b"".join(data)


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place < len(file):
        (length,) = struct.unpack_from(">I", file, place)
        yield file[place + 4 : place + 8], file[place + 8 : place + 8 + length]
        place += 12 + length
