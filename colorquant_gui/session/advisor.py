"""Advisor: what every k would give and cost, found out while nobody else needs the processor."""

from __future__ import annotations

from collections import OrderedDict
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from colorquant_gui.core.advisor import (
    QUALITY,
    ColorCells,
    Curve,
    Elbow,
    Measurer,
    elbow,
)
from colorquant_gui.core.newest import Newest
from colorquant_gui.session.advisor_crew import Crew
from colorquant_gui.session.advisor_jobs import (
    BATCH_SECONDS,
    Batch,
    Hint,
    MeasureRequest,
    MissingRequest,
)
from colorquant_gui.session.advisor_state import AdvisorState, Progress
from colorquant_gui.session.settings import PICKS, Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core import ColorHistogram
    from colorquant_gui.core.advisor import CurvePoint, Measured, MissingColor

# As many as an ordinary machine has cores; each works on another k, on one thread.
_N_WORKERS = 2
# Milliseconds of quiet after a person's work before it goes on, and between two signals.
_IDLE_MS, _SIGNAL_MS = 150, 50
_MOST_TASKS = 16
_MOST_CURVES = 32

_Key = tuple[str, str, int, tuple[tuple[int, int, int], ...]]


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
        self._histogram: ColorHistogram | None = None
        self._settings = Settings()
        self._curves: OrderedDict[_Key, Curve] = OrderedDict()
        self._curve = Curve(0)
        self._measurer: Measurer | None = None
        self._cells: Newest[ColorCells] = Newest()
        # what the colours named were looked for in, and what is being looked in now
        self._hinted: object = None
        self._hinting: object = None
        self._seconds = BATCH_SECONDS
        self._busy = self._paused = self._closed = False
        self._crew = Crew(_N_WORKERS, self)
        self._crew.delivered.connect(self._on_delivered)
        self._crew.freed.connect(self._go_on)
        self._crew.failed.connect(self._on_failed)
        self._idle = self._timer(_IDLE_MS, self._go_on)
        self._news = self._timer(_SIGNAL_MS, self._tell)

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

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
        n_unique = 0 if self._histogram is None else self._histogram.n_colors
        return elbow(self._curve.points, self._curve.maximum, n_unique)

    def palette_at(self, k: int) -> NDArray[np.uint8] | None:
        """Return the visible entries of the palette at a k, at Standard quality.

        Parameters
        ----------
        k : int
            Palette entries; beyond `maximum` it is that one's palette.

        Returns
        -------
        ndarray of uint8, shape (m, 3), or None
            sRGB colours from dark to light; None where that k isn't measured yet.
        """
        measured = self._curve.get(min(k, self._curve.maximum))
        return None if measured is None else measured.palette

    def measured_for(self, settings: Settings) -> Measured | None:
        """Return what a run of these settings would end in, where that is known.

        Parameters
        ----------
        settings : Settings
            The settings.

        Returns
        -------
        Measured or None
            None where it isn't measured yet, and at quality levels other than Standard.
        """
        curve = self._curves.get(_key(settings))
        if curve is None or settings.quality != QUALITY or settings.seeding == PICKS:
            return None
        return curve.get(min(settings.k, curve.maximum))

    def palette_for(self, settings: Settings) -> NDArray[np.uint8] | None:
        """Return the palette that a run of these settings would end in, where that is known.

        Parameters
        ----------
        settings : Settings
            The settings.

        Returns
        -------
        ndarray of uint8, shape (m, 3), or None
            Its visible entries, from dark to light; None as in `measured_for`.
        """
        measured = self.measured_for(settings)
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
        self._histogram = histogram
        self._curves.clear()
        self._cells = Newest()
        self._choose_curve()

    def set_settings(self, settings: Settings) -> None:
        """Turn to other settings; another k or quality level restarts nothing.

        Parameters
        ----------
        settings : Settings
            The settings. The errors of their k are measured before all others.
        """
        before, self._settings = self._settings, settings
        if _key(before) != _key(settings):
            self._halt()
            self._choose_curve()
        elif before.k != settings.k:
            self._set_missing(None)
            self._go_on()

    def _choose_curve(self) -> None:
        self._release()
        self._measurer = None
        self._curve = Curve(0)
        self.error = ""
        if self._histogram is not None:
            key = _key(self._settings)
            self._measurer = Measurer(self._histogram, *key)
            self._curve = self._curves.setdefault(key, Curve(self._measurer.maximum))
            self._curves.move_to_end(key)
            while len(self._curves) > _MOST_CURVES:
                self._curves.popitem(last=False)
        self._set_missing(None)
        self._tell()
        self._go_on()

    # -- giving way ----------------------------------------------------------------------------

    @property
    def is_paused(self) -> bool:
        """Whether a person paused it."""
        return self._paused

    def pause(self) -> None:
        """Stop until `resume`; what is measured stays."""
        self._paused = True
        self._halt()
        self._release()
        self._go_on()

    def resume(self) -> None:
        """Go on after `pause`, or try again after a failure."""
        self._paused = False
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
        self._hinting = None

    def _release(self) -> None:
        if self._measurer is not None:
            self._measurer.release()

    # -- work ----------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Give free workers something to do, and say what state that makes."""
        if self._closed:
            return
        waiting = self._busy or self._idle.isActive()
        if self._histogram is not None and not waiting and not self.error:
            while self._crew.has_free and (self._hint() or self._measure()):
                pass
        if self._curve.is_complete and self._crew.is_idle:
            self._release()
        self._set_state(self._present_state(waiting))

    def _present_state(self, waiting: bool) -> AdvisorState:
        if self._histogram is None:
            return AdvisorState.EMPTY
        if self.error:
            return AdvisorState.FAILED
        if self._curve.is_complete:
            return AdvisorState.DONE
        if self._paused:
            return AdvisorState.PAUSED
        return AdvisorState.WAITING if waiting else AdvisorState.WORKING

    def _measure(self) -> bool:
        """Give a free worker the next tasks; False where there are none for it."""
        curve, measurer, running = self._curve, self._measurer, self._crew.tasks
        if measurer is None or self._paused:
            return False
        tasks = curve.tasks(self._shown_k, {task.k for task in running})
        count = max(1, min(_MOST_TASKS, int(BATCH_SECONDS / self._seconds)))
        chosen = tuple(islice(tasks, count))
        # of one kind, so that the time they take says something about the next
        chosen = tuple(task for task in chosen if task.stage is chosen[0].stage)
        if not chosen:
            return False
        known = tuple((task, curve.get(task.k)) for task in chosen)
        self._crew.start(lambda number: MeasureRequest(number, curve, measurer, known), chosen)
        return True

    def _hint(self) -> bool:
        """Look for missing colours, where more could be said about them than was."""
        histogram, curve, cells, k = self._histogram, self._curve, self._cells, self._shown_k
        all_measured = curve.n_measured == len(curve.order)
        subject = (curve, k, curve.has_first, all_measured)
        known = subject in (self._hinted, self._hinting)
        if histogram is None or curve.get(k) is None or known:
            return False
        self._hinting = subject
        # from a few points anywhere, much too great a k would be offered
        palettes = {
            n: palette for n, palette in curve.palettes.items() if curve.has_first or n == k
        }
        self._crew.start(
            lambda number: MissingRequest(number, subject, histogram, cells, k, palettes)
        )
        return True

    @property
    def _shown_k(self) -> int:
        return min(self._settings.k, self._curve.maximum)

    def _on_delivered(self, payload: object) -> None:
        if isinstance(payload, Batch):
            for measured in payload.measured:
                payload.curve.add(measured)
            self._seconds = payload.seconds / len(payload.measured)
            if payload.curve is self._curve and not self._news.isActive() and not self._closed:
                self._news.start()
        elif isinstance(payload, Hint) and payload.subject == self._hinting:
            self._hinted, self._hinting = self._hinting, None
            self._set_missing(payload.missing)

    def _on_failed(self, message: str) -> None:
        self._hinting = None
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
            self._hinted = self._hinting = None
        if missing != self.missing:
            self.missing = missing
            self.missingChanged.emit()


def _key(settings: Settings) -> _Key:
    """Say what a curve depends on, besides the picture; Wu's seeding has no chance in it."""
    if settings.seeding == PICKS:
        return settings.color_space, "wu", 0, settings.picks
    seed = 0 if settings.seeding == "wu" else settings.seed
    return settings.color_space, settings.seeding, seed, ()
