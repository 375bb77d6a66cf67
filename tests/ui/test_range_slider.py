"""RangeSlider: both ends, each by itself or together, by real mouse and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QPalette, QWheelEvent
from PySide6.QtTest import QTest

from colorquant_gui.ui.space3d.range_slider import RangeSlider
from tests.ui.painted import pixels
from tests.ui.pointing import move

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CTRL = Qt.KeyboardModifier.ControlModifier
# One step is one pixel: the groove goes from 8 to 208.
WIDTH, MIDDLE = 216, 12
Shape = Qt.CursorShape


class Driven:
    """A slider on the screen, and what it has told."""

    def __init__(self, slider: RangeSlider) -> None:
        self.slider = slider
        self.told: list[tuple[float, float]] = []
        slider.rangeEdited.connect(lambda low, high: self.told.append((low, high)))

    def press(self, widget: QWidget, x: int, keys: Qt.KeyboardModifier | None = None) -> None:
        keys = Qt.KeyboardModifier.NoModifier if keys is None else keys
        QTest.mousePress(widget, LEFT, keys, QPoint(x, MIDDLE))

    def drag(self, widget: QWidget, *xs: int) -> None:
        for x in xs:
            move(widget, QPoint(x, MIDDLE), LEFT)

    def release(self, widget: QWidget, x: int) -> None:
        QTest.mouseRelease(widget, LEFT, pos=QPoint(x, MIDDLE))


@pytest.fixture
def driven(qtbot: QtBot) -> Driven:
    slider = RangeSlider()
    slider.set_names("Lowest R", "Highest R", "Both")
    slider.resize(WIDTH, 24)
    qtbot.addWidget(slider)
    slider.show()
    qtbot.waitExposed(slider)
    return Driven(slider)


# -- the groove ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "pressed", "to", "expected"),
    [
        # all is chosen: there is nothing to move as a whole
        ((0.0, 1.0), 48, 68, (0.3, 1.0)),
        ((0.0, 1.0), 188, 148, (0.0, 0.7)),
        # beside what is chosen, on both sides, and back
        ((0.4, 0.6), 28, 48, (0.2, 0.6)),
        ((0.4, 0.6), 188, 168, (0.4, 0.8)),
        # no farther than the other end, and the end of the groove
        ((0.4, 0.6), 28, 190, (0.595, 0.6)),
        ((0.4, 0.6), 188, 400, (0.4, 1.0)),
    ],
)
def test_the_groove_brings_the_nearer_handle_and_it_follows(
    driven: Driven,
    start: tuple[float, float],
    pressed: int,
    to: int,
    expected: tuple[float, float],
) -> None:
    slider = driven.slider
    slider.set_range(*start)
    driven.press(slider, pressed)
    at = (pressed - 8) / 200
    assert at in slider.range()
    driven.drag(slider, pressed + 1, to)
    assert slider.range() == expected
    driven.release(slider, to)
    driven.drag(slider, to - 50)
    assert slider.range() == expected
    assert driven.told[-1] == expected


def test_another_button_moves_nothing(driven: Driven) -> None:
    slider = driven.slider
    slider.set_range(0.4, 0.6)
    for widget, x in ((slider, 28), (slider, 108), (slider.handles()[0], 8)):
        QTest.mousePress(widget, RIGHT, pos=QPoint(x, MIDDLE))
        move(widget, QPoint(x + 30, MIDDLE), RIGHT)
        QTest.mouseRelease(widget, RIGHT, pos=QPoint(x + 30, MIDDLE))
    assert driven.told == []


# -- both ends -----------------------------------------------------------------------------------


def test_what_is_chosen_is_dragged_as_a_whole(driven: Driven) -> None:
    slider = driven.slider
    slider.set_range(0.4, 0.6)
    driven.press(slider, 108)
    assert driven.told == []
    driven.drag(slider, 118, 128)
    assert driven.told == [(0.45, 0.65), (0.5, 0.7)]
    # as far as there is room, and from there back at once
    driven.drag(slider, 400)
    assert slider.range() == (0.8, 1.0)
    driven.drag(slider, 98)
    assert slider.range() == (0.35, 0.55)
    driven.drag(slider, -100)
    assert slider.range() == (0.0, 0.2)
    driven.release(slider, -100)
    driven.drag(slider, 60)
    assert slider.range() == (0.0, 0.2)


def test_a_click_between_brings_the_nearer_handle(driven: Driven) -> None:
    slider = driven.slider
    slider.set_range(0.2, 0.8)
    driven.press(slider, 68)
    # a hand is not that still
    driven.drag(slider, 69)
    driven.release(slider, 69)
    assert driven.told == [(0.305, 0.8)]


@pytest.mark.parametrize("low", [0, 1, 100, 195, 199])
def test_the_thinnest_range_can_be_dragged(driven: Driven, low: int) -> None:
    slider = driven.slider
    slider.set_range(low / 200, (low + 1) / 200)
    first, second = (handle.geometry() for handle in slider.handles())
    assert first.left() >= 0
    assert second.right() < WIDTH
    gap = second.left() - first.right() - 1
    assert gap >= 8
    x = (first.right() + second.left()) // 2
    way = 50 if low < 100 else -50
    driven.press(slider, x)
    driven.drag(slider, x + way)
    driven.release(slider, x + way)
    assert slider.range() == ((low + way) / 200, (low + way + 1) / 200)
    # and each handle of it, which has moved aside, from where it is
    handle = slider.handles()[way > 0]
    driven.press(handle, 8)
    driven.drag(handle, 8)
    assert slider.range() == ((low + way) / 200, (low + way + 1) / 200)


def test_a_handle_takes_the_other_along_with_ctrl(driven: Driven) -> None:
    slider = driven.slider
    slider.set_range(0.4, 0.6)
    high = slider.handles()[1]
    driven.press(high, 10, CTRL)
    driven.drag(high, 40)
    driven.release(high, 40)
    assert slider.range() == (0.55, 0.75)


def test_ctrl_and_arrows_move_both(driven: Driven) -> None:
    slider, key = driven.slider, Qt.Key
    slider.set_range(0.4, 0.6)
    low, high = slider.handles()
    for handle in (low, high):
        QTest.keyClick(handle, key.Key_Right, CTRL)
    assert slider.range() == (0.41, 0.61)
    QTest.keyClick(low, key.Key_Down, CTRL)
    QTest.keyClick(low, key.Key_PageUp, CTRL)
    assert slider.range() == (0.505, 0.705)
    QTest.keyClick(high, key.Key_End, CTRL)
    assert slider.range() == (0.8, 1.0)
    n_told = len(driven.told)
    QTest.keyClick(high, key.Key_Right, CTRL)
    assert len(driven.told) == n_told
    QTest.keyClick(low, key.Key_Home, CTRL)
    assert slider.range() == (0.0, 0.2)
    QTest.keyClick(low, key.Key_Right)
    assert slider.range() == (0.005, 0.2)


def test_what_is_hidden_is_let_go(driven: Driven) -> None:
    slider = driven.slider
    slider.set_range(0.4, 0.6)
    driven.press(slider, 108)
    driven.drag(slider, 128)
    slider.hide()
    slider.show()
    driven.drag(slider, 158)
    assert slider.range() == (0.5, 0.7)


# -- what is seen and told of it -----------------------------------------------------------------


def test_the_cursor_tells_what_would_move(driven: Driven) -> None:
    slider = driven.slider

    def shape_at(x: int) -> Qt.CursorShape:
        move(slider, QPoint(x, MIDDLE))
        return slider.cursor().shape()

    assert shape_at(108) == Shape.SizeHorCursor
    slider.set_range(0.4, 0.6)
    assert shape_at(108) == Shape.OpenHandCursor
    assert shape_at(30) == Shape.SizeHorCursor
    assert slider.handles()[0].cursor().shape() == Shape.SizeHorCursor
    driven.press(slider, 108)
    assert slider.cursor().shape() == Shape.ClosedHandCursor
    driven.drag(slider, 130)
    assert slider.cursor().shape() == Shape.ClosedHandCursor
    driven.release(slider, 130)
    assert slider.cursor().shape() == Shape.OpenHandCursor
    driven.press(slider, 30)
    assert slider.cursor().shape() == Shape.SizeHorCursor


def test_what_can_be_dragged_grows_under_the_pointer_and_lights_up(driven: Driven) -> None:
    slider = driven.slider
    slider.set_range(0.4, 0.6)
    move(slider, QPoint(30, MIDDLE))

    def column() -> np.ndarray:
        return pixels(slider)[:, 108].astype(int)

    def thickness() -> int:
        seen = column()
        return int((np.abs(seen - seen[0]).max(axis=1) > 20).sum())

    plain = thickness()
    move(slider, QPoint(108, MIDDLE))
    assert thickness() >= plain + 3
    driven.press(slider, 108)
    driven.drag(slider, 112)
    accent = slider.palette().color(QPalette.ColorRole.Highlight).getRgb()[:3]
    assert np.abs(column()[MIDDLE] - accent).max() <= 2
    driven.release(slider, 112)
    QCoreApplication.sendEvent(slider, QEvent(QEvent.Type.Leave))
    assert thickness() == plain
    assert np.abs(column()[MIDDLE] - accent).max() > 20


def test_both_handles_tell_screen_readers(driven: Driven) -> None:
    slider = driven.slider
    slider.set_range(0.4, 0.6)
    QTest.keyClick(slider.handles()[0], Qt.Key.Key_Right, CTRL)
    for handle, name, value in zip(
        slider.handles(), ("Lowest R", "Highest R"), (81, 121), strict=True
    ):
        told = QAccessible.queryAccessibleInterface(handle)
        assert told.text(QAccessible.Text.Name) == name
        assert told.text(QAccessible.Text.Description) == "Both"
        assert told.role() == QAccessible.Role.Slider
        assert told.valueInterface().currentValue() == value
    assert slider.toolTip() == "Both"


# -- what else might move it ---------------------------------------------------------------------


@pytest.mark.parametrize("turned", [120, -120])
def test_the_wheel_over_a_handle_moves_nothing_and_is_left_to_others(
    driven: Driven, turned: int
) -> None:
    slider = driven.slider
    slider.set_range(0.4, 0.6)
    for handle in slider.handles():
        before = handle.value(), handle.geometry()
        middle = QPointF(handle.rect().center())
        event = QWheelEvent(
            middle, handle.mapToGlobal(middle), QPoint(), QPoint(0, turned),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.sendEvent(handle, event)
        assert not event.isAccepted()
        assert (handle.value(), handle.geometry()) == before
    assert slider.range() == (0.4, 0.6)
    assert driven.told == []


def test_what_a_screen_reader_sets_is_an_edit_like_a_key(driven: Driven) -> None:
    slider = driven.slider
    slider.set_range(0.4, 0.6)
    low, high = (QAccessible.queryAccessibleInterface(one) for one in slider.handles())
    place = slider.handles()[0].x()
    low.valueInterface().setCurrentValue(40)
    assert driven.told == [(0.2, 0.6)]
    # one step is one pixel
    assert slider.handles()[0].x() == place - 40
    high.valueInterface().setCurrentValue(150)
    assert driven.told == [(0.2, 0.6), (0.2, 0.75)]
    # no farther than the other end, and told so
    low.valueInterface().setCurrentValue(190)
    assert driven.told[2:] == [(0.745, 0.75)]
    assert low.valueInterface().currentValue() == 149
    low.valueInterface().setCurrentValue(190)
    assert low.valueInterface().currentValue() == 149
    assert len(driven.told) == 3
    slider.set_range(0.1, 0.9)
    assert [one.valueInterface().currentValue() for one in (low, high)] == [20, 180]
    assert len(driven.told) == 3
