"""What lies over the cloud, in its order: both views draw the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.ui.space3d.layers import CENTROIDS
from colorquant_gui.ui.space3d.marks import (
    MOST_LINES,
    color_mark,
    discs,
    focus_ring,
    spokes,
    trail_strokes,
)
from colorquant_gui.ui.space3d.measures import measure_shapes
from colorquant_gui.ui.space3d.shapes import Discs, Label, Strokes

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.scene import Scene

# How far what surrounds a line on a page of unknown colour reaches beyond it, in logical pixels.
_CASING = 0.75


@dataclass(frozen=True, eq=False)
class Composition:
    """Shapes in logical pixels, those to draw first first.

    Attributes
    ----------
    lines : list of Strokes
        Boxes, trails, spokes: under the centroids.
    discs : Discs
        Centroids and marked colours.
    signs : list of Strokes
        Distances and marks: on the centroids.
    labels : list of Label
        On top of all that.
    ring : Strokes
        Where the keys go; no part of a picture that is saved.
    """

    lines: list[Strokes]
    discs: Discs
    signs: list[Strokes]
    labels: list[Label]
    ring: Strokes


@dataclass(frozen=True, eq=False)
class Frame:
    """What the space itself is drawn with: axes, and the outline of the gamut.

    Attributes
    ----------
    behind, before : tuple of Strokes
        Under the cloud, and over it.
    labels : list of Label
        Names and numbers of the axes.
    """

    behind: tuple[Strokes, Strokes]
    before: tuple[Strokes, Strokes]
    labels: list[Label]


def has_frame(scene: Scene) -> bool:
    """Whether axes are shown: not while words tell that there are no colours."""
    return bool(scene.total)


def frame_of(scene: Scene, width: int, height: int) -> Frame:
    """Lay out the frame of a space, where there is one."""
    if not has_frame(scene):
        nothing = Strokes.none()
        return Frame((nothing, nothing), (nothing, nothing), [])
    axes, (far, near) = scene.axes(width, height), scene.gamut(width, height)
    if not scene.style.page:
        return Frame((axes.back, far), (near, axes.front), axes.labels)
    # what surrounds a line must not cover the outline, which may lie in the same place
    back, front = (lines.cased(scene.style.halo[:3], _CASING) for lines in (axes.back, axes.front))
    return Frame((back, far), (front, near), axes.labels)


def compose(scene: Scene, width: int, height: int, most_lines: int = MOST_LINES) -> Composition:
    """Lay out what moves by itself over the cloud.

    Parameters
    ----------
    scene : Scene
        What is shown.
    width, height : int
        Size of the window in logical pixels.
    most_lines : int, optional
        Most lines of trails.
    """
    centroids = discs(scene, width, height)
    lengths, labels = measure_shapes(scene, width, height, centroids)
    lines = [trail_strokes(scene, width, height, most_lines), spokes(scene, width, height)]
    if scene.boxes is not None:
        lines.insert(0, scene.boxes.strokes(scene, width, height))
    signs = [lengths]
    if scene.moves is not None and CENTROIDS in scene.layers:
        lines.append(scene.moves.halos(scene, width, height))
        signs.append(scene.moves.signs(scene, width, height))
    return Composition(
        lines,
        Discs.joined([centroids, color_mark(scene, width, height)]),
        signs,
        labels,
        focus_ring(scene, width, height),
    )
