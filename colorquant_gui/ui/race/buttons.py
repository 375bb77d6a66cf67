"""The buttons of the race window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton


def push_button(name: str, text: str) -> QPushButton:
    """Return a button that Enter does not press from elsewhere.

    Parameters
    ----------
    name : str
        Its objectName.
    text : str
        What it says, with a mnemonic.
    """
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(text.replace("&", ""))
    button.setAutoDefault(False)
    return button


def quiet_button(name: str, text: str) -> QPushButton:
    """Return one like `push_button`'s that a click gives no keys, either."""
    button = push_button(name, text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def toggle_button(name: str, text: str) -> QToolButton:
    """Return a flat button that is on or off.

    Parameters
    ----------
    name : str
        Its objectName.
    text : str
        What it says, with a mnemonic.
    """
    button = QToolButton()
    button.setText(text)
    button.setObjectName(name)
    button.setAccessibleName(text.replace("&", ""))
    button.setAutoRaise(True)
    button.setCheckable(True)
    return button
