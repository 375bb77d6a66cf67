"""The welcome: what is there before a picture is, and how it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from colorquant_gui.ui.canvas import Canvas
from colorquant_gui.ui.canvas.welcome import Welcome
from colorquant_gui.ui.resources import sample_names, sample_path, sample_title
from tests.pictures import photo
from tests.ui.noise_canvas import open_noise
from tests.ui.painted import pixels
from tests.ui.whole_window import child, converge, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(800, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with whole_window(qtbot) as made:
        yield made


def thumbnail(parent: QWidget, name: str) -> QAbstractButton:
    return child(parent, QAbstractButton, f"sampleButton-{name.partition('.')[0]}")


def test_every_sample_has_a_thumbnail_that_shows_it(canvas: Canvas) -> None:
    assert sample_names() == ["flower.jpg", "pixel-art.png", "sunset.jpg"]
    for name in sample_names():
        button = thumbnail(canvas, name)
        assert button.isVisible()
        assert button.text() == sample_title(name)
        assert sample_title(name) in button.accessibleName()
        shown = pixels(button)[4:106, 4:156].astype(float)
        with Image.open(sample_path(name)) as picture:
            expected = np.asarray(picture.convert("RGBA").resize((152, 102)), float)
        solid = expected[..., 3] > 250
        # the corners are round
        solid[:8, :8] = solid[:8, -8:] = solid[-8:, :8] = solid[-8:, -8:] = False
        assert np.abs(shown - expected[..., :3])[solid].mean() < 12


def test_a_click_or_enter_on_a_thumbnail_asks_for_that_sample(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.sampleRequested) as asked:
        QTest.mouseClick(thumbnail(canvas, "sunset.jpg"), LEFT)
    assert asked.args == ["sunset.jpg"]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(canvas.sampleRequested) as asked:
            QTest.keyClick(thumbnail(canvas, "pixel-art.png"), key)
        assert asked.args == ["pixel-art.png"]


def test_tab_goes_from_open_through_the_samples(canvas: Canvas, qtbot: QtBot) -> None:
    opener = child(canvas, QPushButton, "openButton")
    opener.setFocus()
    qtbot.waitUntil(opener.hasFocus)
    reached = []
    for _ in sample_names():
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [thumbnail(canvas, name) for name in sample_names()]
    accent = canvas.palette().color(QPalette.ColorRole.Highlight).getRgb()[:3]
    last = pixels(reached[-1])
    assert tuple(last[50, 2]) == accent
    assert not np.any(np.all(pixels(reached[0]) == accent, axis=2))


def test_there_are_three_hints_and_none_is_cut_off(canvas: Canvas) -> None:
    texts = [label for label in canvas.findChildren(QLabel) if label.wordWrap()]
    assert len(texts) == 3
    for label in texts:
        assert label.isVisible()
        assert label.heightForWidth(label.width()) <= label.height(), label.text()


@pytest.mark.parametrize(
    ("size", "samples", "hints"),
    [((800, 640), True, True), ((400, 380), True, False), ((300, 160), False, False)],
)
def test_what_has_no_room_is_left_out(
    canvas: Canvas, size: tuple[int, int], samples: bool, hints: bool
) -> None:
    canvas.resize(*size)
    QApplication.processEvents()
    assert thumbnail(canvas, "flower.jpg").isVisible() is samples
    shown = [label.isVisible() for label in canvas.findChildren(QLabel) if label.wordWrap()]
    assert shown == [hints] * 3
    assert child(canvas, QPushButton, "openButton").isVisible()
    welcome = child(canvas, Welcome, "emptyState")
    for widget in welcome.findChildren(QAbstractButton):
        if widget.isVisible():
            corner = widget.mapTo(canvas, widget.rect().bottomRight())
            assert canvas.rect().contains(widget.mapTo(canvas, widget.rect().topLeft()))
            assert canvas.rect().contains(corner), widget.objectName()


def test_it_comes_back_over_a_picture_and_escape_ends_it(canvas: Canvas, qtbot: QtBot) -> None:
    welcome, back = (
        child(canvas, Welcome, "emptyState"),
        child(canvas, QPushButton, "welcomeCloseButton"),
    )
    assert not back.isVisible()
    open_noise(canvas, 300, 400)
    canvas.set_zoom(8)  # so that it covers everything
    picture = pixels(canvas)
    assert not welcome.isVisible()
    for leave in (
        lambda: QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape),
        lambda: QTest.mouseClick(back, LEFT),
    ):
        canvas.set_welcome(True)
        assert welcome.isVisible()
        assert back.isVisible()
        assert child(canvas, QPushButton, "openButton").hasFocus()
        # nothing of the picture shines through
        assert len(np.unique(pixels(canvas)[2:14, 2:-2])) == 1
        leave()
        assert not welcome.isVisible()
        assert canvas.hasFocus()
    canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    assert np.array_equal(pixels(canvas), picture)
    canvas.set_welcome(True)
    open_noise(canvas, 300, 400)
    assert not welcome.isVisible()


def test_the_window_begins_with_it_and_a_sample_opens(window: MainWindow, qtbot: QtBot) -> None:
    QTest.mouseClick(thumbnail(window, "pixel-art.png"), LEFT)
    converge(window, qtbot)
    session = session_of(window)
    assert session.source is not None
    assert session.source.name == "pixel-art.png"
    assert session.histogram is not None
    assert session.histogram.n_colors == 22
    assert not window.menus["recentMenu"].isEnabled()
    trigger(window, "welcome")
    assert child(window, Welcome, "emptyState").isVisible()


def test_every_sample_is_in_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    entries = window.menus["sampleMenu"].actions()
    assert [entry.text() for entry in entries] == ["Flower", "Pixel art", "Sunset"]
    entries[1].trigger()
    converge(window, qtbot)
    source = session_of(window).source
    assert source is not None
    assert source.name == "pixel-art.png"


def test_closing_a_picture_goes_back_to_it(qtbot: QtBot, tmp_path: Path) -> None:
    Image.fromarray(photo()).save(tmp_path / "photo.png")
    with whole_window(qtbot, [tmp_path / "photo.png"]) as window:
        welcome = child(window, Welcome, "emptyState")
        assert not welcome.isVisible()
        QTest.keyClick(window.canvas, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(welcome.isVisible)
        assert session_of(window).source is None
        for key in ("close", "presentation", "save", "zoom200", "zoomFit"):
            assert not window.actions_by_key[key].isEnabled(), key
        assert not window.zoom.isEnabled()
        assert window.zoom.currentText() == ""
