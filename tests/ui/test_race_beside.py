"""The race beside the main window: other settings, what is in use, and who has the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt

from colorquant_gui.session import PICKS
from colorquant_gui.session.race import Runner
from colorquant_gui.session.race_playback import RaceFrame
from tests.ui.race_beside import BLUE, GREEN, RED, SECOND, Beside, race_beside
from tests.ui.whole_window import trigger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def beside(qtbot: QtBot, tmp_path: Path) -> Iterator[Beside]:
    with race_beside(qtbot, tmp_path) as beside:
        yield beside


# -- other settings ------------------------------------------------------------------------------


def test_another_k_while_picking_is_heeded_at_once(beside: Beside) -> None:
    beside.choose_picks(0)
    beside.pick(RED, GREEN, BLUE)
    page = beside.window.pick_page
    beside.session.set("k", k=2)
    assert beside.text("racePickHint") == "2 of 2 colours picked"
    assert len(page.swatches.swatch_rects()) == 2
    beside.session.set("k", k=4)
    assert beside.text("racePickHint").startswith("3 of 4 colours picked")
    assert len(page.swatches.swatch_rects()) == 3
    beside.session.set("k", k=2)
    # what is taken back is what is seen last
    beside.click("racePickUndo")
    assert page.picks() == (RED,)
    beside.pick(BLUE)
    beside.click("racePickDone")
    beside.wait()
    assert sorted(map(tuple, beside.race.tracks[0].steps[0].centroids.tolist())) == [BLUE, RED]
    assert beside.text("raceCurve0Name") == "My picks (2)"


def test_what_is_said_of_a_race_stays_true_until_there_is_another(beside: Beside) -> None:
    tracks = beside.race.tracks
    assert beside.text("raceMethod") == "6 colours · sRGB · Textbook"
    beside.session.set("k", k=3)
    assert beside.race.tracks is tracks
    assert beside.text("raceMethod") == "6 colours · sRGB · Textbook"
    beside.qtbot.waitUntil(lambda: beside.race.tracks is not tracks)
    assert beside.text("raceMethod") == "3 colours · sRGB · Textbook"
    beside.session.set("Colour Space", color_space="oklab")
    beside.wait()
    assert beside.text("raceMethod") == "3 colours · Oklab · Textbook"
    assert "MSE in Oklab" in beside.text("raceSentence")


def test_more_colours_than_the_picture_has(beside: Beside) -> None:
    rgb = np.empty((48, 64, 3), np.uint8)
    rgb[:24, :32], rgb[:24, 32:], rgb[24:] = RED, GREEN, BLUE
    beside.session.set("k", k=16)
    beside.open(rgb)
    beside.wait()
    assert beside.text("raceMethod").startswith("3 colours")
    beside.choose_picks(0)
    beside.pick(RED, GREEN, BLUE)
    assert beside.text("racePickHint") == "3 of 3 colours picked"
    beside.click("racePickDone")
    beside.wait()
    assert beside.text("raceSentence") == "All 3 end in the same minimum: MSE 0."


def test_one_colour_alone_can_be_picked(beside: Beside) -> None:
    beside.open(np.full((48, 64, 3), RED, np.uint8))
    beside.wait()
    beside.choose_picks(0)
    assert beside.text("racePickHint") == "Click a colour to start from"
    beside.pick(RED)
    assert beside.text("racePickHint") == "1 of 1 colour picked"
    beside.click("racePickDone")
    beside.wait()
    assert beside.text("raceSentence") == "All 3 end in the same minimum: MSE 0."


# -- what the picture has ------------------------------------------------------------------------


def test_what_is_in_use_is_seen_and_undone(beside: Beside) -> None:
    def told() -> list[str]:
        return [beside.text(f"raceAdopt{number}") for number in range(3)]

    # the picture has a run from Wu's start, but at Standard quality: not this one
    assert told() == ["Use This One"] * 3
    beside.click("raceAdopt0")
    assert told() == ["In Use", "Use This One", "Use This One"]
    beside.click("raceAdopt2")
    assert told() == ["Use This One", "Use This One", "In Use"]
    assert beside.child("raceAdopt2").accessibleName() == "Random pixels, seed 1 is in use"
    assert beside.child("raceAdopt0").accessibleName() == "Use Wu"
    tracks = beside.race.tracks
    beside.key(Qt.Key.Key_Z)
    assert told() == ["In Use", "Use This One", "Use This One"]
    beside.key(Qt.Key.Key_Z)
    assert told() == ["Use This One"] * 3
    beside.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    beside.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    assert told() == ["Use This One", "Use This One", "In Use"]
    assert beside.race.tracks is tracks
    # in another space nobody's run is that of the picture until there is another race
    beside.session.set("Colour Space", color_space="oklab")
    assert told() == ["Use This One"] * 3
    beside.wait()
    beside.qtbot.waitUntil(lambda: told() == ["Use This One", "Use This One", "In Use"])


def test_picks_in_use_are_those_that_were_clicked(beside: Beside) -> None:
    beside.choose_picks(1)
    beside.pick(RED, GREEN)
    beside.click("racePickDone")
    beside.wait()
    beside.click("raceAdopt1")
    assert beside.session.settings.picks == (RED, GREEN)
    assert beside.text("raceAdopt1") == "In Use"
    beside.click("racePicks1")
    beside.pick(BLUE)
    beside.click("racePickDone")
    beside.wait()
    assert beside.text("raceAdopt1") == "Use This One"
    # a picture that is opened keeps the settings; this race has no such runner
    beside.open(SECOND)
    beside.wait()
    assert "In Use" not in [beside.text(f"raceAdopt{number}") for number in range(3)]


def test_undo_while_picking_is_of_the_last_pick(beside: Beside) -> None:
    beside.click("raceAdopt1")
    settings = beside.session.settings
    beside.choose_picks(0)
    beside.pick(RED, GREEN)
    beside.key(Qt.Key.Key_Z)
    assert beside.window.pick_page.picks() == (RED,)
    beside.key(Qt.Key.Key_Z)
    beside.key(Qt.Key.Key_Z)
    beside.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    assert beside.window.pick_page.picks() == ()
    assert beside.session.settings == settings


# -- keys ----------------------------------------------------------------------------------------


def test_keys_play_the_race_without_a_click_before(beside: Beside) -> None:
    assert beside.playback.is_playing
    beside.press(Qt.Key.Key_Space)
    assert not beside.playback.is_playing
    assert beside.press(Qt.Key.Key_End).number == beside.playback.length
    assert beside.press(Qt.Key.Key_Left).number == beside.playback.length - 1
    assert beside.child("racePictures").isChecked()


@pytest.mark.parametrize("name", ["raceAdopt1", "raceMagnify", "raceSpaces", "racePictures"])
def test_a_click_leaves_the_keys_to_the_race(beside: Beside, name: str) -> None:
    beside.press(Qt.Key.Key_Home)
    beside.click(name)
    checked = beside.child(name).isChecked()
    settings = beside.session.settings
    assert beside.press(Qt.Key.Key_Right) == RaceFrame(1)
    assert beside.press(Qt.Key.Key_Right) == RaceFrame(2)
    beside.press(Qt.Key.Key_Space)
    assert beside.playback.is_playing
    assert beside.child(name).isChecked() == checked
    assert beside.session.settings == settings


@pytest.mark.parametrize("where", ["raceBar", "raceStepBack"])
def test_another_race_leaves_the_keys_where_they_play(beside: Beside, where: str) -> None:
    beside.press(Qt.Key.Key_End)
    beside.child(where).setFocus()
    beside.open(SECOND)
    beside.wait()
    assert beside.press(Qt.Key.Key_Home) == RaceFrame(0)
    assert beside.press(Qt.Key.Key_Right) == RaceFrame(1)


def test_after_done_the_keys_play_and_after_cancel_they_pick(beside: Beside) -> None:
    beside.choose_picks(0)
    beside.pick(RED)
    beside.click("racePickDone")
    beside.wait()
    beside.press(Qt.Key.Key_Space)
    assert not beside.window.pick_page.isVisible()
    assert beside.press(Qt.Key.Key_End).number == beside.playback.length
    beside.click("racePicks0")
    beside.click("racePickCancel")
    beside.press(Qt.Key.Key_Space)
    assert beside.window.pick_page.isVisible()


# -- closing -------------------------------------------------------------------------------------


def test_a_window_closed_while_picking_opens_with_the_race(beside: Beside) -> None:
    beside.choose_picks(0)
    beside.pick(RED)
    beside.window.close()
    trigger(beside.main, "race")
    assert not beside.window.pick_page.isVisible()
    beside.wait()
    assert beside.window.runners()[0] == Runner(PICKS)
    assert beside.message(0) == "Pick colours to start from"
