"""What panels say while there is nothing to show, and how a file is named that can't be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from colorquant_gui.session import RunState
from tests.pictures import photo
from tests.ui.whole_window import child, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    Image.fromarray(photo()).save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


@pytest.fixture
def window(qtbot: QtBot, picture: Path) -> Iterator[MainWindow]:
    with whole_window(qtbot, [picture]) as made:
        yield made


def name_field(window: MainWindow) -> str:
    field = child(window, QLabel, "nameField")
    # the whole text is in the tooltip where it is cut
    return field.toolTip() or field.text()


def test_without_a_picture_the_status_bar_says_so(qtbot: QtBot, picture: Path) -> None:
    with whole_window(qtbot) as window:
        notes: list[str] = []
        original = window.palette_view.set_note
        window.palette_view.set_note = lambda text: (notes.append(text), original(text))  # type: ignore[method-assign]
        assert name_field(window) == "No picture"
        session = session_of(window)
        with qtbot.waitSignal(session.sourceChanged):
            session.open(picture)
            assert name_field(window) == "Opening photo.png…"
            assert notes[-1] == "Opening photo.png…"
        qtbot.waitUntil(lambda: session.result is not None)
        assert name_field(window) == "photo.png"
        assert "Finding the colours…" in notes


def test_a_failure_is_said_where_the_palette_and_the_method_are(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(window)
    note = child(window, QLabel, "methodNote")
    assert note.text() == ""
    state = [RunState.FAILED]
    monkeypatch.setattr(type(session), "state", property(lambda _: state[0]))
    session.runChanged.emit()
    assert "failed" in note.text()
    state[0] = RunState.CONVERGED
    session.runChanged.emit()
    assert note.text() == ""


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path, answer: str | None) -> list[str]:
    """Type a name in the dialog, then press a button of the question that follows."""
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    def reply(box: QMessageBox) -> int:
        asked.append(f"{box.text()} {box.informativeText()}")
        next(
            b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == answer
        ).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", reply)
    return asked


def test_a_gif_is_offered_as_png(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked = save_as(monkeypatch, tmp_path / "name.gif", "Save as PNG")
    with qtbot.waitSignal(session_of(window).saved):
        trigger(window, "saveAs")
    assert len(asked) == 1
    assert "“name.gif” can't be written" in asked[0]
    assert "“name.png”" in asked[0]
    assert [path.name for path in tmp_path.glob("name*")] == ["name.png"]
    # an existing file is still asked about
    asked = save_as(monkeypatch, tmp_path / "name.jpg", "Save as PNG")
    answers = iter(["Save as PNG", "Cancel"])

    def reply(box: QMessageBox) -> int:
        asked.append(box.text())
        wanted = next(answers)
        next(
            b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == wanted
        ).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", reply)
    trigger(window, "saveAs")
    assert "Replace “name.png”?" in asked[-1]


def test_who_wants_no_png_saves_nothing(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = save_as(monkeypatch, tmp_path / "name.webp", "Cancel")
    trigger(window, "saveAs")
    assert len(asked) == 1
    assert not session_of(window).is_saving
    assert list(tmp_path.glob("name*")) == []


def test_a_dot_that_is_no_format_is_a_part_of_the_name(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked = save_as(monkeypatch, tmp_path / "name.v2", None)
    with qtbot.waitSignal(session_of(window).saved):
        trigger(window, "saveAs")
    assert asked == []
    assert (tmp_path / "name.v2.png").exists()
