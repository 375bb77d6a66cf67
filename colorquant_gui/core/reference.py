"""The plain NumPy k-means steps: readable, slow, and the oracle of the tests.

Weighted Lloyd iterations (Lloyd 1982, "Least squares quantization in PCM") over unique colours:
every colour counts as often as it has pixels, so the result is that of k-means over all pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

# Distances held at once: small enough that a chunk takes a few milliseconds and a cancel is prompt.
_CHUNK_DISTANCES = 1 << 20


def assign(
    points: NDArray[np.uint8] | NDArray[np.float64],
    centroids: NDArray[np.float64],
    *,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Find the nearest centroid of every point (the E-step).

    Parameters
    ----------
    points : ndarray, shape (n, 3)
        Colours, in the units of the centroids.
    centroids : ndarray of float64, shape (k, 3)
        Centroids, k at most 256.
    cancelled : callable returning bool, optional
        Asked between chunks; True stops the work.

    Returns
    -------
    labels : ndarray of uint8, shape (n,)
        Number of the nearest centroid; the lowest number on a tie.
    distances : ndarray of float64, shape (n,)
        Squared Euclidean distance to it.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    labels = np.empty(len(points), np.uint8)
    distances = np.empty(len(points), np.float64)
    # |x - c|^2 = |x|^2 + (|c|^2 - 2 x.c); only the bracket decides which is nearest
    factors = -2.0 * centroids.T
    offsets = np.einsum("ij,ij->i", centroids, centroids)
    rows = max(1, _CHUNK_DISTANCES // len(centroids))
    for start in range(0, len(points), rows):
        if cancelled is not None and cancelled():
            raise Cancelled
        chunk = points[start : start + rows].astype(np.float64)
        partial = chunk @ factors
        partial += offsets
        nearest = partial.argmin(axis=1)
        labels[start : start + rows] = nearest
        difference = chunk - centroids[nearest]
        distances[start : start + rows] = np.einsum("ij,ij->i", difference, difference)
    return labels, distances


def update(
    points: NDArray[np.uint8] | NDArray[np.float64],
    weights: NDArray[np.int64],
    labels: NDArray[np.uint8],
    n_clusters: int,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Take the weighted mean of every cluster (the M-step).

    Parameters
    ----------
    points : ndarray, shape (n, 3)
        Colours.
    weights : ndarray of int64, shape (n,)
        Pixels of each colour.
    labels : ndarray of uint8, shape (n,)
        Cluster of each colour.
    n_clusters : int
        Number of clusters k.

    Returns
    -------
    means : ndarray of float64, shape (k, 3)
        Mean colour of each cluster; NaN where the cluster is empty.
    counts : ndarray of int64, shape (k,)
        Pixels in each cluster.
    """
    counts = np.bincount(labels, weights=weights, minlength=n_clusters)
    sums = np.stack(
        [
            np.bincount(labels, weights=weights * points[:, axis], minlength=n_clusters)
            for axis in range(points.shape[1])
        ],
        axis=1,
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        means: NDArray[np.float64] = sums / counts[:, None]
    return means, counts.astype(np.int64)
