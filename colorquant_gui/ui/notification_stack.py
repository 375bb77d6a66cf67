"""Notifications: messages over the picture, what is wrong apart from what passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from colorquant_gui.ui.notifications import NotificationBar, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MARGIN = 16
_APART = 8
_WIDEST = 560


class Notifications(QWidget):
    """Messages over the picture: what is wrong in one place, what passes in another below it.

    So an info is seen at once, whatever else waits to be read.

    Parameters
    ----------
    parent : QWidget, optional
        Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notifications")
        self._avoided: Callable[[], Iterable[QRectF]] = tuple
        self._lasting, self._passing = NotificationBar(), NotificationBar()
        self._passing.setObjectName("infoBar")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_APART)
        for bar in self._bars():
            column.addWidget(bar)
            bar.changed.connect(self._follow)
        self.hide()

    def lie_over(self, host: QWidget, avoided: Callable[[], Iterable[QRectF]]) -> None:
        """Stay at the top of a widget, above its children.

        Parameters
        ----------
        host : QWidget
            What to lie over; becomes the owner.
        avoided : callable
            Returns what is better not covered, in logical pixels of the host.
        """
        self.setParent(host)
        self._avoided = avoided
        host.installEventFilter(self)
        self._follow()

    def show_message(
        self,
        text: str,
        severity: Severity = Severity.INFO,
        action_text: str = "",
        action: Callable[[], object] | None = None,
    ) -> None:
        """Show a message; see `NotificationBar.show_message`."""
        bar = self._passing if severity is Severity.INFO else self._lasting
        bar.show_message(text, severity, action_text, action)

    def message(self) -> str:
        """Return the texts of the messages shown, what is wrong first, one per line."""
        return "\n".join(bar.message() for bar in self._bars() if bar.message())

    def dismiss(self) -> None:
        """Close the message on top."""
        (self._lasting if self._lasting.message() else self._passing).dismiss()

    def clear(self) -> None:
        """Close all messages and forget those that wait."""
        for bar in self._bars():
            bar.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what it lies over."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return False

    def _bars(self) -> tuple[NotificationBar, NotificationBar]:
        return self._lasting, self._passing

    def _follow(self) -> None:
        self.setVisible(bool(self.message()))
        if not self.isHidden():
            self._place()
            self.raise_()

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None or self.isHidden():
            return
        shown = [bar for bar in self._bars() if bar.message()]
        room = min(_WIDEST, host.width() - 2 * _MARGIN)
        width = max(min(max(bar.sizeHint().width() for bar in shown), room), 1)
        height = sum(bar.heightForWidth(width) for bar in shown) + _APART * (len(shown) - 1)
        place = QRect((host.width() - width) // 2, _MARGIN, width, height)
        for taken in sorted(self._avoided(), key=QRectF.top):
            if taken.intersects(QRectF(place)):
                place.moveTop(round(taken.bottom()) + _APART)
        if place.bottom() > host.height() // 2:
            # better over a caption than over the middle of the picture
            place.moveTop(_MARGIN)
        self.setGeometry(place)
