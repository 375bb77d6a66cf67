"""RangeHandle: one end of a range, a slider of its own to keys and to screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractSlider

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from colorquant_gui.ui.space3d.range_slider import RangeSlider

STEPS = 200
WIDTH, HEIGHT = 16, 24
_BIG_STEP = 20
_BOTH = Qt.KeyboardModifier.ControlModifier


class RangeHandle(QAbstractSlider):
    """Moves itself, or both ends, on behalf of the slider it belongs to.

    Parameters
    ----------
    owner : RangeSlider
        Knows where it may go.
    """

    def __init__(self, owner: RangeSlider) -> None:
        super().__init__(owner)
        self.setRange(0, STEPS)
        self.setPageStep(_BIG_STEP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.resize(WIDTH, HEIGHT)
        self._owner = owner
        # whoever sets it: assistive technology does so by itself
        self.valueChanged.connect(lambda value: owner.follow(self, value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by half a percent or by ten, or as far as it goes; with Ctrl, both ends."""
        key = Qt.Key
        steps = {
            key.Key_Left: -1, key.Key_Down: -1, key.Key_Right: 1, key.Key_Up: 1,
            key.Key_PageDown: -_BIG_STEP, key.Key_PageUp: _BIG_STEP,
            key.Key_Home: -STEPS, key.Key_End: STEPS,
        }  # fmt: skip
        step = steps.get(key(event.key()))
        if step is None:
            event.ignore()
        elif event.modifiers() & _BOTH:
            self._owner.move_both(step)
        else:
            self._owner.move_handle(self, self.value() + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold; with Ctrl, of both."""
        if event.button() == Qt.MouseButton.LeftButton:
            both = bool(event.modifiers() & _BOTH)
            held = self._owner.handles() if both else (self,)
            self._owner.take(held, self._place_of(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._owner.drag_to(self._place_of(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._owner.let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        self._owner.reset()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls: a range is not moved by passing over it."""
        event.ignore()

    def _place_of(self, event: QMouseEvent) -> float:
        return self.mapTo(self._owner, event.position()).x()

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
