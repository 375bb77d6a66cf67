"""SpaceChoice: the list of spaces to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox

from colorquant_gui.ui.space3d.spaces import FAMILIES, SPACES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SpaceChoice(QComboBox):
    """Offers all spaces, those of a family together; what each is good for is in its tooltip.

    Parameters
    ----------
    parent : QWidget
        Qt parent.

    Attributes
    ----------
    spaceEdited : Signal(str)
        The key of the space that the person has chosen.
    """

    spaceEdited = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("spaceCombo")
        for family in FAMILIES:
            if self.count():
                self.insertSeparator(self.count())
            for space in family:
                self.addItem(space.label, space.key)
        self.currentIndexChanged.connect(self._explain)
        self.activated.connect(lambda index: self.spaceEdited.emit(self.itemData(index)))
        self._translate()

    def set_space(self, key: str) -> None:
        """Show which space is chosen, without a signal of it."""
        self.setCurrentIndex(self.findData(key))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        self.setAccessibleName(self.tr("Space to look at"))
        for index in range(self.count()):
            if (key := self.itemData(index)) is not None:
                self.setItemData(index, SPACES[key].hint, Qt.ItemDataRole.ToolTipRole)
        self._explain()

    def _explain(self) -> None:
        about = self.tr("Colour space in which the colours are shown")
        space = SPACES[self.currentData()]
        self.setToolTip(f"{about}\n{space.label}: {space.hint}")
