"""MethodPanel: how the colours are found, one choice per row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSpinBox, QToolButton, QWidget

from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

MAX_SEED = 9_999

_MOST_COLUMNS = 2
# Of a label and its list; where two don't fit they stand one below the other.
_COLUMN_WIDTH = 180


class MethodPanel(QWidget):
    """Drop-down lists for the settings of a run, and the seed of its random numbers.

    Attributes
    ----------
    choiceEdited : Signal(str, str)
        A person chose: the field and the key of the choice.
    seedEdited : Signal(int)
        A person entered a seed.
    newSeedRequested : Signal()
        A person wants another seed, whichever.
    """

    choiceEdited = Signal(str, str)
    seedEdited = Signal(int)
    newSeedRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("methodPanel")
        self.setAccessibleName(self.tr("Method"))
        self._boxes: dict[str, QComboBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 8, 8, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self._note = QLabel()
        self._note.setObjectName("methodNote")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.hide()
        self._cells: list[tuple[QLabel, QWidget]] = []
        self._columns = _MOST_COLUMNS
        self._seed = QSpinBox()
        self._seed.setObjectName("seedSpinBox")
        self._seed.setAccessibleName(self.tr("Random seed"))
        self._seed.setRange(0, MAX_SEED)
        self._seed.setFont(tabular_font(self._seed.font()))
        self._seed.setKeyboardTracking(False)
        self._seed.valueChanged.connect(self.seedEdited)
        self._dice = QToolButton()
        self._dice.setObjectName("newSeedButton")
        self._dice.setAccessibleName(self.tr("New random seed"))
        self._dice.setToolTip(self.tr("Another random seed (Ctrl+D)"))
        self._dice.setAutoRaise(True)
        self._dice.setIcon(icon("dice"))
        self._dice.clicked.connect(self.newSeedRequested)

    def add_choice(self, field: str, label: str, options: Iterable[tuple[str, str, str]]) -> None:
        """Add a drop-down list.

        Parameters
        ----------
        field : str
            The setting it stands for; its objectName is ``<field>Combo``.
        label : str
            What it is called, with a mnemonic.
        options : iterable of (str, str, str)
            Key, name and explanation of each choice.
        """
        box = QComboBox()
        box.setObjectName(f"{field}Combo")
        box.setAccessibleName(label.replace("&", ""))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        for number, (key, name, hint) in enumerate(options):
            box.addItem(name, key)
            box.setItemData(number, hint, Qt.ItemDataRole.ToolTipRole)
        box.activated.connect(
            lambda index, field=field, box=box: self.choiceEdited.emit(field, box.itemData(index))
        )
        self._boxes[field] = box
        self._add_row(label, box)

    def add_seed(self, label: str) -> None:
        """Add the seed and the button for another one.

        Parameters
        ----------
        label : str
            What it is called, with a mnemonic.
        """
        cell = QWidget()
        row = QGridLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(4)
        row.addWidget(self._seed, 0, 0)
        row.addWidget(self._dice, 0, 1)
        row.setColumnStretch(0, 1)
        self._add_row(label, cell, self._seed)

    def set_note(self, text: str) -> None:
        """Show a sentence below the choices, such as why a run failed; empty shows none."""
        if text != self._note.text():
            self._note.setText(text)
            self._note.setVisible(bool(text))
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return the width of one column, and the height of as many rows as there are now."""
        return QSize(_COLUMN_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one column or in two."""
        columns = min(max(self.width() // _COLUMN_WIDTH, 1), _MOST_COLUMNS)
        if columns != self._columns:
            self._columns = columns
            self._lay_out()
        super().resizeEvent(event)

    def _add_row(self, text: str, widget: QWidget, buddy: QWidget | None = None) -> None:
        label = QLabel(text)
        label.setBuddy(buddy or widget)
        self._cells.append((label, widget))
        self._lay_out()

    def _lay_out(self) -> None:
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(2 * column + 1, column < self._columns)
        for number, (label, widget) in enumerate(self._cells):
            row, column = divmod(number, self._columns)
            self._grid.addWidget(label, row, 2 * column)
            self._grid.addWidget(widget, row, 2 * column + 1)
        rows = -(-len(self._cells) // self._columns)
        self._grid.addWidget(self._note, rows, 0, 1, 2 * self._columns)
        self._grid.setRowStretch(rows + 1, 1)
        self.updateGeometry()

    def set_choice(self, field: str, key: str) -> None:
        """Show a choice; emits nothing.

        Parameters
        ----------
        field : str
            As given to `add_choice`.
        key : str
            The choice.
        """
        box = self._boxes[field]
        index = box.findData(key)
        box.setCurrentIndex(index)
        box.setToolTip(box.itemData(index, Qt.ItemDataRole.ToolTipRole) or "")

    def set_offered(self, field: str, key: str, offered: bool) -> None:
        """Enable or grey out a choice.

        Parameters
        ----------
        field : str
            As given to `add_choice`.
        key : str
            The choice.
        offered : bool
            Whether it can be chosen.
        """
        box = self._boxes[field]
        items = box.model()
        assert isinstance(items, QStandardItemModel), "what a QComboBox makes by itself"
        items.item(box.findData(key)).setEnabled(offered)

    def set_seed(self, seed: int, *, matters: bool) -> None:
        """Show the seed; emits nothing.

        Parameters
        ----------
        seed : int
            0 or more.
        matters : bool
            Whether there is chance in the method; where there is none the seed is disabled.
        """
        with QSignalBlocker(self._seed):
            self._seed.setMaximum(max(MAX_SEED, seed))
            self._seed.setValue(seed)
        why = "" if matters else self.tr("There is no chance in this seeding: choose another one")
        self._seed.setToolTip(why)
        self._seed.setEnabled(matters)
        self._dice.setEnabled(matters)
