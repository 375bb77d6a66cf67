"""load_image: right colours, right side up, for every kind of pixel."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from PIL import Image

from colorquant_gui.core import InvalidParameterError
from colorquant_gui.core.image import FILE_TYPES, SUPPORTED_SUFFIXES, image_from_array, load_image

RNG = np.random.default_rng(5)
NOISE = RNG.integers(0, 256, (7, 11, 3), np.uint8)


def assert_close(actual, expected, levels):
    assert np.abs(np.asarray(actual, float) - np.asarray(expected, float)).max() <= levels


def test_a_plain_png_is_delivered_as_it_is(tmp_path):
    path = tmp_path / "plain.png"
    Image.fromarray(NOISE).save(path)
    image = load_image(path)
    assert np.array_equal(image.rgb, NOISE)
    assert image.rgb.flags.c_contiguous and not image.rgb.flags.writeable
    assert (image.width, image.height) == (11, 7)
    assert image.alpha is None and image.mask is None
    assert (image.name, image.path, image.format) == ("plain.png", path, "PNG")
    assert image.file_size == path.stat().st_size
    assert (image.n_frames, image.notes) == (1, ())


def test_a_path_may_be_a_string(tmp_path):
    Image.fromarray(NOISE).save(tmp_path / "a.png")
    assert load_image(str(tmp_path / "a.png")).path == tmp_path / "a.png"


LOSSLESS = {
    "PNG": {},
    "WEBP": {"lossless": True},
    "BMP": {},
    "TIFF": {},
    "JPEG2000": {},
    "PPM": {},
    "ICO": {"sizes": [(32, 32)]},
    "DDS": {},
    "SGI": {},
    "PCX": {},
    "TGA": {},
    "QOI": {},
}


@pytest.mark.parametrize("pillow_format", [*LOSSLESS, "JPEG", "GIF", "AVIF"])
def test_every_format_is_opened_by_content(tmp_path, pillow_format):
    blocks = np.kron(RNG.integers(0, 256, (2, 2, 3), np.uint8), np.ones((16, 16, 1), np.uint8))
    path = tmp_path / "picture.txt"
    lossy = {"quality": 100, "subsampling": "4:4:4"}
    options = LOSSLESS.get(pillow_format, {} if pillow_format == "GIF" else lossy)
    Image.fromarray(blocks).save(path, pillow_format, **options)
    image = load_image(path)
    kind = next(kind for kind in FILE_TYPES if kind.decoder == pillow_format)
    assert image.format == kind.label
    assert image.mask is None
    assert_close(image.rgb, blocks, 0 if pillow_format in LOSSLESS else 8)


def test_tga_without_its_footer_is_known_by_name(tmp_path):
    Image.fromarray(NOISE).save(tmp_path / "a.tga")
    content = (tmp_path / "a.tga").read_bytes()
    assert content.endswith(b"TRUEVISION-XFILE.\0")
    (tmp_path / "b.TGA").write_bytes(content[:-26])
    assert np.array_equal(load_image(tmp_path / "b.TGA").rgb, NOISE)


def test_xpm_and_plain_netpbm_are_opened(pictures):
    xpm = b'/* XPM */\nstatic char * x[] = {\n"2 1 2 1",\n"a c #FF0000",\n"b c #0000FF",\n"ab"};\n'
    assert load_image(pictures.write("x.xpm", xpm)).rgb.tolist() == [[[255, 0, 0], [0, 0, 255]]]
    grey = load_image(pictures.write("x.pgm", b"P2\n2 1\n10\n0 5\n"))
    assert grey.rgb[0, :, 0].tolist() == [0, 128]


def test_file_types_make_a_dialog_filter():
    assert {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".avif"} <= set(
        SUPPORTED_SUFFIXES
    )
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in SUPPORTED_SUFFIXES)
    assert len(set(SUPPORTED_SUFFIXES)) == len(SUPPORTED_SUFFIXES)
    assert [kind.label for kind in FILE_TYPES[:2]] == ["PNG", "JPEG"]


# Rows of a picture that is ABC over DEF once it is upright (Exif 2.32, tag 0x0112)
STORED = {
    1: ["ABC", "DEF"],
    2: ["CBA", "FED"],
    3: ["FED", "CBA"],
    4: ["DEF", "ABC"],
    5: ["AD", "BE", "CF"],
    6: ["CF", "BE", "AD"],
    7: ["FC", "EB", "DA"],
    8: ["DA", "EB", "FC"],
}
COLORS = dict(
    zip(
        "ABCDEF",
        np.array(
            [
                [200, 30, 30],
                [30, 180, 40],
                [40, 60, 220],
                [240, 230, 40],
                [20, 20, 20],
                [230, 230, 230],
            ],
            np.uint8,
        ),
        strict=True,
    )
)


def letters(rows: list[str]) -> np.ndarray:
    picture = np.array([[COLORS[letter] for letter in row] for row in rows])
    return np.kron(picture, np.ones((16, 16, 1), np.uint8))


@pytest.mark.parametrize("pillow_format", ["PNG", "JPEG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", STORED)
def test_exif_orientation_is_undone(tmp_path, orientation, pillow_format):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "turned"
    options = {"lossless": True} if pillow_format == "WEBP" else {"quality": 98, "subsampling": 0}
    Image.fromarray(letters(STORED[orientation])).save(path, pillow_format, exif=exif, **options)
    image = load_image(path)
    assert image.rgb.shape == (32, 48, 3)
    assert_close(image.rgb, letters(["ABC", "DEF"]), 20 if pillow_format == "JPEG" else 0)
    assert ("Turned upright." in image.notes) == (orientation != 1)


def test_compressed_tiff_is_turned_once(tmp_path):
    Image.fromarray(letters(STORED[6])).save(
        tmp_path / "a.tif", compression="tiff_adobe_deflate", tiffinfo={0x0112: 6}
    )
    image = load_image(tmp_path / "a.tif")
    assert np.array_equal(image.rgb, letters(["ABC", "DEF"]))
    assert image.notes == ("Turned upright.",)


def test_alpha_is_turned_with_the_picture(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    rgba = np.dstack([letters(STORED[6]), np.full((48, 32), 255, np.uint8)])
    rgba[:16, :16, 3] = 0  # C
    Image.fromarray(rgba).save(tmp_path / "a.png", exif=exif)
    expected = np.ones((32, 48), bool)
    expected[:16, 32:] = False
    assert np.array_equal(load_image(tmp_path / "a.png").mask, expected)


def test_xmp_orientation_of_avif(tmp_path):
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="3"/></x:xmpmeta>'
    picture = Image.fromarray(letters(STORED[3]))
    picture.save(tmp_path / "a.avif", xmp=xmp, quality=100, subsampling="4:4:4")
    image = load_image(tmp_path / "a.avif")
    assert_close(image.rgb, letters(["ABC", "DEF"]), 25)
    assert image.notes == ("Turned upright.",)


@pytest.mark.parametrize("value", [0, 9, 65535])
def test_an_orientation_that_makes_no_sense_is_ignored(tmp_path, value):
    exif = Image.Exif()
    exif[0x0112] = value
    Image.fromarray(NOISE).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(load_image(tmp_path / "a.png").rgb, NOISE)


def test_broken_exif_does_not_spoil_the_picture(tmp_path):
    Image.fromarray(NOISE).save(tmp_path / "a.png", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert np.array_equal(load_image(tmp_path / "a.png").rgb, NOISE)


SIXTEEN = RNG.integers(0, 65536, (300, 1000, 4), np.uint16)
# v / 257 has no ties: 257 is odd
EIGHT = np.rint(SIXTEEN / 257).astype(np.uint8)


@pytest.mark.parametrize(("color_type", "channels"), [(0, [0]), (2, [0, 1, 2])])
def test_16_bit_png_is_divided_by_257(pictures, color_type, channels):
    image = load_image(pictures.png("a.png", SIXTEEN[..., channels], color_type))
    assert np.array_equal(image.rgb, np.broadcast_to(EIGHT[..., channels], image.rgb.shape))
    assert image.notes == ("16 bits a channel were reduced to 8.",)


@pytest.mark.parametrize(("color_type", "channels"), [(4, [0]), (6, [0, 1, 2])])
def test_16_bit_png_with_alpha(pictures, color_type, channels):
    image = load_image(pictures.png("a.png", SIXTEEN[..., [*channels, 3]], color_type))
    assert np.array_equal(image.rgb, np.broadcast_to(EIGHT[..., channels], image.rgb.shape))
    assert np.array_equal(image.alpha, EIGHT[..., 3])


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("compressed", [False, True])
def test_16_bit_tiff(pictures, order, compressed):
    for photometric, samples in ((1, SIXTEEN[..., 0]), (2, SIXTEEN[..., :3])):
        path = pictures.tiff("a.tif", samples, photometric, order=order, compressed=compressed)
        image = load_image(path)
        expected = np.rint(samples / 257).reshape(*samples.shape[:2], -1)
        assert np.array_equal(image.rgb, np.broadcast_to(expected, image.rgb.shape))
        assert image.notes == ("16 bits a channel were reduced to 8.",)


def test_12_bit_tiff_is_scaled_by_its_own_range(pictures):
    values = [0, 4095, 2048, 1000]
    packed = bytes.fromhex("".join(f"{value:03x}" for value in values))
    samples = np.frombuffer(packed, np.uint8)[None]
    image = load_image(pictures.tiff("a.tif", samples, 1, bits=12, extra=((256, 4, 1, 4),)))
    assert image.rgb[0, :, 0].tolist() == [round(value / 4095 * 255) for value in values]
    assert image.notes == ("Values from 0 to 4,095 were scaled to 8 bits.",)


def test_16_bit_tiff_where_0_is_white(pictures):
    image = load_image(pictures.tiff("a.tif", SIXTEEN[..., 0], 0))
    assert np.array_equal(image.rgb[..., 0], 255 - EIGHT[..., 0])


def test_transparent_colour_of_16_bits_is_compared_in_16_bits(pictures):
    samples = np.array([[[1000, 2000, 3000], [1000, 2000, 3001]]], np.uint16)
    path = pictures.png("a.png", samples, 2, (b"tRNS", struct.pack(">3H", 1000, 2000, 3000)))
    image = load_image(path)
    assert image.mask.tolist() == [[False, True]]
    path = pictures.png("b.png", samples[..., 2], 0, (b"tRNS", struct.pack(">H", 3001)))
    assert load_image(path).mask.tolist() == [[True, False]]


def test_32_bit_integers_are_scaled_by_their_range(tmp_path, pictures):
    Image.fromarray(np.array([[-500, 0, 500, 100]], np.int32)).save(tmp_path / "a.tif")
    image = load_image(tmp_path / "a.tif")
    assert image.rgb[0, :, 0].tolist() == [0, 128, 255, 153]
    assert image.notes == ("Values from -500 to 500 were scaled to 8 bits.",)
    unsigned = np.array([[0, 1 << 31, (1 << 32) - 1]], np.uint32)
    assert load_image(pictures.tiff("b.tif", unsigned, 1)).rgb[0, :, 0].tolist() == [0, 128, 255]


def test_16_bit_pgm(pictures):
    path = pictures.write("a.pgm", b"P5 3 1 65535\n" + struct.pack(">3H", 0, 30000, 65535))
    assert load_image(path).rgb[0, :, 0].tolist() == [0, round(30000 / 257), 255]


def test_floats_are_scaled_by_their_range(tmp_path):
    Image.fromarray(np.array([[-1.0, 0.0, 1.0, 3.0]], np.float32)).save(tmp_path / "a.tif")
    image = load_image(tmp_path / "a.tif")
    assert image.rgb[0, :, 0].tolist() == [0, 64, 128, 255]
    assert image.notes == ("Values from -1 to 3 were scaled to 8 bits.",)


def test_floats_are_scaled_by_the_declared_range(pictures):
    values = np.array([[0.25, 0.5]], np.float32)
    lowest, highest = (int.from_bytes(struct.pack("<f", v), "little") for v in (0.0, 1.0))
    declared = ((339, 3, 1, 3), (340, 11, 1, lowest), (341, 11, 1, highest))
    image = load_image(pictures.tiff("a.tif", values, 1, extra=declared))
    assert image.rgb[0, :, 0].tolist() == [64, 128]


def test_values_that_are_no_numbers_or_infinite(tmp_path):
    values = np.array([[np.nan, -np.inf, 0.0, 10.0, np.inf]], np.float32)
    Image.fromarray(values).save(tmp_path / "a.tif")
    image = load_image(tmp_path / "a.tif")
    assert image.rgb[0, :, 0].tolist() == [0, 0, 0, 255, 255]
    assert "1 pixels without a number are shown black." in image.notes


@pytest.mark.parametrize(
    ("value", "grey"), [(0.0, 0), (0.5, 128), (1.0, 255), (7.0, 255), (-2.0, 0), (np.nan, 0)]
)
def test_one_float_everywhere(tmp_path, value, grey):
    Image.fromarray(np.full((2, 2), value, np.float32)).save(tmp_path / "a.tif")
    assert (load_image(tmp_path / "a.tif").rgb == grey).all()


def test_palette_with_transparency_of_its_own_for_each_entry(pictures):
    indices = np.array([[0, 1, 2, 3]], np.uint8)
    palette = bytes([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120])
    path = pictures.png("a.png", indices, 3, (b"PLTE", palette), (b"tRNS", bytes([0, 100, 200])))
    image = load_image(path)
    assert image.rgb.tolist() == [[[10, 20, 30], [40, 50, 60], [70, 80, 90], [100, 110, 120]]]
    assert image.alpha.tolist() == [[0, 100, 200, 255]]
    assert image.mask.tolist() == [[False, False, True, True]]
    assert image.notes == (
        "2 pixels are partly transparent: under 50 % they become transparent, others opaque.",
    )


def test_index_beyond_the_palette_is_black(pictures):
    path = pictures.png("a.png", np.array([[0, 9]], np.uint8), 3, (b"PLTE", bytes([1, 2, 3])))
    assert load_image(path).rgb.tolist() == [[[1, 2, 3], [0, 0, 0]]]


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_transparent_grey_of_few_bits(pictures, depth):
    highest = 2**depth - 1
    samples = np.array([[0, 1, highest]], np.uint8)
    path = pictures.png("a.png", samples, 0, (b"tRNS", struct.pack(">H", 1)), depth=depth)
    image = load_image(path)
    assert image.rgb[0, :, 0].tolist() == [0, 255 // highest, 255]
    assert image.mask.tolist() == [[True, False, depth > 1]]


def test_transparent_colour(pictures):
    samples = np.array([[[1, 2, 3], [1, 2, 4]]], np.uint8)
    # only the bits that a sample has are compared
    for key in ((1, 2, 3), (0x101, 0xFF02, 3)):
        path = pictures.png("a.png", samples, 2, (b"tRNS", struct.pack(">3H", *key)))
        assert load_image(path).mask.tolist() == [[False, True]]


def test_grey_with_alpha_and_bilevel(tmp_path):
    la = np.array([[[7, 0], [9, 255]]], np.uint8)
    Image.fromarray(la).save(tmp_path / "la.png")
    image = load_image(tmp_path / "la.png")
    assert image.rgb.tolist() == [[[7, 7, 7], [9, 9, 9]]]
    assert image.mask.tolist() == [[False, True]]
    Image.fromarray(np.array([[True, False]])).save(tmp_path / "one.png")
    assert load_image(tmp_path / "one.png").rgb.tolist() == [[[255] * 3, [0] * 3]]


def test_alpha_that_says_nothing_is_left_out(tmp_path):
    rgba = np.dstack([NOISE, np.full((7, 11), 255, np.uint8)])
    Image.fromarray(rgba).save(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png").alpha is None


def test_mask_is_at_half_opacity():
    rgba = np.zeros((1, 4, 4), np.uint8)
    rgba[0, :, 3] = 0, 127, 128, 255
    image = image_from_array(rgba, "x")
    assert image.mask.tolist() == [[False, False, True, True]]
    assert image.alpha.tolist() == [[0, 127, 128, 255]]
    rgba[0, :, 3] = 128
    assert image_from_array(rgba, "x").mask is None


@pytest.mark.parametrize(
    ("pillow_format", "part"),
    [
        ("GIF", "frames"),
        ("PNG", "frames"),
        ("WEBP", "frames"),
        ("AVIF", "frames"),
        ("TIFF", "pages"),
    ],
)
def test_the_first_frame_of_several(tmp_path, pillow_format, part):
    frames = [Image.new("RGB", (16, 16), color) for color in ("red", "lime", "blue")]
    options = {"lossless": True} if pillow_format == "WEBP" else {}
    path = tmp_path / "a"
    frames[0].save(path, pillow_format, save_all=True, append_images=frames[1:], **options)
    image = load_image(path)
    assert image.n_frames == 3
    assert image.notes[0] == f"The first of 3 {part} is shown."
    assert_close(image.rgb, np.full((16, 16, 3), (255, 0, 0)), 8 if pillow_format == "AVIF" else 0)


def test_transparent_gif(tmp_path):
    picture = Image.fromarray(np.array([[0, 1], [1, 1]], np.uint8), "P")
    picture.putpalette([9, 9, 9, 200, 100, 50])
    picture.save(tmp_path / "a.gif", transparency=0)
    image = load_image(tmp_path / "a.gif")
    assert image.mask.tolist() == [[False, True], [True, True]]
    assert image.rgb[0, 1].tolist() == [200, 100, 50]


def test_array_is_copied():
    pixels = NOISE.copy()
    image = image_from_array(pixels, "Clipboard")
    pixels[:] = 0
    assert np.array_equal(image.rgb, NOISE)
    assert (image.name, image.path, image.file_size, image.format) == ("Clipboard", None, None, "")
    assert image.rgb.flags.c_contiguous and not image.rgb.flags.writeable


def test_array_with_alpha():
    rgba = RNG.integers(0, 256, (3, 4, 4), np.uint8)
    image = image_from_array(rgba[:, ::-1], "x")
    assert np.array_equal(image.rgb, rgba[:, ::-1, :3])
    assert np.array_equal(image.alpha, rgba[:, ::-1, 3])


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (0, 4, 3), (4, 0, 4)])
def test_array_of_another_shape(shape):
    with pytest.raises(InvalidParameterError):
        image_from_array(np.zeros(shape, np.uint8), "x")


def test_array_of_another_type():
    with pytest.raises(InvalidParameterError, match="float64"):
        image_from_array(np.zeros((2, 2, 3)), "x")


@pytest.mark.parametrize("shape", [(1, 1), (1, 30000), (30000, 1), (700, 900)])
def test_shapes(tmp_path, shape):
    pixels = RNG.integers(0, 256, (*shape, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png", compress_level=1)
    assert np.array_equal(load_image(tmp_path / "a.png").rgb, pixels)
