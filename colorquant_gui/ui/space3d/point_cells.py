"""PointCells: many points sorted into cells of space, so that few of them need a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import MIDDLE, RADIUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Close = Callable[[NDArray[np.float32], float], NDArray[np.intp]]

_SIDE = 32
# Points that are sorted in one go: some milliseconds.
_CHUNK = 1 << 17
_CHUNKS_AT_ONCE = 2
# The rarest colours may be a little outside of what a space takes up.
_REACH = 1.1 * RADIUS
_LOW = np.array(MIDDLE) - _REACH
_STEP = 2.0 * _REACH / _SIDE


class PointCells:
    """Answers a question about points by asking it of cells first.

    Cells are made bit by bit, with the questions; points that have none yet are asked one by one.

    Parameters
    ----------
    columns : ndarray of float32, shape (3, n)
        x, y and z of the points in the world, each in one piece.
    """

    def __init__(self, columns: NDArray[np.float32]) -> None:
        self._columns = columns
        # of each chunk: its points in the order of their cells, and where each cell begins
        self._chunks: list[tuple[NDArray[np.uint32], NDArray[np.int64]]] = []
        axis = _STEP * (np.arange(_SIDE) + 0.5)
        places = np.meshgrid(*(low + axis for low in _LOW), indexing="ij")
        self._centers = np.stack([place.ravel() for place in places]).astype(np.float32)
        self._used = np.zeros(_SIDE**3, np.bool_)

    def near(self, n: int, close: Close) -> NDArray[np.intp]:
        """Find the points that are close to something.

        Parameters
        ----------
        n : int
            Only the first ones count.
        close : callable
            Takes places, float32 of shape (3, m), and how far a point may be from its place, in
            units of the world; gives the numbers of those that are close.

        Returns
        -------
        ndarray of int64, shape (p,)
            Which ones, in no order.
        """
        for _ in range(_CHUNKS_AT_ONCE):
            self._sort_chunk()
        first = len(self._chunks) * _CHUNK
        rows = self._within(self._chosen(close))
        rows = rows[rows < n]
        rows = rows[close(self._columns.take(rows, axis=1), 0.0)]
        return np.concatenate([rows, close(self._columns[:, first:n], 0.0) + first])

    def _sort_chunk(self) -> None:
        first = len(self._chunks) * _CHUNK
        part = self._columns[:, first : first + _CHUNK]
        if not part.shape[1]:
            return
        x, y, z = ((part[axis] - _LOW[axis]) / _STEP for axis in range(3))
        cell = _whole(x)
        for values in (y, z):
            cell = cell * np.uint16(_SIDE) + _whole(values)
        order = np.argsort(cell, kind="stable").astype(np.uint32)
        counts = np.bincount(cell, minlength=_SIDE**3)
        self._used |= counts > 0
        starts = np.concatenate([[0], np.cumsum(counts)])
        self._chunks.append((order, starts))

    def _chosen(self, close: Close) -> NDArray[np.intp]:
        used = np.flatnonzero(self._used)
        # half a diagonal, and a little for what rounding does at an edge
        margin = 0.5001 * np.sqrt(3.0) * _STEP
        return used[close(self._centers.take(used, axis=1), margin)]

    def _within(self, cells: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the points in some cells."""
        found = [np.empty(0, np.intp)]
        for number, (order, starts) in enumerate(self._chunks):
            first, lengths = starts[cells], starts[cells + 1] - starts[cells]
            before = np.cumsum(lengths) - lengths
            places = np.repeat(first - before, lengths) + np.arange(lengths.sum())
            found.append(order[places].astype(np.intp) + number * _CHUNK)
        return np.concatenate(found)


def _whole(values: NDArray[np.floating]) -> NDArray[np.uint16]:
    whole: NDArray[np.uint16] = np.clip(values, 0, _SIDE - 1).astype(np.uint16)
    return whole
