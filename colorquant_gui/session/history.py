"""History: every iteration of the current run, what the animation plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.session.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colorquant_gui.core import Iteration

LABEL_BYTES = 256 << 20


class History:
    """The iterations of one run, bounded in memory.

    Labels take one byte per unique colour and iteration. Where they would exceed the budget,
    every other iteration is left out (the first and the newest stay), as often as needed: the
    animation of a picture with millions of colours takes larger steps, its end is the same.

    Parameters
    ----------
    settings : Settings, optional
        The settings of the run; its centroids lie in their colour space.
    label_bytes : int
        Memory for labels, in bytes.
    """

    def __init__(self, settings: Settings | None = None, label_bytes: int = LABEL_BYTES) -> None:
        self.settings = settings or Settings()
        self._iterations: list[Iteration] = []
        self._budget = label_bytes
        self._stride = 1
        self.finished = False

    def __len__(self) -> int:
        return len(self._iterations)

    def __getitem__(self, index: int) -> Iteration:
        return self._iterations[index]

    @property
    def latest(self) -> Iteration | None:
        """The newest iteration, None before the seeding is there."""
        return self._iterations[-1] if self._iterations else None

    def extend(self, iterations: Iterable[Iteration]) -> None:
        """Add iterations in the order of their numbers.

        Parameters
        ----------
        iterations : iterable of Iteration
            New iterations.
        """
        for iteration in iterations:
            # the newest always stays until its successor shows whether it is on the stride
            if self._iterations and self._iterations[-1].number % self._stride:
                self._iterations.pop()
            self._iterations.append(iteration)
            while len(self._iterations) > 2 and self._label_bytes() > self._budget:
                self._thin_out()

    def _label_bytes(self) -> int:
        return sum(iteration.labels.nbytes for iteration in self._iterations)

    def _thin_out(self) -> None:
        self._stride *= 2
        *older, newest = self._iterations
        self._iterations = [i for i in older if i.number % self._stride == 0]
        self._iterations.append(newest)
