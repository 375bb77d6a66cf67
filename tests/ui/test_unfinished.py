"""Closing the window while something is being written: it is finished first, or dropped whole."""

from __future__ import annotations

import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton

from colorquant_gui.core import IndexedImage
from colorquant_gui.core.errors import SaveError
from colorquant_gui.session import fit_jobs
from colorquant_gui.session.animation import AnimationSettings
from colorquant_gui.ui.animation_export import AnimationExport
from colorquant_gui.ui.preferences import Preferences
from tests.pictures import photo
from tests.ui.export_gate import Gate
from tests.ui.whole_window import child, converge, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


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
def later_gate(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """For an export that is yet to begin."""
    gate = Gate(monkeypatch)
    yield gate
    gate.opened.set()
    # a window that waits for it does not close before
    qtbot.waitUntil(lambda: window.findChild(QDialog, "animationProgress") is None, timeout=20_000)


@pytest.fixture
def gate(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    later_gate: Gate,
) -> Gate:
    """An export of some frames that is under way, at its second one."""
    begin_export(window, qtbot, monkeypatch, folder)
    qtbot.waitUntil(later_gate.held.is_set, timeout=10_000)
    return later_gate


def begin_export(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    settings = AnimationSettings(seconds=1.0, pace="length", size="original", fps=10)
    Preferences().put_options("animation", asdict(settings))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(folder / "film.gif"), a[3]))
    trigger(window, "exportAnimation")
    button = child(window, QPushButton, "animationExportButton")
    qtbot.waitUntil(button.isEnabled, timeout=10_000)
    QTest.mouseClick(button, LEFT)


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


def begin_save(window: MainWindow, folder: Path) -> None:
    """Have a save wait for a run that does not end before somebody lets it."""
    session = session_of(window)
    session.set("Change k", k=9)
    session.save(folder / "late.png")
    assert session.is_saving


@pytest.fixture
def slow_run(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Runs have their results when this is set."""
    opened, run = threading.Event(), fit_jobs.FitRequest.run

    def hold(self: Any, deliver: Any, cancelled: Any) -> None:
        def late(payload: object) -> None:
            while isinstance(payload, IndexedImage) and not (opened.wait(0.01) or cancelled()):
                pass
            deliver(payload)

        run(self, late, cancelled)

    monkeypatch.setattr(fit_jobs.FitRequest, "run", hold)
    yield opened
    opened.set()


def test_who_cancels_the_save_meanwhile_stays(
    window: MainWindow, qtbot: QtBot, slow_run: threading.Event, folder: Path
) -> None:
    begin_save(window, folder)
    window.close()
    assert window.isVisible()
    assert window.notifications.message() == "Saving, then closing…"
    (button,) = [
        button
        for button in window.notifications.findChildren(QPushButton)
        if button.isVisible() and button.text() == "Cancel"
    ]
    QTest.mouseClick(button, LEFT)
    assert not session_of(window).is_saving
    assert window.notifications.message() == "Not saved: ColorQuant stays open."
    slow_run.set()
    converge(window, qtbot)
    assert window.isVisible()
    # a later save is no reason to close
    with qtbot.waitSignal(session_of(window).saved):
        session_of(window).save(folder / "other.png")
    qtbot.wait(50)
    assert window.isVisible()
    assert names(folder) == {"photo.png", "other.png"}
    # it is as if it had never been closed
    assert window.close()


def test_a_save_cancelled_beside_an_export_keeps_the_window(
    window: MainWindow, qtbot: QtBot, gate: Gate, slow_run: threading.Event, folder: Path
) -> None:
    begin_save(window, folder)
    window.close()
    assert announced(window)
    session_of(window).cancel_save()
    assert not announced(window)
    gate.opened.set()
    qtbot.waitUntil((folder / "film.gif").exists, timeout=20_000)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "animationProgress") is None)
    qtbot.wait(50)
    assert window.isVisible()
    assert names(folder) == {"photo.png", "film.gif"}


def test_what_the_run_has_to_say_as_an_export_ends_keeps_nothing_open(
    window: MainWindow, qtbot: QtBot, gate: Gate, folder: Path
) -> None:
    session = session_of(window)
    # right behind the end of the export, before the window has taken it in
    for said in (session.run.resultChanged, session.run.encodedChanged):
        export_of(window).finished.connect(said)
    window.close()
    assert window.isVisible()
    gate.opened.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert names(folder) == {"photo.png", "film.gif"}


def test_who_closes_again_is_not_told_that_it_stays(
    window: MainWindow, slow_run: threading.Event, folder: Path
) -> None:
    begin_save(window, folder)
    window.close()
    window.close()
    assert not window.isVisible()
    assert window.notifications.message() == "Saving, then closing…"
    assert names(folder) == {"photo.png"}


def test_an_export_that_is_cancelled_as_a_save_ends_keeps_the_window(
    window: MainWindow, qtbot: QtBot, gate: Gate, folder: Path
) -> None:
    export_of(window).finished.connect(lambda _: session_of(window).saved.emit(folder / "a.png"))
    window.close()
    QTest.mouseClick(child(window, QPushButton, "animationProgressCancelButton"), LEFT)
    qtbot.wait(50)
    assert window.isVisible()


def test_an_export_that_begins_while_a_save_is_waited_for_says_that_the_window_closes(
    window: MainWindow, qtbot: QtBot, later_gate: Gate, slow_run: threading.Event, folder: Path
) -> None:
    begin_save(window, folder)
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: session_of(window).history.stops > 0, timeout=20_000)
    export_of(window).start(AnimationSettings(seconds=1.0, pace="length"), folder / "film.gif")
    assert announced(window)
    slow_run.set()
    qtbot.waitUntil(lambda: not session_of(window).is_saving, timeout=20_000)
    qtbot.wait(50)
    assert window.isVisible()
    later_gate.opened.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert names(folder) == {"photo.png", "late.png", "film.gif"}


def test_an_export_that_begins_after_all_was_cancelled_does_not(
    window: MainWindow, qtbot: QtBot, gate: Gate, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.close()
    QTest.mouseClick(child(window, QPushButton, "animationProgressCancelButton"), LEFT)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "animationProgress") is None)
    begin_export(window, qtbot, monkeypatch, folder)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "animationProgress") is not None)
    assert not announced(window)


def export_of(window: MainWindow) -> AnimationExport:
    export = window.findChild(AnimationExport)
    assert export is not None
    return export
