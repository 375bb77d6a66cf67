"""NotificationBar: one message at a time, in place of a dialog."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from colorquant_gui.ui.icons import icon, paint_icon
from colorquant_gui.ui.message_label import MessageLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

INFO_MS = 6000
_EDGE = 4
_ICON = 20
_GAP = 12
_ROUND = 8


class Severity(IntEnum):
    """How much a message matters; a higher one comes first."""

    INFO = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True)
class _Message:
    text: str
    severity: Severity
    action_text: str
    action: Callable[[], object] | None


_LOOKS = {
    Severity.INFO: ("info", QPalette.ColorRole.Mid),
    Severity.WARNING: ("warning", QPalette.ColorRole.PlaceholderText),
    Severity.ERROR: ("error", QPalette.ColorRole.WindowText),
}


class NotificationBar(QFrame):
    """Shows one message at a time; hidden when there is none.

    An info goes by itself after 6 s (not while the pointer rests on it) and gives way to the
    next message. Warnings and errors stay until they are closed, by their button or with Escape, or
    something as bad comes: the worst is shown first, and of those the latest. The others wait, the
    same text only once, and of infos the latest.

    Attributes
    ----------
    changed : Signal()
        Another message is shown, or none.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notificationBar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._current: _Message | None = None
        self._waiting: list[_Message] = []
        self._watched: QWidget | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._expire)
        self._build()
        self.hide()

    def show_message(
        self,
        text: str,
        severity: Severity = Severity.INFO,
        action_text: str = "",
        action: Callable[[], object] | None = None,
    ) -> None:
        """Show a message, now or after a worse one.

        Parameters
        ----------
        text : str
            One or two sentences for a person.
        severity : Severity
            How much it matters.
        action_text : str
            Caption of a button; empty shows none.
        action : callable, optional
            What the button does; it closes the message, too.
        """
        message = _Message(text, severity, action_text, action)
        if self._current is None or self._current.severity is Severity.INFO:
            self._present(message)
            return
        if (self._current.text, self._current.severity) == (text, severity):
            return
        self._waiting = [
            other for other in self._waiting if (other.text, other.severity) != (text, severity)
        ]
        if severity is Severity.INFO:
            self._waiting = [other for other in self._waiting if other.severity > Severity.INFO]
        if severity >= self._current.severity:
            # what a person has just done is what they look for an answer to
            self._waiting.insert(0, self._current)
            self._present(message)
        else:
            self._waiting.append(message)

    def message(self) -> str:
        """Return the whole text of the message shown, "" where there is none."""
        return self._current.text if self._current else ""

    def dismiss(self) -> None:
        """Close the message shown; the next one that waits takes its place."""
        self._timer.stop()
        self._current = None
        if self._waiting:
            worst = max(self._waiting, key=lambda message: message.severity)
            self._waiting.remove(worst)
            self._present(worst)
        else:
            self.hide()
            self.changed.emit()

    def clear(self) -> None:
        """Close the message shown and forget those that wait."""
        self._waiting.clear()
        self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on Escape, which arrives at the window where the focus had no use for it."""
        escape = isinstance(event, QKeyEvent) and (
            event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
        )
        if escape and watched is self._watched:
            self.dismiss()
        return escape

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch for Escape and to count the time."""
        self._watched = self.window()
        self._watched.installEventFilter(self)
        self._start_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch and count no more."""
        self._timer.stop()
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface, the edge and the icon."""
        if self._current is None:
            return
        palette = self.palette()
        name, edge = _LOOKS[self._current.severity]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        painter.fillPath(outline, palette.color(QPalette.ColorRole.Button))
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(QRect(0, 0, _EDGE, self.height()), palette.color(edge))
        painter.restore()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.drawPath(outline)
        square = QRect(_EDGE + _GAP, (self.height() - _ICON) // 2, _ICON, _ICON)
        paint_icon(painter, square, name, palette.color(QPalette.ColorRole.WindowText))

    def _build(self) -> None:
        self._label = MessageLabel()
        self._label.setObjectName("notificationText")
        self._button = QPushButton()
        self._button.setObjectName("notificationAction")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._act)
        close = QToolButton()
        close.setObjectName("notificationClose")
        close.setAccessibleName(self.tr("Close this message"))
        close.setToolTip(self.tr("Close (Esc)"))
        close.setIcon(icon("close"))
        close.setIconSize(QSize(16, 16))
        close.setAutoRaise(True)
        close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_EDGE + _GAP + _ICON + _GAP, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        layout.addWidget(close)

    def _present(self, message: _Message) -> None:
        self._current = message
        self._label.set_full_text(message.text)
        self._button.setText(message.action_text)
        self._button.setAccessibleName(message.action_text)
        self._button.setVisible(bool(message.action_text))
        self.setAccessibleName(message.text)
        self.show()
        self._start_timer()
        self.update()
        self.changed.emit()
        self._announce(message)

    def _announce(self, message: _Message) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        announcement = QAccessibleAnnouncementEvent(self, message.text)
        if message.severity is Severity.ERROR:
            announcement.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(announcement)

    def _start_timer(self) -> None:
        self._timer.stop()
        passing = self._current is not None and self._current.severity is Severity.INFO
        if passing and self.isVisible():
            self._timer.start(INFO_MS)

    def _expire(self) -> None:
        if self.underMouse():
            self._timer.start(INFO_MS)
        else:
            self.dismiss()

    def _act(self) -> None:
        action = self._current.action if self._current else None
        self.dismiss()
        if action is not None:
            action()
