"""What stands out on the canvas, and what it tells of the colour under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.canvas import Canvas, CompareMode, PixelColors, rendering
from tests.ui.canvas_shown import shown_canvas
from tests.ui.painted import pixels
from tests.ui.pointing import move

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 400, 300
LEFT = Qt.MouseButton.LeftButton
# four colours in vertical stripes of 100, two of them with the same label
COLORS = np.array([[200, 40, 40], [220, 60, 60], [40, 200, 40], [40, 40, 200]], np.uint8)
LABELS = np.array([0, 0, 1, 2], np.uint8)
PALETTE = np.array([[210, 50, 50], [45, 190, 45], [45, 45, 190]], np.uint8)
ALONE = [CompareMode.ORIGINAL, CompareMode.RESULT]


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    """Show the stripes at 100 %, filling the canvas."""
    made = shown_canvas(qtbot, WIDTH, HEIGHT)
    numbers = np.tile(np.repeat(np.arange(4, dtype=np.int32), 100), (HEIGHT, 1))
    made.set_picture(COLORS[numbers], None, numbers)
    made.set_labels(LABELS, PALETTE)
    made.zoom_actual_size()
    return made


def stripes(canvas: Canvas) -> NDArray[np.int_]:
    """The colour in the middle of each stripe."""
    return pixels(canvas)[200, [50, 150, 250, 350]].astype(int)


def dimmed(canvas: Canvas, colors: NDArray[np.uint8]) -> NDArray[np.int_]:
    """What is left of colours when 82 % are the surround."""
    surround = canvas.palette().color(QPalette.ColorRole.Dark).red()
    return np.rint(0.18 * colors + 0.82 * surround).astype(int)


def check(canvas: Canvas, mode: CompareMode, kept: list[bool]) -> None:
    canvas.set_compare_mode(mode)
    colors = COLORS if mode is CompareMode.ORIGINAL else PALETTE[LABELS]
    expected = np.where(np.array(kept)[:, None], colors, dimmed(canvas, colors))
    assert np.abs(stripes(canvas) - expected).max() <= 2


@pytest.mark.parametrize("mode", ALONE)
def test_pixels_of_a_label_stand_out(canvas: Canvas, mode: CompareMode) -> None:
    canvas.set_highlight(0)
    check(canvas, mode, [True, True, False, False])
    canvas.set_highlight(2)
    check(canvas, mode, [False, False, False, True])
    canvas.set_highlight(None)
    check(canvas, mode, [True, True, True, True])


@pytest.mark.parametrize("mode", ALONE)
def test_pixels_of_one_colour_stand_out(canvas: Canvas, mode: CompareMode) -> None:
    canvas.set_highlight(2)
    canvas.set_color_highlight(1)
    check(canvas, mode, [False, True, False, False])
    canvas.set_color_highlight(None)
    check(canvas, mode, [False, False, False, True])


@pytest.mark.parametrize("mode", ALONE)
def test_colours_that_are_not_visible_are_dimmed(canvas: Canvas, mode: CompareMode) -> None:
    canvas.set_visible_colors(np.array([True, False, True, False]))
    check(canvas, mode, [True, False, True, False])
    canvas.set_highlight(0)
    check(canvas, mode, [True, False, False, False])
    canvas.set_highlight(None)
    canvas.set_visible_colors(None)
    check(canvas, mode, [True, True, True, True])


def test_a_label_that_is_not_there_dims_nothing(canvas: Canvas) -> None:
    canvas.set_highlight(2)
    check(canvas, CompareMode.RESULT, [False, False, False, True])
    canvas.set_labels(np.array([0, 0, 1, 1], np.uint8), PALETTE[:2])
    assert np.array_equal(stripes(canvas), PALETTE[[0, 0, 1, 1]])


def test_labels_that_change_change_what_stands_out(canvas: Canvas) -> None:
    canvas.set_animating(True)
    canvas.set_highlight(1)
    check(canvas, CompareMode.ORIGINAL, [False, False, True, False])
    canvas.set_labels(np.array([0, 1, 1, 2], np.uint8), PALETTE)
    check(canvas, CompareMode.ORIGINAL, [False, True, True, False])
    canvas.set_colors(255 - PALETTE)
    check(canvas, CompareMode.ORIGINAL, [False, True, True, False])
    canvas.set_labels(np.array([1, 0, 0, 2], np.uint8), PALETTE)
    check(canvas, CompareMode.ORIGINAL, [True, False, False, False])


def test_a_new_picture_has_nothing_standing_out(canvas: Canvas) -> None:
    canvas.set_highlight(1)
    canvas.set_visible_colors(np.zeros(4, np.bool_))
    flat = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    canvas.set_picture(flat, None, np.zeros((HEIGHT, WIDTH), np.int32))
    canvas.zoom_actual_size()
    assert np.all(pixels(canvas) == 90)


def test_both_sides_of_every_comparison_are_dimmed(canvas: Canvas) -> None:
    canvas.set_highlight(1)
    values = np.array([0, 1, 2, 3], np.float32)
    canvas.set_error_map(values, "levels", 3.0)
    for mode in CompareMode:
        canvas.set_compare_mode(mode)
        canvas.set_highlight(None)
        plain = pixels(canvas)
        canvas.set_highlight(1)
        shown = pixels(canvas)
        columns = (50, 250) if mode is CompareMode.SIDE_BY_SIDE else (50, 150, 350)
        for column in columns:
            assert np.abs(shown[100, column].astype(int) - plain[100, column]).max() > 20, mode
        green = (150, 350) if mode is CompareMode.SIDE_BY_SIDE else (250,)
        for column in green:
            assert np.array_equal(shown[100, column], plain[100, column]), mode


def test_transparent_pixels_are_dimmed_too(canvas: Canvas) -> None:
    numbers = np.tile(np.repeat(np.array([0, 1], np.int32), 200), (HEIGHT, 1))
    alpha = np.where(numbers == 0, 255, 0).astype(np.uint8)
    canvas.set_picture(np.full((HEIGHT, WIDTH, 3), 200, np.uint8), alpha, numbers)
    canvas.set_labels(np.zeros(1, np.uint8), PALETTE[:1])
    canvas.set_compare_mode(CompareMode.RESULT)
    canvas.zoom_actual_size()
    before = pixels(canvas).astype(int)
    canvas.set_visible_colors(np.ones(1, np.bool_))
    shown = pixels(canvas).astype(int)
    assert np.array_equal(shown[:, :200], before[:, :200])
    assert np.abs(shown[:, 200:] - dimmed(canvas, before[:, 200:])).max() <= 2


def test_a_reduced_picture_is_dimmed_by_shares(canvas: Canvas, qtbot: QtBot) -> None:
    numbers = np.indices((1200, 1600)).sum(axis=0).astype(np.int32) % 2
    canvas.set_picture(np.full((1200, 1600, 3), 250, np.uint8), None, numbers)
    canvas.set_labels(np.array([0, 1], np.uint8), np.full((2, 3), 250, np.uint8))
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.set_highlight(1)
    surround = canvas.palette().color(QPalette.ColorRole.Dark).red()
    half = (250 + (0.18 * 250 + 0.82 * surround)) / 2

    def is_half_dimmed() -> None:
        assert np.abs(pixels(canvas)[60:240, 60:340].astype(int) - half).max() <= 12

    qtbot.waitUntil(is_half_dimmed, timeout=3000)
    # while labels change it is sampled, one pixel or another
    canvas.set_animating(True)
    canvas.set_labels(np.array([1, 0], np.uint8), np.full((2, 3), 250, np.uint8))
    canvas.repaint()
    qtbot.wait(250)
    levels = np.unique(pixels(canvas)[60:240, 60:340, 0])
    assert len(levels) == 2
    assert levels[1] == 250


def test_dimming_reads_no_more_than_what_is_visible(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.set_animating(True)
    canvas.repaint()
    read: list[int] = []
    original = rendering.gather

    def gather(source: NDArray[np.generic], places: NDArray[np.generic]) -> NDArray[np.generic]:
        read.append(places.size)
        return original(source, places)

    monkeypatch.setattr(rendering, "gather", gather)
    canvas.set_highlight(1)
    canvas.repaint()
    assert read == []
    canvas.set_labels(LABELS[::-1].copy(), PALETTE)
    canvas.repaint()
    assert read == [WIDTH * HEIGHT]


# -- what is told ------------------------------------------------------------------------------


def test_the_colour_under_the_pointer_is_told(canvas: Canvas, qtbot: QtBot) -> None:
    heard: list[object] = []
    canvas.colorHovered.connect(heard.append)
    move(canvas, QPoint(50, 50))
    assert heard == [0]
    for x in (120, 150, 220, 260, 270, 390):
        move(canvas, QPoint(x, 50))
    # within one frame only the last one counts
    assert heard == [0]
    qtbot.waitUntil(lambda: heard == [0, 3])
    qtbot.wait(50)
    QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert heard == [0, 3, None]


def test_colours_before_and_after_are_told(canvas: Canvas, qtbot: QtBot) -> None:
    heard: list[PixelColors | None] = []
    canvas.colorsUnderPointer.connect(heard.append)
    move(canvas, QPoint(150, 70))
    assert heard == [PixelColors(150, 70, (220, 60, 60), (210, 50, 50), 0)]
    # a result that changes under a pointer at rest is told as well
    canvas.set_colors(PALETTE + np.uint8(1))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == (150, 70, (220, 60, 60), (211, 51, 51), 0)
    canvas.set_labels(np.array([0, 2, 1, 2], np.uint8), PALETTE)
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard[2] == (150, 70, (220, 60, 60), (45, 45, 190), 2)
    canvas.clear()
    qtbot.waitUntil(lambda: heard[-1] is None)


def test_of_transparent_pixels_their_number_and_the_place_are_told(canvas: Canvas) -> None:
    numbers = np.ones((HEIGHT, WIDTH), np.int32)
    numbers[:, :100] = 0
    alpha = np.where(numbers == 0, 255, 0).astype(np.uint8)
    canvas.set_picture(np.full((HEIGHT, WIDTH, 3), 7, np.uint8), alpha, numbers)
    canvas.set_labels(np.zeros(1, np.uint8), PALETTE[:1])
    canvas.zoom_actual_size()
    numbers_heard: list[object] = []
    colors_heard: list[object] = []
    canvas.colorHovered.connect(numbers_heard.append)
    canvas.colorsUnderPointer.connect(colors_heard.append)
    move(canvas, QPoint(300, 20))
    assert numbers_heard == [1]
    assert colors_heard == [(300, 20, (7, 7, 7), None, None)]


def test_without_a_result_only_the_original_is_told(canvas: Canvas) -> None:
    numbers = np.zeros((HEIGHT, WIDTH), np.int32)
    canvas.set_picture(np.full((HEIGHT, WIDTH, 3), 7, np.uint8), None, numbers)
    heard: list[object] = []
    canvas.colorsUnderPointer.connect(heard.append)
    move(canvas, QPoint(200, 150))
    assert heard == [(200, 150, (7, 7, 7), None, None)]


@pytest.mark.parametrize("mode", list(CompareMode))
def test_a_click_tells_the_colour_in_every_mode(canvas: Canvas, mode: CompareMode) -> None:
    canvas.set_compare_mode(mode)
    heard: list[object] = []
    canvas.colorClicked.connect(heard.append)
    # the first pane of two shows columns 100 to 299
    QTest.mouseClick(canvas, LEFT, pos=QPoint(50, 100))
    assert heard == [1 if mode is CompareMode.SIDE_BY_SIDE else 0]


def test_a_drag_is_no_click(canvas: Canvas) -> None:
    heard: list[object] = []
    canvas.colorClicked.connect(heard.append)
    for start, end in ((QPoint(50, 50), QPoint(80, 50)), (QPoint(200, 50), QPoint(200, 50))):
        # on the picture, and on the handle without moving it
        QTest.mousePress(canvas, LEFT, pos=start)
        move(canvas, end, LEFT)
        QTest.mouseRelease(canvas, LEFT, pos=end)
    QTest.mouseClick(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(50, 50))
    assert heard == []
    QTest.mousePress(canvas, LEFT, pos=QPoint(50, 50))
    move(canvas, QPoint(52, 51), LEFT)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(52, 51))
    assert heard == [0]


def test_a_click_beside_the_picture_tells_so(canvas: Canvas) -> None:
    canvas.set_picture(COLORS[None], None, np.arange(4, dtype=np.int32)[None])
    heard: list[object] = []
    canvas.colorClicked.connect(heard.append)
    QTest.mouseClick(canvas, LEFT, pos=QPoint(5, 5))
    assert heard == [None]


def test_escape_cancels_what_is_being_done_before_it_is_a_shortcut(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    canvas = Canvas(window)
    canvas.set_picture(COLORS[None], None, np.arange(4, dtype=np.int32)[None])
    canvas.set_labels(LABELS, PALETTE)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    canvas.setFocus()
    shortcuts: list[int] = []
    QShortcut(QKeySequence("Escape"), window).activated.connect(lambda: shortcuts.append(1))
    canvas.set_highlight(1)
    canvas.set_busy("Opening…")
    canvas.setFocus()
    with qtbot.waitSignal(canvas.cancelRequested):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert shortcuts == []
    # what stands out is the window's to end
    canvas.set_busy("")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert shortcuts == [1]
