"""The curves of a race below a ceiling: in the window, and as files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel

from colorquant_gui.ui.charts import RaceChart, export_chart
from colorquant_gui.ui.charts.look import ChartLook
from colorquant_gui.ui.charts.scales import Below, Linear, Logarithmic
from tests.ui.chart_bench import ChartBench
from tests.ui.painted import as_rgb

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# The first one comes in from far above between 8 and 9, the second is below all the time.
HIGH = [2000.0] * 9 + [585.0, 580.0]
LOW = [630.0 - 2 * n for n in range(11)]
CEILING = 640.0


class Shown:
    def __init__(self, qtbot: QtBot, height: int) -> None:
        self.race = RaceChart()
        qtbot.addWidget(self.race)
        self.race.resize(640, height)
        curves = [("High", range(11), HIGH), ("Low", range(11), LOW)]
        self.race.set_curves(curves, ceiling=CEILING)
        self.race.show()
        qtbot.waitExposed(self.race)
        self.bench = ChartBench(self.race.chart, qtbot)

    def ink(self, index: int) -> np.ndarray:
        return np.array(ChartLook.of(self.race).line_color(index).getRgb()[:3])

    def seen(self, index: int) -> np.ndarray:
        """Where the pixels of a curve are, (height, width)."""
        return self.bench.like(QColor(*self.ink(index).tolist()).name(), 60)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot, 320)


def test_a_curve_comes_in_from_above(shown: Shown) -> None:
    area, seen = shown.bench.plot.area(), shown.seen(0)
    rows, columns = np.nonzero(seen)
    assert rows.min() <= area.top() + 2
    # on the straight line from 2000 at 8 to 585 at 9, where that passes the ceiling
    across = 8 + (2000 - CEILING) / (2000 - 585)
    assert columns.min() == pytest.approx(shown.bench.x(across), abs=3)
    end = shown.bench.plot.pixel(10, 580.0)
    assert seen[round(end.y()) - 2 : round(end.y()) + 3, round(end.x()) - 3].any()
    low = shown.bench.plot.pixel(0, 630.0)
    assert shown.seen(1)[round(low.y()) - 2 : round(low.y()) + 3, round(low.x()) + 2].any()


def test_what_is_above_can_be_read_and_chosen(shown: Shown) -> None:
    shown.bench.hover(3)
    assert shown.race.findChild(QLabel, "raceCurve0Value").text() == "2,000.0"
    assert shown.race.findChild(QLabel, "raceCurve1Value").text() == "624.0"
    chosen: list[int] = []
    shown.race.iterationClicked.connect(chosen.append)
    shown.bench.click(3)
    assert chosen == [3]


@pytest.mark.parametrize("height", [160, 200, 320])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_an_axis_has_several_numbers_however_low_it_is(
    qtbot: QtBot, height: int, logarithmic: bool
) -> None:
    shown = Shown(qtbot, height)
    shown.race._toggle.setChecked(logarithmic)
    ticks = shown.bench.plot._frame._ticks["left"]
    assert len(ticks) >= 2
    places = [shown.bench.plot.pixel(0, float(text)).y() for _, text in ticks]
    # none runs into the next
    gaps = -np.diff(places)
    assert (gaps >= shown.race.fontMetrics().ascent()).all()


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_curves_end_at_the_ceiling_in_files_too(shown: Shown, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"chart.{suffix}"
    export_chart(shown.race.chart, path)
    if suffix == "svg":
        renderer = QSvgRenderer(str(path))
        image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            renderer.render(painter)
    else:
        image = QImage(str(path))
    rgb = as_rgb(image).astype(int)
    scale = image.width() / shown.bench.plot.width()
    like = np.abs(rgb - shown.ink(0)).max(axis=2) <= 60
    # the names are at the left: to the right of the middle there is nothing but the curve
    rows = np.nonzero(like[:, like.shape[1] // 2 :].any(axis=1))[0]
    below_names = image.height() / scale - shown.bench.plot.height() - 40
    assert rows.min() / scale > below_names
    assert len(rows) > 50
    # and titles and names are there
    header = rgb[: int(below_names * scale)]
    assert np.ptp(header) > 100


def test_a_table_has_all_values(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "chart.csv"
    export_chart(shown.race.chart, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Iteration", "High", "Low"]
    assert [[float(cell) for cell in row] for row in rows[1:]] == [
        [n, high, low] for n, (high, low) in enumerate(zip(HIGH, LOW, strict=True))
    ]


def test_a_ceiling_cuts_off_only_what_is_above_it() -> None:
    values = np.array([580.0, 600.0, 2000.0])
    for scale in (Linear(), Logarithmic()):
        positions = scale.positions(values)
        ceiling = float(scale.positions(np.array([640.0]))[0])
        low, high = Below(scale, 640.0).span(positions)
        assert low < positions[0]
        assert high == ceiling
        # nothing above it, all above it, and none that has a place
        assert Below(scale, 5000.0).span(positions) == scale.span(positions)
        assert Below(scale, 500.0).span(positions) == scale.span(positions)
        assert Below(scale, np.inf).span(positions) == scale.span(positions)
        assert Below(scale, 640.0).value(1.5) == scale.value(1.5)


@pytest.mark.parametrize(
    ("scale", "low", "high", "most", "texts"),
    [
        (Linear(), 577.0, 640.0, 2, ["580", "600", "620", "640"]),
        (Linear(), 2209.0, 2219.5, 2, ["2,210", "2,215"]),
        (Linear(), 51.0, 149.0, 2, ["60", "100", "140"]),
        (Logarithmic(), np.log10(577), np.log10(640), 2, ["580", "600", "620", "640"]),
    ],
)
def test_one_number_says_nothing_about_distances(
    scale: Linear | Logarithmic, low: float, high: float, most: int, texts: list[str]
) -> None:
    assert [text for _, text in scale.ticks(low, high, most)] == texts


def test_the_dot_of_the_playhead_is_not_above_the_plot(shown: Shown) -> None:
    shown.race.set_playhead(3)
    area = shown.bench.plot.area()
    x = shown.bench.x(3)
    above = QPointF(x, area.top())
    seen = shown.seen(0)[: int(above.y()) + 8, x - 6 : x + 7]
    assert not seen.any()
