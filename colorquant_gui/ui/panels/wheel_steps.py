"""WheelSteps: how many steps a wheel has been turned by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

_STEP = 120  # what Qt calls a notch


class WheelSteps:
    """Adds up the many small angles that a touchpad sends, until they make a step.

    Parameters
    ----------
    sideways : bool
        Whether a turn sideways counts as well.
    """

    def __init__(self, *, sideways: bool = True) -> None:
        self._sideways = sideways
        self._rest = 0

    def turn(self, event: QWheelEvent) -> int:
        """Return how many whole steps there are now: more than 0 away from the person."""
        angle = event.angleDelta()
        self._rest += angle.y() or (angle.x() if self._sideways else 0)
        steps = int(self._rest / _STEP)
        self._rest -= steps * _STEP
        return steps
