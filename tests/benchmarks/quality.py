"""How low the error is: ours and the peers' over a folder of pictures.

Run as ``python -m tests.benchmarks.quality FOLDER [--references FILE.csv]``. The CSV has a column
``image`` and columns such as ``K16`` with published errors. Writes a table and a chart.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
from PIL import Image

from tests.benchmarks import peers
from tests.benchmarks.chart import bars

KS = (4, 16, 32, 64, 128, 256)
SMALL = 100_000


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--references", type=Path)
    parser.add_argument("-k", type=int, nargs="+", default=KS)
    parser.add_argument("--out", type=Path, default=Path("out/quality.png"))
    options = parser.parse_args()
    pictures = sorted(
        p for p in options.folder.rglob("*") if p.suffix.lower() in {".png", ".ppm", ".jpg"}
    )
    rivals = {
        "Pillow median cut": peers.pillow(Image.Quantize.MEDIANCUT),
        "Pillow FASTOCTREE": peers.pillow(Image.Quantize.FASTOCTREE),
        "libimagequant default": peers.libimagequant(None),
        "libimagequant speed 1": peers.libimagequant(1),
        "scikit-learn all pixels": peers.scikit_learn(None),
        "scikit-learn 10k sample": peers.scikit_learn(10_000),
    }
    published: dict[tuple[str, int], float] = {}
    if options.references:
        with options.references.open(newline="") as file:
            for row in csv.DictReader(file):
                for k in options.k:
                    if row.get(f"K{k}"):
                        published[row["image"], k] = float(row[f"K{k}"])
    ratios: dict[str, list[float]] = {}
    for k in options.k:
        print(f"\nk = {k}")
        rows: dict[str, list[tuple[float, float, float, float]]] = {}
        for path in pictures:
            rgb = np.asarray(Image.open(path).convert("RGB"))
            standard = peers.ours("standard")(rgb, k)
            best = peers.ours("best")(rgb, k)
            found = {"ours Standard": standard, "ours Best": best}
            for name, run in rivals.items():
                if "all pixels" not in name or rgb.shape[0] * rgb.shape[1] <= SMALL:
                    found[name] = run(rgb, k)
            for name, outcome in found.items():
                difference = peers.mean_ciede2000(rgb, outcome.rgb)
                row = outcome.mse, standard.mse, best.mse, difference
                rows.setdefault(name, []).append(row)
            if (path.stem, k) in published:
                row = published[path.stem, k], standard.mse, best.mse, float("nan")
                rows.setdefault("published", []).append(row)
        print(f"{'':24} {'MSE':>8} {'dE00':>6}  Standard/it  wins  Best/it  wins   n")
        for name, values in rows.items():
            mse, standard_mse, best_mse, difference = np.array(values).T + 1e-12
            first, second = standard_mse / mse, best_mse / mse
            print(
                f"{name:24} {mse.mean():8.2f} {difference.mean():6.2f}  "
                f"{_mean(first):11.3f} {(first < 1).mean():5.0%} "
                f"{_mean(second):8.3f} {(second < 1).mean():5.0%} {len(values):3}"
            )
            ratios.setdefault(name, []).append(1 / _mean(second))
    bars(options.out, "MSE over that of ours Best (geometric mean)", list(options.k), ratios)


def _mean(ratios: np.ndarray) -> float:
    return float(np.exp(np.log(ratios).mean()))


if __name__ == "__main__":
    main()
