"""Marks of a chart that lie close together: few are drawn, all are counted and can be read."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QComboBox, QToolTip

from colorquant_gui.ui.charts import ConvergenceCharts
from colorquant_gui.ui.charts.marks import mark_groups
from colorquant_gui.ui.charts.readout import Readout
from colorquant_gui.ui.theme import apply_theme
from tests.ui.chart_bench import ChartBench

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

N = 301
FALLING = 900.0 - 2 * np.arange(N)
DENSE = {3: "first", **{n: f"move {n}" for n in range(100, 131)}, 290: "last"}


class Bench:
    """The charts of a long run."""

    def __init__(self, qtbot: QtBot) -> None:
        self.charts = ConvergenceCharts()
        qtbot.addWidget(self.charts)
        self.charts.resize(480, 420)
        self.show(DENSE)
        self.charts.show()
        qtbot.waitExposed(self.charts)
        self.chart = ChartBench(self.charts.chart("inertia"), qtbot)

    def show(self, marks: dict[int, str]) -> None:
        self.charts.set_series(range(N), FALLING, FALLING, range(N), "MSE", marks, "px")

    def tip(self, x: float) -> str:
        """What a pointer that rests there is told."""
        where = QPoint(round(x), self.chart.viewport.height() // 2)
        event = QHelpEvent(QEvent.Type.ToolTip, where, self.chart.viewport.mapToGlobal(where))
        QApplication.sendEvent(self.chart.viewport, event)
        return QToolTip.text()

    def shapes(self) -> int:
        """Triangles along the bottom, counted by their pixels."""
        plain = self.without_marks()
        row = round(self.chart.plot.area().bottom()) - 2
        inked = np.abs(self.chart.pixels()[row] - plain[row]).max(axis=1) > 90
        return int(inked[0]) + sum(now and not before for before, now in itertools.pairwise(inked))

    def without_marks(self) -> np.ndarray:
        events = {round(mark.x): mark.text for mark in self.charts.chart("inertia").content.marks}
        self.replace({})
        plain = self.chart.pixels()
        self.replace(events)
        return plain

    def replace(self, marks: dict[int, str]) -> None:
        self.show(marks)
        self.charts._draw()


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Bench:
    apply_theme(qapp, "light")
    return Bench(qtbot)


def test_dense_events_are_few_marks_with_their_count(bench: Bench) -> None:
    groups = mark_groups(bench.chart.plot)
    assert [event for group in groups for event in group.events] == sorted(DENSE.items())
    assert all(b.x - a.x >= 20 for a, b in itertools.pairwise(groups))
    assert bench.shapes() == len(groups) < 8
    for group in groups:
        first, last = group.events[0][0], group.events[-1][0]
        assert group.x == pytest.approx(bench.chart.plot.pixel(first).x())
        assert group.end == pytest.approx(bench.chart.plot.pixel(last).x())


def test_the_reach_of_a_group_is_tinted_and_its_count_written(bench: Bench) -> None:
    bench.replace({100: "a", 104: "b", 108: "c", 250: "alone"})
    group, alone = mark_groups(bench.chart.plot)
    pixels, plain = bench.chart.pixels(), bench.without_marks()
    changed = np.abs(pixels - plain).max(axis=2)
    area = bench.chart.plot.area()
    middle = slice(round(area.top()) + 24, round(area.bottom()) - 12)
    inside = changed[middle, round(group.x) + 2 : round(group.end) - 1]
    assert np.median(inside) > 4
    beyond = changed[middle, round(group.end) + 3 : round(alone.x) - 3]
    assert beyond.max() == 0
    # the count stands at the top, beside the first; one alone has none
    top = slice(round(area.top()), round(area.top()) + 14)
    assert changed[top, round(group.x) + 3 : round(group.x) + 22].max() > 60
    assert changed[top, round(alone.x) + 3 : round(alone.x) + 22].max() == 0


def test_a_pointer_that_rests_on_a_mark_is_told_what_happened(bench: Bench) -> None:
    groups = mark_groups(bench.chart.plot)
    assert bench.tip(groups[0].x + 40) == ""
    assert bench.tip(groups[0].x + 3) == "Iteration 3: first"
    dense = groups[1]
    assert len(dense) > 6
    told = bench.tip((dense.x + dense.end) / 2).splitlines()
    assert told[0] == f"{len(dense)} events"
    assert told[1] == "Iteration 100: move 100"


def test_numbers_at_the_ends_of_an_axis_are_written(bench: Bench, qtbot: QtBot) -> None:
    """Where nothing changes there are but 0 and 1, both near an end."""
    bench.charts.resize(480, 280)
    bench.charts.set_series((0, 1), (0.0, 0.0), (0.0, 0.0), (0, 0))
    bench.charts._draw()
    plot = bench.chart.plot
    for value in (0.0, 1.0):
        y = round(plot.pixel(0.0, value).y())

        def written(y: int = y) -> bool:
            left = bench.chart.pixels()[max(y - 4, 0) : y + 5, : round(plot.area().left()) - 4]
            return bool((left.min(axis=2) < 140).any())

        qtbot.waitUntil(written, timeout=5000)


def test_a_chart_alone_leaves_its_readout_room(bench: Bench, qtbot: QtBot) -> None:
    bench.charts.resize(312, 150)
    box = bench.charts.findChild(QComboBox, "inertiaChartChoice")
    bench.charts.set_playhead(7.0)
    bench.charts.set_preview("Run with k = 256")
    readout = bench.charts.findChild(Readout, "inertiaChartReadout")
    qtbot.waitUntil(lambda: box.isVisible() and readout.text() == "Run with k = 256")
    qtbot.waitUntil(lambda: readout.shown_text() == "Run with k = 256", timeout=5000)
    bench.charts.set_preview("")
    assert readout.shown_text() == "886.0"


def test_more_room_tells_them_apart(bench: Bench, qtbot: QtBot) -> None:
    before = len(mark_groups(bench.chart.plot))
    bench.charts.resize(1400, 420)
    qtbot.waitUntil(lambda: len(mark_groups(bench.chart.plot)) > before, timeout=5000)
