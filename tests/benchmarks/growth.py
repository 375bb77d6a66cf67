"""One iteration against brute force; and how time grows with pixels, unique colours and k.

Run as ``python -m tests.benchmarks.growth [PICTURE]``. Colours are made up; a picture, or the first
one of a folder, is enlarged to 12 megapixels and measured too.
"""

from __future__ import annotations

import argparse
import ctypes
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import ColorHistogram, Fit, quantize
from colorquant_gui.core.color_spaces import COLOR_SPACES, SRGB
from tests.benchmarks.chart import lines
from tests.benchmarks.speed import enlarged, first_picture

if TYPE_CHECKING:
    from collections.abc import Callable


def colors(n: int, seed: int = 0) -> np.ndarray:
    """Make about n different colours around a few centres, as in a photo."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(30, 225, (40, 3))
    keys = np.empty(0, np.int64)
    while len(keys) < n:
        some = centres[rng.integers(0, 40, 2 * n)] + rng.normal(0, 25, (2 * n, 3))
        some = np.clip(np.rint(some), 0, 255).astype(np.int64)
        keys = np.unique(np.concatenate([keys, some @ [1 << 16, 1 << 8, 1]]))
    keys = rng.permutation(keys)[:n]
    return np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=-1).astype(np.uint8)


def brute_force(histogram: ColorHistogram, centroids: np.ndarray) -> Callable[[], None] | None:
    """Compile and prepare an iteration without any tree; None without a compiler."""
    compiler = shutil.which("c++")
    if compiler is None:
        return None
    library = Path(tempfile.mkdtemp()) / "brute_force.so"
    source = Path(__file__).with_name("brute_force.cpp")
    flags = ["-O3", "-march=native", "-mprefer-vector-width=512", "-shared", "-fPIC"]
    subprocess.run([compiler, *flags, source, "-o", library], check=True)
    run = ctypes.CDLL(str(library)).brute_force
    points = [np.ascontiguousarray(axis) for axis in histogram.colors.T.astype(np.float32)]
    weights = histogram.counts.astype(np.float32)
    half = 0.5 * (centroids**2).sum(axis=1)
    packed = np.concatenate([centroids.T, half[None]]).astype(np.float32, order="C")
    labels, sums = np.zeros(len(weights), np.uint8), np.zeros((len(centroids), 4))

    def pointer(array: np.ndarray) -> ctypes.c_void_p:
        return ctypes.c_void_p(array.ctypes.data)

    def iterate() -> None:
        run(
            *map(pointer, points),
            pointer(weights),
            ctypes.c_long(len(weights)),
            pointer(packed),
            ctypes.c_int(len(centroids)),
            pointer(labels),
            pointer(sums),
        )

    return iterate


def median_ms(run: Callable[[], object], rounds: int = 5) -> float:
    """Median time of a few calls."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(1e3 * (time.perf_counter() - start))
    return float(np.median(times))


def against_brute_force(histogram: ColorHistogram, k: int) -> str:
    """Time the first ten iterations after a seeding, and after each the same by brute force.

    All on one thread. The first ten are the hard ones: the centroids still move far. Beside their
    median stands the mean of a run of fifty.
    """
    problem = histogram.problem(SRGB, 1)
    seeds = problem.coarse(16384).seed_wu(k, 32)[0]
    plain = brute_force(histogram, seeds)
    early: list[float] = []
    for _ in range(5):
        lloyd = problem.lloyd(seeds, 0.0, 0.0, 60, relaxed=False)
        lloyd.step()
        ours, slow = [], []
        for _ in range(10):
            ours.append(median_ms(lloyd.step, 1))
            if plain is not None:
                slow.append(median_ms(plain, 1))
        early += ours
    while len(ours) < 50:
        ours.append(median_ms(lloyd.step, 1))
        if plain is not None:
            slow.append(median_ms(plain, 1))
    text = f"iteration {np.median(early):.3f} ms (of 50 {np.mean(ours):.3f} ms)"
    if slow:
        one = np.median(slow)
        text += (
            f", brute force float32 {one:.2f} ms = {one / np.median(early):.1f} x"
            f" (of 50 {one / np.mean(ours):.1f} x)"
        )
    return text


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("picture", type=Path, nargs="?")
    parser.add_argument("--out", type=Path, default=Path("out/growth.png"))
    options = parser.parse_args()
    sets = {"600,000 made-up colours": ColorHistogram.from_rgb(colors(600_000)[None])}
    if options.picture:
        rgb = enlarged(first_picture(options.picture), 12)
        photo = ColorHistogram.from_rgb(rgb)
        sets = {f"the {photo.n_colors:,} colours of a 12 MP photo": photo, **sets}
    for name, histogram in sets.items():
        print(f"one iteration over {name}, one thread: median of the first ten")
        for k in (16, 64, 256):
            print(f"k = {k:3}: {against_brute_force(histogram, k)}")
        print()
    ks = (4, 16, 64, 256)

    palette = colors(200_000)
    print("pixels, with 200,000 colours, k = 64")
    by_pixels = []
    sizes = [1, 2, 4, 8, 16, 32]
    for size in sizes:
        rgb = np.resize(palette, (size * 1000, 1000, 3))
        by_pixels.append(median_ms(lambda rgb=rgb: quantize(rgb, 64)))
        print(f"{size:9} MP {by_pixels[-1]:9.1f} ms")
    lines(options.out, "200,000 colours, k = 64", "megapixels", "ms", sizes, {"": by_pixels})

    print("\ncolours: a fit, and one iteration over all of them, one thread")
    for n in (10_000, 100_000, 600_000, 2_000_000):
        histogram = ColorHistogram.from_rgb(colors(n)[None])
        for k in ks:

            def fit(histogram: ColorHistogram = histogram, k: int = k) -> None:
                histogram._problem.forget()
                Fit(k, threads=1).last(histogram)

            whole = median_ms(fit, 3)
            one = against_brute_force(histogram, k)
            print(f"{n:9,} colours, k = {k:3}: fit {whole:7.1f} ms, {one}")

    print("\nclustering spaces, 600,000 colours, k = 256")
    histogram = ColorHistogram.from_rgb(colors(600_000)[None])
    for name in COLOR_SPACES:

        def fit_in(name: str = name) -> None:
            histogram._problem.forget()
            Fit(256, color_space=name).last(histogram)

        print(f"{name:9} {median_ms(fit_in):8.1f} ms")


if __name__ == "__main__":
    main()
