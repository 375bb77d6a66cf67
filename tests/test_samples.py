"""The sample pictures are worth opening: each shows what the others don't."""

from __future__ import annotations

import subprocess
import sys
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


def test_the_sunset_is_all_gradients_in_a_small_file() -> None:
    with Image.open(SAMPLES / "sunset.jpg") as image:
        sunset = np.asarray(image).astype(int)
    assert sunset.shape == (853, 1280, 3)
    steps = np.abs(np.diff(sunset[:450, :500], axis=0)).max(axis=2)
    assert np.percentile(steps, 99) <= 8
    assert (SAMPLES / "sunset.jpg").stat().st_size < 150_000
    # with 8 colours whole bands of the sky are one colour
    banded = quantize(sunset.astype(np.uint8), 8).to_rgb()
    assert (np.abs(np.diff(banded[:400, 100].astype(int), axis=0)).sum(axis=1) > 0).sum() < 25


def test_the_pixel_art_has_22_colours_on_a_transparent_ground() -> None:
    with Image.open(SAMPLES / "pixel-art.png") as image:
        art = np.asarray(image.convert("RGBA"))
    assert art.shape == (64, 96, 4)
    assert set(np.unique(art[..., 3])) == {0, 255}
    assert len(np.unique(art[art[..., 3] > 0], axis=0)) == 22
    assert art[0, 0, 3] == 0


@pytest.mark.parametrize("name", ["sunset.jpg", "pixel-art.png"])
def test_a_sample_is_what_its_script_draws(name: str, tmp_path: Path) -> None:
    script = SAMPLES / f"make_{Path(name).stem.replace('-', '_')}.py"
    drawn = tmp_path / name
    subprocess.run([sys.executable, str(script), str(drawn)], check=True, capture_output=True)
    with Image.open(drawn) as new, Image.open(SAMPLES / name) as kept:
        apart = np.asarray(new).astype(int) - np.asarray(kept)
    # another release of NumPy may round otherwise
    assert np.abs(apart).max() <= 4


def test_their_origin_and_licence_are_said_beside_them() -> None:
    text = (SAMPLES / "README.md").read_text("utf-8")
    assert "MIT" in text
    for stem in ("flower", "sunset", "pixel_art"):
        assert f"make_{stem}.py" in text
        assert (SAMPLES / f"make_{stem}.py").is_file()
