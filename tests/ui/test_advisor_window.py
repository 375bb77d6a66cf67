"""The advisor in the whole window: curve, questions and missing colours beside the picture."""

from __future__ import annotations

import math
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
    QToolButton,
    QWidget,
)

from colorquant_gui.core import quantize
from colorquant_gui.core.export import EXPORT_FORMATS
from colorquant_gui.core.metrics import psnr_from_mse
from colorquant_gui.session import RunState
from colorquant_gui.session.advisor_state import AdvisorState
from colorquant_gui.ui import formatting
from colorquant_gui.ui.canvas import CompareMode
from tests.ui.chart_bench import LEFT, ChartBench
from tests.ui.painted import pixels
from tests.ui.whole_window import child, converge, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow

YELLOW = (240, 215, 20)


def meadow() -> np.ndarray:
    """Greens and blues, and a yellow that a few colours leave out."""
    y, x = np.mgrid[0:6, 0:7]
    small = np.stack([20 + 4 * x, 60 + 26 * y, 30 + 30 * x], axis=2).astype(np.uint8)
    large = small.repeat(8, axis=0).repeat(8, axis=1)
    large[16:24, 24:40] = YELLOW
    return large


class Bench:
    """A window whose advisor knows all, its curve in front."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.findChild(QDockWidget, "advisorDock").raise_()
        qtbot.waitUntil(lambda: self.session.advisor.state is AdvisorState.DONE, timeout=30_000)
        self.chart = ChartBench(window.k_curve.chart, qtbot)
        window.canvas.set_compare_mode(CompareMode.RESULT)
        window.canvas.set_pixel_grid(False)
        qtbot.wait(20)

    @property
    def session(self) -> Session:
        return session_of(self.window)

    def find(self, kind: type, name: str) -> QWidget:
        return child(self.window, kind, name)

    def picture(self) -> np.ndarray:
        """Whatever the canvas shows, when it doesn't change any more."""
        image = pixels(self.window.canvas)
        for _ in range(40):
            self.qtbot.wait(25)
            before, image = image, pixels(self.window.canvas)
            if np.array_equal(before, image):
                break
        return image

    def colors(self) -> set[tuple[int, ...]]:
        """Colours that are seen, without the greys around the picture and its caption's."""
        found, counts = np.unique(self.picture().reshape(-1, 3), axis=0, return_counts=True)
        many = found[(counts > 4000) & (np.ptp(found, axis=1) > 0)]
        return {tuple(color) for color in many.tolist()}

    def reference(self, k: int) -> set[tuple[int, ...]]:
        return {tuple(color) for color in quantize(meadow(), k).palette.tolist()}

    def set_k(self, k: int) -> None:
        self.session.set("Change k", k=k)
        converge(self.window, self.qtbot)

    def set_target(self, kind: str, text: str) -> None:
        combo = self.find(QComboBox, "advisorTargetKind")
        for _ in range(combo.findData(kind)):
            QTest.keyClick(combo, Qt.Key.Key_Down)
        value = self.find(QDoubleSpinBox, "advisorTargetValue")
        value.setFocus()
        value.selectAll()
        QTest.keyClicks(value, text)
        QTest.keyClick(value, Qt.Key.Key_Return)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Image.fromarray(meadow()).save(tmp_path / "meadow.png")
    return tmp_path / "meadow.png"


@pytest.fixture
def bench(qtbot: QtBot, path: Path) -> Iterator[Bench]:
    with whole_window(qtbot, [path]) as window:
        yield Bench(window, qtbot)


# -- questions -----------------------------------------------------------------------------------


def test_a_target_is_answered_and_its_k_taken(bench: Bench) -> None:
    bench.set_target("psnr", "30")
    reached = [psnr_from_mse(quantize(meadow(), k).mse) >= 30 for k in range(2, 41)]
    smallest = 2 + reached.index(True)
    answer = bench.find(QLabel, "advisorAnswer").text()
    assert answer.startswith(f"k = {smallest} is the smallest.")
    use = bench.find(QPushButton, "advisorUse")
    assert use.text() == f"Use k = {smallest}"
    QTest.mouseClick(use, LEFT)
    converge(bench.window, bench.qtbot)
    assert bench.session.settings.k == smallest
    assert bench.session.result.psnr >= 30
    assert not use.isVisible()
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
    with whole_window(qtbot, [path]) as again:
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


def test_one_colour_leaves_nothing_to_choose(qtbot: QtBot, tmp_path: Path) -> None:
    Image.new("RGB", (3, 2), (200, 30, 40)).save(tmp_path / "red.png")
    with whole_window(qtbot, [tmp_path / "red.png"]) as window:
        bench = Bench.__new__(Bench)
        bench.window, bench.qtbot = window, qtbot
        window.findChild(QDockWidget, "advisorDock").raise_()
        qtbot.waitUntil(lambda: bench.session.advisor.state is AdvisorState.DONE, timeout=30_000)
        qtbot.wait(60)
        said = [c.sentence for c in window.k_curve.findChildren(QWidget) if hasattr(c, "sentence")]
        assert said == ["With so few colours there is nothing to choose."]
        note = bench.find(QLabel, "advisorNote").text()
        assert note == "This picture has only 1 colour: there is nothing to choose."
        assert not bench.find(QToolButton, "kCurveTakeElbow").isVisible()
        assert not bench.find(QLabel, "advisorProgress").isVisible()


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


def test_beyond_all_colours_of_the_picture_there_is_what_all_of_them_give(bench: Bench) -> None:
    n_colors = len(np.unique(meadow().reshape(-1, 3), axis=0))
    assert n_colors < 200
    bench.chart.hover(200)
    bench.qtbot.waitUntil(lambda: len(beside(bench)[0]) == n_colors)
    assert bench.chart.readout.startswith("k 200: ∞ dB · ")
    assert bench.window.status.facts().mse == "0"


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
    bench.window.advisory.ensureWidgetVisible(show)
    return show, bench.find(QToolButton, f"missingColor{row}Take")


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
