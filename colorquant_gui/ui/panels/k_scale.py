"""The logarithmic scale of k: every doubling is as long as every other."""

from __future__ import annotations

import math

K_MIN = 2
K_MAX = 256
K_TICKS = (2, 4, 8, 16, 32, 64, 128, 256)
_OCTAVES = math.log2(K_MAX / K_MIN)


def fraction_of(k: float) -> float:
    """Return where k lies on the scale.

    Parameters
    ----------
    k : float
        Number of colours; clipped to 2..256.

    Returns
    -------
    float
        0 (k = 2) to 1 (k = 256).
    """
    return math.log2(min(max(k, K_MIN), K_MAX) / K_MIN) / _OCTAVES


def k_at(fraction: float) -> int:
    """Return the whole k that lies nearest to a place on the scale.

    Parameters
    ----------
    fraction : float
        Clipped to 0..1.

    Returns
    -------
    int
        2..256.
    """
    exact = K_MIN * 2 ** (_OCTAVES * min(max(fraction, 0.0), 1.0))
    below = math.floor(exact)
    # On a logarithmic scale the geometric mean lies midway between two neighbours.
    return min(below + (exact > math.sqrt(below * (below + 1))), K_MAX)
