"""Animator: has animations previewed and written in a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from colorquant_gui.session.animation_job import (
    AnimationRequest,
    Preview,
    PreviewRequest,
    SizeEstimate,
)
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from colorquant_gui.session.animation import AnimationSettings
    from colorquant_gui.session.animation_job import Material


class Animator(QObject):
    """Does one thing at a time, and says nothing of what is no longer wanted.

    The thread starts with the first thing to do.

    Attributes
    ----------
    previewed : Signal(Preview)
        The first and the last frame.
    estimated : Signal(int)
        About how many bytes the file would have.
    progressed : Signal(int)
        So many frames are written.
    written : Signal()
        All of it is.
    failed : Signal(str)
        It could not be done; a sentence for a person.

    Parameters
    ----------
    parent : QObject, optional
        Qt parent.
    """

    previewed = Signal(object)
    estimated = Signal(object)  # an int of Qt's would end at 2 GB
    progressed = Signal(int)
    written = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._generation = 0
        self._is_writing = False

    def preview(
        self, material: Material, settings: AnimationSettings, width: int, height: int
    ) -> None:
        """Draw the first and the last frame, then estimate the size of the file.

        Parameters
        ----------
        material : Material
            What it is made of.
        settings : AnimationSettings
            What was chosen.
        width, height : int
            Room for each frame, in pixels.
        """
        self._start(writing=False).submit(
            PreviewRequest(self._generation, material, settings, width, height)
        )

    def write(self, material: Material, settings: AnimationSettings, path: Path) -> int:
        """Write the run as long as it is now, even if it goes on.

        Parameters
        ----------
        material : Material
            What it is made of.
        settings : AnimationSettings
            What was chosen.
        path : Path
            The file, or the new folder of a sequence.

        Returns
        -------
        int
            How many frames there will be.

        Raises
        ------
        InvalidParameterError
            There is no run to show yet.
        """
        plan = material.plan(settings)
        self._start(writing=True).submit(
            AnimationRequest(self._generation, material, settings, plan, path)
        )
        return len(plan)

    def cancel(self) -> None:
        """Stop at the next chance; what was there before stays."""
        self._generation += 1
        if self._worker is not None:
            self._worker.cancel()

    def close(self) -> None:
        """Stop, and end the thread."""
        self._generation += 1
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _start(self, *, writing: bool) -> Worker:
        self._generation += 1
        self._is_writing = writing
        if self._worker is None:
            self._worker = Worker("animator", self)
            self._worker.delivered.connect(self._on_delivered)
            self._worker.ended.connect(self._on_ended)
            self._worker.failed.connect(self._on_failed)
        return self._worker

    @Slot(int, object)
    def _on_delivered(self, generation: int, payload: object) -> None:
        if generation != self._generation:
            return
        if isinstance(payload, Preview):
            self.previewed.emit(payload)
        elif isinstance(payload, SizeEstimate):
            self.estimated.emit(payload.n_bytes)
        elif isinstance(payload, int):
            self.progressed.emit(payload)

    @Slot(int)
    def _on_ended(self, generation: int) -> None:
        if generation == self._generation and self._is_writing:
            self.written.emit()

    @Slot(int, str)
    def _on_failed(self, generation: int, message: str) -> None:
        if generation == self._generation:
            self.failed.emit(message)
