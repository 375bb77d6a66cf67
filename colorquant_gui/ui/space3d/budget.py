"""PointBudget: how many points this machine draws in the time a frame may take."""

from __future__ import annotations

from collections import deque
from statistics import median

MIN_POINTS = 2_000
# Some 30 bytes each, half of them on the graphics card.
MAX_POINTS = 4_000_000
# What takes longer to draw than anybody waits; more discs than this hide one another anyway.
MAX_POINTS_IN_SOFTWARE = 1_000_000
# Less than this measures the fixed cost of a frame, not that of its points.
_LEAST_MEASURED = 1_000
_STEP = 1.25


class PointBudget:
    """Follows the measured cost of a point, so that turning the cloud stays fluid.

    Parameters
    ----------
    seconds : float
        Time that the points of one frame may take while the view moves.
    initial : int
        Points to start with, before anything has been measured.
    """

    def __init__(self, seconds: float = 0.020, initial: int = 10_000) -> None:
        self._seconds = seconds
        self._initial = initial
        self._costs: deque[float] = deque(maxlen=5)
        self._points = initial
        self._warm = False

    @property
    def points(self) -> int:
        """Points to draw while the view moves, 2,000..4,000,000."""
        return self._points

    @property
    def measured(self) -> bool:
        """Whether anything is known about this machine yet."""
        return bool(self._costs)

    def record(self, points: int, seconds: float) -> None:
        """Take note of the time that drawing some points took.

        Parameters
        ----------
        points : int
            Points drawn; too few to tell anything are ignored.
        seconds : float
            Time until the last pixel was there.
        """
        if points < _LEAST_MEASURED:
            return
        if not self._warm:
            # The first frame also pays for compiling the shader.
            self._warm = True
            return
        self._costs.append(seconds / points)
        affordable = self.affordable(self._seconds)
        # Small swings are noise; following them would make points flicker in and out.
        if not self._points / _STEP <= affordable <= self._points * _STEP:
            self._points = affordable

    def affordable(self, seconds: float) -> int:
        """Points that can be drawn in a time, by what was measured so far.

        Parameters
        ----------
        seconds : float
            Time to fill.

        Returns
        -------
        int
            2,000..4,000,000.
        """
        if not self._costs:
            return min(max(int(self._initial * seconds / self._seconds), MIN_POINTS), MAX_POINTS)
        cost = max(median(self._costs), 1e-10)
        return min(max(int(seconds / cost), MIN_POINTS), MAX_POINTS)
