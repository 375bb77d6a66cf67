"""A daisy out of petals, florets, stem and calyx; blades of grass; the light on them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from flower_scene.surfaces import (
    dome,
    lumps,
    normals,
    ramp,
    refine,
    rotation,
    spiral,
    visibility,
    wander,
)

SUN = np.array([-0.66, 0.66, 0.28]) / np.linalg.norm([-0.66, 0.66, 0.28])
SUNLIGHT = np.array([2.75, 2.475, 1.98])
SKYLIGHT = np.array([0.322, 0.406, 0.52])
MEADOW_LIGHT = np.array([0.158, 0.203, 0.081])
STEM_GREEN = np.array([0.16, 0.30, 0.055])


class Patch(NamedTuple):
    """A surface: points (nu, nv, 3), their albedo (nu, nv, 3), and how much light comes through."""

    grid: np.ndarray
    albedo: np.ndarray
    translucence: float


class Ring(NamedTuple):
    """One row of petals: how many, how large, how they rise (degrees), and where they sit."""

    count: int
    length: float
    width: float
    rise: tuple[float, float]
    lift: float


def petal(rng, azimuth, root, ring, colours, lift, fine):
    """Make one ray floret; `colours` are those of its base, middle and tip."""
    shape = nu, nv = (150, 44) if fine else (60, 18)
    u, v = np.linspace(0, 1, nu)[:, None], np.linspace(-1, 1, nv)[None, :]
    length = ring.length * (1 + 0.05 * rng.normal())
    width = ring.width * (1 + 0.09 * rng.normal())

    # outline: a narrow claw, broadest two thirds out, a blunt tip with two or three teeth
    half = width * (0.30 + 0.70 * ramp(u, 0.0, 0.62)) * (1 - 0.16 * ramp(u, 0.7, 1.0))
    half = half * np.sqrt(np.clip(1 - np.clip((u - 0.84) / 0.175, 0, 1) ** 2.4, 0, 1))
    teeth = np.cos(np.pi * (rng.choice([2, 3]) * v + rng.uniform(-0.3, 0.3)))
    reach = rng.uniform(0.4, 1.3) * 0.028 * teeth - 0.035 * v**2

    # the line along its middle, from the centre outwards and down
    start, end = ring.rise[0] + 4 * rng.normal(), ring.rise[1] + 7 * rng.normal()
    course = u[:, 0] ** rng.uniform(0.8, 1.4)
    angle = np.radians(start + (end - start) * course + 3 * wander(rng, nu, 4))[:, None]
    outwards = np.cumsum(np.cos(angle), axis=0) * length / (nu - 1)
    upwards = np.cumsum(np.sin(angle), axis=0) * length / (nu - 1) + lift

    # across: a trough with two folds, fine ribs, margins that wave
    trough = rng.uniform(0.10, 0.34) * (1 - 0.6 * u) + rng.uniform(-0.12, 0.18) * ramp(u, 0.6, 1)
    folds = np.cos(3 * np.pi * v * (1 - 0.1 * v**2)) * ramp(u, 0.02, 0.25)
    folds = folds * rng.uniform(0.05, 0.085) * (1 - 0.45 * ramp(u, 0.75, 1))
    margins = np.where(v > 0, wander(rng, nu, 7)[:, None], wander(rng, nu, 7)[:, None])
    ribs = np.cos(17 * np.pi * v + 2 * lumps(rng, shape, (3, 3))) * ramp(u, 0.0, 0.2)
    height = trough * v**2 - folds + 0.07 * np.abs(v) ** 3 * margins + 0.010 * ribs
    height = height * width

    twist = np.radians(10 * rng.normal() * u + 5 * wander(rng, nu, 3)[:, None])
    side = v * half * np.cos(twist) - height * np.sin(twist)
    height = v * half * np.sin(twist) + height * np.cos(twist)
    stretch = outwards * reach
    radial = root + outwards + stretch - height * np.sin(angle)
    z = upwards + stretch * np.sin(angle) + height * np.cos(angle)
    side = side + 0.05 * rng.normal() * u**2 * length
    cos, sin = np.cos(azimuth), np.sin(azimuth)
    grid = np.stack([radial * cos - side * sin, radial * sin + side * cos, z], axis=-1)
    return Patch(grid, _petal_paint(rng, u, v, colours), 0.55)


def _petal_paint(rng, u, v, colours):
    """Colours from base to tip, with veins, a paler margin and blotches."""
    shape = (u.shape[0], v.shape[1])
    base, middle, tip = map(np.asarray, colours)
    along = u + 0.06 * lumps(rng, shape, (5, 4)) + 0.03 * np.cos(9 * np.pi * v)
    paint = base + (middle - base) * ramp(along, 0.02, 0.42)[..., None]
    paint = paint + (tip - paint) * ramp(along, 0.55, 1.02)[..., None]
    phase = (v * (8.5 + rng.uniform(-1, 1)) + 0.35 * lumps(rng, shape, (4, 5))) % 1
    veins = np.exp(-(((phase - 0.5) / 0.11) ** 2)) * (0.5 + 0.5 * lumps(rng, shape, (9, 22)))
    veins = np.clip(veins * ramp(u, 0.0, 0.1) * (1 - 0.6 * ramp(u, 0.6, 1.0)), 0, 1)
    paint = paint * (1 - np.array([0.13, 0.30, 0.16]) * veins[..., None])
    margin = 0.10 * ramp(np.abs(v) + 0 * u, 0.80, 1.0)[..., None]
    paint = paint + (np.array([1.0, 0.82, 0.93]) - paint) * margin
    blotches = 1 + 0.07 * lumps(rng, shape, (10, 6)) + 0.035 * lumps(rng, shape, (40, 24))
    paint = paint * blotches[..., None] * (1 + 0.06 * rng.normal() + 0.04 * rng.normal(size=3))
    return np.clip(paint, 0.004, 0.97)


def _dome_height(r, height):
    return height * (1 - r**2.6 - 0.22 * np.exp(-((r / 0.35) ** 2)))


def florets(rng, radius, count):
    """Make the centre: a sunflower spiral, buds in its middle and open cups at its rim."""
    height = 0.42 * radius
    around, down = np.linspace(0, 2 * np.pi, 13)[:, None], np.linspace(0, 1, 11)[None, :]
    shading = (0.72 + 0.38 * (1 - down**1.5) + 0 * around)[..., None]
    patches = []
    for t, x, y in zip((np.arange(count) + 0.5) / count, *spiral(count), strict=True):
        r, azimuth = np.hypot(x, y) * (1 + 0.012 * rng.normal()), np.arctan2(y, x)
        opened = ramp(t, 0.42, 0.9)
        size = radius * (0.046 + 0.027 * opened) * (1 + 0.08 * rng.normal())
        tall = size * (1.3 + 1.2 * opened + 0.25 * rng.normal())
        lobes = 0.26 * opened * np.cos(5 * (around + rng.uniform(0, 6))) * ramp(down, 0, 0.5)
        wide = size * np.sin(np.pi * (0.08 + 0.62 * down)) * (1 + lobes)
        wide = wide * (1 + 0.5 * opened * (1 - down) ** 2)
        z = tall * (np.cos(0.62 * np.pi * down) - 0.4 - opened * np.exp(-((down / 0.33) ** 2)))
        lean = 0.75 * r**1.6
        out = wide * np.cos(around) * np.cos(lean) + z * np.sin(lean) + r * radius
        up = z * np.cos(lean) - wide * np.cos(around) * np.sin(lean) + _dome_height(r, height)
        side = wide * np.sin(around)
        cos, sin = np.cos(azimuth), np.sin(azimuth)
        grid = np.stack([out * cos - side * sin, out * sin + side * cos, up], axis=-1)
        bud, young, old = np.array([[0.46, 0.42, 0.015], [0.95, 0.56, 0.004], [1.0, 0.42, 0.003]])
        colour = bud + (young - bud) * ramp(t, 0.0, 0.36)
        colour = colour + (old - colour) * ramp(t, 0.5, 1.0)
        colour = colour * (1 + 0.10 * rng.normal() + 0.03 * rng.normal(size=3))
        patches.append(Patch(grid, np.clip(colour * shading, 0.002, 0.99), 0.25))
    around, r = np.linspace(0, 2 * np.pi, 90)[:, None], np.linspace(0, 1.04, 40)[None, :]
    z = _dome_height(r, height) - 0.05 * radius + 0 * around
    grid = np.stack([radius * r * np.cos(around), radius * r * np.sin(around), z], axis=-1)
    patches.append(Patch(grid, np.full(grid.shape, [0.5, 0.33, 0.01]), 0.1))
    return patches


def calyx(radius):
    """Make the green cup under the petals."""
    around, out = np.linspace(0, 2 * np.pi, 60)[:, None], np.linspace(0, 1, 24)[None, :]
    r = 0.05 + (0.92 * radius - 0.05) * out**0.6
    z = 0.13 * out - 0.16 + 0 * around
    grid = np.stack([r * np.cos(around), r * np.sin(around), z], axis=-1)
    scales = 1 + 0.25 * np.cos(13 * around) * np.sin(9 * out)
    return Patch(grid, 0.8 * STEM_GREEN * scales[..., None], 0.1)


def stem(rng, start, end, bow, radius):
    """Make a ribbed tube from `start` to `end`, bowed by `bow` in the middle."""
    n, m = 420, 26
    t, around = np.linspace(0, 1, n)[:, None], np.linspace(0, 2 * np.pi, m)
    middle = start * (1 - t) + end * t + bow * (4 * t * (1 - t))
    along = np.gradient(middle, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(along, [0, 0, 1.0])
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    ribs = radius * (1 + 0.05 * np.cos(6 * around))[:, None]
    ring = (
        np.cos(around)[:, None] * side[:, None]
        + np.sin(around)[:, None] * np.cross(along, side)[:, None]
    )
    paint = STEM_GREEN * ((1 + 0.12 * lumps(rng, (n, m), (20, 5))) * (0.8 + 0.3 * t))[..., None]
    return Patch(middle[:, None] + ribs * ring, np.clip(paint, 0.003, 0.95), 0.15)


def daisy(rng, at, size, colours, pitch, yaw, rings, fine):
    """Make all patches of one flower that stands in the picture; the stem leaves it below."""
    radius = 0.30
    patches = florets(rng, radius, 330 if fine else 120)
    for ring in rings:
        turn = rng.uniform(0, 2 * np.pi)
        for i in range(ring.count):
            azimuth = turn + (i + 0.22 * rng.normal()) * 2 * np.pi / ring.count
            lift = ring.lift + 0.014 * (i % 2) + 0.012 * rng.normal()
            patches.append(petal(rng, azimuth, 0.9 * radius, ring, colours, lift, fine))
    patches.append(calyx(radius))
    turned = rotation("y", yaw) @ rotation("x", pitch)
    whole = turned @ rotation("z", rng.uniform(0, 360))
    at = np.asarray(at, float)
    placed = [patch._replace(grid=(patch.grid * size) @ whole.T + at) for patch in patches]
    back = turned @ np.array([0, 0, -1.0])
    neck = at + 0.10 * size * back
    foot = neck + np.array([rng.normal(0, 0.35), -3.6, -0.4])
    bow = 0.32 * back + np.array([0.10 * rng.normal(), 0, 0])
    return [*placed, stem(rng, neck, foot, bow, 0.036 * size)]


def light(patches, sky_directions, resolution):
    """Return points (n, 3) and linear colours (n, 3) of patches in the sun under the open sky."""
    xyz = np.concatenate([p.grid.reshape(-1, 3) for p in patches])
    albedo = np.concatenate([p.albedo.reshape(-1, 3) for p in patches])
    through = np.concatenate([np.full(p.grid[..., 0].size, p.translucence) for p in patches])
    normal = np.concatenate([normals(p.grid).reshape(-1, 3) for p in patches])
    normal *= np.where(normal[:, 2:] < 0, -1, 1)
    bias = 0.010 * np.ptp(xyz, axis=0).max()

    ambient, weight = np.zeros((len(xyz), 3)), np.zeros(len(xyz))
    below = dome(sky_directions // 2) * [1, 1, -1]
    for direction in np.concatenate([dome(sky_directions), below]) @ rotation("x", -60).T:
        facing = normal @ direction
        cosine = 0.85 * np.clip(facing, 0, None) + 0.15 * np.clip(-facing, 0, None) * through
        colour = MEADOW_LIGHT + (SKYLIGHT - MEADOW_LIGHT) * (0.5 + 0.5 * direction[1])
        seen = visibility(xyz, direction, resolution, bias, soft=1)
        ambient += (cosine * seen)[:, None] * colour
        weight += cosine
    ambient /= np.maximum(weight, 1e-6)[:, None]
    ambient *= np.clip(1.6 * weight / weight.max(), 0.5, 1.15)[:, None]
    # light that bounces between petals of one colour keeps the shadows saturated
    bounced = 0.33 * albedo * (1 - np.clip(ambient.mean(axis=1), 0, 1))[:, None]

    sun = visibility(xyz, SUN, 900, 0.55 * bias, soft=2)
    facing = normal @ SUN
    front = np.clip((facing + 0.18) / 1.18, 0, None) * sun
    back = np.clip((0.10 - facing) / 1.10, 0, None) * through * (0.35 + 0.65 * sun)
    halfway = SUN + np.array([0, 0, 1])
    halfway /= np.linalg.norm(halfway)
    gloss = 0.05 * np.clip(normal @ halfway, 0, None) ** 22 * sun
    velvet = 0.10 * (1 - np.clip(normal[:, 2], 0, 1)) ** 3 * ambient.mean(axis=1)
    colour = SUNLIGHT * (front[:, None] * albedo + 0.95 * back[:, None] * albedo**1.25)
    colour += albedo * (ambient + bounced) + 0.6 * SUNLIGHT * (gloss + velvet)[:, None]

    ends = np.cumsum([p.grid[..., 0].size for p in patches])[:-1]
    refined = [
        refine(np.concatenate([p.grid, lit.reshape(p.grid.shape)], axis=-1), 4).reshape(-1, 6)
        for p, lit in zip(patches, np.split(colour, ends), strict=True)
    ]
    points = np.concatenate(refined)
    return points[:, :3], points[:, 3:]


def grass(rng, count, bottom, spread, length, width, dark, bright):
    """Make blades as ribbons, painted rather than lit: points (n, 3) and linear colours (n, 3)."""
    t, s = np.linspace(0, 1, 90)[:, None], np.linspace(-1, 1, 9)[None, :]
    ribbons = []
    for _ in range(count):
        long = length * rng.uniform(0.55, 1.25) / len(t)
        angle = rng.normal(0, 0.35) + rng.normal(0, 0.55) * t**1.5
        half = width * rng.uniform(0.6, 1.3) * np.clip(1 - t**2.2, 0, 1)
        half = half * (0.7 + 0.3 * np.sin(np.pi * np.clip(1.4 * t, 0, 1)))
        x = rng.uniform(-2.9, 2.9) + np.cumsum(np.sin(angle), 0) * long + s * half * np.cos(angle)
        y = bottom + spread * rng.uniform(-1, 1) + np.cumsum(np.cos(angle), 0) * long
        y = y - s * half * np.sin(angle)
        z = 0.3 * rng.normal() + 0 * x
        colour = np.asarray(dark) + rng.random() * np.subtract(bright, dark)
        colour = colour * rng.uniform(0.6, 1.35)
        lit_side = 1 - 0.28 * s * np.sign(np.cos(angle + 0.9))
        shade = (0.35 + 0.75 * t**0.8) * lit_side * (1 + 0.25 * (np.abs(s) < 0.2))
        grid = np.concatenate([np.stack([x, y, z], -1), colour * shade[..., None]], axis=-1)
        ribbons.append(refine(grid, 3).reshape(-1, 6))
    points = np.concatenate(ribbons)
    return points[:, :3], points[:, 3:]
