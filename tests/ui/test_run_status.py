"""What the status bar says of the run, on pictures where it would be easily untrue."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel

from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.session import StopKind
from colorquant_gui.ui.panels.status_bar import Facts
from tests.pictures import photo
from tests.ui.whole_window import child, converge, session_of, whole_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow

RED, YELLOW = (200, 30, 60), (250, 240, 10)
PERFECT = {"mse": "0", "psnr": "∞ dB", "run": "Converged after 1 iteration"}


def plain(width: int, height: int, *colors: tuple[int, ...]) -> Image.Image:
    """Columns of colours, one after the other."""
    row = np.array([colors[x % len(colors)] for x in range(width)], np.uint8)
    return Image.fromarray(np.repeat(row[None], height, axis=0))


def gif(folder: Path) -> Path:
    """All 256 entries of a GIF, 16 pixels each; entry 7 is transparent."""
    image = Image.new("P", (64, 64))
    image.putpalette(gif_colors().ravel().tolist())
    image.putdata([i % 256 for i in range(64 * 64)])
    image.save(folder / "all.gif", transparency=7)
    return folder / "all.gif"


def gif_colors() -> np.ndarray[Any, np.dtype[np.uint8]]:
    values = np.random.default_rng(0).choice(256**3, 256, replace=False)
    return np.stack([values >> 16, (values >> 8) & 255, values & 255], axis=1).astype(np.uint8)


def use(window: MainWindow, qtbot: QtBot, **settings: object) -> None:
    session_of(window).set("Change", **settings)
    converge(window, qtbot)


def field(window: MainWindow, name: str) -> str:
    text: str = child(window, QLabel, name).text()
    return text


@pytest.mark.parametrize("size", [(1, 1), (40, 30)])
def test_a_picture_with_nothing_in_it_has_no_iterations_and_no_error(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "nothing.png"
    Image.new("RGBA", size, (9, 9, 9, 0)).save(path)
    with whole_window(qtbot, [path], space=False, advisor=False) as window:
        nothing = Facts(run="Nothing visible: 1 palette entry, transparent")
        assert window.status.facts() == nothing
        assert field(window, "colorsField") == "0 colours"
        label = child(window, QLabel, "runField")
        assert label.isVisible()
        assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
        for k in (2, 256):
            use(window, qtbot, k=k)
            assert window.status.facts() == nothing
        session = session_of(window)
        session.begin_edit()
        session.set("Change k", k=9)
        assert window.status.facts() == nothing
        session.end_edit()
        converge(window, qtbot)
        assert window.status.facts() == nothing


@pytest.mark.parametrize(
    ("image", "k", "colors"),
    [
        (plain(1, 1, RED), "1", "1 colour"),
        (plain(40, 30, RED), "1", "1 colour"),
        (plain(40, 30, RED, YELLOW), "2", "2 colours"),
        (plain(40, 30, (*RED, 255), (0, 0, 0, 0)), "2", "1 colour"),
    ],
    ids=["1x1", "one", "two", "one and transparent"],
)
def test_few_colours_are_all_kept(
    qtbot: QtBot, tmp_path: Path, image: Image.Image, k: str, colors: str
) -> None:
    path = tmp_path / "few.png"
    image.save(path)
    with whole_window(qtbot, [path], space=False, advisor=False) as window:
        for asked in (2, 16, 256):
            use(window, qtbot, k=asked)
            assert window.status.facts() == Facts(k=k, **PERFECT)
        assert field(window, "colorsField") == colors


def test_a_gif_with_all_256_entries_one_of_them_transparent(qtbot: QtBot, tmp_path: Path) -> None:
    visible = np.delete(gif_colors(), 7, axis=0).astype(int)
    with whole_window(qtbot, [gif(tmp_path)], space=False, advisor=False) as window:
        use(window, qtbot, k=256)
        assert field(window, "colorsField") == "255 colours"
        assert window.status.facts() == Facts(k="256", **PERFECT)
        # one visible entry is the mean of them all
        use(window, qtbot, k=2)
        apart = visible - np.rint(visible.mean(axis=0))
        mse = (apart**2).sum(axis=1).mean()
        psnr = 10 * np.log10(3 * 255**2 / mse)
        run = "Converged after 1 iteration"
        assert window.status.facts() == Facts("2", f"{mse:,.1f}", f"{psnr:.1f} dB", run)


def test_k_is_the_same_at_every_moment_of_a_run_beside_transparency(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with whole_window(qtbot, [gif(tmp_path)], space=False, advisor=False) as window:
        use(window, qtbot, k=5)
        session = session_of(window)
        seen = []
        for index in range(session.history.stops):
            stop = session.history.stop(index)
            session.playback.seek(index)
            # the seeding has only as many yet as it has come to
            k = stop.stage + 1 if stop.kind is StopKind.SEEDING else 5
            qtbot.waitUntil(lambda k=k: window.status.facts().k == str(k))
            seen.append(k)
        assert seen[:4] == [2, 3, 4, 5]
        assert set(seen[4:]) == {5}
        assert window.status.facts().k == str(len(session.result.palette))


def test_converged_is_what_has_converged(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    Image.fromarray(photo(height=96, width=128)).save(path)
    with whole_window(qtbot, [path], space=False, advisor=False) as window:
        history = session_of(window).history
        assert window.status.facts().run == f"Converged after {history[-1].number} iterations"
        use(window, qtbot, k=64, quality="live")
        last = session_of(window).history[-1]
        assert last.n_changed > 0
        assert window.status.facts().run == f"Ended after {last.number} iterations"


def test_live_too_converges_where_there_is_nothing_more_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "two.png"
    plain(40, 30, RED, YELLOW).save(path)
    with whole_window(qtbot, [path], space=False, advisor=False) as window:
        use(window, qtbot, quality="live")
        assert window.status.facts() == Facts(k="2", **PERFECT)


def test_a_seeding_is_no_iteration(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    Image.fromarray(photo(height=96, width=128)).save(path)
    with whole_window(qtbot, [path], space=False, advisor=False) as window:
        playback = session_of(window).playback
        for stop in (0, 5):
            playback.seek(stop)
            text = f"Seeding, centroid {stop + 1} of 16"
            qtbot.waitUntil(lambda text=text: window.status.facts().run == text)
        playback.seek(16)
        qtbot.waitUntil(lambda: window.status.facts().run.startswith("Iteration 0 of "))
        use(window, qtbot, seeding="picks", picks=((1, 2, 3), (200, 100, 0)))
        playback.seek(0)
        qtbot.waitUntil(lambda: window.status.facts().run == "Seeding")


@pytest.mark.parametrize("key", ["cielab", "oklab", "linear"])
def test_the_error_of_a_moment_is_the_picture_s_whatever_the_clustering_space(
    qtbot: QtBot, tmp_path: Path, key: str
) -> None:
    path = tmp_path / "photo.png"
    rgb = photo(height=60, width=80)
    Image.fromarray(rgb).save(path)
    space = COLOR_SPACES[key]
    with whole_window(qtbot, [path], space=False, advisor=False) as window:
        use(window, qtbot, k=7, color_space=key)
        session = session_of(window)
        history, points = session.history, space.from_srgb(rgb.reshape(-1, 3))
        for index in (0, 3, history.n_stages, history.n_stages + 1, history.n_stages + 4):
            stop = history.stop(index)
            session.playback.seek(index)
            near = history.centroids_at(stop)
            if stop.kind is StopKind.UPDATE:
                # the error is still that of the assignment
                near = history[stop.iteration].centroids
            labels = ((points[:, None] - near) ** 2).sum(axis=2).argmin(axis=1)
            shown = space.to_srgb(near)[labels].astype(float)
            mse = ((shown - rgb.reshape(-1, 3)) ** 2).sum(axis=1).mean()
            qtbot.waitUntil(lambda mse=mse: window.status.facts().mse == f"{mse:,.1f}")
            psnr = 10 * math.log10(3 * 255**2 / mse)
            assert window.status.facts().psnr == f"{psnr:.1f} dB"
