"""Caption: a few words over the picture of the colour space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QStyle

from colorquant_gui.ui.space3d.style import SceneStyle, mixed

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_PADDING = 6
# A text that is too long for one line takes several.
_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter


class Caption(QLabel):
    """A text that lets the mouse through and hides itself when it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._style = SceneStyle.of(self)
        self._strength = 0.86
        self.hide()

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours of the scene."""
        self._style = style
        self.update()

    def set_prominent(self) -> None:
        """Use the full contrast and a larger font."""
        self._strength = 1.0
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.setFont(font)

    def place(self, area: QRect, alignment: Qt.AlignmentFlag) -> None:
        """Take the size of the text and a place within an area; nothing to say is hidden."""
        room = area.size() - QSize(2 * _PADDING, _PADDING)
        text = self.fontMetrics().boundingRect(QRect(QPoint(), room), _FLAGS, self.text())
        size = (text.size() + QSize(2 * _PADDING, _PADDING)).boundedTo(area.size())
        self.setGeometry(QStyle.alignedRect(self.layoutDirection(), alignment, size, area))
        self.setVisible(bool(self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text on a ground that the cloud hardly shines through."""
        background = QColor(*self._style.background)
        ink = mixed(background, self.palette().color(QPalette.ColorRole.WindowText), self._strength)
        background.setAlpha(220)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(background)
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(ink)
        room = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        painter.drawText(room, _FLAGS, self.text())
        painter.end()
