"""Morton keys: colours as 24-bit numbers in the order of an octree, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _spread(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Put two zero bits between the bits of each 8-bit value."""
    spread = np.zeros_like(values)
    for bit in range(8):
        spread |= ((values >> np.uint32(bit)) & np.uint32(1)) << np.uint32(3 * bit)
    return spread


_SPREAD = _spread(np.arange(256, dtype=np.uint32))
_SPREAD_R = _SPREAD << np.uint32(2)
_SPREAD_G = _SPREAD << np.uint32(1)
_SPREAD_B = _SPREAD


def morton_keys(rgb: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Interleave the bits of R, G and B into one 24-bit key.

    Sorting by this key (Morton 1966, the Z-order curve) keeps near colours near in memory, and
    makes every node of an octree over them a contiguous range.

    Parameters
    ----------
    rgb : ndarray of uint8, shape (..., 3)
        Colours, each channel 0..255.

    Returns
    -------
    ndarray of uint32, shape (...)
        Keys 0..2**24 - 1; in each triple of bits R is the most significant.
    """
    keys: NDArray[np.uint32] = np.take(_SPREAD_R, rgb[..., 0])
    keys |= np.take(_SPREAD_G, rgb[..., 1])
    keys |= np.take(_SPREAD_B, rgb[..., 2])
    return keys


def _nibbles() -> NDArray[np.uint8]:
    """Channels of every 12-bit key, 0..15 each; shape (4096, 3)."""
    grid = np.indices((16, 16, 16), np.uint8).reshape(3, -1).T
    nibbles = np.empty_like(grid)
    nibbles[morton_keys(grid)] = grid
    return nibbles


_NIBBLES = _nibbles()


def colors_from_keys(keys: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Undo `morton_keys`.

    Parameters
    ----------
    keys : ndarray of uint32, shape (n,)
        Morton keys 0..2**24 - 1.

    Returns
    -------
    ndarray of uint8, shape (n, 3)
        The colours.
    """
    colors = np.take(_NIBBLES, keys >> np.uint32(12), axis=0)
    colors <<= np.uint8(4)
    colors |= np.take(_NIBBLES, keys & np.uint32(0xFFF), axis=0)
    return colors
