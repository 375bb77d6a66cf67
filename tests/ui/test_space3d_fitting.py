"""The camera that has certain places in view, beside what lies over the picture."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from colorquant_gui.ui.space3d.camera import MIN_ZOOM, Camera
from colorquant_gui.ui.space3d.fitting import fitted, fitted_beside

SIZES = [(317, 160), (480, 261), (640, 480), (300, 700)]
CLOSEST = 6.0

levels = st.floats(0, 255)
places = st.lists(st.tuples(levels, levels, levels), min_size=1, max_size=12).map(np.array)
cameras = st.builds(
    Camera,
    azimuth=st.floats(-180, 180),
    elevation=st.floats(-89, 89),
    perspective=st.booleans(),
)


def seen(camera: Camera, points: np.ndarray, size: tuple[int, int]) -> tuple[np.ndarray, ...]:
    at, _ = camera.project(points, *size)
    return at.min(axis=0), at.max(axis=0)


@settings(max_examples=150, deadline=None)
@given(cameras, places, st.sampled_from(SIZES))
def test_all_is_in_view_and_as_big_as_it_may_be(
    camera: Camera, points: np.ndarray, size: tuple[int, int]
) -> None:
    area = (20.0, 50.0, size[0] - 30.0, size[1] - 25.0)
    found = fitted(camera, points, size, area)
    assert (found.azimuth, found.elevation) == (camera.azimuth, camera.elevation)
    assert found.perspective == camera.perspective
    low, high = seen(found, points, size)
    assert (low >= np.array(area[:2]) - 1).all()
    assert (high <= np.array(area[2:]) + 1).all()
    assert MIN_ZOOM < found.zoom <= CLOSEST
    if found.zoom < CLOSEST and min(found.center) > 30 and max(found.center) < 225:
        room = np.array(area[2:]) - np.array(area[:2])
        assert ((high - low) / room).max() > 0.9


@settings(max_examples=60, deadline=None)
@given(cameras, places, st.sampled_from(SIZES))
def test_all_stays_in_view_while_it_turns(
    camera: Camera, points: np.ndarray, size: tuple[int, int]
) -> None:
    area = (10.0, 10.0, size[0] - 10.0, size[1] - 10.0)
    found = fitted(camera, points, size, area, all_round=True)
    for azimuth in np.arange(-180.0, 180.0, 30.0) + camera.azimuth:
        low, high = seen(replace(found, azimuth=float(azimuth)), points, size)
        assert (low >= np.array(area[:2]) - 1).all()
        assert (high <= np.array(area[2:]) + 1).all()


@settings(max_examples=100, deadline=None)
@given(cameras, places, st.sampled_from(SIZES), st.booleans())
# farther away than a person can go
@example(Camera(0.0, 52.0), np.array([[0.0, 0, 241], [255, 0, 0]]), (317, 160), True)
@example(Camera(0.0, 52.0), np.array(list(product((0.0, 255.0), repeat=3))), (317, 160), True)
def test_nothing_is_seen_in_the_corners(
    camera: Camera, points: np.ndarray, size: tuple[int, int], all_round: bool
) -> None:
    width, height = size
    area = (0.0, 40.0, float(width), float(height))
    corners = [
        (0.0, height - 30.0, 110.0, float(height)),
        (width - 90.0, height - 60.0, float(width), float(height)),
    ]
    found = fitted_beside(camera, points, size, area, corners, all_round=all_round)
    at, _ = found.project(points, *size)
    assert (at >= (0, 40)).all()
    assert (at <= size).all()
    for left, top, right, bottom in corners:
        within = (at >= (left, top)) & (at <= (right, bottom))
        assert not within.all(axis=-1).any()


def test_a_corner_is_gone_round_where_that_brings_the_eye_closer() -> None:
    size, area = (317, 160), (0.0, 40.0, 317.0, 160.0)
    line = np.linspace([51.0, 40, 33], [245.0, 210, 178], 9)
    caption = [(0.0, 130.0, 110.0, 160.0)]
    beside = fitted_beside(Camera(), line, size, area, caption)
    above = fitted_beside(Camera(), line, size, area, [(0.0, 130.0, 317.0, 160.0)])
    assert beside.zoom > 1.1 * above.zoom


@pytest.mark.parametrize("all_round", [False, True])
def test_a_single_place_is_no_reason_to_leave_the_space(all_round: bool) -> None:
    point = np.array([[255.0, 0, 30]])
    area = (0.0, 0.0, 400.0, 300.0)
    found = fitted(Camera(), point, (400, 300), area, all_round=all_round)
    assert found.zoom == CLOSEST
    assert found.project(point[0], 400, 300)[0] == pytest.approx((200, 150), abs=15)
