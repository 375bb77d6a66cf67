"""Marks: what happened in a run, gathered where it lies too close together to be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Mark:
    """Events at about one place of a timeline.

    Attributes
    ----------
    x : float
        Where the first of them is, in logical pixels.
    events : tuple of (int, str)
        Iteration and what happened there, in the order of the iterations; at least one.
    """

    x: float
    events: tuple[tuple[int, str], ...]

    def next_after(self, iteration: int) -> int:
        """Return the first event's iteration beyond one; after the last, that of the first."""
        return next((n for n, _ in self.events if n > iteration), self.events[0][0])

    def holds(self, iteration: int) -> bool:
        """Return whether one of the events is at an iteration."""
        return any(n == iteration for n, _ in self.events)


def gathered(
    events: Mapping[int, str], place: Callable[[int], float], least: float
) -> tuple[Mark, ...]:
    """Put events into marks of which no two are closer than can be told apart.

    Parameters
    ----------
    events : mapping of int to str
        What happened at an iteration.
    place : callable
        Where an iteration is, in logical pixels; grows with it.
    least : float
        Logical pixels from one mark to the next.

    Returns
    -------
    tuple of Mark
        From left to right.
    """
    marks: list[Mark] = []
    for iteration, text in sorted(events.items()):
        x = place(iteration)
        if marks and x - marks[-1].x < least:
            marks[-1] = Mark(marks[-1].x, (*marks[-1].events, (iteration, text)))
        else:
            marks.append(Mark(x, ((iteration, text),)))
    return tuple(marks)
