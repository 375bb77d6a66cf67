"""The principal axes of a picture's own colours (Pearson 1901)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.core.color_spaces import multiplied
from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis, words
from colorquant_gui.ui.space3d.spaces.fitting import FEWEST, fitted_axes

if TYPE_CHECKING:
    from numpy.typing import NDArray

# More colours than this hardly change the axes; every so-many-th will do.
_ENOUGH = 200_000
_NAMES = ("PC2", "PC3", "PC1")


def _space(middle: NDArray[np.float64], basis: NDArray[np.float64]) -> DisplaySpace:
    """Look along three directions, the columns of `basis`, from the picture's mean."""
    corners = (np.array(list(product((0.0, 255.0), repeat=3))) - middle) @ basis
    axes = []
    for name, low, high in zip(_NAMES, corners.min(axis=0), corners.max(axis=0), strict=True):
        first, last = int(np.ceil(low / 64)), int(np.floor(high / 64))
        ticks = tuple(float(step * 64) for step in range(first, last + 1))
        axes.append(SpaceAxis(name, float(low), float(high), ticks))

    def convert(colors: NDArray[Any]) -> NDArray[np.float64]:
        return multiplied(basis.T, colors - middle)

    return DisplaySpace(
        "pca",
        "PCA",
        (axes[0], axes[1], axes[2]),
        convert,
        affine=True,
        fitted=_fitted,
        about=words("The picture’s own axes: PC1 is the direction in which its colours vary most"),
    )


def _fitted(colors: NDArray[np.uint8], counts: NDArray[np.int64]) -> DisplaySpace:
    """Fit the axes to unique colours, weighted by their pixels."""
    if not len(colors):
        return PCA
    stride = len(colors) // _ENOUGH + 1
    some, weights = colors[::stride].astype(np.float64), counts[::stride].astype(np.float64)
    middle = np.average(some, axis=0, weights=weights)
    away = some - middle
    basis = np.linalg.eigh((away * weights[:, None]).T @ away)[1][:, ::-1]
    # towards the light, and right-handed, so that the same picture is always seen the same way
    basis = basis * np.where(basis.sum(axis=0) < 0, -1.0, 1.0)
    basis = basis[:, [1, 2, 0]]
    if np.linalg.det(basis) < 0:
        basis[:, 1] *= -1.0
    space = _space(middle, basis)
    if len(some) < FEWEST:
        return space
    return replace(space, axes=fitted_axes(space, space.from_srgb8(some)))


PCA = _space(np.full(3, 127.5), np.identity(3))
