"""All of the space below the bar: how it is seen first, again with Home, and while it turns."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.space3d.camera import Camera
from tests.ui.space_colors import COLORS, COUNTS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CORNERS = np.array(list(product((0, 255), repeat=3)), np.uint8)
# Docked in the smallest window and in one of 1280 × 800, and on its own.
SMALL, DOCKED, LARGE = (309, 160), (480, 249), (900, 700)


@pytest.fixture
def view(qtbot: QtBot) -> ColorSpaceView:
    shown = ColorSpaceView(use_opengl=False)
    qtbot.addWidget(shown)
    shown.resize(*SMALL)
    shown.set_colors(COLORS, COUNTS)
    shown.show()
    qtbot.waitUntil(lambda: shown.findChild(QWidget, "spaceViewport") is not None)
    return shown


def bar_below(view: ColorSpaceView) -> int:
    """How far down its buttons, the choice of the space and the legend reach."""
    found = view.findChildren(QAbstractButton)
    over = [one for one in found if one.window() is view and one.isVisible()]
    return max(one.mapTo(view, one.rect().bottomLeft()).y() for one in over)


def seen(view: ColorSpaceView, azimuth: float | None = None) -> np.ndarray:
    """Where the corners of the RGB cube are in the view, shape (8, 2)."""
    camera = view._scene.camera
    if azimuth is not None:
        camera = replace(camera, azimuth=azimuth)
    places = view._scene.space.positions(CORNERS)
    return camera.project(places, view.width(), view.height())[0]


def moved(view: ColorSpaceView) -> None:
    """Turn, go up and zoom in, as a person does."""
    surface = view.findChild(QWidget, "spaceViewport")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Plus):
        QTest.keyClick(surface, key)


@pytest.mark.parametrize("size", [SMALL, DOCKED, LARGE])
@pytest.mark.parametrize("perspective", [True, False])
@pytest.mark.parametrize("space", ["srgb", "cielab", "oklab", "hsv", "ycbcr"])
def test_the_outline_is_below_the_bar_from_every_side(
    view: ColorSpaceView, qtbot: QtBot, size: tuple[int, int], perspective: bool, space: str
) -> None:
    view.set_view_options({"space": space, "perspective": perspective})
    view.resize(*size)
    qtbot.waitUntil(lambda: not view._scene.is_changing)
    moved(view)
    QTest.mouseClick(view.findChild(QAbstractButton, "resetViewButton"), Qt.MouseButton.LeftButton)
    assert view._scene.camera.elevation == Camera().elevation
    for azimuth in range(-180, 180, 7):
        places = seen(view, azimuth)
        assert places[:, 1].min() > bar_below(view)
        assert places[:, 1].max() < size[1] - 12
        assert 0 < places[:, 0].min() < places[:, 0].max() < size[0]


def test_it_is_no_smaller_than_it_has_to_be(view: ColorSpaceView) -> None:
    assert 0.7 < view._scene.camera.zoom < 0.95
    for size in (DOCKED, LARGE):
        view.resize(*size)
        assert view._scene.camera == Camera()


def test_it_is_seen_whole_at_any_size_until_a_person_turns_it(view: ColorSpaceView) -> None:
    small = view._scene.camera
    view.resize(*LARGE)
    view.resize(*SMALL)
    assert view._scene.camera == small
    moved(view)
    turned = view._scene.camera
    view.resize(*LARGE)
    assert view._scene.camera == turned
    view.resize(*SMALL)
    view.reset_view()
    assert view._scene.camera == small


def test_it_stays_below_the_bar_while_it_turns_by_itself(
    view: ColorSpaceView, qtbot: QtBot
) -> None:
    start = view._scene.camera.azimuth
    button = view.findChild(QAbstractButton, "autoRotateButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: abs(view._scene.camera.azimuth - start) > 5)
    view.resize(*DOCKED)
    view.resize(*SMALL)
    qtbot.waitUntil(lambda: view._scene.camera.zoom < 0.95)
    assert abs(view._scene.camera.azimuth - start) > 5
    assert seen(view)[:, 1].min() > bar_below(view)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert view._scene.camera.zoom < 0.95


def test_a_picture_without_a_bar_shows_it_as_large_as_ever(view: ColorSpaceView) -> None:
    assert view._navigation.camera_for((640, 480)) == Camera()
