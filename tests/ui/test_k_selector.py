"""The control of k, by real presses, moves, keys and wheel turns."""

from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QToolTip, QVBoxLayout, QWidget

from colorquant_gui.ui.panels.k_scale import K_TICKS, fraction_of, k_at
from colorquant_gui.ui.panels.k_selector import KSelector
from colorquant_gui.ui.panels.k_slider import KSlider
from colorquant_gui.ui.theme import apply_theme, scheme_palette

LEFT = Qt.MouseButton.LeftButton
GROOVE_Y = 16


class Bench:
    """A selector in a window, and what it said."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.selector = KSelector()
        self.elsewhere = QLineEdit()
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.selector)
        layout.addWidget(self.elsewhere)
        self.window.resize(700, 120)
        self.slider = self.selector.findChild(KSlider, "kSlider")
        self.spin = self.selector.findChild(QSpinBox, "kSpinBox")
        self.said: list[str | int] = []
        self.selector.editingStarted.connect(lambda: self.said.append("start"))
        self.selector.valueEdited.connect(self.said.append)
        self.selector.editingFinished.connect(lambda: self.said.append("end"))

    def at(self, k: float) -> QPoint:
        return QPoint(round(self.slider.x_of(k)), GROOVE_Y)

    def press(self, x: int) -> None:
        QTest.mousePress(self.slider, LEFT, pos=QPoint(x, GROOVE_Y))

    def move(self, x: int, modifiers: Qt.KeyboardModifier | None = None) -> None:
        # QTest's own moves know no modifiers.
        where = QPointF(x, GROOVE_Y)
        none = Qt.KeyboardModifier.NoModifier
        kind = QEvent.Type.MouseMove
        everywhere = QPointF(self.slider.mapToGlobal(QPoint(x, GROOVE_Y)))
        buttons = Qt.MouseButton.NoButton
        event = QMouseEvent(kind, where, everywhere, buttons, LEFT, modifiers or none)
        QApplication.sendEvent(self.slider, event)

    def release(self, x: int) -> None:
        QTest.mouseRelease(self.slider, LEFT, pos=QPoint(x, GROOVE_Y))

    def wheel(self, widget: QWidget, angle: int) -> None:
        middle = QPointF(widget.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(widget.mapToGlobal(widget.rect().center())),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)


@pytest.fixture
def bench(qtbot, qapp):
    apply_theme(qapp, "light")
    made = Bench()
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    made.selector.set_value(16)
    assert made.said == []
    return made


@pytest.mark.parametrize("k", range(2, 257))
def test_every_k_has_a_place_of_its_own_on_the_scale(k):
    fraction = fraction_of(k)
    assert fraction == pytest.approx(math.log(k / 2) / math.log(128), abs=1e-12)
    assert k_at(fraction) == k
    # halfway to the next one, on the scale, the next one begins
    if k < 256:
        halfway = (fraction + fraction_of(k + 1)) / 2
        assert k_at(halfway - 1e-6) == k
        assert k_at(halfway + 1e-6) == k + 1


def test_beyond_the_ends_the_scale_stops():
    assert (k_at(-1), k_at(0), k_at(1), k_at(2)) == (2, 2, 256, 256)
    assert (fraction_of(1), fraction_of(300)) == (0, 1)


def test_doublings_are_equally_far_apart(bench):
    places = [bench.slider.x_of(k) for k in K_TICKS]
    gaps = [b - a for a, b in itertools.pairwise(places)]
    assert gaps == pytest.approx([gaps[0]] * 7)
    assert gaps[0] > 50


@pytest.mark.parametrize("k", [2, 3, 5, 16, 100, 256])
def test_setting_a_value_says_nothing_and_both_agree(bench, k):
    bench.selector.set_value(k)
    assert (bench.selector.value(), bench.slider.value(), bench.spin.value()) == (k, k, k)
    assert bench.spin.text() == str(k)
    assert bench.said == []


def test_a_drag_is_one_bracket_and_passes_every_small_k(bench):
    bench.selector.set_value(2)
    start, end = bench.at(2).x(), bench.at(64).x()
    bench.press(start)
    assert bench.said == []
    for x in range(start, end + 1):
        bench.move(x)
        assert bench.spin.value() == bench.slider.value() == bench.selector.value()
    QTest.qWait(400)  # a long rest in a drag does not end it
    assert "end" not in bench.said
    bench.release(end)
    assert bench.said[0] == "start"
    assert bench.said[-1] == "end"
    values = bench.said[1:-1]
    assert values == sorted(set(values))
    assert values[-1] == 64
    # one pixel is less than one step until about k = 100
    assert values == list(range(3, 65))
    assert bench.said.count("start") == bench.said.count("end") == 1


def test_a_click_on_the_groove_jumps_there_and_goes_on_as_a_drag(bench):
    bench.press(bench.at(64).x())
    assert bench.said == ["start", 64]
    bench.move(bench.at(128).x())
    bench.release(bench.at(128).x())
    assert bench.said == ["start", 64, 128, "end"]


def test_taking_the_handle_off_its_centre_does_not_move_it(bench):
    bench.selector.set_value(100)
    x = bench.at(100).x() + 5
    bench.press(x)
    bench.release(x)
    assert bench.said == []
    assert bench.selector.value() == 100


def test_the_handle_follows_the_pointer_and_settles_on_k(bench):
    highlight = scheme_palette(dark=False).highlight().color()

    def painted_at(x: float) -> bool:
        return bench.slider.grab().toImage().pixelColor(round(x), GROOVE_Y) == highlight

    bench.selector.set_value(2)
    between = bench.at(2).x() + 0.4 * (bench.at(3).x() - bench.at(2).x())
    bench.press(bench.at(2).x())
    bench.move(round(between))
    assert bench.selector.value() == 2
    assert painted_at(between + 6)
    assert not painted_at(bench.at(2).x() - 6)
    bench.release(round(between))
    assert painted_at(bench.at(2).x() - 6)
    assert not painted_at(between + 6)


def test_far_outside_a_drag_stays_at_the_end(bench):
    bench.press(bench.at(16).x())
    bench.move(bench.slider.width() + 500)
    assert bench.selector.value() == 256
    bench.move(-500)
    assert bench.selector.value() == 2
    bench.release(-500)
    assert bench.said == ["start", 256, 2, "end"]


def test_with_shift_a_drag_reaches_every_large_k(bench):
    bench.selector.set_value(200)
    x = bench.at(200).x()
    bench.press(x)
    shift = Qt.KeyboardModifier.ShiftModifier
    for step in range(1, 250):
        bench.move(x + step, shift)
    bench.release(x + 249)
    values = bench.said[1:-1]
    assert values == list(range(201, values[-1] + 1))
    assert values[-1] > 220


def test_other_buttons_do_nothing(bench):
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(bench.slider, button, pos=bench.at(64))
    assert bench.selector.value() == 16


def test_a_drag_whose_widget_is_hidden_ends(bench):
    bench.press(bench.at(64).x())
    bench.selector.hide()
    assert bench.said == ["start", 64, "end"]


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Qt.Key.Key_Right, 16, 17),
        (Qt.Key.Key_Up, 16, 17),
        (Qt.Key.Key_Left, 16, 15),
        (Qt.Key.Key_Down, 16, 15),
        (Qt.Key.Key_PageUp, 16, 32),
        (Qt.Key.Key_PageUp, 100, 200),
        (Qt.Key.Key_PageUp, 200, 256),
        (Qt.Key.Key_PageDown, 25, 12),
        (Qt.Key.Key_PageDown, 3, 2),
        (Qt.Key.Key_Home, 16, 2),
        (Qt.Key.Key_End, 16, 256),
        (Qt.Key.Key_Left, 2, None),
        (Qt.Key.Key_Right, 256, None),
    ],
)
def test_keys(bench, qtbot, key, start, end):
    bench.selector.set_value(start)
    bench.slider.setFocus()
    QTest.keyClick(bench.slider, key)
    if end is None:
        assert bench.said == []
        return
    assert bench.said == ["start", end]
    qtbot.waitUntil(lambda: bench.said == ["start", end, "end"], timeout=1000)


def test_a_burst_of_keys_is_one_bracket(bench, qtbot):
    bench.slider.setFocus()
    for _ in range(5):
        QTest.keyClick(bench.slider, Qt.Key.Key_Right)
        QTest.qWait(100)
    assert bench.said == ["start", 17, 18, 19, 20, 21]
    qtbot.waitUntil(lambda: bench.said[-1] == "end", timeout=1000)


def test_leaving_ends_a_burst_at_once(bench):
    bench.slider.setFocus()
    QTest.keyClick(bench.slider, Qt.Key.Key_Right)
    bench.elsewhere.setFocus()
    assert bench.said == ["start", 17, "end"]


def test_a_drag_right_after_keys_is_a_bracket_of_its_own(bench):
    bench.slider.setFocus()
    QTest.keyClick(bench.slider, Qt.Key.Key_Right)
    bench.press(bench.at(64).x())
    bench.release(bench.at(64).x())
    assert bench.said == ["start", 17, "end", "start", 64, "end"]


def test_wheel_steps_by_one_and_small_angles_add_up(bench, qtbot):
    bench.wheel(bench.slider, 120)
    bench.wheel(bench.slider, 240)
    bench.wheel(bench.slider, -120)
    for _ in range(4):
        bench.wheel(bench.slider, 30)
    assert bench.said == ["start", 17, 19, 18, 19]
    qtbot.waitUntil(lambda: bench.said[-1] == "end", timeout=1000)
    bench.said.clear()
    bench.wheel(bench.spin, -120)
    assert bench.said == ["start", 18]
    bench.elsewhere.setFocus()


def test_other_keys_are_left_to_others(bench):
    got = []
    bench.window.keyPressEvent = lambda event: got.append(event.key())
    bench.slider.setFocus()
    QTest.keyClick(bench.slider, Qt.Key.Key_Space)
    assert got == [Qt.Key.Key_Space]
    assert bench.said == []


def type_into(bench, text: str) -> None:
    bench.spin.setFocus()
    bench.spin.selectAll()
    QTest.keyClicks(bench.spin, text)


def test_a_typed_number_counts_after_a_rest_and_only_when_it_is_whole(bench, qtbot):
    type_into(bench, "1")
    QTest.qWait(600)
    assert bench.said == []
    assert bench.spin.text() == "1"
    QTest.keyClicks(bench.spin, "28")
    assert bench.said == []
    qtbot.waitUntil(lambda: bench.said == ["start", 128, "end"], timeout=2000)
    assert bench.slider.value() == 128


def test_enter_and_leaving_count_a_typed_number_at_once(bench):
    type_into(bench, "64")
    QTest.keyClick(bench.spin, Qt.Key.Key_Return)
    assert bench.said == ["start", 64, "end"]
    bench.said.clear()
    type_into(bench, "7")
    bench.elsewhere.setFocus()
    assert bench.said == ["start", 7, "end"]


def test_what_is_no_k_becomes_the_nearest_or_cannot_be_typed(bench):
    type_into(bench, "1")
    QTest.keyClick(bench.spin, Qt.Key.Key_Return)
    assert bench.selector.value() == 2
    type_into(bench, "0")
    QTest.keyClick(bench.spin, Qt.Key.Key_Return)
    assert bench.selector.value() == 2
    type_into(bench, "x9")
    QTest.keyClick(bench.spin, Qt.Key.Key_Return)
    assert bench.selector.value() == 9


def test_a_number_above_256_becomes_256_and_says_so(bench, qtbot, monkeypatch):
    tips = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: tips.append(text))
    type_into(bench, "500")
    assert bench.spin.text() == "500"
    QTest.keyClick(bench.spin, Qt.Key.Key_Return)
    assert bench.said == ["start", 256, "end"]
    assert bench.spin.text() == "256"
    assert tips == ["256 colours are the most"]
    bench.selector.set_value(16)
    bench.said.clear()
    # without Enter, after a rest
    type_into(bench, "1000")
    qtbot.waitUntil(lambda: bench.said == ["start", 256, "end"], timeout=2000)
    assert bench.spin.text() == "256"
    assert len(tips) == 2


def test_an_echo_does_not_wipe_out_half_a_number(bench):
    type_into(bench, "1")
    bench.selector.set_value(16)
    assert bench.spin.text() == "1"
    bench.selector.set_value(17)
    assert bench.spin.text() == "17"


def test_spin_box_keys(bench):
    bench.spin.setFocus()
    QTest.keyClick(bench.spin, Qt.Key.Key_Up)
    QTest.keyClick(bench.spin, Qt.Key.Key_PageUp)
    QTest.keyClick(bench.spin, Qt.Key.Key_PageDown)
    QTest.keyClick(bench.spin, Qt.Key.Key_Down)
    assert bench.said == ["start", 17, 34, 17, 16]
    bench.elsewhere.setFocus()
    assert bench.said[-1] == "end"


def test_a_setter_amid_a_drag_wins_until_the_pointer_moves(bench):
    bench.press(bench.at(64).x())
    bench.selector.set_value(5)
    assert bench.selector.value() == 5
    bench.move(bench.at(32).x())
    assert bench.selector.value() == 32
    bench.release(bench.at(32).x())
    assert bench.said == ["start", 64, 32, "end"]


def test_what_lies_beyond_the_picture_is_dimmed(bench):
    def thickness(k: float) -> int:
        picture = bench.slider.grab().toImage()
        x = bench.at(k).x()
        surface = scheme_palette(dark=False).window().color()
        return sum(picture.pixelColor(x, y) != surface for y in range(GROOVE_Y - 6, GROOVE_Y + 6))

    bench.selector.set_value(2)
    assert thickness(50) == thickness(4.5) >= 4
    bench.selector.set_maximum_useful(5)
    assert thickness(50) < thickness(4.5)
    bench.selector.set_maximum_useful(None)
    assert thickness(50) == thickness(4.5)
    bench.selector.set_maximum_useful(1)
    bench.selector.set_maximum_useful(16_777_216)
    assert thickness(250) >= 4


def test_a_hint_is_painted_without_moving_anything(bench):
    sentence = "This image has only 5 colours"
    before = (bench.selector.size(), bench.slider.geometry(), bench.spin.geometry())
    plain = bench.slider.grab().toImage()
    bench.selector.set_hint(sentence)
    QApplication.processEvents()
    assert bench.selector.hint() == sentence
    assert bench.slider.accessibleDescription() == sentence
    assert bench.slider.toolTip() == sentence
    assert (bench.selector.size(), bench.slider.geometry(), bench.spin.geometry()) == before
    hinted = bench.slider.grab().toImage()
    assert hinted != plain
    for x in range(bench.slider.width()):
        for y in range(GROOVE_Y + 5):
            assert hinted.pixelColor(x, y) == plain.pixelColor(x, y)
    bench.selector.set_hint("")
    assert bench.slider.grab().toImage() == plain
    assert "Shift" in bench.slider.toolTip()


def test_focus_can_be_seen_and_goes_from_slider_to_spin_box(bench):
    bench.elsewhere.setFocus()
    without = bench.slider.grab().toImage()
    bench.slider.setFocus()
    assert bench.slider.grab().toImage() != without
    QTest.keyClick(bench.slider, Qt.Key.Key_Tab)
    assert bench.spin.hasFocus()


def test_it_can_be_read_aloud(bench):
    for widget in (bench.slider, bench.spin):
        assert widget.accessibleName() == "Number of colours"
    interface = QAccessible.queryAccessibleInterface(bench.slider)
    assert interface.role() == QAccessible.Role.Slider
    value = interface.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (2, 16, 256)
    # what an assistive tool sets is what a person did
    value.setCurrentValue(20)
    assert bench.said == ["start", 20]
    bench.elsewhere.setFocus()
    bench.slider.setFocus()
    bench.elsewhere.setFocus()
    assert bench.said == ["start", 20, "end"]
