"""The curve over k and the advisor's questions, by real mouse, keys and pixels."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.core.advisor import CurvePoint
from colorquant_gui.ui.charts import KCurve, export_chart
from colorquant_gui.ui.charts.furniture import ChartLegend
from colorquant_gui.ui.charts.k_content import brief_progress, k_content, legend_entries
from colorquant_gui.ui.theme import apply_theme
from tests.ui.chart_bench import LEFT, ChartBench

FIRST = (2, 4, 8, 16, 32, 64, 128, 256)
FILE_HUE = "#b4530a"


@pytest.fixture(autouse=True)
def light(qapp):
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


def point(k: int, *, estimated: bool = False) -> CurvePoint:
    """Six dB for every doubling, and 50 kB: straight lines over octaves."""
    octave = math.log2(k)
    return CurvePoint(
        k, 4000.0 / k, 20.0 + 6.0 * octave, 8.0 / octave, 16.0 / octave, int(50_000 * octave),
        estimated,
    )  # fmt: skip


class Bench:
    def __init__(self, qtbot) -> None:
        self.window = QWidget()
        self.curve = KCurve()
        self.elsewhere = QLineEdit()
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.curve)
        layout.addWidget(self.elsewhere)
        self.window.resize(560, 420)
        qtbot.addWidget(self.window)
        self.curve.set_points([point(k) for k in FIRST])
        self.curve.set_current_k(16)
        self.said: list[object] = []
        self.curve.kEditStarted.connect(lambda: self.said.append("start"))
        self.curve.kEdited.connect(self.said.append)
        self.curve.kEditFinished.connect(lambda: self.said.append("end"))
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.elsewhere.setFocus()
        self.view = ChartBench(self.curve.chart, qtbot)


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


def test_doublings_are_equally_far_apart(bench):
    columns = []
    for k in FIRST:
        bench.curve.set_current_k(k)
        columns.append(bench.view.accent_column())
    gaps = np.diff(columns)
    assert gaps == pytest.approx([gaps.mean()] * 7, abs=1)
    assert gaps.mean() > 30
    assert bench.said == []


def test_hovering_reads_a_k_with_its_quality_and_its_size(bench):
    heard = []
    bench.curve.kHovered.connect(heard.append)
    assert bench.view.readout == "k 16: 44.0 dB · 200.0 kB · ΔE 2.00"
    bench.view.hover(64)
    assert bench.view.readout == "k 64: 56.0 dB · 300.0 kB · ΔE 1.33"
    bench.view.hover(50)
    assert bench.view.readout == "k 50: not measured yet"
    bench.view.leave()
    assert heard == [64, 50, None]
    assert bench.view.readout == "k 16: 44.0 dB · 200.0 kB · ΔE 2.00"
    bench.curve.set_points([point(k, estimated=k == 16) for k in FIRST])
    assert bench.view.readout == "k 16: 44.0 dB · ≈ 200.0 kB · ΔE 2.00"


def test_a_click_chooses_any_whole_k(bench):
    bench.view.press(50)
    bench.view.release(50)
    assert bench.said == ["start", 50, "end"]
    assert bench.curve.hasFocus()


def test_a_click_on_the_k_in_use_changes_nothing(bench):
    bench.view.click(16)
    assert bench.said == ["start", "end"]


def test_a_drag_is_one_bracket_and_moves_the_line(bench):
    bench.view.press(2)
    start, end = bench.view.x(2), bench.view.x(64)
    for x in range(start, end + 1, 2):
        bench.view.drag(x)
    bench.curve.set_current_k(200)
    assert bench.view.accent_column() == pytest.approx(end, abs=2)
    bench.view.drag(end)
    assert bench.view.accent_column() == pytest.approx(end, abs=1)
    bench.view.release(64)
    values = bench.said[1:-1]
    assert values[0] == 2
    assert values[-1] == 64
    assert values == sorted(set(values))
    assert [bench.said.count(word) for word in ("start", "end")] == [1, 1]


def test_escape_takes_a_drag_back(bench):
    bench.view.press(32)
    bench.view.drag(bench.view.x(64))
    QTest.keyClick(bench.curve, Qt.Key.Key_Escape)
    assert bench.said == ["start", 32, 64, 16, "end"]
    # the mouse is still held: that does nothing any more
    bench.view.drag(bench.view.x(100))
    bench.view.release(100)
    assert bench.said == ["start", 32, 64, 16, "end"]
    assert bench.view.accent_column() == pytest.approx(bench.view.x(16), abs=1)
    bench.view.press(50)
    bench.view.release(50)
    assert bench.said[-3:] == ["start", 50, "end"]


def test_escape_goes_to_the_drag_before_all_others_and_only_then(bench):
    heard = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), bench.window)
    shortcut.activated.connect(lambda: heard.append("escape"))
    bench.view.press(32)
    QTest.keyClick(bench.curve, Qt.Key.Key_Escape)
    assert (bench.said, heard) == (["start", 32, 16, "end"], [])
    bench.view.release(32)
    QTest.keyClick(bench.curve, Qt.Key.Key_Escape)
    assert heard == ["escape"]


def test_keys_do_nothing_else_during_a_drag(bench):
    bench.view.press(32)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(bench.curve, key)
    assert bench.said == ["start", 32]
    bench.view.release(32)


def test_the_result_has_figures_of_its_own_at_its_k(bench):
    bench.curve.set_level("Standard")
    result = CurvePoint(16, 99.0, 45.5, 1.75, 3.5, 123_400)
    bench.curve.set_present(result)
    assert bench.view.readout == "k 16: 45.5 dB · 123.4 kB · ΔE 1.75"
    bench.view.hover(64)
    assert bench.view.readout == "Standard, k 64: 56.0 dB · 300.0 kB · ΔE 1.33"
    bench.view.hover(16)
    assert bench.view.readout == "k 16: 45.5 dB · 123.4 kB · ΔE 1.75"
    # what isn't measured yet is left out
    bench.curve.set_present(replace(result, mean_de=math.nan, p95_de=math.nan, n_bytes=None))
    assert bench.view.readout == "k 16: 45.5 dB"
    bench.curve.set_quality("mean_de")
    assert bench.view.readout == "k 16: 45.5 dB"
    bench.curve.set_quality("psnr")
    bench.curve.set_present(None)
    assert bench.view.readout == "Standard, k 16: 44.0 dB · 200.0 kB · ΔE 2.00"
    bench.curve.set_level("")
    bench.view.leave()
    assert bench.view.readout == "k 16: 44.0 dB · 200.0 kB · ΔE 2.00"


@pytest.mark.parametrize("quality", ["psnr", "mse", "mean_de", "p95_de"])
def test_the_level_of_the_curve_is_beside_the_whole_name_of_what_it_shows(bench, quality):
    level = bench.curve.findChild(QLabel, "kCurveLevel")
    bench.curve.set_quality(quality)
    assert not level.isVisible()
    bench.curve.set_level("Standard")
    bench.window.resize(480, 300)
    QApplication.processEvents()
    assert (level.isVisible(), level.text()) == (True, "at Standard")
    box = bench.curve.findChild(QComboBox, "kCurveQuality")
    assert box.width() >= box.sizeHint().width()
    assert level.width() >= level.sizeHint().width()
    assert level.x() >= box.geometry().right()


def test_far_outside_it_stays_at_the_ends(bench):
    bench.view.press(16)
    bench.view.drag(5000)
    bench.view.drag(-5000)
    bench.view.release(2)
    assert bench.said == ["start", 256, 2, "end"]


def test_a_drag_whose_widget_is_hidden_ends(bench):
    bench.view.press(32)
    bench.curve.hide()
    assert bench.said == ["start", 32, "end"]


def test_nothing_goes_beyond_the_colours_that_there_are(bench):
    heard = []
    bench.curve.kHovered.connect(heard.append)
    few = (2, 4, 8, 16, 20)
    bench.curve.set_points([point(k) for k in few])
    bench.curve.set_limit(20, "20 colours are all there are")
    for k in (24, 200):
        bench.view.hover(k)
        assert bench.view.readout.startswith("k 20: ")
    assert heard == [20]
    bench.view.click(100)
    assert bench.said == ["start", 20, "end"]
    assert bench.view.accent_column() == pytest.approx(bench.view.x(20), abs=1)
    bench.view.press(4)
    bench.view.drag(bench.view.x(256))
    bench.view.release(256)
    assert bench.said[3:] == ["start", 4, 20, "end"]
    bench.curve.set_current_k(16)
    for key in (Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Right):
        QTest.keyClick(bench.curve, key)
    assert bench.said[7:] == ["start", 20, "end"]
    bench.curve.set_limit(256)
    bench.view.hover(200)
    assert heard[-1] == 200
    # another picture, under a pointer that rests
    bench.curve.set_limit(20, "20 colours are all there are")
    assert bench.view.readout.startswith("k 20: ")


def test_what_lies_beyond_is_shaded_and_says_why(bench):
    bench.curve.set_current_k(2)
    plain = bench.view.pixels()
    bench.curve.set_limit(20, "20 colours are all there are")
    area = bench.view.plot.area()
    shaded = bench.view.pixels()
    row = round(area.top()) + 12
    left, right = bench.view.x(20), round(area.right())
    ground = plain[row, left - 40]
    assert (shaded[row, left + 4 : right - 2] < ground).all()
    assert (shaded[row, left - 8 : left - 2] == plain[row, left - 8 : left - 2]).all()

    def words(picture: np.ndarray) -> int:
        inside = picture[round(area.top()) + 14 : round(area.bottom()) - 14, left + 4 : right - 2]
        return int((np.ptp(inside, axis=2) < 12)[inside.mean(axis=2) < 0x80].sum())

    with_words = words(shaded)
    bench.curve.set_limit(20)
    assert with_words > words(bench.view.pixels()) + 50


@pytest.mark.parametrize(("quality", "at_top"), [("psnr", True), ("mse", False)])
def test_a_curve_that_ends_in_nothing_lost_leaves_the_chart(bench, quality, at_top):
    bench.curve.set_current_k(2)
    bench.curve.set_points([replace(point(k), n_bytes=None) for k in (2, 8)])
    bench.curve.set_quality(quality)
    lost = bench.view.pixels()
    perfect = CurvePoint(64, 0.0, math.inf, 0.0, 0.0)
    bench.curve.set_points([*(replace(point(k), n_bytes=None) for k in (2, 8)), perfect])
    kept = bench.view.pixels()
    leaving = bench.curve.chart.content.leaving
    assert (leaving.x, leaving.up, leaving.start[0]) == (64, at_top, 8)
    assert leaving.text == ("∞ dB" if at_top else "0")
    area = bench.view.plot.area()
    edge = round(area.top() + 3.5 if at_top else area.bottom() - 3.5)
    x = bench.view.x(64)
    ring = kept[edge - 5 : edge + 6, x - 5 : x + 6]
    assert (ring.max(axis=2) < 0x60).sum() >= 8
    assert (ring[5, 5] > 0xD0).all()
    # dashes all the way from the last point that has a place
    columns = (kept != lost).any(axis=2)[:, bench.view.x(9) : bench.view.x(60)].any(axis=0)
    assert columns.mean() > 0.5


def test_an_axis_without_values_makes_no_numbers_up(bench):
    bench.curve.set_points([CurvePoint(2, 0.0, math.inf, 0.0, 0.0, 900)])
    bench.curve.set_limit(2, "2 colours are all there are")
    area = bench.view.plot.area()
    rows = slice(round(area.top()) + 8, round(area.bottom()) - 8)
    assert not (bench.view.pixels()[rows, : round(area.left()) - 4].max(axis=2) < 0xB0).any()


@pytest.mark.parametrize(
    ("key", "k"),
    [
        (Qt.Key.Key_Left, 15),
        (Qt.Key.Key_Right, 17),
        (Qt.Key.Key_PageUp, 32),
        (Qt.Key.Key_PageDown, 8),
        (Qt.Key.Key_Home, 2),
        (Qt.Key.Key_End, 256),
    ],
)
def test_keys(bench, key, k):
    bench.curve.setFocus()
    QTest.keyClick(bench.curve, key)
    assert bench.said == ["start", k, "end"]
    assert bench.view.accent_column() == pytest.approx(bench.view.x(k), abs=1)


def test_keys_stop_at_the_ends_and_others_are_left_alone(bench):
    got = []
    bench.window.keyPressEvent = lambda event: got.append(event.key())
    bench.curve.set_current_k(256)
    QTest.keyClick(bench.curve, Qt.Key.Key_Right)
    QTest.keyClick(bench.curve, Qt.Key.Key_A)
    assert bench.said == []
    assert got == [Qt.Key.Key_A]


def test_keys_are_followed_wherever_the_pointer_rests(bench):
    bench.view.hover(64)
    heard = []
    bench.curve.kHovered.connect(heard.append)
    QTest.keyClick(bench.curve, Qt.Key.Key_PageDown)
    assert heard == [None]
    assert bench.view.readout.startswith("k 8: ")


def test_focus_can_be_seen(bench):
    without = bench.view.pixels()
    bench.curve.setFocus()
    assert not np.array_equal(bench.view.pixels(), without)


def test_estimates_are_hollow_and_dashed(bench):
    def ink_around(k: int) -> int:
        """File-size ink within the radius of a dot, off the line that runs through it."""
        mask = bench.view.like(FILE_HUE, 30)
        place = bench.view.plot.pixel(k, point(k).n_bytes, right=True)
        x, y = round(place.x()), round(place.y())
        return int(mask[y - 1 : y + 2, x - 1 : x + 2].sum())

    def line_ink() -> int:
        mask = bench.view.like(FILE_HUE, 60)
        return int(mask[:, bench.view.x(40) : bench.view.x(60)].any(axis=0).sum())

    bench.curve.set_current_k(2)
    assert ink_around(128) >= 8
    solid = line_ink()
    assert solid == bench.view.x(60) - bench.view.x(40)
    bench.curve.set_points([point(k, estimated=k >= 16) for k in FIRST])
    assert ink_around(128) <= 4
    assert ink_around(8) >= 8
    assert line_ink() < 0.85 * solid


def test_dashes_lead_to_the_neighbours_of_estimates_and_no_further(bench):
    guessed = (8, 128, 256)
    content = k_content([point(k, estimated=k in guessed) for k in FIRST], "psnr", None, None)
    (dashed,) = (line for line in content.lines if line.dashed)
    assert dashed.x[np.isfinite(dashed.y)].tolist() == [4, 8, 16, 64, 128, 256]
    solid = content.lines[-1]
    assert solid.x[np.isfinite(solid.y)].tolist() == [2, 4, 16, 32, 64]


def test_sizes_that_are_not_known_leave_a_gap_not_a_zero(bench):
    bench.curve.set_points([CurvePoint(k, 100.0, 30.0, 1.0, 2.0, None) for k in FIRST])
    assert not bench.view.like(FILE_HUE, 30)[:, : bench.view.x(256)].any()
    assert bench.view.readout == "k 16: 30.0 dB · ΔE 1.00"


def test_perfect_quality_is_read_though_it_has_no_place(bench):
    perfect = CurvePoint(256, 0.0, math.inf, 0.0, 0.0, 9000)
    bench.curve.set_points([point(2), point(16), perfect])
    for quality, text in (
        ("psnr", "∞ dB · 9.0 kB · ΔE 0.00"),
        ("mse", "0 · 9.0 kB · ∞ dB · ΔE 0.00"),
        ("mean_de", "0.00 · 9.0 kB · ∞ dB"),
    ):
        bench.curve.set_quality(quality)
        bench.view.pixels()
        bench.view.hover(256)
        assert bench.view.readout == f"k 256: {text}"


def test_the_quality_is_a_real_choice(bench):
    heard = []
    bench.curve.qualityEdited.connect(heard.append)
    box = bench.curve.findChild(QComboBox, "kCurveQuality")
    assert [box.itemText(i) for i in range(4)] == [
        "PSNR", "MSE", "Mean ΔE2000", "95th pct. ΔE2000",
    ]  # fmt: skip
    assert box.itemData(3, Qt.ItemDataRole.ToolTipRole) == "95th percentile of ΔE2000"
    before = bench.view.pixels()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert heard == ["mse"]
    assert bench.view.readout == "k 16: 250.0 · 200.0 kB · 44.0 dB · ΔE 2.00"
    assert not np.array_equal(bench.view.pixels(), before)
    bench.curve.set_quality("p95_de")
    assert heard == ["mse"]
    assert bench.view.readout.startswith("k 16: 4.00")


def test_a_target_is_a_line_across_and_shows_its_quality(bench):
    def accent_row() -> float:
        bench.curve.set_current_k(None)
        rows = bench.view.like("#2f72e0", 60)[:, bench.view.x(4) : bench.view.x(128)].mean(axis=1)
        return float(rows.argmax()) if rows.max() > 0.4 else math.nan

    assert math.isnan(accent_row())
    bench.curve.set_target("psnr", 44.0)
    at_16 = bench.view.plot.pixel(16, 44.0).y()
    assert accent_row() == pytest.approx(at_16, abs=1)
    bench.curve.set_target("mean_de", 2.0)
    assert bench.curve.quality() == "mean_de"
    bench.curve.set_target("n_bytes", 200_000.0)
    assert bench.curve.quality() == "mean_de"
    size_at_16 = bench.view.plot.pixel(16, 200_000.0, right=True).y()
    assert accent_row() == pytest.approx(size_at_16, abs=1)
    bench.curve.set_target(None)
    assert math.isnan(accent_row())


def test_a_target_far_off_does_not_flatten_the_curve(bench):
    plain = bench.view.plot.pixel(16, 200_000.0, right=True).y()
    bench.curve.set_target("n_bytes", 500e6)
    assert bench.view.plot.pixel(16, 200_000.0, right=True).y() == pytest.approx(plain)


def test_the_person_may_look_at_another_quality_than_the_target(bench):
    bench.curve.set_target("psnr", 40.0)
    bench.curve.set_quality("mse")
    bench.curve.set_target("psnr", 41.0)
    assert bench.curve.quality() == "mse"


def test_without_a_size_there_is_no_axis_for_it():
    sizeless = [replace(point(k), n_bytes=None) for k in FIRST]
    for points, shown in ((sizeless, False), ([point(2), *sizeless[1:]], True)):
        content = k_content(points, "psnr", None, ("n_bytes", 1e5))
        assert (content.right is not None) == shown
        assert (content.level is not None) == shown
        assert any(line.right for line in content.lines) == shown
        names = [name for name, _hue, _dashed in legend_entries(points, "psnr")]
        assert ("File size" in names) == shown


@pytest.mark.parametrize(
    ("total", "paused", "words"),
    [(None, False, "Open a picture"), (0, False, "nothing to choose"), (4, False, "from 2 to 5"),
     (255, True, "Paused")],
)  # fmt: skip
def test_an_empty_curve_says_why(qtbot, total, paused, words):
    curve = KCurve()
    qtbot.addWidget(curve)
    curve.set_progress(0, 0, total, paused)
    said = [child.sentence for child in curve.findChildren(QWidget) if hasattr(child, "sentence")]
    assert len(said) == 1
    assert words in said[0]


def test_the_elbow_is_marked_and_what_it_is_of_is_written_there(bench):
    bench.curve.set_current_k(2)
    plain = bench.view.pixels()
    bench.curve.set_elbow(64, "From k = 64 on, more gains little.")
    marked = bench.view.pixels()
    area = bench.view.plot.area()
    assert (marked[round(area.bottom()) - 3, bench.view.x(64)] < 0x60).all()
    assert (plain[round(area.bottom()) - 3, bench.view.x(64)] > 0x60).all()
    bench.curve.set_elbow(64, "From k = 64 on, more gains little.", "bend of ΔE")
    labelled = bench.view.pixels()
    changed = (labelled.max(axis=2) < 0xA0) & (marked.min(axis=2) > 0xC0)
    assert changed.sum() > 30
    rows, columns = np.nonzero(changed)
    assert rows.max() < area.top() + 24
    assert bench.view.x(64) < columns.min()
    assert columns.max() < area.right()
    bench.curve.set_elbow(None)
    assert np.array_equal(bench.view.pixels(), plain)


def test_what_is_written_at_a_bend_far_left_makes_way_for_the_target(bench):
    bench.curve.set_current_k(256)
    bench.curve.set_elbow(3, "")
    bench.curve.set_target("psnr", 67.5)
    plain = bench.view.pixels()
    bench.curve.set_elbow(3, "", "bend")
    columns = np.nonzero((bench.view.pixels() != plain).any(axis=2))[1]
    metrics = QFontMetrics(bench.view.plot.look.font)
    words = metrics.horizontalAdvance(bench.curve.chart.content.level.text)
    assert columns.min() >= bench.view.plot.area().left() + 4 + words


def test_in_a_low_window_the_legend_goes_and_the_curve_stays(bench):
    legend = bench.curve.findChild(ChartLegend)
    assert legend.isVisible()
    bench.curve.setMaximumHeight(180)
    bench.window.resize(466, 400)
    QApplication.processEvents()
    assert bench.curve.minimumSizeHint().height() <= 160
    assert not legend.isVisible()
    assert bench.view.plot.area().height() >= 60


def test_what_is_read_goes_from_its_end_on_where_there_is_no_room(bench):
    readout = bench.curve.findChild(QLabel, "kCurveViewReadout")
    whole = "k 16: 44.0 dB · 200.0 kB · ΔE 2.00"
    assert readout.shown_text() == readout.text() == whole
    width = readout.fontMetrics().horizontalAdvance
    readout.resize(width(whole) - 1, 20)
    assert readout.shown_text() == "k 16: 44.0 dB · 200.0 kB"
    readout.resize(width("k 16: 44.0 dB") - 1, 20)
    assert readout.shown_text().startswith("k 16: 4")
    assert readout.shown_text().endswith("…")
    assert readout.text() == readout.toolTip() == whole
    # neither does it make the chart wider, nor is it left without a place by the choice
    bench.curve.chart.set_readout("long " * 100)
    assert bench.curve.minimumSizeHint().width() <= 300


def test_the_empty_state(qtbot):
    curve = KCurve()
    qtbot.addWidget(curve)
    curve.resize(420, 260)
    curve.show()
    nothing = curve.grab().toImage()
    curve.set_progress(0, 0, 255)
    assert curve.grab().toImage() != nothing
    for key in (Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(curve, key)
    curve.set_elbow(4, "No reason.")
    curve.set_target("n_bytes", 1000.0)
    assert curve.chart.plot is None


def test_progress_fills_a_hairline(bench):
    def filled() -> int:
        line = bench.curve.findChild(QWidget, "kCurveProgress")
        image = line.grab().toImage()
        dark = [image.pixelColor(x, 0).lightness() < 0x70 for x in range(image.width())]
        return sum(dark)

    width = bench.curve.width()
    for measured, encoded, part in ((64, 0, 1 / 8), (255, 1, 1 / 2), (256, 128, 3 / 4)):
        bench.curve.set_progress(measured, encoded, 256)
        assert filled() == pytest.approx(part * width, abs=1)
    bench.curve.set_progress(256, 256, 256)
    assert filled() == 0


@pytest.mark.parametrize(
    ("progress", "paused", "words"),
    [
        ((21, 3, 255), False, "21 of 255 errors measured,\n3 of 255 files encoded…"),
        ((255, 54, 255), False, "255 errors measured,\n54 of 255 files encoded…"),
        ((255, 54, 255), True, "Paused: 255 errors measured,\n54 of 255 files encoded"),
        ((0, 0, 1), False, "1 error to measure,\n1 file to encode…"),
        ((255, 255, 255), False, ""),
        ((0, 0, 0), False, ""),
    ],
)
def test_what_is_going_on_is_written_in_the_chart_and_at_the_button(bench, progress, paused, words):
    bench.curve.set_progress(*progress, paused=paused)
    assert bench.view.plot.note == words
    button = bench.curve.findChild(QToolButton, "advisorPause")
    assert button.isVisible() == bool(words)
    if words:
        assert button.toolTip().endswith(words)
        assert button.accessibleDescription() == words


@pytest.mark.parametrize("quality", ["psnr", "mse", "mean_de"])
def test_the_words_lie_where_no_line_is(bench, quality):
    bench.curve.set_quality(quality)
    bench.curve.set_current_k(2)
    before = bench.view.pixels()
    bench.curve.set_progress(255, 54, 255)
    changed = (bench.view.pixels() != before).any(axis=2)
    assert changed.sum() > 300
    rows, columns = np.nonzero(changed)
    box = before[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    # neither the curve's ink nor the hue of files is there
    assert box.min() > 120
    assert np.ptp(box, axis=2).max() < 12
    bench.curve.set_progress(255, 255, 255)
    assert np.array_equal(bench.view.pixels(), before)


def lower(bench, height):
    bench.curve.setFixedHeight(height)
    bench.window.resize(560 if height > 300 else 300, height + 80)
    QApplication.processEvents()


def words_of(bench, change):
    """The part of the chart that a change writes words into, as it was before; None for nothing."""
    before = bench.view.pixels()
    change()
    changed = (bench.view.pixels() != before).any(axis=2)
    if not changed.any():
        return None
    rows, columns = np.nonzero(changed)
    return before[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


@pytest.mark.parametrize("quality", ["psnr", "mse", "mean_de"])
def test_where_there_is_little_room_fewer_words_hide_no_line(bench, quality):
    bench.curve.set_quality(quality)
    bench.curve.set_current_k(2)
    widths = {}
    for height in (360, 200, 150, 130):
        lower(bench, height)
        found = words_of(bench, lambda: bench.curve.set_progress(21, 8, 255))
        widths[height] = 0 if found is None else found.shape[1]
        if found is not None:
            assert found.min() > 120
            assert np.ptp(found, axis=2).max() < 12
        bench.curve.set_progress(255, 255, 255)
    assert widths[360] > 120
    assert 0 < widths[130] < widths[360]


def test_how_far_it_has_come_is_said_in_ever_fewer_words():
    assert brief_progress(21, 8, 255, False) == ("21 of 255 errors measured…", "6 % done…", "6 %…")
    assert brief_progress(255, 54, 255, False)[0] == "54 of 255 files encoded…"
    assert brief_progress(255, 54, 255, True) == ("Paused: 54 of 255 files encoded", "Paused")
    assert brief_progress(255, 255, 255, False) == ()


@pytest.mark.parametrize("k", [3, 13, 64, 200])
@pytest.mark.parametrize("height", [360, 150])
@pytest.mark.parametrize("target", [62.0, 40.0, None])
def test_what_is_written_at_a_bend_hides_no_line(bench, k, height, target):
    bench.curve.set_current_k(2)
    if target is not None:
        bench.curve.set_target("psnr", target)
    lower(bench, height)
    bench.curve.set_elbow(k, "Why.")
    found = words_of(bench, lambda: bench.curve.set_elbow(k, "Why.", "bend of mean ΔE"))
    if height == 360:
        assert found is not None
    if found is not None:
        # neither a curve, nor a target, nor its words
        assert found.min() > 120
        assert np.ptp(found, axis=2).max() < 12


def test_words_without_room_are_left_out(bench):
    bench.window.resize(10, 420)
    QApplication.processEvents()
    bench.curve.set_progress(255, 54, 255)
    QApplication.processEvents()
    shown = bench.view.pixels()
    assert bench.view.plot.note
    bench.curve.chart.set_note("")
    assert np.array_equal(bench.view.pixels(), shown)


def test_all_that_is_known_goes_into_the_file(bench, tmp_path):
    bench.curve.set_points([point(2), point(4, estimated=True), CurvePoint(8, 1.0, 2.0, 3.0, 4.0)])
    export_chart(bench.curve.chart, tmp_path / "k.csv")
    with (tmp_path / "k.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["k", "PSNR", "MSE", "Mean ΔE2000", "95th percentile of ΔE2000", "PNG bytes",
         "Bytes are an estimate"],
        ["2", "26", "2000", "8", "16", "50000", "0"],
        ["4", "32", "1000", "4", "8", "100000", "1"],
        ["8", "2", "1", "3", "4", "", "0"],
    ]  # fmt: skip


def test_pausing_and_going_on(bench):
    button = bench.curve.findChild(QToolButton, "advisorPause")
    heard = []
    bench.curve.pauseToggled.connect(heard.append)
    assert not button.isVisible()
    bench.curve.set_progress(255, 54, 255)
    assert (button.isVisible(), button.accessibleName()) == (True, "Pause measuring")
    QTest.mouseClick(button, LEFT)
    assert heard == [True]
    bench.curve.set_progress(255, 54, 255, paused=True)
    assert button.accessibleName() == "Go on measuring"
    QTest.mouseClick(button, LEFT)
    assert heard == [True, False]
    bench.curve.set_progress(255, 255, 255)
    assert not button.isVisible()
