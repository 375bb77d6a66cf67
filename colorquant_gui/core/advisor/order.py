"""In which order k is tried: a few values all along the curve first, then what lies between."""

from __future__ import annotations

import heapq
import math
from itertools import pairwise

FIRST_K = 2
LAST_K = 256
N_FIRST = 20
"""Values that make the first useful curve."""


def first_values(maximum: int) -> tuple[int, ...]:
    """Spread the first values evenly along a logarithmic axis.

    Parameters
    ----------
    maximum : int
        The greatest k that the picture can have, 1..256.

    Returns
    -------
    tuple of int
        `N_FIRST` values from 2 to `maximum`, ascending; all there are where there are fewer.
    """
    if maximum - FIRST_K + 1 <= N_FIRST:
        return tuple(range(FIRST_K, maximum + 1))
    values = [FIRST_K]
    while len(values) < N_FIRST:
        # whole numbers are scarce at the low end: what is lost there is spread over the rest
        ratio = (maximum / values[-1]) ** (1 / (N_FIRST - len(values)))
        values.append(max(values[-1] + 1, round(values[-1] * ratio)))
    return tuple(values)


def k_order(maximum: int) -> tuple[int, ...]:
    """Order all k from 2 on so that the curve is useful early and only gets finer.

    The `first_values` come first, the ends of the curve before all; within them, and within the
    rest, each next value parts the largest gap on a logarithmic axis.

    Parameters
    ----------
    maximum : int
        The greatest k that the picture can have, 1..256.

    Returns
    -------
    tuple of int
        Every k from 2 to `maximum` once; empty where `maximum` is below 2.
    """
    first = first_values(maximum)
    return _parting(first, ()) + _parting(range(FIRST_K, maximum + 1), first)


def _parting(values: range | tuple[int, ...], known: tuple[int, ...]) -> tuple[int, ...]:
    """Order the values that are not known; both ascend, the known lie among the values."""
    if not values:
        return ()
    ends = (values[0], values[-1])
    ordered = [k for k in dict.fromkeys(ends) if k not in known]
    place = {k: i for i, k in enumerate(values)}
    borders = sorted(place[k] for k in {*known, *ends})
    gaps: list[tuple[float, int, int]] = []

    def add_gap(low: int, high: int) -> None:
        if high - low > 1:
            heapq.heappush(gaps, (-math.log(values[high] / values[low]), low, high))

    for low, high in pairwise(borders):
        add_gap(low, high)
    while gaps:
        _, low, high = heapq.heappop(gaps)
        middle = math.sqrt(values[low] * values[high])
        at = min(range(low + 1, high), key=lambda i: abs(math.log(values[i] / middle)))
        ordered.append(values[at])
        add_gap(low, at)
        add_gap(at, high)
    return tuple(ordered)
