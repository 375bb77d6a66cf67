"""Captions: a few words over the picture of the colour space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QStyle

from colorquant_gui.ui.space3d.ground import paint_ground
from colorquant_gui.ui.space3d.style import SceneStyle, mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_PADDING, _NARROW_PADDING = 6, 2
_WIDEST = 10_000
# Sizes of texts, in those of the numbers at the axes.
_PROMINENT, _SMALL = 1.15, 0.9
# A text that is too long for one line takes several.
_WRAPPED = Qt.TextFlag.TextWordWrap


class Caption(QLabel):
    """A text that lets the mouse through and hides itself when it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._style = SceneStyle.of(self)
        self._strength, self._share = 0.86, 1.0
        self._padding = _PADDING
        self.hide()

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours of the scene."""
        self._style = style
        self._take_font()
        self.update()

    def set_prominent(self) -> None:
        """Use the full contrast and a larger font."""
        self._strength, self._share, self._padding = 1.0, _PROMINENT, _PADDING
        self._take_font()

    def _take_font(self) -> None:
        font = QFont(self._style.font)
        font.setPointSizeF(font.pointSizeF() * self._share)
        self.setFont(font)

    def place(self, area: QRect, alignment: Qt.AlignmentFlag) -> None:
        """Take the size of the text and a place within an area; nothing to say is hidden."""
        room = area.size() - QSize(2 * self._padding, self._padding)
        size = self._size_of(self.text(), room).boundedTo(area.size())
        self.setGeometry(QStyle.alignedRect(self.layoutDirection(), alignment, size, area))
        self.setVisible(bool(self.text()))

    def _size_of(self, text: str, room: QSize) -> QSize:
        words = self.fontMetrics().boundingRect(QRect(QPoint(), room), _WRAPPED, text)
        return words.size() + QSize(2 * self._padding, self._padding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text on a ground that the cloud hardly shines through."""
        background = QColor(*self._style.background)
        ink = mixed(background, self.palette().color(QPalette.ColorRole.WindowText), self._strength)
        painter = QPainter(self)
        paint_ground(painter, QRectF(self.rect()), background)
        painter.setPen(ink)
        room = self.rect().adjusted(self._padding, 0, -self._padding, 0)
        painter.drawText(room, _WRAPPED | self.alignment(), self.text())
        painter.end()


class ShortCaption(Caption):
    """A text that is said in fewer words where there is less room; all of it is in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self._padding = _NARROW_PADDING
        self._wordings: Sequence[str] = ()
        self._share = _SMALL
        self._take_font()

    def set_wordings(self, wordings: Sequence[str]) -> None:
        """Take a text in ever fewer words, none to say nothing; `place` chooses among them."""
        self._wordings = wordings
        self.setAccessibleName(wordings[0] if wordings else "")

    def place(self, area: QRect, alignment: Qt.AlignmentFlag) -> None:
        """Take the wording that fits into an area, and a place within it."""
        most = QSize(_WIDEST, _WIDEST)
        fits = (text for text in self._wordings if _holds(area.size(), self._size_of(text, most)))
        text = next(fits, "")
        self.setText(text)
        full = self._wordings[0] if self._wordings else ""
        self.setToolTip(full if full != text else "")
        super().place(area, alignment)


def _holds(room: QSize, size: QSize) -> bool:
    return size.boundedTo(room) == size
