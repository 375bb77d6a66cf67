"""The choice of speed."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from colorquant_gui.ui.panels.speed_selector import SPEEDS, SpeedSelector


@pytest.fixture
def selector(qtbot):
    made = SpeedSelector()
    qtbot.addWidget(made)
    made.show()
    return made


def combo(selector: SpeedSelector) -> QComboBox:
    return selector.findChild(QComboBox, "speedComboBox")


def test_what_is_offered(selector):
    box = combo(selector)
    texts = [box.itemText(i) for i in range(box.count())]
    assert texts == ["0.25×", "0.5×", "1×", "2×", "4×", "8×", "Instant"]
    assert selector.speed() == 1
    assert box.currentText() == "1×"
    assert box.accessibleName() == "Animation speed"


@pytest.mark.parametrize("speed", SPEEDS)
def test_setting_says_nothing(selector, qtbot, speed):
    with qtbot.assertNotEmitted(selector.speedEdited):
        selector.set_speed(speed)
    assert selector.speed() == speed


@pytest.mark.parametrize(("asked", "shown"), [(3, 4), (0.01, 0.25), (1.3, 1), (1e300, 8)])
def test_another_speed_becomes_the_nearest_one(selector, asked, shown):
    selector.set_speed(asked)
    assert selector.speed() == shown


def test_keys_say_what_was_chosen(selector):
    said = []
    selector.speedEdited.connect(said.append)
    box = combo(selector)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(box, key)
    assert said == [2.0, math.inf, 0.25]
    assert selector.speed() == 0.25


def test_choosing_from_the_list_by_mouse(selector, qtbot):
    said = []
    selector.speedEdited.connect(said.append)
    box = combo(selector)
    view = box.view()
    for row in (6, 6):
        box.showPopup()
        qtbot.waitUntil(view.isVisible)
        place = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.waitUntil(lambda: not view.isVisible())
    # the same entry again is no edit
    assert said == [math.inf]
    assert box.currentText() == "Instant"
