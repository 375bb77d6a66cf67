"""Sentences about half-steps: their numbers, their grammar, and that they are true."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.core import ColorHistogram, Fit
from colorquant_gui.core.seeding_trail import Cut
from colorquant_gui.session.settings import Settings
from colorquant_gui.session.step_kind import StepKind, step_kind, takes_plain_steps
from colorquant_gui.ui import event_words, formulas, words
from colorquant_gui.ui.panels.explanation import ExplanationBar
from colorquant_gui.ui.seeding_words import Stage, describe_stage, describe_stage_shortly

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize(
    ("changed", "shift", "text"),
    [
        (4112, 7.31, "4,112 of 177,204 colours moved to another centroid; the largest shift was "
         "7.3 levels."),
        (1, 0.02, "1 of 177,204 colours moved to another centroid; the largest shift was "
         "<0.1 levels."),
        (0, None, "No colour moved to another centroid."),
    ],
)  # fmt: skip
def test_an_assignment(changed, shift, text):
    assert words.describe_assign(changed, 177_204, 7, 16, shift) == text


def test_the_first_assignment_has_nothing_to_compare_with():
    said = words.describe_assign(0, 177_204, 0, 16, error="MSE 232.0")
    assert said == "Each of the 177,204 colours takes the nearest of 16 centroids. MSE 232.0."
    assert words.describe_assign(0, 1, 0, 1) == "The only colour takes its nearest centroid."
    assert words.describe_assign(0, 9, 0, 1) == "All 9 colours take the one centroid."


@pytest.mark.parametrize(
    ("space", "value", "text"),
    [
        ("srgb", 7.31, "7.3 levels"),
        ("srgb", 1234.5, "1,234.5 levels"),
        ("srgb", 0.0, "0 levels"),
        ("linear", 0.0214, "0.021 of linear light"),
        ("linear", 0.0002, "<0.001 of linear light"),
        ("cielab", 2.06, "2.1 ΔE*ab"),
        ("oklab", 0.0121, "0.012 in Oklab"),
    ],
)
def test_distances_have_the_unit_of_their_space(space, value, text):
    assert words.distance(value, space) == text


@pytest.mark.parametrize(
    ("kind", "k", "shift", "text"),
    [
        (StepKind.MEAN, 16, 7.3, "Each of 16 centroids goes to the mean of its colours; the "
         "farthest moves 7.3 levels."),
        (StepKind.OVERSHOOT, 16, 7.3, "Each of 16 centroids moves through the mean of its colours "
         "and beyond, which saves iterations; the farthest goes 7.3 levels."),
        (StepKind.TOWARDS, 16, 7.3, "The 16 centroids move, on the whole towards the means of "
         "their colours; the farthest goes 7.3 levels."),
        (StepKind.OTHER, 16, 7.3, "The 16 centroids move on; the farthest goes 7.3 levels."),
        (StepKind.MEAN, 1, 7.3, "The centroid goes to the mean of its colours, 7.3 levels away."),
        (StepKind.MEAN, 16, 0.0, "No centroid moves."),
        (StepKind.OTHER, 1, 0.0, "The centroid does not move."),
    ],
)  # fmt: skip
def test_an_update(kind, k, shift, text):
    assert words.describe_update(shift, "srgb", k, kind) == text


def test_unless_it_is_known_no_mean_is_claimed():
    assert "mean" not in words.describe_update(3.0, "srgb", 16)


POINTS = st.lists(
    st.tuples(*[st.floats(-100, 300, allow_nan=False, width=32)] * 3), min_size=1, max_size=8
)


@given(POINTS, st.integers(0, 2**32 - 1), st.floats(1.05, 2.0))
def test_what_a_step_did_is_found_out(points, seed, factor):
    before = np.array(points)
    wanted = np.random.default_rng(seed).normal(size=before.shape) * 10
    means = before + wanted
    assert step_kind(before, before + wanted, means) is StepKind.MEAN
    assert step_kind(before, before + factor * wanted, means) is StepKind.OVERSHOOT
    assert step_kind(before, before + 0.5 * wanted, means) is StepKind.TOWARDS
    assert step_kind(before, before + 2.5 * wanted, means) is StepKind.TOWARDS
    assert step_kind(before, before - wanted, means) is StepKind.OTHER
    if len(before) > 1:
        # one that goes elsewhere is enough
        after = before + factor * wanted
        after[0] += 0.05 * np.abs(wanted).max()
        assert step_kind(before, after, means) is StepKind.TOWARDS
        after[0] -= 50 * np.abs(wanted).max() * np.sign(wanted[0])
        assert step_kind(before, after, means) is StepKind.OTHER


def test_standing_on_the_mean_is_no_overshoot():
    at = np.array([[1.0, 2.0, 3.0]])
    assert step_kind(at, at, at) is StepKind.MEAN
    assert step_kind(at, at + 1, at) is StepKind.OTHER


def kinds_of_steps(fit: Fit, pixels: np.ndarray) -> list[StepKind]:
    """What each step of a run did, with means found by brute force."""
    histogram = ColorHistogram.from_rgb(pixels)
    colors = histogram.colors.astype(float)
    kinds = []
    for now, after in itertools.pairwise(fit.iterate(histogram)):
        labels = ((colors[:, None] - now.centroids) ** 2).sum(axis=2).argmin(axis=1)
        means = now.centroids.copy()
        for j in range(fit.n_colors):
            own = labels == j
            if own.any():
                means[j] = np.average(colors[own], axis=0, weights=histogram.counts[own])
        kinds.append(step_kind(now.centroids, after.centroids, means))
    return kinds


def noise() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (60, 70, 3), np.uint8)


def test_from_given_centroids_a_run_takes_the_textbooks_steps():
    start = np.random.default_rng(4).uniform(0, 255, (6, 3))
    kinds = kinds_of_steps(Fit(6, init=start), noise())
    assert len(kinds) > 3
    assert set(kinds) == {StepKind.MEAN}


def test_standard_settles_on_a_sample_goes_beyond_the_mean_and_ends_plainly():
    # the slow engine that stands in for it takes plain steps only
    pytest.importorskip("colorquant_gui.core._native", exc_type=ImportError)
    kinds = kinds_of_steps(Fit(16), noise())
    assert {StepKind.OVERSHOOT, StepKind.TOWARDS} <= set(kinds)
    assert kinds[-1] is StepKind.MEAN


CUT = Cut(2, 1, 115.36, (9.0, 8.0, 7.0), 12345, 678)
ONE = [(255, 0, 18)]


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (Stage("draws", 1, 16, "kmeans++", colors=ONE, n_nearest=99, mse=1234.5),
         "Centroid 1 of 16 is drawn at random, likelier where there are more pixels: #FF0012. "
         "MSE 1,234.5."),
        (Stage("draws", 5, 16, "kmeans++", colors=ONE, gap=30.04, n_nearest=4000, mse=99.0,
               mse_before=120.04),
         "Centroid 5 of 16 is #FF0012: of several candidates, drawn the likelier the more error "
         "they cause, it lowers the error most. It is 30.0 levels from the nearest centroid so "
         "far, and now the nearest to 4,000 pixels. MSE 120.0 before, 99.0 now."),
        (Stage("draws", 5, 16, "random", "oklab", ONE, gap=0.0421, n_same=1200),
         "Centroid 5 of 16 is the colour of a pixel drawn at random, #FF0012, one of 1,200 with "
         "this colour. It is 0.042 in Oklab from the nearest centroid so far."),
        (Stage("draws", 2, 16, "random", colors=ONE, gap=3.0, n_same=1, n_nearest=1),
         "Centroid 2 of 16 is the colour of a pixel drawn at random, #FF0012, the only one with "
         "this colour. It is 3.0 levels from the nearest centroid so far, and now the nearest to "
         "1 pixel."),
        (Stage("draws", 5, 16, "", colors=ONE), "Centroid 5 of 16 is drawn: #FF0012."),
        (Stage("splits", 1, 16, "wu", colors=ONE, mse=0.0),
         "One box holds all colours; its centroid is their mean, #FF0012. MSE 0."),
        (Stage("splits", 6, 16, "wu", colors=ONE, cut=CUT, mse=5.0, mse_before=7.0),
         "Box 6 of 16: box 3, around #FF0012, causes the most error and is cut in two where that "
         "lowers it most, at G = 115.4: about 12,000 pixels below and 680 above. MSE 7.00 before, "
         "5.00 now."),
        (Stage("splits", 6, 16, "wu", "oklab", ONE, replace(CUT, axis=0, at=0.6514, below=1)),
         "Box 6 of 16: box 3, around #FF0012, causes the most error and is cut in two where that "
         "lowers it most, at L = 0.651: about 1 pixel below and 680 above."),
        (Stage("splits", 9, 16, "wu", colors=ONE),
         "Centroid 9 of 16: no box is left to cut, so one colour is added, #FF0012."),
        (Stage("given", 1, 1, colors=ONE), "The centroid starts where it was put: #FF0012."),
    ],
)  # fmt: skip
def test_a_stage_of_the_seeding_is_told_with_its_numbers(stage, text):
    assert describe_stage(stage) == text


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (Stage("draws", 1, 16, "kmeans++", colors=ONE, mse=1234.5),
         "Centroid 1 of 16: #FF0012. MSE 1,234.5."),
        (Stage("draws", 5, 16, "random", "oklab", ONE, gap=0.0421, mse=9.0, mse_before=10.0),
         "Centroid 5 of 16: #FF0012, 0.042 in Oklab from the nearest so far. MSE 10.0 before, "
         "9.00 now."),
        (Stage("splits", 6, 16, "wu", colors=ONE, cut=CUT),
         "Box 6 of 16: box 3 is cut at G = 115.4, about 12,000 pixels below and 680 above."),
        (Stage("given", 1, 4, "picks", colors=ONE, n_picks=4, mse=5.0),
         "All 4 centroids start at once. MSE 5.00."),
    ],
)  # fmt: skip
def test_a_small_window_is_told_the_numbers_of_a_stage(stage, text):
    assert describe_stage_shortly(stage) == text


@pytest.mark.parametrize(
    ("n_picks", "k", "text"),
    [
        (16, 16, "All 16 centroids start at once, at the colours that were picked: #000000, "
         "#010000, #020000, #030000, #040000, #050000, #060000, #070000, …."),
        (1, 1, "The centroid starts at the colour that was picked: #000000."),
        (2, 16, "2 of 16 centroids start at the colours that were picked, #000000, #010000; the "
         "others were added where the error was greatest."),
        (1, 16, "1 of 16 centroids starts at the colour that was picked, #000000; the others were "
         "added where the error was greatest."),
        (5, 3, "The 3 centroids start at the first of the 5 colours that were picked: #000000, "
         "#010000, #020000."),
    ],
)  # fmt: skip
def test_what_a_run_from_picked_colours_starts_from(n_picks, k, text):
    colors = [(red, 0, 0) for red in range(k)]
    stage = Stage("given", 1, k, "picks", colors=colors, n_picks=n_picks)
    assert describe_stage(stage) == text


@pytest.mark.parametrize(
    ("settings", "plain"),
    [
        (Settings(), False),
        (Settings(quality="live"), False),
        (Settings(quality="best"), False),
        (Settings(quality="textbook"), True),
        (Settings(seeding="picks", picks=((1, 2, 3),)), True),
        (Settings(seeding="picks", picks=((1, 2, 3),), quality="best"), False),
    ],
)
def test_a_run_that_claims_plain_steps_takes_them(settings, plain):
    assert takes_plain_steps(settings) is plain
    if plain:
        kinds = kinds_of_steps(
            Fit(
                16, quality=settings.quality,
                init=np.random.default_rng(4).uniform(0, 255, (16, 3)) if settings.picks else None,
            ),
            noise(),
        )  # fmt: skip
        assert set(kinds) == {StepKind.MEAN}


def test_centroids_without_colours_are_told():
    assert words.describe_lost(0) == ""
    assert words.describe_lost(1).startswith("1 centroid without colours starts anew")
    assert words.describe_lost(1200).startswith("1,200 centroids without colours start anew")


@pytest.mark.parametrize(
    ("born", "dropped", "sentence", "mark"),
    [
        (1, None, "1 cluster with much error was split, and 1 that was hardly needed was dropped.",
         "1 cluster split, 1 dropped"),
        (3, None, "3 clusters with much error were split, and 3 that were hardly needed were "
         "dropped.", "3 clusters split, 3 dropped"),
        (2, 1, "2 clusters with much error were split, and 1 that was hardly needed was dropped.",
         "2 clusters split, 1 dropped"),
    ],
)  # fmt: skip
def test_splits_and_drops(born, dropped, sentence, mark):
    assert event_words.describe_event("moves", born, dropped) == sentence
    assert event_words.event_mark("moves", born, dropped) == mark


def test_other_events_and_unknown_ones():
    assert "random start" in event_words.describe_event("restart")
    assert "8-bit" in event_words.describe_event("kept")
    assert event_words.event_mark("restart")
    assert event_words.event_mark("kept")
    assert event_words.describe_event("new") == event_words.event_mark("new") == ""


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((0, "MSE 9.00"), "The result is the seeding itself: MSE 9.00."),
        ((1, "MSE 9.00"), "The run ended after 1 iteration with MSE 9.00."),
        ((22, "MSE 9.00", 0.3), "The run ended after 22 iterations with MSE 9.00. The last "
         "movement was 0.3 levels at most."),
        ((22, "MSE 9.00", 0.0, "srgb", 0), "No colour changes its centroid any more: the run has "
         "converged to MSE 9.00."),
        ((0, ""), "The result is the seeding itself."),
        ((22, ""), "The run ended after 22 iterations."),
        ((22, "", 0.0, "oklab", 0), "No colour changes its centroid any more: the run has "
         "converged."),
    ],
)  # fmt: skip
def test_the_end(arguments, text):
    assert words.describe_end(*arguments) == text


@pytest.mark.parametrize(
    "text",
    [
        formulas.formula_assign(),
        *(formulas.formula_update(kind) for kind in StepKind),
        formulas.formula_seeding("splits"),
        formulas.formula_seeding("draws", "kmeans++"),
        formulas.formula_seeding("draws", "random"),
    ],
)
def test_formulas_are_rich_text_without_remains_of_tags(text, qapp):
    document = QTextDocument()
    document.setHtml(text)
    plain = document.toPlainText()
    assert len(plain) > 20
    assert "&" not in plain.replace("Arthur & V", "")
    assert "/i>" not in plain
    assert formulas.formula_seeding("given") == ""


class Bench:
    def __init__(self, qtbot) -> None:
        self.window = QWidget()
        self.bar = ExplanationBar()
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.bar)
        layout.addStretch(1)
        self.window.resize(900, 900)
        qtbot.addWidget(self.window)
        self.said: list[tuple[str, bool]] = []
        self.bar.expandedEdited.connect(lambda on: self.said.append(("expanded", on)))
        self.bar.formulaEdited.connect(lambda on: self.said.append(("formula", on)))
        self.window.show()
        qtbot.waitExposed(self.window)
        self.text = self.bar.findChild(QLabel, "explanationText")
        self.formula = self.bar.findChild(QLabel, "explanationFormulaText")
        self.fold = self.bar.findChild(QToolButton, "explanationFold")
        self.more = self.bar.findChild(QToolButton, "explanationFormula")


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


def test_it_folds_out_and_away(bench):
    assert not bench.text.isVisible()
    assert not bench.more.isVisible()
    QTest.mouseClick(bench.fold, LEFT)
    assert bench.text.isVisible()
    assert bench.text.text() == "Each half-step of a run is explained here."
    QTest.mouseClick(bench.fold, LEFT)
    assert not bench.text.isVisible()
    assert bench.said == [("expanded", True), ("expanded", False)]
    bench.bar.set_expanded(True)
    assert bench.bar.is_expanded()
    assert len(bench.said) == 2


def ink_rows(widget, left: int, right: int) -> list[int]:
    """Rows with anything written in them, between two columns."""
    picture = widget.grab().toImage()
    surface = picture.pixelColor(2, 2)
    rows = range(picture.height())
    columns = range(left, right)
    return [y for y in rows if any(picture.pixelColor(x, y) != surface for x in columns)]


@pytest.mark.parametrize("n_lines", [1, 3])
def test_the_first_line_is_level_with_the_buttons(bench, qtbot, n_lines):
    bench.bar.set_expanded(True)
    bench.bar.set_formula(formulas.formula_assign())
    # letters of one height, without anything below the line
    bench.fold.setText("EEE")
    bench.more.setText("EEE")
    bench.bar.set_text("\n".join(["EEE"] * n_lines))
    line = bench.text.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: bench.bar.height() >= n_lines * line, timeout=5000)

    def first(child) -> int:
        left = child.mapTo(bench.bar, child.rect().topLeft()).x()
        # beside the arrow
        return ink_rows(bench.bar, left + child.width() // 2, left + child.width() - 6)[0]

    text = bench.text.mapTo(bench.bar, bench.text.rect().topLeft()).x()
    top = ink_rows(bench.bar, text, text + 18)[0]
    assert abs(first(bench.fold) - top) <= 1
    assert abs(first(bench.more) - top) <= 1


def test_what_there_is_no_room_for_is_said_shorter(bench, qtbot):
    bench.bar.set_expanded(True)
    bench.bar.set_text("One\nTwo\nThree\nFour\nFive", 5, "In short")
    assert bench.bar.text().startswith("One")
    assert bench.text.toolTip() == ""
    bench.window.resize(900, 560)
    qtbot.waitUntil(lambda: bench.bar.text() == "In short", timeout=5000)
    assert bench.text.toolTip().endswith("Five")
    low = bench.bar.sizeHint().height()
    bench.window.resize(900, 900)
    qtbot.waitUntil(lambda: bench.bar.text().startswith("One"), timeout=5000)
    assert bench.bar.sizeHint().height() > low


def test_a_preview_lies_over_what_is_said_of_the_run(bench):
    bench.bar.set_expanded(True)
    bench.bar.set_text("Of the run.")
    bench.bar.set_formula(formulas.formula_assign())
    QTest.mouseClick(bench.more, LEFT)
    height = bench.bar.sizeHint().height()
    bench.bar.set_preview("A preview.")
    assert bench.bar.text() == "A preview."
    assert not bench.formula.isVisible()
    assert not bench.more.isEnabled()
    assert bench.bar.sizeHint().height() == height
    # the run goes on under it
    bench.bar.set_text("Of another moment.")
    assert bench.bar.text() == "A preview."
    bench.bar.set_preview("")
    assert bench.bar.text() == "Of another moment."
    assert bench.formula.isVisible()
    assert bench.more.isEnabled()
    assert bench.bar.sizeHint().height() == height


def test_formulas_on_demand(bench):
    bench.bar.set_expanded(True)
    bench.bar.set_text("No centroid moves.")
    assert not bench.more.isEnabled()
    bench.bar.set_formula(formulas.formula_assign())
    assert bench.more.isEnabled()
    assert not bench.formula.isVisible()
    QTest.mouseClick(bench.more, LEFT)
    assert bench.said == [("formula", True)]
    assert bench.formula.isVisible()
    # a half-step without one, and the wish outlives it
    height = bench.bar.sizeHint().height()
    bench.bar.set_formula("")
    assert bench.formula.text() == ""
    assert not bench.more.isEnabled()
    assert bench.bar.sizeHint().height() == height
    bench.bar.set_formula(formulas.formula_update())
    assert bench.formula.isVisible()


def test_room_for_a_long_sentence_stays_until_the_run_or_the_width_is_another(bench, qtbot):
    def least(text: str = "Short.", *lines: int) -> int:
        bench.bar.set_text(text, *lines)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        assert bench.bar.sizeHint().height() == bench.bar.minimumSizeHint().height()
        return bench.bar.minimumSizeHint().height()

    bench.bar.set_expanded(True)
    line = bench.text.fontMetrics().lineSpacing()
    low = least()
    long = "A rather long sentence. " * 24
    wide = bench.text.fontMetrics().horizontalAdvance(long)
    assert 4 * bench.text.width() < wide < 5.6 * bench.text.width()
    high = least(long)
    # there is room for what is usual, and this is longer
    assert low < 5 * line <= high < 7 * line
    assert least() == high
    assert least("") == low
    assert least(long) == high
    bench.window.resize(wide + 400, 900)
    qtbot.waitUntil(lambda: least(long) < 3 * line)
    low = least()
    # lines that are asked for are there, and gone when they are not
    assert least("Short.", 5) >= 5 * line
    assert least() == low


def test_in_a_low_window_long_text_is_scrolled(bench, qtbot):
    bench.bar.set_expanded(True)
    line = bench.text.fontMetrics().lineSpacing()
    area = bench.bar.findChild(QScrollArea, "explanationScroll")
    scroll = area.verticalScrollBar()
    bench.bar.set_text("Line\n" * 7 + "Last", 5)
    qtbot.waitUntil(lambda: bench.bar.height() >= 8 * line)
    assert scroll.maximum() == 0
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus
    bench.window.resize(900, 560)
    qtbot.waitUntil(lambda: 2 * line <= bench.bar.height() < 3 * line)
    qtbot.waitUntil(lambda: scroll.maximum() >= 5 * line)
    assert area.focusPolicy() == Qt.FocusPolicy.TabFocus
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert scroll.value() > 0
    bench.window.resize(900, 900)
    qtbot.waitUntil(lambda: bench.bar.height() >= 8 * line and scroll.maximum() == 0)


def test_long_text_wraps_and_never_widens_the_window(bench, qtbot):
    bench.bar.set_expanded(True)
    bench.bar.set_text("Short.")
    QApplication.processEvents()
    width, height = bench.window.minimumSizeHint().width(), bench.text.height()
    bench.bar.set_text("A long sentence. " * 20)
    QApplication.processEvents()
    assert bench.window.minimumSizeHint().width() == width
    lines = bench.text.fontMetrics().height()
    qtbot.waitUntil(lambda: bench.text.height() >= max(2 * lines, height + lines))
    assert bench.bar.sizeHint().height() < 200


def test_markup_in_a_sentence_is_shown_as_it_is(bench):
    bench.bar.set_text("1 <b>2</b>")
    assert bench.text.textFormat() == Qt.TextFormat.PlainText
    assert bench.bar.text() == "1 <b>2</b>"
