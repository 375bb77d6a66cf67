"""From the labels of the unique colours to the indices of all pixels, and their error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import engine
from colorquant_gui.core.chunks import check, slices
from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

_CHUNK = 1 << 18


class Pixels:
    """The pixels behind a histogram: by its `inverse`, or by the picture itself.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours.
    rgb : ndarray of uint8, shape (height, width, 3), optional
        The picture, for a histogram without `inverse`.
    mask : ndarray of bool, shape (height, width), optional
        True where a pixel of `rgb` is visible.

    Raises
    ------
    InvalidParameterError
        There is neither `inverse` nor a picture.
    """

    def __init__(
        self,
        histogram: ColorHistogram,
        rgb: NDArray[np.uint8] | None = None,
        mask: NDArray[np.bool_] | None = None,
    ) -> None:
        if histogram.inverse is None and rgb is None:
            raise InvalidParameterError("A merged histogram has no pixels to map.")
        self._histogram, self._rgb, self._mask = histogram, rgb, mask

    @property
    def count(self) -> int:
        """Number of pixels, with those that are transparent."""
        if self._histogram.inverse is not None:
            return int(self._histogram.inverse.size)
        assert self._rgb is not None
        return int(self._rgb.shape[0] * self._rgb.shape[1])

    def mapped(
        self,
        labels: NDArray[np.uint8],
        threads: int | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> NDArray[np.uint8]:
        """Look up the label of every pixel's colour.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            Label of each unique colour.
        threads : int, optional
            Threads to use; by default one per processor core.
        cancelled : callable returning bool, optional
            Asked between chunks; True stops the work.

        Returns
        -------
        ndarray of uint8, shape (height, width)
            Labels; 0 for transparent pixels.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        inverse = self._histogram.inverse
        if engine.native is not None:
            check(cancelled)
            n_threads = engine.thread_count(threads)
            if inverse is not None:
                indices: NDArray[np.uint8] = engine.native.map_numbers(
                    np.ascontiguousarray(inverse), labels, 0, n_threads, cancelled
                )
                return indices
            assert self._rgb is not None
            mask = None if self._mask is None else np.ascontiguousarray(self._mask)
            rgb, colors = np.ascontiguousarray(self._rgb), self._histogram.colors
            indices = engine.native.map_rgb(
                rgb, mask, np.ascontiguousarray(colors), labels, 0, n_threads, cancelled
            )
            return indices
        assert inverse is not None  # only the compiled engine leaves it out
        table = np.append(labels, np.uint8(0))
        indices = np.empty(inverse.shape, np.uint8)
        for rows in slices(len(inverse), max(1, _CHUNK // max(1, inverse.shape[1])), cancelled):
            np.take(table, inverse[rows], out=indices[rows], mode="clip")
        return indices


def squared_error(
    colors: NDArray[np.uint8],
    weights: NDArray[np.int64],
    labels: NDArray[np.uint8],
    palette: NDArray[np.uint8],
    *,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Add up the squared sRGB error of all pixels.

    Parameters
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Unique colours.
    weights : ndarray of int64, shape (n,)
        Pixels of each.
    labels : ndarray of uint8, shape (n,)
        Palette index of each.
    palette : ndarray of uint8, shape (k, 3)
        The palette.
    cancelled : callable returning bool, optional
        Asked between chunks; True stops the work.

    Returns
    -------
    int
        Squared error over R, G, B and all pixels; exact.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    if engine.native is not None:
        error = engine.native.palette_error(
            np.ascontiguousarray(colors), np.ascontiguousarray(weights), labels, palette, cancelled
        )
        return int(error)
    total = 0
    for rows in slices(len(colors), _CHUNK, cancelled):
        difference = colors[rows].astype(np.int64) - palette[labels[rows]]
        total += int((difference * difference).sum(axis=1) @ weights[rows])
    return total
