"""PopulationSampler: the order in which unique colours are drawn when not all of them can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Colours looked at in one step: some milliseconds, less than a frame.
CHUNK = 1 << 17
_PREVIEW = 20_000


def _mixed(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Scatter 32-bit keys evenly (the finaliser of MurmurHash3, Appleby 2011)."""
    mixed = keys ^ (keys >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


class PopulationSampler:
    """Chooses up to `limit` colours, the populous first, in steps too short to be felt.

    Every prefix of the result is a random sample without replacement (Efraimidis & Spirakis
    2006), weighted by the root of the population: the biggest colours come first, and the rare
    ones that give the cloud its shape are thinned out evenly. The randomness is a hash of the
    colour: the same picture gives the same points.

    Parameters
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Unique sRGB colours.
    counts : ndarray of int64, shape (n,)
        Pixels of each colour, at least 1.
    limit : int
        Most colours to choose.

    Attributes
    ----------
    indices : ndarray of int64, shape (m,)
        Which colours `result` or `preview` gave, in their order.
    """

    def __init__(self, colors: NDArray[np.uint8], counts: NDArray[np.int64], limit: int) -> None:
        self._colors = colors
        self._counts = counts
        self._limit = limit
        self._next = 0
        self._scale = 255.0 / np.log1p(float(counts.max())) if len(counts) else 0.0
        self._ranks = np.empty(len(colors), np.uint16)
        self._histogram = np.zeros(1 << 16, np.int64)
        # of each chunk: which colours are chosen, the points they are, and their ranks
        self._parts: list[tuple[NDArray[np.intp], NDArray[np.uint8], NDArray[np.uint16]]] = []
        self._enough = 0
        self.indices: NDArray[np.intp] = np.empty(0, np.intp)

    @property
    def done(self) -> bool:
        """Whether every colour has been looked at twice: to rank it, and to choose it or not."""
        return self._next >= len(self._colors) and len(self._parts) * CHUNK >= len(self._colors)

    def step(self) -> None:
        """Look at the next chunk of colours."""
        if self._next < len(self._colors):
            part = slice(self._next, self._next + CHUNK)
            ranks = self._ranks[part] = _ranks(self._colors[part], self._counts[part])
            self._histogram += np.bincount(ranks, minlength=1 << 16)
            self._next += CHUNK
            if self._next >= len(self._colors):
                self._enough = int(np.searchsorted(np.cumsum(self._histogram), self._limit))
            return
        first = len(self._parts) * CHUNK
        ranks = self._ranks[first : first + CHUNK]
        low = np.flatnonzero(ranks <= self._enough)
        chosen = low + first
        self._parts.append((chosen, self._points(chosen), ranks[low]))

    def preview(self) -> NDArray[np.uint8]:
        """Give a coarse sample at once, evenly spaced over the colours as they are listed.

        Returns
        -------
        ndarray of uint8, shape (m, 4)
            As `result` gives, at most about 20,000.
        """
        stride = max(len(self._colors) // min(_PREVIEW, self._limit), 1)
        chosen = np.arange(0, len(self._colors), stride)[: self._limit]
        ranks = _ranks(self._colors[chosen], self._counts[chosen])
        return self._in_order(chosen, self._points(chosen), ranks)

    def result(self) -> NDArray[np.uint8]:
        """Give the choice, once all is `done`.

        Returns
        -------
        ndarray of uint8, shape (m, 4)
            R, G, B, and the population on a logarithmic scale where 255 is the biggest; those to
            draw first come first.
        """
        if not self._parts:
            return np.empty((0, 4), np.uint8)
        chosen, points, ranks = map(np.concatenate, zip(*self._parts, strict=True))
        return self._in_order(chosen, points, ranks)

    def _points(self, chosen: NDArray[np.intp]) -> NDArray[np.uint8]:
        points = np.empty((len(chosen), 4), np.uint8)
        points[:, :3] = self._colors.take(chosen, axis=0)
        points[:, 3] = np.log1p(self._counts.take(chosen)) * self._scale + 0.5
        return points

    def _in_order(
        self, chosen: NDArray[np.intp], points: NDArray[np.uint8], ranks: NDArray[np.uint16]
    ) -> NDArray[np.uint8]:
        # Sorting comes last: it jumps about in what is small by now.
        order = np.argsort(ranks, kind="stable")[: self._limit]
        self.indices = chosen[order]
        return points.view(np.uint32)[order].view(np.uint8)


def _ranks(colors: NDArray[np.uint8], counts: NDArray[np.int64]) -> NDArray[np.uint16]:
    """Give each colour a random rank that is low where the population is high."""
    keys = colors.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    uniform = (_mixed(keys).astype(np.float32) + np.float32(0.5)) * np.float32(2.0**-32)
    ranks = -np.log(uniform) / np.sqrt(counts.astype(np.float32))
    # Rounding may have given -0.0. The upper half of a positive float32 grows with it: enough to
    # sort by, and 16 bits sort ten times as fast.
    ranks = np.abs(ranks).astype(np.float32)
    upper: NDArray[np.uint16] = (ranks.view(np.uint32) >> np.uint32(16)).astype(np.uint16)
    return upper
