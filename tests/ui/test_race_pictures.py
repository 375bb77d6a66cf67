"""The race when another picture is opened, and what becomes of picks then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from colorquant_gui.core import ColorHistogram
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.session import PICKS
from colorquant_gui.session.race import Runner
from tests.ui.race_beside import BLUE, GREEN, LEFT, RED, SECOND, Beside, race_beside
from tests.ui.whole_window import trigger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def beside(qtbot: QtBot, tmp_path: Path) -> Iterator[Beside]:
    with race_beside(qtbot, tmp_path) as beside:
        yield beside


def test_a_picture_opened_while_picking_is_raced_for_at_once(beside: Beside) -> None:
    beside.choose_picks(2)
    beside.pick(RED, GREEN)
    beside.open(SECOND)
    assert not beside.window.pick_page.isVisible()
    beside.wait()
    beside.at_end()
    for number in (0, 1):
        assert beside.shows(number, SECOND)
        assert beside.child(f"raceAdopt{number}").isEnabled()
    assert beside.race.tracks[2].steps == []
    assert not beside.child("raceAdopt2").isEnabled()
    assert "The 2 colours picked here were for another picture" in beside.message(2)
    assert "Pick again" in beside.message(2)
    assert beside.text("racePicks2") == "Pick Again…"
    assert "The colours of runner 3 were for another picture" in beside.text("raceSentence")
    assert beside.text("raceCurve2Name") == "My picks"
    assert beside.text("raceCurve2Value") == "–"


def test_colours_of_another_picture_can_be_kept(beside: Beside) -> None:
    beside.choose_picks(2)
    beside.pick(RED, GREEN)
    beside.open(SECOND)
    beside.wait()
    beside.click("racePicks2")
    assert beside.window.pick_page.picks() == (RED, GREEN)
    assert "picked in another picture" in beside.text("racePickHint")
    beside.click("racePickDone")
    assert beside.message(2) == ""
    beside.wait()
    start = start_from_picks(ColorHistogram.from_rgb(SECOND), [RED, GREEN], 6)
    assert np.array_equal(beside.race.tracks[2].steps[0].centroids, start)
    assert beside.text("racePicks2") == "2 of 6…"
    assert "runner" not in beside.text("raceSentence")


def test_colours_of_another_picture_can_be_dropped(beside: Beside) -> None:
    beside.choose_picks(2)
    beside.pick(RED)
    beside.click("racePickDone")
    beside.open(SECOND)
    beside.wait()
    assert "The colour picked here was for another picture" in beside.message(2)
    beside.click("racePicks2")
    beside.click("racePickClear")
    assert beside.text("racePickHint").startswith("Click up to 6 colours")
    beside.click("racePickDone")
    assert beside.message(2) == "Pick colours to start from"
    assert beside.text("racePicks2") == "Pick…"
    assert "Runner 3 has no colours yet" in beside.text("raceSentence") or beside.race.is_running


def test_picks_are_offered_whichever_way_the_picture_changes(beside: Beside) -> None:
    beside.choose_picks(2)
    beside.pick(RED, BLUE)
    beside.click("racePickDone")
    assert not beside.window.pick_page.isVisible()
    beside.wait()
    # another picture, while they are being changed, and none at all
    beside.click("racePicks2")
    beside.pick(GREEN)
    trigger(beside.main, "close")
    assert not beside.window.pick_page.isVisible()
    assert "Open a picture" in beside.text("raceSentence")
    assert not beside.child("racePicks2").isEnabled()
    assert beside.message(2) == ""
    beside.open(SECOND)
    beside.wait()
    assert "The 3 colours" in beside.message(2)
    assert beside.window.runners()[2] == Runner(PICKS, 1, (), (RED, BLUE, GREEN))


@pytest.mark.parametrize("standing", ["playing", "paused", "stopped", "scrubbing"])
def test_a_picture_in_mid_race_begins_another(beside: Beside, standing: str) -> None:
    bar = beside.child("raceBar")
    beside.playback.seek(0)
    if standing == "playing":
        QTest.keyClick(bar, Qt.Key.Key_Space)
        assert beside.playback.is_playing
    elif standing == "stopped":
        beside.presenter.start()
        beside.click("raceStop")
        assert "Stopped" in beside.text("raceSentence")
    elif standing == "scrubbing":
        QTest.mousePress(bar, LEFT, pos=bar.rect().center())
    tracks = beside.race.tracks
    beside.open(SECOND)
    assert beside.race.tracks is not tracks
    # the new race is shown from its start, whatever the old one did
    assert beside.playback.is_playing
    beside.wait()
    if standing == "scrubbing":
        QTest.mouseRelease(bar, LEFT, pos=bar.rect().center())
    beside.at_end()
    assert all(beside.shows(number, SECOND) for number in range(3))
    assert bar.value() == bar.maximum() == beside.playback.length


def test_a_picture_without_visible_pixels_offers_nothing_to_pick(beside: Beside) -> None:
    beside.choose_picks(0)
    beside.open(np.zeros((48, 64, 4), np.uint8), "nothing.png")
    assert "fully transparent" in beside.text("raceSentence")
    assert not beside.window.pick_page.isVisible()
    assert not beside.child("racePicks0").isEnabled()
    assert beside.message(0) == ""
    # a choice is heeded, and leads nowhere where nothing can be picked
    seeding = beside.child("raceSeeding1")
    seeding.setFocus()
    QTest.keyClick(seeding, Qt.Key.Key_End)
    assert not beside.window.pick_page.isVisible()
    assert "fully transparent" in beside.text("raceSentence")
    beside.open(SECOND)
    beside.wait()
    assert [beside.message(number) for number in range(3)] == ["Pick colours to start from"] * 2 + [
        ""
    ]
    assert beside.text("raceSentence").startswith("Random pixels, seed 1 ends at MSE")
    assert "Runners 1 and 2 have no colours" in beside.text("raceSentence")


def test_where_nobody_is_ready_it_says_what_starts_the_race(beside: Beside) -> None:
    beside.click("raceRemove1")
    for number in (0, 1):
        beside.choose_picks(number)
        QTest.keyClick(beside.window.pick_page.canvas, Qt.Key.Key_Escape)
    assert beside.text("raceSentence").startswith("No runner has colours for this picture yet")
    assert not beside.race.is_running
    visible = [
        widget.text()
        for kind in (QLabel, QAbstractButton)
        for widget in beside.window.findChildren(kind)
        if widget.isVisible()
    ]
    visible.append(beside.window.chart.chart._stage.sentence)
    # nothing speaks of a button that is not there
    assert not beside.child("raceStart").isVisible()
    assert not any("Start" in text for text in visible)
    beside.click("racePicks1")
    beside.pick(BLUE)
    QTest.keyClick(beside.window.pick_page.canvas, Qt.Key.Key_Return)
    beside.wait()
    assert beside.text("raceSentence").startswith("My picks (1) ends at MSE")
    assert not beside.window.columns[1].badge.isVisible()
    assert beside.text("raceCurve1Note") == ""


def test_who_waits_can_be_removed_or_take_another_seeding(beside: Beside) -> None:
    beside.choose_picks(1)
    beside.pick(RED)
    beside.open(SECOND)
    beside.wait()
    beside.click("raceRemove1")
    beside.wait()
    assert [track.runner.seeding for track in beside.race.tracks] == ["wu", "random"]
    assert "runner" not in beside.text("raceSentence")
    beside.choose_picks(0)
    QTest.keyClick(beside.window.pick_page.canvas, Qt.Key.Key_Escape)
    assert beside.message(0) == "Pick colours to start from"
    seeding = beside.child("raceSeeding0")
    seeding.setFocus()
    QTest.keyClick(seeding, Qt.Key.Key_Home)
    assert beside.message(0) == ""
    beside.wait()
    assert beside.race.tracks[0].steps


def test_who_waits_is_not_counted_among_those_that_run(beside: Beside) -> None:
    beside.choose_picks(1)
    QTest.keyClick(beside.window.pick_page.canvas, Qt.Key.Key_Escape)
    beside.wait()
    beside.presenter.start()
    assert beside.text("raceSentence") == "Running: 0 of 2 have ended…"
    beside.click("raceRemove0")
    beside.wait()
    beside.presenter.start()
    assert beside.text("raceSentence") == "Running…"
    beside.wait()
    assert beside.text("raceSentence").startswith("Random pixels, seed 1 ends at MSE")


def test_the_colour_space_of_who_waits_says_so_too(beside: Beside) -> None:
    beside.choose_picks(0)
    beside.pick(RED, GREEN)
    beside.open(SECOND)
    beside.wait()
    beside.click("raceSpaces")

    def says(number: int) -> bool:
        labels = beside.window.columns[number].space.findChildren(QLabel)
        return any(label.isVisible() and "picked here" in label.text() for label in labels)

    assert [says(number) for number in range(3)] == [True, False, False]
    # and no longer when there is something to see
    beside.click("racePicks0")
    beside.click("racePickDone")
    beside.wait()
    assert not says(0)
