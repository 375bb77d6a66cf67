"""Errand: makes the newest wanted thing on another thread, and forgets all older wishes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import partial
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

Made = TypeVar("Made")
Maker = Callable[[Callable[[], bool]], Made | None]

_SETTLE_MS = 60


class _Mailbox(QObject):
    """Carries results to the thread of the errand. A job keeps it alive, the errand may die."""

    delivered: ClassVar[Signal] = Signal(object, object)


class _Job(QRunnable, Generic[Made]):
    def __init__(self, make: Maker[Made], mailbox: _Mailbox) -> None:
        super().__init__()
        self._make = make
        self._mailbox = mailbox
        self.cancelled = False

    def run(self) -> None:
        made = None if self.cancelled else self._make(lambda: self.cancelled)
        if made is not None and not self.cancelled:
            # Qt deletes the mailbox when the program ends, and does not wait for this
            with suppress(RuntimeError):
                self._mailbox.delivered.emit(self, made)


def _cancel(jobs: list[_Job[Made]], *_: object) -> None:
    for job in jobs:
        job.cancelled = True
    jobs.clear()


class Errand(QObject, Generic[Made]):
    """Keeps what was made for the newest wish: `request` it, hear `ready`, take it with `made`.

    Parameters
    ----------
    parent : QObject, optional
        Its owner.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = _Mailbox()
        self._mailbox.delivered.connect(self._receive)
        self._timer = QTimer(self)
        self._timer.setObjectName("errandTimer")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self._start)
        self._wanted: Hashable = None
        self._make: Maker[Made] | None = None
        # a list, so that what outlives the errand can reach the job
        self._jobs: list[_Job[Made]] = []
        self.destroyed.connect(partial(_cancel, self._jobs))
        self._key: Hashable = None
        self._made: Made | None = None

    def made(self, key: Hashable) -> Made | None:
        """Return what was made for a wish, or None while there is nothing."""
        return self._made if self._made is not None and key == self._key else None

    def request(self, key: Hashable, make: Maker[Made]) -> None:
        """Wish for something; the same wish again changes nothing.

        Parameters
        ----------
        key : hashable
            What tells this wish from others.
        make : callable
            Makes it on another thread, or returns None. Its argument answers whether to stop
            early.
        """
        if key == self._wanted:
            return
        self.cancel()
        self._wanted, self._make = key, make
        # a moving picture should not start, and throw away, a job at every step
        self._timer.start()

    def cancel(self) -> None:
        """Give up the wish; what is made already stays."""
        self._timer.stop()
        _cancel(self._jobs)
        self._make = self._wanted = None

    def clear(self) -> None:
        """Give up the wish and what was made."""
        self.cancel()
        self._made = self._key = None

    @Slot()
    def _start(self) -> None:
        if self._make is not None:
            job = _Job(self._make, self._mailbox)
            self._jobs.append(job)
            QThreadPool.globalInstance().start(job)

    @Slot(object, object)
    def _receive(self, job: _Job[Made], made: Made) -> None:
        if job in self._jobs:
            self._key, self._made = self._wanted, made
            self._jobs.clear()
            self._make = None
            self.ready.emit()
