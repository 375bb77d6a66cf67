"""Timeline: plays, steps through and scrubs a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from colorquant_gui.ui import formatting
from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.panels.playback_bar import SpeedSelector
from colorquant_gui.ui.panels.timeline_bar import TimelineBar
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent


class Timeline(QWidget):
    """The stops of a run, from the first stage of its seeding to its last assignment.

    Space plays and pauses, the arrow keys take half-steps, the Page keys whole iterations, Home
    and End go to the ends.

    Attributes
    ----------
    stopEdited : Signal(int)
        The person went to a stop.
    scrubStarted, scrubFinished : Signal()
        Around a drag on the bar.
    playToggled : Signal()
        Play if it stands, pause if it plays.
    stepRequested : Signal(int)
        So many half-steps forward, or back.
    firstRequested, lastRequested : Signal()
        To one of the ends.
    loopEdited : Signal(bool)
        Whether to begin again at the end.
    speedEdited : Signal(float)
        Another speed; infinity is "Instant".
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self._kind = "draws"
        self._growing = False
        self._playing = False
        self._bar = TimelineBar(self.describe, self)
        self._bar.stopEdited.connect(self._edit)
        self._bar.scrubStarted.connect(self.scrubStarted)
        self._bar.scrubFinished.connect(self.scrubFinished)
        self._bar.stepRequested.connect(self.stepRequested)
        self.setFocusProxy(self._bar)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(2)
        self._first = self._button(
            "first", self.tr("First"), self.tr("To the start (Home)"), self.firstRequested.emit
        )
        self._back = self._button(
            "step-back",
            self.tr("Step back"),
            self.tr("Half a step back (Left)"),
            lambda: self.stepRequested.emit(-1),
        )
        self._play = self._button("play", "", "", self.playToggled.emit)
        self._forward = self._button(
            "step-forward",
            self.tr("Step forward"),
            self.tr("Half a step forward (Right)"),
            lambda: self.stepRequested.emit(1),
        )
        self._last = self._button(
            "last", self.tr("Last"), self.tr("To the end (End)"), self.lastRequested.emit
        )
        self._loop = self._button(
            "loop", self.tr("Loop"), self.tr("Begin again at the end"), self._edit_loop
        )
        self._loop.setCheckable(True)
        self._play.setObjectName("timelinePlay")
        self._readout = QLabel()
        self._readout.setObjectName("timelineReadout")
        self._readout.setFont(tabular_font(self._readout.font()))
        self._readout.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._speed = SpeedSelector()
        self._speed.speedEdited.connect(self.speedEdited)
        row.addWidget(self._bar, 1)
        row.addSpacing(8)
        row.addWidget(self._readout)
        row.addSpacing(16)
        row.addWidget(self._speed)
        self.set_playing(False)
        self.clear()

    def _button(self, name: str, text: str, hint: str, slot: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        words = name.split("-")
        button.setObjectName("timeline" + "".join(word.capitalize() for word in words))
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

    def set_timeline(
        self,
        n_stages: int,
        n_iterations: int,
        marks: Mapping[int, str],
        seeding_kind: str = "draws",
    ) -> None:
        """Show a run. May be called for every frame while it grows.

        Parameters
        ----------
        n_stages : int
            Stages of the seeding, 0 or more.
        n_iterations : int
            Number of the last iteration; 0 where there is only the seeding, -1 where not even
            that: with no stages, the empty state.
        marks : mapping of int to str
            What happened at an iteration.
        seeding_kind : str
            "draws" (centroid after centroid), "splits" (box after box) or "given" (all at once).
        """
        self._kind = seeding_kind
        self._bar.set_timeline(n_stages, n_iterations, marks)
        self._show_state()

    def clear(self) -> None:
        """Show the empty state, or, while it is growing, the busy one."""
        self.set_timeline(0, -1, {})

    def set_growing(self, growing: bool) -> None:
        """Say whether there are more iterations to come."""
        self._growing = growing
        self._bar.set_growing(growing)
        self._show_state()

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
        self._playing = playing
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

    def describe(self, stop: int) -> str:
        """Return what a stop is: "Iteration 7 of 22 · assign"."""
        scale = self._bar.scale
        if stop < 0 or not scale.n_stops:
            return ""
        if scale.is_seeding(stop):
            words = {
                "splits": self.tr("Seeding · box %1 of %2"),
                "given": self.tr("Seeding · given centroids"),
            }.get(self._kind, self.tr("Seeding · centroid %1 of %2"))
            return _filled(words, stop + 1, scale.n_stages)
        half = self.tr("update") if scale.is_update(stop) else self.tr("assign")
        words = self.tr("Iteration %1 of %2 · %3").replace("%3", half)
        return _filled(words, scale.iteration(stop), scale.n_iterations)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play, step, or go to an end."""
        key = event.key()
        if not self._bar.scale.n_stops or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        match key:
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

    def _turn_page(self, direction: int) -> None:
        """Go to the next assignment, or the one before; the seeding is one page."""
        scale, stop = self._bar.scale, self._bar.value()
        start = scale.assign_stop(0)
        if direction > 0:
            target = start if stop < start else start + 2 * ((stop - start) // 2 + 1)
        else:
            target = 0 if stop <= start else start + 2 * ((stop - start - 1) // 2)
        target = min(max(target, 0), scale.n_stops - 1)
        if target != stop:
            self.set_position(target)
            self.stopEdited.emit(target)

    def _edit(self, stop: int) -> None:
        self._show_position()
        self.stopEdited.emit(stop)

    def _edit_loop(self) -> None:
        self.loopEdited.emit(self._loop.isChecked())

    def _show_state(self) -> None:
        scale = self._bar.scale
        there = scale.n_stops > 0
        for widget in (self._play, self._loop, self._bar):
            widget.setEnabled(there)
        self._bar.set_sentence(
            self.tr("The first iteration is on its way…")
            if self._growing
            else self.tr("The run of k-means appears here, to be played and stepped through.")
        )
        # As wide as the longest it can get, so that nothing moves while it plays.
        metrics = self._readout.fontMetrics()
        stops = (0, scale.n_stages - 1, scale.n_stops - 1, scale.n_stops - 2)
        widest = max((metrics.horizontalAdvance(self.describe(stop)) for stop in stops), default=0)
        least = metrics.horizontalAdvance(self.tr("Iteration 22 of 22 · update"))
        self._readout.setFixedWidth(max(widest, least) + 4)
        self._show_position()

    def _show_position(self) -> None:
        n_stops, stop = self._bar.scale.n_stops, self._bar.value()
        # centroids that glide are on their way to the update, not assigning any more
        text = self.describe(stop + self._bar.is_gliding)
        self._readout.setText(text)
        self._bar.setAccessibleDescription(text)
        for button in (self._first, self._back):
            button.setEnabled(n_stops > 0 and stop > 0)
        for button in (self._forward, self._last):
            button.setEnabled(n_stops > 0 and stop < n_stops - 1)


def _filled(words: str, number: int, total: int) -> str:
    with_number = words.replace("%1", formatting.integer(number))
    return with_number.replace("%2", formatting.integer(total))
