"""Playhead: a place on the timeline of a run, and how time moves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.session.pace import stop_seconds

if TYPE_CHECKING:
    from colorquant_gui.session.history import History


@dataclass(frozen=True)
class Playhead:
    """Where a playback is.

    Attributes
    ----------
    stop : int
        The last stop that was passed.
    fraction : float
        Part of the way to the next one, 0..1.
    """

    stop: int = 0
    fraction: float = 0.0

    def after(self, seconds: float, history: History) -> Playhead:
        """Return where it is later, at speed 1; at the last stop of the history it stays.

        Parameters
        ----------
        seconds : float
            How much later, 0 or more.
        history : History
            The run.
        """
        stop, fraction = self.stop, self.fraction
        while stop < history.stops - 1:
            whole = stop_seconds(history, history.stop(stop))
            needed = (1.0 - fraction) * whole
            if seconds < needed:
                return Playhead(stop, fraction + seconds / whole)
            seconds -= needed
            stop, fraction = stop + 1, 0.0
        return Playhead(stop, fraction)

    def stepped(self, stops: int) -> int:
        """Return the stop that so many steps lead to; there may be none of that number.

        On the way to the next stop, one step back is where it came from.

        Parameters
        ----------
        stops : int
            Steps, back where it is below 0.
        """
        return self.stop + (stops + 1 if stops < 0 and self.fraction > 0 else stops)
