"""One run of a fit, as the states it goes through."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import check
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.events import Event, Lineage, event_between
from colorquant_gui.core.finishing import finish
from colorquant_gui.core.kmeans import Iteration
from colorquant_gui.core.quality import QUALITIES, search_plan
from colorquant_gui.core.starting import find_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from colorquant_gui.core.color_spaces import ColorSpace
    from colorquant_gui.core.engine import Assigner, Lloyd, Problem
    from colorquant_gui.core.fit import Fit
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.quality import Quality
    from colorquant_gui.core.seeding_trail import SeedingTrail

    Centroids = NDArray[np.float64]


class State:
    """A moment of a run; what it looks like is found out only if asked, and only at once.

    `lineage` says where its centroids come from, None before a search.
    """

    above = 0.0

    def __init__(
        self, source: Lloyd, lineage: Lineage | None = None, *, kept: bool = False
    ) -> None:
        self._source, self.lineage, self.kept = source, lineage, kept

    def iteration(self) -> Iteration:
        """Make the immutable copy, without what depends on the iteration before it."""
        s = self._source
        return Iteration(0, s.centroids, s.labels, s.counts, s.inertia, 0.0)


class _Preview(State):
    """Centroids found on a coreset, assigned to all colours; shown if worse than `above`."""

    def __init__(
        self,
        assigner: Assigner,
        centroids: Centroids,
        cancelled: Callable[[], bool] | None,
        above: float = 0.0,
        lineage: Lineage | None = None,
    ) -> None:
        self._assigner, self._centroids, self.above = assigner, centroids, above
        self._cancelled, self.lineage, self.kept = cancelled, lineage, False

    def iteration(self) -> Iteration:
        inertia = self._assigner.assign(self._centroids, self._cancelled)
        labels, counts = self._assigner.labels, self._assigner.counts
        return Iteration(0, self._centroids, labels, counts, inertia, 0.0)


class Run:
    """One run of a fit.

    Attributes
    ----------
    n_iter : int
        Iterations taken so far, on the coreset and over all colours; -1 before the first state.
    """

    def __init__(
        self,
        fit: Fit,
        histogram: ColorHistogram,
        cancelled: Callable[[], bool] | None,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        self._progress = progress or (lambda _part: None)
        self._fit, self._histogram, self._cancelled = fit, histogram, cancelled
        self._space: ColorSpace = color_space(fit.color_space)
        self._quality: Quality = QUALITIES[fit.quality]
        # a search starts from the Standard result, so that Best is never worse
        self._first_level = QUALITIES["standard"] if self._quality.search else self._quality
        level = self._quality
        self._tol = (level.tol if fit.tol is None else fit.tol) * self._space.unit
        self._max_iter = level.max_iter if fit.max_iter is None else fit.max_iter
        self._seeding: SeedingTrail | None = None
        self.n_iter = -1

    def iterations(self) -> Iterator[Iteration]:
        """Yield what gets better, numbered, and in any case the last."""
        previous: Iteration | None = None
        shown: Lineage | None = None
        left_out: tuple[Iteration, Event | None] | None = None
        for state in self.states():
            now = state.iteration()
            if previous is None:
                previous = replace(now, seeding=self._seeding)
                yield previous
                continue
            event = Event("kept") if state.kept else None
            if event is None and state.lineage is not None:
                event = event_between(shown, state.lineage, previous.centroids, now.centroids)
            if not state.above < now.inertia < previous.inertia:
                left_out = now, event
                continue
            previous, shown, left_out = _after(previous, now, event), state.lineage, None
            yield previous
        if previous is not None and left_out is not None:
            yield _after(previous, *left_out)

    def states(self) -> Iterator[State]:
        """Yield the states in order; each is valid until the next is asked for."""
        fit, problem = self._fit, self._problem
        start = find_start(
            fit, self._histogram, problem, self._tol, self._first_level, self._cancelled
        )
        self._seeding = start.seeding
        self.n_iter += len(start.path) - 1
        limit = self._max_iter
        check(self._cancelled)
        lloyd = self._lloyd(start.path[-1], limit, self._first_level)
        lloyd.step(self._cancelled)
        assigner = problem.assigner(fit.n_colors)
        for centroids in start.path[:-1]:
            yield _Preview(assigner, centroids, self._cancelled, lloyd.inertia)
        yield from self._steps(lloyd)
        if self._quality.search and limit > 0 and 1 < fit.n_colors < problem.n:
            yield from self._better(lloyd)

    @cached_property
    def _problem(self) -> Problem:
        return self._histogram.problem(self._space, self._fit.threads, cancelled=self._cancelled)

    def _lloyd(self, start: Centroids, max_iter: int, level: Quality) -> Lloyd:
        problem = self._problem
        if level.plain or (self._fit.init is not None and not self._quality.goes_on):
            return problem.lloyd(start, self._tol, 0.0, max_iter, relaxed=False)
        return problem.lloyd(start, self._tol, level.rel_tol, max_iter, relaxed=True)

    def _steps(self, lloyd: Lloyd, lineage: Lineage | None = None) -> Iterator[State]:
        """States of an algorithm that has taken its first step."""
        while True:
            self.n_iter += 1
            yield State(lloyd, lineage)
            check(self._cancelled)
            if not lloyd.step(self._cancelled):
                return

    def _better(self, first: Lloyd) -> Iterator[State]:
        """Look for a better optimum, and settle on the better of both as 8-bit palettes."""
        fit, problem = self._fit, self._problem
        plan = search_plan(fit.n_colors, problem.n)
        search = problem.coarse(plan.cells, self._cancelled).search(
            first.centroids, fit.seed, plan.chains, 0.0
        )
        assigner, lineage = problem.assigner(fit.n_colors), None
        for done in range(plan.rounds):
            check(self._cancelled)
            self._progress(done / (plan.rounds + 1))
            more = search.advance(plan.assignments, self._cancelled)
            for centroids, chain, random, moves in search.milestones:
                lineage = Lineage(chain, random, moves)
                yield _Preview(assigner, centroids, self._cancelled, lineage=lineage)
            if not more:
                break
        check(self._cancelled)
        self._progress(plan.rounds / (plan.rounds + 1))
        second = self._lloyd(search.centroids, self._max_iter, self._quality)
        second.step(self._cancelled)
        yield from self._steps(second, lineage)
        check(self._cancelled)
        errors = [
            finish(
                self._histogram,
                lloyd.centroids,
                fit.color_space,
                fit.threads,
                cancelled=self._cancelled,
            )[1]
            for lloyd in (first, second)
        ]
        if errors[0] < errors[1]:
            yield State(first, kept=True)


def _after(previous: Iteration, now: Iteration, event: Event | None) -> Iteration:
    moves = np.sqrt(((now.centroids - previous.centroids) ** 2).sum(axis=1))
    return replace(
        now,
        number=previous.number + 1,
        center_shift=float(moves.max()),
        n_changed=int(np.count_nonzero(now.labels != previous.labels)),
        event=event,
    )
