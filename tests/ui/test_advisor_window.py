"""The advisor in the whole window: curve, questions and missing colours beside the picture."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDockWidget,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from colorquant_gui.core import quantize
from colorquant_gui.core.advisor import Ground
from colorquant_gui.core.export import EXPORT_FORMATS
from colorquant_gui.core.metrics import psnr_from_mse
from colorquant_gui.session import RunState
from colorquant_gui.session.advisor_state import AdvisorState
from colorquant_gui.ui import formatting
from colorquant_gui.ui.canvas import CompareMode
from tests.ui.advisor_bench import YELLOW, Bench, meadow
from tests.ui.chart_bench import LEFT, ChartBench
from tests.ui.painted import pixels
from tests.ui.whole_window import child, converge, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Image.fromarray(meadow()).save(tmp_path / "meadow.png")
    return tmp_path / "meadow.png"


@pytest.fixture
def bench(qtbot: QtBot, path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    """Without the colour space, unless a test is `beside_space`."""
    with whole_window(qtbot, [path], space=getattr(request, "param", False)) as window:
        yield Bench(window, qtbot)


beside_space = pytest.mark.parametrize("bench", [True], indirect=True, ids=["space"])


# -- questions -----------------------------------------------------------------------------------


def test_a_target_is_answered_and_its_k_taken(bench: Bench) -> None:
    bench.set_target("psnr", "30")
    reached = [psnr_from_mse(quantize(meadow(), k).mse) >= 30 for k in range(2, 41)]
    smallest = 2 + reached.index(True)
    # the button says all there is to say
    assert not bench.find(QLabel, "advisorAnswer").isVisible()
    use = bench.find(QPushButton, "advisorUse")
    assert use.text() == f"Use k = {smallest}"
    QTest.mouseClick(use, LEFT)
    converge(bench.window, bench.qtbot)
    assert bench.session.settings.k == smallest
    assert bench.session.result.psnr >= 30
    assert (use.isEnabled(), use.text()) == (False, f"k = {smallest} is in use")
    bench.session.undo_stack.undo()
    assert bench.session.settings.k == 16


def test_every_target_and_the_quality_are_there_at_the_next_start(
    bench: Bench, qtbot: QtBot, path: Path
) -> None:
    bench.set_target("psnr", "31.5")
    bench.set_target("n_bytes", "1.5")
    quality = bench.find(QComboBox, "kCurveQuality")
    QTest.keyClick(quality, Qt.Key.Key_End)
    assert quality.currentData() == "p95_de"
    bench.window.close()
    with whole_window(qtbot, [path], space=False) as again:
        Bench(again, qtbot)
        assert again.k_curve.quality() == "p95_de"
        assert again.advisor.target() == ("n_bytes", 1500.0)
        QTest.keyClick(child(again, QComboBox, "advisorTargetKind"), Qt.Key.Key_Home)
        assert again.advisor.target() == ("psnr", 31.5)


def test_the_quality_looked_at_outlasts_other_settings_and_pictures(bench: Bench) -> None:
    QTest.keyClick(bench.find(QComboBox, "kCurveQuality"), Qt.Key.Key_End)
    bench.session.set("Change Method", color_space="oklab")
    converge(bench.window, bench.qtbot)
    bench.qtbot.waitUntil(lambda: len(bench.session.advisor.points) > 5, timeout=10_000)
    assert bench.window.k_curve.quality() == "p95_de"
    bench.set_target("psnr", "33")
    assert bench.window.k_curve.quality() == "p95_de"


@pytest.mark.parametrize("kind", ["psnr", "mean_de", "n_bytes"])
def test_a_target_that_nothing_reaches_is_told_with_what_comes_near(
    bench: Bench, kind: str
) -> None:
    # a curve that ends before anything is lossless
    curve = bench.session.advisor._curve
    curve._measured.pop(curve.maximum)
    curve._points = None
    curve.maximum = max(curve._measured)
    bench.set_target(kind, {"psnr": "99", "mean_de": "0.05", "n_bytes": "0.1"}[kind])
    points = bench.session.advisor.points
    said = {
        "psnr": f"k = {points[-1].k} comes to {points[-1].psnr:.1f} dB.",
        "mean_de": f"k = {points[-1].k} comes to a mean ΔE of {points[-1].mean_de:.2f}.",
        "n_bytes": f"k = 2 has {points[0].n_bytes} B.",
    }
    answer = bench.find(QLabel, "advisorAnswer")
    assert answer.isVisible()
    assert answer.text().startswith("No k ")
    assert answer.text().endswith(said[kind])
    assert not bench.find(QPushButton, "advisorUse").isVisible()


@contextmanager
def opened(qtbot: QtBot, path: Path, picture: Image.Image) -> Iterator[Bench]:
    picture.save(path)
    with whole_window(qtbot, [path], space=False) as window:
        bench = Bench.__new__(Bench)
        bench.window, bench.qtbot = window, qtbot
        window.findChild(QDockWidget, "advisorDock").raise_()
        qtbot.waitUntil(lambda: bench.session.advisor.state is AdvisorState.DONE, timeout=30_000)
        yield bench


def test_one_colour_leaves_nothing_to_choose(qtbot: QtBot, tmp_path: Path) -> None:
    red = Image.new("RGB", (3, 2), (200, 30, 40))
    with opened(qtbot, tmp_path / "red.png", red) as bench:
        note = bench.find(QLabel, "advisorNote")
        qtbot.waitUntil(note.isVisible)
        curve = bench.window.k_curve
        said = [c.sentence for c in curve.findChildren(QWidget) if hasattr(c, "sentence")]
        assert said == ["With so few colours there is nothing to choose."]
        assert note.text() == "The picture has only 1 colour: there is nothing to choose."
        assert not bench.find(QComboBox, "advisorTargetKind").isEnabled()
        assert not bench.find(QDoubleSpinBox, "advisorTargetValue").isEnabled()
        assert not bench.find(QToolButton, "kCurveTakeElbow").isVisible()
        assert not bench.find(QToolButton, "advisorPause").isVisible()


def test_where_nothing_can_be_seen_nothing_is_asked_and_the_reason_is_there(
    qtbot: QtBot, tmp_path: Path
) -> None:
    clear = Image.new("RGBA", (5, 4), (9, 9, 9, 0))
    with opened(qtbot, tmp_path / "clear.png", clear) as bench:
        note = bench.find(QLabel, "advisorNote")
        qtbot.waitUntil(note.isVisible)
        assert note.text() == "All of this picture is transparent: there are no colours to count."
        kind = bench.find(QComboBox, "advisorTargetKind")
        assert not kind.isEnabled()
        assert bench.find(QLabel, "advisorAnswer").text() == ""
        # until there is a picture with something to ask about
        Image.fromarray(meadow()).save(tmp_path / "meadow.png")
        bench.session.open(tmp_path / "meadow.png")
        qtbot.waitUntil(kind.isEnabled, timeout=10_000)
        qtbot.waitUntil(lambda: not note.isVisible())


def test_two_colours(qtbot: QtBot, tmp_path: Path) -> None:
    two = np.zeros((6, 8, 3), np.uint8)
    two[:3] = YELLOW
    with opened(qtbot, tmp_path / "two.png", Image.fromarray(two)) as bench:
        chart = ChartBench(bench.window.k_curve.chart, qtbot)
        for k in (2, 24, 256):
            chart.hover(k)
            assert chart.readout.startswith("k 2: ∞ dB · ")
        use = bench.find(QPushButton, "advisorUse")
        assert (use.isVisible(), use.text()) == (True, "k = 2 is in use")
        said = bench.find(QLabel, "kCurveElbow").text()
        assert said == "▲ The picture has 2 colours: k = 2 keeps them all."
        for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_PageUp):
            QTest.keyClick(bench.window.k_curve, key)
        assert bench.session.undo_stack.count() == 0


def test_a_transparent_entry_is_counted_and_named(qtbot: QtBot, tmp_path: Path) -> None:
    picture = np.dstack([meadow(), np.full(meadow().shape[:2], 255, np.uint8)])
    picture[:8, :8, 3] = 0
    n_colors = len(np.unique(picture[picture[..., 3] > 0][:, :3], axis=0))
    with opened(qtbot, tmp_path / "holes.png", Image.fromarray(picture)) as bench:
        limit = bench.window.k_curve.chart.content.limit
        assert limit.x == n_colors + 1
        assert limit.text == f"{n_colors} colours and transparency are all there is"


def test_what_is_said_of_a_curve_is_told_in_what_it_shows(bench: Bench) -> None:
    # a curve with a bend: the picture's own ends in nothing lost
    session, panel = bench.session, bench.window.advisor
    curve = session.advisor._curve
    curve._measured = {k: m for k, m in curve._measured.items() if k <= 24}
    curve._points, curve.maximum = None, 24
    session.advisor.pointsChanged.emit()
    k = session.advisor.elbow.k
    assert session.advisor.elbow.ground is Ground.BEND
    points = {point.k: point for point in session.advisor.points}
    low, high = math.log2(k / 2), math.log2(24 / k)
    sentence = panel.findChild(QLabel, "kCurveElbow")
    box = bench.find(QComboBox, "kCurveQuality")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    before = (points[k].psnr - points[2].psnr) / low
    after = (points[24].psnr - points[k].psnr) / high
    assert sentence.text().endswith(f"a doubling gains {before:.1f} dB, beyond it {after:.1f}.")
    (mark,) = bench.window.k_curve.chart.content.marks
    assert (mark.x, mark.label) == (k, "bend of mean ΔE")
    QTest.keyClick(box, Qt.Key.Key_Down)
    before = (points[2].mse / points[k].mse) ** (1 / low)
    after = (points[k].mse / points[24].mse) ** (1 / high)
    assert sentence.text().endswith(f"divides MSE by {before:.1f}, then by {after:.1f}.")
    QTest.keyClick(box, Qt.Key.Key_Down)
    before = (points[2].mean_de - points[k].mean_de) / low
    assert f"gains {before:.1f} ΔE" in sentence.text()
    assert bench.window.k_curve.chart.content.marks[0].label == ""


# -- the room it has -----------------------------------------------------------------------------


def in_sight(bench: Bench, widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize(("size", "least"), [((1280, 800), 140), ((1900, 1080), 220)])
def test_the_curve_has_most_of_its_dock_and_what_matters_is_in_sight(
    qtbot: QtBot, path: Path, size: tuple[int, int], least: int
) -> None:
    with whole_window(qtbot, [path], size) as window:
        bench = Bench(window, qtbot)
        bench.set_k(3)
        qtbot.waitUntil(lambda: bool(bench.session.advisor.missing), timeout=10_000)
        qtbot.waitUntil(lambda: bench.chart.plot.area().height() >= least)
        for kind, name in (
            (QLabel, "kCurveElbow"),
            (QComboBox, "advisorTargetKind"),
            (QDoubleSpinBox, "advisorTargetValue"),
            (QPushButton, "advisorUse"),
            (QLabel, "missingColor0Share"),
            (QToolButton, "missingColor0Show"),
        ):
            qtbot.waitUntil(lambda kind=kind, name=name: in_sight(bench, bench.find(kind, name)))
        assert window.canvas.width() > 0.6 * size[0]
        assert window.canvas.height() > 0.7 * size[1]
        assert window.color_space.height() > 220


@beside_space
def test_the_curve_keeps_its_place_whatever_there_is_to_say(bench: Bench) -> None:
    before = bench.window.k_curve.geometry()
    bench.set_k(2)
    bench.qtbot.waitUntil(lambda: bool(bench.session.advisor.missing), timeout=10_000)
    assert bench.window.k_curve.geometry() == before
    bench.set_target("psnr", "20")
    bench.session.set("Change Quality", quality="best")
    converge(bench.window, bench.qtbot)
    assert bench.window.k_curve.geometry() == before


def test_a_wide_dock_has_the_words_beside_the_curve_and_a_narrow_one_below(bench: Bench) -> None:
    dock = bench.window.findChild(QDockWidget, "advisorDock")
    curve, words = bench.window.k_curve, bench.find(QScrollArea, "advisoryWords")
    dock.setFloating(True)
    dock.resize(1000, 260)
    bench.qtbot.waitUntil(lambda: words.x() >= curve.width() > 400)
    assert abs(words.height() - curve.height()) <= 8
    dock.resize(330, 420)
    bench.qtbot.waitUntil(lambda: words.y() >= curve.geometry().bottom())
    assert curve.width() == words.width() <= 330
    dock.resize(330, 120)
    bench.qtbot.waitUntil(lambda: bench.window.advisory.verticalScrollBar().isVisible())
    assert curve.height() == 126


# -- the curve -----------------------------------------------------------------------------------


def test_hovering_shows_another_k_and_leaving_brings_the_result_back(bench: Bench) -> None:
    before = bench.picture()
    assert bench.colors() <= bench.reference(16)
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: not np.array_equal(pixels(bench.window.canvas), before))
    assert bench.colors() == bench.reference(3)
    assert bench.session.settings.k == 16
    assert len(bench.session.result.palette) == 16
    bench.chart.leave()
    assert np.array_equal(bench.picture(), before)


def beside(bench: Bench) -> tuple[object, ...]:
    """What swatches, colour space and status bar show."""
    window = bench.window
    swatches = {tuple(color.getRgb()[:3]) for color in window.palette_view._colors}
    centroids = {tuple(place) for place in np.rint(window.color_space._scene.centroids).tolist()}
    sizes = bench.find(QLabel, "sizesField").text()
    return swatches, centroids, window.status.facts(), sizes


@beside_space
def test_the_views_beside_the_picture_follow_a_hovered_k_and_come_back(bench: Bench) -> None:
    before = beside(bench)
    wanted = quantize(meadow(), 3)
    palette = {tuple(color) for color in wanted.palette.tolist()}
    n_bytes = len(EXPORT_FORMATS["png"].encode(wanted))
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: beside(bench)[0] == palette)
    swatches, centroids, facts, sizes = beside(bench)
    assert swatches == centroids == palette
    assert (facts.k, facts.mse) == ("3", formatting.error(wanted.mse))
    assert facts.psnr == formatting.decibels(psnr_from_mse(wanted.mse))
    assert facts.run == "Preview of k = 3"
    assert f"→ {formatting.file_size(n_bytes)} (" in sizes
    # what is pointed at among the swatches is the colour that is seen
    bench.window.palette_view.swatchHovered.emit(1)
    assert bench.window.color_space._scene.highlight.cluster == 1
    bench.window.palette_view.swatchHovered.emit(None)
    bench.chart.leave()
    bench.qtbot.waitUntil(lambda: beside(bench) == before)


@beside_space
def test_a_hovered_k_gives_way_to_the_moment_that_was_on_show(bench: Bench) -> None:
    session = bench.session
    session.playback.seek(2)
    start = {tuple(place) for place in np.rint(session.history.seeding.centroids(3)).tolist()}
    bench.qtbot.waitUntil(lambda: beside(bench)[1] == start)
    bench.picture()
    before = beside(bench)
    bench.chart.hover(5)
    bench.qtbot.waitUntil(lambda: len(beside(bench)[1]) == 5)
    bench.chart.leave()
    bench.qtbot.waitUntil(lambda: beside(bench) == before)


@beside_space
def test_the_colours_by_error_of_the_colour_space_are_those_of_the_hovered_k(bench: Bench) -> None:
    space = bench.window.color_space
    space.set_view_options({"colorMode": "error"})
    space.viewOptionsChanged.emit(space.view_options())

    def errors(k: int) -> float:
        lost = quantize(meadow(), k).to_rgb().astype(float) - meadow()
        return float(np.sqrt((lost**2).sum(axis=2)).max())

    def shows(k: int) -> bool:
        found = space._cloud.paint.error
        return found is not None and math.isclose(found.max(), errors(k), rel_tol=1e-5)

    bench.window.canvas.set_error_metric("rgb")
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: shows(3))
    bench.chart.leave()
    bench.qtbot.waitUntil(lambda: shows(16))


def test_sizes_of_the_hovered_k_follow_what_is_found_out(bench: Bench) -> None:
    advisor = bench.session.advisor
    known = advisor._curve.get(3)
    rough = replace(known, point=replace(known.point, n_bytes=None))
    advisor._curve.add(rough)
    guess = next(point.n_bytes for point in advisor.points if point.k == 3)
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: f"→ ≈ {formatting.file_size(guess)} (" in beside(bench)[3])
    advisor._curve.add(known)
    advisor.pointsChanged.emit()
    sure = formatting.file_size(known.point.n_bytes)
    bench.qtbot.waitUntil(lambda: f"→ {sure} (" in beside(bench)[3])


def test_beyond_all_colours_of_the_picture_nothing_is_shown_or_chosen(bench: Bench) -> None:
    n_colors = len(np.unique(meadow().reshape(-1, 3), axis=0))
    assert n_colors < 200
    bench.chart.hover(200)
    bench.qtbot.waitUntil(lambda: len(beside(bench)[0]) == n_colors)
    assert bench.chart.readout.startswith(f"k {n_colors}: ∞ dB · ")
    assert bench.window.status.facts().mse == "0"
    assert bench.window.status.facts().run == f"Preview of k = {n_colors}"
    limit = bench.window.k_curve.chart.content.limit
    assert (limit.x, limit.text) == (n_colors, f"{n_colors} colours are all there are")
    bench.chart.click(200)
    converge(bench.window, bench.qtbot)
    assert bench.session.settings.k == n_colors
    assert bench.session.undo_stack.count() == 1


def test_a_k_that_is_measured_under_the_pointer_is_shown_then(bench: Bench) -> None:
    advisor = bench.session.advisor
    known = advisor._curve._measured.pop(3)
    advisor._curve._points = None
    bench.chart.hover(3)
    assert not bench.session.peek._wanted
    advisor._curve.add(known)
    advisor.pointsChanged.emit()
    bench.qtbot.waitUntil(lambda: bench.window.status.facts().run == "Preview of k = 3")
    # but not again once a person has gone elsewhere
    bench.set_k(5)
    advisor.pointsChanged.emit()
    assert not bench.session.peek._wanted


def test_what_is_written_on_the_picture_is_the_k_that_is_seen(bench: Bench) -> None:
    captions = []
    original = bench.window.canvas.set_captions
    bench.window.canvas.set_captions = lambda _before, after: (
        captions.append(after) or original(_before, after)
    )
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: captions == ["3 colours"])
    bench.chart.leave()
    assert captions == ["3 colours", "16 colours"]


def test_hovering_shows_the_difference_of_another_k(bench: Bench) -> None:
    trigger(bench.window, "modeDifference")
    bench.qtbot.wait(200)
    before = bench.picture()
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: not np.array_equal(pixels(bench.window.canvas), before))
    hovered = bench.picture()
    bench.chart.leave()
    assert np.array_equal(bench.picture(), before)
    bench.set_k(3)
    chosen = bench.picture()
    assert np.array_equal(chosen, hovered)


def test_a_click_chooses_what_was_hovered(bench: Bench) -> None:
    bench.chart.hover(3)
    bench.chart.click(5)
    converge(bench.window, bench.qtbot)
    assert bench.session.settings.k == 5
    assert bench.colors() == bench.reference(5)
    assert not bench.session.is_previewing


def test_a_click_on_what_is_hovered_never_goes_back_to_the_k_before(bench: Bench) -> None:
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: bench.colors() == bench.reference(3))
    shown = []
    show = bench.window.canvas.set_labels
    bench.window.canvas.set_labels = lambda labels, colors: (
        shown.append(len(colors)) or show(labels, colors)
    )
    bench.chart.press(3)
    bench.qtbot.waitUntil(lambda: bench.session.result is not None)
    assert bench.colors() == bench.reference(3)
    assert set(shown) == {3}
    bench.chart.release(3)
    converge(bench.window, bench.qtbot)
    assert bench.colors() == bench.reference(3)


def test_other_settings_end_the_look_at_another_k(bench: Bench) -> None:
    bench.set_k(5)
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: bench.colors() == bench.reference(3))
    bench.session.undo_stack.undo()
    converge(bench.window, bench.qtbot)
    assert bench.colors() <= bench.reference(16)
    assert bench.reference(16) - bench.reference(3)


def test_a_drag_over_measured_k_is_final_at_every_step(bench: Bench) -> None:
    bench.chart.press(16)
    for k in (12, 4):
        bench.chart.drag(bench.chart.x(k))
        bench.qtbot.waitUntil(
            lambda k=k: bench.session.settings.k == k and bench.session.result is not None
        )
        assert bench.session.is_previewing
        assert bench.session.result.mse == quantize(meadow(), k).mse
        assert bench.window.status.facts().run == "Preview"
    assert bench.colors() == bench.reference(4)
    count = bench.session.undo_stack.count()
    bench.chart.release(4)
    converge(bench.window, bench.qtbot)
    assert bench.session.settings.k == 4
    assert bench.session.state is RunState.CONVERGED
    assert bench.session.undo_stack.count() == count == 1


def test_closing_the_picture_while_another_k_is_shown(bench: Bench) -> None:
    bench.chart.hover(3)
    bench.qtbot.wait(100)
    trigger(bench.window, "close")
    assert bench.session.advisor.state is AdvisorState.EMPTY
    assert bench.window.k_curve.describe(3) == ""
    assert not bench.find(QPushButton, "advisorUse").isVisible()


# -- missing colours -----------------------------------------------------------------------------


def missing_row(bench: Bench) -> tuple[QToolButton, QPushButton]:
    bench.set_k(2)
    bench.qtbot.waitUntil(lambda: bool(bench.session.advisor.missing), timeout=5000)
    names = [
        bench.window.findChild(QLabel, f"missingColor{i}Name").text()
        for i in range(len(bench.session.advisor.missing))
    ]
    row = names.index("#F0D714")
    show = bench.find(QToolButton, f"missingColor{row}Show")
    bench.qtbot.waitUntil(lambda: show.height() > 8)
    bench.find(QScrollArea, "advisoryWords").ensureWidgetVisible(show)
    return show, bench.find(QToolButton, f"missingColor{row}Take")


def test_the_tab_key_goes_through_the_dock_from_top_to_bottom(bench: Bench) -> None:
    missing_row(bench)
    curve = bench.window.k_curve
    curve.setFocus()
    stops = []
    while "missingColor0Take" not in stops and len(stops) < 20:
        focus = bench.window.focusWidget()
        stops.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = [
        "kCurve", "kCurveQuality", "kCurveTakeElbow", "advisorTargetKind", "advisorTargetValue",
        "advisorUse", "missingColor0Show", "missingColor0Take",
    ]  # fmt: skip
    assert [name for name in stops if name in wanted] == wanted
    # scroll areas are no stops
    assert all(stops)
    assert "advisoryWords" not in stops


def test_a_missing_colour_is_shown_alone_until_escape(bench: Bench) -> None:
    show, _take = missing_row(bench)
    bench.window.canvas.set_compare_mode(CompareMode.ORIGINAL)
    before = bench.picture()
    QTest.mouseClick(show, LEFT)
    dimmed = bench.picture()
    is_yellow = (before == YELLOW).all(axis=2)
    assert is_yellow.sum() > 1000
    assert np.array_equal(dimmed[is_yellow], before[is_yellow])
    others = ~is_yellow & (np.ptp(before, axis=2) > 30)
    assert (dimmed[others] != before[others]).any(axis=1).mean() > 0.99
    QTest.keyClick(bench.window.canvas, Qt.Key.Key_Escape)
    assert np.array_equal(bench.picture(), before)
    assert not show.isChecked()


def test_what_is_shown_stays_while_more_is_found_out(bench: Bench) -> None:
    show, _take = missing_row(bench)
    QTest.mouseClick(show, LEFT)
    advisor = bench.session.advisor
    advisor.missing = advisor.missing[::-1]
    advisor.missingChanged.emit()
    shown = [
        bench.window.findChild(QLabel, f"missingColor{i}Name").text()
        for i in range(len(advisor.missing))
        if bench.window.findChild(QToolButton, f"missingColor{i}Show").isChecked()
    ]
    assert shown == ["#F0D714"]


def test_the_k_that_is_offered_gets_the_colour(bench: Bench) -> None:
    _show, take = missing_row(bench)
    k = int(take.text().rsplit("=", 1)[1])

    def distance(of: int) -> float:
        palette = quantize(meadow(), of).palette.astype(float)
        return float(np.sqrt(((palette - YELLOW) ** 2).sum(axis=1)).min())

    assert distance(k) < 40 < distance(k - 1)
    QTest.mouseClick(take, LEFT)
    converge(bench.window, bench.qtbot)
    assert bench.session.settings.k == k
    assert math.isclose(bench.session.result.mse, quantize(meadow(), k).mse)
