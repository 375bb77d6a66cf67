"""The list of spaces: families, what each is good for, mouse and keys."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from colorquant_gui.ui.space3d.space_choice import SpaceChoice
from colorquant_gui.ui.space3d.spaces import FAMILIES, SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

SEPARATOR = "separator"


@pytest.fixture
def choice(qtbot: QtBot) -> Iterator[SpaceChoice]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = SpaceChoice(owner)
    owner.show()
    qtbot.waitExposed(owner)
    yield made


def entries(choice: SpaceChoice) -> list[str]:
    """The labels, and a line for each separator."""
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    return [
        "-" if choice.itemData(index, role) == SEPARATOR else choice.itemText(index)
        for index in range(choice.count())
    ]


def test_families_stand_together_with_lines_between_them(choice: SpaceChoice) -> None:
    assert " ".join(entries(choice)).split(" - ") == [
        "RGB Linear RGB CIE XYZ CIE xyY",
        "CIELAB CIELUV Oklab",
        "LCh OkLCh HSV HSL HMMD",
        "YCbCr PCA",
    ]
    # what is drawn round is one family
    assert [space.is_round for family in FAMILIES for space in family] == (
        [False] * 7 + [True] * 5 + [False] * 2
    )
    assert choice.currentData() == "srgb"


def test_the_list_is_as_wide_as_its_longest_name(choice: SpaceChoice) -> None:
    advance = choice.fontMetrics().horizontalAdvance
    assert max(map(advance, entries(choice))) == advance("Linear RGB")


def test_keys_go_from_space_to_space(choice: SpaceChoice) -> None:
    told: list[str] = []
    choice.spaceEdited.connect(told.append)
    choice.setFocus()
    for _ in range(len(SPACES) + 2):
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert told == list(SPACES)[1:]
    QTest.keyClick(choice, Qt.Key.Key_Home)
    assert told[-1] == "srgb"


def test_all_of_them_are_seen_at_once_and_one_is_clicked(choice: SpaceChoice, qtbot: QtBot) -> None:
    told: list[str] = []
    choice.spaceEdited.connect(told.append)
    choice.showPopup()
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    areas = [view.visualRect(choice.model().index(row, 0)) for row in range(choice.count())]
    assert all(upper.bottom() < lower.top() for upper, lower in pairwise(areas))
    assert areas[0].top() >= 0
    qtbot.waitUntil(lambda: areas[-1].bottom() <= view.viewport().rect().bottom())
    area = areas[choice.findData("hmmd")]
    QTest.mouseMove(view.viewport(), area.center() - QPoint(2, 0))
    QTest.mouseMove(view.viewport(), area.center())

    def click() -> bool:
        # as soon as the list is there, a click counts as the end of the one that opened it
        if view.isVisible():
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
        return told == ["hmmd"]

    qtbot.waitUntil(click)
    assert choice.currentText() == "HMMD"


def test_each_says_what_it_is_good_for(choice: SpaceChoice, qtbot: QtBot) -> None:
    hints = [space.hint for space in SPACES.values()]
    assert len(set(hints)) == len(SPACES)
    for hint in hints:
        assert 20 < len(hint) <= 80
        assert "\n" not in hint
        assert not hint.endswith(".")
    choice.showPopup()
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    for key in ("srgb", "cieluv", "pca"):
        at = view.visualRect(choice.model().index(choice.findData(key), 0)).center()
        viewport = view.viewport()
        QApplication.sendEvent(
            viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at))
        )
        assert QToolTip.text() == SPACES[key].hint
    QToolTip.hideText()
    choice.hidePopup()


def test_the_one_that_is_shown_is_explained_without_opening_the_list(choice: SpaceChoice) -> None:
    told: list[str] = []
    choice.spaceEdited.connect(told.append)
    for key, space in SPACES.items():
        choice.set_space(key)
        assert choice.currentText() == space.label
        assert f"{space.label}: {space.hint}" in choice.toolTip()
    assert told == []
