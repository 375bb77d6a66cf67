"""The race window, with mouse, keyboard and pixels."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QCheckBox, QComboBox, QSlider

from colorquant_gui.core import ColorHistogram, Fit
from colorquant_gui.core.image import image_from_array
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.session import PICKS, RunState, Session, Settings
from colorquant_gui.session.race import Runner
from colorquant_gui.session.race_outcome import Outcome
from colorquant_gui.session.race_playback import RaceFrame
from colorquant_gui.ui.preferences import Preferences
from colorquant_gui.ui.race import RacePresenter
from colorquant_gui.ui.race.words import error_text, outcome_sentence, picks_hint, runner_name
from tests.ui.race_shown import K, Shown, click_pixel, dispose, opened, picture, recolored, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def shown(qtbot: QtBot, store: QSettings) -> Iterator[Shown]:
    shown = Shown(qtbot, store)
    yield shown
    dispose(shown)


# -- what is shown -------------------------------------------------------------------------------


@pytest.mark.parametrize(("k", "n_minima"), [(6, 2), (7, 3)])
def test_opening_runs_a_race_and_says_how_it_ended(shown: Shown, k: int, n_minima: int) -> None:
    shown.run(settings=Settings(k=k))
    ends = [steps_of(*who, k=k)[-1][1] for who in (("wu", 0), ("kmeans++", 1), ("random", 1))]
    # in one hollow the error is the same but for a few colours
    is_lowest = [end < 1.00001 * min(ends) for end in ends]
    assert sum(is_lowest) == 4 - n_minima
    names = ["Wu", "k-means++, seed 1", "Random pixels, seed 1"]
    best = " and ".join(name for name, low in zip(names, is_lowest, strict=True) if low)
    sentence = shown.text("raceSentence")
    assert sentence.startswith(f"They end in {n_minima} different minima. Lowest ")
    assert f" {best}: MSE {min(ends):,.1f}, " in sentence
    for number, end in enumerate(ends):
        assert shown.text(f"raceEnd{number}") == f"Ends at {end:,.1f}"
        badge = shown.window.columns[number].badge
        assert badge.isVisible() == is_lowest[number]


def test_the_pixels_are_those_of_the_iteration_on_show(shown: Shown) -> None:
    shown.run()
    bar = shown.bar
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Home)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert shown.text("raceReadout") == f"Iteration 2 of {bar.maximum()}"
    for number, who in enumerate((("wu",), ("kmeans++", 1), ("random", 1))):
        steps = steps_of(*who)
        assert np.array_equal(shown.pixels(number), recolored(picture(), steps[2][0]))
        assert shown.text(f"raceProgress{number}") == f"Iteration 2 of {len(steps) - 1}"
        assert shown.text(f"raceValue{number}") == f"MSE {steps[2][1]:,.1f}"


def test_at_the_end_each_shows_its_own_end(shown: Shown) -> None:
    shown.run()
    bar = shown.bar
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_End)
    lengths = []
    for number, who in enumerate((("wu",), ("kmeans++", 1), ("random", 1))):
        steps = steps_of(*who)
        lengths.append(len(steps) - 1)
        assert np.array_equal(shown.pixels(number), recolored(picture(), steps[-1][0]))
        assert shown.text(f"raceProgress{number}") == f"Iteration {lengths[-1]} of {lengths[-1]}"
    assert len(set(lengths)) > 1
    assert bar.value() == max(lengths)


def test_transparent_pixels_stay_so(shown: Shown) -> None:
    rgba = np.dstack([picture(), np.full((48, 64), 255, np.uint8)])
    rgba[:10, :, 3] = 0
    shown.run(rgba)
    image = shown.window.columns[0].picture.image()
    assert image.pixelColor(5, 5).alpha() == 0
    assert image.pixelColor(5, 15).alpha() == 255
    assert shown.race.tracks[0].steps[0].centroids.shape == (K - 1, 3)


def test_the_chart_has_every_curve_and_the_playhead(shown: Shown) -> None:
    shown.run()
    lines = shown.window.chart.chart.content.lines
    assert [line.name for line in lines] == ["Wu", "k-means++, seed 1", "Random pixels, seed 1"]
    for line, who in zip(lines, (("wu",), ("kmeans++", 1), ("random", 1)), strict=True):
        assert line.y == pytest.approx([value for _, value in steps_of(*who)])
    shown.window.chart.iterationClicked.emit(3)
    assert shown.text("raceReadout").startswith("Iteration 3 of")


def test_the_curves_have_a_fair_share_of_the_window(shown: Shown) -> None:
    shown.run()
    window, chart = shown.window, shown.window.chart.chart
    shown.qtbot.waitUntil(lambda: chart.plot is not None)
    heights = []
    for width, height in ((1120, 760), (1600, 1000), (1900, 1080)):
        window.resize(width, height)
        shown.qtbot.waitUntil(lambda size=(width, height): window.size().toTuple() == size)
        shown.qtbot.waitUntil(lambda: chart.plot.height() > 0.17 * window.height())
        heights.append((chart.plot.height(), window.columns[0].picture.height()))
        # and the pictures have more
        assert heights[-1][1] > heights[-1][0]
    assert heights == sorted(heights)
    assert heights[-1][0] > heights[0][0] + 80


@pytest.mark.parametrize("n_runners", [2, 3, 4])
def test_in_a_small_window_the_legend_is_whole(shown: Shown, n_runners: int) -> None:
    field = [Runner("wu"), Runner("kmeans++", 1), Runner("random", 1), Runner("random", 2)]
    shown.presenter.window.set_runners(field[:n_runners], K)
    shown.run()
    window = shown.window
    window.resize(300, 300)
    legend = window.chart._legend
    names = [shown.child(f"raceCurve{number}Name") for number in range(n_runners)]

    def is_whole() -> bool:
        inside = [legend.rect().contains(name.geometry()) for name in names]
        bottom = legend.mapTo(window, legend.rect().bottomLeft()).y()
        above = window.chart.chart.geometry().bottom() < legend.geometry().top()
        return all(inside) and above and bottom < window.height()

    shown.qtbot.waitUntil(lambda: window.chart.chart.plot is not None)
    shown.qtbot.waitUntil(is_whole)
    assert window.height() <= 640
    assert all(name.height() >= name.fontMetrics().height() for name in names)
    assert window.chart.chart.plot.height() > 40


def test_magnified_curves_come_in_from_above_and_are_seen_apart_at_their_ends(
    shown: Shown,
) -> None:
    shown.run()
    chart = shown.window.chart.chart
    runs = [[mse for _, mse in steps_of(*who)] for who in (("wu",), ("kmeans++", 1), ("random", 1))]
    ends, worst = [run[-1] for run in runs], max(max(run) for run in runs)
    shown.qtbot.waitUntil(lambda: chart.plot is not None)

    def seen() -> tuple[float, float]:
        """The values at the lower and the upper edge."""
        area = chart.plot.area()
        a, b = (chart.plot.pixel(0, value).y() for value in (min(ends), worst))
        slope = (worst - min(ends)) / (b - a)
        low, high = (min(ends) + (y - a) * slope for y in (area.bottom(), area.top()))
        return low, high

    magnify = shown.window.verdict.magnify
    assert magnify.isChecked()
    low, high = seen()
    assert low < min(ends) < max(ends) < high == pytest.approx(1.1 * min(ends))
    # what is above is only out of view
    for line, run in zip(chart.content.lines, runs, strict=True):
        assert line.y == pytest.approx(run)
    assert worst > high
    QTest.mouseClick(magnify, Qt.MouseButton.LeftButton)
    assert seen()[1] > worst
    QTest.mouseClick(magnify, Qt.MouseButton.LeftButton)
    assert seen() == (low, high)


def test_another_space_says_whose_error_it_is(shown: Shown) -> None:
    shown.run(settings=Settings(k=K, color_space="oklab"))
    assert "MSE in Oklab" in shown.text("raceSentence")
    assert shown.text("raceMethod") == "6 colours · Oklab · Textbook"
    histogram = ColorHistogram.from_rgb(picture())
    *_, last = Fit(K, "textbook", color_space="oklab").iterate(histogram)
    expected = last.inertia / (48 * 64) * 255**2
    assert shown.text("raceEnd0") == f"Ends at {expected:,.1f}"


# -- playing -------------------------------------------------------------------------------------


def test_it_plays_by_itself_and_space_pauses(shown: Shown) -> None:
    shown.run()
    assert shown.playback.is_playing
    assert shown.child("racePlay").accessibleName() == "Pause"
    QTest.keyClick(shown.window.columns[0].picture, Qt.Key.Key_Space)
    assert not shown.playback.is_playing
    assert shown.child("racePlay").accessibleName() == "Play"
    QTest.mouseClick(shown.child("racePlay"), Qt.MouseButton.LeftButton)
    assert shown.playback.is_playing


def test_instant_goes_to_the_end(shown: Shown) -> None:
    shown.run()
    speed = shown.child("speedComboBox")
    speed.setFocus()
    QTest.keyClick(speed, Qt.Key.Key_End)
    assert speed.currentText() == "Instant"
    shown.qtbot.waitUntil(lambda: not shown.playback.is_playing)
    assert shown.bar.value() == shown.bar.maximum() > 3


def test_buttons_keys_and_pages_step_through_whole_iterations(shown: Shown) -> None:
    shown.run()
    bar, last = shown.bar, shown.playback.length
    shown.qtbot.waitUntil(lambda: bar.maximum() == last)
    assert last > 7
    shown.playback.seek(4)

    def told(number: int) -> None:
        assert shown.playback.frame == RaceFrame(number)
        assert shown.text("raceReadout") == f"Iteration {number} of {last}"
        assert not shown.playback.is_playing

    for name, number in (
        *(("raceFirst", 0), ("raceStepForward", 1), ("raceStepForward", 2)),
        *(("raceStepBack", 1), ("raceLast", last), ("raceStepBack", last - 1)),
    ):
        QTest.mouseClick(shown.child(name), Qt.MouseButton.LeftButton)
        told(number)
        # so that keys go on where the mouse began
        assert bar.hasFocus()
    for key, number in (
        *((Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_PageUp, 6)),
        *((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_End, last), (Qt.Key.Key_Left, last - 1)),
    ):
        QTest.keyClick(bar, key)
        told(number)
    # from elsewhere in the window, too, where nobody else has a use for them
    QTest.keyClick(shown.window.columns[0].picture, Qt.Key.Key_Home)
    told(0)
    seed = shown.window.columns[2].setup.seed
    seed.setFocus()
    QTest.keyClick(seed, Qt.Key.Key_End)
    told(0)


def test_a_drag_passes_the_iterations_and_then_plays_on(shown: Shown) -> None:
    shown.run()
    bar = shown.bar
    assert shown.playback.is_playing
    frames: list[int] = []
    y = 17
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.scale.x_of(2)), y))
    assert not shown.playback.is_playing
    shown.playback.frameChanged.connect(lambda frame: frames.append(frame.number))
    for number in (3, 4, 5):
        QTest.mouseMove(bar, QPoint(round(bar.scale.x_of(number)), y))
        shown.qtbot.waitUntil(lambda number=number: frames[-1:] == [number])
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.scale.x_of(5)), y))
    assert frames[:3] == [3, 4, 5]
    assert shown.playback.is_playing


def test_a_race_can_be_seen_again_and_again(shown: Shown) -> None:
    shown.run()
    QTest.mouseClick(shown.child("raceLoop"), Qt.MouseButton.LeftButton)
    shown.playback.set_speed(50.0)
    numbers: list[int] = []
    shown.playback.frameChanged.connect(lambda frame: numbers.append(frame.number))
    last = shown.playback.length
    shown.qtbot.waitUntil(
        lambda: any(a == last > b for a, b in itertools.pairwise(numbers)), timeout=10_000
    )
    assert shown.playback.is_playing


# -- who runs ------------------------------------------------------------------------------------


def test_another_seed_is_another_race(shown: Shown) -> None:
    shown.run()
    seed = shown.window.columns[2].setup.seed
    seed.setFocus()
    QTest.keyClick(seed, Qt.Key.Key_Up)
    assert shown.race.outcome is None
    shown.wait()
    end = steps_of("random", 2)[-1][1]
    assert shown.text("raceEnd2") == f"Ends at {end:,.1f}"
    assert shown.window.chart.chart.content.lines[2].name == "Random pixels, seed 2"


def test_two_to_four_runners(shown: Shown) -> None:
    shown.run()
    window = shown.window
    QTest.mouseClick(window.header.add, Qt.MouseButton.LeftButton)
    shown.wait()
    assert [r.seed for r in window.runners()] == [0, 1, 1, 2]
    assert len(shown.race.tracks) == 4
    assert not window.header.add.isEnabled()
    for _ in range(2):
        QTest.mouseClick(window.columns[1].setup.remove, Qt.MouseButton.LeftButton)
    shown.wait()
    assert [r.seeding for r in window.runners()] == ["wu", "random"]
    assert window.runners()[1].seed == 2
    assert window.header.add.isEnabled()
    assert not window.columns[0].setup.remove.isVisible()


def test_picking_colours_in_the_picture(shown: Shown) -> None:
    rgb = picture()
    # four flat areas: wherever exactly a click lands, its colour is known
    rgb[:24, :32], rgb[:24, 32:] = (200, 30, 40), (30, 180, 60)
    rgb[24:, :32] = (40, 60, 210)
    shown.run(rgb)
    window, page = shown.window, shown.window.pick_page
    seeding = window.columns[1].setup.seeding
    seeding.setFocus()
    QTest.keyClick(seeding, Qt.Key.Key_End)
    assert page.isVisible()
    click_pixel(shown.window, 16, 12)
    click_pixel(shown.window, 48, 12)
    click_pixel(shown.window, 16, 12)
    click_pixel(shown.window, 16, 36)
    assert page.picks() == ((200, 30, 40), (30, 180, 60), (40, 60, 210))
    assert "3 of 6" in shown.text("racePickHint")
    assert "other 3" in shown.text("racePickHint")
    QTest.mouseClick(page.undo, Qt.MouseButton.LeftButton)
    assert page.picks() == ((200, 30, 40), (30, 180, 60))
    assert len(page.swatches.swatch_rects()) == 2
    grabbed = page.swatches.grab().toImage()
    middle = page.swatches.swatch_rects()[1].topLeft().toPoint() + QPoint(4, 4)
    assert grabbed.pixelColor(middle).getRgb()[:3] == (30, 180, 60)
    QTest.mouseClick(page.accept, Qt.MouseButton.LeftButton)
    assert not page.isVisible()
    shown.wait()
    histogram = ColorHistogram.from_rgb(rgb)
    start = start_from_picks(histogram, [(200, 30, 40), (30, 180, 60)], K)
    assert np.array_equal(shown.race.tracks[1].steps[0].centroids, start)
    assert shown.text("racePicks1") == "2 of 6…"
    with shown.qtbot.waitSignal(shown.presenter.adoptRequested) as adopted:
        QTest.mouseClick(window.columns[1].adopt, Qt.MouseButton.LeftButton)
    assert adopted.args == [
        Settings(K, "textbook", seeding=PICKS, picks=((200, 30, 40), (30, 180, 60)))
    ]


def test_a_set_up_that_waits_for_picks_can_be_completed(qtbot: QtBot, store: QSettings) -> None:
    store.setValue("raceSetup", '{"runners": [["picks", 0], ["wu", 0]]}')
    shown = Shown(qtbot, store)
    try:
        rgb = picture()
        rgb[:24, :32] = (200, 30, 40)
        shown.run(rgb)
        assert "Runner 1 has no colours yet" in shown.text("raceSentence")
        QTest.mouseClick(shown.window.columns[0].setup.picks, Qt.MouseButton.LeftButton)
        click_pixel(shown.window, 16, 12)
        QTest.keyClick(shown.window.pick_page.canvas, Qt.Key.Key_Return)
        shown.wait()
        assert shown.race.tracks[0].steps[0].centroids[0].tolist() == [200, 30, 40]
    finally:
        dispose(shown)


def test_no_more_picks_than_k(shown: Shown) -> None:
    rgb = picture()
    rgb[:24, :32], rgb[:24, 32:], rgb[24:, :32] = (200, 30, 40), (30, 180, 60), (40, 60, 210)
    shown.run(rgb, Settings(k=2))
    seeding = shown.window.columns[0].setup.seeding
    seeding.setFocus()
    QTest.keyClick(seeding, Qt.Key.Key_End)
    for x, y in ((16, 12), (48, 12), (16, 36)):
        click_pixel(shown.window, x, y)
    assert shown.window.pick_page.picks() == ((200, 30, 40), (30, 180, 60))
    assert shown.text("racePickHint") == "2 of 2 colours picked"


def test_escape_leaves_picking_and_not_the_window(shown: Shown) -> None:
    shown.run()
    window = shown.window
    seeding = window.columns[1].setup.seeding
    seeding.setFocus()
    QTest.keyClick(seeding, Qt.Key.Key_End)
    click_pixel(shown.window, 5, 5)
    QTest.keyClick(window.pick_page.canvas, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not window.pick_page.isVisible()
    assert window.runners()[1].picks == ()
    shown.wait()
    assert "Runner 2 has no colours yet" in shown.text("raceSentence")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_in_one_minimum_nobody_is_lowest(shown: Shown) -> None:
    rgb = np.zeros((48, 64, 3), np.uint8)
    rgb[:, 20:40], rgb[:, 40:] = (250, 20, 30), (20, 240, 60)
    shown.run(rgb, Settings(k=3))
    assert shown.text("raceSentence") == "All 3 end in the same minimum: MSE 0."
    assert not any(column.badge.isVisible() for column in shown.window.columns)
    assert shown.window.chart.lowest() == []


def test_use_this_one_tells_which(shown: Shown) -> None:
    shown.run(settings=Settings(k=K, seed=8))
    with shown.qtbot.waitSignal(shown.presenter.adoptRequested) as adopted:
        QTest.mouseClick(shown.window.columns[1].adopt, Qt.MouseButton.LeftButton)
    assert adopted.args == [Settings(K, "textbook", seeding="kmeans++", seed=1)]
    with shown.qtbot.waitSignal(shown.presenter.adoptRequested) as adopted:
        QTest.mouseClick(shown.window.columns[0].adopt, Qt.MouseButton.LeftButton)
    # no chance in it: the seed that is set stays
    assert adopted.args == [Settings(K, "textbook", seeding="wu", seed=8)]


def test_a_session_takes_what_was_shown_as_one_step_to_undo(shown: Shown) -> None:
    session = Session(Settings(k=K))
    try:
        shown.presenter.follow(session)
        shown.presenter.show()
        session.open(image_from_array(picture(), "picture.png"))
        shown.wait()
        undo = session.undo_stack
        for number, seeding in ((1, "kmeans++"), (2, "random")):
            before = undo.count()
            QTest.mouseClick(shown.window.columns[number].adopt, Qt.MouseButton.LeftButton)
            assert (session.settings.seeding, session.settings.seed) == (seeding, 1)
            assert undo.count() == before + 1
            shown.qtbot.waitUntil(lambda: session.state is RunState.CONVERGED)
            end = shown.race.tracks[number].steps[-1]
            assert np.array_equal(session.history.latest.centroids, end.centroids)
        # the one that is in force already: nothing to undo, and something to see
        history = session.history
        QTest.mouseClick(shown.window.columns[2].adopt, Qt.MouseButton.LeftButton)
        assert session.history is not history
        assert undo.count() == undo.index() == 2
        undo.undo()
        undo.undo()
        assert session.settings == Settings(k=K)
        # the same seeding, but not by the textbook: that is another run
        QTest.mouseClick(shown.window.columns[0].adopt, Qt.MouseButton.LeftButton)
        assert session.settings == Settings(K, "textbook")
        assert undo.count() == undo.index() == 1
        # a race goes on as it was: the seeding of the session is not its concern
        assert shown.race.outcome is not None
    finally:
        session.close()
        session.deleteLater()


def test_a_picture_that_is_closed_leaves_nothing_behind(shown: Shown) -> None:
    shown.run()
    shown.presenter.set_picture(None, None)
    assert "Open a picture" in shown.text("raceSentence")
    assert shown.window.columns[0].picture.image().isNull()
    assert shown.race.tracks == []


# -- other pictures and settings -----------------------------------------------------------------


def test_columns_are_equally_wide_however_narrow_the_window(shown: Shown) -> None:
    shown.run()
    QTest.mouseClick(shown.window.header.add, Qt.MouseButton.LeftButton)
    shown.window.row.edit(1, Runner(PICKS))
    shown.window.resize(300, 300)

    def widths() -> list[int]:
        return [column.width() for column in shown.window.columns]

    shown.qtbot.waitUntil(lambda: max(widths()) - min(widths()) <= 1)
    assert min(widths()) > 200
    # on a small screen, too, names read whole
    assert shown.window.width() <= 1024
    setups = [column.setup for column in shown.window.columns]
    assert [setup.seeding.shown_text() for setup in setups] == [
        *("Wu", "My picks", "Random pixels", "Random pixels")
    ]


def test_a_seeding_that_does_not_fit_is_cut_and_in_the_tooltip(shown: Shown) -> None:
    shown.run()
    seeding = shown.window.columns[2].setup.seeding
    font = seeding.font()
    font.setPointSize(2 * font.pointSize())
    seeding.setFont(font)
    seeding.setFixedWidth(110)
    assert seeding.shown_text().endswith("…")
    assert "Random pixels".startswith(seeding.shown_text()[:-1])
    assert seeding.toolTip() == "Random pixels\nDraws pixels of the picture"
    cut = seeding.grab().toImage()
    # the same pixels as those of a name that is so short
    seeding.setItemText(2, seeding.shown_text())
    assert seeding.grab().toImage() == cut
    seeding.setItemText(2, "Random pixels")
    seeding.setFixedWidth(400)
    assert seeding.shown_text() == "Random pixels"


def test_without_a_picture_it_asks_for_one(shown: Shown) -> None:
    shown.presenter.show()
    assert "Open a picture" in shown.text("raceSentence")
    assert not shown.window.columns[0].isEnabled()
    assert not shown.window.header.add.isEnabled()
    shown.presenter.set_picture(*opened(picture()))
    shown.wait()
    assert shown.window.columns[0].isEnabled()


def test_nothing_visible_is_said_in_words(shown: Shown) -> None:
    shown.open(np.zeros((48, 64, 4), np.uint8))
    shown.qtbot.waitUntil(lambda: "transparent" in shown.text("raceSentence"))
    assert not shown.window.columns[0].adopt.isEnabled()
    # starting is seen to be out of the question, and why
    start = shown.window.verdict.start
    assert start.isVisible()
    assert not start.isEnabled()
    assert "fully transparent" in start.toolTip()
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    assert not shown.race.is_running
    assert shown.text("raceMethod").startswith("0 colours")
    shown.presenter.set_picture(*opened(picture()))
    shown.wait()
    shown.presenter.stop()
    assert start.isVisible()
    assert start.isEnabled()
    assert start.toolTip() == ""


def test_another_k_is_another_race_and_another_seeding_is_none(shown: Shown) -> None:
    shown.run()
    tracks = shown.race.tracks
    shown.presenter.set_settings(Settings(k=K, seeding="random", seed=5))
    shown.qtbot.wait(350)
    assert shown.race.tracks is tracks
    shown.presenter.set_settings(Settings(k=3))
    shown.qtbot.waitUntil(lambda: shown.race.tracks is not tracks)
    shown.wait()
    assert len(shown.race.tracks[0].steps[0].centroids) == 3
    assert shown.text("raceMethod").startswith("3 colours")


def test_stopping_keeps_what_there_is_and_starting_begins_anew(shown: Shown) -> None:
    # noise takes hundreds of iterations, of every colour
    rgb = np.random.default_rng(3).integers(0, 256, (400, 400, 3)).astype(np.uint8)
    shown.open(rgb, Settings(k=200))
    shown.qtbot.waitUntil(lambda: all(track.steps for track in shown.race.tracks), timeout=10_000)
    QTest.mouseClick(shown.window.verdict.stop, Qt.MouseButton.LeftButton)
    assert "Stopped" in shown.text("raceSentence")
    assert not shown.window.columns[0].adopt.isEnabled()
    assert not shown.window.columns[0].badge.isVisible()
    tracks = shown.race.tracks
    QTest.mouseClick(shown.window.verdict.start, Qt.MouseButton.LeftButton)
    assert shown.race.tracks is not tracks
    assert shown.race.is_running
    assert shown.window.verdict.stop.isVisible()


def test_closing_ends_the_race_and_opening_starts_it_again(shown: Shown) -> None:
    shown.run()
    shown.window.close()
    assert shown.race.tracks == []
    assert not shown.playback.is_playing
    shown.presenter.show()
    shown.wait()


# -- colour spaces -------------------------------------------------------------------------------


def test_colour_spaces_in_place_of_pictures(shown: Shown) -> None:
    shown.run()
    tracks = shown.race.tracks
    QTest.mouseClick(shown.window.header.as_space, Qt.MouseButton.LeftButton)
    bar = shown.bar
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_End)
    for column, who in zip(
        shown.window.columns, (("wu",), ("kmeans++", 1), ("random", 1)), strict=True
    ):
        assert column.space is not None
        assert column.space.isVisible()
        steps = steps_of(*who)
        assert np.array_equal(column.space._scene.centroids, steps[-1][0])
        assert len(column.space._scene.trails) == min(len(steps), 32) + 1
    shown.qtbot.waitUntil(lambda: not shown.window.columns[1].space.render_image().isNull())
    assert shown.race.tracks is tracks
    with shown.qtbot.waitSignal(shown.presenter.imageSaveRequested) as save:
        shown.window.columns[1].space.saveViewRequested.emit(2, False)
    assert save.args[0].width() == 2 * shown.window.columns[1].space.width()
    assert save.args[1] == "k-means++, seed 1"
    QTest.mouseClick(shown.window.header.as_picture, Qt.MouseButton.LeftButton)
    assert shown.window.columns[0].picture.isVisible()


def test_colour_spaces_are_shown_in_the_same_way(shown: Shown) -> None:
    shown.run()
    QTest.mouseClick(shown.window.header.as_space, Qt.MouseButton.LeftButton)
    QTest.mouseClick(shown.window.header.controls, Qt.MouseButton.LeftButton)
    spaces = [column.space for column in shown.window.columns]
    combo = spaces[1].findChild(QComboBox)
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    chosen = spaces[1].view_options()["space"]
    assert chosen != "srgb"
    assert [space.view_options()["space"] for space in spaces] == [chosen] * 3
    gamut = next(b for b in spaces[2].findChildren(QCheckBox) if "amut" in b.text())
    QTest.mouseClick(gamut, Qt.MouseButton.LeftButton)
    assert all("gamut" not in space.layers() for space in spaces)
    QTest.mouseClick(shown.window.header.add, Qt.MouseButton.LeftButton)
    shown.wait()
    another = shown.window.columns[3].space
    assert another.view_options() == spaces[0].view_options()
    assert another.layers() == spaces[0].layers()


# -- what is remembered --------------------------------------------------------------------------


def test_the_set_up_is_remembered(shown: Shown, store: QSettings) -> None:
    shown.run()
    QTest.mouseClick(shown.window.columns[0].setup.remove, Qt.MouseButton.LeftButton)
    shown.window.close()
    again = RacePresenter(Preferences(store))
    assert again.window.runners() == (Runner("kmeans++", 1), Runner("random", 1))
    again.close()
    again.window.deleteLater()


@pytest.mark.parametrize(
    "stored",
    [
        '{"runners": 3}',
        '{"runners": [["wu", 0]]}',
        '{"runners": [["wu", -1], ["x", 0]]}',
        "[]",
        "x",
    ],
)
def test_a_damaged_set_up_is_the_first_one(store: QSettings, qapp: object, stored: str) -> None:
    store.setValue("raceSetup", stored)
    presenter = RacePresenter(Preferences(store))
    assert [r.seeding for r in presenter.window.runners()] == ["wu", "kmeans++", "random"]
    presenter.close()
    presenter.window.deleteLater()


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "names", "expected"),
    [
        (
            Outcome((0, 1, 2), (0,), 0.0213),
            ["Wu", "B", "C"],
            "They end in 3 different minima. Lowest is Wu: MSE 232.0, 2.1 % below the highest.",
        ),
        (
            Outcome((0, 0, 1), (0, 1), 0.1),
            ["A", "B", "C"],
            "They end in 2 different minima. Lowest are A and B: MSE 232.0, 10.0 % below the "
            "highest.",
        ),
        (Outcome((0, 0, 0), (0, 1, 2), 0.0), ["A", "B", "C"],
         "All 3 end in the same minimum: MSE 232.0."),
        (Outcome((0, 0), (0,), 0.0), ["A", "B"], "Both end in the same minimum: MSE 232.0."),
        (Outcome((0, 1), (0, 1), 0.0), ["A", "B"],
         "They end in 2 different minima. They are equally low: MSE 232.0."),
        (Outcome((0, 0), (0,), 0.0009), ["A", "B"],
         "Both end in the same minimum: MSE 232.0."),
        (Outcome((0, 0), (0,), 0.0), ["A", "B", "who waits"],
         "Both end in the same minimum: MSE 232.0."),
        (Outcome((0,), (1,), 0.0), ["who waits", "B"], "B ends at MSE 232.0."),
        (Outcome((0,), (1,), 0.0, is_at_rest=False), ["who waits", "B"],
         "B ends at MSE 232.0. Not all came to rest before the last iteration there may be."),
    ],
)  # fmt: skip
def test_the_outcome_in_a_sentence(outcome: Outcome, names: list[str], expected: str) -> None:
    assert outcome_sentence(outcome, names, "MSE 232.0") == expected


@pytest.mark.parametrize(
    ("lowest", "higher", "expected"),
    [
        ([580.0482], [602.88, 595.9], ["580.0", "602.9", "595.9"]),
        ([579.9822], [580.0482, 602.88], ["579.98", "580.05", "602.88"]),
        ([9.241], [9.2436], ["9.241", "9.244"]),
        # in one minimum: there is nothing to tell apart
        ([579.8879, 579.8981], [595.63], ["579.9", "579.9", "595.6"]),
        ([579.8879, 579.9102], [579.94], ["579.89", "579.91", "579.94"]),
        ([0.0, 0.0], [], ["0", "0"]),
        # two that are not the lowest may look alike
        ([500.0], [602.91, 602.92], ["500.0", "602.9", "602.9"]),
        ([12_345.61], [12_345.64], ["12,345.61", "12,345.64"]),
    ],
)
def test_nobody_looks_as_low_as_the_lowest(
    lowest: list[float], higher: list[float], expected: list[str]
) -> None:
    text = error_text(lowest, higher)
    assert [text(end) for end in (*lowest, *higher)] == expected


def test_names_and_hints() -> None:
    assert runner_name(Runner("kmeans++", 3), 8) == "k-means++, seed 3"
    assert runner_name(Runner("wu", 3), 8) == "Wu"
    picks = ((1, 2, 3), (4, 5, 6), (7, 8, 9))
    assert runner_name(Runner(PICKS, 0, picks), 8) == "My picks (3)"
    assert runner_name(Runner(PICKS, 0, picks), 2) == "My picks (2)"
    assert picks_hint(0, 8).startswith("Click up to 8 colours")
    assert "the other one is" in picks_hint(7, 8)
    assert picks_hint(9, 8) == "8 of 8 colours picked"
    assert picks_hint(0, 1) == "Click a colour to start from"
    assert picks_hint(1, 1) == "1 of 1 colour picked"


def test_every_control_has_a_name(shown: Shown) -> None:
    shown.run()
    for kind in (QAbstractButton, QAbstractSpinBox, QComboBox, QSlider):
        for control in shown.window.findChildren(kind):
            if control.isVisible():
                assert control.objectName()
                assert control.accessibleName(), control.objectName()
