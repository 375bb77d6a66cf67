"""Where things are in the frames of an animation, and how big."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.session.animation import BOTH, CUSTOM, HEIGHTS, ORIGINAL

if TYPE_CHECKING:
    from colorquant_gui.session.animation import AnimationSettings

# Beyond this a frame takes a second to draw and a player gives up.
MAX_PIXELS = 50_000_000

_SPACE_ASPECT = 6 / 5
# A picture wider than this has the colour space below it, not beside it.
_WIDE = 2.0
_GAP = 8
_DEFAULT_HEIGHT = 480


@dataclass(frozen=True)
class Box:
    """A rectangle of a frame, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height


@dataclass(frozen=True)
class FrameLayout:
    """Where things are in every frame.

    Attributes
    ----------
    size : tuple of int
        Width and height of the whole, in pixels.
    picture, space, caption : Box or None
        The recoloured picture, the colour space and the line below them, where they are there.
    """

    size: tuple[int, int]
    picture: Box | None = None
    space: Box | None = None
    caption: Box | None = None


def lay_out(settings: AnimationSettings, width: int, height: int) -> FrameLayout:
    """Find a place for everything.

    Parameters
    ----------
    settings : AnimationSettings
        What was chosen.
    width, height : int
        Size of the picture in pixels.

    Returns
    -------
    FrameLayout
        The height of a size such as "480p" is that of the panes, the caption comes below.

    Raises
    ------
    InvalidParameterError
        Frames would have more than 50 megapixels.
    """
    aspect = width / height
    if settings.content == BOTH and aspect > _WIDE:
        boxes = _one_below_the_other(settings, aspect, width)
    else:
        boxes = _in_a_row(settings, aspect, height)
    total_width = max(box.left + box.width for box in boxes)
    total_height = max(box.top + box.height for box in boxes)
    caption = None
    if settings.caption:
        line = _caption_height(total_width, total_height)
        caption = Box(0, total_height, total_width, line)
        total_height += line
    if total_width * total_height > MAX_PIXELS:
        raise InvalidParameterError(
            f"Frames of {total_width:,} × {total_height:,} pixels are too big for an animation. "
            f"Choose a smaller size."
        )
    picture = boxes[0] if settings.has_picture else None
    space = boxes[-1] if settings.has_space else None
    return FrameLayout((total_width, total_height), picture, space, caption)


def _in_a_row(settings: AnimationSettings, aspect: float, height: int) -> list[Box]:
    aspects = [aspect] * settings.has_picture + [_SPACE_ASPECT] * settings.has_space
    gaps = _GAP * (len(aspects) - 1)
    if settings.size == CUSTOM:
        high = max(1.0, settings.width - gaps) / sum(aspects)
    elif settings.size == ORIGINAL and settings.has_picture:
        high = float(height)
    else:
        high = float(HEIGHTS.get(settings.size, _DEFAULT_HEIGHT))
    total = max(len(aspects) + gaps, round(high * sum(aspects)) + gaps)
    boxes: list[Box] = []
    left = 0
    for number, each in enumerate(aspects, start=1):
        is_last = number == len(aspects)
        wide = total - left if is_last else min(max(1, round(high * each)), total - _GAP - 1)
        boxes.append(Box(left, 0, wide, max(1, round(high))))
        left += wide + _GAP
    return boxes


def _one_below_the_other(settings: AnimationSettings, aspect: float, width: int) -> list[Box]:
    if settings.size == CUSTOM:
        wide = settings.width
    elif settings.size == ORIGINAL:
        wide = width
    else:
        wide = round((HEIGHTS[settings.size] - _GAP) / (1 / aspect + 1 / _SPACE_ASPECT))
    high = max(1, round(wide / aspect))
    return [
        Box(0, 0, wide, high),
        Box(0, high + _GAP, wide, max(1, round(wide / _SPACE_ASPECT))),
    ]


def _caption_height(width: int, height: int) -> int:
    # legible in a thumbnail, no bigger than needed on a large screen
    return math.ceil(min(max(height * 0.055, 20.0), 56.0, max(width * 0.08, 8.0)) / 2) * 2
