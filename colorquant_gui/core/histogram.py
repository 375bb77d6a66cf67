"""ColorHistogram: the unique colours of a picture, how often each occurs, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import engine
from colorquant_gui.core.chunks import check, slices
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.morton import colors_from_keys, morton_keys
from colorquant_gui.core.newest import Newest

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.color_spaces import ColorSpace
    from colorquant_gui.core.engine import Problem

# Below this, sorting is quicker than visiting a table of 2**24 cells.
_TABLE_PIXELS = 1 << 17
# The engine counts a picture from this size on band by band, each about so large.
_COUNTER_PIXELS = 1 << 20
_CHUNK = 1 << 18
_N_KEYS = 1 << 24


@dataclass(frozen=True, eq=False)
class ColorHistogram:
    """The unique 24-bit colours of a picture with their counts.

    Attributes
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Unique sRGB colours in the order of their Morton keys.
    counts : ndarray of int64, shape (n,)
        Pixels of each colour, at least 1.
    inverse : ndarray of int32, shape (height, width), or None
        For each pixel the number of its colour in `colors`; ``n`` where the pixel takes no part
        (fully transparent). None for a merged histogram, and where nobody wanted it.
    """

    colors: NDArray[np.uint8]
    counts: NDArray[np.int64]
    inverse: NDArray[np.int32] | None = None
    _problem: Newest[Problem] = field(default_factory=Newest, init=False, repr=False)

    @property
    def n_colors(self) -> int:
        """Number of unique colours."""
        return len(self.colors)

    @cached_property
    def n_pixels(self) -> int:
        """Number of pixels counted (transparent ones are not)."""
        return int(self.counts.sum())

    @property
    def n_transparent(self) -> int:
        """Number of pixels that take no part, as far as `inverse` tells; 0 without it."""
        return 0 if self.inverse is None else self.inverse.size - self.n_pixels

    @property
    def has_transparent(self) -> bool:
        """Whether some pixels take no part, as far as `inverse` tells."""
        return self.n_transparent > 0

    @classmethod
    def from_rgb(
        cls,
        rgb: NDArray[np.uint8],
        mask: NDArray[np.bool_] | None = None,
        *,
        inverse: bool = True,
        threads: int | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ColorHistogram:
        """Count the unique colours of a picture.

        Parameters
        ----------
        rgb : ndarray of uint8, shape (height, width, 3)
            The picture.
        mask : ndarray of bool, shape (height, width), optional
            True where a pixel takes part. All do by default.
        inverse : bool
            Whether `inverse` is wanted; the compiled engine saves 4 bytes a pixel without.
        threads : int, optional
            Threads to use; by default one per processor core.
        cancelled : callable returning bool, optional
            Asked between chunks; True stops the work.

        Returns
        -------
        ColorHistogram
            With `inverse` filled in, unless it is not wanted.

        Raises
        ------
        InvalidParameterError
            The picture or the mask has another shape or dtype.
        Cancelled
            `cancelled` returned True.
        """
        if rgb.ndim != 3 or rgb.shape[2] != 3 or rgb.dtype != np.uint8:
            raise InvalidParameterError(
                f"A picture must be an array of shape (height, width, 3) and dtype uint8, "
                f"not {rgb.shape} {rgb.dtype}."
            )
        if mask is not None and (mask.shape != rgb.shape[:2] or mask.dtype != np.bool_):
            raise InvalidParameterError(
                f"A mask must be an array of shape {rgb.shape[:2]} and dtype bool, "
                f"not {mask.shape} {mask.dtype}."
            )
        if engine.native is not None:
            return cls._native(rgb, mask, inverse, threads, cancelled)
        if rgb.shape[0] * rgb.shape[1] < _TABLE_PIXELS:
            check(cancelled)
            return cls._by_sorting(rgb, mask)
        return cls._by_table(rgb, mask, cancelled)

    @classmethod
    def _native(
        cls,
        rgb: NDArray[np.uint8],
        mask: NDArray[np.bool_] | None,
        inverse: bool,
        threads: int | None,
        cancelled: Callable[[], bool] | None,
    ) -> ColorHistogram:
        native = engine.native
        assert native is not None
        rgb = np.ascontiguousarray(rgb)
        mask = None if mask is None else np.ascontiguousarray(mask)
        height, width = rgb.shape[:2]
        if height * width < _COUNTER_PIXELS:
            check(cancelled)
            colors, counts, numbers = native.histogram(rgb, mask, inverse, cancelled)
            return cls(colors, counts, numbers if inverse else None)
        bands = list(slices(height, max(1, _COUNTER_PIXELS // width)))
        counter = native.ColorCounter(engine.thread_count(threads))
        for band in bands:
            check(cancelled)
            counter.add(rgb[band], None if mask is None else mask[band], cancelled)
        check(cancelled)
        colors, counts = counter.finish(cancelled)
        if not inverse:
            return cls(colors, counts)
        numbers = np.empty((height, width), np.int32)
        for band in bands:
            check(cancelled)
            part = None if mask is None else mask[band]
            counter.numbers(rgb[band], part, numbers[band], cancelled)
        return cls(colors, counts, numbers)

    def problem(
        self,
        space: ColorSpace,
        threads: int | None = None,
        *,
        cancelled: Callable[[], bool] | None = None,
    ) -> Problem:
        """Give the colours as points of a clustering space.

        It is made once and kept until another is asked for: of all 24-bit colours one takes
        600 MB. Any thread may ask, but only one at a time may work with what it gets.

        Parameters
        ----------
        space : ColorSpace
            The clustering space.
        threads : int, optional
            Threads to use; by default one per processor core.
        cancelled : callable returning bool, optional
            Asked in between; True stops the work.

        Returns
        -------
        Problem
            See `colorquant_gui.core.engine`.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        return self._problem.get(
            (space.key, threads),
            lambda: engine.make_problem(self, space, threads, cancelled),
            cancelled,
        )

    @classmethod
    def _by_sorting(cls, rgb: NDArray[np.uint8], mask: NDArray[np.bool_] | None) -> ColorHistogram:
        keys = morton_keys(rgb)
        taken = keys.ravel() if mask is None else keys[mask]
        unique, numbers, counts = np.unique(taken, return_inverse=True, return_counts=True)
        inverse = np.full(keys.shape, len(unique), np.int32)
        if mask is None:
            inverse[...] = numbers.reshape(keys.shape)
        else:
            inverse[mask] = numbers
        return cls(colors_from_keys(unique), counts.astype(np.int64), inverse)

    @classmethod
    def _by_table(
        cls,
        rgb: NDArray[np.uint8],
        mask: NDArray[np.bool_] | None,
        cancelled: Callable[[], bool] | None,
    ) -> ColorHistogram:
        height, width = rgb.shape[:2]
        rows = max(1, _CHUNK // width)
        inverse = np.empty((height, width), np.int32)
        table = np.zeros(_N_KEYS, np.uint32)
        for band in slices(height, rows, cancelled):
            keys = morton_keys(rgb[band])
            inverse[band] = keys
            np.add.at(table, keys.ravel() if mask is None else keys[mask[band]], np.uint32(1))

        n_colors = int(np.count_nonzero(table))
        colors = np.empty((n_colors, 3), np.uint8)
        counts = np.empty(n_colors, np.int64)
        end = 0
        for cells in slices(_N_KEYS, _CHUNK, cancelled):
            found = np.flatnonzero(table[cells] != 0)
            start, end = end, end + len(found)
            colors[start:end] = colors_from_keys((found + cells.start).astype(np.uint32))
            counts[start:end] = table[cells][found]
            # from here on the table holds the numbers of the colours
            table[cells][found] = np.arange(start, end, dtype=np.uint32)

        for band in slices(height, rows, cancelled):
            inverse[band] = np.take(table, inverse[band])
            if mask is not None:
                inverse[band][~mask[band]] = n_colors
        return cls(colors, counts, inverse)

    def merge(self, other: ColorHistogram) -> ColorHistogram:
        """Add up two histograms, such as those of several pictures with one shared palette.

        Parameters
        ----------
        other : ColorHistogram
            The histogram to add.

        Returns
        -------
        ColorHistogram
            Colours of both with summed counts, without `inverse`.
        """
        keys = np.concatenate([morton_keys(self.colors), morton_keys(other.colors)])
        unique, numbers = np.unique(keys, return_inverse=True)
        counts = np.zeros(len(unique), np.int64)
        np.add.at(counts, numbers, np.concatenate([self.counts, other.counts]))
        return ColorHistogram(colors_from_keys(unique), counts)
