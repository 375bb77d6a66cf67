"""Where more colours stop being worth their while."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colorquant_gui.core.advisor.points import CurvePoint

JUST_NOTICEABLE = 1.0
"""CIEDE2000 below which two colours are hard to tell apart side by side."""

_FEWEST_POINTS = 5
# How far the curve must bow below its chord, in parts of its height, to have a bend at all.
_LEAST_BEND = 0.1


@dataclass(frozen=True)
class Elbow:
    """A suggestion for k.

    Attributes
    ----------
    k : int or None
        The suggestion; None where there is none (yet).
    reason : str
        Why, in a sentence.
    gain_before, gain_after : float or None
        What a doubling of k takes off the mean CIEDE2000, on average, below and above the
        suggestion; None where it does not stand on a bend.
    few_colors : bool
        Whether the picture has so few colours, or such similar ones, that nothing is to be gained.
    """

    k: int | None
    reason: str
    gain_before: float | None = None
    gain_after: float | None = None
    few_colors: bool = False


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
        The suggestion and its reason.
    """
    if n_unique == 0:
        return Elbow(None, "There is nothing visible to count colours of.", few_colors=True)
    loses_some = bool(points) and points[-1].k == maximum and points[-1].mse > 0
    if n_unique <= maximum and not loses_some:
        k = max(2, maximum)
        colors = "1 colour" if n_unique == 1 else f"{n_unique} colours"
        return Elbow(
            k,
            f"This picture has only {colors}: k = {k} keeps all of them, and more gain nothing.",
            few_colors=True,
        )
    return _bend(points, maximum)


def _bend(points: Sequence[CurvePoint], maximum: int) -> Elbow:
    if points and points[0].k == 2 and points[0].mean_de < JUST_NOTICEABLE:
        return Elbow(
            2,
            f"Even 2 colours differ by {points[0].mean_de:.1f} ΔE on average, which is hard to "
            f"see: nothing is to be gained by more.",
            few_colors=True,
        )
    if len(points) < _FEWEST_POINTS or points[0].k != 2 or points[-1].k != maximum:
        return Elbow(None, "Too little of the curve is measured yet.")
    # runs from different seeds need not fall from each k to the next: what counts is the best
    heights = list(accumulate((point.mean_de for point in points), min))
    first, fall = heights[0], heights[0] - heights[-1]
    if fall < JUST_NOTICEABLE:
        return Elbow(
            2,
            f"From 2 to {maximum} colours the mean difference falls by {fall:.1f} ΔE only, which "
            f"is hard to see.",
            few_colors=True,
        )
    start, width = math.log2(points[0].k), math.log2(points[-1].k / points[0].k)
    along = [(math.log2(point.k) - start) / width for point in points]
    depths = [
        1 - (height - heights[-1]) / fall - x for height, x in zip(heights, along, strict=True)
    ]
    at = max(range(len(points)), key=lambda i: depths[i])
    if depths[at] < _LEAST_BEND:
        return Elbow(None, "The curve has no bend: each doubling of k gains about as much.")
    before = (first - heights[at]) / (along[at] * width)
    after = (heights[at] - heights[-1]) / ((1 - along[at]) * width)
    k = points[at].k
    return Elbow(
        k,
        f"Up to k = {k} each doubling takes {before:.1f} ΔE off the mean difference, from there "
        f"on {after:.1f}.",
        before,
        after,
    )
