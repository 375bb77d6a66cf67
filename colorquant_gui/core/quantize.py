"""quantize(): from an RGB array to a palette and an index map in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import engine
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.fit import Fit
from colorquant_gui.core.histogram import ColorHistogram
from colorquant_gui.core.indexed import IndexedImage, check_palette_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def quantize(
    rgb: NDArray[np.uint8],
    n_colors: int,
    *,
    quality: str = "standard",
    color_space: str = "srgb",
    seeding: str = "wu",
    seed: int = 0,
    threads: int | None = None,
    max_iter: int | None = None,
    tol: float | None = None,
    init: NDArray[np.float64] | None = None,
    mask: NDArray[np.bool_] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> IndexedImage:
    """Reduce a picture to `n_colors` colours with exact k-means over all its pixels.

    Parameters
    ----------
    rgb : ndarray of uint8, shape (height, width, 3)
        The picture, sRGB.
    n_colors : int
        Number of colours, 1..256 and at most the number of unique colours.
    quality : str
        How much work is done: a key of `colorquant_gui.core.quality.QUALITIES`, where each has a
        hint of what it is for.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`: where distances are taken.
    seeding : str
        A key of `colorquant_gui.core.seeding.SEEDINGS`: how the initial centroids are chosen.
    seed : int
        Seed of all that is random.
    threads : int, optional
        Threads to use; by default one per processor core. The result does not depend on it.
    max_iter : int, optional
        Most iterations, by default the quality level's; 0 maps the picture to the initial
        centroids.
    tol : float, optional
        Stop once no mean lies farther than this many levels from its centroid; by default the
        quality level's.
    init : ndarray, shape (n_colors, 3), optional
        Initial centroids in the clustering space, in place of a seeding.
    mask : ndarray of bool, shape (height, width), optional
        True where a pixel is visible. The others get one reserved palette entry, in addition to
        `n_colors`.
    cancelled : callable returning bool, optional
        Asked about every 20 ms; True stops the work.

    Returns
    -------
    IndexedImage
        Palette, indices, iterations and error.

    Raises
    ------
    InvalidParameterError
        A setting is out of range; or the picture has fewer colours than `n_colors`, and the
        message states both numbers; or 256 colours and a transparent entry are too many.
    Cancelled
        `cancelled` returned True.

    Examples
    --------
    >>> import numpy as np
    >>> ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    >>> quantize(ramp, 2).palette.tolist()
    [[64, 64, 64], [192, 192, 192]]
    """
    fit = Fit(n_colors, quality, color_space, seeding, seed, threads, max_iter, tol, init)
    if rgb.ndim == 3 and 0 in rgb.shape[:2]:
        raise InvalidParameterError("The picture has no pixels.")
    # the number of every pixel's colour takes longer to write than to look up a second time
    inverse = engine.native is None
    histogram = ColorHistogram.from_rgb(
        rgb, mask, inverse=inverse, threads=threads, cancelled=cancelled
    )
    n_pixels = rgb.shape[0] * rgb.shape[1]
    centroids, n_iter = np.empty((0, 3)), 0
    if histogram.n_pixels > 0:
        check_palette_size(n_colors, int(histogram.n_pixels < n_pixels))
        last = fit.last(histogram, cancelled=cancelled)
        centroids, n_iter = last.centroids, last.number
    return IndexedImage.from_centroids(
        histogram,
        centroids,
        n_iter,
        color_space=color_space,
        refine=max_iter != 0 and init is None,
        rgb=rgb,
        mask=mask,
        threads=threads,
        cancelled=cancelled,
    )
