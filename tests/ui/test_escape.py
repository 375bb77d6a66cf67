"""Escape ends one thing at a time, wherever in the window the focus is: by real keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QSpinBox,
    QToolTip,
    QWidget,
)

from tests.ui.painted import pixels
from tests.ui.pointing import move
from tests.ui.whole_window import child, open_space, space_viewport, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
ESCAPE = Qt.Key.Key_Escape


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A picture of two colours, left and right, alone on the canvas."""
    rgb = np.zeros((40, 60, 3), np.uint8)
    rgb[:, :30], rgb[:, 30:] = (200, 40, 40), (40, 60, 200)
    Image.fromarray(rgb).save(tmp_path / "two.png")
    opened = whole_window(qtbot, [tmp_path / "two.png"], space=False, advisor=False)
    with opened as made:
        trigger(made, "modeResult")
        yield made


def press(window: MainWindow, key: Qt.Key = ESCAPE) -> None:
    """Press a key as the screen would: Qt finds out who gets it."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused.window().windowHandle(), key)


def sides(window: MainWindow) -> np.ndarray:
    """The colours in the middle of the picture's left and right half."""
    seen = pixels(window.canvas).astype(int)
    middle, right = seen.shape[0] // 2, seen.shape[1] // 2
    return seen[middle, [right - 40, right + 40]]


def pin(window: MainWindow, qtbot: QtBot) -> np.ndarray:
    """Click the swatch of the red half, move off, and return what was seen before."""
    before = sides(window)
    palette = window.palette_view
    reds = [palette.swatch_rect(index).center() for index in range(2)]
    seen = palette.grab().toImage()
    red = next(place for place in reds if seen.pixelColor(place).red() > 150)
    QTest.mouseMove(palette, red)
    QTest.mouseClick(palette, LEFT, pos=red)
    QTest.mouseMove(palette, QPoint(2, 2))
    qtbot.waitUntil(lambda: is_pinned(window, before))
    qtbot.waitUntil(lambda: "pinned" in window.canvas.accessibleName())
    return before


def is_pinned(window: MainWindow, before: np.ndarray) -> bool:
    left, right = np.abs(sides(window) - before).max(axis=1)
    return bool(left <= 1 and right > 30)


def check_released(window: MainWindow, qtbot: QtBot, before: np.ndarray) -> None:
    qtbot.waitUntil(lambda: np.array_equal(sides(window), before))
    assert "pinned" not in window.canvas.accessibleName()


@pytest.mark.parametrize(
    "where", ["canvas", "spaceViewport", "paletteView", "kSpinBox", "timelineBar", "zoomEdit"]
)
def test_a_pin_is_released_from_anywhere(window: MainWindow, qtbot: QtBot, where: str) -> None:
    if where == "spaceViewport":
        open_space(window, qtbot)
        space_viewport(window, qtbot)
    before = pin(window, qtbot)
    found = child(window, QWidget, where)
    found.setFocus()
    assert found.hasFocus()
    press(window)
    check_released(window, qtbot, before)


def test_a_disc_that_is_clicked_in_the_colour_space_is_released_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = sides(window)
    open_space(window, qtbot)
    surface = space_viewport(window, qtbot)
    scene = window.color_space._scene
    red = int(scene.centroids[:, 0].argmax())
    world = scene.place(scene.centroids[[red]])
    x, y = scene.camera.project(world, surface.width(), surface.height())[0][0]
    QTest.mouseClick(surface, LEFT, pos=QPoint(round(float(x)), round(float(y))))
    qtbot.waitUntil(lambda: is_pinned(window, before))
    assert surface.hasFocus()
    QTest.mouseMove(surface, QPoint(2, 2))
    press(window)
    check_released(window, qtbot, before)


def test_what_is_told_of_a_disc_goes_with_its_pin(window: MainWindow, qtbot: QtBot) -> None:
    open_space(window, qtbot)
    surface = space_viewport(window, qtbot)
    scene = window.color_space._scene
    world = scene.place(scene.centroids[:1])
    x, y = scene.camera.project(world, surface.width(), surface.height())[0][0]
    place = QPoint(round(float(x)), round(float(y)))
    QTest.mouseClick(surface, LEFT, pos=place)
    qtbot.waitUntil(lambda: "pinned" in window.canvas.accessibleName())
    move(surface, place - QPoint(2, 0))
    move(surface, place)
    qtbot.waitUntil(lambda: QToolTip.isVisible() and "Centroid" in QToolTip.text())
    press(window)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert "pinned" not in window.canvas.accessibleName()


def test_a_pin_is_released_from_a_dock_that_floats(window: MainWindow, qtbot: QtBot) -> None:
    before = pin(window, qtbot)
    dock = child(window, QDockWidget, "paletteDock")
    dock.setFloating(True)
    dock.activateWindow()
    qtbot.waitUntil(dock.isActiveWindow)
    window.palette_view.setFocus()
    press(window)
    check_released(window, qtbot, before)


def test_a_list_that_is_open_closes_first(window: MainWindow, qtbot: QtBot) -> None:
    open_space(window, qtbot)
    before = pin(window, qtbot)
    box = child(window, QComboBox, "spaceCombo")
    box.setFocus()
    box.showPopup()
    qtbot.waitUntil(lambda: box.view().isVisible())
    QTest.keyClick(box.view(), ESCAPE)
    qtbot.waitUntil(lambda: not box.view().isVisible())
    assert is_pinned(window, before)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window)
    check_released(window, qtbot, before)


def test_what_is_being_typed_is_given_up_first(window: MainWindow, qtbot: QtBot) -> None:
    before = pin(window, qtbot)
    edit = child(window, QLineEdit, "zoomEdit")
    edit.setFocus()
    edit.selectAll()
    text = edit.text()
    QTest.keyClicks(edit, "77")
    press(window)
    assert edit.text() == text
    assert is_pinned(window, before)
    press(window)
    check_released(window, qtbot, before)


def test_a_message_closes_after_it(window: MainWindow, qtbot: QtBot) -> None:
    before = pin(window, qtbot)
    window.notifications.clear()
    window.notifications.show_message("Something is to be known")
    press(window)
    check_released(window, qtbot, before)
    assert window.notifications.message() == "Something is to be known"
    press(window)
    assert window.notifications.message() == ""


def test_a_presentation_ends_after_it(window: MainWindow, qtbot: QtBot) -> None:
    open_space(window, qtbot)
    before = pin(window, qtbot)
    trigger(window, "presentation")
    space_viewport(window, qtbot)
    child(window, QWidget, "spaceViewport").setFocus()
    press(window)
    assert window.readout.isVisible()
    assert "pinned" not in window.canvas.accessibleName()
    press(window)
    assert not window.readout.isVisible()
    qtbot.waitUntil(lambda: np.array_equal(sides(window), before))


def test_with_nothing_to_end_the_key_is_left_to_others(window: MainWindow) -> None:
    window.notifications.show_message("Something is to be known")
    child(window, QSpinBox, "kSpinBox").setFocus()
    press(window)
    assert window.notifications.message() == ""


def test_what_the_arrow_keys_lit_and_what_is_pinned_go_at_once(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = pin(window, qtbot)
    palette = window.palette_view
    palette.setFocus()
    press(window, Qt.Key.Key_Home)
    press(window, Qt.Key.Key_End)
    press(window)
    check_released(window, qtbot, before)
    # the same swatch once more, and what they lit alone goes as well
    press(window, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not np.array_equal(sides(window), before))
    press(window)
    check_released(window, qtbot, before)
