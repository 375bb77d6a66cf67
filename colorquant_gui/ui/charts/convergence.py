"""ConvergenceCharts: error, movement and changes of a run, iteration by iteration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from colorquant_gui.ui import formatting
from colorquant_gui.ui.charts.chart import Chart
from colorquant_gui.ui.charts.chart_choice import ChartChoice
from colorquant_gui.ui.charts.content import Content, Line, Mark, Pointers
from colorquant_gui.ui.charts.run_values import count_text, shift_text, without_first
from colorquant_gui.ui.charts.scale_toggle import ScaleToggle
from colorquant_gui.ui.charts.scales import Linear, Logarithmic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    Floats = NDArray[np.float64]

_REST_MS = 60
_LEAST_HEIGHT = 270  # for all three

INERTIA, SHIFT, CHANGED = "inertia", "shift", "changed"


class ConvergenceCharts(QWidget):
    """Three small charts above each other, over the same iterations.

    Where there is not the height for three, one is shown, with a choice of which.

    Attributes
    ----------
    iterationClicked : Signal(int)
        The person clicked at an iteration, or dragged there.
    iterationHovered : Signal(object)
        The iteration that the pointer reads (int), None for none.
    exportRequested : Signal(str)
        The person wants a chart as a file: "inertia", "shift" or "changed"; see `chart`.
    """

    iterationClicked = Signal(int)
    iterationHovered = Signal(object)
    exportRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("convergenceCharts")
        self.setAccessibleName(self.tr("Convergence"))
        empty = np.empty(0)
        self._numbers = empty
        self._values: dict[str, Floats] = {INERTIA: empty, SHIFT: empty, CHANGED: empty}
        self._texts: dict[str, Callable[[float], str]] = {
            INERTIA: formatting.error,
            SHIFT: shift_text,
            CHANGED: count_text,
        }
        self._marks: Mapping[int, str] = {}
        # New axes cost more than new points: a run that grows gets them a few times a second.
        self._waiting = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._draw_waiting)
        self._preview = ""
        self._playhead: float | None = None
        self._hover: float | None = None
        self._is_compact = False
        self._only = INERTIA
        self._choosers: dict[str, ChartChoice] = {}
        self._charts = {
            INERTIA: Chart("inertiaChart", self.tr("MSE"), self),
            SHIFT: Chart("shiftChart", self.tr("Largest shift of a centroid"), self),
            CHANGED: Chart("changedChart", self.tr("Colours that changed cluster"), self),
        }
        self._toggle = ScaleToggle("inertiaLogarithmic")
        self._toggle.toggled.connect(self._draw)
        self._charts[INERTIA].add_tool(self._toggle)
        self._charts[INERTIA].set_empty_text(
            self.tr("The error of each iteration appears here once a picture is being reduced.")
        )
        layout = QVBoxLayout(self)
        # Less height than for three is fine: see `resizeEvent`.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(4)
        for key, chart in self._charts.items():
            chart.set_title_widget(self._chooser(key), shown=False)
            chart.hovered.connect(self._point)
            chart.pressed.connect(lambda x: self.iterationClicked.emit(round(x)))
            chart.dragged.connect(lambda x: self.iterationClicked.emit(round(x)))
            chart.exportRequested.connect(lambda key=key: self.exportRequested.emit(key))
            layout.addWidget(chart, 1)
        self._arrange()
        self._draw()

    def _chooser(self, key: str) -> ChartChoice:
        """Return what takes the place of a chart's title where it is the only one."""
        titles = {other: chart.title for other, chart in self._charts.items()}
        box = self._choosers[key] = ChartChoice(f"{key}ChartChoice", titles)
        box.activated.connect(lambda _index: self._choose(str(box.currentData())))
        return box

    def _choose(self, key: str) -> None:
        had_focus = self._choosers[self._only].hasFocus()
        self._only = key
        self._arrange()
        if had_focus:
            self._choosers[key].setFocus()

    def _arrange(self) -> None:
        """Show three charts, or one with a choice of which; or the empty state."""
        there = len(self._numbers) > 0
        compact = self._is_compact and there
        for key, chart in self._charts.items():
            only = key == (self._only if compact else INERTIA)
            chart.set_values_shown(compact or key == CHANGED)
            chart.set_title_widget(self._choosers[key], shown=compact)
            self._choosers[key].choose(key)
            chart.setVisible(only or (there and not compact))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many charts as there is height for."""
        super().resizeEvent(event)
        compact = self.height() < _LEAST_HEIGHT
        if compact != self._is_compact:
            self._is_compact = compact
            self._arrange()

    def sizeHint(self) -> QSize:
        """Return a size at which all three can be read."""
        return QSize(400, 360)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which one can."""
        return QSize(200, 112)

    def chart(self, key: str) -> Chart:
        """Return one of the charts, for `export_chart`.

        Parameters
        ----------
        key : str
            "inertia", "shift" or "changed".
        """
        return self._charts[key]

    def set_series(
        self,
        numbers: Sequence[int],
        inertia: Sequence[float],
        center_shift: Sequence[float],
        n_changed: Sequence[int],
        inertia_unit: str = "",
        marks: Mapping[int, str] | None = None,
        shift_unit: str = "",
    ) -> None:
        """Show a run; cheap enough to be called for every frame while it grows.

        Parameters
        ----------
        numbers : sequence of int
            Iterations, rising; none at all shows the empty state.
        inertia : sequence of float
            Error of each, MSE or inertia.
        center_shift : sequence of float
            Largest movement of a centroid up to each; the first is not shown, nothing moved yet.
        n_changed : sequence of int
            Unique colours with another centroid than before; the first is not shown.
        inertia_unit : str
            What the error is: the title of its chart. "MSE" where it is empty.
        marks : mapping of int to str, optional
            What happened at an iteration.
        shift_unit : str
            Unit of the movement.
        """
        self._numbers = np.array(numbers, np.float64)
        self._values = {
            INERTIA: np.array(inertia, np.float64),
            SHIFT: without_first(center_shift),
            CHANGED: without_first(n_changed),
        }
        self._marks = dict(marks or {})
        title = inertia_unit or self.tr("MSE")
        if title != self._charts[INERTIA].title:
            self._charts[INERTIA].set_title(title)
            for box in self._choosers.values():
                box.setItemText(0, title)
        self._texts[SHIFT] = lambda value: f"{shift_text(value)} {shift_unit}".rstrip()
        same_state = self._charts[INERTIA].is_empty == (not len(self._numbers))
        if same_state and self._resting.isActive():
            self._waiting = True
        else:
            self._draw()
            self._resting.start()

    def clear(self) -> None:
        """Show the empty state."""
        self.set_series((), (), (), ())

    def set_playhead(self, iteration: float | None) -> None:
        """Draw the line of what is on show.

        Parameters
        ----------
        iteration : float or None
            Number of the iteration, with a part of the way to the next; None draws none.
        """
        if iteration != self._playhead:
            self._playhead = iteration
            self._show_pointers()

    def set_preview(self, text: str) -> None:
        """Stand back while a preview is on show in place of the run.

        Parameters
        ----------
        text : str
            What the charts are of meanwhile, in a few words; empty to come back.
        """
        if text != self._preview:
            self._preview = text
            self._show_pointers()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose the axis of the error."""
        self._toggle.setChecked(logarithmic)

    def is_logarithmic(self) -> bool:
        """Return whether the axis of the error is logarithmic."""
        return self._toggle.isChecked()

    def _draw_waiting(self) -> None:
        if self._waiting:
            self._draw()
            self._resting.start()

    def _draw(self) -> None:
        self._waiting = False
        there, was_there = len(self._numbers) > 0, not self._charts[INERTIA].is_empty
        marks = tuple(Mark(float(number), text) for number, text in sorted(self._marks.items()))
        bottom = Linear(from_zero=True, whole=True, pad=0.02)
        for key, chart in self._charts.items():
            line = Line(chart.title, self._numbers, self._values[key], self._texts[key])
            left: Linear | Logarithmic = Linear(from_zero=True, whole=key == CHANGED)
            if key == INERTIA:
                left = Logarithmic() if self._toggle.isChecked() else Linear()
            lines = (line,) if there else ()
            name, words = self.tr("Iteration"), self.tr("Iteration %1: %2")
            chart.set_content(
                Content(lines, bottom, left, x_name=name, marks=marks, mark_words=words)
            )
        if there != was_there:
            self._arrange()
        self._show_pointers()

    def _point(self, x: float | None) -> None:
        if x != self._hover:
            self._hover = x
            self._show_pointers()
            self.iterationHovered.emit(None if x is None else round(x))

    def _show_pointers(self) -> None:
        read = self._playhead if self._hover is None else self._hover
        for key, chart in self._charts.items():
            chart.set_pointers(Pointers(self._playhead, self._hover, aside=bool(self._preview)))
            chart.set_readout(self._readout(key, read))

    def _readout(self, key: str, read: float | None) -> str:
        if not len(self._numbers):
            return ""
        if self._preview and self._hover is None:
            return self._preview if self._is_compact or key == INERTIA else ""
        if read is None:
            return ""
        place = max(int(np.searchsorted(self._numbers, read, side="right")) - 1, 0)
        value, number = float(self._values[key][place]), int(self._numbers[place])
        text = self.tr("–") if np.isnan(value) else self._texts[key](value)
        event = self._marks.get(number, "")
        if self._hover is None:
            return text
        words = self.tr("Iteration %1: %2").replace("%1", formatting.integer(number))
        words = words.replace("%2", text)
        return f"{words} · {event}" if event and key == INERTIA else words
