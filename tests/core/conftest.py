"""What the tests of the core share: pictures made by program, and questions at known places."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from colorquant_gui.core import engine
from tests.core.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Colorants of Display P3, adapted to D50, as its ICC profile has them.
P3_COLORANTS = np.array(
    [[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]]
)


class Pictures:
    """Writes files into a folder, byte by byte where no library writes them."""

    p3_colorants = P3_COLORANTS

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    def png(
        self,
        name: str,
        samples: np.ndarray,
        color_type: int,
        *chunks: tuple[bytes, bytes],
        depth: int | None = None,
    ) -> Path:
        """Write samples of shape (h, w) or (h, w, c) of 8 or 16 bits; or packed rows of `depth`."""
        height, width = samples.shape[:2]
        if depth is None:
            depth = samples.dtype.itemsize * 8
            rows = samples.astype(f">u{depth // 8}").reshape(height, -1)
        else:
            bits = np.unpackbits(samples[..., None], axis=2)[..., -depth:]
            rows = np.packbits(bits.reshape(height, -1), axis=1)
        data = b"".join(b"\0" + row.tobytes() for row in rows)
        content = b"\x89PNG\r\n\x1a\n"
        content += self.chunk(
            b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, 0)
        )
        for kind, payload in chunks:
            content += self.chunk(kind, payload)
        content += self.chunk(b"IDAT", zlib.compress(data)) + self.chunk(b"IEND", b"")
        return self.write(name, content)

    def tiff(
        self,
        name: str,
        samples: np.ndarray,
        photometric: int,
        *,
        order: str = "<",
        compressed: bool = False,
        extra: tuple[tuple[int, int, int, int], ...] = (),
        bits: int | None = None,
    ) -> Path:
        """Write one strip of samples; `extra` adds or replaces (tag, type, count, value)."""
        height, width = samples.shape[:2]
        channels = samples.shape[2] if samples.ndim == 3 else 1
        size = samples.dtype.itemsize
        data = samples.astype(samples.dtype.newbyteorder(order)).tobytes()
        if compressed:
            data = zlib.compress(data)
        bits = bits or 8 * size
        depths = struct.pack(f"{order}{channels}H", *[bits] * channels)
        position = 8 + len(data)
        entries = [
            (256, 4, 1, width),
            (257, 4, 1, height),
            (258, 3, channels, position if channels > 2 else bits),
            (259, 3, 1, 8 if compressed else 1),
            (262, 3, 1, photometric),
            (273, 4, 1, 8),
            (277, 3, 1, channels),
            (278, 4, 1, height),
            (279, 4, 1, len(data)),
        ]
        changed = {entry[0] for entry in extra}
        entries = [entry for entry in entries if entry[0] not in changed] + list(extra)
        table = struct.pack(f"{order}H", len(entries))
        for tag, kind, count, value in sorted(entries):
            short = kind == 3 and count == 1
            table += struct.pack(
                f"{order}HHI{'HH' if short else 'I'}", tag, kind, count, value, *[0][:short]
            )
        table += bytes(4)
        mark = b"II*\0" if order == "<" else b"MM\0*"
        offset = struct.pack(f"{order}I", position + len(depths))
        return self.write(name, mark + offset + data + depths + table)

    def write(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    @classmethod
    def profile(
        cls, space: bytes, tags: dict[bytes, bytes], kind: bytes = b"mntr", pcs: bytes = b"XYZ "
    ) -> bytes:
        """Build an ICC version 2 profile."""
        tags = {
            b"desc": b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Test\0" + bytes(4 + 4 + 2 + 1 + 67),
            b"wtpt": cls._xyz(0.9642, 1.0, 0.8249),
            **tags,
        }
        table, data = struct.pack(">I", len(tags)), b""
        start = 128 + 4 + 12 * len(tags)
        for name, value in tags.items():
            table += struct.pack(">4sII", name, start + len(data), len(value))
            data += value + bytes(-len(value) % 4)
        header = struct.pack(
            ">I4sI4s4s4s", start + len(data), b"\0\0\0\0", 0x02100000, kind, space, pcs
        )
        header += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
        header += struct.pack(">3i", *(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
        return header.ljust(128, b"\0") + table + data

    @staticmethod
    def _xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))

    @staticmethod
    def _curve(gamma: float | np.ndarray) -> bytes:
        """Encode an exponent, or a curve sampled from 0 to 1."""
        if isinstance(gamma, np.ndarray):
            samples = np.rint(gamma * 65535).astype(">u2").tobytes()
            return b"curv\0\0\0\0" + struct.pack(">I", len(gamma)) + samples
        return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)

    @classmethod
    def rgb_profile(cls, colorants: np.ndarray, gamma: float | np.ndarray) -> bytes:
        tags = {}
        for name, column in zip((b"r", b"g", b"b"), colorants.T, strict=True):
            tags[name + b"XYZ"] = cls._xyz(*column)
            tags[name + b"TRC"] = cls._curve(gamma)
        return cls.profile(b"RGB ", tags)

    @classmethod
    def grey_profile(cls, gamma: float) -> bytes:
        return cls.profile(b"GRAY", {b"kTRC": cls._curve(gamma)})

    @classmethod
    def cmyk_profile(cls, cyan_lab: tuple[int, int, int]) -> bytes:
        """Build a printer whose full cyan has this colour; any black is black, all else white."""
        nodes = bytearray()
        for ink in range(16):
            cyan, black = ink >> 3 & 1, ink & 1
            lightness, a, b = (0, 0, 0) if black else cyan_lab if cyan else (100, 0, 0)
            nodes += bytes([round(lightness * 2.55), a + 128, b + 128])
        table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0])
        table += struct.pack(">9i", *(65536 * (i % 4 == 0) for i in range(9)))
        identity = bytes(range(256))
        return cls.profile(
            b"CMYK", {b"A2B0": table + identity * 4 + bytes(nodes) + identity * 3}, b"prtr", b"Lab "
        )


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    return Pictures(tmp_path)


@pytest.fixture
def questions() -> Iterator[type[Questions]]:
    """Questions that come at the same places each time: the engine asks none by the clock."""
    native = engine.native
    if native is not None:
        native.set_patience(3600.0)
    yield Questions
    if native is not None:
        native.set_patience(0.02)
