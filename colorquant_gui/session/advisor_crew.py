"""Crew: a few workers that take the advisor's requests side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from colorquant_gui.core.advisor import Task
    from colorquant_gui.session.worker import Request


@dataclass(eq=False)
class _Member:
    """A worker and what it works on; generation 0 while it is free."""

    worker: Worker
    generation: int = 0
    tasks: tuple[Task, ...] = ()


class Crew(QObject):
    """Hands each request to a worker that is free.

    Attributes
    ----------
    delivered : Signal(object)
        What a request handed over, also one that was halted since.
    freed : Signal()
        A worker is free again.
    failed : Signal(str)
        A request failed, and why, in words for a person.

    Parameters
    ----------
    size : int
        Number of workers.
    parent : QObject, optional
        Qt parent.
    """

    delivered = Signal(object)
    freed = Signal()
    failed = Signal(str)

    def __init__(self, size: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._members = [_Member(self._worker(f"advisor {i + 1}")) for i in range(size)]

    def _worker(self, name: str) -> Worker:
        worker = Worker(name, self)
        worker.delivered.connect(self._on_delivered)
        worker.ended.connect(self._on_ended)
        worker.failed.connect(self._on_failed)
        return worker

    @property
    def has_free(self) -> bool:
        """Whether a worker is free."""
        return any(not member.generation for member in self._members)

    @property
    def is_idle(self) -> bool:
        """Whether all workers are free."""
        return not any(member.generation for member in self._members)

    @property
    def tasks(self) -> Collection[Task]:
        """What is being measured."""
        return [task for member in self._members for task in member.tasks]

    def start(self, make: Callable[[int], Request], tasks: tuple[Task, ...] = ()) -> None:
        """Give the first free worker something to do; there must be one.

        Parameters
        ----------
        make : callable of int
            Makes the request of a generation.
        tasks : tuple of Task
            What it measures.
        """
        member = next(member for member in self._members if not member.generation)
        self._generation += 1
        member.generation, member.tasks = self._generation, tasks
        member.worker.submit(make(self._generation))

    def halt(self) -> None:
        """Stop all requests at their next chance; their workers count as free at once."""
        for member in self._members:
            if member.generation:
                member.worker.cancel()
                member.generation, member.tasks = 0, ()

    def close(self) -> None:
        """Halt, end the threads and wait for them."""
        self.halt()
        for member in self._members:
            member.worker.close()

    def _on_delivered(self, _generation: int, payload: object) -> None:
        self.delivered.emit(payload)

    def _on_ended(self, generation: int) -> None:
        for member in self._members:
            if member.generation == generation:
                member.generation, member.tasks = 0, ()
                self.freed.emit()

    def _on_failed(self, generation: int, message: str) -> None:
        if any(member.generation == generation for member in self._members):
            self.halt()
            self.failed.emit(message)
