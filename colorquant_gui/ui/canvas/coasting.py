"""Coasting: the picture slides on for a moment when it is let go of in motion."""

from __future__ import annotations

import math
import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

_FRAME_MS = 16
_RECENT_S = 0.08
_LEAST_S = 0.016
_SLOWING_S = 0.12
_SLOWEST, _FASTEST = 60.0, 3000.0
_START = 250.0


class Coasting(QObject):
    """Measures how fast the pointer drags, and goes on from there, ever slower.

    Lengths are logical pixels.

    Parameters
    ----------
    parent : QObject, optional
        Its owner.
    clock : callable, optional
        Returns seconds.
    """

    moved = Signal(QPointF)

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._trail: deque[tuple[float, QPointF]] = deque(maxlen=32)
        self._velocity = QPointF()
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setObjectName("coastingTimer")
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._step)

    @property
    def is_moving(self) -> bool:
        """Whether it slides."""
        return self._timer.isActive()

    def hold(self, place: QPointF) -> None:
        """Stop, and follow a pointer from here."""
        self.stop()
        self._trail.clear()
        self.follow(place)

    def follow(self, place: QPointF) -> None:
        """Note where the pointer is now."""
        self._trail.append((self._clock(), QPointF(place)))

    def let_go(self) -> None:
        """Slide on as fast as the pointer was; not at all where it had come to rest."""
        now = self._clock()
        recent = [(at, place) for at, place in self._trail if now - at <= _RECENT_S]
        self._trail.clear()
        if len(recent) < 2:
            return
        way = recent[-1][1] - recent[0][1]
        velocity = way / max(_LEAST_S, now - recent[0][0])
        speed = math.hypot(velocity.x(), velocity.y())
        if speed < _START:
            return
        self._velocity = velocity * (min(speed, _FASTEST) / speed)
        self._last = now
        self._timer.start()

    def stop(self) -> None:
        """Stay here."""
        self._timer.stop()

    def _step(self) -> None:
        now = self._clock()
        left = math.exp(-(now - self._last) / _SLOWING_S)
        self._last = now
        step = self._velocity * (_SLOWING_S * (1 - left))
        self._velocity *= left
        if math.hypot(self._velocity.x(), self._velocity.y()) < _SLOWEST:
            self._timer.stop()
        self.moved.emit(step)
