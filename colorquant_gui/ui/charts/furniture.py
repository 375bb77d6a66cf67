"""Small things beside a chart: a legend of line samples, and a hairline of progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from colorquant_gui.ui.charts.look import ChartLook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_SAMPLE = 16
_GAP = 16


class ChartLegend(QWidget):
    """A row of line samples with their names."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._entries: list[tuple[str, int | None, bool]] = []

    def show_lines(self, entries: Sequence[tuple[str, int | None, bool]]) -> None:
        """Show lines.

        Parameters
        ----------
        entries : sequence of (str, int or None, bool)
            Name, hue (see `ChartLook.line_color`), and whether it is dashed.
        """
        self._entries = list(entries)
        self.setAccessibleName(", ".join(name for name, _, _ in entries))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a line of text."""
        return QSize(160, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw samples and names."""
        look = ChartLook.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font)
        left, middle = 8.0, self.height() / 2
        for name, ink, dashed in self._entries:
            style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(look.line_color(ink), 1.2 if dashed else 2.0, style))
            painter.drawLine(QPointF(left, middle), QPointF(left + _SAMPLE, middle))
            left += _SAMPLE + 6
            painter.setPen(look.text)
            row = self.rect()
            row.setLeft(round(left))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, name)
            left += painter.fontMetrics().horizontalAdvance(name) + _GAP
        painter.end()


class HairlineProgress(QWidget):
    """A hairline that fills."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("kCurveProgress")
        self.setFixedHeight(2)
        self._part: float | None = None
        self._paused = False

    def show_part(self, part: float | None, paused: bool) -> None:
        """Show a part 0..1, or nothing."""
        self._part, self._paused = part, paused
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part that is done."""
        if self._part is None or self._part >= 1.0:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Midlight))
        role = QPalette.ColorRole.Mid if self._paused else QPalette.ColorRole.PlaceholderText
        done = self.rect()
        done.setWidth(round(self._part * self.width()))
        painter.fillRect(done, self.palette().color(role))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        self.update()
