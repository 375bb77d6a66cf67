"""The search for what stands out: what it leads to, what it costs, and when it ends."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.canvas import Canvas, CompareMode, lookout, minimap
from colorquant_gui.ui.canvas.minimap import Minimap
from colorquant_gui.ui.canvas.whereabouts import Whereabouts, find_whereabouts
from tests.ui.lit_canvas import HEIGHT, WIDTH, dots_of, lit_canvas, settle, show, sign
from tests.ui.pointing import move, pixel_under
from tests.ui.whole_window import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
MIDDLE = QPoint(WIDTH // 2, HEIGHT // 2)


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = lit_canvas(qtbot)
    canvas.set_compare_mode(CompareMode.RESULT)
    return canvas


def pan(canvas: Canvas, x: int, y: int) -> None:
    """Drag the picture from the middle; it does not slide on."""
    canvas.set_motion(False)
    QTest.mousePress(canvas, LEFT, pos=MIDDLE)
    move(canvas, MIDDLE + QPoint(x, y), LEFT)
    QTest.mouseRelease(canvas, LEFT, pos=MIDDLE + QPoint(x, y))


# -- what it leads to ----------------------------------------------------------------------------


def test_it_leads_to_a_pixel_and_not_between_two(canvas: Canvas, qtbot: QtBot) -> None:
    """They are in opposite corners of one square of the search, the view is between them."""
    at = [(640, 640), (703, 703)]
    show(canvas, (1344, 1344), at)
    canvas.set_zoom(32.0)
    canvas.set_color_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    QTest.mouseClick(sign(canvas), LEFT)
    assert pixel_under(canvas, MIDDLE) in at
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)


def test_a_reduced_view_between_two_has_none_of_them(canvas: Canvas, qtbot: QtBot) -> None:
    """Columns 1400 to 2599 and rows 1600 to 2399 are in view: their corner is between the two."""
    show(canvas, (4000, 4000), [(2562, 2430), (2622, 2370)])
    canvas.set_zoom(0.5)
    canvas.set_color_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    assert sign(canvas).text() == "2 pixels, none in view"
    pan(canvas, 0, -40)
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)


# -- what it costs -------------------------------------------------------------------------------


def test_marks_are_set_once_for_all_views(
    canvas: Canvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged: list[int] = []

    def count(places: np.ndarray, side: float) -> np.ndarray:
        merged.append(len(places))
        return minimap_merged(places, side)

    minimap_merged = minimap.merged
    monkeypatch.setattr(minimap, "merged", count)
    show(canvas, (2000, 1200), [(1700, 150), (100, 1000)])
    overview = child(canvas, Minimap, "minimap")
    canvas.set_color_highlight(1)
    qtbot.waitUntil(lambda: bool(dots_of(overview).any()), timeout=20_000)
    angle = sign(canvas).angle
    for _ in range(3):
        pan(canvas, 40, 40)
        qtbot.waitUntil(lambda before=angle: sign(canvas).angle != before, timeout=20_000)
        angle = sign(canvas).angle
        assert dots_of(overview).any()
    assert merged == [2]
    # a picture of another shape has an overview of another size
    show(canvas, (1200, 2000), [(150, 1700)])
    canvas.set_color_highlight(1)
    qtbot.waitUntil(lambda: bool(dots_of(overview).any()), timeout=20_000)
    assert merged == [2, 1]


def test_what_is_close_together_has_one_mark(canvas: Canvas, qtbot: QtBot) -> None:
    overview = child(canvas, Minimap, "minimap")
    areas = []
    # a mark stands for 125 by 125 pixels of this picture: four squares of the search
    for at in ([(3260, 260)], [(3260, 260), (3340, 340)], [(3260, 260), (3460, 460)]):
        show(canvas, (4000, 2400), at)
        canvas.set_color_highlight(1)
        qtbot.waitUntil(lambda: bool(dots_of(overview).any()), timeout=20_000)
        areas.append(np.count_nonzero(dots_of(overview)))
    assert areas[0] == areas[1] < areas[2]


# -- when it ends --------------------------------------------------------------------------------


@pytest.mark.parametrize("found", [True, False])
def test_nothing_of_a_picture_is_kept_for_the_next_one(
    canvas: Canvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, found: bool
) -> None:
    searched: list[Whereabouts | None] = []

    def search(*args: Any) -> Whereabouts | None:
        searched.append(find_whereabouts(*args))
        return searched[-1]

    monkeypatch.setattr(lookout, "find_whereabouts", search)
    numbers = np.zeros((1200, 2000), np.int32)
    numbers[600, 1700] = 1
    canvas.set_picture(np.full((1200, 2000, 3), 128, np.uint8), None, numbers)
    labels = np.array([0, int(found)], np.uint8)
    canvas.set_labels(labels, np.full((2, 3), 128, np.uint8))
    canvas.zoom_actual_size()
    canvas.set_highlight(1)
    qtbot.waitUntil(lambda: bool(searched), timeout=20_000)
    assert (searched[0] is not None) == found
    if found:
        qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    held = [weakref.ref(numbers), weakref.ref(labels)]
    del numbers, labels
    canvas.set_picture(np.zeros((1, 1, 3), np.uint8), None, np.zeros((1, 1), np.int32))
    assert not sign(canvas).isVisible()

    def is_gone() -> bool:
        gc.collect()
        return all(one() is None for one in held)

    qtbot.waitUntil(is_gone, timeout=20_000)


class Slow:
    """A search that takes until it is stopped, or let go on."""

    def __init__(self) -> None:
        self.begun = self.stopped = 0
        self.go_on = threading.Event()

    def __call__(self, picture: Any, keeps: Any, cancelled: Any) -> Whereabouts | None:
        self.begun += 1
        while not self.go_on.wait(0.001):
            if cancelled():
                self.stopped += 1
                return None
        return find_whereabouts(picture, keeps, cancelled)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Any:
    search = Slow()
    monkeypatch.setattr(lookout, "find_whereabouts", search)
    yield search
    search.go_on.set()


def test_it_rests_while_nobody_looks(canvas: Canvas, qtbot: QtBot, slow: Slow) -> None:
    show(canvas, (2000, 1200), [(1700, 600)])
    canvas.set_color_highlight(1)
    qtbot.waitUntil(lambda: slow.begun == 1, timeout=20_000)
    canvas.hide()
    qtbot.waitUntil(lambda: slow.stopped == 1, timeout=20_000)
    slow.go_on.set()
    canvas.show()
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    assert (slow.begun, slow.stopped) == (2, 1)


def test_it_does_not_begin_while_nobody_looks(canvas: Canvas, qtbot: QtBot, slow: Slow) -> None:
    show(canvas, (2000, 1200), [(1700, 600)])
    canvas.set_color_highlight(1)
    canvas.repaint()
    canvas.hide()
    settle(qtbot)
    assert slow.begun == 0


def test_it_is_not_below_the_welcome(canvas: Canvas, qtbot: QtBot) -> None:
    show(canvas, (2000, 1200), [(1700, 600)])
    canvas.set_color_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    canvas.set_welcome(True)
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)


def test_it_stays_while_another_picture_is_opened(canvas: Canvas, qtbot: QtBot) -> None:
    show(canvas, (2000, 1200), [(1000, 1190)])
    canvas.set_color_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    panel = child(canvas, QWidget, "busyPanel")

    def is_clear() -> bool:
        return not sign(canvas).geometry().intersects(panel.geometry())

    canvas.set_busy("Opening a picture…")
    assert panel.isVisible()
    qtbot.waitUntil(lambda: sign(canvas).isVisible() and is_clear(), timeout=20_000)
    settle(qtbot)
    assert sign(canvas).isVisible()
    assert QRectF(canvas.rect()).contains(QPointF(sign(canvas).geometry().center()))
