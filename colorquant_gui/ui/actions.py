"""Makes the actions of the table in `action_table`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from colorquant_gui.ui.action_table import ACTIONS, CONTEXT
from colorquant_gui.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable


def build_actions(parent: QObject) -> dict[str, QAction]:
    """Create the actions of the table.

    Parameters
    ----------
    parent : QObject
        Their owner.

    Returns
    -------
    dict of str to QAction
        By key.
    """
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for spec in ACTIONS:
        text = QCoreApplication.translate(CONTEXT, spec.text)
        action = QAction(text, parent)
        action.setObjectName(spec.key)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        tip = QCoreApplication.translate(CONTEXT, spec.tip) if spec.tip else _plain(text)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setStatusTip(tip)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.setCheckable(spec.checkable or bool(spec.group))
        if spec.group:
            group = groups.setdefault(spec.group, QActionGroup(parent))
            group.addAction(action)
        actions[spec.key] = action
    return actions


def shortcut_rows(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """List what can be done from the keyboard.

    Parameters
    ----------
    actions : iterable of QAction
        The actions to look through.

    Returns
    -------
    list of (str, str)
        Keys and what they do, for actions that have keys.
    """
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (action.shortcut().toString(native), _plain(action.text()))
        for action in actions
        if not action.shortcut().isEmpty()
    ]


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
