"""The frame of a space with a hue: a cylinder with its rims, spokes and rings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.ui.space3d.axis_labels import Axis
from colorquant_gui.ui.space3d.camera import CUBE
from colorquant_gui.ui.space3d.shapes import Strokes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.spaces import DisplaySpace
    from colorquant_gui.ui.space3d.style import SceneStyle

_SIDES = 96
Floats = np.ndarray[Any, np.dtype[np.float64]]
# The axis of the radius runs on the floor between right and towards the eye.
_TURN = math.radians(50.0)


def layout_round(
    space: DisplaySpace, camera: Camera, width: int, height: int, style: SceneStyle
) -> tuple[list[Strokes], list[Strokes], list[Axis]]:
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

    Returns
    -------
    tuple of 2 lists of Strokes and a list of Axis
        Lines behind and in front of every colour, and the axes to be labelled.
    """
    low, high = float(space.box[0, 2]), float(space.box[1, 2])
    radius, eye = space.radius, camera.eye()
    back: list[Strokes] = []
    front: list[Strokes] = []

    def lines(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return camera.project(points, width, height)[0]

    floor = front if eye[2] < low else back
    floor.append(Strokes.plain(lines(_floor_lines(space, low)), style.grid, 1.0, 1.0))
    for z, seen in ((low, eye[2] < low), (high, eye[2] > high)):
        rim = _circle(radius, z)
        ends = lines(np.stack([rim[:-1], rim[1:]], axis=1))
        outside = ((rim[:-1, :2] - CUBE / 2) * (eye[:2] - rim[:-1, :2])).sum(axis=1) > 0
        near = outside & seen
        front.append(Strokes.plain(ends[near], style.edge, 0.45, 1.0))
        back.append(Strokes.plain(ends[~near], style.edge, 0.8, 1.0))
    right, _, towards = camera.axes()
    side = math.atan2(right[1], right[0])
    back.append(Strokes.plain(lines(_upright(radius, side, low, high)[None]), style.edge, 0.8, 1.0))
    turn = math.copysign(_TURN, towards[2]) if towards[2] else _TURN
    axes = [
        _hue_axis(space, camera, width, height, side - turn),
        _radius_axis(space, camera, width, height, low, side - turn),
        _height_axis(space, camera, width, height, side + math.pi),
    ]
    for axis in axes[1:]:
        back.append(Strokes.plain(axis.ends[None], style.edge, 1.0, 2.0))
    return back, front, axes


def _polar(radius: Floats | float, angle: Floats | float, z: Floats | float) -> Floats:
    x, y = radius * np.cos(angle) + CUBE / 2, radius * np.sin(angle) + CUBE / 2
    return np.stack(np.broadcast_arrays(x, y, z), axis=-1)


def _circle(radius: float, z: float) -> NDArray[np.float64]:
    return _polar(radius, np.linspace(0.0, 2 * np.pi, _SIDES + 1), z)


def _upright(radius: float, angle: float, low: float, high: float) -> NDArray[np.float64]:
    return np.stack([_polar(radius, angle, low), _polar(radius, angle, high)])


def _floor_lines(space: DisplaySpace, z: float) -> NDArray[np.float64]:
    """Spokes at the hues and rings at the radii that are numbered, shape (n, 2, 3)."""
    parts = []
    hues = np.radians(space.axes[0].ticks)
    parts.append(np.stack([_polar(0.0, hues, z), _polar(space.radius, hues, z)], axis=1))
    for tick in space.axes[1].ticks:
        if 0 < tick < space.axes[1].high:
            ring = _circle(tick * float(space.scale[1]), z)
            parts.append(np.stack([ring[:-1], ring[1:]], axis=1))
    return np.concatenate(parts)


def _hue_axis(
    space: DisplaySpace, camera: Camera, width: int, height: int, away_from: float
) -> Axis:
    """Lay out the hues: on the near rim below, on the far rim above, so that all stand outside.

    The name stands where the axis of the radius is not.
    """
    what = space.axes[0]
    towards = camera.axes()[2]
    low, high = space.box[:, 2].tolist()
    if towards[2] < 0:
        low, high = high, low
    angles = np.radians(what.ticks)
    near = towards[0] * np.cos(angles) + towards[1] * np.sin(angles) >= -0.1

    def seen(angle: NDArray[np.float64] | float, z: NDArray[np.float64] | float) -> Floats:
        return camera.project(_polar(space.radius, angle, z), width, height)[0]

    levels = np.where(near, low, high)
    ticks = seen(angles, levels)
    middles = camera.project(_polar(0.0, 0.0, levels), width, height)[0]
    name_angle = away_from - math.pi / 2
    name = seen(name_angle, low)
    middle = camera.project(_polar(0.0, 0.0, low), width, height)[0]
    rim = camera.project(_circle(space.radius, low), width, height)[0]
    ends = np.stack([rim.min(axis=0), rim.max(axis=0)])
    # twice its width is about the way around it
    ends[1] += (ends[1] - ends[0]) * 1.5
    return Axis(
        what, ends, ticks, _directions(ticks - middles), name, _directions(name - middle), False
    )


def _radius_axis(
    space: DisplaySpace, camera: Camera, width: int, height: int, z: float, angle: float
) -> Axis:
    what = space.axes[1]
    edge = np.stack([_polar(0.0, angle, z), _polar(space.radius, angle, z)])
    radii = np.array(what.ticks) * space.scale[1]
    return Axis.seen(what, edge, _polar(radii, angle, z), camera, width, height)


def _height_axis(
    space: DisplaySpace, camera: Camera, width: int, height: int, angle: float
) -> Axis:
    what = space.axes[2]
    edge = _upright(space.radius, angle, *space.box[:, 2].tolist())
    points = np.repeat(edge[:1], len(what.ticks), axis=0)
    points[:, 2] = edge[0, 2] + (np.array(what.ticks) - what.low) * space.scale[2]
    return Axis.seen(what, edge, points, camera, width, height)


def _directions(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.hypot(vectors[..., 0], vectors[..., 1])[..., None]
    down = np.broadcast_to(np.array([0.0, 1.0]), vectors.shape)
    return np.where(length > 1e-9, vectors / np.maximum(length, 1e-9), down)
