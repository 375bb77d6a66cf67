"""Smoother: makes the newest wanted image on another thread, and forgets all older wishes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot
from PySide6.QtGui import QImage

Maker = Callable[[Callable[[], bool]], QImage | None]

_SETTLE_MS = 60


class _Mailbox(QObject):
    """Carries results to the thread of the smoother. A job keeps it alive, the smoother may die."""

    delivered: ClassVar[Signal] = Signal(object, object)


class _Job(QRunnable):
    def __init__(self, make: Maker, mailbox: _Mailbox) -> None:
        super().__init__()
        self._make = make
        self._mailbox = mailbox
        self.cancelled = False

    def run(self) -> None:
        image = None if self.cancelled else self._make(lambda: self.cancelled)
        if image is not None and not self.cancelled:
            # Qt deletes the mailbox when the program ends, and does not wait for this
            with suppress(RuntimeError):
                self._mailbox.delivered.emit(self, image)


def _cancel(jobs: list[_Job], *_: object) -> None:
    for job in jobs:
        job.cancelled = True
    jobs.clear()


class Smoother(QObject):
    """Keeps one image per wish: `request` it, hear `ready`, take `image`.

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
        self._timer.setObjectName("smootherTimer")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self._start)
        self._wanted: Hashable = None
        self._make: Maker | None = None
        # a list, so that what outlives the smoother can reach the job
        self._jobs: list[_Job] = []
        self.destroyed.connect(partial(_cancel, self._jobs))
        self._made: Hashable = None
        self._image: QImage | None = None

    def image(self, key: Hashable) -> QImage | None:
        """Return the image of a wish, or None while there is none."""
        return self._image if self._image is not None and key == self._made else None

    def request(self, key: Hashable, make: Maker) -> None:
        """Wish for an image; the same wish again changes nothing.

        Parameters
        ----------
        key : hashable
            What tells this wish from others.
        make : callable
            Makes the image on another thread. Its argument answers whether to stop early.
        """
        if key == self._wanted:
            return
        self.cancel()
        self._wanted, self._make = key, make
        # a moving picture should not start, and throw away, a job at every step
        self._timer.start()

    def cancel(self) -> None:
        """Give up the wish; an image already made stays."""
        self._timer.stop()
        _cancel(self._jobs)
        self._make = self._wanted = None

    def clear(self) -> None:
        """Give up the wish and the image."""
        self.cancel()
        self._image = self._made = None

    @Slot()
    def _start(self) -> None:
        if self._make is not None:
            job = _Job(self._make, self._mailbox)
            self._jobs.append(job)
            QThreadPool.globalInstance().start(job)

    @Slot(object, object)
    def _receive(self, job: _Job, image: QImage) -> None:
        if job in self._jobs:
            self._made, self._image = self._wanted, image
            self._jobs.clear()
            self._make = None
            self.ready.emit()
