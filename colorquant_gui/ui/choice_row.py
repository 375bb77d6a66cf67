"""ChoiceRow: one of several actions, as a row of buttons, a shorter row and a menu, or a menu."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent

ICON_SIZE = QSize(20, 20)
SPACING = 4
_MARK_ROOM, _MARK_HEIGHT, _MARK_INSET = 4, 2, 4


class RowLength(enum.IntEnum):
    """How many of the actions have a button of their own; all of them are in the menu."""

    ALL = 0
    FOREMOST = 1
    NONE = 2


def tool_button(action: QAction, parent: QWidget) -> QToolButton:
    """Make a flat button for an action."""
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setIconSize(ICON_SIZE)
    # as all buttons of a tool bar: keys have shortcuts and menus
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setObjectName(f"{action.objectName()}Button")
    button.setAccessibleName(action.statusTip())
    return button


class ChoiceRow(QWidget):
    """Shows which action of a group is in force, by a mark below, and lets another be chosen.

    The menu button stands for the action in force where that has no button; beside a short row it
    otherwise keeps the one that it stood for last, to go back to with one click.

    Parameters
    ----------
    name : str
        objectName; the menu button's ends in MenuButton.
    title : str
        What is chosen, for those who don't see it.
    actions : sequence of QAction
        Checkable, of one exclusive group, in their order on the screen.
    n_foremost : int
        How many of them, from the first, keep a button in a short row; not all.
    parent : QWidget, optional
        Its owner.
    """

    def __init__(
        self,
        name: str,
        title: str,
        actions: Sequence[QAction],
        n_foremost: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._actions = list(actions)
        self._foremost = self._actions[:n_foremost]
        self._length = RowLength.ALL
        self._stands_for = self._actions[n_foremost]
        self._buttons = [tool_button(action, self) for action in actions]
        self._menu = QMenu(title, self)
        self._menu.setObjectName(f"{name}Menu")
        self._menu.addActions(self._actions)
        self._menu_button = self._make_menu_button(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, _MARK_ROOM, 0, _MARK_ROOM)
        row.setSpacing(SPACING)
        for button in (*self._buttons, self._menu_button):
            row.addWidget(button)
        for action in self._actions:
            action.toggled.connect(self._follow)
        self._follow()

    def length(self) -> RowLength:
        """Return how long the row is."""
        return self._length

    def set_length(self, length: RowLength) -> None:
        """Give buttons to all actions, to the foremost, or to none."""
        if length is not self._length:
            self._length = length
            self._follow()

    def width_of(self, length: RowLength) -> int:
        """Return the width of a row of some length, in logical pixels."""
        widths = [
            button.sizeHint().width()
            for action, button in zip(self._actions, self._buttons, strict=True)
            if self._has_button(action, length)
        ]
        if length is not RowLength.ALL:
            widths.append(self._menu_button.sizeHint().width())
        return sum(widths) + SPACING * (len(widths) - 1)

    def sizeHint(self) -> QSize:
        """Return the size of the present row."""
        height = self._menu_button.sizeHint().height() + 2 * _MARK_ROOM
        return QSize(self.width_of(self._length), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a row gets shorter by `set_length`."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark what is in force: the ground of a button under the pointer is no less striking."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
            for button in (*self._buttons, self._menu_button):
                if button.isVisible() and button.isChecked():
                    place = button.geometry()
                    top = place.bottom() + 1 + _MARK_ROOM - _MARK_HEIGHT
                    mark = QRect(place.left(), top, place.width(), _MARK_HEIGHT)
                    mark.adjust(_MARK_INSET, 0, -_MARK_INSET, 0)
                    painter.drawRoundedRect(mark, 1, 1)

    def _make_menu_button(self, name: str) -> _MenuButton:
        button = _MenuButton(self)
        button.setObjectName(f"{name}MenuButton")
        button.setMenu(self._menu)
        button.clicked.connect(self._open_menu)
        return button

    def _has_button(self, action: QAction, length: RowLength) -> bool:
        return length is RowLength.ALL or (
            length is RowLength.FOREMOST and action in self._foremost
        )

    def _follow(self) -> None:
        """Show what is in force."""
        for action, button in zip(self._actions, self._buttons, strict=True):
            has_button = self._has_button(action, self._length)
            button.setVisible(has_button)
            if action.isChecked() and not has_button:
                self._stands_for = action
        if self._length is RowLength.FOREMOST and self._stands_for in self._foremost:
            self._stands_for = self._actions[len(self._foremost)]
        self._show_menu_button()
        self.updateGeometry()
        self.update()

    def _show_menu_button(self) -> None:
        button, action = self._menu_button, self._stands_for
        before = button.defaultAction()
        if before is not action:
            if before is not None:
                button.removeAction(before)
            button.setDefaultAction(action)
        button.setAccessibleName(f"{self.accessibleName()}: {action.statusTip()}")
        button.setVisible(self._length is not RowLength.ALL)

    def _open_menu(self) -> None:
        # where it is all there is, it stands for what is in force already
        if self._length is RowLength.NONE:
            self._menu_button.showMenu()


class _MenuButton(QToolButton):
    """A button and an arrow beside it; the arrow's menu opens by key too."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setIconSize(ICON_SIZE)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu on the keys that open a list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showMenu()
        else:
            super().keyPressEvent(event)
