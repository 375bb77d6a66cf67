"""Initial centroids. A seeding is one function and one line in `SEEDINGS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WU_BITS = 6
_PLUSPLUS_BITS = 5
_PLUSPLUS_COLORS = 1 << 15


class Seeding(Protocol):
    """Choose k initial centroids among weighted unique colours."""

    def __call__(
        self, colors: NDArray[np.uint8], weights: NDArray[np.int64], k: int, seed: int
    ) -> NDArray[np.float64]:
        """Return centroids of shape (k, 3); `colors` has at least k rows, all different."""
        ...


def random_pixels(
    colors: NDArray[np.uint8], weights: NDArray[np.int64], k: int, seed: int
) -> NDArray[np.float64]:
    """Draw random pixels until k different colours have come up (Forgy 1965).

    Parameters
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Unique colours.
    weights : ndarray of int64, shape (n,)
        Pixels of each.
    k : int
        Number of centroids, at most n.
    seed : int
        Seed of the random generator.

    Returns
    -------
    ndarray of float64, shape (k, 3)
        Different colours of the picture.
    """
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(colors), k, replace=False, p=weights / weights.sum())
    return colors[chosen].astype(np.float64)


def greedy_kmeans_plusplus(
    colors: NDArray[np.uint8], weights: NDArray[np.int64], k: int, seed: int
) -> NDArray[np.float64]:
    """Greedy k-means++ (Arthur & Vassilvitskii 2007, section 7: several candidates a step).

    Each new centroid is drawn with a probability proportional to the error it would remove;
    of 2 + ln k candidates the one that lowers the error most is kept. Pictures with many colours
    are summed up in cells of 8 x 8 x 8 levels first.

    Parameters
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Unique colours.
    weights : ndarray of int64, shape (n,)
        Pixels of each.
    k : int
        Number of centroids, at most n.
    seed : int
        Seed of the random generator.

    Returns
    -------
    ndarray of float64, shape (k, 3)
        Centroids, all different.
    """
    rng = np.random.default_rng(seed)
    points, mass = colors.astype(np.float64), weights.astype(np.float64)
    if len(points) > _PLUSPLUS_COLORS:
        points, mass = _cell_means(colors, mass, _PLUSPLUS_BITS)
    trials = 2 + int(np.log(k))
    chosen = [int(rng.choice(len(points), p=mass / mass.sum()))]
    nearest = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < min(k, len(points)):
        error = nearest * mass
        candidates = np.searchsorted(np.cumsum(error), rng.random(trials) * error.sum(), "right")
        # rounding in the running sum may point past the end
        candidates = np.minimum(candidates, len(points) - 1)
        candidates = candidates[nearest[candidates] > 0]
        if not len(candidates):
            candidates = np.array([int(error.argmax())])
        reduced = np.minimum(
            nearest, ((points[candidates][:, None] - points[None]) ** 2).sum(axis=2)
        )
        best = int((reduced @ mass).argmin())
        chosen.append(int(candidates[best]))
        nearest = reduced[best]
    return _fill_up(points[chosen], colors, weights, k)


def wu(
    colors: NDArray[np.uint8], weights: NDArray[np.int64], k: int, seed: int
) -> NDArray[np.float64]:
    """Variance-minimising box splitting (Wu 1991, Graphics Gems II; Wu 1992, ACM TOG 11).

    The greedy variant of "Efficient statistical computations for optimal color quantization":
    the box with the greatest squared error is cut where
    the sum of the errors of both halves is least, k - 1 times, on cumulative moments of
    64 x 64 x 64 cells.

    Parameters
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Unique colours.
    weights : ndarray of int64, shape (n,)
        Pixels of each.
    k : int
        Number of centroids, at most n.
    seed : int
        Not used: the method has no chance in it.

    Returns
    -------
    ndarray of float64, shape (k, 3)
        Means of the boxes.
    """
    moments = _cumulative_moments(colors, weights)
    side = 1 << _WU_BITS
    boxes = [(0, side, 0, side, 0, side)]
    sums = [_box_moments(moments, boxes[0])]
    errors = [_box_error(sums[0])]
    while len(boxes) < k:
        target = int(np.argmax(errors))
        if errors[target] <= 0:
            break
        cut = _best_cut(moments, boxes[target], sums[target])
        if cut is None:
            errors[target] = 0.0
            continue
        for slot, box in zip((target, len(boxes)), cut, strict=True):
            total = _box_moments(moments, box)
            boxes[slot : slot + 1] = [box]
            sums[slot : slot + 1] = [total]
            errors[slot : slot + 1] = [_box_error(total)]
    means = np.array([total[1:4] / total[0] for total in sums])
    return _fill_up(means, colors, weights, k)


def _cell_means(
    colors: NDArray[np.uint8], weights: NDArray[np.float64], bits: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted mean and weight of every occupied cell of a grid of 2**bits per axis."""
    cells = (colors >> (8 - bits)).astype(np.int64) @ np.array([1 << 2 * bits, 1 << bits, 1])
    mass = np.bincount(cells, weights).astype(np.float64)
    sums = [np.bincount(cells, weights * colors[:, axis]) for axis in range(3)]
    occupied = mass > 0
    means: NDArray[np.float64] = np.stack(sums, axis=1)[occupied] / mass[occupied, None]
    return means, mass[occupied]


def _cumulative_moments(
    colors: NDArray[np.uint8], weights: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Cumulative count, sums of r, g, b and of r² + g² + b²; shape (side+1, side+1, side+1, 5)."""
    side = 1 << _WU_BITS
    cells = (colors >> (8 - _WU_BITS)).astype(np.int64) @ np.array([side * side, side, 1])
    values = colors.astype(np.float64)
    columns = [np.ones(len(colors)), *values.T, (values**2).sum(axis=1)]
    table = np.zeros((side + 1, side + 1, side + 1, 5))
    for index, column in enumerate(columns):
        grid = np.bincount(cells, weights * column, minlength=side**3)
        table[1:, 1:, 1:, index] = grid.reshape(side, side, side)
    # all entries are integers below 2**53: the sums are exact
    for axis in range(3):
        np.cumsum(table, axis=axis, out=table)
    return table


def _box_moments(
    table: NDArray[np.float64], box: tuple[int, int, int, int, int, int]
) -> NDArray[np.float64]:
    r0, r1, g0, g1, b0, b1 = box
    corners = table[[r0, r1]][:, [g0, g1]][:, :, [b0, b1]]
    total: NDArray[np.float64] = np.diff(np.diff(np.diff(corners, axis=0), axis=1), axis=2)[0, 0, 0]
    return total


def _box_error(moments: NDArray[np.float64]) -> float:
    count, *sums, squares = moments
    return float(squares - np.dot(sums, sums) / count)


def _best_cut(
    table: NDArray[np.float64],
    box: tuple[int, int, int, int, int, int],
    total: NDArray[np.float64],
) -> tuple[tuple[int, int, int, int, int, int], tuple[int, int, int, int, int, int]] | None:
    """Cut the box where the sum of both halves' squared means is greatest; None if it can't be."""
    best_score, best = -1.0, None
    for axis in range(3):
        low, high = box[2 * axis], box[2 * axis + 1]
        if high - low < 2:
            continue
        planes = np.moveaxis(table, axis, 0)[low : high + 1]
        o1, o2 = (box[2 * a : 2 * a + 2] for a in range(3) if a != axis)
        corners = planes[:, list(o1)][:, :, list(o2)]
        cumulative = np.diff(np.diff(corners, axis=1), axis=2)[:, 0, 0]
        lower = cumulative[1:-1] - cumulative[0]
        upper = total - lower
        valid = (lower[:, 0] > 0) & (upper[:, 0] > 0)
        if not valid.any():
            continue
        with np.errstate(invalid="ignore", divide="ignore"):
            score = (lower[:, 1:4] ** 2).sum(axis=1) / lower[:, 0]
            score += (upper[:, 1:4] ** 2).sum(axis=1) / upper[:, 0]
        score = np.where(valid, score, -1.0)
        where = int(score.argmax())
        if score[where] > best_score:
            best_score = float(score[where])
            position = low + 1 + where
            first, second = list(box), list(box)
            first[2 * axis + 1] = position
            second[2 * axis] = position
            best = (tuple(first), tuple(second))
    return best  # type: ignore[return-value]


def _fill_up(
    centroids: NDArray[np.float64],
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    k: int,
) -> NDArray[np.float64]:
    """Add the colours with the greatest remaining error until there are k centroids."""
    if len(centroids) >= k:
        return centroids
    points = colors.astype(np.float64)
    nearest = np.full(len(points), np.inf)
    for centroid in centroids:
        np.minimum(nearest, ((points - centroid) ** 2).sum(axis=1), out=nearest)
    added: list[NDArray[np.float64]] = []
    while len(centroids) + len(added) < k:
        worst = int((nearest * weights).argmax())
        added.append(points[worst])
        np.minimum(nearest, ((points - points[worst]) ** 2).sum(axis=1), out=nearest)
    return np.concatenate([centroids, np.array(added)])


SEEDINGS: dict[str, Seeding] = {
    "wu": wu,
    "kmeans++": greedy_kmeans_plusplus,
    "random": random_pixels,
}
