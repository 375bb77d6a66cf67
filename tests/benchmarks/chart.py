"""Pictures of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def _save(path: Path) -> None:
    import matplotlib.pyplot as plt

    path.parent.mkdir(parents=True, exist_ok=True)
    plt.tight_layout()
    plt.savefig(path, dpi=120)
    plt.close()
    print(f"picture: {path}")


def bars(path: Path, title: str, ks: list[int], series: dict[str, list[float]]) -> None:
    """Draw one bar for each k and name."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    plt.figure(figsize=(10, 5))
    width = 0.8 / len(series)
    for number, (name, values) in enumerate(series.items()):
        places = [i + number * width for i in range(len(values))]
        plt.bar(places, values, width, label=name)
    plt.xticks([i + 0.4 for i in range(len(ks))], [f"k = {k}" for k in ks])
    plt.axhline(1, color="black", lw=0.8)
    plt.title(title)
    plt.legend(fontsize=8)
    _save(path)


def lines(
    path: Path, title: str, x: str, y: str, at: list[float], series: dict[str, list[float]]
) -> None:
    """Draw one line for each name, on logarithmic axes."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    plt.figure(figsize=(8, 5))
    for name, values in series.items():
        plt.plot(at, values, marker="o", label=name)
    plt.xscale("log")
    plt.yscale("log")
    plt.xlabel(x)
    plt.ylabel(y)
    plt.title(title)
    if len(series) > 1:
        plt.legend(fontsize=8)
    _save(path)
