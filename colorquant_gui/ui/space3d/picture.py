"""Picture: what is wanted of a scene as an image, in another size or from another side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.painting import CloudPaint
    from colorquant_gui.ui.space3d.scene import Scene


@dataclass(frozen=True, eq=False)
class SpaceContent:
    """A moment of a run, to be drawn in place of the one on the screen.

    Attributes
    ----------
    centroids : ndarray of float64, shape (k, 3), or None
        sRGB, channels 0..255; None for no centroids.
    counts : array_like, shape (k,), or None
        Pixels of each centroid.
    labels : ndarray of uint8, shape (n,), or None
        The cluster of each unique colour, in the order of `ColorSpaceView.set_colors`.
    palette : ndarray of uint8, shape (k, 3), or None
        The sRGB colour of each cluster.
    trails : ndarray of float64, shape (t, k, 3), or sequence of (k, 3), or None
        Past centroids, the oldest first.
    phase : str
        "assign", "update" or "", as for `ColorSpaceView.set_phase`.
    """

    centroids: NDArray[np.float64] | None = None
    counts: ArrayLike | None = None
    labels: NDArray[np.uint8] | None = None
    palette: NDArray[np.uint8] | None = None
    trails: NDArray[np.float64] | Sequence[NDArray[np.float64]] | None = None
    phase: str = ""

    def put_into(self, scene: Scene, paint: CloudPaint) -> None:
        """Show this in a scene and its paint."""
        paint.set_labels(self.labels, self.palette)
        scene.set_centroids(self.centroids, self.counts)
        scene.set_trails(self.trails)
        scene.clear_marks()
        scene.phase = self.phase
        paint.update()


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture to be drawn aside from the screen.

    Attributes
    ----------
    scene : Scene
        A copy: what is on the screen is not touched.
    size : tuple of 2 ints
        Width and height in logical pixels.
    scale : float
        Pixels per logical pixel.
    transparent : bool
        Whether the background is left out.
    n_points : int
        Points to draw.
    """

    scene: Scene
    size: tuple[int, int]
    scale: float
    transparent: bool
    n_points: int

    @property
    def device_size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return round(self.size[0] * self.scale), round(self.size[1] * self.scale)


def picture_of(
    scene: Scene,
    paint: CloudPaint,
    size: tuple[int, int],
    scale: float,
    *,
    transparent: bool,
    camera: Camera,
    azimuth: float | None,
    content: SpaceContent | None,
    max_points: int | None,
) -> Picture:
    """Take a picture of a scene as it will be at rest.

    Parameters
    ----------
    scene, paint
        What is on the screen.
    size : tuple of 2 ints
        Width and height in logical pixels.
    scale : float
        Pixels of the picture per logical pixel.
    transparent : bool
        Whether the background is left out.
    camera : Camera
        From where it is seen.
    azimuth : float or None
        Degrees around the vertical axis, for an orbit; None for the camera's.
    content : SpaceContent or None
        Centroids, labels and trails to draw in place of those on the screen.
    max_points : int or None
        Most colours to draw, the populous first: an animation need not have them all.
    """
    style = scene.style.for_page() if transparent else scene.style
    still = replace(
        scene, style=style, former_space=None, former=None, progress=1.0, focused=False,
        covered=0, kept_free=(), camera=camera,
    )  # fmt: skip
    if azimuth is not None:
        still.camera = replace(still.camera, azimuth=(azimuth + 180.0) % 360.0 - 180.0)
    _place_all(still)
    if content is not None:
        content.put_into(still, paint.copy_for(still))
    n = len(still.visible_points())
    return Picture(still, size, scale, transparent, n if max_points is None else min(n, max_points))


def _place_all(scene: Scene) -> None:
    """Find the place of the points that have none yet."""
    if scene.placed < len(scene.points):
        world = np.array(scene.world)
        world[scene.placed :] = scene.space.positions(scene.points[scene.placed :, :3])
        scene.world, scene.placed = world, len(scene.points)
