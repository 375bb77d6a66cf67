"""How big the balls of a cloud are on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui.space3d.camera import DISTANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene


def ball_radii(
    scene: Scene,
    rows: NDArray[np.intp],
    depth: NDArray[np.float64],
    width: int,
    height: int,
) -> NDArray[np.float64]:
    """Radii of balls as the shader draws them when all of the cloud is drawn.

    Parameters
    ----------
    scene : Scene
        Whose points.
    rows : ndarray of int64, shape (m,)
        Which of them.
    depth : ndarray of float64, shape (m,)
        How far they are from the eye, as `Camera.project` tells.
    width, height : int
        Size of the window in pixels.

    Returns
    -------
    ndarray of float64, shape (m,)
        In the same pixels.
    """
    least, growth = scene.spread
    diameter = scene.point_diameter(len(scene.visible_points()))
    scale = diameter * scene.camera.point_scale(width, height) / DISTANCE / 2
    sizes = least + growth * scene.points[rows, 3] / 255.0
    radii: NDArray[np.float64] = sizes * scale * scene.camera.magnification(depth)
    return radii
