"""The plain NumPy k-means steps: readable, slow, and the oracle of the tests.

Weighted Lloyd iterations (Lloyd 1982, "Least squares quantization in PCM") over unique colours:
every colour counts as often as it has pixels, so the result is that of k-means over all pixels.

No step goes through BLAS, whose rounding differs from one processor to another: the same input
gives the same bytes everywhere.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

# Few enough that the scratch arrays stay in the cache and their bounding box stays small.
_ASSIGN_POINTS = 1 << 12
_UPDATE_POINTS = 1 << 16


def squared_distances(
    axes: NDArray[np.float64],
    center: NDArray[np.float64],
    out: NDArray[np.float64],
    scratch: NDArray[np.float64],
) -> None:
    """Write the squared distance of every point to one centre into `out`.

    The squares are added from the first axis to the last, each step rounded to float64. Whatever
    takes the place of this function must round the same way to give the same labels.

    Parameters
    ----------
    axes : ndarray of float64, shape (d, n)
        Points, one row for each coordinate.
    center : ndarray of float64, shape (d,)
        The centre.
    out, scratch : ndarray of float64, shape (n,)
        The result, and room to work in.
    """
    np.subtract(axes[0], center[0], out=out)
    np.multiply(out, out, out=out)
    for axis, value in zip(axes[1:], center[1:], strict=True):
        np.subtract(axis, value, out=scratch)
        np.multiply(scratch, scratch, out=scratch)
        np.add(out, scratch, out=out)


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
        Colours, in the units of the centroids. Quickest where neighbours in the array are near
        in space, as in the Morton order of a `ColorHistogram`.
    centroids : ndarray of float64, shape (k, 3)
        Centroids, k 1..256.
    cancelled : callable returning bool, optional
        Asked between chunks; True stops the work.

    Returns
    -------
    labels : ndarray of uint8, shape (n,)
        Number of the nearest centroid; the lowest number on a tie.
    distances : ndarray of float64, shape (n,)
        Squared Euclidean distance to it, as `squared_distances` rounds it.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    labels = np.empty(len(points), np.uint8)
    distances = np.empty(len(points), np.float64)
    buffers = np.empty((2, _ASSIGN_POINTS))
    closer_buffer = np.empty(_ASSIGN_POINTS, np.bool_)
    for rows in slices(len(points), _ASSIGN_POINTS, cancelled):
        axes = np.array(points[rows].T, np.float64, order="C")
        best, label = distances[rows], labels[rows]
        best.fill(np.inf)
        trial, scratch = buffers[:, : len(best)]
        closer = closer_buffer[: len(best)]
        for number in _within_reach(axes, centroids):
            squared_distances(axes, centroids[number], trial, scratch)
            np.less(trial, best, out=closer)
            np.copyto(best, trial, where=closer)
            np.copyto(label, number, where=closer)
    return labels, distances


def _within_reach(axes: NDArray[np.float64], centroids: NDArray[np.float64]) -> list[int]:
    """Numbers of the centroids that may be nearest to some point, by the points' bounding box.

    The filter of Kanungo et al. 2002, "An efficient k-means clustering algorithm". It changes no
    label: rounding is monotonic, so a bound rounded in the way of `squared_distances` holds for
    every rounded distance too.
    """
    low, high = axes.min(axis=1), axes.max(axis=1)
    to_low, to_high = low - centroids, centroids - high
    least = _sum_of_squares(np.maximum(np.maximum(to_low, to_high), 0.0))
    most = _sum_of_squares(np.maximum(np.abs(to_low), np.abs(to_high)))
    numbers: list[int] = np.flatnonzero(least <= most.min()).tolist()
    return numbers


def _sum_of_squares(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    total: NDArray[np.float64] = vectors[:, 0] * vectors[:, 0]
    for axis in range(1, vectors.shape[1]):
        total += vectors[:, axis] * vectors[:, axis]
    return total


def update(
    points: NDArray[np.uint8] | NDArray[np.float64],
    weights: NDArray[np.int64],
    labels: NDArray[np.uint8],
    n_clusters: int,
    *,
    cancelled: Callable[[], bool] | None = None,
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
    cancelled : callable returning bool, optional
        Asked between chunks; True stops the work.

    Returns
    -------
    means : ndarray of float64, shape (k, 3)
        Mean colour of each cluster; NaN where the cluster is empty. For 8-bit colours the sums
        are integers below 2**53, so each mean is the exact one, rounded once.
    counts : ndarray of int64, shape (k,)
        Pixels in each cluster.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    sums = np.zeros((points.shape[1] + 1, n_clusters))
    for rows in slices(len(points), _UPDATE_POINTS, cancelled):
        chunk, numbers, weight = points[rows], labels[rows].astype(np.intp), weights[rows]
        sums[0] += np.bincount(numbers, weight, n_clusters)
        for axis in range(points.shape[1]):
            sums[axis + 1] += np.bincount(numbers, weight * chunk[:, axis], n_clusters)
    counts = sums[0]
    means = np.full((n_clusters, points.shape[1]), np.nan)
    np.divide(sums[1:].T, counts[:, None], out=means, where=counts[:, None] > 0)
    return means, counts.astype(np.int64)


def inertia(
    weights: NDArray[np.int64],
    distances: NDArray[np.float64],
    *,
    cancelled: Callable[[], bool] | None = None,
) -> float:
    """Add up the weighted squared distances.

    Parameters
    ----------
    weights : ndarray of int64, shape (n,)
        Pixels of each colour.
    distances : ndarray of float64, shape (n,)
        Squared distance of each colour to its centroid.
    cancelled : callable returning bool, optional
        Asked between chunks; True stops the work.

    Returns
    -------
    float
        The sum over all pixels.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    parts = slices(len(weights), _UPDATE_POINTS, cancelled)
    return math.fsum(float((weights[rows] * distances[rows]).sum()) for rows in parts)


def largest(chunks: Iterable[NDArray[np.float64]], count: int) -> NDArray[np.intp]:
    """Find the greatest values of an array that comes in pieces.

    Parameters
    ----------
    chunks : iterable of ndarray of float64, shape (any,)
        The values, piece by piece.
    count : int
        How many to find, at least 1.

    Returns
    -------
    ndarray of intp, shape (count,)
        Positions of the greatest values, the greatest first; the lower position on a tie. Fewer
        where there are fewer values.
    """
    kept, positions, seen = np.empty(0), np.empty(0, np.intp), 0
    for chunk in chunks:
        kept = np.concatenate([kept, chunk])
        positions = np.concatenate([positions, np.arange(seen, seen + len(chunk))])
        seen += len(chunk)
        if len(kept) > count:
            # the order that a partition leaves depends on the processor, its threshold does not
            high = np.flatnonzero(kept >= np.partition(kept, -count)[-count])
            high = np.sort(high[np.argsort(-kept[high], kind="stable")[:count]])
            kept, positions = kept[high], positions[high]
    return positions[np.argsort(-kept, kind="stable")]


def costliest(
    weights: NDArray[np.int64],
    distances: NDArray[np.float64],
    count: int,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.intp]:
    """Find the points with the greatest weighted squared distance.

    Parameters
    ----------
    weights : ndarray of int64, shape (n,)
        Pixels of each colour.
    distances : ndarray of float64, shape (n,)
        Squared distance of each colour to its centroid.
    count : int
        How many to find, at least 1.
    cancelled : callable returning bool, optional
        Asked between chunks; True stops the work.

    Returns
    -------
    ndarray of intp, shape (count,)
        Their positions, the costliest first; the lower position on a tie.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    parts = slices(len(weights), _UPDATE_POINTS, cancelled)
    return largest((weights[rows] * distances[rows] for rows in parts), count)
