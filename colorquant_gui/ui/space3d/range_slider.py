"""RangeSlider: a range with a handle at both ends, each of which takes the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleValueChangeEvent, QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractSlider, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

STEPS = 200
_HANDLE = 16
_HEIGHT = 24
_BIG_STEP = 20
# Less travel makes a pixel several levels of a colour.
_LEAST_WIDTH = 176


class RangeHandle(QAbstractSlider):
    """One end of a range: a slider of its own to keys and to screen readers."""

    def __init__(self, owner: RangeSlider) -> None:
        super().__init__(owner)
        self.setRange(0, STEPS)
        self.setPageStep(_BIG_STEP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.resize(_HANDLE, _HEIGHT)
        self._owner = owner
        self._grip = 0.0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by one or ten percent, or as far as it goes."""
        key = Qt.Key
        steps = {
            key.Key_Left: -1, key.Key_Down: -1, key.Key_Right: 1, key.Key_Up: 1,
            key.Key_PageDown: -_BIG_STEP, key.Key_PageUp: _BIG_STEP,
            key.Key_Home: -STEPS, key.Key_End: STEPS,
        }  # fmt: skip
        step = steps.get(key(event.key()))
        if step is None:
            event.ignore()
            return
        self._owner.move_handle(self, self.value() + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._grip = event.position().x() - _HANDLE / 2
        self.setSliderDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            x = self.mapTo(self._owner, event.position()).x() - self._grip
            self._owner.move_handle(self, self._owner.value_at(x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        self._owner.reset()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a round handle."""
        palette = self.palette()
        role = QPalette.ColorRole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.hasFocus() or self.isSliderDown()
        painter.setPen(QPen(palette.color(role.Highlight if accent else role.PlaceholderText), 1.5))
        painter.setBrush(palette.color(role.Midlight if self.underMouse() else role.Light))
        painter.drawEllipse(QPointF(self.width() / 2, self.height() / 2), 6.0, 6.0)
        painter.end()


class RangeSlider(QWidget):
    """A part of 0..1, chosen by two handles that never pass each other.

    Attributes
    ----------
    rangeEdited : Signal(float, float)
        The person has moved a handle: the lower and the upper end, 0..1.
    """

    rangeEdited = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = RangeHandle(self), RangeHandle(self)
        self._high.setValue(STEPS)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setFocusProxy(self._low)

    def set_names(self, low: str, high: str) -> None:
        """Name the handles for screen readers."""
        self._low.setAccessibleName(low)
        self._high.setAccessibleName(high)

    def handles(self) -> tuple[RangeHandle, RangeHandle]:
        """Return the lower and the upper handle."""
        return self._low, self._high

    def range(self) -> tuple[float, float]:
        """Return both ends, 0..1."""
        return self._low.value() / STEPS, self._high.value() / STEPS

    def set_range(self, low: float, high: float) -> None:
        """Set both ends, 0..1, without a signal."""
        self._low.setValue(round(low * STEPS))
        self._high.setValue(round(high * STEPS))
        self._place()

    def reset(self) -> None:
        """Choose everything, as the person does by a double click."""
        self.set_range(0.0, 1.0)
        self.rangeEdited.emit(0.0, 1.0)

    def sizeHint(self) -> QSize:
        """Room for two handles and some way between them."""
        return QSize(_LEAST_WIDTH, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As much as it needs."""
        return QSize(_LEAST_WIDTH, _HEIGHT)

    def value_at(self, x: float) -> int:
        """Return the step at a place, in logical pixels from the left."""
        return round((x - _HANDLE / 2) / max(self.width() - _HANDLE, 1) * STEPS)

    def move_handle(self, handle: RangeHandle, value: int) -> None:
        """Move a handle as a person does: up to the other one."""
        if handle is self._low:
            value = min(max(value, 0), self._high.value() - 1)
        else:
            value = max(min(value, STEPS), self._low.value() + 1)
        if value == handle.value():
            return
        handle.setValue(value)
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(handle, value))
        self._place()
        self.rangeEdited.emit(*self.range())

    def _place(self) -> None:
        for handle in self.handles():
            x = round(handle.value() / STEPS * (self.width() - _HANDLE))
            handle.move(x, (self.height() - handle.height()) // 2)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the nearer handle."""
        value = self.value_at(event.position().x())
        low_is_near = abs(value - self._low.value()) <= abs(value - self._high.value())
        handle = self._low if low_is_near else self._high
        handle.setFocus(Qt.FocusReason.MouseFocusReason)
        self.move_handle(handle, value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        self.reset()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the handles at their values."""
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove and the part of it that is chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(_HANDLE / 2, self.height() / 2 - 2, self.width() - _HANDLE, 4)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(groove, 2, 2)
        low, high = self.range()
        chosen = QRectF(groove)
        chosen.setLeft(groove.left() + low * groove.width())
        chosen.setRight(groove.left() + high * groove.width())
        ink = QColor(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.setBrush(ink)
        painter.drawRoundedRect(chosen, 2, 2)
        painter.end()
