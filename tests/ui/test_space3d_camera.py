"""The camera: a turntable whose projection is what the graphics card is told."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorquant_gui.ui.space3d.camera import DISTANCE, MAX_ZOOM, MIN_ZOOM, Camera

CORNERS = np.array(list(product((0.0, 255.0), repeat=3)))
channels = st.floats(0, 255)
cameras = st.builds(
    Camera,
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.floats(MIN_ZOOM, MAX_ZOOM),
    st.tuples(channels, channels, channels),
)
sizes = st.tuples(st.integers(50, 3000), st.integers(50, 3000))


def test_from_the_front_red_runs_right_and_blue_runs_up() -> None:
    camera = Camera(azimuth=-90, elevation=0)
    black, red, green, blue = camera.project(
        [[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255]], 600, 600
    )[0]
    assert red[0] > black[0] + 100
    assert red[1] == pytest.approx(black[1])
    assert blue[1] < black[1] - 100
    assert blue[0] == pytest.approx(black[0])
    # green runs away from the eye: towards the middle of the picture
    assert black[0] < green[0] < 300 < green[1] < black[1]


def test_a_plane_through_the_centre_is_drawn_to_scale() -> None:
    camera = Camera(azimuth=-90, elevation=0, zoom=2.0)
    place, depth = camera.project([[100, 127.5, 27.5], [110, 127.5, 27.5]], 800, 600)
    assert depth == pytest.approx([DISTANCE, DISTANCE])
    # similar triangles: focal length / distance
    assert place[1, 0] - place[0, 0] == pytest.approx(10 * camera.focal_length(800, 600) / DISTANCE)


@given(cameras, sizes)
def test_the_matrix_agrees_with_the_projection(camera: Camera, size: tuple[int, int]) -> None:
    width, height = size
    clip = np.hstack([CORNERS, np.ones((8, 1))]) @ camera.matrix(width, height).T
    place, depth = camera.project(CORNERS, width, height)
    assert clip[:, 3] == pytest.approx(depth)
    x = (clip[:, 0] / clip[:, 3] + 1) / 2 * width
    y = (1 - clip[:, 1] / clip[:, 3]) / 2 * height
    assert x == pytest.approx(place[:, 0], abs=1e-6 * width * MAX_ZOOM)
    assert y == pytest.approx(place[:, 1], abs=1e-6 * height * MAX_ZOOM)
    # nothing is cut off in depth, and the near is nearer in the depth buffer, too
    z = clip[:, 2] / clip[:, 3]
    assert np.all(np.abs(z) <= 1 + 1e-9)
    assert np.all(np.diff(z[np.argsort(depth)]) >= -1e-9)


@given(cameras)
def test_the_eye_never_enters_the_cube(camera: Camera) -> None:
    assert camera.project(CORNERS, 640, 480)[1].min() > 50


@given(cameras)
def test_the_basis_is_orthonormal_and_right_handed(camera: Camera) -> None:
    basis = np.stack(camera.axes())
    assert basis @ basis.T == pytest.approx(np.identity(3), abs=1e-12)
    assert np.linalg.det(basis) == pytest.approx(1.0)


@pytest.mark.parametrize(("dx", "dy"), [(20, 0), (-15, 0), (0, 12), (0, -12)])
def test_the_front_follows_a_drag(dx: float, dy: float) -> None:
    camera = Camera()
    front = np.array(camera.center) + camera.axes()[2] * 100
    before = camera.project(front, 600, 600)[0]
    after = camera.orbited(dx, dy).project(front, 600, 600)[0]
    moved = after - before
    assert moved @ np.array([dx, dy]) > 0
    assert abs(moved @ np.array([dy, -dx])) < 0.2 * abs(moved @ np.array([dx, dy]))


def test_turning_stops_at_the_poles_and_goes_round_the_equator() -> None:
    assert Camera().orbited(0, 10_000).elevation == 90
    assert Camera().orbited(0, -10_000).elevation == -90
    camera = Camera()
    for _ in range(40):
        camera = camera.orbited(-30, 0)
        assert -180 <= camera.azimuth <= 180
    # 40 x 30 pixels of 0.4 degrees are 480 degrees
    assert math.cos(math.radians(camera.azimuth + 60 - 480)) == pytest.approx(1.0)


def test_zoom_has_limits() -> None:
    assert Camera().zoomed(1e9).zoom == MAX_ZOOM
    assert Camera().zoomed(1e-9).zoom == MIN_ZOOM
    assert Camera().zoomed(1.5).zoom == 1.5


def test_what_is_farther_than_a_person_goes_is_not_brought_closer_by_zooming_out() -> None:
    far = Camera(zoom=0.4)
    assert far.zoomed(0.9).zoom == 0.4
    assert far.zoomed(1.1).zoom == pytest.approx(0.44)
    assert far.zoomed(1.5).zoomed(0.1).zoom == MIN_ZOOM


def test_panning_moves_the_middle_with_the_pointer() -> None:
    camera = Camera(zoom=3.0)
    before = camera.project(camera.center, 700, 500)[0]
    after = camera.panned(25, -14, 700, 500).project(camera.center, 700, 500)[0]
    assert after - before == pytest.approx([25, -14], abs=0.5)


@given(cameras, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_panning_stays_within_the_cube(camera: Camera, dx: float, dy: float) -> None:
    center = camera.panned(dx, dy, 300, 300).center
    assert all(0 <= channel <= 255 for channel in center)


@given(st.floats(-180, 180), st.floats(-90, 90), sizes)
def test_the_whole_cube_is_in_view_at_first(
    azimuth: float, elevation: float, size: tuple[int, int]
) -> None:
    width, height = size
    place = Camera(azimuth, elevation).project(CORNERS, width, height)[0]
    assert place.min() >= 0
    assert np.all(place.max(axis=0) <= size)
