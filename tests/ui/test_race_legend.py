"""The legend of the race: where its entries stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colorquant_gui.ui.charts.race_legend import CurveDot, Entry, RaceLegend
from tests.ui.painted import as_array

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ENTRIES = (
    Entry("Wu", "602.9", "", is_best=False),
    Entry("k-means++, seed 1", "595.9", "", is_best=False),
    Entry("Random pixels, seed 1", "579.98", "lowest", is_best=True),
    Entry("Random pixels, seed 2", "580.05", "", is_best=False),
)


class Shown:
    def __init__(self, qtbot: QtBot, width: int, entries: tuple[Entry, ...] = ENTRIES) -> None:
        self.qtbot = qtbot
        self.legend = RaceLegend("lowest so far")
        self.host = QWidget()
        layout = QVBoxLayout(self.host)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self.legend)
        qtbot.addWidget(self.host)
        self.legend.set_entries(entries)
        self.host.resize(width, 120)
        self.host.show()
        qtbot.waitExposed(self.host)

    def label(self, number: int, kind: str) -> QLabel:
        label = self.legend.findChild(QLabel, f"raceCurve{number}{kind}")
        assert label is not None
        return label

    def corners(self) -> list[tuple[int, int]]:
        """Where the names begin."""
        places = [self.label(i, "Name").mapTo(self.legend, QPoint(0, 0)) for i in range(4)]
        return [(place.x(), place.y()) for place in places]

    def lines(self) -> list[int]:
        """In which line each entry stands."""
        tops = [y for _, y in self.corners()]
        return [sorted(set(tops)).index(top) for top in tops]

    def wait(self, lines: list[int]) -> None:
        self.qtbot.waitUntil(lambda: self.lines() == lines)


@pytest.mark.parametrize(
    ("width", "lines"), [(300, [0, 1, 2, 3]), (976, [0, 0, 1, 1]), (1900, [0, 0, 0, 0])]
)
def test_entries_stand_beside_each_other_where_there_is_room(
    qtbot: QtBot, width: int, lines: list[int]
) -> None:
    shown = Shown(qtbot, width)
    shown.wait(lines)
    corners = shown.corners()
    # below each other they begin at the same place
    for x in {x for x, _ in corners}:
        assert sum(other == x for other, _ in corners) == max(lines) + 1
    bold = shown.label(2, "Name").fontMetrics()
    for number, entry in enumerate(ENTRIES):
        name, value = shown.label(number, "Name"), shown.label(number, "Value")
        assert (name.text(), value.text()) == (entry.name, entry.value)
        if width > 300:
            assert name.width() >= bold.horizontalAdvance(entry.name)
            # a value stands by its name, not across the window
            gap = value.mapTo(shown.legend, QPoint(0, 0)).x() - corners[number][0] - name.width()
            assert abs(gap) <= 8


def test_it_follows_the_width_both_ways(qtbot: QtBot) -> None:
    shown = Shown(qtbot, 976)
    for width, lines in ((1900, [0, 0, 0, 0]), (300, [0, 1, 2, 3]), (976, [0, 0, 1, 1])):
        shown.host.resize(width, 120)
        # nothing keeps the window from getting narrow
        assert shown.host.width() == width
        shown.wait(lines)


def test_a_note_moves_nothing(qtbot: QtBot) -> None:
    shown = Shown(qtbot, 976)
    shown.wait([0, 0, 1, 1])
    before = shown.corners()
    shown.legend.set_entries(
        [Entry(e.name, e.value, "lowest so far", is_best=True) for e in ENTRIES]
    )
    note = shown.label(0, "Note")
    wide = QFontMetrics(note.font()).horizontalAdvance("lowest so far")
    qtbot.waitUntil(lambda: note.width() >= wide and note.isVisible())
    assert shown.corners() == before


def test_every_name_has_the_colour_of_its_curve(qtbot: QtBot) -> None:
    shown = Shown(qtbot, 1900)
    for number, dot in enumerate(shown.legend.findChildren(CurveDot)):
        alone = CurveDot(number)
        qtbot.addWidget(alone)
        middle = as_array(alone.grab().toImage())[5, 5]
        assert np.array_equal(as_array(dot.grab().toImage())[5, 5], middle)
        corner = dot.mapTo(shown.legend, QPoint(0, 0)).x()
        assert 0 < shown.corners()[number][0] - corner < 32


def test_fewer_entries_leave_nothing_behind(qtbot: QtBot) -> None:
    shown = Shown(qtbot, 976)
    shown.legend.set_entries(ENTRIES[:2])
    visible = [i for i in range(4) if shown.label(i, "Name").isVisible()]
    assert visible == [0, 1]
    shown.legend.set_value(1, "1,000.0")
    assert shown.label(1, "Value").text() == "1,000.0"
