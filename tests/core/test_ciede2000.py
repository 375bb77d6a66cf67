"""CIEDE2000 against the published pairs; the engine and NumPy against the formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colorquant_gui.core import Cancelled, ColorHistogram, Fit, InvalidParameterError, engine
from colorquant_gui.core.ciede2000 import DifferenceMeter, ciede2000
from colorquant_gui.core.color_spaces import CIELAB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tests.core.questions import Questions

# Sharma, Wu, Dalal 2005, table 1: L*, a*, b* of both colours, and their difference
PAIRS = np.array(
    [
        [50.0000, 2.6772, -79.7751, 50.0000, 0.0000, -82.7485, 2.0425],
        [50.0000, 3.1571, -77.2803, 50.0000, 0.0000, -82.7485, 2.8615],
        [50.0000, 2.8361, -74.0200, 50.0000, 0.0000, -82.7485, 3.4412],
        [50.0000, -1.3802, -84.2814, 50.0000, 0.0000, -82.7485, 1.0000],
        [50.0000, -1.1848, -84.8006, 50.0000, 0.0000, -82.7485, 1.0000],
        [50.0000, -0.9009, -85.5211, 50.0000, 0.0000, -82.7485, 1.0000],
        [50.0000, 0.0000, 0.0000, 50.0000, -1.0000, 2.0000, 2.3669],
        [50.0000, -1.0000, 2.0000, 50.0000, 0.0000, 0.0000, 2.3669],
        [50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0009, 7.1792],
        [50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0010, 7.1792],
        [50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0011, 7.2195],
        [50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0012, 7.2195],
        [50.0000, -0.0010, 2.4900, 50.0000, 0.0009, -2.4900, 4.8045],
        [50.0000, -0.0010, 2.4900, 50.0000, 0.0010, -2.4900, 4.8045],
        [50.0000, -0.0010, 2.4900, 50.0000, 0.0011, -2.4900, 4.7461],
        [50.0000, 2.5000, 0.0000, 50.0000, 0.0000, -2.5000, 4.3065],
        [50.0000, 2.5000, 0.0000, 73.0000, 25.0000, -18.0000, 27.1492],
        [50.0000, 2.5000, 0.0000, 61.0000, -5.0000, 29.0000, 22.8977],
        [50.0000, 2.5000, 0.0000, 56.0000, -27.0000, -3.0000, 31.9030],
        [50.0000, 2.5000, 0.0000, 58.0000, 24.0000, 15.0000, 19.4535],
        [50.0000, 2.5000, 0.0000, 50.0000, 3.1736, 0.5854, 1.0000],
        [50.0000, 2.5000, 0.0000, 50.0000, 3.2972, 0.0000, 1.0000],
        [50.0000, 2.5000, 0.0000, 50.0000, 1.8634, 0.5757, 1.0000],
        [50.0000, 2.5000, 0.0000, 50.0000, 3.2592, 0.3350, 1.0000],
        [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
        [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630],
        [61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731],
        [35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645],
        [22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373],
        [36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146],
        [90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441],
        [90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381],
        [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377],
        [2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082],
    ]
)


@pytest.mark.parametrize("pair", PAIRS, ids=range(1, 35))
def test_published_pairs(pair: NDArray[np.float64]) -> None:
    first, second, expected = pair[:3], pair[3:6], pair[6]
    assert float(ciede2000(first, second)) == pytest.approx(expected, abs=5e-5)
    assert float(ciede2000(second, first)) == pytest.approx(expected, abs=5e-5)


def test_shapes_are_broadcast() -> None:
    every = ciede2000(PAIRS[:, None, :3], PAIRS[None, :, 3:6])
    assert every.shape == (34, 34)
    assert every.diagonal() == pytest.approx(PAIRS[:, 6], abs=5e-5)


def test_a_color_does_not_differ_from_itself() -> None:
    assert not ciede2000(PAIRS[:, :3], PAIRS[:, :3]).any()


# --- pictures and palettes


@pytest.fixture(params=[True, False], ids=["compiled", "numpy"])
def _either_engine(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    if not request.param:
        monkeypatch.setattr(engine, "native", None)
    yield
    engine.use_instruction_set("")


either_engine = pytest.mark.usefixtures("_either_engine")

# CIELAB finer than the clustering space has it, by the formulas of CIE 15:2004 alone
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    encoded = rgb / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    relative = linear @ XYZ.T / XYZ.sum(axis=1)
    f = np.where(relative > 216 / 24389, np.cbrt(relative), relative * (841 / 108) + 16 / 116)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def noise(n: int, seed: int = 0) -> NDArray[np.uint8]:
    keys = np.random.default_rng(seed).choice(1 << 24, n, replace=False)
    return np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.uint8)


def weighted(colors: NDArray[np.uint8]) -> ColorHistogram:
    weights = np.random.default_rng(1).integers(1, 9, len(colors))
    return ColorHistogram.from_rgb(np.repeat(colors, weights, axis=0)[None])


@either_engine
@pytest.mark.parametrize("n", [1, 63, 64, 65, 5000, 40_000])
def test_any_pairs_of_colors(n: int) -> None:
    histogram = weighted(noise(n))
    palette = noise(200, seed=1)
    labels = np.random.default_rng(2).integers(0, 200, n).astype(np.uint8)
    found = DifferenceMeter(histogram).measure(palette, labels)
    expected = ciede2000(lab(histogram.colors), lab(palette)[labels])
    assert found.each.dtype == np.float32
    np.testing.assert_allclose(found.each, expected, rtol=0, atol=1e-3)
    pixels = np.repeat(expected, histogram.counts)
    assert found.mean == pytest.approx(pixels.mean(), abs=1e-3)
    assert found.percentile_95 == pytest.approx(
        np.quantile(pixels, 0.95, method="inverted_cdf"), abs=1e-3
    )


@either_engine
def test_a_palette_of_the_picture() -> None:
    rng = np.random.default_rng(4)
    rgb = rng.normal(128, 40, (80, 90, 1)) + rng.normal(0, 15, (80, 90, 3))
    histogram = ColorHistogram.from_rgb(np.clip(rgb, 0, 255).astype(np.uint8))
    meter = DifferenceMeter(histogram)
    means = []
    for k in (4, 16, 64):
        last = Fit(k, color_space="cielab").last(histogram)
        palette = CIELAB.to_srgb(last.centroids)
        found = meter.measure(palette, last.labels)
        expected = ciede2000(lab(histogram.colors), lab(palette)[last.labels])
        np.testing.assert_allclose(found.each, expected, rtol=0, atol=2e-4)
        means.append(found.mean)
        assert found.mean < found.percentile_95
    assert means[0] > means[1] > means[2]


@either_engine
def test_the_colors_themselves_as_a_palette_differ_in_nothing() -> None:
    histogram = weighted(noise(250))
    found = DifferenceMeter(histogram).measure(histogram.colors, np.arange(250, dtype=np.uint8))
    assert not found.each.any()
    assert (found.mean, found.percentile_95) == (0, 0)


@either_engine
def test_greys_and_opposite_hues() -> None:
    greys = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    histogram = ColorHistogram.from_rgb(greys[None])
    palette = np.array([[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 255], [0, 0, 255]])
    meter = DifferenceMeter(histogram)
    for entry in range(5):
        found = meter.measure(palette.astype(np.uint8), np.full(256, entry, np.uint8))
        expected = ciede2000(lab(histogram.colors), lab(palette[entry]))
        np.testing.assert_allclose(found.each, expected, rtol=0, atol=1e-3)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(
    values=st.lists(st.floats(0, 200, width=32), min_size=1, max_size=60),
    seed=st.integers(0, 99),
)
def test_the_percentile_is_that_of_sorting(values: list[float], seed: int) -> None:
    if engine.native is None:
        pytest.skip("NumPy sorts by itself")
    weights = np.random.default_rng(seed).integers(1, 1 << 40, len(values))
    array = np.array(values, np.float32)
    total = int(weights.sum())
    for need in (1, total // 2 + 1, total):
        mean, quantile = engine.native.summarise(array, weights, need)
        assert mean == pytest.approx(np.average(array.astype(float), weights=weights))
        order = np.argsort(array, kind="stable")
        at = next(i for i in order if weights[array <= array[i]].sum() >= need)
        assert quantile == array[at]


def test_exactly_95_of_100_pixels_are_enough() -> None:
    rgb = np.zeros((1, 100, 3), np.uint8)
    rgb[0, :5] = 255
    histogram = ColorHistogram.from_rgb(rgb)
    meter = DifferenceMeter(histogram)
    black = np.zeros((1, 3), np.uint8)
    found = meter.measure(black, np.zeros(2, np.uint8))
    assert found.percentile_95 == 0
    assert found.mean == pytest.approx(5.0, abs=1e-4)  # white is 100 away
    rgb[0, :6] = 255
    found = DifferenceMeter(ColorHistogram.from_rgb(rgb)).measure(black, np.zeros(2, np.uint8))
    assert found.percentile_95 == pytest.approx(100, abs=1e-3)


@pytest.mark.skipif(engine.native is None, reason="no compiled engine")
def test_the_same_bits_on_any_number_of_threads_and_any_instruction_set() -> None:
    histogram = weighted(noise(50_000))
    palette = noise(256, seed=1)
    labels = np.random.default_rng(2).integers(0, 256, 50_000).astype(np.uint8)
    answers = set()
    for level in engine.INSTRUCTION_SETS:
        engine.use_instruction_set(level)
        for threads in (1, 2, 5):
            found = DifferenceMeter(histogram, threads).measure(palette, labels)
            answers.add((found.each.tobytes(), found.mean, found.percentile_95))
    engine.use_instruction_set("")
    assert len(answers) == 1


@either_engine
def test_a_cancel_leaves_it_fit_for_the_next_question(questions: type[Questions]) -> None:
    if engine.native is not None:
        engine.native.set_patience(0.0)
    histogram = weighted(noise(70_000))
    palette, labels = noise(9), (np.arange(70_000) % 9).astype(np.uint8)
    # one thread: with two, the one that asks may find everything done by the other
    meter = DifferenceMeter(histogram, threads=1)
    never = questions()
    expected = DifferenceMeter(histogram, threads=1).measure(palette, labels, never)
    assert never.asked > 3
    for answer in (1, 2, 3, never.asked // 2):
        with pytest.raises(Cancelled):
            meter.measure(palette, labels, questions(answer))
    found = meter.measure(palette, labels)
    assert found.each.tobytes() == expected.each.tobytes()


@either_engine
@pytest.mark.parametrize(
    "labels",
    [np.zeros(3, np.uint8), np.array([0, 1, 2, 1], np.uint8), np.zeros((4, 1), np.uint8)],
    ids=["too few", "outside", "of another shape"],
)
def test_labels_of_something_else_are_refused(labels: Any) -> None:
    histogram = weighted(noise(4))
    with pytest.raises(InvalidParameterError, match="labels"):
        DifferenceMeter(histogram).measure(noise(2), labels)
