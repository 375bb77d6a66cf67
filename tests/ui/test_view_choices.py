"""The View menu: what it chooses is seen, told by its marks, and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QWidget

from tests.ui.painted import pixels
from tests.ui.whole_window import child, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """200 x 160, red, its left half transparent."""
    rgba = np.zeros((160, 200, 4), np.uint8)
    rgba[:, 100:] = (200, 40, 50, 255)
    Image.fromarray(rgba).save(tmp_path / "half.png")
    return tmp_path / "half.png"


@pytest.fixture
def window(qtbot: QtBot, picture: Path) -> Iterator[MainWindow]:
    with whole_window(qtbot, [picture]) as made:
        trigger(made, "modeOriginal")
        trigger(made, "zoomActual")
        yield made


def clear_part(window: MainWindow) -> np.ndarray:
    """What is seen in the transparent half."""
    seen = pixels(window.canvas)
    row, column = seen.shape[0] // 2, seen.shape[1] // 2
    return seen[row - 20 : row + 20, column - 60 : column - 20]


def checked(window: MainWindow, group: str) -> list[str]:
    return [
        key
        for key, action in window.actions_by_key.items()
        if key.startswith(group) and action.isCheckable() and action.isChecked()
    ]


@pytest.mark.parametrize(
    ("key", "level"), [("White", 255), ("Grey", 128), ("Black", 0), ("Checker", None)]
)
def test_what_is_behind_transparent_areas(window: MainWindow, key: str, level: int | None) -> None:
    trigger(window, "backgroundBlack" if level else "backgroundWhite")
    trigger(window, f"background{key}")
    seen = np.unique(clear_part(window))
    assert seen.tolist() == [level] if level is not None else len(seen) == 2
    assert checked(window, "background") == [f"background{key}"]


@pytest.mark.parametrize(("key", "level"), [("White", 255), ("Grey", 128), ("Black", 0)])
def test_what_is_around_the_picture(window: MainWindow, key: str, level: int) -> None:
    usual = pixels(window.canvas)[60, 4].tolist()
    trigger(window, f"surround{key}")
    assert pixels(window.canvas)[60, 4].tolist() == [level] * 3
    assert checked(window, "surround") == [f"surround{key}"]
    trigger(window, "surroundTheme")
    assert pixels(window.canvas)[60, 4].tolist() == usual


def test_a_mixed_colour(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = []

    def mixed(start: QColor, *_: object) -> QColor:
        offered.append(start.name())
        return QColor(12, 200, 99)

    monkeypatch.setattr(QColorDialog, "getColor", mixed)
    trigger(window, "backgroundCustom")
    assert np.all(clear_part(window) == (12, 200, 99))
    assert checked(window, "background") == ["backgroundCustom"]
    # who leaves the dialog keeps what there was, and the next starts from it
    monkeypatch.setattr(
        QColorDialog, "getColor", lambda start, *_: (offered.append(start.name()), QColor())[1]
    )
    trigger(window, "backgroundCustom")
    assert np.all(clear_part(window) == (12, 200, 99))
    assert checked(window, "background") == ["backgroundCustom"]
    assert offered == ["#808080", "#0cc863"]


def test_the_pixel_grid_can_be_left_out(window: MainWindow) -> None:
    trigger(window, "zoom1600")
    assert window.canvas.zoom() == 16
    red = pixels(window.canvas)[100:140, -60:-20]
    assert len(np.unique(red.reshape(-1, 3), axis=0)) > 1
    trigger(window, "pixelGrid")
    assert not window.canvas.pixel_grid()
    red = pixels(window.canvas)[100:140, -60:-20]
    assert np.all(red == (200, 40, 50))


def test_every_zoom_of_the_menu(window: MainWindow) -> None:
    entries = [action.objectName() for action in window.menus["zoomMenu"].actions()]
    assert [window.actions_by_key[key].text().replace("&", "") for key in entries] == [
        f"{percent} %" for percent in (25, 50, 100, 200, 400, 800, 1600)
    ]
    for key, zoom in zip(entries, (0.25, 0.5, 1, 2, 4, 8, 16), strict=True):
        trigger(window, key)
        assert window.canvas.zoom() == zoom
        assert window.zoom.currentText() == f"{100 * zoom:,.0f} %"


def test_the_zoom_field_follows_the_canvas_and_leads_it(window: MainWindow) -> None:
    assert window.zoom.currentText() == "100 %"
    trigger(window, "zoomIn")
    assert window.zoom.currentText() == f"{100 * window.canvas.zoom():,.0f} %"
    window.zoom.lineEdit().selectAll()
    QTest.keyClicks(window.zoom.lineEdit(), "250")
    QTest.keyClick(window.zoom.lineEdit(), Qt.Key.Key_Return)
    assert window.canvas.zoom() == 2.5
    assert window.zoom.currentText() == "250 %"
    window.zoom.lineEdit().selectAll()
    QTest.keyClicks(window.zoom.lineEdit(), "fit")
    QTest.keyClick(window.zoom.lineEdit(), Qt.Key.Key_Return)
    assert window.canvas.is_fitted()
    fitted = window.canvas.zoom()
    QTest.keyClick(window.zoom.lineEdit(), Qt.Key.Key_Down)
    assert window.canvas.zoom() < fitted
    QTest.keyClick(window.zoom.lineEdit(), Qt.Key.Key_Up)
    assert window.canvas.is_fitted()


def test_zooms_below_the_fitted_picture(window: MainWindow) -> None:
    window.canvas.zoom_to_fit()
    for text, zoom, shown in (("20", 0.2, "20 %"), ("12.5", 0.125, "12.5 %"), ("1", 0.08, "8 %")):
        window.zoom.lineEdit().selectAll()
        QTest.keyClicks(window.zoom.lineEdit(), text)
        QTest.keyClick(window.zoom.lineEdit(), Qt.Key.Key_Return)
        # 16 of 200 pixels are the least
        assert window.canvas.zoom() == pytest.approx(zoom)
        assert window.zoom.currentText() == shown
        # as large in a larger window, and in the middle of it
        assert not window.canvas.is_fitted()
        is_red = np.all(pixels(window.canvas) == (200, 40, 50), axis=2)
        columns = np.flatnonzero(is_red.any(axis=0))
        assert len(columns) == pytest.approx(100 * zoom, abs=2)
        assert columns[0] == pytest.approx(window.canvas.width() / 2, abs=1)


def test_reduced_motion_reaches_the_canvas(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(window.canvas, "set_motion", told.append)
    trigger(window, "reducedMotion")
    trigger(window, "reducedMotion")
    assert told == [False, True]


def test_the_measure_of_the_difference_by_menu_and_by_the_legend(window: MainWindow) -> None:
    trigger(window, "modeDifference")
    legend = child(window, QWidget, "errorLegend")
    assert legend.isVisible()
    assert checked(window, "error") == ["errorRgb"]
    QTest.mouseClick(child(window, QAbstractButton, "errorMetric-ciede2000"), LEFT)
    assert window.canvas.error_metric() == "ciede2000"
    assert checked(window, "error") == ["errorCiede2000"]
    trigger(window, "errorRgb")
    assert window.canvas.error_metric() == "rgb"
    assert child(window, QAbstractButton, "errorMetric-rgb").isChecked()


def test_choices_are_remembered(
    qtbot: QtBot, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor(1, 2, 3))
    with whole_window(qtbot, [picture]) as window:
        for key in ("backgroundGrey", "surroundCustom", "pixelGrid", "minimap", "reducedMotion"):
            trigger(window, key)
        trigger(window, "errorCiede2000")
        trigger(window, "modeOnion")
    with whole_window(qtbot, [picture]) as window:
        canvas = window.canvas
        assert canvas.background() == QColor(128, 128, 128)
        assert canvas.surround() == QColor(1, 2, 3)
        assert not canvas.pixel_grid()
        assert canvas.error_metric() == "ciede2000"
        assert checked(window, "background") == ["backgroundGrey"]
        assert checked(window, "surround") == ["surroundCustom"]
        assert checked(window, "error") == ["errorCiede2000"]
        assert checked(window, "mode") == ["modeOnion"]
        states = {k: window.actions_by_key[k].isChecked() for k in ("minimap", "reducedMotion")}
        assert states == {"minimap": False, "reducedMotion": True}


def test_both_splits_are_remembered_and_one_is_brought_back(qtbot: QtBot, picture: Path) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier

    def splits(window: MainWindow) -> list[float]:
        found = []
        for mode in ("modeSplit", "modeSplitHorizontal"):
            trigger(window, mode)
            found.append(window.canvas.split())
        return found

    with whole_window(qtbot, [picture]) as window:
        window.canvas.setFocus()
        trigger(window, "modeSplit")
        QTest.keyClick(window.canvas, Qt.Key.Key_Right, shift)
        trigger(window, "modeSplitHorizontal")
        QTest.keyClick(window.canvas, Qt.Key.Key_Up, shift)
    with whole_window(qtbot, [picture]) as window:
        assert splits(window) == pytest.approx([0.6, 0.4])
        trigger(window, "modeSplit")
        # the last of what had better not be covered is the grip
        grip = window.canvas.captioned()[-1].center().toPoint()
        QTest.mouseDClick(window.canvas, LEFT, pos=grip)
    with whole_window(qtbot, [picture]) as window:
        assert splits(window) == pytest.approx([0.5, 0.4])


def test_damaged_choices_are_the_defaults(qtbot: QtBot, picture: Path) -> None:
    store = QSettings()
    for key in ("background", "surround", "pixelGrid", "minimap", "reducedMotion", "errorMetric"):
        store.setValue(key, "\x00nonsense é")
    with whole_window(qtbot, [picture]) as window:
        assert window.canvas.background() is None
        assert window.canvas.surround() is None
        assert window.canvas.pixel_grid()
        assert window.canvas.error_metric() == "rgb"
        assert checked(window, "surround") == ["surroundTheme"]


def test_no_two_entries_of_a_menu_have_the_same_letter(window: MainWindow) -> None:
    for name, menu in window.menus.items():
        texts = [action.text().replace("&&", "") for action in menu.actions()]
        letters = [text[text.index("&") + 1].upper() for text in texts if "&" in text]
        twice = {letter for letter in letters if letters.count(letter) > 1}
        assert not twice, (name, twice)


def test_every_action_is_in_a_menu(window: MainWindow) -> None:
    shown = {action.objectName() for menu in window.menus.values() for action in menu.actions()}
    assert set(window.actions_by_key) <= shown
