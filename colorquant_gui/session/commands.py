"""Undo commands: one per thing a person meant to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from colorquant_gui.session.settings import Settings


class ChangeSettings(QUndoCommand):
    """Go from one set of settings to another.

    Parameters
    ----------
    text : str
        What it is called in the Edit menu.
    before, after : Settings
        The settings to go back and forth between.
    apply : callable taking Settings
        Puts settings into force.
    """

    def __init__(
        self, text: str, before: Settings, after: Settings, apply: Callable[[Settings], None]
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._apply = apply

    def undo(self) -> None:
        """Put the earlier settings into force."""
        self._apply(self._before)

    def redo(self) -> None:
        """Put the later settings into force; also called when the command is pushed."""
        self._apply(self._after)
