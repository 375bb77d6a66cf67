"""Mark groups: what happened in a run, gathered where it lies too close together to be told apart.

The timeline and the charts of a run mark the same events, each at its own scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_LINES = 6  # of a tooltip


def _tr(text: str) -> str:
    return QCoreApplication.translate("MarkGroups", text)


@dataclass(frozen=True)
class MarkGroup:
    """Events at about one place.

    Attributes
    ----------
    x : float
        Where the first of them is, in logical pixels.
    end : float
        Where the last of them is, in logical pixels.
    events : tuple of (int, str)
        Iteration and what happened there, in the order of the iterations; at least one.
    """

    x: float
    end: float
    events: tuple[tuple[int, str], ...]

    def __len__(self) -> int:
        """Return how many events there are."""
        return len(self.events)

    def next_after(self, iteration: int) -> int:
        """Return the first event's iteration beyond one; after the last, that of the first."""
        return next((n for n, _ in self.events if n > iteration), self.events[0][0])

    def holds(self, iteration: int) -> bool:
        """Return whether one of the events is at an iteration."""
        return any(n == iteration for n, _ in self.events)

    def describe(self, words: str = "") -> str:
        """Return what happened, line by line; of many events only the first.

        Parameters
        ----------
        words : str
            How an event reads: %1 is its number, %2 what happened. "Iteration %1: %2" if empty.
        """
        words, count = words or _tr("Iteration %1: %2"), len(self.events)
        shown = self.events if count <= _MOST_LINES else self.events[: _MOST_LINES - 1]
        lines = [
            words.replace("%1", formatting.integer(n)).replace("%2", text) for n, text in shown
        ]
        if count > 1:
            lines.insert(0, _tr("%1 events").replace("%1", formatting.integer(count)))
        if len(shown) < count:
            more = _tr("… and %1 more, up to iteration %2")
            more = more.replace("%1", formatting.integer(count - len(shown)))
            lines.append(more.replace("%2", formatting.integer(self.events[-1][0])))
        return "\n".join(lines)


def gathered(
    events: Mapping[int, str], place: Callable[[int], float], least: float
) -> tuple[MarkGroup, ...]:
    """Put events into groups of which no two begin closer than can be told apart.

    Parameters
    ----------
    events : mapping of int to str
        What happened at an iteration.
    place : callable
        Where an iteration is, in logical pixels; grows with it.
    least : float
        Logical pixels from the beginning of one group to that of the next.

    Returns
    -------
    tuple of MarkGroup
        From left to right.
    """
    groups: list[MarkGroup] = []
    for iteration, text in sorted(events.items()):
        x = place(iteration)
        if groups and x - groups[-1].x < least:
            first = groups[-1]
            groups[-1] = MarkGroup(first.x, x, (*first.events, (iteration, text)))
        else:
            groups.append(MarkGroup(x, x, ((iteration, text),)))
    return tuple(groups)


def group_at(groups: tuple[MarkGroup, ...], x: float, reach: float) -> MarkGroup | None:
    """Return the group whose mark is nearest to a place, if it is near enough.

    Parameters
    ----------
    groups : tuple of MarkGroup
        From `gathered`.
    x : float
        The place, in logical pixels.
    reach : float
        How far the mark may be, in logical pixels.
    """
    near = min(groups, key=lambda group: abs(group.x - x), default=None)
    return near if near is not None and abs(near.x - x) <= reach else None
