"""YCbCr, as JPEG files have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.core.color_spaces import multiplied
from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis, words
from colorquant_gui.ui.space3d.spaces.fitting import fitting

if TYPE_CHECKING:
    from numpy.typing import NDArray

# ITU-T T.871 (JFIF), 7, with chroma around 0
_CB = (-0.168736, -0.331264, 0.5)
_CR = (0.5, -0.418688, -0.081312)
_Y = (0.299, 0.587, 0.114)
_MATRIX = np.array([_CB, _CR, _Y])
_CHROMA = (-128.0, -64.0, 0.0, 64.0, 128.0)


def _convert(colors: NDArray[Any]) -> NDArray[np.float64]:
    return multiplied(_MATRIX, colors)


YCBCR = fitting(
    DisplaySpace(
        "ycbcr",
        "YCbCr",
        (
            SpaceAxis("Cb", -128, 128, _CHROMA),
            SpaceAxis("Cr", -128, 128, _CHROMA),
            SpaceAxis("Y", 0, 255, (0, 64, 128, 192, 255)),
        ),
        _convert,
        affine=True,
        about=words("Brightness apart from colour, as JPEG files and video store them"),
    )
)
