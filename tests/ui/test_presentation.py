"""The presentation: what is left of the window, the large figures, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar, QWidget

from colorquant_gui.ui import presentation
from colorquant_gui.ui.panels.readout import Readout
from tests.pictures import photo
from tests.ui.painted import pixels
from tests.ui.whole_window import child, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    Image.fromarray(photo()).save(tmp_path / "photo.png")
    with whole_window(qtbot, [tmp_path / "photo.png"]) as made:
        yield made


def docks(window: MainWindow) -> dict[str, bool]:
    return {dock.objectName(): dock.isVisible() for dock in window.findChildren(QDockWidget)}


def chrome(window: MainWindow) -> list[bool]:
    return [w.isVisible() for w in (window.menuBar(), window.tool_bar, window.status)]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
     (Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)],
)  # fmt: skip
def test_only_the_picture_and_its_colours_are_left_and_escape_brings_all_back(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    before, width = docks(window), window.canvas.width()
    assert chrome(window) == [True] * 3
    QTest.keyClick(window, key, modifier)
    assert chrome(window) == [False] * 3
    assert window.isFullScreen()
    assert docks(window)["colorSpaceDock"]
    assert not docks(window)["paletteDock"]
    assert not docks(window)["methodDock"]
    assert not any(
        bar.isVisible()
        for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    )
    assert window.readout.isVisible()
    assert window.canvas.hasFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert chrome(window) == [True] * 3
    assert not window.isFullScreen()
    assert not window.readout.isVisible()
    assert docks(window) == before
    assert abs(window.canvas.width() - width) <= 2


def test_a_full_screen_stays_one_afterwards(window: MainWindow) -> None:
    trigger(window, "fullScreen")
    trigger(window, "presentation")
    trigger(window, "presentation")
    assert window.isFullScreen()
    assert chrome(window) == [True] * 3


def test_the_figures_are_those_of_the_status_bar_and_can_be_set(window: MainWindow) -> None:
    result = session_of(window).result
    assert result is not None
    trigger(window, "presentation")
    entries = dict(window.readout.entries())
    assert entries["k"] == "16"
    assert entries["MSE"] == f"{result.mse:.1f}"
    window.set_presentation_readout([("Iteration", "7 of 22"), ("MSE", "")])
    assert window.readout.entries() == [("Iteration", "7 of 22")]
    assert window.readout.accessibleDescription() == "Iteration 7 of 22"


def test_the_words_over_the_colour_space_are_large_as_well(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = window.color_space
    qtbot.waitUntil(lambda: window.findChild(QWidget, "spaceViewport") is not None)

    def heights() -> list[int]:
        names = ("spaceGizmo", "pixelsToggle", "spaceCombo", "spacePhase")
        found = [child(window, QWidget, name) for name in names]
        # glyphs of the legend are drawn, its letters and those of captions are text
        return [found[0].height(), *(one.fontMetrics().height() for one in found[1:])]

    def numbers() -> float:
        return view._scene.style.font.pointSizeF()

    before, size = heights(), numbers()
    trigger(window, "presentation")
    qtbot.waitUntil(window.isFullScreen)
    assert numbers() == pytest.approx(1.7 * size)
    for large, usual in zip(heights(), before, strict=True):
        assert large > 1.35 * usual
    trigger(window, "presentation")
    assert heights() == before
    assert numbers() == size


def test_space_shows_the_original_also_from_the_colour_space(
    window: MainWindow, qtbot: QtBot
) -> None:
    trigger(window, "modeResult")
    trigger(window, "presentation")
    qtbot.waitUntil(lambda: window.findChild(QWidget, "spaceViewport") is not None)
    for widget in (window.canvas, child(window, QWidget, "spaceViewport")):
        result = pixels(window.canvas)
        QTest.keyPress(widget, Qt.Key.Key_Space)
        assert not np.array_equal(pixels(window.canvas), result)
        QTest.keyRelease(widget, Qt.Key.Key_Space)
        assert np.array_equal(pixels(window.canvas), result)


def test_a_pixel_that_is_pointed_at_is_not_called_the_run(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "presentation")
    run = dict(window.readout.entries())["Run"]
    assert run.startswith("Converged")
    QTest.mouseMove(window.canvas, window.canvas.rect().center())
    QTest.mouseMove(window.canvas, window.canvas.rect().center() + QPoint(9, 9))
    qtbot.waitUntil(lambda: "#" in dict(window.readout.entries()).get("Pixel", ""))
    assert "Run" not in dict(window.readout.entries())
    QApplication.sendEvent(window.canvas, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: dict(window.readout.entries()).get("Run") == run)
    trigger(window, "presentation")


def test_the_cursor_hides_while_it_rests(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presentation, "_CURSOR_MS", 60)
    Image.fromarray(photo()).save(tmp_path / "photo.png")
    with whole_window(qtbot, [tmp_path / "photo.png"]) as window:
        trigger(window, "presentation")

        def is_hidden() -> bool:
            cursor = QGuiApplication.overrideCursor()
            return cursor is not None and cursor.shape() is Qt.CursorShape.BlankCursor

        qtbot.waitUntil(is_hidden)
        QTest.mouseMove(window.canvas, QPoint(50, 60))
        QTest.mouseMove(window.canvas, QPoint(70, 90))
        qtbot.waitUntil(lambda: not is_hidden())
        qtbot.waitUntil(is_hidden)
        trigger(window, "presentation")
        assert QGuiApplication.overrideCursor() is None


def test_closing_the_window_ends_it_first(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "presentation")
    window.close()
    with whole_window(qtbot) as again:
        assert chrome(again) == [True] * 3
        assert docks(again)["paletteDock"]


# -- the figures ---------------------------------------------------------------------------------


def inked(readout: Readout) -> np.ndarray:
    """Columns and rows that have ink in them."""
    seen = pixels(readout).astype(int)
    return np.abs(seen - seen[0, 0]).max(axis=2) > 60


def test_figures_are_a_twentieth_of_the_window_high_and_shrink_to_fit(qtbot: QtBot) -> None:
    readout = Readout()
    qtbot.addWidget(readout)
    readout.set_entries([("k", "16"), ("MSE", "1,232.0")])
    readout.set_window_height(1080)
    readout.resize(1920, readout.sizeHint().height())
    readout.show()
    rows = np.flatnonzero(inked(readout)[:, :120].any(axis=1))
    # the digits of a font are about 0.73 of its size high
    digits = np.diff(np.flatnonzero(np.diff(rows, prepend=-9) > 2)).max(initial=0)
    assert max(digits, len(rows)) > 0.04 * 1080
    assert not inked(readout)[:, -8:].any()
    readout.set_entries([("Run", "W" * 60)])
    QTest.qWait(20)
    ink = np.flatnonzero(inked(readout).any(axis=0))
    assert 1500 < ink[-1] < 1920 - 16


def test_a_shorter_figure_leaves_its_neighbours_where_they_are(qtbot: QtBot) -> None:
    readout = Readout()
    qtbot.addWidget(readout)
    readout.resize(1200, readout.sizeHint().height())
    readout.show()
    readout.set_entries([("MSE", "1,232.0"), ("k", "8")])
    before = np.flatnonzero(inked(readout).any(axis=0))[-1]
    readout.set_entries([("MSE", "9.1"), ("k", "8")])
    assert np.flatnonzero(inked(readout).any(axis=0))[-1] == before
