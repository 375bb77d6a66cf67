"""What the colour-space view shows of a run: boxes, leaps, distances, halves of an iteration."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.ui.space3d.boxes import SplitBoxes
from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.composition import compose
from colorquant_gui.ui.space3d.event_marks import Moves
from colorquant_gui.ui.space3d.marks import discs
from colorquant_gui.ui.space3d.measures import Measure, measure_shapes, placed_labels
from colorquant_gui.ui.space3d.scene import Scene
from colorquant_gui.ui.space3d.shapes import Discs
from colorquant_gui.ui.space3d.spaces import SPACES
from colorquant_gui.ui.space3d.text import PLATE_X, PLATE_Y, text_size
from tests.ui.painted import as_array
from tests.ui.space_colors import COLORS, COUNTS, LABELS, PALETTE, close

SIZE = (640, 480)
STYLE = SimpleNamespace(
    background=(20, 20, 20), edge=(90, 90, 90), text=(210, 210, 210), focus=(0, 0, 255),
    grid=(30, 30, 30), dark=True, font=None, grid_opacity=1.0,
)  # fmt: skip


def text_color(space: Any) -> np.ndarray:
    return np.array(space.scene.style.text)


def background(space: Any) -> np.ndarray:
    return np.array(space.view.palette().color(QPalette.ColorRole.Dark).getRgb()[:3])


def brightest(space: Any, image: np.ndarray, place: tuple[float, ...]) -> float:
    """Contrast to the background of what is drawn at, or right beside, a place."""
    at = space.place(place)
    row, column = int(at.y()), int(at.x())
    around = image[row - 1 : row + 2, column - 1 : column + 2]
    return float(np.abs(around - background(space)).max())


# -- boxes ---------------------------------------------------------------------------------------


def split_at_random(seed: int, n: int) -> tuple[np.ndarray, list[int]]:
    """Boxes halved one after another, and which one was halved each time."""
    rng = np.random.default_rng(seed)
    boxes = [np.array([[0.0, 0.0, 0.0], [255.0, 200.0, 220.0]])]
    halved = []
    while len(boxes) < n:
        number, axis = int(rng.integers(len(boxes))), int(rng.integers(3))
        low, high = boxes[number]
        cut = low[axis] + (high[axis] - low[axis]) * rng.uniform(0.3, 0.7)
        first, second = boxes[number].copy(), boxes[number].copy()
        first[1, axis] = second[0, axis] = cut
        boxes[number] = first
        boxes.append(second)
        halved.append(number)
    return np.array(boxes), halved


@pytest.mark.parametrize("seed", range(12))
def test_the_two_boxes_of_the_newest_split_are_told(seed: int) -> None:
    for n in (2, 3, 7, 20):
        boxes, halved = split_at_random(seed, n)
        newest = np.flatnonzero(SplitBoxes(boxes, "srgb").newest).tolist()
        assert newest == sorted([halved[-1], n - 1])


def test_a_box_alone_is_the_newest() -> None:
    assert SplitBoxes(np.array([[[1.0, 2, 3], [4, 5, 6]]]), "srgb").newest.tolist() == [True]


def corners_within(low: tuple[float, ...], high: tuple[float, ...]) -> np.ndarray:
    return np.array([[low, high]], np.float64)


def test_boxes_have_twelve_straight_edges_in_their_own_space() -> None:
    for key in COLOR_SPACES:
        space, unit = SPACES[key], COLOR_SPACES[key].from_srgb
        low, high = np.sort(unit(np.array([[90, 100, 110], [150, 140, 160]], np.uint8)), axis=0)
        scene = Scene(STYLE, space=space)
        strokes = SplitBoxes(corners_within(tuple(low), tuple(high)), key).strokes(scene, *SIZE)
        assert len(strokes) == 12
        order = {"cielab": [1, 2, 0], "oklab": [1, 2, 0]}.get(key, [0, 1, 2])
        wanted = set()
        for axis in range(3):
            for u in (0, 1):
                for v in (0, 1):
                    ends = np.array([low, low])
                    ends[:, axis] = low[axis], high[axis]
                    ends[:, (axis + 1) % 3] = (low, high)[u][(axis + 1) % 3]
                    ends[:, (axis + 2) % 3] = (low, high)[v][(axis + 2) % 3]
                    seen = scene.camera.project(space.place(ends[:, order]), *SIZE)[0]
                    wanted.add(tuple(sorted(map(tuple, np.rint(seen * 4).tolist()))))
        got = {
            tuple(sorted(map(tuple, np.rint(e * 4).tolist()))) for e in strokes.ends.astype(float)
        }
        assert got == wanted


def test_edges_bend_in_another_space() -> None:
    """Every point of an edge is where the engine's own conversion has it."""
    oklab = COLOR_SPACES["oklab"]
    low, high = np.array([0.45, -0.03, -0.02]), np.array([0.75, 0.05, 0.06])
    scene = Scene(STYLE, space=SPACES["srgb"])
    strokes = SplitBoxes(corners_within(tuple(low), tuple(high)), "oklab").strokes(scene, *SIZE)
    assert len(strokes) > 100
    # the four edges along lightness, finely
    share = np.linspace(0, 1, 400)[:, None]
    for a in (low[1], high[1]):
        for b in (low[2], high[2]):
            line = np.array([low[0], a, b]) * (1 - share) + np.array([high[0], a, b]) * share
            path = scene.camera.project(oklab.to_srgb(line).astype(float), *SIZE)[0]
            away = [
                np.hypot(*(strokes.ends.reshape(-1, 2) - place).T).min() for place in path[::20]
            ]
            # no longer way to the next point of the line than half a part of it
            assert max(away) < np.hypot(*(path[-1] - path[0])) / 20


def test_boxes_morph_with_the_cloud() -> None:
    box = SplitBoxes(corners_within((60, 70, 80), (190, 180, 170)), "srgb")
    first, second = SPACES["srgb"], SPACES["cielab"]
    start = box.strokes(Scene(STYLE, space=second, former_space=first, progress=0.0), *SIZE)
    alone = box.strokes(Scene(STYLE, space=first), *SIZE)
    for place in alone.ends.reshape(-1, 2):
        assert np.hypot(*(start.ends.reshape(-1, 2) - place).T).min() < 0.01
    end = box.strokes(Scene(STYLE, space=second, former_space=first, progress=1.0), *SIZE)
    assert end.ends == pytest.approx(box.strokes(Scene(STYLE, space=second), *SIZE).ends)


def test_boxes_are_seen_and_the_newest_best(space: Any) -> None:
    view = space.view
    boxes = np.array(
        [
            [[0.0, 0, 0], [120, 255, 255]],
            [[120.0, 0, 0], [255, 110, 255]],
            [[120.0, 110, 0], [255, 255, 255]],
        ]
    )
    view.set_boxes(boxes, "srgb")
    image = space.pixels()
    old, new = (0.0, 0.0, 128.0), (255.0, 110.0, 128.0)
    contrast = [brightest(space, image, place) for place in (old, new)]
    assert 8 < contrast[0] < contrast[1] / 1.5
    assert contrast[1] > 0.8 * np.abs(text_color(space) - background(space)).max()
    view.set_boxes(None)
    image = space.pixels()
    assert all(brightest(space, image, place) < 4 for place in (old, new))


def test_two_hundred_boxes_go_with_fewer_centroids(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    boxes, _ = split_at_random(5, 200)
    view.set_boxes(boxes, "srgb")
    view.set_centroids(np.array([[120.0, 130, 60]]))
    assert close(space.at((120, 130, 60)), (120, 130, 60))
    view.set_colors(COLORS, COUNTS)
    assert space.scene.boxes is None


# -- leaps ---------------------------------------------------------------------------------------


def test_what_was_born_has_a_halo_and_what_was_dropped_a_cross(space: Any) -> None:
    view = space.view
    born, dropped = (170.0, 90.0, 60.0), (60.0, 190.0, 200.0)
    view.set_centroids(np.array([born]), [5])
    alone = space.pixels()
    view.set_event([born], [dropped])
    image = space.pixels()
    at = space.place(born)
    row, column = int(at.y()), int(at.x())
    radius = float(discs(space.scene, *space.size).radii[0])
    changed = np.abs(image - alone).max(axis=-1) > 40
    ring = changed[row, column + int(radius) + 4 : column + int(radius) + 20]
    assert ring.any()
    # the disc itself stays as it was
    assert not changed[row - 3 : row + 4, column - 3 : column + 4].any()
    # the plus, at the upper right
    assert changed[row - int(radius) - 22 : row - 3, column + 3 : column + int(radius) + 22].any()
    cross = space.place(dropped)
    assert close(image[int(cross.y()), int(cross.x())], (255, 255, 255), 30)
    assert brightest(space, alone, dropped) < 4
    view.set_layers({"pixels"})
    assert brightest(space, space.pixels(), dropped) < 4
    view.set_layers({"pixels", "centroids", "trails"})
    view.set_event(None, None)
    assert np.array_equal(space.pixels(), alone)


def test_a_halo_goes_with_its_centroid_while_that_glides() -> None:
    scene = Scene(STYLE, centroids=np.array([[100.0, 100, 100]]), counts=np.ones(1))
    moves = Moves(np.array([[95.0, 100, 100], [10.0, 240, 30]]), np.empty((0, 3)))
    halos = moves.halos(scene, *SIZE).ends.reshape(2, -1, 2)
    with_it = scene.camera.project(scene.centroids[0], *SIZE)[0]
    alone = scene.camera.project((10.0, 240, 30), *SIZE)[0]
    assert halos[0].mean(axis=0) == pytest.approx(with_it, abs=0.01)
    assert halos[1].mean(axis=0) == pytest.approx(alone, abs=0.01)


# -- distances -----------------------------------------------------------------------------------

places = st.tuples(st.floats(0, 255), st.floats(0, 255), st.floats(0, 255))


def size_of(text: str, bold: bool) -> tuple[float, float]:
    return 9.0 * len(text) + 12.0, 22.0


@settings(max_examples=60, deadline=None)
@given(places, st.lists(places, min_size=3, max_size=3))
def test_lengths_never_cover_one_another(color: Any, centroids: list[Any]) -> None:
    measures = [
        Measure(color, c, f"{number}23.4", number == 1) for number, c in enumerate(centroids)
    ]
    ends = np.array([(color, c) for c in centroids])
    lines = Camera().project(ends, *SIZE)[0]
    labels = placed_labels(measures, lines, [], SIZE, STYLE, size_of)
    boxes = []
    for label in labels:
        wide, high = size_of(label.text, label.bold)
        boxes.append(
            (label.x - wide / 2, label.y - high / 2, label.x + wide / 2, label.y + high / 2)
        )
        assert boxes[-1][0] >= 0 and boxes[-1][1] >= 0
        assert boxes[-1][2] <= SIZE[0] and boxes[-1][3] <= SIZE[1]
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = one[0] >= other[2] or other[0] >= one[2]
            assert apart or one[1] >= other[3] or other[1] >= one[3]


@pytest.mark.parametrize(
    "lines",
    [
        [[[41, 57], [83, 37]], [[68, 70], [7, 67]]],
        [[[44, 35], [58, 71]], [[9, 68], [17, 71]]],
    ],
)
def test_the_first_length_makes_room_where_another_has_no_other(lines: list[Any]) -> None:
    """Each on the best place for itself, the first before the second, they would overlap."""
    measures = [Measure((0, 0, 0), (1, 1, 1), "12345", number == 0) for number in range(2)]

    def size(text: str, bold: bool) -> tuple[float, float]:
        return 60.0, 22.0

    one, other = placed_labels(measures, np.array(lines, float), [], (150, 80), STYLE, size)
    assert abs(one.x - other.x) >= 60 or abs(one.y - other.y) >= 22


def test_distances_are_drawn_and_the_shortest_stands_out(space: Any) -> None:
    view, color = space.view, np.array([150.0, 110, 80])
    ends = np.array([[220.0, 60, 40], [90, 200, 60], [60, 60, 220]])
    lengths = np.linalg.norm(ends - color, axis=1)
    # the person looks from somewhere, and goes on to
    QTest.keyClick(space.surface, Qt.Key.Key_Left)
    view.set_measures(
        [
            Measure(color, end, f"{length:.1f}", bool(length == lengths.min()))
            for end, length in zip(ends, lengths, strict=True)
        ]
    )
    image = space.pixels()
    for end in ends:
        # close to an end, of which one at least has no label
        near = [tuple(color * (1 - share) + end * share) for share in (0.1, 0.9)]
        assert max(brightest(space, image, place) for place in near) > 25
    labels = compose(space.scene, *space.size).labels
    assert labels[0].text == f"{lengths.min():.1f}"
    for label, plate in zip(labels, (text_color(space), *[background(space)] * 2), strict=True):
        area = image[int(label.y) - 9 : int(label.y) + 10, int(label.x) - 14 : int(label.x) + 15]
        # the plate takes up most of it, and there is text on it
        assert np.median(np.abs(area - plate).max(axis=-1)) < 26
        assert np.abs(area - plate).max() > 100
    view.set_measures([])
    assert brightest(space, space.pixels(), tuple(color * 0.85 + ends[0] * 0.15)) < 4


def test_centroids_are_smaller_beside_distances(space: Any) -> None:
    view, scene = space.view, space.scene
    ends = np.array([[220.0, 183, 152], [242, 211, 178], [173, 146, 112]])
    view.set_centroids(ends, [1, 1, 1])
    radius = discs(scene, *space.size).radii.max()
    view.set_measures([Measure((216, 175, 145), ends[0], "11.4", True)])
    assert discs(scene, *space.size).radii.max() < 0.8 * radius
    view.set_measures([])
    assert discs(scene, *space.size).radii.max() == radius


def style_with_font() -> Any:
    return SimpleNamespace(**{**vars(STYLE), "font": QFont()})


@settings(max_examples=80, deadline=None)
@given(places, places, st.floats(0, 12), st.floats(4, 20))
def test_the_length_of_a_short_line_stands_right_beside_it(
    qapp: Any, start: Any, way: Any, length: float, radius: float
) -> None:
    along = np.array(way) - 127.5
    end = np.array(start) + along / max(float(np.linalg.norm(along)), 1e-9) * length
    scene = Scene(style_with_font(), measures=(Measure(start, end, "5.9", True),))
    line = scene.camera.project(np.array([start, end]), *SIZE)[0]
    middle = line.mean(axis=0)
    # a disc over all of it, which the label has to keep clear of
    discs = Discs(
        middle[None].astype(np.float32), np.array([radius], np.float32),
        np.zeros((1, 3), np.uint8), np.zeros(1, np.intp), np.ones(1, np.float32),
    )  # fmt: skip
    strokes, (label,) = measure_shapes(scene, *SIZE, discs)
    wide, high = text_size(QFont(), "5.9", True)
    apart = np.abs([label.x, label.y] - middle) - (wide / 2 + PLATE_X, high / 2 + PLATE_Y)
    assert apart.max() >= radius - 0.5
    assert np.hypot(*np.maximum(apart, 0)) < radius * 1.42 + 24
    # what is farther off is tied to its line
    ties = [
        ends for ends in strokes.ends.tolist()
        if np.allclose(ends[0], middle, atol=0.1)
        and np.allclose(ends[1], [label.x, label.y], atol=0.1)
    ]  # fmt: skip
    assert len(ties) == 2


def test_a_length_on_its_line_is_not_tied(qapp: Any) -> None:
    scene = Scene(
        style_with_font(), measures=(Measure((20, 20, 20), (220, 220, 220), "346.4", True),)
    )
    strokes, _ = measure_shapes(scene, *SIZE, Discs.none())
    assert len(strokes) == 2


def test_no_length_stands_under_the_buttons(qapp: Any) -> None:
    scene = Scene(
        style_with_font(), measures=(Measure((20, 20, 20), (220, 220, 220), "346.4", True),)
    )
    ends = np.array([(20.0, 20, 20), (220, 220, 220)])
    x, y = scene.camera.project(ends, *SIZE)[0].mean(axis=0)
    scene.covered = int(y) - 10
    scene.kept_free = ((x - 60, y - 10, x + 60, y + 300),)
    _, (label,) = measure_shapes(scene, *SIZE, Discs.none())
    wide, high = text_size(QFont(), "346.4", True)
    assert label.y - high / 2 >= scene.covered
    inside = x - 60 - wide / 2 < label.x < x + 60 + wide / 2
    assert not (inside and y - 10 - high / 2 < label.y < y + 300 + high / 2)


# -- what is to be in view -----------------------------------------------------------------------

SCOPE = np.array([[51.0, 40, 33], [216, 175, 145], [245, 210, 178]])


def all_seen(space: Any, margin: float = 10.0) -> bool:
    scene, (width, height) = space.scene, (space.view.width(), space.view.height())
    at, _ = scene.camera.project(scene.place(SCOPE), width, height)
    low, high = at.min(axis=0), at.max(axis=0)
    return bool(
        (low > (margin, scene.covered)).all() and (high < (width - margin, height - margin)).all()
    )


def test_what_is_of_interest_is_seen_closely_at_any_size(space: Any) -> None:
    view, scene = space.view, space.scene
    home = scene.camera
    view.set_scope(SCOPE[1:])
    space.qtbot.waitUntil(lambda: scene.camera.zoom > 3, timeout=3000)
    view.set_scope(SCOPE)
    space.qtbot.waitUntil(lambda: 1 < scene.camera.zoom < 3 and all_seen(space), timeout=3000)
    assert (scene.camera.azimuth, scene.camera.elevation) == (home.azimuth, home.elevation)
    for size in ((330, 170), (700, 300), (360, 640)):
        view.resize(*size)
        space.qtbot.waitUntil(lambda size=size: (view.width(), view.height()) == size)
        space.qtbot.waitUntil(lambda: all_seen(space), timeout=3000)
    for key in ("cielab", "rgb"):
        view.set_view_options({"space": key, "perspective": key == "rgb"})
        space.qtbot.waitUntil(lambda: all_seen(space), timeout=3000)
    view.set_scope(None)
    space.qtbot.waitUntil(lambda: scene.camera == home, timeout=3000)


def test_large_discs_are_not_cut(space: Any) -> None:
    view, size = space.view, (1200, 900)
    view.set_colors(SCOPE.astype(np.uint8), np.array([1, 1, 1]))
    view.resize(*size)
    space.qtbot.waitUntil(lambda: (view.width(), view.height()) == size)
    view.set_scope(SCOPE)
    space.qtbot.waitUntil(lambda: all_seen(space), timeout=3000)
    space.qtbot.wait(350)
    scene = space.scene
    at, depth = scene.camera.project(SCOPE, *size)
    # a frequent colour has the largest: 0.8 to 1.8 times the usual radius
    radii = 1.8 * scene.point_diameter(3) / 2 * scene.camera.point_scale(*size) / depth
    assert radii.max() > 22
    assert (at - radii[:, None] > (0, scene.covered)).all()
    assert (at + radii[:, None] < size).all()


@pytest.mark.parametrize("how", ["turn", "zoom", "align"])
def test_who_turns_or_zooms_keeps_that(space: Any, how: str) -> None:
    view, scene = space.view, space.scene
    view.set_scope(SCOPE)
    space.qtbot.waitUntil(lambda: all_seen(space) and scene.camera.zoom > 1, timeout=3000)
    key = {"turn": Qt.Key.Key_Left, "zoom": Qt.Key.Key_Plus, "align": Qt.Key.Key_1}[how]
    before = scene.camera
    # the focus alone is no move
    space.surface.setFocus()
    view.resize(500, 300)
    space.qtbot.waitUntil(lambda: scene.camera != before and all_seen(space), timeout=3000)
    QTest.keyClick(space.surface, key)
    space.qtbot.wait(400)
    mine = scene.camera
    view.resize(400, 330)
    view.set_scope(SCOPE[:2])
    view.set_scope(None)
    view.set_scope(SCOPE)
    space.qtbot.wait(400)
    assert scene.camera == mine
    # until the whole is asked for
    QTest.keyClick(space.surface, Qt.Key.Key_0)
    space.qtbot.waitUntil(lambda: all_seen(space), timeout=3000)
    assert scene.camera.azimuth == Camera().azimuth


def test_while_it_turns_by_itself_all_stays_in_view(space: Any) -> None:
    view, scene = space.view, space.scene
    view.set_scope(SCOPE)
    QTest.keyClick(space.surface, Qt.Key.Key_R)
    start = scene.camera.azimuth
    space.qtbot.waitUntil(lambda: scene.camera.azimuth > start + 20, timeout=8000)
    assert all_seen(space)
    camera = scene.camera
    for azimuth in range(0, 360, 20):
        scene.camera = replace(camera, azimuth=azimuth - 180.0)
        assert all_seen(space), azimuth
    QTest.keyClick(space.surface, Qt.Key.Key_R)


def test_a_picture_of_another_size_has_it_all_too(space: Any) -> None:
    view = space.view
    view.set_colors(SCOPE.astype(np.uint8), np.array([1, 1, 1]))
    view.set_layers({"pixels"})
    view.set_scope(SCOPE)
    space.qtbot.waitUntil(lambda: all_seen(space), timeout=3000)
    for size in ((160, 240), (500, 200), (800, 900)):
        for azimuth in (-60.0, 75.0):
            image = as_array(view.render_image(size=size, azimuth=azimuth, fitted=True))[..., :3]
            apart = np.abs(image.astype(int) - background(space)).max(axis=-1) > 20
            for color in SCOPE:
                # in their own colours, shaded
                near = np.abs(image.astype(int) - color).max(axis=-1) < 40
                assert (near & apart).sum() >= 6, (size, color)
            border = np.ones(apart.shape, bool)
            border[4:-4, 4:-4] = False
            assert not apart[border].any()


# -- halves of an iteration ----------------------------------------------------------------------


def caption(space: Any) -> str:
    label = space.find(QLabel, "spacePhase")
    return label.text() if label.isVisible() else ""


def test_points_take_the_colours_of_centroids_and_keep_them_while_these_glide(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_labels(LABELS, PALETTE)
    assert close(space.at(tuple(COLORS[2])), COLORS[2])
    assert caption(space) == ""
    view.set_phase("assign")
    assert caption(space) == "Assign colours"
    assert close(space.at(tuple(COLORS[2])), PALETTE[1])
    view.set_phase("update")
    assert caption(space) == "Update centroids"
    view.set_labels(LABELS, PALETTE // 2)
    assert close(space.at(tuple(COLORS[2])), PALETTE[1])
    view.set_phase("assign")
    view.set_labels(LABELS[::-1].copy(), PALETTE // 2)
    assert close(space.at(tuple(COLORS[2])), PALETTE[0] // 2)
    view.set_phase("")
    assert caption(space) == ""
    assert close(space.at(tuple(COLORS[2])), COLORS[2])
    assert view.view_options()["colorMode"] == "true"


def test_an_update_that_is_jumped_to_has_its_colours(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_phase("update")
    view.set_labels(LABELS, PALETTE)
    assert close(space.at(tuple(COLORS[0])), PALETTE[0])
    view.set_labels(LABELS[::-1].copy(), PALETTE)
    assert close(space.at(tuple(COLORS[0])), PALETTE[1])
    view.set_phase("nonsense")
    assert close(space.at(tuple(COLORS[0])), COLORS[0])
