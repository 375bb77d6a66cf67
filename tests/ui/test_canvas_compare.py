"""The ways to compare, by real events and real pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QWidget

from colorquant_gui.ui.canvas import Canvas, CompareMode
from colorquant_gui.ui.canvas.compare import MODES
from colorquant_gui.ui.canvas.error_legend import ticks
from colorquant_gui.ui.canvas.ramp import error_levels, error_ramp
from tests.ui.canvas_shown import shown_canvas
from tests.ui.painted import pixels
from tests.ui.pointing import move

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 400, 300
LEFT = Qt.MouseButton.LeftButton
ORIGINAL, RESULT = (200, 60, 60), (60, 60, 200)


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    """One colour before and another one after, filling the canvas at 100 %."""
    made = shown_canvas(qtbot, WIDTH, HEIGHT, has_keys=True)
    numbers = np.zeros((HEIGHT, WIDTH), np.int32)
    made.set_picture(np.full((HEIGHT, WIDTH, 3), ORIGINAL, np.uint8), None, numbers)
    made.set_labels(np.zeros(1, np.uint8), np.array([RESULT], np.uint8))
    made.zoom_actual_size()
    made.setFocus()
    return made


def pixel(canvas: Canvas, x: int = 30, y: int = 100) -> tuple[int, ...]:
    return tuple(pixels(canvas)[y, x].tolist())


def slider(canvas: Canvas, name: str) -> QSlider:
    found = canvas.findChild(QSlider, name)
    assert found is not None
    return found


def child(canvas: Canvas, name: str) -> QWidget:
    found = canvas.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def test_every_mode_is_in_the_table() -> None:
    assert list(MODES) == list(CompareMode)


def test_words_for_every_mode(canvas: Canvas) -> None:
    canvas.set_error_map(np.ones(1, np.float32), "levels", 1.0)
    words = set()
    for mode in CompareMode:
        canvas.set_compare_mode(mode)
        assert canvas.accessibleName().startswith("Picture, 400 by 300 pixels, ")
        assert "{" not in canvas.accessibleName()
        words.add(canvas.accessibleName())
    assert len(words) == len(CompareMode)


# -- horizontal split --------------------------------------------------------------------------


def boundary(canvas: Canvas) -> int:
    """The row where the result begins, in a column that has no grip."""
    column = pixels(canvas)[:, WIDTH // 4]
    rows = np.flatnonzero(np.all(column == 255, axis=1))
    assert len(rows) == 2
    middle = int(rows[1])
    assert tuple(column[middle - 5]) == ORIGINAL
    assert tuple(column[middle + 5]) == RESULT
    return middle


def test_a_horizontal_split_is_dragged_up_and_down(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.SPLIT_HORIZONTAL)
    heard: list[float] = []
    canvas.splitMoved.connect(heard.append)
    assert boundary(canvas) == 150
    move(canvas, QPoint(60, 155))
    assert canvas.cursor().shape() == Qt.CursorShape.SplitVCursor
    QTest.mousePress(canvas, LEFT, pos=QPoint(60, 155))
    move(canvas, QPoint(300, 80), LEFT)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 80))
    # taken 5 below the line, it stays 5 above the pointer
    assert boundary(canvas) == 75
    assert heard == [0.25]
    assert canvas.split() == 0.25


def test_keys_move_a_horizontal_split(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.SPLIT_HORIZONTAL)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.split() == pytest.approx(0.41)
    assert boundary(canvas) == 123
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert pixel(canvas, 100, 200) == ORIGINAL
    assert canvas.accessibleName().endswith("horizontal split view at 100 %")


def test_each_split_has_a_place_of_its_own(canvas: Canvas) -> None:
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 40))
    move(canvas, QPoint(300, 40), LEFT)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 40))
    assert canvas.split() == 0.75
    canvas.set_compare_mode(CompareMode.SPLIT_HORIZONTAL)
    assert boundary(canvas) == 150
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert boundary(canvas) == 180
    canvas.set_compare_mode(CompareMode.SPLIT)
    assert (pixel(canvas, 290, 40), pixel(canvas, 310, 40)) == (ORIGINAL, RESULT)
    canvas.set_split(0.1, CompareMode.SPLIT_HORIZONTAL)
    assert canvas.split() == 0.75
    canvas.set_compare_mode(CompareMode.SPLIT_HORIZONTAL)
    assert boundary(canvas) == 30


def test_a_double_click_brings_a_split_back_to_the_middle_and_leaves_the_other(
    canvas: Canvas,
) -> None:
    canvas.set_split(0.75)
    canvas.set_split(0.25, CompareMode.SPLIT_HORIZONTAL)
    heard: list[float] = []
    canvas.splitMoved.connect(heard.append)
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(302, 40))
    assert heard == [0.5]
    assert (pixel(canvas, 190, 40), pixel(canvas, 210, 40)) == (ORIGINAL, RESULT)
    assert not canvas.is_fitted()
    canvas.set_compare_mode(CompareMode.SPLIT_HORIZONTAL)
    assert boundary(canvas) == 75
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(60, 73))
    assert boundary(canvas) == 150
    assert heard == [0.5, 0.5]


def test_a_strip_too_low_for_a_handle_shows_the_result(canvas: Canvas) -> None:
    flat = np.full((40, WIDTH, 3), ORIGINAL, np.uint8)
    canvas.set_picture(flat, None, np.zeros((40, WIDTH), np.int32))
    canvas.set_labels(np.zeros(1, np.uint8), np.array([RESULT], np.uint8))
    canvas.zoom_actual_size()
    canvas.set_compare_mode(CompareMode.SPLIT_HORIZONTAL)
    assert pixel(canvas, 200, 145) == pixel(canvas, 200, 155) == RESULT
    canvas.set_compare_mode(CompareMode.SPLIT)
    assert pixel(canvas, 100, 145) == ORIGINAL


# -- onion -------------------------------------------------------------------------------------


@pytest.mark.parametrize("opacity", [0.0, 0.25, 1.0])
def test_onion_mixes(canvas: Canvas, opacity: float) -> None:
    canvas.set_compare_mode(CompareMode.ONION)
    canvas.set_onion_opacity(opacity)
    mixed = (1 - opacity) * np.array(ORIGINAL) + opacity * np.array(RESULT)
    assert np.abs(pixel(canvas) - mixed).max() <= 1
    assert canvas.onion_opacity() == opacity
    assert slider(canvas, "onionSlider").value() == 100 * opacity


def test_the_onion_slider_mixes(canvas: Canvas) -> None:
    control = slider(canvas, "onionSlider")
    assert not control.isVisible()
    canvas.set_compare_mode(CompareMode.ONION)
    assert control.isVisible()
    assert control.accessibleName() == "Opacity of the result"
    heard: list[float] = []
    canvas.onionOpacityEdited.connect(heard.append)
    QTest.keyClick(control, Qt.Key.Key_End)
    assert heard == [1.0]
    assert pixel(canvas) == RESULT
    QTest.mousePress(control, LEFT, pos=QPoint(control.width() - 4, control.height() // 2))
    QTest.mouseMove(control, QPoint(0, control.height() // 2))
    QTest.mouseRelease(control, LEFT, pos=QPoint(0, control.height() // 2))
    assert canvas.onion_opacity() == heard[-1] <= 0.05
    canvas.set_onion_opacity(0.5)
    assert heard[-1] != 0.5
    control.setFocus()
    canvas.set_compare_mode(CompareMode.RESULT)
    assert not control.isVisible()
    assert canvas.hasFocus()


# -- flicker -----------------------------------------------------------------------------------


def flicker_timer(canvas: Canvas) -> QTimer:
    timer = canvas.findChild(QTimer, "flickerTimer")
    assert timer is not None
    return timer


def test_flicker_takes_turns(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_flicker_rate(5)
    canvas.set_compare_mode(CompareMode.FLICKER)
    for _ in range(2):
        qtbot.waitUntil(lambda: pixel(canvas) == RESULT, timeout=1000)
        qtbot.waitUntil(lambda: pixel(canvas) == ORIGINAL, timeout=1000)


def test_flicker_rests_when_it_is_not_seen(canvas: Canvas) -> None:
    timer = flicker_timer(canvas)
    assert not timer.isActive()
    canvas.set_compare_mode(CompareMode.FLICKER)
    assert timer.isActive()
    canvas.hide()
    assert not timer.isActive()
    canvas.set_compare_mode(CompareMode.RESULT)
    canvas.set_compare_mode(CompareMode.FLICKER)
    assert not timer.isActive()
    canvas.show()
    assert timer.isActive()
    canvas.set_peeking(True)
    assert not timer.isActive()
    assert pixel(canvas) == ORIGINAL
    canvas.set_peeking(False)
    assert timer.isActive()
    canvas.clear()
    assert not timer.isActive()


def test_the_flicker_rate_is_chosen(canvas: Canvas) -> None:
    control, timer = slider(canvas, "flickerSlider"), flicker_timer(canvas)
    canvas.set_compare_mode(CompareMode.FLICKER)
    heard: list[float] = []
    canvas.flickerRateEdited.connect(heard.append)
    assert (canvas.flicker_rate(), control.value(), timer.interval()) == (1.0, 10, 1000)
    QTest.keyClick(control, Qt.Key.Key_End)
    assert (canvas.flicker_rate(), heard, timer.interval()) == (5.0, [5.0], 200)
    QTest.keyClick(control, Qt.Key.Key_Home)
    assert (canvas.flicker_rate(), timer.interval()) == (0.5, 2000)
    canvas.set_flicker_rate(99)
    assert (canvas.flicker_rate(), control.value()) == (5.0, 50)
    assert heard == [5.0, 0.5]


# -- difference --------------------------------------------------------------------------------


def open_steps(canvas: Canvas) -> None:
    """Four colours in stripes of 100, the last one transparent."""
    numbers = np.tile(np.repeat(np.arange(4, dtype=np.int32), 100), (HEIGHT, 1))
    alpha = np.where(numbers < 3, 255, 0).astype(np.uint8)
    canvas.set_picture(np.full((HEIGHT, WIDTH, 3), 128, np.uint8), alpha, numbers)
    canvas.set_labels(np.zeros(3, np.uint8), np.array([RESULT], np.uint8))
    canvas.zoom_actual_size()
    canvas.set_compare_mode(CompareMode.DIFFERENCE)


def test_errors_are_shown_on_the_ramp(canvas: Canvas) -> None:
    open_steps(canvas)
    legend = child(canvas, "errorLegend")
    assert pixel(canvas) == RESULT
    assert legend.isVisible()
    assert legend.accessibleName() == "The difference is being computed"
    canvas.set_error_map(np.array([0, 10, 50], np.float32), "levels", 20.0)
    ramp = error_ramp()
    row = pixels(canvas)[100]
    assert tuple(row[50]) == tuple(ramp[0])
    # half of 254 steps; and what is above the end is as the end
    assert tuple(row[150]) == tuple(ramp[127])
    assert tuple(row[250]) == tuple(ramp[254])
    assert row[350, 0] == row[350, 1] == row[350, 2]
    assert legend.isVisible()
    assert canvas.rect().contains(legend.geometry())
    assert legend.accessibleName() == "Colour bar: error from 0 to 20 levels"
    canvas.set_error_map(np.array([20, 0, 0], np.float32), "levels", 20.0)
    assert tuple(pixels(canvas)[100, 50]) == tuple(ramp[254])
    canvas.set_error_map(None)
    assert pixel(canvas) == RESULT
    assert legend.accessibleName() == "The difference is being computed"
    canvas.set_compare_mode(CompareMode.RESULT)
    assert not legend.isVisible()


def test_a_new_picture_has_no_errors_yet(canvas: Canvas) -> None:
    open_steps(canvas)
    canvas.set_error_map(np.zeros(3, np.float32), "levels", 1.0)
    open_steps(canvas)
    assert pixel(canvas) == RESULT


def test_the_legend_shows_the_ramp(canvas: Canvas) -> None:
    open_steps(canvas)
    # all as wrong as can be: what is seen of it through the legend is unlike the ramp's ends
    canvas.set_error_map(np.full(3, 20.0, np.float32), "levels", 20.0)
    bar = shown(canvas, child(canvas, "errorLegend")).astype(int)
    ramp = error_ramp().astype(int)
    # 96 px long, with 12 px of margin on both sides
    left, right = 12, bar.shape[1] - 12
    assert right - left >= 96
    ends = np.abs(bar[:, [left, right - 1]] - ramp[[0, 254]]).max(axis=2) < 12
    rows = np.flatnonzero(ends.all(axis=1))
    assert rows.tolist() == list(range(rows[0], rows[0] + 8))
    line = bar[rows[3]]
    expected = ramp[np.linspace(0, 254, right - left).round().astype(int)]
    assert np.abs(line[left:right] - expected).max() <= 6
    for beside in (line[6:left], line[right:-6]):
        assert np.abs(beside - line[6]).max() <= 2
        assert np.abs(beside - ramp[0]).max(axis=1).min() > 20


def test_the_measure_is_chosen_in_the_legend(canvas: Canvas, qtbot: QtBot) -> None:
    open_steps(canvas)
    canvas.set_error_map(np.zeros(3, np.float32), "levels", 20.0)
    heard: list[str] = []
    canvas.errorMetricEdited.connect(heard.append)
    rgb, ciede = child(canvas, "errorMetric-rgb"), child(canvas, "errorMetric-ciede2000")
    assert canvas.error_metric() == "rgb"
    QTest.mouseClick(ciede, Qt.MouseButton.LeftButton)
    assert (canvas.error_metric(), heard) == ("ciede2000", ["ciede2000"])
    QTest.mouseClick(ciede, Qt.MouseButton.LeftButton)
    assert heard == ["ciede2000"]
    QTest.keyClick(rgb, Qt.Key.Key_Space)
    assert (canvas.error_metric(), heard) == ("rgb", ["ciede2000", "rgb"])
    # a setter is silent, and its choice is what is seen
    canvas.set_error_metric("ciede2000")
    assert heard == ["ciede2000", "rgb"]
    chosen, other = (np.asarray(shown(canvas, button)).mean() for button in (ciede, rgb))
    assert chosen > other + 8
    with pytest.raises(ValueError, match="lab"):
        canvas.set_error_metric("lab")


def shown(canvas: Canvas, widget: QWidget) -> NDArray[np.uint8]:
    place = widget.mapTo(canvas, QPoint(0, 0))
    return pixels(canvas)[
        place.y() : place.y() + widget.height(), place.x() : place.x() + widget.width()
    ]


def test_the_legend_says_that_another_difference_is_being_computed(canvas: Canvas) -> None:
    open_steps(canvas)
    errors = np.array([0, 10, 20], np.float32)
    canvas.set_error_map(errors, "levels", 20.0)
    legend = child(canvas, "errorLegend")
    bar = shown(canvas, legend)
    canvas.set_error_busy(True)
    assert legend.accessibleName() == "The difference is being computed"
    faded = shown(canvas, legend)
    assert faded.max(axis=2).sum() < bar.max(axis=2).sum()
    # what there was is still on show
    assert pixel(canvas, 150) == tuple(error_ramp()[127].tolist())
    canvas.set_error_map(errors, "ΔE2000", 20.0)
    assert legend.accessibleName() == "Colour bar: error from 0 to 20 ΔE2000"
    assert np.array_equal(shown(canvas, legend), bar)


def test_a_press_on_the_legend_is_none_on_the_picture(canvas: Canvas, qtbot: QtBot) -> None:
    open_steps(canvas)
    canvas.set_error_map(np.zeros(3, np.float32), "levels", 20.0)
    with qtbot.assertNotEmitted(canvas.colorClicked):
        QTest.mouseClick(child(canvas, "errorMetric-ciede2000"), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("maximum", "expected"),
    [
        (0.0, [0]),
        (1.0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (7.0, [0, 2, 4, 6]),
        (100.0, [0, 20, 40, 60, 80, 100]),
        (173.0, [0, 50, 100, 150]),
        (441.7, [0, 100, 200, 300, 400]),
    ],
)
def test_ticks_are_round(maximum: float, expected: list[float]) -> None:
    assert ticks(maximum) == pytest.approx(expected)


def cielab(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """CIE 1976 L*a*b* of sRGB, by the textbook."""
    c = colors / 255.0
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = linear @ to_xyz.T / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (xyz * 24389 / 27 + 16) / 116)
    x, y, z = f.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def test_equal_steps_on_the_ramp_look_equal() -> None:
    lab = cielab(error_ramp())
    steps = np.linalg.norm(np.diff(lab[::16], axis=0), axis=1)
    # bytes are coarse: a step of 11 comes within 0.7
    assert np.abs(steps - steps.mean()).max() < 0.7
    assert lab[0, 0] < 12
    assert lab[-1, 0] > 90
    assert np.diff(lab[::8, 0]).min() > 0


def test_odd_errors_stay_on_the_ramp() -> None:
    values = np.array([np.nan, np.inf, -3.0, 5.0], np.float32)
    assert error_levels(values, 10.0).tolist() == [0, 254, 0, 127]
    assert error_levels(values, 0.0).tolist() == [0, 0, 0, 0]


def test_captions_of_an_onion_skin_do_not_meet(canvas: Canvas) -> None:
    canvas.set_captions("Original", "16 colours")
    canvas.set_compare_mode(CompareMode.ONION)
    counts = []
    for side in range(40, 401, 10):
        canvas.set_zoom(side / WIDTH)
        areas = canvas.captioned()
        counts.append(len(areas))
        if areas:
            assert not areas[0].intersects(areas[1])
            assert areas[0].center().x() < canvas.width() / 2 < areas[1].center().x()
    # both or none
    assert sorted(set(counts)) == [0, 2]
    assert counts == sorted(counts)
