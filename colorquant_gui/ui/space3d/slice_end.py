"""SliceEnd: the button that ends a slice, wherever it was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QToolButton

from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.space3d.ground import paint_ground
from colorquant_gui.ui.space3d.style import SceneStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_SIDE, _ICON = 24, 14


class SliceEnd(QToolButton):
    """Is there while colours are hidden by their place, before the words that tell how many."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sliceEndButton")
        self.setIcon(icon("close"))
        self.setIconSize(QSize(_ICON, _ICON))
        self.resize(_SIDE, _SIDE)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._style = SceneStyle.of(self)
        self._status = ""
        self._translate()
        self.hide()

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours of the scene."""
        self._style = style
        self.update()

    def set_sliced(self, sliced: bool, status: Sequence[str]) -> None:
        """Be there, or not; the tooltip tells what is shown, where no other words do."""
        self.setVisible(sliced)
        self._status = status[0] if status else ""
        self._translate()

    def place_in(self, room: QRect) -> QRect:
        """Take a place at the left end of a room; return the rest of it."""
        if self.isHidden():
            return room
        self.move(room.left(), room.center().y() - _SIDE // 2 + 1)
        return room.adjusted(_SIDE, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a ground that the cloud hardly shines through, under the button."""
        painter = QPainter(self)
        paint_ground(painter, QRectF(self.rect()), QColor(*self._style.background))
        painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        name = self.tr("Show all colours again")
        self.setAccessibleName(name)
        tip = self.tr("{0} (Esc)").format(name)
        self.setToolTip(f"{self._status}. {tip}" if self._status else tip)
