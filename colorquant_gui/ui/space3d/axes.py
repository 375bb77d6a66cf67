"""The frame of the colour cube: edges, floor grid, and axes that are labelled at every angle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.axis_labels import TICKS, Axis, label_axes
from colorquant_gui.ui.space3d.camera import CUBE
from colorquant_gui.ui.space3d.shapes import Strokes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.shapes import Label
    from colorquant_gui.ui.space3d.style import SceneStyle

# The 12 edges as (axis, which side of the next axis, which side of the one after that).
_EDGES = [(axis, u, v) for axis in range(3) for u in (0, 1) for v in (0, 1)]


@dataclass(frozen=True, eq=False)
class AxesLayout:
    """The frame, split by what it does to the cloud within it.

    Attributes
    ----------
    back : Strokes
        Behind every colour.
    front : Strokes
        In front of every colour.
    labels : list of Label
        On top; none overlaps another.
    """

    back: Strokes
    front: Strokes
    labels: list[Label]


def _edge(axis: int, u: int, v: int) -> NDArray[np.float64]:
    ends = np.zeros((2, 3))
    ends[1, axis] = CUBE
    ends[:, (axis + 1) % 3] = u * CUBE
    ends[:, (axis + 2) % 3] = v * CUBE
    return ends


def _facing(camera: Camera) -> NDArray[np.bool_]:
    """Whether the eye sees the outside of the face on the low (0) and high (1) side of an axis."""
    eye = camera.eye()
    return np.stack([eye < 0.0, eye > CUBE], axis=1)


def layout_axes(
    camera: Camera,
    width: int,
    height: int,
    style: SceneStyle,
    text_size: Callable[[str, bool], tuple[float, float]],
) -> AxesLayout:
    """Lay out the frame of the cube for one view of it.

    Every colour lies within the cube, so an edge between two faces that are seen is in front of
    all of them, and every other edge behind or beside all of them: no depth test is needed.

    Parameters
    ----------
    camera : Camera
        Where it is seen from.
    width, height : int
        Size of the window in logical pixels.
    style : SceneStyle
        Its colours.
    text_size : callable
        Gives the width and height in logical pixels of a text, bold or not.

    Returns
    -------
    AxesLayout
        In logical pixels.
    """
    facing = _facing(camera)
    back: list[Strokes] = []
    front: list[Strokes] = []
    grid = _floor_grid(camera, width, height, style)
    (front if facing[2, 0] else back).append(grid)
    chosen = _labelled_edges(camera, width, height, facing)
    axes = []
    for axis, u, v in _EDGES:
        seen = [facing[(axis + 1) % 3, u], facing[(axis + 2) % 3, v]]
        edge = _edge(axis, u, v)
        ends, _ = camera.project(edge, width, height)
        if (axis, u, v) == chosen[axis]:
            back.append(_axis_line(axis, ends, style))
            axes.append(Axis.along(axis, edge, camera, width, height))
        elif all(seen):
            front.append(Strokes.plain(ends[None], style.edge, 0.45, 1.0))
        else:
            back.append(Strokes.plain(ends[None], style.edge, 0.8, 1.0))
    marks, labels = label_axes(axes, style, text_size)
    back.append(marks)
    return AxesLayout(Strokes.joined(back), Strokes.joined(front), labels)


def _axis_line(axis: int, ends: NDArray[np.float64], style: SceneStyle) -> Strokes:
    """Make a line that runs from the colour of an edge into the colour of the axis."""
    colors = np.array([[*style.edge, 255], [*style.names[axis], 255]], np.uint8)
    return Strokes(ends[None].astype(np.float32), colors[None], np.array([2.0], np.float32))


def _floor_grid(camera: Camera, width: int, height: int, style: SceneStyle) -> Strokes:
    steps = np.array(TICKS[1:-1], np.float64)
    lines = np.zeros((2, len(steps), 2, 3))
    for axis in (0, 1):
        lines[axis, :, 1, axis] = CUBE
        lines[axis, :, :, 1 - axis] = steps[:, None]
    ends, _ = camera.project(lines.reshape(-1, 2, 3), width, height)
    return Strokes.plain(ends, style.grid, 1.0, 1.0)


def _labelled_edges(
    camera: Camera, width: int, height: int, facing: NDArray[np.bool_]
) -> dict[int, tuple[int, int, int]]:
    """Choose for every axis the edge that is labelled: on the outline, where there is room.

    R and G take the lowest edge on the screen, B the leftmost, as one draws a chart.
    """
    chosen = {}
    for axis in range(3):
        candidates = [edge for edge in _EDGES if edge[0] == axis]
        outline = [
            (axis, u, v)
            for _, u, v in candidates
            if facing[(axis + 1) % 3, u] != facing[(axis + 2) % 3, v]
        ]

        def place(edge: tuple[int, int, int]) -> tuple[float, float]:
            middle = camera.project(_edge(*edge), width, height)[0].mean(axis=0)
            x, y = round(float(middle[0]), 3), round(float(middle[1]), 3)
            return (-x, y) if edge[0] == 2 else (y, -x)

        chosen[axis] = max(outline or candidates, key=place)
    return chosen
