"""Plot: draws the content of a chart with pyqtgraph. Importing this module loads pyqtgraph."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from colorquant_gui.ui.charts.content import Content, Pointers
from colorquant_gui.ui.charts.marks import tip_at
from colorquant_gui.ui.charts.overlay import Overlay
from colorquant_gui.ui.charts.plot_frame import PlotFrame, pen
from colorquant_gui.ui.charts.ranges import Ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.charts.content import Line
    from colorquant_gui.ui.charts.look import ChartLook

_CROWDED = 64  # with more points than these, dots would run into each other
_STRIP = 11  # half of what a moving line, its dots and its handle cover


class Plot(pg.GraphicsView):  # type: ignore[misc] # pyqtgraph has no types
    """A themed plot without menus, zoom or pan.

    Attributes
    ----------
    pointed : Signal(object)
        The pointer is at a position along x; None when it left.
    pressed, dragged : Signal(float)
        The left button went down, the pointer moved with it held: position along x.
    released : Signal()
        The left button came up.
    """

    pointed = Signal(object)
    pressed = Signal(float)
    dragged = Signal(float)
    released = Signal()

    def __init__(self, look: ChartLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAntialiasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame = PlotFrame(self)
        self._boxes = self._frame.boxes
        self._curves: list[pg.PlotCurveItem] = []
        self._dots: list[pg.ScatterPlotItem] = []
        self._content = Content()
        self._pointers = Pointers()
        self._note: tuple[str, ...] = ("",)
        self._ranges = Ranges(self._frame)
        self._held = False
        self._overlay = Overlay(self)
        self._boxes[0].sigResized.connect(self._repaint_overlay)
        self._ratio = self.devicePixelRatioF()
        self.set_look(look)

    @property
    def content(self) -> Content:
        """What is shown."""
        return self._content

    @property
    def pointers(self) -> Pointers:
        """Where the moving lines are."""
        return self._pointers

    @property
    def note(self) -> str:
        """A few words in a corner that the lines leave free; not part of a file."""
        return self._note[0]

    @property
    def note_wordings(self) -> tuple[str, ...]:
        """The note, and the same in ever fewer words."""
        return self._note

    def set_note(self, text: str, *briefer: str) -> None:
        """Write a few words into a corner, or fewer where there is no room for all."""
        if (text, *briefer) != self._note:
            self._note = (text, *briefer)
            self._overlay.update()

    @property
    def look(self) -> ChartLook:
        """What it is drawn with."""
        return self._look

    def set_look(self, look: ChartLook) -> None:
        """Draw in other colours, or another font."""
        self._look = look
        self.setBackground(look.background)
        self._frame.dress(look, self._ratio)
        self.set_content(self._content)

    def set_values_shown(self, shown: bool) -> None:
        """Write numbers along the bottom, or leave them to a plot below this one."""
        self._frame.set_values_shown(shown)

    def set_content(self, content: Content) -> None:
        """Show other lines. Cheap: what is there is changed, not made anew."""
        self._content = content
        inks = [line.ink for line in content.lines if line.right]
        color = self._look.line_color(inks[0]) if inks else self._look.text
        self._frame.show_right(content.right is not None, color)
        while len(self._curves) < len(content.lines):
            self._curves.append(pg.PlotCurveItem(antialias=True, connect="finite"))
            self._dots.append(pg.ScatterPlotItem(antialias=True, pxMode=True))
        for number, (curve, dots) in enumerate(zip(self._curves, self._dots, strict=True)):
            if number < len(content.lines):
                self._draw(content.lines[number], curve, dots)
            else:
                curve.setVisible(False)
                dots.setVisible(False)
        self._ranges.fit(content)
        self._ranges.write(content, self.size())
        self._overlay.update()

    def set_pointers(self, pointers: Pointers) -> None:
        """Move the moving lines."""
        if pointers == self._pointers:
            return
        if pointers.aside != self._pointers.aside:
            self._overlay.update()
        # All that moves lies in strips around the lines, before and after.
        for x in {self._pointers.playhead, self._pointers.hover, pointers.playhead, pointers.hover}:
            if x is not None and self._content.lines:
                left = math.floor(self.pixel(x).x()) - _STRIP
                self._overlay.update(left, 0, 2 * _STRIP + 1, self._overlay.height())
        self._pointers = pointers

    def _draw(self, line: Line, curve: pg.PlotCurveItem, dots: pg.ScatterPlotItem) -> None:
        content, look = self._content, self._look
        box = self._boxes[line.right]
        if curve.getViewBox() is not box:
            for drawn in (curve, dots):
                if drawn.getViewBox() is not None:
                    drawn.getViewBox().removeItem(drawn)
                box.addItem(drawn, ignoreBounds=True)
        scale = content.scale(line.right)
        x, y = content.bottom.positions(line.x), scale.positions(line.y)
        color = look.soft if line.soft and line.ink is None else look.line_color(line.ink)
        curve.setVisible(line.width > 0)
        if line.width > 0:
            dash = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
            curve.setPen(pen(color, line.width, self._ratio, dash))
            curve.setData(x, y)
        there = np.isfinite(y)
        crowded = len(x) > _CROWDED
        # A line without gaps needs no dots to be seen, a gap is seen without hollow ones.
        spare = crowded and (line.dots == "hollow" or bool(there.all()))
        dots.setVisible(bool(line.dots) and not spare)
        if dots.isVisible():
            solid = line.dots == "solid"
            dots.setData(
                x[there],
                y[there],
                size=3.0 if crowded else 6.0,
                pen=pg.mkPen(None) if solid else pen(color, 1.2, self._ratio),
                brush=pg.mkBrush(color if solid else look.background),
            )

    def set_pixel_ratio(self, ratio: float) -> None:
        """Draw for a device with so many pixels to a logical one."""
        if ratio != self._ratio:
            self._ratio = ratio
            self.set_look(self._look)

    def event(self, event: QEvent) -> bool:
        """Notice a screen of another density; say what a mark means."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.set_pixel_ratio(self.devicePixelRatioF())
        elif isinstance(event, QHelpEvent) and (text := tip_at(self, event.pos().x())):
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().event(event))

    def area(self) -> QRectF:
        """Return where the lines are, in logical pixels of the viewport."""
        rect = self._boxes[0].mapRectToScene(self._boxes[0].boundingRect())
        return QRectF(self.viewportTransform().mapRect(rect))

    def pixel(self, x: float, y: float | None = None, *, right: bool = False) -> QPointF:
        """Return where a place is in logical pixels of the viewport.

        Parameters
        ----------
        x : float
            A value on the bottom axis.
        y : float, optional
            A value on the left (or right) axis; without it, the lower end.
        right : bool
            Whether y is on the right axis.
        """
        content, area = self._content, self.area()
        across = float(self.across(np.array([x]))[0])
        if y is None:
            return QPointF(across, area.bottom())
        bottom, top = self.shown_heights(right)
        height = float(content.scale(right).positions(np.array([y], np.float64))[0])
        return QPointF(across, area.bottom() - (height - bottom) / (top - bottom) * area.height())

    def shown_heights(self, right: bool) -> tuple[float, float]:
        """Return the positions along the left (or right) axis that are shown at its ends."""
        low, high = self._boxes[right].viewRange()[1]
        return float(low), float(high)

    def across(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far from the left values on the bottom axis are, in logical pixels."""
        area, (low, high) = self.area(), self._boxes[0].viewRange()[0]
        share = (self._content.bottom.positions(x) - low) / (high - low)
        return np.asarray(area.left() + share * area.width())

    def position_at(self, x: float) -> float:
        """Return the position along the bottom axis at some pixels from the left, kept inside."""
        area = self.area()
        low, high = self._boxes[0].viewRange()[0]
        share = (x - area.left()) / max(area.width(), 1.0)
        return float(low + min(max(share, 0.0), 1.0) * (high - low))

    def _repaint_overlay(self) -> None:
        self._overlay.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Write as many numbers as there is room for."""
        super().resizeEvent(event)
        # pyqtgraph calls this while it is being built.
        if hasattr(self, "_overlay"):
            self._overlay.setGeometry(self.viewport().geometry())
            self._ranges.write(self._content, self.size())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = True
            self.pressed.emit(self.position_at(event.position().x()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or read."""
        position = self.position_at(event.position().x())
        if self._held:
            self.dragged.emit(position)
        self.pointed.emit(position)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton and self._held:
            self._held = False
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Count as a second press."""
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing any more."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to whatever scrolls around this."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave it to the owner."""
        event.ignore()
