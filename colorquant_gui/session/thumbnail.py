"""Thumbnail: a picture small enough to be recoloured several times in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import ColorHistogram
from colorquant_gui.core.labelling import Labeller

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIXELS = 200_000
"""Most pixels of a thumbnail."""


class Thumbnail:
    """Pixels taken from a picture at even distances, and the nearest centroids of their colours.

    No colours are mixed: each of its pixels is a pixel of the picture, and which centroid is
    nearest depends on that colour alone. So its labels are exactly those that the whole picture
    has at these places, though it looks at no more colours than it shows.

    Parameters
    ----------
    rgb : ndarray of uint8, shape (height, width, 3)
        The picture.
    mask : ndarray of bool, shape (height, width), optional
        True where a pixel is visible. All are by default.
    pixels : int
        Most pixels to take.

    Attributes
    ----------
    colors : ndarray of uint8, shape (n, 3)
        Its unique colours.
    counts : ndarray of int64, shape (n,)
        Pixels of each.
    color_numbers : ndarray of int32, shape (height, width)
        The colour of each pixel, n where it is transparent.
    """

    def __init__(
        self, rgb: NDArray[np.uint8], mask: NDArray[np.bool_] | None = None, pixels: int = PIXELS
    ) -> None:
        rows, columns = sample_places(rgb.shape[0], rgb.shape[1], pixels)
        taken = np.ascontiguousarray(rgb[np.ix_(rows, columns)])
        visible = None if mask is None else np.ascontiguousarray(mask[np.ix_(rows, columns)])
        self._histogram = ColorHistogram.from_rgb(taken, visible)
        self._labellers: dict[str, Labeller] = {}
        self.colors = self._histogram.colors
        self.counts = self._histogram.counts
        assert self._histogram.inverse is not None
        self.color_numbers: NDArray[np.int32] = self._histogram.inverse

    def labels(self, centroids: NDArray[np.float64], color_space: str) -> NDArray[np.uint8]:
        """Find the nearest centroid of every colour.

        Parameters
        ----------
        centroids : ndarray of float64, shape (k, 3)
            Centroids in the clustering space, 1..256 of them.
        color_space : str
            A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.

        Returns
        -------
        ndarray of uint8, shape (n,)
            The lowest number of the nearest.
        """
        if not len(self.colors):
            return np.empty(0, np.uint8)
        if color_space not in self._labellers:
            # one at a time: each has a copy of the colours
            self._labellers = {color_space: Labeller(self._histogram, color_space)}
        return self._labellers[color_space].assign(centroids).labels


def sample_places(
    height: int, width: int, pixels: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Choose the rows and columns to take, so that no more than `pixels` come together.

    Parameters
    ----------
    height, width : int
        Size of the picture, at least 1.
    pixels : int
        Most pixels, at least 1.

    Returns
    -------
    tuple of ndarray of int
        Rows and columns, rising, all of them where the picture is small enough. The proportions
        stay, but at least one row and one column are taken.
    """
    scale = min(1.0, (pixels / (height * width)) ** 0.5)
    n_rows = max(1, int(height * scale))
    n_columns = min(max(1, int(width * scale)), max(1, pixels // n_rows))
    n_rows = min(n_rows, max(1, pixels // n_columns))
    return _spread(height, n_rows), _spread(width, n_columns)


def _spread(size: int, count: int) -> NDArray[np.intp]:
    """Middles of `count` equal parts of 0..size."""
    return ((2 * np.arange(count) + 1) * size // (2 * count)).astype(np.intp)
