"""Dispensable: a text that makes way where there is no room for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Dispensable(QLabel):
    """A text that makes way where there is no room for all of it."""

    def minimumSizeHint(self) -> QSize:
        """Insist on nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all of it, or nothing."""
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
