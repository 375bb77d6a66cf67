"""Where a run starts: seeded and converged on a coreset, which costs next to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import check
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.seeding import SEEDINGS
from colorquant_gui.core.seeding_trail import SeedingTrail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from colorquant_gui.core.engine import Problem
    from colorquant_gui.core.fit import Fit
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.quality import Quality

    Centroids = NDArray[np.float64]

# Coreset on which a run starts: what it settles need not be settled over all colours.
_COARSE_CELLS_PER_CENTROID, _LEAST_CELLS, _MOST_CELLS = 64, 4096, 16384
_COARSE_ITERATIONS = 60
# Cells along each axis of the grid of Wu's boxes. With few boxes a cut that happens to lie badly
# can cost several per cent; where another grid shows that it did, that one's boxes are taken.
_WU_SIDE, _SECOND_WU_SIDE = 48, 32
_UNLUCKY, _UNLUCKY_UP_TO = 0.03, 64
_PLUS_PLUS_CELLS = 16384


@dataclass(frozen=True, eq=False)
class Start:
    """Where a run starts.

    Attributes
    ----------
    seeding : SeedingTrail
        How the initial centroids came about.
    path : list of ndarray of float64, shape (k, 3)
        The initial centroids and what they became, step by step, on the coreset.
    """

    seeding: SeedingTrail
    path: list[Centroids]


@dataclass(frozen=True, eq=False)
class _Ground:
    """What a seeding works on."""

    fit: Fit
    histogram: ColorHistogram
    problem: Problem
    coarse: Problem
    cancelled: Callable[[], bool] | None


def find_start(
    fit: Fit,
    histogram: ColorHistogram,
    problem: Problem,
    tol: float,
    level: Quality,
    cancelled: Callable[[], bool] | None = None,
) -> Start:
    """Seed, and converge on a coreset where the level allows it.

    Parameters
    ----------
    fit : Fit
        The settings. Its `init` is taken as it is.
    histogram : ColorHistogram
        The colours.
    problem : Problem
        These, in the clustering space.
    tol : float
        When to call it converged; see `Problem.lloyd`.
    level : Quality
        How to go on from there.
    cancelled : callable returning bool, optional
        Asked in between; True stops the work.

    Returns
    -------
    Start
        The start.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    if fit.init is not None:
        given = np.array(fit.init, np.float64)
        return Start(SeedingTrail("given", given), [given])
    k = fit.n_colors
    cells = min(max(_LEAST_CELLS, _COARSE_CELLS_PER_CENTROID * k), _MOST_CELLS)
    coarse = problem.coarse(cells, cancelled)
    check(cancelled)
    seeder = _SEEDERS.get(fit.seeding, _over_colors)
    attempts = seeder(_Ground(fit, histogram, problem, coarse, cancelled))
    seeding = next(attempts)
    if fit.max_iter == 0 or level.plain:
        return Start(seeding, [seeding.final])
    inertia, path = _converge(coarse, seeding, tol, level.rel_tol, cancelled)
    for other in attempts:
        other_inertia, other_path = _converge(coarse, other, tol, level.rel_tol, cancelled)
        if other_inertia < inertia * (1.0 - _UNLUCKY):
            inertia, seeding, path = other_inertia, other, other_path
    return Start(seeding, path)


def _converge(
    coarse: Problem,
    seeding: SeedingTrail,
    tol: float,
    rel_tol: float,
    cancelled: Callable[[], bool] | None,
) -> tuple[float, list[Centroids]]:
    check(cancelled)
    lloyd = coarse.lloyd(seeding.final, tol, rel_tol, _COARSE_ITERATIONS, relaxed=True)
    path = []
    while lloyd.step(cancelled):
        path.append(lloyd.centroids)
    return lloyd.inertia, path


def _wu(ground: _Ground) -> Iterator[SeedingTrail]:
    k = ground.fit.n_colors
    yield _wu_on_grid(ground, _WU_SIDE)
    if k <= _UNLUCKY_UP_TO:
        yield _wu_on_grid(ground, _SECOND_WU_SIDE)


def _wu_on_grid(ground: _Ground, side: int) -> SeedingTrail:
    final, cuts, parts = ground.coarse.seed_wu(ground.fit.n_colors, side, ground.cancelled)
    # the cells' means reach less far than the colours in them
    for corner, outermost in enumerate(ground.problem.bounds, start=1):
        outside = parts[:, corner] == parts[0, corner]
        np.copyto(parts[:, corner], outermost, where=outside)
    return SeedingTrail("splits", final, cuts, parts)


def _plus_plus(ground: _Ground) -> Iterator[SeedingTrail]:
    cells = ground.problem.coarse(_PLUS_PLUS_CELLS, ground.cancelled)
    fit = ground.fit
    yield SeedingTrail("draws", cells.seed_plus_plus(fit.n_colors, fit.seed, ground.cancelled))


def _over_colors(ground: _Ground) -> Iterator[SeedingTrail]:
    histogram, fit = ground.histogram, ground.fit
    chosen = SEEDINGS[fit.seeding](
        histogram.colors, histogram.counts, fit.n_colors, fit.seed, cancelled=ground.cancelled
    )
    space = color_space(fit.color_space)
    yield SeedingTrail("draws", space.from_srgb(np.rint(chosen).astype(np.uint8)))


# How the engine does members of SEEDINGS; the others are done as they stand there. What comes after
# the first is a further attempt, made only where the run goes on, and taken where it ends up
# clearly better.
_SEEDERS: dict[str, Callable[[_Ground], Iterator[SeedingTrail]]] = {
    "wu": _wu,
    "kmeans++": _plus_plus,
}
