"""Charts of a run: what is drawn, read, clicked and saved, by real mouse events and pixels."""

from __future__ import annotations

import csv
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QToolButton

from colorquant_gui.core.errors import SaveError
from colorquant_gui.ui.charts import ConvergenceCharts, RaceChart, export_chart
from colorquant_gui.ui.charts.scales import Bytes, Linear, Logarithmic, Octaves, nice_step
from colorquant_gui.ui.theme import apply_theme
from tests.ui.chart_bench import LEFT, ChartBench
from tests.ui.painted import as_array

N = np.arange(11)
# a straight line, so that where its pixels have to be can be said without a formula of the chart
FALLING = 300.0 - 20.0 * N


@pytest.fixture(autouse=True)
def light(qapp):
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


class Run:
    """The three charts of a run of eleven iterations."""

    def __init__(self, qtbot) -> None:
        self.charts = ConvergenceCharts()
        qtbot.addWidget(self.charts)
        self.charts.resize(420, 420)
        self.charts.set_series(N, FALLING, 10.0 - N, 1000 * (10 - N), "MSE", {4: "2 split"}, "px")
        self.said: list[tuple[str, object]] = []
        for name in ("iterationClicked", "iterationHovered", "exportRequested"):
            signal = getattr(self.charts, name)
            signal.connect(lambda value, name=name: self.said.append((name, value)))
        self.charts.show()
        qtbot.waitExposed(self.charts)
        self.inertia, self.shift, self.changed = (
            ChartBench(self.charts.chart(key), qtbot) for key in ("inertia", "shift", "changed")
        )


@pytest.fixture
def run(qtbot):
    return Run(qtbot)


def line_rows(bench: ChartBench) -> list[float]:
    """Heights of a line at even steps, weighed by how dark each pixel is."""
    pixels = bench.pixels()[..., 0]
    rows = []
    for x in range(bench.x(0) + 6, bench.x(10) - 6, 20):
        # grid lines and marks are lighter
        ink = np.clip(0x90 - pixels[:-12, x], 0, None).astype(float)
        rows.append(float((ink * np.arange(len(ink))).sum() / ink.sum()))
    return rows


def test_pyqtgraph_is_not_loaded_before_there_is_something_to_draw() -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
app = QApplication([])
from colorquant_gui.ui.charts import *
from colorquant_gui.ui.panels.timeline import Timeline
widgets = [ConvergenceCharts(), RaceChart(), KCurve(), AdvisorPanel(), Timeline()]
for widget in widgets:
    widget.show()
QTest.qWait(100)
print("pyqtgraph" in sys.modules)
widgets[0].set_series([0, 1], [2.0, 1.0], [0, 1], [0, 1])
QTest.qWait(100)
print("pyqtgraph" in sys.modules, widgets[0].chart("inertia").plot is not None)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.split() == ["False", "True", "True"]


def test_the_empty_state(qtbot):
    charts = ConvergenceCharts()
    qtbot.addWidget(charts)
    charts.resize(420, 420)
    charts.show()
    assert not charts.chart("inertia").findChild(QToolButton, "inertiaChartExport").isEnabled()
    words = charts.grab().toImage()
    charts.chart("inertia").set_empty_text("")
    assert charts.grab().toImage() != words
    charts.set_playhead(3.0)
    QTest.qWait(50)
    assert charts.chart("inertia").plot is None


def test_a_straight_line_is_straight_and_goes_from_corner_to_corner(run):
    rows = line_rows(run.inertia)
    steps = np.diff(rows)
    assert steps == pytest.approx([steps[0]] * len(steps), abs=0.6)
    assert steps[0] > 0
    height = run.inertia.plot.height()
    assert rows[0] < 0.25 * height
    assert rows[-1] > 0.6 * height


def test_on_a_logarithmic_axis_a_falling_exponential_is_straight(run, qtbot):
    run.charts.set_series(N, 800.0 * 0.5**N, N, N)
    run.charts.set_logarithmic(True)
    qtbot.wait(100)
    rows = line_rows(run.inertia)
    assert np.diff(rows) == pytest.approx([np.diff(rows)[0]] * (len(rows) - 1), abs=0.6)


def test_the_toggle_is_a_real_button(run):
    button = run.charts.findChild(QToolButton, "inertiaLogarithmic")
    before = run.inertia.pixels()
    QTest.mouseClick(button, LEFT)
    assert run.charts.is_logarithmic()
    assert not np.array_equal(run.inertia.pixels(), before)


def test_the_playhead_is_in_proportion_and_in_all_three(run):
    columns = []
    for iteration in (0.0, 2.5, 5.0, 10.0):
        run.charts.set_playhead(iteration)
        columns.append([chart.accent_column() for chart in (run.inertia, run.shift, run.changed)])
    columns = np.array(columns)
    assert np.ptp(columns, axis=1) == pytest.approx([0] * 4, abs=0.5)
    first, quarter, half, last = columns[:, 0]
    assert quarter == pytest.approx(first + (last - first) / 4, abs=1)
    assert half == pytest.approx((first + last) / 2, abs=1)
    run.charts.set_playhead(None)
    assert np.isnan(run.inertia.accent_column())


def test_moving_the_lines_leaves_no_trace(run, qtbot):
    def on_screen() -> np.ndarray:
        # grabbing a widget would paint it anew, and all traces with it
        qtbot.wait(60)
        corner = run.inertia.viewport.mapTo(run.charts, QPoint(0, 0))
        grabbed = run.charts.screen().grabWindow(run.charts.winId()).toImage()
        part = grabbed.copy(QRect(corner, run.inertia.viewport.size()))
        return as_array(part)[..., :3]

    run.charts.set_playhead(5.0)
    once = on_screen()
    run.charts.set_playhead(8.0)
    assert not np.array_equal(on_screen(), once)
    for place in np.linspace(0, 10, 37):
        run.charts.set_playhead(float(place))
        run.inertia.hover(10 - place)
        QApplication.processEvents()
    run.inertia.leave()
    run.charts.set_playhead(5.0)
    assert np.array_equal(on_screen(), once)


def test_hovering_reads_the_nearest_iteration_in_all_three(run):
    run.inertia.hover(3.4)
    assert run.said == [("iterationHovered", 3)]
    assert run.inertia.readout == "Iteration 3: 240.0"
    assert run.shift.readout == "Iteration 3: 7.00 px"
    assert run.changed.readout == "Iteration 3: 7,000"
    run.inertia.hover(3.6)
    assert run.inertia.readout == "Iteration 4: 220.0 · 2 split"
    run.inertia.leave()
    assert run.said[-1] == ("iterationHovered", None)
    assert run.inertia.readout == ""


def test_without_the_pointer_the_playhead_is_read(run):
    run.charts.set_playhead(7.8)
    assert run.inertia.readout == "160.0"
    assert run.changed.readout == "3,000"
    run.charts.set_playhead(0.0)
    # nothing moved yet
    assert (run.inertia.readout, run.shift.readout) == ("300.0", "–")


def test_a_click_jumps_and_a_drag_goes_on(run):
    run.shift.press(2.2)
    run.shift.drag(run.shift.plot.pixel(6.9).x())
    run.shift.drag(5000)
    run.shift.release(10)
    clicked = [value for name, value in run.said if name == "iterationClicked"]
    assert clicked == [2, 7, 10]


def test_a_mark_stands_at_its_iteration(run):
    marked = run.inertia.pixels()
    run.charts.set_series(N, FALLING, 10.0 - N, 1000 * (10 - N), "MSE", {}, "px")
    QTest.qWait(100)
    plain = run.inertia.pixels()
    columns = np.flatnonzero((marked != plain).any(axis=(0, 2)))
    assert columns.mean() == pytest.approx(run.inertia.x(4), abs=1)


def test_growing_is_drawn_in_the_end_and_replacing_too(run, qtbot):
    for end in range(2, 12):
        run.charts.set_series(N[:end], FALLING[:end], N[:end], N[:end])
    qtbot.waitUntil(lambda: len(run.inertia.plot.content.places) == 11)
    run.charts.clear()
    qtbot.waitUntil(lambda: not run.inertia.plot.isVisible())
    run.charts.set_series(N, FALLING, N, N)
    qtbot.waitUntil(run.inertia.plot.isVisible)


def test_where_it_is_low_one_chart_is_shown_and_chosen(run, qtbot):
    charts = [run.charts.chart(key) for key in ("inertia", "shift", "changed")]

    def shown() -> list[bool]:
        return [chart.isVisible() for chart in charts]

    assert shown() == [True, True, True]
    run.charts.resize(420, 160)
    assert shown() == [True, False, False]
    box = run.charts.findChild(QComboBox, "inertiaChartChoice")
    assert [box.itemText(i) for i in range(3)] == [chart.title for chart in charts]
    assert box.isVisible()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert shown() == [False, True, False]
    box = run.charts.findChild(QComboBox, "shiftChartChoice")
    assert box.currentText() == charts[1].title
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert shown() == [False, False, True]
    run.charts.clear()
    assert shown() == [True, False, False]
    assert not run.charts.findChild(QComboBox, "inertiaChartChoice").isVisible()
    run.charts.set_series(N, FALLING, N, N, "Error")
    qtbot.waitUntil(lambda: shown() == [False, False, True])
    assert run.charts.findChild(QComboBox, "changedChartChoice").itemText(0) == "Error"
    run.charts.resize(420, 420)
    assert shown() == [True, True, True]
    assert not run.charts.findChild(QComboBox, "changedChartChoice").isVisible()


def test_the_theme_changes_what_is_there(run, qapp):
    light = run.inertia.pixels()
    apply_theme(qapp, "dark")
    dark = run.inertia.pixels()
    assert light[2, 2].tolist() == [0xF0] * 3
    assert dark[2, 2].tolist() == [0x2B] * 3
    assert dark.max() > 200
    apply_theme(qapp, "light")
    assert np.array_equal(run.inertia.pixels(), light)


def test_all_but_what_is_chosen_is_neutral(run):
    for chart in (run.inertia, run.shift, run.changed):
        pixels = chart.pixels()
        assert np.ptp(pixels, axis=2).max() == 0


def test_the_menu_of_pyqtgraph_never_shows_and_ours_exports(run, qtbot):
    place = QPoint(200, 60)
    chart = run.charts.chart("shift")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, run.shift.viewport.mapToGlobal(place)
    )
    QApplication.sendEvent(run.shift.viewport, event)
    qtbot.waitUntil(lambda: chart.findChild(QMenu) is not None)
    menu = chart.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Export chart…"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert run.said == [("exportRequested", "shift")]
    QTest.mouseClick(chart.findChild(QToolButton, "shiftChartExport"), LEFT)
    assert run.said == [("exportRequested", "shift")] * 2


def test_csv_is_what_was_given(run, tmp_path):
    path = tmp_path / "shift.csv"
    export_chart(run.charts.chart("shift"), path)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Iteration", "Largest shift of a centroid"]
    assert rows[1] == ["0", ""]
    assert [[int(n), float(value)] for n, value in rows[2:]] == [[n, 10.0 - n] for n in N[1:]]


def test_png_is_what_is_on_the_screen_without_pointers(run, tmp_path):
    path = tmp_path / "inertia.PNG"
    export_chart(run.charts.chart("inertia"), path)
    with Image.open(path) as image:
        first = np.asarray(image.convert("RGB")).astype(int)
    assert first.shape[1] == 2 * run.inertia.plot.width()
    assert first[0, 0].tolist() == [0xF0] * 3
    assert (first < 0x40).all(axis=2).any()
    before = run.inertia.pixels()
    run.charts.set_playhead(4.0)
    run.inertia.hover(6)
    export_chart(run.charts.chart("inertia"), path)
    with Image.open(path) as image:
        assert np.array_equal(np.asarray(image.convert("RGB")), first)
    # numbers along the bottom are in the file, and then not on the screen
    run.inertia.leave()
    run.charts.set_playhead(None)
    assert np.array_equal(run.inertia.pixels(), before)


def test_svg_is_well_formed_and_has_lines_and_words(run, tmp_path):
    path = tmp_path / "changed.svg"
    export_chart(run.charts.chart("changed"), path)
    root = ET.parse(path).getroot()
    texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")]
    assert "Colours that changed cluster" in texts
    assert {"Iteration", "0", "2", "10"} <= set(texts)
    lines = [e for e in root.iter() if e.tag.endswith(("path", "polyline"))]
    # ten iterations: a line through at least nine more points than its first
    assert max(len((e.get("points") or e.get("d") or "").split()) for e in lines) >= 10


@pytest.mark.parametrize(
    ("name", "reason"),
    [("chart.bmp", "PNG, SVG or CSV"), ("chart", "PNG, SVG or CSV"), ("no/chart.svg", "folder")],
)
def test_what_cannot_be_saved_is_told_in_a_sentence(run, tmp_path, name, reason):
    with pytest.raises(SaveError, match=reason) as caught:
        export_chart(run.charts.chart("inertia"), tmp_path / name)
    assert str(caught.value).endswith(".")
    assert "chart" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_chart_is_not_saved(qtbot, tmp_path):
    charts = ConvergenceCharts()
    qtbot.addWidget(charts)
    with pytest.raises(SaveError, match="empty"):
        export_chart(charts.chart("inertia"), tmp_path / "a.png")


def test_a_broken_pyqtgraph_is_told_and_nothing_else_breaks(qtbot, monkeypatch):
    charts = ConvergenceCharts()
    qtbot.addWidget(charts)
    charts.resize(420, 420)

    def broken(_name: str) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("colorquant_gui.ui.charts.chart.importlib.import_module", broken)
    charts.set_series(N, FALLING, N, N)
    charts.show()
    qtbot.wait(50)
    assert charts.chart("inertia").plot is None
    charts.set_playhead(3.0)


class Race:
    def __init__(self, qtbot) -> None:
        self.race = RaceChart()
        qtbot.addWidget(self.race)
        self.race.resize(400, 320)
        self.race.set_curves(
            [
                ("Random (seed 1)", N, 250.0 + FALLING),
                ("k-means++", N[:6], np.array([300.0, 260, 250, 241, 240, 239.5])),
                ("Wu", N[:3], np.array([280.0, 250, 244])),
            ]
        )
        self.race.show()
        qtbot.waitExposed(self.race)
        self.bench = ChartBench(self.race.chart, qtbot)

    def row(self, index: int) -> list[str]:
        return [
            self.race.findChild(QLabel, f"raceCurve{index}{kind}").text()
            for kind in ("Name", "Value", "Note")
        ]


@pytest.fixture
def race(qtbot):
    return Race(qtbot)


def test_the_legend_says_who_ends_lowest(race):
    assert [race.row(i) for i in range(3)] == [
        ["Random (seed 1)", "350.0", ""],
        ["k-means++", "239.5", "lowest"],
        ["Wu", "244.0", ""],
    ]
    bold = [race.race.findChild(QLabel, f"raceCurve{i}Value").font().bold() for i in range(3)]
    assert bold == [False, True, False]
    assert race.race.lowest() == [1]


def test_lowest_so_far_ties_and_those_that_have_not_begun(race):
    race.race.set_curves(
        [("a", [0, 1], [9.0, 5.0]), ("b", [0], [5.0]), ("c", [], [])], running=True
    )
    assert [race.row(i)[1:] for i in range(3)] == [
        ["5.00", "lowest so far"],
        ["5.00", "lowest so far"],
        ["–", ""],
    ]


def test_where_all_end_alike_none_is_lowest(race):
    race.race.set_curves([("a", [0, 1], [9.0, 5.1]), ("b", [0, 1], [7.0, 5.0])], lowest=[])
    assert [race.row(i)[1:] for i in range(2)] == [["5.10", ""], ["5.00", ""]]
    assert race.race.lowest() == []


def test_the_lowest_stays_bold_in_another_theme(race, qapp):
    apply_theme(qapp, "dark")
    bold = [race.race.findChild(QLabel, f"raceCurve{i}Name").font().bold() for i in range(3)]
    assert bold == [False, True, False]


def test_the_playhead_reads_the_iteration_that_was_passed_last(race):
    race.race.set_playhead(3.9)
    assert race.race.chart.findChild(QLabel, "raceChartViewReadout").text() == "Iteration 3"


def test_fewer_curves_leave_no_row_behind(race):
    race.race.set_curves([("a", [0, 1], [9.0, 5.0])])
    assert race.race.findChild(QLabel, "raceCurve0Name").isVisible()
    assert not race.race.findChild(QLabel, "raceCurve1Name").isVisible()
    # alone, nobody is the lowest
    assert race.row(0)[2] == ""


def test_hovering_reads_all_and_those_that_have_ended_stay(race):
    heard = []
    race.race.iterationHovered.connect(heard.append)
    race.bench.hover(4.1)
    assert heard == [4]
    assert [race.row(i)[1] for i in range(3)] == ["470.0", "240.0", "244.0"]
    assert race.bench.readout == "Iteration 4"
    race.bench.leave()
    assert heard == [4, None]
    assert [race.row(i)[1] for i in range(3)] == ["350.0", "239.5", "244.0"]


def test_a_click_in_a_race_jumps(race):
    heard = []
    race.race.iterationClicked.connect(heard.append)
    race.bench.click(8)
    assert heard == [8]


def test_the_curves_have_colours_of_their_own_and_the_lowest_is_bolder(race):
    def ink(color: str) -> int:
        return int(race.bench.like(color, 25).sum())

    hues = ("#b4530a", "#0c7a70", "#8b3aa8")
    assert all(ink(color) > 20 for color in hues)
    race.race.set_curves([("a", N, FALLING), ("b", N, FALLING - 100)])
    assert ink(hues[1]) > 1.2 * ink(hues[0])
    assert ink(hues[2]) == 0


def test_a_race_as_a_file(race, tmp_path):
    export_chart(race.race.chart, tmp_path / "race.csv")
    rows = (tmp_path / "race.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "Iteration,Random (seed 1),k-means++,Wu"
    assert rows[3] == "2,510,250,244"
    assert rows[8] == "7,410,,"
    assert len(rows) == 12
    export_chart(race.race.chart, tmp_path / "race.svg")
    assert "k-means++" in (tmp_path / "race.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("least", "step"), [(0.7, 1), (1, 1), (1.01, 2), (2.5, 5), (6, 10), (0.03, 0.05), (0, 1)]
)
def test_nice_steps(least, step):
    assert nice_step(least) == pytest.approx(step)


@pytest.mark.parametrize(
    ("scale", "low", "high", "most", "texts"),
    [
        (Linear(), 0.0, 10.0, 5, ["0", "2", "4", "6", "8", "10"]),
        (Linear(), 231.2, 233.1, 4, ["231.5", "232.0", "232.5", "233.0"]),
        (Linear(whole=True, from_zero=True), -0.1, 2.2, 9, ["0", "1", "2"]),
        (Linear(), 0, 3e6, 3, ["0", "1 M", "2 M", "3 M"]),
        (Logarithmic(), 0.0, 3.0, 4, ["1", "10", "100", "1,000"]),
        (Logarithmic(), np.log10(230), np.log10(600), 3, ["400", "600"]),
        (Octaves(), 0.85, 8.15, 9, ["2", "4", "8", "16", "32", "64", "128", "256"]),
        (Bytes(), -10, 1.1e6, 6, ["0", "0.2 MB", "0.4 MB", "0.6 MB", "0.8 MB", "1.0 MB"]),
        (Bytes(), 0, 40_000, 4, ["0", "10 kB", "20 kB", "30 kB", "40 kB"]),
        (Bytes(), 0, 90, 2, ["0", "50 B"]),
    ],
)
def test_what_is_written_beside_an_axis(scale, low, high, most, texts):
    ticks = scale.ticks(low, high, most)
    assert [text for _, text in ticks] == texts
    assert all(low - 1e-9 <= position <= high + 1e-9 for position, _ in ticks)


def test_what_has_no_place_has_none():
    assert np.isnan(Logarithmic().positions(np.array([0.0, -1.0, np.inf, np.nan]))).all()
    assert np.isnan(Linear().positions(np.array([np.inf, np.nan]))).all()
    assert Logarithmic().positions(np.array([1000.0])).tolist() == [3.0]


@pytest.mark.parametrize("scale", [Linear(), Logarithmic(), Linear(from_zero=True), Bytes()])
@pytest.mark.parametrize("values", [[5.0], [5.0, 5.0], [1.0, 9.0]])
def test_an_axis_is_never_without_length(scale, values):
    positions = scale.positions(np.array(values))
    low, high = scale.span(positions)
    assert low < positions.min()
    assert positions.max() < high
