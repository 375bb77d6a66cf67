"""Pictures that tests work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def photo(seed: int = 0, *, height: int = 90, width: int = 120) -> NDArray[np.uint8]:
    """A smooth picture with some noise, (height, width, 3)."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    bands = np.stack([x * 255 / width, y * 255 / height, (x + y) * 255 / (width + height)], axis=2)
    return np.clip(bands + rng.normal(0, 12, bands.shape), 0, 255).astype(np.uint8)
