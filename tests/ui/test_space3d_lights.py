"""What stands out is drawn over the cloud as it is: no point of that is drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.space3d.cloud_painter import CloudPainter
from colorquant_gui.ui.space3d.look import DIM_SHARE
from tests.ui.conftest import SIZE, Space
from tests.ui.painted import as_array

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

N = 12_000


@pytest.fixture
def cloud(qtbot: QtBot) -> Space:
    """A view drawn by OpenGL of many colours, of which each tenth is of cluster 1."""
    view = ColorSpaceView()
    view.resize(*SIZE)
    qtbot.addWidget(view)
    view.set_layers({"pixels", "axes"})
    view.show()
    qtbot.waitExposed(view)
    shown = Space(view, qtbot)
    shown.settle()
    assert view.has_opengl
    rng = np.random.default_rng(4)
    colors = np.unique(rng.integers(0, 256, (N, 3)).astype(np.uint8), axis=0)
    view.set_colors(colors, np.ones(len(colors), np.int64))
    labels = (np.arange(len(colors)) % 10 == 0).astype(np.uint8)
    view.set_labels(labels, np.array([[1, 2, 3], [9, 8, 7]], np.uint8))
    return shown


def saved(space: Space) -> np.ndarray:
    return as_array(space.view.render_image(1.0))[..., :3].astype(int)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take note from now on of how the cloud itself is drawn."""
    drawn: list[str] = []
    for name in ("draw_moving", "draw_refined"):
        real = getattr(CloudPainter, name)
        monkeypatch.setattr(
            CloudPainter, name,
            lambda *args, real=real, name=name: drawn.append(name) or real(*args),
        )  # fmt: skip
    return drawn


def below_the_bar(pixels: np.ndarray) -> np.ndarray:
    return pixels[90:-100].astype(int)


def test_the_cloud_is_dimmed_as_it_is_and_drawn_once(
    cloud: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, drawn = cloud.pixels(), counted(monkeypatch)
    told: list[int] = []
    cloud.surface.shownChanged.connect(told.append)
    cloud.view.set_highlight(None, 1)
    lit = cloud.pixels()
    assert not np.array_equal(lit, before)
    cloud.view.set_highlight(None, 0)
    cloud.settle()
    cloud.view.set_highlight(None, None)
    assert np.array_equal(cloud.pixels(), before)
    assert drawn == []
    assert told == []
    assert cloud.surface.shown == cloud.surface.uploaded


def test_what_stands_out_looks_as_if_every_other_point_was_dimmed(cloud: Space) -> None:
    cloud.pixels()
    cloud.view.set_highlight(None, 1)
    # drawn aside, each point is dimmed by itself
    away = np.abs(below_the_bar(cloud.pixels()) - below_the_bar(saved(cloud))).max(axis=2)
    assert (away > 24).mean() < 0.01


def test_only_the_cluster_keeps_its_colours(cloud: Space) -> None:
    colors = np.array([[250, 40, 40], [40, 40, 250]], np.uint8)
    cloud.view.set_colors(colors, np.array([5, 5]))
    cloud.view.set_labels(np.array([0, 1], np.uint8), colors)
    own = [np.array(cloud.at(tuple(color))) for color in colors]
    background = cloud.pixels()[-3, 3]
    cloud.view.set_highlight(None, 1)
    assert np.abs(np.array(cloud.at(tuple(colors[1]))) - own[1]).max() < 8
    dimmed = own[0] + (background.astype(float) - own[0]) * DIM_SHARE
    assert np.abs(np.array(cloud.at(tuple(colors[0]))) - dimmed).max() < 8


def test_a_slice_stays_while_a_cluster_stands_out(
    cloud: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    colors = np.array([[250, 40, 40], [40, 40, 250]], np.uint8)
    cloud.view.set_colors(colors, np.array([5, 5]))
    cloud.view.set_labels(np.array([0, 1], np.uint8), colors)
    background = cloud.pixels()[-3, 3].astype(int)

    def is_seen() -> list[bool]:
        away = [np.abs(np.array(cloud.at(tuple(color))) - background) for color in colors]
        return [bool(one.max() > 60) for one in away]

    assert is_seen() == [True, True]
    cloud.view._cloud.set_ranges([(100.0, 300.0), None, None])
    assert is_seen() == [True, False]
    drawn = counted(monkeypatch)
    for cluster, seen in ((1, False), (0, True)):
        cloud.view.set_highlight(None, cluster)
        assert is_seen() == [seen, False]
    assert drawn == []
    cloud.view._cloud.set_ranges([(0.0, 100.0), None, None])
    cloud.view.set_highlight(None, 1)
    assert is_seen() == [False, True]
    assert drawn


def test_a_turned_view_shows_it_from_there(cloud: Space) -> None:
    cloud.pixels()
    cloud.view.set_highlight(None, 1)
    cloud.settle()
    cloud.scene.camera = cloud.scene.camera.orbited(60.0, 20.0)
    cloud.surface.refresh()
    away = np.abs(below_the_bar(cloud.pixels()) - below_the_bar(saved(cloud))).max(axis=2)
    assert (away > 24).mean() < 0.01


def test_colours_by_cluster_are_not_found_anew(cloud: Space) -> None:
    cloud.view.set_view_options({"colorMode": "cluster"})
    cloud.settle()
    tint: Any = cloud.scene.tint
    assert tint is not None
    cloud.view.set_highlight(None, 1)
    cloud.settle()
    assert cloud.scene.tint is tint
