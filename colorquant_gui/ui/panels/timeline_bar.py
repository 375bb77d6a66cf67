"""TimelineBar: the groove of a timeline, its ticks and marks, and the handle on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from colorquant_gui.ui.mark_groups import MarkGroup, gathered, group_at
from colorquant_gui.ui.panels.timeline_painting import (
    LABEL_TOP,
    MARGIN,
    MARK_APART,
    MARKS_BOTTOM,
    TimelineLook,
    paint,
    paint_empty,
)
from colorquant_gui.ui.panels.timeline_scale import TimelineScale
from colorquant_gui.ui.panels.wheel_steps import WheelSteps
from colorquant_gui.ui.theme import tick_font

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import (
        QFont,
        QHideEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

_MARK_REACH = 7.0  # how near the pointer must be to read one
_TREMBLE = 4.0


class TimelineBar(QAbstractSlider):
    """Shows where in a run it is, and lets a person go elsewhere.

    Attributes
    ----------
    stopEdited : Signal(int)
        The person chose a stop.
    scrubStarted, scrubFinished : Signal()
        Around a drag.
    stepRequested : Signal(int)
        So many stops forward, or back.

    Parameters
    ----------
    describe : callable
        Says what a stop is.
    stops_each : int
        As of `TimelineScale`.
    parent : QWidget, optional
        Qt parent.
    """

    stopEdited = Signal(int)
    scrubStarted = Signal()
    scrubFinished = Signal()
    stepRequested = Signal(int)

    def __init__(
        self, describe: Callable[[int], str], stops_each: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timelineBar")
        self.setAccessibleName(self.tr("Timeline"))
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setPageStep(stops_each)
        self._describe = describe
        self._scale = TimelineScale(stops_each=stops_each)
        self._events: dict[int, str] = {}
        self._marks: tuple[MarkGroup, ...] = ()
        self._growing = False
        self._subdued, self._locked = False, False
        self._fraction = 0.0
        self._held = False
        self._pressed_mark: float | None = None
        self._wheel = WheelSteps()
        self._sentence = ""

    @property
    def scale(self) -> TimelineScale:
        """Where the stops are."""
        return self._scale

    @property
    def marks(self) -> tuple[MarkGroup, ...]:
        """What happened, as it is marked."""
        return self._marks

    def set_timeline(self, n_stages: int, n_iterations: int, events: Mapping[int, str]) -> None:
        """Show a run; see `Timeline.set_timeline`."""
        self._scale = replace(self._scale, n_stages=n_stages, n_iterations=n_iterations)
        self._events = dict(events)
        self._gather()
        self.setRange(0, max(self._scale.n_stops - 1, 0))
        self.update()

    def set_growing(self, growing: bool) -> None:
        """Let the end of the groove fade as long as there is more to come."""
        if growing != self._growing:
            self._growing = growing
            self.update()

    def set_subdued(self, subdued: bool, *, locked: bool = False) -> None:
        """Stand back while something else is on show.

        Parameters
        ----------
        subdued : bool
            Whether it is drawn as of no account.
        locked : bool
            Whether the person can go nowhere meanwhile; keys are the owner's.
        """
        if (subdued, locked) != (self._subdued, self._locked):
            self._subdued, self._locked = subdued, locked
            if locked:
                self._let_go()
            self.update()

    def set_sentence(self, text: str) -> None:
        """Say why there is nothing to show; shown only then."""
        self._sentence = text
        self.update()

    def set_position(self, stop: int, fraction: float) -> None:
        """Move the handle, unless the person holds it."""
        if self._held:
            return
        self._fraction = fraction
        self.setValue(stop)
        self.update()

    @property
    def is_held(self) -> bool:
        """Whether the person holds the handle."""
        return self._held

    @property
    def is_between(self) -> bool:
        """Whether it is on the way from one stop to the next."""
        return self._fraction > 0

    @property
    def is_gliding(self) -> bool:
        """Whether it is on the way from an assignment to the update."""
        stop, scale = self.value(), self._scale
        rests = scale.is_seeding(stop) or scale.is_update(stop) or stop + 1 >= scale.n_stops
        return self._fraction > 0 and scale.stops_each > 1 and not rests

    def event_stop(self, direction: int) -> int | None:
        """Return where the next event is (1), or the one before (-1); None beyond the last."""
        return self._scale.event_stop(
            self._events, self.value(), direction, is_between=self.is_between
        )

    def _gather(self) -> None:
        scale = self._scale
        there = {n: text for n, text in self._events.items() if 0 <= n <= scale.n_iterations}
        self._marks = gathered(there, lambda n: scale.x_of(scale.assign_stop(n)), MARK_APART)

    def sizeHint(self) -> QSize:
        """Return a wide size."""
        return QSize(480, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size at which it can still be used."""
        return QSize(160, LABEL_TOP + QFontMetrics(self._label_font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the stops over the new length."""
        width = max(self.width() - 2 * MARGIN, 1.0)
        self._scale = replace(self._scale, left=MARGIN, width=width)
        self._gather()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the pointer, and stay with it."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        if not is_left or self._locked or not self._scale.n_stops:
            event.ignore()
            return
        self._held = True
        self.scrubStarted.emit()
        place = event.position()
        is_above = place.y() < MARKS_BOTTOM
        mark = group_at(self._marks, place.x(), _MARK_REACH) if is_above else None
        self._pressed_mark = None if mark is None else place.x()
        if mark is None:
            self._go(self._scale.stop_at(place.x()), always=True)
        else:
            # once more, and it is the next of those that lie there
            scale, stop = self._scale, self.value()
            here = scale.iteration(stop)
            rests = stop == scale.assign_stop(here) and mark.holds(here)
            self._go(scale.assign_stop(mark.next_after(here if rests else -1)), always=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stay with the pointer."""
        x, start = event.position().x(), self._pressed_mark
        # a hand that trembles on a mark is not meant to leave it
        if self._held and (start is None or abs(x - start) >= _TREMBLE):
            self._pressed_mark = None
            self._go(self._scale.stop_at(x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def hideEvent(self, event: QHideEvent) -> None:
        """End a drag: no release comes for a widget that went away."""
        self._let_go()

    def changeEvent(self, event: QEvent) -> None:
        """End a drag: no release comes for a widget that is disabled, either."""
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self._let_go()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the timeline."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take a step for every notch."""
        steps = self._wheel.turn(event)
        # Towards the person is onwards, as when a page is read.
        if steps and self._scale.n_stops and not self._locked:
            self.stepRequested.emit(-steps)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Say what lies under the pointer."""
        if isinstance(event, QHelpEvent) and self._scale.n_stops and not self._locked:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().x()), self)
            return True
        return bool(super().event(event))

    def tip_at(self, x: float) -> str:
        """Return what lies at a place: the stop, and what happened there."""
        mark = group_at(self._marks, x, _MARK_REACH)
        return self._describe(self._scale.stop_at(x)) if mark is None else mark.describe()

    def _go(self, stop: int, *, always: bool = False) -> None:
        if stop != self.value() or self._fraction or always:
            self._fraction = 0.0
            self.setValue(stop)
            self.update()
            self.stopEdited.emit(stop)

    def _let_go(self) -> None:
        if self._held:
            self._held = False
            self.update()
            self.scrubFinished.emit()

    def _label_font(self) -> QFont:
        return tick_font(self.font())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grooves, ticks, marks and the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._label_font())
        scale = self._scale
        if scale.n_stops:
            look = TimelineLook(
                scale,
                self._marks,
                scale.x_of(min(self.value(), scale.n_stops - 1), self._fraction),
                self.tr("Seeding"),
                is_growing=self._growing,
                is_active=not self._locked and (self._held or self.underMouse()),
                is_subdued=self._subdued,
                has_focus=self.hasFocus(),
            )
            paint(painter, self.palette(), look)
        else:
            paint_empty(painter, self.palette(), self.rect(), self._sentence)
        painter.end()
