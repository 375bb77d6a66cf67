"""Gestures: what mouse, touchpad and keys do to the view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtWidgets import QApplication, QStyle

from colorquant_gui.ui.canvas.coasting import Coasting
from colorquant_gui.ui.canvas.stage import MIDDLE

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

    from colorquant_gui.ui.canvas.stage import Stage

_WHEEL_STEP = 120.0
_TOUCHPAD_STEP = 40.0
_MOST_STEPS = 6.0
_ZOOM_PER_STEP = 2 ** (1 / 3)
_PAN_STEP = 32.0
_PAN_LEAP = 160.0
_SPLIT_STEP = 0.01
_SPLIT_LEAP = 0.1

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENDS = {Qt.Key.Key_Home: 0.0, Qt.Key.Key_End: 1.0}
_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_FIT = Qt.Key.Key_0
_LOUPE = Qt.Key.Key_L
_ZOOMS = {
    Qt.Key.Key_1: 1.0,
    Qt.Key.Key_2: 2.0,
    Qt.Key.Key_3: 4.0,
    Qt.Key.Key_4: 8.0,
    Qt.Key.Key_5: 0.5,
    Qt.Key.Key_6: 0.25,
    Qt.Key.Key_7: 16.0,
}
_OWN_MODIFIERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


@dataclass
class _Drag:
    """A button held down: on the split, or on the picture."""

    button: Qt.MouseButton
    start: QPointF
    at: QPointF
    on_split: bool
    is_click: bool


class Gestures(QObject):
    """Moves a stage as the person wants, and says so.

    Signals: `viewMoved`, `splitMoved` (0..1), `clicked` (a place of the canvas; a press that was
    no drag), `loupeWanted` (to be turned on or off).

    Parameters
    ----------
    stage : Stage
        What is moved.
    parent : QObject, optional
        Its owner.
    """

    viewMoved = Signal()
    splitMoved = Signal(float)
    clicked = Signal(QPointF)
    loupeWanted = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._drag: _Drag | None = None
        self._coasting = Coasting(self)
        self._coasting.moved.connect(self._coast)
        self.has_motion = True

    @property
    def is_holding(self) -> bool:
        """Whether something is held."""
        return self._drag is not None

    def release(self) -> None:
        """Let go of whatever is held, and stay here."""
        self._drag = None
        self._coasting.stop()

    def cursor_at(self, place: QPointF | None) -> Qt.CursorShape:
        """Return the cursor that tells what a press would do."""
        handle = self._stage.handle()
        if handle is not None and self.is_on_split(place):
            return handle.cursor
        if self._stage.viewport.window() is None or not self._stage.viewport.can_move:
            return Qt.CursorShape.ArrowCursor
        held = self._drag is not None
        return Qt.CursorShape.ClosedHandCursor if held else Qt.CursorShape.OpenHandCursor

    def is_on_split(self, place: QPointF | None) -> bool:
        """Whether a press at a place takes hold of the split, or it is held already."""
        if self._drag is not None:
            return self._drag.on_split
        handle = self._stage.handle()
        return handle is not None and place is not None and handle.contains(place)

    def mouse_pressed(self, event: QMouseEvent) -> bool:
        """Take hold of the split or of the picture; False where the button means nothing."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return False
        if self._drag is None:
            place, handle = event.position(), self._stage.handle()
            is_left = event.button() == Qt.MouseButton.LeftButton
            # to stop a picture that slides is no click
            is_click = is_left and not self._coasting.is_moving
            self._coasting.hold(place)
            if is_left and handle is not None and handle.contains(place):
                # the line keeps its distance from the pointer
                grabbed = QPointF(handle.across(place) - handle.position, 0)
                self._drag = _Drag(event.button(), place, grabbed, on_split=True, is_click=False)
            else:
                self._drag = _Drag(event.button(), place, place, False, is_click)
        return True

    def mouse_moved(self, event: QMouseEvent) -> None:
        """Drag what is held."""
        drag = self._drag
        if drag is None:
            return
        place = event.position()
        if (place - drag.start).manhattanLength() >= QApplication.startDragDistance():
            drag.is_click = False
        if drag.on_split:
            handle = self._stage.handle()
            if handle is not None:
                size = self._stage.area.size()
                length = handle.across(QPointF(size.width(), size.height()))
                self._move_split((handle.across(place) - drag.at.x()) / max(1.0, length))
        else:
            self._coasting.follow(place)
            step = place - drag.at
            drag.at = place
            self._pan(step)

    def mouse_released(self, event: QMouseEvent) -> None:
        """Let go."""
        drag = self._drag
        if drag is None or event.button() != drag.button:
            return
        self._drag = None
        if drag.is_click:
            self.clicked.emit(event.position())
        elif not drag.on_split and self._may_coast():
            self._coasting.let_go()

    def double_clicked(self, event: QMouseEvent) -> bool:
        """Bring the split back to the middle, or show the place at 100 % and all of it again."""
        handle = self._stage.handle()
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._coasting.stop()
        if handle is not None and handle.contains(event.position()):
            self._move_split(MIDDLE, limited=False)
        else:
            viewport = self._stage.viewport
            if viewport.is_fitted:
                viewport.set_zoom(1.0, self._stage.in_viewport(event.position()))
            else:
                viewport.fit()
            self.viewMoved.emit()
        return True

    def wheel_turned(self, event: QWheelEvent) -> bool:
        """Zoom to the pointer; False for a sideways turn."""
        # only a touchpad has phases; a mouse's pixel deltas are not reliable everywhere
        has_pixels = event.phase() != Qt.ScrollPhase.NoScrollPhase and event.pixelDelta().y()
        if has_pixels:
            steps = event.pixelDelta().y() / _TOUCHPAD_STEP
        else:
            steps = event.angleDelta().y() / _WHEEL_STEP
        if not steps:
            return False
        self._zoom_by(
            _ZOOM_PER_STEP ** min(max(steps, -_MOST_STEPS), _MOST_STEPS), event.position()
        )
        return True

    def pinched(self, event: QNativeGestureEvent) -> bool:
        """Zoom as two fingers on a touchpad ask; False for any other gesture."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._zoom_by(max(0.1, 1 + event.value()), event.position())
        return True

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether `key_pressed` would do something."""
        if event.modifiers() & ~_OWN_MODIFIERS or self._stage.viewport.window() is None:
            return False
        key = event.key()
        if key in _ENDS:
            return self._stage.line is not None
        return key in _ARROWS or key in _STEPS or key in _ZOOMS or key in (_FIT, _LOUPE)

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Zoom, pan or move the split; False where the key means nothing."""
        if not self.wants_key(event):
            return False
        key, stage = Qt.Key(event.key()), self._stage
        self._coasting.stop()
        leap = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _ENDS:
            self._move_split(_ENDS[key], limited=False)
        elif key in _ARROWS:
            self._step(*_ARROWS[key], leap=leap)
        elif key == _LOUPE:
            if not event.isAutoRepeat():
                self.loupeWanted.emit()
        else:
            if key in _STEPS:
                stage.viewport.step_zoom(_STEPS[key])
            elif key == _FIT:
                stage.viewport.fit()
            else:
                stage.viewport.set_zoom(_ZOOMS[key])
            self.viewMoved.emit()
        return True

    def _step(self, dx: int, dy: int, *, leap: bool) -> None:
        line = self._stage.line
        along = dx if line is Qt.Orientation.Vertical else dy
        if along and line is not None:
            low, high = self._stage.split_limits()
            here = min(max(self._stage.split, low), high)
            self._move_split(here + along * (_SPLIT_LEAP if leap else _SPLIT_STEP))
            return
        distance = _PAN_LEAP if leap else _PAN_STEP
        self._pan(QPointF(-dx * distance, -dy * distance))

    def _pan(self, step: QPointF) -> None:
        ratio = self._stage.ratio
        self._stage.viewport.pan(step.x() * ratio, step.y() * ratio)
        self.viewMoved.emit()

    def _may_coast(self) -> bool:
        """Whether there is room to slide, and nobody has asked for a still screen."""
        duration = QStyle.StyleHint.SH_Widget_Animation_Duration
        wanted = self.has_motion and QApplication.style().styleHint(duration) > 0
        return wanted and self._stage.viewport.can_move

    def _coast(self, step: QPointF) -> None:
        before = self._stage.viewport.window()
        self._pan(step)
        if before == self._stage.viewport.window() and step.manhattanLength() >= 2:
            # at the edge
            self._coasting.stop()

    def _zoom_by(self, factor: float, place: QPointF) -> None:
        self._coasting.stop()
        self._stage.viewport.zoom_by(factor, self._stage.in_viewport(place))
        self.viewMoved.emit()

    def _move_split(self, position: float, *, limited: bool = True) -> None:
        low, high = self._stage.split_limits() if limited else (0.0, 1.0)
        before = self._stage.split
        self._stage.split = min(max(position, low), high)
        if self._stage.split != before:
            self.splitMoved.emit(self._stage.split)
            self.viewMoved.emit()
