"""EmptyState: what the canvas says while there is no picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

_ROOM_FOR_ICON = 208
_ROOM_FOR_HINT = 128
_INSET = 16.0


class _PictureIcon(QWidget):
    """A framed landscape: the place where a picture will be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return its one size."""
        return QSize(72, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colour of quiet text."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 2)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(2, 2, 68, 52), 6, 6)
            painter.drawEllipse(QPointF(20, 18), 5, 5)
            hills = [(2, 44), (18, 32), (30, 41), (48, 22), (70, 42)]
            painter.drawPolyline([QPointF(x, y) for x, y in hills])


class EmptyState(QWidget):
    """A calm drop target with a button for those who don't drag.

    Parameters
    ----------
    parent : QWidget, optional
        The widget that it lies over.
    """

    openRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self._icon = _PictureIcon(self)
        self._title = QLabel(self.tr("Drop a picture here"), self)
        self._title.setObjectName("emptyTitle")
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self._title.setFont(font)
        self._button = QPushButton(self.tr("Open…"), self)
        self._button.setObjectName("openButton")
        self._button.setAccessibleName(self.tr("Open a picture"))
        self._button.clicked.connect(self.openRequested)
        self.setFocusProxy(self._button)
        lead = QLabel(self.tr("or"), self)
        open_keys, paste_keys = (
            QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            for key in (QKeySequence.StandardKey.Open, QKeySequence.StandardKey.Paste)
        )
        self._hint = QLabel(
            self.tr("{0} to open, {1} to paste").format(open_keys, paste_keys), self
        )
        self._hint.setObjectName("emptyHint")
        for quiet in (lead, self._hint):
            quiet.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(lead)
        row.addWidget(self._button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch()
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._icon, 0, middle)
        column.addSpacing(8)
        column.addWidget(self._title, 0, middle)
        column.addSpacing(4)
        column.addLayout(row)
        column.addSpacing(4)
        column.addWidget(self._hint, 0, middle)
        column.addStretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        self._icon.setVisible(self.height() >= _ROOM_FOR_ICON)
        room = self.width() - 4 * _INSET
        fits = QFontMetrics(self._hint.font()).horizontalAdvance(self._hint.text()) <= room
        self._hint.setVisible(fits and self.height() >= _ROOM_FOR_HINT)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge of the drop target."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = self.palette().color(QPalette.ColorRole.PlaceholderText)
            color.setAlpha(110)
            pen = QPen(color, 1.5)
            pen.setDashPattern([4, 4])
            painter.setPen(pen)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET), 8, 8
            )
