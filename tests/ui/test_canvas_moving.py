"""How the picture slides on after a drag, and the minimap, by real events and real pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle

from colorquant_gui.ui.canvas import Canvas, CompareMode
from colorquant_gui.ui.canvas.coasting import Coasting
from colorquant_gui.ui.canvas.minimap import Minimap
from tests.ui.noise_canvas import HEIGHT, LEFT, WIDTH, canvas_with_noise
from tests.ui.painted import pixels
from tests.ui.pointing import move, pixel_under

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    return canvas_with_noise(qtbot)


# -- sliding -----------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_sliding_goes_on_as_fast_as_the_pointer_and_ends_soon(qtbot: QtBot) -> None:
    clock, owner = Clock(), QObject()
    coasting = Coasting(owner, clock)
    coasting.hold(QPointF(0, 0))
    for step in range(1, 6):
        clock.now += 0.01
        coasting.follow(QPointF(10 * step, -5 * step))
    way, times = QPointF(), []

    def note(step: QPointF) -> None:
        nonlocal way
        way += step
        times.append(clock.now)

    coasting.moved.connect(note)
    coasting.let_go()
    start = clock.now
    timer = owner.findChild(QTimer, "coastingTimer")
    assert timer is not None
    while coasting.is_moving:
        clock.now += 0.016
        timer.timeout.emit()
    # 1000 and -500 a second, slowing with a time of 0.12 s, cut off at 60 a second
    assert way.x() == pytest.approx(120, rel=0.08)
    assert way.y() == pytest.approx(-60, rel=0.08)
    assert 0.2 < times[-1] - start < 0.6


def test_a_pointer_that_rests_leaves_the_picture_at_rest() -> None:
    clock = Clock()
    coasting = Coasting(None, clock)
    coasting.hold(QPointF(0, 0))
    clock.now += 0.01
    coasting.follow(QPointF(50, 0))
    clock.now += 0.1
    coasting.let_go()
    assert not coasting.is_moving
    coasting.hold(QPointF(0, 0))
    clock.now += 0.05
    # slower than 250 a second
    coasting.follow(QPointF(10, 0))
    coasting.let_go()
    assert not coasting.is_moving


def fling(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.set_zoom(4)
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 200))
    for x in (230, 260, 300):
        move(canvas, QPoint(x, 200), LEFT)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 200))


def is_sliding(canvas: Canvas) -> bool:
    timer = canvas.findChild(QTimer, "coastingTimer")
    assert timer is not None
    return timer.isActive()


def test_a_flung_picture_slides_on(canvas: Canvas, qtbot: QtBot) -> None:
    fling(canvas)
    before = pixel_under(canvas, QPoint(300, 200))
    assert is_sliding(canvas)
    qtbot.waitUntil(lambda: not is_sliding(canvas), timeout=2000)
    after = pixel_under(canvas, QPoint(300, 200))
    # at most 3000 logical pixels a second for 0.12 s, at 400 %
    assert 20 < before[0] - after[0] <= 90
    assert after[1] == before[1]


def test_a_picture_smaller_than_fitted_has_no_room_to_slide(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.set_zoom(0.25)
    before = pixels(canvas)
    QTest.mousePress(canvas, LEFT, pos=QPoint(250, 200))
    for x in (270, 300, 340):
        move(canvas, QPoint(x, 200), LEFT)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(340, 200))
    assert not is_sliding(canvas)
    assert np.array_equal(pixels(canvas), before)


@pytest.mark.parametrize("end", ["press", "key", "double click", "hide", "mode"])
def test_sliding_stops_at_once(canvas: Canvas, end: str) -> None:
    fling(canvas)
    clicks: list[object] = []
    canvas.colorClicked.connect(clicks.append)
    if end == "press":
        QTest.mouseClick(canvas, LEFT, pos=QPoint(300, 200))
    elif end == "key":
        QTest.keyClick(canvas, Qt.Key.Key_Plus)
    elif end == "hide":
        canvas.hide()
    elif end == "mode":
        canvas.set_compare_mode(CompareMode.RESULT)
    else:
        QTest.mouseDClick(canvas, LEFT, pos=QPoint(300, 200))
    assert not is_sliding(canvas)
    # to stop it was all that the press was for
    assert clicks == []


def test_no_sliding_for_those_who_want_none(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.set_motion(False)
    fling(canvas)
    assert not is_sliding(canvas)
    canvas.set_motion(True)
    fling(canvas)
    assert is_sliding(canvas)
    style = QApplication.style()
    original = style.styleHint

    class Still:
        @staticmethod
        def styleHint(hint: QStyle.StyleHint) -> int:
            duration = QStyle.StyleHint.SH_Widget_Animation_Duration
            return 0 if hint is duration else original(hint)

    monkeypatch.setattr(QApplication, "style", staticmethod(lambda: Still))
    fling(canvas)
    assert not is_sliding(canvas)


# -- minimap -----------------------------------------------------------------------------------


def minimap(canvas: Canvas) -> Minimap:
    found = canvas.findChild(Minimap, "minimap")
    assert found is not None
    return found


def test_the_minimap_comes_with_what_is_out_of_view(canvas: Canvas) -> None:
    small = minimap(canvas)
    assert not small.isVisible()
    canvas.set_minimap(True)
    assert small.isVisible()
    # 160 for the longer side and an edge of 1, 16 from the lower right corner
    assert small.size().toTuple() == (162, 130)
    assert small.geometry().bottomRight() == QPoint(WIDTH - 17, HEIGHT - 17)
    view = small.view_area()
    # 600 of 1000 and 480 of 800, in the middle
    assert view.getRect() == pytest.approx((1 + 0.2 * 160, 1 + 0.2 * 128, 96, 76.8), abs=0.2)
    canvas.zoom_to_fit()
    assert not small.isVisible()
    canvas.zoom_out()
    assert not canvas.is_fitted()
    assert not small.isVisible()
    canvas.zoom_actual_size()
    canvas.setFixedSize(440, 400)
    # no room for it
    assert not small.isVisible()


def test_the_minimap_shows_the_picture(canvas: Canvas, qtbot: QtBot) -> None:
    rgb = np.zeros((800, 1000, 3), np.uint8)
    rgb[:, :500], rgb[:, 500:] = (250, 0, 0), (0, 0, 250)
    canvas.set_picture(rgb, None, np.zeros((800, 1000), np.int32))
    canvas.zoom_actual_size()
    canvas.set_minimap(True)
    shown = pixels(minimap(canvas))
    assert tuple(shown[65, 60]) == (250, 0, 0)
    assert tuple(shown[65, 100]) == (0, 0, 250)
    # out of view: darker, the same colour
    assert 100 < shown[65, 10, 0] < 200
    assert not shown[65, 10, 1:].any()


def test_the_minimap_moves_the_view(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.set_zoom(2)
    canvas.set_minimap(True)
    small, middle = minimap(canvas), QPoint(WIDTH // 2, HEIGHT // 2)
    QTest.mouseClick(small, LEFT, pos=QPoint(1 + 40, 1 + 96))
    x, y = pixel_under(canvas, middle)
    # a quarter of 1000 and three of 800; half a pixel of the minimap is 3 of the picture
    assert (x, y) == pytest.approx((250, 600), abs=4)
    QTest.mousePress(small, LEFT, pos=QPoint(41, 97))
    move(small, QPoint(1 + 80, 1 + 64), LEFT)
    x, y = pixel_under(canvas, middle)
    assert (x, y) == pytest.approx((500, 400), abs=4)
    move(small, QPoint(-50, 900), LEFT)
    QTest.mouseRelease(small, LEFT, pos=QPoint(-50, 900))
    # the corner of the picture is in the middle; 3 logical pixels are 1 or 2 of its own
    assert pixel_under(canvas, middle + QPoint(3, -3)) == pytest.approx((1, 798), abs=1)


def test_the_pointer_on_the_minimap_is_not_on_the_picture(canvas: Canvas) -> None:
    canvas.set_minimap(True)
    heard: list[object] = []
    move(canvas, QPoint(300, 300))
    canvas.pixelHovered.connect(heard.append)
    QCoreApplication.sendEvent(minimap(canvas), QEvent(QEvent.Type.Enter))
    assert heard == [None]


@pytest.mark.parametrize("mode", [CompareMode.SPLIT, CompareMode.SPLIT_HORIZONTAL])
@pytest.mark.parametrize("split", [0.0, 0.5, 0.85, 1.0])
def test_the_minimap_does_not_cover_the_handle(
    canvas: Canvas, mode: CompareMode, split: float
) -> None:
    canvas.set_minimap(True)
    canvas.set_compare_mode(mode)
    canvas.set_split(split)
    small = minimap(canvas)
    assert small.isVisible()
    handle = canvas._stage.handle()
    assert handle is not None
    for area in handle.areas():
        assert not area.intersects(QRectF(small.geometry()))
