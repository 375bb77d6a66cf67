"""What the advisor says of the k in force: its progress, its own figures, and whose turn it is."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from colorquant_gui.core import quantize
from colorquant_gui.core.export import EXPORT_FORMATS
from colorquant_gui.session import StopKind
from colorquant_gui.session.advisor_state import AdvisorState, Progress
from colorquant_gui.ui import formatting
from colorquant_gui.ui.panels.k_slider import KSlider
from tests.ui.advisor_bench import Bench, meadow
from tests.ui.chart_bench import LEFT
from tests.ui.whole_window import converge, whole_window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
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


def forget(bench: Bench, sizes: Collection[int] = (), all_of: Collection[int] = ()) -> None:
    """Take some of what is known away from an advisor that rests."""
    advisor = bench.session.advisor
    advisor.pause()
    curve = advisor._curve
    for k in sizes:
        known = curve.get(k)
        curve.add(replace(known, point=replace(known.point, n_bytes=None)))
    for k in all_of:
        del curve._measured[k]
    curve._points = None
    advisor._tell()
    advisor._go_on()


def sizes(bench: Bench) -> str:
    return bench.find(QLabel, "sizesField").text()


def n_bytes(k: int, quality: str = "standard") -> int:
    return len(EXPORT_FORMATS["png"].encode(quantize(meadow(), k, quality=quality)))


# -- how far it is -------------------------------------------------------------------------------


def test_while_files_are_encoded_it_says_so_and_can_be_paused(bench: Bench) -> None:
    advisor, pause = bench.session.advisor, bench.find(QToolButton, "advisorPause")
    total = advisor.progress.total
    assert not pause.isVisible()
    assert bench.chart.plot.note == ""
    forget(bench, sizes=range(20, 30))
    assert advisor.progress == Progress(total, total - 10, total)
    words = f"{total} errors measured,\n{total - 10} of {total} files encoded"
    assert bench.chart.plot.note == f"Paused: {words}"
    assert (pause.isVisible(), pause.accessibleName()) == (True, "Go on measuring")
    QTest.mouseClick(pause, LEFT)
    bench.qtbot.waitUntil(lambda: advisor.state is AdvisorState.DONE, timeout=10_000)
    bench.qtbot.waitUntil(lambda: not pause.isVisible())
    assert bench.chart.plot.note == ""
    assert advisor.progress == Progress(total, total, total)


def test_it_can_be_paused_as_long_as_there_is_a_file_to_encode(bench: Bench) -> None:
    advisor, pause = bench.session.advisor, bench.find(QToolButton, "advisorPause")
    forget(bench, sizes=range(2, 40))
    # as if a person were at work, so that it can't be done before it is paused again
    advisor.yield_to_user(True)
    QTest.mouseClick(pause, LEFT)
    assert (advisor.is_paused, pause.accessibleName()) == (False, "Pause measuring")
    bench.qtbot.waitUntil(lambda: bench.chart.plot.note.endswith("files encoded…"))
    QTest.mouseClick(pause, LEFT)
    advisor.yield_to_user(False)
    bench.qtbot.waitUntil(lambda: advisor.state is AdvisorState.PAUSED)
    assert bench.chart.plot.note.startswith("Paused: ")


# -- the size of what a drag leads to ------------------------------------------------------------


def slide(bench: Bench, k: int, *, begin: bool = False) -> None:
    """Press the slider at a k, or drag it there."""
    slider = bench.find(KSlider, "kSlider")
    at = QPoint(round(slider.x_of(k)), slider.height() // 2)
    if begin:
        QTest.mousePress(slider, LEFT, pos=at)
        return
    none = Qt.KeyboardModifier.NoModifier
    where = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, QPointF(slider.mapToGlobal(at)), LEFT, LEFT, none
    )
    QApplication.sendEvent(slider, event)


def test_a_drag_of_the_slider_tells_sizes_that_are_known_at_once(bench: Bench) -> None:
    forget(bench, sizes=[5], all_of=[7])
    guess = next(point for point in bench.session.advisor.points if point.k == 5)
    assert guess.bytes_estimated
    slide(bench, 16, begin=True)
    for k, wanted in (
        (3, f"→ {formatting.file_size(n_bytes(3))} ("),
        (5, f"→ ≈ {formatting.file_size(guess.n_bytes)} ("),
        (7, "→ …"),
        (9, f"→ {formatting.file_size(n_bytes(9))} ("),
    ):
        slide(bench, k)
        assert bench.session.settings.k == k
        assert bench.session.encoded is None
        assert wanted in sizes(bench)
        # nor does it change once the preview is there
        bench.qtbot.waitUntil(lambda: bench.session.history.finished)
        assert wanted in sizes(bench)
    slider = bench.find(KSlider, "kSlider")
    QTest.mouseRelease(slider, LEFT, pos=QPoint(round(slider.x_of(9)), slider.height() // 2))
    converge(bench.window, bench.qtbot)
    assert len(bench.session.encoded) == n_bytes(9)
    assert f"→ {formatting.file_size(n_bytes(9))} (" in sizes(bench)


def test_at_another_level_no_size_is_told_before_it_is_known(bench: Bench) -> None:
    bench.session.set("Change Quality", quality="best")
    converge(bench.window, bench.qtbot)
    slide(bench, 16, begin=True)
    slide(bench, 3)
    assert sizes(bench).endswith("→ …")


# -- its own figures -----------------------------------------------------------------------------


@pytest.mark.parametrize("quality", ["best", "textbook", "live"])
def test_at_another_level_the_k_in_use_has_the_figures_of_its_result(
    bench: Bench, quality: str
) -> None:
    level = bench.find(QLabel, "kCurveLevel")
    assert not level.isVisible()
    bench.session.set("Change Quality", quality=quality, seeding="random", seed=1, k=4)
    converge(bench.window, bench.qtbot)
    assert (level.isVisible(), level.text()) == (True, "at Standard")
    own = quantize(meadow(), 4, quality=quality, seeding="random", seed=1)
    size = formatting.file_size(len(EXPORT_FORMATS["png"].encode(own)))
    facts = bench.window.status.facts()
    assert formatting.decibels(own.psnr) == facts.psnr
    head = f"k 4: {facts.psnr} · {size} · ΔE "
    bench.qtbot.waitUntil(lambda: bench.chart.readout.startswith(head), timeout=10_000)
    standard = quantize(meadow(), 3, seeding="random", seed=1)
    advisor = bench.session.advisor
    bench.qtbot.waitUntil(lambda: advisor.state is AdvisorState.DONE, timeout=30_000)
    bench.qtbot.waitUntil(lambda: not advisor._news.isActive())
    assert bench.chart.readout.startswith(head)
    bench.chart.hover(3)
    psnr = formatting.decibels(standard.psnr)
    assert bench.chart.readout.startswith(f"Standard, k 3: {psnr} · ")
    bench.chart.leave()
    bench.session.set("Change Quality", quality="standard")
    converge(bench.window, bench.qtbot)
    assert not level.isVisible()
    bench.session.set("Change Quality", quality=quality)
    converge(bench.window, bench.qtbot)
    assert level.isVisible()
    bench.session.close_picture()
    assert not level.isVisible()
    assert bench.chart.readout == ""


@beside_space
def test_colours_that_are_missing_are_in_sight_while_it_measures_at_another_level(
    bench: Bench,
) -> None:
    bench.session.set("Change Quality", quality="best", k=3)
    converge(bench.window, bench.qtbot)
    advisor = bench.session.advisor
    bench.qtbot.waitUntil(lambda: bool(advisor.missing), timeout=10_000)
    bench.set_target("psnr", "30")
    reached = next(point.k for point in advisor.points if point.psnr >= 30)
    forget(bench, sizes=range(20, 30), all_of=[reached - 2, reached - 1])
    brief = bench.find(QLabel, "advisorBrief")
    assert brief.text() == f"{reached - 2}–{reached}"
    for kind, name in (
        (QLabel, "advisorBrief"),
        (QLabel, "missingColor0Share"),
        (QToolButton, "missingColor0Show"),
        (QToolButton, "missingColor0Take"),
    ):
        widget = bench.find(kind, name)
        bench.qtbot.waitUntil(
            lambda widget=widget: widget.visibleRegion().boundingRect() == widget.rect()
        )
    assert brief.width() >= brief.sizeHint().width()


# -- whose turn it is ----------------------------------------------------------------------------


def status(bench: Bench) -> str:
    return bench.window.status.facts().run


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Home])
def test_playing_or_stepping_the_run_ends_the_look_at_another_k(bench: Bench, key: Qt.Key) -> None:
    session, timeline = bench.session, bench.window.timeline
    session.playback.set_speed(0.25)
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: status(bench) == "Preview of k = 3")
    timeline.setFocus()
    QTest.keyClick(timeline, key)
    bench.qtbot.waitUntil(lambda: not status(bench).startswith("Preview"))
    scene = bench.window.color_space._scene

    def n_shown() -> int:
        stop = session.history.stop(session.playback.stop)
        return stop.stage if stop.kind is StopKind.SEEDING else 16

    bench.qtbot.waitUntil(lambda: len(scene.centroids) == n_shown())
    # nor does it come back when more is found out about that k
    forget(bench, sizes=[3])
    bench.session.advisor.resume()
    bench.qtbot.waitUntil(lambda: session.advisor.state is AdvisorState.DONE, timeout=10_000)
    assert not session.peek._wanted
    assert not status(bench).startswith("Preview")
    # until it is pointed at again
    session.playback.pause()
    bench.chart.hover(5)
    bench.qtbot.waitUntil(lambda: status(bench) == "Preview of k = 5")


def test_a_run_that_plays_goes_on_below_the_look_at_another_k(bench: Bench) -> None:
    session = bench.session
    session.playback.set_speed(0.25)
    session.playback.seek(0)
    session.playback.play()
    bench.chart.hover(3)
    bench.qtbot.waitUntil(lambda: status(bench) == "Preview of k = 3")
    stop = session.playback.stop
    bench.qtbot.waitUntil(lambda: session.playback.stop > stop, timeout=10_000)
    assert status(bench) == "Preview of k = 3"


def test_escape_takes_a_drag_of_the_curve_back_without_a_trace(bench: Bench) -> None:
    bench.set_k(12)
    bench.session.undo_stack.undo()
    converge(bench.window, bench.qtbot)
    bench.session.set("Change k", k=20)
    converge(bench.window, bench.qtbot)
    count = bench.session.undo_stack.count()
    bench.chart.press(8)
    bench.chart.drag(bench.chart.x(4))
    assert bench.session.settings.k == 4
    QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_Escape)
    assert bench.session.settings.k == 20
    bench.chart.drag(bench.chart.x(3))
    bench.chart.release(3)
    converge(bench.window, bench.qtbot)
    assert (bench.session.settings.k, bench.session.undo_stack.count()) == (20, count)
    assert not bench.session.is_previewing
    assert math.isclose(bench.session.result.mse, quantize(meadow(), 20).mse)
    bench.session.undo_stack.undo()
    assert bench.session.settings.k == 16
