"""Advisor: what every k would give and cost, found out while nobody else needs the processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from colorquant_gui.core.advisor import Curve, Elbow, elbow
from colorquant_gui.session import advisor_jobs as jobs
from colorquant_gui.session.advisor_crew import Crew
from colorquant_gui.session.advisor_curves import Curves, curve_key
from colorquant_gui.session.advisor_hints import Hints
from colorquant_gui.session.advisor_state import AdvisorState, Progress
from colorquant_gui.session.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core import ColorHistogram
    from colorquant_gui.core.advisor import CurvePoint, Measurer, MissingColor

# As many as an ordinary machine has cores; each works on another k, on one thread.
_N_WORKERS = 2
# Milliseconds of quiet after a person's work before it goes on, and between two signals.
_IDLE_MS, _SIGNAL_MS = 150, 50


class Advisor(QObject):
    """Measures the curve of quality and size against k in the background.

    Everything is measured at Standard quality, whatever the level in force. What is found out is
    kept for each choice of clustering space, seeding and seed, so that going back to one costs
    nothing.

    Memory: while it works, about 50 bytes for each unique colour (800 MB where a picture has all
    24-bit colours), released when it is done or paused; while two files are encoded, 2 bytes a
    pixel and the files; 300 KB for each of at most 32 curves.

    Attributes
    ----------
    pointsChanged : Signal()
        `points`, `elbow` and `palette_at` know more, or another curve is in force.
    progressChanged : Signal()
        `progress` is another.
    stateChanged : Signal()
        `state` is another.
    missingChanged : Signal()
        `missing` is another.
    is_paused : bool
        Whether a person paused it.
    histogram : ColorHistogram or None
        The picture.
    settings : Settings
        The settings in force.
    curves : Curves
        What was found out at each choice of settings.
    """

    pointsChanged = Signal()
    progressChanged = Signal()
    stateChanged = Signal()
    missingChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("advisor")
        self.state = AdvisorState.EMPTY
        self.error = ""
        self.missing: tuple[MissingColor, ...] | None = None
        self.histogram: ColorHistogram | None = None
        self.settings = Settings()
        self.curves = Curves()
        self._curve = Curve(0)
        self._measurer: Measurer | None = None
        self._hints = Hints()
        self._seconds = jobs.BATCH_SECONDS
        self._busy = self.is_paused = self._closed = False
        self._crew = Crew(_N_WORKERS, self)
        self._crew.delivered.connect(self._on_delivered)
        self._crew.freed.connect(self._go_on)
        self._crew.failed.connect(self._on_failed)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._go_on)
        self._news = QTimer(self, singleShot=True, interval=_SIGNAL_MS)
        self._news.timeout.connect(self._tell)

    # -- what is known -------------------------------------------------------------------------

    @property
    def points(self) -> tuple[CurvePoint, ...]:
        """The curve so far, k ascending; sizes that aren't encoded yet are estimates."""
        return self._curve.points

    @property
    def maximum(self) -> int:
        """The greatest k that the picture can have, 0..256; 0 without a picture."""
        return self._curve.maximum

    @property
    def progress(self) -> Progress:
        """How far the curve has come."""
        return Progress(self._curve.n_measured, self._curve.n_encoded, len(self._curve.order))

    @property
    def elbow(self) -> Elbow:
        """The suggestion for k, or why there is none."""
        n_unique = 0 if self.histogram is None else self.histogram.n_colors
        return elbow(self._curve.points, self._curve.maximum, n_unique)

    def palette_at(self, k: int) -> NDArray[np.uint8] | None:
        """Return the visible sRGB entries (m, 3) at a k, dark to light; None if not measured."""
        measured = self._curve.get(min(k, self._curve.maximum))
        return None if measured is None else measured.palette

    # -- what to work on -----------------------------------------------------------------------

    def set_source(self, histogram: ColorHistogram | None) -> None:
        """Turn to another picture, or to none; all curves are forgotten.

        Parameters
        ----------
        histogram : ColorHistogram or None
            Its colours, with `inverse`. Its own problem is not touched.
        """
        self._halt()
        self.histogram = histogram
        self.curves.clear()
        self._hints.forget_picture()
        self._choose_curve()

    def set_settings(self, settings: Settings) -> None:
        """Turn to other settings; the errors of their k are measured before all others.

        Another k or quality level restarts nothing.
        """
        before, self.settings = self.settings, settings
        if curve_key(before) != curve_key(settings):
            self._halt()
            self._choose_curve()
        elif before != settings:
            self._set_missing(None)
            self._go_on()

    def set_palette(self, palette: NDArray[np.uint8] | None) -> None:
        """Tell the visible entries (m, 3) of the result, the palette that colours are missing in.

        None as long as there is no result: then the curve's is looked at, if it will be the same.
        """
        self._hints.palette = palette
        self._go_on()

    def _choose_curve(self) -> None:
        self._release()
        self._measurer = None
        self._curve = Curve(0)
        self.error = ""
        if self.histogram is not None:
            self._curve, self._measurer = self.curves.choose(self.histogram, self.settings)
        self._set_missing(None)
        self._tell()
        self._go_on()

    # -- giving way ----------------------------------------------------------------------------

    def pause(self) -> None:
        """Stop until `resume`; what is measured stays."""
        self.is_paused = True
        self._halt()
        self._release()
        self._go_on()

    def resume(self) -> None:
        """Go on after `pause`, or try again after a failure."""
        self.is_paused = False
        self.error = ""
        self._go_on()

    def yield_to_user(self, busy: bool) -> None:
        """Stand still while a person's own work wants the processor.

        Parameters
        ----------
        busy : bool
            Whether it does. Once it does no longer, and a moment has passed, the advisor goes on.
        """
        if busy == self._busy:
            return
        self._busy = busy
        if busy:
            self._idle.stop()
            self._halt()
            self._go_on()
        elif not self._closed:
            self._idle.start()

    def close(self) -> None:
        """Stop for good and end the threads. Call before it is deleted."""
        self._closed = True
        self._idle.stop()
        self._news.stop()
        self._crew.close()
        self._release()

    def _halt(self) -> None:
        self._crew.halt()
        self._hints.halt()

    def _release(self) -> None:
        if self._measurer is not None:
            self._measurer.release()

    # -- work ----------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Give free workers something to do, and say what state that makes."""
        if self._closed:
            return
        waiting = self._busy or self._idle.isActive()
        if self.histogram is not None and not waiting and not self.error:
            while self._crew.has_free and (self._hint() or self._measure()):
                pass
        if self._curve.is_complete and self._crew.is_idle:
            self._release()
        self._set_state(self._present_state(waiting))

    def _present_state(self, waiting: bool) -> AdvisorState:
        if self.histogram is None:
            return AdvisorState.EMPTY
        if self.error:
            return AdvisorState.FAILED
        if self._curve.is_complete:
            return AdvisorState.DONE
        if self.is_paused:
            return AdvisorState.PAUSED
        return AdvisorState.WAITING if waiting else AdvisorState.WORKING

    def _measure(self) -> bool:
        """Give a free worker the next tasks; False where there are none for it."""
        curve, measurer = self._curve, self._measurer
        if measurer is None or self.is_paused:
            return False
        busy = {task.k for task in self._crew.tasks}
        chosen = jobs.next_tasks(curve, self._shown_k, busy, self._seconds)
        if not chosen:
            return False
        known = tuple((task, curve.get(task.k)) for task in chosen)
        self._crew.start(lambda number: jobs.MeasureRequest(number, curve, measurer, known), chosen)
        return True

    def _hint(self) -> bool:
        """Look for missing colours, where more could be said about them than was."""
        make = self._hints.ask(self.histogram, self._curve, self.settings)
        if make is None:
            return False
        self._crew.start(make)
        return True

    @property
    def _shown_k(self) -> int:
        return min(self.settings.k, self._curve.maximum)

    def _on_delivered(self, payload: object) -> None:
        if isinstance(payload, jobs.Batch):
            for measured in payload.measured:
                payload.curve.add(measured)
            self._seconds = payload.seconds / len(payload.measured)
            if payload.curve is self._curve and not self._news.isActive() and not self._closed:
                self._news.start()
        elif isinstance(payload, jobs.Hint) and self._hints.take(payload):
            self._set_missing(payload.missing)

    def _on_failed(self, message: str) -> None:
        self._hints.halt()
        self._release()
        self.error = message
        self._go_on()

    # -- what is told --------------------------------------------------------------------------

    def _tell(self) -> None:
        self._news.stop()
        self.pointsChanged.emit()
        self.progressChanged.emit()

    def _set_state(self, state: AdvisorState) -> None:
        if state is not self.state:
            self.state = state
            self.stateChanged.emit()

    def _set_missing(self, missing: tuple[MissingColor, ...] | None) -> None:
        if missing is None:
            self._hints.forget()
        if missing != self.missing:
            self.missing = missing
            self.missingChanged.emit()
