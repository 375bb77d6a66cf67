"""Many colours are gathered between frames: who wants a picture waits for it, or has it done."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as WaitedInVainError

from colorquant_gui.core import Iteration
from colorquant_gui.core.labelling import Assignment
from colorquant_gui.session.frame import frame_at
from colorquant_gui.session.history import History
from colorquant_gui.ui.animation_space import SpaceOrders, SpaceStage
from colorquant_gui.ui.space3d import ColorSpaceView, cell_chooser, flat
from colorquant_gui.ui.space3d.cell_chooser import CellChooser
from colorquant_gui.ui.space3d.color_cells import ColorCells
from colorquant_gui.ui.space3d.look import DIM, HIDDEN, SHOWN
from tests.ui.painted import as_array
from tests.ui.space_colors import close

if TYPE_CHECKING:
    from colorquant_gui.session.frame import Frame

# Four cells of 16 levels.
COLORS = np.array(
    [[200, 60, 60], [206, 52, 60], [70, 70, 200], [70, 200, 70], [200, 200, 60]], np.uint8
)
COUNTS = np.array([30, 10, 10, 20, 20])
MEAN = (202, 58, 60)


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_chooser, "_AT_ONCE", 3)


def moment() -> Frame:
    """One of a run with a single centroid."""
    history = History()
    labels, counts = np.zeros(len(COLORS), np.uint8), np.array([COUNTS.sum()])
    history.extend([Iteration(0, np.full((1, 3), 90.0), labels, counts, 1.0, 0.0)])
    history.finished = True
    return frame_at(history, history.stop(0), 0.0, Assignment(labels, counts, 1.0))


def test_what_is_not_gathered_yet_is_not_settled(
    space: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    space.view.set_view_options({"sizeMode": "cells"})
    with monkeypatch.context() as held:
        held.setattr(CellChooser, "resume", lambda _self: None)
        space.view.set_colors(COLORS, COUNTS)
        assert not len(space.scene.points)
        with pytest.raises(WaitedInVainError):
            space.qtbot.waitUntil(lambda: space.surface.settled, timeout=700)
    space.view._cloud.resume()
    space.settle()
    assert len(space.scene.cells) == 4
    assert close(space.at(MEAN), MEAN)
    # what is gathered no more is not waited for
    with monkeypatch.context() as held:
        held.setattr(CellChooser, "resume", lambda _self: None)
        space.view.set_view_options({"cellBits": 5})
        assert not space.surface.settled
        space.view.set_view_options({"sizeMode": "equal"})
    space.settle()
    assert len(space.scene.points) == len(COLORS)


@pytest.mark.parametrize("use_opengl", [None, False], ids=["opengl", "flat"])
def test_an_animation_waits_for_the_cells(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, use_opengl: bool | None
) -> None:
    model = ColorSpaceView(use_opengl=use_opengl)
    qtbot.addWidget(model)
    model.set_layers({"pixels"})
    model.set_view_options({"sizeMode": "cells"})
    # by waiting alone
    monkeypatch.setattr(CellChooser, "finish", lambda _self: None)
    histogram: Any = SimpleNamespace(colors=COLORS, counts=COUNTS)
    stage = SpaceStage(model, histogram, model)
    orders = SpaceOrders(stage.enqueue, (288, 240))
    orders.order(moment(), 0.0)
    qtbot.waitUntil(lambda: not orders.drawn.empty(), timeout=20_000)
    image = orders.take(lambda: False)
    stage.close()
    pixels = np.asarray(image).astype(int)
    assert (np.abs(pixels - MEAN).max(axis=2) < 8).sum() > 20


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize("use_opengl", [None, False], ids=["opengl", "flat"])
def test_a_picture_has_all_cells_at_once(qtbot: Any, use_opengl: bool | None, shown: bool) -> None:
    view = ColorSpaceView(use_opengl=use_opengl)
    view.resize(460, 420)
    qtbot.addWidget(view)
    view.set_layers({"pixels"})
    view.set_view_options({"sizeMode": "cells"})
    if shown:
        view.show()
        qtbot.waitExposed(view)
    view.set_colors(COLORS, COUNTS)
    assert not len(view._scene.points)
    before = as_array(view.render_image(1, True))
    assert (before[..., 3] > 0).sum() > 800
    assert (np.abs(before[..., :3].astype(int) - MEAN).max(axis=2) < 8).sum() > 100
    # the same as when there is time
    assert len(view._scene.cells) == 4
    if shown:
        qtbot.waitUntil(lambda: view.findChild(QWidget, "spaceViewport") is not None)
        qtbot.waitUntil(lambda: view.findChild(QWidget, "spaceViewport").settled, timeout=10_000)
    assert np.array_equal(as_array(view.render_image(1, True)), before) or shown


def test_what_nobody_sees_is_not_gathered(space: Any) -> None:
    space.view.set_view_options({"sizeMode": "cells"})
    space.view.set_colors(COLORS, COUNTS)
    space.view.hide()
    space.qtbot.wait(200)
    assert space.scene.cells is None
    space.view.show()
    space.qtbot.waitUntil(lambda: space.scene.cells is not None)
    assert len(space.scene.cells) == 4


def test_balls_and_points_have_budgets_of_their_own(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, drawn = [0.0], []
    view = ColorSpaceView(use_opengl=False)
    view.resize(460, 420)
    qtbot.addWidget(view)

    def drawn_quickly(scene: Any, n: int, size: tuple[int, int], _ratio: float) -> QImage:
        # as long as it takes: 20 microseconds a ball, and a tenth of one a point
        seconds[0] += n * (20e-6 if scene.cells is not None else 1e-7)
        drawn.append(n)
        return QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)

    def turned() -> int:
        """Points in the next frame from another side."""
        drawn.clear()
        QTest.keyClick(view.findChild(QWidget, "spaceViewport"), Qt.Key.Key_Left)
        qtbot.waitUntil(lambda: bool(drawn))
        return drawn[0]

    monkeypatch.setattr(flat, "cloud_image", drawn_quickly)
    monkeypatch.setattr(flat, "time", SimpleNamespace(perf_counter=lambda: seconds[0]))
    monkeypatch.setattr(cell_chooser, "_AT_ONCE", 1 << 18)
    keys = np.arange(0, 1 << 24, 559)
    colors = np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.uint8)
    view.set_colors(colors, np.ones(len(colors), np.int64))
    view.show()
    qtbot.waitUntil(lambda: bool(drawn))
    for _ in range(4):
        points = turned()
    assert points == len(colors)
    drawn.clear()
    view.set_view_options({"sizeMode": "cells", "cellBits": 5})
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn[0] <= 2000 < len(view._scene.cells)
    for _ in range(4):
        assert turned() <= 2000
    drawn.clear()
    # the other way round
    view.set_view_options({"sizeMode": "equal"})
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn[0] == len(colors)


# -- by error ------------------------------------------------------------------------------------


def test_errors_are_found_once_for_a_palette(space: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    means = ColorCells.means

    def noted(cells: ColorCells, values: np.ndarray) -> np.ndarray:
        asked.append(len(values))
        return means(cells, values)

    monkeypatch.setattr(ColorCells, "means", noted)
    view, labels = space.view, np.array([0, 0, 1, 1, 0], np.uint8)
    view.set_view_options({"sizeMode": "cells", "colorMode": "error"})
    view.set_colors(COLORS, COUNTS)
    space.qtbot.waitUntil(lambda: space.scene.cells is not None)
    view.set_labels(labels, COLORS[[0, 2]])
    space.settle()
    assert len(asked) == 1
    before = space.pixels()
    # nothing of this changes them
    view.set_phase("assign")
    view.set_phase("update")
    view._cloud.set_ranges([(0.0, 250.0), None, None])
    view._cloud.set_ranges([(0.0, 240.0), None, None])
    view.set_highlight(None, 1)
    view.set_highlight(None, None)
    view.set_labels(labels, COLORS[[0, 2]])
    view._cloud.set_ranges([None] * 3)
    view.set_phase("")
    assert np.array_equal(space.pixels(), before)
    assert len(asked) == 1
    # this does, and is shown
    for change, row_of in (
        (lambda: view.set_labels(labels, COLORS[[0, 3]]), (70, 70, 200)),
        (lambda: view.set_labels(1 - labels, COLORS[[0, 3]]), (70, 200, 70)),
        (lambda: view.set_error(np.arange(5.0), ""), (70, 70, 200)),
        (lambda: view.set_error(np.arange(5.0)[::-1], ""), (70, 200, 70)),
    ):
        n, tone = len(asked), space.at(row_of)
        change()
        assert not close(space.at(row_of), tone)
        assert len(asked) == n + 1


def test_a_slice_leaves_the_colours_as_they_are(space: Any) -> None:
    space.view.set_view_options({"sizeMode": "equal", "colorMode": "error"})
    space.view.set_colors(COLORS, COUNTS)
    space.qtbot.waitUntil(lambda: len(space.scene.points) == len(COLORS))
    space.view.set_labels(np.array([0, 0, 1, 1, 0], np.uint8), COLORS[[0, 2]])
    tint = space.scene.tint
    assert tint is not None
    space.view._cloud.set_ranges([(100.0, 255.0), None, None])
    assert (space.scene.states == HIDDEN).sum() == 2
    assert space.scene.tint is tint


# -- one before the other ------------------------------------------------------------------------


@pytest.fixture
def behind(space: Any) -> Any:
    """Two cells of which one is in front of the other, and the bigger."""
    levels = np.arange(8, 256, 16)
    grid = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(-1, 3)
    places, depth = space.scene.camera.project(space.scene.place(grid.astype(float)), *space.size)
    middle = np.argmin(np.abs(grid - 136).sum(axis=1))
    beside = np.hypot(*(places - places[middle]).T) + 100.0 * (depth <= depth[middle] + 60)
    space.near, space.far = grid[middle], grid[np.argmin(beside)]
    assert np.min(beside) < 8
    space.view.set_layers({"pixels"})
    space.view.set_view_options({"sizeMode": "cells"})
    space.view.set_colors(np.array([space.far, space.near], np.uint8), np.array([10, 12]))
    assert space.scene.points[0, :3].tolist() == space.near.tolist()
    return space


def test_the_near_ball_covers_the_far_one(behind: Any) -> None:
    assert close(behind.at(tuple(behind.near)), behind.near)
    assert close(behind.at(tuple(behind.far)), behind.near)


def test_a_dimmed_ball_covers_none_that_stands_out(behind: Any) -> None:
    behind.view.set_labels(np.array([0, 1], np.uint8), np.array([[9, 9, 9], [8, 8, 8]], np.uint8))
    behind.view.set_highlight(None, 0)
    assert behind.scene.states.tolist() == [DIM, SHOWN]
    assert close(behind.at(tuple(behind.far)), behind.far)
    behind.view.set_highlight(None, 1)
    assert close(behind.at(tuple(behind.near)), behind.near)
