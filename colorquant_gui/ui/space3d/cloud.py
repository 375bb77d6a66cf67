"""Cloud: the colours of a picture, chosen, placed in a space, painted and clipped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.space3d.cell_chooser import CellChooser
from colorquant_gui.ui.space3d.chooser import PointChooser
from colorquant_gui.ui.space3d.clipping import Clipper
from colorquant_gui.ui.space3d.look import Highlight
from colorquant_gui.ui.space3d.painting import CloudPaint
from colorquant_gui.ui.space3d.placement import Placement
from colorquant_gui.ui.space3d.spaces import SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.clipping import Range
    from colorquant_gui.ui.space3d.color_cells import ColorCells
    from colorquant_gui.ui.space3d.scene import Scene


class Cloud(QObject):
    """Keeps the points of a scene in step with a picture, a space and a choice among them.

    Parameters
    ----------
    scene : Scene
        Whose points they are.
    most_points : int
        How many of its colours may be shown.
    parent : QObject
        The owner.

    Attributes
    ----------
    paint : CloudPaint
        What gives them their colours; call `repaint` after changing it.
    moved : Signal()
        Points have found their place, or are marked: the scene wants to be drawn.
    painted : Signal()
        Points have other colours: the scene wants to be drawn.
    spaceChanged : Signal()
        The scene has another space.
    clipChanged : Signal(object)
        Which unique colours the ranges leave, ndarray of bool, shape (n,); None for all.
    rangesDropped : Signal()
        The ranges have gone with the colours that they were chosen for.
    """

    moved = Signal()
    painted = Signal()
    spaceChanged = Signal()
    clipChanged = Signal(object)
    rangesDropped = Signal()

    def __init__(self, scene: Scene, most_points: int, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self.paint = CloudPaint(scene)
        self._colors = np.empty((0, 3), np.uint8)
        self._counts = np.empty(0, np.int64)
        self._running = False
        self._placement = Placement(scene, self)
        self._clipper = Clipper(self)
        self._chooser = PointChooser(most_points, self)
        self._cells = CellChooser(self)
        self._gathered_by = scene.look.gathered_by
        self._placement.changed.connect(self.moved)
        self._chooser.chosen.connect(self._show_points)
        self._cells.chosen.connect(self._show_cells)
        self._clipper.changed.connect(self._show_clip)
        self._clipper.dropped.connect(self.rangesDropped)
        self._clipper.set_space(scene.space)

    @property
    def counts(self) -> NDArray[np.int64]:
        """Pixels of each unique colour, shape (n,)."""
        return self._counts

    def set_colors(
        self, colors: NDArray[np.uint8] | None, counts: NDArray[np.int64] | None
    ) -> None:
        """Show the colours of a picture; labels and errors of an earlier one are forgotten.

        No more than may be shown are kept, chosen by population. Of a big picture a coarse choice
        is shown at once and the final one as soon as all colours have been looked at, which is
        done in short steps between frames.

        Parameters
        ----------
        colors : ndarray of uint8, shape (n, 3), or None
            Unique sRGB colours; must not be written to afterwards. None where there is no
            picture; one that is all transparent has no colours.
        counts : ndarray of int64, shape (n,), or None
            Pixels of each, at least 1.
        """
        scene = self._scene
        scene.has_picture = colors is not None
        if colors is None or counts is None:
            colors, counts = np.empty((0, 3), np.uint8), np.empty(0, np.int64)
        self._colors, self._counts = colors, counts
        scene.total = len(colors)
        scene.highlight = Highlight()
        scene.cells = None
        self.paint.forget()
        self.paint.colors = colors
        fitted = scene.space.fitted
        if fitted is not None:
            self._placement.set_space(fitted(colors, counts), animated=False)
            self._clipper.set_space(scene.space)
        if self._gathered_by is not None:
            # what is gathered may come later
            self._show_points(np.empty((0, 4), np.uint8), np.empty(0, np.int64))
        self._choose()
        self._clipper.set_colors(colors)
        if fitted is not None:
            self.spaceChanged.emit()

    def gather(self) -> None:
        """Show every colour for itself, or cells of them, as the look of the scene says now."""
        wanted = self._scene.look.gathered_by
        if wanted != self._gathered_by:
            self._gathered_by = wanted
            self._choose()

    def finish(self) -> None:
        """Gather now what is still to be gathered: a picture is taken, be it of a hidden view."""
        self._cells.finish()

    def _choose(self) -> None:
        self._chooser.pause()
        self._cells.stop()
        if self._gathered_by is None:
            self._chooser.choose(self._colors, self._counts)
        else:
            self._cells.choose(self._colors, self._counts, self._gathered_by)
        self._scene.is_gathering = self._cells.is_busy
        if self._running:
            self._choosing.resume()

    @property
    def _choosing(self) -> PointChooser | CellChooser:
        return self._chooser if self._gathered_by is None else self._cells

    def set_highlight(self, color_index: int | None, cluster: int | None) -> None:
        """Light up a colour and a cluster.

        Parameters
        ----------
        color_index : int or None
            A unique colour, in the order of `set_colors`: it is marked.
        cluster : int or None
            A centroid: its points stay and the others are dimmed. Needs labels.
        """
        color = None
        if color_index is not None and 0 <= color_index < len(self._colors):
            red, green, blue = self._colors[color_index].tolist()
            color = (red, green, blue)
        ball = self._ball_of(color)
        before, self._scene.highlight = self._scene.highlight, Highlight(color, cluster, ball)
        if cluster != before.cluster:
            self.paint.light()
            self.painted.emit()
        elif self._scene.highlight != before:
            self.moved.emit()

    def _ball_of(self, color: tuple[int, int, int] | None) -> int | None:
        cells = self._scene.cells
        return None if cells is None or color is None else cells.row_of(color)

    def set_space(self, key: str, *, animated: bool) -> None:
        """Go to another space, with its axes fitted to the picture where it has such axes."""
        if key == self._scene.space.key:
            return
        space = SPACES[key]
        if space.fitted is not None:
            space = space.fitted(self._colors, self._counts)
        self._placement.set_space(space, animated=animated)
        self._clipper.set_space(space)
        self.spaceChanged.emit()

    def set_ranges(self, ranges: Sequence[Range | None]) -> None:
        """Show only what lies within a range of each coordinate; see `Clipper.set_ranges`."""
        self._clipper.set_ranges(ranges)

    def repaint(self) -> None:
        """Give the points their colours anew; quick, as they are found when they are drawn."""
        self.paint.update()
        self.painted.emit()

    def resume(self) -> None:
        """Go on with what is not finished."""
        self._running = True
        for worker in (self._choosing, self._placement, self._clipper):
            worker.resume()

    def pause(self) -> None:
        """Do nothing until `resume`."""
        self._running = False
        for worker in (self._chooser, self._cells, self._placement, self._clipper):
            worker.pause()

    def _show_points(self, points: NDArray[np.uint8], indices: NDArray[np.int64]) -> None:
        self._show(None, points, indices)

    def _show_cells(self, cells: ColorCells) -> None:
        self._scene.is_gathering = False
        self._show(cells, cells.points, cells.indices)

    def _show(
        self, cells: ColorCells | None, points: NDArray[np.uint8], indices: NDArray[np.int64]
    ) -> None:
        scene = self._scene
        scene.tint = scene.states = None
        scene.cells = cells
        scene.highlight = replace(scene.highlight, ball=self._ball_of(scene.highlight.color))
        self._placement.set_points(points, indices)
        self.repaint()

    def _show_clip(self, mask: NDArray[np.bool_] | None) -> None:
        self.paint.mask = mask
        self._scene.slice = self._clipper.current
        # colours stay as they are
        self.paint.light()
        self.painted.emit()
        self.clipChanged.emit(mask)
