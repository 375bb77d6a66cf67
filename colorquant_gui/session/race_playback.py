"""RacePlayback: plays the runners of a race in lockstep, by the number of the iteration."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from colorquant_gui.session.race import Track

_FRAME_MS = 16
# Seconds from one iteration to the next at speed 1: early ones move far and are worth watching.
_FIRST_SECONDS = 0.5
_LAST_SECONDS = 0.08
_SHORTER = 0.9
# From so many on little moves any more, and they pass ever faster.
_MANY = 60
_LOOP_SECONDS = 1.0


@dataclass(frozen=True)
class RaceFrame:
    """A moment of the race.

    Attributes
    ----------
    number : int
        Iteration, the same for all runners that have not ended before.
    fraction : float
        Part of the way to the next that is covered, 0..1.
    """

    number: int
    fraction: float = 0.0


class RacePlayback(QObject):
    """Moves all runners at once. It waits for the slowest one to be computed.

    Attributes
    ----------
    frameChanged : Signal(RaceFrame)
        At most about 60 a second.
    playingChanged : Signal(bool)
        It plays, or no longer.
    lengthChanged : Signal(int)
        `length` is another one.

    Parameters
    ----------
    clock : callable returning float
        Seconds that never go backwards.
    parent : QObject, optional
        Qt parent.
    """

    frameChanged = Signal(object)
    playingChanged = Signal(bool)
    lengthChanged = Signal(int)

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tracks: Sequence[Track] = ()
        self._length = 0
        self._frame = RaceFrame(0)
        self._speed = 1.0
        self._playing = self._loops = False
        self._time = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.advance)
        self._rewind = QTimer(self, singleShot=True, interval=int(1000 * _LOOP_SECONDS))
        self._rewind.timeout.connect(self._start_again)

    @property
    def length(self) -> int:
        """Number of the last iteration that every runner has reached, or has ended before."""
        return self._length

    @property
    def frame(self) -> RaceFrame:
        """The moment on show."""
        return self._frame

    @property
    def is_playing(self) -> bool:
        """Whether it plays, or waits for what is being computed to go on."""
        return self._playing

    @property
    def speed(self) -> float:
        """Speed, 1 by default."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Change the speed, a factor above 0; infinity shows the newest at once."""
        self._speed = speed
        if self._playing:
            self.advance()

    @property
    def is_at_end(self) -> bool:
        """Whether the end of every runner is on show."""
        return self._is_complete and self._frame.number >= self._length

    def set_loop(self, loops: bool) -> None:
        """Begin again at the end, or stay there."""
        self._loops = loops
        if not loops and self._rewind.isActive():
            # the end is on show, and stays now
            self.pause()

    def toggle(self) -> None:
        """Play, or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def set_tracks(self, tracks: Sequence[Track]) -> None:
        """Play another race from its seedings.

        Parameters
        ----------
        tracks : sequence of Track
            They may still grow, see `grown`.
        """
        self._tracks = tracks
        self._timer.stop()
        self._rewind.stop()
        self._show(RaceFrame(0))
        self.grown()
        if tracks:
            self.play()
        else:
            self.pause()

    def grown(self) -> None:
        """Note that there are new steps, or that a runner has ended."""
        length = self._reached()
        if length != self._length:
            self._length = length
            self.lengthChanged.emit(length)
        if self._frame.number == 0 and self._frame.fraction == 0:
            # the seeding has come, or is still on show
            self.frameChanged.emit(self._frame)
        if self._playing and not self._timer.isActive():
            # time spent waiting for the engine is not part of the glide
            self._time = self._clock()
            self.advance()

    def _reached(self) -> int:
        if not self._tracks:
            return 0
        furthest = max(len(track.steps) - 1 for track in self._tracks)
        on_the_way = [len(track.steps) - 1 for track in self._tracks if not track.ended]
        return max(0, min([furthest, *on_the_way]))

    @property
    def _is_complete(self) -> bool:
        return all(track.ended for track in self._tracks)

    def play(self) -> None:
        """Play on; from the seedings where the end is on show."""
        if not self._tracks:
            return
        self._rewind.stop()
        if self.is_at_end:
            self._show(RaceFrame(0))
        self._set_playing(True)
        self._time = self._clock()
        self.advance()

    def pause(self) -> None:
        """Stay where it is."""
        self._timer.stop()
        self._rewind.stop()
        self._set_playing(False)

    def seek(self, number: int) -> None:
        """Show an iteration, 0..`length`, and stay there."""
        self.pause()
        self._show(RaceFrame(min(max(number, 0), self._length)))

    def step(self, by: int) -> None:
        """Show the next iteration (1) or the one before (-1), and stay there."""
        here = self._frame.number
        if by < 0 and self._frame.fraction > 0:
            here += 1
        self.seek(here + by)

    def advance(self) -> None:
        """Move on by the time that has passed."""
        now = self._clock()
        elapsed, self._time = now - self._time, now
        if math.isinf(self._speed):
            self._show(RaceFrame(self._length))
        else:
            self._show(self._after(elapsed * self._speed))
        if self._frame.number < self._length:
            self._timer.start()
        elif self._is_complete:
            self._arrive()
        else:
            self._timer.stop()

    def _arrive(self) -> None:
        self._timer.stop()
        # what is shown at once has no course that could be seen again
        if self._loops and not math.isinf(self._speed):
            self._rewind.start()
        else:
            self.pause()

    def _start_again(self) -> None:
        self._show(RaceFrame(0))
        self._time = self._clock()
        self.advance()

    def _after(self, seconds: float) -> RaceFrame:
        number, fraction = self._frame.number, self._frame.fraction
        while number < self._length:
            whole = _step_seconds(number)
            if seconds < (1.0 - fraction) * whole:
                return RaceFrame(number, fraction + seconds / whole)
            seconds -= (1.0 - fraction) * whole
            number, fraction = number + 1, 0.0
        return RaceFrame(number)

    def _show(self, frame: RaceFrame) -> None:
        if frame != self._frame:
            self._frame = frame
            self.frameChanged.emit(frame)

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playingChanged.emit(playing)


def _step_seconds(number: int) -> float:
    """Return how long it takes at speed 1 from an iteration to the next."""
    last = _LAST_SECONDS * min(1.0, _MANY / max(number, 1))
    return max(last, _FIRST_SECONDS * _SHORTER**number)
