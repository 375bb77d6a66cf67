"""PlotFrame: axes around the two areas of a plot. Importing this module loads pyqtgraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPen

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor

    from colorquant_gui.ui.charts.look import ChartLook
    from colorquant_gui.ui.charts.scales import Ticks

_Z_RIGHT, _Z_GRID = 5, -1000
_NO_VALUES_HEIGHT = 6
_STAND_OUT = 8


def pen(
    color: QColor, width: float, ratio: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> QPen:
    """Return a pen of a width in logical pixels, for so many pixels of the device to each."""
    # pyqtgraph's pens are cosmetic: as wide as so many pixels of the device.
    made: QPen = pg.mkPen(color, width=width * ratio, style=style)
    return made


class _Axis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """An axis whose first and last numbers may stand out by half their height."""

    def boundingRect(self) -> QRectF:
        """Return where numbers may be; pyqtgraph leaves out those that are not all inside."""
        rect: QRectF = super().boundingRect()
        upright = self.orientation in ("left", "right")
        return rect.adjusted(0, -_STAND_OUT, 0, _STAND_OUT) if upright else rect


class PlotFrame:
    """Axes at the left, right and bottom, and an area for each of the two upright ones.

    Put together by hand: pyqtgraph's PlotItem comes with menus that nobody sees, as windows that
    nobody owns.

    Attributes
    ----------
    boxes : list of ViewBox
        The areas of the left and of the right axis, above each other.

    Parameters
    ----------
    view : GraphicsView
        What they are put into.
    """

    def __init__(self, view: pg.GraphicsView) -> None:
        self.boxes = [pg.ViewBox(enableMenu=False), pg.ViewBox(enableMenu=False)]
        self._axes = {name: _Axis(name) for name in ("left", "right", "bottom")}
        self._ticks: dict[str, Ticks] = {}
        self._font = QFont()
        layout = view.centralLayout
        layout.setContentsMargins(0, 4, 8, 0)
        layout.setSpacing(0)
        for name, row, column in (("left", 0, 0), ("right", 0, 2), ("bottom", 1, 1)):
            layout.addItem(self._axes[name], row, column)
            self._axes[name].linkToView(self.boxes[name == "right"])
        layout.addItem(self.boxes[0], 0, 1)
        layout.setRowStretchFactor(0, 1)
        layout.setColumnStretchFactor(1, 1)
        view.scene().addItem(self.boxes[1])
        self.boxes[1].setZValue(_Z_RIGHT)
        for box in self.boxes:
            box.setMouseEnabled(x=False, y=False)
            box.disableAutoRange()
            box.setDefaultPadding(0.0)
        self.boxes[0].sigResized.connect(self._follow)
        for name in ("left", "right"):
            self._axes[name].setStyle(tickLength=0, tickTextOffset=6, tickAlpha=255)
        self._axes["left"].setGrid(255)
        # Grid lines belong behind the curves.
        self._axes["left"].setZValue(_Z_GRID)
        self._axes["bottom"].setStyle(
            tickLength=4, tickAlpha=255, hideOverlappingLabels=False, tickTextOffset=2
        )

    def dress(self, look: ChartLook, ratio: float) -> None:
        """Draw in other colours, another font, or for another device."""
        self._font = look.font
        metrics = QFontMetrics(look.font)
        for axis in self._axes.values():
            axis.setStyle(tickFont=look.font)
            axis.setTextPen(look.text)
            axis.setPen(QPen(Qt.PenStyle.NoPen))
        soft = pen(look.soft, 1.0, ratio)
        self._axes["left"].setTickPen(pen(look.grid, 1.0, ratio))
        # Ticks without length are dots.
        self._axes["right"].setTickPen(look.background)
        self._axes["bottom"].setPen(soft)
        self._axes["bottom"].setTickPen(soft)
        self._axes["left"].setWidth(metrics.horizontalAdvance("200,000") + 12)
        self._axes["right"].setWidth(metrics.horizontalAdvance("88.8 MB") + 12)
        self._fit_bottom()

    def show_right(self, shown: bool, color: QColor) -> None:
        """Show or hide the right axis; its colour says whose it is."""
        right = self._axes["right"]
        if shown != right.isVisible():
            # not setVisible: pyqtgraph takes its width in these two only
            (right.show if shown else right.hide)()
        if right.textPen().color() != color:
            right.setTextPen(color)

    def set_values_shown(self, shown: bool) -> None:
        """Write numbers along the bottom, or none."""
        self._axes["bottom"].setStyle(showValues=shown)
        self._fit_bottom()

    def write(self, name: str, ticks: Ticks) -> None:
        """Write numbers along an axis: "left", "right" or "bottom"."""
        if self._ticks.get(name) != ticks:
            self._ticks[name] = ticks
            self._axes[name].setTicks([ticks])

    def _fit_bottom(self) -> None:
        axis = self._axes["bottom"]
        height = QFontMetrics(self._font).height() + 8
        axis.setHeight(height if axis.style["showValues"] else _NO_VALUES_HEIGHT)

    def _follow(self) -> None:
        self.boxes[1].setGeometry(self.boxes[0].sceneBoundingRect())
