"""ErrorMap: what a palette costs every colour, measured in a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from colorquant_gui.core.error_maps import ERROR_METRICS
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.peek import Glimpse

# The end of a scale: a few pixels that are much worse must not make all others look the same.
_PERCENTILE, _LEAST_MAXIMUM = 99.5, 1.0


@dataclass(frozen=True, eq=False)
class Errors:
    """Errors of a result, or of a glimpse of another k.

    Attributes
    ----------
    result : IndexedImage or Glimpse
        What has them.
    metric : str
        A key of `colorquant_gui.core.error_maps.ERROR_METRICS`.
    values : ndarray of float32, shape (n,)
        The error of every unique colour.
    maximum : float
        A good end of a scale.
    """

    result: IndexedImage | Glimpse
    metric: str
    values: NDArray[np.float32]
    maximum: float


@dataclass(frozen=True, eq=False)
class MeasureErrors:
    """Measure the errors of a result; delivers `Errors`."""

    generation: int
    histogram: ColorHistogram
    result: IndexedImage | Glimpse
    metric: str
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        result = self.result
        metric = ERROR_METRICS[self.metric]
        values = metric.measure(self.histogram, result.palette, result.labels, cancelled)
        maximum = max(_LEAST_MAXIMUM, float(np.percentile(values, _PERCENTILE)))
        deliver(Errors(result, self.metric, values, maximum))


class ErrorMap(QObject):
    """Measures the newest result it is asked about.

    Attributes
    ----------
    measured : Signal(Errors)
        What `ask` asked for; nothing comes for what was asked before.
    failed : Signal(str)
        It could not be measured, and why.

    Parameters
    ----------
    parent : QObject, optional
        Qt parent.
    """

    measured = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._worker = Worker("errors", self)
        self._worker.delivered.connect(self._on_delivered)
        self._worker.failed.connect(self._on_failed)

    def ask(self, histogram: ColorHistogram, result: IndexedImage | Glimpse, metric: str) -> None:
        """Have a result measured; `measured` follows.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours.
        result : IndexedImage or Glimpse
            Its palette and labels are looked at.
        metric : str
            A key of `colorquant_gui.core.error_maps.ERROR_METRICS`.
        """
        self._generation += 1
        self._worker.submit(MeasureErrors(self._generation, histogram, result, metric))

    def forget(self) -> None:
        """Ask for nothing any more."""
        self._generation += 1
        self._worker.cancel()

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _on_delivered(self, generation: int, payload: object) -> None:
        if generation == self._generation:
            self.measured.emit(payload)

    def _on_failed(self, generation: int, message: str) -> None:
        if generation == self._generation:
            self.failed.emit(message)
