"""ColorCells: the colours of a picture gathered in cells of the RGB cube, a histogram in space."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from numpy.typing import ArrayLike, NDArray

# Colours that are gathered or sorted in one step: some milliseconds.
_CHUNK = 1 << 17
# Diameters in units of the world: of a ball of average share, which is smaller where there are
# many, of the biggest one at most, and of one that stands for a single pixel at least.
_SPACING, _MEAN = 0.40, 26.0
_LARGEST, _SMALLEST = 58.0, 2.4
# Votes that are counted in one go: they stay in the processor's cache.
_VOTES = 1 << 20

_T = TypeVar("_T", bound=np.generic)


def gathered(
    colors: NDArray[np.uint8], counts: NDArray[np.int64], bits: int
) -> Generator[None, None, ColorCells]:
    """Gather colours in steps; yields after each of them.

    Parameters
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Unique sRGB colours.
    counts : ndarray of int64, shape (n,)
        Pixels of each, at least 1.
    bits : int
        Bits of each channel that tell cells apart, 1..5: there are 2 ** bits cells along each
        edge of the cube.

    Returns
    -------
    ColorCells
        The cells that have a colour.
    """
    n_keys = 1 << 3 * bits
    keys = np.empty(len(colors), np.uint16)
    n_colors, pixels = np.zeros(n_keys, np.int64), np.zeros(n_keys)
    sums = np.zeros((3, n_keys))
    for part in _parts(len(colors)):
        own, weights = _keys(colors[part], bits), counts[part].astype(np.float64)
        keys[part] = own
        n_colors += np.bincount(own, minlength=n_keys)
        pixels += np.bincount(own, weights, n_keys)
        for channel in range(3):
            sums[channel] += np.bincount(own, weights * colors[part, channel], n_keys)
        yield
    order = _Order(keys, counts, n_colors)
    for part in _parts(len(colors)):
        order.sort(part)
        yield
    cells = np.flatnonzero(n_colors)
    means = (sums.take(cells, axis=1) / pixels.take(cells)).T
    return ColorCells(bits, order, cells, means, pixels.take(cells).astype(np.int64))


class _Order:
    """Sorts colours by their cells, a part at a time.

    Attributes
    ----------
    keys : ndarray of uint16, shape (n,)
        The cell of each colour.
    counts : ndarray of int64, shape (n,)
        Pixels of each.
    n_colors : ndarray of int64, shape (c,)
        Colours of each cell, whether or not it has any.
    colors, weights : ndarray of int64, shape (n,)
        The colours, sorted, and their pixels.
    indices : ndarray of int64, shape (c,)
        The most populous colour of each cell.
    """

    def __init__(
        self, keys: NDArray[np.uint16], counts: NDArray[np.int64], n_colors: NDArray[np.int64]
    ) -> None:
        self.keys, self.counts, self.n_colors = keys, counts, n_colors
        self.colors, self.weights = np.empty(len(keys), np.intp), np.empty(len(keys), np.int64)
        self.indices = np.zeros(len(n_colors), np.intp)
        self._most = np.zeros(len(n_colors), np.int64)
        # where the next colour of each cell goes
        self._next = np.cumsum(n_colors) - n_colors

    def sort(self, part: slice) -> None:
        """Put the next part of the colours where they belong."""
        # 16 bits sort ten times as fast as 32
        order = np.argsort(self.keys[part], kind="stable")
        keys, weights = self.keys[part].take(order), self.counts[part].take(order)
        order += part.start
        lengths = np.bincount(keys, minlength=len(self.n_colors))
        starts = np.cumsum(lengths) - lengths
        places = np.arange(len(keys)) + (self._next - starts).take(keys)
        self.colors[places], self.weights[places] = order, weights
        self._next += lengths
        cells = np.flatnonzero(lengths)
        most = np.maximum.reduceat(weights, starts.take(cells))
        hits = np.flatnonzero(weights == np.repeat(most, lengths.take(cells)))
        own = keys.take(hits)
        first = hits.take(np.flatnonzero(np.diff(own, prepend=own[:1] + 1)))
        more = most > self._most.take(cells)
        self._most[cells[more]] = most[more]
        self.indices[cells[more]] = order.take(first[more])


class ColorCells:
    """The occupied cells, each a ball; rows are balls, those of most pixels first.

    Made by `gathered`.

    Attributes
    ----------
    points : ndarray of uint8, shape (m, 4)
        The mean of the pixels of each cell, R, G and B, and the diameter of its ball where 255 is
        the biggest one's: areas are as the shares, but none is too small to see.
    indices : ndarray of int64, shape (m,)
        The most populous of the colours in each.
    pixels : ndarray of int64, shape (m,)
        Pixels of each.
    n_colors : ndarray of int64, shape (m,)
        Unique colours of each.
    diameter : float
        Of the biggest ball, in units of the world.
    """

    def __init__(
        self,
        bits: int,
        order: _Order,
        cells: NDArray[np.intp],
        means: NDArray[np.float64],
        pixels: NDArray[np.int64],
    ) -> None:
        self._bits, self._color_keys, self._counts = bits, order.keys, order.counts
        self._order, self._weights = order.colors, order.weights
        # of cells in the order of their keys, and of their rows
        self._keys, self._totals = cells, pixels
        n_colors = order.n_colors.take(cells)
        self._by_size = np.argsort(-pixels, kind="stable")
        self._rows = np.argsort(self._by_size)
        self._ends = np.append(0, np.cumsum(n_colors))
        self._cell_of = np.repeat(np.arange(len(cells), dtype=np.int32), n_colors)
        self.pixels = pixels.take(self._by_size)
        self.n_colors = n_colors.take(self._by_size)
        self.indices = order.indices.take(cells).take(self._by_size)
        self.diameter = _diameter(self.pixels)
        self.points = np.empty((len(cells), 4), np.uint8)
        self.points[:, :3] = np.rint(means.take(self._by_size, axis=0))
        self.points[:, 3] = np.rint(255.0 * _relative(self.pixels, self.diameter))

    def __len__(self) -> int:
        return len(self.points)

    def row_of(self, color: ArrayLike) -> int | None:
        """Return the ball that a colour is in, sRGB of shape (3,); None where there is none."""
        key = _keys(np.asarray(color, np.uint8).reshape(1, 3), self._bits)[0]
        cell = int(np.searchsorted(self._keys, key))
        known = cell < len(self._keys) and self._keys[cell] == key
        return int(self._rows[cell]) if known else None

    def color_of(self, row: int, labels: NDArray[np.uint8] | None) -> int:
        """Return the unique colour that stands for a ball.

        Parameters
        ----------
        row : int
            Which ball.
        labels : ndarray of uint8, shape (n,), or None
            The cluster of each unique colour. With it the most populous colour is taken from
            the cluster that most pixels of the ball are in.
        """
        if labels is None:
            return int(self.indices[row])
        cell = self._by_size[row]
        own = slice(self._ends[cell], self._ends[cell + 1])
        colors, weights = self._order[own], self._weights[own]
        clusters = labels.take(colors)
        within = clusters == np.bincount(clusters, weights).argmax()
        return int(colors[np.where(within, weights, 0).argmax()])

    def clusters(self, labels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the cluster that most pixels of each ball are in, shape (m,).

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            The cluster of each unique colour.
        """
        k = int(labels.max(initial=0)) + 1
        sorted_labels = labels.take(self._order)
        found = np.empty(len(self), np.uint8)
        step = max(_VOTES // k, 1)
        for first in range(0, len(self), step):
            last = min(first + step, len(self))
            own = slice(self._ends[first], self._ends[last])
            ballots = (self._cell_of[own] - np.int32(first)) * np.int32(k) + sorted_labels[own]
            votes = np.bincount(ballots, self._weights[own], (last - first) * k)
            found[first:last] = votes.reshape(-1, k).argmax(axis=1)
        return self._in_rows(found)

    def means(self, values: NDArray[np.floating | np.bool_]) -> NDArray[np.float32]:
        """Return the mean of a value over the pixels of each ball.

        Parameters
        ----------
        values : ndarray of float or bool, shape (n,)
            Of each unique colour.

        Returns
        -------
        ndarray of float32, shape (m,)
            Of flags, the share of the pixels that have it.
        """
        sums = np.zeros(1 << 3 * self._bits)
        for part in _parts(len(self._color_keys)):
            weighted = values[part] * self._counts[part]
            sums += np.bincount(self._color_keys[part], weighted, len(sums))
        return self._in_rows(sums.take(self._keys) / self._totals).astype(np.float32)

    def any(self, flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which balls have a colour that has a flag, shape (m,).

        Parameters
        ----------
        flags : ndarray of bool, shape (n,)
            Of each unique colour.
        """
        found = np.zeros(1 << 3 * self._bits, np.bool_)
        found[self._color_keys[flags]] = True
        return self._in_rows(found.take(self._keys))

    def _in_rows(self, of_cells: NDArray[_T]) -> NDArray[_T]:
        return of_cells.take(self._by_size)


def _parts(n: int) -> Iterator[slice]:
    return (slice(first, first + _CHUNK) for first in range(0, n, _CHUNK))


def _keys(colors: NDArray[np.uint8], bits: int) -> NDArray[np.uint16]:
    red, green, blue = (colors >> np.uint8(8 - bits)).T.astype(np.uint16)
    keys: NDArray[np.uint16] = red << np.uint16(2 * bits) | green << np.uint16(bits) | blue
    return keys


def _diameter(pixels: NDArray[np.int64]) -> float:
    """Diameter of the biggest ball, in units of the world."""
    if not len(pixels):
        return 0.0
    mean = min(_SPACING * CUBE / len(pixels) ** (1 / 3), _MEAN)
    return float(min(mean * math.sqrt(pixels.max() / pixels.mean()), _LARGEST))


def _relative(pixels: NDArray[np.int64], diameter: float) -> NDArray[np.float64]:
    """Diameters of balls whose areas are as their pixels, as shares of the biggest one's."""
    most = pixels.max(initial=1)
    shares: NDArray[np.float64] = np.sqrt(pixels / most)
    return np.maximum(shares, _SMALLEST / diameter) if diameter else shares
