"""The geometry of the canvas: numbers only, checked against arithmetic done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from colorquant_gui.ui.canvas import CompareMode
from colorquant_gui.ui.canvas.stage import Stage
from colorquant_gui.ui.canvas.viewport import MAX_ZOOM, Viewport


def viewport(picture: tuple[int, int], size: tuple[int, int], margin: int = 0) -> Viewport:
    made = Viewport()
    made.resize(*size, margin)
    made.set_picture_size(*picture)
    return made


def test_fit_shows_all_of_a_large_picture_and_centres_it() -> None:
    view = viewport((4000, 1000), (800, 600))
    window = view.window()
    assert window is not None
    assert view.zoom == pytest.approx(0.2)
    assert (window.left, window.top, window.width, window.height) == (0, 200, 800, 200)
    # the middle of device pixel 0 is image x 2.5, that of 799 is 3997.5
    assert window.columns()[[0, 1, 799]].tolist() == [2, 7, 3997]
    assert window.is_reduced


def test_fit_leaves_the_margin_free() -> None:
    window = viewport((4000, 1000), (800, 600), margin=20).window()
    assert window is not None
    assert (window.left, window.right) == (20, 780)


@pytest.mark.parametrize(
    ("picture", "zoom"),
    [
        ((700, 10), 1.0),  # 1.14 would make one column in seven twice as wide
        ((500, 10), 1.6),  # a whole 1 would waste more than a quarter
        ((350, 10), 2.0),
        ((16, 16), 37.0),
        ((1, 1), MAX_ZOOM),
    ],
)
def test_fit_prefers_whole_multiples_for_small_pictures(
    picture: tuple[int, int], zoom: float
) -> None:
    assert viewport(picture, (800, 600)).zoom == pytest.approx(zoom)


def test_extreme_strips_keep_a_pixel_of_width() -> None:
    view = viewport((1, 30000), (800, 600))
    window = view.window()
    assert window is not None
    assert (window.width, window.height) == (1, 600)
    assert window.columns().tolist() == [0]
    assert window.rows()[[0, 599]].tolist() == [25, 29975]
    view.set_zoom(1000)
    window = view.window()
    assert view.zoom == MAX_ZOOM
    assert window is not None
    assert (window.width, window.height) == (64, 600)
    # the middle of the strip stayed in the middle
    assert set(window.rows()) <= set(range(14994, 15006))


def test_at_100_percent_each_device_pixel_is_one_image_pixel() -> None:
    view = viewport((1001, 701), (800, 600))
    view.set_zoom(1.0)
    window = view.window()
    assert window is not None
    assert not window.is_reduced
    assert np.all(np.diff(window.columns()) == 1)
    assert np.all(np.diff(window.rows()) == 1)
    # in the middle, as far as whole pixels go
    assert window.columns()[0] in (100, 101)


def test_at_800_percent_each_image_pixel_is_a_square_of_8() -> None:
    view = viewport((1000, 700), (800, 600))
    view.set_zoom(8.0)
    window = view.window()
    assert window is not None
    for axis in (window.columns(), window.rows()):
        _, counts = np.unique(axis, return_counts=True)
        assert np.all(counts[1:-1] == 8)


@given(
    picture=st.tuples(st.integers(1, 40000), st.integers(1, 40000)),
    size=st.tuples(st.integers(1, 3000), st.integers(1, 2000)),
    moves=st.lists(
        st.one_of(
            st.tuples(st.just("zoom"), st.floats(0.01, 100), st.floats(0, 1), st.floats(0, 1)),
            st.tuples(st.just("pan"), st.floats(-1e5, 1e5), st.floats(-1e5, 1e5), st.just(0.0)),
            st.tuples(st.just("resize"), st.integers(1, 3000), st.integers(1, 2000), st.just(0.0)),
            st.tuples(st.just("step"), st.sampled_from([-1, 1]), st.just(0.0), st.just(0.0)),
        ),
        max_size=8,
    ),
)
@settings(max_examples=150, deadline=None)
def test_whatever_happens_some_of_the_picture_is_visible(
    picture: tuple[int, int], size: tuple[int, int], moves: list[tuple[str, float, float, float]]
) -> None:
    view = viewport(picture, size)
    for what, a, b, c in moves:
        if what == "zoom":
            view.zoom_by(a, (b * view.size[0], c * view.size[1]))
        elif what == "pan":
            view.pan(a, b)
        elif what == "resize":
            view.resize(int(a), int(b))
        else:
            view.step_zoom(int(a))
        window = view.window()
        assert window is not None
        width, height = view.size
        assert 0 <= window.left < window.right <= width
        assert 0 <= window.top < window.bottom <= height
        columns, rows = window.columns(), window.rows()
        assert 0 <= columns[0] <= columns[-1] < picture[0]
        assert 0 <= rows[0] <= rows[-1] < picture[1]
        assert 0 < view.zoom <= MAX_ZOOM


@given(
    x=st.floats(0, 1),
    y=st.floats(0, 1),
    factors=st.lists(st.floats(1.01, 1.6), min_size=1, max_size=12),
)
@settings(deadline=None)
def test_zooming_in_keeps_the_place_under_the_pointer(
    x: float, y: float, factors: list[float]
) -> None:
    view = viewport((6000, 4000), (800, 600))
    window = view.window()
    assert window is not None
    place = (window.left + x * (window.width - 1), window.top + y * (window.height - 1))
    before = view.pixel_at(*place)
    assert before is not None
    for factor in factors:
        # one device pixel at the start is 7.5 image pixels wide
        view.zoom_by(factor, place)
        after = view.pixel_at(*place)
        assert after is not None
        assert abs(after[0] - before[0]) <= 8
        assert abs(after[1] - before[1]) <= 8


def test_zooming_out_ends_at_the_whole_picture_and_keeps_it() -> None:
    view = viewport((4000, 3000), (800, 600))
    view.set_zoom(3.0, (10, 10))
    assert not view.is_fitted
    view.set_zoom(0.9)
    view.zoom_by(0.001, (700, 500))
    assert view.is_fitted
    assert view.zoom == pytest.approx(0.2)
    view.resize(400, 600)
    assert view.zoom == pytest.approx(0.1)


def test_resizing_keeps_zoom_and_middle_of_a_picture_that_is_not_fitted() -> None:
    view = viewport((4000, 3000), (800, 600))
    view.set_zoom(2.0, (123, 77))
    before = view.pixel_at(400, 300)
    view.resize(500, 900)
    assert view.zoom == 2.0
    assert view.pixel_at(250, 450) == before


def test_the_way_past_100_percent_stops_there() -> None:
    view = viewport((4000, 3000), (800, 600))
    view.set_zoom(0.9)
    view.zoom_by(1.26)
    assert view.zoom == 1.0
    view.zoom_by(1.26)
    assert view.zoom == pytest.approx(1.26)


def test_a_picture_can_be_smaller_than_fitted_and_is_centred_then() -> None:
    view = viewport((4000, 3000), (800, 600))
    view.set_zoom(0.1, (700, 500))
    assert not view.is_fitted
    assert not view.can_move
    window = view.window()
    assert window is not None
    # 400 x 300 of 800 x 600
    assert (window.left, window.top, window.right, window.bottom) == (200, 150, 600, 450)
    view.pan(90, -70)
    view.center_on(0.1, 0.9)
    assert view.window() == window
    # it stays as large, whatever the size of the viewport
    view.resize(1000, 700)
    window = view.window()
    assert window is not None
    assert view.zoom == 0.1
    assert (window.left, window.top, window.right, window.bottom) == (300, 200, 700, 500)
    view.fit()
    assert view.zoom == pytest.approx(700 / 3000)


@pytest.mark.parametrize(
    ("picture", "least"),
    [((4000, 3000), 16 / 4000), ((1, 30000), 16 / 30000), ((32, 32), 0.25), ((64, 20), 0.25)],
)
def test_the_least_zoom_leaves_16_pixels_or_a_quarter(
    picture: tuple[int, int], least: float
) -> None:
    view = viewport(picture, (800, 600))
    for _ in range(80):
        view.zoom_by(0.8)
    assert view.zoom == pytest.approx(least)
    view.set_zoom(0.0)
    assert view.zoom == pytest.approx(least)


def test_a_fitted_picture_in_a_tiny_viewport_may_be_smaller_still() -> None:
    view = viewport((4000, 3000), (8, 6))
    assert view.is_fitted
    assert view.zoom == pytest.approx(0.002)


@pytest.mark.parametrize("factor", [0.8, 0.99])
def test_the_way_out_stops_at_the_fitted_picture_once(factor: float) -> None:
    view = viewport((4000, 3000), (800, 600))
    view.set_zoom(0.201)
    while view.zoom > 0.2:
        view.zoom_by(factor, (100, 100))
    assert view.zoom == 0.2
    assert view.is_fitted
    view.zoom_by(factor, (100, 100))
    assert view.zoom == pytest.approx(0.2 * factor)
    assert not view.is_fitted
    # and on the way back in
    view.zoom_by(1 / factor**2)
    assert view.is_fitted
    view.zoom_by(2)
    assert view.zoom == pytest.approx(0.4)
    assert view.can_move


def test_as_many_steps_in_as_out_come_back_to_the_fitted_picture() -> None:
    view = viewport((1280, 853), (796, 616), 16)
    fitted = view.zoom
    for factor in (2 ** (-1 / 3), 2 ** (1 / 3)):
        for _ in range(6):
            view.zoom_by(factor)
    assert view.is_fitted
    view.zoom_by(2 ** (1 / 3))
    # no step is lost to what rounding has left
    assert view.zoom == pytest.approx(fitted * 2 ** (1 / 3))


def test_one_large_step_stops_at_what_comes_first() -> None:
    view = viewport((4000, 3000), (800, 600))
    view.set_zoom(3.0)
    seen = []
    for _ in range(3):
        view.zoom_by(0.01)
        seen.append(view.zoom)
    # 16 of 4000 are the least
    assert seen == pytest.approx([1.0, 0.2, 0.004])
    small = viewport((100, 100), (800, 600))
    small.set_zoom(0.5)
    seen = []
    for _ in range(3):
        small.zoom_by(100)
        seen.append(small.zoom)
    assert seen == [1.0, 6.0, 64.0]


def test_a_zoom_that_is_asked_for_is_no_fitted_picture() -> None:
    view = viewport((700, 500), (800, 600))
    assert (view.zoom, view.is_fitted) == (1.0, True)
    view.set_zoom(1.0)
    assert not view.is_fitted
    view.resize(350, 600)
    assert view.zoom == 1.0


def test_steps_out_pass_the_fitted_picture_and_go_on() -> None:
    view = viewport((4000, 3000), (800, 600))
    view.set_zoom(1 / 3)
    seen = []
    for _ in range(7):
        view.step_zoom(-1)
        seen.append((view.zoom, view.is_fitted))
    zooms = [zoom for zoom, _ in seen]
    assert zooms == pytest.approx([1 / 4, 1 / 5, 1 / 6, 1 / 8, 1 / 12, 1 / 16, 1 / 24])
    assert [fitted for _, fitted in seen] == [False, True, False, False, False, False, False]
    for _ in range(20):
        view.step_zoom(-1)
    assert view.zoom == pytest.approx(16 / 4000)
    view.step_zoom(1)
    # 1 / 250 is between 1 / 256 and 1 / 192
    assert view.zoom == pytest.approx(1 / 192)


def test_steps_go_through_round_values() -> None:
    view = viewport((4000, 3000), (800, 600))
    seen = []
    while view.zoom < MAX_ZOOM:
        view.step_zoom(1)
        seen.append(view.zoom)
    assert seen[:6] == pytest.approx([1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 1.5])
    assert seen[-3:] == [32, 48, 64]
    view.set_zoom(1.7)
    view.step_zoom(-1)
    assert view.zoom == 1.5


def test_panning_stops_when_the_middle_would_leave_the_picture() -> None:
    view = viewport((400, 300), (800, 600))
    view.set_zoom(4.0)
    view.pan(1e6, 0)
    window = view.window()
    assert window is not None
    assert (window.left, window.right) == (400, 800)
    assert window.columns()[0] == 0
    view.pan(-1e6, 0)
    window = view.window()
    assert window is not None
    assert (window.left, window.right) == (0, 400)
    assert window.columns()[-1] == 399


def test_a_fitted_picture_does_not_move() -> None:
    view = viewport((4000, 3000), (800, 600))
    before = view.window()
    view.pan(50, 50)
    assert view.window() == before


def test_nothing_to_see() -> None:
    assert Viewport().window() is None
    assert viewport((0, 0), (800, 600)).window() is None
    assert viewport((10, 10), (0, 600)).window() is None
    assert viewport((10, 10), (0, 0)).pixel_at(0, 0) is None


def stage(ratio: float, mode: CompareMode = CompareMode.SPLIT) -> Stage:
    made = Stage()
    made.resize(QSizeF(400, 300), ratio)
    made.set_mode(mode)
    made.viewport.set_picture_size(1000, 800)
    made.can_compare = True
    made.viewport.set_zoom(1.0)
    return made


def test_with_two_device_pixels_a_logical_one_100_percent_counts_device_pixels() -> None:
    dense = stage(2.0)
    window = dense.viewport.window()
    assert dense.viewport.size == (800, 600)
    assert window is not None
    assert (window.width, window.height) == (800, 600)
    # the middle of the canvas is the middle of the picture; one logical pixel on is two image ones
    assert dense.pixel_at(QPointF(200, 150)) == (500, 400)
    assert dense.pixel_at(QPointF(201, 150)) == (502, 400)
    assert dense.pixel_at(QPointF(200.5, 150)) == (501, 400)
    # the split is a share of the canvas, its handle is placed in logical pixels
    dense.split = 0.25
    handle = dense.handle()
    assert dense.split_line(window) == 200
    assert handle is not None
    assert handle.position == 100
    assert handle.contains(QPointF(92, 20))
    assert handle.contains(QPointF(108, 20))
    assert not handle.contains(QPointF(120, 20))


def test_the_margin_of_a_fitted_picture_grows_with_the_density() -> None:
    margins = []
    for ratio in (1.0, 2.0):
        made = stage(ratio)
        made.viewport.fit()
        window = made.viewport.window()
        assert window is not None
        margins.append(window.top)
    assert margins == [16, 32]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_both_panes_are_alike(ratio: float) -> None:
    made = stage(ratio, CompareMode.SIDE_BY_SIDE)
    left, right = made.panes()
    assert left.width == right.width == made.viewport.size[0]
    assert right.x + right.width == round(400 * ratio)
    assert right.x >= left.width + 2 * ratio - 1
    here = QPointF(37, 41)
    there = here + QPointF(right.x / ratio, 0)
    assert made.pixel_at(here) == made.pixel_at(there) is not None


def test_the_split_cannot_leave_the_picture() -> None:
    made = stage(1.0)
    made.viewport.set_picture_size(100, 100)
    made.viewport.set_zoom(1.0)
    window = made.viewport.window()
    assert window is not None
    made.split = -3
    assert made.split == 0
    assert made.split_line(window) == window.left == 150
    assert made.share() == 0
    made.split = 1
    assert made.split_line(window) == window.right == 250
    assert made.share() == 1
    handle = made.handle()
    assert handle is not None
    assert made.area.contains(handle.grip)
