"""Initial centroids. A seeding is one function and one line in `SEEDINGS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from colorquant_gui.core.chunks import check, slices
from colorquant_gui.core.reference import largest, squared_distances

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_WU_BITS = 6
_PLUSPLUS_BITS = 5
_PLUSPLUS_COLORS = 1 << 15
_CHUNK = 1 << 16

# A range of cells low <= cell < high along each axis.
_Box = tuple[tuple[int, int], ...]


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
    return _fill_up(points[:, chosen].T, colors, weights, k, cancelled)


def wu(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    k: int,
    seed: int,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float64]:
    """Variance-minimising box splitting (Wu 1991, Graphics Gems II; Wu 1992, ACM TOG 11).

    The greedy variant of "Efficient statistical computations for optimal color quantization":
    the box with the greatest squared error is cut where the sum of the errors of both halves is
    least, k - 1 times, on cumulative moments of 64 x 64 x 64 cells. The centroids are the means
    of the boxes.

    Parameters and result as in `Seeding`; there is no chance in it, `seed` changes nothing.
    """
    moments = _cumulative_moments(colors, weights, cancelled)
    boxes: list[_Box] = [((0, 1 << _WU_BITS),) * 3]
    errors = [_box_error(moments, boxes[0])]
    while len(boxes) < k:
        check(cancelled)
        target = int(np.argmax(errors))
        if errors[target] <= 0:
            break
        halves = _best_cut(moments, boxes[target])
        if halves is None:
            errors[target] = 0.0
            continue
        boxes[target] = halves[0]
        boxes.append(halves[1])
        errors[target] = _box_error(moments, halves[0])
        errors.append(_box_error(moments, halves[1]))
    totals = np.array([_box_moments(moments, box) for box in boxes])
    return _fill_up(totals[:, 1:4] / totals[:, :1], colors, weights, k, cancelled)


def _cells(values: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """Cell number of each colour (3, n) in a grid of 2**bits per axis."""
    red, green, blue = values >> (8 - bits)
    cells: NDArray[np.int64] = (red << (2 * bits)) | (green << bits) | blue
    return cells


def _cell_means(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    cancelled: Callable[[], bool] | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted mean (3, n) and weight (n,) of every occupied cell."""
    moments = np.zeros((4, 1 << 3 * _PLUSPLUS_BITS))
    for rows in slices(len(colors), _CHUNK, cancelled):
        values = colors[rows].T.astype(np.int64, order="C")
        cells = _cells(values, _PLUSPLUS_BITS)
        for moment, factor in zip(moments, (1, *values), strict=True):
            moment += np.bincount(cells, weights[rows] * factor, moments.shape[1])
    moments = moments[:, moments[0] > 0]
    return moments[1:] / moments[0], moments[0]


def _cumulative_moments(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    cancelled: Callable[[], bool] | None,
) -> NDArray[np.float64]:
    """Cumulative count, sums of r, g, b and of r² + g² + b²; shape (side+1, side+1, side+1, 5)."""
    side = 1 << _WU_BITS
    grids = np.zeros((5, side**3))
    for rows in slices(len(colors), _CHUNK, cancelled):
        values = colors[rows].T.astype(np.int64, order="C")
        cells = _cells(values, _WU_BITS)
        factors = (1, *values, (values * values).sum(axis=0))
        for grid, factor in zip(grids, factors, strict=True):
            np.add.at(grid, cells, (weights[rows] * factor).astype(np.float64))
    table = np.zeros((side + 1, side + 1, side + 1, 5))
    table[1:, 1:, 1:] = np.moveaxis(grids.reshape(5, side, side, side), 0, -1)
    # all entries are integers below 2**53: the sums are exact
    for axis in range(3):
        np.cumsum(table, axis=axis, out=table)
    return table


def _box_moments(table: NDArray[np.float64], box: _Box) -> NDArray[np.float64]:
    """Count, sums of r, g, b and of r² + g² + b² within the box; shape (5,)."""
    corners = table[np.ix_(*box)]
    for axis in range(3):
        corners = np.diff(corners, axis=axis)
    return corners.reshape(-1)


def _box_error(table: NDArray[np.float64], box: _Box) -> float:
    """Squared distance of the box's pixels to their mean, summed."""
    count, red, green, blue, squares = _box_moments(table, box).tolist()
    return float(squares - (red * red + green * green + blue * blue) / count)


def _best_cut(table: NDArray[np.float64], box: _Box) -> tuple[_Box, _Box] | None:
    """Cut the box where the sum of both halves' squared means is greatest; None if it can't be."""
    best_score, best = -1.0, None
    for axis, (low, high) in enumerate(box):
        planes: list[Sequence[int]] = list(box)
        planes[axis] = range(low, high + 1)
        corners = table[np.ix_(*planes)]
        for other in {0, 1, 2} - {axis}:
            corners = np.diff(corners, axis=other)
        cumulative = corners.reshape(-1, corners.shape[-1])
        lower = cumulative[1:-1] - cumulative[0]
        upper = cumulative[-1] - cumulative[1:-1]
        cuts = np.flatnonzero((lower[:, 0] > 0) & (upper[:, 0] > 0))
        if not len(cuts):
            continue
        score = _squared_mean(lower[cuts]) + _squared_mean(upper[cuts])
        where = int(score.argmax())
        if score[where] > best_score:
            best_score = float(score[where])
            position = low + 1 + int(cuts[where])
            best = (
                (*box[:axis], (low, position), *box[axis + 1 :]),
                (*box[:axis], (position, high), *box[axis + 1 :]),
            )
    return best


def _squared_mean(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared sum over count: what a part takes off the squared error."""
    count, red, green, blue = moments.T[:4]
    squared: NDArray[np.float64] = (red * red + green * green + blue * blue) / count
    return squared


def _fill_up(
    centroids: NDArray[np.float64],
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    k: int,
    cancelled: Callable[[], bool] | None,
) -> NDArray[np.float64]:
    """Add the colours with the greatest remaining error until there are k centroids.

    Centroids fall short only where cells are few, so where colours are few too.
    """
    if len(centroids) == k:
        return centroids
    points = colors.T.astype(np.float64, order="C")
    distance, scratch = np.empty((2, len(colors)))
    nearest = np.full(len(colors), np.inf)
    filled = np.empty((k, 3))
    filled[: len(centroids)] = centroids
    for number in range(k):
        check(cancelled)
        if number >= len(centroids):
            filled[number] = colors[(nearest * weights).argmax()]
        squared_distances(points, filled[number], distance, scratch)
        np.minimum(nearest, distance, out=nearest)
    return filled


SEEDINGS: dict[str, Seeding] = {
    "wu": wu,
    "kmeans++": greedy_kmeans_plusplus,
    "random": random_pixels,
}
