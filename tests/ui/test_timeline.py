"""The timeline, by real presses, moves, keys and pixels."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton, QVBoxLayout, QWidget

from colorquant_gui.ui.mark_groups import gathered
from colorquant_gui.ui.panels.timeline import Timeline
from colorquant_gui.ui.panels.timeline_bar import TimelineBar
from colorquant_gui.ui.panels.timeline_scale import TimelineScale
from colorquant_gui.ui.theme import apply_theme, scheme_palette
from tests.ui.painted import as_array

LEFT = Qt.MouseButton.LeftButton
GROOVE_Y = 17


class Bench:
    """A timeline in a window, and what it said."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.timeline = Timeline()
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.timeline)
        self.window.resize(1200, 80)
        self.bar = self.timeline.findChild(TimelineBar, "timelineBar")
        self.said: list[object] = []
        for name in (
            *("stopEdited", "scrubStarted", "scrubFinished", "playToggled", "stepRequested"),
            *("firstRequested", "lastRequested", "loopEdited", "speedEdited"),
        ):
            signal = getattr(self.timeline, name)
            signal.connect(lambda *args, name=name: self.said.append((name, *args)))

    def button(self, name: str) -> QToolButton:
        return self.timeline.findChild(QToolButton, f"timeline{name}")

    @property
    def readout(self) -> str:
        return self.timeline.findChild(QLabel, "timelineReadout").text()

    def x(self, stop: int) -> int:
        return round(self.bar.scale.x_of(stop))

    def press(self, x: int) -> None:
        QTest.mousePress(self.bar, LEFT, pos=QPoint(x, GROOVE_Y))

    def move(self, x: int) -> None:
        where = QPointF(x, GROOVE_Y)
        everywhere = QPointF(self.bar.mapToGlobal(where.toPoint()))
        none = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(QEvent.Type.MouseMove, where, everywhere, LEFT, LEFT, none)
        QApplication.sendEvent(self.bar, event)

    def release(self, x: int) -> None:
        QTest.mouseRelease(self.bar, LEFT, pos=QPoint(x, GROOVE_Y))

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.bar, key, modifiers)


@pytest.fixture
def bench(qtbot, qapp):
    apply_theme(qapp, "light")
    made = Bench()
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    # 16 stages, iterations 0 to 22: stops 0..15, then 16 (assign 0), 17 (update 0), ... 60
    made.timeline.set_timeline(16, 22, {11: "3 clusters split, 3 dropped"}, "draws")
    return made


@given(st.integers(0, 256), st.integers(-1, 500), st.floats(200, 2000))
def test_every_stop_has_a_place_of_its_own_in_order(n_stages, n_iterations, width):
    scale = TimelineScale(n_stages, n_iterations, 16.0, width)
    expected = n_stages + (2 * n_iterations + 1 if n_iterations >= 0 else 0)
    assert scale.n_stops == expected
    places = [scale.x_of(stop) for stop in range(expected)]
    assert all(a < b for a, b in itertools.pairwise(places))
    assert all(16.0 <= x <= 16.0 + width + 1e-6 for x in places)
    assert [scale.stop_at(x) for x in places] == list(range(expected))


def test_what_a_stop_is():
    scale = TimelineScale(3, 2, 0.0, 100.0)
    kinds = [
        "seeding" if scale.is_seeding(stop) else ("assign", "update")[scale.is_update(stop)]
        for stop in range(scale.n_stops)
    ]
    assert kinds == ["seeding"] * 3 + ["assign", "update", "assign", "update", "assign"]
    assert [scale.iteration(stop) for stop in range(8)] == [0, 0, 0, 0, 0, 1, 1, 2]
    assert [scale.assign_stop(n) for n in range(3)] == [3, 5, 7]


def test_where_there_is_nothing_nothing_is_found():
    assert TimelineScale().stop_at(10.0) == -1
    assert TimelineScale().labelled(20) == []


@pytest.mark.parametrize("n", [1, 2, 7, 22, 90, 365, 500])
@pytest.mark.parametrize("width", [150.0, 500.0, 1500.0])
def test_numbers_are_round_far_enough_apart_and_end_with_the_last(n, width):
    scale = TimelineScale(0, n, 0.0, width)
    found = scale.labelled(40.0)
    assert found[0] == 0 or width / n < 40
    assert found[-1] == n
    places = [scale.x_of(scale.assign_stop(i)) for i in found]
    assert all(b - a >= 40 - 1e-9 for a, b in itertools.pairwise(places))
    step = found[1] - found[0] if len(found) > 2 else 1
    assert step in {1, 2, 5, 10, 20, 50, 100, 200}
    assert all(i % step == 0 for i in found[:-1])


@pytest.mark.parametrize(
    ("stop", "text"),
    [
        (0, "Seeding · centroid 1 of 16"),
        (15, "Seeding · centroid 16 of 16"),
        (16, "Iteration 0 of 22 · assign"),
        (17, "Iteration 0 of 22 · update"),
        (30, "Iteration 7 of 22 · assign"),
        (31, "Iteration 7 of 22 · update"),
        (60, "Iteration 22 of 22 · assign"),
    ],
)
def test_the_readout(bench, stop, text):
    bench.timeline.set_position(stop)
    assert bench.readout == text
    assert bench.bar.accessibleDescription() == text
    assert bench.said == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("splits", "Seeding · box 3 of 4"),
        ("given", "Seeding · given centroids"),
        ("draws", "Seeding · centroid 3 of 4"),
    ],
)
def test_kinds_of_seeding_have_their_words(bench, kind, text):
    bench.timeline.set_timeline(4, 5, {}, kind)
    bench.timeline.set_position(2)
    assert bench.readout == text


def test_centroids_that_glide_are_an_update(bench):
    bench.timeline.set_position(20)
    assert bench.readout == "Iteration 2 of 22 · assign"
    bench.timeline.set_position(20, 0.1)
    assert bench.readout == "Iteration 2 of 22 · update"
    bench.timeline.set_position(21, 0.1)
    assert bench.readout == "Iteration 2 of 22 · update"
    bench.timeline.set_position(15, 0.5)
    assert bench.readout == "Seeding · centroid 16 of 16"
    bench.timeline.set_position(60, 0.5)
    assert bench.readout == "Iteration 22 of 22 · assign"


def test_the_readout_never_moves_the_bar_while_it_plays(bench):
    widths = set()
    for stop in range(61):
        bench.timeline.set_position(stop)
        QApplication.processEvents()
        widths.add(bench.bar.width())
    assert len(widths) == 1


def test_a_click_goes_there_and_is_one_bracket(bench):
    bench.press(bench.x(30))
    bench.release(bench.x(30))
    assert bench.said == [("scrubStarted",), ("stopEdited", 30), ("scrubFinished",)]
    assert bench.readout == "Iteration 7 of 22 · assign"


def test_scrubbing_passes_every_stop_in_order(bench):
    bench.press(bench.x(0))
    for x in range(bench.x(0), bench.x(60) + 1):
        bench.move(x)
    bench.release(bench.x(60))
    stops = [word[1] for word in bench.said if word[0] == "stopEdited"]
    assert stops == list(range(61))
    assert bench.said[0] == ("scrubStarted",)
    assert bench.said[-1] == ("scrubFinished",)
    assert len(bench.said) == 63


def test_far_outside_it_stays_at_the_ends(bench):
    bench.press(bench.x(20))
    bench.move(5000)
    bench.move(-5000)
    bench.release(-5000)
    stops = [word[1] for word in bench.said if word[0] == "stopEdited"]
    assert stops == [20, 60, 0]


def test_while_it_is_held_nobody_else_moves_it(bench):
    bench.press(bench.x(30))
    bench.timeline.set_position(40, 0.5)
    assert bench.timeline.stop() == 30
    bench.release(bench.x(30))
    bench.timeline.set_position(40, 0.5)
    assert bench.timeline.stop() == 40


def test_a_drag_whose_widget_is_hidden_ends(bench):
    bench.press(bench.x(30))
    bench.timeline.hide()
    assert bench.said[-1] == ("scrubFinished",)


def test_other_buttons_do_nothing(bench):
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(bench.bar, button, pos=QPoint(bench.x(30), GROOVE_Y))
    assert bench.said == []


@pytest.mark.parametrize(
    ("key", "word"),
    [
        (Qt.Key.Key_Space, ("playToggled",)),
        (Qt.Key.Key_Left, ("stepRequested", -1)),
        (Qt.Key.Key_Right, ("stepRequested", 1)),
        (Qt.Key.Key_Home, ("firstRequested",)),
        (Qt.Key.Key_End, ("lastRequested",)),
    ],
)
def test_keys(bench, key, word):
    bench.timeline.setFocus()
    assert bench.bar.hasFocus()
    bench.timeline.set_position(30)
    bench.key(key)
    assert bench.said == [word]


@pytest.mark.parametrize(
    ("start", "up", "down"),
    [(30, 32, 28), (31, 32, 30), (5, 16, 0), (16, 18, 0), (17, 18, 16), (18, 20, 16)],
)
def test_page_keys_take_whole_iterations(bench, start, up, down):
    for key, target in ((Qt.Key.Key_PageUp, up), (Qt.Key.Key_PageDown, down)):
        bench.said.clear()
        bench.timeline.set_position(start)
        bench.key(key)
        assert bench.said == [("stopEdited", target)]
        assert bench.timeline.stop() == target


def test_page_keys_stop_at_the_ends(bench):
    bench.timeline.set_position(60)
    bench.key(Qt.Key.Key_PageUp)
    bench.timeline.set_position(0)
    bench.key(Qt.Key.Key_PageDown)
    assert bench.said == []


def test_keys_with_modifiers_and_other_keys_are_left_to_others(bench):
    got = []
    bench.window.keyPressEvent = lambda event: got.append(event.key())
    bench.bar.setFocus()
    QTest.keyClick(bench.bar, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(bench.bar, Qt.Key.Key_A)
    assert got == [Qt.Key.Key_Alt, Qt.Key.Key_Right, Qt.Key.Key_A]
    assert bench.said == []


def test_buttons(bench):
    bench.timeline.set_position(30)
    for name, word in (
        ("First", ("firstRequested",)),
        ("StepBack", ("stepRequested", -1)),
        ("Play", ("playToggled",)),
        ("StepForward", ("stepRequested", 1)),
        ("Last", ("lastRequested",)),
    ):
        bench.said.clear()
        QTest.mouseClick(bench.button(name), LEFT)
        assert bench.said == [word]
        assert bench.button(name).accessibleName()
        # so that keys go on where the mouse began
        assert bench.bar.hasFocus()


def test_loop_and_speed(bench):
    QTest.mouseClick(bench.button("Loop"), LEFT)
    QTest.mouseClick(bench.button("Loop"), LEFT)
    QTest.keyClick(bench.timeline.findChild(QComboBox, "speedComboBox"), Qt.Key.Key_End)
    assert bench.said == [("loopEdited", True), ("loopEdited", False), ("speedEdited", math.inf)]
    bench.said.clear()
    bench.timeline.set_loop(True)
    bench.timeline.set_speed(2.0)
    assert bench.said == []
    assert bench.button("Loop").isChecked()


def test_play_becomes_pause(bench):
    assert bench.button("Play").accessibleName() == "Play"
    before = bench.button("Play").grab().toImage()
    bench.timeline.set_playing(True)
    assert bench.button("Play").accessibleName() == "Pause"
    assert bench.button("Play").grab().toImage() != before
    bench.timeline.set_playing(False)
    assert bench.button("Play").grab().toImage() == before


def test_there_is_nowhere_to_go_beyond_the_ends(bench):
    names = ("First", "StepBack", "StepForward", "Last")
    for stop, enabled in ((0, "0011"), (30, "1111"), (60, "1100")):
        bench.timeline.set_position(stop)
        assert "".join(str(int(bench.button(name).isEnabled())) for name in names) == enabled


def test_the_empty_and_the_busy_state(bench):
    bench.timeline.clear()
    empty = bench.bar.grab().toImage()
    bench.timeline.set_growing(True)
    busy = bench.bar.grab().toImage()
    assert empty != busy
    assert bench.readout == ""
    for name in ("First", "StepBack", "Play", "StepForward", "Last", "Loop"):
        assert not bench.button(name).isEnabled()
    bench.press(300)
    bench.release(300)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(bench.timeline, key)
    assert bench.said == []


def test_wheel_takes_half_steps_and_small_angles_add_up(bench):
    for angle in (-120, 240, -30, -30, -30, -30):
        middle = QPointF(bench.bar.rect().center())
        event = QWheelEvent(
            middle, middle, QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(bench.bar, event)
    assert bench.said == [("stepRequested", 1), ("stepRequested", -2), ("stepRequested", 1)]


def accent_columns(bench: Bench) -> list[int]:
    picture = bench.bar.grab().toImage()
    highlight = scheme_palette(dark=False).highlight().color()
    return [x for x in range(picture.width()) if picture.pixelColor(x, GROOVE_Y) == highlight]


@pytest.mark.parametrize(("stop", "fraction"), [(0, 0.0), (3, 0.0), (16, 0.0), (31, 0.5), (60, 0)])
def test_the_handle_is_where_the_stop_is(bench, stop, fraction):
    bench.timeline.set_position(stop, fraction)
    columns = accent_columns(bench)
    here = bench.bar.scale.x_of(stop)
    there = bench.bar.scale.x_of(stop + 1) if stop < 60 else here
    expected = here + fraction * (there - here)
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(expected, abs=1)


def test_assignments_are_ticks_and_updates_gaps(bench):
    bench.timeline.set_position(0)
    picture = bench.bar.grab().toImage()
    surface = scheme_palette(dark=False).window().color()

    def inked(stop: int) -> bool:
        x = bench.x(stop)
        return any(picture.pixelColor(x + d, 25) != surface for d in (-1, 0, 1))

    for n in range(22):
        assert inked(16 + 2 * n)
        assert not inked(17 + 2 * n)


def test_a_mark_is_painted_and_says_what_happened(bench):
    def marked(stop: int) -> bool:
        picture = bench.bar.grab().toImage()
        surface = scheme_palette(dark=False).window().color()
        return picture.pixelColor(bench.x(stop), 7) != surface

    assert marked(16 + 22)
    assert not marked(16 + 20)
    assert bench.bar.tip_at(bench.x(38) + 3) == "Iteration 11: 3 clusters split, 3 dropped"
    assert bench.bar.tip_at(bench.x(30)) == "Iteration 7 of 22 · assign"
    bench.timeline.set_timeline(16, 22, {}, "draws")
    assert not marked(38)
    # one for an iteration that is not there yet waits
    bench.timeline.set_timeline(16, 5, {9: "later"}, "draws")
    bench.bar.grab()


def test_more_to_come_can_be_seen(bench):
    before = bench.bar.grab().toImage()
    bench.timeline.set_growing(True)
    after = bench.bar.grab().toImage()
    end = round(bench.bar.scale.left + bench.bar.scale.width)
    changed = [
        x
        for x in range(before.width())
        if any(before.pixel(x, y) != after.pixel(x, y) for y in range(before.height()))
    ]
    assert changed
    assert min(changed) > end


def test_themes(bench, qapp):
    light = bench.bar.grab().toImage()
    apply_theme(qapp, "dark")
    dark = bench.bar.grab().toImage()
    assert light.pixelColor(1, 1).lightness() > 200
    assert dark.pixelColor(1, 1).lightness() < 60
    tick = dark.pixelColor(bench.x(60), 25)
    assert max(dark.pixelColor(bench.x(60) + d, 25).lightness() for d in (-1, 0, 1)) > 120, tick
    apply_theme(qapp, "light")


def test_focus_can_be_seen(bench):
    bench.timeline.findChild(QComboBox, "speedComboBox").setFocus()
    without = bench.bar.grab().toImage()
    bench.bar.setFocus()
    assert bench.bar.grab().toImage() != without


def test_a_drag_ends_when_the_run_goes_away(bench: Bench) -> None:
    bench.timeline.set_timeline(4, 10, {})
    bench.press(bench.x(9))
    bench.timeline.clear()
    assert bench.said[-1] == ("scrubFinished",)
    QTest.mouseRelease(bench.bar, LEFT, pos=QPoint(bench.x(9), GROOVE_Y))
    bench.timeline.set_timeline(4, 10, {})
    bench.timeline.set_position(20)
    assert bench.timeline.stop() == 20


# -- marks that lie close together ---------------------------------------------------------------

CTRL = Qt.KeyboardModifier.ControlModifier
MARK_Y = 7


@given(st.sets(st.integers(0, 400)), st.floats(0.05, 40), st.floats(1, 30))
def test_every_event_is_in_one_mark_and_marks_are_apart(iterations, each, least):
    events = {n: f"event {n}" for n in iterations}
    marks = gathered(events, lambda n: 5 + each * n, least)
    assert [event for mark in marks for event in mark.events] == sorted(events.items())
    assert [mark.x for mark in marks] == [5 + each * mark.events[0][0] for mark in marks]
    assert all(b.x - a.x >= least for a, b in itertools.pairwise(marks))
    assert all(5 + each * n - mark.x < least for mark in marks for n, _ in mark.events)


def dense(bench: Bench) -> None:
    """Two events far from each other, and between them dozens that nothing tells apart."""
    events = {3: "first", **{n: f"move {n}" for n in range(100, 131)}, 290: "last"}
    bench.timeline.set_timeline(16, 300, events, "draws")


def test_dense_events_are_few_marks_and_all_can_be_read(bench):
    dense(bench)
    bench.timeline.set_position(0)
    marks = bench.bar.marks
    assert sum(len(mark.events) for mark in marks) == 33
    assert all(b.x - a.x >= 9 for a, b in itertools.pairwise(marks))
    picture = bench.bar.grab().toImage()
    surface = scheme_palette(dark=False).window().color()
    row = [picture.pixelColor(x, MARK_Y) != surface for x in range(picture.width())]
    shapes = sum(now and not before for before, now in itertools.pairwise(row))
    assert shapes == len(marks) < 15
    group = marks[1]
    assert len(group.events) > 3
    lines = bench.bar.tip_at(group.x).splitlines()
    assert lines[0] == f"{len(group.events)} events"
    assert lines[1] == "Iteration 100: move 100"
    assert bench.bar.tip_at(marks[0].x) == "Iteration 3: first"


def test_a_long_list_in_a_tip_is_cut_short(bench):
    bench.timeline.set_timeline(0, 5000, {n: f"move {n}" for n in range(100, 120)})
    assert bench.bar.tip_at(bench.bar.marks[0].x).splitlines() == [
        "20 events",
        *(f"Iteration {n}: move {n}" for n in range(100, 105)),
        "… and 15 more, up to iteration 119",
    ]


def test_a_group_looks_different_from_one_event(bench):
    bench.timeline.set_timeline(16, 300, {100: "a", 200: "b", 201: "c"})
    picture = bench.bar.grab().toImage()
    one, group = (round(mark.x) for mark in bench.bar.marks)
    surface = scheme_palette(dark=False).window().color()
    inked = [
        sum(picture.pixelColor(x, y) != surface for y in range(11)) for x in (one + 3, group + 3)
    ]
    assert inked[1] > inked[0]


def test_clicks_on_a_mark_go_from_one_of_its_events_to_the_next(bench):
    dense(bench)
    bench.timeline.set_position(0)
    group = bench.bar.marks[1]
    numbers = [n for n, _ in group.events]
    for n in [*numbers, numbers[0]]:
        bench.said.clear()
        QTest.mouseClick(bench.bar, LEFT, pos=QPoint(round(group.x) + 2, MARK_Y))
        assert bench.said == [("scrubStarted",), ("stopEdited", 16 + 2 * n), ("scrubFinished",)]
        assert bench.timeline.stop() == 16 + 2 * n
    # below the marks a click goes where it lands
    bench.said.clear()
    bench.press(bench.x(16 + 2 * 102 + 1))
    bench.release(bench.x(16 + 2 * 102 + 1))
    assert ("stopEdited", bench.bar.scale.stop_at(bench.x(16 + 2 * 102 + 1))) in bench.said


def test_a_hand_that_trembles_stays_on_the_mark_and_one_that_drags_leaves_it(bench):
    dense(bench)
    x = round(bench.bar.marks[1].x) + 2
    QTest.mousePress(bench.bar, LEFT, pos=QPoint(x, MARK_Y))
    for d in (1, 3, -2, 0):
        bench.move(x + d)
    assert bench.timeline.stop() == 16 + 2 * 100
    bench.move(x + 60)
    assert bench.timeline.stop() == bench.bar.scale.stop_at(x + 60)
    bench.move(x + 1)
    assert bench.timeline.stop() == bench.bar.scale.stop_at(x + 1)
    bench.release(x)


def test_ctrl_and_arrows_go_from_event_to_event(bench):
    bench.timeline.set_timeline(16, 22, {4: "a", 5: "b", 11: "c"}, "draws")
    bench.timeline.set_position(0)
    stops = [16 + 2 * n for n in (4, 5, 11)]
    for stop in stops:
        bench.said.clear()
        bench.key(Qt.Key.Key_Right, CTRL)
        assert bench.said == [("stopEdited", stop)]
    bench.said.clear()
    bench.key(Qt.Key.Key_Right, CTRL)
    assert bench.said == []
    # from the glide that leads away from it, back is to the event itself
    bench.timeline.set_position(stops[2], 0.5)
    for _ in stops:
        bench.key(Qt.Key.Key_Left, CTRL)
    assert bench.said == [("stopEdited", stop) for stop in reversed(stops)]


def test_an_event_that_is_still_to_come_is_not_gone_to(bench):
    bench.timeline.set_timeline(16, 5, {4: "a", 9: "later"}, "draws")
    bench.timeline.set_position(0)
    for _ in range(2):
        bench.key(Qt.Key.Key_Right, CTRL)
    assert bench.said == [("stopEdited", 24)]
    assert len(bench.bar.marks) == 1


# -- something else is on show -------------------------------------------------------------------


def handle_colors(bench: Bench, stop: int) -> set[bool]:
    """Whether the middle of the handle is grey."""
    picture = bench.bar.grab().toImage()
    color = picture.pixelColor(bench.x(stop), GROOVE_Y)
    return {max(color.getRgb()[:3]) - min(color.getRgb()[:3]) < 8}


@pytest.mark.parametrize("locked", [False, True])
def test_a_preview_takes_the_place_of_the_readout(bench, locked):
    bench.timeline.set_timeline(16, 22, {4: "a"})
    bench.timeline.set_position(30)
    before, width = bench.readout, bench.timeline.minimumSizeHint()
    assert handle_colors(bench, 30) == {False}
    bench.timeline.set_preview("Preview of k = 256", locked=locked)
    assert bench.readout == "Preview of k = 256"
    assert handle_colors(bench, 30) == {True}
    # the run may go on meanwhile
    bench.timeline.set_position(31)
    bench.timeline.set_timeline(16, 24, {4: "a"})
    assert bench.readout == "Preview of k = 256"
    assert bench.button("Play").isEnabled() is not locked
    assert bench.button("First").isEnabled() is not locked
    bench.said.clear()
    bench.press(bench.x(20))
    bench.release(bench.x(20))
    bench.key(Qt.Key.Key_Left)
    assert bool(bench.said) is not locked
    assert bench.timeline.minimumSizeHint() == width
    bench.timeline.set_position(30)
    bench.timeline.set_preview("")
    assert bench.readout == before.replace("22", "24")
    assert handle_colors(bench, 30) == {False}
    assert bench.button("Play").isEnabled()


def test_a_drag_ends_where_the_timeline_is_locked(bench):
    bench.timeline.set_timeline(16, 22, {})
    bench.press(bench.x(20))
    bench.timeline.set_preview("Preview of k = 9", locked=True)
    assert bench.said[-1] == ("scrubFinished",)
    bench.said.clear()
    bench.move(bench.x(30))
    assert bench.said == []


# -- narrow windows ------------------------------------------------------------------------------


def test_the_sentence_of_the_empty_state_is_there_in_whole(bench, qtbot):
    bench.window.resize(744, 80)
    qtbot.waitUntil(lambda: bench.window.width() == 744)
    for growing in (False, True):
        bench.timeline.set_growing(growing)
        bench.timeline.clear()
        sentence, room = bench.bar._sentence, bench.bar.width() - 32
        metrics = QFontMetrics(bench.bar._label_font())
        assert metrics.horizontalAdvance(sentence) <= room


def label_columns(bench: Bench) -> list[int]:
    """Columns with ink between the start of the bar and the number of iteration 0."""
    picture = bench.bar.grab().toImage()
    surface = scheme_palette(dark=False).window().color()
    end = int(bench.bar.scale.iterations_left) - 5
    rows = range(30, picture.height())
    return [x for x in range(end) if any(picture.pixelColor(x, y) != surface for y in rows)]


@pytest.mark.parametrize(
    ("stages", "iterations", "width", "shown"),
    [(16, 13, 1200, True), (16, 13, 720, True), (2, 300, 1200, False), (1, 300, 720, False)],
)
def test_the_name_of_the_seeding_is_there_in_whole_or_not_at_all(
    bench, qtbot, stages, iterations, width, shown
):
    bench.timeline.set_timeline(stages, iterations, {})
    bench.timeline.set_position(60)
    bench.window.resize(width, 80)
    qtbot.waitUntil(lambda: bench.window.width() == width)
    QApplication.processEvents()
    columns = label_columns(bench)
    text = bench.bar.fontMetrics().horizontalAdvance("Seeding") * 0.9
    if shown:
        assert columns[-1] - columns[0] == pytest.approx(text, abs=6)
        # clear of the number of iteration 0
        assert columns[-1] < bench.bar.scale.iterations_left - 5
    else:
        assert columns == []


def test_a_narrow_timeline_gives_its_room_to_the_bar(bench, qtbot):
    label = bench.timeline.findChild(QLabel, "speedLabel")
    assert label.isVisible()
    bench.window.resize(720, 80)
    qtbot.waitUntil(lambda: not label.isVisible())
    bench.window.resize(1200, 80)
    qtbot.waitUntil(label.isVisible)


@pytest.mark.parametrize("stages", [16, 100, 240])
def test_stages_are_dots_that_can_be_told_apart(bench, stages):
    bench.timeline.set_timeline(stages, 22, {})
    bench.timeline.set_position(stages + 44)
    picture = bench.bar.grab().toImage()
    surface = scheme_palette(dark=False).window().color()
    row = [
        picture.pixelColor(x, 25) != surface for x in range(int(bench.bar.scale.iterations_left))
    ]
    starts = [x for x, (before, now) in enumerate(itertools.pairwise(row)) if now and not before]
    room = int(bench.bar.scale.seeding_width / 8)
    assert min(stages, room) <= len(starts) <= stages
    assert min(b - a for a, b in itertools.pairwise(starts)) >= 3


def test_the_sentence_of_the_empty_state_can_be_read(bench):
    bench.timeline.clear()
    assert not bench.bar.isEnabled()
    painted = as_array(bench.bar.grab().toImage())[..., :3].astype(float) / 255
    # WCAG 2.1
    linear = np.where(painted <= 0.04045, painted / 12.92, ((painted + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    assert (luminance[0, 0] + 0.05) / (luminance[24:].min() + 0.05) >= 4.5
