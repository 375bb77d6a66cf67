"""RaceChart: the errors of several runs in one chart, and which of them ends lowest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from colorquant_gui.session.race_outcome import TIE
from colorquant_gui.ui import formatting
from colorquant_gui.ui.charts.chart import Chart
from colorquant_gui.ui.charts.content import Content, Line, Pointers
from colorquant_gui.ui.charts.race_legend import Entry, RaceLegend
from colorquant_gui.ui.charts.scale_toggle import ScaleToggle
from colorquant_gui.ui.charts.scales import Below, Linear, Logarithmic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Curve = tuple[str, Sequence[float], Sequence[float]]


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
        self._running = False
        self._judged: tuple[int, ...] | None = None
        self._ceiling = math.inf
        self._playhead: float | None = None
        self._hover: float | None = None
        self.chart = Chart("raceChartView", self.tr("MSE"), self)
        self.chart.set_empty_text(self.tr("The error of each run appears here."))
        self._toggle = ScaleToggle("raceChartLogarithmic")
        self._toggle.toggled.connect(self._draw)
        self.chart.add_tool(self._toggle)
        self.chart.hovered.connect(self._point)
        self.chart.pressed.connect(lambda x: self.iterationClicked.emit(round(x)))
        self.chart.dragged.connect(lambda x: self.iterationClicked.emit(round(x)))
        self.chart.exportRequested.connect(lambda: self.exportRequested.emit("race"))
        self.chart.setMinimumHeight(112)
        self._legend = RaceLegend(self.tr("lowest so far"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self._legend)

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
        self,
        curves: Sequence[Curve],
        *,
        running: bool = False,
        lowest: Sequence[int] | None = None,
        ceiling: float = math.inf,
    ) -> None:
        """Show the runs.

        Parameters
        ----------
        curves : sequence of (str, sequence of float, sequence of float)
            Name, iteration numbers (rising) and values of each; one that has none yet is listed.
        running : bool
            Whether some of them may still fall.
        lowest : sequence of int, optional
            Which of them are lowest, where that is known better than by their last values.
        ceiling : float
            The greatest value that is shown; curves come in from above. Infinity shows all.
        """
        self._curves = [
            (name, np.array(numbers, np.float64), np.array(values, np.float64))
            for name, numbers, values in curves
        ]
        self._running = running
        self._judged = None if lowest is None else tuple(lowest)
        self._ceiling = ceiling
        self._draw()

    def set_playhead(self, iteration: float | None) -> None:
        """Draw the line of what is on show; None draws none."""
        self._playhead = iteration
        self._show_pointers()

    def lowest(self) -> list[int]:
        """Return which curves are lowest; several where they end alike, none where one is alone."""
        if self._judged is not None:
            return list(self._judged)
        ends = {i: values[-1] for i, (_, _, values) in enumerate(self._curves) if len(values)}
        if len(ends) < 2:
            return []
        least = min(ends.values())
        return [i for i, end in ends.items() if end <= least * (1 + TIE)]

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
                left=Below(left, self._ceiling) if math.isfinite(self._ceiling) else left,
                x_name=self.tr("Iteration"),
            )
        )
        self._fill_legend(lowest)
        self._show_pointers()

    def _fill_legend(self, lowest: list[int]) -> None:
        words = self.tr("lowest so far") if self._running else self.tr("lowest")
        self._legend.set_entries(
            [
                Entry(name, self._value_text(i), words if i in lowest else "", i in lowest)
                for i, (name, _, _) in enumerate(self._curves)
            ]
        )

    def _value_text(self, index: int) -> str:
        _, numbers, values = self._curves[index]
        if not len(values):
            return self.tr("–")
        if self._hover is None:
            return self._text(float(values[-1]))
        # A run that has ended stays where it ended.
        place = int(np.searchsorted(numbers, self._hover, side="right")) - 1
        return self._text(float(values[max(place, 0)]))

    def _point(self, x: float | None) -> None:
        if x == self._hover:
            return
        self._hover = x
        for index in range(len(self._curves)):
            self._legend.set_value(index, self._value_text(index))
        self._show_pointers()
        self.iterationHovered.emit(None if x is None else round(x))

    def _show_pointers(self) -> None:
        self.chart.set_pointers(Pointers(self._playhead, self._hover))
        read = self._playhead if self._hover is None else self._hover
        text = "" if read is None or not self.chart.content.lines else formatting.integer(int(read))
        self.chart.set_readout(self.tr("Iteration %1").replace("%1", text) if text else "")
