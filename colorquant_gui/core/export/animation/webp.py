"""Animated WebP: every colour as it is or, much smaller, nearly so; delays of 1 ms.

Pillow compresses the frames. The file around them is written here: Pillow's own writer takes all
frames into a list before it compresses the first, and drops those that equal the one before.
Source: RFC 9649, WebP Image Format, 2.7.1.1 and 2.7.1.2.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from colorquant_gui.core.export.animation.frames import changes, delays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from PIL import Image

    from colorquant_gui.core.export.animation.frames import Animation

UNIT = 0.001
LEAST = 1
MAX_SIDE = 16_383
MAX_DELAY = 0xFFFFFF
_ANIMATION = 0x02
_NO_BLENDING = 0x02
_PIXELS = (b"VP8 ", b"VP8L")
# More effort makes a file 1 % smaller or none, and takes half as long again.
_LOSSLESS = {"lossless": True, "method": 2, "quality": 50}
_EFFORT = 4


def write(animation: Animation, path: Path) -> None:
    """Write an animated WebP.

    Parameters
    ----------
    animation : Animation
        What to write; each frame is let go before the next is asked for. None of `quality`
        compresses without loss.
    path : Path
        The file.
    """
    options: dict[str, Any] = dict(_LOSSLESS)
    if animation.quality is not None:
        options = {"quality": animation.quality, "method": _EFFORT}
    width, height = animation.size
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    times = delays(animation.seconds, UNIT, LEAST)
    with path.open("wb") as stream:
        stream.write(b"RIFF\0\0\0\0WEBP")
        stream.write(_chunk(b"VP8X", bytes([_ANIMATION, 0, 0, 0]) + canvas))
        # behind the frames: opaque black
        loops = struct.pack("<H", min(animation.loops, 0xFFFF))
        stream.write(_chunk(b"ANIM", b"\0\0\0\xff" + loops))
        for (frame, (left, top, right, bottom), _), delay in zip(
            changes(animation.frames), times, strict=True
        ):
            # places are stored by halves
            left, top = left & ~1, top & ~1
            place = (left // 2, top // 2, right - left - 1, bottom - top - 1)
            numbers = (*place, min(delay, MAX_DELAY))
            header = b"".join(number.to_bytes(3, "little") for number in numbers)
            data = _compressed(frame.crop((left, top, right, bottom)), options)
            stream.write(_chunk(b"ANMF", header + bytes([_NO_BLENDING]) + data))
        size = stream.tell() - 8
        stream.seek(4)
        stream.write(struct.pack("<I", size))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)


def _compressed(image: Image.Image, options: dict[str, Any]) -> bytes:
    """Return the chunk that holds the pixels of a frame."""
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", **options)
    return b"".join(
        _chunk(kind, data) for kind, data in _chunks(buffer.getvalue()) if kind in _PIXELS
    )


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place < len(file):
        (length,) = struct.unpack_from("<I", file, place + 4)
        yield file[place : place + 4], file[place + 8 : place + 8 + length]
        place += 8 + length + (length & 1)
