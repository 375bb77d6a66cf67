"""The command without a window."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorquant_gui import __main__, __version__, cli
from colorquant_gui.core import quantize

RNG = np.random.default_rng(31)


@pytest.fixture
def noise(tmp_path):
    path = tmp_path / "noise.png"
    Image.fromarray(RNG.integers(0, 256, (40, 50, 3), np.uint8)).save(path)
    return path


@pytest.fixture
def few(tmp_path):
    """A picture with 5 colours."""
    path = tmp_path / "few.png"
    colors = np.array([[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 99, 199]], np.uint8)
    Image.fromarray(colors[RNG.integers(0, 5, (30, 30))]).save(path)
    return path


def run(capsys, *arguments) -> tuple[int, str, str]:
    status = __main__.main(["quantize", *map(str, arguments)])
    return (status, *capsys.readouterr())


def pixels(path, mode: str = "RGB") -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert(mode))


def test_result_and_figures_agree_with_the_files(capsys, noise, tmp_path):
    output = tmp_path / "out.png"
    status, out, err = run(capsys, noise, "-k", 16, "-o", output, "--json")
    assert (status, err) == (0, "")
    report = json.loads(out)
    with Image.open(output) as picture:
        assert picture.mode == "P"
        assert len(picture.getcolors()) == 16
        assert len(picture.getpalette()) == 3 * 16
    squared = ((pixels(noise).astype(float) - pixels(output)) ** 2).sum(axis=2)
    assert report["mse"] == pytest.approx(squared.mean(), rel=1e-12)
    assert report["psnr"] == pytest.approx(10 * math.log10(255**2 / (squared.mean() / 3)))
    assert (report["width"], report["height"]) == (50, 40)
    assert report["unique_colors"] == len(np.unique(pixels(noise).reshape(-1, 3), axis=0))
    assert report["k"] == 16
    assert report["n_iter"] >= 1
    assert report["transparent"] is False
    assert report["input_bytes"] == noise.stat().st_size
    assert report["output_bytes"] == output.stat().st_size
    assert report["notes"] == []
    stages = report["seconds"]
    assert list(stages) == ["load", "histogram", "fit", "map", "encode", "save", "total"]
    assert all(seconds >= 0 for seconds in stages.values())
    assert sum(stages.values()) - stages["total"] <= stages["total"]


def test_json_has_these_keys_in_this_order(capsys, noise, tmp_path):
    out = run(capsys, noise, "-k", 4, "-o", tmp_path / "out.png", "--json")[1]
    assert out.count("\n") == 1
    assert list(json.loads(out)) == [
        "width",
        "height",
        "unique_colors",
        "k",
        "n_iter",
        "mse",
        "psnr",
        "transparent",
        "input_bytes",
        "output_bytes",
        "seconds",
        "notes",
    ]


def test_one_line_for_a_person(capsys, noise, tmp_path):
    status, out, err = run(capsys, noise, "-k", 4, "-o", tmp_path / "out.png")
    assert (status, err) == (0, "")
    assert out.count("\n") == 1
    assert "50 x 40 pixels, 4 colours of 2,000" in out


@pytest.mark.parametrize("seeding", ["wu", "kmeans++", "random"])
def test_seeding_and_seed_are_those_of_the_library(capsys, noise, tmp_path, seeding):
    output = tmp_path / "out.png"
    assert run(capsys, noise, "-k", 7, "-o", output, "--seeding", seeding, "--seed", 5)[0] == 0
    expected = quantize(pixels(noise), 7, seeding=seeding, seed=5)
    assert np.array_equal(pixels(output), expected.to_rgb())


def test_fewer_colours_than_asked_for_is_a_sentence(capsys, few, tmp_path):
    output = tmp_path / "out.png"
    status, out, err = run(capsys, few, "-k", 16, "-o", output, "--json")
    assert status == 0
    assert err == "This image has only 5 colours.\n"
    report = json.loads(out)
    assert (report["k"], report["mse"], report["psnr"], report["notes"]) == (5, 0.0, None, [])
    assert np.array_equal(pixels(output), pixels(few))
    assert run(capsys, few, "-k", 5, "-o", output)[2] == ""


def test_one_colour(capsys, tmp_path):
    Image.new("RGB", (3, 3), (1, 2, 3)).save(tmp_path / "one.png")
    status, out, err = run(capsys, tmp_path / "one.png", "-k", 2, "-o", tmp_path / "out.png")
    assert (status, err) == (0, "This image has only 1 colour.\n")
    assert "1 colour of 1" in out and "no loss" in out


def test_transparent_pixels_take_one_of_the_entries(capsys, noise, tmp_path):
    rgba = np.dstack([pixels(noise), np.full((40, 50), 255, np.uint8)])
    rgba[:10, :, 3] = 0
    source, output = tmp_path / "a.png", tmp_path / "out.png"
    Image.fromarray(rgba).save(source)
    status, out, _ = run(capsys, source, "-k", 8, "-o", output, "--json")
    report = json.loads(out)
    assert (status, report["k"], report["transparent"]) == (0, 8, True)
    assert report["unique_colors"] == len(np.unique(rgba[10:, :, :3].reshape(-1, 3), axis=0))
    saved = pixels(output, "RGBA")
    assert np.array_equal(saved[..., 3], rgba[..., 3])
    assert len(np.unique(saved[10:, :, :3].reshape(-1, 3), axis=0)) == 7
    assert run(capsys, source, "-k", 256, "-o", output)[0] == 0
    assert run(capsys, source, "-k", 2, "-o", output)[0] == 0


def test_nothing_but_transparent_pixels(capsys, tmp_path):
    Image.new("RGBA", (5, 4), (10, 20, 30, 0)).save(tmp_path / "a.png")
    output = tmp_path / "out.png"
    status, out, err = run(capsys, tmp_path / "a.png", "-k", 8, "-o", output, "--json")
    assert (status, err) == (0, "This image has only transparent pixels.\n")
    report = json.loads(out)
    assert (report["k"], report["unique_colors"], report["n_iter"]) == (1, 0, 0)
    assert (report["mse"], report["psnr"]) == (0.0, None)
    assert (pixels(output, "RGBA")[..., 3] == 0).all()


def test_notes_about_the_picture(capsys, tmp_path):
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    note = "The first of 2 frames is shown."
    arguments = (tmp_path / "a.gif", "-k", 2, "-o", tmp_path / "out.png")
    assert run(capsys, *arguments)[2].splitlines() == ["This image has only 1 colour.", note]
    _, out, err = run(capsys, *arguments, "--json")
    assert json.loads(out)["notes"] == [note]
    assert err == "This image has only 1 colour.\n"


K_RANGE = "argument -k: must be a whole number from 2 to 256, not"
BAD = {
    "missing input": (["{gone}", "-k", "4", "-o", "{out}"], "“gone.png” does not exist."),
    "folder": (["{folder}", "-k", "4", "-o", "{out}"], "is a folder, not a picture."),
    "text": (["{text}", "-k", "4", "-o", "{out}"], "“text.png” is not a picture"),
    "no folder": (["{noise}", "-k", "4", "-o", "{gone}/x.png"], "the folder “gone.png” does not"),
    "output is a dash": (["{noise}", "-k", "4", "-o", "-"], "a picture can't be printed"),
    "output is a folder": (["{noise}", "-k", "4", "-o", "{folder}"], "it is a folder."),
    "other format": (["{noise}", "-k", "4", "-o", "{out}.jpg"], "ending says no format"),
    "over the input": (["{noise}", "-k", "4", "-o", "{noise}"], "overwritten by its own result"),
    "over a link": (["{noise}", "-k", "4", "-o", "{link}"], "overwritten by its own result"),
    "k too small": (["{noise}", "-k", "1", "-o", "{out}"], f"{K_RANGE} “1”"),
    "k too large": (["{noise}", "-k", "257", "-o", "{out}"], f"{K_RANGE} “257”"),
    "k no number": (["{noise}", "-k", "x\ny", "-o", "{out}"], f"{K_RANGE} “x"),
    "k with a fraction": (["{noise}", "-k", "4.5", "-o", "{out}"], f"{K_RANGE} “4.5”"),
    "no k": (["{noise}", "-o", "{out}"], "required: -k"),
    "no output": (["{noise}", "-k", "4"], "required: -o"),
    "nothing": ([], "required: INPUT, -k, -o"),
    "unknown seeding": (["{noise}", "-k", "4", "-o", "{out}", "--seeding", "x"], "--seeding"),
    "bad seed": (["{noise}", "-k", "4", "-o", "{out}", "--seed", "-1"], "whole number 0 or more"),
    "unknown option": (["{noise}", "-k", "4", "-o", "{out}", "--nope"], "--nope"),
    "abbreviated option": (["{noise}", "-k", "4", "-o", "{out}", "--js"], "--js"),
}


@pytest.mark.parametrize("case", BAD)
def test_every_failure_is_one_line_and_status_2(capsys, noise, tmp_path, case):
    (tmp_path / "text.png").write_text("hello")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.png").symlink_to(noise)
    names = {
        "gone": tmp_path / "gone.png",
        "folder": tmp_path / "folder",
        "text": tmp_path / "text.png",
        "noise": noise,
        "link": tmp_path / "link.png",
        "out": tmp_path / "out.png",
    }
    before = noise.read_bytes()
    arguments, words = BAD[case]
    status, out, err = run(capsys, *(argument.format(**names) for argument in arguments))
    assert (status, out) == (2, "")
    assert err.startswith("colorquant-gui") and err.count("\n") == 1
    assert words in err
    assert noise.read_bytes() == before
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize("output", ["gone/x.png", "folder", "x.jpg"])
def test_the_output_is_checked_before_the_work(capsys, noise, tmp_path, monkeypatch, output):
    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(cli, "load_image", lambda _: pytest.fail("the work was begun"))
    assert run(capsys, noise, "-k", 4, "-o", tmp_path / output)[0] == 2


def test_interruption_is_status_130(capsys, noise, tmp_path, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "load_image", interrupt)
    status = cli.main(["quantize", str(noise), "-k", "4", "-o", str(tmp_path / "out.png")])
    assert (status, *capsys.readouterr()) == (130, "", "")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "There is not enough memory for this picture."),
        (RuntimeError("a\nb"), "This should not have happened (RuntimeError: a b)."),
    ],
)
def test_the_unexpected_is_one_line_too(capsys, noise, tmp_path, monkeypatch, error, words):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(cli.ColorHistogram, "from_rgb", fail)
    status, _, err = run(capsys, noise, "-k", 4, "-o", tmp_path / "out.png")
    assert (status, err) == (2, f"colorquant-gui: {words}\n")


def test_help(capsys):
    status, out, err = run(capsys, "--help")
    assert (status, err) == (0, "")
    assert "usage: colorquant-gui quantize" in out
    for word in ("INPUT", "-k K", "-o OUTPUT", "--seeding", "--seed", "--json", "2 to 256"):
        assert word in out


def test_help_and_version_of_the_program(capsys):
    assert __main__.main(["--help"]) == 0
    assert "colorquant-gui [IMAGE ...]" in capsys.readouterr().out
    assert __main__.main(["--version"]) == 0
    assert capsys.readouterr().out == f"colorquant-gui {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["photo.png"], ["./quantize"], ["a.png", "quantize"]])
def test_all_else_opens_the_window(monkeypatch, arguments):
    from colorquant_gui import app

    seen = []
    monkeypatch.setattr(app, "main", lambda argv: seen.append(argv) or 7)
    assert __main__.main(arguments) == 7
    assert seen == [arguments]


PROGRAM = [sys.executable, "-m", "colorquant_gui", "quantize"]
# as in a plain terminal: what is printed is buffered, and may fail once more at the end
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("PYTHONUNBUFFERED")}
finished = partial(subprocess.run, check=False, timeout=60, env=ENVIRONMENT)


def test_no_qt_is_loaded(noise, tmp_path):
    output = tmp_path / "o.png"
    program = (
        "import sys; from colorquant_gui.__main__ import main\n"
        f"status = main(['quantize', {str(noise)!r}, '-k', '4', '-o', {str(output)!r}])\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('PySide6', 'pyqtgraph')]\n"
        "raise SystemExit(status)"
    )
    done = finished([sys.executable, "-W", "error", "-c", program], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_broken_picture_whose_decoder_prints(tmp_path):
    Image.fromarray(RNG.integers(0, 256, (40, 50, 3), np.uint8)).save(
        tmp_path / "a.tif", compression="tiff_adobe_deflate"
    )
    content = bytearray((tmp_path / "a.tif").read_bytes())
    content[3000:3004] = b"\xff\xff\xff\xff"
    (tmp_path / "a.tif").write_bytes(content)
    done = finished(
        [*PROGRAM, tmp_path / "a.tif", "-k", "4", "-o", tmp_path / "o.png"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("colorquant-gui: “a.tif” ") and done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes as on POSIX")
def test_nobody_listens_to_the_figures(noise, tmp_path):
    read, write = os.pipe()
    os.close(read)
    output = tmp_path / "o.png"
    done = finished(
        [*PROGRAM, noise, "-k", "4", "-o", output, "--json"], stdout=write, stderr=subprocess.PIPE
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
    assert output.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /dev/full")
def test_figures_that_cannot_be_printed(noise, tmp_path):
    with Path("/dev/full").open("wb") as full:
        done = finished(
            [*PROGRAM, noise, "-k", "4", "-o", tmp_path / "o.png"],
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"colorquant-gui: The result could not be printed: No space left")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_ctrl_c(tmp_path):
    program = (
        # who runs the tests in the background has the keyboard ignored
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import time; from colorquant_gui import cli\n"
        "from colorquant_gui.__main__ import main\n"
        "cli.load_image = lambda path: print('ready', flush=True) or time.sleep(60)\n"
        f"raise SystemExit(main(['quantize', 'x', '-k', '4', '-o', {str(tmp_path / 'o.png')!r}]))"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with child:
        child.stdout.readline()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert (child.returncode, out, err) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="such names are possible on Linux")
def test_names_that_are_no_text(noise, tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff\n.png"
    os.link(noise, name)
    done = finished(
        [*PROGRAM, name, "-k", "4", "-o", os.fsencode(tmp_path) + b"/o\xfe\n.png"],
        capture_output=True,
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1
