"""Initial centroids. A seeding is one function and one line in `SEEDINGS`.

One that draws lots stands in `DRAWING_LOTS` as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from colorquant_gui.core.chunks import check, slices
from colorquant_gui.core.reference import largest, squared_distances
from colorquant_gui.core.seeding_parts import cells_of, fill_up
from colorquant_gui.core.wu import wu

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_PLUSPLUS_BITS = 5
_PLUSPLUS_COLORS = 1 << 15
_CHUNK = 1 << 16


class Seeding(Protocol):
    """Choose k initial centroids among weighted unique colours."""

    def __call__(
        self,
        colors: NDArray[np.uint8],
        weights: NDArray[np.int64],
        k: int,
        seed: int,
        *,
        cancelled: Callable[[], bool] | None = None,
    ) -> NDArray[np.float64]:
        """Choose the centroids.

        Parameters
        ----------
        colors : ndarray of uint8, shape (n, 3)
            Unique colours.
        weights : ndarray of int64, shape (n,)
            Pixels of each, at least 1.
        k : int
            Number of centroids, 1..n.
        seed : int
            Seed of the random generator, for a method that has chance in it.
        cancelled : callable returning bool, optional
            Asked every few milliseconds; True stops the work.

        Returns
        -------
        ndarray of float64, shape (k, 3)
            Centroids, all different, within the bounding box of the colours. The same for the
            same arguments.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        ...


def random_pixels(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    k: int,
    seed: int,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float64]:
    """Draw random pixels until k different colours have come up (Forgy 1965).

    Done without drawing twice: the colours with the k smallest values of an exponential variate
    divided by the weight are distributed as such draws are, in their order (Efraimidis & Spirakis
    2006, "Weighted random sampling with a reservoir"). So k colours are the first of k + 1.

    Parameters and result as in `Seeding`; the centroids are colours of the picture.
    """
    rng = np.random.default_rng(seed)
    keys = (
        -rng.standard_exponential(rows.stop - rows.start) / weights[rows]
        for rows in slices(len(colors), _CHUNK, cancelled)
    )
    return colors[largest(keys, k)].astype(np.float64)


def greedy_kmeans_plusplus(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    k: int,
    seed: int,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float64]:
    """Greedy k-means++ (Arthur & Vassilvitskii 2007, section 7: several candidates a step).

    Each new centroid is drawn with a probability proportional to the error it would remove;
    of 2 + ln k candidates the one that lowers the error most is kept. Pictures with more than
    2**15 colours are summed up in cells of 8 x 8 x 8 levels first.

    Parameters and result as in `Seeding`.
    """
    rng = np.random.default_rng(seed)
    if len(colors) > _PLUSPLUS_COLORS:
        points, mass = _cell_means(colors, weights, cancelled)
    else:
        points, mass = colors.T.astype(np.float64, order="C"), weights.astype(np.float64)
    trials = 2 + int(np.log(k))
    scratch = np.empty(len(mass))
    nearest = np.full(len(mass), np.inf)
    error = mass
    chosen: list[int] = []
    while len(chosen) < min(k, len(mass)):
        check(cancelled)
        cumulative = np.cumsum(error)
        # (0, 1] and "left" never meet a point without error: all centroids differ
        draws = (1.0 - rng.random(trials if chosen else 1)) * cumulative[-1]
        best_error = np.inf
        for candidate in np.searchsorted(cumulative, draws, "left").tolist():
            reduced = np.empty(len(mass))
            squared_distances(points, points[:, candidate], reduced, scratch)
            np.minimum(reduced, nearest, out=reduced)
            np.multiply(reduced, mass, out=scratch)
            total = float(scratch.sum())
            if total < best_error:
                best, best_error, best_nearest = candidate, total, reduced
        chosen.append(best)
        nearest = best_nearest
        error = nearest * mass
    return fill_up(points[:, chosen].T, colors, weights, k, cancelled)


def _cell_means(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    cancelled: Callable[[], bool] | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted mean (3, n) and weight (n,) of every occupied cell."""
    moments = np.zeros((4, 1 << 3 * _PLUSPLUS_BITS))
    for rows in slices(len(colors), _CHUNK, cancelled):
        values = colors[rows].T.astype(np.int64, order="C")
        cells = cells_of(values, _PLUSPLUS_BITS)
        for moment, factor in zip(moments, (1, *values), strict=True):
            moment += np.bincount(cells, weights[rows] * factor, moments.shape[1])
    moments = moments[:, moments[0] > 0]
    return moments[1:] / moments[0], moments[0]


SEEDINGS: dict[str, Seeding] = {
    "wu": wu,
    "kmeans++": greedy_kmeans_plusplus,
    "random": random_pixels,
}
DRAWING_LOTS = frozenset({"kmeans++", "random"})
"""Keys of `SEEDINGS` that a seed makes a difference to."""
