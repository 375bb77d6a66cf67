"""The programs that a benchmark compares with; each takes RGB and k, and gives RGB and seconds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from colorquant_gui.core import quantize
from colorquant_gui.core.color_spaces import CIELAB

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Outcome(NamedTuple):
    """What came out, and how long it took."""

    seconds: float
    mse: float
    rgb: NDArray[np.uint8]


def mean_squared_error(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> float:
    """Squared error summed over R, G, B, averaged over pixels."""
    total = 0
    for a, b in zip(first, second, strict=True):
        difference = a.astype(np.int32) - b
        total += int((difference * difference).sum())
    return total / (first.shape[0] * first.shape[1])


def mean_ciede2000(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> float:
    """Mean colour difference (Sharma, Wu, Dalal 2005) over at most some 60,000 pixels."""
    step = max(1, first.shape[0] * first.shape[1] // 60_000)
    a, b = (CIELAB.from_srgb(p.reshape(-1, 3)[::step]) for p in (first, second))
    chroma = (np.hypot(a[:, 1], a[:, 2]) + np.hypot(b[:, 1], b[:, 2])) / 2
    grey = 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + 25.0**7)))
    a1, b1 = a[:, 1] * (1 + grey), b[:, 1] * (1 + grey)
    c1, c2 = np.hypot(a1, a[:, 2]), np.hypot(b1, b[:, 2])
    h1 = np.degrees(np.arctan2(a[:, 2], a1)) % 360
    h2 = np.degrees(np.arctan2(b[:, 2], b1)) % 360
    coloured = (c1 * c2) > 0
    turn = np.where(coloured, (h2 - h1 + 180) % 360 - 180, 0)
    dl, dc = b[:, 0] - a[:, 0], c2 - c1
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    lightness, c = (a[:, 0] + b[:, 0]) / 2, (c1 + c2) / 2
    total = h1 + h2
    far = np.abs(h1 - h2) > 180
    hue = np.where(
        coloured, (total + np.where(far, np.where(total < 360, 360, -360), 0)) / 2, total
    )
    t = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    sl = 1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    turned = 60 * np.exp(-(((hue - 275) / 25) ** 2))
    rt = -2 * np.sqrt(c**7 / (c**7 + 25.0**7)) * np.sin(np.radians(turned))
    l_, c_, h_ = dl / sl, dc / sc, dh / sh
    return float(np.sqrt(l_**2 + c_**2 + h_**2 + rt * c_ * h_).mean())


def ours(quality: str) -> Callable[[NDArray[np.uint8], int], Outcome]:
    """Make a peer of one of our quality levels."""

    def run(rgb: NDArray[np.uint8], k: int) -> Outcome:
        start = time.perf_counter()
        result = quantize(rgb, k, quality=quality)
        return Outcome(time.perf_counter() - start, result.mse, result.to_rgb())

    return run


def pillow(method: Image.Quantize) -> Callable[[NDArray[np.uint8], int], Outcome]:
    """Make a peer of one of Pillow's methods."""

    def run(rgb: NDArray[np.uint8], k: int) -> Outcome:
        image = Image.fromarray(rgb)
        start = time.perf_counter()
        result = image.quantize(k, method=method, dither=Image.Dither.NONE)
        seconds = time.perf_counter() - start
        shown = np.asarray(result.convert("RGB"))
        return Outcome(seconds, mean_squared_error(rgb, shown), shown)

    return run


def _rgba(rgb: NDArray[np.uint8]) -> bytes:
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]).tobytes()


def libimagequant(speed: int | None) -> Callable[[NDArray[np.uint8], int], Outcome]:
    """Make a peer of libimagequant; None is its default speed."""
    import libimagequant as liq

    def run(rgb: NDArray[np.uint8], k: int) -> Outcome:
        height, width = rgb.shape[:2]
        data = _rgba(rgb)
        start = time.perf_counter()
        attr = liq.Attr()
        attr.max_colors = k
        if speed is not None:
            attr.speed = speed
        image = attr.create_rgba(data, width, height, 0)
        result = image.quantize(attr)
        result.dithering_level = 0.0
        indices = result.remap_image(image)
        seconds = time.perf_counter() - start
        palette = np.array([[c.r, c.g, c.b] for c in result.get_palette()], np.uint8)
        shown = palette[np.frombuffer(indices, np.uint8).reshape(height, width)]
        return Outcome(seconds, mean_squared_error(rgb, shown), shown)

    return run


def scikit_learn(sample: int | None) -> Callable[[NDArray[np.uint8], int], Outcome]:
    """Make a peer of scikit-learn's KMeans on all pixels, or on a random sample of them."""
    from sklearn.cluster import KMeans

    def run(rgb: NDArray[np.uint8], k: int) -> Outcome:
        start = time.perf_counter()
        pixels = rgb.reshape(-1, 3).astype(np.float32)
        rng = np.random.default_rng(0)
        some = pixels if sample is None else pixels[rng.integers(0, len(pixels), sample)]
        model = KMeans(k, n_init=1, random_state=0).fit(some)
        palette = np.clip(np.rint(model.cluster_centers_), 0, 255).astype(np.uint8)
        shown = palette[model.predict(pixels)].reshape(rgb.shape)
        seconds = time.perf_counter() - start
        return Outcome(seconds, mean_squared_error(rgb, shown), shown)

    return run
