"""Where more colours stop being worth their while."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from colorquant_gui.core.advisor.points import CurvePoint

JUST_NOTICEABLE = 1.0
"""CIEDE2000 below which two colours are hard to tell apart side by side."""

_FEWEST_POINTS = 5
# How far the curve must bow below its chord, in parts of its height, to have a bend at all.
_LEAST_BEND = 0.1


class Ground(enum.Enum):
    """What a suggestion for k stands on, or why there is none."""

    NOTHING_VISIBLE = "nothing visible"
    """All pixels are transparent."""
    KEEPS_ALL = "keeps all"
    """The k suggested keeps all colours of the picture."""
    ALL_ALIKE = "all alike"
    """2 colours differ from the picture by less than can be seen."""
    FLAT = "flat"
    """From 2 colours to the most, the difference falls by less than can be seen."""
    TOO_FEW_POINTS = "too few points"
    """Too little of the curve is measured yet."""
    STRAIGHT = "straight"
    """Each doubling of k gains about as much."""
    BEND = "bend"
    """Doublings gain much up to the k suggested, and little from there on."""


@dataclass(frozen=True)
class Elbow:
    """A suggestion for k and the facts that it stands on; where one is not known, it is None.

    Attributes
    ----------
    k : int or None
        The suggestion; None where there is none (yet).
    ground : Ground
        Why.
    gain_before, gain_after : float or None
        For `Ground.BEND`: what a doubling of k takes off the mean CIEDE2000, on average, below
        and above the suggestion.
    n_unique : int or None
        For `Ground.KEEPS_ALL`: unique colours of the picture.
    difference : float or None
        For `Ground.ALL_ALIKE`: mean CIEDE2000 of 2 colours; for `Ground.FLAT`: by how much it
        falls from there to `maximum`.
    maximum : int or None
        For `Ground.FLAT`: the greatest k that the picture can have.
    """

    k: int | None
    ground: Ground
    gain_before: float | None = None
    gain_after: float | None = None
    n_unique: int | None = None
    difference: float | None = None
    maximum: int | None = None


@dataclass(frozen=True)
class Gains:
    """What a doubling of k gains on average, on either side of some k.

    Attributes
    ----------
    quality : {"psnr", "mse", "mean_de", "p95_de"}
        The quality it is told in.
    before, after : float
        From 2 to that k, and from there to the greatest: the dB that PSNR rises by, what MSE is
        divided by, or how much CIEDE2000 falls by.
    """

    quality: str
    before: float
    after: float


# Each made a height that falls as quality rises.
_HEIGHTS: dict[str, Callable[[CurvePoint], float]] = {
    "psnr": lambda point: -point.psnr,
    "mse": lambda point: math.log(point.mse) if point.mse > 0 else -math.inf,
    "mean_de": lambda point: point.mean_de,
    "p95_de": lambda point: point.p95_de,
}


def gains_at(points: Sequence[CurvePoint], k: int, quality: str) -> Gains | None:
    """Tell what doublings gain up to a k and beyond it.

    Parameters
    ----------
    points : sequence of CurvePoint
        The curve so far, k ascending.
    k : int
        A k that is measured.
    quality : {"psnr", "mse", "mean_de", "p95_de"}
        What to tell it in.

    Returns
    -------
    Gains or None
        None where `k` is not measured, is at an end of the curve, or where nothing is lost at one
        of the three k, so that no number says what is gained.

    Raises
    ------
    InvalidParameterError
        `quality` is unknown.
    """
    if quality not in _HEIGHTS:
        raise InvalidParameterError(
            f"Unknown quality “{quality}”; there are {', '.join(_HEIGHTS)}."
        )
    at = next((i for i, point in enumerate(points) if point.k == k), 0)
    if not 0 < at < len(points) - 1:
        return None
    heights = _best_so_far(points, quality)
    if not all(math.isfinite(heights[i]) for i in (0, at, -1)):
        return None
    first, here, last = (math.log2(points[i].k) for i in (0, at, -1))
    before = (heights[0] - heights[at]) / (here - first)
    after = (heights[at] - heights[-1]) / (last - here)
    if quality == "mse":
        before, after = math.exp(before), math.exp(after)
    return Gains(quality, before, after)


def _best_so_far(points: Sequence[CurvePoint], quality: str) -> list[float]:
    # runs from different seeds need not fall from each k to the next: what counts is the best
    return list(accumulate(map(_HEIGHTS[quality], points), min))


def elbow(points: Sequence[CurvePoint], maximum: int, n_unique: int) -> Elbow:
    """Suggest a k at the bend of the curve.

    The knee of Satopää, Albrecht, Irwin & Raghavan (2011), "Finding a kneedle in a haystack", on
    mean CIEDE2000 against log k: both scaled to 0..1, it is where the curve lies farthest below
    the chord between its ends. PSNR has no such place: against log k it is nearly straight.

    Parameters
    ----------
    points : sequence of CurvePoint
        The curve so far, k ascending.
    maximum : int
        The greatest k that the picture can have, 0..256.
    n_unique : int
        Unique colours of the picture.

    Returns
    -------
    Elbow
        The suggestion, and what it stands on.
    """
    if n_unique == 0:
        return Elbow(None, Ground.NOTHING_VISIBLE)
    loses_some = bool(points) and points[-1].k == maximum and points[-1].mse > 0
    if n_unique <= maximum and not loses_some:
        return Elbow(max(2, maximum), Ground.KEEPS_ALL, n_unique=n_unique)
    return _bend(points, maximum)


def _bend(points: Sequence[CurvePoint], maximum: int) -> Elbow:
    if points and points[0].k == 2 and points[0].mean_de < JUST_NOTICEABLE:
        return Elbow(2, Ground.ALL_ALIKE, difference=points[0].mean_de)
    if len(points) < _FEWEST_POINTS or points[0].k != 2 or points[-1].k != maximum:
        return Elbow(None, Ground.TOO_FEW_POINTS)
    heights = _best_so_far(points, "mean_de")
    fall = heights[0] - heights[-1]
    if fall < JUST_NOTICEABLE:
        return Elbow(2, Ground.FLAT, difference=fall, maximum=maximum)
    start, width = math.log2(points[0].k), math.log2(points[-1].k / points[0].k)
    along = [(math.log2(point.k) - start) / width for point in points]
    depths = [
        1 - (height - heights[-1]) / fall - x for height, x in zip(heights, along, strict=True)
    ]
    at = max(range(len(points)), key=lambda i: depths[i])
    if depths[at] < _LEAST_BEND:
        return Elbow(None, Ground.STRAIGHT)
    gains = gains_at(points, points[at].k, "mean_de")
    assert gains is not None, "at the ends of the curve its depth is 0"
    return Elbow(points[at].k, Ground.BEND, gains.before, gains.after)
