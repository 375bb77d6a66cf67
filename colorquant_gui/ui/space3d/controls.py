"""OrbitControls: mouse, wheel and keys that move the camera of a viewport."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.scene import Scene

_Key = Qt.Key
_KEY_STEP = 12.5
_ARROWS = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
_ZOOM_KEYS = {
    _Key.Key_Plus: 1.15,
    _Key.Key_Equal: 1.15,
    _Key.Key_Minus: 1 / 1.15,
    _Key.Key_Underscore: 1 / 1.15,
}
_AXIS_KEYS = {_Key.Key_1: 0, _Key.Key_2: 1, _Key.Key_3: 2}
# A press that moves less than this is a click.
_SLOP = 4.0
_RESET_KEYS = (_Key.Key_Home, _Key.Key_0)
_KNOWN_KEYS = {*_ARROWS, *_ZOOM_KEYS, *_RESET_KEYS, _Key.Key_P, _Key.Key_R}
# One notch of a wheel is 120 units: a sixth larger or smaller.
_ZOOM_PER_UNIT = 1.0013
_Modifier = Qt.KeyboardModifier


class OrbitControls(QObject):
    """Turns what a person does on a viewport into changes of the scene's camera.

    Left drag turns, right or middle drag (or Shift and left) moves, the wheel zooms, a double
    click resets; arrows turn, with Shift they move, + and - zoom, Home and 0 reset; P changes the
    projection, R turns by itself, 1, 2 and 3 look along an axis, and then from its other end.

    Parameters
    ----------
    scene : Scene
        Whose camera and focus are changed.
    parent : QObject
        The owner.

    Attributes
    ----------
    changed : Signal()
        The person has moved the camera: the scene wants to be drawn.
    pointed : Signal(object)
        Where the pointer rests or moves, QPointF; None while it drags or is elsewhere.
    clicked : Signal(QPointF)
        A click that was no drag.
    resetRequested, perspectiveToggled, rotatingToggled : Signal()
        A key or a double click asks for that.
    alignRequested : Signal(int)
        A key asks to look along an axis.
    """

    changed = Signal()
    pointed = Signal(object)
    clicked = Signal(QPointF)
    resetRequested = Signal()
    perspectiveToggled = Signal()
    rotatingToggled = Signal()
    alignRequested = Signal(int)

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene = scene
        self._viewport = parent
        self._last = QPointF()
        self._dragging = False
        self._clicks = False
        self._pressed_at = QPointF()

    def attach(self, viewport: QWidget) -> None:
        """Take what a person does on this viewport from now on."""
        self._viewport = viewport
        self._dragging = self._clicks = False
        viewport.setMouseTracking(True)
        viewport.setCursor(Qt.CursorShape.OpenHandCursor)
        viewport.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events that move the camera, leave the others alone."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            return self._mouse(kind, event)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QKeyEvent):
            return self._key(kind, event)
        if kind == QEvent.Type.Leave:
            self.pointed.emit(None)
        elif isinstance(event, QFocusEvent):
            self._focus(kind, event)
        elif isinstance(event, QNativeGestureEvent):
            return self._gesture(event)
        return False

    def _move_to(self, camera: Camera) -> None:
        if camera != self._scene.camera:
            self._scene.camera = camera
            self.changed.emit()

    def _mouse(self, kind: QEvent.Type, event: QMouseEvent) -> bool:
        if kind == QEvent.Type.MouseButtonDblClick and event.button() == Qt.MouseButton.LeftButton:
            self._clicks = False
            self.resetRequested.emit()
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._last = self._pressed_at = event.position()
            self._dragging = True
            self._clicks = event.button() == Qt.MouseButton.LeftButton
            self.pointed.emit(None)
            self._viewport.setCursor(
                Qt.CursorShape.SizeAllCursor if _moves(event) else Qt.CursorShape.ClosedHandCursor
            )
            self._viewport.setFocus(Qt.FocusReason.MouseFocusReason)
        elif kind == QEvent.Type.MouseMove and self._dragging and event.buttons():
            if (event.position() - self._pressed_at).manhattanLength() > _SLOP:
                self._clicks = False
            step = event.position() - self._last
            self._last = event.position()
            camera, size = self._scene.camera, self._viewport.size()
            if _moves(event):
                camera = camera.panned(step.x(), step.y(), size.width(), size.height())
            else:
                camera = camera.orbited(step.x(), step.y())
            self._move_to(camera)
        elif kind == QEvent.Type.MouseButtonRelease and not event.buttons():
            self._dragging = False
            self._viewport.setCursor(Qt.CursorShape.OpenHandCursor)
            if self._clicks:
                self._clicks = False
                self.clicked.emit(event.position())
        elif kind == QEvent.Type.MouseMove and not event.buttons():
            self.pointed.emit(event.position())
        return True

    def _wheel(self, event: QWheelEvent) -> bool:
        delta = event.angleDelta().y()
        self._move_to(self._scene.camera.zoomed(_ZOOM_PER_UNIT**delta))
        event.accept()
        return True

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._move_to(self._scene.camera.zoomed(1.0 + event.value()))
        return True

    def _key(self, kind: QEvent.Type, event: QKeyEvent) -> bool:
        if event.modifiers() & (_Modifier.ControlModifier | _Modifier.AltModifier):
            return False
        key, camera = event.key(), self._scene.camera
        shifted = bool(event.modifiers() & _Modifier.ShiftModifier)
        axis = _AXIS_KEYS.get(_Key(key))
        known = key in _KNOWN_KEYS or axis is not None
        if kind == QEvent.Type.ShortcutOverride and known:
            # Otherwise a shortcut of the window may take the key.
            event.accept()
            return True
        if kind != QEvent.Type.KeyPress or not known:
            return False
        if key in _ZOOM_KEYS:
            self._move_to(camera.zoomed(_ZOOM_KEYS[_Key(key)]))
        elif key in _RESET_KEYS:
            self.resetRequested.emit()
        elif key == _Key.Key_P:
            self.perspectiveToggled.emit()
        elif key == _Key.Key_R:
            self.rotatingToggled.emit()
        elif axis is not None:
            self.alignRequested.emit(axis)
        else:
            dx, dy = (step * _KEY_STEP for step in _ARROWS[_Key(key)])
            size = self._viewport.size()
            if shifted:
                self._move_to(camera.panned(dx, dy, size.width(), size.height()))
            else:
                self._move_to(camera.orbited(dx, dy))
        return True

    def _focus(self, kind: QEvent.Type, event: QFocusEvent) -> None:
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        self._scene.focused = kind == QEvent.Type.FocusIn and not by_mouse
        self.changed.emit()


def _moves(event: QMouseEvent) -> bool:
    """Whether a drag moves the view rather than turning it."""
    held = event.buttons()
    shifted = bool(event.modifiers() & _Modifier.ShiftModifier)
    return shifted or not held & Qt.MouseButton.LeftButton
