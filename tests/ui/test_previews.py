"""Previews in the real window: timeline, words and charts say so, and come back at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QDockWidget, QLabel, QToolButton

from colorquant_gui.core.worked_example import NAME
from colorquant_gui.session import RunState
from colorquant_gui.session.advisor_state import AdvisorState
from colorquant_gui.ui.theme import ACCENT, apply_theme
from tests.ui.chart_bench import LEFT, ChartBench
from tests.ui.painted import pixels
from tests.ui.whole_window import child, converge, open_space, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow

BUTTONS = ("First", "StepBack", "Play", "StepForward", "Last", "Loop")


class Bench:
    """A window with a run of k = 6 that stands in its middle, and what is said in it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.bar = child(window, QAbstractSlider, "timelineBar")
        self.slider = child(window, QAbstractSlider, "kSlider")

    @property
    def session(self) -> Session:
        return session_of(self.window)

    @property
    def readout(self) -> str:
        return str(child(self.window, QLabel, "timelineReadout").text())

    @property
    def words(self) -> str:
        return str(child(self.window, QLabel, "explanationText").text())

    @property
    def chart_readout(self) -> str:
        return str(child(self.window, QLabel, "inertiaChartReadout").text())

    def said(self) -> tuple[str, str, str]:
        return self.readout, self.words, self.chart_readout

    def usable(self) -> list[str]:
        buttons = {name: child(self.window, QToolButton, f"timeline{name}") for name in BUTTONS}
        return [name for name, button in buttons.items() if button.isEnabled()]

    def seek(self, stop: int) -> None:
        self.window.timeline.stopEdited.emit(stop)
        self.qtbot.waitUntil(lambda: self.window.timeline.stop() == stop, timeout=5000)
        # the means of an update are found in another thread
        self.qtbot.waitUntil(lambda: "mean" in self.words or "centroid" in self.words)

    def point(self, k: int) -> QPoint:
        return QPoint(round(self.slider.x_of(k)), self.slider.height() // 4)

    def press(self, k: int) -> None:
        QTest.mousePress(self.slider, LEFT, pos=self.point(self.session.settings.k))
        self.drag(k)

    def drag(self, k: int) -> None:
        QTest.mouseMove(self.slider, self.point(k))
        self.qtbot.waitUntil(lambda: self.session.settings.k == k, timeout=5000)
        self.previewed(k)

    def previewed(self, k: int) -> None:
        self.qtbot.waitUntil(
            lambda: (
                self.session.is_previewing
                and len(self.session.history) > 0
                and len(self.session.history[-1].centroids) == k
            ),
            timeout=5000,
        )

    def release(self) -> None:
        QTest.mouseRelease(self.slider, LEFT, pos=self.point(self.session.settings.k))

    def accent(self, widget: Any) -> int:
        """Pixels of a widget that have about the accent."""
        wanted = np.array(QColor(ACCENT).getRgb()[:3])
        return int((np.abs(pixels(widget).astype(int) - wanted).max(axis=2) <= 60).sum())


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Bench]:
    apply_theme(qapp, "light")
    rng = np.random.default_rng(4)
    y, x = np.mgrid[0:24, 0:32]
    waves = np.stack([x * 8, y * 10, 120 + 90 * np.sin(x / 3 + y / 2)], axis=2)
    noisy = np.clip(waves + rng.normal(0, 8, waves.shape), 0, 255).astype(np.uint8)
    Image.fromarray(noisy).save(tmp_path / "waves.png")
    opened = whole_window(qtbot, [tmp_path / "waves.png"], space=False, advisor=False)
    with opened as window:
        session = session_of(window)
        session.set("k", k=6, seeding="kmeans++", seed=3)
        converge(window, qtbot)
        qtbot.waitUntil(lambda: session.playback.is_at_end)
        yield Bench(window, qtbot)


def test_dragging_k_is_a_preview_everywhere_and_then_a_run(bench: Bench) -> None:
    bench.window.findChild(QDockWidget, "chartsDock").raise_()
    chart = ChartBench(bench.window.charts.chart("inertia"), bench.qtbot)
    session = bench.session
    bench.seek(session.history.stop_of(2))
    stops = bench.bar.maximum()
    bench.qtbot.waitUntil(lambda: bench.accent(bench.bar) > 60, timeout=5000)
    bench.qtbot.waitUntil(lambda: chart.accent_column() > 0, timeout=5000)
    dark = int(pixels(chart.plot).min())
    bench.press(40)
    for k in (40, 41):
        if k != 40:
            bench.drag(k)
        assert bench.readout == f"Preview of k = {k}"
        assert bench.words == f"Preview of k = {k}. The full run begins as soon as k stays there."
        assert bench.chart_readout == "Run with k = 6"
    # the run before is still there, and stands back
    assert bench.bar.maximum() == stops
    bench.qtbot.waitUntil(lambda: bench.accent(bench.bar) == 0, timeout=5000)
    bench.qtbot.waitUntil(lambda: np.isnan(chart.accent_column()), timeout=5000)
    bench.qtbot.waitUntil(lambda: pixels(chart.plot).min() > dark + 40, timeout=5000)
    assert bench.usable() == []
    assert not bench.window.actions_by_key["play"].isEnabled()
    assert not bench.window.actions_by_key["stepBack"].isEnabled()
    bench.release()
    bench.qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=9000)
    bench.qtbot.waitUntil(lambda: session.playback.is_at_end, timeout=5000)
    last = session.history[-1].number
    assert bench.readout == f"Iteration {last} of {last} · assign"
    bench.qtbot.waitUntil(lambda: "Rounded to 8 bits" in bench.words, timeout=5000)
    assert "Preview" not in bench.chart_readout
    assert {"First", "StepBack", "Play"} <= set(bench.usable())
    assert bench.window.actions_by_key["play"].isEnabled()
    bench.qtbot.waitUntil(lambda: bench.accent(bench.bar) > 60, timeout=5000)


def test_in_a_preview_of_a_drag_the_timeline_leads_nowhere(bench: Bench) -> None:
    bench.press(12)
    asked: list[object] = []
    for name in ("stopEdited", "scrubStarted", "stepRequested", "playToggled", "firstRequested"):
        getattr(bench.window.timeline, name).connect(lambda *args: asked.append(args))
    QTest.mouseClick(bench.bar, LEFT, pos=QPoint(bench.bar.width() // 2, 17))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Space, Qt.Key.Key_PageDown):
        QTest.keyClick(bench.bar, key)
    assert asked == []
    bench.release()
    bench.qtbot.waitUntil(lambda: not bench.session.is_previewing)


def test_in_a_preview_of_a_drag_a_click_on_a_chart_leads_nowhere(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sought: list[int] = []
    monkeypatch.setattr(bench.session.playback, "seek", sought.append)
    bench.window.findChild(QDockWidget, "chartsDock").raise_()
    chart = ChartBench(bench.window.charts.chart("inertia"), bench.qtbot)
    chart.click(2)
    assert len(sought) == 1
    bench.press(12)
    bench.qtbot.waitUntil(lambda: bench.session.is_previewing)
    chart.click(1)
    assert len(sought) == 1
    bench.release()
    bench.qtbot.waitUntil(lambda: not bench.session.is_previewing)


def test_a_k_that_is_pointed_at_is_a_preview_and_the_run_comes_back_at_once(bench: Bench) -> None:
    session, window = bench.session, bench.window
    session.advisor.resume()
    window.findChild(QDockWidget, "advisorDock").raise_()
    bench.qtbot.waitUntil(
        lambda: session.advisor.state is AdvisorState.DONE or len(session.advisor.points) > 30,
        timeout=30_000,
    )
    curve = ChartBench(window.k_curve.chart, bench.qtbot)
    bench.seek(session.history.stop_of(1) + 1)
    bench.qtbot.waitUntil(lambda: "the mean" in bench.words, timeout=5000)
    explanation = window.explanation
    bench.qtbot.waitUntil(lambda: explanation.height() >= explanation.sizeHint().height())
    before, usable = bench.said(), bench.usable()
    assert before[0].startswith("Iteration 1 of")
    height = window.theatre.height()
    k = session.advisor.points[3].k if session.advisor.points[3].k != 6 else 9
    for _ in range(2):
        curve.hover(k)
        bench.qtbot.waitUntil(lambda: bench.readout == f"Preview of k = {k}", timeout=5000)
        assert bench.words == (
            f"Preview of k = {k}: click to choose it. The run with k = 6 waits meanwhile."
        )
        assert bench.chart_readout == "Run with k = 6"
        bench.qtbot.waitUntil(lambda: bench.accent(bench.bar) == 0, timeout=5000)
        # the run is still the one that plays
        assert bench.usable() == usable
        curve.leave()
        assert bench.said() == before
        assert window.theatre.height() == height


def test_a_step_of_the_run_ends_a_preview_and_is_told_at_once(bench: Bench) -> None:
    session, window = bench.session, bench.window
    session.advisor.resume()
    window.findChild(QDockWidget, "advisorDock").raise_()
    bench.qtbot.waitUntil(lambda: len(session.advisor.points) > 10, timeout=30_000)
    curve = ChartBench(window.k_curve.chart, bench.qtbot)
    bench.seek(session.history.stop_of(1))
    k = next(point.k for point in session.advisor.points if point.k != 6)
    curve.hover(k)
    bench.qtbot.waitUntil(lambda: bench.readout == f"Preview of k = {k}", timeout=5000)
    bench.bar.setFocus()
    QTest.keyClick(bench.bar, Qt.Key.Key_Right)
    bench.qtbot.waitUntil(lambda: bench.bar.value() == session.history.stop_of(1) + 1, timeout=5000)
    bench.qtbot.waitUntil(lambda: bench.readout.startswith("Iteration 1 of"), timeout=5000)
    assert bench.readout.endswith("update")
    bench.qtbot.waitUntil(lambda: "centroids" in bench.words, timeout=5000)
    said = bench.said()
    curve.leave()
    assert bench.said() == said


def test_the_run_before_stays_until_there_is_something_of_the_next(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    session, charts = bench.session, bench.window.charts
    bench.window.findChild(QDockWidget, "chartsDock").raise_()
    qtbot.waitUntil(lambda: charts.chart("inertia").plot is not None, timeout=20_000)
    bench.seek(session.history.stop_of(1))
    stops, shown = bench.bar.maximum(), [chart.isVisible() for chart in charts._charts.values()]
    session.set("Change k", k=9)
    assert not len(session.history)
    assert bench.said() == (
        "Seeding…",
        "The run with k = 9 begins with its seeding…",
        "Run with k = 6",
    )
    assert bench.bar.maximum() == stops
    assert bench.usable() == []
    assert [chart.isVisible() for chart in charts._charts.values()] == shown
    qtbot.waitUntil(lambda: "Rounded to 8 bits" in bench.words, timeout=9000)
    assert bench.readout.startswith("Iteration")
    assert bench.chart_readout not in ("", "Run with k = 6")
    assert "Play" in bench.usable()
    # another picture's is of no use
    Image.new("RGB", (30, 20), (200, 30, 40)).save(tmp_path / "red.png")
    states: list[tuple[str, str, str]] = []
    session.runChanged.connect(lambda: states.append(bench.said()))
    session.open(tmp_path / "red.png")
    qtbot.waitUntil(lambda: session.source.name == "red.png", timeout=5000)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    assert not any("Seeding…" in said or "Run with" in said[2] for said in states)


def test_in_a_picture_without_colours_there_is_nothing_to_do_and_no_preview(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    bench.session.open(tmp_path / "clear.png")
    qtbot.waitUntil(lambda: bench.session.source.name == "clear.png", timeout=5000)
    words = "All of this picture is transparent: there is nothing for k-means to do."
    qtbot.waitUntil(lambda: bench.words == words, timeout=5000)
    QTest.mousePress(bench.slider, LEFT, pos=bench.point(bench.session.settings.k))
    QTest.mouseMove(bench.slider, bench.point(40))
    qtbot.waitUntil(lambda: bench.session.is_previewing, timeout=5000)
    assert bench.said() == ("", words, "")
    bench.release()


class Layouts(QObject):
    """Counts how often something is laid out or resized."""

    def __init__(self) -> None:
        super().__init__()
        self.n = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest)
        self.n += event.type() in kinds
        return False


def test_steps_of_the_slider_move_nothing(bench: Bench) -> None:
    bench.press(9)
    QApplication.processEvents()
    counter = Layouts()
    window = bench.window
    watched = (window.timeline, window.explanation, window.charts, window.canvas, bench.bar)
    for widget in watched:
        widget.installEventFilter(counter)
    for k in (12, 99, 100, 128, 7):
        bench.drag(k)
        assert bench.readout == f"Preview of k = {k}"
    QApplication.processEvents()
    assert counter.n == 0
    for widget in watched:
        widget.removeEventFilter(counter)
    bench.release()
    bench.qtbot.waitUntil(lambda: not bench.session.is_previewing)


def test_distances_of_the_example_are_not_drawn_to_centres_of_a_preview(bench: Bench) -> None:
    session, view = bench.session, bench.window.color_space
    open_space(bench.window, bench.qtbot)
    trigger(bench.window, "workedExample")
    bench.qtbot.waitUntil(lambda: session.source.name == NAME, timeout=5000)
    bench.qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    session.playback.seek(session.history.stop_of(0))
    bench.qtbot.waitUntil(lambda: len(view._scene.measures) == 3, timeout=5000)
    bench.press(5)
    assert view._scene.measures == ()
    assert bench.words.startswith("Preview of k = 5.")
    bench.drag(3)
    bench.release()
    bench.qtbot.waitUntil(lambda: "centre" in bench.words, timeout=5000)
    bench.qtbot.waitUntil(lambda: len(view._scene.measures) == 3, timeout=5000)
