"""Playback: plays the history of a run at a speed a person can follow."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core import Iteration
    from colorquant_gui.session.history import History

INSTANT = math.inf

_FRAME_MS = 16
# Seconds from one iteration to the next at speed 1: early ones move far and are worth watching.
_FIRST_SECONDS = 0.40
_LAST_SECONDS = 0.06
_SHORTER = 0.9


def step_seconds(index: int) -> float:
    """Return how long the glide from one iteration to the next takes at speed 1.

    Parameters
    ----------
    index : int
        Position in the history, 0 for the glide away from the seeding.

    Returns
    -------
    float
        Seconds, falling from 0.4 to 0.06.
    """
    return max(_LAST_SECONDS, _FIRST_SECONDS * _SHORTER**index)


@dataclass(frozen=True, eq=False)
class Frame:
    """What the views show at one moment.

    Attributes
    ----------
    index : int
        Position in the history.
    iteration : Iteration
        The iteration there; its labels colour the picture.
    centroids : ndarray of float64, shape (k, 3)
        Centroids on their way to the next iteration.
    """

    index: int
    iteration: Iteration
    centroids: NDArray[np.float64]


class Playback(QObject):
    """Moves through a `History` and says what to show.

    Attributes
    ----------
    frameChanged : Signal(Frame)
        At most about 60 a second.
    finished : Signal()
        The last iteration of a finished run is on show.

    Parameters
    ----------
    clock : callable returning float
        Seconds that never go backwards.
    parent : QObject, optional
        Qt parent.
    """

    frameChanged = Signal(object)
    finished = Signal()

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._history: History | None = None
        self._speed = 1.0
        self._instant = False
        self._index = 0
        self._fraction = 0.0
        self._time = 0.0
        self._over = True
        self._shown = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.advance)

    @property
    def speed(self) -> float:
        """Speed, 1 by default; `INSTANT` shows the newest iteration at once."""
        return self._speed

    @property
    def index(self) -> int:
        """Position in the history that is on show."""
        return self._index

    @property
    def is_playing(self) -> bool:
        """Whether there is or will be something to play."""
        return not self._over

    def set_speed(self, speed: float) -> None:
        """Change the speed.

        Parameters
        ----------
        speed : float
            Factor above 0, or `INSTANT`.
        """
        self._speed = speed
        if not self._over:
            self.advance()

    def play(self, history: History, *, instant: bool = False) -> None:
        """Play a run from its seeding.

        Parameters
        ----------
        history : History
            The run; it may still grow, see `grown`.
        instant : bool
            Show the newest iteration at once, whatever the speed.
        """
        self._timer.stop()
        self._history = history
        self._instant = instant
        self._index, self._fraction = 0, 0.0
        self._over = self._shown = False
        self._time = self._clock()
        if len(history):
            self.advance()

    def grown(self) -> None:
        """Note that the history has new iterations or is finished."""
        if not self._over and not self._timer.isActive():
            # time spent waiting for the engine is not part of the glide
            self._time = self._clock()
            self.advance()

    def skip_to_end(self) -> None:
        """Show the newest iteration of the run at once."""
        self._instant = True
        if not self._over:
            self.advance()

    def stop(self) -> None:
        """Stay where it is."""
        self._timer.stop()
        self._over = True

    def advance(self) -> None:
        """Move on by the time that has passed and show where that is."""
        history = self._history
        if history is None or self._over:
            return
        if not len(history):
            # nothing visible to cluster: there is a result, and nothing to play
            if history.finished:
                self._over = True
                self.finished.emit()
            return
        now = self._clock()
        elapsed, self._time = now - self._time, now
        last = len(history) - 1
        self._index = min(self._index, last)
        if self._instant or math.isinf(self._speed):
            self._index, self._fraction = last, 0.0
        elif not self._shown:
            self._fraction = 0.0
        else:
            self._move(elapsed * self._speed, last)
        self._shown = True
        self.frameChanged.emit(self._frame(history))
        if self._index < last:
            self._timer.start()
            return
        self._timer.stop()
        if history.finished and not self._over:
            self._over = True
            self.finished.emit()

    def _move(self, seconds: float, last: int) -> None:
        while self._index < last:
            needed = (1.0 - self._fraction) * step_seconds(self._index)
            if seconds < needed:
                self._fraction += seconds / step_seconds(self._index)
                return
            seconds -= needed
            self._index += 1
            self._fraction = 0.0

    def _frame(self, history: History) -> Frame:
        iteration = history[self._index]
        centroids = iteration.centroids
        if self._fraction > 0 and self._index + 1 < len(history):
            eased = self._fraction**2 * (3 - 2 * self._fraction)
            target = history[self._index + 1].centroids
            centroids = centroids + eased * (target - centroids)
        return Frame(self._index, iteration, centroids)
