"""The requests of the k advisor's workers: measure some k, name missing colours."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from colorquant_gui.core import engine
from colorquant_gui.core.advisor import ColorCells, missing_colors, perform

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core import ColorHistogram
    from colorquant_gui.core.advisor import Curve, Measured, Measurer, MissingColor, Task
    from colorquant_gui.core.newest import Newest

# A batch ends after the task in which this has passed: two workers make 20 signals a second.
BATCH_SECONDS = 0.1
_MOST_TASKS = 16


def next_tasks(curve: Curve, k: int, busy: Collection[int], seconds: float) -> tuple[Task, ...]:
    """Choose what a free worker does next.

    Parameters
    ----------
    curve : Curve
        What is known so far.
    k : int
        The k that a person looks at, which comes first.
    busy : collection of int
        Values of k that others work on.
    seconds : float
        What a task took last.

    Returns
    -------
    tuple of Task
        As many as fill `BATCH_SECONDS`; none where there is nothing for it.
    """
    count = max(1, min(_MOST_TASKS, int(BATCH_SECONDS / seconds)))
    chosen = tuple(islice(curve.tasks(k, busy), count))
    # of one kind, so that the time they take says something about the next
    return tuple(task for task in chosen if task.stage is chosen[0].stage)


@dataclass(frozen=True, eq=False)
class Batch:
    """What came of a `MeasureRequest`.

    Attributes
    ----------
    curve : Curve
        The curve that it belongs to.
    measured : tuple of Measured
        In the order of the tasks that were done.
    seconds : float
        Time that they took.
    """

    curve: Curve
    measured: tuple[Measured, ...]
    seconds: float


@dataclass(frozen=True, eq=False)
class Hint:
    """What came of a `MissingRequest`: the missing colours, and what they were looked for in."""

    subject: object
    missing: tuple[MissingColor, ...]


@dataclass(frozen=True, eq=False)
class MeasureRequest:
    """Work on a few tasks for about `BATCH_SECONDS`; delivers one `Batch`.

    Cancelled, it still delivers what it has.

    Attributes
    ----------
    generation : int
        Number of the request.
    curve : Curve
        Only handed on: it belongs to the thread of whoever receives the batch.
    measurer : Measurer
        What to measure with.
    tasks : tuple of (Task, Measured or None)
        What to do, and what is known of that k.
    """

    generation: int
    curve: Curve
    measurer: Measurer
    tasks: tuple[tuple[Task, Measured | None], ...]
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        engine.work_in_background()
        done: list[Measured] = []
        start = time.monotonic()
        try:
            for task, known in self.tasks:
                done.append(perform(task, self.measurer, known, cancelled))
                if time.monotonic() - start > BATCH_SECONDS:
                    break
        finally:
            if done:
                deliver(Batch(self.curve, tuple(done), time.monotonic() - start))


@dataclass(frozen=True, eq=False)
class MissingRequest:
    """Look for the colours that a palette misses; delivers one `Hint`.

    Attributes
    ----------
    generation : int
        Number of the request.
    subject : object
        Handed on.
    histogram : ColorHistogram
        The colours.
    cells : Newest of ColorCells
        Where their cells are kept.
    k : int
        The k looked at.
    palette : ndarray of uint8, shape (m, 3)
        The visible entries of the palette to look in.
    palettes : mapping of int to ndarray of uint8, shape (m, 3)
        The palettes of the curve so far.
    """

    generation: int
    subject: object
    histogram: ColorHistogram
    cells: Newest[ColorCells]
    k: int
    palette: NDArray[np.uint8]
    palettes: Mapping[int, NDArray[np.uint8]]
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        engine.work_in_background()
        cells = self.cells.get(
            0, lambda: ColorCells.of(self.histogram, cancelled=cancelled), cancelled
        )
        missing = missing_colors(cells, self.palette, self.palettes, self.k, cancelled=cancelled)
        deliver(Hint(self.subject, missing))
