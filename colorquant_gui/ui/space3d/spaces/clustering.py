"""The spaces one can cluster in, to look at: the formulas are the engine's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.core.color_spaces import CIELAB, LINEAR, OKLAB, SRGB
from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis, words
from colorquant_gui.ui.space3d.spaces.fitting import fitting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core.color_spaces import ColorSpace


_AS_THEY_ARE, _UP_LAST = (0, 1, 2), (1, 2, 0)


def _lightness_up(space: ColorSpace, label: str, about: str, *axes: SpaceAxis) -> DisplaySpace:
    """Look at a space whose first coordinate is a lightness: that one goes up."""
    first, second, up = axes

    def convert(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
        return space.from_srgb(colors)[..., list(_UP_LAST)]

    return DisplaySpace(space.key, label, (first, second, up), convert, _UP_LAST, about=about)


def _rgb_axes(high: float, ticks: tuple[float, ...]) -> tuple[SpaceAxis, SpaceAxis, SpaceAxis]:
    red, green, blue = (
        SpaceAxis(name, 0.0, high, ticks, channel=number) for number, name in enumerate("RGB")
    )
    return red, green, blue


def _bytes(colors: NDArray[Any]) -> NDArray[np.float64]:
    """Take sRGB as it is, bytes and what lies between them."""
    return colors.astype(np.float64)


RGB = DisplaySpace(
    SRGB.key,
    "RGB",
    _rgb_axes(255, (0, 64, 128, 192, 255)),
    _bytes,
    order=_AS_THEY_ARE,
    affine=True,
    about=words("The numbers that files store and screens are sent, an axis for each channel"),
)

LINEAR_RGB = DisplaySpace(
    LINEAR.key,
    "Linear RGB",
    _rgb_axes(1, (0, 0.25, 0.5, 0.75, 1)),
    LINEAR.from_srgb,
    _AS_THEY_ARE,
    about=words("Amounts of light: what is mixed from two lights lies on a line between them"),
)

LAB = fitting(
    _lightness_up(
        CIELAB,
        "CIELAB",
        words("Even steps for the eye: the usual space to compare colours in"),
        SpaceAxis("a*", -90, 102, (-80, -40, 0, 40, 80)),
        SpaceAxis("b*", -110, 98, (-80, -40, 0, 40, 80)),
        SpaceAxis("L*", 0, 100, (0, 25, 50, 75, 100)),
    )
)

OK_LAB = fitting(
    _lightness_up(
        OKLAB,
        "Oklab",
        words("Even steps for the eye, with hues that stay the same from dark to light"),
        SpaceAxis("a", -0.25, 0.29, (-0.2, -0.1, 0, 0.1, 0.2)),
        SpaceAxis("b", -0.33, 0.21, (-0.3, -0.2, -0.1, 0, 0.1, 0.2)),
        SpaceAxis("L", 0, 1, (0, 0.25, 0.5, 0.75, 1)),
    )
)
