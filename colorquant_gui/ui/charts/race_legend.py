"""RaceLegend: the curves of a race by name, with a value of each and who is lowest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from colorquant_gui.ui.charts.look import ChartLook
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

_DOT = 9
_LEAST_WIDTH = 200
_LEAST_NAME = 64
_GAP = 8
# Between an entry and the next one in the same line.
_APART = 40
_COLUMNS = 5
_WIDE_VALUE = "00,000.0"


@dataclass(frozen=True)
class Entry:
    """A curve in the legend.

    Attributes
    ----------
    name : str
        What it is called.
    value : str
        Its value.
    note : str
        What else there is to say, in a word or two.
    is_best : bool
        Whether it stands out.
    """

    name: str
    value: str
    note: str
    is_best: bool


class RaceLegend(QWidget):
    """Entries beside each other where there is room, below each other where there is not.

    Parameters
    ----------
    widest_note : str
        The longest note that comes and goes, so that nothing moves when it does.
    parent : QWidget, optional
        Qt parent.
    """

    def __init__(self, widest_note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest_note = widest_note
        self._entries: tuple[Entry, ...] = ()
        self._rows: list[tuple[CurveDot, _Text, _Text, QLabel]] = []
        self._per_line = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 0, 8, 4)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(2)

    def minimumSizeHint(self) -> QSize:
        """Return a small width: names are cut where they don't fit."""
        return QSize(_LEAST_WIDTH, self._grid.minimumSize().height())

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these curves."""
        names = [entry.name for entry in self._entries]
        self._entries = tuple(entries)
        while len(self._rows) < len(entries):
            self._rows.append(self._row(len(self._rows)))
        for index, (_, name, value, note) in enumerate(self._rows[: len(entries)]):
            entry = entries[index]
            name.setText(entry.name)
            value.setText(entry.value)
            note.setText(entry.note)
            for label in (name, value):
                label.set_bold(entry.is_best)
        if names != [entry.name for entry in entries]:
            self._arrange()

    def set_value(self, index: int, text: str) -> None:
        """Show another value of a curve."""
        self._rows[index][2].setText(text)

    def _row(self, number: int) -> tuple[CurveDot, _Text, _Text, QLabel]:
        dot, name, value, note = CurveDot(number, self), _Text(self), _Text(self), QLabel(self)
        for label, kind in ((name, "Name"), (value, "Value"), (note, "Note")):
            label.setObjectName(f"raceCurve{number}{kind}")
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        value.setFont(tabular_font(value.font()))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return dot, name, value, note

    def _widths(self) -> tuple[int, ...]:
        """Return how wide dot, name, value, note and the gap behind them are."""
        font = self.font()
        font.setBold(True)
        bold, plain = QFontMetrics(font), QFontMetrics(self.font())
        names = max((bold.horizontalAdvance(e.name) for e in self._entries), default=0)
        value = bold.horizontalAdvance(_WIDE_VALUE)
        note = plain.horizontalAdvance(self._widest_note)
        return _DOT + 2 + _GAP, names + _GAP, value + _GAP, note + _GAP, _APART

    def _fitting(self) -> int:
        """Return how many entries a line has."""
        count = max(len(self._entries), 1)
        margins = self._grid.contentsMargins()
        room = self.width() - margins.left() - margins.right() + _APART
        most = max(1, room // sum(self._widths()))
        lines = -(-count // most)
        return -(-count // lines)

    def _arrange(self) -> None:
        grid, per_line, widths = self._grid, self._fitting(), self._widths()
        self._per_line = per_line
        for column in range(grid.columnCount()):
            grid.setColumnMinimumWidth(column, 0)
            grid.setColumnStretch(column, 0)
        for column in range(per_line * _COLUMNS):
            # a name that is alone in its line may be cut, and its value stands at the far end
            of_name = column % _COLUMNS == 1
            width = _LEAST_NAME if of_name and per_line == 1 else widths[column % _COLUMNS]
            last = column == per_line * _COLUMNS - 1
            grid.setColumnMinimumWidth(column, 0 if last else width)
            grid.setColumnStretch(column, int(of_name if per_line == 1 else last))
        for index, row in enumerate(self._rows):
            for place, widget in enumerate(row):
                grid.removeWidget(widget)
                widget.setVisible(index < len(self._entries))
                if index < len(self._entries):
                    line, left = index // per_line, index % per_line * _COLUMNS
                    side = Qt.AlignmentFlag.AlignLeft if not place else Qt.AlignmentFlag(0)
                    grid.addWidget(widget, line, left + place, side)
            row[3].setIndent(_GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make use of the room."""
        super().resizeEvent(event)
        if self._fitting() != self._per_line:
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._entries:
            self._arrange()


class _Text(QLabel):
    """A text that is bold or not, also in another theme."""

    _bold = False

    def set_bold(self, bold: bool) -> None:
        """Make it bold, or not."""
        self._bold = bold
        font = self.font()
        if font.bold() != bold:
            font.setBold(bold)
            self.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        """Be bold again: another style sheet takes fonts away."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_bold(self._bold)


class CurveDot(QWidget):
    """The colour of a curve.

    Parameters
    ----------
    index : int
        Number of the curve in its chart.
    parent : QWidget, optional
        Qt parent.
    """

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self.setFixedSize(QSize(_DOT + 2, _DOT + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ChartLook.of(self).line_color(self._index))
        painter.drawEllipse(QRectF(1, 1, _DOT, _DOT))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
