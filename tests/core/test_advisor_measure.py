"""One k, measured: the very palette that is saved, its errors over all pixels, its file's size."""

import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from colorquant_gui.core import Cancelled, ColorHistogram, Fit, IndexedImage, quantize
from colorquant_gui.core.advisor import Measurer
from colorquant_gui.core.color_spaces import COLOR_SPACES, color_space
from colorquant_gui.core.export import EXPORT_FORMATS, png
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.core.seeding import SEEDINGS


def picture(seed: int = 0, height: int = 60, width: int = 80) -> np.ndarray:
    """Make smooth patches with noise, as photos have."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (6, 8, 3), np.uint8)
    image = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    return np.clip(np.asarray(image) + rng.normal(0, 6, (height, width, 3)), 0, 255).astype(
        np.uint8
    )


@pytest.fixture
def rgb() -> np.ndarray:
    return picture()


@pytest.fixture
def mask() -> np.ndarray:
    mask = np.ones((60, 80), np.bool_)
    mask[:20, :30] = False
    return mask


@pytest.mark.parametrize("space", COLOR_SPACES)
@pytest.mark.parametrize("seeding", SEEDINGS)
def test_the_palette_is_that_of_the_saved_result(rgb: np.ndarray, space: str, seeding: str) -> None:
    measurer = Measurer(ColorHistogram.from_rgb(rgb), space, seeding, 7)
    for k in (2, 5, 31, 120, 256):
        result = quantize(rgb, k, color_space=space, seeding=seeding, seed=7)
        found = measurer.errors(k)
        assert found.palette.tobytes() == result.palette.tobytes()
        assert found.n_iter == result.n_iter
        assert found.point.mse == result.mse
        assert found.point.psnr == result.psnr
        assert found.point.k == k


@pytest.mark.parametrize("space", COLOR_SPACES)
def test_picked_colours_to_start_from(rgb: np.ndarray, space: str) -> None:
    histogram = ColorHistogram.from_rgb(rgb)
    picks = [(255, 0, 0), (9, 200, 30), (0, 0, 90)]
    measurer = Measurer(histogram, space, picks=picks)
    plain = Measurer(histogram, space)
    for k in (2, 3, 9, 40):
        start = start_from_picks(histogram, picks, k, color_space=space)
        found = measurer.errors(k)
        assert found.palette.tobytes() == refined(rgb, start, space).tobytes()
    assert measurer.errors(9).palette.tobytes() != plain.errors(9).palette.tobytes()


def refined(rgb: np.ndarray, start: np.ndarray, space: str) -> np.ndarray:
    """Run from given centroids and round as a saved result is."""
    histogram = ColorHistogram.from_rgb(rgb)
    last = Fit(len(start), color_space=space, init=start).last(histogram)
    return IndexedImage.from_centroids(
        histogram, last.centroids, last.number, color_space=space, refine=True
    ).palette


def test_errors_are_those_of_all_pixels(rgb: np.ndarray) -> None:
    point = Measurer(ColorHistogram.from_rgb(rgb)).errors(9).point
    shown = quantize(rgb, 9).to_rgb().reshape(-1, 3)
    pixels = rgb.reshape(-1, 3)
    squared = ((pixels.astype(float) - shown) ** 2).sum(axis=1)
    assert point.mse == pytest.approx(squared.mean(), rel=1e-12)
    assert point.psnr == pytest.approx(10 * np.log10(255**2 / (squared.mean() / 3)))
    each = np.array([difference(a, b) for a, b in zip(lab(pixels), lab(shown), strict=True)])
    assert point.mean_de == pytest.approx(each.mean(), abs=0.01)
    rank = int(np.ceil(0.95 * len(each))) - 1
    assert point.p95_de == pytest.approx(np.sort(each)[rank], abs=0.02)


def lab(colors: np.ndarray) -> np.ndarray:
    """CIELAB under D65, from the definition."""
    encoded = colors / 255.0
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    matrix = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = linear @ matrix.T / matrix.sum(axis=1)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), xyz * 841 / 108 + 16 / 116)
    return np.stack(
        [116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1
    )


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """CIEDE2000 of two colours, step by step as Sharma, Wu & Dalal 2005 write it."""
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = h2 - h1
    if c1 * c2 == 0:
        turn, hue = 0.0, h1 + h2
    else:
        hue = (h1 + h2) / 2
        if abs(turn) > 180:
            hue += 180 if h1 + h2 < 360 else -180
            turn += 360 if turn < 0 else -360
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * np.cos(np.radians(hue - 30)) + 0.24 * np.cos(np.radians(2 * hue))
    t += 0.32 * np.cos(np.radians(3 * hue + 6)) - 0.2 * np.cos(np.radians(4 * hue - 63))
    sl = 1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rc = 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    rt = -rc * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    x, y, z = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return float(np.sqrt(x * x + y * y + z * z + rt * y * z))


def test_the_size_is_that_of_the_saved_file(rgb: np.ndarray) -> None:
    measurer = Measurer(ColorHistogram.from_rgb(rgb))
    for k in (2, 4, 16, 17, 200):
        found = measurer.encode(measurer.errors(k))
        file = EXPORT_FORMATS["png"].encode(quantize(rgb, k))
        assert (found.point.n_bytes, found.point.bytes_estimated) == (len(file), False)


@pytest.mark.parametrize("space", COLOR_SPACES)
def test_the_result_can_be_had_again_without_a_run(rgb: np.ndarray, space: str) -> None:
    measurer = Measurer(ColorHistogram.from_rgb(rgb), space)
    made, wanted = measurer.indexed(measurer.errors(33)), quantize(rgb, 33, color_space=space)
    assert made.palette.tobytes() == wanted.palette.tobytes()
    assert made.indices.tobytes() == wanted.indices.tobytes()
    assert made.counts.tolist() == wanted.counts.tolist()
    assert made.labels.tobytes() == wanted.labels.tobytes()
    assert (made.mse, made.n_iter) == (wanted.mse, wanted.n_iter)
    assert made.transparent_index is None


@pytest.mark.parametrize("name", COLOR_SPACES)
def test_palettes_survive_the_way_through_the_clustering_space(name: str) -> None:
    space = color_space(name)
    colors = np.random.default_rng(1).integers(0, 256, (200_000, 3), np.uint8)
    greys = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    for some in (colors, greys):
        assert (space.to_srgb(space.from_srgb(some)) == some).all()


def test_transparent_pixels_take_one_entry(rgb: np.ndarray, mask: np.ndarray) -> None:
    measurer = Measurer(ColorHistogram.from_rgb(rgb, mask))
    for k in (2, 3, 20, 256):
        wanted = quantize(rgb, k - 1, mask=mask)
        found = measurer.encode(measurer.errors(k))
        assert found.point.k == k
        assert found.palette.tobytes() == wanted.palette[1:].tobytes()
        assert found.point.mse == wanted.mse
        assert found.point.n_bytes == len(EXPORT_FORMATS["png"].encode(wanted))
        made = measurer.indexed(found)
        assert made.indices.tobytes() == wanted.indices.tobytes()
        assert made.palette.tobytes() == wanted.palette.tobytes()
        assert made.counts.tolist() == wanted.counts.tolist()
        assert made.transparent_index == 0


@pytest.mark.parametrize(
    ("colors", "transparent", "maximum"),
    [(5, False, 5), (5, True, 6), (256, False, 256), (256, True, 256), (300, False, 256)],
)
def test_the_greatest_k(colors: int, transparent: bool, maximum: int) -> None:
    rgb = np.zeros((1, colors + 1, 3), np.uint8)
    rgb[0, :colors, 0], rgb[0, :colors, 1] = np.arange(colors) % 256, np.arange(colors) // 256
    rgb[0, -1] = rgb[0, 0]
    mask = np.ones(rgb.shape[:2], np.bool_)
    mask[0, -1] = not transparent
    assert Measurer(ColorHistogram.from_rgb(rgb, mask)).maximum == maximum


def test_all_colours_kept_lose_nothing() -> None:
    rgb = picture().reshape(-1, 3)[:40].reshape(4, 10, 3)
    measurer = Measurer(ColorHistogram.from_rgb(rgb))
    point = measurer.errors(measurer.maximum).point
    assert (point.mse, point.mean_de, point.p95_de) == (0, 0, 0)
    assert point.psnr == np.inf


def test_nothing_visible() -> None:
    rgb = np.zeros((3, 3, 3), np.uint8)
    histogram = ColorHistogram.from_rgb(rgb, np.zeros((3, 3), np.bool_))
    assert Measurer(histogram).maximum == 1


def test_two_threads_at_once_measure_the_same(rgb: np.ndarray) -> None:
    values = list(range(2, 80, 3))
    alone = Measurer(ColorHistogram.from_rgb(rgb), "oklab")
    one_by_one = [alone.errors(k) for k in values]
    together = Measurer(ColorHistogram.from_rgb(rgb), "oklab")
    with ThreadPoolExecutor(4) as pool:
        side_by_side = list(pool.map(together.errors, values))
    assert [m.point for m in side_by_side] == [m.point for m in one_by_one]
    for a, b in zip(side_by_side, one_by_one, strict=True):
        assert a.palette.tobytes() == b.palette.tobytes()


def test_the_problem_of_the_picture_is_left_alone(rgb: np.ndarray) -> None:
    histogram = ColorHistogram.from_rgb(rgb)
    problem = histogram.problem(color_space("srgb"))
    measurer = Measurer(histogram, "cielab")
    measurer.encode(measurer.errors(12))
    assert histogram.problem(color_space("srgb")) is problem


def test_released_memory_comes_back_by_itself(rgb: np.ndarray) -> None:
    measurer = Measurer(ColorHistogram.from_rgb(rgb))
    before = measurer.errors(12)
    measurer.release()
    assert measurer.errors(12).point == before.point


@pytest.mark.parametrize("what", ["errors", "encode", "indexed"])
def test_it_can_be_stopped(rgb: np.ndarray, what: str, questions) -> None:
    measurer = Measurer(ColorHistogram.from_rgb(rgb))
    known = measurer.errors(12)
    asked = questions()
    work = {
        "errors": lambda stop: measurer.errors(12, cancelled=stop),
        "encode": lambda stop: measurer.encode(known, cancelled=stop),
        "indexed": lambda stop: measurer.indexed(known, cancelled=stop),
    }[what]
    work(asked)
    assert asked.asked > 2
    for number in range(1, asked.asked + 1):
        with pytest.raises(Cancelled):
            work(questions(number))


def test_a_file_is_not_encoded_to_the_end_in_vain() -> None:
    """Nothing of a large file is made after a cancel."""
    rgb = np.random.default_rng(0).integers(0, 256, (400, 1200, 3), np.uint8)
    file = io.BytesIO()

    def stop() -> bool:
        file.write(b".")
        return len(file.getvalue()) > 3

    result = quantize(rgb, 256)
    with pytest.raises(Cancelled):
        png.encode(result, stop)
    assert len(file.getvalue()) == 4
