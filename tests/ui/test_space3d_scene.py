"""The layout of frame, centroids and trails: what both views draw."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont

from colorquant_gui.ui.space3d.axes import layout_axes
from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.layers import LAYERS
from colorquant_gui.ui.space3d.look import Highlight
from colorquant_gui.ui.space3d.marks import centroid_radii, discs, trail_strokes
from colorquant_gui.ui.space3d.scene import Scene
from colorquant_gui.ui.space3d.spaces import RGB

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.shapes import Label

SIZE = (640, 480)
TICKS = RGB.axes[0].ticks
CORNERS = np.array(list(product((0.0, 255.0), repeat=3)))
STYLE = SimpleNamespace(
    background=(0, 0, 0),
    edge=(90, 90, 90),
    grid=(30, 30, 30),
    text=(200, 200, 200),
    focus=(0, 0, 255),
    names=((255, 0, 0), (0, 255, 0), (0, 0, 255)),
    dark=True,
    font=None,
    grid_opacity=1.0,
    page=False,
)
angles = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def text_size(text: str, bold: bool) -> tuple[float, float]:
    return 8.0 * len(text), 12.0


def laid_out(azimuth: float, elevation: float) -> tuple[Camera, object]:
    camera = Camera(azimuth, elevation)
    return camera, layout_axes(camera, *SIZE, STYLE, text_size)


def scene(**values: object) -> Scene:
    made = Scene(STYLE)
    for name, value in values.items():
        setattr(made, name, value)
    return made


def box(label: Label) -> tuple[float, float, float, float]:
    width, height = text_size(label.text, label.bold)
    return (
        label.x - width / 2,
        label.y - height / 2,
        label.x + width / 2,
        label.y + height / 2,
    )


def in_hull(point: np.ndarray, corners: np.ndarray, inset: float) -> bool:
    """Whether a point lies in the outline of some points, and not just on its edge."""
    for angle in np.linspace(0, 2 * np.pi, 72, endpoint=False):
        normal = np.array([np.cos(angle), np.sin(angle)])
        if point @ normal > (corners @ normal).max() - inset:
            return False
    return True


@settings(max_examples=40, deadline=None)
@given(angles)
@example((0.0, 82.0))
def test_every_axis_is_named_unless_it_points_at_the_eye(angle: tuple[float, float]) -> None:
    camera, layout = laid_out(*angle)
    named = {label.text for label in layout.labels if label.bold}
    # how much an axis turns away from the line of sight, in degrees
    aside = np.degrees(np.arccos(np.clip(np.abs(camera.axes()[2]), 0, 1)))
    for name, angle_aside in zip("RGB", aside, strict=True):
        if angle_aside > 6.5:
            assert name in named
        elif angle_aside < 5.5:
            assert name not in named


@settings(max_examples=40, deadline=None)
@given(angles)
def test_no_label_covers_another(angle: tuple[float, float]) -> None:
    _, layout = laid_out(*angle)
    boxes = [box(label) for label in layout.labels]
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = one[0] >= other[2] or other[0] >= one[2]
            assert apart or one[1] >= other[3] or other[1] >= one[3]


@settings(max_examples=40, deadline=None)
@given(angles)
def test_labels_stand_outside_the_cube(angle: tuple[float, float]) -> None:
    camera, layout = laid_out(*angle)
    eye = camera.eye()
    if np.any(np.abs(eye - 127.5) < 127.5):
        return  # seen so straight that an axis points at the eye and ends within the outline
    corners = camera.project(CORNERS, *SIZE)[0]
    for label in layout.labels:
        assert not in_hull(np.array([label.x, label.y]), corners, 2.0)


def test_numbers_stand_beside_their_place_on_the_axis() -> None:
    camera, layout = laid_out(-60, 22)
    numbers = [label for label in layout.labels if not label.bold]
    assert {label.text for label in numbers} == {str(tick) for tick in TICKS}
    # At this angle B is labelled along R = G = 0, R along G = B = 0, G along R = 255, B = 0.
    edges = ((0, [[t, 0, 0] for t in TICKS]), (1, [[255, t, 0] for t in TICKS]))
    edges += ((2, [[0, 0, t] for t in TICKS]),)
    for axis, points in edges:
        found = 0
        for tick, place in zip(TICKS, camera.project(points, *SIZE)[0], strict=True):
            found += any(
                label.text == str(tick) and np.hypot(label.x - place[0], label.y - place[1]) < 32
                for label in numbers
            )
        assert found >= len(TICKS) - 1, axis


@settings(max_examples=40, deadline=None)
@given(angles)
def test_what_is_in_front_hides_nothing_behind_it(angle: tuple[float, float]) -> None:
    camera, layout = laid_out(*angle)
    # An edge is in front of every colour where the two faces at it are seen: by brute force,
    # where stepping from its middle towards the eye leaves the cube at once.
    eye = camera.eye()
    if np.any(np.abs(eye - 127.5) < 127.5):
        return  # seen so straight that no edge of some axis is at the outline
    # By brute force: an edge is in front of every colour where the way from its middle to the
    # eye leaves both slabs that meet there.
    wanted = []
    for axis, u, v in product(range(3), (0.0, 255.0), (0.0, 255.0)):
        middle = np.zeros(3)
        middle[axis], middle[(axis + 1) % 3], middle[(axis + 2) % 3] = 127.5, u, v
        step = middle + 1e-6 * (eye - middle)
        if all(step[(axis + i) % 3] < 0 or step[(axis + i) % 3] > 255 for i in (1, 2)):
            wanted.append(camera.project(middle, *SIZE)[0])
    is_edge = (layout.front.colors[:, 0, :3] == STYLE.edge).all(axis=1)
    edges = layout.front.ends[is_edge]
    assert len(edges) == len(wanted) == 3
    for ends in edges:
        # the middle of an edge is seen near the middle of its line
        assert min(np.hypot(*(ends.mean(axis=0) - place)) for place in wanted) < 12


def test_the_floor_is_behind_from_above_and_in_front_from_below() -> None:
    for elevation, behind in ((30, True), (-30, False)):
        _, layout = laid_out(-60, elevation)
        strokes = layout.back if behind else layout.front
        assert sum(tuple(color[0, :3]) == STYLE.grid for color in strokes.colors) == 6


def test_the_area_of_a_centroid_goes_by_its_share() -> None:
    radii = centroid_radii(np.array([100, 100, 200, 400]))
    assert (radii / radii[0]) ** 2 == pytest.approx([1, 1, 2, 4])


def test_centroids_of_unknown_share_are_equal() -> None:
    assert len(set(centroid_radii(np.zeros(7)).tolist())) == 1
    assert len(centroid_radii(np.zeros(0))) == 0


def test_no_centroid_is_too_small_to_see_or_big_enough_to_hide_the_others() -> None:
    radii = centroid_radii(np.array([1_000_000, *[1] * 255]))
    assert radii.min() > 2
    assert radii.max() < 15
    assert centroid_radii(np.array([10_000, 1])).max() < 25


def test_near_centroids_are_drawn_last() -> None:
    shown = scene(camera=Camera(-90, 0), centroids=np.array([[9.0, 9, 9], [1, 255, 1], [5, 99, 5]]))
    shown.counts = np.ones(3)
    assert discs(shown, *SIZE).colors.tolist() == [[1, 255, 1], [5, 99, 5], [9, 9, 9]]


def test_the_centroid_that_stands_out_is_bigger_and_on_top() -> None:
    shown = scene(camera=Camera(-90, 0), centroids=np.array([[9.0, 9, 9], [1, 255, 1], [5, 99, 5]]))
    shown.counts = np.ones(3)
    before = discs(shown, *SIZE)
    shown.highlight = Highlight(cluster=1)
    after = discs(shown, *SIZE)
    assert before.order.tolist() == [1, 2, 0]
    assert after.order.tolist() == [2, 0, 1]
    assert after.radii[2] > 1.2 * before.radii[0]
    assert after.radii[:2] == pytest.approx(before.radii[1:])
    # the others let what lies under them be seen
    assert (before.opacities == 1).all()
    assert after.opacities[2] == 1
    assert (after.opacities[:2] < 0.5).all()
    # as many clusters as there were before a seeding goes on
    shown.highlight = Highlight(cluster=7)
    assert discs(shown, *SIZE).order.tolist() == [1, 2, 0]


def test_discs_are_smaller_in_a_small_view_and_bigger_in_a_large_one() -> None:
    shown = scene(centroids=np.array([[9.0, 9, 9]]), counts=np.ones(1))
    sides = (120, 240, 340, 480, 2000)
    sizes = [float(discs(shown, side, side).radii[0]) for side in sides]
    assert sizes == sorted(sizes)
    assert sizes[1] / sizes[2] == pytest.approx(240 / 340)
    # but never too small to be pointed at, nor big enough to hide the others
    assert sizes[0] > 0.6 * sizes[2]
    assert sizes[-1] <= 1.5 * sizes[2]


def test_discs_leave_the_balls_of_a_histogram_to_be_seen() -> None:
    shown = scene(centroids=np.array([[9.0, 9, 9]]), counts=np.ones(1))
    usual = float(discs(shown, *SIZE).radii[0])
    shown.cells = SimpleNamespace()
    assert float(discs(shown, *SIZE).radii[0]) == pytest.approx(usual / 2)
    shown.layers -= {"pixels"}
    assert float(discs(shown, *SIZE).radii[0]) == usual


def test_trails_of_other_centroids_stand_back() -> None:
    ways = np.array([[[10.0, 10, 10], [200, 10, 10]]])
    shown = scene(centroids=ways[0] + 40, counts=np.ones(2), trails=ways)
    alone = trail_strokes(shown, *SIZE).colors[..., 3].astype(float)
    shown.highlight = Highlight(cluster=1)
    faint, bright = trail_strokes(shown, *SIZE).colors[..., 3].astype(float)
    assert (faint < 0.5 * alone[0]).all()
    assert (bright == alone[1]).all()


def test_hidden_layers_are_not_laid_out() -> None:
    centroids = np.array([[9.0, 9, 9]])
    shown = scene(centroids=centroids, counts=np.ones(1), trails=centroids[None] + 50)
    shown.points, shown.placed = np.ones((5, 4), np.uint8), 5
    for layer, count in (
        ("pixels", lambda: len(shown.visible_points())),
        ("centroids", lambda: len(discs(shown, *SIZE))),
        ("trails", lambda: len(trail_strokes(shown, *SIZE))),
    ):
        shown.layers = frozenset(LAYERS)
        assert count() > 0
        shown.layers -= {layer}
        assert count() == 0


def test_trails_fade_with_age_and_lead_to_the_centroids() -> None:
    path = np.linspace([10.0, 20, 30], [200, 180, 160], 6)[:, None]
    shown = scene(trails=path[:-1], centroids=path[-1], counts=np.ones(1))
    strokes = trail_strokes(shown, *SIZE)
    assert len(strokes) == 5
    places = shown.camera.project(path[:, 0], *SIZE)[0]
    assert strokes.ends[:, 0] == pytest.approx(places[:-1], abs=1e-3)
    assert strokes.ends[:, 1] == pytest.approx(places[1:], abs=1e-3)
    assert np.all(np.diff(strokes.colors[:, 1, 3].astype(int)) > 0)
    assert strokes.colors[-1, 1].tolist() == [200, 180, 160, 255]


def test_trails_of_another_k_do_not_lead_to_the_centroids() -> None:
    path = np.linspace([[10.0, 20, 30], [60, 60, 0]], [[20, 18, 16], [255, 255, 255]], 4)
    shown = scene(trails=path, centroids=np.ones((3, 3)), counts=np.ones(3))
    assert len(trail_strokes(shown, *SIZE)) == 6


def test_centroids_that_rest_have_no_trail() -> None:
    rest = np.full((8, 2, 3), 77.0)
    shown = scene(trails=rest, centroids=rest[0], counts=np.ones(2))
    assert len(trail_strokes(shown, *SIZE)) == 0


def test_nothing_leaves_no_trail() -> None:
    for trails in (np.empty((0, 0, 3)), np.empty((5, 0, 3)), np.ones((1, 4, 3))):
        assert len(trail_strokes(scene(trails=trails), *SIZE)) == 0


def test_of_too_long_trails_the_whole_way_is_shown_with_fewer_steps() -> None:
    path = np.random.default_rng(0).uniform(0, 255, (50, 4, 3))
    shown = scene(trails=path, centroids=np.empty((0, 3)))
    strokes = trail_strokes(shown, *SIZE, limit=20)
    assert len(strokes) == 20
    first, last = (shown.camera.project(path[step], *SIZE)[0] for step in (0, -1))
    assert strokes.ends[:4, 0] == pytest.approx(first, abs=1e-3)
    assert strokes.ends[-4:, 1] == pytest.approx(last, abs=1e-3)


def test_the_layout_of_the_axes_is_kept_while_nothing_moves(qapp: object) -> None:
    shown = scene(style=SimpleNamespace(**{**vars(STYLE), "font": QFont()}))
    first = shown.axes(*SIZE)
    assert shown.axes(*SIZE) is first
    shown.camera = shown.camera.orbited(5, 0)
    assert shown.axes(*SIZE) is not first
