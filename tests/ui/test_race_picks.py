"""The page where colours are picked: what was clicked is marked in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from colorquant_gui.core import ColorHistogram
from colorquant_gui.ui.race.pick_page import PickPage
from tests.ui.painted import pixels

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

WHITE, BLACK, GREY = (255, 255, 255), (0, 0, 0), (128, 128, 128)
RED, GREEN = (200, 30, 40), (30, 180, 60)
LEFT = Qt.MouseButton.LeftButton


def put(page: PickPage, rgb: np.ndarray, mask: np.ndarray | None = None) -> None:
    histogram = ColorHistogram.from_rgb(rgb, mask)
    alpha = None if mask is None else np.where(mask, 255, 0).astype(np.uint8)
    page.set_picture(rgb, alpha, histogram.inverse, histogram.colors)


def quarters() -> np.ndarray:
    rgb = np.empty((40, 60, 3), np.uint8)
    rgb[:20, :30], rgb[:20, 30:], rgb[20:, :30], rgb[20:, 30:] = WHITE, BLACK, RED, GREEN
    return rgb


@pytest.fixture
def page(qtbot: QtBot) -> PickPage:
    page = PickPage()
    qtbot.addWidget(page)
    page.resize(800, 600)
    put(page, quarters())
    page.canvas.set_pixel_grid(False)
    page.begin((), 8)
    page.show()
    qtbot.waitExposed(page)
    return page


def place_of(page: PickPage, column: int, row: int) -> QPointF:
    """Where the middle of a pixel of a picture of 60 x 40 is."""
    canvas, side = page.canvas, page.canvas.zoom() / page.canvas.devicePixelRatioF()
    middle = QPointF(canvas.width() / 2, canvas.height() / 2)
    return middle + QPointF(column + 0.5 - 30, row + 0.5 - 20) * side


def click(page: PickPage, column: int, row: int) -> None:
    QTest.mouseClick(page.canvas, LEFT, pos=place_of(page, column, row).toPoint())


def grey(image: QImage, place: QPointF) -> int:
    return image.pixelColor(QPoint(int(place.x()), int(place.y()))).lightness()


def around(page: PickPage, place: QPointF, number: int) -> list[int]:
    """Lightness from the middle of a mark to the left, out of its ring."""
    image = page.canvas.grab().toImage()
    radius = page.canvas.mark_places()[number].width() / 2
    return [grey(image, place - QPointF(x, 0)) for x in range(int(radius) + 8)]


def test_a_click_leaves_a_ring_that_is_seen_on_any_ground(page: PickPage) -> None:
    for number, (column, row) in enumerate(((10, 10), (45, 10), (10, 30)), start=1):
        place = place_of(page, column, row)
        before = page.canvas.grab().toImage()
        ground = grey(before, place)
        click(page, column, row)
        ring = page.canvas.mark_places()[number]
        assert ring.center().x() == pytest.approx(place.x(), abs=1)
        assert ring.center().y() == pytest.approx(place.y(), abs=1)
        found = around(page, ring.center(), number)
        # the middle stays free, and the ring is white with a dark edge
        assert found[0] == found[-1] == ground
        assert max(found) > 240
        assert min(found) < 100
        assert any(abs(value - ground) > 130 for value in found)
    assert page.picks() == (WHITE, BLACK, RED)


def test_marks_have_the_numbers_of_the_swatches(page: PickPage) -> None:
    click(page, 10, 10)
    click(page, 45, 10)
    click(page, 45, 30)
    assert set(page.canvas.mark_places()) == {1, 2, 3}
    assert page.picks() == (WHITE, BLACK, GREEN)
    shown = page.swatches.grab().toImage()
    # black is read on green, too: its contrast is 7.7 to 1, that of white 2.7
    for place, ink in zip(page.swatches.swatch_rects(), (0, 255, 0), strict=True):
        inside = place.toRect().adjusted(3, 3, -3, -3)
        values = [
            shown.pixelColor(x, y).lightness()
            for x in range(inside.left(), inside.right())
            for y in range(inside.top(), inside.bottom())
        ]
        assert min(abs(value - ink) for value in values) < 70
    # a colour that is picked already is not marked once more
    click(page, 20, 5)
    assert set(page.canvas.mark_places()) == {1, 2, 3}
    assert page.canvas.mark_places()[1].center().x() == pytest.approx(
        place_of(page, 10, 10).x(), abs=1
    )


def test_marks_stay_at_their_pixels_when_the_picture_is_zoomed(page: PickPage) -> None:
    click(page, 10, 10)
    click(page, 45, 30)
    anchor = page.canvas.mark_places()[1].center()
    narrow = page.canvas.mark_places()[1].width()
    page.canvas.set_zoom(60, anchor)
    ring = page.canvas.mark_places()[1]
    side = 60 / page.canvas.devicePixelRatioF()
    # the click was somewhere in the pixel, which is as large as it can be now
    assert abs(ring.center().x() - anchor.x()) <= side / 2 + 1
    assert abs(ring.center().y() - anchor.y()) <= side / 2 + 1
    assert ring.width() > narrow
    assert ring.width() >= side
    # the other one is out of view
    assert set(page.canvas.mark_places()) == {1}


def test_what_is_taken_back_is_no_longer_marked(page: PickPage) -> None:
    untouched = page.canvas.grab().toImage()
    for column, row in ((10, 10), (45, 10), (45, 30)):
        click(page, column, row)
    assert page.canvas.grab().toImage() != untouched
    QTest.mouseClick(page.undo, LEFT)
    assert set(page.canvas.mark_places()) == {1, 2}
    page.set_most(1)
    assert set(page.canvas.mark_places()) == {1}
    QTest.mouseClick(page.clear, LEFT)
    assert page.canvas.mark_places() == {}
    assert page.canvas.grab().toImage() == untouched


def test_marks_are_there_again_with_their_picture_and_not_with_another(page: PickPage) -> None:
    click(page, 10, 30)
    click(page, 45, 10)
    picks = page.picks()
    rings = page.canvas.mark_places()
    page.begin((), 8)
    assert page.canvas.mark_places() == {}
    page.begin(picks, 8)
    assert page.canvas.mark_places() == rings
    put(page, quarters()[::-1].copy())
    page.begin((), 8, former=picks)
    assert page.picks() == picks
    assert page.canvas.mark_places() == {}


def test_transparent_pixels_and_the_ground_beside_the_picture_give_no_colour(
    page: PickPage,
) -> None:
    mask = np.ones((40, 60), bool)
    mask[:20, :30] = False
    put(page, quarters(), mask)
    click(page, 10, 10)
    QTest.mouseClick(page.canvas, LEFT, pos=QPoint(2, 2))
    assert page.picks() == ()
    assert page.canvas.mark_places() == {}
    click(page, 10, 30)
    assert page.picks() == (RED,)


@pytest.mark.parametrize(("column", "row"), [(0, 0), (59, 0), (59, 39), (0, 39)])
def test_numbers_are_written_in_view(page: PickPage, column: int, row: int) -> None:
    canvas = page.canvas
    canvas.set_minimap(False)
    put(page, np.full((40, 60, 3), GREY, np.uint8))
    corner = QPointF(canvas.width() * (column / 59), canvas.height() * (row / 39))
    # what is zoomed about this place brings the pixel into that corner of the canvas
    factor = 64 / canvas.zoom()
    canvas.set_zoom(64, (corner - place_of(page, column, row) * factor) / (1 - factor))
    bare = pixels(canvas)
    canvas.set_marks({1: (column, row)})
    ring = canvas.mark_places()[1]
    assert (ring.center() - corner).manhattanLength() < 3
    changed = np.argwhere((pixels(canvas) != bare).any(axis=2)).tolist()
    around = ring.adjusted(-3, -3, 3, 3)
    beside = [(x, y) for y, x in changed if not _in_disc(around, x, y)]
    # the ground of the number
    assert len(beside) > 40


def _in_disc(disc: QRectF, x: int, y: int) -> bool:
    off = QPointF(x + 0.5, y + 0.5) - disc.center()
    return float(np.hypot(off.x(), off.y())) <= disc.width() / 2
