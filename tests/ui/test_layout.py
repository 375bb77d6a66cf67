"""Where docks are: at the first start, in small windows, and as they were remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow

from colorquant_gui.ui.docks import DockSpec
from colorquant_gui.ui.layout import Layout, fitting

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SPECS = (
    DockSpec("a", "A", "first", 300, takes_rest=True, is_presented=True),
    DockSpec("b", "B", "second", 100),
    DockSpec("c", "C", "third", 100, tab_of="b"),
    DockSpec("d", "D", "fourth", 60, low_tab_of="b"),
    DockSpec("e", "E", "fifth", 50, area=Qt.DockWidgetArea.BottomDockWidgetArea),
    DockSpec("f", "F", "sixth", 50, is_open=False),
)
LOW, HIGH = 600, 1000


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        for name in ("first", "second", "third", "fourth", "fifth", "sixth"):
            setattr(self, name, QLabel(name))
        self.setCentralWidget(QLabel("centre"))
        self.arranged = Layout(self, SPECS)

    def dock(self, name: str) -> QDockWidget:
        found = self.findChild(QDockWidget, name)
        assert found is not None
        return found

    def area(self, name: str) -> QRect:
        return self.dock(name).geometry()

    def tabs(self, name: str) -> set[str]:
        return {dock.objectName() for dock in self.tabifiedDockWidgets(self.dock(name))}


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.resize(1280, HIGH)
    made.show()
    qtbot.waitExposed(made)
    made.arranged.reset()
    qtbot.wait(20)
    return made


def resize(window: Window, qtbot: QtBot, width: int, height: int) -> None:
    window.resize(width, height)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == (width, height))
    qtbot.wait(20)


def test_docks_are_where_the_table_says(window: Window) -> None:
    assert window.area("a").bottom() < window.area("b").top()
    assert window.area("b").bottom() < window.area("d").top()
    assert window.tabs("b") == {"c"}
    assert not window.dock("f").isVisible()
    assert abs(window.area("a").width() - 480) <= 2
    # the one at the bottom is as wide as the window
    assert window.area("e").width() >= 1278
    assert window.area("e").top() > window.area("d").bottom()


def test_what_a_high_window_has_left_goes_to_one_dock(window: Window, qtbot: QtBot) -> None:
    heights = []
    for height in (HIGH, HIGH + 200):
        resize(window, qtbot, 1280, height)
        window.arranged.reset()
        qtbot.wait(20)
        heights.append([window.area(name).height() for name in "abd"])
    grown = np.diff(heights, axis=0)[0]
    assert grown[0] > 180
    assert abs(grown[1:]).max() < 20
    # the others have about what the table says
    assert heights[0][1] == pytest.approx(100, abs=30)


def test_a_narrow_window_leaves_more_to_the_picture_than_to_the_docks(
    window: Window, qtbot: QtBot
) -> None:
    resize(window, qtbot, 720, HIGH)
    assert window.centralWidget().width() > window.area("a").width()
    assert window.area("a").width() > 0.4 * 720
    resize(window, qtbot, 1280, HIGH)
    assert abs(window.area("a").width() - 480) <= 2


def test_a_wide_window_keeps_the_width_that_a_person_chose(window: Window, qtbot: QtBot) -> None:
    window.resizeDocks([window.dock("a")], [600], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: window.area("a").width() >= 590)
    resize(window, qtbot, 1400, HIGH)
    assert window.area("a").width() >= 590


def test_in_a_low_window_docks_lie_behind_each_other(window: Window, qtbot: QtBot) -> None:
    resize(window, qtbot, 1280, LOW)
    assert window.tabs("b") == {"c", "d"}
    assert window.dock("b").isVisible()
    resize(window, qtbot, 1280, HIGH)
    assert window.tabs("b") == {"c"}
    assert window.tabs("d") == set()
    assert window.area("b").bottom() < window.area("d").top()


def test_a_window_that_became_low_in_a_presentation_is_arranged_as_one(
    window: Window, qtbot: QtBot
) -> None:
    window.arranged.present(True)
    resize(window, qtbot, 1280, LOW)
    window.arranged.present(False)
    qtbot.waitUntil(lambda: window.tabs("b") == {"c", "d"})


def test_a_window_that_gets_lower_or_higher_keeps_the_tab_in_front(
    window: Window, qtbot: QtBot
) -> None:
    window.dock("c").raise_()
    for height in (LOW, HIGH, LOW):
        resize(window, qtbot, 1280, height)
        assert not window.dock("c").visibleRegion().isEmpty(), height
        assert window.dock("b").visibleRegion().isEmpty(), height


def test_a_dock_that_was_closed_stays_closed_in_a_higher_window(
    window: Window, qtbot: QtBot
) -> None:
    resize(window, qtbot, 1280, LOW)
    window.dock("c").close()
    resize(window, qtbot, 1280, HIGH)
    assert window.dock("c").isHidden()
    assert window.tabs("d") == set()


def test_what_a_person_has_moved_stays_where_it_is(window: Window, qtbot: QtBot) -> None:
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, window.dock("d"))
    for height in (LOW, HIGH):
        resize(window, qtbot, 1280, height)
        assert window.dockWidgetArea(window.dock("d")) == Qt.DockWidgetArea.LeftDockWidgetArea


def test_reset_takes_everything_back(window: Window, qtbot: QtBot) -> None:
    before = {spec.name: window.area(spec.name) for spec in SPECS[:2]}
    window.dock("a").setFloating(True)
    window.dock("b").hide()
    window.tabifyDockWidget(window.dock("e"), window.dock("d"))
    window.dock("f").show()
    window.arranged.reset()
    qtbot.wait(20)
    assert {spec.name: window.area(spec.name) for spec in SPECS[:2]} == before
    assert not window.dock("f").isVisible()


def test_a_remembered_arrangement_comes_back(window: Window, qtbot: QtBot) -> None:
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, window.dock("b"))
    window.dock("d").hide()
    geometry, state = window.saveGeometry(), window.arranged.state()
    other = Window()
    qtbot.addWidget(other)
    other.arranged.restore(geometry, state)
    other.show()
    qtbot.waitExposed(other)
    assert other.dockWidgetArea(other.dock("b")) == Qt.DockWidgetArea.LeftDockWidgetArea
    assert not other.dock("d").isVisible()
    assert other.size() == window.size()


def test_what_is_no_arrangement_leaves_the_usual_one(window: Window, qtbot: QtBot) -> None:
    window.arranged.restore(QByteArray(b"nonsense"), QByteArray(b"nonsense"))
    assert window.tabs("b") == {"c"}
    assert window.size().width() == 1280


def test_a_window_larger_than_the_screen_is_made_to_fit(window: Window, qtbot: QtBot) -> None:
    screen = window.screen().availableGeometry()
    window.setGeometry(200, 100, screen.width() + 500, screen.height() + 400)
    qtbot.waitUntil(lambda: window.width() > screen.width())
    geometry = window.saveGeometry()
    other = Window()
    qtbot.addWidget(other)
    other.arranged.restore(geometry, QByteArray())
    assert screen.contains(other.geometry())


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ((10, 20, 300, 200), (10, 20, 300, 200)),
        ((-50, -60, 300, 200), (0, 0, 300, 200)),
        ((900, 700, 300, 200), (700, 600, 300, 200)),
        ((100, 100, 5000, 200), (0, 100, 1000, 200)),
        ((100, 100, 5000, 4000), (0, 0, 1000, 800)),
    ],
)
def test_a_rectangle_is_moved_into_another(
    wanted: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert fitting(QRect(*wanted), QRect(0, 0, 1000, 800)) == QRect(*expected)


def test_a_presentation_leaves_one_and_brings_all_back(window: Window, qtbot: QtBot) -> None:
    before = {spec.name: window.dock(spec.name).isVisible() for spec in SPECS}
    window.arranged.present(True)
    qtbot.wait(20)
    assert [s.name for s in SPECS if window.dock(s.name).isVisible()] == ["a"]
    assert window.area("a").height() > 0.9 * HIGH
    window.arranged.present(False)
    qtbot.wait(20)
    assert {spec.name: window.dock(spec.name).isVisible() for spec in SPECS} == before
    assert window.tabs("b") == {"c"}
