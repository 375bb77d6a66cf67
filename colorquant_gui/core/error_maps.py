"""Error maps: how far every colour is from the palette entry it is shown as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from colorquant_gui.core.chunks import slices
from colorquant_gui.core.ciede2000 import DifferenceMeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

_CHUNK = 1 << 16


class Measure(Protocol):
    """Measure the error of each colour."""

    def __call__(
        self,
        histogram: ColorHistogram,
        palette: NDArray[np.uint8],
        labels: NDArray[np.uint8],
        cancelled: Callable[[], bool] | None = None,
    ) -> NDArray[np.float32]:
        """Measure.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours, at least one.
        palette : ndarray of uint8, shape (k, 3)
            sRGB colours.
        labels : ndarray of uint8, shape (n,)
            The palette's entry of each unique colour.
        cancelled : callable returning bool, optional
            Asked in between; True stops the work.

        Returns
        -------
        ndarray of float32, shape (n,)
            The errors, 0 or more.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        ...


@dataclass(frozen=True)
class ErrorMetric:
    """A way to measure errors.

    Attributes
    ----------
    key : str
        Its name in settings.
    unit : str
        What is measured, for people.
    measure : Measure
        Does it.
    """

    key: str
    unit: str
    measure: Measure


def _rgb(
    histogram: ColorHistogram,
    palette: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float32]:
    """Euclidean distance in sRGB, in levels of 0..255."""
    errors = np.empty(len(labels), np.float32)
    for rows in slices(len(labels), _CHUNK, cancelled):
        apart = histogram.colors[rows].astype(np.float32) - palette[labels[rows]]
        errors[rows] = np.sqrt(np.einsum("ij,ij->i", apart, apart))
    return errors


def _ciede2000(
    histogram: ColorHistogram,
    palette: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float32]:
    """CIEDE2000, see `colorquant_gui.core.ciede2000`."""
    return DifferenceMeter(histogram).measure(palette, labels, cancelled).each


ERROR_METRICS: dict[str, ErrorMetric] = {
    metric.key: metric
    for metric in (
        ErrorMetric("rgb", "levels", _rgb),
        ErrorMetric("ciede2000", "ΔE2000", _ciede2000),
    )
}
