"""RaceTransport: plays all runners of a race at once, and steps through their iterations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting
from colorquant_gui.ui.panels.transport import Transport

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.panels.timeline_scale import TimelineScale

# Iterations of a page.
_PAGE = 5


def _tr(text: str) -> str:
    return QCoreApplication.translate("RaceTransport", text)


@dataclass(frozen=True)
class RaceCourse:
    """The iterations of a race, for `Transport`."""

    def describe(self, scale: TimelineScale, stop: int) -> str:
        """Return what a stop is: "Iteration 7 of 22"."""
        last = scale.n_iterations
        if not 0 <= stop <= last:
            return ""
        text = _tr("Iteration %1 of %2").replace("%1", formatting.integer(stop))
        return text.replace("%2", formatting.integer(last))

    def widest(self, _scale: TimelineScale) -> list[str]:
        """Return texts that no description is wider than."""
        text = _tr("Iteration %1 of %2")
        return [text.replace("%1", "000").replace("%2", "000")]

    def page(self, _scale: TimelineScale, stop: int, direction: int) -> int:
        """Return the stop some iterations further on, or back."""
        return stop + direction * _PAGE


class RaceTransport(Transport):
    """The iterations of a race, from the seedings to the end of the longest run.

    A step is a whole iteration; the Page keys take five.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("race", RaceCourse(), stops_each=1, parent=parent)
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
