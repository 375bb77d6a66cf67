"""The engine under a fit: the compiled one, or NumPy where there was no compiler.

Both offer the same few objects, described here, so that no caller needs to know which it has.

What takes longer than a few milliseconds takes a `cancelled` callable, asks it about every 20 ms
in the thread of the call, and raises `Cancelled` once it says True. An object whose work was
cancelled is in no state to be used again.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Protocol

import numpy as np

from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from numpy.typing import NDArray

    from colorquant_gui.core.color_spaces import ColorSpace
    from colorquant_gui.core.histogram import ColorHistogram

    Cancel = Callable[[], bool] | None

    #: `final`, `cuts` and `parts` of a `SeedingTrail`
    WuSeeding = tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.float64]]

_log = logging.getLogger(__name__)

#: Instruction sets of the compiled engine, by the name that `use_instruction_set` takes.
INSTRUCTION_SETS = ("baseline", "avx2", "avx512")

# What its interface can take; it starts far fewer.
_MOST_THREADS = 2**31 - 1


class Lloyd(Protocol):
    """Lloyd's algorithm, advanced one iteration at a time."""

    def step(self, cancelled: Cancel = None) -> bool:
        """Assign to the initial centroids, then iterate once a call; False after the end."""
        ...

    @property
    def centroids(self) -> NDArray[np.float64]:
        """Centroids in the clustering space, shape (k, 3)."""
        ...

    @property
    def labels(self) -> NDArray[np.uint8]:
        """Nearest of these for every colour, shape (n,)."""
        ...

    @property
    def counts(self) -> NDArray[np.int64]:
        """Pixels of each centroid, shape (k,)."""
        ...

    @property
    def inertia(self) -> float:
        """Squared distances to these centroids, summed over pixels."""
        ...


class Assigner(Protocol):
    """Nearest centroids of all colours, for whatever centroids are asked about."""

    def assign(self, centroids: NDArray[np.float64], cancelled: Cancel = None) -> float:
        """Find the nearest of these for every colour, and return the inertia."""
        ...

    @property
    def labels(self) -> NDArray[np.uint8]:
        """The lowest number of the nearest, shape (n,)."""
        ...

    @property
    def counts(self) -> NDArray[np.int64]:
        """Pixels of each centroid, shape (k,)."""
        ...

    @property
    def means(self) -> NDArray[np.float64]:
        """Mean of each cluster, of an empty one its centroid; shape (k, 3)."""
        ...

    @property
    def errors(self) -> NDArray[np.float64]:
        """Inertia of each cluster, shape (k,)."""
        ...

    def costliest(self, count: int, cancelled: Cancel = None) -> NDArray[np.integer]:
        """Find the colours with the greatest weighted squared distances to their centroids.

        Returns their numbers, shape (count,): the costliest first, the lower number on a tie,
        and fewer where there are fewer colours.
        """
        ...


class Search(Protocol):
    """A search beyond the optimum that Lloyd's algorithm ends in."""

    def advance(self, assignments: int, cancelled: Cancel = None) -> bool:
        """Spend so many assignments on each chain; False once no move is left to try."""
        ...

    @property
    def centroids(self) -> NDArray[np.float64]:
        """The best so far, shape (k, 3)."""
        ...

    @property
    def inertia(self) -> float:
        """Their inertia on the points that are searched."""
        ...

    @property
    def moments(self) -> list[tuple[NDArray[np.float64], int, bool, NDArray[np.int32]]]:
        """The bests of the chain that leads now, one after another, in the last advance.

        Each is the centroids, and the `chain`, `random` and `moves` of their `Lineage`.
        """
        ...


class Problem(Protocol):
    """The weighted colours of a histogram as points of a clustering space.

    For one thread at a time.
    """

    @property
    def n(self) -> int:
        """Number of points."""
        ...

    def coarse(self, cells: int, cancelled: Cancel = None) -> Problem:
        """Make a smaller problem of about so many weighted means, that stands in for this."""
        ...

    @property
    def bounds(self) -> NDArray[np.float64]:
        """Low and high corner of the box of the points, shape (2, 3)."""
        ...

    def seed_wu(self, k: int, side: int, cancelled: Cancel = None) -> WuSeeding:
        """Halve boxes of points as Wu does, on a grid of so many cells along each axis."""
        ...

    def seed_plus_plus(self, k: int, seed: int, cancelled: Cancel = None) -> NDArray[np.float64]:
        """Centroids of greedy k-means++ in the order in which they were drawn, shape (k, 3)."""
        ...

    def lloyd(
        self, init: NDArray[np.float64], tol: float, rel_tol: float, max_iter: int, relaxed: bool
    ) -> Lloyd:
        """Start Lloyd's algorithm.

        It ends when no mean lies farther than `tol` from its centroid, when an iteration lowers
        the inertia by less than its `rel_tol`-th part, or after `max_iter` iterations. `relaxed`
        lets centroids overshoot their means, to get there in fewer of them.
        """
        ...

    def assigner(self, k: int) -> Assigner:
        """Make an assigner for `k` centroids."""
        ...

    def search(self, start: NDArray[np.float64], seed: int, chains: int, promise: float) -> Search:
        """Start a search from these centroids and, with several chains, from random ones.

        Only such moves are tried as promise to gain `promise` times what they cost.
        """
        ...


SLOW = (
    "The compiled engine is missing: NumPy does its work slowly, and Best is the same as Standard."
)


def _load() -> ModuleType | None:
    if os.environ.get("COLORQUANT_ENGINE", "") == "numpy":
        return None
    try:
        from colorquant_gui.core import _native
    except ImportError as reason:
        _log.warning("%s (%s)", SLOW, reason)
        return None
    return _native


native = _load()


def use_instruction_set(name: str) -> str:
    """Limit the compiled engine to an instruction set; results are the same with each.

    Parameters
    ----------
    name : str
        A member of `INSTRUCTION_SETS`, or "" for the best there is.

    Returns
    -------
    str
        The one in force: the best up to that one which the processor has; "" without an engine.
    """
    if name and name not in INSTRUCTION_SETS:
        names = ", ".join(INSTRUCTION_SETS)
        raise InvalidParameterError(f"Unknown instruction set “{name}”; there are {names}.")
    if native is None:
        return ""
    native.force_instruction_set(INSTRUCTION_SETS.index(name or INSTRUCTION_SETS[-1]))
    return INSTRUCTION_SETS[native.instruction_set()]


def _use_wanted_instruction_set() -> None:
    try:
        use_instruction_set(os.environ.get("COLORQUANT_INSTRUCTION_SET", ""))
    except InvalidParameterError as error:
        _log.warning("COLORQUANT_INSTRUCTION_SET: %s The best one is used.", error)


_use_wanted_instruction_set()


def thread_count(threads: int | None) -> int:
    """Say a number of threads in the way of the compiled engine: 0 for one per core."""
    return min(threads or 0, _MOST_THREADS)


def make_problem(
    histogram: ColorHistogram, space: ColorSpace, threads: int | None, cancelled: Cancel = None
) -> Problem:
    """Set up the colours of a histogram for a fit.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours, at least one.
    space : ColorSpace
        The clustering space.
    threads : int, optional
        Threads to use; by default one per processor core.
    cancelled : callable returning bool, optional
        Asked in between; True stops the work.

    Returns
    -------
    Problem
        The problem, on the compiled engine if there is one.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    if native is None:
        from colorquant_gui.core.reference_engine import ReferenceProblem

        return ReferenceProblem(space.from_srgb(histogram.colors), histogram.counts)
    conversion = None
    if space.key != "srgb":
        conversion = native.Conversion(
            space.decode, space.inner, space.curve, space.outer, space.offset, space.scale
        )
    problem: Problem = native.problem(
        np.ascontiguousarray(histogram.colors),
        np.ascontiguousarray(histogram.counts),
        conversion,
        thread_count(threads),
        cancelled,
    )
    return problem
