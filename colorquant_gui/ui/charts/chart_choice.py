"""ChartChoice: which of several charts is shown, in the place of its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEAST_LETTERS = 8


class ChartChoice(QComboBox):
    """A choice that is as wide as what is chosen, so that what is read beside it has room.

    Parameters
    ----------
    name : str
        The objectName.
    titles : mapping of str to str
        Key and title of each chart.
    """

    def __init__(self, name: str, titles: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Chart"))
        for key, title in titles.items():
            self.addItem(title, key)
        self.currentTextChanged.connect(self.updateGeometry)

    def choose(self, key: str) -> None:
        """Show a key as the chosen one."""
        self.setCurrentIndex(self.findData(key))

    def sizeHint(self) -> QSize:
        """Return the size for the whole title."""
        return self._size_for(self.currentText())

    def minimumSizeHint(self) -> QSize:
        """Return the size for its beginning."""
        return self._size_for(self.currentText()[:_LEAST_LETTERS])

    def _size_for(self, text: str) -> QSize:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        content = QSize(self.fontMetrics().horizontalAdvance(text), self.fontMetrics().height())
        kind = QStyle.ContentsType.CT_ComboBox
        width = self.style().sizeFromContents(kind, option, content, self).width()
        return QSize(width, super().sizeHint().height())
