"""LabelRoom: where labels may stand, and the boxes that they take up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Left, top, right and bottom, in logical pixels.
Box = tuple[float, float, float, float]
# How far apart boxes are that are beside and above each other, in logical pixels.
Gap = tuple[float, float]

# So far from the edge of the view, and from what lies over it.
_MARGIN = 2.0


def are_apart(first: Box, second: Box, gap: Gap) -> bool:
    """Whether two boxes are so far from each other, beside or above each other."""
    return (
        first[2] + gap[0] <= second[0]
        or second[2] + gap[0] <= first[0]
        or first[3] + gap[1] <= second[1]
        or second[3] + gap[1] <= first[1]
    )


def box_around(x: float, y: float, size: tuple[float, float]) -> Box:
    """Return the box of a size around its centre."""
    return x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2


class LabelRoom:
    """Part of a view, less what lies over it, less what has been put there.

    Parameters
    ----------
    area : tuple of 4 floats
        Where labels can be seen.
    kept_free : sequence of tuples of 4 floats
        Boxes within it where nothing may stand.
    """

    def __init__(self, area: Box, kept_free: Sequence[Box]) -> None:
        self.area = area
        self._kept_free = kept_free
        self._taken: list[tuple[Box, Gap]] = []

    def holds(self, box: Box) -> bool:
        """Whether all of a box can be seen."""
        left, top, right, bottom = self.area
        return (
            left + _MARGIN <= box[0]
            and top <= box[1]
            and box[2] <= right - _MARGIN
            and box[3] <= bottom - _MARGIN
            and all(are_apart(box, other, (_MARGIN, _MARGIN)) for other in self._kept_free)
        )

    def is_free(self, box: Box, gap: Gap) -> bool:
        """Whether a box is seen, and so far from all that was put there.

        What was put there with a smaller gap than that keeps only its own.
        """
        return self.holds(box) and all(
            are_apart(box, other, min(gap, own)) for other, own in self._taken
        )

    def take(self, boxes: Iterable[Box], gap: Gap) -> None:
        """Put boxes there, which nothing shall come closer to."""
        self._taken.extend((box, gap) for box in boxes)

    def visible_part(
        self, start: tuple[float, float], end: tuple[float, float]
    ) -> tuple[float, float]:
        """Return from where to where a line is within the area, as shares 0..1 of its length.

        Equal shares where none of it is (Liang and Barsky 1984).
        """
        first, last = 0.0, 1.0
        for axis in (0, 1):
            low, high = self.area[axis], self.area[axis + 2]
            step = end[axis] - start[axis]
            if abs(step) < 1e-9:
                if not low <= start[axis] <= high:
                    return 0.0, 0.0
                continue
            shares = sorted(((low - start[axis]) / step, (high - start[axis]) / step))
            first, last = max(first, shares[0]), min(last, shares[1])
        return (first, last) if first < last else (0.0, 0.0)
