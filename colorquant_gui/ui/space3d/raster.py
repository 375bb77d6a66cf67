"""Rasterise a cloud of colours with NumPy, for machines without OpenGL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

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
) -> None:
    """Draw colours as discs at their place in the cube, the near ones over the far ones.

    Parameters
    ----------
    image : ndarray of uint32, shape (height, width)
        Where to draw: becomes 0xffRRGGBB where there is a disc, and 0 elsewhere.
    points : ndarray of uint8, shape (n, 4)
        R, G, B and population (0..255, makes a disc up to 1.8 / 0.8 times as wide).
    camera : Camera
        Where it is seen from.
    diameter : float
        Of the disc of an unpopulated colour is 0.8 times this, in units of colour.
    """
    height, width = image.shape
    margin = MAX_RADIUS + 1
    wide, high = width + 2 * margin, height + 2 * margin
    padded = np.zeros(wide * high, np.uint32)
    place, depth = camera.project(points[:, :3], width, height)
    column, row = np.floor(place.T).astype(np.int64) + margin
    inside = (column >= margin // 2) & (column < wide - margin // 2)
    inside &= (row >= margin // 2) & (row < high - margin // 2)
    kept = np.flatnonzero(inside)
    # 16 bits of depth sort ten times as fast as a float, and tell 0.01 units apart.
    near, far = depth.min(initial=1.0), depth.max(initial=2.0)
    key = ((far - depth[kept]) / max(far - near, 1e-9) * 65535).astype(np.uint16)
    kept = kept[np.argsort(key, kind="stable")]
    focal = camera.point_scale(width, height)
    sizes = diameter * (0.8 + points[kept, 3] / 255.0) * focal / depth[kept]
    classes = _SizeClasses(sizes)
    stamps = [_stamp(radius) for radius in classes.radii]
    cells = max(len(rows) for rows, _, _ in stamps)
    # Every stamp is padded to the same number of cells, with repetitions of its middle.
    offsets = np.zeros((len(stamps), cells), np.int64)
    rims = np.zeros((len(stamps), cells), bool)
    for number, (rows, columns, rim) in enumerate(stamps):
        offsets[number, : len(rows)] = rows * wide + columns
        rims[number, : len(rows)] = rim
    full, dark = _packed(points[kept, :3], 1.0), _packed(points[kept, :3], _RIM)
    start = row[kept] * wide + column[kept]
    chunk = max((1 << 21) // cells, 1)
    for first in range(0, len(kept), chunk):
        part = slice(first, first + chunk)
        kind = classes.numbers[part]
        target = start[part, None] + offsets[kind]
        color = np.where(rims[kind], dark[part, None], full[part, None])
        # Of several values for one pixel the last stays: that of the nearest disc.
        padded[target.ravel()] = color.ravel()
    image[:] = padded.reshape(high, wide)[margin:-margin, margin:-margin]


class _SizeClasses:
    """Sizes sorted into a few radii."""

    def __init__(self, sizes: NDArray[np.float64]) -> None:
        radii = np.clip(sizes / 2, 0.5, MAX_RADIUS / 2)
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
