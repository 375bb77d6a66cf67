"""IndexedImage: every promise about palette, indices and error, checked on the pixels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from colorquant_gui.core import (
    Cancelled,
    ColorHistogram,
    IndexedImage,
    InvalidParameterError,
    engine,
    reference,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.core.questions import Questions


def picture(height: int, width: int, seed: int = 0) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def indexed(
    rgb: NDArray[np.uint8],
    centroids: list[list[float]] | NDArray[np.float64],
    mask: NDArray[np.bool_] | None = None,
) -> IndexedImage:
    histogram = ColorHistogram.from_rgb(rgb, mask)
    return IndexedImage.from_centroids(histogram, np.array(centroids, float).reshape(-1, 3), 4)


def check(result: IndexedImage, rgb: NDArray[np.uint8], mask: NDArray[np.bool_] | None) -> None:
    visible = np.ones(rgb.shape[:2], bool) if mask is None else mask
    assert result.indices.shape == rgb.shape[:2]
    assert (result.indices.dtype, result.palette.dtype) == (np.uint8, np.uint8)

    first = int(not visible.all())
    assert result.transparent_index == (0 if first else None)
    assert np.array_equal(result.indices == 0, ~visible) or not first
    colors = result.palette[first:]
    assert result.n_visible == len(colors)
    assert len(np.unique(colors, axis=0)) == len(colors)
    luma = colors @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(luma) > -1e-9).all()

    assert result.counts.tolist() == np.bincount(result.indices.ravel()).tolist()
    assert len(result.counts) == len(result.palette)
    assert result.counts.all()

    shown = result.to_rgb()
    assert shown.dtype == np.uint8
    assert not shown[~visible].any()
    source, given = rgb[visible].astype(float), shown[visible].astype(float)
    errors = ((source - given) ** 2).sum(axis=1)
    assert result.mse == (errors.mean() if len(errors) else 0.0)
    if len(errors):
        least = np.min([((source - color) ** 2).sum(axis=1) for color in colors], axis=0)
        assert np.array_equal(errors, least)

    histogram = ColorHistogram.from_rgb(rgb, mask)
    assert result.labels.shape == (histogram.n_colors,)
    assert np.array_equal(result.palette[result.labels[histogram.inverse[visible]]], given)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    rgb=arrays(np.uint8, (4, 5, 3), elements=st.integers(0, 20)),
    centroids=arrays(np.float64, (6, 3), elements=st.floats(-3, 25)),
    mask=st.none() | arrays(np.bool_, (4, 5)),
)
def test_every_promise_on_any_picture(
    rgb: NDArray[np.uint8], centroids: NDArray[np.float64], mask: NDArray[np.bool_] | None
) -> None:
    check(indexed(rgb, centroids, mask), rgb, mask)


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("shape", [(1, 1), (60, 70), (1, 30_000), (3, 100_000)])
def test_every_promise_on_larger_pictures(shape: tuple[int, int], masked: bool) -> None:
    rgb = picture(*shape) // np.uint8(8)
    mask = np.random.default_rng(1).random(shape) < 0.5 if masked else None
    check(indexed(rgb, np.random.default_rng(2).uniform(0, 32, (20, 3)), mask), rgb, mask)


def test_by_hand() -> None:
    rgb = np.array([[[250, 250, 250], [0, 0, 9]], [[1, 2, 3], [0, 250, 0]]], np.uint8)
    # 0.4 and 0.6 round to 0 and 1; the far one is used by none
    result = indexed(rgb, [[255, 255, 255], [0.4, 0.6, 2.5], [0, 200, 0], [255, 0, 255]])
    assert result.palette.tolist() == [[0, 1, 2], [0, 200, 0], [255, 255, 255]]
    assert result.indices.tolist() == [[2, 0], [0, 1]]
    assert result.counts.tolist() == [2, 1, 1]
    # 75 + (0 + 1 + 49) + (1 + 1 + 1) + 2500
    assert result.mse == 2628 / 4
    assert result.psnr == pytest.approx(10 * math.log10(255**2 / (657 / 3)))
    assert (result.n_iter, result.transparent_index) == (4, None)


def test_centroids_that_round_alike_are_one_entry() -> None:
    rgb = np.full((3, 3, 3), 100, np.uint8)
    result = indexed(rgb, [[99.6] * 3, [100.4] * 3, [100] * 3])
    assert result.palette.tolist() == [[100] * 3]
    assert result.psnr == math.inf


def test_the_order_of_the_centroids_does_not_matter() -> None:
    rgb = picture(20, 30)
    # the last two have the same luma
    centroids = np.array([*picture(1, 8, 9)[0].tolist(), [60, 80, 60], [94, 60, 158]], float)
    results = [
        indexed(rgb, order)
        for order in (centroids, centroids[::-1], centroids[[5, 9, *range(5), 6, 7, 8]])
    ]
    assert len({(r.palette.tobytes(), r.indices.tobytes()) for r in results}) == 1


def test_of_two_equally_near_colors_the_darker_is_taken() -> None:
    rgb = np.full((1, 1, 3), 100, np.uint8)
    assert indexed(rgb, [[110] * 3, [90] * 3]).palette.tolist() == [[90] * 3]


def test_centroids_outside_the_range_are_clipped() -> None:
    rgb = np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8)
    result = indexed(rgb, [[-7.5] * 3, [260] * 3])
    assert result.palette.tolist() == [[0] * 3, [255] * 3]


def test_a_visible_black_is_not_the_transparent_entry() -> None:
    rgb = np.zeros((2, 2, 3), np.uint8)
    result = indexed(rgb, [[0] * 3], np.array([[True, False], [True, True]]))
    assert result.palette.tolist() == [[0] * 3, [0] * 3]
    assert result.indices.tolist() == [[1, 0], [1, 1]]
    assert result.counts.tolist() == [1, 3]
    assert result.n_visible == 1


def test_nothing_visible() -> None:
    rgb, mask = picture(3, 4), np.zeros((3, 4), bool)
    result = indexed(rgb, [], mask)
    check(result, rgb, mask)
    assert result.palette.tolist() == [[0, 0, 0]]
    assert (result.n_visible, result.mse, result.psnr) == (0, 0.0, math.inf)


def greys(n: int) -> NDArray[np.uint8]:
    return np.arange(n, dtype=np.uint8)[None, :, None].repeat(3, axis=2)


def test_256_colors_fill_the_palette() -> None:
    rgb = greys(256)
    result = indexed(rgb, rgb[0])
    check(result, rgb, None)
    assert result.indices.tolist() == [list(range(256))]


def test_255_colors_and_a_transparent_entry_fit() -> None:
    rgb = greys(256)
    mask = np.arange(256)[None] > 0
    result = indexed(rgb, rgb[0, 1:], mask)
    check(result, rgb, mask)
    assert len(result.palette) == 256
    assert result.mse == 0


def test_256_colors_and_a_transparent_entry_do_not_fit() -> None:
    rgb = np.concatenate([greys(256), greys(256)])
    mask = np.ones((2, 256), bool)
    mask[0, 0] = False
    with pytest.raises(InvalidParameterError, match=r"256 colours.*transparent.*255"):
        indexed(rgb, rgb[0], mask)


def test_a_merged_histogram_has_no_pixels() -> None:
    part = ColorHistogram.from_rgb(greys(4))
    with pytest.raises(InvalidParameterError, match="merged"):
        IndexedImage.from_centroids(part.merge(part), np.zeros((1, 3)), 0)


def test_visible_pixels_need_a_color() -> None:
    with pytest.raises(InvalidParameterError, match="at least one colour"):
        indexed(greys(4), [])


def test_heavy_counts_stay_exact() -> None:
    histogram = ColorHistogram(
        np.array([[0, 0, 0], [3, 0, 0]], np.uint8),
        np.array([2**40 + 1, 2]),
        np.zeros((1, 1), np.int32),
    )
    result = IndexedImage.from_centroids(histogram, np.zeros((1, 3)), 0)
    assert result.counts.dtype == np.int64
    assert result.counts.tolist() == [2**40 + 3]
    assert result.mse == 18 / (2**40 + 3)


def test_a_cancel_is_seen_at_every_question(
    questions: type[Questions], monkeypatch: pytest.MonkeyPatch
) -> None:
    # the compiled engine is done before a person could have asked
    monkeypatch.setattr(engine, "native", None)
    monkeypatch.setattr(reference, "_ASSIGN_POINTS", 256)
    histogram = ColorHistogram.from_rgb(picture(3, 200_000) // np.uint8(16))
    assert histogram.n_colors == 16**3
    centroids = np.random.default_rng(0).uniform(0, 16, (8, 3))
    never = questions()
    IndexedImage.from_centroids(histogram, centroids, 0, cancelled=never)
    # the colours are mapped in 16 parts, the pixels in 3; the error and the counts ask too
    assert never.asked >= 16 + 3 + 2
    for answer in range(1, never.asked + 1):
        stop = questions(answer)
        with pytest.raises(Cancelled):
            IndexedImage.from_centroids(histogram, centroids, 0, cancelled=stop)
        assert stop.asked == answer
