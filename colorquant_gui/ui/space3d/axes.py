"""The frame around the colours of a space: edges, floor grid, axes labelled at every angle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.axis_labels import Axis, label_axes
from colorquant_gui.ui.space3d.round_axes import layout_round
from colorquant_gui.ui.space3d.shapes import Strokes
from colorquant_gui.ui.space3d.spaces import RGB

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.shapes import Label
    from colorquant_gui.ui.space3d.spaces import DisplaySpace
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

    @classmethod
    def none(cls) -> AxesLayout:
        """No frame at all."""
        return cls(Strokes.none(), Strokes.none(), [])

    def faded(self, opacity: float) -> AxesLayout:
        """Return the same with everything as opaque as told, 0..1."""
        labels = [label.faded(opacity) for label in self.labels]
        return AxesLayout(self.back.faded(opacity), self.front.faded(opacity), labels)


def layout_axes(
    camera: Camera,
    width: int,
    height: int,
    style: SceneStyle,
    text_size: Callable[[str, bool], tuple[float, float]],
    space: DisplaySpace = RGB,
) -> AxesLayout:
    """Lay out the frame of a space for one view of it.

    Every colour lies within the frame, so an edge between two faces that are seen is in front of
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
    space : DisplaySpace, optional
        Whose axes.

    Returns
    -------
    AxesLayout
        In logical pixels.
    """
    if space.is_round:
        back, front, axes = layout_round(space, camera, width, height, style)
    else:
        back, front, axes = _layout_box(space, camera, width, height, style)
    marks, labels = label_axes(axes, style, text_size)
    return AxesLayout(Strokes.joined([*back, marks]), Strokes.joined(front), labels)


def _layout_box(
    space: DisplaySpace, camera: Camera, width: int, height: int, style: SceneStyle
) -> tuple[list[Strokes], list[Strokes], list[Axis]]:
    facing = _facing(camera, space.box)
    back: list[Strokes] = []
    front: list[Strokes] = []
    grid = _floor_grid(space, camera, width, height, style)
    (front if facing[2, 0] else back).append(grid)
    chosen = _labelled_edges(space.box, camera, width, height, facing)
    axes = []
    for axis, u, v in _EDGES:
        seen = [facing[(axis + 1) % 3, u], facing[(axis + 2) % 3, v]]
        edge = _edge(space.box, axis, u, v)
        ends, _ = camera.project(edge, width, height)
        if (axis, u, v) == chosen[axis]:
            made = _axis_along(space, axis, edge, camera, width, height)
            back.append(_axis_line(ends, style, made.color(style)))
            axes.append(made)
        elif all(seen):
            front.append(Strokes.plain(ends[None], style.edge, 0.45, 1.0))
        else:
            back.append(Strokes.plain(ends[None], style.edge, 0.8, 1.0))
    return back, front, axes


def _edge(box: NDArray[np.float64], axis: int, u: int, v: int) -> NDArray[np.float64]:
    ends = np.empty((2, 3))
    ends[:, axis] = box[:, axis]
    ends[:, (axis + 1) % 3] = box[u, (axis + 1) % 3]
    ends[:, (axis + 2) % 3] = box[v, (axis + 2) % 3]
    return ends


def _facing(camera: Camera, box: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the eye sees the outside of the face on the low (0) and high (1) side of an axis."""
    eye = camera.eye()
    return np.stack([eye < box[0], eye > box[1]], axis=1)


def _axis_along(
    space: DisplaySpace,
    number: int,
    edge: NDArray[np.float64],
    camera: Camera,
    width: int,
    height: int,
) -> Axis:
    axis = space.axes[number]
    values = np.array(axis.ticks)
    points = np.repeat(edge[:1], len(values), axis=0)
    points[:, number] = edge[0, number] + (values - axis.low) * space.scale[number]
    return Axis.seen(axis, edge, points, camera, width, height)


def _axis_line(
    ends: NDArray[np.float64], style: SceneStyle, color: tuple[int, int, int]
) -> Strokes:
    """Make a line that runs from the colour of an edge into the colour of the axis."""
    colors = np.array([[*style.edge, 255], [*color, 255]], np.uint8)
    return Strokes(ends[None].astype(np.float32), colors[None], np.array([2.0], np.float32))


def _floor_grid(
    space: DisplaySpace, camera: Camera, width: int, height: int, style: SceneStyle
) -> Strokes:
    low, high = space.box
    lines = []
    for axis in (0, 1):
        about = space.axes[1 - axis]
        for tick in about.ticks:
            if not about.low < tick < about.high:
                continue
            line = np.array([low, low])
            line[1, axis] = high[axis]
            line[:, 1 - axis] += (tick - about.low) * space.scale[1 - axis]
            lines.append(line)
    ends, _ = camera.project(np.array(lines).reshape(-1, 2, 3), width, height)
    return Strokes.plain(ends, style.grid, 1.0, 1.0)


def _labelled_edges(
    box: NDArray[np.float64],
    camera: Camera,
    width: int,
    height: int,
    facing: NDArray[np.bool_],
) -> dict[int, tuple[int, int, int]]:
    """Choose for every axis the edge that is labelled: on the outline, where there is room.

    The floor's axes take the lowest edge on the screen, the other the leftmost, as one draws a
    chart.
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
            middle = camera.project(_edge(box, *edge), width, height)[0].mean(axis=0)
            x, y = round(float(middle[0]), 3), round(float(middle[1]), 3)
            return (-x, y) if edge[0] == 2 else (y, -x)

        chosen[axis] = max(outline or candidates, key=place)
    return chosen
