"""How fast it is: ours and the peers, interleaved, from 0.3 to 70 megapixels.

Run as ``python -m tests.benchmarks.speed FOLDER``. Each size is the folder's first picture,
enlarged with bicubic interpolation, which makes as many colours as a photo of that size has.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from PIL import Image

from colorquant_gui.core import ColorHistogram, Fit, IndexedImage
from tests.benchmarks import peers
from tests.benchmarks.chart import lines

SIZES = (0.3, 1, 4, 12, 30, 70)


def first_picture(folder: Path) -> Path:
    """Return the first picture in a folder, or the file itself."""
    if folder.is_file():
        return folder
    return next(p for p in sorted(folder.rglob("*")) if p.suffix.lower() in {".png", ".jpg"})


def enlarged(path: Path, megapixels: float) -> np.ndarray:
    """Scale a picture to about so many megapixels."""
    image = Image.open(path).convert("RGB")
    factor = (megapixels * 1e6 / (image.width * image.height)) ** 0.5
    size = round(image.width * factor), round(image.height * factor)
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC))


def stages(rgb: np.ndarray, k: int) -> str:
    """Time the stages of one run."""
    times = [time.perf_counter()]
    histogram = ColorHistogram.from_rgb(rgb, inverse=False)
    times.append(time.perf_counter())
    last = Fit(k).last(histogram)
    times.append(time.perf_counter())
    IndexedImage.from_centroids(histogram, last.centroids, last.number, refine=True, rgb=rgb)
    times.append(time.perf_counter())
    count, fit, mapped = (1e3 * d for d in np.diff(times))
    return (
        f"{histogram.n_colors:,} colours: count {count:.0f}, "
        f"fit {fit:.0f} ({last.number} iterations), finish and map {mapped:.0f} ms"
    )


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-k", type=int, nargs="+", default=(16, 64, 256))
    parser.add_argument("--sizes", type=float, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("out/speed.png"))
    options = parser.parse_args()
    path = first_picture(options.folder)
    all_runs = {
        "ours Standard": peers.ours("standard"),
        "ours Best": peers.ours("best"),
        "Pillow median cut": peers.pillow(Image.Quantize.MEDIANCUT),
        "Pillow FASTOCTREE": peers.pillow(Image.Quantize.FASTOCTREE),
        "libimagequant default": peers.libimagequant(None),
        "libimagequant speed 1": peers.libimagequant(1),
        "scikit-learn 10k sample": peers.scikit_learn(10_000),
    }
    for k in options.k:
        series: dict[str, list[float]] = {name: [] for name in all_runs}
        for size in options.sizes:
            rgb = enlarged(path, size)
            print(f"\n{size:g} MP, k = {k}; {stages(rgb, k)}")
            taken: dict[str, list[peers.Outcome]] = {name: [] for name in all_runs}
            for _ in range(options.rounds):
                for name, run in all_runs.items():
                    taken[name].append(run(rgb, k))
            base = np.median([o.seconds for o in taken["ours Standard"]])
            for name, outcomes in taken.items():
                median = float(np.median([o.seconds for o in outcomes]))
                print(
                    f"{name:24} {1e3 * median:9.1f} ms  {median / base:6.2f} x  "
                    f"MSE {outcomes[0].mse:8.2f}"
                )
                series[name].append(1e3 * median)
        out = options.out.with_stem(f"{options.out.stem}-{k}")
        lines(out, f"k = {k}", "megapixels", "milliseconds", list(options.sizes), series)


if __name__ == "__main__":
    main()
