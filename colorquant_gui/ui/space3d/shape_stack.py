"""ShapeStack: all that OpenGL draws behind and over the cloud, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui.space3d.composition import compose, frame_of
from colorquant_gui.ui.space3d.label_item import LabelsItem
from colorquant_gui.ui.space3d.marks import MOST_LINES
from colorquant_gui.ui.space3d.shape_items import DiscsItem, ShapeItem
from colorquant_gui.ui.space3d.stroke_item import StrokesItem

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.scene import Scene


class ShapeStack:
    """Composes the shapes of a scene and paints them."""

    def __init__(self) -> None:
        self._back, self._front = StrokesItem(), StrokesItem()
        self._lines, self._signs, self._ring = StrokesItem(), StrokesItem(), StrokesItem()
        self._names, self._discs, self._labels = LabelsItem(), DiscsItem(), LabelsItem()
        # In the order in which they lie over each other and over the cloud.
        self._behind: list[ShapeItem] = [self._back]
        self._over: list[ShapeItem] = [
            self._front, self._names, self._lines, self._discs,
            self._signs, self._labels, self._ring,
        ]  # fmt: skip

    @property
    def items(self) -> list[ShapeItem]:
        """Every item, to be initialised with the context."""
        return [*self._behind, *self._over]

    def compose(
        self,
        scene: Scene,
        width: int,
        height: int,
        ratio: float,
        *,
        frame: bool = True,
        most_lines: int = MOST_LINES,
    ) -> None:
        """Compose what moves by itself, and the frame of the space if told so.

        Parameters
        ----------
        scene : Scene
            What to compose.
        width, height : int
            Size of the window in logical pixels.
        ratio : float
            Device pixels per logical pixel.
        frame : bool, optional
            Whether axes and gamut are composed, too.
        most_lines : int, optional
            Most lines of trails.
        """
        for item in self.items:
            item.window = (float(width), float(height))
            item.ratio = ratio
        if frame:
            space = frame_of(scene, width, height)
            self._back.set_strokes(*space.behind)
            self._front.set_strokes(*space.before)
            self._names.set_labels(space.labels, scene.style)
        shapes = compose(scene, width, height, most_lines)
        self._lines.set_strokes(*shapes.lines)
        self._discs.set_discs(shapes.discs)
        self._signs.set_strokes(*shapes.signs)
        self._labels.set_labels(shapes.labels, scene.style)
        self._ring.set_strokes(shapes.ring)

    def paint_behind(self) -> None:
        """Paint what the cloud may cover, into the current framebuffer."""
        for item in self._behind:
            item.paint()

    def paint_over(self, *, focus: bool = True) -> None:
        """Paint what covers the cloud, with the focus ring or without it."""
        for item in self._over:
            if focus or item is not self._ring:
                item.paint()
