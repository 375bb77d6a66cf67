"""What stands out and is too small to be found has a ring around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from colorquant_gui.ui.canvas import Canvas, CompareMode, spots
from colorquant_gui.ui.canvas.spots import find_spots
from tests.ui.canvas_shown import shown_canvas
from tests.ui.painted import pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 400, 300


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    return shown_canvas(qtbot, WIDTH, HEIGHT)


def show(
    canvas: Canvas,
    size: tuple[int, int],
    lit: list[tuple[int, int]],
    level: int = 128,
) -> None:
    """Show a picture of one grey, in which some pixels (column, row) have colour number 1."""
    width, height = size
    numbers = np.zeros((height, width), np.int32)
    for x, y in lit:
        numbers[y, x] = 1
    canvas.set_picture(np.full((height, width, 3), level, np.uint8), None, numbers)
    canvas.set_labels(np.array([0, 1], np.uint8), np.full((2, 3), level, np.uint8))
    canvas.set_compare_mode(CompareMode.ORIGINAL)


def whites(canvas: Canvas) -> NDArray[np.int_]:
    """Places of what is as good as white, (n, 2) columns and rows."""
    seen = pixels(canvas).astype(int)
    return np.argwhere(seen.min(axis=2) > 225)[:, ::-1]


def is_ringed(canvas: Canvas, x: float, y: float) -> bool:
    """Whether all that is white lies on one circle of 10 around a place."""
    found = whites(canvas)
    if len(found) < 40:
        return False
    away = np.hypot(*(found + 0.5 - (x, y)).T)
    # on all sides of it
    sides = {tuple(side) for side in np.sign(found + 0.5 - (x, y)).tolist()}
    return bool(np.abs(away - 10).max() < 2.5) and len(sides) >= 4


@pytest.mark.parametrize("level", [0, 128, 200])
@pytest.mark.parametrize("at", [(100, 80), (0, 0), (399, 150), (20, 299)])
def test_a_pixel_alone_has_a_ring(canvas: Canvas, at: tuple[int, int], level: int) -> None:
    show(canvas, (WIDTH, HEIGHT), [at], level)
    canvas.zoom_actual_size()
    assert not len(whites(canvas))
    canvas.set_color_highlight(1)
    found = whites(canvas)
    away = np.hypot(*(found - at).T)
    assert len(found) >= 15
    assert away.min() > 7.5
    assert away.max() < 12.5
    # the pixel itself is seen within, undimmed
    assert tuple(pixels(canvas)[at[1], at[0]]) == (level,) * 3
    canvas.set_color_highlight(None)
    assert not len(whites(canvas))


@pytest.mark.parametrize("level", [0, 255])
def test_a_ring_is_dark_beside_what_is_light(canvas: Canvas, level: int) -> None:
    show(canvas, (WIDTH, HEIGHT), [(200, 150)], level)
    canvas.zoom_actual_size()
    canvas.set_color_highlight(1)
    row = pixels(canvas)[150, 200:220, 0].astype(int)
    ring = int(row[6:14].argmax()) + 6
    assert row[ring] > 225
    # about 3 : 1 in luminance on either side
    assert max(row[ring - 3 : ring].min(), row[ring + 1 : ring + 4].min()) < 130


@pytest.mark.parametrize("at", [(801, 603), (3, 1197), (1599, 1199), (402, 7)])
def test_what_no_device_pixel_shows_has_a_ring_as_well(
    canvas: Canvas, qtbot: QtBot, at: tuple[int, int]
) -> None:
    show(canvas, (1600, 1200), [at])
    canvas.set_color_highlight(1)
    canvas.zoom_to_fit()
    zoom = canvas.zoom()
    assert zoom < 0.25
    left, top = (WIDTH - round(1600 * zoom)) / 2, (HEIGHT - round(1200 * zoom)) / 2
    place = (left + (at[0] + 0.5) * zoom, top + (at[1] + 0.5) * zoom)
    qtbot.waitUntil(lambda: is_ringed(canvas, *place), timeout=9000)


def test_what_is_large_enough_has_none(canvas: Canvas, qtbot: QtBot) -> None:
    block = [(x, y) for x in range(60, 80) for y in range(100, 120)]
    show(canvas, (WIDTH, HEIGHT), block)
    canvas.zoom_actual_size()
    canvas.set_color_highlight(1)
    assert not len(whites(canvas))
    # a pixel grows with the zoom until it needs none
    show(canvas, (WIDTH, HEIGHT), [(200, 150)])
    canvas.set_color_highlight(1)
    canvas.set_zoom(8.0)
    assert len(whites(canvas))
    canvas.set_zoom(32.0)
    assert not len(whites(canvas))


def test_there_is_one_in_each_pane(canvas: Canvas) -> None:
    show(canvas, (150, 150), [(70, 60)])
    canvas.set_compare_mode(CompareMode.SIDE_BY_SIDE)
    canvas.set_color_highlight(1)
    canvas.set_zoom(1.0)
    columns = whites(canvas)[:, 0]
    left, right = columns[columns < WIDTH / 2], columns[columns > WIDTH / 2]
    assert len(left) == len(right) > 20
    # panes of 199, with a gap of 2 between them
    assert set(right - 201) == set(left)


def test_a_label_of_few_pixels_has_one_while_the_result_plays(canvas: Canvas) -> None:
    show(canvas, (WIDTH, HEIGHT), [(100, 100)])
    canvas.zoom_actual_size()
    canvas.set_animating(True)
    canvas.set_highlight(1)
    assert len(whites(canvas))
    canvas.set_labels(np.array([1, 1], np.uint8), np.full((2, 3), 128, np.uint8))
    assert not len(whites(canvas))


def test_rings_are_looked_for_once(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[tuple[int, ...]] = []
    original = find_spots

    def count(lit: NDArray[np.bool_], ratio: float) -> list[spots.Spot]:
        looked.append(lit.shape)
        return original(lit, ratio)

    monkeypatch.setattr(spots, "find_spots", count)
    show(canvas, (WIDTH, HEIGHT), [(100, 100)])
    canvas.zoom_actual_size()
    canvas.set_color_highlight(1)
    for _ in range(3):
        pixels(canvas)
    assert looked == [(HEIGHT, WIDTH)]


# -- where they are ------------------------------------------------------------------------------


def lit_at(*places: tuple[int, int], size: int = 1) -> NDArray[np.bool_]:
    lit = np.zeros((300, 400), np.bool_)
    for x, y in places:
        lit[y : y + size, x : x + size] = True
    return lit


def test_the_largest_come_first_and_no_more_than_five() -> None:
    lit = lit_at(*((40 * i, 50) for i in range(9)))
    lit[200:203, 300:303] = True
    found = find_spots(lit, 1.0)
    assert len(found) == 5
    assert found[0][:2] == (301.5, 201.5)


def test_what_lies_together_shares_a_ring_that_holds_it() -> None:
    [spot] = find_spots(lit_at((100, 100), (112, 100), (106, 108)), 1.0)
    for x, y in ((100, 100), (113, 100), (106, 109)):
        assert np.hypot(x - spot.x, y - spot.y) < spot.radius - 3
    [alone] = find_spots(lit_at((100, 100)), 1.0)
    assert alone == (100.5, 100.5, 10.0)


def test_rings_do_not_overlap() -> None:
    lit = lit_at(*((x, 150) for x in range(100, 290)))
    found = find_spots(lit, 1.0)
    assert len(found) >= 3
    for i, one in enumerate(found):
        for other in found[:i]:
            assert np.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


def test_they_are_as_large_on_fine_screens() -> None:
    [spot] = find_spots(lit_at((100, 100), size=2), 2.0)
    assert spot == (101.0, 101.0, 20.0)
    # 24 by 24 is much at 1 device pixel per logical one, and a quarter of that at 2
    assert find_spots(lit_at((100, 100), size=24), 1.0) == []
    assert len(find_spots(lit_at((100, 100), size=24), 2.0)) == 1


def test_where_all_or_nothing_stands_out_there_are_none() -> None:
    assert find_spots(np.zeros((30, 40), np.bool_), 1.0) == []
    assert find_spots(np.ones((30, 40), np.bool_), 1.0) == []
