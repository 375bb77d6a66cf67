"""The point budget follows what frames cost."""

from __future__ import annotations

import pytest

from colorquant_gui.ui.space3d.budget import MAX_POINTS, MIN_POINTS, PointBudget


def fed(cost: float, *, frames: int = 6) -> PointBudget:
    budget = PointBudget(seconds=0.02, initial=10_000)
    for _ in range(frames):
        budget.record(budget.points, budget.points * cost)
    return budget


def test_it_starts_as_told() -> None:
    budget = PointBudget(seconds=0.02, initial=10_000)
    assert budget.points == 10_000
    assert budget.affordable(0.06) == 30_000
    assert not budget.measured


@pytest.mark.parametrize("cost", [4e-7, 2e-6])
def test_it_fills_the_time_of_a_frame(cost: float) -> None:
    budget = fed(cost)
    assert budget.points == pytest.approx(0.02 / cost, rel=0.01)
    assert budget.affordable(0.1) == pytest.approx(0.1 / cost, rel=0.01)


def test_it_has_limits() -> None:
    assert fed(1e-3).points == MIN_POINTS
    assert fed(1e-12).points == MAX_POINTS


def test_the_first_frame_tells_nothing() -> None:
    budget = PointBudget(seconds=0.02, initial=10_000)
    budget.record(10_000, 3.0)
    assert budget.points == 10_000
    assert not budget.measured


def test_a_frame_of_few_points_tells_nothing() -> None:
    budget = fed(1e-6)
    budget.record(5, 0.5)
    assert budget.points == fed(1e-6).points


def test_one_slow_frame_does_not_matter() -> None:
    budget = fed(1e-6)
    budget.record(20_000, 4.0)
    assert budget.points == 20_000


def test_small_swings_do_not_make_points_flicker() -> None:
    budget = fed(1e-6)
    for cost in (1.1e-6, 0.9e-6) * 10:
        budget.record(20_000, 20_000 * cost)
        assert budget.points == 20_000
