"""Flicker: shows the original and the result in turns."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

# five turns a second are two and a half flashes, below the three that WCAG 2.3.1 calls safe
SLOWEST, FASTEST = 0.5, 5.0


class Flicker(QObject):
    """Turns between two images at a set rate.

    Parameters
    ----------
    parent : QObject, optional
        Its owner.
    """

    turned = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rate = 1.0
        self._is_result = False
        self._timer = QTimer(self)
        self._timer.setObjectName("flickerTimer")
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._turn)

    @property
    def rate(self) -> float:
        """Turns a second."""
        return self._rate

    def set_rate(self, rate: float) -> None:
        """Turn this often a second, kept within `SLOWEST`..`FASTEST`."""
        self._rate = min(max(rate, SLOWEST), FASTEST)
        self._timer.setInterval(round(1000 / self._rate))

    def set_running(self, on: bool) -> None:
        """Start or stop; the same again changes nothing."""
        if on and not self._timer.isActive():
            self._timer.start()
        elif not on:
            self._timer.stop()

    def _turn(self) -> None:
        self._is_result = not self._is_result
        self.turned.emit(self._is_result)
