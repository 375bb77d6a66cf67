"""File > Close, and what stays: the person's settings and their undo steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from colorquant_gui.ui.panels.k_slider import KSlider
from tests.pictures import photo
from tests.ui.whole_window import child, converge, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "photo.png"
    Image.fromarray(photo()).save(path)
    with whole_window(qtbot, [path]) as window:
        slider = child(window, KSlider, "kSlider")
        # one step to undo: k from 16 to 17, by a key
        slider.setFocus()
        QTest.keyClick(slider, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: session_of(window).undo_stack.count() == 1)
        converge(window, qtbot)
        yield window


def can(window: MainWindow, name: str) -> bool:
    enabled: bool = child(window, QAction, name).isEnabled()
    return enabled


@pytest.mark.parametrize("example", [False, True], ids=["picture", "example"])
def test_undo_and_redo_go_on_after_close(window: MainWindow, qtbot: QtBot, example: bool) -> None:
    session = session_of(window)
    if example:
        trigger(window, "workedExample")
        qtbot.waitUntil(lambda: session.settings.k == 3)
        converge(window, qtbot)
        assert not can(window, "undo")
        session.set("Change k", k=4)
    trigger(window, "close")
    assert session.source is None
    assert (window.k_selector.value(), can(window, "undo"), can(window, "redo")) == (
        17,
        True,
        False,
    )
    assert child(window, QAction, "undo").text() == "&Undo Change k"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (window.k_selector.value(), can(window, "undo"), can(window, "redo")) == (
        16,
        False,
        True,
    )
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.k_selector.value() == session.settings.k == 17


def test_the_scale_of_k_is_whole_again(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    slider = child(window, KSlider, "kSlider")

    def thickness(k: float) -> int:
        picture = slider.grab().toImage()
        surface = window.palette().window().color()
        rows = range(picture.height() // 2)
        return sum(picture.pixelColor(round(slider.x_of(k)), y) != surface for y in rows)

    session_of(window).set("Change k", k=200)
    whole = thickness(20)
    # three colours and a transparent entry
    few = np.zeros((4, 4, 4), np.uint8)
    few[..., 0], few[:, 1:, 3] = np.arange(4), 255
    path = tmp_path / "few.png"
    Image.fromarray(few).save(path)
    session_of(window).open(path)
    qtbot.waitUntil(lambda: thickness(20) < whole)
    assert (thickness(3.6), thickness(4.4)) == (whole, thickness(20))
    trigger(window, "close")
    assert thickness(20) == thickness(4.4) == whole
