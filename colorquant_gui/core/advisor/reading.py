"""Reading the curve: sizes in between, the k that reaches a goal, and what a k costs."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from colorquant_gui.core.advisor.points import CurvePoint


@dataclass(frozen=True)
class Choice:
    """The k that reaches a goal, as far as the curve is known.

    Attributes
    ----------
    k : int or None
        The best of the measured k that reach it; None where none does.
    point : CurvePoint or None
        Its point of the curve.
    low, high : int or None
        Where the answer lies once all k are measured, `k` among them; equal when no k in between
        is left to measure. Without a `k`, the unmeasured values that might yet reach the goal;
        None where there are none.
    estimated : bool
        Whether the answer stands on sizes that were estimated.
    """

    k: int | None
    point: CurvePoint | None
    low: int | None
    high: int | None
    estimated: bool = False

    @property
    def decided(self) -> bool:
        """Whether more measuring changes nothing."""
        return self.low == self.high and not self.estimated


_AT_LEAST: dict[str, Callable[[CurvePoint, float], bool]] = {
    "psnr": lambda point, value: point.psnr >= value,
    "mean_de": lambda point, value: point.mean_de <= value,
}


def smallest_k(
    points: Sequence[CurvePoint], kind: str, value: float, maximum: int | None = None
) -> Choice:
    """Find the smallest k that is good enough.

    Parameters
    ----------
    points : sequence of CurvePoint
        The curve so far, k ascending.
    kind : {"psnr", "mean_de"}
        What must be reached: a PSNR of at least, or a mean CIEDE2000 of at most `value`.
    value : float
        In dB, or in units of CIEDE2000.
    maximum : int, optional
        The greatest k that the picture can have; that of the last point by default.

    Returns
    -------
    Choice
        The smallest measured k that reaches it. Quality grows with k but for traces, so the final
        answer lies above the measured k just below, which doesn't reach it.

    Raises
    ------
    InvalidParameterError
        `kind` is unknown.
    """
    if kind not in _AT_LEAST:
        raise InvalidParameterError(f"Unknown goal “{kind}”; there are {', '.join(_AT_LEAST)}.")
    reaches = _AT_LEAST[kind]
    below = 1
    for point in points:
        if reaches(point, value):
            return Choice(point.k, point, below + 1, point.k)
        below = point.k
    last = below if maximum is None else maximum
    return Choice(None, None, below + 1, last) if below < last else Choice(None, None, None, None)


def largest_k(points: Sequence[CurvePoint], n_bytes: int, maximum: int | None = None) -> Choice:
    """Find the largest k whose file is small enough.

    Parameters
    ----------
    points : sequence of CurvePoint
        The curve so far, k ascending, with sizes where there are any; see `with_estimates`.
    n_bytes : int
        Bytes that the file may have.
    maximum : int, optional
        The greatest k that the picture can have; that of the last point by default.

    Returns
    -------
    Choice
        The largest k whose size, encoded or estimated, is small enough.
    """
    sized = [point for point in points if point.n_bytes is not None]
    last = maximum or (points[-1].k if points else 1)
    above: CurvePoint | None = None
    for point in reversed(sized):
        if point.n_bytes is not None and point.n_bytes <= n_bytes:
            high = above.k - 1 if above else last
            near = above is not None and above.k == point.k + 1 and above.bytes_estimated
            return Choice(point.k, point, point.k, high, point.bytes_estimated or near)
        above = point
    high = above.k - 1 if above else last
    return Choice(None, None, 2, high) if high >= 2 else Choice(None, None, None, None)


def cost_at(points: Sequence[CurvePoint], k: int) -> CurvePoint | None:
    """Look up what a k costs.

    Parameters
    ----------
    points : sequence of CurvePoint
        The curve so far, k ascending.
    k : int
        Palette entries.

    Returns
    -------
    CurvePoint or None
        Its point; None where it isn't measured yet.
    """
    at = bisect_left(points, k, key=lambda point: point.k)
    return points[at] if at < len(points) and points[at].k == k else None


def with_estimates(points: Sequence[CurvePoint]) -> tuple[CurvePoint, ...]:
    """Estimate the sizes that lie between encoded ones.

    Along a logarithmic k the size of a PNG runs nearly straight between two k that are not far
    apart: each doubling adds about a bit of entropy to a pixel.

    Parameters
    ----------
    points : sequence of CurvePoint
        The curve so far, k ascending; its estimates are made anew.

    Returns
    -------
    tuple of CurvePoint
        The same, with estimated sizes where an encoded one lies on either side.
    """
    known = [p for p in points if p.n_bytes is not None and not p.bytes_estimated]
    places = [p.k for p in known]
    estimated = []
    for point in points:
        at = bisect_left(places, point.k)
        if at < len(places) and places[at] == point.k:
            estimated.append(point)
        elif 0 < at < len(places):
            size = _between(known[at - 1], known[at], point.k)
            estimated.append(replace(point, n_bytes=size, bytes_estimated=True))
        else:
            estimated.append(replace(point, n_bytes=None, bytes_estimated=False))
    return tuple(estimated)


def _between(low: CurvePoint, high: CurvePoint, k: int) -> int:
    assert low.n_bytes is not None and high.n_bytes is not None
    part = math.log(k / low.k) / math.log(high.k / low.k)
    return round(low.n_bytes + part * (high.n_bytes - low.n_bytes))
