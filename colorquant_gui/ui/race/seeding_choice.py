"""SeedingChoice: which seeding a runner has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from colorquant_gui.ui.race.words import seedings

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

# Around the text within its field, as styles have it.
_PADDING = 2


class SeedingChoice(QComboBox):
    """Offers all seedings; a name that doesn't fit ends in an ellipsis, and is in the tooltip.

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        for index, (key, name, hint) in enumerate(seedings()):
            self.addItem(name, key)
            self.setItemData(index, hint, Qt.ItemDataRole.ToolTipRole)

    def set_seeding(self, key: str) -> None:
        """Show a seeding, and what it is; not an activation."""
        index = self.findData(key)
        self.setCurrentIndex(index)
        hint = self.itemData(index, Qt.ItemDataRole.ToolTipRole)
        self.setToolTip(f"{self.itemText(index)}\n{hint}")

    def shown_text(self) -> str:
        """Return the name as far as there is room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        room = field.width() - _PADDING
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it with as much of the name as fits."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown_text()
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
