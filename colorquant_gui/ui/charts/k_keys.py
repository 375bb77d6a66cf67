"""Which k a key leads to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from colorquant_gui.ui.panels.k_scale import K_MIN


def k_after(key: int, k: int, greatest: int) -> int | None:
    """Step, double, halve, or go to an end.

    Parameters
    ----------
    key : int
        A Qt.Key.
    k : int
        From where.
    greatest : int
        The greatest k there is, 2 or more.

    Returns
    -------
    int or None
        2..`greatest`; None for a key that doesn't move k.
    """
    match key:
        case Qt.Key.Key_Left | Qt.Key.Key_Down:
            wanted = k - 1
        case Qt.Key.Key_Right | Qt.Key.Key_Up:
            wanted = k + 1
        case Qt.Key.Key_PageUp:
            wanted = k * 2
        case Qt.Key.Key_PageDown:
            wanted = k // 2
        case Qt.Key.Key_Home:
            wanted = K_MIN
        case Qt.Key.Key_End:
            wanted = greatest
        case _:
            return None
    return min(max(wanted, K_MIN), greatest)


def asks_for_escape(event: QEvent) -> bool:
    """Return whether this is Qt asking for a use of the Escape key that goes before shortcuts."""
    is_asking = event.type() == QEvent.Type.ShortcutOverride
    return is_asking and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
