"""Labeller: the nearest of any centroids for all colours, whenever somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import color_spaces, engine
from colorquant_gui.core.chunks import check, slices
from colorquant_gui.core.errors import Cancelled, InvalidParameterError
from colorquant_gui.core.kmeans import MAX_COLORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.engine import Assigner, Problem
    from colorquant_gui.core.histogram import ColorHistogram

# So many colours are added up at a time: other threads want to go on in between.
_CHUNK = 1 << 17
# Numbers of centroids that are kept ready: one for each of two runs that are looked at in turns.
_KEPT = 2


@dataclass(frozen=True, eq=False)
class LevelSums:
    """What it takes to know the error in sRGB of any colours for the same clusters. Immutable.

    Attributes
    ----------
    counts : ndarray of int64, shape (k,)
        Pixels of each cluster.
    sums : ndarray of float64, shape (k, 3)
        Sum of their levels, 0..255 each.
    squares : float
        Sum over all pixels of their squared levels.
    """

    counts: NDArray[np.int64]
    sums: NDArray[np.float64]
    squares: float

    def mse(self, palette: NDArray[np.uint8]) -> float:
        """Return the error if each cluster has a colour.

        Parameters
        ----------
        palette : ndarray of uint8, shape (k, 3)
            sRGB.

        Returns
        -------
        float
            Squared error summed over R, G, B, averaged over pixels; 0 where there are none.
        """
        colors = palette.astype(np.float64)
        apart = self.squares - 2 * (self.sums * colors).sum()
        apart += (self.counts[:, None] * colors**2).sum()
        return max(0.0, float(apart)) / max(1, int(self.counts.sum()))


@dataclass(frozen=True, eq=False)
class Assignment:
    """Which centroid every colour belongs to. Immutable.

    Attributes
    ----------
    labels : ndarray of uint8, shape (n,)
        Number of the nearest centroid for every unique colour, the lowest on a tie.
    counts : ndarray of int64, shape (k,)
        Pixels of each centroid.
    inertia : float
        Sum over pixels of the squared distance to their centroid, in the clustering space.
    means : ndarray of float64, shape (k, 3), or None
        Mean of each centroid's pixels in the clustering space, the centroid itself where it has
        none; None where nobody has taken them.
    levels : LevelSums or None
        What the error in sRGB follows from; None in sRGB, where inertia tells it, and where nobody
        has added it up.
    """

    labels: NDArray[np.uint8]
    counts: NDArray[np.int64]
    inertia: float
    means: NDArray[np.float64] | None = None
    levels: LevelSums | None = None


class Labeller:
    """Assigns the colours of a picture to centroids.

    What it works with is its own, so it does not disturb a fit that runs meanwhile. Nothing is set
    up before the first question. For one thread at a time.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours, at least one.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`: where distances are taken.
    threads : int, optional
        Threads to use; by default one per processor core. The result does not depend on it.

    Raises
    ------
    InvalidParameterError
        There is no such colour space.
    """

    def __init__(
        self, histogram: ColorHistogram, color_space: str = "srgb", threads: int | None = None
    ) -> None:
        self._histogram, self._threads = histogram, threads
        self._space = color_spaces.color_space(color_space)
        self._problem: Problem | None = None
        self._assigners: dict[int, Assigner] = {}
        self._squares: float | None = None

    def assign(
        self, centroids: NDArray[np.float64], cancelled: Callable[[], bool] | None = None
    ) -> Assignment:
        """Find the nearest centroid of every colour.

        Parameters
        ----------
        centroids : ndarray of float64, shape (k, 3)
            Centroids in the clustering space, k 1..256.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the work. The labeller can be asked again.

        Returns
        -------
        Assignment
            Labels, counts, inertia and means.

        Raises
        ------
        InvalidParameterError
            The centroids have another shape.
        Cancelled
            `cancelled` returned True.
        """
        if centroids.ndim != 2 or centroids.shape[1] != 3 or not 1 <= len(centroids) <= MAX_COLORS:
            raise InvalidParameterError(
                f"Centroids must have shape (1 to {MAX_COLORS}, 3), not {centroids.shape}."
            )
        k = len(centroids)
        assigner = self._assigner(k, cancelled)
        try:
            inertia = assigner.assign(np.ascontiguousarray(centroids, np.float64), cancelled)
        except Cancelled:
            del self._assigners[k]
            raise
        labels, counts = assigner.labels, assigner.counts
        levels = None
        if self._space is not color_spaces.SRGB:
            levels = self._added_up(labels, counts, cancelled)
        return Assignment(labels, counts, inertia, assigner.means, levels)

    def _added_up(
        self,
        labels: NDArray[np.uint8],
        counts: NDArray[np.int64],
        cancelled: Callable[[], bool] | None,
    ) -> LevelSums:
        colors, weights = self._histogram.colors, self._histogram.counts
        sums, squares = np.zeros((len(counts), 3)), 0.0
        for part in slices(len(labels), _CHUNK):
            check(cancelled)
            levels = colors[part].astype(np.float64)
            weighted = levels * weights[part, None]
            for axis in range(3):
                sums[:, axis] += np.bincount(labels[part], weighted[:, axis], len(counts))
            if self._squares is None:
                squares += float((weighted * levels).sum())
        if self._squares is None:
            self._squares = squares
        return LevelSums(counts, sums, self._squares)

    def _assigner(self, k: int, cancelled: Callable[[], bool] | None) -> Assigner:
        if self._problem is None:
            self._problem = engine.make_problem(
                self._histogram, self._space, self._threads, cancelled
            )
        # the one asked for last stands at the end
        assigner = self._assigners.pop(k, None) or self._problem.assigner(k)
        while len(self._assigners) >= _KEPT:
            del self._assigners[next(iter(self._assigners))]
        self._assigners[k] = assigner
        return assigner
