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
# On white and on a dark page alike: contrasts of 4 and more to either.
_NAMES_ON_ANY = ("#d73c32", "#1e8c3c", "#4678dc")
_GREY_ON_ANY = (125, 125, 125)
_PAGES = ((255, 255, 255), (27, 27, 27))
_GRID_ON_ANY = 0.35


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
        """Return one that is read on white and on dark alike, for a picture without background."""
        names = tuple(_rgb(QColor(name)) for name in _NAMES_ON_ANY)
        grey = _GREY_ON_ANY
        return replace(self, edge=grey, grid=grey, text=grey, names=names, page=True)

    @property
    def halo(self) -> tuple[int, int, int] | None:
        """What surrounds a text that stands on no plate; on an unknown page it would be a stain."""
        return None if self.page else self.background

    @property
    def grid_opacity(self) -> float:
        """How opaque the lines of the floor are, 0..1."""
        return _GRID_ON_ANY if self.page else 1.0

    @property
    def grounds(self) -> tuple[tuple[int, int, int], ...]:
        """Colours that may be behind everything."""
        return _PAGES if self.page else (self.background,)


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
