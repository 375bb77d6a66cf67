"""Places in the world around the upright axis of a round space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE

if TYPE_CHECKING:
    from numpy.typing import NDArray

CIRCLE_SIDES = 96
Floats = np.ndarray[Any, np.dtype[np.float64]]


def polar(radius: Floats | float, angle: Floats | float, z: Floats | float) -> Floats:
    """Return places at distances from the axis, angles in degrees and heights, shape (..., 3)."""
    radians = np.radians(angle)
    x, y = radius * np.cos(radians) + CUBE / 2, radius * np.sin(radians) + CUBE / 2
    return np.stack(np.broadcast_arrays(x, y, z), axis=-1)


def circle(radius: float, z: float) -> NDArray[np.float64]:
    """Return a circle around the axis, closed, shape (CIRCLE_SIDES + 1, 3)."""
    return polar(radius, np.linspace(0.0, 360.0, CIRCLE_SIDES + 1), z)
