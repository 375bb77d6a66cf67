"""Draw sunset.jpg, a sample picture: hardly an edge, all gradients, which few colours break up.

Run it with ``python resources/samples/make_sunset.py [OUTPUT]``. It needs NumPy and Pillow and
draws the same picture every time.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 1280, 853
HORIZON = 0.60
SUN = (0.62, 0.50)  # share of the width and of the height
SUN_RADIUS = 0.042  # share of the height

# Height above the horizon, 0..1, and sRGB there.
SKY = (
    (0.00, (255, 196, 112)),
    (0.10, (255, 150, 88)),
    (0.24, (236, 104, 96)),
    (0.42, (176, 84, 128)),
    (0.65, (92, 70, 138)),
    (1.00, (30, 38, 92)),
)
# Nearness, 0 at the horizon..1, and sRGB of the water there.
SEA = ((0.0, (214, 122, 96)), (0.18, (128, 78, 110)), (0.5, (56, 50, 98)), (1.0, (16, 22, 54)))


def blend(stops, at):
    """Interpolate between colour stops."""
    places, colours = zip(*stops, strict=True)
    colours = np.array(colours, np.float64) / 255
    return np.stack([np.interp(at, places, colours[:, c]) for c in range(3)], axis=-1)


def smooth(at, low, high):
    """Go from 0 at `low` to 1 at `high`, without a corner."""
    t = np.clip((at - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def waves(rng, x, near):
    """Return heights of a rippled sea, -1..1, finer towards the horizon."""
    depth = 1 / (near + 0.03)
    height = np.zeros_like(x)
    for _ in range(28):
        along, away = rng.uniform(2, 14), rng.uniform(4, 26)
        height += np.sin(along * x * depth * 0.35 + away * depth + rng.uniform(0, 2 * np.pi))
    return np.clip(height / 9, -1, 1)


def hills(rng, x, low, high, rough):
    """Return the outline of hills over x, in shares of the height."""
    outline = np.zeros_like(x)
    for octave in range(1, 7):
        outline += np.sin(x * rough * 2**octave + rng.uniform(0, 2 * np.pi)) / 2**octave
    return low + (high - low) * (0.5 + 0.5 * outline)


def scene(rng):
    """Put the picture together, as sRGB 0..1."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float64)
    x, y = x / WIDTH, y / HEIGHT
    aspect = WIDTH / HEIGHT
    above = np.clip((HORIZON - y) / HORIZON, 0, 1)
    near = np.clip((y - HORIZON) / (1 - HORIZON), 0, 1)
    apart = np.hypot((x - SUN[0]) * aspect, y - SUN[1])

    sky = blend(SKY, above)
    glow = np.exp(-((apart / 0.28) ** 2))[..., None]
    sky = sky + glow * (np.array([1.0, 0.86, 0.55]) - sky) * 0.75
    disc = 1 - smooth(apart, SUN_RADIUS - 0.0015, SUN_RADIUS + 0.0015)[..., None]
    sky = sky * (1 - disc) + np.array([1.0, 0.965, 0.82]) * disc

    swell = waves(rng, x, near)
    sea = blend(SEA, np.clip(near + 0.10 * swell * near, 0, 1))
    path = np.exp(-(((x - SUN[0]) / (0.035 + 0.16 * near)) ** 2))
    glitter = path * smooth(swell, 0.15 - 0.5 * (1 - near), 0.75) * (1 - 0.55 * near)
    sea = sea + glitter[..., None] * (np.array([1.0, 0.80, 0.48]) - sea) * 0.9

    picture = np.where((y < HORIZON)[..., None], sky, sea)
    for low, high, rough, colour in (
        (0.010, 0.085, 1.1, (0.52, 0.29, 0.42)),
        (-0.03, 0.060, 1.7, (0.27, 0.18, 0.34)),
    ):
        top = HORIZON - np.clip(hills(rng, x[0], low, high, rough), 0, None)
        top = top + 0.09 * smooth(np.abs(x[0] - SUN[0]), 0.30, 0.02)
        land = smooth(y - np.minimum(top, HORIZON), -0.0008, 0.0008) * (y < HORIZON)
        shade = np.array(colour) + 0.35 * glow * np.array([0.9, 0.45, 0.2])
        picture = picture * (1 - land[..., None]) + shade * land[..., None]
    return picture


def main():
    """Draw the picture and save it beside this script, or where the command line says."""
    default = Path(__file__).with_name("sunset.jpg")
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    rng = np.random.default_rng(4)
    levels = np.clip(scene(rng), 0, 1) * 255
    # a trace of noise, or the 8 bits of the file would show bands of their own
    levels = levels + rng.normal(0, 0.6, levels.shape)
    picture = Image.fromarray(np.clip(levels + 0.5, 0, 255).astype(np.uint8))
    picture.save(output, quality=90, subsampling=0, optimize=True)
    print(output)


if __name__ == "__main__":
    main()
