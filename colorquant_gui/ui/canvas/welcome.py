"""Welcome: what the canvas says while there is no picture, and to whom asks how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from colorquant_gui.ui.canvas.painting import paint_drop_highlight
from colorquant_gui.ui.canvas.sample_button import SampleButton
from colorquant_gui.ui.icons import icon, paint_icon
from colorquant_gui.ui.resources import sample_names

if TYPE_CHECKING:
    from collections.abc import Sequence

_INSET = 16.0
_MOST_SAMPLES = 3
_HINT_WIDTH = 160
_ICON = 24
_COLUMN_GAP = 16


class _Hint(QWidget):
    """An icon above a few words."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self._icon = name
        self._label = QLabel(text, self)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._label.setFixedWidth(_HINT_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _ICON + 8, 0, 0)
        column.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        with QPainter(self) as painter:
            square = QRect((self.width() - _ICON) // 2, 0, _ICON, _ICON)
            color = self.palette().color(QPalette.ColorRole.WindowText)
            paint_icon(painter, square, self._icon, color)


class Welcome(QWidget):
    """A drop target, a button for those who don't drag, sample pictures and three hints.

    What there is no room for is left out: first the hints, then the samples, then the keys.

    Attributes
    ----------
    openRequested : Signal()
        A person wants to choose a file.
    sampleRequested : Signal(str)
        A person wants a sample picture: its file name.
    closed : Signal()
        A person wants to go back to the picture.

    Parameters
    ----------
    parent : QWidget, optional
        The widget that it lies over.
    """

    openRequested = Signal()
    sampleRequested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self.setAccessibleName(self.tr("Welcome"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._is_drop_target = False
        self._title = QLabel(self.tr("Drop a picture here"))
        self._title.setObjectName("emptyTitle")
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.8)
        self._title.setFont(font)
        self._open = self._large_button("openButton", self.tr("Open…"), self.tr("Open a picture"))
        self._open.setIcon(icon("open"))
        self._open.clicked.connect(self.openRequested)
        self._back = self._large_button(
            "welcomeCloseButton", self.tr("Back"), self.tr("Back to the picture")
        )
        self._back.setToolTip(self.tr("Back to the picture (Esc)"))
        self._back.clicked.connect(self.closed)
        self._back.hide()
        self.setFocusProxy(self._open)
        self._keys = self._quiet("emptyHint", self._key_text())
        self._thumbnails = [self._sample(name) for name in sample_names()[:_MOST_SAMPLES]]
        self._samples = self._row(self._thumbnails)
        self._lead = self._quiet("samplesLabel", self.tr("or begin with one of these"))
        self._hints = self._row(
            [
                _Hint("slider", self.tr("Drag Colours and the picture follows")),
                _Hint("split", self.tr("Drag the handle to wipe before over after")),
                _Hint("cube", self.tr("Watch the centroids travel the colour cube")),
            ]
        )
        self._lay_out()

    def set_drop_active(self, on: bool) -> None:
        """Show that what is being dragged may be dropped here."""
        self._is_drop_target = on
        self.update()

    def set_closable(self, on: bool) -> None:
        """Offer to go back to a picture, or don't."""
        self._back.setVisible(on)
        self._show_what_fits()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        self._show_what_fits()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the edge of the drop target."""
        with QPainter(self) as painter:
            palette = self.palette()
            painter.fillRect(event.rect(), palette.color(QPalette.ColorRole.Dark))
            if self._is_drop_target:
                paint_drop_highlight(painter, QRectF(self.rect()), palette)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = palette.color(QPalette.ColorRole.PlaceholderText)
            color.setAlpha(110)
            pen = QPen(color, 1.5)
            pen.setDashPattern([4, 4])
            painter.setPen(pen)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET), 8, 8
            )

    def _large_button(self, name: str, text: str, accessible_name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(accessible_name)
        button.setMinimumSize(152, 40)
        button.setIconSize(QSize(20, 20))
        button.setAutoDefault(True)
        return button

    def _quiet(self, name: str, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName(name)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _key_text(self) -> str:
        open_keys, paste_keys = (
            QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            for key in (QKeySequence.StandardKey.Open, QKeySequence.StandardKey.Paste)
        )
        return self.tr("{0} to open, {1} to paste").format(open_keys, paste_keys)

    def _sample(self, name: str) -> SampleButton:
        button = SampleButton(name)
        button.clicked.connect(lambda _=False: self.sampleRequested.emit(name))
        return button

    @staticmethod
    def _row(widgets: Sequence[QWidget]) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_COLUMN_GAP)
        for widget in widgets:
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        row.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return row

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self._open)
        buttons.addWidget(self._back)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(self._title, 0, middle)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self._keys, 0, middle)
        column.addStretch(1)
        column.addWidget(self._lead, 0, middle)
        column.addWidget(self._samples, 0, middle)
        column.addStretch(1)
        column.addWidget(self._hints, 0, middle)
        column.addStretch(1)

    def _show_what_fits(self) -> None:
        room = self.size() - QSize(round(4 * _INSET), round(4 * _INSET))
        columns = max(1, len(self._thumbnails))
        for thumbnail in self._thumbnails:
            thumbnail.set_room((room.width() - (columns - 1) * _COLUMN_GAP) // columns)
        optional: list[list[QWidget]] = [
            [self._keys],
            [self._lead, self._samples],
            [self._hints],
        ]
        used = self._title.sizeHint().height() + self._open.sizeHint().height() + 24
        for widgets in optional:
            size = [widget.sizeHint() for widget in widgets]
            used += sum(part.height() for part in size) + 24
            fits = used <= room.height() and max(part.width() for part in size) <= room.width()
            for widget in widgets:
                widget.setVisible(fits)
