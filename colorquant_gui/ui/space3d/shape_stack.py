"""ShapeStack: all that OpenGL draws behind and over the cloud, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui.space3d.label_item import LabelsItem
from colorquant_gui.ui.space3d.shape_items import DiscsItem, ShapeItem, StrokesItem

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.scene import Scene


class ShapeStack:
    """Composes the shapes of a scene and paints them.

    Parameters
    ----------
    scene : Scene
        What to compose.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._back, self._front = StrokesItem(), StrokesItem()
        self._gamut_back, self._gamut_front = StrokesItem(), StrokesItem()
        self._trails, self._spokes, self._ring = StrokesItem(), StrokesItem(), StrokesItem()
        self._labels, self._discs, self._mark = LabelsItem(), DiscsItem(), DiscsItem()
        # In the order in which they lie over each other and over the cloud.
        self._behind: list[ShapeItem] = [self._back, self._gamut_back]
        self._over: list[ShapeItem] = [
            self._gamut_front, self._front, self._labels, self._trails, self._spokes,
            self._discs, self._mark, self._ring,
        ]  # fmt: skip

    @property
    def items(self) -> list[ShapeItem]:
        """Every item, to be initialised with the context."""
        return [*self._behind, *self._over]

    def compose(self, width: int, height: int, ratio: float, *, frame: bool = True) -> None:
        """Compose what moves by itself, and the frame of the space if told so.

        Parameters
        ----------
        width, height : int
            Size of the window in logical pixels.
        ratio : float
            Device pixels per logical pixel.
        frame : bool, optional
            Whether axes and gamut are composed, too.
        """
        scene = self._scene
        for item in self.items:
            item.window = (float(width), float(height))
            item.ratio = ratio
        if frame:
            axes = scene.axes(width, height)
            self._back.set_strokes(axes.back)
            self._front.set_strokes(axes.front)
            behind, before = scene.gamut(width, height)
            self._gamut_back.set_strokes(behind)
            self._gamut_front.set_strokes(before)
            self._labels.set_labels(axes.labels, scene.style)
        self._trails.set_strokes(scene.trail_strokes(width, height))
        self._discs.set_discs(scene.discs(width, height))
        self._spokes.set_strokes(scene.spokes(width, height))
        self._mark.set_discs(scene.mark(width, height))
        self._ring.set_strokes(scene.focus_ring(width, height))

    def paint_behind(self) -> None:
        """Paint what the cloud may cover, into the current framebuffer."""
        for item in self._behind:
            item.paint()

    def paint_over(self, *, focus: bool = True) -> None:
        """Paint what covers the cloud, with the focus ring or without it."""
        for item in self._over:
            if focus or item is not self._ring:
                item.paint()
