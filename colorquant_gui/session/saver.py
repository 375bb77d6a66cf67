"""Saver: writes results one after the other; a save may wait for its result."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.session.save_jobs import SaveRequest
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.session.settings import Settings


class Saver(QObject):
    """Saves in the order asked for, in a thread of its own.

    Attributes
    ----------
    busyChanged : Signal(bool)
        A save more waits or is under way, or one fewer: whether there is any.
    saved : Signal(Path)
        A file was written.
    failed : Signal(str)
        A file could not be written, and why; what was there before still is.
    cancelled : Signal()
        Saves were given up because `cancel` was called.

    Parameters
    ----------
    parent : QObject, optional
        Qt parent.
    """

    busyChanged = Signal(bool)
    saved = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Path] = deque()
        self._settings: Settings | None = None
        self._generation = 0
        self._writing = False
        self._n_told = 0
        self._result: IndexedImage | None = None
        self._encoded: bytes | None = None
        self._worker = Worker("saver", self)
        self._worker.delivered.connect(self._on_delivered)
        self._worker.failed.connect(self._on_failed)

    @property
    def is_busy(self) -> bool:
        """Whether a save waits for the result or is being written."""
        return self._writing or bool(self._waiting)

    def set_result(self, result: IndexedImage | None, encoded: bytes | None = None) -> None:
        """Say what is to be saved; None while it is being computed.

        Parameters
        ----------
        result : IndexedImage or None
            The converged result.
        encoded : bytes, optional
            Its file as `EncodeRequest` makes it, where that is known already.
        """
        self._result, self._encoded = result, encoded
        self._next()

    def save(self, path: Path, settings: Settings) -> None:
        """Write the result to a file, as soon as there is one.

        Parameters
        ----------
        path : Path
            The file.
        settings : Settings
            What it is the result of.
        """
        self._settings = settings
        self._waiting.append(path)
        self._next()

    def set_settings(self, settings: Settings) -> None:
        """Say what the next result is of; a save that waits for another is given up.

        Parameters
        ----------
        settings : Settings
            Those of the run.
        """
        if self._waiting and settings != self._settings:
            self.give_up_waiting(self.tr("the settings were changed first"))

    def give_up_waiting(self, reason: str) -> None:
        """Give up the saves that wait, and say so.

        Parameters
        ----------
        reason : str
            Why, as the end of a sentence.
        """
        while self._waiting:
            path = self._waiting.popleft()
            self.failed.emit(self.tr("“{0}” was not saved: {1}.").format(path.name, reason))
        self._next()

    def cancel(self) -> None:
        """Give up all saves; the one being written is dropped if there is still time."""
        was_busy = self.is_busy
        self._worker.cancel()
        self._generation += 1
        self._writing = False
        self._waiting.clear()
        self._next()
        if was_busy:
            self.cancelled.emit()

    def close(self) -> None:
        """Finish the save that is being written and end the thread."""
        self._worker.close(finish=True)

    def _next(self) -> None:
        if self._waiting and self._result is not None and not self._writing:
            self._writing = True
            self._generation += 1
            path = self._waiting.popleft()
            self._worker.submit(SaveRequest(self._generation, path, self._result, self._encoded))
        n_saves = self._writing + len(self._waiting)
        if n_saves != self._n_told:
            self._n_told = n_saves
            self.busyChanged.emit(self.is_busy)

    def _on_delivered(self, generation: int, path: object) -> None:
        if generation == self._generation:
            self._writing = False
            self.saved.emit(path)
            self._next()

    def _on_failed(self, generation: int, message: str) -> None:
        if generation == self._generation:
            self._writing = False
            self.failed.emit(message)
            self._next()
