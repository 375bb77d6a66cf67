"""Draw flower.jpg, the sample picture: a daisy in a meadow, seen through a fast lens.

Run it with ``python resources/samples/make_flower.py [OUTPUT]``. It needs NumPy and Pillow, takes
about half a minute, and draws the same picture every time. Everything is linear light until
`developed`, layers go from far to near, and each is defocused by a disc, as a lens does it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from flower_scene.plants import Ring, daisy, grass, light
from flower_scene.surfaces import Camera, clouds, ramp, render, wander
from PIL import Image

WIDTH, HEIGHT = 1280, 853
MARGIN = 96  # around the picture, so that no blur sees its edge
SHAPE = ROWS, COLUMNS = HEIGHT + 2 * MARGIN, WIDTH + 2 * MARGIN
HORIZON = int(MARGIN + 0.235 * HEIGHT)
Y, X = np.mgrid[:ROWS, :COLUMNS].astype(np.float64)

# base, middle and tip of a petal, linear RGB
WHITE = ([0.80, 0.80, 0.72], [0.88, 0.88, 0.86], [0.93, 0.93, 0.93])
ROSE = ([0.62, 0.08, 0.20], [0.85, 0.22, 0.40], [0.95, 0.50, 0.62])
LILAC = ([0.22, 0.06, 0.42], [0.42, 0.20, 0.72], [0.62, 0.46, 0.86])
PINK = ([0.42, 0.012, 0.16], [0.76, 0.055, 0.33], [0.90, 0.24, 0.50])

OUTER = Ring(22, 0.80, 0.118, (12, -16), -0.02)
INNER = Ring(20, 0.72, 0.108, (25, -3), 0.012)


def filtered(image, transfer):
    """Apply a filter, given in the frequency domain, to every channel."""
    channels = np.fft.rfft2(image, axes=(0, 1)) * transfer[..., None]
    return np.fft.irfft2(channels, image.shape[:2], axes=(0, 1))


def softened(image, sigma):
    """Blur by a Gaussian of `sigma` pixels."""
    fy = np.fft.fftfreq(image.shape[0])[:, None]
    fx = np.fft.rfftfreq(image.shape[1])[None, :]
    return filtered(image, np.exp(-2 * (np.pi * sigma) ** 2 * (fx**2 + fy**2)))


def defocused(image, radius):
    """Blur by a disc that is a little brighter at its rim, as that of a real lens is."""
    r = np.hypot(np.minimum(Y, ROWS - Y), np.minimum(X, COLUMNS - X))
    disc = np.clip(radius + 0.5 - r, 0, 1) * (1 + 0.35 * (r / radius) ** 6)
    return np.clip(filtered(image, np.fft.rfft2(disc / disc.sum())), 0, None)


def over(layer, below):
    """Lay a premultiplied RGBA layer over an opaque picture."""
    return layer[..., :3] + below * (1 - np.clip(layer[..., 3:], 0, 1))


def backdrop(rng):
    """Paint sky, a far line of trees and the meadow in the sun, all sharp."""
    down = np.clip(Y / HORIZON, 0, 1)[..., None]
    sky = np.array([0.10, 0.30, 0.80]) + np.array([0.60, 0.54, 0.18]) * down**1.5
    cover = softened(clouds(rng, SHAPE, (9, 5), 6)[..., None], 14)
    sky = sky + (np.array([1.15, 1.10, 1.02]) - sky) * 0.55 * ramp(cover, -0.05, 0.75) * ramp(
        down, 0, 0.5
    )
    glow = np.exp(-(((X / COLUMNS - 0.12) / 0.5) ** 2) - (Y / ROWS / 0.45) ** 2)[..., None]
    sky = sky * (1 + 0.55 * glow) + np.array([0.30, 0.20, 0.06]) * glow

    near = np.clip((Y - HORIZON) / (ROWS - HORIZON), 1e-3, 1)
    swells = np.zeros(SHAPE)
    for step in np.arange(40) / 40:
        crest = HORIZON + (ROWS - HORIZON) * step**1.7 + 12 * wander(rng, COLUMNS, 6)
        swells += rng.normal() * np.exp(-(((Y - crest) / (6 + 70 * step)) ** 2))
    brightness = 0.62 + 0.55 * clouds(rng, SHAPE, (5, 4), 6) + 0.12 * swells - 0.34 * near
    brightness += 0.25 * np.exp(-(((X / COLUMNS - 0.25) / 0.45) ** 2))
    warmth = 0.5 + 0.5 * clouds(rng, SHAPE, (4, 5), 4) + 0.25 * (1 - near)
    warmth = np.clip(warmth, 0, 1)[..., None]
    meadow = np.array([0.055, 0.150, 0.028]) * (1 - warmth)
    meadow = (meadow + np.array([0.235, 0.335, 0.062]) * warmth) * 1.5
    meadow = meadow * np.clip(brightness, 0.10, 1.6)[..., None]
    haze = 0.35 * np.exp(-14 * near)[..., None]
    meadow = meadow + (np.array([0.55, 0.66, 0.45]) - meadow) * haze
    image = np.where((Y < HORIZON)[..., None], sky, meadow)

    tops = HORIZON - 46 - 34 * (wander(rng, COLUMNS, 9) + 0.5 * wander(rng, COLUMNS, 23))
    tops = tops - 34 * ramp(X[0] / COLUMNS, 0.45, 1.0)
    trees = ramp(Y + 16 * clouds(rng, SHAPE, (26, 34), 4), tops - 5, tops + 7)
    trees = (trees * (Y < HORIZON + 6))[..., None]
    leaves = np.array([0.063, 0.147, 0.084]) * (1 - 0.5 * glow)
    leaves = leaves + np.array([0.269, 0.291, 0.101]) * glow
    leaves = leaves * np.clip(0.55 + 0.55 * clouds(rng, SHAPE, (30, 40), 4), 0.15, 2)[..., None]
    return image * (1 - trees) + leaves * trees


def glints(rng, count, rows, size, colours, power):
    """Paint bright dots, each of which the lens makes a disc."""
    image = np.zeros((*SHAPE, 3))
    for _ in range(count):
        y, x = rng.uniform(*rows), rng.uniform(0, COLUMNS - 1)
        sigma = size * rng.uniform(0.6, 1.5)
        reach = int(3 * sigma) + 1
        part = (
            slice(max(0, int(y) - reach), int(y) + reach + 1),
            slice(max(0, int(x) - reach), int(x) + reach + 1),
        )
        dot = np.exp(-(((Y[part] - y) / sigma) ** 2) - ((X[part] - x) / sigma) ** 2)
        colour = np.asarray(colours[rng.integers(len(colours))]) * power * rng.lognormal(0, 0.6)
        image[part] += dot[..., None] * colour
    return image


def flower_layer(rng, at, size, colours, pitch, yaw, petals, passes):
    """Draw one flower of the background as RGBA; it is simpler where few passes will do."""
    fine = passes > 3
    patches = daisy(rng, at, size, colours, pitch, yaw, [OUTER._replace(count=petals)], fine)
    points, shades = light(patches, 32 if fine else 12, 300)
    return render(Camera(COLUMNS, ROWS), points, shades, passes, rng)


def grass_layer(rng, passes, *ribbons):
    """Draw blades of grass as RGBA."""
    points, shades = grass(rng, *ribbons)
    return render(Camera(COLUMNS, ROWS), points, shades, passes, rng)


def scene(rng):
    """Put the whole picture together, in linear light."""
    far = backdrop(rng)
    sunny = [(0.9, 0.95, 0.5), (1, 0.95, 0.8), (0.6, 0.8, 0.4)]
    petals = [(1, 0.55, 0.75), (0.95, 0.95, 0.95), (0.7, 0.5, 0.95), (1, 0.8, 0.08), sunny[2]]
    sparkle = glints(rng, 260, (HORIZON - 70, HORIZON + 30), 2.2, sunny, 2.6)
    sparkle += glints(rng, 120, (HORIZON, HORIZON + 260), 3.4, petals, 2.4)
    image = 0.75 * defocused(far, 24) + 0.25 * softened(far, 30) + defocused(sparkle, 24)

    meadow = (
        (19, 260, -1.15, 0.75, 0.8, 0.022, 16, 0.20),
        (12, 200, -1.75, 0.55, 1.2, 0.028, 9, 0.30),
    )
    for blur, blades, bottom, spread, length, width, flowers, size in meadow:
        greens = ((0.05, 0.13, 0.015), (0.29, 0.43, 0.08))
        layer = grass_layer(rng, 2, blades, bottom, spread, length, width, *greens)
        image = over(defocused(layer, blur), image)
        for _ in range(flowers):
            colours = (WHITE, ROSE, LILAC, PINK)[rng.integers(4)]
            at = (rng.uniform(-2.6, 2.6), bottom + 0.85 + spread * rng.uniform(-1, 1.1), 0)
            turned = rng.uniform(-65, -35), rng.uniform(-30, 30)
            layer = flower_layer(rng, at, size * rng.uniform(0.8, 1.3), colours, *turned, 14, 2)
            image = over(defocused(layer, blur * rng.uniform(0.75, 1.1)), image)

    companions = (
        (11.0, (-1.72, 0.42, -1.0), 0.50, WHITE, -48, 24, 19, 3),
        (13.0, (1.78, 0.66, -1.0), 0.40, ROSE, -50, -22, 18, 3),
        (4.8, (1.42, -0.30, -0.6), 0.66, LILAC, -46, -20, 21, 6),
        (8.0, (-1.55, -0.92, -0.5), 0.46, WHITE, -40, 30, 20, 3),
    )
    for blur, *flower in companions:
        image = over(defocused(flower_layer(rng, *flower), blur), image)
    stalks = grass_layer(
        rng, 3, 46, -2.0, 0.3, 1.05, 0.024, (0.05, 0.13, 0.015), (0.25, 0.40, 0.07)
    )
    image = over(defocused(stalks, 5), image)

    patches = daisy(rng, (-0.30, 0.10, 0.0), 1.0, PINK, -40, 13, [OUTER, INNER], fine=True)
    points, shades = light(patches, 48, 460)
    camera = Camera(COLUMNS, ROWS, focus=0.2, aperture=6.0)
    image = over(render(camera, points, shades, 36, rng), image)
    near = grass_layer(rng, 2, 26, -2.15, 0.25, 0.95, 0.05, (0.07, 0.16, 0.02), (0.27, 0.42, 0.08))
    return over(defocused(near, 22), image)


def developed(rng, image):
    """Go from linear light to 8 bits: veil, vignette, a filmic curve, sRGB and grain."""
    image = 0.96 * image + 0.04 * softened(image, 34)
    off_axis = ((X - COLUMNS / 2) / WIDTH) ** 2 + ((Y - ROWS / 2) / HEIGHT) ** 2
    image = image * (1 - 0.17 * np.clip(2 * off_axis, 0, 1.3) ** 1.3)[..., None]
    image = image[MARGIN:-MARGIN, MARGIN:-MARGIN]
    # Narkowicz 2015, "ACES filmic tone mapping curve"
    x = 0.56 * np.clip(image, 0, None)
    film = np.clip(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 0, 1)
    grey = (film @ [0.2126, 0.7152, 0.0722])[..., None]
    film = np.clip(grey + 1.10 * (film - grey), 0, 1)
    film = np.where(film <= 0.0031308, 12.92 * film, 1.055 * film ** (1 / 2.4) - 0.055)
    grain = softened(rng.normal(size=(HEIGHT, WIDTH, 1)), 0.55)
    midtones = film.mean(axis=-1, keepdims=True)
    midtones = 0.5 + 2 * midtones * (1 - midtones)
    film = film + 0.0075 * grain / grain.std() * midtones
    film = film + 0.0035 * rng.normal(size=film.shape)
    return (np.clip(film, 0, 1) * 255 + 0.5).astype(np.uint8)


def main():
    """Draw the picture and save it beside this script, or where the command line says."""
    default = Path(__file__).with_name("flower.jpg")
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    rng = np.random.default_rng(2026)
    picture = Image.fromarray(developed(rng, scene(rng)))
    picture.save(output, quality=92, subsampling=0, optimize=True)
    print(output)


if __name__ == "__main__":
    main()
