"""RaceChart: the errors of several runs in one chart, and which of them ends lowest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from colorquant_gui.ui import formatting
from colorquant_gui.ui.charts.chart import Chart
from colorquant_gui.ui.charts.content import Content, Line, Pointers
from colorquant_gui.ui.charts.look import ChartLook
from colorquant_gui.ui.charts.scale_toggle import ScaleToggle
from colorquant_gui.ui.charts.scales import Linear, Logarithmic
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    Curve = tuple[str, Sequence[float], Sequence[float]]

_DOT = 9
# Two ends that differ by less are the same minimum.
_SAME = 1e-9


class RaceChart(QWidget):
    """Up to about four curves of falling error, with a legend that says how they end.

    Attributes
    ----------
    iterationClicked : Signal(int)
        The person clicked at an iteration, or dragged there.
    iterationHovered : Signal(object)
        The iteration that the pointer reads (int), None for none.
    exportRequested : Signal(str)
        The person wants the chart as a file: its key, "race".
    """

    iterationClicked = Signal(int)
    iterationHovered = Signal(object)
    exportRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("raceChart")
        self.setAccessibleName(self.tr("Error of each run"))
        self._curves: list[tuple[str, np.ndarray, np.ndarray]] = []
        self._text: Callable[[float], str] = formatting.error
        self._running = self._same_end = False
        self._playhead: float | None = None
        self._hover: float | None = None
        self.chart = Chart("raceChartView", self.tr("MSE"), self)
        self.chart.set_empty_text(self.tr("Start the race to see how the error of each run falls."))
        self._toggle = ScaleToggle("raceChartLogarithmic")
        self._toggle.toggled.connect(self._draw)
        self.chart.add_tool(self._toggle)
        self.chart.hovered.connect(self._point)
        self.chart.pressed.connect(lambda x: self.iterationClicked.emit(round(x)))
        self.chart.dragged.connect(lambda x: self.iterationClicked.emit(round(x)))
        self.chart.exportRequested.connect(lambda: self.exportRequested.emit("race"))
        self._legend = QGridLayout()
        self._legend.setContentsMargins(8, 0, 8, 4)
        self._legend.setHorizontalSpacing(8)
        self._legend.setVerticalSpacing(2)
        self._legend.setColumnStretch(1, 1)
        self._rows: list[tuple[_Dot, _Entry, _Entry, QLabel]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.chart, 1)
        layout.addLayout(self._legend)
        self.setMinimumHeight(160)

    def set_unit(self, title: str, text: Callable[[float], str]) -> None:
        """Say what the values are.

        Parameters
        ----------
        title : str
            The name of the quantity, "MSE" by default.
        text : callable taking a float, returning str
            How a value reads.
        """
        self._text = text
        self.chart.set_title(title)
        self._draw()

    def set_curves(
        self, curves: Sequence[Curve], *, running: bool = False, same_end: bool = False
    ) -> None:
        """Show the runs.

        Parameters
        ----------
        curves : sequence of (str, sequence of float, sequence of float)
            Name, iteration numbers (rising) and values of each; one that has none yet is listed.
        running : bool
            Whether some of them may still fall.
        same_end : bool
            Whether all end in the same place, so that none is lower than the others.
        """
        self._curves = [
            (name, np.array(numbers, np.float64), np.array(values, np.float64))
            for name, numbers, values in curves
        ]
        self._running, self._same_end = running, same_end
        self._draw()

    def set_playhead(self, iteration: float | None) -> None:
        """Draw the line of what is on show; None draws none."""
        self._playhead = iteration
        self._show_pointers()

    def lowest(self) -> list[int]:
        """Return which curves end lowest; several where they end alike, none without values."""
        if self._same_end:
            return []
        ends = [values[-1] if len(values) else math.inf for _, _, values in self._curves]
        least = min(ends, default=math.inf)
        if math.isinf(least):
            return []
        return [i for i, end in enumerate(ends) if end <= least * (1 + _SAME)]

    def _draw(self) -> None:
        lowest = self.lowest()
        lines = tuple(
            Line(
                name,
                numbers,
                values,
                self._text,
                ink=index,
                width=2.5 if index in lowest else 1.5,
            )
            for index, (name, numbers, values) in enumerate(self._curves)
        )
        shown = any(len(line.x) for line in lines)
        left = Logarithmic() if self._toggle.isChecked() else Linear()
        self.chart.set_content(
            Content(
                lines if shown else (),
                bottom=Linear(from_zero=True, whole=True, pad=0.02),
                left=left,
                x_name=self.tr("Iteration"),
            )
        )
        self._fill_legend(lowest)
        self._show_pointers()

    def _fill_legend(self, lowest: list[int]) -> None:
        while len(self._rows) < len(self._curves):
            self._add_row()
        for index, (dot, name, value, note) in enumerate(self._rows):
            shown = index < len(self._curves)
            for widget in (dot, name, value, note):
                widget.setVisible(shown)
            if not shown:
                continue
            name.setText(self._curves[index][0])
            value.setText(self._value_text(index))
            best = index in lowest and len(self._curves) > 1
            words = self.tr("lowest so far") if self._running else self.tr("lowest")
            note.setText(words if best else "")
            for label in (name, value):
                label.set_bold(best)

    def _value_text(self, index: int) -> str:
        _, numbers, values = self._curves[index]
        if not len(values):
            return self.tr("–")
        if self._hover is None:
            return self._text(float(values[-1]))
        # A run that has ended stays where it ended.
        place = int(np.searchsorted(numbers, self._hover, side="right")) - 1
        return self._text(float(values[max(place, 0)]))

    def _add_row(self) -> None:
        row = len(self._rows)
        dot, name, value, note = _Dot(row), _Entry(), _Entry(), QLabel()
        for label, kind in ((name, "Name"), (value, "Value"), (note, "Note")):
            label.setObjectName(f"raceCurve{row}{kind}")
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        name.setMinimumWidth(64)
        value.setFont(tabular_font(value.font()))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, widget in enumerate((dot, name, value, note)):
            self._legend.addWidget(widget, row, column)
        self._rows.append((dot, name, value, note))

    def _point(self, x: float | None) -> None:
        if x == self._hover:
            return
        self._hover = x
        for index in range(len(self._curves)):
            self._rows[index][2].setText(self._value_text(index))
        self._show_pointers()
        self.iterationHovered.emit(None if x is None else round(x))

    def _show_pointers(self) -> None:
        self.chart.set_pointers(Pointers(self._playhead, self._hover))
        read = self._playhead if self._hover is None else self._hover
        text = "" if read is None or not self.chart.content.lines else formatting.integer(int(read))
        self.chart.set_readout(self.tr("Iteration %1").replace("%1", text) if text else "")


class _Entry(QLabel):
    """A text that is bold or not, also in another theme."""

    def __init__(self) -> None:
        super().__init__()
        self._bold = False

    def set_bold(self, bold: bool) -> None:
        """Make it bold, or not."""
        self._bold = bold
        font = self.font()
        if font.bold() != bold:
            font.setBold(bold)
            self.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        """Be bold again: another style sheet takes fonts away."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_bold(self._bold)


class _Dot(QWidget):
    """The colour of a curve."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index
        self.setFixedSize(QSize(_DOT + 2, _DOT + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ChartLook.of(self).line_color(self._index))
        painter.drawEllipse(QRectF(1, 1, _DOT, _DOT))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
