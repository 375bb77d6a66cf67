"""Names, numbers and tick marks of the axes, placed so that all of them can be read."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.label_room import are_apart, box_around
from colorquant_gui.ui.space3d.seen_axis import color_of, unit
from colorquant_gui.ui.space3d.shapes import Label, Strokes
from colorquant_gui.ui.space3d.tick_choice import even_choice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from colorquant_gui.ui.space3d.label_room import Box, LabelRoom
    from colorquant_gui.ui.space3d.seen_axis import Point, SeenAxis
    from colorquant_gui.ui.space3d.style import SceneStyle

    TextSize = Callable[[str, bool], tuple[float, float]]

_TICK_LENGTH = 5.0
_GAP = 4.0
_HALO = 2.0
_TICK_OPACITY = 0.6
# Beside and above each other: numbers of one axis, numbers of two, a name and anything.
_IN_ROW, _BETWEEN_ROWS, _AROUND_NAME = (5.0, 4.0), (9.0, 5.0), (4.0, 1.0)
# A name beyond numbers keeps as far from them.
_BEYOND = 2 * _HALO + _AROUND_NAME[0] + 0.5
# What would be cut, or covered, comes closer to its axis by as much as this; a number on a circle
# stands farther off where it would come too close to that of another axis.
_GIVES, _FARTHER = (3.5, 7.0), (6.0, 12.0, 18.0)
# Where two axes meet, their numbers move so far along them, in such steps.
_STEP, _FARTHEST = 3.0, 27.0


def label_axes(
    axes: Sequence[SeenAxis], style: SceneStyle, text_size: TextSize, room: LabelRoom
) -> tuple[Strokes, list[Label]]:
    """Label the axes.

    Parameters
    ----------
    axes : sequence of SeenAxis
        What is labelled.
    style : SceneStyle
        Colours.
    text_size : callable
        Gives the width and height in logical pixels of a text, bold or not.
    room : LabelRoom
        Where labels can be seen; takes up their boxes.

    Returns
    -------
    Strokes
        Tick marks.
    list of Label
        No two overlap, each is seen as a whole, and the numbers of an axis are evenly spaced.
    """
    rows = [_Row(axis, text_size) for axis in axes]
    # What is long on the screen comes first: it has most to tell.
    rows.sort(key=lambda row: (-row.axis.is_numbered, -row.axis.length))
    numbered = [row for row in rows if row.axis.is_numbered]
    for row in numbered:
        row.come_in(room)
    for one, other in combinations(numbered, 2):
        _part(one, other)
    labels = [_name(row, numbered, style, text_size, room) for row in numbered]
    marks: list[tuple[Point, Point]] = []
    for row in numbered:
        for index in row.place(room):
            labels.append(Label(row.texts[index], style.text, False, *row.centers[index]))
            marks.append(row.mark(index))
    labels += [_name(row, [], style, text_size, room) for row in rows if not row.axis.is_numbered]
    ends = np.array(marks).reshape(-1, 2, 2)
    ticks = Strokes.plain(ends, style.text, _TICK_OPACITY, 1.0)
    return ticks, [label for label in labels if label is not None]


class _Row:
    """The numbers of an axis."""

    def __init__(self, axis: SeenAxis, text_size: TextSize) -> None:
        self.axis = axis
        self.texts = [axis.what.text(value) for value in axis.what.ticks]
        self._sizes = [text_size(text, False) for text in self.texts]
        self._leads = list(axis.leads) or [0.0] * len(self.texts)
        self.centers = [
            _beside(place, out, _TICK_LENGTH + _GAP + lead, size)
            for place, out, lead, size in zip(
                axis.ticks, axis.outwards, self._leads, self._sizes, strict=True
            )
        ]
        self.boxes = [
            box_around(*center, _with_halo(size))
            for center, size in zip(self.centers, self._sizes, strict=True)
        ]

    def come_in(self, room: LabelRoom) -> None:
        """Bring numbers closer to the axis that would not be seen as a whole."""
        for index, box in enumerate(self.boxes):
            if self.axis.numbered[index] and not room.holds(box):
                self._try_leads(index, [-give for give in _GIVES], room.holds)

    def _try_leads(self, index: int, leads: Sequence[float], fits: Callable[[Box], bool]) -> bool:
        """Move a number outwards by the first distance at which it fits, if there is one."""
        (x, y), out = self.centers[index], self.axis.outwards[index]
        for lead in leads:
            center = x + out[0] * lead, y + out[1] * lead
            box = box_around(*center, _with_halo(self._sizes[index]))
            if fits(box):
                self.centers[index], self.boxes[index] = center, box
                self._leads[index] += lead
                return True
        return False

    @property
    def depth(self) -> float:
        """How far it reaches outwards from the ends of its ticks."""
        return max(
            (
                abs(x) * width + abs(y) * height
                for (x, y), (width, height) in zip(self.axis.outwards, self._sizes, strict=True)
            ),
            default=0.0,
        )

    @property
    def last(self) -> int:
        return len(self.texts) - 1

    def mark(self, index: int) -> tuple[Point, Point]:
        """Return the ends of a tick mark."""
        (x, y), (dx, dy) = self.axis.ticks[index], self.axis.outwards[index]
        length = max(_TICK_LENGTH + self._leads[index], 0.0)
        return (x, y), (x + dx * length, y + dy * length)

    def moved(self, index: int, step: float) -> tuple[Point, Box]:
        """Return centre and box of a number at an end, that far along the axis from there."""
        (x, y), other = self.axis.ticks[index], self.axis.ticks[1 if index == 0 else index - 1]
        along = unit(other[0] - x, other[1] - y)
        limit = 0.45 * math.hypot(other[0] - x, other[1] - y)
        step = min(step, limit)
        center = self.centers[index]
        center = center[0] + along[0] * step, center[1] + along[1] * step
        return center, box_around(*center, _with_halo(self._sizes[index]))

    def place(self, room: LabelRoom) -> list[int]:
        """Choose the numbers that are shown, and take up their boxes."""

        def is_free(box: Box) -> bool:
            return room.is_free(box, _BETWEEN_ROWS)

        farther = _FARTHER if self.axis.cyclic else ()
        usable = [
            shown and (is_free(box) or self._try_leads(index, farther, is_free))
            for index, (shown, box) in enumerate(zip(self.axis.numbered, self.boxes, strict=True))
        ]
        chosen = self._choice(usable)
        room.take((self.boxes[index] for index in chosen), _BETWEEN_ROWS)
        return chosen

    def is_told_without(self, hidden: set[int], room: LabelRoom) -> bool:
        """Whether numbers along half of the axis are left where some can't be shown."""
        usable = [
            shown and index not in hidden and room.is_free(box, _BETWEEN_ROWS)
            for index, (shown, box) in enumerate(zip(self.axis.numbered, self.boxes, strict=True))
        ]
        chosen = self._choice(usable)
        return bool(chosen) and 2 * (chosen[-1] - chosen[0]) >= self.last

    def _choice(self, usable: Sequence[bool]) -> list[int]:
        boxes, ticks = self.boxes, self.axis.what.ticks
        return even_choice(
            usable,
            lambda one, other: are_apart(boxes[one], boxes[other], _IN_ROW),
            ticks.index(0.0) if 0.0 in ticks else None,
            cyclic=self.axis.cyclic,
        )


def _part(one: _Row, other: _Row) -> None:
    """Move the numbers at the ends of two axes away from each other where they meet."""
    if one.axis.cyclic or other.axis.cyclic or not (one.last > 0 < other.last):
        return
    for first in (0, one.last):
        for second in (0, other.last):
            if are_apart(one.boxes[first], other.boxes[second], _BETWEEN_ROWS):
                continue
            step = _STEP
            while step <= _FARTHEST:
                here, there = one.moved(first, step), other.moved(second, step)
                if are_apart(here[1], there[1], _BETWEEN_ROWS):
                    one.centers[first], one.boxes[first] = here
                    other.centers[second], other.boxes[second] = there
                    break
                step += _STEP


def _name(
    row: _Row, rows: Sequence[_Row], style: SceneStyle, text_size: TextSize, room: LabelRoom
) -> Label | None:
    """Place the name of an axis, and take up its box; None where there is no room at all.

    Of the numbers to come it leaves room for all, or at least for those at the ends.
    """
    axis = row.axis
    size = text_size(axis.what.name, True)
    best: tuple[int, Point, Box] | None = None
    for spot in axis.spots:
        distance = _TICK_LENGTH + _GAP
        if spot.beyond:
            distance += row.depth + _BEYOND
        center = _beside(spot.at, spot.outwards, distance, size)
        box = box_around(*center, _with_halo(size))
        if not room.is_free(box, _AROUND_NAME):
            continue
        harm = 2 * spot.within + _harm(box, rows, room)
        if best is None or harm < best[0]:
            best = harm, center, box
        if not harm:
            break
    if best is None:
        return None
    _, center, box = best
    room.take([box], _AROUND_NAME)
    return Label(axis.what.name, color_of(axis.what, style), True, *center)


def _harm(box: Box, rows: Sequence[_Row], room: LabelRoom) -> int:
    """Tell how bad it is to take up a box.

    1 where it hits a number; 3 where that is one at an end, or without it hardly any are left.
    """
    worst = 0
    for row in rows:
        hit = {
            index
            for index, other in enumerate(row.boxes)
            if row.axis.numbered[index] and not are_apart(box, other, _AROUND_NAME)
        }
        if hit:
            is_mild = hit.isdisjoint((0, row.last)) and (
                row.axis.cyclic or row.is_told_without(hit, room)
            )
            worst = max(worst, 1 if is_mild else 3)
    return worst


def _beside(place: Point, out: Point, distance: float, size: tuple[float, float]) -> Point:
    """Return the centre of a text that begins at a distance from a place."""
    reach = distance + abs(out[0]) * size[0] / 2 + abs(out[1]) * size[1] / 2
    return place[0] + out[0] * reach, place[1] + out[1] * reach


def _with_halo(size: tuple[float, float]) -> tuple[float, float]:
    return size[0] + 2 * _HALO, size[1]
