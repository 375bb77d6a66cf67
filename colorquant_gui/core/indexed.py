"""IndexedImage: a palette and the palette index of every pixel. The result of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import metrics, reference
from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

# Rec. 709 luma; only orders the palette.
_LUMA = np.array([0.2126, 0.7152, 0.0722])
_ROWS_PIXELS = 1 << 20


@dataclass(frozen=True, eq=False)
class IndexedImage:
    """A quantized picture, as it would be saved.

    Attributes
    ----------
    palette : ndarray of uint8, shape (n, 3)
        sRGB colours that occur, from dark to light; a transparent entry comes first.
    indices : ndarray of uint8, shape (height, width)
        Palette index of every pixel.
    counts : ndarray of int64, shape (n,)
        Pixels of each palette entry, each at least 1.
    labels : ndarray of uint8, shape (n_unique,)
        Palette index of every unique colour of the histogram it was made from.
    transparent_index : int or None
        The reserved entry of transparent pixels, 0 where there are any.
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
            The histogram has no `inverse`, or more entries than 256 would be needed.
        Cancelled
            `cancelled` returned True.
        """
        inverse = histogram.inverse
        if inverse is None:
            raise InvalidParameterError("A merged histogram has no pixels to map.")
        n_unique = histogram.n_colors
        n_transparent = inverse.size - histogram.n_pixels
        rounded = np.clip(np.rint(centroids), 0, 255).astype(np.uint8)
        candidates = np.unique(rounded.reshape(-1, 3), axis=0)
        if n_unique:
            labels, _ = reference.assign(
                histogram.colors, candidates.astype(np.float64), cancelled=cancelled
            )
        else:
            labels = np.empty(0, np.uint8)
        counts = np.bincount(labels, histogram.counts, len(candidates)).astype(np.int64)
        used = np.flatnonzero(counts)
        order = used[np.argsort(candidates[used] @ _LUMA, kind="stable")]
        reserved = int(n_transparent > 0)
        if len(order) + reserved > 256:
            raise InvalidParameterError(
                "256 colours and a transparent entry do not fit into one palette; "
                "use 255 colours or fewer."
            )
        renumber = np.zeros(256, np.uint8)
        renumber[order] = np.arange(len(order)) + reserved
        labels = renumber[labels]
        palette, counts = candidates[order], counts[order]
        if reserved:
            palette = np.concatenate([np.zeros((1, 3), np.uint8), palette])
            counts = np.concatenate([[n_transparent], counts])
        table = np.append(labels, np.uint8(0))
        indices = np.empty(inverse.shape, np.uint8)
        rows = max(1, _ROWS_PIXELS // max(1, inverse.shape[1]))
        for top in range(0, len(inverse), rows):
            np.take(table, inverse[top : top + rows], out=indices[top : top + rows], mode="clip")
        error = metrics.mse(histogram.colors, palette[labels], histogram.counts)
        return cls(palette, indices, counts, labels, 0 if reserved else None, n_iter, error)

    def to_rgb(self) -> NDArray[np.uint8]:
        """Return the picture as RGB, transparent pixels black.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            A new array.
        """
        rgb: NDArray[np.uint8] = self.palette[self.indices]
        return rgb
