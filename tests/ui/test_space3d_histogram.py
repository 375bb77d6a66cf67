"""The histogram: colours gathered in cells of the RGB cube, one ball a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QToolTip, QWidget

from colorquant_gui.ui.space3d import color_cells
from colorquant_gui.ui.space3d.color_cells import gathered
from colorquant_gui.ui.space3d.errors import ramp
from colorquant_gui.ui.space3d.look import DIM, HIDDEN, SHOWN
from tests.ui.painted import as_array
from tests.ui.space_colors import close

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.color_cells import ColorCells

# Two cells of 16 levels: the first has two colours of 30 and 10 pixels, the other has one of 10.
COLORS = np.array([[200, 60, 60], [206, 52, 60], [70, 70, 200]], np.uint8)
COUNTS = np.array([30, 10, 10])
MEAN = (202, 58, 60)
OTHER = (70, 70, 200)


def cells_of(colors: np.ndarray, counts: np.ndarray, bits: int) -> ColorCells:
    steps = gathered(colors, counts, bits)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def some_colors(n: int, spread: int = 256) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(n)
    colors = np.unique(rng.integers(0, spread, (n, 3)).astype(np.uint8), axis=0)
    rng.shuffle(colors)
    return colors, rng.integers(1, 1000, len(colors))


def choose(space: Any, name: str, data: str | int) -> None:
    """Choose an entry of a combo box as the keyboard does."""
    combo = space.find(QComboBox, name)
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


@pytest.fixture
def balls(space: Any) -> Any:
    """A view with two cells, seen so that neither covers the other."""
    space.view.set_colors(COLORS, COUNTS)
    choose(space, "sizeModeCombo", "cells")
    return space


# -- gathering -----------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("chunk", [1 << 17, 700])
def test_cells_are_those_of_a_search_one_by_one(
    bits: int, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(color_cells, "_CHUNK", chunk)
    colors, counts = some_colors(1200)
    cells = cells_of(colors, counts, bits)
    wanted, which = np.unique(colors >> (8 - bits), axis=0, return_inverse=True)
    which = which.ravel()
    assert len(cells) == len(wanted)
    assert cells.pixels.sum() == counts.sum()
    assert cells.n_colors.sum() == len(colors)
    assert (np.diff(cells.pixels) <= 0).all()
    met = set()
    for number in range(len(wanted)):
        own = np.flatnonzero(which == number)
        row = cells.row_of(colors[own[0]])
        assert row is not None
        assert {cells.row_of(color) for color in colors[own]} == {row}
        met.add(row)
        assert cells.pixels[row] == counts[own].sum()
        assert cells.n_colors[row] == len(own)
        mean = (colors[own] * counts[own, None]).sum(axis=0) / counts[own].sum()
        assert cells.points[row, :3] == pytest.approx(mean, abs=0.501)
        assert counts[cells.indices[row]] == counts[own].max()
        assert cells.indices[row] in own
    assert met == set(range(len(wanted)))


def test_areas_are_as_shares_and_none_is_too_small_to_see() -> None:
    colors = np.array([[0, 0, 0], [80, 0, 0], [160, 0, 0], [240, 0, 0]], np.uint8)
    cells = cells_of(colors, np.array([40_000, 10_000, 2_500, 1]), 4)
    diameters = cells.points[:, 3] / 255 * cells.diameter
    areas = diameters**2
    assert areas[1] == pytest.approx(areas[0] / 4, rel=0.02)
    assert areas[2] == pytest.approx(areas[0] / 16, rel=0.02)
    assert 2.0 < diameters[3] < 3.0
    # many pixels of one colour do not make a ball that hides the others
    crowd, _ = some_colors(4000)
    counts = np.ones(len(crowd), np.int64)
    counts[0] = 10_000_000
    assert cells_of(crowd, counts, 5).diameter <= 58


def test_there_may_be_no_colours_at_all() -> None:
    cells = cells_of(np.empty((0, 3), np.uint8), np.empty(0, np.int64), 4)
    assert len(cells) == 0
    assert cells.row_of((1, 2, 3)) is None
    assert not len(cells.clusters(np.empty(0, np.uint8)))
    assert not len(cells.means(np.empty(0)))
    assert not len(cells.any(np.empty(0, bool)))


def test_no_step_looks_at_all_of_many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(color_cells, "_CHUNK", 100)
    colors, counts = some_colors(1000)
    looked_at: list[int] = []
    argsort, bincount = np.argsort, np.bincount

    def noted(function: Any) -> Any:
        return lambda array, *args, **options: (
            looked_at.append(len(array)) or function(array, *args, **options)
        )

    monkeypatch.setattr(np, "argsort", noted(argsort))
    monkeypatch.setattr(np, "bincount", noted(bincount))
    # cells are fewer than colours
    assert len(cells_of(colors, counts, 1)) == 8
    assert len(looked_at) > 20
    assert max(looked_at) == 100


@pytest.mark.parametrize(("votes", "chunk"), [(1 << 20, 1 << 17), (40, 300)])
def test_a_cell_belongs_to_the_cluster_of_most_of_its_pixels(
    votes: int, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(color_cells, "_VOTES", votes)
    monkeypatch.setattr(color_cells, "_CHUNK", chunk)
    colors, counts = some_colors(2000, 160)
    cells = cells_of(colors, counts, 3)
    labels = np.random.default_rng(5).integers(0, 7, len(colors)).astype(np.uint8)
    found, means = cells.clusters(labels), cells.means(labels.astype(float))
    shares, has_any = cells.means(labels == 2), cells.any(labels == 2)
    assert len(found) == len(cells) > 50
    rows = np.array([cells.row_of(color) for color in colors])
    for row in range(len(cells)):
        own = rows == row
        votes_of = [counts[own & (labels == cluster)].sum() for cluster in range(7)]
        assert found[row] == np.argmax(votes_of)
        assert means[row] == pytest.approx(np.average(labels[own], weights=counts[own]))
        assert shares[row] == pytest.approx(votes_of[2] / counts[own].sum())
        assert has_any[row] == (votes_of[2] > 0)
        # what stands for the ball is of that cluster, and the most populous of it
        index = cells.color_of(row, labels)
        assert own[index]
        assert labels[index] == found[row]
        assert counts[index] == counts[own & (labels == found[row])].max()
        assert cells.color_of(row, None) == cells.indices[row]


# -- on the screen -------------------------------------------------------------------------------


def covered(space: Any, color: tuple[int, ...]) -> int:
    """How many pixels around the place of a colour are not background."""
    place = space.place(color)
    x, y = int(place.x()), int(place.y())
    image = space.pixels()
    around = image[y - 45 : y + 46, x - 45 : x + 46]
    return int((np.abs(around - image[-1, 1]).max(axis=-1) > 24).sum())


def test_two_cells_are_two_balls_with_areas_as_their_shares(balls: Any) -> None:
    assert close(balls.at(MEAN), MEAN)
    assert close(balls.at(OTHER), OTHER)
    big, small = covered(balls, MEAN), covered(balls, OTHER)
    assert small > 100
    # as they are from where they are seen: perspective makes the near ones bigger
    places = balls.scene.place(np.array([MEAN, OTHER], float))
    _, depth = balls.scene.camera.project(places, *balls.size)
    assert big / small == pytest.approx(4 * (depth[1] / depth[0]) ** 2, rel=0.12)


def test_a_ball_has_a_rim_that_is_darker_than_it(balls: Any) -> None:
    place = balls.place(MEAN)
    row = balls.pixels()[int(place.y()), int(place.x()) - 45 : int(place.x()) + 1].sum(axis=-1)
    outside = row[0]
    left = int(np.flatnonzero(np.abs(row - outside) > 40)[0])
    assert row[left : left + 4].min() < 0.65 * sum(MEAN)
    assert row[-1] == pytest.approx(sum(MEAN), rel=0.1)


def test_the_status_says_how_many_cells_there_are(balls: Any) -> None:
    status = balls.find(QLabel, "spaceStatus")
    balls.qtbot.waitUntil(lambda: "2 cells of 3 colours" in status.accessibleName())
    choose(balls, "cellBitsCombo", 5)
    # 52 and 60 are in different cells of 8 levels
    balls.qtbot.waitUntil(lambda: "3 cells of 3 colours" in status.accessibleName())
    assert close(balls.at(tuple(COLORS[0])), COLORS[0])
    choose(balls, "sizeModeCombo", "frequency")
    balls.qtbot.waitUntil(lambda: "cells" not in status.accessibleName())
    assert balls.scene.cells is None
    assert len(balls.scene.points) == 3


def test_the_size_of_cells_is_chosen_only_where_there_are_any(space: Any) -> None:
    bits = space.find(QComboBox, "cellBitsCombo")
    assert not bits.isEnabled()
    choose(space, "sizeModeCombo", "cells")
    assert bits.isEnabled()
    assert bits.currentText() == "16 × 16 × 16"
    choose(space, "sizeModeCombo", "equal")
    assert not bits.isEnabled()
    space.view.set_view_options({"sizeMode": "cells", "cellBits": 3})
    assert bits.isEnabled()
    assert bits.currentText() == "8 × 8 × 8"


def test_another_picture_is_gathered_too(balls: Any) -> None:
    status = balls.find(QLabel, "spaceStatus")
    balls.view.set_colors(COLORS[:2], COUNTS[:2])
    balls.qtbot.waitUntil(lambda: "1 cell of 2 colours" in status.accessibleName())
    balls.view.set_colors(COLORS[2:], COUNTS[2:])
    assert len(balls.scene.points) == 1
    assert close(balls.at(OTHER), OTHER)
    balls.view.clear()
    balls.settle()
    assert not len(balls.scene.points)


def test_many_colours_are_gathered_between_frames(balls: Any) -> None:
    keys = np.arange(600_000, dtype=np.uint32) * 27
    colors = np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.uint8)
    balls.view.set_colors(colors, np.ones(len(colors), np.int64))
    # nothing is left of the picture before
    assert balls.scene.cells is None
    assert not len(balls.scene.points)
    balls.qtbot.waitUntil(lambda: balls.scene.cells is not None, timeout=10_000)
    assert balls.scene.cells.pixels.sum() == len(colors)
    # a choice that comes meanwhile counts, and what was not finished is forgotten
    choose(balls, "cellBitsCombo", 5)
    late: list[object] = []
    balls.view._cloud._cells.chosen.connect(late.append)
    choose(balls, "sizeModeCombo", "equal")
    assert balls.scene.cells is None
    balls.qtbot.waitUntil(lambda: len(balls.scene.points) == len(colors), timeout=10_000)
    assert not late
    assert balls.scene.cells is None


def test_balls_go_to_another_space(balls: Any) -> None:
    choose(balls, "spaceCombo", "hsv")
    balls.qtbot.waitUntil(lambda: not balls.scene.is_changing)
    assert close(balls.at(MEAN), MEAN)
    assert close(balls.at(OTHER), OTHER)


def test_they_grow_with_the_points(balls: Any) -> None:
    before = covered(balls, OTHER)
    balls.view.set_view_options({"pointSize": 1.5})
    assert covered(balls, OTHER) == pytest.approx(2.25 * before, rel=0.12)


def test_colours_by_cluster_and_by_error(balls: Any) -> None:
    palette = np.array([[250, 0, 250], [0, 250, 250]], np.uint8)
    balls.view.set_labels(np.array([0, 1, 1], np.uint8), palette)
    choose(balls, "colorModeCombo", "cluster")
    # 30 of 40 pixels are of the first cluster
    assert close(balls.at(MEAN), palette[0])
    assert close(balls.at(OTHER), palette[1])
    balls.view.set_labels(np.array([1, 0, 0], np.uint8), palette)
    assert close(balls.at(MEAN), palette[1])
    choose(balls, "colorModeCombo", "error")
    balls.view.set_error([1.0, 5.0, 4.0], "ΔE00")
    # 30 pixels with 1, and 10 with 5
    assert close(balls.at(MEAN), ramp()[2 * 255 // 4])
    assert close(balls.at(OTHER), ramp()[255])
    balls.view.set_error(None)
    balls.view.set_labels(np.array([0, 0, 1], np.uint8), COLORS[[0, 2]])
    # none, and that of the second colour: the root of 6 * 6 + 8 * 8, a quarter of the pixels
    assert close(balls.at(MEAN), ramp()[int(2.5 / 4 * 255)])
    assert close(balls.at(OTHER), ramp()[0])


def test_a_cluster_stands_out(balls: Any) -> None:
    balls.view.set_labels(np.array([0, 1, 1], np.uint8), COLORS[[0, 2]])
    balls.view.set_highlight(None, 1)
    assert balls.scene.states.tolist() == [DIM, SHOWN]
    assert close(balls.at(OTHER), OTHER)
    assert not close(balls.at(MEAN), MEAN, 60)
    balls.view.set_highlight(None, 0)
    assert balls.scene.states.tolist() == [SHOWN, DIM]


def test_a_cell_out_of_the_slice_hides(balls: Any) -> None:
    status = balls.find(QLabel, "spaceStatus")
    background = balls.pixels()[-1, 1]
    told: list[Any] = []
    balls.view.clipChanged.connect(told.append)
    low, _ = balls.find(QWidget, "clipSlider0").handles()
    balls.find(QToolButton, "viewOptionsButton").click()
    for _ in range(4):
        QTest.keyClick(low, Qt.Key.Key_PageUp)
    balls.find(QWidget, "spaceOptions").hide()
    # red from 102 on; the picture dims by colour
    assert told[-1].tolist() == [True, True, False]
    assert balls.scene.states.tolist() == [SHOWN, HIDDEN]
    assert close(balls.at(MEAN), MEAN)
    assert close(balls.at(OTHER), background)
    assert "1 of 2 cells in the slice" in status.accessibleName()
    # red from 204 on: only ten pixels of forty are left of the first, and it stays for them
    for _ in range(4):
        QTest.keyClick(low, Qt.Key.Key_PageUp)
    assert told[-1].tolist() == [False, True, False]
    assert balls.scene.states.tolist() == [SHOWN, HIDDEN]
    assert close(balls.at(MEAN), MEAN)
    assert "1 of 2 cells in the slice" in status.accessibleName()
    QTest.keyClick(low, Qt.Key.Key_PageUp)
    assert told[-1].tolist() == [False, False, False]
    assert balls.scene.states.tolist() == [HIDDEN, HIDDEN]
    assert "0 of 2 cells in the slice" in status.accessibleName()


@pytest.mark.parametrize("bits", [2, 5])
def test_a_thin_slice_shows_the_cells_that_reach_into_it(balls: Any, bits: int) -> None:
    colors, counts = some_colors(3000)
    balls.view.set_colors(colors, counts)
    balls.view.set_view_options({"cellBits": bits})
    cells = balls.scene.cells
    rows = np.array([cells.row_of(color) for color in colors])
    for low in range(0, 230, 23):
        balls.view._cloud.set_ranges([(float(low), low + 25.5), None, None])
        inside = (colors[:, 0] >= low) & (colors[:, 0] <= low + 25)
        shown = np.flatnonzero(balls.scene.states == SHOWN)
        assert len(shown) > 9
        assert shown.tolist() == np.unique(rows[inside]).tolist()


def test_a_picture_of_it_has_the_same_balls(balls: Any) -> None:
    image = as_array(balls.view.render_image(2.0))
    for color in (MEAN, OTHER):
        place = balls.place(color)
        assert close(image[int(2 * place.y()), int(2 * place.x()), :3], color)


# -- pointing ------------------------------------------------------------------------------------


def test_a_ball_is_hovered_clicked_and_told_about(balls: Any) -> None:
    view = balls.view
    balls.settle()
    hovered: list[Any] = []
    clicked: list[Any] = []
    view.colorHovered.connect(hovered.append)
    view.colorClicked.connect(clicked.append)
    balls.hover(balls.place(MEAN))
    # the most populous of its colours
    balls.qtbot.waitUntil(lambda: hovered[-1:] == [0])
    balls.qtbot.waitUntil(lambda: "#CA3A3C" in QToolTip.text())
    for words in ("Mean of 2 colours", "R 202", "G 58", "B 60", "40 pixels · 80.0 %"):
        assert words in QToolTip.text()
    balls.hover(balls.place(OTHER))
    balls.qtbot.waitUntil(lambda: hovered[-1:] == [2])
    balls.qtbot.waitUntil(lambda: "#4646C8" in QToolTip.text())
    assert "Mean" not in QToolTip.text()
    QToolTip.hideText()
    # all of a big ball answers, and nothing beside it
    edge = balls.place(MEAN)
    edge.setX(edge.x() - 12)
    balls.click(edge)
    assert clicked == [0]
    edge.setX(edge.x() - 40)
    balls.click(edge)
    assert clicked == [0, None]


def test_a_hovered_ball_stands_for_the_cluster_of_most_of_its_pixels(space: Any) -> None:
    # the most populous colour is alone in its cluster; two others have more pixels together
    colors = np.array([[200, 60, 60], [201, 60, 60], [202, 60, 60]], np.uint8)
    space.view.set_colors(colors, np.array([40, 25, 30]))
    choose(space, "sizeModeCombo", "cells")
    space.settle()
    told: list[Any] = []
    space.view.colorHovered.connect(told.append)
    space.hover(space.place((201, 60, 60)))
    space.qtbot.waitUntil(lambda: told[-1:] == [0])
    palette = np.array([[9, 9, 9], [250, 128, 7]], np.uint8)
    space.view.set_labels(np.array([0, 1, 1], np.uint8), palette)
    space.hover(space.place((202, 60, 60)))
    space.qtbot.waitUntil(lambda: told[-1:] == [2])
    space.qtbot.waitUntil(lambda: "#FA8007" in QToolTip.text())
    QToolTip.hideText()
    space.view.set_highlight(None, 0)
    assert space.scene.states.tolist() == [DIM]
    space.view.set_highlight(None, 1)
    assert space.scene.states.tolist() == [SHOWN]


def test_the_ball_of_a_colour_is_ringed(balls: Any) -> None:
    before = balls.pixels()
    # the colour of ten pixels, not that of the middle of the ball
    balls.view.set_highlight(1, None)
    assert balls.scene.highlight.ball == 0
    changed = np.abs(balls.pixels().astype(int) - before).max(axis=-1) > 40
    rows, columns = np.nonzero(changed)
    place = balls.place(MEAN)
    assert (columns.min() + columns.max()) / 2 == pytest.approx(place.x(), abs=2)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(place.y(), abs=2)
    wide = columns.max() - columns.min()
    assert wide > 20
    # it stays with the colour when cells become others, and points again
    choose(balls, "cellBitsCombo", 5)
    assert balls.scene.highlight.ball == balls.scene.cells.row_of(COLORS[1])
    choose(balls, "sizeModeCombo", "frequency")
    assert balls.scene.highlight.color == tuple(COLORS[1].tolist())
    assert balls.scene.highlight.ball is None


# -- remembered ----------------------------------------------------------------------------------


def test_the_choice_is_told_and_kept(space: Any) -> None:
    told: list[dict] = []
    space.view.viewOptionsChanged.connect(told.append)
    choose(space, "sizeModeCombo", "cells")
    choose(space, "cellBitsCombo", 3)
    assert (told[-1]["sizeMode"], told[-1]["cellBits"]) == ("cells", 3)
    space.view.set_view_options({"sizeMode": "frequency", "cellBits": 4})
    space.view.set_view_options(told[-1])
    space.view.set_colors(COLORS, COUNTS)
    assert space.view.view_options() == told[-1]
    assert len(space.scene.cells) == 2
    for wrong in (9, 2.5, True, "4", None):
        space.view.set_view_options({"cellBits": wrong})
        assert space.view.view_options()["cellBits"] == 3
