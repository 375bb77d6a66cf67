"""SeedingTrail: how the initial centroids came about, one after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NO_CUTS = np.empty(0, np.int32)
_NO_PARTS = np.empty((0, 3, 3))


@dataclass(frozen=True)
class Cut:
    """A box of colours that was cut in two. Immutable.

    Attributes
    ----------
    box : int
        Its number among the boxes before.
    axis : int
        Along which it was cut, 0..2.
    at : float
        Where, in the clustering space.
    mean : tuple of 3 floats
        Mean of its pixels, in the clustering space.
    below, above : int
        Pixels of both parts. The seeding counts cells of colours by their mean, so the pixels
        themselves on either side of `at` are some more or fewer.
    """

    box: int
    axis: int
    at: float
    mean: tuple[float, float, float]
    below: int
    above: int


@dataclass(frozen=True, eq=False)
class SeedingTrail:
    """The stages of a seeding, from the first centroid to the last. Immutable.

    Its length is the number of stages: k, or 1 where the centroids were given. Stages count from
    1. All coordinates are in the clustering space.

    Attributes
    ----------
    kind : {"draws", "splits", "given"}
        Drawn one after another (random pixels, k-means++); means of boxes, of which each stage
        halves one (Wu); or given from outside, all at once.
    final : ndarray of float64, shape (k, 3)
        The centroids after the last stage.
    cuts : ndarray of int32, shape (c,)
        Of "splits": the number of the box that was halved to reach stage 2, 3, ... Where c + 1
        boxes are all there are, the further centroids up to k are single colours.
    parts : ndarray of float64, shape (2c + 1, 3, 3)
        Of "splits": mean, low and high corner of boxes. Row 0 is the box of all; of cut i, row
        2i + 1 took the place of the halved box and row 2i + 2 became box number i + 1.
    """

    kind: Literal["draws", "splits", "given"]
    final: Floats
    cuts: NDArray[np.int32] = field(default_factory=lambda: _NO_CUTS)
    parts: Floats = field(default_factory=lambda: _NO_PARTS)

    def __len__(self) -> int:
        """Return the number of stages."""
        return 1 if self.kind == "given" else len(self.final)

    def centroids(self, stage: int) -> Floats:
        """Return the centroids there are at a stage.

        Parameters
        ----------
        stage : int
            1..len.

        Returns
        -------
        ndarray of float64, shape (stage, 3)
            The centroids; all k of them where they were given.

        Raises
        ------
        IndexError
            There is no such stage.
        """
        self._check(stage)
        if self.kind == "given":
            return self.final
        if self.kind == "draws" or stage == len(self):
            return self.final[:stage]
        rows = self._rows(stage)
        return np.concatenate([self.parts[rows, 0], self.final[len(rows) : stage]])

    def boxes(self, stage: int) -> Floats | None:
        """Return the boxes that the centroids of a stage are the means of.

        Parameters
        ----------
        stage : int
            1..len.

        Returns
        -------
        ndarray of float64, shape (stage, 2, 3), or None
            Low and high corners, None unless `kind` is "splits". Together the boxes fill the
            bounding box of the colours without overlap; a single colour that was added where boxes
            ran out has one without extent.

        Raises
        ------
        IndexError
            There is no such stage.
        """
        self._check(stage)
        if self.kind != "splits":
            return None
        rows = self._rows(stage)
        added = self.final[len(rows) : stage, None].repeat(2, axis=1)
        return np.concatenate([self.parts[rows, 1:], added])

    def origin(self, stage: int) -> int | None:
        """Return the number of the box that was halved to reach a stage.

        Parameters
        ----------
        stage : int
            1..len.

        Returns
        -------
        int or None
            Number among the boxes of the stage before, and of one half; the other half is the last
            box of this stage. None at stage 1 and where nothing was halved.

        Raises
        ------
        IndexError
            There is no such stage.
        """
        self._check(stage)
        return int(self.cuts[stage - 2]) if 2 <= stage <= len(self.cuts) + 1 else None

    def cut(self, stage: int, n_pixels: int) -> Cut | None:
        """Tell of the cut that led to a stage.

        Parameters
        ----------
        stage : int
            1..len.
        n_pixels : int
            Pixels of all boxes together.

        Returns
        -------
        Cut or None
            None where `origin` is.

        Raises
        ------
        IndexError
            There is no such stage.
        """
        origin = self.origin(stage)
        if origin is None:
            return None
        whole = int(self._rows(stage - 1)[origin])
        parts = np.array([2 * stage - 3, 2 * stage - 2])
        low = self.parts[parts, 1]
        axis = int(np.abs(low[1] - low[0]).argmax())
        below, above = parts[np.argsort(low[:, axis])].tolist()
        sizes = self._sizes(stage, n_pixels)
        first, second, third = self.parts[whole, 0].tolist()
        at = float(self.parts[above, 1, axis])
        return Cut(origin, axis, at, (first, second, third), sizes[below], sizes[above])

    def gap(self, stage: int) -> float | None:
        """Tell how far the newest centroid is from the nearest of those before.

        Parameters
        ----------
        stage : int
            1..len.

        Returns
        -------
        float or None
            In the clustering space; None where there are none before.

        Raises
        ------
        IndexError
            There is no such stage.
        """
        centroids = self.centroids(stage)
        if self.kind == "given" or stage == 1:
            return None
        apart = centroids[:-1] - centroids[-1]
        return float(np.sqrt((apart * apart).sum(axis=1)).min())

    def _sizes(self, stage: int, n_pixels: int) -> list[int]:
        """Pixels of the first rows of `parts`, up to those of a stage.

        The mean of a box lies between those of its parts, the closer the bigger a part is.
        """
        sizes, rows = [n_pixels], [0]
        for number, cut in enumerate(self.cuts[: stage - 1].tolist()):
            whole, first, second = self.parts[[rows[cut], 2 * number + 1, 2 * number + 2], 0]
            way = second - first
            length = float(way @ way)
            share = float((whole - first) @ way) / length if length else 0.5
            size = sizes[rows[cut]]
            part = min(max(round(size * share), 0), size)
            sizes += [size - part, part]
            rows[cut] = 2 * number + 1
            rows.append(2 * number + 2)
        return sizes

    def _check(self, stage: int) -> None:
        if not 1 <= stage <= len(self):
            raise IndexError(f"stage {stage} of {len(self)}")

    def _rows(self, stage: int) -> NDArray[np.intp]:
        """Rows of `parts` that are the boxes of a stage, by number."""
        rows = [0]
        for number, cut in enumerate(self.cuts[: stage - 1].tolist()):
            rows[cut] = 2 * number + 1
            rows.append(2 * number + 2)
        return np.array(rows)
