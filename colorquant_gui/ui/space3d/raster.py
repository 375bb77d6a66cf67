"""Rasterise a cloud of colours with NumPy, for machines without OpenGL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import DISTANCE
from colorquant_gui.ui.space3d.look import DIM_SHARE, HIDDEN, SHOWN, Look

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera

MAX_RADIUS = 24
_CLASSES = 12
_RIM = 0.78


def draw_cloud(
    image: NDArray[np.uint32],
    points: NDArray[np.uint8],
    camera: Camera,
    diameter: float,
    *,
    places: NDArray[np.float32] | None = None,
    states: NDArray[np.uint8] | None = None,
    look: Look = Look(),  # noqa: B008 - frozen
    background: tuple[int, int, int] = (0, 0, 0),
    largest: int = MAX_RADIUS // 2,
) -> None:
    """Draw colours as discs, the near ones over the far ones.

    Parameters
    ----------
    image : ndarray of uint32, shape (height, width)
        Where to draw: becomes 0xffRRGGBB where there is a disc, and 0 elsewhere.
    points : ndarray of uint8, shape (n, 4)
        R, G, B and population (0..255, makes a disc up to 1.8 / 0.8 times as wide).
    camera : Camera
        Where it is seen from.
    diameter : float
        Of the disc of an unpopulated colour is 0.8 times this, in units of the world.
    places : ndarray of float32, shape (n, 3), optional
        Where they are in the world; in the RGB cube, where not given.
    states : ndarray of uint8, shape (n,), optional
        Whether each is hidden, dimmed or shown; all are shown, where not given.
    look : Look, optional
        Its size mode and opacity.
    background : tuple of 3 ints, optional
        What dimmed points fade into, 0..255.
    largest : int, optional
        Largest radius of a disc, in pixels.
    """
    height, width = image.shape
    margin = 2 * largest + 1
    wide, high = width + 2 * margin, height + 2 * margin
    padded = np.zeros(wide * high, np.uint32)
    place, depth = camera.project(points[:, :3] if places is None else places, width, height)
    column, row = np.floor(place.T).astype(np.int64) + margin
    inside = (column >= margin // 2) & (column < wide - margin // 2)
    inside &= (row >= margin // 2) & (row < high - margin // 2)
    if states is not None:
        inside &= states != HIDDEN
    kept = np.flatnonzero(inside)
    # 16 bits of depth sort ten times as fast as a float, and tell 0.01 units apart.
    near, far = depth.min(initial=1.0), depth.max(initial=2.0)
    key = ((far - depth[kept]) / max(far - near, 1e-9) * 65535).astype(np.uint16)
    if states is not None:
        # what is dimmed lies behind what is not
        key = (key >> np.uint16(1)) | (states[kept] == SHOWN).astype(np.uint16) << np.uint16(15)
    kept = kept[np.argsort(key, kind="stable")]
    scale = camera.point_scale(width, height) / DISTANCE * camera.magnification(depth[kept])
    least, growth = look.spread
    sizes = diameter * (least + growth * points[kept, 3] / 255.0) * scale
    classes = _SizeClasses(sizes, largest)
    stamps = [_stamp(radius) for radius in classes.radii]
    cells = max(len(rows) for rows, _, _ in stamps)
    # Every stamp is padded to the same number of cells, with repetitions of its middle.
    offsets = np.zeros((len(stamps), cells), np.int64)
    rims = np.zeros((len(stamps), cells), bool)
    for number, (rows, columns, rim) in enumerate(stamps):
        offsets[number, : len(rows)] = rows * wide + columns
        rims[number, : len(rows)] = rim
    colors = points[kept, :3]
    if states is not None:
        faded = colors + (np.array(background) - colors.astype(np.float32)) * DIM_SHARE
        colors = np.where(states[kept, None] == SHOWN, colors, faded.astype(np.uint8))
    full, dark = _packed(colors, 1.0), _packed(colors, _RIM)
    start = row[kept] * wide + column[kept]
    chunk = max((1 << 21) // cells, 1)
    for first in range(0, len(kept), chunk):
        part = slice(first, first + chunk)
        kind = classes.numbers[part]
        target = start[part, None] + offsets[kind]
        color = np.where(rims[kind], dark[part, None], full[part, None])
        if look.opacity < 1.0:
            # the first cell lies in the margin that is cut off
            target = np.where(_noise(target, start[part, None]) < look.opacity, target, 0)
        # Of several values for one pixel the last stays: that of the nearest disc.
        padded[target.ravel()] = color.ravel()
    image[:] = padded.reshape(high, wide)[margin:-margin, margin:-margin]


def _noise(cells: NDArray[np.int64], seeds: NDArray[np.int64]) -> NDArray[np.float64]:
    """Scatter pixels of discs evenly over 0..1: another pattern for each disc."""
    mixed = (cells * 0x9E3779B1 + seeds * 0x85EBCA6B) & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    return (mixed >> 16) / 65536.0


class _SizeClasses:
    """Sizes sorted into a few radii."""

    def __init__(self, sizes: NDArray[np.float64], largest: int) -> None:
        radii = np.clip(sizes / 2, 0.5, largest)
        if not len(radii):
            radii = np.ones(1)
        levels = np.unique(np.round(radii * 2) / 2)
        if len(levels) > _CLASSES:
            levels = np.linspace(levels[0], levels[-1], _CLASSES)
        self.radii = levels
        self.numbers = np.abs(radii[:, None] - levels).argmin(axis=1)


def _stamp(radius: float) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Rows, columns and the rim of the cells of a disc."""
    reach = int(np.ceil(radius))
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    # For an even width the centre lies between two pixels.
    shift = 0.5 if round(radius * 2) % 2 == 0 else 0.0
    distance = np.hypot(rows + shift, columns + shift)
    inside = distance <= radius
    inside[reach, reach] = True
    rim = distance[inside] > max(radius - 1.0, 1.2)
    return rows[inside], columns[inside], rim


def _packed(colors: NDArray[np.uint8], shade: float) -> NDArray[np.uint32]:
    levels = np.arange(256) * shade
    rgb = np.rint(levels).astype(np.uint32)[colors]
    packed: NDArray[np.uint32] = (
        np.uint32(0xFF000000) | rgb[:, 0] << np.uint32(16) | rgb[:, 1] << np.uint32(8) | rgb[:, 2]
    )
    return packed
