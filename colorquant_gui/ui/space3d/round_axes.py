"""The frame of a space with a hue: a cylinder with its rims, spokes and rings."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE
from colorquant_gui.ui.space3d.polar import CIRCLE_SIDES, circle, polar
from colorquant_gui.ui.space3d.round_hues import hue_axis
from colorquant_gui.ui.space3d.seen_axis import points_at_eye, shortest, straight_axis
from colorquant_gui.ui.space3d.shapes import Strokes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.label_room import LabelRoom
    from colorquant_gui.ui.space3d.seen_axis import SeenAxis
    from colorquant_gui.ui.space3d.spaces import DisplaySpace
    from colorquant_gui.ui.space3d.style import SceneStyle

# The axis of the radius runs on the floor between right and towards the eye, in the middle
# between two hues that are numbered; seen from the side it is nearer to right.
_TURN, _TURN_FROM_SIDE = 50.0, 30.0
# A floor that is seen as flat as this, in logical pixels from front to back, has one row of labels.
_FLAT = 44.0
_BETWEEN_HUES = 30.0


def layout_round(
    space: DisplaySpace,
    camera: Camera,
    width: int,
    height: int,
    style: SceneStyle,
    room: LabelRoom,
) -> tuple[list[Strokes], list[Strokes], list[SeenAxis]]:
    """Lay out the frame of a cylinder.

    Parameters
    ----------
    space : DisplaySpace
        Which one.
    camera : Camera
        Where it is seen from.
    width, height : int
        Size of the window in logical pixels.
    style : SceneStyle
        Its colours.
    room : LabelRoom
        Where labels can be seen.

    Returns
    -------
    tuple of 2 lists of Strokes and a list of SeenAxis
        Lines behind and in front of every colour, and the axes to be labelled.
    """
    low, high = space.box[:, 2].tolist()
    radius, eye = space.radius, camera.eye()
    right, _, towards = camera.axes()
    side = math.degrees(math.atan2(right[1], right[0]))
    rims = np.stack([circle(radius, low), circle(radius, high)])
    silhouettes = [_upright(radius, angle, low, high) for angle in (side, side + 180.0)]
    floor = _floor_lines(space, low)
    places = np.concatenate([rims.reshape(-1, 3), *silhouettes, floor.reshape(-1, 3)])
    projected = camera.project(places, width, height)[0]
    seen_rims = projected[: 2 * (CIRCLE_SIDES + 1)].reshape(2, -1, 2)
    lines = projected[2 * (CIRCLE_SIDES + 1) :].reshape(-1, 2, 2)
    from_below, from_above = bool(eye[2] < low), bool(eye[2] > high)
    back = [Strokes.plain(lines[:1], style.edge, 0.8, 1.0)]
    grid = Strokes.plain(lines[2:], style.grid, style.grid_opacity, 1.0)
    front = [grid] if from_below else []
    if not from_below:
        back.insert(0, grid)
    for rim, seen_rim, seen in zip(rims, seen_rims, (from_below, from_above), strict=True):
        ends = np.stack([seen_rim[:-1], seen_rim[1:]], axis=1)
        outside = ((rim[:-1, :2] - CUBE / 2) * (eye[:2] - rim[:-1, :2])).sum(axis=1) > 0
        near = outside & seen
        front.append(Strokes.plain(ends[near], style.edge, 0.45, 1.0))
        back.append(Strokes.plain(ends[~near], style.edge, 0.8, 1.0))
    from_side = not (from_below or from_above) or bool(np.ptp(seen_rims[0][:, 1]) < _FLAT)
    turn = _TURN_FROM_SIDE if from_side else _TURN
    angle = _between_hues(side + turn if from_below else side - turn)
    axes = [hue_axis(space, camera, (width, height), side, angle, from_side)]
    least = shortest(width, height)
    middle = projected[: 2 * (CIRCLE_SIDES + 1)].mean(axis=0)
    numbers = np.array(space.axes[1].ticks) * space.scale[1]
    spoke = np.concatenate([polar(np.array([0.0, radius]), angle, low), polar(numbers, angle, low)])
    axes.append(_straight(space, 1, spoke, middle, camera, (width, height), room, least))
    if points_at_eye(np.array([0.0, 0.0, 1.0]), towards):
        back.append(Strokes.plain(lines[1:2], style.edge, 0.8, 1.0))
    else:
        upright = np.repeat(silhouettes[1][:1], 2 + len(space.axes[2].ticks), axis=0)
        what = space.axes[2]
        upright[1, 2] = high
        upright[2:, 2] = low + (np.array(what.ticks) - what.low) * space.scale[2]
        axes.append(_straight(space, 2, upright, middle, camera, (width, height), room, least))
        back.append(Strokes.plain(lines[1:2], style.edge, 1.0, 2.0))
    ends = camera.project(spoke[:2], width, height)[0]
    back.append(Strokes.plain(ends[None], style.edge, 1.0, 2.0))
    return back, front, axes


def _straight(
    space: DisplaySpace,
    number: int,
    places: NDArray[np.float64],
    middle: NDArray[np.float64],
    camera: Camera,
    size: tuple[int, int],
    room: LabelRoom,
    least: float,
) -> SeenAxis:
    """Look at an axis, of which the first two places are the ends and the others the ticks."""
    seen = camera.project(places, *size)[0]
    return straight_axis(space.axes[number], seen[:2], middle, seen[2:], room, least)


def _between_hues(angle: float) -> float:
    """Return the nearest angle in the middle between two hues that are numbered, in degrees."""
    step = 2 * _BETWEEN_HUES
    return round((angle - _BETWEEN_HUES) / step) * step + _BETWEEN_HUES


def _upright(radius: float, angle: float, low: float, high: float) -> NDArray[np.float64]:
    return np.stack([polar(radius, angle, low), polar(radius, angle, high)])


@lru_cache(maxsize=16)
def _floor_lines(space: DisplaySpace, z: float) -> NDArray[np.float64]:
    """Spokes at the hues and rings at the radii that are numbered, shape (n, 2, 3)."""
    hues = np.array(space.axes[0].ticks)
    parts = [np.stack([polar(0.0, hues, z), polar(space.radius, hues, z)], axis=1)]
    for tick in space.axes[1].ticks:
        if 0 < tick < space.axes[1].high:
            ring = circle(tick * float(space.scale[1]), z)
            parts.append(np.stack([ring[:-1], ring[1:]], axis=1))
    return np.concatenate(parts)
