"""The engine's objects in plain NumPy: the fallback without a compiler, and a second opinion.

See `colorquant_gui.core.engine` for what each of them does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import reference
from colorquant_gui.core.seeding import greedy_kmeans_plusplus
from colorquant_gui.core.wu import wu_boxes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.engine import Assigner, Cancel, Lloyd, Problem, Search, WuSeeding

    Floats = NDArray[np.float64]


class ReferenceAssigner:
    """Assignment by comparing all distances."""

    def __init__(self, points: NDArray[np.float64], weights: NDArray[np.int64], k: int) -> None:
        self._points, self._weights, self._k = points, weights, k
        self.labels = np.zeros(len(points), np.uint8)
        self.counts = np.zeros(k, np.int64)
        self.means = np.zeros((k, 3))
        self._distances = np.zeros(len(points))

    def assign(self, centroids: NDArray[np.float64], cancelled: Cancel = None) -> float:
        """Assign, and return the inertia."""
        self.labels, self._distances = reference.assign(
            self._points, centroids, cancelled=cancelled
        )
        means, self.counts = reference.update(
            self._points, self._weights, self.labels, self._k, cancelled=cancelled
        )
        self.means = np.where(self.counts[:, None] > 0, means, centroids)
        return reference.inertia(self._weights, self._distances, cancelled=cancelled)

    @property
    def errors(self) -> NDArray[np.float64]:
        """Inertia of each cluster."""
        errors: NDArray[np.float64] = np.bincount(
            self.labels, self._weights * self._distances, self._k
        ).astype(np.float64)
        return errors

    def costliest(self, count: int, cancelled: Cancel = None) -> NDArray[np.intp]:
        """Numbers of the points that cost the most."""
        return reference.costliest(self._weights, self._distances, count, cancelled=cancelled)


class ReferenceLloyd:
    """Plain iterations, not over-relaxed."""

    def __init__(
        self,
        points: NDArray[np.float64],
        assigner: ReferenceAssigner,
        init: NDArray[np.float64],
        tol: float,
        rel_tol: float,
        max_iter: int,
    ) -> None:
        self._points, self._assigner = points, assigner
        self._tol, self._rel_tol, self._max_iter = tol, rel_tol, max_iter
        self.centroids = np.array(init, np.float64)
        self.inertia = 0.0
        self._number = -1
        self._done = False

    @property
    def labels(self) -> NDArray[np.uint8]:
        """Nearest centroid of every colour."""
        return self._assigner.labels

    @property
    def counts(self) -> NDArray[np.int64]:
        """Pixels of each centroid."""
        return self._assigner.counts

    def step(self, cancelled: Cancel = None) -> bool:
        """Advance by one iteration."""
        if self._done or self._number >= self._max_iter:
            return False
        self._number += 1
        if self._number == 0:
            self.inertia = self._assigner.assign(self.centroids, cancelled)
            return True
        means = self._assigner.means.copy()
        empty = np.flatnonzero(self.counts == 0)
        if len(empty):
            worst = self._assigner.costliest(len(empty), cancelled)
            means[empty[: len(worst)]] = self._points[worst]
        shift = float(np.sqrt(((means - self.centroids) ** 2).sum(axis=1).max()))
        before, self.centroids = self.inertia, means
        self.inertia = min(before, self._assigner.assign(means, cancelled))
        little = before - self.inertia <= self._rel_tol * self.inertia
        self._done = not len(empty) and (shift <= self._tol or little)
        return True


class ReferenceSearch:
    """No search: it would take minutes here, so the start stays the best."""

    def __init__(self, assigner: ReferenceAssigner, start: NDArray[np.float64]) -> None:
        self.centroids = start
        self.inertia = assigner.assign(start)
        self.moments: list[tuple[Floats, int, bool, NDArray[np.int32]]] = []

    def advance(self, assignments: int, cancelled: Cancel = None) -> bool:
        """Say that there is nothing more to try."""
        return False


class ReferenceProblem:
    """Points and weights as they are."""

    def __init__(self, points: NDArray[np.float64], weights: NDArray[np.int64]) -> None:
        self._points, self._weights = points, weights

    @property
    def n(self) -> int:
        """Number of points."""
        return len(self._points)

    def coarse(self, cells: int, cancelled: Cancel = None) -> Problem:
        """Return this problem: sums over cells would not be worth their while."""
        return self

    @property
    def bounds(self) -> NDArray[np.float64]:
        """Corners of the points' box."""
        return np.stack([self._points.min(axis=0), self._points.max(axis=0)])

    def seed_wu(self, k: int, side: int, cancelled: Cancel = None) -> WuSeeding:
        """Wu's boxes, on a grid of a size of its own."""
        stand_ins, back = self._stand_ins()
        final, cuts, parts = wu_boxes(stand_ins, self._weights, k, cancelled=cancelled)
        return back(final), cuts, back(parts)

    def seed_plus_plus(self, k: int, seed: int, cancelled: Cancel = None) -> NDArray[np.float64]:
        """Centroids of greedy k-means++."""
        stand_ins, back = self._stand_ins()
        return back(greedy_kmeans_plusplus(stand_ins, self._weights, k, seed, cancelled=cancelled))

    def lloyd(
        self, init: NDArray[np.float64], tol: float, rel_tol: float, max_iter: int, relaxed: bool
    ) -> Lloyd:
        """Start Lloyd's algorithm."""
        return ReferenceLloyd(self._points, self._assigner(len(init)), init, tol, rel_tol, max_iter)

    def assigner(self, k: int) -> Assigner:
        """Make an assigner."""
        return self._assigner(k)

    def search(self, start: NDArray[np.float64], seed: int, chains: int, promise: float) -> Search:
        """Return the start."""
        return ReferenceSearch(self._assigner(len(start)), start)

    def _stand_ins(self) -> tuple[NDArray[np.uint8], Callable[[Floats], Floats]]:
        """Points rounded to bytes, which the seedings are written for, and the way back."""
        low, high = self.bounds
        step = np.maximum(high - low, 1e-9) / 255.0
        bytes_ = np.rint((self._points - low) / step).astype(np.uint8)
        return bytes_, lambda values: values * step + low

    def _assigner(self, k: int) -> ReferenceAssigner:
        return ReferenceAssigner(self._points, self._weights, k)
