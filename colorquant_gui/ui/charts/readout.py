"""Readout: what is read off a chart, as much of it as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

SEPARATOR = " · "


class Readout(QLabel):
    """Figures that make way from the last one on, and only then end in an ellipsis.

    `QLabel.text` stays whole.
    """

    def minimumSizeHint(self) -> QSize:
        """Insist on no width: however long it gets, the chart must not get wider."""
        return QSize(0, super().minimumSizeHint().height())

    def shown_text(self) -> str:
        """Return what there is room for."""
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        parts = self.text().split(SEPARATOR)
        for count in range(len(parts), 0, -1):
            text = SEPARATOR.join(parts[:count])
            if metrics.horizontalAdvance(text) <= room:
                return text
        return metrics.elidedText(parts[0], Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write what there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self.shown_text())
        painter.end()
