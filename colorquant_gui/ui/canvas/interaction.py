"""Interaction: what Qt tells the canvas, passed on to the parts that know what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)

from colorquant_gui.ui.canvas.surface import Surface

_FOCUS_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Interaction(Surface):
    """A surface that listens."""

    def sizeHint(self) -> QSize:
        """Return the size it likes to have."""
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which it is of no use."""
        return QSize(160, 120)

    def event(self, event: QEvent) -> bool:
        """Take what has no handler of its own: keys before shortcuts, pinches, other screens."""
        kind = event.type()
        if kind == QEvent.Type.DevicePixelRatioChange:
            self._fill()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_own = self._is_space(event) or self._is_escape(event)
            if is_own or self._gestures.wants_key(event):
                event.accept()
                return True
        elif (
            kind == QEvent.Type.NativeGesture
            and isinstance(event, QNativeGestureEvent)
            and self._gestures.pinched(event)
        ):
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the pointer is on something that lies over the picture."""
        if event.type() == QEvent.Type.Enter:
            self._follow_pointer(None)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the size."""
        self._fill()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on."""
        super().showEvent(event)
        self._show_view()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        self._layers.pause()
        self._lookout.pause()
        self._let_go()
        self._flicker.set_running(False)
        self._follow_pointer(None)
        self._pointer.flush()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything."""
        with QPainter(self) as painter:
            self._scene.paint(painter, event.rect(), self.palette())
        self._lookout.note_painted()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._scene.shows_focus = False
        event.setAccepted(self._gestures.mouse_pressed(event))
        self._follow_pointer(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or just point."""
        self._gestures.mouse_moved(event)
        self._follow_pointer(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._gestures.mouse_released(event)
        self._follow_pointer(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Switch between the whole picture and 100 %."""
        event.setAccepted(self._gestures.double_clicked(event))
        self._follow_pointer(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._follow_pointer(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        self._follow_pointer(event.position())
        event.setAccepted(self._gestures.wheel_turned(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, zoom, show the original, or cancel."""
        if self._is_space(event):
            if not event.isAutoRepeat():
                self._set_peeking(True)
        elif event.key() == Qt.Key.Key_Escape and self._furniture.is_busy:
            self.cancelRequested.emit()
        elif event.key() == Qt.Key.Key_Escape and self._furniture.is_welcoming:
            self._close_welcome()
        elif not self._gestures.key_pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the result again."""
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._set_peeking(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go, to those who came by key."""
        self._scene.shows_focus = event.reason() in _FOCUS_BY_KEYS
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop listening to keys."""
        self._scene.shows_focus = False
        self._let_go()
        super().focusOutEvent(event)

    def _is_space(self, event: QKeyEvent) -> bool:
        return (
            event.key() == Qt.Key.Key_Space
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and self._layers.picture is not None
        )

    def _is_escape(self, event: QKeyEvent) -> bool:
        """Whether this is Escape, and there is something on the canvas to end with it."""
        is_covered = self._furniture.is_busy or self._furniture.is_welcoming
        return event.key() == Qt.Key.Key_Escape and is_covered
