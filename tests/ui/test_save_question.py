"""Where things go that are exported: never over something else without a question."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from colorquant_gui.session.animation import AnimationSettings
from colorquant_gui.ui import dialogs
from colorquant_gui.ui.preferences import Preferences
from tests.pictures import photo
from tests.ui.whole_window import child, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(photo(height=24, width=32)).save(path)
    return path


@pytest.fixture
def window(qtbot: QtBot, picture: Path) -> Iterator[MainWindow]:
    with whole_window(qtbot, [picture]) as window:
        session_of(window).advisor.pause()
        yield window


class Person:
    """Answers the file dialog with a name, and questions with yes or no."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, path: Path, *, yes: bool = False) -> None:
        self.suggested: list[str] = []
        self.asked: list[tuple[str, str]] = []

        def choose(_parent: object, _title: str, suggestion: str, filters: str) -> tuple[str, str]:
            self.suggested.append(suggestion)
            return str(path), filters.split(";;")[0]

        def asking(question: str) -> object:
            def ask(_parent: object, file: Path | str, *_: object) -> bool:
                self.asked.append((question, Path(file).name))
                return yes

            return ask

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        for question in ("confirm_replace", "confirm_overwrite_source", "confirm_other_format"):
            monkeypatch.setattr(dialogs, question, asking(question))


def export(window: MainWindow, qtbot: QtBot, what: str) -> None:
    if what == "view":
        view = window.color_space
        qtbot.waitUntil(lambda: not view.render_image(1, False).isNull(), timeout=10_000)
        view.saveViewRequested.emit(1, False)
    elif what == "chart":
        window.charts.exportRequested.emit("inertia")
    elif what == "animation":
        trigger(window, "exportAnimation")
        button = child(window, QPushButton, "animationExportButton")
        qtbot.waitUntil(button.isEnabled, timeout=10_000)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        trigger(window, {"history": "exportHistory", "result": "saveAs"}[what])


def told(window: MainWindow, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: window.notifications.message() != "", timeout=10_000)
    text: str = window.notifications.message()
    return text


@pytest.mark.parametrize("what", ["view", "chart", "history", "result"])
@pytest.mark.parametrize("yes", [False, True], ids=["no", "yes"])
def test_a_name_that_gets_an_ending_replaces_nothing_unasked(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    what: str,
    yes: bool,
) -> None:
    ending = ".csv" if what == "history" else ".png"
    there = tmp_path / f"mine{ending}"
    there.write_bytes(b"mine")
    person = Person(monkeypatch, tmp_path / "mine", yes=yes)
    export(window, qtbot, what)
    assert person.asked == [("confirm_replace", there.name)]
    if yes:
        assert told(window, qtbot) == f"Saved {there.name}"
        assert there.stat().st_size > 100
    else:
        qtbot.wait(20)
        assert (there.read_bytes(), window.notifications.message()) == (b"mine", "")


@pytest.mark.parametrize("what", ["view", "chart", "result"])
def test_the_open_picture_is_asked_about_once_more(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, picture: Path, what: str
) -> None:
    before = picture.read_bytes()
    person = Person(monkeypatch, picture)
    export(window, qtbot, what)
    assert person.asked == [("confirm_overwrite_source", "photo.png")]
    qtbot.wait(20)
    assert picture.read_bytes() == before


@pytest.mark.parametrize("what", ["view", "chart", "history", "result"])
def test_a_name_that_becomes_too_long_is_a_sentence(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    picture: Path,
    what: str,
) -> None:
    # the disk takes 255 bytes; with an ending there are more
    Person(monkeypatch, tmp_path / ("n" * 253))
    export(window, qtbot, what)
    assert told(window, qtbot).endswith("could not be saved: the name is too long.")
    assert list(tmp_path.iterdir()) == [picture]


@pytest.mark.parametrize("what", ["view", "chart", "history", "result"])
def test_a_picture_with_a_long_name_gets_suggestions_that_a_disk_takes(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    long = tmp_path / ("é" * 125 + ".png")
    Image.fromarray(photo(1, height=24, width=32)).save(long)
    session = session_of(window)
    session.open(long)
    qtbot.waitUntil(
        lambda: session.source is not None and session.source.name == long.name, timeout=10_000
    )
    qtbot.waitUntil(lambda: session.encoded is not None, timeout=10_000)
    person = Person(monkeypatch, tmp_path / "unused")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *a: person.suggested.append(a[2]) or ("", "")
    )
    export(window, qtbot, what)
    (suggestion,) = person.suggested
    name = suggestion.rpartition("/")[2]
    assert name.startswith("é" * 80)
    assert len(name.encode()) <= 255


@contextmanager
def pressing(words: str) -> Iterator[list[str]]:
    """Press a button of each question that comes, by the mouse; what was asked."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.isVisible():
            asked.append(f"{box.text()} {box.informativeText()}")
            button = next(b for b in box.buttons() if b.text().replace("&", "") == words)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    timer = QTimer(interval=20)
    timer.timeout.connect(press)
    timer.start()
    yield asked
    timer.stop()


OTHER_ENDINGS = [
    ("view", "b.gif", "PNG", "b.png"),
    ("chart", "b.gif", "PNG, SVG or CSV", "b.png"),
    ("history", "b.PNG", "CSV or JSON", "b.csv"),
    ("result", "b.webp", "PNG", "b.png"),
    ("animation", "b.png", "GIF", "b.gif"),
    ("animation", "b.mp4", "GIF", "b.gif"),
]


@pytest.mark.parametrize(("what", "typed", "formats", "saved"), OTHER_ENDINGS)
@pytest.mark.parametrize("yes", [False, True], ids=["no", "yes"])
def test_the_ending_of_another_format_gives_way_once_that_is_agreed_to(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    picture: Path,
    what: str,
    typed: str,
    formats: str,
    saved: str,
    yes: bool,
) -> None:
    Preferences().put_options("animation", asdict(AnimationSettings(seconds=1.0, pace="length")))
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda *a: (str(tmp_path / typed), a[3].split(";;")[0]),
    )
    kind = saved.rpartition(".")[2].upper()
    with pressing(f"Save as {kind}" if yes else "Cancel") as asked:
        export(window, qtbot, what)
        qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    (question,) = asked
    assert question == (
        f"“{typed}” can't be written: this is saved as {formats}. "
        f"It can be saved as “{saved}” instead."
    )
    if yes:
        qtbot.waitUntil(lambda: window.notifications.message() == f"Saved {saved}", timeout=30_000)
    expected = {picture, tmp_path / saved} if yes else {picture}
    assert set(tmp_path.iterdir()) == expected


@pytest.mark.parametrize("what", ["view", "chart", "history", "result", "animation"])
def test_a_dot_that_is_no_format_is_a_part_of_the_name(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    picture: Path,
    what: str,
) -> None:
    Preferences().put_options("animation", asdict(AnimationSettings(seconds=1.0, pace="length")))
    person = Person(monkeypatch, tmp_path / "b.v2")
    export(window, qtbot, what)
    ending = {"history": "csv", "animation": "gif"}.get(what, "png")
    qtbot.waitUntil(
        lambda: window.notifications.message() == f"Saved b.v2.{ending}", timeout=30_000
    )
    assert set(tmp_path.iterdir()) == {picture, tmp_path / f"b.v2.{ending}"}
    assert person.asked == []


@pytest.mark.parametrize("what", ["chart", "result"])
@pytest.mark.parametrize("typed", ["b.", "b..", "b..gif"])
def test_dots_at_the_end_of_a_name_are_not_doubled(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    picture: Path,
    what: str,
    typed: str,
) -> None:
    Person(monkeypatch, tmp_path / typed, yes=True)
    export(window, qtbot, what)
    qtbot.waitUntil(lambda: window.notifications.message() == "Saved b.png", timeout=30_000)
    assert set(tmp_path.iterdir()) == {picture, tmp_path / "b.png"}


@pytest.mark.parametrize(
    ("format_name", "called"),
    [("gif", "GIF"), ("webp", "Animated WebP"), ("apng", "Animated PNG")],
)
def test_an_animation_is_called_what_it_is_and_not_what_its_ending_says(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    picture: Path,
    format_name: str,
    called: str,
) -> None:
    settings = AnimationSettings(seconds=1.0, pace="length", format=format_name)
    Preferences().put_options("animation", asdict(settings))
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *a: (str(tmp_path / "b.mp4"), a[3].split(";;")[0])
    )
    with pressing("Cancel") as asked:
        export(window, qtbot, "animation")
        qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    (question,) = asked
    assert question.startswith(f"“b.mp4” can't be written: this is saved as {called}. ")
    assert set(tmp_path.iterdir()) == {picture}


def test_without_a_picture_there_is_no_view_to_save(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    person = Person(monkeypatch, tmp_path / "unused")
    trigger(window, "close")
    window.color_space.saveViewRequested.emit(1, False)
    assert told(window, qtbot) == "There is no picture to save a view of."
    assert person.suggested == []
