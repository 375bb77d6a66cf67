"""RangeSlider: a range with a handle at both ends, each of which takes the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.range_handle import HEIGHT, STEPS, WIDTH, RangeHandle

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QMouseEvent, QPaintEvent, QResizeEvent

# Less travel makes a pixel several levels of a colour.
_LEAST_WIDTH = 176
# So much is left between the handles to take hold of both: those of a thin range stand apart.
_LEAST_GAP = 12
# What is pressed between the handles is dragged from so many logical pixels on.
_DRAGGED = 3
_GROOVE, _THICK_GROOVE = 4.0, 8.0


class RangeSlider(QWidget):
    """A part of 0..1, chosen by two handles that never pass each other.

    What is between them moves both of them.

    Attributes
    ----------
    rangeEdited : Signal(float, float)
        The person has moved a handle, or both: the lower and the upper end, 0..1.
    """

    rangeEdited = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = RangeHandle(self), RangeHandle(self)
        self._ends = (0, STEPS)
        self._high.setValue(STEPS)
        self._held: tuple[RangeHandle, ...] = ()
        # from where the first of them would be at its value to where it is held
        self._grip = 0.0
        # where both are held that have not been dragged yet
        self._clicked: float | None = None
        self._is_ready = False
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setFocusProxy(self._low)
        self.setMouseTracking(True)
        self._show_use(None)

    def set_names(self, low: str, high: str, both: str) -> None:
        """Name the handles, for screen readers, and say how both are moved."""
        self._low.setAccessibleName(low)
        self._high.setAccessibleName(high)
        self.setToolTip(both)
        for handle in self.handles():
            handle.setAccessibleDescription(both)

    def handles(self) -> tuple[RangeHandle, RangeHandle]:
        """Return the lower and the upper handle."""
        return self._low, self._high

    def range(self) -> tuple[float, float]:
        """Return both ends, 0..1."""
        return self._ends[0] / STEPS, self._ends[1] / STEPS

    def set_range(self, low: float, high: float) -> None:
        """Set both ends, 0..1, without a signal."""
        self._set_ends(round(low * STEPS), round(high * STEPS))

    def _set_ends(self, low: int, high: int) -> None:
        self._ends = low, high
        for handle, value in zip(self.handles(), self._ends, strict=True):
            handle.setValue(value)
        self._place()

    def reset(self) -> None:
        """Choose everything, as the person does by a double click."""
        self.set_range(0.0, 1.0)
        self.rangeEdited.emit(0.0, 1.0)

    def sizeHint(self) -> QSize:
        """Room for two handles and some way between them."""
        return QSize(_LEAST_WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As much as it needs."""
        return QSize(_LEAST_WIDTH, HEIGHT)

    def value_at(self, x: float) -> int:
        """Return the step at a place, in logical pixels from the left."""
        return round((x - WIDTH / 2) / max(self.width() - WIDTH, 1) * STEPS)

    def _x_of(self, handle: RangeHandle) -> float:
        return WIDTH / 2 + handle.value() / STEPS * (self.width() - WIDTH)

    # -- moving --------------------------------------------------------------------------------

    def follow(self, handle: RangeHandle, value: int) -> None:
        """Take the value that a handle was given, by a person unless it is where its end is."""
        if value != self._ends[handle is self._high]:
            self.move_handle(handle, value)

    def move_handle(self, handle: RangeHandle, value: int) -> None:
        """Move a handle as a person does: up to the other one."""
        low, high = self._ends
        if handle is self._low:
            self._move(min(max(value, 0), high - 1), high)
        else:
            self._move(low, max(min(value, STEPS), low + 1))

    def move_both(self, steps: int) -> None:
        """Move both handles as a person does, as far as there is room for both."""
        low, high = self._ends
        steps = min(max(steps, -low), STEPS - high)
        self._move(low + steps, high + steps)

    def _move(self, low: int, high: int) -> None:
        has_moved = (low, high) != self._ends
        self._set_ends(low, high)
        if has_moved:
            self.rangeEdited.emit(*self.range())

    def _place(self) -> None:
        centers = [self._x_of(handle) for handle in self.handles()]
        apart = max(WIDTH + _LEAST_GAP - (centers[1] - centers[0]), 0.0)
        low, high = centers[0] - apart / 2, centers[1] + apart / 2
        inwards = max(WIDTH / 2 - low, 0.0) - max(high - (self.width() - WIDTH / 2), 0.0)
        top = (self.height() - HEIGHT) // 2
        for handle, center in zip(self.handles(), (low, high), strict=True):
            handle.move(round(center + inwards - WIDTH / 2), top)
        self.update()

    # -- the pointer ---------------------------------------------------------------------------

    def take(self, held: tuple[RangeHandle, ...], x: float) -> None:
        """Take hold of one handle or of both, at a place in logical pixels from the left."""
        self._held = held
        self._grip = x - self._x_of(held[0])
        for handle in held:
            handle.setSliderDown(True)
        self._show_use(x)

    def drag_to(self, x: float) -> None:
        """Follow the pointer with what is held."""
        if len(self._held) == 1:
            self.move_handle(self._held[0], self.value_at(x - self._grip))
        elif self._held:
            self.move_both(self.value_at(x - self._grip) - self._low.value())

    def let_go(self) -> None:
        """Hold nothing any more."""
        held, self._held, self._clicked = self._held, (), None
        for handle in held:
            handle.setSliderDown(False)
        self._show_use(None)

    def _nearer(self, x: float) -> RangeHandle:
        low, high = (handle.geometry().center().x() for handle in self.handles())
        return self._low if abs(x - low) <= abs(x - high) else self._high

    def _is_between(self, x: float) -> bool:
        """Whether a place is between the handles of a range that can be moved as a whole."""
        low, high = self._low.geometry(), self._high.geometry()
        return self.range() != (0.0, 1.0) and low.right() < x < high.left()

    def _show_use(self, x: float | None) -> None:
        """Show what the pointer would move at a place, or moves."""
        shape, sweeps = Qt.CursorShape, len(self._held) > 1
        self._is_ready = sweeps or (not self._held and x is not None and self._is_between(x))
        between = shape.ClosedHandCursor if sweeps else shape.OpenHandCursor
        self.setCursor(between if self._is_ready else shape.SizeHorCursor)
        for handle in self.handles():
            handle.setCursor(shape.ClosedHandCursor if sweeps else shape.SizeHorCursor)
            handle.update()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of both handles between them, else bring the nearer one and hold it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        nearer = self._nearer(x)
        nearer.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._is_between(x):
            self.take(self.handles(), x)
            self._clicked = x
        else:
            self.move_handle(nearer, self.value_at(x))
            self.take((nearer,), x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, or show what it would move."""
        x = event.position().x()
        if not self._held:
            self._show_use(x)
        elif self._clicked is None or abs(x - self._clicked) >= _DRAGGED:
            self._clicked = None
            self.drag_to(x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a click between the handles brings the nearer one."""
        x = event.position().x()
        if self._clicked is not None:
            self.move_handle(self._nearer(x), self.value_at(x))
        self.let_go()
        self._show_use(x)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        self.reset()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer, unless it holds something."""
        if not self._held:
            self._show_use(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what nobody sees."""
        self.let_go()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the handles at their values."""
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove and the part of it that is chosen."""
        palette, role = self.palette(), QPalette.ColorRole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(role.Mid))
        self._draw_groove(painter, WIDTH / 2, self.width() - WIDTH / 2, _GROOVE)
        sweeps = len(self._held) > 1
        painter.setBrush(palette.color(role.Highlight if sweeps else role.PlaceholderText))
        ends = self._x_of(self._low), self._x_of(self._high)
        self._draw_groove(painter, *ends, _THICK_GROOVE if self._is_ready else _GROOVE)
        painter.end()

    def _draw_groove(self, painter: QPainter, left: float, right: float, thick: float) -> None:
        area = QRectF(left, (self.height() - thick) / 2, right - left, thick)
        painter.drawRoundedRect(area, thick / 2, thick / 2)
