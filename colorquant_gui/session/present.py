"""Present: what the result in force gives and costs, by its own figures."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from colorquant_gui.core import engine
from colorquant_gui.core.advisor import QUALITY, CurvePoint
from colorquant_gui.core.ciede2000 import ColorDifferences, DifferenceMeter
from colorquant_gui.session.advisor_state import AdvisorState
from colorquant_gui.session.settings import PICKS
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.advisor import Advisor
    from colorquant_gui.session.run import Run


@dataclass(frozen=True, eq=False)
class DifferencesRequest:
    """Measure how different a result looks; delivers `ColorDifferences`."""

    generation: int
    histogram: ColorHistogram
    result: IndexedImage
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        engine.work_in_background()
        meter = DifferenceMeter(self.histogram, 1)
        deliver(meter.measure(self.result.palette, self.result.labels, cancelled))


class Present(QObject):
    """Knows the figures of the result in force, which need not be the curve's at its k.

    The curve is made at Standard quality. At another level, CIEDE2000 is measured in a thread of
    its own; while that lasts it takes 12 bytes for each unique colour.

    Attributes
    ----------
    changed : Signal()
        `point` is another.
    failed : Signal(str)
        Something could not be measured, and why.

    Parameters
    ----------
    advisor : Advisor
        Has the curve; is told the palette in force.
    run : Run
        Has the result.
    parent : QObject, optional
        Qt parent.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, advisor: Advisor, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._advisor, self._run = advisor, run
        # those that the result was made at
        self._settings = advisor.settings
        self._generation = self._asked = 0
        self._differences: ColorDifferences | None = None
        self._worker = Worker("present", self)
        self._worker.delivered.connect(self._on_delivered)
        self._worker.failed.connect(lambda _generation, message: self.failed.emit(message))
        run.resultChanged.connect(self._on_result)
        run.encodedChanged.connect(self.changed)
        advisor.pointsChanged.connect(self.changed)
        advisor.stateChanged.connect(self._measure_own)

    @property
    def point(self) -> CurvePoint | None:
        """The figures of the result.

        None without one, and while a control moves for one that isn't final. A difference that
        isn't measured yet is NaN.
        """
        run, result, advisor = self._run, self._run.result, self._advisor
        if result is None or not result.labels.size or self._settings != advisor.settings:
            return None
        known = self._known
        if known is not None:
            point = replace(known, mse=result.mse, psnr=result.psnr)
        elif run.is_preview:
            return None
        else:
            k, found = min(advisor.settings.k, advisor.maximum), self._differences
            mean, p95 = (found.mean, found.percentile_95) if found else (math.nan, math.nan)
            point = CurvePoint(k, result.mse, result.psnr, mean, p95)
        if run.encoded is not None:
            point = replace(point, n_bytes=len(run.encoded), bytes_estimated=False)
        return point

    @property
    def _known(self) -> CurvePoint | None:
        """The point of the curve, where that has the same palette."""
        palette, curves = self._palette, self._advisor.curves
        standard = replace(self._advisor.settings, quality=QUALITY)
        measured = curves.measured_for(standard)
        if palette is None or measured is None or not np.array_equal(measured.palette, palette):
            return None
        return curves.point_for(standard)

    @property
    def _palette(self) -> NDArray[np.uint8] | None:
        """The visible entries of the palette in force."""
        result = self._run.result
        if result is None:
            return None
        transparent = result.transparent_index
        return result.palette if transparent is None else np.delete(result.palette, transparent, 0)

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _on_result(self) -> None:
        advisor = self._advisor
        self._generation += 1
        self._differences = None
        self._worker.cancel()
        self._settings = advisor.settings
        advisor.set_palette(self._palette)
        self._measure_own()
        self.changed.emit()

    def _measure_own(self) -> None:
        """Measure what the advisor won't: it begins with the k in force, but at Standard only."""
        run, advisor, settings = self._run, self._advisor, self._settings
        stands = advisor.state in (AdvisorState.PAUSED, AdvisorState.FAILED)
        is_own = settings.quality != QUALITY or settings.seeding == PICKS or stands
        result = run.result
        is_asked = self._asked == self._generation
        if is_own and not (is_asked or run.is_preview) and result is not None and not self._known:
            self._asked = self._generation
            self._measure(result)

    def _measure(self, result: IndexedImage) -> None:
        histogram = self._advisor.histogram
        if histogram is not None and result.labels.size:
            self._worker.submit(DifferencesRequest(self._generation, histogram, result))

    def _on_delivered(self, generation: int, payload: object) -> None:
        if generation == self._generation and isinstance(payload, ColorDifferences):
            self._differences = payload
            self.changed.emit()
