"""Where something stands out in the whole picture: places that are real, and few enough."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from colorquant_gui.ui.canvas.minimap import merged
from colorquant_gui.ui.canvas.picture import Picture
from colorquant_gui.ui.canvas.viewport import Viewport
from colorquant_gui.ui.canvas.whereabouts import Whereabouts, find_whereabouts

if TYPE_CHECKING:
    from colorquant_gui.ui.canvas.window import Window


def picture_of(numbers: np.ndarray) -> Picture:
    # no pixel of it is looked at: one stands for all
    rgb = np.broadcast_to(np.zeros(3, np.uint8), (*numbers.shape, 3))
    return Picture(rgb, None, numbers)


def found_in(numbers: np.ndarray) -> Whereabouts:
    found = find_whereabouts(picture_of(numbers), lambda part: part == 1, lambda: False)
    assert found is not None
    return found


def view_of(picture: tuple[int, int], zoom: float, at: tuple[float, float]) -> Window:
    """A view of 200 by 100 with a place of a picture, 0..1 of its size, in the middle."""
    viewport = Viewport()
    viewport.set_picture_size(*picture)
    viewport.resize(200, 100)
    viewport.set_zoom(zoom)
    viewport.center_on(*at)
    window = viewport.window()
    assert window is not None
    return window


@pytest.mark.parametrize(("height", "width", "share"), [(1, 1, 1.0), (64, 64, 0.01),
                                                        (65, 130, 0.001), (200, 300, 0.0005),
                                                        (90, 63, 0.5)])  # fmt: skip
def test_there_is_one_real_pixel_of_each_square(height: int, width: int, share: float) -> None:
    rng = np.random.default_rng(height)
    lit = rng.random((height, width)) < share
    lit[height // 2, width - 1] = True
    found = found_in(lit.astype(np.int32))
    assert found.n_pixels == lit.sum()
    places = [(x, y) for x, y in found.places.tolist()]
    assert all(lit[y, x] for x, y in places)
    squares = {(x // 64, y // 64) for y, x in np.argwhere(lit).tolist()}
    assert sorted((x // 64, y // 64) for x, y in places) == sorted(squares)


def test_it_is_the_middle_of_what_is_full() -> None:
    numbers = np.zeros((128, 128), np.int32)
    numbers[10:31, 70:111] = 1
    assert found_in(numbers).places.tolist() == [[90, 20]]


def test_two_in_opposite_corners_are_not_met_halfway() -> None:
    numbers = np.zeros((200, 200), np.int32)
    numbers[64, 64] = numbers[127, 127] = 1
    (place,) = found_in(numbers).places.tolist()
    assert place in ([64, 64], [127, 127])


def test_nothing_is_found_where_nothing_is_and_when_it_is_stopped() -> None:
    numbers = np.ones((200, 20), np.int32)
    find = partial(find_whereabouts, picture_of(numbers))
    assert find(lambda part: part == 7, lambda: False) is None
    assert find(lambda part: part == 1, lambda: True) is None


def test_what_is_nearest_to_the_middle_of_the_view() -> None:
    numbers = np.zeros((400, 1000), np.int32)
    numbers[10, 100] = numbers[390, 900] = 1
    found = found_in(numbers)
    for place, nearest, is_seen in (
        ((0.3, 0.5), (100.5, 10.5), False),
        ((0.8, 0.5), (900.5, 390.5), False),
        ((0.9, 0.9), (900.5, 390.5), True),
    ):
        window = view_of((1000, 400), 1.0, place)
        assert found.nearest(window) == nearest
        assert found.is_in(window) is is_seen


def test_it_is_in_view_from_its_first_device_pixel_on() -> None:
    """A view of 200 by 100, from column 400 and row 150 on."""
    window = view_of((1000, 400), 1.0, (0.5, 0.5))
    edges = ((400, 150, True), (399, 150, False), (400, 149, False), (599, 249, True))
    for column, row, is_seen in (*edges, (600, 249, False), (599, 250, False)):
        numbers = np.zeros((400, 1000), np.int32)
        numbers[row, column] = 1
        assert found_in(numbers).is_in(window) is is_seen, (column, row)


@pytest.mark.parametrize("shape", [(10_000, 10_000), (1, 100_000), (100_000, 3), (5000, 20_000)])
def test_there_are_no_more_places_in_a_larger_picture(shape: tuple[int, int]) -> None:
    found = found_in(np.broadcast_to(np.int32(1), shape))
    assert found.n_pixels == shape[0] * shape[1]
    assert len(found.places) <= 64 * 64


def test_marks_that_would_cover_each_other_are_one() -> None:
    places = np.array([[1.0, 1.0], [4.9, 4.9], [5.0, 1.0], [1.0, 5.0], [11.0, 12.0], [14.0, 11.0]])
    assert sorted(merged(places, 5.0).tolist()) == [
        [1.0, 1.0],
        [1.0, 5.0],
        [5.0, 1.0],
        [11.0, 12.0],
    ]
    crowd = np.random.default_rng(1).random((20_000, 2)) * [160, 120]
    assert len(merged(crowd, 5.0)) == 32 * 24
