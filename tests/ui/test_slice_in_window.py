"""A slice of the colour space and the picture that it dims: in the real window, by real events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QWidget

from colorquant_gui.session import RunState
from tests.ui.bands import band_center, bands_window, lower_part
from tests.ui.painted import pixels
from tests.ui.pointing import move
from tests.ui.whole_window import child, converge, session_of, trigger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.canvas import Canvas
    from colorquant_gui.ui.main_window import MainWindow

LEFT, ESCAPE = Qt.MouseButton.LeftButton, Qt.Key.Key_Escape


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Bands with R of about 200, 40, 50 and 230."""
    with bands_window(qtbot, tmp_path) as made:
        yield made


def press_escape(window: MainWindow) -> None:
    """Press it as the screen would: Qt finds out who gets it."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused.window().windowHandle(), ESCAPE)


def slice_off(window: MainWindow, qtbot: QtBot) -> np.ndarray:
    """Drag the lower R handle to the middle, close the popup, and return what was seen before."""
    before = lower_part(window)
    QTest.mouseClick(child(window, QAbstractButton, "viewOptionsButton"), LEFT)
    panel = child(window, QWidget, "spaceOptions")
    qtbot.waitUntil(panel.isVisible)
    slider = child(panel, QWidget, "clipSlider0")
    low, high = slider.handles()
    way = (high.x() - low.x()) // 2
    QTest.mousePress(low, LEFT, pos=QPoint(8, 12))
    move(low, QPoint(8 + way, 12), LEFT)
    QTest.mouseRelease(low, LEFT, pos=QPoint(8, 12))
    assert abs(slider.range()[0] - 0.5) < 0.02
    QTest.keyClick(panel, ESCAPE)
    qtbot.waitUntil(lambda: not panel.isVisible())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: lit_bands(window, before) == [0, 3])
    return before


def lit_bands(window: MainWindow, before: np.ndarray) -> list[int]:
    now = lower_part(window)
    return [
        band
        for band, columns in enumerate(np.s_[:, at + 2 : at + 38] for at in range(0, 160, 40))
        if np.array_equal(now[columns], before[columns])
    ]


def has_ended(window: MainWindow, before: np.ndarray) -> bool:
    told = "slice" in window.canvas.accessibleName()
    return not told and np.array_equal(lower_part(window), before)


# -- Escape --------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["canvas", "paletteView", "kSpinBox", "timelineBar"])
def test_escape_ends_a_slice_whose_panel_is_closed(
    window: MainWindow, qtbot: QtBot, where: str
) -> None:
    before = slice_off(window, qtbot)
    child(window, QDockWidget, "colorSpaceDock").close()
    found = child(window, QWidget, where)
    found.setFocus()
    assert found.hasFocus()
    press_escape(window)
    qtbot.waitUntil(lambda: has_ended(window, before))
    assert child(window, QWidget, "clipSlider0").range() == (0.0, 1.0)


def test_escape_ends_a_slice_from_a_dock_that_floats(window: MainWindow, qtbot: QtBot) -> None:
    before = slice_off(window, qtbot)
    dock = child(window, QDockWidget, "paletteDock")
    dock.setFloating(True)
    dock.activateWindow()
    qtbot.waitUntil(dock.isActiveWindow)
    window.palette_view.setFocus()
    press_escape(window)
    qtbot.waitUntil(lambda: has_ended(window, before))


def test_escape_ends_a_pin_then_a_slice_then_a_presentation(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = slice_off(window, qtbot)
    trigger(window, "presentation")
    qtbot.waitUntil(window.isFullScreen)
    trigger(window, "zoomActual")
    before = lower_part(window)
    QTest.mouseClick(window.canvas, LEFT, pos=band_center(window, 3) + QPoint(0, 20))
    move(window.canvas, QPoint(2, 2))
    qtbot.waitUntil(lambda: lit_bands(window, before) == [1, 2, 3])
    name = window.canvas.accessibleName
    assert "pinned" in name()
    assert "slice" in name()
    press_escape(window)
    qtbot.waitUntil(lambda: np.array_equal(lower_part(window), before))
    assert "pinned" not in name()
    assert "slice" in name()
    assert window.readout.isVisible()
    press_escape(window)
    qtbot.waitUntil(lambda: not np.array_equal(lower_part(window), before))
    assert "slice" not in name()
    assert window.readout.isVisible()
    press_escape(window)
    assert not window.readout.isVisible()


# -- what is said of it --------------------------------------------------------------------------


def test_the_picture_says_that_a_slice_dims_it(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "zoomFit")
    canvas = window.canvas
    count = len(canvas.captioned())
    assert "slice" not in canvas.accessibleName()
    low = child(window, QWidget, "clipSlider0").handles()[0]
    QTest.keyClick(low, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: "slice" in canvas.accessibleName())
    assert len(canvas.captioned()) == count + 1
    check_note(canvas)
    # a pin has a note of its own, above that one
    palette = window.palette_view
    QTest.mouseClick(palette, LEFT, pos=palette.swatch_rect(0).center())
    move(palette, QPoint(2, 2))
    assert len(canvas.captioned()) == count + 2
    upper, lower = canvas.captioned()[-2:]
    assert upper.left() == lower.left()
    assert upper.bottom() < lower.top()
    check_note(canvas)


def check_note(canvas: Canvas) -> None:
    """White on black, whatever is below."""
    note = canvas.captioned()[-1]
    corner = note.topLeft().toPoint() + QPoint(6, 2)
    seen = pixels(canvas)[corner.y() :, corner.x() :]
    seen = seen[: int(note.height()) - 4, : int(note.width()) - 12]
    assert np.median(seen) < 110
    assert seen.max() > 240


# -- how long it lasts ---------------------------------------------------------------------------


def test_a_slice_goes_with_its_picture(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    slice_off(window, qtbot)
    other = np.zeros((60, 160, 3), np.uint8)
    other[:, :80], other[:, 80:] = (10, 200, 60), (250, 20, 20)
    Image.fromarray(other).save(tmp_path / "other.png")
    session = session_of(window)
    session.open(tmp_path / "other.png")
    qtbot.waitUntil(lambda: session.source is not None and session.source.name == "other.png")
    assert "slice" not in window.canvas.accessibleName()
    converge(window, qtbot)
    trigger(window, "modeOriginal")
    trigger(window, "zoomActual")
    qtbot.waitUntil(lambda: np.array_equal(lower_part(window), other[36:].astype(int)))
    assert child(window, QWidget, "clipSlider0").range() == (0.0, 1.0)
    assert not child(window, QAbstractButton, "sliceEndButton").isVisible()


def test_a_slice_outlives_runs_and_settings(window: MainWindow, qtbot: QtBot) -> None:
    slice_off(window, qtbot)
    session = session_of(window)

    def is_kept() -> bool:
        kept = child(window, QWidget, "clipSlider0").range()[0] > 0.4
        return kept and "slice" in window.canvas.accessibleName()

    session.restart_run()
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=9000)
    assert is_kept()
    session.set("k", k=3)
    converge(window, qtbot)
    assert is_kept()
    for step, k in (("undo", 4), ("redo", 3)):
        child(window, QAction, step).trigger()
        assert session.settings.k == k
        converge(window, qtbot)
        assert is_kept()
