"""What Pillow passes over in PNG and GIF files: checksums, broken profiles, sizes to come."""

from __future__ import annotations

import struct
import zlib
from typing import IO, TYPE_CHECKING

from colorquant_gui.core.errors import ImageLoadError
from colorquant_gui.core.image_file import check_size, incomplete
from colorquant_gui.core.naming import shown_name

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK_BYTES = 1 << 16
_MAX_PROFILE_BYTES = 1 << 24


def check_png(stream: IO[bytes], path: Path) -> bool:
    """Check the declared size, the checksums of the pixel data and the colour profile of a PNG.

    Parameters
    ----------
    stream : file object
        The open PNG file.
    path : Path
        Its name, for messages.

    Returns
    -------
    bool
        Whether there is a colour profile that is damaged.

    Raises
    ------
    ImageLoadError
        The size is beyond the limit, a checksum is wrong, or the file ends within its pixel data.
    """
    damaged_profile = False
    position = 8
    while True:
        stream.seek(position)
        head = stream.read(8)
        if len(head) < 8:
            return damaged_profile
        length, kind = struct.unpack(">I4s", head)
        position += length + 12
        if kind == b"IEND":
            return damaged_profile
        if kind == b"IHDR":
            check_size(path, *struct.unpack(">II", stream.read(8).ljust(8, b"\0")))
        elif kind == b"iCCP":
            damaged_profile = not _is_whole_profile(stream.read(min(length, _MAX_PROFILE_BYTES)))
        elif kind == b"IDAT":
            _check_pixel_data(stream, path, length)


def _check_pixel_data(stream: IO[bytes], path: Path, length: int) -> None:
    checksum = zlib.crc32(b"IDAT")
    while length:
        block = stream.read(min(length, _BLOCK_BYTES))
        if not block:
            raise ImageLoadError(incomplete(path))
        checksum = zlib.crc32(block, checksum)
        length -= len(block)
    stored = stream.read(4)
    if len(stored) < 4:
        raise ImageLoadError(incomplete(path))
    if struct.unpack(">I", stored)[0] != checksum:
        raise ImageLoadError(
            f"{shown_name(path)} is damaged: the checksum of its pixel data is wrong."
        )


def _is_whole_profile(chunk: bytes) -> bool:
    """Tell whether an iCCP chunk can be unpacked to its end, where its checksum is."""
    packed = chunk.partition(b"\0")[2][1:]
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(packed, _MAX_PROFILE_BYTES)
    except zlib.error:
        return False
    return unpacker.eof


def check_gif(stream: IO[bytes], path: Path) -> None:
    """Check the size that all frames of a GIF together declare.

    Frames may lie outside the screen declared at the beginning, which then grows.

    Parameters
    ----------
    stream : file object
        The open GIF file.
    path : Path
        Its name, for messages.

    Raises
    ------
    ImageLoadError
        The size is beyond the limit.
    """
    stream.seek(6)
    screen = stream.read(7)
    if len(screen) < 7:
        return
    width, height, flags = struct.unpack("<HHB", screen[:5])
    check_size(path, width, height)
    stream.read(_color_table_bytes(flags))
    while mark := stream.read(1):
        if mark == b"!":
            stream.read(1)
        elif mark == b",":
            descriptor = stream.read(9)
            if len(descriptor) < 9:
                return
            left, top, frame_width, frame_height, flags = struct.unpack("<4HB", descriptor)
            check_size(path, max(width, left + frame_width), max(height, top + frame_height))
            stream.read(_color_table_bytes(flags) + 1)
        else:
            return
        while (size := stream.read(1)) not in (b"", b"\0"):
            stream.read(size[0])


def _color_table_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
