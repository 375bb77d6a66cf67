"""What the slice of a scene leaves of the things that are laid out in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.scene import rounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene


def places_left(scene: Scene, colors: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which places the slice of a scene leaves.

    Parameters
    ----------
    scene : Scene
        Which one; where it has no slice, all of them are left.
    colors : ndarray of float64, shape (n, 3)
        Where they are, in sRGB 0..255.

    Returns
    -------
    ndarray of bool, shape (n,)
        A new array.
    """
    if scene.slice is None or not len(colors):
        return np.ones(len(colors), np.bool_)
    return scene.slice.holds(rounded(colors))


def centroids_left(scene: Scene) -> NDArray[np.bool_]:
    """Say which centroids of a scene its slice leaves, shape (k,); the one that stands out stays.

    Parameters
    ----------
    scene : Scene
        Which one; where it has no slice, all of them are left.
    """
    left = places_left(scene, scene.centroids)
    chosen = scene.highlight.cluster
    if chosen is not None and chosen < len(left):
        left[chosen] = True
    return left
