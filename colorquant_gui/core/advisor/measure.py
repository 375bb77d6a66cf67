"""Measuring one k: the palette of the saved result, its errors, and the size of the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import color_spaces
from colorquant_gui.core.advisor.order import LAST_K
from colorquant_gui.core.advisor.points import CurvePoint
from colorquant_gui.core.ciede2000 import DifferenceMeter
from colorquant_gui.core.export import png
from colorquant_gui.core.fit import Fit
from colorquant_gui.core.histogram import ColorHistogram
from colorquant_gui.core.indexed import IndexedImage
from colorquant_gui.core.newest import Newest
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.core.pixels import Pixels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from colorquant_gui.core.picks import Color

    Cancel = Callable[[], bool] | None

QUALITY = "standard"
"""The quality level that the curve is made at."""

# The engine on one thread: two values of k side by side take less time than two threads on one.
_THREADS = 1


@dataclass(frozen=True, eq=False)
class Measured:
    """One k, measured.

    Attributes
    ----------
    point : CurvePoint
        What it costs and gives. `CurvePoint.n_bytes` is None or really encoded.
    palette : ndarray of uint8, shape (m, 3)
        The visible entries of the saved result, from dark to light; m is k less the transparent
        entry, or less where entries came out equal or unused.
    n_iter : int
        Iterations of the run.
    """

    point: CurvePoint
    palette: NDArray[np.uint8]
    n_iter: int


class Measurer:
    """Measures one picture for one choice of clustering space, seeding and seed.

    Several threads may use it at once, each for another k: what they share of the engine is made
    for one thread, and so is only read once it is there.

    Memory: about 50 bytes for each unique colour, from the first use until `release`; and while
    a file is encoded a byte for each pixel, and the file.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours, with `inverse` where sizes of files are wanted. Its own problem is not
        touched, so that whoever works with that is not disturbed.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.
    seeding : str
        A member of `colorquant_gui.core.seeding.SEEDINGS`.
    seed : int
        Seed of the random seedings.
    picks : sequence of (int, int, int)
        sRGB colours to start from in place of a seeding, see
        `colorquant_gui.core.picks.start_from_picks`; none by default.
    """

    def __init__(
        self,
        histogram: ColorHistogram,
        color_space: str = "srgb",
        seeding: str = "wu",
        seed: int = 0,
        picks: Sequence[Color] = (),
    ) -> None:
        self._picture = histogram
        self._space = color_spaces.color_space(color_space)
        self._seeding, self._seed, self._picks = seeding, seed, tuple(picks)
        inverse = histogram.inverse
        self._n_transparent = 0 if inverse is None else int(inverse.size) - histogram.n_pixels
        self.release()

    @property
    def maximum(self) -> int:
        """The greatest k there is: all colours and the transparent entry, at most 256."""
        return min(LAST_K, self._picture.n_colors + (self._n_transparent > 0))

    def release(self) -> None:
        """Let go of what is large. It is made again when it is needed."""
        colors, counts = self._picture.colors, self._picture.counts
        # without pixels: a result made of it is complete but for the index map
        self._colors = ColorHistogram(colors, counts, np.empty((0, 0), np.int32))
        self._meter: Newest[DifferenceMeter] = Newest()

    def errors(self, k: int, *, cancelled: Cancel = None) -> Measured:
        """Run the fit of one k and measure the errors of its palette.

        Parameters
        ----------
        k : int
            Palette entries, with the one of transparent pixels; 2..`maximum`.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the work.

        Returns
        -------
        Measured
            The palette is that of `quantize` and of a saved result, bit for bit; the errors are
            those of all colours.

        Raises
        ------
        InvalidParameterError
            `k` is out of range.
        Cancelled
            `cancelled` returned True.
        """
        colors, space, n_colors = self._colors, self._space.key, k - (self._n_transparent > 0)
        start = None
        if self._picks:
            start = start_from_picks(
                colors,
                self._picks,
                n_colors,
                color_space=space,
                threads=_THREADS,
                cancelled=cancelled,
            )
        fit = Fit(
            n_colors,
            QUALITY,
            color_space=space,
            seeding=self._seeding,
            seed=self._seed,
            threads=_THREADS,
            init=start,
        )
        last = fit.last(colors, cancelled=cancelled)
        result = IndexedImage.from_centroids(
            colors,
            last.centroids,
            last.number,
            color_space=space,
            refine=True,
            threads=_THREADS,
            cancelled=cancelled,
        )
        meter = self._meter.get(0, lambda: DifferenceMeter(colors, _THREADS), cancelled)
        differences = meter.measure(result.palette, result.labels, cancelled)
        point = CurvePoint(k, result.mse, result.psnr, differences.mean, differences.percentile_95)
        return Measured(point, result.palette, last.number)

    def encode(self, measured: Measured, *, cancelled: Cancel = None) -> Measured:
        """Find out the size of the file by encoding it.

        Parameters
        ----------
        measured : Measured
            What `errors` returned.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the work.

        Returns
        -------
        Measured
            The same with the size of the PNG that is saved of it.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        result = self.indexed(measured, cancelled=cancelled)
        n_bytes = len(png.encode(result, cancelled))
        point = replace(measured.point, n_bytes=n_bytes, bytes_estimated=False)
        return replace(measured, point=point)

    def indexed(self, measured: Measured, *, cancelled: Cancel = None) -> IndexedImage:
        """Make the result that would be saved, without another run.

        Parameters
        ----------
        measured : Measured
            What `errors` returned.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the work.

        Returns
        -------
        IndexedImage
            Equal to what `quantize` makes at these settings.

        Raises
        ------
        InvalidParameterError
            The histogram has no `inverse`.
        Cancelled
            `cancelled` returned True.
        """
        pixels = Pixels(self._picture)
        visible = self._mapped(measured, cancelled)
        reserved = int(self._n_transparent > 0)
        labels = visible.labels + np.uint8(reserved)
        palette, counts = visible.palette, visible.counts
        if reserved:
            palette = np.concatenate([np.zeros((1, 3), np.uint8), palette])
            counts = np.concatenate([[self._n_transparent], counts])
        return replace(
            visible,
            palette=palette,
            counts=counts,
            labels=labels,
            indices=pixels.mapped(labels, _THREADS, cancelled),
            transparent_index=0 if reserved else None,
        )

    def _mapped(self, measured: Measured, cancelled: Cancel) -> IndexedImage:
        """Give every colour its entry again."""
        return IndexedImage.from_centroids(
            self._colors,
            self._space.from_srgb(measured.palette),
            measured.n_iter,
            color_space=self._space.key,
            threads=_THREADS,
            cancelled=cancelled,
        )
