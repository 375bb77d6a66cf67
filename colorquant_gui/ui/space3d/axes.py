"""The frame of the colour cube: edges, floor grid, and axes that are labelled at every angle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE
from colorquant_gui.ui.space3d.shapes import Label, Strokes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.style import SceneStyle

AXIS_NAMES = ("R", "G", "B")
TICKS = (0, 64, 128, 192, 255)
_FEW_TICKS = (0, 128, 255)
_TICK_LENGTH = 5.0
_GAP = 4.0
_HALO = 2.0
# An axis that points at the eye is too short on the screen to be labelled with numbers.
_SHORTEST_AXIS = 40.0

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
    back, front, labels = [], [], []
    grid = _floor_grid(camera, width, height, style)
    (front if facing[2, 0] else back).append(grid)
    chosen = _labelled_edges(camera, width, height, facing)
    taken: list[tuple[float, float, float, float]] = []
    for axis, u, v in _EDGES:
        seen = [facing[(axis + 1) % 3, u], facing[(axis + 2) % 3, v]]
        ends, _ = camera.project(_edge(axis, u, v), width, height)
        if (axis, u, v) == chosen[axis]:
            back.append(_axis_line(axis, ends, style))
            ticks, texts = _ticks(camera, axis, (u, v), (width, height), style, text_size, taken)
            back.append(ticks)
            labels += texts
        elif all(seen):
            front.append(Strokes.plain(ends[None], style.edge, 0.45, 1.0))
        else:
            back.append(Strokes.plain(ends[None], style.edge, 0.8, 1.0))
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


def _ticks(
    camera: Camera,
    axis: int,
    sides: tuple[int, int],
    size: tuple[int, int],
    style: SceneStyle,
    text_size: Callable[[str, bool], tuple[float, float]],
    taken: list[tuple[float, float, float, float]],
) -> tuple[Strokes, list[Label]]:
    """Make the tick marks, the numbers and the name of an axis; `taken` grows by their boxes."""
    edge = _edge(axis, *sides)
    ends = camera.project(edge, *size)[0]
    along = ends[1] - ends[0]
    length = float(np.hypot(*along))
    middle = camera.project(np.full(3, CUBE / 2), *size)[0]
    outwards = _outwards(ends, along, length, middle)
    name_size = text_size(AXIS_NAMES[axis], True)
    labels = []

    def place(text: str, bold: bool, anchor: NDArray[np.float64], distance: float) -> None:
        width, height = text_size(text, bold)
        reach = abs(outwards[0]) * width / 2 + abs(outwards[1]) * height / 2
        x, y = anchor + outwards * (distance + reach)
        half_width, half_height = width / 2 + _HALO, height / 2
        box = (x - half_width, y - half_height, x + half_width, y + half_height)
        if any(_overlap(box, other) for other in taken):
            return
        taken.append(box)
        rgb = style.names[axis] if bold else style.text
        labels.append(Label(text, rgb, bold, float(x), float(y)))

    if length < _SHORTEST_AXIS:
        place(AXIS_NAMES[axis], True, ends.mean(axis=0), _GAP + _TICK_LENGTH)
        return Strokes.none(), labels
    widest = max(text_size("255", False))
    values = TICKS if length / (len(TICKS) - 1) > 1.6 * widest else _FEW_TICKS
    points = np.repeat(edge[:1], len(values), axis=0)
    points[:, axis] = values
    starts = camera.project(points, *size)[0]
    marks = np.stack([starts, starts + outwards * _TICK_LENGTH], axis=1)
    # The name stands beyond the numbers, in the middle of the axis.
    number = text_size("255", False)
    reach = abs(outwards[0]) * number[0] + abs(outwards[1]) * number[1]
    beyond = _TICK_LENGTH + 2 * _GAP + reach
    place(AXIS_NAMES[axis], True, ends.mean(axis=0), beyond + 0.1 * name_size[1])
    for value, start in zip(values, starts, strict=True):
        place(str(value), False, start, _TICK_LENGTH + _GAP)
    return Strokes.plain(marks, style.edge, 1.0, 1.0), labels


def _outwards(
    ends: NDArray[np.float64],
    along: NDArray[np.float64],
    length: float,
    middle: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Direction on the screen, of length 1, across an edge and away from the cube."""
    away = ends.mean(axis=0) - middle
    if length < _SHORTEST_AXIS:
        distance = float(np.hypot(*away))
        return away / distance if distance > 0 else np.array([0.0, 1.0])
    across = np.array([-along[1], along[0]]) / length
    return across if across @ away >= 0 else -across


def _overlap(
    first: tuple[float, float, float, float], second: tuple[float, float, float, float]
) -> bool:
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )
