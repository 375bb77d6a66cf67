"""SettingsDesk: the settings in force, whose they are, and which changes can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup, QUndoStack

from colorquant_gui.session.commands import ChangeSettings

if TYPE_CHECKING:
    from colorquant_gui.session.settings import Settings


class SettingsDesk(QObject):
    """Changes settings, one undo step per thing a person meant to do.

    A picture may bring settings of its own. They lie on top of the person's for as long as it is
    open, with undo steps of their own, and leave no trace.

    Attributes
    ----------
    changed : Signal(Settings)
        Others are in force.
    edited : Signal(bool)
        They were changed, undone or redone; True while a control moves. Said after `changed`, and
        not of what a picture brings.
    editingChanged : Signal()
        `is_editing` is another.
    settings : Settings
        Those in force.
    undo_group : QUndoGroup
        Its active stack is `undo_stack`.
    is_editing : bool
        Whether a control moves.

    Parameters
    ----------
    settings : Settings
        The person's.
    parent : QObject, optional
        Qt parent.
    """

    changed = Signal(object)
    edited = Signal(bool)
    editingChanged = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.is_editing = False
        self.undo_group = QUndoGroup(self)
        self._steps, self._brought_steps = QUndoStack(self), QUndoStack(self)
        for stack in (self._steps, self._brought_steps):
            self.undo_group.addStack(stack)
        self.undo_group.setActiveStack(self._steps)
        # the person's, while others lie on top
        self._covered: Settings | None = None
        self._is_preview = False
        self._edit = 0

    @property
    def own(self) -> Settings:
        """The person's settings, whichever are in force."""
        return self.settings if self._covered is None else self._covered

    @property
    def undo_stack(self) -> QUndoStack:
        """What can be undone at present."""
        return self._steps if self._covered is None else self._brought_steps

    def begin_edit(self) -> None:
        """Note that a control moves."""
        if not self.is_editing:
            self.is_editing = True
            self._edit += 1
            self.editingChanged.emit()

    def end_edit(self) -> None:
        """Note that the control rests."""
        if self.is_editing:
            self.is_editing = False
            self.editingChanged.emit()

    def set(self, text: str, **changes: object) -> None:
        """Change settings; see `colorquant_gui.session.Session.set`."""
        after = replace(self.settings, **changes)  # type: ignore[arg-type]
        if after == self.settings:
            return
        edit = self._edit if self.is_editing else -1
        self._is_preview = self.is_editing
        self.undo_stack.push(ChangeSettings(text, self.settings, after, self._apply, edit))
        self._is_preview = False

    def exchange(self, brought: Settings | None) -> None:
        """Lay what a picture brings on top, or take it away again.

        Parameters
        ----------
        brought : Settings or None
            None for a picture that brings none, and for no picture.
        """
        own, before = self.own, self.settings
        self._covered = None if brought is None else own
        self._brought_steps.clear()
        self.undo_group.setActiveStack(self.undo_stack)
        self.settings = own if brought is None else brought
        if self.settings != before:
            self.changed.emit(self.settings)

    def _apply(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self.changed.emit(settings)
            self.edited.emit(self._is_preview)
