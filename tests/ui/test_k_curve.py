"""The curve over k and the advisor's questions, by real mouse, keys and pixels."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.core.advisor import CurvePoint, MissingColor
from colorquant_gui.ui.charts import AdvisorPanel, KCurve, export_chart
from colorquant_gui.ui.charts.furniture import ChartLegend
from colorquant_gui.ui.charts.k_content import k_content, legend_entries
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
    assert bench.view.readout == "k 16: 44.0 dB · 200.0 kB"
    bench.view.hover(64)
    assert bench.view.readout == "k 64: 56.0 dB · 300.0 kB"
    bench.view.hover(50)
    assert bench.view.readout == "k 50: not measured yet"
    bench.view.leave()
    assert heard == [64, 50, None]
    assert bench.view.readout == "k 16: 44.0 dB · 200.0 kB"
    bench.curve.set_points([point(k, estimated=k == 16) for k in FIRST])
    assert bench.view.readout == "k 16: 44.0 dB · ≈ 200.0 kB"


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
    assert bench.view.readout == "k 16: 30.0 dB"


def test_perfect_quality_is_read_though_it_has_no_place(bench):
    perfect = CurvePoint(256, 0.0, math.inf, 0.0, 0.0, 9000)
    bench.curve.set_points([point(2), point(16), perfect])
    for quality, text in (("psnr", "∞ dB"), ("mse", "0"), ("mean_de", "0.00")):
        bench.curve.set_quality(quality)
        bench.view.pixels()
        bench.view.hover(256)
        assert bench.view.readout == f"k 256: {text} · 9.0 kB"


def test_the_quality_is_a_real_choice(bench):
    heard = []
    bench.curve.qualityEdited.connect(heard.append)
    box = bench.curve.findChild(QComboBox, "kCurveQuality")
    assert [box.itemText(i) for i in range(4)] == [
        "PSNR", "MSE", "Mean ΔE2000", "95th percentile of ΔE2000",
    ]  # fmt: skip
    before = bench.view.pixels()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert heard == ["mse"]
    assert bench.view.readout == "k 16: 250.0 · 200.0 kB"
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
    curve.set_progress(0, total, paused)
    said = [child.sentence for child in curve.findChildren(QWidget) if hasattr(child, "sentence")]
    assert len(said) == 1
    assert words in said[0]


def test_the_elbow_is_marked_and_says_why(bench):
    label = bench.curve.findChild(QLabel, "kCurveElbow")
    assert not label.isVisible()
    plain = bench.view.pixels()
    bench.curve.set_elbow(64, "From k = 64 on, more gains little.")
    assert label.isVisible()
    assert label.text() == "▲ From k = 64 on, more gains little."
    # the sentence takes room from the chart, so that only columns can be compared
    QApplication.processEvents()
    marked = bench.view.pixels()
    bottom = round(bench.view.plot.area().bottom())
    assert (marked[bottom - 3, bench.view.x(64)] < 0x60).all()
    assert (plain[-40:, bench.view.x(64)] > 0x60).any()
    bench.curve.set_elbow(None)
    assert not label.isVisible()


def test_the_suggestion_is_taken_by_a_button_that_goes_when_it_is_in_use(bench):
    take = bench.curve.findChild(QToolButton, "kCurveTakeElbow")
    assert not take.isVisible()
    bench.curve.set_elbow(13, "Up to there much is gained.", "What that means.")
    assert (take.isVisible(), take.text()) == (True, "Use k = 13")
    assert bench.curve.findChild(QLabel, "kCurveElbow").toolTip() == "What that means."
    QTest.mouseClick(take, LEFT)
    assert bench.said == [13]
    bench.curve.set_current_k(13)
    assert not take.isVisible()
    bench.curve.set_current_k(14)
    assert take.isVisible()
    bench.curve.set_elbow(None)
    assert not take.isVisible()


def test_in_a_low_window_the_legend_goes_and_the_curve_stays(bench):
    legend = bench.curve.findChild(ChartLegend)
    bench.curve.set_elbow(13, "Up to there much is gained.")
    assert legend.isVisible()
    bench.curve.setMaximumHeight(180)
    bench.window.resize(466, 400)
    QApplication.processEvents()
    assert bench.curve.minimumSizeHint().height() <= 160
    assert not legend.isVisible()
    assert bench.view.plot.area().height() >= 60


def test_what_is_read_goes_from_its_end_on_where_there_is_no_room(bench):
    readout = bench.curve.findChild(QLabel, "kCurveViewReadout")
    whole = "k 16: 44.0 dB · 200.0 kB"
    assert readout.shown_text() == readout.text() == whole
    width = readout.fontMetrics().horizontalAdvance
    readout.resize(width(whole) - 1, 20)
    assert readout.shown_text() == "k 16: 44.0 dB"
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
    curve.set_progress(0, 255, paused=False)
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

    bench.curve.set_progress(64, 256)
    width = bench.curve.width()
    assert filled() == pytest.approx(width / 4, abs=1)
    bench.curve.set_progress(256, 256)
    assert filled() == 0


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


@pytest.fixture
def panel(qtbot):
    made = AdvisorPanel()
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.show()
    qtbot.waitExposed(made)
    made.said = []
    for name in ("targetEdited", "kEdited", "missingColorShown"):
        signal = getattr(made, name)
        signal.connect(lambda *args, name=name: made.said.append((name, *args)))
    return made


def test_a_question_by_the_keyboard(panel):
    kind = panel.findChild(QComboBox, "advisorTargetKind")
    value = panel.findChild(QDoubleSpinBox, "advisorTargetValue")
    assert panel.target() == ("psnr", 35.0)
    assert value.text() == "35.0 dB"
    value.setFocus()
    value.selectAll()
    QTest.keyClicks(value, "40")
    assert panel.said == []
    QTest.keyClick(value, Qt.Key.Key_Return)
    assert panel.said == [("targetEdited", "psnr", 40.0)]
    panel.said.clear()
    QTest.keyClick(kind, Qt.Key.Key_End)
    assert panel.said == [("targetEdited", "n_bytes", 500_000.0)]
    assert value.text() == "500.0 kB"
    panel.said.clear()
    QTest.keyClick(value, Qt.Key.Key_Up)
    assert panel.said == [("targetEdited", "n_bytes", 510_000.0)]
    # each kind keeps its value
    QTest.keyClick(kind, Qt.Key.Key_Home)
    assert panel.said[-1] == ("targetEdited", "psnr", 40.0)


def test_setting_a_target_says_nothing(panel):
    panel.set_target("mean_de", 1.25)
    assert panel.target() == ("mean_de", 1.25)
    assert panel.findChild(QDoubleSpinBox, "advisorTargetValue").text() == "1.25"
    assert panel.said == []


def test_a_target_out_of_reach_of_the_keyboard_is_brought_into_it(panel):
    for kind, value, expected in (("psnr", 1e9, 99.0), ("n_bytes", 1.0, 100.0)):
        panel.set_target(kind, value)
        assert panel.target() == (kind, expected)


def test_the_question_goes_the_way_of_its_answer(panel):
    question = panel.findChild(QLabel, "advisorQuestion")
    for kind, words in (("n_bytes", "&Largest k with"), ("psnr", "&Smallest k with")):
        panel.set_target(kind, 50.0)
        assert question.text() == words


def test_without_a_choice_nothing_is_measured(panel):
    panel.set_progress(0, 0)
    assert not panel.findChild(QLabel, "advisorProgress").isVisible()


def test_in_a_narrow_window_everything_but_the_distance_has_its_place(panel):
    panel.set_missing([missing((246, 201, 69), 117)])
    panel.set_target_answer("k = 200 is the smallest.", 200)
    far = panel.findChild(QLabel, "missingColor0Far")
    panel.resize(420, 400)
    QApplication.processEvents()
    assert far.width() >= far.sizeHint().width()
    assert panel.minimumSizeHint().width() <= 303
    panel.resize(panel.minimumSizeHint().width(), 400)
    QApplication.processEvents()
    buttons = panel.findChildren(QPushButton) + panel.findChildren(QToolButton)
    for button in (button for button in buttons if button.isVisible()):
        assert button.width() >= min(button.sizeHint().width(), button.minimumSizeHint().width())
        assert panel.rect().contains(button.mapTo(panel, button.rect().bottomRight()))


def test_an_answer_can_be_taken(panel):
    button = panel.findChild(QPushButton, "advisorUse")
    assert not button.isVisible()
    panel.set_target_answer("k = 23 is the smallest with 35.0 dB.", 23)
    assert button.isVisible()
    assert button.text() == "Use k = 23"
    QTest.mouseClick(button, LEFT)
    assert panel.said == [("kEdited", 23)]
    panel.set_target_answer("No k up to 256 reaches 60.0 dB.", None)
    assert not button.isVisible()
    assert panel.findChild(QLabel, "advisorAnswer").text() == "No k up to 256 reaches 60.0 dB."


def test_pausing_and_going_on(bench):
    button = bench.curve.findChild(QToolButton, "advisorPause")
    heard = []
    bench.curve.pauseToggled.connect(heard.append)
    assert not button.isVisible()
    bench.curve.set_progress(20, 255, paused=False)
    assert (button.isVisible(), button.accessibleName()) == (True, "Pause measuring")
    QTest.mouseClick(button, LEFT)
    assert heard == [True]
    bench.curve.set_progress(20, 255, paused=True)
    assert button.accessibleName() == "Go on measuring"
    QTest.mouseClick(button, LEFT)
    assert heard == [True, False]
    bench.curve.set_progress(255, 255, paused=False)
    assert not button.isVisible()


def test_progress_is_told(panel):
    text = panel.findChild(QLabel, "advisorProgress")
    panel.set_progress(20, 255, paused=False)
    assert text.text() == "Measured 20 of 255 values of k…"
    panel.set_progress(20, 255, paused=True)
    assert text.text() == "Paused: 20 of 255 values of k are measured."
    panel.set_progress(255, 255, paused=False)
    assert text.text() == "All 255 values of k are measured."


def test_a_picture_with_few_colours_is_told(panel):
    label = panel.findChild(QLabel, "advisorNote")
    assert not label.isVisible()
    panel.set_note("This image has only 5 colours: nothing is to be gained above k = 5.")
    assert label.isVisible()
    panel.set_note("")
    assert not label.isVisible()


def missing(rgb: tuple[int, int, int], k: int | None) -> MissingColor:
    return MissingColor(rgb, 0.021, 31.4, k, np.zeros(1, np.int32))


def test_missing_colours_are_shown_and_got(panel):
    panel.set_missing([missing((246, 201, 69), 17), missing((40, 20, 120), None)])
    QApplication.processEvents()
    texts = [
        panel.findChild(QLabel, f"missingColor0{kind}").text() for kind in ("Name", "Share", "Far")
    ]
    assert texts == ["#F6C945", "2.1 %", "ΔE 31"]
    swatch = panel.grab().toImage()
    name = panel.findChild(QLabel, "missingColor0Name")
    place = name.mapTo(panel, name.rect().center())
    row = [swatch.pixelColor(x, place.y()).name() for x in range(place.x())]
    assert row.count("#f6c945") > 12
    show = [panel.findChild(QToolButton, f"missingColor{i}Show") for i in range(2)]
    take = [panel.findChild(QToolButton, f"missingColor{i}Take") for i in range(2)]
    assert take[0].text() == "Use k = 17"
    assert not take[1].isVisible()
    QTest.mouseClick(show[0], LEFT)
    QTest.mouseClick(show[1], LEFT)
    assert not show[0].isChecked()
    QTest.mouseClick(show[1], LEFT)
    QTest.mouseClick(take[0], LEFT)
    shown = "missingColorShown"
    assert panel.said == [(shown, 0), (shown, 1), (shown, -1), ("kEdited", 17)]


def test_a_new_list_keeps_what_is_shown_if_it_is_still_there(panel):
    yellow, blue = missing((246, 201, 69), 17), missing((40, 20, 120), None)
    panel.set_missing([yellow, blue])
    panel.show_missing(1)
    panel.set_missing([blue])
    assert panel.findChild(QToolButton, "missingColor0Show").isChecked()
    panel.set_missing([yellow])
    assert not panel.findChild(QToolButton, "missingColor0Show").isChecked()
    assert not panel.findChild(QLabel, "missingColor1Name").isVisible()
    assert panel.said == []


def test_none_missing_and_not_known_yet_differ(panel):
    box, none = (
        panel.findChild(QWidget, "missingColors"),
        panel.findChild(QLabel, "missingColorsNone"),
    )
    assert not box.isVisible()
    panel.set_missing([])
    assert none.isVisible()
    panel.set_missing([missing((1, 2, 3), 4)])
    assert not none.isVisible()
    panel.set_missing(None)
    assert not box.isVisible()
