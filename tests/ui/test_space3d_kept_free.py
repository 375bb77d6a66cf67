"""Labels of the axes keep clear of everything that lies over the colour space."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.captions import captions
from colorquant_gui.ui.space3d.spaces import SPACES
from colorquant_gui.ui.space3d.text import text_size
from tests.ui.space_colors import COLORS, COUNTS

OVERLAYS = ("spaceGizmo", "errorBar", "spacePhase", "spaceMessage", "spaceStatus", "spaceLegend")


def lying_over(view: QWidget) -> dict[str, QRect]:
    areas = {}
    for name in OVERLAYS:
        widget = view.findChild(QWidget, name)
        assert widget is not None, name
        if widget.isVisible():
            areas[name] = QRect(widget.mapTo(view, QPoint()), widget.size())
    return areas


def label_boxes(scene: Any, size: tuple[int, int]) -> dict[str, QRectF]:
    boxes = {}
    for number, label in enumerate(scene.axes(*size).labels):
        area = QRectF(0, 0, *text_size(scene.style.font, label.text, label.bold))
        area.moveCenter(QRectF(label.x, label.y, 0, 0).topLeft())
        boxes[f"{number} {label.text}"] = area
    return boxes


@pytest.mark.parametrize(
    ("number", "size"), list(enumerate([(380, 330), (480, 304), (480, 400), (900, 700)]))
)
def test_no_label_lies_under_anything(space: Any, number: int, size: tuple[int, int]) -> None:
    view = space.view
    # the views share the directions: each has all azimuths and all elevations in every space
    number += 2 * view.has_opengl
    view.resize(*size)
    space.qtbot.waitUntil(lambda: view.size().toTuple() == size)
    view.set_layers({"axes"})
    view.set_colors(COLORS, COUNTS)
    view.set_error(np.full(len(COLORS), 30.0))
    view.set_view_options({"colorMode": "error"})
    view.set_phase("assign")
    areas = lying_over(view)
    assert {"errorBar", "spacePhase", "spaceLegend"} <= areas.keys()
    whole, over = QRectF(0, 0, *size), [(name, QRectF(area)) for name, area in areas.items()]
    elevations = (-40, 0, 22, 50, 90)
    for nth, key in enumerate(SPACES):
        view.set_view_options({"space": key})
        for turn, tilt in product(range(8), range(5)):
            if (nth + turn + tilt + number) % 4 > 0:
                continue
            space.scene.camera = Camera(45 * turn - 173, elevations[tilt])
            boxes = label_boxes(space.scene, size)
            assert len(boxes) > 2
            for text, box in boxes.items():
                assert whole.contains(box), text
                under = [name for name, area in over if box.intersects(area)]
                assert not under, (key, text)


def hidden_by_caption(
    scene: Any, size: tuple[int, int], without: tuple[Any, ...], zoom: float
) -> Camera:
    """A camera that would see a number, or a name, where a caption is now."""
    taken = scene.kept_free
    for azimuth, height in product(range(-180, 180, 5), range(0, 120, 20)):
        center = (128.0, 10.0, float(height))
        scene.camera = Camera(azimuth, 30.0, zoom=zoom, center=center)
        seen = []
        for kept in (taken, without):
            scene.kept_free = kept
            seen.append(label_boxes(scene, size))
        scene.kept_free = taken
        if seen[1] != seen[0]:
            return scene.camera
    raise AssertionError("no such camera")


@pytest.mark.parametrize(("caption", "zoom"), [("set_phase", 1.3), ("set_busy", 2.0)])
def test_what_made_room_for_a_caption_comes_back_after_it(
    space: Any, caption: str, zoom: float
) -> None:
    view, size = space.view, space.size
    view.set_layers({"axes"})
    view.set_colors(COLORS, COUNTS)
    without = space.scene.kept_free
    say = getattr(view, caption)
    say("assign")
    assert len(space.scene.kept_free) == len(without) + 1
    space.scene.camera = hidden_by_caption(space.scene, size, without, zoom)
    view._surface.refresh()
    before = label_boxes(space.scene, size)
    space.pixels()
    say("")
    assert space.scene.kept_free == without
    pixels, boxes = space.pixels(), label_boxes(space.scene, size)
    assert boxes != before
    inks = {label.rgb for label in space.scene.axes(*size).labels}
    for text, box in boxes.items():
        assert any(is_written(pixels, box, rgb) for rgb in inks), text


def is_written(pixels: np.ndarray, box: QRectF, rgb: tuple[int, int, int]) -> bool:
    area = box.toAlignedRect()
    part = pixels[area.top() : area.bottom() + 1, area.left() : area.right() + 1]
    return bool(np.abs(part - np.array(rgb)).max(axis=-1).min() < 40)


def test_the_error_scale_stays_where_it_is(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_error(np.full(len(COLORS), 30.0))
    view.set_view_options({"colorMode": "error"})
    bar = view.findChild(QWidget, "errorBar")
    assert bar is not None
    space.settle()
    place = bar.geometry()
    # as while a big picture is refined, with each of the texts that are said then
    for words in ((), ("1,234 of 40,000 colours shown", "3 %"), ("Flat view",), ()):
        said = captions(space.scene, view._cloud.paint, view._surface, "", "")
        view._overlays.show_texts(replace(said, status=words))
        assert bar.geometry() == place
    for scale in (1, 64, 512):
        bar.set_scale(scale, "")
        assert bar.sizeHint() == place.size()


def test_the_end_of_the_error_scale_has_a_unit(space: Any) -> None:
    bar = space.view.findChild(QWidget, "errorBar")
    assert bar is not None
    for scale, unit, wanted in (
        (1, "", "Error from 0 to 1 level"),
        (64, "", "Error from 0 to 64 levels"),
        (1, "ΔE00", "Error from 0 to 1 ΔE00"),
    ):
        bar.set_scale(scale, unit)
        assert bar.accessibleName() == wanted
