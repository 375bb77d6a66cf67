"""The curve of one picture at one choice of settings: what is known of it, and what to do next."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core.advisor.order import N_FIRST, k_order
from colorquant_gui.core.advisor.reading import with_estimates

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.advisor.measure import Measured, Measurer
    from colorquant_gui.core.advisor.points import CurvePoint


class Stage(enum.Enum):
    """What can be measured of one k."""

    ERRORS = "errors"
    BYTES = "bytes"


@dataclass(frozen=True)
class Task:
    """One thing to measure."""

    stage: Stage
    k: int


class Curve:
    """What is known of the curve so far.

    Holds a palette and a few numbers for each k: 300 KB at most.

    Parameters
    ----------
    maximum : int
        The greatest k that the picture can have, 0..256.
    """

    def __init__(self, maximum: int) -> None:
        self.maximum = maximum
        self.order = k_order(maximum)
        self._measured: dict[int, Measured] = {}
        self._points: tuple[CurvePoint, ...] | None = None

    def add(self, measured: Measured) -> None:
        """Take in what was measured; it replaces what was known of that k."""
        self._measured[measured.point.k] = measured
        self._points = None

    def get(self, k: int) -> Measured | None:
        """Return what is known of a k; None where nothing is."""
        return self._measured.get(k)

    @property
    def points(self) -> tuple[CurvePoint, ...]:
        """The points so far, k ascending, sizes estimated where they aren't encoded."""
        if self._points is None:
            self._points = with_estimates([m.point for _, m in sorted(self._measured.items())])
        return self._points

    @property
    def palettes(self) -> Mapping[int, NDArray[np.uint8]]:
        """The visible palette entries of each k so far."""
        return {k: measured.palette for k, measured in self._measured.items()}

    @property
    def n_measured(self) -> int:
        """Values of k whose errors are known."""
        return len(self._measured)

    @property
    def n_encoded(self) -> int:
        """Values of k whose file was encoded."""
        return sum(m.point.n_bytes is not None for m in self._measured.values())

    @property
    def has_first(self) -> bool:
        """Whether the errors of all the first values are known."""
        return all(k in self._measured for k in self.order[:N_FIRST])

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to measure."""
        return next(self.tasks(), None) is None

    def tasks(self, current: int | None = None, busy: Collection[int] = ()) -> Iterator[Task]:
        """Say what to measure, the most useful first.

        The errors of the first values, the sizes of their files, the errors of all other k, and
        last the sizes of those.

        Parameters
        ----------
        current : int, optional
            The k that a person looks at now, which comes before all others.
        busy : collection of int
            Values of k that are being measured, and left out.

        Yields
        ------
        Task
            Each once.
        """
        first, rest = self.order[:N_FIRST], self.order[N_FIRST:]
        if current in self.order:
            first = (current, *(k for k in first if k != current))
            rest = tuple(k for k in rest if k != current)
        for stage, values in (
            (Stage.ERRORS, first),
            (Stage.BYTES, first),
            (Stage.ERRORS, rest),
            (Stage.BYTES, rest),
        ):
            for k in values:
                if k not in busy and self._lacks(stage, k):
                    yield Task(stage, k)

    def _lacks(self, stage: Stage, k: int) -> bool:
        known = self._measured.get(k)
        if stage is Stage.ERRORS:
            return known is None
        return known is not None and known.point.n_bytes is None


def perform(
    task: Task,
    measurer: Measurer,
    known: Measured | None,
    cancelled: Callable[[], bool] | None = None,
) -> Measured:
    """Measure.

    Parameters
    ----------
    task : Task
        What.
    measurer : Measurer
        With what.
    known : Measured or None
        What is known of this k; needed for its size.
    cancelled : callable returning bool, optional
        Asked about every 20 ms; True stops the work.

    Returns
    -------
    Measured
        What is known now.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    if known is None or task.stage is Stage.ERRORS:
        return measurer.errors(task.k, cancelled=cancelled)
    return measurer.encode(known, cancelled=cancelled)
