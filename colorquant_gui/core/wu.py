"""Wu's seeding: boxes of colours, halved where that takes off the most error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import check, slices
from colorquant_gui.core.seeding_parts import cells_of, fill_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_BITS = 6
_CHUNK = 1 << 16

# A range of cells low <= cell < high along each axis.
_Box = tuple[tuple[int, int], ...]


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

    Parameters and result as in `colorquant_gui.core.seeding.Seeding`; there is no chance in it,
    `seed` changes nothing.
    """
    return wu_boxes(colors, weights, k, cancelled=cancelled)[0]


def wu_boxes(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    k: int,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.float64]]:
    """Do what `wu` does, and tell how.

    Parameters as in `colorquant_gui.core.seeding.Seeding`.

    Returns
    -------
    final : ndarray of float64, shape (k, 3)
        The centroids.
    cuts : ndarray of int32, shape (c,)
        Which box each cut halved.
    parts : ndarray of float64, shape (2c + 1, 3, 3)
        Mean, low and high corner of every box there was; see `SeedingTrail`.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    moments = _cumulative_moments(colors, weights, cancelled)
    whole: _Box = ((0, 1 << _BITS),) * 3
    boxes, errors, cuts, parts = [whole], [_box_error(moments, whole)], [], [whole]
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
        cuts.append(target)
        parts.extend(halves)
    final = np.array([_box_mean(moments, box) for box in boxes])
    extent = np.stack([colors.min(axis=0), colors.max(axis=0)]).astype(np.float64)
    described = np.array([[_box_mean(moments, box), *_box_corners(box)] for box in parts])
    described[:, 1:] = np.clip(described[:, 1:], *extent)
    filled = fill_up(final, colors, weights, k, cancelled)
    return filled, np.array(cuts, np.int32), described


def _cumulative_moments(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    cancelled: Callable[[], bool] | None,
) -> NDArray[np.float64]:
    """Cumulative count, sums of r, g, b and of r² + g² + b²; shape (side+1, side+1, side+1, 5)."""
    side = 1 << _BITS
    grids = np.zeros((5, side**3))
    for rows in slices(len(colors), _CHUNK, cancelled):
        values = colors[rows].T.astype(np.int64, order="C")
        cells = cells_of(values, _BITS)
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


def _box_mean(table: NDArray[np.float64], box: _Box) -> NDArray[np.float64]:
    count, red, green, blue, _ = _box_moments(table, box)
    mean: NDArray[np.float64] = np.array([red, green, blue]) / count
    return mean


def _box_corners(box: _Box) -> NDArray[np.float64]:
    """Low and high corner, in levels, shape (2, 3)."""
    return np.array(box).T * 2.0 ** (8 - _BITS)


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
