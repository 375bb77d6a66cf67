"""SeenAxis: a line of the frame that is labelled, as it is seen."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.label_room import LabelRoom
    from colorquant_gui.ui.space3d.spaces import SpaceAxis
    from colorquant_gui.ui.space3d.style import SceneStyle

Point = tuple[float, float]

# An axis of which less than this share of the window's smaller side is seen has no numbers.
_SHORTEST = 0.17
# One that points at the eye within this angle is not labelled at all.
_POINTING = math.cos(math.radians(6.0))
# Where along an axis its name may stand: the best first.
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.16, 0.84)


class Spot(NamedTuple):
    """A place for a name.

    Attributes
    ----------
    at : tuple of 2 floats
        On the axis.
    outwards : tuple of 2 floats
        Direction of length 1 in which the name stands from there.
    beyond : bool
        Whether it stands beyond the numbers, or else as close as those.
    within : bool
        Whether it stands over the colours: where there is no other room.
    """

    at: Point
    outwards: Point
    beyond: bool
    within: bool = False


@dataclass(frozen=True, eq=False)
class SeenAxis:
    """What there is to label, and where, in logical pixels.

    Attributes
    ----------
    what : SpaceAxis
        Its name and numbers.
    length : float
        How much of it is seen.
    ticks : sequence of tuples of 2 floats
        Where the values of its ticks are.
    outwards : sequence of tuples of 2 floats
        Directions of length 1 in which the numbers stand: away from the cloud.
    spots : sequence of Spot
        Where its name may stand, the best first.
    numbered : sequence of bool
        Of which ticks a number may be shown.
    leads : sequence of float
        How much farther than usual each number stands from its tick.
    cyclic : bool
        Whether its first tick comes after its last one.
    """

    what: SpaceAxis
    length: float
    ticks: Sequence[Point]
    outwards: Sequence[Point]
    spots: Sequence[Spot]
    numbered: Sequence[bool]
    leads: Sequence[float] = field(default=())
    cyclic: bool = False

    @property
    def is_numbered(self) -> bool:
        """Whether there is any number to show."""
        return any(self.numbered)


def color_of(what: SpaceAxis, style: SceneStyle) -> tuple[int, int, int]:
    """Return the colour of the name of an axis."""
    return style.text if what.channel is None else style.names[what.channel]


def points_at_eye(direction: NDArray[np.float64], towards: NDArray[np.float64]) -> bool:
    """Whether directions of length 1, of an axis and towards the eye, are about the same line."""
    return bool(abs(float(direction @ towards)) > _POINTING)


def shortest(width: int, height: int) -> float:
    """Return how long an axis must be to have numbers, in logical pixels."""
    return _SHORTEST * min(width, height)


def unit(x: float, y: float, otherwise: Point = (0.0, 1.0)) -> Point:
    """Return a vector at the length of 1, or another one if it has none."""
    length = math.hypot(x, y)
    return (x / length, y / length) if length > 1e-9 else otherwise


def sideways(start: Point, end: Point, center: Point) -> Point:
    """Return the direction across a line that leads away from a point."""
    across = unit(start[1] - end[1], end[0] - start[0])
    away = (start[0] + end[0]) / 2 - center[0], (start[1] + end[1]) / 2 - center[1]
    return across if across[0] * away[0] + across[1] * away[1] >= 0 else (-across[0], -across[1])


def straight_axis(
    what: SpaceAxis,
    ends: NDArray[np.float64],
    center: NDArray[np.float64],
    ticks: NDArray[np.float64],
    room: LabelRoom,
    least: float,
) -> SeenAxis:
    """Look at a straight axis.

    Parameters
    ----------
    what : SpaceAxis
        Its name and numbers.
    ends : ndarray of float64, shape (2, 2)
        Where it is on the screen.
    center : ndarray of float64, shape (2,)
        The middle of the frame there.
    ticks : ndarray of float64, shape (t, 2)
        Where the values of its ticks are.
    room : LabelRoom
        Where labels can be seen.
    least : float
        How long it must be to have numbers.
    """
    (x0, y0), (x1, y1) = ends.tolist()
    middle = (center[0].item(), center[1].item())
    first, last = room.visible_part((x0, y0), (x1, y1))
    length = (last - first) * math.hypot(x1 - x0, y1 - y0)
    away = unit((x0 + x1) / 2 - middle[0], (y0 + y1) / 2 - middle[1])
    is_long = length >= least
    along = unit(x1 - x0, y1 - y0, away)
    out = sideways((x0, y0), (x1, y1), middle)

    def at(share: float) -> Point:
        share = first + (last - first) * share
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

    back, inwards = (-along[0], -along[1]), (-out[0], -out[1])
    if is_long:
        spots = [Spot(at(share), out, True) for share in _SHARES]
        spots += [Spot(at(share), out, False) for share in _between(what)]
        spots += [Spot(at(1.0), along, False), Spot(at(0.0), back, False)]
        spots += [Spot(at(share), inwards, False, within=True) for share in _SHARES]
    else:
        directions = (away, out, along, back)
        spots = [Spot(at(0.5), direction, False) for direction in directions] if last else []
    places = [(x, y) for x, y in ticks.tolist()]
    return SeenAxis(what, length, places, [out] * len(places), spots, [is_long] * len(places))


def _between(what: SpaceAxis) -> list[float]:
    """Return shares of an axis between two of its ticks, those in the middle first."""
    span = what.high - what.low
    middles = [
        ((one + other) / 2 - what.low) / span
        for one, other in zip(what.ticks, what.ticks[1:], strict=False)
    ]
    return sorted(middles, key=lambda share: abs(share - 0.5))
