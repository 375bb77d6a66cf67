"""Playback: the playhead of a run's timeline, moved by time or by hand."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from colorquant_gui.session.frame import frame_at
from colorquant_gui.session.playhead import Playhead

if TYPE_CHECKING:
    from collections.abc import Callable

    from colorquant_gui.session.history import History, Stop
    from colorquant_gui.session.labels import LabelSource

INSTANT = math.inf

_FRAME_MS = 16
_LOOP_SECONDS = 1.0


class Playback(QObject):
    """Moves through a `History` and says what to show.

    Attributes
    ----------
    frameChanged : Signal(Frame)
        At most about 60 a second.
    stateChanged : Signal()
        It plays, or no longer; it loops, or no longer.
    finished : Signal()
        The end of a finished run is on show.

    Parameters
    ----------
    labels : LabelSource
        Where labels come from.
    clock : callable returning float
        Seconds that never go backwards.
    parent : QObject, optional
        Qt parent.
    """

    frameChanged = Signal(object)
    stateChanged = Signal()
    finished = Signal()

    def __init__(
        self,
        labels: LabelSource,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._labels = labels
        self._clock = clock
        self._history: History | None = None
        self._speed = 1.0
        self._instant = False
        self._loops = False
        self._head = Playhead()
        self._shown = 0
        self._time = 0.0
        self._playing = False
        self._due = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.advance)
        self._rewind = QTimer(self, singleShot=True)
        self._rewind.timeout.connect(self._start_again)
        labels.ready.connect(self._on_ready)

    # -- where it is ---------------------------------------------------------------------------

    @property
    def history(self) -> History | None:
        """The run that is played."""
        return self._history

    @property
    def speed(self) -> float:
        """Speed, 1 by default; `INSTANT` shows the newest iteration at once."""
        return self._speed

    @property
    def stop(self) -> int:
        """The last stop that was passed."""
        return self._head.stop

    @property
    def is_playing(self) -> bool:
        """Whether there is or will be something to play, and it isn't paused."""
        return self._playing

    @property
    def loops(self) -> bool:
        """Whether it begins again at the end."""
        return self._loops

    @property
    def is_at_end(self) -> bool:
        """Whether the last iteration of a finished run is on show."""
        history = self._history
        return (
            history is not None
            and history.finished
            and self._head.stop >= max(history.stops - 1, 0)
        )

    # -- played by time ------------------------------------------------------------------------

    def set_speed(self, speed: float) -> None:
        """Change the speed.

        Parameters
        ----------
        speed : float
            Factor above 0, or `INSTANT`.
        """
        self._speed = speed
        if self._playing:
            self.advance()

    def set_loop(self, loops: bool) -> None:
        """Begin again at the end, or stay there."""
        if loops != self._loops:
            self._loops = loops
            if self._rewind.isActive():
                # the end is on show, and stays now
                self._rewind.stop()
                self._playing = False
            self.stateChanged.emit()

    def start(self, history: History, *, instant: bool = False) -> None:
        """Play a run from its seeding.

        Parameters
        ----------
        history : History
            The run; it may still grow, see `grown`.
        instant : bool
            Show the newest iteration at once, whatever the speed.
        """
        self._timer.stop()
        self._rewind.stop()
        self._history = history
        self._instant = instant
        self._set_playing(True)
        self._go_to(0)
        if len(history):
            self._show_due()

    def play(self) -> None:
        """Go on from here; from the start where this is the end."""
        if self._playing or self._history is None:
            return
        self._instant = False
        if self.is_at_end:
            self._go_to(0)
        self._set_playing(True)
        self._time = self._clock()
        self._due = True
        self._show_due()

    def pause(self) -> None:
        """Stay here until told to go on."""
        self._timer.stop()
        self._rewind.stop()
        self._set_playing(False)

    def grown(self) -> None:
        """Note that the history has new iterations or is finished."""
        if self._playing and not self._timer.isActive() and not self._rewind.isActive():
            # time spent waiting for the engine is not part of the glide
            self._time = self._clock()
            self.advance()
        elif not self._playing and not self._due and self.is_at_end:
            self.finished.emit()

    def skip_to_end(self) -> None:
        """Show the newest iteration of the run at once."""
        self._instant = True
        if self._playing:
            self.advance()
        elif self._history is not None:
            self.seek(self._history.stops - 1)

    def advance(self) -> None:
        """Move on by the time that has passed and show where that is."""
        history = self._history
        if history is None or not self._playing:
            return
        if not len(history):
            # nothing visible to cluster: there is a result, and nothing to play
            if history.finished:
                self._arrive()
            return
        now = self._clock()
        elapsed, self._time = now - self._time, now
        if self._instant or math.isinf(self._speed):
            self._go_to(history.stops - 1)
        elif not self._due:
            self._head = self._head.after(elapsed * self._speed, history)
        self._due = True
        self._show_due()

    def _start_again(self) -> None:
        self._go_to(0)
        self._time = self._clock()
        self._show_due()

    # -- moved by hand -------------------------------------------------------------------------

    def seek(self, stop: int) -> None:
        """Pause, and show a stop.

        Parameters
        ----------
        stop : int
            Its index; one beyond the ends is taken as the end.
        """
        if self._history is None or not len(self._history):
            return
        self.pause()
        self._go_to(min(max(stop, 0), self._history.stops - 1))
        self._show_due()

    def step(self, stops: int) -> None:
        """Pause, and go on or back by so many stops."""
        self.seek(self._head.stepped(stops))

    # -- showing -------------------------------------------------------------------------------

    def _go_to(self, stop: int) -> None:
        self._head = Playhead(stop)
        self._due = True

    def _show_due(self) -> None:
        history = self._history
        if not self._due or history is None or not len(history):
            return
        stop = history.stop(self._head.stop)
        found = self._labels.get(stop)
        if found is None:
            # the glide goes on when the labels have come
            self._timer.stop()
            return
        self._due = False
        self._shown = stop.index
        self._time = self._clock()
        self.frameChanged.emit(frame_at(history, stop, self._head.fraction, found))
        self._go_on(history)

    def _on_ready(self, stop: Stop) -> None:
        history = self._history
        if not self._due or history is None or not len(history):
            return
        target = self._head.stop
        is_passed = min(self._shown, target) <= stop.index <= max(self._shown, target)
        if not self._playing and is_passed and self._labels.get(history.stop(target)) is None:
            # who scrubs faster than labels are found sees what was passed on the way
            found = self._labels.get(stop)
            if found is not None:
                self._shown = stop.index
                self.frameChanged.emit(frame_at(history, stop, 0.0, found))
        self._show_due()

    def _go_on(self, history: History) -> None:
        last = history.stops - 1
        if self._head.stop < last:
            # found meanwhile, so that it is there when it is due
            self._labels.get(history.stop(self._head.stop + 1))
            if self._playing and not self._timer.isActive():
                self._timer.start()
            return
        self._timer.stop()
        if history.finished:
            self._arrive()

    def _arrive(self) -> None:
        # what is shown at once has no course that could be seen again
        is_instant = self._instant or math.isinf(self._speed)
        if self._playing and self._loops and not is_instant:
            self._rewind.start(int(1000 * _LOOP_SECONDS))
        else:
            self._rewind.stop()
            self._set_playing(False)
        self.finished.emit()

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.stateChanged.emit()
