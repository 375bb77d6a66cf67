"""RaceTransport: plays all runners of a race at once, and steps through their iterations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui import formatting
from colorquant_gui.ui.panels.transport import Transport

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

# Iterations of a page.
_PAGE = 5


class RaceTransport(Transport):
    """The iterations of a race, from the seedings to the end of the longest run.

    A step is a whole iteration; the Page keys take five.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("race", stops_each=1, parent=parent)
        self.setObjectName("raceTransport")
        self.setAccessibleName(self.tr("Iterations of the race"))
        self._bar.setAccessibleName(self.tr("Iteration of the race"))
        # as wide as what is above and below
        self._row.setContentsMargins(0, 0, 0, 0)
        self._back.setToolTip(self.tr("An iteration back (Left)"))
        self._forward.setToolTip(self.tr("An iteration forward (Right)"))
        self.set_length(-1)

    def set_length(self, last: int) -> None:
        """Say how many iterations there are; emits nothing.

        Parameters
        ----------
        last : int
            Number of the last one; 0 where there are only seedings, -1 where not even those.
        """
        self._bar.set_timeline(0, last, {})
        self._show_course(self.tr("The iterations of the race appear here."))

    def describe(self, stop: int) -> str:
        """Return what a stop is: "Iteration 7 of 22"."""
        last = self._bar.scale.n_iterations
        if not 0 <= stop <= last:
            return ""
        text = self.tr("Iteration %1 of %2").replace("%1", formatting.integer(stop))
        return text.replace("%2", formatting.integer(last))

    def _widest(self) -> list[str]:
        text = self.tr("Iteration %1 of %2")
        return [text.replace("%1", "000").replace("%2", "000")]

    def _turn_page(self, direction: int) -> None:
        self._go(self.stop() + direction * _PAGE)
