"""OrbitControls: mouse, wheel and keys that move the camera of a viewport."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

from colorquant_gui.ui.space3d.camera import Camera

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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
_RESET_KEYS = (_Key.Key_Home, _Key.Key_0)
# One notch of a wheel is 120 units: a sixth larger or smaller.
_ZOOM_PER_UNIT = 1.0013
_Modifier = Qt.KeyboardModifier


class OrbitControls(QObject):
    """Turns what a person does on a viewport into changes of the scene's camera.

    Left drag turns, right or middle drag (or Shift and left) moves, the wheel zooms, a double
    click resets; arrows turn, with Shift they move, + and - zoom, Home and 0 reset.

    Parameters
    ----------
    scene : Scene
        Whose camera and focus are changed.
    viewport : QWidget
        Where that happens; owns this object.

    Attributes
    ----------
    changed : Signal()
        The scene wants to be drawn.
    """

    changed = Signal()

    def __init__(self, scene: Scene, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._scene = scene
        self._viewport = viewport
        self._last = QPointF()
        self._dragging = False
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
        if isinstance(event, QFocusEvent):
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
            self._move_to(Camera())
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._last = event.position()
            self._dragging = True
            self._viewport.setCursor(
                Qt.CursorShape.SizeAllCursor if _moves(event) else Qt.CursorShape.ClosedHandCursor
            )
            self._viewport.setFocus(Qt.FocusReason.MouseFocusReason)
        elif kind == QEvent.Type.MouseMove and self._dragging and event.buttons():
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
        known = key in _ARROWS or key in _ZOOM_KEYS or key in _RESET_KEYS
        if kind == QEvent.Type.ShortcutOverride and known:
            # Otherwise a shortcut of the window may take the key.
            event.accept()
            return True
        if kind != QEvent.Type.KeyPress or not known:
            return False
        if key in _ZOOM_KEYS:
            self._move_to(camera.zoomed(_ZOOM_KEYS[_Key(key)]))
        elif key in _RESET_KEYS:
            self._move_to(Camera())
        else:
            dx, dy = (step * _KEY_STEP for step in _ARROWS[_Key(key)])
            size = self._viewport.size()
            if event.modifiers() & _Modifier.ShiftModifier:
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
