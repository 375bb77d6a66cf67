"""The tool bar: every way to compare, one of them lit, in windows of all widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton, QWidget

from colorquant_gui.ui.canvas import CompareMode
from colorquant_gui.ui.choice_row import ChoiceRow, RowLength
from colorquant_gui.ui.tool_bar import ToolBar
from tests.ui.painted import pixels
from tests.ui.whole_window import child, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
MODES = {
    "modeSplit": CompareMode.SPLIT,
    "modeSideBySide": CompareMode.SIDE_BY_SIDE,
    "modeOriginal": CompareMode.ORIGINAL,
    "modeResult": CompareMode.RESULT,
    "modeSplitHorizontal": CompareMode.SPLIT_HORIZONTAL,
    "modeOnion": CompareMode.ONION,
    "modeFlicker": CompareMode.FLICKER,
    "modeDifference": CompareMode.DIFFERENCE,
}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    levels = np.linspace(0, 255, 64, dtype=np.uint8)
    Image.fromarray(np.stack([np.tile(levels, (48, 1))] * 3, axis=-1)).save(tmp_path / "ramp.png")
    with whole_window(qtbot, [tmp_path / "ramp.png"]) as shown:
        yield shown


def row_of(window: MainWindow) -> ChoiceRow:
    found: ChoiceRow = child(window.tool_bar, ChoiceRow, "compareMode")
    return found


def shown_buttons(window: MainWindow) -> list[str]:
    """Names of the buttons that are seen, from left to right."""
    buttons = [b for b in window.tool_bar.findChildren(QToolButton) if b.isVisible()]
    buttons.sort(key=lambda b: b.mapTo(window, QPoint(0, 0)).x())
    return [button.objectName().removesuffix("Button") for button in buttons]


def narrow_to(window: MainWindow, qtbot: QtBot, length: RowLength) -> None:
    """Make the window as narrow as a length of the row needs, whatever the font."""
    for width in range(1280, 719, -20):
        window.resize(width, 640)
        qtbot.waitUntil(lambda: window.tool_bar.width() == width)  # noqa: B023
        if row_of(window).length() is length:
            break
    row = row_of(window)
    assert row.length() is length
    qtbot.waitUntil(lambda: row.width() == row.width_of(length))


def menu_button(window: MainWindow) -> QToolButton:
    found: QToolButton = child(window.tool_bar, QToolButton, "compareModeMenuButton")
    return found


def marked(window: MainWindow) -> list[str]:
    """Names of the buttons that have a mark in the accent colour below them."""
    row = row_of(window)
    seen = pixels(row)
    accent = np.array(row.palette().color(QPalette.ColorRole.Highlight).getRgb()[:3])
    names = []
    for button in row.findChildren(QToolButton):
        place = button.geometry()
        below = seen[place.bottom() + 1 :, place.left() : place.right() + 1].astype(int)
        if button.isVisible() and np.all(below == accent, axis=2).any():
            names.append(button.objectName().removesuffix("Button"))
    return names


def pick_from_menu(window: MainWindow, qtbot: QtBot, key: str, *, by_key: bool = False) -> None:
    """Open the menu, which waits for an answer, and click an entry."""
    button, picked = menu_button(window), []

    def answer() -> None:
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return
        entry = menu.actionGeometry(window.actions_by_key[key]).center()
        QTest.mouseClick(menu, LEFT, pos=entry)
        picked.append(menu.objectName())

    timer = QTimer(interval=20)
    timer.timeout.connect(answer)
    timer.start()
    if by_key:
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, Qt.Key.Key_Down)
    else:
        # on the arrow
        QTest.mouseClick(button, LEFT, pos=QPoint(button.width() - 4, button.height() // 2))
    qtbot.waitUntil(lambda: bool(picked))
    timer.stop()
    assert picked == ["compareModeMenu"]


def test_a_wide_window_has_a_button_for_every_mode(window: MainWindow, qtbot: QtBot) -> None:
    narrow_to(window, qtbot, RowLength.ALL)
    assert [name for name in shown_buttons(window) if name.startswith("mode")] == list(MODES)
    for key, mode in MODES.items():
        button = child(window.tool_bar, QToolButton, f"{key}Button")
        assert not button.icon().isNull()
        assert button.accessibleName()
        QTest.mouseClick(button, LEFT)
        assert window.canvas.compare_mode() is mode
        lit = [name for name in MODES if child(window, QToolButton, f"{name}Button").isChecked()]
        assert lit == [key]
        # however striking the button is that the pointer rests on
        assert marked(window) == [key]


def test_keys_light_a_button_too(window: MainWindow, qtbot: QtBot) -> None:
    narrow_to(window, qtbot, RowLength.ALL)
    # in the order of the buttons; the first is lit to begin with
    for number in (2, 3, 4, 5, 6, 7, 8, 1):
        QTest.keyClick(window, str(number), Qt.KeyboardModifier.AltModifier)
        key = list(MODES)[number - 1]
        assert window.canvas.compare_mode() is MODES[key]
        assert child(window, QToolButton, f"{key}Button").isChecked()
        assert marked(window) == [key]


def test_a_narrower_window_keeps_four_and_a_menu(window: MainWindow, qtbot: QtBot) -> None:
    narrow_to(window, qtbot, RowLength.FOREMOST)
    names = [name for name in shown_buttons(window) if "ode" in name]
    assert names == [*list(MODES)[:4], "compareModeMenu"]
    button = menu_button(window)
    assert not button.isChecked()
    assert marked(window) == ["modeSplit"]
    pick_from_menu(window, qtbot, "modeDifference")
    assert marked(window) == ["compareModeMenu"]
    assert window.canvas.compare_mode() is CompareMode.DIFFERENCE
    assert button.isChecked()
    assert button.defaultAction() is window.actions_by_key["modeDifference"]
    # away by a button of the row, and back by one click on the menu's own
    QTest.mouseClick(child(window, QToolButton, "modeResultButton"), LEFT)
    assert window.canvas.compare_mode() is CompareMode.RESULT
    assert not button.isChecked()
    QTest.mouseClick(button, LEFT, pos=QPoint(10, button.height() // 2))
    assert window.canvas.compare_mode() is CompareMode.DIFFERENCE
    # one that has a button lights that
    pick_from_menu(window, qtbot, "modeSideBySide")
    assert child(window, QToolButton, "modeSideBySideButton").isChecked()
    assert button.defaultAction() is window.actions_by_key["modeDifference"]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_narrow_window_has_a_menu_that_shows_the_mode_in_force(
    window: MainWindow, qtbot: QtBot, by_key: bool
) -> None:
    narrow_to(window, qtbot, RowLength.NONE)
    button = menu_button(window)
    for key, mode in MODES.items():
        pick_from_menu(window, qtbot, key, by_key=by_key)
        assert window.canvas.compare_mode() is mode
        assert button.defaultAction() is window.actions_by_key[key]
        assert button.isChecked()
        assert (
            button.accessibleName() == f"Way to compare: {window.actions_by_key[key].statusTip()}"
        )
    # whatever chose it
    trigger(window, "modeFlicker")
    assert button.defaultAction() is window.actions_by_key["modeFlicker"]


def test_all_of_a_narrow_button_opens_its_menu(window: MainWindow, qtbot: QtBot) -> None:
    narrow_to(window, qtbot, RowLength.NONE)
    button, seen = menu_button(window), []
    timer = QTimer(interval=20)

    def close() -> None:
        menu = QApplication.activePopupWidget()
        if menu is not None:
            seen.append([action.objectName() for action in menu.actions()])
            QTest.keyClick(menu, Qt.Key.Key_Escape)

    timer.timeout.connect(close)
    timer.start()
    QTest.mouseClick(button, LEFT, pos=QPoint(10, button.height() // 2))
    qtbot.waitUntil(lambda: bool(seen))
    timer.stop()
    assert seen == [list(MODES)]
    assert window.canvas.compare_mode() is CompareMode.SPLIT


# each from the size that the window begins with, and then from another width
@pytest.mark.parametrize("widths", [(720, 1100, 740), (760, 1900, 800), (900, 1280, 1024)])
def test_at_every_width_all_is_seen(
    window: MainWindow, qtbot: QtBot, widths: tuple[int, ...]
) -> None:
    extension = child(window.tool_bar, QToolButton, "qt_toolbar_ext_button")
    slider = child(window, QWidget, "kSlider")
    for width in widths:
        window.resize(width, 640)
        qtbot.waitUntil(lambda width=width: window.tool_bar.width() == width)
        qtbot.waitUntil(
            lambda: (
                not extension.isVisible()
                and row_of(window).width() == row_of(window).sizeHint().width()
                and window.zoom.geometry().right() < window.tool_bar.width()
                and slider.width() >= slider.minimumSizeHint().width()
            )
        )
        # what may go from the bar is in the list of the zoom field
        spare = [name for name in ("zoomFit", "zoomActual") if name in shown_buttons(window)]
        assert spare in ([], ["zoomFit", "zoomActual"])
        assert [window.zoom.itemText(i) for i in (0, 3)] == ["Fit", "100 %"]


def test_a_window_that_grows_again_gets_its_buttons_back(window: MainWindow, qtbot: QtBot) -> None:
    usual = shown_buttons(window)
    assert usual[:2] == ["open", "saveAs"]
    narrow_to(window, qtbot, RowLength.NONE)
    assert "modeSplit" not in shown_buttons(window)
    window.resize(1280, 640)
    qtbot.waitUntil(lambda: shown_buttons(window) == usual)


def test_what_a_bar_gives_up_first(qtbot: QtBot) -> None:
    bar, group = ToolBar("Tools"), QActionGroup(None)
    qtbot.addWidget(bar)
    actions = [QAction(name, bar, objectName=name, checkable=True) for name in "abcd"]
    for action in actions:
        group.addAction(action)
    choice = ChoiceRow("letters", "Letter", actions, 2)
    panel = QLineEdit()
    panel.setMinimumWidth(60)
    bar.add_stretching(panel)
    bar.add_choice(choice)
    bar.add_spare([QAction("y", bar, objectName="y"), QAction("z", bar, objectName="z")])
    bar.show()
    seen = []
    for width in range(800, 99, -4):
        bar.resize(width, 40)
        qtbot.waitUntil(lambda: bar.width() == width)  # noqa: B023
        state = (choice.length(), bar.findChild(QToolButton, "zButton").isVisible())
        if seen[-1:] != [state]:
            seen.append(state)
        if state[1]:
            assert not child(bar, QToolButton, "qt_toolbar_ext_button").isVisible()
    assert seen == [
        (RowLength.ALL, True), (RowLength.FOREMOST, True), (RowLength.NONE, True),
        (RowLength.NONE, False),
    ]  # fmt: skip
    group.deleteLater()
