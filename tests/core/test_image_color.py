"""load_image: profiles, gamma, CMYK and CIELAB end up as the sRGB that was meant."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from colorquant_gui.core.image import load_image

RNG = np.random.default_rng(9)
# sRGB to XYZ, adapted to D50 (the matrix of the sRGB profile, ICC.1 Annex E)
SRGB_COLORANTS = np.array(
    [[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]]
)


def srgb_encode(linear: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1, to 0..255."""
    linear = np.clip(linear, 0, 1)
    return 255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def from_matrix_profile(rgb: np.ndarray, colorants: np.ndarray, gamma: float) -> np.ndarray:
    linear = (rgb / 255) ** (round(gamma * 256) / 256)
    return srgb_encode(linear @ colorants.T @ np.linalg.inv(SRGB_COLORANTS).T)


def lab_to_srgb(lightness: float, a: float, b: float) -> np.ndarray:
    """CIE 15, white D50, then sRGB."""
    fy = (lightness + 16) / 116
    f = np.array([fy + a / 500, fy, fy - b / 200])
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * [0.9642, 1, 0.8249]
    return srgb_encode(np.linalg.inv(SRGB_COLORANTS) @ xyz)


def assert_close(actual, expected, levels):
    assert np.abs(np.asarray(actual, float) - np.asarray(expected, float)).max() <= levels


def muted(shape) -> np.ndarray:
    """Colours that both gamuts hold, so that nothing is clipped."""
    return RNG.integers(70, 190, shape, np.uint8)


@pytest.mark.parametrize("pillow_format", ["PNG", "TIFF", "WEBP", "JPEG", "AVIF"])
def test_rgb_profile_is_converted_to_srgb(pictures, tmp_path, pillow_format):
    pixels = np.kron(muted((4, 5, 3)), np.ones((16, 16, 1), np.uint8))
    profile = pictures.rgb_profile(pictures.p3_colorants, 1.8)
    lossy = pillow_format in ("JPEG", "AVIF")
    options = {"quality": 100, "subsampling": "4:4:4"} if lossy else {"lossless": True}
    Image.fromarray(pixels).save(tmp_path / "a", pillow_format, icc_profile=profile, **options)
    image = load_image(tmp_path / "a")
    expected = from_matrix_profile(pixels, pictures.p3_colorants, 1.8)
    assert np.abs(expected - pixels).mean() > 8
    assert_close(image.rgb, expected, 6 if lossy else 1.5)
    assert image.notes == ("Converted from “Test” to sRGB.",)


def test_alpha_is_no_colour(pictures, tmp_path):
    rgba = np.dstack([muted((9, 9, 3)), RNG.integers(0, 256, (9, 9), np.uint8)])
    profile = pictures.rgb_profile(pictures.p3_colorants, 1.8)
    Image.fromarray(rgba).save(tmp_path / "a.png", icc_profile=profile)
    image = load_image(tmp_path / "a.png")
    assert_close(image.rgb, from_matrix_profile(rgba[..., :3], pictures.p3_colorants, 1.8), 1.5)
    assert np.array_equal(image.alpha, rgba[..., 3])


def test_palette_is_converted(pictures, tmp_path):
    palette = muted((16, 3))
    picture = Image.fromarray(np.arange(16, dtype=np.uint8).reshape(4, 4), "P")
    picture.putpalette(palette.tobytes())
    profile = pictures.rgb_profile(pictures.p3_colorants, 1.8)
    picture.save(tmp_path / "a.png", icc_profile=profile)
    expected = from_matrix_profile(palette.reshape(4, 4, 3), pictures.p3_colorants, 1.8)
    assert_close(load_image(tmp_path / "a.png").rgb, expected, 1.5)


def test_16_bit_colour_is_converted(pictures):
    pixels = muted((4, 4, 3))
    iccp = b"x\0\0" + zlib.compress(pictures.rgb_profile(pictures.p3_colorants, 1.8))
    path = pictures.png("a.png", pixels.astype(np.uint16) * 257, 2, (b"iCCP", iccp))
    expected = from_matrix_profile(pixels, pictures.p3_colorants, 1.8)
    assert_close(load_image(path).rgb, expected, 1.5)


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_grey_profile(pictures, tmp_path, mode):
    grey = np.arange(256, dtype=np.uint8)[None]
    picture = Image.fromarray(grey).convert(mode)
    picture.save(tmp_path / "a.png", icc_profile=pictures.grey_profile(1.0))
    image = load_image(tmp_path / "a.png")
    expected = np.repeat(srgb_encode(grey / 255)[..., None], 3, axis=2)
    assert_close(image.rgb, expected, 1)
    assert image.notes == ("Converted from “Test” to sRGB.",)


def test_grey_picture_with_an_rgb_profile(pictures, tmp_path):
    grey = np.arange(256, dtype=np.uint8)[None]
    profile = pictures.rgb_profile(pictures.p3_colorants, 1.8)
    Image.fromarray(grey).save(tmp_path / "a.png", icc_profile=profile)
    rgb = np.repeat(grey[..., None], 3, axis=2)
    image = load_image(tmp_path / "a.png")
    expected = from_matrix_profile(rgb, pictures.p3_colorants, 1.8)
    assert_close(image.rgb, expected, 1.5)


def test_srgb_itself_changes_nothing(tmp_path):
    pixels = RNG.integers(0, 256, (99, 99, 3), np.uint8)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(pixels).save(tmp_path / "a.png", icc_profile=profile)
    image = load_image(tmp_path / "a.png")
    assert np.array_equal(image.rgb, pixels)
    assert image.notes == ()


def test_srgb_in_rounded_numbers_changes_nothing(pictures, tmp_path):
    encoded = np.linspace(0, 1, 1024)
    curve = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    pixels = RNG.integers(0, 256, (99, 99, 3), np.uint8)
    # as in other copies of the profile, the last digits differ
    profile = pictures.rgb_profile(SRGB_COLORANTS.round(4), curve)
    Image.fromarray(pixels).save(tmp_path / "a.png", icc_profile=profile)
    image = load_image(tmp_path / "a.png")
    assert np.array_equal(image.rgb, pixels)
    assert image.notes == ()


def broken_profiles(pictures) -> dict[str, bytes]:
    whole = pictures.rgb_profile(pictures.p3_colorants, 1.8)
    return {"noise": bytes(range(200)), "cut": whole[:150], "empty": b"\0" * 128}


@pytest.mark.parametrize("damage", ["noise", "cut", "empty"])
@pytest.mark.parametrize("pillow_format", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_broken_profile_is_ignored(pictures, tmp_path, pillow_format, damage):
    pixels = np.full((16, 16, 3), (180, 90, 40), np.uint8)
    profile = broken_profiles(pictures)[damage]
    options = {"lossless": True} if pillow_format == "WEBP" else {}
    Image.fromarray(pixels).save(tmp_path / "a", pillow_format, icc_profile=profile, **options)
    image = load_image(tmp_path / "a")
    assert_close(image.rgb, pixels, 3 if pillow_format == "JPEG" else 0)
    assert image.notes == ("The embedded colour profile is broken and was ignored.",)


@pytest.mark.parametrize("packed", ["unfinished", "noise", "nothing"])
def test_profile_that_cannot_be_unpacked_is_ignored(pictures, packed):
    whole = zlib.compress(pictures.rgb_profile(pictures.p3_colorants, 1.8))
    data = {"unfinished": whole[:-4], "noise": b"abcdef", "nothing": b""}[packed]
    pixels = muted((4, 4, 3))
    image = load_image(pictures.png("a.png", pixels, 2, (b"iCCP", b"x\0\0" + data)))
    assert np.array_equal(image.rgb, pixels)
    assert image.notes == ("The embedded colour profile is broken and was ignored.",)


def test_profile_of_another_kind_of_picture_is_ignored(pictures, tmp_path):
    pixels = muted((4, 4, 3))
    Image.fromarray(pixels).save(tmp_path / "a.png", icc_profile=pictures.grey_profile(1.0))
    image = load_image(tmp_path / "a.png")
    assert np.array_equal(image.rgb, pixels)
    assert image.notes == ("The embedded colour profile does not fit the picture and was ignored.",)


INKS = {
    "paper": ((0, 0, 0, 0), (255, 255, 255)),
    "cyan": ((255, 0, 0, 0), (0, 255, 255)),
    "red": ((0, 255, 255, 0), (255, 0, 0)),
    "black": ((0, 0, 0, 255), (0, 0, 0)),
    "dark green": ((255, 0, 255, 127), (0, 128, 0)),
}


def ink_picture() -> np.ndarray:
    return np.kron(
        np.array([[ink for ink, _ in INKS.values()]], np.uint8), np.ones((16, 16, 1), np.uint8)
    )


@pytest.mark.parametrize("pillow_format", ["JPEG", "TIFF"])
def test_cmyk_without_profile(tmp_path, pillow_format):
    picture = Image.frombytes("CMYK", (16 * len(INKS), 16), ink_picture().tobytes())
    picture.save(tmp_path / "a", pillow_format, quality=100)
    image = load_image(tmp_path / "a")
    assert_close(image.rgb[8, 8::16], [rgb for _, rgb in INKS.values()], 3)
    assert image.notes == ("Converted from CMYK without a colour profile.",)


@pytest.mark.parametrize("pillow_format", ["JPEG", "TIFF"])
def test_cmyk_with_profile(pictures, tmp_path, pillow_format):
    lab = (62, -25, -35)
    picture = Image.frombytes("CMYK", (16 * len(INKS), 16), ink_picture().tobytes())
    picture.save(tmp_path / "a", pillow_format, quality=100, icc_profile=pictures.cmyk_profile(lab))
    image = load_image(tmp_path / "a")
    paper, cyan, red, black, _ = image.rgb[8, 8::16]
    assert_close(paper, [255] * 3, 2)
    assert_close(red, [255] * 3, 2)  # this printer has no other ink
    assert_close(black, [0] * 3, 2)
    assert_close(cyan, lab_to_srgb(*lab), 4)
    assert image.notes == ("Converted from “Test” to sRGB.",)


def test_cielab_tiff(tmp_path):
    labs = [(50, 0, 0), (100, 0, 0), (0, 0, 0), (60, 40, 20), (60, -20, -15)]
    stored = np.array([[[round(v * 2.55), a & 255, b & 255] for v, a, b in labs]], np.uint8)
    Image.frombytes("LAB", (len(labs), 1), stored.tobytes()).save(tmp_path / "a.tif")
    image = load_image(tmp_path / "a.tif")
    expected = [lab_to_srgb(round(v * 2.55) / 2.55, a, b) for v, a, b in labs]
    assert_close(image.rgb[0], expected, 2)
    assert image.notes == ("Converted from CIELAB to sRGB.",)


def gamma_chunk(gamma: float) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", round(gamma * 100_000))


@pytest.mark.parametrize("gamma", [0.35, 1.0, 2.5])
@pytest.mark.parametrize("bits", [8, 16])
def test_png_gamma(pictures, gamma, bits):
    samples = RNG.integers(0, 2**bits, (40, 40, 3)).astype(f"uint{bits}")
    image = load_image(pictures.png("a.png", samples, 2, gamma_chunk(gamma)))
    assert_close(image.rgb, srgb_encode((samples / (2**bits - 1)) ** (1 / gamma)), 0.5001)
    assert f"Converted from gamma {gamma:.2f} to sRGB." in image.notes


def test_png_gamma_of_grey_and_palette(pictures):
    grey = np.arange(256, dtype=np.uint8)[None]
    expected = srgb_encode(grey[..., None] / 255)
    assert_close(load_image(pictures.png("a.png", grey, 0, gamma_chunk(1))).rgb, expected, 0.5001)
    palette = (b"PLTE", np.repeat(grey[0], 3).tobytes())
    image = load_image(pictures.png("b.png", grey, 3, gamma_chunk(1), palette))
    assert_close(image.rgb, expected, 0.5001)


def test_png_gamma_of_srgb_changes_nothing(pictures):
    samples = RNG.integers(0, 256, (8, 8, 3), np.uint8)
    for chunks in (
        [gamma_chunk(0.45455)],
        [gamma_chunk(1.0), (b"sRGB", b"\0")],
        [gamma_chunk(0.0)],
        [gamma_chunk(40_000)],
    ):
        image = load_image(pictures.png("a.png", samples, 2, *chunks))
        assert np.array_equal(image.rgb, samples)
        assert image.notes == ()


def test_profile_goes_before_gamma(pictures):
    pixels = muted((4, 4, 3))
    iccp = b"x\0\0" + zlib.compress(pictures.rgb_profile(pictures.p3_colorants, 1.8))
    path = pictures.png("a.png", pixels, 2, gamma_chunk(1.0), (b"iCCP", iccp))
    expected = from_matrix_profile(pixels, pictures.p3_colorants, 1.8)
    assert_close(load_image(path).rgb, expected, 1.5)
