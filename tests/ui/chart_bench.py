"""What the tests of charts share: a chart on the screen, the mouse on it, and its pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from colorquant_gui.ui.theme import ACCENT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.charts.chart import Chart

LEFT = Qt.MouseButton.LeftButton


class ChartBench:
    """A chart whose plot is there."""

    def __init__(self, chart: Chart, qtbot: QtBot) -> None:
        self.chart = chart
        qtbot.waitUntil(lambda: chart.plot is not None, timeout=20_000)
        QApplication.processEvents()
        self.plot = chart.plot
        self.viewport: QWidget = self.plot.viewport()

    @property
    def readout(self) -> str:
        return self.chart.findChild(QLabel, f"{self.chart.objectName()}Readout").text()

    def x(self, value: float) -> int:
        return round(self.plot.pixel(value).x())

    def _mouse(self, kind: QEvent.Type, x: float, buttons: Qt.MouseButton) -> None:
        where = QPointF(x, self.viewport.height() / 3)
        everywhere = QPointF(self.viewport.mapToGlobal(where.toPoint()))
        none = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, where, everywhere, LEFT, buttons, none)
        QApplication.sendEvent(self.viewport, event)

    def hover(self, value: float) -> None:
        self._mouse(QEvent.Type.MouseMove, self.plot.pixel(value).x(), Qt.MouseButton.NoButton)

    def drag(self, x: float) -> None:
        self._mouse(QEvent.Type.MouseMove, x, LEFT)

    def leave(self) -> None:
        QApplication.sendEvent(self.plot, QEvent(QEvent.Type.Leave))

    def press(self, value: float) -> None:
        place = QPoint(self.x(value), self.viewport.height() // 3)
        QTest.mousePress(self.viewport, LEFT, pos=place)

    def release(self, value: float) -> None:
        place = QPoint(self.x(value), self.viewport.height() // 3)
        QTest.mouseRelease(self.viewport, LEFT, pos=place)

    def click(self, value: float) -> None:
        self.press(value)
        self.release(value)

    def pixels(self) -> np.ndarray:
        """The plot as (height, width, 3), moving lines included."""
        QApplication.processEvents()
        image = self.plot.grab().toImage()
        image = image.convertToFormat(image.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
        return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)

    def like(self, color: str, tolerance: int = 40) -> np.ndarray:
        """Where pixels are about a colour, as (height, width)."""
        wanted = np.array(QColor(color).getRgb()[:3])
        return np.abs(self.pixels() - wanted).max(axis=2) <= tolerance

    def accent_column(self) -> float:
        """The middle of the columns that are accent nearly all the way down; NaN for none."""
        full = self.like(ACCENT, 60)[4:-30].mean(axis=0) > 0.6
        columns = np.flatnonzero(full)
        return float(columns.mean()) if len(columns) else float("nan")
