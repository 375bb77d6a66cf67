"""IndexedImage: a palette and the palette index of every pixel. The result of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import metrics, reference
from colorquant_gui.core.chunks import slices
from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

MAX_ENTRIES = 256
# Rec. 709 luma in integers, so that the order is the same everywhere; it only orders the palette.
_LUMA = np.array([2126, 7152, 722])
_CHUNK = 1 << 18


@dataclass(frozen=True, eq=False)
class IndexedImage:
    """A quantized picture, as it would be saved.

    Attributes
    ----------
    palette : ndarray of uint8, shape (n, 3)
        sRGB colours that occur, all different, from dark to light. A transparent entry comes
        before them; it is black, and so may a visible one be.
    indices : ndarray of uint8, shape (height, width)
        Palette index of every pixel.
    counts : ndarray of int64, shape (n,)
        Pixels of each palette entry, each at least 1.
    labels : ndarray of uint8, shape (n_unique,)
        Palette index of every unique colour of the histogram it was made from.
    transparent_index : int or None
        The reserved entry of transparent pixels: 0 where there are any, else None.
    n_iter : int
        Iterations of the run.
    mse : float
        Squared error summed over R, G, B, averaged over the visible pixels.
    """

    palette: NDArray[np.uint8]
    indices: NDArray[np.uint8]
    counts: NDArray[np.int64]
    labels: NDArray[np.uint8]
    transparent_index: int | None
    n_iter: int
    mse: float

    @property
    def psnr(self) -> float:
        """Per-channel PSNR in dB, infinity when nothing was lost."""
        return metrics.psnr_from_mse(self.mse)

    @property
    def n_visible(self) -> int:
        """Palette entries that can be seen, without the transparent one."""
        return len(self.palette) - (self.transparent_index is not None)

    @classmethod
    def from_centroids(
        cls,
        histogram: ColorHistogram,
        centroids: NDArray[np.float64],
        n_iter: int,
        *,
        cancelled: Callable[[], bool] | None = None,
    ) -> IndexedImage:
        """Round centroids to 8 bits and map every pixel to the nearest palette colour.

        Of two equally near colours the one with the lower index is taken, which is the darker.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours, with `inverse`.
        centroids : ndarray of float64, shape (k, 3)
            sRGB centroids, 0..255. Empty (k = 0) only where every pixel is transparent.
        n_iter : int
            Iterations it took.
        cancelled : callable returning bool, optional
            Asked between chunks; True stops the work.

        Returns
        -------
        IndexedImage
            Equal and unused palette colours are left out.

        Raises
        ------
        InvalidParameterError
            The histogram has no `inverse`, there are no centroids for visible pixels, or the
            palette would have more than 256 entries.
        Cancelled
            `cancelled` returned True.
        """
        inverse = histogram.inverse
        if inverse is None:
            raise InvalidParameterError("A merged histogram has no pixels to map.")
        n_transparent = inverse.size - histogram.n_pixels
        reserved = int(n_transparent > 0)
        check_palette_size(len(centroids), reserved)
        if not len(centroids) and histogram.n_colors:
            raise InvalidParameterError("A palette needs at least one colour.")

        colors, weights = histogram.colors, histogram.counts
        candidates = np.unique(np.clip(np.rint(centroids), 0, 255).astype(np.uint8), axis=0)
        candidates = candidates[np.argsort(candidates @ _LUMA, kind="stable")]
        numbers, distances = reference.assign(
            colors, candidates.astype(np.float64), cancelled=cancelled
        )
        # between 8-bit colours the squared distances are integers: the sum is exact
        error = reference.inertia(weights, distances, cancelled=cancelled)
        counts = np.zeros(len(candidates), np.int64)
        for rows in slices(len(colors), _CHUNK, cancelled):
            np.add.at(counts, numbers[rows], weights[rows])
        used = np.flatnonzero(counts)
        renumber = np.zeros(len(candidates), np.uint8)
        renumber[used] = np.arange(len(used)) + reserved
        palette, counts = candidates[used], counts[used]
        if reserved:
            palette = np.concatenate([np.zeros((1, 3), np.uint8), palette])
            counts = np.concatenate([[n_transparent], counts])

        # one past the last colour stands for the transparent pixels
        table = np.zeros(len(colors) + 1, np.uint8)
        for rows in slices(len(colors), _CHUNK, cancelled):
            np.take(renumber, numbers[rows], out=table[rows], mode="clip")
        indices = np.empty(inverse.shape, np.uint8)
        for rows in slices(len(inverse), max(1, _CHUNK // max(1, inverse.shape[1])), cancelled):
            np.take(table, inverse[rows], out=indices[rows], mode="clip")
        return cls(
            palette,
            indices,
            counts,
            labels=table[:-1],
            transparent_index=0 if reserved else None,
            n_iter=n_iter,
            mse=error / max(1, histogram.n_pixels),
        )

    def to_rgb(self) -> NDArray[np.uint8]:
        """Return the picture as RGB, transparent pixels black.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            A new array.
        """
        return np.take(self.palette, self.indices, axis=0)


def check_palette_size(n_colors: int, reserved: int) -> None:
    """See whether a palette fits into 8-bit indices.

    Parameters
    ----------
    n_colors : int
        Visible colours.
    reserved : int
        Entries beside them, 1 for transparent pixels.

    Raises
    ------
    InvalidParameterError
        There would be more than 256 entries.
    """
    if n_colors + reserved > MAX_ENTRIES:
        raise InvalidParameterError(
            f"{n_colors} colours and a transparent entry do not fit into one palette; "
            f"use {MAX_ENTRIES - reserved} colours or fewer."
        )
