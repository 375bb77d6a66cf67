"""What every export format must do: the file, read by someone else, is the result."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from colorquant_gui.core import ColorHistogram, IndexedImage, SaveError, quantize
from colorquant_gui.core.export import EXPORT_FORMATS, format_for, suggested_name

RNG = np.random.default_rng(23)

every_format = pytest.mark.parametrize("name", EXPORT_FORMATS)


def indexed(n_visible: int, transparent: bool, shape: tuple[int, int] = (40, 33)) -> IndexedImage:
    """Make a result that uses each of its entries."""
    n = n_visible + transparent
    palette = (
        RNG.choice(256**3, n, replace=False).astype(np.uint32).view(np.uint8).reshape(n, 4)[:, :3]
    )
    indices = RNG.integers(0, n, shape).astype(np.uint8)
    indices.flat[:n] = np.arange(n)
    counts = np.bincount(indices.ravel(), minlength=n)
    return IndexedImage(
        palette=np.ascontiguousarray(palette),
        indices=indices,
        counts=counts,
        labels=np.arange(transparent, n).astype(np.uint8),
        transparent_index=0 if transparent else None,
        n_iter=1,
        mse=0.0,
    )


every_size = pytest.mark.parametrize(
    ("n_visible", "transparent"),
    [
        (n, transparent)
        for n in (1, 2, 3, 4, 5, 15, 16, 17, 100, 255, 256)
        for transparent in (False, True)
        if n + transparent <= 256
    ],
)


@every_format
@every_size
def test_another_reader_sees_the_result(name, n_visible, transparent):
    result = indexed(n_visible, transparent)
    data = EXPORT_FORMATS[name].encode(result)
    with Image.open(io.BytesIO(data)) as read:
        rgba = np.asarray(read.convert("RGBA"))
    visible = result.indices != 0 if transparent else np.ones(result.indices.shape, bool)
    assert np.array_equal(rgba[visible][:, :3], result.palette[result.indices][visible])
    assert np.array_equal(rgba[..., 3], np.where(visible, 255, 0))


@every_format
@pytest.mark.parametrize("shape", [(1, 1), (1, 30_000), (30_000, 1), (3, 5), (7, 8)])
def test_every_shape(name, shape):
    result = indexed(1, False, shape)
    with Image.open(io.BytesIO(EXPORT_FORMATS[name].encode(result))) as read:
        assert (read.height, read.width) == shape
        assert (np.asarray(read.convert("RGB")) == result.palette[0]).all()


@every_format
def test_picture_without_a_visible_pixel(name):
    histogram = ColorHistogram.from_rgb(np.zeros((4, 6, 3), np.uint8), np.zeros((4, 6), bool))
    result = IndexedImage.from_centroids(histogram, np.empty((0, 3)), 0)
    with Image.open(io.BytesIO(EXPORT_FORMATS[name].encode(result))) as read:
        assert (np.asarray(read.convert("RGBA"))[..., 3] == 0).all()


@every_format
def test_same_result_same_bytes(name):
    result = indexed(20, True)
    assert EXPORT_FORMATS[name].encode(result) == EXPORT_FORMATS[name].encode(result)


@every_format
def test_result_of_a_run(name):
    pixels = RNG.integers(0, 256, (50, 60, 3), np.uint8)
    result = quantize(pixels, 12)
    with Image.open(io.BytesIO(EXPORT_FORMATS[name].encode(result))) as read:
        saved = np.asarray(read.convert("RGB"))
    squared = ((saved.astype(float) - pixels) ** 2).sum(axis=2)
    assert squared.mean() == pytest.approx(result.mse, rel=1e-12)


@every_format
def test_registry_entry(name):
    member = EXPORT_FORMATS[name]
    assert member.name == name
    assert member.label and member.suffixes
    assert all(s.startswith(".") and s == s.lower() for s in member.suffixes)
    assert format_for(f"x{member.suffixes[0].upper()}") is member


def test_format_of_other_names():
    assert format_for("folder.d/x") is EXPORT_FORMATS["png"]
    with pytest.raises(SaveError) as caught:
        format_for("some/x.jpg")
    assert str(caught.value) == (
        "“x.jpg” could not be saved: its ending says no format that results are saved in (.png)."
    )


def png_chunks(data: bytes) -> dict[bytes, bytes]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks: dict[bytes, bytes] = {}
    position = 8
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        payload = data[position + 8 : position + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, position + 8 + length)
        assert checksum == zlib.crc32(kind + payload)
        chunks[kind] = chunks.get(kind, b"") + payload
        position += 12 + length
    return chunks


@every_size
def test_png_is_as_small_as_its_palette(n_visible, transparent):
    n = n_visible + transparent
    result = indexed(n_visible, transparent)
    chunks = png_chunks(EXPORT_FORMATS["png"].encode(result))
    assert list(chunks) == [b"IHDR", b"PLTE", *([b"tRNS"] * transparent), b"IDAT", b"IEND"]
    depth, color_type, *_, interlaced = chunks[b"IHDR"][8:]
    assert depth == next(bits for bits in (1, 2, 4, 8) if n <= 2**bits)
    assert (color_type, interlaced) == (3, 0)
    assert chunks[b"PLTE"] == result.palette.tobytes()
    assert chunks.get(b"tRNS") == (b"\0" if transparent else None)


def test_png_indices_are_those_of_the_result():
    result = indexed(9, True)
    with Image.open(io.BytesIO(EXPORT_FORMATS["png"].encode(result))) as read:
        assert np.array_equal(np.asarray(read), result.indices)


@pytest.mark.parametrize(
    ("source", "k", "name"),
    [
        ("photo.jpg", 16, "photo-16-colours.png"),
        ("photo.tar.JPEG", 2, "photo.tar-2-colours.png"),
        ("Clipboard", 256, "Clipboard-256-colours.png"),
        ("one.png", 1, "one-1-colour.png"),
        ("photo-16-colours.png", 8, "photo-8-colours.png"),
        ("photo-1-colour.png", 8, "photo-8-colours.png"),
        ("v1.2", 4, "v1.2-4-colours.png"),
        (".png", 4, "picture-4-colours.png"),
        ("", 4, "picture-4-colours.png"),
        ('a/b\\c:d*e?"f<g>|h\n.png', 4, "a_b_c_d_e__f_g__h_-4-colours.png"),
        ("été ☀.webp", 4, "été ☀-4-colours.png"),
    ],
)
def test_suggested_name(source, k, name):
    assert suggested_name(source, k) == name


def test_suggested_name_is_not_too_long_for_a_disk():
    name = suggested_name("é" * 300 + ".png", 16, ".gif")
    assert name.endswith("é-16-colours.gif")
    assert len(name.encode()) <= 255
