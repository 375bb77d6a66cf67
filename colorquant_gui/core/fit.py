"""Fit: settings of a run in, iterations out, at one of three quality levels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import check
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.finishing import finish
from colorquant_gui.core.kmeans import Iteration, KMeans
from colorquant_gui.core.quality import QUALITIES, search_plan
from colorquant_gui.core.seeding import random_pixels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from colorquant_gui.core.color_spaces import ColorSpace
    from colorquant_gui.core.engine import Assigner, Lloyd, Problem
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.quality import Quality

    Centroids = NDArray[np.float64]

# Coreset on which a run starts: what it settles need not be settled over all colours.
_COARSE_CELLS_PER_CENTROID, _LEAST_CELLS, _MOST_CELLS = 64, 4096, 16384
# Cells along each axis of the grid of Wu's boxes. With few boxes a cut that happens to lie badly
# can cost several per cent; where another grid shows that it did, that one's boxes are taken.
_WU_SIDE, _SECOND_WU_SIDE = 48, 32
_UNLUCKY, _UNLUCKY_UP_TO = 0.03, 64
_COARSE_ITERATIONS = 60
_PLUS_PLUS_CELLS = 16384


@dataclass(frozen=True)
class Fit:
    """A k-means fit to the colours of a picture.

    Attributes
    ----------
    n_colors : int
        Number of clusters k, 1..256.
    quality : str
        A key of `colorquant_gui.core.quality.QUALITIES`.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`: where distances are taken.
    seeding : str
        A member of `colorquant_gui.core.seeding.SEEDINGS`.
    seed : int
        Seed of all that is random, 0 or more. Same seed, same result.
    threads : int or None
        Threads to use; by default one per processor core. The result does not depend on it.
    max_iter : int
        Most iterations over all colours; 0 stops at the seeding.
    tol : float
        Stop once no mean lies farther than this from its centroid, in 255ths of the space's
        first axis (sRGB: levels).
    init : ndarray of float64, shape (k, 3), optional
        Initial centroids in the clustering space, in place of a seeding. From there the run takes
        the textbook's steps, all over all colours: no coreset, no over-relaxation, and it ends
        by `tol` alone. (Live steps, which continue from what is on the screen, keep those.)

    Raises
    ------
    InvalidParameterError
        A setting is out of its range.
    """

    n_colors: int
    quality: str = "standard"
    color_space: str = "srgb"
    seeding: str = "wu"
    seed: int = 0
    threads: int | None = None
    max_iter: int = 300
    tol: float = 0.02
    init: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        KMeans(self.n_colors, self.seeding, self.seed, self.max_iter, self.tol, self.init)
        if self.quality not in QUALITIES:
            names = ", ".join(QUALITIES)
            raise InvalidParameterError(f"Unknown quality “{self.quality}”; there are {names}.")
        if self.threads is not None and self.threads < 1:
            raise InvalidParameterError(f"Threads must be 1 or more, not {self.threads}.")
        color_space(self.color_space)

    def iterate(
        self,
        histogram: ColorHistogram,
        *,
        cancelled: Callable[[], bool] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Iterator[Iteration]:
        """Run, handing over every step that is worth seeing.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours, at least `n_colors` of them.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the run.
        progress : callable taking a float, optional
            Told the part of a search that is done, 0..1; where nothing is searched it is never
            called.

        Returns
        -------
        iterator of Iteration
            Number 0 is the seeding, the last one the result. Inertia falls from one to the next;
            only the last may lie a trace higher, where the 8-bit palette made of it is better.

        Raises
        ------
        InvalidParameterError
            The picture has fewer colours than `n_colors`; the message states both numbers.
        Cancelled
            `cancelled` returned True, while iterating.
        """
        self._check_colors(histogram)
        return _numbered(_Run(self, histogram, cancelled, progress).states())

    def last(
        self, histogram: ColorHistogram, *, cancelled: Callable[[], bool] | None = None
    ) -> Iteration:
        """Run to the end, without making what nobody looks at.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours, at least `n_colors` of them.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the run.

        Returns
        -------
        Iteration
            The last one of `iterate`, numbered by the iterations it took: those on the cells that
            a run starts with, and those over all colours.

        Raises
        ------
        InvalidParameterError
            The picture has fewer colours than `n_colors`; the message states both numbers.
        Cancelled
            `cancelled` returned True.
        """
        self._check_colors(histogram)
        run = _Run(self, histogram, cancelled)
        for state in run.states():
            last = state
        return replace(last.iteration(), number=run.n_iter)

    def _check_colors(self, histogram: ColorHistogram) -> None:
        available = histogram.n_colors
        if available < self.n_colors:
            raise InvalidParameterError(
                f"This image has only {available:,} {'colour' if available == 1 else 'colours'}; "
                f"{self.n_colors} were asked for."
            )


class _State:
    """A moment of a run; what it looks like is found out only if asked, and only at once."""

    above = 0.0

    def __init__(self, source: Lloyd) -> None:
        self._source = source

    def iteration(self) -> Iteration:
        """Make the immutable copy; its number and shift are left to whoever collects them."""
        s = self._source
        return Iteration(0, s.centroids, s.labels, s.counts, s.inertia, 0.0)


class _Preview(_State):
    """Centroids found on the coreset, assigned to all colours; shown if worse than `above`."""

    def __init__(
        self,
        assigner: Assigner,
        centroids: Centroids,
        cancelled: Callable[[], bool] | None,
        above: float = 0.0,
    ) -> None:
        self._assigner, self._centroids, self.above = assigner, centroids, above
        self._cancelled = cancelled

    def iteration(self) -> Iteration:
        inertia = self._assigner.assign(self._centroids, self._cancelled)
        labels, counts = self._assigner.labels, self._assigner.counts
        return Iteration(0, self._centroids, labels, counts, inertia, 0.0)


def _numbered(states: Iterator[_State]) -> Iterator[Iteration]:
    """Hand on what gets better, numbered, and in any case the last."""
    previous: Iteration | None = None
    left_out: Iteration | None = None
    for state in states:
        now = state.iteration()
        if previous is not None and not state.above < now.inertia < previous.inertia:
            left_out = now
            continue
        previous, left_out = _after(previous, now), None
        yield previous
    if left_out is not None:
        yield _after(previous, left_out)


def _after(previous: Iteration | None, now: Iteration) -> Iteration:
    if previous is None:
        return now
    moves = np.sqrt(((now.centroids - previous.centroids) ** 2).sum(axis=1))
    return replace(now, number=previous.number + 1, center_shift=float(moves.max()))


class _Run:
    """One run of a fit."""

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
        self._tol = fit.tol * self._space.unit
        self.n_iter = -1

    @cached_property
    def _problem(self) -> Problem:
        return self._histogram.problem(self._space, self._fit.threads, cancelled=self._cancelled)

    def states(self) -> Iterator[_State]:
        """Yield the states in order; each is valid until the next is asked for."""
        fit, problem = self._fit, self._problem
        trail = self._start()
        self.n_iter += len(trail) - 1
        limit = fit.max_iter
        if self._quality.max_iter is not None:
            limit = min(limit, self._quality.max_iter)
        check(self._cancelled)
        lloyd = self._lloyd(problem, trail[-1], limit, self._first_level)
        lloyd.step(self._cancelled)
        yield from self._previews(trail[:-1], lloyd.inertia)
        yield from self._steps(lloyd)
        if self._quality.search and limit > 0 and 1 < fit.n_colors < problem.n:
            yield from self._search(lloyd)

    def _lloyd(self, problem: Problem, start: Centroids, max_iter: int, level: Quality) -> Lloyd:
        if self._fit.init is not None and self._quality.key != "live":
            return problem.lloyd(start, self._tol, 0.0, max_iter, relaxed=False)
        return problem.lloyd(start, self._tol, level.rel_tol, max_iter, relaxed=True)

    def _steps(self, lloyd: Lloyd) -> Iterator[_State]:
        """States of an algorithm that has taken its first step."""
        while True:
            self.n_iter += 1
            yield _State(lloyd)
            check(self._cancelled)
            if not lloyd.step(self._cancelled):
                return

    def _previews(self, trail: list[Centroids], above: float) -> Iterator[_State]:
        assigner = self._problem.assigner(self._fit.n_colors)
        for centroids in trail:
            yield _Preview(assigner, centroids, self._cancelled, above)

    def _start(self) -> list[Centroids]:
        """Return the centroids from the seeding to where it converges on the coreset."""
        fit, problem = self._fit, self._problem
        if fit.init is not None:
            return [np.array(fit.init, np.float64)]
        k = fit.n_colors
        cells = min(max(_LEAST_CELLS, _COARSE_CELLS_PER_CENTROID * k), _MOST_CELLS)
        coarse = problem.coarse(cells, self._cancelled)
        check(self._cancelled)
        if fit.seeding == "wu":
            start = coarse.seed_wu(k, _WU_SIDE, self._cancelled)
        elif fit.seeding == "kmeans++":
            cells_to_draw = problem.coarse(_PLUS_PLUS_CELLS, self._cancelled)
            start = cells_to_draw.seed_plus_plus(k, fit.seed, self._cancelled)
        else:
            start = self._random_pixels()
        if fit.max_iter == 0:
            return [start]
        inertia, trail = self._converge(coarse, start)
        if fit.seeding == "wu" and k <= _UNLUCKY_UP_TO:
            second, other = self._converge(
                coarse, coarse.seed_wu(k, _SECOND_WU_SIDE, self._cancelled)
            )
            if second < inertia * (1.0 - _UNLUCKY):
                return other
        return trail

    def _converge(self, coarse: Problem, start: Centroids) -> tuple[float, list[Centroids]]:
        check(self._cancelled)
        lloyd = self._lloyd(coarse, start, _COARSE_ITERATIONS, self._first_level)
        trail = []
        while lloyd.step(self._cancelled):
            trail.append(lloyd.centroids)
        return lloyd.inertia, trail

    def _random_pixels(self) -> Centroids:
        histogram, fit = self._histogram, self._fit
        chosen = random_pixels(
            histogram.colors, histogram.counts, fit.n_colors, fit.seed, cancelled=self._cancelled
        )
        return self._space.from_srgb(chosen.astype(np.uint8))

    def _search(self, first: Lloyd) -> Iterator[_State]:
        """Look for a better optimum, and settle on the better of both as 8-bit palettes."""
        fit, problem = self._fit, self._problem
        plan = search_plan(fit.n_colors, problem.n)
        search = problem.coarse(plan.cells, self._cancelled).search(
            first.centroids, fit.seed, plan.chains, 0.0
        )
        assigner = problem.assigner(fit.n_colors)
        for done in range(plan.rounds):
            check(self._cancelled)
            self._progress(done / (plan.rounds + 1))
            more = search.advance(plan.assignments, self._cancelled)
            yield _Preview(assigner, search.centroids, self._cancelled)
            if not more:
                break
        check(self._cancelled)
        self._progress(plan.rounds / (plan.rounds + 1))
        second = self._lloyd(problem, search.centroids, fit.max_iter, self._quality)
        second.step(self._cancelled)
        yield from self._steps(second)
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
            yield _State(first)
