"""StillLabel: a line of text that may change with every frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent


class StillLabel(QWidget):
    """Has room for the widest of some texts.

    A bare `QLabel` has the whole window laid out anew for every other text, though it is no
    wider; here the layouts around know nothing of it.

    Parameters
    ----------
    name : str
        The label's objectName.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._label = QLabel(self)
        self._label.setObjectName(name)
        self._label.setFont(tabular_font(self._label.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """Return what it says."""
        return self._label.text()

    def set_text(self, text: str) -> None:
        """Say something else."""
        if text != self._label.text():
            self._label.setText(text)

    def fit(self, texts: Iterable[str]) -> None:
        """Have room for each of some texts, of which there is at least one."""
        metrics = self._label.fontMetrics()
        width = max(metrics.horizontalAdvance(text) for text in texts) + 4
        if width != self.maximumWidth():
            self.setFixedWidth(width)

    def sizeHint(self) -> QSize:
        """Return the size for a line."""
        return QSize(self.maximumWidth(), self._label.fontMetrics().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Fill it."""
        self._label.setGeometry(self.rect())
