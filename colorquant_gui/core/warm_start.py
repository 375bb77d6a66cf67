"""Warm start: centroids for another k from those of a run that is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import color_spaces

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.engine import Assigner
    from colorquant_gui.core.histogram import ColorHistogram

# How far the halves of a split lie from the middle, in standard deviations of the cluster.
_SPLIT = 0.5


def warm_start(
    histogram: ColorHistogram,
    centroids: NDArray[np.float64],
    n_colors: int,
    *,
    color_space: str = "srgb",
    threads: int | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float64]:
    """Split the clusters of greatest error, or drop the least useful ones, until there are k.

    The splitting of Linde, Buzo & Gray (1980), a few clusters at a time, along the axis from black
    to white on which most pictures spread. Good enough to look at while k is dragged: a few
    iterations from here lie close to a run of its own.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours, at least `n_colors` of them.
    centroids : ndarray of float64, shape (m, 3)
        Centroids in the clustering space, at least one.
    n_colors : int
        Number of centroids wanted, 1..256.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.
    threads : int, optional
        Threads to use; by default one per processor core.
    cancelled : callable returning bool, optional
        Asked in between; True stops the work.

    Returns
    -------
    ndarray of float64, shape (n_colors, 3)
        Centroids in the clustering space; the input where it has the right number already.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    space = color_spaces.color_space(color_space)
    problem = histogram.problem(space, threads, cancelled=cancelled)
    black, white = space.from_srgb(np.array([[0, 0, 0], [255, 255, 255]], np.uint8))
    direction = (white - black) / np.linalg.norm(white - black)
    while len(centroids) != n_colors:
        assigner = problem.assigner(len(centroids))
        assigner.assign(centroids, cancelled)
        if len(centroids) > n_colors:
            centroids = _without_least_useful(assigner, n_colors)
        else:
            centroids = _with_worst_split(assigner, n_colors, direction)
    return centroids


def _without_least_useful(assigner: Assigner, n_colors: int) -> NDArray[np.float64]:
    means, counts = assigner.means, assigner.counts
    distances = ((means[:, None] - means[None]) ** 2).sum(axis=2)
    np.fill_diagonal(distances, np.inf)
    # what it costs when all its pixels move to the neighbour
    cost = counts * distances.min(axis=1)
    kept = np.sort(np.argsort(-cost, kind="stable")[:n_colors])
    return means[kept]


def _with_worst_split(
    assigner: Assigner, n_colors: int, direction: NDArray[np.float64]
) -> NDArray[np.float64]:
    means, counts, errors = assigner.means, assigner.counts, assigner.errors
    missing = min(n_colors - len(means), len(means))
    worst = np.argsort(-errors, kind="stable")[:missing]
    deviation = np.sqrt(errors[worst] / np.maximum(counts[worst], 1))
    offset = _SPLIT * deviation[:, None] * direction
    lower = means.copy()
    lower[worst] -= offset
    return np.concatenate([lower, means[worst] + offset])
