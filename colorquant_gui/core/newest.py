"""A place for one thing that is costly to make, and too large to keep several of."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from colorquant_gui.core.chunks import check

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

# Seconds between two looks whether to go on waiting for another thread.
_PATIENCE = 0.02

T = TypeVar("T")


class Newest(Generic[T]):
    """Makes what is asked for, and keeps it until something else is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: Hashable = None
        self._thing: T | None = None

    def get(
        self, key: Hashable, make: Callable[[], T], cancelled: Callable[[], bool] | None = None
    ) -> T:
        """Give the thing of this key.

        Threads that ask while it is being made wait for it.

        Parameters
        ----------
        key : hashable
            What tells things apart.
        make : callable
            Called where this is not the newest; what it raises leaves nothing kept.
        cancelled : callable returning bool, optional
            Asked while waiting; True ends that.

        Returns
        -------
        object
            What `make` returned, now or earlier.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        while not self._lock.acquire(timeout=_PATIENCE):
            check(cancelled)
        try:
            if self._thing is None or self._key != key:
                self._thing = None  # the old one goes first: there may be no room for both
                self._thing = make()
                self._key = key
            return self._thing
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._thing = None
