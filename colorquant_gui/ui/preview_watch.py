"""PreviewWatch: whether something else is on show than the run that is told about."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from colorquant_gui.session import RunState

if TYPE_CHECKING:
    from colorquant_gui.session import Session
    from colorquant_gui.session.peek import Glimpse


class PreviewKind(enum.Enum):
    """Why the run is not what is on show."""

    MOVING = "moving"
    """A control moves, and makes way for another run where it rests."""
    GLIMPSE = "glimpse"
    """Another k is looked at for a moment; the run stays."""
    SEEDING = "seeding"
    """Another run has begun, and there is nothing of it yet."""


@dataclass(frozen=True)
class Preview:
    """What is on show in place of the run.

    Attributes
    ----------
    k : int
        Palette entries of what is on show, or is about to be.
    run_k : int
        Those of the run that the timeline and the charts are of.
    kind : PreviewKind
        Why it is there.
    """

    k: int
    run_k: int
    kind: PreviewKind


class PreviewWatch(QObject):
    """Tells when something else is on show than a run of which there are iterations.

    Attributes
    ----------
    changed : Signal(Preview or None)
        Another one is on show, or the run again (None).
    preview : Preview or None
        What is on show in place of the run.

    Parameters
    ----------
    session : Session
        What is shown.
    parent : QObject
        The owner.
    """

    changed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self._session = session
        self._run_k = 0
        self._glimpse: Glimpse | None = None
        session.sourceChanged.connect(self._forget)
        session.runChanged.connect(self._update)
        session.peek.changed.connect(self._look)
        self._update()

    @Slot()
    def _forget(self) -> None:
        self._glimpse = None
        self._update()
        # the run of another picture doesn't stay until there is one of this
        self._run_k = 0

    @Slot(object)
    def _look(self, glimpse: Glimpse | None) -> None:
        self._glimpse = glimpse
        self._update()

    @Slot()
    def _update(self) -> None:
        kind, session = self._kind(), self._session
        if kind is None and len(session.history):
            self._run_k = session.effective_k
        preview = None
        if kind is not None:
            glimpse = None if kind is PreviewKind.SEEDING else self._glimpse
            k = session.effective_k if glimpse is None else glimpse.k
            preview = Preview(k, self._run_k, kind)
        if preview != self.preview:
            self.preview = preview
            self.changed.emit(preview)

    def _kind(self) -> PreviewKind | None:
        session = self._session
        if session.histogram is None or not session.histogram.n_colors:
            return None
        if session.is_previewing:
            return PreviewKind.MOVING
        if self._run_k and session.state is RunState.RUNNING and not len(session.history):
            return PreviewKind.SEEDING
        return None if self._glimpse is None else PreviewKind.GLIMPSE
