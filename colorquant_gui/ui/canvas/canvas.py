"""Canvas: the picture, with zoom, pan and a comparison of before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from colorquant_gui.ui.canvas.busy import BusyPanel
from colorquant_gui.ui.canvas.empty_state import EmptyState
from colorquant_gui.ui.canvas.gestures import Gestures
from colorquant_gui.ui.canvas.layers import Layers
from colorquant_gui.ui.canvas.rendering import Picture
from colorquant_gui.ui.canvas.scene import Scene
from colorquant_gui.ui.canvas.stage import Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.compare import CompareMode

_FOCUS_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Canvas(QWidget):
    """Shows a picture before and after, and says what the person does with it.

    The work of a frame depends on the size of the canvas, never on that of the picture.

    Signals: `zoomChanged` (device pixels per image pixel), `splitMoved` (by the person; 0..1 of
    the canvas), `pixelHovered` ((column, row) of the picture, or None), `cancelRequested` (of what
    `set_busy` announced), `openRequested` (from the empty canvas).

    Parameters
    ----------
    parent : QWidget, optional
        Its owner.
    """

    zoomChanged = Signal(float)
    splitMoved = Signal(float)
    pixelHovered = Signal(object)
    cancelRequested = Signal()
    openRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._stage = Stage()
        self._layers = Layers(self)
        self._layers.refined.connect(self.update)
        self._gestures = Gestures(self._stage, self)
        self._gestures.viewMoved.connect(self._show_view)
        self._gestures.splitMoved.connect(self.splitMoved)
        self._scene = Scene(self._stage, self._layers)
        self._scene.captions = (self.tr("Original"), self.tr("Result"))
        self._is_peeking = False
        self._zoom_told: float | None = None
        self._pointer: QPointF | None = None
        self._hovered: tuple[int, int] | None = None
        self._empty = EmptyState(self)
        self._empty.openRequested.connect(self.openRequested)
        self._busy = BusyPanel(self)
        self._busy.cancelRequested.connect(self.cancelRequested)
        self._show_state()

    # -- what is shown ---------------------------------------------------------------------------

    def set_picture(
        self,
        rgb: NDArray[np.uint8],
        alpha: NDArray[np.uint8] | None,
        color_numbers: NDArray[np.int32],
    ) -> None:
        """Show a picture, fitted, with no result yet. The arrays are kept, not copied.

        Parameters
        ----------
        rgb : ndarray of uint8, shape (height, width, 3)
            Its pixels.
        alpha : ndarray of uint8, shape (height, width), or None
            Its opacity; None where all is opaque.
        color_numbers : ndarray of int32, shape (height, width)
            Number of each pixel's colour, 0..n - 1, or n where the pixel is transparent.
        """
        picture = Picture(
            np.ascontiguousarray(rgb),
            None if alpha is None else np.ascontiguousarray(alpha),
            np.ascontiguousarray(color_numbers),
        )
        self._layers.set_picture(picture)
        self._stage.viewport.set_picture_size(picture.width, picture.height)
        self._show_state()

    def clear(self) -> None:
        """Go back to the empty state."""
        self._layers.set_picture(None)
        self._stage.viewport.set_picture_size(0, 0)
        self._show_state()

    def set_labels(self, labels: NDArray[np.uint8], colors: NDArray[np.uint8]) -> None:
        """Show a result.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            For every colour number the index of its colour.
        colors : ndarray of uint8, shape (k, 3)
            The sRGB colours.
        """
        had_result = self._layers.has_result
        self._layers.set_labels(labels, colors)
        if had_result:
            self.update()
        else:
            self._show_view()

    def set_colors(self, colors: NDArray[np.uint8]) -> None:
        """Show the result in other colours, (k, 3) uint8 as before."""
        self._layers.set_colors(colors)
        self.update()

    def set_animating(self, on: bool) -> None:
        """Say whether the result keeps changing: sampled while it does, smooth once it rests."""
        self._layers.set_animating(on)
        self.update()

    def set_captions(self, original: str, result: str) -> None:
        """Name the two sides."""
        self._scene.captions = (original, result)
        self.update()

    def compare_mode(self) -> CompareMode:
        """Return how the original and the result are compared."""
        return self._stage.mode

    def set_compare_mode(self, mode: CompareMode) -> None:
        """Choose how the original and the result are compared."""
        self._gestures.release()
        self._stage.set_mode(mode)
        self._show_view()

    def split(self) -> float:
        """Return where the canvas is split, 0..1 of its width."""
        return self._stage.split

    def set_split(self, position: float) -> None:
        """Split the canvas at 0..1 of its width; `splitMoved` stays silent."""
        self._stage.split = position
        self._show_view()

    def set_peeking(self, on: bool) -> None:
        """Show the original alone for as long as this is on, as holding Space does."""
        if on != self._is_peeking:
            self._is_peeking = on
            self._show_view()

    def set_drop_active(self, on: bool) -> None:
        """Show that what is being dragged may be dropped here."""
        self._scene.is_drop_target = on
        self.update()

    def set_busy(self, text: str) -> None:
        """Say what is being done, with a button to cancel it; "" when it is over."""
        self._busy.set_text(text)
        self._show_state()

    # -- zoom ------------------------------------------------------------------------------------

    def zoom(self) -> float:
        """Return the zoom in device pixels per image pixel."""
        return self._stage.viewport.zoom

    def is_fitted(self) -> bool:
        """Return whether the whole picture is kept in view."""
        return self._stage.viewport.is_fitted

    def zoom_in(self) -> None:
        """Zoom in to the next round value."""
        self._stage.viewport.step_zoom(1)
        self._show_view()

    def zoom_out(self) -> None:
        """Zoom out to the next round value, at most until the whole picture is seen."""
        self._stage.viewport.step_zoom(-1)
        self._show_view()

    def zoom_to_fit(self) -> None:
        """Show the whole picture, also when the canvas changes its size."""
        self._stage.viewport.fit()
        self._show_view()

    def zoom_actual_size(self) -> None:
        """Show one image pixel on one device pixel."""
        self.set_zoom(1.0)

    def set_zoom(self, zoom: float, anchor: QPointF | QPoint | None = None) -> None:
        """Zoom to a value.

        Parameters
        ----------
        zoom : float
            Device pixels per image pixel; kept within what makes sense for the picture.
        anchor : QPointF or QPoint, optional
            The place of the canvas where the picture stays put, by default its middle.
        """
        place = None if anchor is None else self._stage.in_viewport(QPointF(anchor))
        self._stage.viewport.set_zoom(zoom, place)
        self._show_view()

    # -- following a change ----------------------------------------------------------------------

    def _show_state(self) -> None:
        """Follow a change between empty, busy and picture."""
        has_picture = self._layers.picture is not None
        is_busy = bool(self._busy.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_picture else Qt.FocusPolicy.NoFocus)
        self._busy.place(self.rect(), centred=not has_picture)
        shown = {self._empty: not has_picture and not is_busy, self._busy: is_busy}
        for panel in shown:
            panel.setVisible(shown[panel] or panel.isVisible())
        held = QApplication.focusWidget()
        if any(panel.isAncestorOf(held) for panel in shown if held and not shown[panel]):
            # before it is hidden, for Qt would pass the focus on as if Tab had been pressed
            (self if has_picture else self._busy if is_busy else self._empty).setFocus()
        for panel in shown:
            panel.setVisible(shown[panel])
        self._show_view()

    def _show_view(self) -> None:
        """Follow a change of what is seen where."""
        self._stage.set_can_compare(self._layers.has_result and not self._is_peeking)
        zoom = self._stage.viewport.zoom
        if self._layers.picture is not None and zoom != self._zoom_told:
            self._zoom_told = zoom
            self.zoomChanged.emit(zoom)
        self._show_pointer()
        self._describe()
        self.update()

    def _show_pointer(self) -> None:
        self.setCursor(self._gestures.cursor_at(self._pointer))
        pixel = None if self._pointer is None else self._stage.pixel_at(self._pointer)
        if pixel != self._hovered:
            self._hovered = pixel
            self.pixelHovered.emit(pixel)

    def _describe(self) -> None:
        description = self._scene.describe()
        if description != self.accessibleName():
            self.setAccessibleName(description)

    # -- events ----------------------------------------------------------------------------------

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
            if self._gestures.wants_key(event) or self._is_space(event):
                event.accept()
                return True
        elif (
            kind == QEvent.Type.NativeGesture
            and isinstance(event, QNativeGestureEvent)
            and self._gestures.pinched(event)
        ):
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the size."""
        self._fill()
        super().resizeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        self._layers.pause()
        self._let_go()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything."""
        self._scene.paint(QPainter(self), event.rect(), self.palette())

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
        """Move, zoom, or show the original."""
        if self._is_space(event):
            if not event.isAutoRepeat():
                self.set_peeking(True)
        elif event.key() == Qt.Key.Key_Escape and self._busy.text:
            self.cancelRequested.emit()
        elif not self._gestures.key_pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the result again."""
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.set_peeking(False)

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

    def _follow_pointer(self, place: QPointF | None) -> None:
        self._pointer = place
        self._show_pointer()

    def _let_go(self) -> None:
        self._gestures.release()
        self.set_peeking(False)

    def _fill(self) -> None:
        self._stage.resize(QSizeF(self.size()), self.devicePixelRatioF())
        self._empty.setGeometry(self.rect())
        self._busy.place(self.rect(), centred=self._layers.picture is None)
        self._show_view()
