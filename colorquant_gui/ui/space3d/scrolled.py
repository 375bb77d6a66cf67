"""Scrolled: as large as what is in it, and scrolled where there is no room for that."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget


class Scrolled(QScrollArea):
    """The inside of a panel that opens on a screen of any size.

    Attributes
    ----------
    content : QWidget
        Takes the layout.

    Parameters
    ----------
    parent : QWidget
        The panel.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panelScroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        # keys go to what is in it, and scroll it there
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.setWidget(self.content)
        for ground in (self.viewport(), self.content):
            ground.setAutoFillBackground(False)

    def size_in(self, room: QSize) -> QSize:
        """Return its best size where there is only so much room, in logical pixels."""
        # also what changed while nobody saw it
        layout = self.content.layout()
        if layout is not None:
            layout.activate()
        wanted = self.content.sizeHint().expandedTo(self.content.minimumSizeHint())
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        if wanted.height() > room.height():
            wanted.setWidth(wanted.width() + bar)
        if wanted.width() > room.width():
            wanted.setHeight(wanted.height() + bar)
        return wanted.boundedTo(room)
