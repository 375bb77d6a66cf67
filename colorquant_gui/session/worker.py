"""Worker: a thread that always works on the newest request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from colorquant_gui.core import Cancelled, ColorQuantError

if TYPE_CHECKING:
    from collections.abc import Callable


class Request(Protocol):
    """A piece of work that carries all it needs. Immutable."""

    @property
    def generation(self) -> int:
        """Number by which the receiver tells stale deliveries from current ones."""
        ...

    @property
    def patient(self) -> bool:
        """Whether a newer request that is patient too waits for a first delivery of this one."""
        ...

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """Do the work, handing over what there is; raise `Cancelled` when told to stop."""
        ...


class _Runner(QObject):
    """The part of a worker that lives in its thread."""

    delivered = Signal(int, object)
    ended = Signal(int)
    failed = Signal(int, str)
    woken = Signal()
    leaving = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Written by the GUI thread, read by the worker's: one reference, replaced as a whole.
        self.newest: Request | None = None
        self._done: Request | None = None
        self.woken.connect(self._run_newest, Qt.ConnectionType.QueuedConnection)
        self.leaving.connect(self._leave, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _leave(self) -> None:
        QThread.currentThread().quit()

    @Slot()
    def _run_newest(self) -> None:
        request = self.newest
        if request is None or request is self._done:
            return
        self._done = request
        delivered_any = False

        def cancelled() -> bool:
            newest = self.newest
            if newest is request:
                return False
            waits = newest is not None and newest.patient and request.patient
            return not waits or delivered_any

        def deliver(payload: object) -> None:
            nonlocal delivered_any
            delivered_any = True
            self.delivered.emit(request.generation, payload)

        try:
            request.run(deliver, cancelled)
        except Cancelled:
            return
        except ColorQuantError as error:
            self.failed.emit(request.generation, str(error))
        except MemoryError:
            self.failed.emit(
                request.generation,
                self.tr("There is not enough memory for this. Close other programs or try again."),
            )
        except Exception:
            self.failed.emit(
                request.generation,
                self.tr("An unexpected fault stopped this. Details are in the program's log."),
            )
            raise
        else:
            self.ended.emit(request.generation)


class Worker(QObject):
    """A thread that takes the newest request; the running one stops at its next chance.

    Attributes
    ----------
    delivered : Signal(int, object)
        A request's generation and what it handed over.
    ended : Signal(int)
        The request of this generation is complete.
    failed : Signal(int, str)
        It failed, and why, in words for a person. A cancelled request says nothing.

    Parameters
    ----------
    name : str
        Name of the thread.
    parent : QObject, optional
        Qt parent.
    """

    delivered = Signal(int, object)
    ended = Signal(int)
    failed = Signal(int, str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self._runner = _Runner()
        self._runner.moveToThread(self._thread)
        self._runner.delivered.connect(self.delivered)
        self._runner.ended.connect(self.ended)
        self._runner.failed.connect(self.failed)
        self._thread.start()

    def submit(self, request: Request) -> None:
        """Hand over a request; one that waits or runs gives way to it.

        Parameters
        ----------
        request : Request
            The work.
        """
        self._runner.newest = request
        self._runner.woken.emit()

    def cancel(self) -> None:
        """Stop the running request at its next chance and forget a waiting one."""
        self._runner.newest = None

    def close(self, *, finish: bool = False) -> None:
        """End the thread and wait for it.

        Parameters
        ----------
        finish : bool
            Let the newest request finish (a save) instead of cancelling it.
        """
        if not finish:
            self.cancel()
        # queued behind the requests: QThread.quit() from here would overtake a waiting one
        self._runner.leaving.emit()
        self._thread.wait()
