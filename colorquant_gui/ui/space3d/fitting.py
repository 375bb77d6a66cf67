"""Fitting: the camera that has certain places in view, beside what lies over the picture."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE, DISTANCE, Camera

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.label_room import Box

# How close the eye is brought at most: a few places are still seen within the space. And how far
# it goes, farther than a person may: for all of a cube that turns in the smallest view.
_CLOSEST, _FARTHEST = 6.0, 0.4
# Perspective changes with the centre, so the way there is gone in steps.
_STEPS = 6
_SHRINK, _SLACK = 0.97, 0.5
MARGIN = 22.0
"""Room for a small disc with a label beside it, in logical pixels."""

# Room for a disc alone.
_DISC = 12.0
# Directions that a turn is looked at from.
_TURN = np.arange(0.0, 360.0, 15.0)
# From above this, going up and down is hardly seen.
_STEEPEST = math.radians(70.0)


def fitted_beside(
    camera: Camera,
    places: NDArray[np.float64],
    size: tuple[int, int],
    area: Box,
    obstacles: Sequence[Box],
    *,
    margin: float = MARGIN,
    all_round: bool = False,
) -> Camera:
    """Do as `fitted`, and leave free what lies over an edge of the area.

    Parameters
    ----------
    camera, places, size, area, all_round
        As for `fitted`.
    obstacles : sequence of tuples of 4 floats
        Left, top, right and bottom of what lies along the lower edge.
    margin : float
        How far from an edge of the area places are, where there is room, in logical pixels.
    """
    above = (area[0], area[1], area[2], min([area[3], *(box[1] for box in obstacles)]))
    best = fitted(camera, places, size, _inner(above, margin), all_round=all_round)
    if all_round:
        return best
    for beside in product((False, True), repeat=len(obstacles)):
        left, top, right, bottom = area
        for box, is_avoided in zip(obstacles, beside, strict=True):
            if is_avoided and box[0] + box[2] < area[0] + area[2]:
                left = max(left, box[2])
            elif is_avoided:
                right = min(right, box[0])
        found = fitted(camera, places, size, _inner((left, top, right, bottom), margin))
        if found.zoom > best.zoom and not any(
            _is_seen_in(found, places, size, box) for box in obstacles
        ):
            best = found
    return best


def fitted(
    camera: Camera,
    places: NDArray[np.float64],
    size: tuple[int, int],
    area: Box,
    *,
    all_round: bool = False,
) -> Camera:
    """Give the camera that sees all of some places from the same side, as big as they may be.

    Parameters
    ----------
    camera : Camera
        From where it is looked.
    places : ndarray of float64, shape (n, 3)
        In the world, at least one.
    size : tuple of 2 ints
        Width and height of the window in logical pixels.
    area : tuple of 4 floats
        Left, top, right and bottom of where they are to be seen.
    all_round : bool
        Whether they are to stay there while the camera turns.

    Returns
    -------
    Camera
        With another centre and zoom.
    """
    middle = np.clip((places.min(axis=0) + places.max(axis=0)) / 2, 0.0, CUBE)
    red, green, blue = middle.tolist()
    found = replace(camera, center=(red, green, blue), zoom=1.0)
    for _ in range(_STEPS):
        left, top, right, bottom = seen_box(found, places, size, all_round=all_round)
        factor = min(
            (area[2] - area[0]) / max(right - left, 1e-6),
            (area[3] - area[1]) / max(bottom - top, 1e-6),
        )
        found = replace(found, zoom=min(max(found.zoom * factor, _FARTHEST), _CLOSEST))
        left, top, right, bottom = seen_box(found, places, size, all_round=all_round)
        across = (area[0] + area[2] - left - right) / 2
        down = (area[1] + area[3] - top - bottom) / 2
        found = _lowered(found, down, size) if all_round else found.panned(across, down, *size)
    # the centre stays within the cube, and in the middle while it turns: less is left then
    while found.zoom > _FARTHEST and not _is_within(found, places, size, area, all_round):
        found = replace(found, zoom=max(found.zoom * _SHRINK, _FARTHEST))
    return found


def seen_box(
    camera: Camera,
    places: NDArray[np.float64],
    size: tuple[int, int],
    *,
    all_round: bool = False,
) -> Box:
    """Return the box that places take up on the screen; parameters as for `fitted`."""
    seen = camera.project(_turned(places, camera) if all_round else places, *size)[0].reshape(-1, 2)
    left, top = seen.min(axis=0).tolist()
    right, bottom = seen.max(axis=0).tolist()
    return left, top, right, bottom


def _turned(places: NDArray[np.float64], camera: Camera) -> NDArray[np.float64]:
    """Return places as a camera that goes round would see them, shape (turns, n, 3).

    They go round the other way, all in one computation.
    """
    angles = np.radians(-_TURN)[:, None]
    red, green, blue = np.moveaxis(places - np.array(camera.center), -1, 0)
    turned: NDArray[np.float64] = np.empty((len(angles), *places.shape))
    turned[..., 0] = red * np.cos(angles) - green * np.sin(angles)
    turned[..., 1] = red * np.sin(angles) + green * np.cos(angles)
    turned[..., 2] = blue
    turned += np.array(camera.center)
    return turned


def _inner(box: Box, margin: float) -> Box:
    """Return the part of a box where the middle of a disc may be, with a label beside it."""
    left, top, right, bottom = box
    across = min(margin, max(right - left, 0.0) / 8)
    down = min(margin, max(bottom - top, 0.0) / 8)
    return left + across, top + down, right - across, bottom - down


def _is_seen_in(
    camera: Camera, places: NDArray[np.float64], size: tuple[int, int], box: Box
) -> bool:
    """Whether a disc at one of some places reaches into a box."""
    seen, _ = camera.project(places, *size)
    within = (seen >= np.array(box[:2]) - _DISC) & (seen <= np.array(box[2:]) + _DISC)
    return bool(within.all(axis=-1).any())


def _lowered(camera: Camera, down: float, size: tuple[int, int]) -> Camera:
    """Move what is seen down by so many pixels, in a way that no turn undoes."""
    elevation = math.radians(camera.elevation)
    if abs(elevation) > _STEEPEST:
        return camera
    red, green, blue = camera.center
    rise = down * DISTANCE / camera.focal_length(*size) / math.cos(elevation)
    return replace(camera, center=(red, green, min(max(blue + rise, 0.0), CUBE)))


def _is_within(
    camera: Camera,
    places: NDArray[np.float64],
    size: tuple[int, int],
    area: Box,
    all_round: bool,
) -> bool:
    left, top, right, bottom = seen_box(camera, places, size, all_round=all_round)
    return (
        left >= area[0] - _SLACK
        and top >= area[1] - _SLACK
        and right <= area[2] + _SLACK
        and bottom <= area[3] + _SLACK
    )
