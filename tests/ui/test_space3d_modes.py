"""Spaces, modes, highlights and clipping: what a person chooses and sees."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QSlider, QToolButton, QWidget

from colorquant_gui.ui.space3d import placement
from colorquant_gui.ui.space3d.errors import ramp
from colorquant_gui.ui.space3d.marks import spokes
from colorquant_gui.ui.space3d.spaces import SPACES
from tests.ui.space_colors import COLORS, COUNTS, LABELS, PALETTE, close

LEFT = Qt.MouseButton.LeftButton


def choose(space: Any, name: str, data: str) -> None:
    """Choose an entry of a combo box as the keyboard does."""
    combo = space.find(QComboBox, name)
    index = combo.findData(data)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_a_space_is_chosen_and_its_colours_go_there(
    space: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placement, "MORPH_MS", 50)
    space.view.set_colors(COLORS, COUNTS)
    told: list[dict] = []
    space.view.viewOptionsChanged.connect(told.append)
    for key in SPACES:
        choose(space, "spaceCombo", key)
        if key != "srgb":
            assert told[-1]["space"] == key
            assert space.scene.space.key == key
        image = space.pixels()
        for color in COLORS:
            place = space.place(tuple(color))
            assert close(image[int(place.y()), int(place.x())], color), (key, color)


def test_the_cloud_morphs_with_its_centroids(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    space.view.set_centroids(COLORS[:1].astype(float), [5])
    space.settle()
    start = space.place(tuple(COLORS[0]))
    choose(space, "spaceCombo", "cielab")
    seen = []
    while space.scene.is_changing:
        place = space.place(tuple(COLORS[0]))
        seen.append((place.x(), place.y()))
        world = space.scene.places(len(COLORS))
        rows = space.scene.points[:, :3]
        assert world == pytest.approx(space.scene.place(rows.astype(float)), abs=0.01)
        space.qtbot.wait(30)
    end = space.place(tuple(COLORS[0]))
    way = np.hypot(end.x() - start.x(), end.y() - start.y())
    assert way > 20
    assert len(seen) >= 4
    # from one to the other, on a line, no step longer than a third of it
    steps = np.diff([(start.x(), start.y()), *seen, (end.x(), end.y())], axis=0)
    assert np.hypot(*steps.T).sum() == pytest.approx(way, rel=0.1)


def test_nothing_moves_by_itself_while_hidden(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    choose(space, "spaceCombo", "hsv")
    space.find(QToolButton, "autoRotateButton").click()
    space.view.hide()
    assert not space.scene.is_changing
    camera = space.scene.camera
    for _ in range(2):
        space.find(QToolButton, "autoRotateButton").click()
    space.qtbot.wait(60)
    assert space.scene.camera == camera
    space.view.show()
    space.qtbot.waitUntil(lambda: space.scene.camera != camera)
    space.find(QToolButton, "autoRotateButton").click()


def test_pca_is_fitted_to_every_new_picture(space: Any) -> None:
    choose(space, "spaceCombo", "pca")
    space.view.set_colors(COLORS, COUNTS)
    first = space.scene.space
    space.view.set_colors(COLORS[:, ::-1].copy(), COUNTS)
    assert space.scene.space is not first
    assert space.view.view_options()["space"] == "pca"
    assert close(space.at((90, 170, 180)), (90, 170, 180))


def test_colours_by_cluster(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    choose(space, "colorModeCombo", "cluster")
    # nothing is known about clusters yet
    assert close(space.at(tuple(COLORS[2])), COLORS[2])
    space.view.set_labels(LABELS, PALETTE)
    for color, label in zip(COLORS, LABELS, strict=True):
        assert close(space.at(tuple(color)), PALETTE[label])
    space.view.set_labels(LABELS[::-1].copy(), PALETTE)
    assert close(space.at(tuple(COLORS[0])), PALETTE[1])
    choose(space, "colorModeCombo", "true")
    assert close(space.at(tuple(COLORS[0])), COLORS[0])


def test_colours_by_error_with_a_scale(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    bar = space.find(QWidget, "errorBar")
    assert not bar.isVisible()
    # no error for the first colour, 30 levels for the others
    palette = np.array([COLORS[0], COLORS[1], COLORS[2], COLORS[3]], np.int64)
    palette[1:, 0] += 30
    space.view.set_labels(np.arange(4, dtype=np.uint8), palette.astype(np.uint8))
    choose(space, "colorModeCombo", "error")
    assert bar.isVisible()
    assert bar.accessibleName() == "Error from 0 to 32 levels"
    assert close(space.at(tuple(COLORS[0])), ramp()[0])
    assert close(space.at(tuple(COLORS[1])), ramp()[30 * 255 // 32])


def test_errors_from_outside_with_their_unit(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    choose(space, "colorModeCombo", "error")
    bar = space.find(QWidget, "errorBar")
    assert not bar.isVisible()
    view.set_error([0.0, 1.0, 2.0, 7.5], "ΔE00")
    assert bar.isVisible()
    assert bar.accessibleName() == "Error from 0 to 8 ΔE00"
    for color, error in zip(COLORS, (0.0, 1.0, 2.0, 7.5), strict=True):
        assert close(space.at(tuple(color)), ramp()[int(error / 8 * 255)])
    view.set_error([0.1, 0.2, 0.3, 0.4], "ΔE00")
    assert bar.accessibleName() == "Error from 0 to 1 ΔE00"
    # of another picture
    view.set_error([0.0, 1.0], "ΔE00")
    assert close(space.at(tuple(COLORS[1])), COLORS[1])
    view.set_labels(np.arange(4, dtype=np.uint8), COLORS)
    view.set_error(None)
    assert bar.accessibleName() == "Error from 0 to 4 levels"
    assert close(space.at(tuple(COLORS[1])), ramp()[0])
    view.set_error([1.0] * 4, "ΔE00")
    view.set_colors(COLORS, COUNTS)
    assert not bar.isVisible()


def test_labels_of_another_picture_are_not_used(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    choose(space, "colorModeCombo", "cluster")
    space.view.set_labels(LABELS[:2], PALETTE)
    assert close(space.at(tuple(COLORS[0])), COLORS[0])
    space.view.set_labels(LABELS, PALETTE[:1])
    assert close(space.at(tuple(COLORS[3])), COLORS[3])
    space.view.set_labels(LABELS, PALETTE)
    space.view.set_colors(COLORS[:3], COUNTS[:3])
    assert close(space.at(tuple(COLORS[0])), COLORS[0])


def covered(space: Any, color: Any) -> int:
    """How many pixels the ball of a colour takes up."""
    place = space.place(tuple(color))
    x, y = int(place.x()), int(place.y())
    image = space.pixels()[y - 40 : y + 41, x - 40 : x + 41]
    # a ball is shaded towards its rim
    light = image / np.maximum(np.array(color), 1)
    return int(((np.ptp(light, axis=-1) < 0.12) & (light.max(axis=-1) > 0.5)).sum())


def test_equal_sizes_make_the_rare_as_big(space: Any) -> None:
    right = space.scene.camera.axes()[0]
    colors = np.rint([np.array([147.5, 87.5, 147.5]) + right * x for x in (60, -60)]).astype(
        np.uint8
    )
    space.view.set_colors(colors, np.array([100_000, 1]))
    assert covered(space, colors[0]) > 3 * covered(space, colors[1])
    choose(space, "sizeModeCombo", "equal")
    assert covered(space, colors[0]) == pytest.approx(covered(space, colors[1]), rel=0.15)


def test_points_grow_and_become_translucent(space: Any) -> None:
    space.view.set_colors(COLORS[:1], COUNTS[:1])
    before = covered(space, COLORS[0])
    size = space.find(QSlider, "pointSizeSlider")
    size.setValue(size.value() * 2)
    big = covered(space, COLORS[0])
    assert big == pytest.approx(4 * before, rel=0.25)
    opacity = space.find(QSlider, "opacitySlider")
    opacity.setValue(40)
    assert covered(space, COLORS[0]) == pytest.approx(0.4 * big, rel=0.35)
    assert space.view.view_options()["pointSize"] == pytest.approx(2.0)
    assert space.view.view_options()["opacity"] == pytest.approx(0.4)


def test_a_cluster_stands_out(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    space.view.set_labels(LABELS, PALETTE)
    background = space.pixels()[-1, 1]
    space.view.set_highlight(None, 1)
    image = space.pixels()
    for color, label in zip(COLORS, LABELS, strict=True):
        place = space.place(tuple(color))
        shown = image[int(place.y()), int(place.x())]
        wanted = color if label == 1 else background + (color - background) * 0.14
        assert close(shown, wanted, 20)
    space.view.set_highlight(None, None)
    assert close(space.at(tuple(COLORS[0])), COLORS[0])


def test_what_stands_out_is_in_front_of_what_does_not(space: Any) -> None:
    camera = space.scene.camera
    eye, middle = camera.eye(), np.full(3, 127.5)
    towards = (eye - middle) / np.linalg.norm(eye - middle)
    colors = np.rint([middle + 60 * towards, middle - 60 * towards]).astype(np.uint8)
    space.view.set_colors(colors, COUNTS[:2])
    space.view.set_labels(np.array([0, 1], np.uint8), PALETTE)
    assert close(space.at(tuple(colors[1])), colors[0])
    space.view.set_highlight(None, 1)
    assert close(space.at(tuple(colors[1])), colors[1])


def test_a_centroid_is_tied_to_the_colours_it_owns(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    space.view.set_labels(LABELS, PALETTE)
    space.view.set_centroids(np.array([[120.0, 120, 60], [120, 120, 150]]), [7, 3])
    space.view.set_highlight(None, 1)
    tied = spokes(space.scene, *space.size)
    ends = {tuple(np.rint(end).astype(int)) for end in tied.ends[:, 1]}
    wanted = [space.place(tuple(color)) for color in COLORS[2:]]
    assert ends == {(round(place.x()), round(place.y())) for place in wanted}
    hub = space.place((120, 120, 150))
    assert tied.ends[0, 0] == pytest.approx((hub.x(), hub.y()), abs=0.01)


def test_a_colour_is_marked_with_rings(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    space.view.set_highlight(2, None)
    place = space.place(tuple(COLORS[2]))
    row = space.pixels()[int(place.y()), int(place.x()) : int(place.x()) + 16].mean(axis=1)
    assert row.max() > 225
    assert row[int(row.argmax()) :].min() < 70
    space.view.set_highlight(None, None)
    row = space.pixels()[int(place.y()), int(place.x()) : int(place.x()) + 16].mean(axis=1)
    assert row.max() < 225


# -- clipping ------------------------------------------------------------------------------------


def handles(space: Any, axis: int) -> Any:
    return space.find(QWidget, f"clipSlider{axis}").handles()


def test_a_range_hides_the_rest_and_tells_the_picture(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    told: list[Any] = []
    space.view.clipChanged.connect(told.append)
    background = space.pixels()[-1, 1]
    space.find(QToolButton, "viewOptionsButton").click()
    panel = space.find(QWidget, "spaceOptions")
    assert panel.isVisible()
    low, _ = handles(space, 0)
    low.setFocus()
    # R from 40 % on: 102
    for _ in range(4):
        QTest.keyClick(low, Qt.Key.Key_PageUp)
    assert told[-1].tolist() == [True, False, False, True]
    panel.hide()
    assert close(space.at(tuple(COLORS[0])), COLORS[0])
    assert close(space.at(tuple(COLORS[1])), background)
    choose(space, "colorModeCombo", "true")
    space.find(QPushButton, "clipResetButton").click()
    assert told[-1] is None
    assert close(space.at(tuple(COLORS[1])), COLORS[1])


def test_a_range_is_in_the_space_that_is_shown(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    told: list[Any] = []
    space.view.clipChanged.connect(told.append)
    choose(space, "spaceCombo", "hsv")
    _, high = handles(space, 0)
    # hue up to 180 degrees
    for _ in range(5):
        QTest.keyClick(high, Qt.Key.Key_PageDown)
    assert told[-1].tolist() == [True, True, False, True]
    choose(space, "spaceCombo", "srgb")
    assert told[-1] is None
    assert [h.value() for h in handles(space, 0)] == [0, 200]


def test_a_range_goes_with_its_picture(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    QTest.keyClick(handles(space, 2)[1], Qt.Key.Key_PageDown)
    told: list[Any] = []
    space.view.clipChanged.connect(told.append)
    space.view.set_colors(np.array([[1, 2, 255], [1, 2, 3]], np.uint8), COUNTS[:2])
    assert told == [None]
    assert [h.value() for h in handles(space, 2)] == [0, 200]
    assert not space.find(QPushButton, "clipResetButton").isEnabled()


def test_a_range_goes_with_its_picture_in_every_space(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    QTest.keyClick(handles(space, 2)[1], Qt.Key.Key_PageDown)
    choose(space, "spaceCombo", "hsv")
    told: list[Any] = []
    space.view.clipChanged.connect(told.append)
    space.view.set_colors(np.array([[1, 2, 255], [1, 2, 3]], np.uint8), COUNTS[:2])
    choose(space, "spaceCombo", "srgb")
    assert told == []
    assert [h.value() for h in handles(space, 2)] == [0, 200]


def test_a_big_picture_is_clipped_in_steps(space: Any) -> None:
    keys = np.arange(400_000, dtype=np.uint32)
    colors = np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.uint8)
    space.view.set_colors(colors, np.ones(len(colors), np.int64))
    with space.qtbot.waitSignal(space.view.clipChanged) as told:
        QTest.keyClick(handles(space, 2)[1], Qt.Key.Key_PageDown)
        assert space.view._cloud.paint.mask is None
    assert np.array_equal(told.args[0], colors[:, 2] <= 255 * 0.9)


def test_handles_stop_at_each_other_and_are_dragged(space: Any) -> None:
    slider = space.find(QWidget, "clipSlider1")
    slider.resize(216, 24)
    told: list[tuple[float, float]] = []
    slider.rangeEdited.connect(lambda low, high: told.append((low, high)))
    low, high = slider.handles()
    assert low.accessibleName() == "Lowest G"
    QTest.keyClick(low, Qt.Key.Key_End)
    assert slider.range() == (0.995, 1.0)
    slider.reset()
    QTest.mousePress(high, LEFT, pos=QPoint(8, 12))
    QTest.mouseMove(high, QPoint(8 - 100, 12))
    QTest.mouseRelease(high, LEFT)
    assert told[-1] == (0.0, 0.5)
    QTest.mouseClick(slider, LEFT, pos=QPoint(28, 12))
    assert told[-1] == (0.1, 0.5)
    QTest.mouseDClick(slider, LEFT, pos=QPoint(150, 12))
    assert told[-1] == (0.0, 1.0)


# -- remembered ----------------------------------------------------------------------------------


def test_the_choice_is_remembered(space: Any) -> None:
    wanted = {
        "space": "oklab", "colorMode": "cluster", "sizeMode": "equal",
        "opacity": 0.5, "pointSize": 1.5, "cellBits": 5, "perspective": False,
    }  # fmt: skip
    told: list[dict] = []
    space.view.viewOptionsChanged.connect(told.append)
    space.view.set_view_options(wanted)
    assert space.view.view_options() == wanted
    assert not told
    assert space.find(QComboBox, "spaceCombo").currentData() == "oklab"
    assert space.find(QComboBox, "colorModeCombo").currentData() == "cluster"
    assert space.find(QSlider, "opacitySlider").value() == 50
    assert not space.find(QToolButton, "perspectiveButton").isChecked()
    broken = {"space": "nowhere", "opacity": 7, "colorMode": 3, "perspective": "yes"}
    space.view.set_view_options({**broken, "pointSize": True, "sizeMode": None})
    assert space.view.view_options() == wanted
