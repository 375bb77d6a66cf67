"""Theatre: what is shown of a run beside its centroids, so that one can follow what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.space3d.boxes import SplitBoxes
from colorquant_gui.ui.space3d.event_marks import Moves
from colorquant_gui.ui.space3d.scene import PHASES, positions

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from colorquant_gui.ui.space3d.measures import Measure
    from colorquant_gui.ui.space3d.scene import Scene


class Theatre(QObject):
    """Writes boxes, marks, distances and the half of an iteration into a scene.

    Parameters
    ----------
    scene : Scene
        Where to write.
    parent : QObject
        The owner.

    Attributes
    ----------
    changed : Signal()
        The scene wants to be drawn.
    phaseChanged : Signal()
        Points may have other colours.
    """

    changed = Signal()
    phaseChanged = Signal()

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene

    def set_boxes(self, corners: NDArray[np.float64] | None, space_key: str) -> None:
        """Show the boxes into which a seeding has split the colours, the last split clearest.

        Parameters
        ----------
        corners : ndarray of float64, shape (m, 2, 3), or None
            Low and high corners in a clustering space; the last box is the newest.
        space_key : str
            A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.
        """
        self._scene.boxes = (
            None if corners is None or not len(corners) else SplitBoxes(corners, space_key)
        )
        self.changed.emit()

    def set_event(self, born: ArrayLike | None, dropped: ArrayLike | None) -> None:
        """Show what a search for a better optimum has done; None of both shows nothing.

        Parameters
        ----------
        born : array_like of float64, shape (m, 3), or None
            Centroids of clusters that were split, in sRGB 0..255: a halo with a plus.
        dropped : array_like of float64, shape (n, 3), or None
            Places that centroids have left: a fading cross.
        """
        moves = Moves(positions(born, 2), positions(dropped, 2))
        self._scene.moves = moves if len(moves) else None
        self.changed.emit()

    def set_measures(self, measures: Sequence[Measure]) -> None:
        """Show distances as lines with their lengths.

        Parameters
        ----------
        measures : sequence of Measure
            What to show; those that are emphasised stand out.
        """
        self._scene.measures = tuple(measures)
        self.changed.emit()

    def set_phase(self, phase: str) -> None:
        """Say which half of an iteration is shown; points then have the colours of clusters.

        Parameters
        ----------
        phase : str
            "assign" where colours take their nearest centroid, "update" where centroids go to
            the mean of their colours, "" for neither.
        """
        phase = phase if phase in PHASES else ""
        if phase != self._scene.phase:
            self._scene.phase = phase
            self.phaseChanged.emit()

    def clear(self) -> None:
        """Show none of it."""
        self._scene.clear_marks()
        self.phaseChanged.emit()
