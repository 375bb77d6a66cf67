"""Which colours are drawn when not all of them can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from colorquant_gui.ui.space3d import sampling, view
from colorquant_gui.ui.space3d.sampling import CHUNK, PopulationSampler

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def every(n: int) -> np.ndarray:
    """`n` different colours, spread over the cube."""
    keys = np.arange(n, dtype=np.uint64) * np.uint64(2654435761) % np.uint64(1 << 24)
    return np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.uint8)


def sampled(colors: np.ndarray, counts: np.ndarray, limit: int) -> np.ndarray:
    sampler = PopulationSampler(colors, counts, limit)
    while not sampler.done:
        sampler.step()
    return sampler.result()


def keys(points: np.ndarray) -> np.ndarray:
    return points[:, :3].astype(np.int64) @ [65536, 256, 1]


def test_all_colours_come_where_there_is_room() -> None:
    colors = every(5000)
    points = sampled(colors, np.ones(5000, np.int64), 5000)
    assert sorted(keys(points)) == sorted(keys(colors))


def test_the_limit_holds_and_nothing_comes_twice() -> None:
    colors = every(2 * CHUNK + 17)
    points = sampled(colors, np.ones(len(colors), np.int64), 9_999)
    assert len(np.unique(keys(points))) == 9_999


def test_the_biggest_population_comes_first() -> None:
    colors, counts = every(CHUNK + 500), np.ones(CHUNK + 500, np.int64)
    counts[CHUNK + 123] = 10**12
    points = sampled(colors, counts, 50)
    assert keys(points)[0] == keys(colors)[CHUNK + 123]


def test_the_share_of_the_populous_goes_by_the_root_of_their_count() -> None:
    n = 60_000
    colors, counts = every(n), np.ones(n, np.int64)
    counts[: n // 2] = 25
    chosen = keys(sampled(colors, counts, 2_000))
    populous = np.isin(chosen, keys(colors[: n // 2])).sum()
    # 5 : 1, with a standard deviation of about 17
    assert populous == pytest.approx(2_000 * 5 / 6, abs=85)


def test_every_prefix_is_such_a_sample() -> None:
    n = 60_000
    colors, counts = every(n), np.ones(n, np.int64)
    counts[: n // 2] = 25
    chosen = np.isin(keys(sampled(colors, counts, 20_000)), keys(colors[: n // 2]))
    assert chosen[:1000].mean() == pytest.approx(5 / 6, abs=0.06)
    assert chosen[10_000:].mean() < chosen[:1000].mean()


def test_a_sample_of_equals_is_spread_over_the_cube() -> None:
    colors = np.stack(np.meshgrid(*[np.arange(0, 256, 4)] * 3), axis=-1).reshape(-1, 3)
    points = sampled(colors.astype(np.uint8), np.ones(len(colors), np.int64), 8_000)
    octants = np.bincount((points[:, :3] >> 7) @ [4, 2, 1], minlength=8)
    assert octants == pytest.approx(np.full(8, 1000), abs=150)


def test_the_population_is_on_a_logarithmic_scale() -> None:
    points = sampled(every(3), np.array([1, 9, 99]), 3)
    sizes = dict(zip(keys(points), points[:, 3].tolist(), strict=True))
    wanted = np.rint(255 * np.log([2, 10, 100]) / np.log(100))
    assert [sizes[key] for key in keys(every(3))] == wanted.tolist()


def test_the_same_picture_gives_the_same_points() -> None:
    colors, counts = every(3000), np.arange(1, 3001)
    assert np.array_equal(sampled(colors, counts, 700), sampled(colors, counts, 700))


def test_a_preview_needs_no_steps() -> None:
    colors = every(300_000)
    preview = PopulationSampler(colors, np.ones(len(colors), np.int64), 1_000_000).preview()
    assert 15_000 <= len(preview) <= 21_000
    assert np.isin(keys(preview), keys(colors)).all()
    assert len(PopulationSampler(colors, np.ones(len(colors), np.int64), 10).preview()) == 10


def test_steps_of_any_length_choose_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    colors = every(4_321)
    counts = np.random.default_rng(4).integers(1, 1000, len(colors))
    at_once = sampled(colors, counts, 1_000)
    monkeypatch.setattr(sampling, "CHUNK", 100)
    sampler = PopulationSampler(colors, counts, 1_000)
    steps = 0
    while not sampler.done:
        sampler.step()
        steps += 1
    assert steps == 2 * 44
    assert np.array_equal(sampler.result(), at_once)
    assert np.array_equal(colors[sampler.indices], at_once[:, :3])


def test_no_colours_at_all() -> None:
    assert sampled(np.empty((0, 3), np.uint8), np.empty(0, np.int64), 10).shape == (0, 4)


# -- how many ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("in_software", "limit"), [(True, 200), (False, 900)])
def test_a_graphics_card_is_given_more_of_them(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, in_software: bool, limit: int
) -> None:
    monkeypatch.setattr(view, "draws_in_software", lambda: in_software)
    monkeypatch.setattr(view, "MAX_POINTS", 900)
    monkeypatch.setattr(view, "MAX_POINTS_IN_SOFTWARE", 200)
    space = view.ColorSpaceView(use_opengl=True)
    qtbot.addWidget(space)
    space.set_colors(every(1000), np.ones(1000, np.int64))
    assert len(space._scene.points) == limit


def test_without_opengl_there_are_as_many_as_in_software(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "draws_in_software", lambda: False)
    monkeypatch.setattr(view, "MAX_POINTS_IN_SOFTWARE", 200)
    space = view.ColorSpaceView(use_opengl=False)
    qtbot.addWidget(space)
    space.set_colors(every(1000), np.ones(1000, np.int64))
    assert len(space._scene.points) == 200
