"""What the saver says, and when: as often as something changes, and no more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from colorquant_gui.core import quantize
from colorquant_gui.session import Settings, save_jobs
from colorquant_gui.session.saver import Saver
from tests.pictures import photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

RESULT = quantize(photo(height=12, width=16), 4)


@pytest.fixture
def saver(qapp: QApplication) -> Iterator[Saver]:
    saver = Saver()
    yield saver
    saver.close()
    saver.deleteLater()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What is written waits for this."""
    gate, write = threading.Event(), save_jobs.save_bytes_atomically

    def save(data: bytes, path: Path) -> None:
        gate.wait(10)
        write(data, path)

    monkeypatch.setattr(save_jobs, "save_bytes_atomically", save)
    yield gate
    gate.set()


def heard(saver: Saver) -> list[Any]:
    said: list[Any] = []
    saver.busyChanged.connect(said.append)
    saver.saved.connect(lambda path: said.append(path.name))
    saver.failed.connect(lambda _: said.append("failed"))
    saver.cancelled.connect(lambda: said.append("cancelled"))
    return said


def test_results_that_nobody_saves_are_nothing_to_speak_of(saver: Saver) -> None:
    said = heard(saver)
    for result, encoded in ((None, None), (RESULT, None), (RESULT, b"file"), (None, None)):
        saver.set_result(result, encoded)
    saver.set_settings(Settings(k=5))
    saver.give_up_waiting("nobody waits")
    assert said == []


def test_each_save_that_comes_and_goes_is_said_once(
    saver: Saver, qtbot: QtBot, gate: threading.Event, tmp_path: Path
) -> None:
    said = heard(saver)
    saver.save(tmp_path / "first.png", Settings())
    assert said == [True]
    saver.set_result(None)
    saver.set_result(RESULT)
    saver.set_result(RESULT, b"file")
    # it is being written now; another one waits
    saver.save(tmp_path / "second.png", Settings())
    assert said == [True, True]
    gate.set()
    qtbot.waitUntil(lambda: not saver.is_busy)
    assert said == [True, True, "first.png", True, "second.png", False]


def test_a_cancelled_save_is_said_once(saver: Saver, tmp_path: Path) -> None:
    said = heard(saver)
    saver.save(tmp_path / "first.png", Settings())
    saver.save(tmp_path / "second.png", Settings())
    said.clear()
    saver.cancel()
    assert said == [False, "cancelled"]
    saver.cancel()
    assert said == [False, "cancelled"]


def test_a_save_that_is_being_written_can_be_cancelled(
    saver: Saver, qtbot: QtBot, gate: threading.Event, tmp_path: Path
) -> None:
    saver.set_result(RESULT)
    saver.save(tmp_path / "late.png", Settings())
    said = heard(saver)
    saver.cancel()
    gate.set()
    qtbot.wait(50)
    assert said == [False, "cancelled"]


def test_what_is_given_up_for_a_reason_failed_and_was_not_cancelled(
    saver: Saver, tmp_path: Path
) -> None:
    saver.save(tmp_path / "late.png", Settings())
    said = heard(saver)
    saver.set_settings(Settings(k=5))
    assert said == ["failed", False]
