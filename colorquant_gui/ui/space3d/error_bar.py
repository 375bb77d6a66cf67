"""ErrorBar: what the colours of the error mode mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.errors import ramp
from colorquant_gui.ui.space3d.ground import paint_ground
from colorquant_gui.ui.space3d.style import SceneStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_WIDTH, _BAR, _PADDING = 136, 8, 6


class ErrorBar(QWidget):
    """The ramp, from no error to the end of its scale; lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("errorBar")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._style = SceneStyle.of(self)
        self._end = ""
        self.hide()

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours of the scene."""
        self._style = style
        self.update()

    def set_scale(self, scale: int, unit: str) -> None:
        """Choose the error at the upper end, in a unit; without one, in levels of sRGB."""
        levels = self.tr("1 level") if scale == 1 else self.tr("{0} levels").format(scale)
        end = f"{scale} {unit}" if unit else levels
        if end != self._end:
            self._end = end
            self.setAccessibleName(self.tr("Error from 0 to {0}").format(end))
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the bar and a line of text."""
        longest = self.tr("Error 0") + self.tr("{0} levels").format(512)
        text = self.fontMetrics().horizontalAdvance(longest) + 3 * _PADDING
        height = _BAR + self.fontMetrics().height() + 2 * _PADDING
        return QSize(max(_WIDTH, text), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ramp with its two ends named."""
        painter = QPainter(self)
        paint_ground(painter, QRectF(self.rect()), QColor(*self._style.background))
        area = QRectF(self.rect()).adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        stops = ramp(17).tolist()
        for number, color in enumerate(stops):
            gradient.setColorAt(number / (len(stops) - 1), QColor(*color))
        painter.setBrush(gradient)
        painter.drawRoundedRect(QRectF(area.left(), area.top(), area.width(), _BAR), 2, 2)
        painter.setPen(QColor(*self._style.text))
        text = QRectF(area.left(), area.top() + _BAR, area.width(), area.height() - _BAR)
        start = self.tr("Error 0")
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, start)
        painter.drawText(
            text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._end
        )
        painter.end()
