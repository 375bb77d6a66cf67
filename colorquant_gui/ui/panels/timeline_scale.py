"""Where the stops of a run lie on its timeline.

Stops are numbered from 0: first the stages of the seeding, then by turns *assign n* (colours take
their nearest centroid) and *update n* (centroids go to those of iteration n + 1), the last one
being the assignment of the last iteration. Where iterations are taken as a whole, as in a race,
each is one stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEEDING_MOST = 0.25  # of the width, however many stages there are
_STAGE_LEAST = 10.0  # logical pixels of a stage, where there is room
_GAP = 16.0  # between seeding and iterations


@dataclass(frozen=True)
class TimelineScale:
    """The stops of a run, and where they lie.

    Attributes
    ----------
    n_stages : int
        Stages of the seeding, 0 or more.
    n_iterations : int
        Number of the last iteration; 0 is the seeding, -1 where there is none yet.
    left, width : float
        Where the groove begins and how long it is, in logical pixels.
    stops_each : int
        Stops from one iteration to the next: 2 for half-steps, 1 for whole ones.
    """

    n_stages: int = 0
    n_iterations: int = -1
    left: float = 0.0
    width: float = 1.0
    stops_each: int = 2

    @property
    def n_stops(self) -> int:
        """How many stops there are."""
        if self.n_iterations < 0:
            return self.n_stages
        return self.n_stages + self.stops_each * self.n_iterations + 1

    def assign_stop(self, iteration: int) -> int:
        """Return the stop at which colours take the centroids of an iteration."""
        return self.n_stages + self.stops_each * iteration

    def iteration(self, stop: int) -> int:
        """Return the iteration that a stop belongs to; 0 for those of the seeding."""
        return max(stop - self.n_stages, 0) // self.stops_each

    def is_seeding(self, stop: int) -> bool:
        """Return whether a stop is a stage of the seeding."""
        return stop < self.n_stages

    def is_update(self, stop: int) -> bool:
        """Return whether centroids move at a stop."""
        return stop >= self.n_stages and (stop - self.n_stages) % self.stops_each == 1

    @property
    def seeding_width(self) -> float:
        """How long the groove of the seeding is, in logical pixels."""
        if not self.n_stages:
            return 0.0
        if self.n_iterations < 0:
            return self.width
        even = self.width * self.n_stages / self.n_stops
        return min(max(even, _STAGE_LEAST * self.n_stages), _SEEDING_MOST * self.width)

    @property
    def iterations_left(self) -> float:
        """Where the groove of the iterations begins, in logical pixels."""
        return self.left + (self.seeding_width + _GAP if self.n_stages else 0.0)

    @property
    def iterations_width(self) -> float:
        """How long the groove of the iterations is, in logical pixels."""
        return max(self.left + self.width - self.iterations_left, 1.0)

    def x_of(self, stop: int, fraction: float = 0.0) -> float:
        """Return where a stop is.

        Parameters
        ----------
        stop : int
            0 to `n_stops` - 1.
        fraction : float
            How much of the way to the next stop is done, 0..1.
        """
        here = self._x_of(stop)
        if fraction and stop + 1 < self.n_stops:
            return here + fraction * (self._x_of(stop + 1) - here)
        return here

    def _x_of(self, stop: int) -> float:
        if stop < self.n_stages:
            return self.left + (stop + 0.5) / self.n_stages * self.seeding_width
        if self.n_iterations == 0:
            return self.iterations_left + self.iterations_width
        share = (stop - self.n_stages) / (self.stops_each * self.n_iterations)
        return self.iterations_left + share * self.iterations_width

    def stop_at(self, x: float) -> int:
        """Return the stop nearest to a place; -1 where there are none."""
        if not self.n_stops:
            return -1
        nearest = []
        if self.n_stages:
            share = (x - self.left) / max(self.seeding_width, 1e-9)
            nearest.append(min(max(int(share * self.n_stages), 0), self.n_stages - 1))
        if self.n_iterations >= 0:
            share = (x - self.iterations_left) / self.iterations_width
            last = self.stops_each * self.n_iterations
            nearest.append(self.n_stages + min(max(round(share * last), 0), last))
        return min(nearest, key=lambda stop: abs(self._x_of(stop) - x))

    def event_stop(
        self, iterations: Iterable[int], stop: int, direction: int, *, is_between: bool = False
    ) -> int | None:
        """Return where the next of some events is, or the one before; None beyond the last.

        Parameters
        ----------
        iterations : iterable of int
            Iterations that something happened at; those that are still to come don't count.
        stop : int
            Where it is.
        direction : int
            1 for the next one, -1 for the one before.
        is_between : bool
            Whether it is on the way from that stop to the next: back is then to the event that
            it comes from.
        """
        stops = sorted(self.assign_stop(n) for n in iterations if n <= self.n_iterations)
        if direction > 0:
            return next((other for other in stops if other > stop), None)
        return next((other for other in reversed(stops) if other < stop + is_between), None)

    def tick_step(self, least: float) -> int:
        """Return the smallest 1, 2 or 5 times a power of ten whose ticks are so far apart.

        Parameters
        ----------
        least : float
            Logical pixels between ticks.
        """
        each = self.iterations_width / max(self.n_iterations, 1)
        step, factor = 1, 0
        while step * each < least and step < max(self.n_iterations, 1):
            factor += 1
            step = (1, 2, 5)[factor % 3] * 10 ** (factor // 3)
        return step

    def labelled(self, least: float) -> list[int]:
        """Return the iterations whose numbers are written: evenly spaced ones, and the last.

        Parameters
        ----------
        least : float
            Logical pixels between two numbers.
        """
        last = self.n_iterations
        if last < 0:
            return []
        step = self.tick_step(least)
        each = self.iterations_width / max(last, 1)
        found = [i for i in range(0, last, step) if (last - i) * each >= least]
        return [*found, last]
