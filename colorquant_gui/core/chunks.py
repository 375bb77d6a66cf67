"""Long loops in short steps, so that a cancel takes effect while a person still holds the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.core.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def slices(length: int, step: int, cancelled: Callable[[], bool] | None = None) -> Iterator[slice]:
    """Cut ``range(length)`` into slices, asking before each whether to go on.

    Parameters
    ----------
    length : int
        Number of items.
    step : int
        Items in a slice, at least 1. The last slice may hold fewer.
    cancelled : callable returning bool, optional
        True stops the work.

    Yields
    ------
    slice
        Slices in order, together all items.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    for start in range(0, length, step):
        check(cancelled)
        yield slice(start, min(start + step, length))


def check(cancelled: Callable[[], bool] | None) -> None:
    """Raise `Cancelled` if `cancelled` is given and returns True."""
    if cancelled is not None and cancelled():
        raise Cancelled
