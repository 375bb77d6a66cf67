"""The program as a whole, in a process of its own."""

import subprocess
import sys

import numpy as np
from PIL import Image


def run(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-m", "colorquant_gui", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_saves_a_result_and_a_screenshot_and_says_where(tmp_path):
    # so few colours that the run it plays is a short one
    rng = np.random.default_rng(0)
    rgb = rng.integers(0, 256, (18, 3), dtype=np.uint8)[rng.integers(0, 18, (40, 60))]
    Image.fromarray(rgb).save(tmp_path / "noise.png")
    done = run("--unattended", tmp_path / "out", tmp_path / "noise.png", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    result = tmp_path / "out" / "noise-16-colours.png"
    assert str(result) in done.stdout
    with Image.open(result) as image:
        palette = {color for _, color in image.convert("RGB").getcolors()}
        assert len(palette) == 16
    with Image.open(tmp_path / "out" / "window.png") as image:
        assert image.width >= 1000
        colors = {color for _, color in image.convert("RGB").getcolors(1 << 24)}
        assert palette < colors, "the picture and its colours are on the screen"
        assert len(colors) > 50
    assert "Traceback" not in done.stderr


def test_says_in_a_sentence_what_is_wrong(tmp_path):
    (tmp_path / "letter.png").write_text("Dear all")
    done = run("--unattended", tmp_path / "out", tmp_path / "letter.png", cwd=tmp_path)
    assert done.returncode == 2
    assert "letter.png" in done.stderr
    assert "Traceback" not in done.stderr
