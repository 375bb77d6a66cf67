"""CIEDE2000: how different two colours look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.core import engine
from colorquant_gui.core.chunks import slices
from colorquant_gui.core.color_spaces import CIELAB
from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

    Floats = NDArray[np.float64]

# The clustering space's steps are coarse beside the smallest differences; these are not.
_LAB = replace(CIELAB, scale=2.0**15)
_CHUNK = 1 << 14


def ciede2000(first: Floats, second: Floats) -> Floats:
    """Colour difference CIEDE2000 with all weights 1.

    G. Sharma, W. Wu, E. N. Dalal 2005, "The CIEDE2000 color-difference formula: implementation
    notes, supplementary test data, and mathematical observations", Color Research & Application
    30(1). The numbers in the code are its equations.

    Parameters
    ----------
    first, second : ndarray of float64, shape (..., 3)
        CIELAB colours: L* of 0..100, a* and b*. The shapes are broadcast.

    Returns
    -------
    ndarray of float64, shape (...)
        Differences, 0 or more; about 1 is just noticeable.
    """
    l1, a1, b1 = np.moveaxis(np.asarray(first, np.float64), -1, 0)
    l2, a2, b2 = np.moveaxis(np.asarray(second, np.float64), -1, 0)
    # (2)-(7)
    stretch = 1.5 - 0.5 * _saturation((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2)
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    # (8)-(11)
    coloured = c1 * c2 > 0
    turn = h2 - h1
    turn = np.where(np.abs(turn) > 180, turn - 360 * np.sign(turn), turn) * coloured
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    # (12)-(14)
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    far = np.abs(h1 - h2) > 180
    hue = (h1 + h2) / 2 + np.where(far, np.where(h1 + h2 < 360, 180, -180), 0)
    hue = np.where(coloured, hue, h1 + h2)
    # (15)-(22)
    t = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    rotation = 30 * np.exp(-(((hue - 275) / 25) ** 2))
    squared = (lightness - 50) ** 2
    x = dl / (1 + 0.015 * squared / np.sqrt(20 + squared))
    y = dc / (1 + 0.045 * chroma)
    z = dh / (1 + 0.015 * chroma * t)
    cross = -np.sin(np.radians(2 * rotation)) * 2 * _saturation(chroma) * y * z
    difference: Floats = np.sqrt(np.maximum(x * x + y * y + z * z + cross, 0.0))
    return difference


def _saturation(chroma: Floats) -> Floats:
    seventh: Floats = chroma**7
    saturation: Floats = np.sqrt(seventh / (seventh + 25.0**7))
    return saturation


@dataclass(frozen=True, eq=False)
class ColorDifferences:
    """How far the colours of a picture look from those they are shown as.

    Attributes
    ----------
    each : ndarray of float32, shape (n,)
        CIEDE2000 of every unique colour, within 0.005: CIELAB has 16 bits a coordinate here.
    mean : float
        Their mean over all pixels.
    percentile_95 : float
        The least difference that 95 % of the pixels do not exceed.
    """

    each: NDArray[np.float32]
    mean: float
    percentile_95: float


class DifferenceMeter:
    """Measures palettes against the colours of a picture.

    The colours are converted to CIELAB at the first question and kept, 12 bytes each. For one
    thread at a time.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours, at least one.
    threads : int, optional
        Threads to use; by default one per processor core. The result does not depend on it.
    """

    def __init__(self, histogram: ColorHistogram, threads: int | None = None) -> None:
        self._histogram, self._threads = histogram, threads
        self._compiled: Any = None

    def measure(
        self,
        palette: NDArray[np.uint8],
        labels: NDArray[np.uint8],
        cancelled: Callable[[], bool] | None = None,
    ) -> ColorDifferences:
        """Measure how different the picture looks with a palette.

        Parameters
        ----------
        palette : ndarray of uint8, shape (k, 3)
            sRGB colours.
        labels : ndarray of uint8, shape (n,)
            For each unique colour the palette's entry that it is shown as, below k.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the work.

        Returns
        -------
        ColorDifferences
            The differences.

        Raises
        ------
        InvalidParameterError
            The labels are not those of the picture's colours, or lie outside of the palette.
        Cancelled
            `cancelled` returned True.
        """
        colors, counts = self._histogram.colors, self._histogram.counts
        if labels.shape != (len(colors),) or int(labels.max(initial=0)) >= len(palette):
            raise InvalidParameterError("The labels do not belong to these colours and palette.")
        need = -(-95 * int(counts.sum()) // 100)
        native = engine.native
        if native is None:
            each = self._each(palette, labels, cancelled)
            return ColorDifferences(each, *_summary(each, counts, need))
        if self._compiled is None:
            self._compiled = native.Differences(
                np.ascontiguousarray(colors),
                engine.native_conversion(_LAB),
                engine.thread_count(self._threads),
                cancelled,
            )
        each = self._compiled.measure(
            np.ascontiguousarray(palette), np.ascontiguousarray(labels), cancelled
        )
        summary = native.summarise(each, np.ascontiguousarray(counts), need, cancelled)
        return ColorDifferences(each, *summary)

    def _each(
        self,
        palette: NDArray[np.uint8],
        labels: NDArray[np.uint8],
        cancelled: Callable[[], bool] | None,
    ) -> NDArray[np.float32]:
        entries, colors = _LAB.from_srgb(palette), self._histogram.colors
        each = np.empty(len(colors), np.float32)
        for rows in slices(len(colors), _CHUNK, cancelled):
            each[rows] = ciede2000(_LAB.from_srgb(colors[rows]), entries[labels[rows]])
        return each


def _summary(
    values: NDArray[np.float32], weights: NDArray[np.int64], need: int
) -> tuple[float, float]:
    """Weighted mean, and the least value up to which `need` of the weight lies."""
    order = np.argsort(values, kind="stable")
    at = int(np.searchsorted(np.cumsum(weights[order]), need))
    return float(np.average(values.astype(np.float64), weights=weights)), float(values[order[at]])
