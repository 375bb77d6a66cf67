"""Four colours far from each other in two clusters, for tests of the colour space."""

from __future__ import annotations

from typing import Any

import numpy as np

COLORS = np.array([[200, 60, 60], [60, 190, 70], [70, 70, 210], [180, 170, 90]], np.uint8)
COUNTS = np.array([40, 30, 20, 10])
LABELS = np.array([0, 0, 1, 1], np.uint8)
PALETTE = np.array([[250, 0, 250], [0, 250, 250]], np.uint8)


def close(one: Any, other: Any, tolerance: int = 14) -> bool:
    return bool(np.abs(np.subtract(one, other)).max() <= tolerance)
