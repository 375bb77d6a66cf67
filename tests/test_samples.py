"""The sample picture is worth opening: rich in colours, with gold that small k loses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorquant_gui.core import quantize

SAMPLES = Path(__file__).parents[1] / "resources" / "samples"
GOLD = 217, 192, 7


@pytest.fixture(scope="module")
def flower() -> np.ndarray:
    with Image.open(SAMPLES / "flower.jpg") as image:
        assert image.mode == "RGB"
        return np.asarray(image)


def distance_to_gold(palette: np.ndarray) -> float:
    return float(np.linalg.norm(palette.astype(float) - GOLD, axis=1).min())


def test_it_is_a_rich_picture_in_a_small_file(flower: np.ndarray) -> None:
    assert flower.shape == (853, 1280, 3)
    assert len(np.unique(flower.astype(np.uint32) @ [1 << 16, 1 << 8, 1])) > 60_000
    assert (SAMPLES / "flower.jpg").stat().st_size < 800_000


def test_a_small_part_is_gold(flower: np.ndarray) -> None:
    hue, saturation, value = np.moveaxis(np.asarray(Image.fromarray(flower).convert("HSV")), -1, 0)
    # 46 to 65 degrees, which no leaf and no petal has
    gold = (hue >= 33) & (hue <= 46) & (saturation > 150) & (value > 150)
    assert 0.02 < gold.mean() < 0.04
    assert np.allclose(flower[gold].mean(axis=0), GOLD, atol=2)


def test_three_colours_lose_the_gold_and_ten_have_it(flower: np.ndarray) -> None:
    assert distance_to_gold(quantize(flower, 3).palette) > 100
    assert distance_to_gold(quantize(flower, 10).palette) < 30


def test_its_origin_and_licence_are_said_beside_it() -> None:
    text = (SAMPLES / "README.md").read_text("utf-8")
    assert "MIT" in text
    assert "make_flower.py" in text
    assert (SAMPLES / "make_flower.py").is_file()
