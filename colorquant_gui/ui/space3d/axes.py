"""The frame around the colours of a space: edges, floor grid, axes labelled at every angle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.axis_edges import edges_of, faces_seen, labelled_edges
from colorquant_gui.ui.space3d.axis_labels import label_axes
from colorquant_gui.ui.space3d.label_room import LabelRoom
from colorquant_gui.ui.space3d.round_axes import layout_round
from colorquant_gui.ui.space3d.seen_axis import color_of, points_at_eye, shortest, straight_axis
from colorquant_gui.ui.space3d.shapes import Strokes
from colorquant_gui.ui.space3d.spaces import RGB

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.label_room import Box
    from colorquant_gui.ui.space3d.seen_axis import SeenAxis
    from colorquant_gui.ui.space3d.shapes import Label
    from colorquant_gui.ui.space3d.spaces import DisplaySpace
    from colorquant_gui.ui.space3d.style import SceneStyle


@dataclass(frozen=True, eq=False)
class AxesLayout:
    """The frame, split by what it does to the cloud within it.

    Attributes
    ----------
    back : Strokes
        Behind every colour.
    front : Strokes
        In front of every colour: edges, and the marks of the ticks.
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
    covered: int = 0,
    kept_free: Sequence[Box] = (),
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
    covered : int, optional
        Logical pixels along the upper edge where labels can't be seen.
    kept_free : sequence of tuples of 4 floats, optional
        Left, top, right and bottom of what else lies over the window.

    Returns
    -------
    AxesLayout
        In logical pixels.
    """
    room = LabelRoom((0.0, float(covered), float(width), float(height)), kept_free)
    layout = layout_round if space.is_round else _layout_box
    back, front, axes = layout(space, camera, width, height, style, room)
    marks, labels = label_axes(axes, style, text_size, room)
    return AxesLayout(Strokes.joined(back), Strokes.joined([*front, marks]), labels)


def _layout_box(
    space: DisplaySpace,
    camera: Camera,
    width: int,
    height: int,
    style: SceneStyle,
    room: LabelRoom,
) -> tuple[list[Strokes], list[Strokes], list[SeenAxis]]:
    box, towards = space.box, camera.axes()[2]
    edges, seen = edges_of(box), faces_seen(box, camera.eye())
    middle, n_edges = box.mean(axis=0), edges.shape[0]
    ticks = [_tick_places(space, number) for number in range(3)]
    # All at once: what is projected one by one takes longer than all the rest.
    places = [edges.reshape(-1, 3), middle[None], _floor_lines(space)]
    projected = camera.project(np.concatenate(places), width, height)[0]
    ends = projected[: 2 * n_edges].reshape(-1, 2, 2)
    center = projected[2 * n_edges]
    least = shortest(width, height)
    chosen = labelled_edges(ends, seen, (center[0].item(), center[1].item()), room, least)
    chosen = [
        edge for axis, edge in enumerate(chosen) if not points_at_eye(np.eye(3)[axis], towards)
    ]
    grid = Strokes.plain(
        projected[2 * n_edges + 1 :].reshape(-1, 2, 2), style.grid, style.grid_opacity, 1.0
    )
    front_edges = seen[:, 0] & seen[:, 1]
    front_edges[chosen] = False
    back_edges = ~front_edges
    back_edges[chosen] = False
    back = [Strokes.plain(ends[back_edges], style.edge, 0.8, 1.0)]
    front = [Strokes.plain(ends[front_edges], style.edge, 0.45, 1.0)]
    from_below = bool(camera.eye()[2] < box[0, 2])
    (front if from_below else back).insert(0, grid)
    axes = []
    for edge in chosen:
        number = edge // 4
        points = np.repeat(edges[edge, :1], len(ticks[number]), axis=0)
        points[:, number] = ticks[number]
        what = space.axes[number]
        back.append(_axis_line(ends[edge], style, color_of(what, style)))
        seen_ticks = camera.project(points, width, height)[0]
        axes.append(straight_axis(what, ends[edge], center, seen_ticks, room, least))
    return back, front, axes


def _tick_places(space: DisplaySpace, number: int) -> NDArray[np.float64]:
    """Return where the ticks of an axis are in the world, along it."""
    axis = space.axes[number]
    along = (np.array(axis.ticks) - axis.low) * space.scale[number]
    places: NDArray[np.float64] = along + space.box[0, number]
    return places


def _axis_line(
    ends: NDArray[np.float64], style: SceneStyle, color: tuple[int, int, int]
) -> Strokes:
    """Make a line that runs from the colour of an edge into the colour of the axis."""
    colors = np.array([[*style.edge, 255], [*color, 255]], np.uint8)
    return Strokes(ends[None].astype(np.float32), colors[None], np.array([2.0], np.float32))


def _floor_lines(space: DisplaySpace) -> NDArray[np.float64]:
    """Return the ends of lines on the floor at the ticks of both of its axes, shape (2n, 3)."""
    low, high = space.box
    lines = []
    for axis in (0, 1):
        about = space.axes[1 - axis]
        for tick, place in zip(about.ticks, _tick_places(space, 1 - axis).tolist(), strict=True):
            if about.low < tick < about.high:
                line = np.array([low, low])
                line[1, axis] = high[axis]
                line[:, 1 - axis] = place
                lines.append(line)
    return np.array(lines).reshape(-1, 3)
