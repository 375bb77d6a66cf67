"""The twelve edges of a frame, and along which three of them the axes are labelled."""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.label_room import box_around
from colorquant_gui.ui.space3d.seen_axis import sideways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.label_room import LabelRoom
    from colorquant_gui.ui.space3d.seen_axis import Point

# Each as (axis, which side of the next axis, which side of the one after that).
EDGES = [(axis, u, v) for axis in range(3) for u in (0, 1) for v in (0, 1)]

# What it costs to label another edge than the usual one: of the axis that goes up somewhat less.
_UNUSUAL = (1.0, 1.0, 0.9)
# What it costs where two axes go on from one another as one line, or lie close together. On the
# floor that is as usual as in any chart.
_ONE_LINE, _ONE_FLOOR_LINE, _FOLDED = 1.5, 0.3, 2.0
_STRAIGHT_ON, _BACK = -0.94, 0.9
# What it costs where there is no room for a number, looked for that far from the axis.
_NO_ROOM, _NUMBER_AT, _NUMBER_SIZE = 0.8, 19.0, (24.0, 12.0)


def _ends_of(edge: tuple[int, int, int]) -> tuple[int, int]:
    """Return the numbers of the corners at which an edge starts and ends."""
    axis, u, v = edge
    start = (u << (axis + 1) % 3) + (v << (axis + 2) % 3)
    return start, start + (1 << axis)


_CORNERS = np.array([[corner >> axis & 1 for axis in range(3)] for corner in range(8)])
_ENDS = np.array([_ends_of(edge) for edge in EDGES])
_SIDES = np.array([[u, v] for _, u, v in EDGES])
_ACROSS = np.array([[(axis + 1) % 3, (axis + 2) % 3] for axis, _, _ in EDGES])


def edges_of(box: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ends of the edges of a box, shape (12, 2, 3), each from low to high."""
    corners = np.where(_CORNERS, box[1], box[0])
    edges: NDArray[np.float64] = corners[_ENDS]
    return edges


def faces_seen(box: NDArray[np.float64], eye: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the eye sees the outsides of the two faces at each edge, shape (12, 2)."""
    outside = np.stack([eye < box[0], eye > box[1]], axis=1)
    seen: NDArray[np.bool_] = outside[_ACROSS, _SIDES]
    return seen


def labelled_edges(
    ends: NDArray[np.float64],
    seen: NDArray[np.bool_],
    center: Point,
    room: LabelRoom,
    least: float,
) -> list[int]:
    """Choose the edge along which each axis is labelled: on the outline, where there is room.

    The floor's axes take the lowest edge on the screen, the other the leftmost, as one draws a
    chart, unless two of them then read as one, or a number were cut or covered.

    Parameters
    ----------
    ends : ndarray of float64, shape (12, 2, 2)
        Where the edges are on the screen.
    seen : ndarray of bool, shape (12, 2)
        Whether the two faces at each are seen.
    center : tuple of 2 floats
        The middle of the frame on the screen.
    room : LabelRoom
        Where labels can be seen.
    least : float
        How long an axis must be to have numbers, in logical pixels.

    Returns
    -------
    list of 3 ints
        Indices of edges, that of the first axis first.
    """
    places = ends.tolist()
    outline = (seen[:, 0] != seen[:, 1]).tolist()
    choices = [_ranked(axis, places, outline) for axis in range(3)]
    costs: dict[int, float] = {}
    for axis, edges in enumerate(choices):
        for rank, edge in enumerate(edges):
            costs[edge] = rank * _UNUSUAL[axis]
            if math.dist(*places[edge]) >= least:
                costs[edge] += _NO_ROOM * _numbers_lost(places[edge], center, room)
    pairs = {
        (one, other): _likeness(one, other, places, least)
        for first, second in combinations(choices, 2)
        for one in first
        for other in second
    }

    def cost(chosen: Iterable[int]) -> float:
        chosen = tuple(chosen)
        return sum(costs[edge] for edge in chosen) + sum(
            pairs[pair] for pair in combinations(chosen, 2)
        )

    return list(min(product(*choices), key=cost))


def _ranked(axis: int, places: list[list[list[float]]], outline: list[bool]) -> list[int]:
    """Return two edges of an axis, the usual one first."""
    edges = range(4 * axis, 4 * axis + 4)

    def place(edge: int) -> tuple[float, float]:
        (x0, y0), (x1, y1) = places[edge]
        x, y = round((x0 + x1) / 2, 3), round((y0 + y1) / 2, 3)
        return (x, -y) if axis == 2 else (-y, x)

    return sorted([edge for edge in edges if outline[edge]] or edges, key=place)[:2]


def _numbers_lost(line: list[list[float]], center: Point, room: LabelRoom) -> int:
    """Count the places for numbers along an edge that are covered, or outside the view."""
    (x0, y0), (x1, y1) = line
    out = sideways((x0, y0), (x1, y1), center)
    dx, dy = out[0] * _NUMBER_AT, out[1] * _NUMBER_AT
    spots = ((x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2), (x1, y1))
    return sum(not room.holds(box_around(x + dx, y + dy, _NUMBER_SIZE)) for x, y in spots)


def _shared(one: int, other: int) -> tuple[int, int] | None:
    """Return which ends of two edges meet."""
    ends, others = _ENDS[one].tolist(), _ENDS[other].tolist()
    return next(((i, j) for i in (0, 1) for j in (0, 1) if ends[i] == others[j]), None)


_MEETING = {(one, other): _shared(one, other) for one, other in combinations(range(12), 2)}


def _likeness(one: int, other: int, places: list[list[list[float]]], least: float) -> float:
    """Tell how much two axes read as one, as a cost."""
    meeting = _MEETING[one, other]
    if meeting is None:
        return 0.0
    here, there = meeting
    x, y = places[one][here]
    ax, ay = places[one][1 - here][0] - x, places[one][1 - here][1] - y
    bx, by = places[other][1 - there][0] - x, places[other][1 - there][1] - y
    lengths = math.hypot(ax, ay), math.hypot(bx, by)
    if min(lengths) < least:
        return 0.0
    cosine = (ax * bx + ay * by) / (lengths[0] * lengths[1])
    if cosine > _BACK:
        return _FOLDED
    if cosine > _STRAIGHT_ON:
        return 0.0
    return _ONE_LINE if other >= 8 else _ONE_FLOOR_LINE
