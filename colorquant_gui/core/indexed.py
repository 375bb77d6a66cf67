"""IndexedImage: a palette and the palette index of every pixel. The result of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import color_spaces, metrics
from colorquant_gui.core.chunks import check, slices
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.finishing import finish
from colorquant_gui.core.pixels import Pixels, squared_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

MAX_ENTRIES = 256
# Rec. 709 luma in integers, so that the order is the same everywhere; it only orders the palette.
_CHUNK = 1 << 18
_LUMA = np.array([2126, 7152, 722])


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
        color_space: str = "srgb",
        refine: bool = False,
        rgb: NDArray[np.uint8] | None = None,
        mask: NDArray[np.bool_] | None = None,
        threads: int | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> IndexedImage:
        """Round centroids to 8 bits and map every pixel to the nearest palette colour.

        Of two equally near colours the one with the lower index is taken, which is the darker.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours; with `inverse`, unless `rgb` is given.
        centroids : ndarray of float64, shape (k, 3)
            Centroids in the clustering space. Empty (k = 0) only where every pixel is transparent.
        n_iter : int
            Iterations it took.
        color_space : str
            A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`: where distances are taken.
        refine : bool
            Whether the palette is refined for what the rounding does, see
            `colorquant_gui.core.finishing.finish`.
        rgb : ndarray of uint8, shape (height, width, 3), optional
            The picture, for a histogram without `inverse`.
        mask : ndarray of bool, shape (height, width), optional
            True where a pixel of `rgb` is visible.
        threads : int, optional
            Threads to use; by default one per processor core.
        cancelled : callable returning bool, optional
            Asked between chunks; True stops the work.

        Returns
        -------
        IndexedImage
            Equal and unused palette colours are left out.

        Raises
        ------
        InvalidParameterError
            There are no pixels to map, there are no centroids for visible pixels, or the
            palette would have more than 256 entries.
        Cancelled
            `cancelled` returned True.
        """
        pixels = Pixels(histogram, rgb, mask)
        n_transparent = pixels.count - histogram.n_pixels
        reserved = int(n_transparent > 0)
        check_palette_size(len(centroids), reserved)
        if not len(centroids) and histogram.n_colors:
            raise InvalidParameterError("A palette needs at least one colour.")

        space = color_spaces.color_space(color_space)
        if refine and len(centroids) and histogram.n_colors:
            rounded, _ = finish(histogram, centroids, color_space, threads, cancelled=cancelled)
        else:
            rounded = space.to_srgb(centroids)
        candidates = np.unique(rounded, axis=0)
        candidates = candidates[np.argsort(candidates @ _LUMA, kind="stable")]
        counts, numbers = np.zeros(0, np.int64), np.zeros(0, np.uint8)
        if not histogram.n_colors:
            candidates = candidates[:0]
        if len(candidates):
            check(cancelled)
            problem = histogram.problem(space, threads, cancelled=cancelled)
            assigner = problem.assigner(len(candidates))
            assigner.assign(space.from_srgb(candidates), cancelled)
            counts, numbers = assigner.counts, assigner.labels
        used = np.flatnonzero(counts)
        renumber = np.zeros(len(candidates), np.uint8)
        renumber[used] = np.arange(len(used)) + reserved
        palette, counts = candidates[used], counts[used]
        if reserved:
            palette = np.concatenate([np.zeros((1, 3), np.uint8), palette])
            counts = np.concatenate([[n_transparent], counts])
        labels = np.empty_like(numbers)
        for part in slices(len(numbers), _CHUNK, cancelled):
            np.take(renumber, numbers[part], out=labels[part])
        check(cancelled)
        error = squared_error(
            histogram.colors, histogram.counts, labels, palette, cancelled=cancelled
        )
        return cls(
            palette,
            pixels.mapped(labels, threads, cancelled),
            counts,
            labels=labels,
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
