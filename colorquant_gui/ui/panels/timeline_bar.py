"""TimelineBar: the groove of the timeline, its ticks and marks, and the handle on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from colorquant_gui.ui import formatting
from colorquant_gui.ui.panels.timeline_scale import TimelineScale
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import (
        QFont,
        QHelpEvent,
        QHideEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

_MARGIN = 16.0
_HANDLE, _RING = 7.0, 10.0  # radii
_GROOVE_Y, _GROOVE = 17.0, 4.0
_MARK = 4.5  # half the width of a mark
_MARK_REACH = 7.0  # how near the pointer must be to read one
_TICK_TOP, _TICK = 23.0, 5.0
_LABEL_TOP = 29
_LEAST_TICKS, _LEAST_LABELS = 4.0, 14.0
_WHEEL_STEP = 120

_Role = QPalette.ColorRole


class TimelineBar(QAbstractSlider):
    """Shows where in a run it is, and lets a person go elsewhere.

    Attributes
    ----------
    stopEdited : Signal(int)
        The person chose a stop.
    scrubStarted, scrubFinished : Signal()
        Around a drag.
    stepRequested : Signal(int)
        So many half-steps forward, or back.
    """

    stopEdited = Signal(int)
    scrubStarted = Signal()
    scrubFinished = Signal()
    stepRequested = Signal(int)

    def __init__(self, describe: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timelineBar")
        self.setAccessibleName(self.tr("Timeline"))
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setPageStep(2)
        self._describe = describe
        self._scale = TimelineScale()
        self._marks: dict[int, str] = {}
        self._growing = False
        self._fraction = 0.0
        self._held = False
        self._wheel = 0
        self._sentence = ""

    @property
    def scale(self) -> TimelineScale:
        """Where the stops are."""
        return self._scale

    def set_timeline(self, n_stages: int, n_iterations: int, marks: Mapping[int, str]) -> None:
        """Show a run; see `Timeline.set_timeline`."""
        self._scale = replace(self._scale, n_stages=n_stages, n_iterations=n_iterations)
        self._marks = dict(marks)
        self.setRange(0, max(self._scale.n_stops - 1, 0))
        self.update()

    def set_growing(self, growing: bool) -> None:
        """Let the end of the groove fade as long as there is more to come."""
        if growing != self._growing:
            self._growing = growing
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
    def is_gliding(self) -> bool:
        """Whether it is on the way from an assignment to the update."""
        stop, scale = self.value(), self._scale
        rests = scale.is_seeding(stop) or scale.is_update(stop) or stop + 1 >= scale.n_stops
        return self._fraction > 0 and not rests

    def mark_x(self, iteration: int) -> float:
        """Return where the mark of an iteration is, in logical pixels."""
        return self._scale.x_of(self._scale.assign_stop(iteration))

    def sizeHint(self) -> QSize:
        """Return a wide size."""
        return QSize(480, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size at which it can still be used."""
        return QSize(160, _LABEL_TOP + QFontMetrics(self._label_font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the stops over the new length."""
        width = max(self.width() - 2 * _MARGIN, 1.0)
        self._scale = replace(self._scale, left=_MARGIN, width=width)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the pointer, and stay with it."""
        if event.button() != Qt.MouseButton.LeftButton or not self._scale.n_stops:
            event.ignore()
            return
        self._held = True
        self.scrubStarted.emit()
        self._go(event.position().x(), always=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stay with the pointer."""
        if self._held:
            self._go(event.position().x())

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
        """Take a half-step for every notch."""
        self._wheel += event.angleDelta().y() or event.angleDelta().x()
        steps = int(self._wheel / _WHEEL_STEP)
        self._wheel -= steps * _WHEEL_STEP
        # Towards the person is onwards, as when a page is read.
        if steps and self._scale.n_stops:
            self.stepRequested.emit(-steps)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Say what lies under the pointer."""
        if event.type() == QEvent.Type.ToolTip and self._scale.n_stops:
            self._show_tip(event)  # type: ignore[arg-type]
            return True
        return bool(super().event(event))

    def tip_at(self, x: float) -> str:
        """Return what lies at a place: the stop, and what happened there."""
        near = [
            (iteration, text)
            for iteration, text in sorted(self._marks.items())
            if abs(self.mark_x(iteration) - x) <= _MARK_REACH
        ]
        if near:
            words = self.tr("Iteration %1: %2")
            return "\n".join(
                words.replace("%1", formatting.integer(n)).replace("%2", text) for n, text in near
            )
        return self._describe(self._scale.stop_at(x))

    def _show_tip(self, event: QHelpEvent) -> None:
        QToolTip.showText(event.globalPos(), self.tip_at(event.pos().x()), self)

    def _go(self, x: float, *, always: bool = False) -> None:
        stop = self._scale.stop_at(x)
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
        font = tabular_font(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grooves, ticks, marks and the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._label_font())
        scale = self._scale
        if not scale.n_stops:
            self._paint_empty(painter)
            return
        if scale.n_stages:
            self._paint_groove(painter, scale.left, scale.seeding_width, tail=False)
            self._paint_stages(painter)
        if scale.n_iterations >= 0:
            self._paint_groove(
                painter, scale.iterations_left, scale.iterations_width, tail=self._growing
            )
            self._paint_ticks(painter)
            self._paint_marks(painter)
        self._paint_handle(painter)
        painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(_Role.Mid))
        groove = QRectF(_MARGIN, _GROOVE_Y - 1, self.width() - 2 * _MARGIN, 2)
        painter.drawRoundedRect(groove, 1, 1)
        painter.setPen(self.palette().color(_Role.PlaceholderText))
        below = self.rect().adjusted(int(_MARGIN), _LABEL_TOP - 4, -int(_MARGIN), 0)
        text = painter.fontMetrics().elidedText(
            self._sentence, Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, text)
        painter.end()

    def _paint_groove(self, painter: QPainter, left: float, width: float, *, tail: bool) -> None:
        palette = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        end = left + width
        if tail:
            # Three dots: there is more to come.
            painter.setBrush(palette.color(_Role.Mid))
            for i in range(3):
                painter.drawEllipse(QPointF(end + 4.5 + 4.5 * i, _GROOVE_Y), 1.3, 1.3)
        reached = min(max(self._handle_x(), left), end)
        for right, role in ((end, _Role.Mid), (reached, _Role.PlaceholderText)):
            if right > left:
                painter.setBrush(palette.color(role))
                bar = QRectF(left, _GROOVE_Y - _GROOVE / 2, right - left, _GROOVE)
                painter.drawRoundedRect(bar, _GROOVE / 2, _GROOVE / 2)

    def _paint_stages(self, painter: QPainter) -> None:
        scale, palette = self._scale, self.palette()
        each = scale.seeding_width / scale.n_stages
        step = max(1, -(-int(_LEAST_TICKS) // max(int(each), 1)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(_Role.PlaceholderText))
        if each * step >= _LEAST_TICKS:
            for stop in range(0, scale.n_stages, step):
                painter.drawEllipse(QPointF(scale.x_of(stop), _TICK_TOP + 2), 1.2, 1.2)
        text = self.tr("Seeding")
        painter.setPen(palette.color(_Role.PlaceholderText))
        if painter.fontMetrics().horizontalAdvance(text) <= scale.seeding_width + 8:
            baseline = _LABEL_TOP + painter.fontMetrics().ascent()
            painter.drawText(QPointF(scale.left, baseline), text)

    def _paint_ticks(self, painter: QPainter) -> None:
        scale, metrics = self._scale, painter.fontMetrics()
        painter.setPen(QPen(self.palette().color(_Role.PlaceholderText), 1))
        for iteration in range(0, scale.n_iterations + 1, scale.tick_step(_LEAST_TICKS)):
            middle = round(self.mark_x(iteration)) + 0.5
            painter.drawLine(QPointF(middle, _TICK_TOP), QPointF(middle, _TICK_TOP + _TICK))
        widest = metrics.horizontalAdvance(formatting.integer(scale.n_iterations))
        for iteration in scale.labelled(widest + _LEAST_LABELS):
            middle = round(self.mark_x(iteration)) + 0.5
            painter.drawLine(QPointF(middle, _TICK_TOP), QPointF(middle, _TICK_TOP + _TICK))
            text = formatting.integer(iteration)
            left = middle - metrics.horizontalAdvance(text) / 2
            painter.drawText(QPointF(left, _LABEL_TOP + metrics.ascent()), text)

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(_Role.WindowText))
        for iteration in self._marks:
            if 0 <= iteration <= self._scale.n_iterations:
                tip = QPointF(self.mark_x(iteration), _GROOVE_Y - 6)
                left, right = QPointF(-_MARK, -1.4 * _MARK), QPointF(_MARK, -1.4 * _MARK)
                painter.drawPolygon(QPolygonF([tip + left, tip + right, tip]))

    def _handle_x(self) -> float:
        return self._scale.x_of(min(self.value(), self._scale.n_stops - 1), self._fraction)

    def _paint_handle(self, painter: QPainter) -> None:
        palette = self.palette()
        centre = QPointF(self._handle_x(), _GROOVE_Y)
        active = self.isEnabled() and (self._held or self.underMouse())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(_Role.Highlight))
        painter.drawEllipse(centre, _HANDLE + active, _HANDLE + active)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(_Role.Highlight), 1.5))
            painter.drawEllipse(centre, _RING, _RING)
