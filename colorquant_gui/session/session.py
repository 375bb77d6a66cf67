"""Session: the single source of truth about the open picture, its settings and its run."""

from __future__ import annotations

import enum
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from colorquant_gui.core import IndexedImage
from colorquant_gui.session.commands import ChangeSettings
from colorquant_gui.session.history import History
from colorquant_gui.session.jobs import (
    EncodeRequest,
    FitRequest,
    Iterations,
    KeepRequest,
    LoadRequest,
    OpenPicture,
    PendingPicture,
)
from colorquant_gui.session.playback import Playback
from colorquant_gui.session.saver import Saver
from colorquant_gui.session.settings import Settings
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.image import SourceImage


class RunState(enum.Enum):
    """Where the run of the current settings stands."""

    IDLE = "idle"
    RUNNING = "running"
    CONVERGED = "converged"
    STOPPED = "stopped"
    FAILED = "failed"


class Session(QObject):
    """One open picture and what is being done with it.

    Widgets report what a person did by calling the methods below; what changed comes back as
    signals. Loading, fitting, encoding and saving happen in threads of their own.

    Attributes
    ----------
    loadingChanged : Signal(str)
        Name of the picture being opened; empty when none is.
    sourceChanged : Signal()
        Another picture is open.
    settingsChanged : Signal(Settings)
        Other settings are in force.
    runChanged : Signal()
        A run started, grew, ended or failed.
    resultChanged : Signal()
        `result` is another one, or None because it is out of date.
    encodedChanged : Signal()
        `encoded` is there, or no longer.
    savingChanged : Signal(bool)
        A save waits or is under way, or no longer.
    saved : Signal(Path)
        A file was written.
    problem : Signal(str)
        Something failed; a sentence for a person.
    notice : Signal(str)
        Something worth saying that is not a failure.
    """

    loadingChanged = Signal(str)
    sourceChanged = Signal()
    settingsChanged = Signal(object)
    runChanged = Signal()
    resultChanged = Signal()
    encodedChanged = Signal()
    savingChanged = Signal(bool)
    saved = Signal(object)
    problem = Signal(str)
    notice = Signal(str)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings or Settings()
        self.source: SourceImage | None = None
        self.histogram: ColorHistogram | None = None
        self.result: IndexedImage | None = None
        self.encoded: bytes | None = None
        self.state = RunState.IDLE
        self.search_progress: float | None = None
        self.history = History()
        self.undo_stack = QUndoStack(self)
        self.playback = Playback(parent=self)
        self._generation = 0
        self._load_generation = 0
        self._source_generation = 0
        self._loading_name = ""
        self._live = False
        self._editing = self._previewing = self._keeping = False
        self._edit = 0
        self._saving_for = self.settings
        self._closed = False
        self._loader = self._worker("loader", self._on_loaded, self._on_load_failed)
        self._fitter = self._worker("fitter", self._on_fit_delivered, self._on_fit_failed)
        self._fitter.ended.connect(self._on_fit_ended)
        self._encoder = self._worker("encoder", self._on_encoded, self._on_encode_failed)
        self._saver = Saver(self)
        self._saver.busyChanged.connect(self.savingChanged)
        self._saver.saved.connect(self.saved)
        self._saver.failed.connect(self.problem)

    def _worker(self, name: str, delivered: object, failed: object) -> Worker:
        worker = Worker(name, self)
        worker.delivered.connect(delivered)
        worker.failed.connect(failed)
        return worker

    # -- the picture ---------------------------------------------------------------------------

    @property
    def is_loading(self) -> bool:
        """Whether a picture is being opened."""
        return self._loading_name != ""

    def open(self, picture: Path | SourceImage | PendingPicture) -> None:
        """Open a picture; the present one stays until the new one is ready.

        Parameters
        ----------
        picture : Path, SourceImage or PendingPicture
            A file, or a picture that came another way.
        """
        self._load_generation += 1
        self._set_loading(picture.name or str(picture))
        self._loader.submit(LoadRequest(self._load_generation, picture))

    def cancel_loading(self) -> None:
        """Stop opening a picture; the present one stays."""
        self._load_generation += 1
        self._loader.cancel()
        self._set_loading("")

    def _set_loading(self, name: str) -> None:
        self._loading_name = name
        self.loadingChanged.emit(name)

    def _on_loaded(self, generation: int, payload: object) -> None:
        if generation != self._load_generation or not isinstance(payload, OpenPicture):
            return
        self.source, self.histogram = payload.source, payload.histogram
        self._set_loading("")
        self._source_generation = self._generation + 1
        self._saver.give_up_waiting(self.tr("another picture was opened first"))
        self.sourceChanged.emit()
        self._start_run()
        if payload.source.notes:
            self.notice.emit(" ".join(payload.source.notes))

    def _on_load_failed(self, generation: int, message: str) -> None:
        if generation == self._load_generation:
            self._set_loading("")
            self.problem.emit(message)

    # -- settings ------------------------------------------------------------------------------

    @property
    def is_previewing(self) -> bool:
        """Whether what is shown are previews while a control moves."""
        return self._live

    def begin_edit(self) -> None:
        """Note that a control moves: until `end_edit` there are previews and one undo step."""
        if not self._editing:
            self._editing = True
            self._edit += 1

    def end_edit(self) -> None:
        """Note that the control rests, and start the full run."""
        self._editing = False
        if self._live:
            self._start_run()

    def set(self, text: str, **changes: object) -> None:
        """Change settings.

        Parameters
        ----------
        text : str
            What the change is called in the Edit menu.
        **changes
            Fields of `Settings` and their new values.

        Raises
        ------
        InvalidParameterError
            A value is out of its range; nothing has changed then.
        """
        after = replace(self.settings, **changes)  # type: ignore[arg-type]
        if after == self.settings:
            return
        edit = self._edit if self._editing else -1
        self._previewing = self._editing
        self.undo_stack.push(ChangeSettings(text, self.settings, after, self._apply, edit))
        self._previewing = False

    def _apply(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        self.settings = settings
        self.settingsChanged.emit(settings)
        self._start_run(live=self._previewing)

    # -- the run -------------------------------------------------------------------------------

    @property
    def effective_k(self) -> int:
        """Palette entries the picture can have at the current settings, at most k."""
        if self.histogram is None or self.source is None:
            return self.settings.k
        return min(self.settings.k, self.histogram.n_colors + (self.source.mask is not None))

    def restart_run(self) -> None:
        """Run again from the seeding, and show it from there."""
        self._start_run()

    def stop_run(self) -> None:
        """Stop the run where it is; a finished run's animation jumps to its end."""
        if self.state is not RunState.RUNNING:
            self.playback.skip_to_end()
            return
        self._generation += 1
        self._fitter.cancel()
        self.state = RunState.STOPPED
        latest, histogram = self.history.latest, self.histogram
        is_own = not self._live and self.history.settings == self.settings
        if self.settings.quality == "best" and is_own and latest and histogram:
            # a search is worth what it has found so far
            self._keeping = True
            self._fitter.submit(KeepRequest(self._generation, histogram, self.settings, latest))
            self.playback.skip_to_end()
        else:
            self.playback.stop()
            self._saver.give_up_waiting(self.tr("the run was stopped"))
        self.runChanged.emit()

    def _start_run(self, *, live: bool = False) -> None:
        if self.histogram is None or self._closed:
            return
        self._generation += 1
        self._live = live
        self._keeping = False
        if self._saver.is_waiting and self.settings != self._saving_for:
            self._saver.give_up_waiting(self.tr("the settings were changed first"))
        self._drop_result()
        start = self._shown_centroids() if live else None
        request = FitRequest(self._generation, self.histogram, self.settings, live, start)
        self.state = RunState.RUNNING
        self.search_progress = None
        if not (live and len(self.history)):
            self._new_history(self.settings)
        self._fitter.submit(request)
        self.runChanged.emit()

    def _shown_centroids(self) -> NDArray[np.float64] | None:
        """Return where a preview can start from: the newest centroids of this picture."""
        latest = self.history.latest
        if latest is None or self.history.settings.color_space != self.settings.color_space:
            return None
        return latest.centroids

    def _new_history(self, settings: Settings) -> None:
        self.history = History(settings)
        self.playback.play(self.history, instant=self._live)

    def _on_fit_delivered(self, generation: int, payload: object) -> None:
        if isinstance(payload, IndexedImage):
            if generation == self._generation:
                self._finish(payload)
            return
        if isinstance(payload, float) and generation == self._generation:
            self.search_progress = payload
            self.runChanged.emit()
        if not isinstance(payload, Iterations):
            return
        # A preview that a newer one is waiting behind is still worth a look.
        stale = generation != self._generation and not self._live
        if stale or generation < self._source_generation:
            return
        if payload.iterations[0].number == 0:
            self._new_history(payload.settings)
        self.history.extend(payload.iterations)
        self.playback.grown()
        self.runChanged.emit()

    def _finish(self, result: IndexedImage) -> None:
        self.result = result
        self._keeping = False
        if self.state is not RunState.STOPPED:
            self.state = RunState.CONVERGED
        self.history.finished = True
        self.resultChanged.emit()
        self.runChanged.emit()
        self.playback.grown()
        self._encoder.submit(EncodeRequest(self._generation, result))
        self._saver.set_result(result)

    def _on_fit_ended(self, generation: int) -> None:
        if generation == self._generation and self._live:
            self.history.finished = True
            self.playback.grown()

    def _on_fit_failed(self, generation: int, message: str) -> None:
        if generation != self._generation:
            return
        self.state = RunState.FAILED
        self._keeping = False
        self.playback.stop()
        self._saver.give_up_waiting(self.tr("the run failed"))
        self.runChanged.emit()
        self.problem.emit(message)

    def _drop_result(self) -> None:
        self._encoder.cancel()
        self._saver.set_result(None)
        if self.encoded is not None:
            self.encoded = None
            self.encodedChanged.emit()
        if self.result is not None:
            self.result = None
            self.resultChanged.emit()

    # -- what is saved -------------------------------------------------------------------------

    def _on_encoded(self, generation: int, payload: object) -> None:
        if generation == self._generation and isinstance(payload, bytes):
            self.encoded = payload
            self._saver.set_result(self.result, payload)
            self.encodedChanged.emit()

    def _on_encode_failed(self, generation: int, message: str) -> None:
        if generation == self._generation:
            self.problem.emit(message)

    @property
    def is_saving(self) -> bool:
        """Whether a save waits for the result or is being written."""
        return self._saver.is_busy

    def save(self, path: Path) -> None:
        """Write the converged result; where it isn't there yet, as soon as it is.

        Parameters
        ----------
        path : Path
            The file to write.
        """
        if self.source is None:
            return
        self._saving_for = self.settings
        stopped = self.state in (RunState.STOPPED, RunState.FAILED)
        if stopped and self.result is None and not self._keeping:
            self._start_run()
        self._saver.save(path)

    def cancel_save(self) -> None:
        """Give up saves that wait; one that is being written is dropped if there is still time."""
        self._saver.cancel()

    # -- the end -------------------------------------------------------------------------------

    def close(self) -> None:
        """Cancel what runs, let a save finish, and end the threads. Call before it is deleted."""
        if self._closed:
            return
        self._closed = True
        self._generation += 1
        self._load_generation += 1
        self.playback.stop()
        for worker in (self._loader, self._fitter, self._encoder):
            worker.close()
        self._saver.close()
