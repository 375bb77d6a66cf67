"""SpaceFrame: axes and gamut of the space that a scene is seen in, kept while it stands still."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from colorquant_gui.ui.space3d.axes import AxesLayout, layout_axes
from colorquant_gui.ui.space3d.gamut import Gamut
from colorquant_gui.ui.space3d.layers import AXES, GAMUT
from colorquant_gui.ui.space3d.shapes import Strokes
from colorquant_gui.ui.space3d.text import text_size

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.spaces import DisplaySpace


class SpaceFrame:
    """Lays out the frame of a scene's space; the same view again costs nothing."""

    def __init__(self) -> None:
        self._axes: tuple[object, AxesLayout] | None = None
        self._outline: tuple[object, tuple[Strokes, Strokes]] | None = None

    def axes(self, scene: Scene, width: int, height: int) -> AxesLayout:
        """Lay out axes with their names and numbers, in logical pixels."""
        shown = AXES in scene.layers
        key = (_view(scene, width, height), shown, scene.covered, scene.kept_free)
        if self._axes is None or self._axes[0] != key:
            layout = _laid_out(scene, width, height) if shown else AxesLayout.none()
            self._axes = (key, layout)
        return self._axes[1]

    def gamut(self, scene: Scene, width: int, height: int) -> tuple[Strokes, Strokes]:
        """Lay out the outline of the gamut: what is behind the colours, and what in front."""
        if GAMUT not in scene.layers:
            return Strokes.none(), Strokes.none()
        key = _view(scene, width, height)
        if self._outline is None or self._outline[0] != key:
            former = None if scene.former_space is None else outline_of(scene.former_space)
            strokes = outline_of(scene.space).strokes(
                scene.camera, width, height, former, scene.progress, scene.style
            )
            self._outline = (key, strokes)
        return self._outline[1]


def _view(scene: Scene, width: int, height: int) -> tuple[object, ...]:
    shift = scene.former_space, scene.progress
    return scene.camera, width, height, scene.style, scene.space, shift


def _laid_out(scene: Scene, width: int, height: int) -> AxesLayout:
    font = scene.style.font

    def size(text: str, is_bold: bool) -> tuple[float, float]:
        return text_size(font, text, is_bold)

    # One frame goes before the other comes: both at once can't be read.
    space, opacity = scene.space, 1.0
    if scene.former_space is not None:
        space = scene.space if scene.progress > 0.5 else scene.former_space
        opacity = abs(2.0 * scene.progress - 1.0)
    layout = layout_axes(
        scene.camera, width, height, scene.style, size, space, scene.covered, scene.kept_free
    )
    return layout.faded(opacity)


@lru_cache(maxsize=16)
def outline_of(space: DisplaySpace) -> Gamut:
    """Return the outline of the gamut in a space, computed once."""
    return Gamut(space)
