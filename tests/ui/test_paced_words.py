"""What is said of half-steps that go by quickly can be read, and at rest it is of what is shown."""

from __future__ import annotations

import time
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from colorquant_gui.session import StopKind
from colorquant_gui.ui import paced_words
from colorquant_gui.ui.panels.explanation import ExplanationBar
from tests.pictures import photo
from tests.ui.whole_window import child, converge, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.session import Frame
    from colorquant_gui.ui.main_window import MainWindow

FOR_EVER = 10_000_000


class Stage:
    """A window with a run of some stops, and what was said at each frame of it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.session = session_of(window)
        self.session.advisor.pause()
        self.session.set("k", k=6, seeding="kmeans++", seed=3)
        converge(window, qtbot)
        self.playback = self.session.playback
        self.label = child(window, QLabel, "explanationText")
        self.heard: list[tuple[int, str]] = []
        self.playback.frameChanged.connect(self._hear)
        self.bar = child(window, QWidget, "timelineBar")

    def _hear(self, frame: Frame) -> None:
        self.heard.append((frame.stop.index, self.label.text()))

    def play(self, speed: float) -> None:
        """Play from the start, by the key of the timeline."""
        self.playback.set_speed(speed)
        self.playback.seek(0)
        self.qtbot.waitUntil(lambda: bool(self.heard) and self.heard[-1][0] == 0)
        self.heard.clear()
        self.bar.setFocus()
        QTest.keyClick(self.bar, Qt.Key.Key_Space)
        assert self.playback.is_playing

    def wait_for_stop(self, stop: int) -> None:
        self.qtbot.waitUntil(lambda: bool(self.heard) and self.heard[-1][0] >= stop, timeout=20_000)

    @property
    def said(self) -> set[str]:
        return {text for _, text in self.heard}

    def text_of(self, stop: int) -> str:
        """What is said of a stop that is gone to, when all about it is known."""
        self.playback.seek(self.session.history.stops - 1)
        self.playback.seek(stop)
        self.qtbot.wait(300)
        text: str = self.label.text()
        return text


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    monkeypatch.setattr(paced_words, "_HOLD_MS", request.param)
    milliseconds: int = request.param
    return milliseconds


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, hold: int) -> Iterator[Stage]:
    Image.fromarray(photo(height=48, width=64)).save(tmp_path / "photo.png")
    with whole_window(qtbot, [tmp_path / "photo.png"]) as window:
        yield Stage(window, qtbot)


@pytest.mark.parametrize("hold", [FOR_EVER], indirect=True)
@pytest.mark.parametrize("end", ["pause", "step"])
def test_a_fast_run_is_explained_slowly_until_it_rests(stage: Stage, end: str) -> None:
    assert stage.session.history.stops > 10
    stage.play(8.0)
    stage.wait_for_stop(6)
    # no frame since the first new sentence was told with another
    assert len(stage.said) <= 2
    before = stage.label.text()
    if end == "pause":
        QTest.keyClick(stage.bar, Qt.Key.Key_Space)
    else:
        trigger(stage.window, "stepForward")
    assert not stage.playback.is_playing
    stop = stage.playback.stop
    stage.qtbot.waitUntil(lambda: stage.label.text() != before)
    stage.qtbot.wait(300)
    said = stage.label.text()
    # centroids that were stopped on their way are told with the half-step that they are in
    near = [stop] if end == "step" else [stop, stop + 1]
    assert said in [stage.text_of(each) for each in near]


@pytest.mark.parametrize("hold", [FOR_EVER], indirect=True)
def test_at_the_end_what_came_out_is_said_at_once(stage: Stage) -> None:
    stage.play(8.0)
    stage.qtbot.waitUntil(lambda: not stage.playback.is_playing, timeout=60_000)
    assert stage.playback.is_at_end
    stage.qtbot.waitUntil(lambda: "Rounded to 8 bits" in stage.label.text())


@pytest.mark.parametrize("hold", [FOR_EVER], indirect=True)
def test_up_to_twice_the_speed_each_half_step_is_told_as_it_comes(stage: Stage) -> None:
    stage.play(2.0)
    stage.wait_for_stop(4)
    assert len(stage.said) >= 3


@pytest.mark.parametrize("hold", [250], indirect=True)
def test_sentences_change_no_faster_than_they_are_held_and_the_newest_wins(stage: Stage) -> None:
    told: list[tuple[float, str]] = []
    write = stage.label.setText

    def hear(text: str) -> None:
        if text != stage.label.text():
            told.append((time.monotonic(), text))
        write(text)

    stage.label.setText = hear
    stage.play(8.0)
    stage.qtbot.waitUntil(lambda: len(told) >= 4 or not stage.playback.is_playing, timeout=60_000)
    moments = [moment for moment, _ in told[1:4]]
    assert len(moments) == 3
    if stage.playback.is_playing:
        QTest.keyClick(stage.bar, Qt.Key.Key_Space)
    gaps = [after - before for before, after in pairwise(moments)]
    assert min(gaps) >= 0.24
    del stage.label.setText
    # of the stages that went by meanwhile nothing was said
    kinds = [stop.kind for stop in map(stage.session.history.stop, range(6))]
    assert kinds == [StopKind.SEEDING] * 6
    stages = [text for _, text in told if text.startswith(("Centroid", "The first"))]
    assert len(stages) < 6


@pytest.mark.parametrize("hold", [100], indirect=True)
def test_of_what_comes_meanwhile_the_newest_is_said(qtbot: QtBot, hold: int) -> None:
    bar = ExplanationBar()
    qtbot.addWidget(bar)
    told: list[str] = []
    write = bar.set_text

    def hear(text: str, *args: object, **named: object) -> None:
        told.append(text)
        write(text, *args, **named)

    bar.set_text = hear
    playback = SimpleNamespace(is_playing=True, speed=4.0)
    words = paced_words.PacedWords(bar, playback, bar)
    for text in ("first", "second", "third"):
        words.say(text, f"formula of the {text}")
    assert bar.text() == "first"
    formula = child(bar, QLabel, "explanationFormulaText")
    assert formula.text() == "formula of the first"
    qtbot.waitUntil(lambda: bar.text() == "third", timeout=5000)
    assert told == ["first", "third"]
    assert formula.text() == "formula of the third"
    # what is said in place of a moment comes at once, and nothing after it
    words.say("fourth")
    words.say_now("There is nothing to do.")
    qtbot.wait(2 * hold)
    assert told[2:] == ["There is nothing to do."]
