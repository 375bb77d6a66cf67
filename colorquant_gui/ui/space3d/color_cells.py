"""ColorCells: the colours of a picture gathered in cells of the RGB cube, a histogram in space."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import ArrayLike, NDArray

# Colours that get the number of their cell in one step: some milliseconds.
_CHUNK = 1 << 18
# Diameters in units of the world: of a ball of average share, which is smaller where there are
# many, of the biggest one at most, and of one that stands for a single pixel at least.
_SPACING, _MEAN = 0.40, 26.0
_LARGEST, _SMALLEST = 58.0, 2.4
# Votes that are counted in one go: they stay in the processor's cache.
_VOTES = 1 << 20


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
    keys = np.empty(len(colors), np.uint16)
    for first in range(0, len(colors), _CHUNK):
        part = slice(first, first + _CHUNK)
        keys[part] = _keys(colors[part], bits)
        yield
    # 16 bits sort ten times as fast as 32
    order = np.argsort(keys, kind="stable")
    yield
    keys, weights = keys.take(order), counts.take(order)
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + 1))
    yield
    pixels = _sums(weights, starts)
    means = np.empty((len(starts), 3))
    for channel in range(3):
        means[:, channel] = _sums(colors[:, channel].take(order) * weights, starts) / pixels
        yield
    return ColorCells(bits, order, weights, keys, starts, pixels, means)


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
        order: NDArray[np.intp],
        weights: NDArray[np.int64],
        keys: NDArray[np.uint16],
        starts: NDArray[np.intp],
        pixels: NDArray[np.int64],
        means: NDArray[np.float64],
    ) -> None:
        self._bits, self._order, self._weights, self._starts = bits, order, weights, starts
        # of cells in the order of their keys, and of their rows
        self._keys = keys.take(starts)
        self._totals = pixels
        self._by_size = np.argsort(-pixels, kind="stable")
        self._rows = np.argsort(self._by_size)
        ends = np.append(starts, len(order))
        self._ends = ends
        self._cell_of = np.repeat(np.arange(len(starts), dtype=np.int32), np.diff(ends))
        self.pixels = pixels.take(self._by_size)
        self.n_colors = np.diff(ends).take(self._by_size)
        self.indices = self._most_populous().take(self._by_size)
        self.diameter = _diameter(self.pixels)
        self.points = np.empty((len(starts), 4), np.uint8)
        self.points[:, :3] = np.rint(means.take(self._by_size, axis=0))
        self.points[:, 3] = np.rint(255.0 * _relative(self.pixels, self.diameter))

    def __len__(self) -> int:
        return len(self.points)

    def _most_populous(self) -> NDArray[np.intp]:
        if not len(self._starts):
            return np.empty(0, np.intp)
        most = np.maximum.reduceat(self._weights, self._starts)
        hits = np.flatnonzero(self._weights == most.take(self._cell_of))
        _, first = np.unique(self._cell_of.take(hits), return_index=True)
        return self._order.take(hits.take(first))

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
        return found.take(self._by_size)

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
        sums = _sums(values.take(self._order) * self._weights, self._starts)
        means: NDArray[np.float32] = (sums / self._totals).take(self._by_size).astype(np.float32)
        return means


def _keys(colors: NDArray[np.uint8], bits: int) -> NDArray[np.uint16]:
    red, green, blue = (colors >> np.uint8(8 - bits)).T.astype(np.uint16)
    keys: NDArray[np.uint16] = red << np.uint16(2 * bits) | green << np.uint16(bits) | blue
    return keys


def _sums(values: NDArray[Any], starts: NDArray[np.intp]) -> NDArray[Any]:
    # of nothing, reduceat makes an error
    return np.add.reduceat(values, starts) if len(starts) else values[:0]


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
