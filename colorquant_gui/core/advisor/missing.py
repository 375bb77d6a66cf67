"""Missing colours: well-populated regions of colours that no palette entry comes near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.advisor.points import MissingColor
from colorquant_gui.core.chunks import check, slices
from colorquant_gui.core.ciede2000 import ciede2000
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.morton import morton_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

FAR = 15.0
"""CIEDE2000 from which on a colour is far from its palette entry: plainly another colour."""
LEAST_SHARE = 0.005
"""Part of the visible pixels from which on a region is worth a word."""
MOST_REGIONS = 6

# Colours are looked at in cells of 8 levels along each axis: of what is far, no more is asked.
_CELL_BITS = 9
_N_CELLS = 1 << (24 - _CELL_BITS)
_CHUNK = 1 << 18
_ROWS = 1 << 12
# In CIELAB units: what lies so near a region's weightiest cell belongs to it, and regions whose
# means lie nearer than that are one.
_REACH, _SAME = 16.0, 12.0
# Cells of a region that are looked at for each k; the weightiest hold nearly all of its pixels.
_PROBES = 64


@dataclass(frozen=True, eq=False)
class ColorCells:
    """The colours of a picture, summed up in cells of an even grid; 2 MB at most.

    Attributes
    ----------
    counts : ndarray of int64, shape (c,)
        Pixels of each cell, at least 1.
    rgb : ndarray of float64, shape (c, 3)
        Mean sRGB colour of its pixels.
    lab : ndarray of float64, shape (c, 3)
        That mean, rounded to 8 bits, in CIELAB.
    starts : ndarray of int64, shape (c + 1,)
        The unique colours of cell i are those from ``starts[i]`` up to ``starts[i + 1]``.
    """

    counts: Integers
    rgb: Floats
    lab: Floats
    starts: Integers

    @classmethod
    def of(
        cls, histogram: ColorHistogram, *, cancelled: Callable[[], bool] | None = None
    ) -> ColorCells:
        """Sum up a picture.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours, in Morton order.
        cancelled : callable returning bool, optional
            Asked between chunks; True stops the work.

        Returns
        -------
        ColorCells
            The cells that have pixels.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        sums = np.zeros((4, _N_CELLS))
        n_unique = np.zeros(_N_CELLS, np.int64)
        for part in slices(histogram.n_colors, _CHUNK, cancelled):
            colors, counts = histogram.colors[part], histogram.counts[part]
            keys = (morton_keys(colors) >> np.uint32(_CELL_BITS)).astype(np.int64)
            n_unique += np.bincount(keys, minlength=_N_CELLS)
            sums[3] += np.bincount(keys, counts, _N_CELLS)
            for axis in range(3):
                sums[axis] += np.bincount(keys, counts * colors[:, axis], _N_CELLS)
        used = np.flatnonzero(n_unique)
        rgb = (sums[:3, used] / sums[3, used]).T
        lab = color_space("cielab").from_srgb(np.rint(rgb).astype(np.uint8))
        starts = np.concatenate([[0], np.cumsum(n_unique[used])])
        return cls(sums[3, used].astype(np.int64), rgb, lab, starts)

    def distances(
        self,
        palette: NDArray[np.uint8],
        cells: Integers | slice = slice(None),
        *,
        cancelled: Callable[[], bool] | None = None,
    ) -> Floats:
        """Measure how far cells are from the palette entry that is nearest in CIELAB.

        Parameters
        ----------
        palette : ndarray of uint8, shape (k, 3)
            sRGB colours, at least one.
        cells : ndarray of int64, shape (m,), optional
            Numbers of the cells; all by default.
        cancelled : callable returning bool, optional
            Asked between chunks; True stops the work.

        Returns
        -------
        ndarray of float64, shape (m,)
            CIEDE2000.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        theirs, mine = color_space("cielab").from_srgb(palette), self.lab[cells]
        half_norm = 0.5 * (theirs * theirs).sum(axis=1)
        found = np.empty(len(mine))
        for part in slices(len(mine), _ROWS, cancelled):
            nearest = (half_norm - mine[part] @ theirs.T).argmin(axis=1)
            found[part] = ciede2000(mine[part], theirs[nearest])
        return found


def missing_colors(
    cells: ColorCells,
    palette: NDArray[np.uint8],
    palettes: Mapping[int, NDArray[np.uint8]],
    k: int,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[MissingColor, ...]:
    """Name the well-populated colours that a palette has nothing for.

    Cells farther than `FAR` from the palette are gathered around the weightiest of them, and
    regions that belong together are joined. A region counts with at least `LEAST_SHARE` of the
    pixels.

    Parameters
    ----------
    cells : ColorCells
        The colours.
    palette : ndarray of uint8, shape (m, 3)
        The visible entries of the palette, at least one.
    palettes : mapping of int to ndarray of uint8, shape (m, 3)
        Visible entries of the palettes at other k, as far as they are known.
    k : int
        The k of the palette; only greater ones are suggested.
    cancelled : callable returning bool, optional
        Asked between steps; True stops the work.

    Returns
    -------
    tuple of MissingColor
        `MOST_REGIONS` at most, those first that matter most: by their squared differences, summed
        over pixels.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    distances = cells.distances(palette, cancelled=cancelled)
    total = cells.counts.sum()
    found = []
    for region in _regions(cells, distances, cancelled):
        counts = cells.counts[region]
        share = float(counts.sum() / total)
        if share < LEAST_SHARE:
            continue
        mean = np.rint(counts @ cells.rgb[region] / counts.sum())
        distance = float(counts @ distances[region] / counts.sum())
        ranges = [np.arange(cells.starts[i], cells.starts[i + 1], dtype=np.int32) for i in region]
        found.append(
            MissingColor(
                (int(mean[0]), int(mean[1]), int(mean[2])),
                share,
                distance,
                _k_needed(cells, region, palettes, k, cancelled),
                np.concatenate(ranges),
            )
        )
    found.sort(key=lambda color: -color.share * color.distance**2)
    return tuple(found[:MOST_REGIONS])


def _regions(
    cells: ColorCells, distances: Floats, cancelled: Callable[[], bool] | None
) -> list[Integers]:
    """Gather the far cells; cell numbers ascend within each region."""
    far = np.flatnonzero(distances > FAR)
    weights = cells.counts[far] * distances[far]
    left = np.ones(len(far), np.bool_)
    regions: list[Integers] = []
    for leader in np.argsort(-weights, kind="stable"):
        if not left[leader]:
            continue
        check(cancelled)
        apart = cells.lab[far] - cells.lab[far[leader]]
        near = left & ((apart * apart).sum(axis=1) <= _REACH**2)
        left &= ~near
        regions.append(far[near])
    return _joined(cells, regions)


def _joined(cells: ColorCells, regions: list[Integers]) -> list[Integers]:
    """Join a region to the first weightier one that is as good as the same colour."""
    kept: list[Integers] = []
    means: list[Floats] = []
    for region in regions:
        mean = _mean(cells, region)
        for i, other in enumerate(means):
            if float(ciede2000(mean, other)) < _SAME:
                kept[i] = np.sort(np.concatenate([kept[i], region]))
                means[i] = _mean(cells, kept[i])
                break
        else:
            kept.append(region)
            means.append(mean)
    return kept


def _mean(cells: ColorCells, region: Integers) -> Floats:
    counts = cells.counts[region]
    mean: Floats = counts @ cells.lab[region] / counts.sum()
    return mean


def _k_needed(
    cells: ColorCells,
    region: Integers,
    palettes: Mapping[int, NDArray[np.uint8]],
    k: int,
    cancelled: Callable[[], bool] | None,
) -> int | None:
    """Find the least k whose palette comes within `FAR` of most of a region."""
    probes = region[np.argsort(-cells.counts[region], kind="stable")[:_PROBES]]
    counts = cells.counts[probes]
    for other in sorted(palettes):
        if other <= k:
            continue
        check(cancelled)
        near = cells.distances(palettes[other], probes) <= FAR
        if 2 * (counts @ near) > counts.sum():
            return other
    return None
