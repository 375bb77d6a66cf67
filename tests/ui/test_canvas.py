"""What the canvas shows, read back from its pixels."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, QThreadPool
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from colorquant_gui.ui.canvas import Canvas, CompareMode, rendering, smooth_rendering
from colorquant_gui.ui.canvas.errand import Errand
from colorquant_gui.ui.canvas.painting import CHECKER_GREYS
from colorquant_gui.ui.canvas.scene import Scene
from colorquant_gui.ui.theme import is_dark
from tests.ui.canvas_shown import shown_canvas
from tests.ui.painted import as_rgb, pixels

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 400, 300


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    return shown_canvas(qtbot, WIDTH, HEIGHT, fixed=False)


def noise(height: int, width: int, seed: int = 1) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def number(rgb: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Give every pixel a colour number of its own, as if no colour occurred twice."""
    return np.arange(rgb.shape[0] * rgb.shape[1], dtype=np.int32).reshape(rgb.shape[:2])


def quantize(numbers: NDArray[np.int32], k: int = 4) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    rng = np.random.default_rng(9)
    labels = rng.integers(0, k, numbers.max() + 1).astype(np.uint8)
    return labels, rng.integers(0, 256, (k, 3)).astype(np.uint8)


def open_noise(
    canvas: Canvas, height: int, width: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Show noise and a result of it; return both as RGB."""
    rgb = noise(height, width)
    numbers = number(rgb)
    labels, colors = quantize(numbers)
    canvas.set_picture(rgb, None, numbers)
    canvas.set_labels(labels, colors)
    return rgb, colors[labels[numbers]]


def surround(canvas: Canvas) -> list[int]:
    color = canvas.palette().color(QPalette.ColorRole.Dark)
    return [color.red(), color.green(), color.blue()]


# -- zoom and pixels ---------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [CompareMode.ORIGINAL, CompareMode.RESULT])
def test_pixels_are_crisp_at_800_percent(canvas: Canvas, mode: CompareMode) -> None:
    original, result = open_noise(canvas, 20, 30)
    canvas.set_compare_mode(mode)
    canvas.set_zoom(8.0)
    expected = (original if mode is CompareMode.ORIGINAL else result).repeat(8, 0).repeat(8, 1)
    shown = pixels(canvas)
    # 240 x 160, in the middle of 400 x 300
    assert np.array_equal(shown[70:230, 80:320], expected)
    assert np.all(shown[:70] == surround(canvas))
    assert np.all(shown[:, 320:] == surround(canvas))


def test_100_percent_shows_every_pixel_once(canvas: Canvas) -> None:
    original, _ = open_noise(canvas, 900, 1000)
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.zoom_actual_size()
    assert np.array_equal(pixels(canvas), original[300:600, 300:700])


def test_two_device_pixels_for_a_logical_one(canvas: Canvas) -> None:
    """The same drawing on a dense screen: 100 % is one image pixel on one device pixel."""
    original, result = open_noise(canvas, 900, 1000)
    stage, layers = canvas._stage, canvas._layers
    stage.resize(canvas.size().toSizeF(), 2.0)
    stage.viewport.set_zoom(1.0)
    image = QImage(2 * WIDTH, 2 * HEIGHT, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    painter = QPainter(image)
    Scene(stage, layers).paint(painter, QRect(0, 0, WIDTH, HEIGHT), canvas.palette())
    painter.end()
    shown = as_rgb(image)
    left, right = np.s_[:200, :390], np.s_[:200, 410:]
    assert np.array_equal(shown[left], original[150:750, 100:900][left])
    assert np.array_equal(shown[right], result[150:750, 100:900][right])


def test_one_pixel_fills_what_64_times_allow(canvas: Canvas) -> None:
    canvas.set_picture(np.full((1, 1, 3), 77, np.uint8), None, np.zeros((1, 1), np.int32))
    assert canvas.zoom() == 64
    is_picture = np.all(pixels(canvas) == 77, axis=2)
    assert is_picture.sum() == 64 * 64
    assert np.all(is_picture[118:182, 168:232])


def test_a_strip_of_one_pixel_can_be_seen_and_zoomed(canvas: Canvas) -> None:
    rgb = np.zeros((30000, 1, 3), np.uint8)
    rgb[:, 0, 0] = np.arange(30000) % 251
    rgb[:, 0, 1] = 99
    canvas.set_picture(rgb, None, np.arange(30000, dtype=np.int32)[:, None] % 251)
    canvas.set_labels(np.arange(251, dtype=np.uint8), rgb[:251, 0])
    # too narrow for a handle
    assert canvas.accessibleName().endswith("result")
    is_picture = pixels(canvas)[..., 1] == 99
    assert np.all(is_picture.sum(axis=1)[20:280] == 1)
    canvas.set_compare_mode(CompareMode.RESULT)
    canvas.set_pixel_grid(False)
    canvas.set_zoom(1000)
    assert canvas.zoom() == 64
    column = pixels(canvas)[:, WIDTH // 2, 0].astype(int)
    _, counts = np.unique(column, return_counts=True)
    assert counts.max() == 64
    assert column[0] == (15000 - 3) % 251
    canvas.zoom_to_fit()
    assert canvas.is_fitted()


def test_a_reduced_picture_is_sampled_while_it_moves_and_smooth_when_it_rests(
    canvas: Canvas, qtbot: QtBot
) -> None:
    rgb = np.zeros((1200, 1600, 3), np.uint8)
    rgb[(np.indices((1200, 1600)).sum(axis=0) % 2) == 1] = 255
    canvas.set_picture(rgb, None, (rgb[..., 0] > 0).astype(np.int32))
    canvas.set_animating(True)
    canvas.set_labels(np.array([0, 1], np.uint8), np.array([[0, 0, 0], [255, 0, 0]], np.uint8))
    canvas.zoom_to_fit()
    left, right = np.s_[40:130, 30:180], np.s_[40:130, 220:370]

    def original_is_smooth() -> None:
        # the mean of as many black as white pixels
        assert np.abs(pixels(canvas)[left].astype(int) - 127).max() <= 12

    def result_is_smooth() -> None:
        shown = pixels(canvas)[right].astype(int)
        assert np.abs(shown[..., 0] - 127).max() <= 12
        assert not shown[..., 1:].any()

    qtbot.waitUntil(original_is_smooth, timeout=3000)
    qtbot.wait(200)
    assert set(np.unique(pixels(canvas)[right])) <= {0, 255}
    canvas.set_animating(False)
    qtbot.waitUntil(result_is_smooth, timeout=3000)
    canvas.set_animating(True)
    canvas.set_colors(np.array([[0, 0, 0], [0, 255, 0]], np.uint8))
    assert set(np.unique(pixels(canvas)[right])) <= {0, 255}


def test_the_newest_result_is_the_one_that_gets_smooth(canvas: Canvas, qtbot: QtBot) -> None:
    rgb = noise(1500, 2000)
    numbers = number(rgb)
    canvas.set_picture(rgb, None, numbers)
    canvas.set_compare_mode(CompareMode.RESULT)
    labels = np.zeros(numbers.max() + 1, np.uint8)
    for level in range(8):
        canvas.set_labels(labels, np.full((1, 3), level, np.uint8))
        qtbot.wait(30)
    for level in (50, 100, 150):
        canvas.set_colors(np.full((1, 3), level, np.uint8))
        canvas.repaint()
        qtbot.wait(80)
    refined: list[int] = []
    canvas._layers.refined.connect(lambda: refined.append(pixels(canvas)[150, 200, 0]))
    canvas.set_colors(np.full((1, 3), 200, np.uint8))
    qtbot.waitUntil(lambda: bool(refined), timeout=3000)
    qtbot.wait(100)
    assert set(refined) == {200}
    assert np.all(pixels(canvas)[100:200, 100:300] == 200)


@pytest.mark.parametrize("end", ["hide", "delete", "clear", "another", "animate"])
def test_smoothing_ends_with_what_it_was_for(
    end: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = [], []

    def work(*args: Any) -> None:
        cancelled, give_up = args[-1], time.monotonic() + 3
        begun.append(1)
        while time.monotonic() < give_up:
            if cancelled():
                ended.append(1)
                return
            time.sleep(0.001)

    monkeypatch.setattr(smooth_rendering, "smooth_original", work)
    monkeypatch.setattr(smooth_rendering, "smooth_result", work)
    canvas = Canvas()
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()
    open_noise(canvas, 600, 800)
    qtbot.waitUntil(lambda: len(begun) == 2, timeout=3000)
    assert not ended
    if end == "hide":
        canvas.hide()
    elif end == "clear":
        canvas.clear()
    elif end == "animate":
        canvas.set_animating(True)
        qtbot.waitUntil(lambda: len(ended) == 1, timeout=1000)
        qtbot.wait(20)
        # the original has not changed
        assert len(ended) == 1
        canvas.hide()
    elif end == "another":
        canvas.set_picture(np.zeros((1, 1, 3), np.uint8), None, np.zeros((1, 1), np.int32))
    else:
        canvas.deleteLater()
        qtbot.wait(1)
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=1000)
    if end != "delete":
        canvas.close()
        canvas.deleteLater()


def test_what_was_made_for_an_old_wish_is_not_taken_for_the_new_one(qtbot: QtBot) -> None:
    errand: Errand[QImage] = Errand()
    begun, go_on = threading.Event(), threading.Event()
    old, new = (QImage(1, 1, QImage.Format.Format_RGB32) for _ in range(2))

    def make_slowly(cancelled: Callable[[], bool]) -> QImage:
        begun.set()
        go_on.wait(1)
        return old

    errand.request("old", make_slowly)
    qtbot.waitUntil(begun.is_set)
    go_on.set()
    assert QThreadPool.globalInstance().waitForDone(1000)
    # made and on its way, but not yet here
    errand.request("new", lambda cancelled: new)
    with qtbot.waitSignal(errand.ready):
        QCoreApplication.processEvents()
        assert errand.made("new") is None
        assert errand.made("old") is None
    assert errand.made("new") is new
    assert errand.made("old") is None


# -- comparing ---------------------------------------------------------------------------------


def test_split_shows_the_original_left_and_the_result_right(canvas: Canvas) -> None:
    original, result = open_noise(canvas, 300, 400)
    canvas.zoom_actual_size()
    canvas.set_split(0.25)
    shown = pixels(canvas)
    rows = np.s_[170:]  # below the grip
    assert np.array_equal(shown[rows, :98], original[rows, :98])
    assert np.array_equal(shown[rows, 102:], result[rows, 102:])
    assert np.all(shown[rows, 99:101] == 255)


def test_at_the_ends_of_the_split_one_side_has_it_all(canvas: Canvas) -> None:
    original, result = open_noise(canvas, 300, 400)
    canvas.zoom_actual_size()
    for position, expected in ((0.0, result), (1.0, original)):
        canvas.set_split(position)
        assert np.array_equal(pixels(canvas)[170:, 40:360], expected[170:, 40:360])


def test_side_by_side_shows_the_same_place_twice(canvas: Canvas) -> None:
    original, result = open_noise(canvas, 300, 400)
    canvas.set_compare_mode(CompareMode.SIDE_BY_SIDE)
    canvas.zoom_actual_size()
    shown = pixels(canvas)
    # two panes of 199 and a gap of 2; the middle of the picture is in the middle of both
    assert np.array_equal(shown[:, :199], original[:, 100:299])
    assert np.array_equal(shown[:, 201:], result[:, 100:299])
    assert np.all(shown[:, 199:201] == surround(canvas))


def test_without_a_result_there_is_only_the_original(canvas: Canvas) -> None:
    rgb = noise(300, 400)
    canvas.set_picture(rgb, None, number(rgb))
    for mode in (CompareMode.SPLIT, CompareMode.RESULT, CompareMode.ORIGINAL):
        canvas.set_compare_mode(mode)
        canvas.zoom_actual_size()
        assert np.array_equal(pixels(canvas), rgb)
        assert canvas.accessibleName() == "Picture, 400 by 300 pixels, original"


def test_a_new_picture_takes_nothing_over_from_the_last_one(canvas: Canvas) -> None:
    for seed in (2, 3):
        rgb = noise(300, 400, seed)
        numbers = np.random.default_rng(seed).integers(0, 50, (300, 400)).astype(np.int32)
        canvas.set_picture(rgb, None, numbers)
        canvas.set_compare_mode(CompareMode.RESULT)
        canvas.zoom_actual_size()
        assert np.array_equal(pixels(canvas), rgb)
        canvas.set_labels(np.arange(50, dtype=np.uint8), rgb[0, :50])
        assert np.array_equal(pixels(canvas), rgb[0, :50][numbers])


def test_set_colors_moves_colours_only(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = noise(300, 400)
    numbers = number(rgb)
    labels, colors = quantize(numbers)
    canvas.set_picture(rgb, None, numbers)
    canvas.set_compare_mode(CompareMode.RESULT)
    canvas.zoom_actual_size()
    canvas.set_labels(labels, colors)
    # whatever the screen still had to say about the canvas has been said then
    assert np.array_equal(pixels(canvas), colors[labels[numbers]])

    def nothing_is_read(*args: object) -> NDArray[np.uint8]:
        raise AssertionError("the picture was read again")

    monkeypatch.setattr(rendering, "gather", nothing_is_read)
    canvas.set_colors(255 - colors)
    assert np.array_equal(pixels(canvas), (255 - colors)[labels[numbers]])


def test_256_colours_and_transparency(canvas: Canvas) -> None:
    rgb = noise(300, 400)
    alpha = np.full((300, 400), 255, np.uint8)
    alpha[:, ::3] = 0
    numbers = number(rgb)
    labels, colors = quantize(numbers, 256)
    numbers[alpha == 0] = len(labels)
    canvas.set_picture(rgb, alpha, numbers)
    canvas.set_compare_mode(CompareMode.RESULT)
    canvas.zoom_actual_size()
    for shades in (colors, 255 - colors):
        canvas.set_labels(labels, colors)
        canvas.set_colors(shades)
        seen = alpha > 0
        assert np.array_equal(pixels(canvas)[seen], shades[labels[numbers[seen]]])


# -- transparency ------------------------------------------------------------------------------


def expected_checkerboard(canvas: Canvas) -> NDArray[np.uint8]:
    first, second = CHECKER_GREYS[is_dark(canvas.palette())]
    rows, columns = np.indices((HEIGHT, WIDTH)) // 8
    return np.where((rows + columns) % 2 == 0, first, second).astype(np.uint8)


def open_transparent(canvas: Canvas) -> None:
    """Left half clear, right half half clear and (100, 150, 200)."""
    rgb = np.full((900, 1000, 3), (100, 150, 200), np.uint8)
    alpha = np.full((900, 1000), 128, np.uint8)
    alpha[:, :500] = 0
    numbers = np.zeros((900, 1000), np.int32)
    numbers[:, :500] = 1
    canvas.set_picture(rgb, alpha, numbers)
    canvas.set_labels(np.zeros(1, np.uint8), np.array([[1, 2, 3]], np.uint8))
    canvas.set_colors(np.array([[10, 20, 30]], np.uint8))
    canvas.zoom_actual_size()


@pytest.mark.parametrize("mode", [CompareMode.ORIGINAL, CompareMode.RESULT])
def test_clear_pixels_show_a_checkerboard(canvas: Canvas, mode: CompareMode) -> None:
    open_transparent(canvas)
    canvas.set_compare_mode(mode)
    ground = expected_checkerboard(canvas)
    shown = pixels(canvas)
    assert np.array_equal(shown[:, :200], np.repeat(ground[:, :200, None], 3, axis=2))
    if mode is CompareMode.RESULT:
        # what is saved is opaque wherever it is not wholly clear
        assert np.all(shown[:, 200:] == (10, 20, 30))
    else:
        half = (np.array([100, 150, 200]) * 128 + ground[:, 200:, None] * 127.0) / 255
        assert np.abs(shown[:, 200:] - half).max() <= 1.5


def test_the_checkerboard_stays_where_it_is_when_the_picture_moves(canvas: Canvas) -> None:
    open_transparent(canvas)
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    ground = expected_checkerboard(canvas)
    start = QPoint(200, 200)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start + QPoint(-5, 3))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(-5, 3))
    shown = pixels(canvas)
    assert np.array_equal(shown[:, :195, 0], ground[:, :195])
    assert shown[100, 196].tolist() != shown[100, 190].tolist()


# -- around the picture ------------------------------------------------------------------------


def test_captions_need_room(canvas: Canvas) -> None:
    rgb = np.full((300, 400, 3), 255, np.uint8)
    canvas.set_picture(rgb, None, np.zeros((300, 400), np.int32))
    canvas.set_labels(np.zeros(1, np.uint8), np.full((1, 3), 255, np.uint8))
    canvas.zoom_actual_size()
    left, right = np.s_[8:24, 8:32], np.s_[8:24, 368:388]

    def is_captioned(corner: tuple[slice, slice]) -> bool:
        return bool((pixels(canvas)[corner] < 200).any())

    canvas.set_captions("Original", "16 colours")
    assert is_captioned(left)
    assert is_captioned(right)
    canvas.set_split(0.1)
    assert not is_captioned(left)
    assert is_captioned(right)
    canvas.set_split(0.98)
    assert is_captioned(left)
    assert not is_captioned(right)
    canvas.set_compare_mode(CompareMode.RESULT)
    assert is_captioned(left)
    assert not is_captioned(right)


def test_drop_highlight_comes_and_goes(canvas: Canvas) -> None:
    accent = canvas.palette().color(QPalette.ColorRole.Highlight)
    before = pixels(canvas)
    canvas.set_drop_active(True)
    assert pixels(canvas)[0, 0].tolist() == [accent.red(), accent.green(), accent.blue()]
    assert not np.array_equal(pixels(canvas)[2:-2, 2:-2], before[2:-2, 2:-2])
    canvas.set_drop_active(False)
    assert np.array_equal(pixels(canvas), before)


def test_empty_canvas_offers_to_open(canvas: Canvas, qtbot: QtBot) -> None:
    button = canvas.findChild(QPushButton, "openButton")
    assert button is not None
    assert button.isVisible()
    assert canvas.accessibleName() == "No picture"
    with qtbot.waitSignal(canvas.openRequested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    open_noise(canvas, 30, 40)
    assert not button.isVisible()
    canvas.clear()
    assert button.isVisible()
    assert np.all(pixels(canvas)[:10] == surround(canvas))


def test_busy_says_so_and_can_be_cancelled(canvas: Canvas, qtbot: QtBot) -> None:
    open_noise(canvas, 300, 400)
    button = canvas.findChild(QPushButton, "cancelButton")
    label = canvas.findChild(QLabel, "busyLabel")
    assert button is not None
    assert label is not None
    assert not button.isVisible()
    canvas.set_busy("Opening a.png…")
    assert button.isVisible()
    assert label.text() == "Opening a.png…"
    with qtbot.waitSignal(canvas.cancelRequested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    canvas.setFocus()
    with qtbot.waitSignal(canvas.cancelRequested):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
    canvas.set_busy("Opening " + 60 * "long " + ".png…")
    panel = button.parentWidget()
    assert panel is not None
    assert canvas.rect().contains(panel.geometry())
    assert "…" in label.text()[:-1]
    canvas.set_busy("")
    assert not button.isVisible()
    with qtbot.assertNotEmitted(canvas.cancelRequested):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_busy_takes_the_place_of_the_empty_state(canvas: Canvas) -> None:
    button = canvas.findChild(QPushButton, "openButton")
    cancel = canvas.findChild(QPushButton, "cancelButton")
    assert button is not None
    assert cancel is not None
    canvas.set_busy("Opening a.png…")
    assert not button.isVisible()
    assert cancel.isVisible()
    canvas.set_busy("")
    assert button.isVisible()


def test_words_for_what_is_seen(canvas: Canvas) -> None:
    open_noise(canvas, 512, 1768)
    canvas.zoom_actual_size()
    assert canvas.accessibleName() == "Picture, 1,768 by 512 pixels, split view at 50 %"
    canvas.set_split(0.25)
    assert canvas.accessibleName().endswith("split view at 25 %")
    canvas.set_compare_mode(CompareMode.SIDE_BY_SIDE)
    assert canvas.accessibleName().endswith("original and result side by side")
    canvas.set_compare_mode(CompareMode.RESULT)
    assert canvas.accessibleName().endswith("result")


def test_focus_is_shown_to_those_who_come_by_key(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(QPushButton("before"))
    canvas = Canvas()
    layout.addWidget(canvas)
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    open_noise(canvas, 30, 40)
    accent = canvas.palette().color(QPalette.ColorRole.Highlight).getRgb()[:3]
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton)
    assert canvas.hasFocus()
    assert tuple(pixels(canvas)[0, 50]) != accent
    window.focusNextChild()
    QTest.keyClick(window, Qt.Key.Key_Tab)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert tuple(pixels(canvas)[0, 50]) == accent


def test_focus_does_not_get_lost_with_a_button(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    opener = canvas.findChild(QPushButton, "openButton")
    cancel = canvas.findChild(QPushButton, "cancelButton")
    assert opener is not None
    assert cancel is not None
    opener.setFocus()
    canvas.set_busy("Opening a.png…")
    assert cancel.hasFocus()
    canvas.set_busy("")
    assert opener.hasFocus()
    open_noise(canvas, 30, 40)
    assert canvas.hasFocus()
    # it came by itself, not by Tab
    accent = canvas.palette().color(QPalette.ColorRole.Highlight).getRgb()[:3]
    assert tuple(pixels(canvas)[0, 50]) != accent


def test_another_density_is_followed(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    open_noise(canvas, 900, 1000)
    before = canvas.zoom()
    dense: Callable[[], float] = lambda: 2.0  # noqa: E731
    monkeypatch.setattr(canvas, "devicePixelRatioF", dense)
    canvas.event(QEvent(QEvent.Type.DevicePixelRatioChange))
    assert canvas.zoom() == pytest.approx(2 * before)
