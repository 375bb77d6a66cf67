"""Transport: buttons, bar, readout and speed with which a course is played and stepped through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.panels.speed_selector import SpeedSelector
from colorquant_gui.ui.panels.still_label import StillLabel
from colorquant_gui.ui.panels.timeline_bar import TimelineBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from colorquant_gui.ui.panels.timeline_course import Course

# Narrower than this, what can be done without gives its room to the bar.
_NARROW = 800
_JUMP = Qt.KeyboardModifier.ControlModifier


class Transport(QWidget):
    """Plays a course of stops and goes through it.

    Space plays and pauses, the arrow keys take single steps, the Page keys larger ones, Home and
    End go to the ends; with Ctrl, the arrow keys go to what is marked.

    Attributes
    ----------
    stopEdited : Signal(int)
        The person went to a stop.
    scrubStarted, scrubFinished : Signal()
        Around a drag on the bar.
    playToggled : Signal()
        Play if it stands, pause if it plays.
    stepRequested : Signal(int)
        So many steps forward, or back.
    firstRequested, lastRequested : Signal()
        To one of the ends.
    loopEdited : Signal(bool)
        Whether to begin again at the end.
    speedEdited : Signal(float)
        Another speed; infinity is "Instant".

    Parameters
    ----------
    name : str
        What object names begin with.
    course : Course
        Says what a stop is.
    stops_each : int
        As of `colorquant_gui.ui.panels.timeline_scale.TimelineScale`.
    parent : QWidget, optional
        Qt parent.
    """

    stopEdited = Signal(int)
    scrubStarted = Signal()
    scrubFinished = Signal()
    playToggled = Signal()
    stepRequested = Signal(int)
    firstRequested = Signal()
    lastRequested = Signal()
    loopEdited = Signal(bool)
    speedEdited = Signal(float)

    def __init__(
        self, name: str, course: Course, stops_each: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._course = course
        self._preview, self._is_locked = "", False
        self._plays: bool | None = None
        self._bar = TimelineBar(self._describe, stops_each, self)
        self._bar.setObjectName(f"{name}Bar")
        self._bar.stopEdited.connect(self._edit)
        self._bar.scrubStarted.connect(self.scrubStarted)
        self._bar.scrubFinished.connect(self.scrubFinished)
        self._bar.stepRequested.connect(self.stepRequested)
        self.setFocusProxy(self._bar)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(2)
        to_start, to_end = self.tr("To the start (Home)"), self.tr("To the end (End)")
        again = self.tr("Begin again at the end")
        self._first = self._button("first", self.tr("First"), to_start, self.firstRequested.emit)
        self._back = self._button(
            "step-back", self.tr("Step back"), "", lambda: self.stepRequested.emit(-1)
        )
        self._play = self._button("play", "", "", self.playToggled.emit)
        self._forward = self._button(
            "step-forward", self.tr("Step forward"), "", lambda: self.stepRequested.emit(1)
        )
        self._last = self._button("last", self.tr("Last"), to_end, self.lastRequested.emit)
        self._loop = self._button("loop", self.tr("Loop"), again, self._edit_loop)
        self._loop.setCheckable(True)
        self._readout = StillLabel(f"{name}Readout")
        self._speed = SpeedSelector()
        self._speed.speedEdited.connect(self.speedEdited)
        row.addWidget(self._bar, 1)
        row.addSpacing(8)
        row.addWidget(self._readout)
        row.addSpacing(16)
        row.addWidget(self._speed)
        self.set_playing(False)

    def _button(self, name: str, text: str, hint: str, slot: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        words = name.split("-")
        button.setObjectName(self._name + "".join(word.capitalize() for word in words))
        button.setAccessibleName(text)
        button.setToolTip(hint)
        button.setAutoRaise(True)
        button.setIconSize(QSize(20, 20))
        button.setIcon(icon(name))
        # A click leaves the keys to the bar, where they mean more than to a button.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

        def clicked() -> None:
            if not button.hasFocus():
                self._bar.setFocus(Qt.FocusReason.MouseFocusReason)
            slot()

        button.clicked.connect(clicked)
        self._row.addWidget(button)
        return button

    # -- what is shown -------------------------------------------------------------------------

    def set_course(self, course: Course) -> None:
        """Say what the stops are; heeded with the next that are shown."""
        self._course = course

    def set_preview(self, text: str, *, locked: bool = False) -> None:
        """Stand back while a preview is on show in place of the course.

        Parameters
        ----------
        text : str
            What is on show, in a few words; empty to come back.
        locked : bool
            Whether the course can't be played or gone through meanwhile.
        """
        if (text, locked) == (self._preview, self._is_locked):
            return
        self._preview = text
        self._bar.set_subdued(bool(text), locked=locked)
        if locked != self._is_locked:
            self._is_locked = locked
            self._show_usable()
        self._show_position()

    def set_growing(self, growing: bool) -> None:
        """Say whether there is more to come."""
        self._bar.set_growing(growing)

    def set_position(self, stop: int, fraction: float = 0.0) -> None:
        """Show where it is; emits nothing. The handle stays with a person who holds it.

        Parameters
        ----------
        stop : int
            Number of the stop.
        fraction : float
            How much of the way to the next stop is done, 0..1.
        """
        self._bar.set_position(stop, fraction)
        self._show_position()

    def set_playing(self, playing: bool) -> None:
        """Show whether it plays: the button then pauses."""
        if playing == self._plays:
            return
        self._plays = playing
        self._play.setIcon(icon("pause" if playing else "play"))
        self._play.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))
        self._play.setToolTip(self.tr("Pause (Space)") if playing else self.tr("Play (Space)"))

    def set_loop(self, loop: bool) -> None:
        """Show whether it begins again at the end; emits nothing."""
        self._loop.setChecked(loop)

    def set_speed(self, speed: float) -> None:
        """Show the speed; emits nothing."""
        self._speed.set_speed(speed)

    def speed(self) -> float:
        """Return the speed, infinity for "Instant"."""
        return self._speed.speed()

    def stop(self) -> int:
        """Return the stop on show."""
        return self._bar.value()

    def _show_course(self, sentence: str) -> None:
        """Show that there are other stops, or why there are none."""
        self._bar.setEnabled(self._bar.scale.n_stops > 0)
        self._show_usable()
        self._bar.set_sentence(sentence)
        # As wide as the longest it can get, so that nothing moves while it plays.
        self._readout.fit(self._course.widest(self._bar.scale))
        self._show_position()

    def _show_usable(self) -> None:
        for button in (self._play, self._loop):
            button.setEnabled(self._bar.scale.n_stops > 0 and not self._is_locked)

    def _show_position(self) -> None:
        stop = self._bar.value()
        # centroids that glide are on their way to the update, not assigning any more
        text = self._preview or self._describe(stop + self._bar.is_gliding)
        self._readout.set_text(text)
        self._bar.setAccessibleDescription(text)
        n_stops = 0 if self._is_locked else self._bar.scale.n_stops
        for button in (self._first, self._back):
            button.setEnabled(n_stops > 0 and stop > 0)
        for button in (self._forward, self._last):
            button.setEnabled(n_stops > 0 and stop < n_stops - 1)

    def _describe(self, stop: int) -> str:
        return self._course.describe(self._bar.scale, stop)

    # -- what a person does --------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play, step, or go to an end."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain, jump = not modifiers, modifiers == _JUMP
        if not self._bar.scale.n_stops or self._is_locked or not (plain or jump):
            event.ignore()
            return
        match event.key():
            case Qt.Key.Key_Left if jump:
                self._jump(-1)
            case Qt.Key.Key_Right if jump:
                self._jump(1)
            case _ if jump:
                event.ignore()
            case Qt.Key.Key_Space:
                if not event.isAutoRepeat():
                    self.playToggled.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Down:
                self.stepRequested.emit(-1)
            case Qt.Key.Key_Right | Qt.Key.Key_Up:
                self.stepRequested.emit(1)
            case Qt.Key.Key_Home:
                self.firstRequested.emit()
            case Qt.Key.Key_End:
                self.lastRequested.emit()
            case Qt.Key.Key_PageUp:
                self._turn_page(1)
            case Qt.Key.Key_PageDown:
                self._turn_page(-1)
            case _:
                event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave more room to the bar where there is little."""
        self._speed.set_label_shown(self.width() >= _NARROW)

    def _jump(self, direction: int) -> None:
        """Go to the next thing that is marked, or the one before."""
        self._go(self._bar.event_stop(direction))

    def _turn_page(self, direction: int) -> None:
        """Go further than a step."""
        self._go(self._course.page(self._bar.scale, self.stop(), direction))

    def _go(self, stop: int | None) -> None:
        if stop is None:
            return
        target = min(max(stop, 0), self._bar.scale.n_stops - 1)
        if target != self._bar.value() or self._bar.is_between:
            self.set_position(target)
            self.stopEdited.emit(target)

    def _edit(self, stop: int) -> None:
        self._show_position()
        self.stopEdited.emit(stop)

    def _edit_loop(self) -> None:
        self.loopEdited.emit(self._loop.isChecked())
