"""What the stops of a timeline are: those of a run, or of anything else that is played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colorquant_gui.ui.panels.timeline_scale import TimelineScale


def _tr(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)


class Course(Protocol):
    """What the stops are that `colorquant_gui.ui.panels.transport.Transport` goes through."""

    def describe(self, scale: TimelineScale, stop: int) -> str:
        """Return what a stop is; "" where there are none."""

    def widest(self, scale: TimelineScale) -> Sequence[str]:
        """Return texts that no description is wider than; at least one."""

    def page(self, scale: TimelineScale, stop: int, direction: int) -> int:
        """Return the stop that a Page key leads to, perhaps one beyond the ends.

        Parameters
        ----------
        scale : TimelineScale
            The stops.
        stop : int
            Where it is.
        direction : int
            1 for onwards, -1 for back.
        """


@dataclass(frozen=True)
class RunCourse:
    """A run of k-means: the stages of its seeding, then the halves of its iterations.

    Attributes
    ----------
    kind : str
        Its seeding: "draws" (centroid after centroid), "splits" (box after box) or "given" (all
        at once).
    """

    kind: str = "draws"

    def describe(self, scale: TimelineScale, stop: int) -> str:
        """Return what a stop is: "Iteration 7 of 22 · assign"."""
        if stop < 0 or not scale.n_stops:
            return ""
        if scale.is_seeding(stop):
            words = {
                "splits": _tr("Seeding · box %1 of %2"),
                "given": _tr("Seeding · given centroids"),
            }.get(self.kind, _tr("Seeding · centroid %1 of %2"))
            return _filled(words, stop + 1, scale.n_stages)
        half = _tr("update") if scale.is_update(stop) else _tr("assign")
        words = _tr("Iteration %1 of %2 · %3").replace("%3", half)
        return _filled(words, scale.iteration(stop), scale.n_iterations)

    def widest(self, scale: TimelineScale) -> list[str]:
        """Return texts that no description is wider than."""
        stops = (0, scale.n_stages - 1, scale.n_stops - 1, scale.n_stops - 2)
        return [
            *(self.describe(scale, stop) for stop in stops),
            _tr("Iteration 22 of 22 · update"),
        ]

    def page(self, scale: TimelineScale, stop: int, direction: int) -> int:
        """Return the next assignment, or the one before; the seeding is one page."""
        start = scale.assign_stop(0)
        if direction > 0:
            return start if stop < start else start + 2 * ((stop - start) // 2 + 1)
        return 0 if stop <= start else start + 2 * ((stop - start - 1) // 2)


def _filled(words: str, number: int, total: int) -> str:
    with_number = words.replace("%1", formatting.integer(number))
    return with_number.replace("%2", formatting.integer(total))
