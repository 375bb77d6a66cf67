"""SceneStyle: the colours and the font of the view, taken from the palette of the theme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QFont, QPalette

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

_NAMES_ON_DARK = ("#ff7b72", "#56d364", "#79b8ff")
_NAMES_ON_LIGHT = ("#8e0f12", "#0b4a14", "#0a2f9e")
# On a page of any colour what is dark has a light halo: one of both stands out from it.
_INK_ON_ANY, _HALO_ON_ANY = (28, 28, 28), (255, 255, 255)
_GRID_ON_ANY = 0.35
_HALO_OPACITY = 190


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """Return a colour between two, where `share` 0..1 is how much of the second is in it."""
    channels = [round(a + (b - a) * share) for a, b in zip(_rgb(first), _rgb(second), strict=True)]
    return QColor(*channels)


def between(
    colors: NDArray[np.uint8], other: tuple[int, int, int], share: float
) -> NDArray[np.uint8]:
    """Return colours, shape (n, 3), on the way to another one, 0..1 of it."""
    exact = colors + (np.array(other) - colors.astype(np.float64)) * share
    mixture: NDArray[np.uint8] = np.rint(exact).astype(np.uint8)
    return mixture


@dataclass(frozen=True)
class SceneStyle:
    """What the scene is drawn with; two that are equal look the same.

    Attributes
    ----------
    background, edge, grid, text, focus : tuple of 3 ints
        sRGB colours 0..255: behind everything, cube edges, floor lines, tick labels, focus ring.
    names : tuple of 3 tuples of 3 ints
        Colours of the axis names R, G and B.
    dark : bool
        Whether the background is darker than the text.
    font : QFont
        For tick labels; names are bold.
    page : bool
        Whether it is for a picture without a background, to be put on a page of any colour.
    """

    background: tuple[int, int, int]
    edge: tuple[int, int, int]
    grid: tuple[int, int, int]
    text: tuple[int, int, int]
    focus: tuple[int, int, int]
    names: tuple[tuple[int, int, int], ...]
    dark: bool
    font: QFont
    page: bool = False

    @classmethod
    def of(cls, widget: QWidget) -> SceneStyle:
        """Take the style from the palette and the font of a widget."""
        palette = widget.palette()
        background = palette.color(QPalette.ColorRole.Dark)
        foreground = palette.color(QPalette.ColorRole.WindowText)
        dark = background.lightness() < 128
        if abs(background.lightness() - foreground.lightness()) < 96:
            # A palette whose Dark is meant for shading only: text would drown in it.
            background = palette.color(QPalette.ColorRole.Window)
            dark = background.lightness() < foreground.lightness()
        names = _NAMES_ON_DARK if dark else _NAMES_ON_LIGHT
        font = QFont(widget.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        return cls(
            background=_rgb(background),
            edge=_rgb(mixed(background, foreground, 0.42)),
            grid=_rgb(mixed(background, foreground, 0.16)),
            text=_rgb(mixed(background, foreground, 0.86)),
            focus=_rgb(palette.color(QPalette.ColorRole.Highlight)),
            names=tuple(_rgb(QColor(name)) for name in names),
            dark=dark,
            font=font,
        )

    def for_page(self) -> SceneStyle:
        """Return one that is read on white, black and all between, for a picture without ground."""
        names = tuple(_rgb(QColor(name)) for name in _NAMES_ON_LIGHT)
        ink = _INK_ON_ANY
        return replace(self, edge=ink, grid=ink, text=ink, names=names, page=True)

    @property
    def halo(self) -> tuple[int, int, int, int]:
        """What surrounds a text that stands on no plate: RGBA, 0..255."""
        return (*_HALO_ON_ANY, 255) if self.page else (*self.background, _HALO_OPACITY)

    @property
    def grid_opacity(self) -> float:
        """How opaque the lines of the floor are, 0..1."""
        return _GRID_ON_ANY if self.page else 1.0


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
