"""Draw pixel-art.png, a sample picture: an island in the air, 22 colours and nothing around it.

Run it with ``python resources/samples/make_pixel_art.py [OUTPUT]``. It needs NumPy and Pillow and
draws the same picture every time.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 96, 64
Y, X = np.mgrid[:HEIGHT, :WIDTH]

OUTLINE = "#2b1d33"
GRASS = ("#2f6b3b", "#4a9a45", "#7cc653", "#b9e36b")
EARTH = ("#4a2c3d", "#6f4043", "#965d4b", "#bf8a5c")
LEAVES = ("#1f5548", "#2f8050", "#58ad55", "#97d765")
WALL = ("#b98f80", "#e8cdaa", "#fff0d0")
ROOF = ("#8c2f43", "#c94a4c", "#ec7a5c")
WATER = ("#3c7fc4", "#8fd3f0")
LIGHT = "#ffd95a"


class Drawing:
    """Pixels of a picture that starts out empty."""

    def __init__(self):
        self.pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)

    def fill(self, where, colour):
        """Paint all pixels of a mask in one colour."""
        rgb = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        self.pixels[where] = [*rgb, 255]

    def shade(self, where, colours, light):
        """Paint a mask in steps from the first colour (light 0) to the last (light 1)."""
        step = np.clip((light * len(colours)).astype(int), 0, len(colours) - 1)
        for number, colour in enumerate(colours):
            self.fill(where & (step == number), colour)

    def outline(self, colour):
        """Line everything that has been painted."""
        solid = self.pixels[..., 3] > 0
        padded = np.pad(solid, 1)
        touched = padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
        self.fill(touched & ~solid, colour)


def blob(cx, cy, rx, ry):
    """Return the inside of an ellipse, and how much of the light from the upper left it gets."""
    dx, dy = (X - cx) / rx, (Y - cy) / ry
    return dx**2 + dy**2 <= 1, np.clip(0.5 - 0.38 * dx - 0.48 * dy, 0, 0.999)


def rough(rng, size):
    """Return a line that goes up and down by pixels."""
    return np.cumsum(rng.integers(-1, 2, size)).clip(-2, 2)


def island(drawing, rng):
    """Draw earth that hangs in the air, and the grass on it."""
    depth = 22 * np.sqrt(np.clip(1 - ((X - 47) / 40) ** 2, 0, 1)) + rough(rng, WIDTH)[None, :]
    top = 38
    earth = (top <= Y) & (top + depth > Y) & (np.abs(X - 47) < 40)
    grain = rng.integers(0, 4, (HEIGHT // 2, WIDTH // 3)).repeat(2, 0).repeat(3, 1) / 12
    light = np.clip(0.95 - (Y - top) / 24 - (X - 47) / 130 - grain, 0, 0.999)
    drawing.shade(earth, EARTH, light)
    edge = 4 + rough(rng, WIDTH)[None, :] // 2
    grass = (top - 2 <= Y) & (top + edge > Y) & (np.abs(X - 47) < 41) & (depth > 2)
    tufts = rng.random((HEIGHT, WIDTH)) / 4
    drawing.shade(grass, GRASS, np.clip(0.98 - (Y - top + 2) / 7 - tufts, 0, 0.999))


def tree(drawing, rng, x, y, size):
    """Draw a trunk and three clouds of leaves."""
    trunk = (np.abs(X - x) <= 1) & (y - size < Y) & (y >= Y)
    drawing.shade(trunk, EARTH[:3], np.clip(0.7 - (X - x) / 4, 0, 0.999))
    for dx, dy, radius in ((-5, -size + 1, 6), (5, -size, 6), (0, -size - 6, 7)):
        inside, light = blob(x + dx, y + dy, radius, radius - 1)
        drawing.shade(inside, LEAVES, np.clip(light - rng.random((HEIGHT, WIDTH)) / 6, 0, 0.999))


def house(drawing, x, y):
    """Draw a house with a lit window."""
    wall = (np.abs(X - x) <= 8) & (y - 10 < Y) & (y >= Y)
    drawing.shade(wall, WALL, np.clip(0.75 - (X - x) / 14, 0, 0.999))
    roof = (np.abs(X - x) <= 10 - np.maximum(0, y - 10 - Y)) & (y - 10 >= Y) & (y - 19 < Y)
    drawing.shade(roof, ROOF, np.clip(0.6 - (X - x) / 18 + (Y % 3 == 0) / 4, 0, 0.999))
    drawing.fill((np.abs(X - x - 4) <= 1) & (y - 6 < Y) & (y >= Y), EARTH[0])
    drawing.fill((np.abs(X - x + 4) <= 2) & (y - 8 < Y) & (y - 4 >= Y), LIGHT)
    drawing.fill((x - 4 == X) & (y - 8 < Y) & (y - 4 >= Y), OUTLINE)


def water(drawing):
    """Draw a stream that falls over the edge."""
    stream = (X >= 70) & (X <= 74) & (Y >= 37) & (Y < 58)
    drawing.fill(stream, WATER[0])
    drawing.fill(stream & ((Y + 3 * X) % 7 < 3) & (X > 70), WATER[1])
    drawing.fill((X >= 62) & (X <= 74) & (Y >= 37) & (Y < 39), WATER[1])


def main():
    """Draw the picture and save it beside this script, or where the command line says."""
    default = Path(__file__).with_name("pixel-art.png")
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    rng = np.random.default_rng(11)
    drawing = Drawing()
    island(drawing, rng)
    water(drawing)
    tree(drawing, rng, 22, 37, 11)
    house(drawing, 46, 36)
    tree(drawing, rng, 82, 38, 7)
    drawing.outline(OUTLINE)
    Image.fromarray(drawing.pixels).save(output, optimize=True)
    print(output)


if __name__ == "__main__":
    main()
