"""quantize(): the steps in one call."""

from __future__ import annotations

import doctest
import math
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from colorquant_gui.core import (
    Cancelled,
    ColorHistogram,
    Fit,
    IndexedImage,
    InvalidParameterError,
    quantize,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.core.questions import Questions


def picture(height: int = 30, width: int = 40, seed: int = 0) -> NDArray[np.uint8]:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    shades = np.stack([6 * y, 6 * x, 200 - 3 * x], axis=-1) + rng.integers(0, 9, (height, width, 3))
    return np.clip(shades, 0, 255).astype(np.uint8)


def as_bytes(result: IndexedImage) -> tuple[bytes, bytes]:
    return result.palette.tobytes(), result.indices.tobytes()


def test_the_example_of_the_documentation() -> None:
    module = import_module("colorquant_gui.core.quantize")
    assert doctest.testmod(module) == (0, 3)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"seeding": "kmeans++", "seed": 3},
        {"seeding": "random", "seed": 9, "max_iter": 2},
        {"max_iter": 0},
        {"tol": 5.0},
        {"quality": "best", "color_space": "oklab"},
        {"quality": "live", "color_space": "cielab", "threads": 2},
        {"init": np.linspace(0, 255, 18).reshape(6, 3)},
    ],
)
def test_it_is_the_steps_one_after_another(given: dict[str, Any]) -> None:
    rgb = picture()
    histogram = ColorHistogram.from_rgb(rgb)
    last = Fit(6, **given).last(histogram)
    refine = given.get("max_iter") != 0 and "init" not in given
    space = given.get("color_space", "srgb")
    expected = IndexedImage.from_centroids(
        histogram, last.centroids, last.number, color_space=space, refine=refine
    )
    result = quantize(rgb, 6, **given)
    assert as_bytes(result) == as_bytes(expected)
    assert (result.n_iter, result.mse) == (last.number, expected.mse)


def test_the_same_settings_give_the_same_bytes() -> None:
    rgb = picture()
    assert as_bytes(quantize(rgb, 9)) == as_bytes(quantize(rgb[:, :].copy(), 9))
    assert as_bytes(quantize(rgb, 9)) == as_bytes(quantize(rgb, 9, seed=1))
    random = [
        as_bytes(quantize(rgb, 9, seeding="random", seed=seed, max_iter=1)) for seed in (1, 2)
    ]
    assert random[0] != random[1]


def test_more_colors_lose_less() -> None:
    rgb = picture()
    errors = [quantize(rgb, k).mse for k in (1, 2, 4, 8, 16, 32, 64)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < errors[0] / 20


@pytest.mark.parametrize("shape", [(1, 1), (1, 30_000), (30_000, 1)])
def test_odd_sizes(shape: tuple[int, int]) -> None:
    rgb = (np.arange(shape[0] * shape[1]).reshape(*shape, 1) % 5 * [50, 10, 1]).astype(np.uint8)
    k = len(np.unique(rgb.reshape(-1, 3), axis=0))
    result = quantize(rgb, k)
    assert np.array_equal(result.to_rgb(), rgb)
    assert (result.mse, result.psnr) == (0.0, math.inf)


def test_one_color() -> None:
    rgb = np.full((5, 6, 3), [10, 20, 30], np.uint8)
    assert quantize(rgb, 1).palette.tolist() == [[10, 20, 30]]


def test_hidden_pixels_take_no_part() -> None:
    rgb = np.zeros((2, 4, 3), np.uint8)
    rgb[0], rgb[1] = 90, [255, 0, 0]
    mask = np.array([[True] * 4, [False] * 4])
    result = quantize(rgb, 1, mask=mask)
    assert result.palette.tolist() == [[0, 0, 0], [90, 90, 90]]
    assert result.indices.tolist() == [[1] * 4, [0] * 4]
    assert result.mse == 0


@pytest.mark.parametrize("k", [1, 16, 256])
def test_nothing_visible_leaves_the_transparent_entry(k: int) -> None:
    result = quantize(picture(), k, mask=np.zeros((30, 40), bool))
    assert result.palette.tolist() == [[0, 0, 0]]
    assert result.counts.tolist() == [1200]
    assert (result.transparent_index, result.n_iter, result.mse) == (0, 0, 0.0)
    assert not result.indices.any()


def test_more_colors_than_there_are_is_an_error_with_both_numbers() -> None:
    rgb = np.arange(12, dtype=np.uint8).repeat(3).reshape(3, 4, 3)
    assert quantize(rgb, 12).mse == 0
    with pytest.raises(InvalidParameterError, match=r"\b12 colours.*\b13\b"):
        quantize(rgb, 13)
    mask = np.zeros((3, 4), bool)
    mask[0, 0] = True
    with pytest.raises(InvalidParameterError, match=r"\b1 colour;.*\b2\b"):
        quantize(rgb, 2, mask=mask)


def test_256_colors_and_transparency_are_refused_before_the_work(
    questions: type[Questions],
) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (40, 40, 3), np.uint8)
    mask = np.ones((40, 40), bool)
    mask[7, 7] = False
    asking = questions()
    with pytest.raises(InvalidParameterError, match="255 colours or fewer"):
        quantize(rgb, 256, mask=mask, cancelled=asking)
    assert asking.asked == 1
    assert len(quantize(rgb, 255, mask=mask, max_iter=0).palette) == 256


@pytest.mark.parametrize(
    ("rgb", "given", "words"),
    [
        (np.zeros((0, 5, 3), np.uint8), {}, "no pixels"),
        (np.zeros((5, 0, 3), np.uint8), {}, "no pixels"),
        (np.zeros((5, 5), np.uint8), {}, "shape"),
        (np.zeros((5, 5, 3)), {}, "float64"),
        (np.zeros((5, 5, 3), np.uint8), {"mask": np.ones((5, 4), bool)}, "mask"),
        (np.zeros((5, 5, 3), np.uint8), {"seeding": "none"}, "seeding"),
        (np.zeros((5, 5, 3), np.uint8), {"n_colors": 300}, "256"),
        (np.zeros((5, 5, 3), np.uint8), {"tol": -1}, "tolerance"),
        (np.zeros((5, 5, 3), np.uint8), {"quality": "superb"}, "superb.*live, standard"),
        (np.zeros((5, 5, 3), np.uint8), {"color_space": "xyz"}, "xyz.*srgb.*oklab"),
        (np.zeros((5, 5, 3), np.uint8), {"threads": 0}, "Threads must be 1 or more"),
    ],
)
def test_bad_input_is_refused(rgb: NDArray[np.uint8], given: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidParameterError, match=words):
        quantize(rgb, **{"n_colors": 1, **given})


def test_a_cancel_is_seen_at_every_question(questions: type[Questions]) -> None:
    rgb = picture()
    parts, never = questions(), questions()
    histogram = ColorHistogram.from_rgb(rgb, cancelled=parts)
    last = Fit(5, max_iter=2).last(histogram, cancelled=parts)
    IndexedImage.from_centroids(
        histogram, last.centroids, last.number, refine=True, cancelled=parts
    )
    quantize(rgb, 5, max_iter=2, cancelled=never)
    assert never.asked == parts.asked
    for answer in range(1, never.asked + 1):
        stop = questions(answer)
        with pytest.raises(Cancelled):
            quantize(rgb, 5, max_iter=2, cancelled=stop)
        assert stop.asked == answer
