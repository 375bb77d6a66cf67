"""Surfaces as grids of points: noise, normals, refinement, a z-buffer and what light reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_INDEX_BITS = 32
_GOLDEN_ANGLE = np.pi * (3 - 5**0.5)


@dataclass(frozen=True)
class Camera:
    """A lens at z = `distance` that looks along -z and is sharp at z = `focus`."""

    width: int
    height: int
    scale: float = 290.0
    distance: float = 9.0
    focus: float = 0.0
    aperture: float = 0.0

    def project(self, xyz):
        """Return x, y and the radius of the blur, in pixels, for points of shape (n, 3)."""
        shrink = self.distance / (self.distance - xyz[:, 2])
        x = self.width / 2 + xyz[:, 0] * shrink * self.scale
        y = self.height / 2 - xyz[:, 1] * shrink * self.scale
        blur = (xyz[:, 2] - self.focus) * shrink * self.aperture
        return x.astype(np.float32), y.astype(np.float32), blur.astype(np.float32)


def spiral(count):
    """Spread `count` points evenly over the unit disc (Vogel 1979)."""
    i = np.arange(count) + 0.5
    radius, angle = np.sqrt(i / count), i * _GOLDEN_ANGLE
    return radius * np.cos(angle), radius * np.sin(angle)


def render(camera, xyz, rgb, passes, rng):
    """Draw points through `passes` places of the aperture, nearest first.

    Returns premultiplied linear RGBA of shape (height, width, 4).
    """
    x0, y0, blur = camera.project(xyz)
    depth = xyz[:, 2].max() - xyz[:, 2]
    depth = (depth / max(depth.max(), 1e-9) * 2**30).astype(np.int64) << _INDEX_BITS
    total = np.zeros((camera.height * camera.width, 4), np.float32)
    shifts = (rng.permutation(passes) + 0.5) / passes - 0.5
    for lens_x, lens_y, shift, jitter in zip(
        *spiral(passes), shifts, rng.random(passes) - 0.5, strict=True
    ):
        x = np.floor(x0 + lens_x * blur + shift).astype(np.int32)
        y = np.floor(y0 + lens_y * blur + jitter).astype(np.int32)
        shown = np.flatnonzero((x >= 0) & (x < camera.width) & (y >= 0) & (y < camera.height))
        nearest = np.full(len(total), np.iinfo(np.int64).max)
        np.minimum.at(nearest, y[shown] * camera.width + x[shown], depth[shown] | shown)
        hit = np.flatnonzero(nearest != np.iinfo(np.int64).max)
        total[hit, :3] += rgb[nearest[hit] & (2**_INDEX_BITS - 1)]
        total[hit, 3] += 1
    return (total / passes).reshape(camera.height, camera.width, 4)


def visibility(xyz, direction, resolution, bias, soft):
    """Return how much each point sees of a small light: a filtered depth map."""
    direction = direction / np.linalg.norm(direction)
    across = np.cross(direction, [0.3, 0.9, 0.1])
    across /= np.linalg.norm(across)
    plane = np.stack([xyz @ across, xyz @ np.cross(direction, across)])
    depth = xyz @ direction
    low = plane.min(axis=1, keepdims=True)
    size = np.ptp(plane, axis=1).max() * 1.0001
    column, row = ((plane - low) / size * (resolution - 1)).astype(np.int64) + soft + 1
    stride = resolution + 2 * soft + 2
    cell = row * stride + column
    top = np.full(stride * stride, -np.inf)
    np.maximum.at(top, cell, depth)
    steps = range(-soft, soft + 1)
    seen = np.zeros(len(xyz), np.float32)
    for i in steps:
        for j in steps:
            slack = bias * (1 + 0.7 * max(abs(i), abs(j)))
            seen += top[cell + i * stride + j] <= depth + slack
    return seen / len(steps) ** 2


def dome(count):
    """Return directions over the hemisphere around +z, dense where they count most (cosine)."""
    x, y = spiral(count)
    return np.stack([x, y, np.sqrt(1 - x * x - y * y)], axis=1)


def rotation(axis, degrees):
    """Return the matrix of a turn about "x", "y" or "z"."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    one, two = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[one, one] = matrix[two, two] = cos
    matrix[one, two], matrix[two, one] = -sin, sin
    return matrix


def normals(grid):
    """Return the unit normals of a (nu, nv, 3) grid."""
    normal = np.cross(np.gradient(grid, axis=0), np.gradient(grid, axis=1))
    return normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12)


def refine(grid, factor):
    """Refine a (nu, nv, c) grid, bilinear."""

    def along_rows(values):
        position = np.linspace(0, len(values) - 1, (len(values) - 1) * factor + 1)
        first = np.minimum(position.astype(int), len(values) - 2)
        part = (position - first)[:, None, None].astype(np.float32)
        return values[first] * (1 - part) + values[first + 1] * part

    rows = along_rows(grid.astype(np.float32))
    return along_rows(rows.transpose(1, 0, 2)).transpose(1, 0, 2)


def ramp(x, low, high):
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def _knots(count, cells):
    position = np.linspace(0, cells, count)
    first = np.minimum(position.astype(int), cells - 1)
    return first, ramp(position - first, 0, 1)


def wander(rng, count, cells):
    """Return a smooth random curve of `count` values, about -1..1, with `cells` turns."""
    values = rng.normal(0, 0.6, cells + 1)
    first, part = _knots(count, cells)
    return values[first] * (1 - part) + values[first + 1] * part


def lumps(rng, shape, cells):
    """Return a smooth random field, about -1..1, with `cells` lumps along each axis."""
    values = rng.normal(0, 0.6, (cells[0] + 1, cells[1] + 1))
    (i, di), (j, dj) = _knots(shape[0], cells[0]), _knots(shape[1], cells[1])
    upper = values[i][:, j] * (1 - dj) + values[i][:, j + 1] * dj
    lower = values[i + 1][:, j] * (1 - dj) + values[i + 1][:, j + 1] * dj
    return upper + (lower - upper) * di[:, None]


def clouds(rng, shape, cells, octaves):
    """Sum up lumps of halving size, about -1..1."""
    weights = 0.55 ** np.arange(octaves)
    layers = [lumps(rng, shape, (cells[0] << o, cells[1] << o)) for o in range(octaves)]
    return sum(w * layer for w, layer in zip(weights, layers, strict=True)) / weights.sum() * 1.6
