"""Pictures of the colour space: saved by a person, or drawn one after another for an animation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox

from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.space3d.picture import SpaceContent
from tests.ui.painted import as_array
from tests.ui.space_colors import COLORS, COUNTS, LABELS, PALETTE, close


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_the_view_is_drawn_at_any_size(space: Any, scale: int) -> None:
    space.view.set_colors(COLORS, COUNTS)
    space.view.set_centroids(np.array([[120.0, 120, 60]]), [7])
    space.settle()
    background = space.pixels()[-1, 1]
    width, height = space.size
    image = as_array(space.view.render_image(scale, False))
    assert image.shape == (height * scale, width * scale, 4)
    assert image[..., 3].min() == 255
    assert image[-1, 1, :3].tolist() == background.tolist()
    clear = as_array(space.view.render_image(scale, True))
    assert clear[-1, 1, 3] == 0
    for picture in (image, clear):
        for color in (*COLORS, np.array([120, 120, 60])):
            place = space.place(tuple(color))
            got = picture[int(place.y() * scale), int(place.x() * scale)]
            assert close(got[:3], color)
            assert got[3] == 255
    assert close(space.at(tuple(COLORS[0])), COLORS[0])


def test_centroids_that_stand_back_let_the_background_through(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_layers({"centroids"})
    centroids = np.array([[220.0, 40, 40], [40, 40, 220]])
    view.set_centroids(centroids, [1, 1])
    space.settle()
    background = space.pixels()[-1, 1].astype(float)
    view.set_highlight(None, 1)
    space.settle()
    red, blue = (np.array(space.at(tuple(color)), float) for color in centroids)
    assert close(blue, centroids[1])
    # rings that lie under the colour take no part
    mixed = background[:3] + 0.35 * (centroids[0] - background[:3])
    assert red[:3] == pytest.approx(mixed, abs=3)


def test_a_saved_view_is_asked_for(space: Any) -> None:
    told: list[tuple[int, bool]] = []
    space.view.saveViewRequested.connect(lambda scale, clear: told.append((scale, clear)))
    space.find(QAction, "saveView2x").trigger()
    space.find(QAction, "saveViewTransparent").trigger()
    space.find(QAction, "saveView4x").trigger()
    assert told == [(2, False), (4, True)]


def test_a_view_that_was_never_shown_is_saved_all_the_same(qtbot: Any) -> None:
    view = ColorSpaceView(use_opengl=False)
    qtbot.addWidget(view)
    view.resize(300, 260)
    view.set_colors(COLORS, COUNTS)
    image = view.render_image(2, True)
    assert (image.width(), image.height()) == (600, 520)
    x, y = view._scene.camera.project(COLORS[0], 300, 260)[0]
    assert close(as_array(image)[int(2 * y), int(2 * x), :3], COLORS[0])


# -- pictures for an animation -------------------------------------------------------------------


def test_pictures_are_drawn_aside_from_the_screen(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_labels(LABELS, PALETTE)
    view.set_centroids(np.array([[120.0, 120, 60]]), [7])
    before, camera = space.pixels(), space.scene.camera
    content = SpaceContent(
        np.array([[150.0, 60, 150]]), [3], LABELS[::-1].copy(), PALETTE, None, "assign"
    )
    image = view.render_image(size=(320, 200), azimuth=75.0, content=content, scale=1.5)
    assert (image.width(), image.height(), image.devicePixelRatio()) == (480, 300, 1.5)
    assert space.surface.settled
    assert space.scene.camera == camera
    assert view.azimuth == camera.azimuth
    assert np.array_equal(space.pixels(), before)
    drawn, turned = as_array(image)[..., :3], replace(camera, azimuth=75.0)
    wanted = [*zip(COLORS, PALETTE[LABELS[::-1]], strict=True)]
    wanted.append((np.array([150, 60, 150]), np.array([150, 60, 150])))
    for color, tint in wanted:
        x, y = turned.project(color, 320, 200)[0] * 1.5
        assert close(drawn[int(y), int(x)], tint)


def test_a_picture_from_the_same_side_is_the_one_on_the_screen(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_centroids(np.array([[120.0, 120, 60]]), [7])
    image = as_array(view.render_image(azimuth=view.azimuth))
    # the legend and the bar are not part of it
    apart = np.abs(image[90:-100, :, :3] - space.pixels()[90:-100]).max(axis=-1)
    # rims are smoothed in another way
    assert (apart > 3).mean() < 0.005
    assert apart.max() < 90
    assert np.array_equal(image, as_array(view.render_image()))
    whole_turn = as_array(view.render_image(azimuth=view.azimuth + 360.0))
    assert np.abs(whole_turn - image).max() <= 2


def test_of_an_animation_not_every_colour_need_be_drawn(space: Any) -> None:
    space.view.set_colors(COLORS, np.array([1, 10_000, 1, 1]))
    # the populous come first
    image = as_array(space.view.render_image(max_points=1))
    seen = []
    for color in COLORS:
        place = space.place(tuple(color))
        seen.append(close(image[int(place.y()), int(place.x()), :3], color))
    assert seen == [False, True, False, False]


def test_a_picture_taken_on_the_way_to_a_space_shows_the_end_of_it(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    combo = space.find(QComboBox, "spaceCombo")
    combo.setCurrentIndex(combo.findData("hsv"))
    combo.activated.emit(combo.currentIndex())
    assert space.scene.is_changing
    image = as_array(view.render_image())
    space.settle()
    for color in COLORS:
        place = space.place(tuple(color))
        assert close(image[int(place.y()), int(place.x()), :3], color)
