"""Errors between pictures, by hand and in exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from colorquant_gui.core import Cancelled, InvalidParameterError
from colorquant_gui.core.metrics import mse, psnr_from_mse

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_mse_by_hand() -> None:
    first = np.array([[[10, 20, 30], [0, 0, 0]]], np.uint8)
    second = np.array([[[12, 17, 30], [0, 0, 255]]], np.uint8)
    # (4 + 9 + 0 + 65025) / 2 pixels
    assert mse(first, second) == 32519.0
    assert mse(second, first) == 32519.0
    assert mse(first, first) == 0.0


def test_weights_repeat_a_pair() -> None:
    first = np.array([[1, 1, 1], [5, 5, 5]], np.uint8)
    second = np.array([[1, 1, 2], [5, 5, 3]], np.uint8)
    assert mse(first, second, np.array([3, 1])) == (3 * 1 + 4) / 4


def test_sums_have_room() -> None:
    black = np.zeros((300, 300, 3), np.uint8)
    # 90,000 pixels of 3 * 255**2 are more than 32 bits hold
    assert mse(black, black + np.uint8(255)) == 195075.0
    heavy = np.array([2**40 + 1, 1])
    first, second = np.zeros((2, 3), np.uint8), np.array([[255] * 3, [0] * 3], np.uint8)
    assert mse(first, second, heavy) == float(Fraction(195075 * (2**40 + 1), 2**40 + 2))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    first=arrays(np.uint8, (4, 3)),
    second=arrays(np.uint8, (4, 3)),
    weights=arrays(np.int64, 4, elements=st.integers(1, 2**33)),
)
def test_mse_is_exact(
    first: NDArray[np.uint8], second: NDArray[np.uint8], weights: NDArray[np.int64]
) -> None:
    total = sum(
        int(weight) * (int(a) - int(b)) ** 2
        for left, right, weight in zip(first, second, weights, strict=True)
        for a, b in zip(left, right, strict=True)
    )
    assert mse(first, second, weights) == float(Fraction(total, int(weights.sum())))


def test_views_and_many_chunks() -> None:
    rng = np.random.default_rng(0)
    pictures = rng.integers(0, 256, (2, 300, 500, 4), np.uint8)
    first, second = pictures[..., ::-1, :3]
    difference = first.astype(float) - second.astype(float)
    assert mse(first, second) == pytest.approx((difference**2).sum() / 150_000, rel=1e-14)


def test_no_pixels_no_error() -> None:
    assert mse(np.empty((0, 3), np.uint8), np.empty((0, 3), np.uint8)) == 0.0


@pytest.mark.parametrize("shape", [(4, 3), (5, 1, 3), (1, 3)])
def test_other_sizes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InvalidParameterError, match="same size"):
        mse(np.zeros((5, 3), np.uint8), np.zeros(shape, np.uint8))


def test_other_weights_are_refused() -> None:
    colors = np.zeros((5, 3), np.uint8)
    with pytest.raises(InvalidParameterError, match="same size"):
        mse(colors, colors, np.ones(4, np.int64))


def test_mse_can_be_cancelled() -> None:
    colors = np.zeros((5, 3), np.uint8)
    with pytest.raises(Cancelled):
        mse(colors, colors, cancelled=lambda: True)


def test_psnr_by_hand() -> None:
    # one level off in each channel: 20 log10 255 = 48.1308
    assert psnr_from_mse(3.0) == pytest.approx(48.1308, abs=5e-5)
    assert psnr_from_mse(3 * 255.0**2) == 0.0
    assert psnr_from_mse(0.3) == pytest.approx(psnr_from_mse(3.0) + 10)
    assert psnr_from_mse(0.0) == math.inf
