"""SplitBoxes: the boxes into which a seeding has split the colours so far, as wireframes."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import SRGB, color_space
from colorquant_gui.ui.space3d.shapes import Strokes
from colorquant_gui.ui.space3d.style import between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.spaces import DisplaySpace

# The twelve edges as pairs of corners, a corner being a low (0) or high (1) end of each axis.
_CORNERS = list(product((0, 1), repeat=3))
_EDGES = np.array(
    [
        (one, two)
        for number, one in enumerate(_CORNERS)
        for two in _CORNERS[number + 1 :]
        if sum(a != b for a, b in zip(one, two, strict=True)) == 1
    ]
)
# An edge that bends has so many parts; where there are many boxes they are small, and bend less.
_MOST_PARTS, _LEAST_PARTS, _ALL_PARTS = 16, 4, 512
# Two boxes touch where they are no farther apart than this share of all that was split.
_NEAR = 1 / 48
_OLD_WIDTH, _NEW_WIDTH = 1.0, 2.25
_OLD_ALPHA, _FEW = 0.62, 12
_FAINTEST = 0.22


class SplitBoxes:
    """Boxes with faces along the axes of a clustering space.

    Parameters
    ----------
    corners : ndarray of float64, shape (m, 2, 3)
        Their low and high corners; the last one is the newest.
    space_key : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.

    Attributes
    ----------
    newest : ndarray of bool, shape (m,)
        The two boxes that the last split has made.
    """

    def __init__(self, corners: NDArray[np.float64], space_key: str) -> None:
        self._corners = np.array(corners, np.float64).reshape(-1, 2, 3)
        self._clustering = color_space(space_key)
        self.newest = _newest(self._corners)
        self._colors = self._clustering.to_srgb(self._corners.mean(axis=1))
        self._lines: dict[DisplaySpace, NDArray[np.float64]] = {}

    def __len__(self) -> int:
        return len(self._corners)

    def strokes(self, scene: Scene, width: int, height: int) -> Strokes:
        """Lay the edges out for one view, those of the newest boxes last."""
        lines = self._polylines(scene.space)
        if scene.former_space is not None:
            former = self._polylines(scene.former_space)
            points = max(former.shape[2], lines.shape[2])
            former, lines = _divided(former, points), _divided(lines, points)
            lines = former + (lines - former) * scene.progress
        places, _ = scene.camera.project(lines, width, height)
        ends = np.stack([places[:, :, :-1], places[:, :, 1:]], axis=3)
        older, newer = ends[~self.newest], ends[self.newest]
        parts = ends.shape[1] * ends.shape[2]
        alpha = max(_OLD_ALPHA * min(1.0, (_FEW / max(len(older), 1)) ** 0.5), _FAINTEST)
        old = Strokes.plain(older.reshape(-1, 2, 2), scene.style.edge, alpha, _OLD_WIDTH)
        colors = np.array(old.colors)
        tints = between(self._colors[~self.newest], scene.style.text, 0.45)
        colors[..., :3] = np.repeat(tints, parts, axis=0)[:, None]
        old = Strokes(old.ends, colors, old.widths)
        new = Strokes.plain(newer.reshape(-1, 2, 2), scene.style.text, 1.0, _NEW_WIDTH)
        return Strokes.joined([old, new])

    def _polylines(self, space: DisplaySpace) -> NDArray[np.float64]:
        """Where the edges are in a space, shape (m, 12, parts + 1, 3)."""
        known = self._lines.get(space)
        if known is None:
            if len(self._lines) > 1:
                self._lines.clear()
            known = self._lines[space] = self._placed(space)
        return known

    def _placed(self, space: DisplaySpace) -> NDArray[np.float64]:
        if space.key == self._clustering.key and space.order is not None:
            return space.place(self._edges(1)[..., list(space.order)])
        if self._clustering is SRGB and space.affine:
            return space.positions_of(self._edges(1))
        parts = min(max(_ALL_PARTS // max(len(self), 1), _LEAST_PARTS), _MOST_PARTS)
        return space.positions(self._clustering.to_srgb(self._edges(parts))).astype(np.float64)

    def _edges(self, parts: int) -> NDArray[np.float64]:
        ends = np.stack(
            [self._corners[:, _EDGES[:, end], np.arange(3)] for end in (0, 1)], axis=2
        )  # (m, 12, 2, 3)
        share = np.linspace(0.0, 1.0, parts + 1)[:, None]
        edges: NDArray[np.float64] = ends[:, :, :1] * (1.0 - share) + ends[:, :, 1:] * share
        return edges


def _newest(corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find the last box and the one it was split from: they share a face."""
    newest = np.zeros(len(corners), bool)
    if not len(corners):
        return newest
    newest[-1] = True
    low, high = corners[:, 0], corners[:, 1]
    near = np.maximum((high.max(axis=0) - low.min(axis=0)) * _NEAR, 1e-12)
    away = np.abs(corners[:-1] - corners[-1]).max(axis=1) / near
    gap = np.minimum(np.abs(low[:-1] - high[-1]), np.abs(high[:-1] - low[-1])) / near
    best, found = np.inf, -1
    for axis in range(3):
        others = away[:, [other for other in range(3) if other != axis]].max(axis=1)
        score = np.maximum(others, gap[:, axis])
        if len(score) and score.min() < best:
            best, found = float(score.min()), int(score.argmin())
    if found >= 0 and best <= 1.0:
        newest[found] = True
    return newest


def _divided(line: NDArray[np.float64], points: int) -> NDArray[np.float64]:
    """Give straight edges as many points as bent ones have."""
    if line.shape[2] == points:
        return line
    share = np.linspace(0.0, 1.0, points)[:, None]
    return line[:, :, :1] * (1.0 - share) + line[:, :, -1:] * share
