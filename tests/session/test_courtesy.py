"""The advisor is told to stand still while a person waits for something, and for no longer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Signal

from colorquant_gui.session import RunState, Settings
from colorquant_gui.session.courtesy import Courtesy
from colorquant_gui.session.settings_desk import SettingsDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


class Advisor(QObject):
    """Remembers what it was told last."""

    def __init__(self) -> None:
        super().__init__()
        self.stands_still = False

    def yield_to_user(self, busy: bool) -> None:
        self.stands_still = busy


class Bell(QObject):
    """Rings for others."""

    rung = Signal()


@pytest.fixture
def parts(qapp: QApplication) -> Iterator[Any]:
    bells = [Bell() for _ in range(5)]
    opened, ran, encoded, saved, played = (bell.rung for bell in bells)
    parts = SimpleNamespace(
        advisor=Advisor(),
        desk=SettingsDesk(Settings()),
        opener=SimpleNamespace(name="", nameChanged=opened),
        run=SimpleNamespace(
            state=RunState.IDLE,
            is_encoding=False,
            changed=ran,
            encodedChanged=encoded,
            playback=SimpleNamespace(is_playing=False, loops=False, stateChanged=played),
        ),
        saver=SimpleNamespace(is_busy=False, busyChanged=saved),
    )
    parts.courtesy = Courtesy(*vars(parts).values())
    yield parts
    for made in (parts.advisor, parts.desk, *bells):
        made.deleteLater()


def test_while_a_control_moves(parts: Any) -> None:
    parts.desk.begin_edit()
    assert parts.advisor.stands_still
    parts.desk.end_edit()
    assert not parts.advisor.stands_still


def test_while_a_picture_is_opened(parts: Any) -> None:
    for name in ("photo.jpg", ""):
        parts.opener.name = name
        parts.opener.nameChanged.emit()
        assert parts.advisor.stands_still == bool(name)


def test_while_it_runs_and_what_would_be_saved_is_encoded(parts: Any) -> None:
    for state in RunState:
        parts.run.state = state
        parts.run.changed.emit()
        assert parts.advisor.stands_still == (state is RunState.RUNNING)
    parts.run.state, parts.run.is_encoding = RunState.CONVERGED, True
    parts.run.changed.emit()
    assert parts.advisor.stands_still
    parts.run.is_encoding = False
    parts.run.encodedChanged.emit()
    assert not parts.advisor.stands_still


def test_while_something_is_saved(parts: Any) -> None:
    for busy in (True, False):
        parts.saver.is_busy = busy
        parts.saver.busyChanged.emit()
        assert parts.advisor.stands_still == busy


def test_while_a_run_is_played_and_nobody_looks_at_the_curve(parts: Any) -> None:
    parts.run.playback.is_playing = True
    parts.run.playback.stateChanged.emit()
    assert parts.advisor.stands_still
    parts.courtesy.set_watched(True)
    assert not parts.advisor.stands_still
    parts.courtesy.set_watched(False)
    assert parts.advisor.stands_still
    # what is played over and over is not waited for
    parts.run.playback.loops = True
    parts.run.playback.stateChanged.emit()
    assert not parts.advisor.stands_still
    parts.run.playback.loops = False
    parts.run.playback.stateChanged.emit()
    assert parts.advisor.stands_still
    parts.run.playback.is_playing = False
    parts.run.playback.stateChanged.emit()
    assert not parts.advisor.stands_still


def test_one_thing_after_another_is_one_wait(parts: Any) -> None:
    parts.opener.name = "photo.jpg"
    parts.desk.begin_edit()
    parts.desk.end_edit()
    assert parts.advisor.stands_still
