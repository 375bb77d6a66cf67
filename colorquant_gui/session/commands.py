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
    edit : int
        Number of the movement of a control that this is part of; the parts of one become one.
        -1 stands alone.
    """

    def __init__(
        self,
        text: str,
        before: Settings,
        after: Settings,
        apply: Callable[[Settings], None],
        edit: int = -1,
    ) -> None:
        super().__init__(text)
        self._edit = edit
        self._before = before
        self._after = after
        self._apply = apply

    def id(self) -> int:
        """Return what Qt compares before it merges."""
        return self._edit

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over where a later part of the same movement went."""
        if not isinstance(other, ChangeSettings) or other._edit != self._edit:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def undo(self) -> None:
        """Put the earlier settings into force."""
        self._apply(self._before)

    def redo(self) -> None:
        """Put the later settings into force; also called when the command is pushed."""
        self._apply(self._after)
