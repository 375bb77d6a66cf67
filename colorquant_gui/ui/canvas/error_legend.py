"""ErrorLegend: the colour bar of the error map, with ticks, and the choice of what is measured."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QWidget

from colorquant_gui.ui.canvas.legend_place import LegendShape, legend_place
from colorquant_gui.ui.canvas.painting import paint_caption_ground
from colorquant_gui.ui.canvas.ramp import error_ramp
from colorquant_gui.ui.theme import tabular_font

_BAR_HEIGHT = 8
# Length of the bar, and room on both its sides.
_BARS = {
    LegendShape.BLOCK: (208.0, 16.0),
    LegendShape.ROW: (144.0, 12.0),
    LegendShape.COLUMN: (96.0, 12.0),
}
_PADDING, _NARROW_PADDING = 8, 4
_GAP, _CHOICE_GAP = 6, 4
_TICK = 4.0
_MOST_TICKS = 5
_TEXT = QColor(255, 255, 255)
_CHOSEN = QColor(255, 255, 255, 70)
_FADED = 0.35


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("ErrorLegend", text))


# Key of each measure, its name, and what it says.
METRICS = {
    "rgb": (_n("Levels (RGB)"), _n("How far apart the colours are in R, G and B")),
    "ciede2000": (_n("ΔE2000"), _n("How different they look; from about 1 on it can be seen")),
}


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


class _Choice(QAbstractButton):
    """One of the measures, white on the dark ground of the legend."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        name, hint = (QCoreApplication.translate("ErrorLegend", text) for text in METRICS[key])
        self.setObjectName(f"errorMetric-{key}")
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(hint)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 16, metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(_TEXT, 1.5) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(_CHOSEN if self.isChecked() else QBrush())
            painter.drawRoundedRect(area, 4, 4)
            faint = not self.isChecked() and not self.underMouse()
            painter.setPen(QColor(255, 255, 255, 200) if faint else _TEXT)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class _Bar(QWidget):
    """The ramp, with the values that its colours stand for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.maximum = 0.0
        self.note = ""
        self.length, self.padding = _BARS[LegendShape.BLOCK]
        ramp = np.ascontiguousarray(error_ramp())
        image = QImage(ramp.data, len(ramp), 1, 3 * len(ramp), QImage.Format.Format_RGB888)
        self._ramp = image.copy()

    def sizeHint(self) -> QSize:
        return self.size_of(self.length, self.padding)

    def size_of(self, length: float, padding: float) -> QSize:
        """Return the room for a bar of a length, with so much on both its sides."""
        line = QFontMetricsF(self.font()).height()
        return QSize(round(length + 2 * padding), round(_BAR_HEIGHT + _TICK + line + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setFont(tabular_font(self.font()))
            bar = QRectF(self.padding, 0, self.width() - 2 * self.padding, _BAR_HEIGHT)
            painter.setOpacity(_FADED if self.note else 1.0)
            painter.drawImage(bar, self._ramp)
            painter.setOpacity(1)
            painter.setPen(QPen(_TEXT, 1))
            if self.note:
                below = QPointF(
                    bar.left(), bar.bottom() + _TICK + 2 + painter.fontMetrics().ascent()
                )
                painter.drawText(below, self.note)
            else:
                self._paint_ticks(painter, bar)

    def _paint_ticks(self, painter: QPainter, bar: QRectF) -> None:
        metrics = QFontMetricsF(painter.font())
        below = bar.bottom() + _TICK
        free = -math.inf
        for value in ticks(self.maximum):
            share = value / self.maximum if self.maximum > 0 else 0.0
            x = bar.left() + share * bar.width()
            edge = min(max(round(x), bar.left() + 0.5), bar.right() - 0.5)
            painter.drawLine(QPointF(edge, bar.bottom() + 1), QPointF(edge, below))
            text = f"{value:,.10g}"
            width = metrics.horizontalAdvance(text)
            left = min(max(x - width / 2, 4.0), self.width() - 4.0 - width)
            if left >= free:
                painter.drawText(QPointF(left, below + 2 + metrics.ascent()), text)
                free = left + width + 6


class ErrorLegend(QWidget):
    """Says which colour stands for how much error, and lets a person choose the measure.

    Attributes
    ----------
    measureEdited : Signal(str)
        A person chose another measure: a key of `METRICS`.

    Parameters
    ----------
    parent : QWidget, optional
        The widget that it lies over.
    """

    measureEdited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorLegend")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._metric = "rgb"
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rows.setSpacing(_CHOICE_GAP)
        self._choices: dict[str, _Choice] = {}
        for key in METRICS:
            choice = self._choices[key] = _Choice(key, self)
            choice.clicked.connect(lambda _=False, key=key: self._choose(key))
            self._rows.addWidget(choice)
        self._bar = _Bar(self)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setSpacing(_GAP)
        self._parts.addLayout(self._rows)
        self._parts.addWidget(self._bar)
        self._take_shape(LegendShape.BLOCK)
        self.setFocusProxy(self._choices[self._metric])
        self.set_measure(self._metric)
        self.set_busy(True)
        self.hide()

    def place(self, canvas: QRect, picture: QRect) -> None:
        """Lie beside the picture where there is room, or small in its corner.

        Parameters
        ----------
        canvas, picture : QRect
            As for `legend_place`.
        """
        sizes = {shape: self._size_of(shape) for shape in LegendShape}
        shape, box = legend_place(sizes, canvas, picture)
        self._take_shape(shape)
        self.setGeometry(box)

    def _take_shape(self, shape: LegendShape) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(across if shape is LegendShape.ROW else down)
        self._rows.setDirection(down if shape is LegendShape.COLUMN else across)
        self._bar.length, self._bar.padding = _BARS[shape]
        padding = _NARROW_PADDING if shape is LegendShape.ROW else _PADDING
        beside = 0 if shape is LegendShape.ROW else _PADDING
        self._rows.setContentsMargins(_PADDING, 0, beside, 0)
        self._parts.setContentsMargins(0, padding, 0, padding)
        self._bar.updateGeometry()

    def _size_of(self, shape: LegendShape) -> QSize:
        choices = [choice.sizeHint() for choice in self._choices.values()]
        gaps = (len(choices) - 1) * _CHOICE_GAP
        wide, high = sum(size.width() for size in choices), choices[0].height()
        bar = self._bar.size_of(*_BARS[shape])
        if shape is LegendShape.ROW:
            most = max(high, bar.height())
            return QSize(_PADDING + wide + gaps + _GAP + bar.width(), most + 2 * _NARROW_PADDING)
        if shape is LegendShape.COLUMN:
            wide, high = max(size.width() for size in choices), sum(s.height() for s in choices)
            high, gaps = high + gaps, 0
        room = max(wide + gaps + 2 * _PADDING, bar.width())
        return QSize(room, high + _GAP + bar.height() + 2 * _PADDING)

    def measure(self) -> str:
        """Return the measure, a key of `METRICS`."""
        return self._metric

    def set_measure(self, metric: str) -> None:
        """Show another measure; `measureEdited` stays silent.

        Raises
        ------
        ValueError
            No such measure.
        """
        if metric not in METRICS:
            raise ValueError(f"No measure {metric!r}.")
        self._metric = metric
        self._choices[metric].setChecked(True)

    def set_busy(self, on: bool) -> None:
        """Say that what the measure asks for is being computed."""
        self._bar.note = self.tr("Computing…") if on else ""
        if on:
            self.setAccessibleName(self.tr("The difference is being computed"))
        self._bar.update()

    def set_scale(self, unit: str, maximum: float) -> None:
        """Say what is measured, and the value at the end of the bar."""
        self._bar.maximum = maximum
        self.set_busy(not unit)
        if unit:
            self.setAccessibleName(
                self.tr("Colour bar: error from 0 to {0} {1}").format(f"{maximum:,.3g}", unit)
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep keys that mean nothing here from the picture below."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_caption_ground(painter, QRectF(self.rect()))

    def _choose(self, metric: str) -> None:
        if metric != self._metric:
            self._metric = metric
            self.measureEdited.emit(metric)
