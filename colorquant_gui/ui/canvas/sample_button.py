"""SampleButton: a thumbnail of a sample picture that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from colorquant_gui.ui.canvas.painting import checkerboard
from colorquant_gui.ui.resources import sample_path, sample_title
from colorquant_gui.ui.theme import is_dark

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

WIDEST, NARROWEST = 152, 88
_SHAPE = 2 / 3  # of a thumbnail: its height over its width
_EDGE = 4
_GAP = 4
_ROUND = 4


class SampleButton(QAbstractButton):
    """Shows the middle of a sample picture above its name.

    Parameters
    ----------
    name : str
        A member of `colorquant_gui.ui.resources.sample_names`.
    parent : QWidget, optional
        Its owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sample = name
        self.setObjectName(f"sampleButton-{name.partition('.')[0]}")
        self.setText(sample_title(name))
        self.setAccessibleName(self.tr("Open the sample picture “{0}”").format(self.text()))
        self.setToolTip(self.accessibleName())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._size = QSize(WIDEST, round(_SHAPE * WIDEST))
        self._thumbnail = QPixmap()

    def set_room(self, width: int) -> None:
        """Take a width, rings included; kept within what looks well."""
        width = min(max(width - 2 * _EDGE, NARROWEST), WIDEST)
        self._size = QSize(width, round(_SHAPE * width))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of the thumbnail, its name and a ring around both."""
        height = self._size.height() + _GAP + self.fontMetrics().height()
        return QSize(self._size.width() + 2 * _EDGE, height + 2 * _EDGE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the ground anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._thumbnail = QPixmap()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw thumbnail, name and rings."""
        palette = self.palette()
        frame = QRect(_EDGE, _EDGE, self._size.width(), self._size.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded = QPainterPath()
            rounded.addRoundedRect(QRectF(frame), _ROUND, _ROUND)
            painter.save()
            painter.setClipPath(rounded)
            painter.drawPixmap(frame, self._thumbnail_at(self.devicePixelRatioF()))
            painter.restore()
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            name = QRect(0, frame.bottom() + 1 + _GAP, self.width(), self.fontMetrics().height())
            painter.drawText(name, Qt.AlignmentFlag.AlignCenter, self.text())
            if self.hasFocus() or self.underMouse():
                role = QPalette.ColorRole
                color = palette.color(role.Highlight if self.hasFocus() else role.WindowText)
                painter.setPen(QPen(color, 2))
                ring = QRectF(frame).adjusted(-2, -2, 2, 2)
                painter.drawRoundedRect(ring, _ROUND + 2, _ROUND + 2)

    def _thumbnail_at(self, ratio: float) -> QPixmap:
        """Read the picture, reduced, when it is first seen and on another density."""
        size = self._size * ratio
        if self._thumbnail.size() != size:
            reader = QImageReader(str(sample_path(self.sample)))
            whole = reader.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            is_reduced = whole.width() <= reader.size().width()
            if is_reduced:
                reader.setScaledSize(whole)
            middle = QRect(0, 0, size.width(), size.height())
            middle.moveCenter(QRect(0, 0, whole.width(), whole.height()).center())
            self._thumbnail = QPixmap(size)
            with QPainter(self._thumbnail) as painter:
                ground = checkerboard(ratio, dark=is_dark(self.palette()))
                painter.fillRect(self._thumbnail.rect(), ground)
                # pixels of a small picture stay square
                painter.drawImage(QRect(-middle.topLeft(), whole), reader.read())
        return self._thumbnail
