"""Ways to compare the original with the result: what each shows where.

A mode is one member of `CompareMode` and one line in `MODES`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from colorquant_gui.ui.canvas.window import Window

SIDE_GAP = 2


class CompareMode(enum.Enum):
    """What the canvas shows: both in one place, both beside each other, or one alone."""

    SPLIT = "split"
    SPLIT_HORIZONTAL = "split-horizontal"
    SIDE_BY_SIDE = "side"
    ONION = "onion"
    FLICKER = "flicker"
    DIFFERENCE = "difference"
    ORIGINAL = "original"
    RESULT = "result"


class Source(enum.Enum):
    """An image of the picture."""

    ORIGINAL = enum.auto()
    RESULT = enum.auto()
    ERROR = enum.auto()


@dataclass(frozen=True)
class Pane:
    """A part of the canvas with its own view of the same place.

    Attributes
    ----------
    x : int
        Where it starts, in device pixels of the canvas.
    width : int
        Its width in device pixels.
    """

    x: int
    width: int


@dataclass(frozen=True)
class Part:
    """One image in a rectangle of one pane.

    Attributes
    ----------
    pane : Pane
        Where the rectangle is.
    source : Source
        The image.
    left, top, right, bottom : int
        The rectangle in device pixels of the viewport; right and bottom are one past the last.
    opacity : float
        0..1, over what is below.
    corner : Qt.AlignmentFlag
        Where its caption belongs.
    n_captions : int
        How many captions are beside each other along its width.
    """

    pane: Pane
    source: Source
    left: int
    top: int
    right: int
    bottom: int
    opacity: float = 1.0
    corner: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    n_captions: int = 1


@dataclass(frozen=True)
class Comparison:
    """What a mode is told when it divides the canvas.

    Attributes
    ----------
    window : Window
        The visible part of the picture.
    panes : tuple of Pane
        As many as the mode has.
    line : int
        Device column or row where the result begins, for modes with a line.
    opacity : float
        Of the result over the original, 0..1.
    is_flipped : bool
        Whether a mode that takes turns is at the result.
    """

    window: Window
    panes: tuple[Pane, ...]
    line: int
    opacity: float
    is_flipped: bool

    def whole(
        self, source: Source, pane: int = 0, *, opacity: float = 1.0, right: bool = False
    ) -> Part:
        """Return a part that fills what is visible in a pane."""
        window = self.window
        edges = (window.left, window.top, window.right, window.bottom)
        return Part(self.panes[pane], source, *edges, opacity, _corner(right=right))


def _corner(*, right: bool = False, bottom: bool = False) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return across | (Qt.AlignmentFlag.AlignBottom if bottom else Qt.AlignmentFlag.AlignTop)


def _split(at: Comparison) -> list[Part]:
    window, pane, top, bottom = at.window, at.panes[0], at.window.top, at.window.bottom
    return [
        Part(pane, Source.ORIGINAL, window.left, top, at.line, bottom),
        Part(pane, Source.RESULT, at.line, top, window.right, bottom, corner=_corner(right=True)),
    ]


def _split_horizontal(at: Comparison) -> list[Part]:
    window, pane, left, right = at.window, at.panes[0], at.window.left, at.window.right
    low = _corner(bottom=True)
    return [
        Part(pane, Source.ORIGINAL, left, window.top, right, at.line),
        Part(pane, Source.RESULT, left, at.line, right, window.bottom, corner=low),
    ]


def _side_by_side(at: Comparison) -> list[Part]:
    return [at.whole(Source.ORIGINAL), at.whole(Source.RESULT, 1)]


def _onion(at: Comparison) -> list[Part]:
    below, above = (
        at.whole(Source.ORIGINAL),
        at.whole(Source.RESULT, opacity=at.opacity, right=True),
    )
    return [replace(part, n_captions=2) for part in (below, above)]


def _flicker(at: Comparison) -> list[Part]:
    return [at.whole(Source.RESULT if at.is_flipped else Source.ORIGINAL)]


def _original(at: Comparison) -> list[Part]:
    return [at.whole(Source.ORIGINAL)]


def _result(at: Comparison) -> list[Part]:
    return [at.whole(Source.RESULT)]


def _difference(at: Comparison) -> list[Part]:
    return [at.whole(Source.ERROR)]


@dataclass(frozen=True)
class ModeSpec:
    """How a mode paints.

    Attributes
    ----------
    parts : callable
        Divides the canvas; what comes later is painted over what came before.
    words : str
        What is seen, for those who don't see it; {0} is a percentage.
    n_panes : int
        1 or 2.
    line : Qt.Orientation or None
        Of the line between before and after, where there is one to move.
    """

    parts: Callable[[Comparison], list[Part]]
    words: str
    n_panes: int = 1
    line: Qt.Orientation | None = None


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Canvas", text))


MODES: dict[CompareMode, ModeSpec] = {
    CompareMode.SPLIT: ModeSpec(_split, _n("split view at {0} %"), line=Qt.Orientation.Vertical),
    CompareMode.SPLIT_HORIZONTAL: ModeSpec(
        _split_horizontal, _n("horizontal split view at {0} %"), line=Qt.Orientation.Horizontal
    ),
    CompareMode.SIDE_BY_SIDE: ModeSpec(
        _side_by_side, _n("original and result side by side"), n_panes=2
    ),
    CompareMode.ONION: ModeSpec(_onion, _n("result over the original at {0} %")),
    CompareMode.FLICKER: ModeSpec(_flicker, _n("original and result in turns")),
    CompareMode.DIFFERENCE: ModeSpec(_difference, _n("difference")),
    CompareMode.ORIGINAL: ModeSpec(_original, _n("original")),
    CompareMode.RESULT: ModeSpec(_result, _n("result")),
}


def panes(mode: CompareMode, width: int, ratio: float) -> list[Pane]:
    """Divide a canvas.

    Parameters
    ----------
    mode : CompareMode
        How.
    width : int
        Of the canvas, in device pixels.
    ratio : float
        Device pixels per logical pixel.

    Returns
    -------
    list of Pane
        One, or two of the same width with a gap between them.
    """
    if MODES[mode].n_panes == 1:
        return [Pane(0, width)]
    half = max(0, (width - round(SIDE_GAP * ratio)) // 2)
    return [Pane(0, half), Pane(width - half, half)]
