"""The hues of a round space: numbered along the outline of its cylinder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.polar import polar
from colorquant_gui.ui.space3d.seen_axis import SeenAxis, Spot, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.spaces import DisplaySpace

# A step along the rim, in degrees, that tells its direction on the screen.
_STEP = 1.0
# The name rather stands on the left below: so far around from right, in degrees.
_NAME_AT = -130.0
_UP = (0.0, -1.0)
# Of the cosine of the angle towards the eye: what is about at the side counts as near.
_NEAR = -0.1


def hue_axis(
    space: DisplaySpace,
    camera: Camera,
    size: tuple[int, int],
    side: float,
    spoke: float,
    from_side: bool,
) -> SeenAxis:
    """Lay out the hues, all outside of the outline.

    Each stands at that rim where it is farther from the middle of the screen: as a rule the near
    ones below and the far ones above. Seen from the side those on the far side are left out, and
    the others stand above the cylinder: below it is the axis of the radius.

    Parameters
    ----------
    space : DisplaySpace
        A round one.
    camera : Camera
        Where it is seen from.
    size : tuple of 2 ints
        Width and height of the window in logical pixels.
    side : float
        The hue at the right end of the outline, in degrees.
    spoke : float
        Where the axis of the radius is, in degrees: the name stands elsewhere.
    from_side : bool
        Whether both rims look flat.
    """
    what, radius = space.axes[0], space.radius
    hues = np.array(what.ticks)
    following = np.append(hues[1:], hues[0] + 360.0)
    angles = np.concatenate([hues, (hues + following) / 2])
    low, high = space.box[:, 2].tolist()
    # The same place, the one after it, and the one at the same column of the far side.
    around = np.stack([angles, angles + _STEP, 2 * side - angles])
    places = np.stack([polar(radius, around, low), polar(radius, around, high)])
    seen = camera.project(places, *size)[0]
    center = camera.project(space.box.mean(axis=0), *size)[0]
    near = np.cos(np.radians(angles - side + 90.0)) >= _NEAR
    if from_side:
        at = seen[1, 0]
        outwards = [_UP] * len(angles)
        leads = np.maximum(at[:, 1] - seen[1, 2, :, 1], 0.0).tolist()
        shown = near.tolist()
    else:
        away = np.hypot(*np.moveaxis(seen[:, 0] - center, -1, 0))
        rim = away.argmax(axis=0)
        each = np.arange(len(angles))
        at = seen[rim, 0, each]
        outwards = _outwards(at, seen[rim, 1, each] - at, center)
        leads = [0.0] * len(angles)
        shown = [True] * len(angles)
    n = len(hues)
    points = [(x, y) for x, y in at.tolist()]
    beside = np.abs((angles - (side + _NAME_AT) + 180.0) % 360.0 - 180.0)
    names = [
        index
        for index in np.argsort(beside).tolist()
        if index >= n
        and shown[index]
        and abs((angles[index] - spoke + 180.0) % 360.0 - 180.0) > 1.0
    ]
    spots = [
        Spot((x, y - leads[index]) if from_side else (x, y), outwards[index], beyond)
        for beyond in (False, True)
        for index in names
        for x, y in [points[index]]
    ]
    # It comes last: one hue less is still a circle, but an axis without its end is none.
    return SeenAxis(what, 0.0, points[:n], outwards[:n], spots, shown[:n], leads[:n], cyclic=True)


def _outwards(
    places: NDArray[np.float64], along: NDArray[np.float64], center: NDArray[np.float64]
) -> list[tuple[float, float]]:
    """Return directions across an outline, away from the middle."""
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    away = places - center
    across = np.where(((across * away).sum(axis=1) >= 0)[:, None], across, -across)
    return [unit(x, y) for x, y in across.tolist()]
