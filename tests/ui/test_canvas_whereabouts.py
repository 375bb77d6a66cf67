"""What stands out and is out of view: a sign at the edge leads there, the overview marks it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtTest import QTest

from colorquant_gui.ui.canvas import Canvas, CompareMode
from colorquant_gui.ui.canvas.minimap import Minimap
from colorquant_gui.ui.canvas.way_sign import place_at_edge
from colorquant_gui.ui.run_presenter import RunPresenter
from tests.ui.lit_canvas import HEIGHT, WIDTH, dots_of, lit_canvas, settle, show, sign
from tests.ui.painted import pixels
from tests.ui.pointing import move, pixel_under
from tests.ui.whole_window import child, session_of, trigger, whole_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    return lit_canvas(qtbot)


# -- the sign ------------------------------------------------------------------------------------


def test_a_place_at_the_edge_is_on_the_way_or_beside_what_is_there() -> None:
    room, size = QRectF(0, 0, 400, 300), QSizeF(100, 20)
    right = place_at_edge(size, QPointF(2000, 150), room, ())
    assert (right.right(), right.center().y()) == (400, 150)
    below = place_at_edge(size, QPointF(200, 900), room, ())
    assert (below.center().x(), below.bottom()) == (200, 300)
    corner = place_at_edge(size, QPointF(-4000, -4000), room, ())
    assert corner.top() == 0
    taken = QRectF(300, 130, 100, 40)
    moved = place_at_edge(size, QPointF(2000, 150), room, [taken])
    assert moved.right() == 400
    assert not moved.intersects(taken)
    assert abs(moved.center().y() - 150) <= 50
    # with no room at all it is still there
    assert place_at_edge(size, QPointF(2000, 150), room, [room]) == right


@pytest.mark.parametrize(
    ("at", "text"),
    [([(1700, 600)], "1 pixel, not in view"),
     ([(1700 + x, 600 + y) for x in range(40) for y in range(30)], "1,200 pixels, none in view")],
)  # fmt: skip
def test_a_sign_at_the_edge_leads_to_what_is_out_of_view(
    canvas: Canvas, qtbot: QtBot, at: list[tuple[int, int]], text: str
) -> None:
    show(canvas, (2000, 1200), at)
    assert not sign(canvas).isVisible()
    canvas.set_color_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    assert sign(canvas).text() == sign(canvas).accessibleName() == text
    # it is to the right, at the height of the middle
    place = sign(canvas).geometry()
    assert WIDTH - 16 <= place.right() < WIDTH
    assert abs(place.center().y() - HEIGHT / 2) < 40
    assert abs(sign(canvas).angle) < 10
    seen = pixels(canvas)[place.top() : place.bottom(), place.left() : place.right()]
    assert (seen.min(axis=2) > 225).sum() > 60
    assert (seen.max(axis=2) < 70).sum() > 600
    # the arrow is wide where it starts and ends in a tip to the right
    arrow = seen[:, : place.height() + 6].min(axis=2) > 150
    heights = np.trim_zeros(arrow[:, 4:].sum(axis=0))
    assert heights.argmax() < len(heights) / 2
    assert heights[-1] <= 3
    QTest.mouseClick(sign(canvas), LEFT)
    assert pixel_under(canvas, QPoint(WIDTH // 2, HEIGHT // 2)) in at
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)
    settle(qtbot)
    assert not sign(canvas).isVisible()


def test_keys_reach_the_sign_and_get_back(canvas: Canvas, qtbot: QtBot) -> None:
    show(canvas, (2000, 1200), [(50, 1100)])
    canvas.set_color_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert sign(canvas).hasFocus()
    QTest.keyClick(sign(canvas), Qt.Key.Key_Space)
    # as far as the middle of the view may go
    assert pixel_under(canvas, QPoint(WIDTH // 2, HEIGHT // 2)) == (50, 1100)
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)
    assert canvas.hasFocus()


def test_there_is_none_where_something_of_it_is_in_view(canvas: Canvas, qtbot: QtBot) -> None:
    show(canvas, (2000, 1200), [(1000, 600), (10, 10)])
    canvas.set_color_highlight(1)
    settle(qtbot)
    assert not sign(canvas).isVisible()
    # of the two that are out of view then, the one that was left is the nearer one
    QTest.mousePress(canvas, LEFT, pos=QPoint(550, 200))
    move(canvas, QPoint(20, 200), LEFT)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(20, 200))
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    assert abs(sign(canvas).angle) == pytest.approx(180, abs=5)
    assert sign(canvas).text() == "2 pixels, none in view"
    canvas.zoom_to_fit()
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)


def test_it_goes_with_what_stood_out_and_comes_for_a_cluster(canvas: Canvas, qtbot: QtBot) -> None:
    show(canvas, (2000, 1200), [(1700, 600)])
    canvas.set_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    canvas.set_highlight(None)
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)
    canvas.set_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    # the cluster has all the other pixels now
    canvas.set_labels(np.array([1, 0], np.uint8), np.full((2, 3), 128, np.uint8))
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)


def test_it_follows_a_cluster_whose_colours_are_others(canvas: Canvas, qtbot: QtBot) -> None:
    numbers = np.zeros((1200, 2000), np.int32)
    numbers[600, 1700], numbers[1100, 100:103] = 1, 2
    canvas.set_picture(np.full((1200, 2000, 3), 128, np.uint8), None, numbers)
    canvas.zoom_actual_size()
    canvas.set_highlight(1)
    greys = np.full((2, 3), 128, np.uint8)
    for labels, text in (([0, 1, 0], "1 pixel, not in view"), ([0, 0, 1], "3 pixels, none in view"),
                         ([0, 1, 1], "4 pixels, none in view")):  # fmt: skip
        canvas.set_labels(np.array(labels, np.uint8), greys)
        qtbot.waitUntil(
            lambda text=text: sign(canvas).isVisible() and sign(canvas).text() == text,
            timeout=20_000,
        )


def test_what_is_too_thinly_spread_to_be_seen_is_not_said_to_be_out_of_view(
    canvas: Canvas, qtbot: QtBot
) -> None:
    """Reduced to a twentieth, one pixel of a hundred leaves nothing to be seen."""
    spread = [(x, y) for x in range(7000, 9000, 10) for y in range(0, 500, 10)]
    show(canvas, (32_000, 500), spread)
    canvas.set_zoom(0.05)
    QTest.mousePress(canvas, LEFT, pos=QPoint(590, 200))
    move(canvas, QPoint(10, 200), LEFT)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(10, 200))
    canvas.set_color_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    QTest.mouseClick(sign(canvas), LEFT)
    column, _ = pixel_under(canvas, QPoint(WIDTH // 2, HEIGHT // 2))
    assert 7000 <= column <= 9000
    qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)
    settle(qtbot)
    assert not sign(canvas).isVisible()


def test_it_keeps_clear_of_captions_and_of_the_overview(canvas: Canvas, qtbot: QtBot) -> None:
    for at in ((5, 5), (1995, 5), (1995, 1195), (5, 1195), (1000, 5)):
        show(canvas, (2000, 1200), [at])
        canvas.set_color_highlight(1)
        qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
        place = QRectF(sign(canvas).geometry())
        assert canvas.rect().contains(sign(canvas).geometry())
        overview = child(canvas, Minimap, "minimap")
        assert overview.isVisible()
        for other in (*canvas.captioned(), QRectF(overview.geometry())):
            assert not place.intersects(other), at
        canvas.set_color_highlight(None)
        qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)


def test_beside_each_other_it_is_in_the_first_view(canvas: Canvas, qtbot: QtBot) -> None:
    show(canvas, (2000, 1200), [(1700, 600)])
    canvas.set_compare_mode(CompareMode.SIDE_BY_SIDE)
    canvas.set_color_highlight(1)
    qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
    assert sign(canvas).geometry().right() < WIDTH / 2


def test_the_overview_marks_it(canvas: Canvas, qtbot: QtBot) -> None:
    show(canvas, (2000, 1200), [(1700, 150), (100, 1000)])
    overview = child(canvas, Minimap, "minimap")
    qtbot.waitUntil(overview.isVisible)

    def dots() -> list[tuple[int, int]]:
        return [(x, y) for y, x in np.argwhere(dots_of(overview)).tolist()]

    assert dots() == []
    canvas.set_color_highlight(1)
    qtbot.waitUntil(lambda: len(dots()) > 10, timeout=20_000)
    inside = overview.width() - 2, overview.height() - 2
    expected = [(1 + x / 2000 * inside[0], 1 + y / 1200 * inside[1])
                for x, y in ((1700, 150), (100, 1000))]  # fmt: skip
    nearest = [min(range(2), key=lambda n, dot=dot: math.dist(dot, expected[n])) for dot in dots()]
    assert set(nearest) == {0, 1}
    assert all(math.dist(dot, expected[n]) < 4.5 for dot, n in zip(dots(), nearest, strict=True))
    canvas.set_color_highlight(None)
    qtbot.waitUntil(lambda: dots() == [], timeout=20_000)


# -- in the window -------------------------------------------------------------------------------


def test_a_swatch_of_few_pixels_is_led_to(qtbot: QtBot, tmp_path: Path) -> None:
    rgb = np.full((600, 800, 3), (40, 90, 160), np.uint8)
    rgb[:, 400:] = (220, 220, 200)
    rgb[20:23, 30:34] = (250, 20, 20)
    Image.fromarray(rgb).save(tmp_path / "spot.png")
    with whole_window(qtbot, [tmp_path / "spot.png"]) as window:
        session_of(window).advisor.pause()
        canvas, palette = window.canvas, window.palette_view
        presenter = window.findChild(RunPresenter)
        qtbot.waitUntil(lambda: presenter.shows_result, timeout=20_000)
        counts = session_of(window).result.counts.tolist()
        canvas.set_zoom(4.0)
        move(palette, palette.swatch_rect(counts.index(12)).center())
        qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
        assert sign(canvas).text() == "12 pixels, none in view"
        # up and to the left
        assert -180 < sign(canvas).angle < -90
        move(palette, palette.swatch_rect(1 - min(counts.index(12), 1)).center())
        qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)
        # pinned, it can be gone to
        move(palette, palette.swatch_rect(counts.index(12)).center())
        QTest.mouseClick(palette, LEFT, pos=palette.swatch_rect(counts.index(12)).center())
        qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
        QTest.mouseClick(sign(canvas), LEFT)
        qtbot.waitUntil(lambda: not sign(canvas).isVisible(), timeout=20_000)
        size = sign(canvas).font().pointSizeF()
        trigger(window, "zoomActual")
        canvas.set_zoom(8.0, QPoint(canvas.width(), canvas.height()))
        trigger(window, "presentation")
        qtbot.waitUntil(sign(canvas).isVisible, timeout=20_000)
        qtbot.waitUntil(lambda: sign(canvas).font().pointSizeF() == 2 * size, timeout=20_000)
        trigger(window, "presentation")
