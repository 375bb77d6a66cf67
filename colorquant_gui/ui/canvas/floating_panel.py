"""FloatingPanel: what small panels over the picture have in common."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.canvas.painting import paint_panel

GAP = 16


class FloatingPanel(QWidget):
    """A panel with a ground of its own, hidden at first.

    Parameters
    ----------
    parent : QWidget, optional
        The widget that it lies over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def _settle(self, area: QRect, *, centred: bool = False) -> None:
        """Take the size that is needed, and the middle of an area's lower edge, or of all of it."""
        self.adjustSize()
        place = QRect(self.rect())
        place.moveCenter(area.center())
        if not centred:
            place.moveBottom(area.bottom() - GAP)
        self.move(place.topLeft())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        with QPainter(self) as painter:
            paint_panel(painter, QRectF(self.rect()), self.palette())
