"""ToolBar: the tools at the top of the window; where it gets narrow, it gives up what it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolBar, QWidget

from colorquant_gui.ui.choice_row import ICON_SIZE, SPACING, ChoiceRow, RowLength, tool_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QResizeEvent


class ToolBar(QToolBar):
    """A bar of buttons and panels, one of which stretches.

    A choice gets a shorter row first, then the spare buttons go, so that nothing is left that only
    an extension of the bar would show.

    Parameters
    ----------
    title : str
        Its name for people.
    parent : QWidget, optional
        Its owner.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setObjectName("toolBar")
        self.setMovable(False)
        self.setIconSize(ICON_SIZE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._choice: ChoiceRow | None = None
        self._spare: QAction | None = None
        self._spare_row: QWidget | None = None
        self._stretching: QWidget | None = None

    def add_button(self, action: QAction) -> None:
        """Add the button of an action."""
        self.addWidget(tool_button(action, self))

    def add_stretching(self, panel: QWidget) -> None:
        """Add the panel that takes the room that all else leaves."""
        panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(panel)
        self._stretching = panel

    def add_choice(self, choice: ChoiceRow) -> None:
        """Add the choice that gets shorter where room is scarce."""
        self.addWidget(choice)
        self._choice = choice

    def add_spare(self, actions: Sequence[QAction]) -> None:
        """Add buttons that go where room is scarce: what they do is offered beside them too."""
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for action in actions:
            layout.addWidget(tool_button(action, row))
        self._spare = self.addWidget(row)
        self._spare_row = row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        choice, stretching, layout = self._choice, self._stretching, self.layout()
        if choice is None or stretching is None or self._spare is None or layout is None:
            return
        present = self._width_of(choice.length(), has_spare=self._spare.isVisible())
        others = self.sizeHint().width() - present
        # what a stretching panel can do without; half of it is not missed
        slack = stretching.sizeHint().width() - stretching.minimumSizeHint().width()
        for length, has_spare, given in (
            (RowLength.ALL, True, slack // 2),
            (RowLength.FOREMOST, True, slack // 2),
            (RowLength.NONE, True, slack),
            (RowLength.NONE, False, slack),
        ):
            needed = others + self._width_of(length, has_spare=has_spare) - given
            if needed <= self.width() or not has_spare:
                choice.set_length(length)
                self._spare.setVisible(has_spare)
                # what had no room is hidden, and what is hidden doesn't tell of another size
                layout.invalidate()
                return

    def _width_of(self, length: RowLength, *, has_spare: bool) -> int:
        assert self._choice is not None and self._spare_row is not None
        spare = self._spare_row.sizeHint().width() + SPACING if has_spare else 0
        return self._choice.width_of(length) + spare
