"""PopulationSampler: the order in which unique colours are drawn when not all of them can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Colours looked at in one step: some milliseconds, less than a frame.
CHUNK = 1 << 18
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
    """

    def __init__(self, colors: NDArray[np.uint8], counts: NDArray[np.int64], limit: int) -> None:
        self._colors = colors
        self._counts = counts
        self._limit = limit
        self._next = 0
        self._scale = 255.0 / np.log1p(float(counts.max())) if len(counts) else 0.0
        self._ranks: NDArray[np.float32] = np.empty(0, np.float32)
        self._points: NDArray[np.uint32] = np.empty(0, np.uint32)
        self._worst = np.float32(np.inf)

    @property
    def done(self) -> bool:
        """Whether every colour has been looked at."""
        return self._next >= len(self._colors)

    def step(self) -> None:
        """Look at the next chunk of colours."""
        ranks, points = self._ranked(slice(self._next, self._next + CHUNK))
        self._next += CHUNK
        keep = ranks < self._worst
        self._ranks = np.concatenate([self._ranks, ranks[keep]])
        self._points = np.concatenate([self._points, points[keep]])
        if len(self._ranks) > self._limit:
            best = np.argpartition(self._ranks, self._limit - 1)[: self._limit]
            self._ranks, self._points = self._ranks[best], self._points[best]
            self._worst = self._ranks.max()

    def preview(self) -> NDArray[np.uint8]:
        """Give a coarse sample at once, evenly spaced over the colours as they are listed.

        Returns
        -------
        ndarray of uint8, shape (m, 4)
            As `result` gives, at most about 20,000.
        """
        stride = max(len(self._colors) // min(_PREVIEW, self._limit), 1)
        return _in_order(*self._ranked(slice(0, None, stride)))[: self._limit]

    def result(self) -> NDArray[np.uint8]:
        """Give what was chosen among the colours looked at so far.

        Returns
        -------
        ndarray of uint8, shape (m, 4)
            R, G, B, and the population on a logarithmic scale where 255 is the biggest; those to
            draw first come first.
        """
        return _in_order(self._ranks, self._points)

    def _ranked(self, part: slice) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
        colors, counts = self._colors[part], self._counts[part].astype(np.float32)
        points = np.empty((len(colors), 4), np.uint8)
        points[:, :3] = colors
        points[:, 3] = 0
        packed = points.view("<u4")[:, 0]
        uniform = (_mixed(packed.astype(np.uint32)) + 0.5) * np.float64(2.0**-32)
        ranks = (-np.log(uniform) / np.sqrt(counts)).astype(np.float32)
        points[:, 3] = np.log1p(counts) * np.float32(self._scale) + np.float32(0.5)
        return ranks, packed.astype(np.uint32)


def _in_order(ranks: NDArray[np.float32], points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    # The upper half of a positive float32 grows with it, and 16 bits sort ten times as fast.
    coarse = (ranks.view(np.uint32) >> np.uint32(16)).astype(np.uint16)
    order = np.argsort(coarse, kind="stable")
    ordered = np.ascontiguousarray(points[order].astype("<u4"))
    return ordered.view(np.uint8).reshape(-1, 4)
