"""ShownMoment: what a view of a colour space is told about a picture and a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.look import Highlight

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from colorquant_gui.ui.space3d.cloud import Cloud
    from colorquant_gui.ui.space3d.measures import Measure
    from colorquant_gui.ui.space3d.pointing import Pointing
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.surface import Surface
    from colorquant_gui.ui.space3d.theatre import Theatre


class ShownMoment(QWidget):
    """Passes a moment of a run on to the parts of a view, which the heir makes."""

    _scene: Scene
    _surface: Surface
    _cloud: Cloud
    _pointing: Pointing
    _theatre: Theatre

    def set_colors(
        self, colors: NDArray[np.uint8] | None, counts: NDArray[np.int64] | None
    ) -> None:
        """Show the unique colours of a picture, and nothing of another; see `Cloud.set_colors`."""
        self._scene.clear_marks()
        self._cloud.set_colors(colors, counts)
        self._pointing.set_counts(self._cloud.counts)

    def set_labels(
        self, labels: NDArray[np.uint8] | None, palette: NDArray[np.uint8] | None
    ) -> None:
        """Tell the cluster of each colour; see `CloudPaint.set_labels`."""
        self._cloud.paint.set_labels(labels, palette)
        self._cloud.repaint()

    def set_error(self, values: ArrayLike | None, unit: str = "") -> None:
        """Tell the error of each colour, for the colours "by error"; see `CloudPaint.set_error`."""
        self._cloud.paint.set_error(values, unit)
        self._cloud.repaint()

    def set_centroids(
        self, centroids: NDArray[np.float64] | None, counts: ArrayLike | None = None
    ) -> None:
        """Show centroids; cheap, may be called for every frame. See `Scene.set_centroids`."""
        self._scene.set_centroids(centroids, counts)
        self._surface.refresh()

    def set_trails(
        self, trails: NDArray[np.float64] | Sequence[NDArray[np.float64]] | None
    ) -> None:
        """Show where the centroids came from; see `Scene.set_trails`."""
        self._scene.set_trails(trails)
        self._surface.refresh()

    def set_boxes(self, corners: NDArray[np.float64] | None, space_key: str = "srgb") -> None:
        """Show the boxes of a seeding that splits; see `Theatre.set_boxes`."""
        self._theatre.set_boxes(corners, space_key)

    def set_event(self, born: ArrayLike | None, dropped: ArrayLike | None) -> None:
        """Mark centroids that were born and dropped; see `Theatre.set_event`."""
        self._theatre.set_event(born, dropped)

    def set_measures(self, measures: Sequence[Measure]) -> None:
        """Show distances with their lengths; see `Theatre.set_measures`."""
        self._theatre.set_measures(measures)

    def set_phase(self, phase: str) -> None:
        """Show the "assign" or the "update" half of an iteration; see `Theatre.set_phase`."""
        self._theatre.set_phase(phase)

    def set_highlight(self, color_index: int | None, cluster: int | None) -> None:
        """Light up a colour and a cluster, no signal; see `Cloud.set_highlight`."""
        before = self._scene.highlight
        self._cloud.set_highlight(color_index, cluster)
        if before != self._scene.highlight == Highlight():
            self._pointing.release()

    def clear(self) -> None:
        """Show no colours, centroids or trails."""
        self._scene.set_trails(None)
        self._scene.set_centroids(None, None)
        self.set_colors(None, None)
