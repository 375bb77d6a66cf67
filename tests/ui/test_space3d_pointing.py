"""Hover, click, tooltip, gizmo and projection in the colour-space view, by real events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from colorquant_gui.ui.space3d.camera import DISTANCE, Camera
from colorquant_gui.ui.space3d.look import DIM, SHOWN, Highlight
from colorquant_gui.ui.space3d.picking import Picker
from colorquant_gui.ui.space3d.scene import Scene

LEFT = Qt.MouseButton.LeftButton
COLORS = np.array([[200, 60, 60], [60, 190, 70], [70, 70, 210], [180, 170, 90]], np.uint8)
COUNTS = np.array([4000, 3000, 2000, 1000])


def filled(n: int, **values: Any) -> Scene:
    rng = np.random.default_rng(11)
    scene = Scene(None)
    scene.points = rng.integers(0, 256, (n, 4)).astype(np.uint8)
    scene.indices = np.arange(n)
    scene.world = scene.points[:, :3].astype(np.float32)
    scene.placed = scene.total = n
    for name, value in values.items():
        setattr(scene, name, value)
    return scene


@pytest.mark.parametrize("perspective", [True, False])
@pytest.mark.parametrize("zoom", [0.7, 1.3, 9.0])
def test_the_ball_that_is_seen_under_the_pointer_is_found(perspective: bool, zoom: float) -> None:
    camera = Camera(25, 40, zoom, (90.0, 140.0, 120.0), perspective=perspective)
    scene = filled(3000, camera=camera)
    picker = Picker(scene)
    places, depth = camera.project(scene.points[:, :3], 500, 400)
    # the same as the shader does: a size at the depth of the centre, bigger where it is near
    wide = scene.point_diameter(3000) * camera.point_scale(500, 400) / DISTANCE
    radii = wide / 2 * (0.8 + scene.points[:, 3] / 255) * camera.magnification(depth)
    seen = beside = nothing = 0
    for x, y in np.random.default_rng(2).uniform((0, 0), (500, 400), (300, 2)):
        away = np.hypot(*(places - (x, y)).T)
        covering = np.flatnonzero(away <= np.maximum(radii, 0.5))
        row = picker.point(x, y, 500, 400)
        if len(covering):
            seen += 1
            assert row == covering[depth[covering].argmin()]
        elif away.min() <= 6:
            beside += 1
            assert row == away.argmin()
        else:
            nothing += 1
            assert row is None
    assert seen + beside > 20
    assert nothing > 3


def test_what_stands_out_is_found_before_what_is_dimmed_in_front_of_it() -> None:
    towards, middle = Camera().axes()[2], np.full(3, 127.5)
    scene = filled(2)
    scene.world = np.array([middle + 60 * towards, middle - 60 * towards], np.float32)
    x, y = scene.camera.project(middle, 500, 400)[0]
    picker = Picker(scene)
    assert picker.point(x, y, 500, 400) == 0
    scene.states = np.array([DIM, SHOWN], np.uint8)
    assert picker.point(x, y, 500, 400) == 1


def test_hidden_points_are_not_found() -> None:
    scene = filled(1)
    x, y = scene.camera.project(scene.points[0, :3], 500, 400)[0]
    picker = Picker(scene)
    assert picker.point(x + 2, y - 1, 500, 400) == 0
    assert picker.point(x + 30, y, 500, 400) is None
    assert picker.point(-50, -50, 500, 400) is None
    scene.states = np.zeros(1, np.uint8)
    assert picker.point(x, y, 500, 400) is None
    scene.states = None
    scene.layers = scene.layers - {"pixels"}
    assert picker.point(x, y, 500, 400) is None
    scene.layers = scene.layers | {"pixels"}
    scene.camera = scene.camera.orbited(90, 0)
    x, y = scene.camera.project(scene.points[0, :3], 500, 400)[0]
    assert picker.point(x, y, 500, 400) == 0


def test_the_nearest_centroid_is_found() -> None:
    towards = Camera().axes()[2]
    middle = np.full(3, 127.5)
    scene = filled(5, centroids=np.array([middle - 50 * towards, middle + 50 * towards]))
    scene.counts = np.ones(2)
    x, y = scene.camera.project(scene.centroids[1], 500, 400)[0]
    picker = Picker(scene)
    assert picker.centroid(x, y, 500, 400) == 1
    assert picker.centroid(x + 60, y, 500, 400) is None
    scene.layers = scene.layers - {"centroids"}
    assert picker.centroid(x, y, 500, 400) is None


def test_hovering_tells_colours_and_centroids(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_centroids(np.array([[120.0, 20, 130], [110, 230, 140]]), [7, 3])
    space.settle()
    colors: list[Any] = []
    centroids: list[Any] = []
    view.colorHovered.connect(colors.append)
    view.centroidHovered.connect(centroids.append)
    for index, color in enumerate(COLORS):
        space.hover(space.place(tuple(color)))
        space.qtbot.waitUntil(lambda wanted=index: colors[-1:] == [wanted])
    space.hover(space.place((110, 230, 140)))
    space.qtbot.waitUntil(lambda: centroids == [1])
    assert colors[-1] is None
    space.hover(QPoint(3, 415))
    space.qtbot.waitUntil(lambda: centroids == [1, None])


def test_a_click_is_told_and_a_drag_is_not(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_centroids(np.array([[120.0, 20, 130], [110, 230, 140]]), [7, 3])
    space.settle()
    told: list[Any] = []
    view.colorClicked.connect(lambda index: told.append(("color", index)))
    view.centroidClicked.connect(lambda index: told.append(("centroid", index)))
    space.click(space.place(tuple(COLORS[3])))
    space.click(space.place((120, 20, 130)))
    space.click(QPointF(4, 412))
    assert told == [("color", 3), ("centroid", 0), ("color", None)]
    at = space.place(tuple(COLORS[0])).toPoint()
    QTest.mousePress(space.surface, LEFT, pos=at)
    QTest.mouseMove(space.surface, at + QPoint(30, 0))
    QTest.mouseMove(space.surface, at)
    QTest.mouseRelease(space.surface, LEFT, pos=at)
    assert len(told) == 3


def test_a_rest_brings_a_tooltip(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_labels(np.array([0, 0, 1, 1], np.uint8), np.array([[1, 2, 3], [250, 128, 7]], "u1"))
    view.set_centroids(np.array([[120.0, 20, 130], [110, 230, 140]]), [7000, 3000])
    space.settle()
    space.hover(space.place(tuple(COLORS[2])))
    space.qtbot.waitUntil(lambda: "#4646D2" in QToolTip.text())
    for words in ("R 70", "G 70", "B 210", "2,000 pixels · 20.0 %", "#FA8007"):
        assert words in QToolTip.text()
    space.hover(space.place((120, 20, 130)))
    space.qtbot.waitUntil(lambda: "Centroid" in QToolTip.text())
    assert "7,000 pixels · 70.0 %" in QToolTip.text()
    QToolTip.hideText()


# -- where it is seen from -----------------------------------------------------------------------


def test_a_click_on_the_gizmo_looks_from_there(space: Any) -> None:
    gizmo = space.find(QWidget, "spaceGizmo")
    # without colours there is nothing to look at
    assert not gizmo.isVisible()
    space.view.set_colors(COLORS, COUNTS)
    assert gizmo.isVisible()
    for axis, sign in ((0, 1), (2, 1), (1, -1)):
        QTest.mouseClick(gizmo, LEFT, pos=gizmo.place_of(axis, sign).toPoint())
        space.qtbot.waitUntil(
            lambda a=axis, s=sign: space.scene.camera.axes()[2][a] * s > 0.99999, timeout=3000
        )


def test_keys_look_along_an_axis_and_back(space: Any) -> None:
    for axis, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)):
        for sign in (1, -1):
            QTest.keyClick(space.surface, key)
            space.qtbot.waitUntil(
                lambda a=axis, s=sign: space.scene.camera.axes()[2][a] * s > 0.99999, timeout=3000
            )


def test_the_projection_is_changed_by_button_and_key(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    told: list[bool] = []
    view.viewOptionsChanged.connect(lambda options: told.append(options["perspective"]))
    button = space.find(QToolButton, "perspectiveButton")
    QTest.mouseClick(button, LEFT)
    home = space.scene.camera
    assert (home.perspective, home.azimuth, home.elevation) == (False, -60.0, 22.0)
    # parallel edges of the cube are parallel on the screen, and colours where they belong
    ends = space.scene.camera.project([[0, 0, 0], [255, 0, 0], [0, 255, 255], [255] * 3], 9, 9)[0]
    assert ends[1] - ends[0] == pytest.approx(ends[3] - ends[2])
    for color in COLORS:
        assert np.abs(np.subtract(space.at(tuple(color)), color)).max() <= 14
    QTest.keyClick(space.surface, Qt.Key.Key_P)
    assert space.scene.camera.perspective
    assert button.isChecked()
    assert told == [False, True]
    QTest.keyClick(space.surface, Qt.Key.Key_P)
    QTest.keyClick(space.surface, Qt.Key.Key_Left)
    QTest.mouseClick(space.find(QToolButton, "resetViewButton"), LEFT)
    assert space.scene.camera == home


def test_it_turns_by_itself_until_told_otherwise(space: Any) -> None:
    button = space.find(QToolButton, "autoRotateButton")
    start = space.scene.camera
    QTest.keyClick(space.surface, Qt.Key.Key_R)
    assert button.isChecked()
    space.qtbot.waitUntil(lambda: abs(space.scene.camera.azimuth - start.azimuth) > 1)
    QTest.mouseClick(button, LEFT)
    stopped = space.scene.camera
    assert replace(stopped, azimuth=start.azimuth) == start
    space.qtbot.wait(80)
    assert space.scene.camera == stopped


def test_it_does_not_turn_against_the_hand(space: Any) -> None:
    QTest.keyClick(space.surface, Qt.Key.Key_R)
    start = space.scene.camera
    space.qtbot.waitUntil(lambda: space.scene.camera != start)
    QTest.mousePress(space.surface, LEFT, pos=QPoint(200, 200))
    QTest.mouseMove(space.surface, QPoint(230, 200))
    held = space.scene.camera
    space.qtbot.wait(150)
    assert space.scene.camera == held
    QTest.mouseRelease(space.surface, LEFT, pos=QPoint(230, 200))
    # and goes on after a while
    space.qtbot.waitUntil(lambda: space.scene.camera != held, timeout=3000)
    QTest.keyClick(space.surface, Qt.Key.Key_R)


# -- what stands out no longer -------------------------------------------------------------------


@pytest.fixture
def lit(space: Any) -> Any:
    """A view that lights up what is pointed at, and `told`: which colours, which centroids."""
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_labels(np.array([0, 0, 1, 1], np.uint8), None)
    view.set_centroids(np.array([[120.0, 20, 130], [110, 230, 140]]), [7, 3])
    space.settle()
    space.told = []
    for signal, kind in ((view.colorHovered, "color"), (view.centroidHovered, "centroid")):
        signal.connect(lambda number, kind=kind: space.told.append((kind, number)))
    view.colorHovered.connect(lambda number: view.set_highlight(number, None))
    view.centroidHovered.connect(lambda number: view.set_highlight(None, number))
    yield space
    QToolTip.hideText()


@pytest.mark.parametrize(
    ("kind", "number", "color"), [("color", 3, COLORS[3]), ("centroid", 1, (110, 230, 140))]
)
def test_what_was_released_lights_up_again_once_the_pointer_moves(
    lit: Any, kind: str, number: int, color: tuple[float, ...]
) -> None:
    view, told = lit.view, lit.told
    place = lit.place(tuple(color))
    lit.hover(place)
    lit.qtbot.waitUntil(lambda: told == [(kind, number)])
    shown = lit.scene.highlight
    assert shown != Highlight()
    view.set_highlight(None, None)
    # not by itself, while the scene is drawn again
    for _ in range(5):
        view._surface.refresh()
        lit.qtbot.wait(40)
    lit.hover(place)
    lit.qtbot.wait(80)
    assert told == [(kind, number)]
    lit.hover(place + QPoint(2, 1))
    lit.qtbot.waitUntil(lambda: told == [(kind, number)] * 2)
    assert lit.scene.highlight == shown
    # and is told once
    lit.hover(place + QPoint(1, 1))
    lit.qtbot.wait(80)
    assert told == [(kind, number)] * 2


def test_what_was_released_is_left_as_anything(lit: Any) -> None:
    lit.hover(lit.place(tuple(COLORS[3])))
    lit.qtbot.waitUntil(lambda: lit.told == [("color", 3)])
    lit.view.set_highlight(None, None)
    lit.hover(QPoint(3, 415))
    lit.qtbot.waitUntil(lambda: lit.told == [("color", 3), ("color", None)])


def test_who_ends_what_was_lit_before_does_not_release_what_is_pointed_at_now(lit: Any) -> None:
    view, told = lit.view, lit.told

    def relight(number: int | None) -> None:
        view.set_highlight(None, None)
        view.set_highlight(number, None)

    view.colorHovered.connect(relight)
    for index in (3, 0):
        lit.hover(lit.place(tuple(COLORS[index])))
        words = "#{:02X}{:02X}{:02X}".format(*COLORS[index].tolist())
        lit.qtbot.waitUntil(lambda words=words: words in QToolTip.text())
        assert lit.scene.highlight.color == tuple(COLORS[index].tolist())
    lit.hover(lit.place(tuple(COLORS[0])) + QPoint(2, 1))
    lit.qtbot.wait(80)
    assert told == [("color", 3), ("color", 0)]
