"""Escape: the key ends one thing at a time, wherever in the window the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from colorquant_gui.ui.links import Links
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.presentation import Presentation


class Escape(QObject):
    """Releases what is pinned, then ends a slice of the colour space, then a presentation.

    What has a use of its own for the key, such as a menu or a number that is being typed, goes
    before; what closes with it, such as a message, comes after.

    Parameters
    ----------
    window : MainWindow
        Where the key is pressed.
    links : Links
        Has what is pinned, and the slice.
    presentation : Presentation
        Is on or off.
    """

    def __init__(self, window: MainWindow, links: Links, presentation: Presentation) -> None:
        super().__init__(window)
        self._links, self._presentation = links, presentation
        # one for all: of two with the same key Qt takes neither
        self._shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._shortcut.setObjectName("escapeShortcut")
        self._shortcut.setAutoRepeat(False)
        self._shortcut.activated.connect(self._end)
        links.heldChanged.connect(self._follow)
        presentation.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Leave the key to others while there is nothing to end."""
        links = self._links
        has_use = links.is_holding or links.is_slicing or self._presentation.is_on
        self._shortcut.setEnabled(has_use)

    @Slot()
    def _end(self) -> None:
        if self._links.is_holding:
            self._links.release()
        elif self._links.is_slicing:
            self._links.end_slice()
        else:
            self._presentation.leave()
