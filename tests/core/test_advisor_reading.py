"""What is read off the curve: goals, costs, sizes in between, and the bend."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorquant_gui.core import InvalidParameterError
from colorquant_gui.core.advisor import (
    CurvePoint,
    Elbow,
    Ground,
    cost_at,
    elbow,
    gains_at,
    largest_k,
    smallest_k,
    with_estimates,
)


def point(k: int, psnr: float = 30.0, de: float = 5.0, n_bytes: int | None = None) -> CurvePoint:
    return CurvePoint(k, 1.0, psnr, de, 2 * de, n_bytes)


def steady(*values: int) -> list[CurvePoint]:
    """Make a curve on which PSNR is k, mean CIEDE2000 64 / k, and the size 100 k."""
    return [point(k, float(k), 64 / k, 100 * k) for k in values]


def test_the_smallest_k_that_is_good_enough() -> None:
    curve = steady(*range(2, 65))
    choice = smallest_k(curve, "psnr", 29.5)
    assert (choice.k, choice.low, choice.high, choice.decided) == (30, 30, 30, True)
    assert choice.point == curve[28]
    assert smallest_k(curve, "psnr", 30.0).k == 30
    assert smallest_k(curve, "mean_de", 4.0).k == 16
    assert smallest_k(curve, "mean_de", 1000).k == 2


def test_values_in_between_that_are_not_measured_leave_it_open() -> None:
    choice = smallest_k(steady(2, 8, 16, 64), "psnr", 10, 64)
    assert (choice.k, choice.low, choice.high, choice.decided) == (16, 9, 16, False)
    choice = smallest_k(steady(4, 8), "psnr", 1, 64)
    assert (choice.k, choice.low, choice.high) == (4, 2, 4)


def test_a_goal_that_no_k_reaches() -> None:
    choice = smallest_k(steady(2, 8, 64), "psnr", 99, 64)
    assert (choice.k, choice.point, choice.low, choice.high) == (None, None, None, None)
    assert choice.decided
    choice = smallest_k(steady(2, 8), "psnr", 99, 64)
    assert (choice.k, choice.low, choice.high, choice.decided) == (None, 9, 64, False)
    choice = smallest_k([], "mean_de", 1, 64)
    assert (choice.k, choice.low, choice.high, choice.decided) == (None, 2, 64, False)


def test_an_unknown_goal_is_refused() -> None:
    with pytest.raises(InvalidParameterError, match="ssim"):
        smallest_k([], "ssim", 1)


def test_the_largest_k_whose_file_is_small_enough() -> None:
    choice = largest_k(steady(*range(2, 65)), 2050, 64)
    assert (choice.k, choice.low, choice.high, choice.decided) == (20, 20, 20, True)
    assert largest_k(steady(*range(2, 65)), 2000, 64).k == 20
    choice = largest_k(steady(*range(2, 65)), 10**9, 64)
    assert (choice.k, choice.decided) == (64, True)
    choice = largest_k(steady(*range(2, 65)), 199, 64)
    assert (choice.k, choice.low, choice.high, choice.decided) == (None, None, None, True)


def test_sizes_that_are_not_known_or_only_estimated_leave_it_open() -> None:
    choice = largest_k(steady(2, 8, 16, 64), 1700, 64)
    assert (choice.k, choice.low, choice.high, choice.decided) == (16, 16, 63, False)
    choice = largest_k(steady(2, 8), 1700, 64)
    assert (choice.k, choice.low, choice.high) == (8, 8, 64)
    choice = largest_k(steady(8), 700, 64)
    assert (choice.k, choice.low, choice.high) == (None, 2, 7)
    estimated = with_estimates([*steady(2), point(3), point(4), *steady(5)])
    choice = largest_k(estimated, 400, 5)
    assert (choice.k, choice.estimated, choice.decided) == (3, True, False)
    # sizes aren't known, but the errors are
    assert largest_k([point(2), point(3)], 400, 3).k is None


def test_a_neighbour_whose_size_is_estimated_may_yet_fit() -> None:
    curve = with_estimates([*steady(2, 3), point(4), *steady(5)])
    assert curve[2].n_bytes == 413
    choice = largest_k(curve, 350, 5)
    assert (choice.k, choice.low, choice.high, choice.estimated) == (3, 3, 3, True)


def test_what_a_k_costs() -> None:
    curve = steady(2, 8, 16)
    assert cost_at(curve, 8) == curve[1]
    assert cost_at(curve, 9) is None
    assert cost_at(curve, 99) is None
    assert cost_at([], 2) is None


def test_sizes_between_encoded_ones_lie_on_a_line_along_log_k() -> None:
    curve = [point(2), *steady(4), point(8), point(11), *steady(16), point(32)]
    sizes = [p.n_bytes for p in with_estimates(curve)]
    eleven = round(400 + 1200 * math.log(11 / 4) / math.log(4))
    assert sizes == [None, 400, 1000, eleven, 1600, None]
    flags = [p.bytes_estimated for p in with_estimates(curve)]
    assert flags == [False, False, True, True, False, False]


@given(st.sets(st.integers(2, 256)), st.sets(st.integers(2, 256)))
def test_estimates_are_made_anew_each_time(ks: set[int], encoded: set[int]) -> None:
    curve = [point(k, n_bytes=100 * k if k in encoded else None) for k in sorted(ks)]
    once = with_estimates(curve)
    assert with_estimates(once) == once
    for before, after in zip(curve, once, strict=True):
        if before.n_bytes is not None:
            assert after == before
        elif after.n_bytes is not None:
            below = max(k for k in encoded & ks if k < after.k)
            above = min(k for k in encoded & ks if k > after.k)
            assert 100 * below <= after.n_bytes <= 100 * above


def bent(at: int, *values: int) -> list[CurvePoint]:
    """Make a curve that falls by 4 a doubling down to a k, and by 0.5 from there on."""
    low = 8 - 0.5 * math.log2(256 / at)

    def height(k: int) -> float:
        slope = 4 if k < at else 0.5
        return low + slope * math.log2(at / k) + 1

    return [point(k, de=height(k)) for k in values]


def test_the_bend_of_the_curve() -> None:
    found = elbow(bent(16, *range(2, 257)), 256, 9999)
    assert found.k == 16
    assert found.gain_before == pytest.approx(4)
    assert found.gain_after == pytest.approx(0.5)
    assert found.ground is Ground.BEND


def both_sides(low: float, middle: float, high: float) -> tuple[float, float]:
    """What a doubling takes off on average from 2 to 16, and from 16 to 256."""
    return (low - middle) / 3, (middle - high) / 4


def test_what_doublings_gain_is_told_in_every_quality() -> None:
    curve = [
        CurvePoint(2, 6400.0, 10.0, 20.0, 40.0),
        CurvePoint(16, 100.0, 28.0, 8.0, 22.0),
        CurvePoint(64, 50.0, 30.0, 7.0, 12.0),
        CurvePoint(256, 6.25, 40.0, 4.0, 10.0),
    ]
    for quality, expected in (
        ("psnr", (6.0, 3.0)),
        # 64 in three doublings, 16 in four
        ("mse", (4.0, 2.0)),
        ("mean_de", both_sides(20, 8, 4)),
        ("p95_de", both_sides(40, 22, 10)),
    ):
        found = gains_at(curve, 16, quality)
        assert found.quality == quality
        assert (found.before, found.after) == pytest.approx(expected)


def test_where_no_number_says_what_is_gained() -> None:
    curve = [CurvePoint(k, 8.0 / k, 30.0 + k, 9.0 / k, 9.0 / k) for k in (2, 4, 8)]
    for k in (2, 8, 5):
        assert gains_at(curve, k, "psnr") is None
    assert gains_at([], 4, "psnr") is None
    kept = [*curve[:2], CurvePoint(8, 0.0, math.inf, 0.0, 0.0)]
    assert gains_at(kept, 4, "psnr") is None
    assert gains_at(kept, 4, "mse") is None
    assert gains_at(kept, 4, "mean_de").after == pytest.approx(9 / 4)
    with pytest.raises(InvalidParameterError, match="ssim"):
        gains_at(curve, 4, "ssim")


def test_few_points_show_it_too_and_noise_does_not_hide_it() -> None:
    assert elbow(bent(16, 2, 4, 8, 16, 64, 256), 256, 9999).k == 16
    noisy = [
        point(p.k, de=p.mean_de + (0.2 if p.k % 3 == 0 else 0)) for p in bent(16, *range(2, 257))
    ]
    assert elbow(noisy, 256, 9999).k in range(14, 19)


def test_more_colours_never_count_as_worse() -> None:
    heights = {2: 9.0, 4: 5.0, 8: 1.0, 64: 1.3, 256: 1.4}
    found = elbow([point(k, de=height) for k, height in heights.items()], 256, 9999)
    assert (found.k, found.gain_before, found.gain_after) == (8, 4.0, 0.0)


def test_a_straight_curve_has_none() -> None:
    straight = [point(k, de=20 - math.log2(k)) for k in range(2, 257)]
    found = elbow(straight, 256, 9999)
    assert found.k is None
    assert found.ground is Ground.STRAIGHT


@pytest.mark.parametrize(
    "values", [(), (2,), (2, 8, 16, 32), (3, 4, 8, 16, 64, 256), (2, 3, 4, 5, 6)]
)
def test_too_little_of_the_curve(values: tuple[int, ...]) -> None:
    found = elbow(bent(16, *values), 256, 9999)
    assert found.k is None
    assert found.ground is Ground.TOO_FEW_POINTS


def test_few_colours_have_nothing_to_gain() -> None:
    found = elbow([], 100, 100)
    assert found.k == 100
    assert (found.ground, found.n_unique) == (Ground.KEEPS_ALL, 100)
    assert elbow([], 1, 1) == Elbow(2, Ground.KEEPS_ALL, n_unique=1)
    # with a transparent entry
    assert elbow([], 101, 100).k == 101
    assert elbow([], 0, 0) == Elbow(None, Ground.NOTHING_VISIBLE)


def test_256_colours_and_a_transparent_entry_are_one_too_many() -> None:
    curve = bent(16, *range(2, 257))
    assert elbow(curve, 256, 256).k == 16
    assert elbow([], 256, 256).k == 256


def test_colours_that_can_hardly_be_told_apart() -> None:
    found = elbow([point(2, de=0.8)], 256, 9999)
    assert found.k == 2
    assert (found.ground, found.difference) == (Ground.ALL_ALIKE, 0.8)
    flat = [point(k, de=1.5 - k / 1000) for k in range(2, 257)]
    found = elbow(flat, 256, 9999)
    assert found.k == 2
    assert (found.ground, found.maximum) == (Ground.FLAT, 256)
    # by 1 for every 1000 colours, from 2 to 256
    assert found.difference == pytest.approx(0.254)
