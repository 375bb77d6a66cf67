"""What changes under a pointer that rests in the colour-space view, by real events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolTip

from colorquant_gui.ui.space3d.look import DIM, HIDDEN, SHOWN
from colorquant_gui.ui.space3d.picking import Picker
from colorquant_gui.ui.space3d.point_cells import PointCells
from colorquant_gui.ui.space3d.scene import Scene
from tests.ui.conftest import Space
from tests.ui.whole_window import session_of, whole_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

COLORS = np.array([[200, 60, 60], [60, 190, 70], [70, 70, 210], [180, 170, 90]], np.uint8)
COUNTS = np.array([4000, 3000, 2000, 1000])
NEAR, FAR = (120.0, 20.0, 130.0), (110.0, 230.0, 140.0)


@pytest.fixture
def told(space: Any) -> list[tuple[str, int | None]]:
    """A picture and two centroids are on show; what is told about the pointer is collected."""
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_centroids(np.array([NEAR, FAR]), [7000, 3000])
    space.settle()
    told: list[tuple[str, int | None]] = []
    view.colorHovered.connect(lambda index: told.append(("color", index)))
    view.centroidHovered.connect(lambda index: told.append(("centroid", index)))
    return told


def wait_for_tip(space: Any, *words: str) -> None:
    def there() -> bool:
        return QToolTip.isVisible() and all(word in QToolTip.text() for word in words)

    space.qtbot.waitUntil(there)


def wait_for_no_tip(space: Any) -> None:
    space.qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_tooltip_goes_with_the_centroid_while_the_run_plays(space: Any, told: Any) -> None:
    space.hover(space.place(NEAR))
    wait_for_tip(space, "Centroid", "#781482", "7,000 pixels · 70.0 %")
    for step in range(1, 4):
        space.view.set_centroids(np.array([[120.0, 20 + step, 130], FAR]), [7000 + step, 2999])
        wait_for_tip(space, f"#78{20 + step:02X}82", f"7,00{step} pixels")
    assert told == [("centroid", 0)]
    QToolTip.hideText()


def test_a_disc_that_glides_away_is_let_go(space: Any, told: Any) -> None:
    space.hover(space.place(NEAR))
    wait_for_tip(space, "Centroid")
    space.view.set_centroids(np.array([(30.0, 240, 240), FAR]), [7000, 3000])
    space.qtbot.waitUntil(lambda: told == [("centroid", 0), ("centroid", None)])
    wait_for_no_tip(space)


def test_a_disc_that_comes_to_the_pointer_is_told(space: Any, told: Any) -> None:
    space.hover(space.place(NEAR))
    space.qtbot.waitUntil(lambda: told == [("centroid", 0)])
    space.view.set_centroids(np.array([FAR, NEAR]), [7000, 3000])
    space.qtbot.waitUntil(lambda: told == [("centroid", 0), ("centroid", 1)])
    wait_for_tip(space, "Centroid", "3,000 pixels")
    QToolTip.hideText()


def test_what_is_left_is_told_before_what_comes(space: Any, told: Any) -> None:
    red = tuple(COLORS[0])
    space.view.set_centroids(np.array([red, FAR], np.float64), [7000, 3000])
    space.hover(space.place(red))
    space.qtbot.waitUntil(lambda: told == [("centroid", 0)])
    space.view.set_centroids(np.array([FAR, FAR]), [7000, 3000])
    space.qtbot.waitUntil(lambda: told[1:] == [("centroid", None), ("color", 0)])
    space.view.set_centroids(np.array([red, FAR], np.float64), [7000, 3000])
    space.qtbot.waitUntil(lambda: told[3:] == [("color", None), ("centroid", 0)])


def test_a_tooltip_tells_the_cluster_of_now(space: Any, told: Any) -> None:
    view, labels = space.view, np.array([0, 0, 1, 1], np.uint8)
    view.set_labels(labels, np.array([[1, 2, 3], [250, 128, 7]], np.uint8))
    space.hover(space.place(tuple(COLORS[2])))
    wait_for_tip(space, "#4646D2", "#FA8007")
    view.set_labels(labels, np.array([[1, 2, 3], [9, 128, 7]], np.uint8))
    wait_for_tip(space, "#4646D2", "#098007")
    view.set_labels(1 - labels, np.array([[1, 2, 3], [9, 128, 7]], np.uint8))
    wait_for_tip(space, "#4646D2", "#010203")
    assert told == [("color", 2)]
    QToolTip.hideText()


def test_a_tooltip_that_has_gone_stays_away_from_a_pointer_at_rest(
    space: Any, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    space.hover(space.place(NEAR))
    wait_for_tip(space, "7,000 pixels")
    QToolTip.hideText()
    wait_for_no_tip(space)
    looks: list[int] = []
    look = Picker.centroid
    monkeypatch.setattr(Picker, "centroid", lambda *args: looks.append(1) or look(*args))
    space.view.set_centroids(np.array([NEAR, FAR]), [6000, 4000])
    space.qtbot.waitUntil(lambda: bool(looks))
    space.qtbot.wait(500)
    assert not QToolTip.isVisible()
    assert told == [("centroid", 0)]
    space.hover(space.place(NEAR))
    wait_for_tip(space, "6,000 pixels")
    QToolTip.hideText()


def test_another_space_and_another_side_are_looked_at_again(space: Any, told: Any) -> None:
    red = tuple(COLORS[0])
    space.hover(space.place(red))
    space.qtbot.waitUntil(lambda: told == [("color", 0)])
    combo = space.find(QComboBox, "spaceCombo")
    combo.setFocus()
    # keys pass over the line between the first two families
    for _ in range(combo.findText("CIELAB") - combo.currentIndex() - 1):
        QTest.keyClick(combo, Qt.Key.Key_Down)
    space.qtbot.waitUntil(lambda: told[-1] == ("color", None), timeout=10_000)
    space.settle()
    space.hover(space.place(red))
    space.qtbot.waitUntil(lambda: told[-1] == ("color", 0))
    for _ in range(6):
        QTest.keyClick(space.surface, Qt.Key.Key_Left)
    space.qtbot.waitUntil(lambda: told[-1] == ("color", None))
    for _ in range(6):
        QTest.keyClick(space.surface, Qt.Key.Key_Right)
    space.qtbot.waitUntil(lambda: told[-1] == ("color", 0))


def test_another_picture_forgets_what_was_hovered(space: Any, told: Any) -> None:
    space.hover(space.place(tuple(COLORS[0])))
    wait_for_tip(space, "4,000 pixels · 40.0 %")
    space.view.set_colors(COLORS[::-1].copy(), COUNTS)
    space.qtbot.waitUntil(lambda: told == [("color", 0), ("color", None), ("color", 3)])
    wait_for_tip(space, "#C83C3C", "1,000 pixels · 10.0 %")
    space.view.clear()
    space.qtbot.waitUntil(lambda: told[-1] == ("color", None))
    wait_for_no_tip(space)


def test_a_view_that_is_hidden_lets_go(space: Any, told: Any) -> None:
    space.hover(space.place(NEAR))
    space.qtbot.waitUntil(lambda: told == [("centroid", 0)])
    space.view.hide()
    space.qtbot.waitUntil(lambda: told == [("centroid", 0), ("centroid", None)])
    space.view.set_centroids(np.array([NEAR, NEAR]), [6000, 4000])
    space.view.show()
    space.settle()
    assert len(told) == 2


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        (0, 50, "0 pixels · 0.0 %"),
        (1, 8, "1 pixel · 12.5 %"),
        (3, 1_000_000, "&lt;0.001 %"),
    ],
)
def test_a_tooltip_tells_small_shares(space: Any, told: Any, count: int, total: int, words: str):
    space.view.set_centroids(np.array([NEAR, FAR]), [count, total - count])
    space.hover(space.place(NEAR))
    wait_for_tip(space, words)
    QToolTip.hideText()


def test_linked_views_let_go_of_a_disc_that_is_not_there_any_more(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (48, 48, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "noise.png")
    with whole_window(qtbot, [tmp_path / "noise.png"]) as window:
        window.color_space.set_layers({"centroids"})
        playback = session_of(window).playback
        space = Space(window.color_space, qtbot)
        space.settle()
        marked: list[int | None] = []
        monkeypatch.setattr(window.palette_view, "set_highlight", marked.append)
        scene = space.scene
        nearest = int((scene.centroids @ scene.camera.axes()[2]).argmax())
        camera, surface = scene.camera, space.surface
        at = camera.project(scene.centroids[nearest], surface.width(), surface.height())[0]
        space.hover(QPointF(*at))
        qtbot.waitUntil(lambda: marked[-1:] not in ([], [None]))
        # of the seeding's first stage there is a single centroid, in the middle
        playback.seek(0)
        qtbot.waitUntil(lambda: len(scene.centroids) == 1)
        qtbot.waitUntil(lambda: marked[-1] is None)
        wait_for_no_tip(space)


# -- what it costs -------------------------------------------------------------------------------


def test_playing_searches_the_cloud_once(
    space: Any, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[int] = []
    near = PointCells.near
    monkeypatch.setattr(PointCells, "near", lambda *args: searches.append(1) or near(*args))
    space.hover(space.place(tuple(COLORS[2])))
    space.qtbot.waitUntil(lambda: told == [("color", 2)])
    labels = np.array([0, 0, 1, 1], np.uint8)
    for step in range(5):
        space.view.set_labels(labels, np.array([[1, 2, 3], [9, 128, step]], np.uint8))
        space.view.set_highlight(2, step % 2)
        space.view.set_centroids(np.array([NEAR, FAR]), [6000 - step, 4000])
        if step:
            wait_for_tip(space, f"#09800{step}")
        else:
            wait_for_tip(space, "#098000")
    assert len(searches) == 1
    QToolTip.hideText()


def scene_of(points: np.ndarray) -> Scene:
    scene = Scene(None)
    scene.points = np.column_stack([points, np.full(len(points), 99)]).astype(np.uint8)
    scene.indices = np.arange(len(points))
    scene.world = points.astype(np.float32)
    scene.placed = scene.total = len(points)
    return scene


def test_looking_again_sees_what_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scene_of(np.array([[128, 128, 128], [128, 128, 129], [20, 200, 60]]))
    picker, size = Picker(scene), (500, 400)
    searches: list[int] = []
    near = PointCells.near
    monkeypatch.setattr(PointCells, "near", lambda *args: searches.append(1) or near(*args))
    middle = scene.camera.project([128, 128, 128], *size)[0]
    first = picker.point(*middle, *size)
    other = 1 - first
    scene.states = np.array([SHOWN, SHOWN, SHOWN], np.uint8)
    scene.states[first] = DIM
    assert picker.point(*middle, *size) == other
    scene.states = np.array([HIDDEN, HIDDEN, SHOWN], np.uint8)
    assert picker.point(*middle, *size) is None
    scene.states = None
    assert picker.point(*middle, *size) == first
    assert len(searches) == 1
    # what moves balls, or makes them bigger, is searched for
    scene.world = scene.world[[2, 2, 0]]
    assert picker.point(*middle, *size) == 2
    scene.camera = scene.camera.zoomed(2.0)
    assert picker.point(*scene.camera.project([128, 128, 128], *size)[0], *size) == 2
    scene.placed = 2
    assert picker.point(*scene.camera.project([128, 128, 128], *size)[0], *size) is None
    assert len(searches) == 4
