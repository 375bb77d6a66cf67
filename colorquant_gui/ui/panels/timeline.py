"""Timeline: plays, steps through and scrubs a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui.panels.timeline_course import RunCourse
from colorquant_gui.ui.panels.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget


class Timeline(Transport):
    """The stops of a run, from the first stage of its seeding to its last assignment.

    A step is half an iteration; the Page keys take whole ones.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("timeline", RunCourse(), parent=parent)
        self._growing = False
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
        self.set_course(RunCourse(seeding_kind))
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

    def _show_state(self) -> None:
        self._show_course(
            self.tr("The seeding is on its way…")
            if self._growing
            else self.tr("k-means is played here.")
        )
