"""The order in which k is tried, and what a curve says is to be done next."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorquant_gui.core.advisor import Curve, CurvePoint, Measured, Stage, Task
from colorquant_gui.core.advisor.order import N_FIRST, first_values, k_order


@given(st.integers(0, 256))
def test_every_k_comes_once(maximum: int) -> None:
    assert sorted(k_order(maximum)) == list(range(2, maximum + 1))
    assert set(k_order(maximum)[:N_FIRST]) == set(first_values(maximum))


@given(st.integers(22, 256))
def test_first_values_are_spread_evenly_along_a_logarithm(maximum: int) -> None:
    values = first_values(maximum)
    assert len(values) == N_FIRST == 20
    assert (values[0], values[-1]) == (2, maximum)
    ratios = [high / low for low, high in pairwise(values) if high - low > 1]
    # whole numbers: each may lie half a step off
    widest = [(high + 0.5) / (low - 0.5) for low, high in pairwise(values) if high - low > 1]
    assert max(ratios) <= min(widest) * 1.1


@pytest.mark.parametrize("maximum", [3, 5, 21, 23, 60])
def test_each_value_parts_the_largest_gap_of_what_is_to_be_parted(maximum: int) -> None:
    order = k_order(maximum)
    assert order[:2] == (2, maximum)
    n_first = min(N_FIRST, len(order))
    for i in range(2, len(order)):
        known, k = sorted(order[:i]), order[i]
        universe = first_values(maximum) if i < n_first else range(2, maximum + 1)
        gaps = {
            high / low
            for low, high in pairwise(known)
            if any(low < value < high for value in universe)
        }
        low = max(value for value in known if value < k)
        high = min(value for value in known if value > k)
        assert high / low == pytest.approx(max(gaps))


def measured(k: int, n_bytes: int | None = None) -> Measured:
    point = CurvePoint(k, 100.0 / k, 20.0 + k, 10.0 / k, 20.0 / k, n_bytes)
    return Measured(point, np.full((k, 3), k, np.uint8), 5)


def finish(curve: Curve, stage: Stage, values: tuple[int, ...]) -> None:
    for k in values:
        curve.add(measured(k, 1000 + k if stage is Stage.BYTES else None))


def test_errors_then_sizes_of_the_first_values_then_the_rest() -> None:
    curve = Curve(40)
    first, rest = curve.order[:20], curve.order[20:]
    assert list(curve.tasks()) == [Task(Stage.ERRORS, k) for k in (*first, *rest)]
    assert not curve.has_first
    finish(curve, Stage.ERRORS, first)
    assert curve.has_first
    expected = [Task(Stage.BYTES, k) for k in first] + [Task(Stage.ERRORS, k) for k in rest]
    assert list(curve.tasks()) == expected
    finish(curve, Stage.BYTES, first)
    assert list(curve.tasks()) == expected[20:]
    finish(curve, Stage.ERRORS, rest)
    assert list(curve.tasks()) == [Task(Stage.BYTES, k) for k in rest]
    assert (curve.n_measured, curve.n_encoded) == (39, 20)
    assert not curve.is_complete
    finish(curve, Stage.BYTES, rest)
    assert curve.is_complete
    assert list(curve.tasks()) == []


def test_what_a_person_looks_at_comes_first_and_once() -> None:
    curve = Curve(256)
    assert 101 not in curve.order[:20]
    tasks = list(curve.tasks(101))
    assert tasks[0] == Task(Stage.ERRORS, 101)
    assert tasks.count(Task(Stage.ERRORS, 101)) == 1
    assert len(tasks) == 255
    assert next(curve.tasks(36)) == Task(Stage.ERRORS, 36)
    assert next(curve.tasks(999)) == Task(Stage.ERRORS, 2)


def test_what_is_being_measured_is_left_out() -> None:
    curve = Curve(256)
    assert [task.k for task in curve.tasks(17, {17, 2})][:2] == [256, curve.order[2]]


def test_points_ascend_and_carry_estimates() -> None:
    curve = Curve(256)
    for k in (64, 2, 16):
        curve.add(measured(k))
    assert [point.k for point in curve.points] == [2, 16, 64]
    assert all(point.n_bytes is None for point in curve.points)
    curve.add(measured(2, 1000))
    curve.add(measured(64, 6000))
    sizes = [(point.n_bytes, point.bytes_estimated) for point in curve.points]
    # three of the five doublings from 2 to 64
    assert sizes == [(1000, False), (4000, True), (6000, False)]
    curve.add(measured(16, 3000))
    assert curve.points[1].n_bytes == 3000
    assert sorted(curve.palettes) == [2, 16, 64]
    assert curve.get(16) is not None
    assert curve.get(17) is None


@pytest.mark.parametrize("maximum", [0, 1])
def test_a_picture_of_one_colour_has_no_curve(maximum: int) -> None:
    curve = Curve(maximum)
    assert curve.order == ()
    assert curve.is_complete
    assert curve.points == ()
