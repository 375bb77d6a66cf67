"""Run: the fit of the open picture at the present settings, from the seeding to the bytes."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.core import IndexedImage
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.session.fit_jobs import FitRequest, Iterations, KeepRequest, PaletteRequest
from colorquant_gui.session.history import History
from colorquant_gui.session.labels import LabelSource
from colorquant_gui.session.playback import Playback
from colorquant_gui.session.save_jobs import EncodeRequest
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.settings import Settings


class RunState(enum.Enum):
    """Where the run of the current settings stands."""

    IDLE = "idle"
    RUNNING = "running"
    CONVERGED = "converged"
    STOPPED = "stopped"
    FAILED = "failed"


class Run(QObject):
    """Fits in a thread of its own, keeps the history and has it played, encodes the result.

    Attributes
    ----------
    changed : Signal()
        The run started, grew, ended or failed.
    resultChanged : Signal()
        `result` is another one, or None because it is out of date.
    encodedChanged : Signal()
        `encoded` is there, or no longer.
    ended : Signal(bool)
        There will be no result, because the run was stopped (False) or failed (True).
    failed : Signal(str)
        Something failed; a sentence for a person.
    state : RunState
        Where it stands.
    history : History
        Its iterations.
    playback : Playback
        Plays them.
    result : IndexedImage or None
        What came out.
    encoded : bytes or None
        What would be saved.
    search_progress : float or None
        Part of a search that is done, 0..1; None where nothing is searched.
    is_preview : bool
        Whether the run is a preview while a control moves.
    is_keeping : bool
        Whether a stopped search is being made a result.
    is_encoding : bool
        Whether `encoded` is being made.
    """

    changed = Signal()
    resultChanged = Signal()
    encodedChanged = Signal()
    ended = Signal(bool)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = RunState.IDLE
        self.history = History()
        self.labels = LabelSource(self)
        self.playback = Playback(self.labels, parent=self)
        self.result: IndexedImage | None = None
        self.encoded: bytes | None = None
        self.search_progress: float | None = None
        self.is_preview = self.is_keeping = self.is_encoding = False
        self._histogram: ColorHistogram | None = None
        self._settings = self.history.settings
        self._generation = self._first_generation = 0
        self._fitter = self._worker("fitter", self._on_delivered, self._on_failed)
        self._fitter.ended.connect(self._on_ended)
        self._encoder = self._worker("encoder", self._on_encoded, self._on_encode_failed)
        self.labels.failed.connect(self.failed)

    def _worker(self, name: str, delivered: object, failed: object) -> Worker:
        worker = Worker(name, self)
        worker.delivered.connect(delivered)
        worker.failed.connect(failed)
        return worker

    def set_picture(self, histogram: ColorHistogram | None) -> None:
        """Turn to another picture; what is still delivered of the one before is dropped.

        Parameters
        ----------
        histogram : ColorHistogram or None
            Its colours; None where there is none.
        """
        self._histogram = histogram
        self._generation += 1
        self._first_generation = self._generation + 1
        self._fitter.cancel()
        self.playback.pause()
        self.labels.clear()
        if histogram is None:
            self.state = RunState.IDLE
            self.is_preview = self.is_keeping = False
            self.history = History()
            self._drop_result()
            self.changed.emit()

    def start(
        self,
        settings: Settings,
        *,
        preview: bool = False,
        palette: NDArray[np.uint8] | None = None,
    ) -> None:
        """Run from the seeding; the run before ends.

        Parameters
        ----------
        settings : Settings
            The settings.
        preview : bool
            Only a few steps from what is on show, if it is to be had.
        palette : ndarray of uint8, shape (n, 3), optional
            For a preview: what a whole run would end with, where that is known.
        """
        if self._histogram is None:
            return
        self._generation += 1
        self._drop_result()
        start = self._shown_centroids(settings) if preview else None
        self._settings = settings
        self.is_preview, self.is_keeping = preview, False
        self.state = RunState.RUNNING
        self.search_progress = None
        if not (preview and len(self.history)):
            self._new_history(settings)
        if preview and palette is not None:
            self._fitter.submit(
                PaletteRequest(self._generation, self._histogram, settings, palette)
            )
        else:
            self._fitter.submit(
                FitRequest(self._generation, self._histogram, settings, preview, start)
            )
        self.changed.emit()

    def stop(self) -> None:
        """Stop where it is; a finished run's animation jumps to its end."""
        if self.state is not RunState.RUNNING:
            self.playback.skip_to_end()
            return
        self._generation += 1
        self._fitter.cancel()
        self.state = RunState.STOPPED
        latest, histogram, settings = self.history.latest, self._histogram, self._settings
        is_own = not self.is_preview and self.history.settings == settings
        if QUALITIES[settings.quality].search and is_own and latest and histogram:
            # a search is worth what it has found so far
            self.is_keeping = True
            self._fitter.submit(KeepRequest(self._generation, histogram, settings, latest))
            self.playback.skip_to_end()
        else:
            self.history.finished = True
            self.playback.pause()
            self.ended.emit(False)
        self.changed.emit()

    def _shown_centroids(self, settings: Settings) -> NDArray[np.float64] | None:
        """Return where a preview can start from: the newest centroids of this picture."""
        latest = self.history.latest
        if latest is None or self.history.settings.color_space != settings.color_space:
            return None
        return latest.centroids

    def _new_history(self, settings: Settings) -> None:
        assert self._histogram is not None
        self.history = History(settings)
        self.labels.set_run(self._histogram, self.history)
        self.playback.start(self.history, instant=self.is_preview)

    def _on_delivered(self, generation: int, payload: object) -> None:
        if isinstance(payload, IndexedImage):
            if generation == self._generation:
                self._finish(payload)
            return
        if isinstance(payload, float) and generation == self._generation:
            self.search_progress = payload
            self.changed.emit()
        if not isinstance(payload, Iterations):
            return
        # A preview that a newer one is waiting behind is still worth a look.
        stale = generation != self._generation and not self.is_preview
        if stale or generation < self._first_generation:
            return
        if payload.iterations[0].number == 0:
            self._new_history(payload.settings)
        self.history.extend(payload.iterations)
        for iteration in payload.iterations:
            self.labels.put(iteration)
        self.playback.grown()
        self.changed.emit()

    def _finish(self, result: IndexedImage) -> None:
        self.result = result
        self.is_keeping = False
        if self.state is not RunState.STOPPED:
            self.state = RunState.CONVERGED
        self.history.finished = True
        self.resultChanged.emit()
        self.playback.grown()
        if not self.is_preview:
            self.is_encoding = True
            self._encoder.submit(EncodeRequest(self._generation, result))
        self.changed.emit()

    def _on_ended(self, generation: int) -> None:
        if generation == self._generation and self.is_preview:
            self.history.finished = True
            self.playback.grown()

    def _on_failed(self, generation: int, message: str) -> None:
        if generation != self._generation:
            return
        self.state = RunState.FAILED
        self.is_keeping = False
        self.history.finished = True
        self.playback.pause()
        self.ended.emit(True)
        self.changed.emit()
        self.failed.emit(message)

    def _drop_result(self) -> None:
        self._encoder.cancel()
        self.is_encoding = False
        had_result, had_bytes = self.result is not None, self.encoded is not None
        self.result = self.encoded = None
        if had_bytes:
            self.encodedChanged.emit()
        if had_result:
            self.resultChanged.emit()

    def _on_encoded(self, generation: int, payload: object) -> None:
        if generation == self._generation and isinstance(payload, bytes):
            self.is_encoding = False
            self.encoded = payload
            self.encodedChanged.emit()

    def _on_encode_failed(self, generation: int, message: str) -> None:
        if generation == self._generation:
            self.is_encoding = False
            self.changed.emit()
            self.failed.emit(message)

    def close(self) -> None:
        """Cancel what runs and end the threads."""
        self._generation += 1
        self.playback.pause()
        for worker in (self._fitter, self._encoder):
            worker.close()
        self.labels.close()
