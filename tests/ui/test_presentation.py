"""The presentation: what is left of the window, the large figures, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)

from colorquant_gui.ui import presentation
from colorquant_gui.ui.panels.readout import Readout
from colorquant_gui.ui.theme import apply_theme, scheme_palette
from tests.pictures import photo
from tests.ui.painted import pixels
from tests.ui.whole_window import child, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    Image.fromarray(photo()).save(tmp_path / "photo.png")
    with whole_window(qtbot, [tmp_path / "photo.png"], advisor=False) as made:
        yield made


def docks(window: MainWindow) -> dict[str, bool]:
    return {dock.objectName(): dock.isVisible() for dock in window.findChildren(QDockWidget)}


def chrome(window: MainWindow) -> list[bool]:
    return [w.isVisible() for w in (window.menuBar(), window.tool_bar, window.status)]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
     (Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)],
)  # fmt: skip
def test_only_the_picture_and_its_colours_are_left_and_escape_brings_all_back(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    before, width = docks(window), window.canvas.width()
    assert chrome(window) == [True] * 3
    QTest.keyClick(window, key, modifier)
    assert chrome(window) == [False] * 3
    assert window.isFullScreen()
    assert docks(window)["colorSpaceDock"]
    assert not docks(window)["paletteDock"]
    assert not docks(window)["methodDock"]
    assert not any(
        bar.isVisible()
        for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    )
    assert window.readout.isVisible()
    assert window.canvas.hasFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert chrome(window) == [True] * 3
    assert not window.isFullScreen()
    assert not window.readout.isVisible()
    assert docks(window) == before
    assert abs(window.canvas.width() - width) <= 2


def test_a_full_screen_stays_one_afterwards(window: MainWindow) -> None:
    trigger(window, "fullScreen")
    trigger(window, "presentation")
    trigger(window, "presentation")
    assert window.isFullScreen()
    assert chrome(window) == [True] * 3


def test_the_figures_are_those_of_the_status_bar_and_can_be_set(window: MainWindow) -> None:
    result = session_of(window).result
    assert result is not None
    trigger(window, "presentation")
    entries = dict(window.readout.entries())
    assert entries["k"] == "16"
    assert entries["MSE"] == f"{result.mse:.1f}"
    window.set_presentation_readout([("Iteration", "7 of 22"), ("MSE", "")])
    assert window.readout.entries() == [("Iteration", "7 of 22")]
    assert window.readout.accessibleDescription() == "Iteration 7 of 22"


def heights_over_space(window: MainWindow) -> list[int]:
    names = ("spaceGizmo", "pixelsToggle", "spaceCombo", "spacePhase", "spaceStatus")
    found = [child(window, QWidget, name) for name in names]
    # glyphs of the legend are drawn, its letters and those of captions are text
    return [found[0].height(), *(one.fontMetrics().height() for one in found[1:])]


def test_the_words_over_the_colour_space_are_large_as_well(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = window.color_space
    qtbot.waitUntil(lambda: window.findChild(QWidget, "spaceViewport") is not None)

    def heights() -> list[int]:
        return heights_over_space(window)

    def numbers() -> float:
        return view._scene.style.font.pointSizeF()

    before, size = heights(), numbers()
    trigger(window, "presentation")
    qtbot.waitUntil(window.isFullScreen)
    assert numbers() == pytest.approx(1.7 * size)
    for large, usual in zip(heights(), before, strict=True):
        assert large > 1.35 * usual
    trigger(window, "presentation")
    assert heights() == before
    assert numbers() == size


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The program, to be dressed otherwise for a while."""
    font = qapp.font()
    yield qapp
    qapp.setFont(font)
    apply_theme(qapp, "light")


@pytest.mark.parametrize(
    "change",
    [
        lambda app: apply_theme(app, "dark"),
        lambda app: app.setPalette(scheme_palette(dark=True)),
        lambda app: app.setStyleSheet(app.styleSheet() + " "),
    ],
    ids=["theme", "palette", "style"],
)
def test_the_words_over_the_colour_space_stay_large_in_another_theme(
    app: QApplication,
    window: MainWindow,
    qtbot: QtBot,
    change: Callable[[QApplication], None],
) -> None:
    qtbot.waitUntil(lambda: window.findChild(QWidget, "spaceViewport") is not None)
    scene = window.color_space._scene
    usual, size = heights_over_space(window), scene.style.font.pointSizeF()
    trigger(window, "presentation")
    qtbot.waitUntil(window.isFullScreen)
    large = heights_over_space(window)
    assert all(one > 1.35 * other for one, other in zip(large, usual, strict=True))
    change(app)
    # what a change of style leaves to do comes with the events after it
    qtbot.wait(1)
    assert scene.style.font.pointSizeF() == pytest.approx(1.7 * size)
    assert heights_over_space(window) == large
    trigger(window, "presentation")
    assert heights_over_space(window) == usual
    assert scene.style.font.pointSizeF() == size


def test_the_words_over_the_colour_space_follow_the_font_of_the_program(
    app: QApplication, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.findChild(QWidget, "spaceViewport") is not None)
    trigger(window, "presentation")
    qtbot.waitUntil(window.isFullScreen)
    font = app.font()
    font.setPointSizeF(1.25 * font.pointSizeF())
    app.setFont(font)
    apply_theme(app, "light")
    scene = window.color_space._scene
    assert scene.style.font.pointSizeF() == pytest.approx(1.7 * font.pointSizeF())


def open_options(window: MainWindow, qtbot: QtBot) -> QWidget:
    """The colour space's panel of options, opened by a click."""
    panel: QWidget = child(window, QWidget, "spaceOptions")
    button = child(window, QWidget, "viewOptionsButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.isVisible)
    qtbot.waitUntil(lambda: panel.layout().geometry().size() == panel.contentsRect().size())
    return panel


def worded(panel: QWidget) -> list[QWidget]:
    """What has words in a panel."""
    kinds = (QLabel, QCheckBox, QComboBox, QPushButton)
    found: list[QWidget] = [one for kind in kinds for one in panel.findChildren(kind)]
    return [one for one in found if one.isVisibleTo(panel)]


def cut(panel: QWidget) -> list[QWidget]:
    """What has less room than its words take, or reaches out of the panel."""
    return [
        one
        for one in worded(panel)
        if one.width() < one.minimumSizeHint().width()
        or one.height() < one.fontMetrics().height()
        or not panel.rect().contains(QRect(one.mapTo(panel, QPoint()), one.size()))
    ]


def test_the_options_of_the_colour_space_are_large_as_well(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = open_options(window, qtbot)
    assert len(worded(panel)) > 15
    before = [one.fontMetrics().height() for one in worded(panel)]
    size = panel.size()
    assert cut(panel) == []
    panel.close()
    trigger(window, "presentation")
    qtbot.waitUntil(window.isFullScreen)
    assert open_options(window, qtbot) is panel
    after = [one.fontMetrics().height() for one in worded(panel)]
    assert all(large > 1.35 * usual for large, usual in zip(after, before, strict=True))
    assert cut(panel) == []
    assert panel.screen().availableGeometry().contains(panel.geometry())
    assert not panel.findChild(QScrollArea).verticalScrollBar().isVisible()
    combo = child(panel, QComboBox, "colorModeCombo")
    combo.showPopup()
    assert combo.view().fontMetrics().height() == combo.fontMetrics().height()
    combo.hidePopup()
    panel.close()
    trigger(window, "presentation")
    assert open_options(window, qtbot).size() == size
    assert [one.fontMetrics().height() for one in worded(panel)] == before
    panel.close()


def test_options_that_have_no_room_are_scrolled(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger(window, "presentation")
    qtbot.waitUntil(window.isFullScreen)
    room = QRect(0, 0, 500, 300)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: room)
    panel = open_options(window, qtbot)
    assert room.contains(panel.geometry())
    first = child(panel, QWidget, "pixelsCheck")
    slider = child(panel, QWidget, "clipSlider2")

    def is_seen(widget: QWidget) -> bool:
        return widget.visibleRegion().boundingRect() == widget.rect()

    assert is_seen(first)
    assert not is_seen(slider)
    handle = slider.handles()[1]
    for _ in range(40):
        if panel.focusWidget() is handle:
            break
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    assert panel.focusWidget() is handle
    assert is_seen(handle)
    assert not is_seen(first)
    panel.close()


def test_space_shows_the_original_also_from_the_colour_space(
    window: MainWindow, qtbot: QtBot
) -> None:
    trigger(window, "modeResult")
    trigger(window, "presentation")
    qtbot.waitUntil(lambda: window.findChild(QWidget, "spaceViewport") is not None)
    for widget in (window.canvas, child(window, QWidget, "spaceViewport")):
        result = pixels(window.canvas)
        QTest.keyPress(widget, Qt.Key.Key_Space)
        assert not np.array_equal(pixels(window.canvas), result)
        QTest.keyRelease(widget, Qt.Key.Key_Space)
        assert np.array_equal(pixels(window.canvas), result)


def test_a_pixel_that_is_pointed_at_is_not_called_the_run(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "presentation")
    run = dict(window.readout.entries())["Run"]
    assert run.startswith("Converged")
    QTest.mouseMove(window.canvas, window.canvas.rect().center())
    QTest.mouseMove(window.canvas, window.canvas.rect().center() + QPoint(9, 9))
    qtbot.waitUntil(lambda: "#" in dict(window.readout.entries()).get("Pixel", ""))
    assert "Run" not in dict(window.readout.entries())
    QApplication.sendEvent(window.canvas, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: dict(window.readout.entries()).get("Run") == run)
    trigger(window, "presentation")


def test_the_cursor_hides_while_it_rests(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presentation, "_CURSOR_MS", 60)
    Image.fromarray(photo()).save(tmp_path / "photo.png")
    with whole_window(qtbot, [tmp_path / "photo.png"], advisor=False) as window:
        trigger(window, "presentation")

        def is_hidden() -> bool:
            cursor = QGuiApplication.overrideCursor()
            return cursor is not None and cursor.shape() is Qt.CursorShape.BlankCursor

        qtbot.waitUntil(is_hidden)
        QTest.mouseMove(window.canvas, QPoint(50, 60))
        QTest.mouseMove(window.canvas, QPoint(70, 90))
        qtbot.waitUntil(lambda: not is_hidden())
        qtbot.waitUntil(is_hidden)
        trigger(window, "presentation")
        assert QGuiApplication.overrideCursor() is None


def test_closing_the_window_ends_it_first(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "presentation")
    window.close()
    with whole_window(qtbot) as again:
        assert chrome(again) == [True] * 3
        assert docks(again)["paletteDock"]


# -- the figures ---------------------------------------------------------------------------------


def inked(readout: Readout) -> np.ndarray:
    """Columns and rows that have ink in them."""
    seen = pixels(readout).astype(int)
    return np.abs(seen - seen[0, 0]).max(axis=2) > 60


def test_figures_are_a_twentieth_of_the_window_high_and_shrink_to_fit(qtbot: QtBot) -> None:
    readout = Readout()
    qtbot.addWidget(readout)
    readout.set_entries([("k", "16"), ("MSE", "1,232.0")])
    readout.set_window_height(1080)
    readout.resize(1920, readout.sizeHint().height())
    readout.show()
    rows = np.flatnonzero(inked(readout)[:, :120].any(axis=1))
    # the digits of a font are about 0.73 of its size high
    digits = np.diff(np.flatnonzero(np.diff(rows, prepend=-9) > 2)).max(initial=0)
    assert max(digits, len(rows)) > 0.04 * 1080
    assert not inked(readout)[:, -8:].any()
    readout.set_entries([("Run", "W" * 60)])
    QTest.qWait(20)
    ink = np.flatnonzero(inked(readout).any(axis=0))
    assert 1500 < ink[-1] < 1920 - 16


def test_a_shorter_figure_leaves_its_neighbours_where_they_are(qtbot: QtBot) -> None:
    readout = Readout()
    qtbot.addWidget(readout)
    readout.resize(1200, readout.sizeHint().height())
    readout.show()
    readout.set_entries([("MSE", "1,232.0"), ("k", "8")])
    before = np.flatnonzero(inked(readout).any(axis=0))[-1]
    readout.set_entries([("MSE", "9.1"), ("k", "8")])
    assert np.flatnonzero(inked(readout).any(axis=0))[-1] == before
