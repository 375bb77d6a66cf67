"""A matrix times many colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def multiplied(matrix: NDArray[np.float64], values: NDArray[Any]) -> NDArray[np.float64]:
    """Return ``values @ matrix.T``, without the threads that BLAS wakes for it.

    Those take far longer to meet than the sums do: for 131,072 colours 55 ms of processor time
    instead of 2, and more where another program is busy.

    Parameters
    ----------
    matrix : ndarray of float64, shape (3, 3)
        Applied to each of the values.
    values : ndarray, shape (n, 3)
        Of any type of number.

    Returns
    -------
    ndarray of float64, shape (n, 3)
        The products.
    """
    x, y, z = values.T.astype(np.float64)
    return np.stack([row[0] * x + row[1] * y + row[2] * z for row in matrix], axis=1)
