"""KSlider: the groove, the ticks and the handle of the k selector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from colorquant_gui.ui.panels.k_scale import K_MAX, K_MIN, K_TICKS, fraction_of, k_at
from colorquant_gui.ui.panels.wheel_steps import WheelSteps
from colorquant_gui.ui.theme import tick_font

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QHideEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QWheelEvent,
    )

_MARGIN = 16  # left and right of the groove: half the label "256", and the focus ring
_HANDLE = 7.0  # radius
_RING = 10.0  # radius of the focus ring
_GROOVE_Y = 16
_GROOVE = 4.0  # thickness
_USELESS = 1.5  # thickness where more colours change nothing
_LABEL_TOP = 27
_FINE = 0.1  # a drag with Shift held moves this much slower

_Role = QPalette.ColorRole


class KSlider(QSlider):
    """A logarithmic slider over every whole k of 2..256.

    The arrow keys step by 1, the Page keys double and halve, Home and End go to the ends, the
    wheel steps by 1. A click on the groove jumps there and goes on as a drag; with Shift held a
    drag is ten times finer. `valueChanged` reports them all.

    Signals
    -------
    sliderPressed, sliderReleased
        Around a drag.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(K_MIN, K_MAX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._useful = K_MAX
        self._note = ""
        self._grip: float | None = None  # of the handle, while it follows the pointer
        self._last_x = 0.0
        self._wheel = WheelSteps()

    def set_useful(self, k: int) -> None:
        """Dim the scale beyond k; up to there more colours make a difference."""
        if k != self._useful:
            self._useful = k
            self.update()

    def set_note(self, text: str) -> None:
        """Show a sentence in place of the tick labels it covers; empty shows none."""
        if text != self._note:
            self._note = text
            self.setAccessibleDescription(text)
            self.update()

    def x_of(self, k: float) -> float:
        """Return the x coordinate of k on the groove, in logical pixels."""
        return self._x_at(fraction_of(k))

    def step(self, steps: int) -> None:
        """Change k by a number of steps, as a key or the wheel does."""
        self.setValue(self.value() + steps)

    def double(self) -> None:
        """Double k, up to 256."""
        self.setValue(self.value() * 2)

    def halve(self) -> None:
        """Halve k, down to 2."""
        self.setValue(self.value() // 2)

    def sizeHint(self) -> QSize:
        """Return a wide size."""
        return QSize(440, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size that keeps the tick labels apart."""
        return QSize(232, _LABEL_TOP + QFontMetrics(tick_font(self.font())).height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle, or bring it to the pointer."""
        if event.button() != Qt.MouseButton.LeftButton or self._grip is not None:
            event.ignore()
            return
        x = event.position().x()
        on_handle = abs(x - self.x_of(self.value())) <= _RING
        self._last_x = x
        # Grabbing the handle off its centre must not move it.
        self._grip = fraction_of(self.value()) if on_handle else self._fraction_at(x)
        self.setSliderDown(True)
        self.setValue(k_at(self._grip))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the handle with the pointer."""
        if self._grip is None:
            event.ignore()
            return
        x = event.position().x()
        travel = (x - self._last_x) / self._length()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            grip = self._grip + travel * _FINE
        elif _MARGIN <= x <= _MARGIN + self._length():
            grip = self._grip + travel
        else:
            # Past an end the handle waits there until the pointer is back on the groove.
            grip = self._fraction_at(x)
        self._last_x = x
        self._grip = min(max(grip, 0.0), 1.0)
        self.setValue(k_at(self._grip))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the handle go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, double, halve, or go to an end."""
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Down:
                self.step(-1)
            case Qt.Key.Key_Right | Qt.Key.Key_Up:
                self.step(1)
            case Qt.Key.Key_PageUp:
                self.double()
            case Qt.Key.Key_PageDown:
                self.halve()
            case Qt.Key.Key_Home:
                self.setValue(K_MIN)
            case Qt.Key.Key_End:
                self.setValue(K_MAX)
            case _:
                event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step by 1 for every notch."""
        steps = self._wheel.turn(event)
        if steps:
            self.step(steps)
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        """End a drag: no release comes for a widget that went away."""
        self._let_go()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ticks, the groove and the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_scale(painter)
        self._paint_groove(painter)
        self._paint_handle(painter)

    def _let_go(self) -> None:
        if self._grip is not None:
            self._grip = None
            self.setSliderDown(False)
            self.update()

    def _length(self) -> float:
        return max(1.0, self.width() - 2.0 * _MARGIN)

    def _x_at(self, fraction: float) -> float:
        return _MARGIN + fraction * self._length()

    def _fraction_at(self, x: float) -> float:
        return min(max((x - _MARGIN) / self._length(), 0.0), 1.0)

    def _paint_scale(self, painter: QPainter) -> None:
        palette = self.palette()
        painter.setFont(tick_font(self.font()))
        metrics = painter.fontMetrics()
        note_left = float(self.width())
        if self._note:
            note = metrics.elidedText(self._note, Qt.TextElideMode.ElideRight, self.width())
            left = self.width() - metrics.horizontalAdvance(note)
            painter.setPen(palette.color(_Role.WindowText))
            painter.drawText(QPointF(left, _LABEL_TOP + metrics.ascent()), note)
            note_left = left - 8.0
        for k in K_TICKS:
            x = self.x_of(k)
            useful = self.isEnabled() and k <= self._useful
            group = QPalette.ColorGroup.Active if useful else QPalette.ColorGroup.Disabled
            painter.setPen(QPen(palette.color(group, _Role.PlaceholderText), 1))
            middle = round(x) + 0.5
            painter.drawLine(QPointF(middle, _GROOVE_Y + 6), QPointF(middle, _LABEL_TOP - 3))
            width = metrics.horizontalAdvance(str(k))
            if x + width / 2 <= note_left:
                painter.drawText(QPointF(x - width / 2, _LABEL_TOP + metrics.ascent()), str(k))

    def _paint_groove(self, painter: QPainter) -> None:
        palette = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        start, end = self._x_at(0), self._x_at(1)
        useful_end = self.x_of(self._useful)
        track = palette.color(_Role.Mid)
        filled = palette.color(_Role.PlaceholderText) if self.isEnabled() else track
        for right, thickness, color in (
            (end, _USELESS, track),
            (useful_end, _GROOVE, track),
            (min(self._handle_x(), useful_end), _GROOVE, filled),
        ):
            painter.setBrush(color)
            bar = QRectF(start, _GROOVE_Y - thickness / 2, right - start, thickness)
            painter.drawRoundedRect(bar, thickness / 2, thickness / 2)

    def _handle_x(self) -> float:
        return self._x_at(self._grip) if self._grip is not None else self.x_of(self.value())

    def _paint_handle(self, painter: QPainter) -> None:
        palette = self.palette()
        centre = QPointF(self._handle_x(), _GROOVE_Y)
        fill = palette.color(_Role.Highlight if self.isEnabled() else _Role.Mid)
        active = self.isEnabled() and (self.isSliderDown() or self.underMouse())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(centre, _HANDLE + active, _HANDLE + active)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(_Role.Highlight), 1.5))
            painter.drawEllipse(centre, _RING, _RING)
