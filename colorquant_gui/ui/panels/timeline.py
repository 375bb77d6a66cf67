"""Timeline: plays, steps through and scrubs a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui import formatting
from colorquant_gui.ui.panels.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget


class Timeline(Transport):
    """The stops of a run, from the first stage of its seeding to its last assignment.

    A step is half an iteration; the Page keys take whole ones.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self._kind = "draws"
        self._growing = False
        super().__init__("timeline", parent=parent)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self._back.setToolTip(self.tr("Half a step back (Left)"))
        self._forward.setToolTip(self.tr("Half a step forward (Right)"))
        self.clear()

    def set_timeline(
        self,
        n_stages: int,
        n_iterations: int,
        marks: Mapping[int, str],
        seeding_kind: str = "draws",
    ) -> None:
        """Show a run. May be called for every frame while it grows.

        Parameters
        ----------
        n_stages : int
            Stages of the seeding, 0 or more.
        n_iterations : int
            Number of the last iteration; 0 where there is only the seeding, -1 where not even
            that: with no stages, the empty state.
        marks : mapping of int to str
            What happened at an iteration.
        seeding_kind : str
            "draws" (centroid after centroid), "splits" (box after box) or "given" (all at once).
        """
        self._kind = seeding_kind
        self._bar.set_timeline(n_stages, n_iterations, marks)
        self._show_state()

    def clear(self) -> None:
        """Show the empty state, or, while it is growing, the busy one."""
        self.set_timeline(0, -1, {})

    def set_growing(self, growing: bool) -> None:
        """Say whether there are more iterations to come."""
        self._growing = growing
        super().set_growing(growing)
        self._show_state()

    def describe(self, stop: int) -> str:
        """Return what a stop is: "Iteration 7 of 22 · assign"."""
        scale = self._bar.scale
        if stop < 0 or not scale.n_stops:
            return ""
        if scale.is_seeding(stop):
            words = {
                "splits": self.tr("Seeding · box %1 of %2"),
                "given": self.tr("Seeding · given centroids"),
            }.get(self._kind, self.tr("Seeding · centroid %1 of %2"))
            return _filled(words, stop + 1, scale.n_stages)
        half = self.tr("update") if scale.is_update(stop) else self.tr("assign")
        words = self.tr("Iteration %1 of %2 · %3").replace("%3", half)
        return _filled(words, scale.iteration(stop), scale.n_iterations)

    def _widest(self) -> list[str]:
        scale = self._bar.scale
        stops = (0, scale.n_stages - 1, scale.n_stops - 1, scale.n_stops - 2)
        return [*map(self.describe, stops), self.tr("Iteration 22 of 22 · update")]

    def _turn_page(self, direction: int) -> None:
        """Go to the next assignment, or the one before; the seeding is one page."""
        scale, stop = self._bar.scale, self._bar.value()
        start = scale.assign_stop(0)
        if direction > 0:
            self._go(start if stop < start else start + 2 * ((stop - start) // 2 + 1))
        else:
            self._go(0 if stop <= start else start + 2 * ((stop - start - 1) // 2))

    def _show_state(self) -> None:
        self._show_course(
            self.tr("The first iteration is on its way…")
            if self._growing
            else self.tr("The run of k-means appears here, to be played and stepped through.")
        )


def _filled(words: str, number: int, total: int) -> str:
    with_number = words.replace("%1", formatting.integer(number))
    return with_number.replace("%2", formatting.integer(total))
