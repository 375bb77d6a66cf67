"""Colours of points are found as far as they are drawn, and no farther."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.errors import ramp
from colorquant_gui.ui.space3d.look import BY_CLUSTER, BY_ERROR, Look
from colorquant_gui.ui.space3d.painting import CloudPaint
from colorquant_gui.ui.space3d.scene import ASSIGN, UPDATE, Scene
from colorquant_gui.ui.space3d.style import SceneStyle
from colorquant_gui.ui.space3d.tint import Tint
from tests.ui.space_colors import close

N = 30_000


@pytest.fixture
def scene(qapp: object) -> Scene:
    """Half of the colours of a picture, in another order."""
    rng = np.random.default_rng(1)
    made = Scene(SceneStyle.of(QWidget()))
    made.points = rng.integers(0, 256, (N, 4)).astype(np.uint8)
    made.indices = rng.permutation(2 * N)[:N]
    made.total = 2 * N
    made.placed = N
    made.world = np.zeros((N, 3), np.float32)
    return made


def clusters(k: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(k)
    labels = rng.integers(0, k, 2 * N).astype(np.uint8)
    return labels, rng.integers(0, 256, (k, 3)).astype(np.uint8)


def test_a_tint_asks_for_what_is_wanted_and_for_nothing_twice() -> None:
    points = np.arange(40, dtype=np.uint8).reshape(10, 4)
    asked: list[list[int]] = []

    def colors_of(part: slice) -> np.ndarray:
        rows = np.arange(10)[part]
        asked.append(rows.tolist())
        return np.repeat(100 + rows[:, None], 3, axis=1).astype(np.uint8)

    tint = Tint(points, colors_of)
    assert tint.found == 0
    first = tint.reach(3)
    assert tint.reach(2) is first
    assert tint.reach(7) is first
    assert tint.reach(99) is first
    assert asked == [[0, 1, 2], [3, 4, 5, 6], [7, 8, 9]]
    assert tint.found == 10
    assert first[:, 0].tolist() == list(range(100, 110))
    assert np.array_equal(first[:, 3], points[:, 3])


def test_points_get_the_colours_of_their_clusters_as_they_are_drawn(scene: Scene) -> None:
    labels, palette = clusters(256)
    paint = CloudPaint(scene)
    scene.look = Look(color_mode=BY_CLUSTER)
    paint.set_labels(labels, palette)
    paint.update()
    assert scene.tint is not None
    assert scene.tint.found == 0
    for n in (500, 20_000, N):
        drawn = scene.painted_points(n)[:n]
        assert scene.tint.found == n
        assert np.array_equal(drawn[:, :3], palette[labels[scene.indices[:n]]])
        assert np.array_equal(drawn[:, 3], scene.points[:n, 3])


def test_colours_stay_while_centroids_glide_also_those_not_yet_drawn(scene: Scene) -> None:
    labels, palette = clusters(9)
    paint = CloudPaint(scene)
    scene.phase = ASSIGN
    paint.set_labels(labels, palette)
    paint.update()
    scene.painted_points(100)
    scene.phase = UPDATE
    paint.set_labels(labels, 255 - palette)
    paint.update()
    assert np.array_equal(scene.painted_points(N)[:, :3], palette[labels[scene.indices]])
    scene.phase = ASSIGN
    paint.update()
    assert np.array_equal(scene.painted_points(N)[:, :3], 255 - palette[labels[scene.indices]])


def test_errors_are_scaled_by_the_first_points_and_found_when_drawn(scene: Scene) -> None:
    labels, palette = clusters(4)
    paint = CloudPaint(scene)
    scene.look = Look(color_mode=BY_ERROR)
    paint.set_labels(labels, palette)
    paint.update()
    assert scene.tint is not None
    assert scene.tint.found == 0
    own = palette[labels[scene.indices]].astype(float)
    error = np.sqrt(((scene.points[:, :3] - own) ** 2).sum(axis=1))
    place = np.clip(error * 255 / paint.error_scale, 0, 255).astype(int)
    assert close(scene.painted_points(N)[:, :3], ramp()[place], 3)
    known = np.linspace(0, 90, 2 * N).astype(np.float32)
    paint.set_error(known, "ΔE00")
    paint.update()
    assert paint.error_scale == 128
    place = np.clip(known[scene.indices] * 255 / 128, 0, 255).astype(int)
    assert close(scene.painted_points(N)[:, :3], ramp()[place], 3)


def test_labels_without_a_colour_paint_nothing(scene: Scene) -> None:
    labels, palette = clusters(8)
    paint = CloudPaint(scene)
    scene.look = Look(color_mode=BY_CLUSTER)
    paint.set_labels(labels, palette[:5])
    paint.update()
    assert scene.tint is None
    assert scene.painted_points(N) is scene.points


def test_a_view_colours_what_it_draws_when_it_draws_it(space: Any) -> None:
    rng = np.random.default_rng(2)
    keys = rng.choice(1 << 24, 200_000, replace=False)
    colors = np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.uint8)
    space.view.set_colors(colors, np.ones(len(colors), np.int64))
    space.settle()
    for _ in range(4):
        labels = rng.integers(0, 8, len(colors)).astype(np.uint8)
        palette = rng.integers(0, 256, (8, 3)).astype(np.uint8)
        space.view.set_phase("assign")
        space.view.set_labels(labels, palette)
        tint = space.scene.tint
        assert tint.found == 0
        space.qtbot.waitUntil(lambda tint=tint: tint.found > 0)
    space.settle()
    found = space.scene.tint.found
    assert found >= space.surface.shown > 0
    drawn = space.scene.painted_points(found)[:found, :3]
    assert np.array_equal(drawn, palette[labels[space.scene.indices[:found]]])
