"""What mouse, touchpad and keys do to the canvas, by real events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QNativeGestureEvent,
    QPointingDevice,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from colorquant_gui.ui.canvas import Canvas, CompareMode
from tests.ui.painted import pixels
from tests.ui.pointing import move, pixel_under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 400, 300
ORIGINAL, RESULT = (200, 60, 60), (60, 60, 200)
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NO_BUTTON, NO_MODIFIER = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    """A canvas in a window of its own, with the keyboard's focus, on a picture of 1000 x 800."""
    window = QWidget()
    qtbot.addWidget(window)
    made = Canvas()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(made, 1)
    elsewhere = QPushButton("Elsewhere")
    elsewhere.setObjectName("elsewhere")
    layout.addWidget(elsewhere)
    made.setFixedSize(WIDTH, HEIGHT)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    open_flat(made, 800, 1000)
    made.setFocus()
    assert made.hasFocus()
    yield made
    window.close()


def open_flat(canvas: Canvas, height: int, width: int) -> None:
    """Show one colour before and another one after."""
    rgb = np.full((height, width, 3), ORIGINAL, np.uint8)
    canvas.set_picture(rgb, None, np.zeros((height, width), np.int32))
    canvas.set_labels(np.zeros(1, np.uint8), np.array([RESULT], np.uint8))
    canvas.set_captions("", "")


def boundary(canvas: Canvas) -> int:
    """The column where the result begins, on a row that has no grip."""
    row = pixels(canvas)[HEIGHT * 3 // 4]
    is_line = np.all(row == 255, axis=1)
    columns = np.flatnonzero(is_line)
    assert len(columns) == 2
    middle = int(columns[1])
    assert tuple(row[middle - 5]) == ORIGINAL
    assert tuple(row[middle + 5]) == RESULT
    return middle


def is_all(canvas: Canvas, color: tuple[int, int, int]) -> bool:
    return bool(np.all(pixels(canvas)[50:250, 50:350] == color))


def turn(
    canvas: Canvas,
    place: QPoint,
    notches: float = 0,
    *,
    pixels: int = 0,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    sideways: int = 0,
) -> bool:
    """Turn the wheel; return whether the canvas took it."""
    event = QWheelEvent(
        QPointF(place),
        QPointF(canvas.mapToGlobal(place)),
        QPoint(0, pixels),
        QPoint(sideways, round(120 * notches)),
        NO_BUTTON,
        modifiers,
        phase,
        False,
    )
    QCoreApplication.sendEvent(canvas, event)
    return event.isAccepted()


def drag(canvas: Canvas, start: QPoint, *steps: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(canvas, button, pos=start)
    for step in steps:
        move(canvas, step, button)
    QTest.mouseRelease(canvas, button, pos=steps[-1])


# -- wheel, touchpad ---------------------------------------------------------------------------


@pytest.mark.parametrize("place", [QPoint(60, 40), QPoint(200, 150), QPoint(370, 280)])
@pytest.mark.parametrize("modifiers", [NO_MODIFIER, Qt.KeyboardModifier.ControlModifier])
def test_wheel_keeps_the_pixel_under_the_pointer(
    canvas: Canvas, place: QPoint, modifiers: Qt.KeyboardModifier
) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.zoom_actual_size()
    before = pixel_under(canvas, place)
    for _ in range(9):
        assert turn(canvas, place, 1, modifiers=modifiers)
    # three notches double
    assert canvas.zoom() == pytest.approx(8)
    after = pixel_under(canvas, place)
    assert abs(after[0] - before[0]) <= 1
    assert abs(after[1] - before[1]) <= 1
    for _ in range(9):
        turn(canvas, place, -1)
    assert canvas.zoom() == pytest.approx(1)
    after = pixel_under(canvas, place)
    assert abs(after[0] - before[0]) <= 1
    assert abs(after[1] - before[1]) <= 1


def test_wheel_out_stops_at_the_whole_picture_and_follows_the_window(
    canvas: Canvas, qtbot: QtBot
) -> None:
    canvas.set_zoom(4)
    for _ in range(20):
        turn(canvas, QPoint(30, 30), -1)
        if canvas.is_fitted():
            break
    assert canvas.zoom() == pytest.approx((300 - 32) / 800)
    with qtbot.waitSignal(canvas.zoomChanged) as heard:
        canvas.setFixedSize(WIDTH, 232)
    assert heard.args == pytest.approx([0.25])


@pytest.mark.parametrize("way", ["wheel", "key"])
def test_zooming_out_goes_on_below_the_whole_picture(canvas: Canvas, way: str) -> None:
    canvas.set_compare_mode(CompareMode.RESULT)
    surround = tuple(pixels(canvas)[2, 2])
    for _ in range(8):
        if way == "wheel":
            turn(canvas, QPoint(30, 30), -1)
        else:
            QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert not canvas.is_fitted()
    zoom = canvas.zoom()
    assert 0.01 < zoom < 0.1
    shown = pixels(canvas)
    inside = np.all(shown == RESULT, axis=2)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    assert len(columns) == pytest.approx(1000 * zoom, abs=1)
    assert len(rows) == pytest.approx(800 * zoom, abs=1)
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(WIDTH / 2, abs=1)
    assert (rows[0] + rows[-1]) / 2 == pytest.approx(HEIGHT / 2, abs=1)
    assert np.all(shown[~inside] == surround)
    # as large in a larger window, still in the middle, and there is nothing to be dragged
    canvas.setFixedSize(WIDTH + 80, HEIGHT)
    assert canvas.zoom() == zoom
    move(canvas, QPoint(WIDTH // 2 + 40, HEIGHT // 2))
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    drag(canvas, QPoint(240, 150), QPoint(200, 100))
    columns = np.flatnonzero(np.all(pixels(canvas) == RESULT, axis=2).any(axis=0))
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(WIDTH / 2 + 40, abs=1)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.is_fitted()


def test_a_zoomed_out_picture_is_alike_in_both_panes(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.SIDE_BY_SIDE)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    shown = pixels(canvas)
    sides = [np.flatnonzero(np.all(shown == c, axis=2).any(axis=0)) for c in (ORIGINAL, RESULT)]
    assert not canvas.is_fitted()
    # panes of 199 and a gap of 2 between them
    assert np.array_equal(sides[0] + 201, sides[1])
    assert (sides[0][0] + sides[0][-1]) / 2 == pytest.approx(99, abs=1)


def test_the_split_stays_on_a_zoomed_out_picture(canvas: Canvas) -> None:
    heard: list[float] = []
    canvas.splitMoved.connect(heard.append)
    QTest.keyClick(canvas, "6")
    assert canvas.zoom() == 0.25
    # 250 x 200 in the middle of 400 x 300
    assert boundary(canvas) == 200
    drag(canvas, QPoint(200, 60), QPoint(260, 60))
    assert boundary(canvas) == 260
    drag(canvas, QPoint(260, 60), QPoint(399, 60))
    assert heard[-1] == pytest.approx(325 / 400)
    # a width of 20 has no room for a handle
    canvas.set_zoom(0.02)
    assert np.all(pixels(canvas)[145:155, 192:208] == RESULT)
    canvas.zoom_to_fit()
    assert canvas.split() == pytest.approx(325 / 400)
    assert boundary(canvas) == 325


def test_wheel_in_ends_at_64_times(canvas: Canvas) -> None:
    for _ in range(30):
        turn(canvas, QPoint(30, 30), 1)
    assert canvas.zoom() == 64


def test_touchpad_zooms_in_small_steps(canvas: Canvas) -> None:
    canvas.set_zoom(2)
    for _ in range(12):
        turn(canvas, QPoint(30, 30), 0.1, pixels=10, phase=Qt.ScrollPhase.ScrollUpdate)
    # 120 pixels are as much as three notches
    assert canvas.zoom() == pytest.approx(4)


def test_a_sideways_turn_is_left_to_others(canvas: Canvas) -> None:
    before = canvas.zoom()
    assert not turn(canvas, QPoint(30, 30), sideways=120)
    assert canvas.zoom() == before


def test_pinching_zooms(canvas: Canvas) -> None:
    canvas.set_zoom(2)
    place = QPointF(100, 100)
    for kind, expected in (
        (Qt.NativeGestureType.RotateNativeGesture, 2.0),
        (Qt.NativeGestureType.ZoomNativeGesture, 3.0),
    ):
        event = QNativeGestureEvent(
            kind,
            QPointingDevice.primaryPointingDevice(),
            2,
            place,
            place,
            QPointF(canvas.mapToGlobal(place)),
            0.5,
            QPointF(),
        )
        QCoreApplication.sendEvent(canvas, event)
        assert canvas.zoom() == pytest.approx(expected)


# -- panning -----------------------------------------------------------------------------------


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
@pytest.mark.parametrize("mode", [CompareMode.RESULT, CompareMode.SIDE_BY_SIDE])
def test_dragging_moves_the_picture(
    canvas: Canvas, button: Qt.MouseButton, mode: CompareMode
) -> None:
    canvas.set_compare_mode(mode)
    canvas.set_zoom(2)
    here, there = QPoint(100, 120), QPoint(152, 90)
    before = pixel_under(canvas, here)
    drag(canvas, here, QPoint(110, 115), there, button=button)
    assert pixel_under(canvas, there) == before


def test_the_right_button_does_nothing(canvas: Canvas) -> None:
    canvas.set_zoom(2)
    here = QPoint(100, 120)
    before = pixel_under(canvas, here)
    drag(canvas, here, QPoint(150, 150), button=Qt.MouseButton.RightButton)
    assert pixel_under(canvas, here) == before


def test_the_cursor_says_what_a_press_would_do(canvas: Canvas) -> None:
    move(canvas, QPoint(60, 60))
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    move(canvas, QPoint(203, 60))
    assert canvas.cursor().shape() == Qt.CursorShape.SplitHCursor
    canvas.set_zoom(2)
    move(canvas, QPoint(60, 60))
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.mousePress(canvas, LEFT, pos=QPoint(60, 60))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(60, 60))
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor


def test_double_click_goes_to_100_percent_there_and_back(canvas: Canvas) -> None:
    place = QPoint(120, 90)
    before = pixel_under(canvas, place)
    QTest.mouseDClick(canvas, LEFT, pos=place)
    assert canvas.zoom() == 1
    after = pixel_under(canvas, place)
    # a device pixel of the fitted picture is 3 image pixels wide
    assert abs(after[0] - before[0]) <= 3
    assert abs(after[1] - before[1]) <= 3
    QTest.mouseDClick(canvas, LEFT, pos=place)
    assert canvas.is_fitted()


# -- the split ---------------------------------------------------------------------------------


def test_dragging_the_line_moves_the_split(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.zoom_actual_size()
    assert boundary(canvas) == 200
    heard: list[float] = []
    canvas.splitMoved.connect(heard.append)
    # taken 6 beside the line, it stays 6 beside it
    drag(canvas, QPoint(206, 40), QPoint(256, 40), QPoint(306, 40))
    assert boundary(canvas) == 300
    assert heard == pytest.approx([0.625, 0.75])
    assert canvas.split() == pytest.approx(0.75)


@pytest.mark.parametrize("offset", [-8, 8])
def test_the_line_is_easy_to_hit(canvas: Canvas, offset: int) -> None:
    canvas.zoom_actual_size()
    drag(canvas, QPoint(200 + offset, 40), QPoint(100 + offset, 40))
    assert boundary(canvas) == 100


@pytest.mark.parametrize(("far", "grip"), [(-500, 26), (900, WIDTH - 26)])
def test_the_split_can_be_taken_back_from_the_edge(canvas: Canvas, far: int, grip: int) -> None:
    canvas.zoom_actual_size()
    drag(canvas, QPoint(200, 40), QPoint(far, 40))
    assert canvas.split() == (0 if far < 0 else 1)
    drag(canvas, QPoint(grip, 150), QPoint(200, 150))
    # taken 26 beside the line, which is at the very edge
    assert boundary(canvas) == (174 if far < 0 else 226)


def test_the_split_stays_on_a_picture_narrower_than_the_canvas(canvas: Canvas) -> None:
    open_flat(canvas, 300, 200)
    canvas.zoom_actual_size()
    drag(canvas, QPoint(200, 40), QPoint(20, 40))
    assert canvas.split() == pytest.approx(0.25)
    drag(canvas, QPoint(100, 40), QPoint(130, 40))
    assert boundary(canvas) == 130


def test_the_middle_button_pans_where_the_line_is(canvas: Canvas) -> None:
    canvas.set_zoom(2)
    drag(canvas, QPoint(200, 40), QPoint(250, 40), button=MIDDLE)
    assert canvas.split() == 0.5


def test_keys_move_the_split(canvas: Canvas) -> None:
    canvas.zoom_actual_size()
    heard: list[float] = []
    canvas.splitMoved.connect(heard.append)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Left, shift)
    assert boundary(canvas) == round(0.41 * WIDTH)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Right, shift)
    QTest.keyClick(canvas, Qt.Key.Key_End)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert heard == pytest.approx([0.51, 0.41, 0.40, 0.50, 1.0, 0.0])
    assert is_all(canvas, RESULT)


def test_setting_the_split_is_not_moving_it(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(canvas.splitMoved):
        canvas.set_split(0.3)
        canvas.set_split(7)
    assert canvas.split() == 1


# -- keys --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "dx", "dy"),
    [
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Up, 0, -1),
        (Qt.Key.Key_Down, 0, 1),
    ],
)
def test_arrow_keys_pan_where_there_is_no_split(
    canvas: Canvas, key: Qt.Key, dx: int, dy: int
) -> None:
    canvas.set_compare_mode(CompareMode.RESULT)
    canvas.zoom_actual_size()
    place = QPoint(200, 150)
    before = pixel_under(canvas, place)
    QTest.keyClick(canvas, key)
    after = pixel_under(canvas, place)
    assert (after[0] - before[0], after[1] - before[1]) == (32 * dx, 32 * dy)
    QTest.keyClick(canvas, key, Qt.KeyboardModifier.ShiftModifier)
    after = pixel_under(canvas, place)
    assert (after[0] - before[0], after[1] - before[1]) == (192 * dx, 192 * dy)


def test_keys_zoom(canvas: Canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.zoom() == 1
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom() == 1.5
    QTest.keyClick(canvas, Qt.Key.Key_Equal)
    assert canvas.zoom() == 2
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom() == 1.5
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.is_fitted()


def test_keys_with_ctrl_are_left_to_the_window(canvas: Canvas) -> None:
    before = canvas.zoom()
    QTest.keyClick(canvas, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom() == before


def test_own_keys_go_before_shortcuts_of_the_window(canvas: Canvas) -> None:
    heard: list[str] = []
    for key in ("Space", "1", "Left"):
        shortcut = QShortcut(QKeySequence(key), canvas.window())
        shortcut.activated.connect(lambda key=key: heard.append(key))
    QTest.keyClick(canvas.window().windowHandle(), Qt.Key.Key_1)
    assert canvas.zoom() == 1
    QTest.keyPress(canvas.window().windowHandle(), Qt.Key.Key_Space)
    assert is_all(canvas, ORIGINAL)
    QTest.keyRelease(canvas.window().windowHandle(), Qt.Key.Key_Space)
    assert heard == []


def key_event(kind: QKeyEvent.Type, *, repeated: bool) -> QKeyEvent:
    return QKeyEvent(kind, Qt.Key.Key_Space, NO_MODIFIER, " ", repeated)


def test_space_shows_the_original_while_it_is_held(canvas: Canvas) -> None:
    canvas.zoom_actual_size()
    canvas.set_compare_mode(CompareMode.RESULT)
    assert is_all(canvas, RESULT)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert is_all(canvas, ORIGINAL)
    assert canvas.accessibleName().endswith("original")
    for _ in range(3):
        QCoreApplication.sendEvent(canvas, key_event(QKeyEvent.Type.KeyRelease, repeated=True))
        assert is_all(canvas, ORIGINAL)
        QCoreApplication.sendEvent(canvas, key_event(QKeyEvent.Type.KeyPress, repeated=True))
        assert is_all(canvas, ORIGINAL)
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert is_all(canvas, RESULT)


def test_space_held_elsewhere_first_means_nothing(canvas: Canvas) -> None:
    canvas.zoom_actual_size()
    canvas.set_compare_mode(CompareMode.RESULT)
    QCoreApplication.sendEvent(canvas, key_event(QKeyEvent.Type.KeyPress, repeated=True))
    assert is_all(canvas, RESULT)


def test_losing_focus_lets_go_of_space(canvas: Canvas) -> None:
    canvas.zoom_actual_size()
    canvas.set_compare_mode(CompareMode.RESULT)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert is_all(canvas, ORIGINAL)
    elsewhere = canvas.window().findChild(QPushButton, "elsewhere")
    assert isinstance(elsewhere, QPushButton)
    elsewhere.setFocus()
    assert not canvas.hasFocus()
    assert is_all(canvas, RESULT)


def test_an_empty_canvas_leaves_keys_alone(canvas: Canvas) -> None:
    canvas.clear()
    assert canvas.focusPolicy() == Qt.FocusPolicy.NoFocus
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Plus, Qt.Key.Key_Left, Qt.Key.Key_End):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, NO_MODIFIER)
        QCoreApplication.sendEvent(canvas, event)
        assert not event.isAccepted()


# -- what is told ------------------------------------------------------------------------------


def test_the_pixel_under_the_pointer_is_told_once(canvas: Canvas) -> None:
    canvas.set_zoom(10)
    heard: list[object] = []
    canvas.pixelHovered.connect(heard.append)
    # the middle of the canvas is between the image pixels 499 and 500, 399 and 400
    for x in (201, 203, 208, 211):
        move(canvas, QPoint(x, 155))
    assert heard == [(500, 400), (501, 400)]
    canvas.clear()
    assert heard[2:] == [None]


def test_nothing_is_told_of_the_surround(canvas: Canvas) -> None:
    heard: list[object] = []
    canvas.pixelHovered.connect(heard.append)
    # the fitted picture is 335 x 268; its middle row 134 is image row 401.5
    move(canvas, QPoint(200, 150))
    move(canvas, QPoint(200, 3))
    assert heard == [(500, 401), None]


def test_both_halves_tell_the_same_pixel(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.SIDE_BY_SIDE)
    assert pixel_under(canvas, QPoint(50, 150)) == pixel_under(canvas, QPoint(251, 150))


def test_zoom_is_told_when_it_changes(canvas: Canvas) -> None:
    heard: list[float] = []
    canvas.zoomChanged.connect(heard.append)
    canvas.zoom_actual_size()
    canvas.zoom_actual_size()
    canvas.zoom_in()
    canvas.zoom_out()
    canvas.set_zoom(1000)
    canvas.zoom_to_fit()
    assert heard == pytest.approx([1, 1.5, 1, 64, (300 - 32) / 800])
