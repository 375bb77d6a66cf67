"""PacedWords: explains no half-step for too short a time to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Slot

if TYPE_CHECKING:
    from colorquant_gui.session.playback import Playback
    from colorquant_gui.ui.panels.explanation import ExplanationBar

# Half-steps as long as this, and what is said about them, can be followed.
_FOLLOWED_SPEED = 2.0
_HOLD_MS = 700


class _Words(NamedTuple):
    """What `ExplanationBar.set_text` and `set_formula` take."""

    text: str
    formula: str
    short: str
    least_lines: int


class PacedWords(QObject):
    """Says what is to be said in an explanation bar, not too fast.

    While a run is played at more than twice its speed, what is said stays for 0.7 s; of what comes
    meanwhile the newest is said then. As soon as it isn't, what is said is about what is on show.

    Parameters
    ----------
    explanation : ExplanationBar
        Where it is said.
    playback : Playback
        Knows how fast the run is played.
    parent : QObject
        The owner.
    """

    def __init__(self, explanation: ExplanationBar, playback: Playback, parent: QObject) -> None:
        super().__init__(parent)
        self._explanation, self._playback = explanation, playback
        self._said: _Words | None = None
        self._waiting: _Words | None = None
        self._hold = QTimer(self, singleShot=True, interval=_HOLD_MS)
        self._hold.setTimerType(Qt.TimerType.PreciseTimer)
        self._hold.timeout.connect(self.catch_up)

    def say(self, text: str, formula: str = "", short: str = "", least_lines: int = 1) -> None:
        """Say what a moment of the run does, now or when it can be read.

        Parameters
        ----------
        text : str
            In one or more lines.
        formula : str
            Rich text; empty where there is none.
        short, least_lines
            As `ExplanationBar.set_text` has them.
        """
        words = _Words(text, formula, short, least_lines)
        self._waiting = words
        if not (self._is_fast() and self._hold.isActive()):
            self.catch_up()

    def say_now(self, text: str) -> None:
        """Say something else in place of the moment, and forget what waits."""
        self._hold.stop()
        self._said = self._waiting = None
        self._explanation.set_text(text)

    def follow_playback(self) -> None:
        """Say at once what waits, unless the run is still played fast."""
        if not self._is_fast():
            self._hold.stop()
            self.catch_up()

    @Slot()
    def catch_up(self) -> None:
        """Say what waits."""
        words, self._waiting = self._waiting, None
        if words is None:
            return
        if words != self._said and self._is_fast():
            self._hold.start()
        self._said = words
        self._explanation.set_text(words.text, words.least_lines, words.short)
        self._explanation.set_formula(words.formula)

    def _is_fast(self) -> bool:
        return self._playback.is_playing and self._playback.speed > _FOLLOWED_SPEED
