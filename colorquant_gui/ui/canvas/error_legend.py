"""ErrorLegend: the colour bar of the error map, with ticks."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.canvas.painting import CAPTION_GROUND
from colorquant_gui.ui.canvas.ramp import error_ramp
from colorquant_gui.ui.theme import tabular_font

_BAR = QSize(184, 8)
_PADDING_X, _PADDING_Y = 16.0, 8.0
_TICK = 4.0
_MOST_TICKS = 5
_TEXT = QColor(255, 255, 255)


def ticks(maximum: float) -> list[float]:
    """Return round values from 0 to a maximum, at most 6: steps of 1, 2 or 5 times a power of ten.

    Parameters
    ----------
    maximum : float
        0 or more.
    """
    if not (maximum > 0 and math.isfinite(maximum)):
        return [0.0]
    power = 10.0 ** math.floor(math.log10(maximum / _MOST_TICKS))
    steps = (factor * power for factor in (1, 2, 5, 10))
    step = next(step for step in steps if maximum / step <= _MOST_TICKS * (1 + 1e-9))
    return [index * step for index in range(math.floor(maximum / step * (1 + 1e-9)) + 1)]


class ErrorLegend(QWidget):
    """Says which colour stands for how much error.

    Parameters
    ----------
    parent : QWidget, optional
        The widget that it lies over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorLegend")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._unit = ""
        self._maximum = 0.0
        ramp = np.ascontiguousarray(error_ramp())
        image = QImage(ramp.data, len(ramp), 1, 3 * len(ramp), QImage.Format.Format_RGB888)
        self._ramp = image.copy()
        self.hide()

    def set_scale(self, unit: str, maximum: float) -> None:
        """Say what is measured, and the value at the end of the bar."""
        self._unit, self._maximum = unit, maximum
        self.setAccessibleName(
            self.tr("Colour bar: error from 0 to {0} {1}").format(f"{maximum:,.3g}", unit)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return its one size."""
        line = QFontMetricsF(self.font()).height()
        height = 2 * _PADDING_Y + 2 * line + _BAR.height() + _TICK + 6
        return QSize(round(_BAR.width() + 2 * _PADDING_X), round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, unit, bar and ticks."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(CAPTION_GROUND)
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
            painter.setFont(tabular_font(self.font()))
            metrics = QFontMetricsF(painter.font())
            line = metrics.height()
            painter.setPen(_TEXT)
            title = QRectF(_PADDING_X, _PADDING_Y, _BAR.width(), line)
            painter.drawText(title, Qt.AlignmentFlag.AlignLeft, self._unit)
            bar = QRectF(_PADDING_X, title.bottom() + 4, _BAR.width(), _BAR.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(bar, self._ramp)
            painter.setPen(QPen(_TEXT, 1))
            below = bar.bottom() + _TICK
            free = -math.inf
            for value in ticks(self._maximum):
                share = value / self._maximum if self._maximum > 0 else 0.0
                x = bar.left() + share * bar.width()
                edge = min(max(round(x), bar.left() + 0.5), bar.right() - 0.5)
                painter.drawLine(QPointF(edge, bar.bottom() + 1), QPointF(edge, below))
                text = f"{value:,.10g}"
                width = metrics.horizontalAdvance(text)
                left = min(max(x - width / 2, 4.0), self.width() - 4.0 - width)
                if left >= free:
                    painter.drawText(QPointF(left, below + 2 + metrics.ascent()), text)
                    free = left + width + 6
