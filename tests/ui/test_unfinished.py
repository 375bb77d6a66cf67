"""Closing the window while something is being written: it is finished first, or dropped whole."""

from __future__ import annotations

import threading
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton

from colorquant_gui.core.errors import SaveError
from colorquant_gui.session import animation_job
from colorquant_gui.session.animation import AnimationSettings
from colorquant_gui.ui.preferences import Preferences
from tests.pictures import photo
from tests.ui.whole_window import child, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


class Gate:
    """Holds an export after its first frame, with the file begun, until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held = threading.Event()
        self.opened = threading.Event()
        self.failure: SaveError | None = None
        write = animation_job.save_animation

        def save(animation: Any, *args: Any, cancelled: Any, **kwargs: Any) -> None:
            def frames() -> Iterator[Image.Image]:
                for number, frame in enumerate(animation.frames):
                    if number == 1:
                        self.held.set()
                        while not self.opened.wait(0.01) and not cancelled():
                            pass
                        if self.failure is not None:
                            raise self.failure
                    yield frame

            held = replace(animation, frames=frames())
            write(held, *args, cancelled=cancelled, **kwargs)

        monkeypatch.setattr(animation_job, "save_animation", save)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.fromarray(photo(height=24, width=32)).save(tmp_path / "photo.png")
    return tmp_path


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    with whole_window(qtbot, [folder / "photo.png"]) as window:
        session_of(window).advisor.pause()
        yield window


@pytest.fixture
def gate(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> Iterator[Gate]:
    """An export of some frames that is under way, at its second one."""
    gate = Gate(monkeypatch)
    settings = AnimationSettings(seconds=1.0, pace="length", size="original", fps=10)
    Preferences().put_options("animation", asdict(settings))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(folder / "film.gif"), a[3]))
    trigger(window, "exportAnimation")
    button = child(window, QPushButton, "animationExportButton")
    qtbot.waitUntil(button.isEnabled, timeout=10_000)
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(gate.held.is_set, timeout=10_000)
    yield gate
    gate.opened.set()
    # a window that waits for it does not close before
    qtbot.waitUntil(lambda: window.findChild(QDialog, "animationProgress") is None, timeout=20_000)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def announced(window: MainWindow) -> bool:
    label = child(window, QLabel, "animationProgressClosing")
    assert label.text().startswith("ColorQuant closes when this is done.")
    shown: bool = label.isVisible()
    return shown


def test_closing_during_an_export_finishes_it_first(
    window: MainWindow, qtbot: QtBot, gate: Gate, folder: Path
) -> None:
    # what is half written has another name
    assert "film.gif" not in names(folder)
    assert not announced(window)
    window.close()
    assert window.isVisible()
    assert announced(window)
    assert window.notifications.message() == "Exporting, then closing…"
    gate.opened.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert names(folder) == {"photo.png", "film.gif"}
    with Image.open(folder / "film.gif") as film:
        assert film.size == (32, 24)
        film.seek(film.n_frames - 1)
        film.load()


def test_closing_again_drops_the_export_and_leaves_nothing_behind(
    window: MainWindow, gate: Gate, folder: Path
) -> None:
    window.close()
    assert window.isVisible()
    window.close()
    assert not window.isVisible()
    assert names(folder) == {"photo.png"}


def test_who_cancels_the_export_meanwhile_stays(
    window: MainWindow, qtbot: QtBot, gate: Gate, folder: Path
) -> None:
    window.close()
    QTest.mouseClick(child(window, QPushButton, "animationProgressCancelButton"), LEFT)
    qtbot.waitUntil(lambda: names(folder) == {"photo.png"}, timeout=10_000)
    qtbot.wait(50)
    assert window.isVisible()
    assert window.notifications.message() == "Cancelled: film.gif"
    # it is as if it had never been closed
    assert window.close()


def test_an_export_that_fails_while_closing_keeps_the_window(
    window: MainWindow, qtbot: QtBot, gate: Gate, folder: Path
) -> None:
    window.close()
    gate.failure = SaveError("film.gif could not be saved: the disk is full.")
    gate.opened.set()
    qtbot.waitUntil(lambda: "the disk is full" in window.notifications.message(), timeout=10_000)
    qtbot.wait(50)
    assert window.isVisible()
    assert names(folder) == {"photo.png"}


def test_a_save_and_an_export_are_both_waited_for(
    window: MainWindow, qtbot: QtBot, gate: Gate, folder: Path
) -> None:
    session = session_of(window)
    session.set("Change k", k=9)
    session.save(folder / "late.png")
    window.close()
    qtbot.waitUntil(lambda: not session.is_saving, timeout=20_000)
    assert (folder / "late.png").exists()
    qtbot.wait(50)
    assert window.isVisible()
    assert announced(window)
    gate.opened.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert names(folder) == {"photo.png", "late.png", "film.gif"}


def test_a_save_that_fails_says_that_the_window_stays(
    window: MainWindow, qtbot: QtBot, gate: Gate, folder: Path
) -> None:
    session_of(window).save(folder / "gone" / "late.png")
    window.close()
    qtbot.waitUntil(lambda: not announced(window), timeout=20_000)
    gate.opened.set()
    qtbot.waitUntil((folder / "film.gif").exists, timeout=20_000)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "animationProgress") is None)
    qtbot.wait(50)
    assert window.isVisible()
