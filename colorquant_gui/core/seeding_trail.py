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
