"""What is in an animation of a run: which moment each frame shows, for how long, how big."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.export.animation import ANIMATION_FORMATS
from colorquant_gui.session.pace import stop_seconds

if TYPE_CHECKING:
    from colorquant_gui.session.history import History, Stop

PICTURE, SPACE, BOTH = CONTENTS = ("picture", "space", "both")
HEIGHTS = {"480p": 480, "720p": 720, "1080p": 1080}
ORIGINAL, CUSTOM = "original", "custom"
SIZES = (*HEIGHTS, ORIGINAL, CUSTOM)
SPEED, LENGTH = PACES = ("speed", "length")

MIN_FPS, MAX_FPS = 5, 50
MIN_WIDTH, MAX_WIDTH = 16, 8192
MIN_SPEED, MAX_SPEED = 0.05, 16.0
MIN_SECONDS, MAX_SECONDS = 0.5, 120.0
MAX_HOLD = 30.0
MAX_ORBIT = 720
# Beyond this a frame takes a second to draw and a player gives up.
MAX_PIXELS = 50_000_000

_SPACE_ASPECT = 6 / 5
# A picture wider than this has the colour space below it, not beside it.
_WIDE = 2.0
_GAP = 8
_DEFAULT_HEIGHT = 480


@dataclass(frozen=True)
class AnimationSettings:
    """What a person chooses.

    Attributes
    ----------
    format : str
        A key of `colorquant_gui.core.export.animation.ANIMATION_FORMATS`.
    content : {"picture", "space", "both"}
        The recoloured picture, the colour space, or one beside the other.
    size : {"480p", "720p", "1080p", "original", "custom"}
        A height; the picture's own size; or `width`.
    width : int
        Width of the whole in pixels, for "custom"; 16..8192.
    fps : int
        Frames a second, 5..50.
    pace : {"speed", "length"}
        Whether `speed` or `seconds` decides how long it takes.
    speed : float
        1 as the program plays it, 0.05..16.
    seconds : float
        Length of the whole with the hold, 0.5..120.
    hold : float
        Seconds that the end is shown, 0..30.
    loops : int
        How often it is played, 0 for ever.
    orbit : int
        Degrees that the colour space turns in all, -720..720.
    caption : bool
        Whether a line tells k, iteration and error.
    quality : int or None
        0..100 for a format that can leave out what is hardly seen; None keeps everything.

    Raises
    ------
    InvalidParameterError
        A value is out of its range.
    """

    format: str = "gif"
    content: str = PICTURE
    size: str = "480p"
    width: int = 640
    fps: int = 20
    pace: str = SPEED
    speed: float = 1.0
    seconds: float = 10.0
    hold: float = 2.0
    loops: int = 0
    orbit: int = 0
    caption: bool = False
    quality: int | None = None

    def __post_init__(self) -> None:
        for value, known in (
            (self.format, ANIMATION_FORMATS),
            (self.content, CONTENTS),
            (self.size, SIZES),
            (self.pace, PACES),
        ):
            if value not in known:
                raise InvalidParameterError(f"Unknown choice “{value}” for an animation.")
        for name, number, low, high in (
            ("frame rate", self.fps, MIN_FPS, MAX_FPS),
            ("width", self.width, MIN_WIDTH, MAX_WIDTH),
            ("speed", self.speed, MIN_SPEED, MAX_SPEED),
            ("length", self.seconds, MIN_SECONDS, MAX_SECONDS),
            ("hold", self.hold, 0, MAX_HOLD),
            ("number of loops", self.loops, 0, 1000),
            ("orbit", self.orbit, -MAX_ORBIT, MAX_ORBIT),
            ("quality", 0 if self.quality is None else self.quality, 0, 100),
        ):
            if not low <= number <= high:
                raise InvalidParameterError(f"The {name} must be {low} to {high}, not {number}.")

    @property
    def has_space(self) -> bool:
        """Whether the colour space is in it."""
        return self.content != PICTURE

    @property
    def has_picture(self) -> bool:
        """Whether the picture is in it."""
        return self.content != SPACE


@dataclass(frozen=True)
class PlannedFrame:
    """A frame that is to be drawn.

    Attributes
    ----------
    stop : Stop
        The last stop of the timeline that was passed.
    fraction : float
        Part of the way to the next one, 0..1.
    seconds : float
        How long it is shown.
    turn : float
        Degrees that the colour space has turned by then.
    """

    stop: Stop
    fraction: float
    seconds: float
    turn: float = 0.0


def plan_frames(history: History, settings: AnimationSettings) -> tuple[PlannedFrame, ...]:
    """Decide which moments of a run are drawn.

    Parameters
    ----------
    history : History
        The run, with at least its seeding.
    settings : AnimationSettings
        What was chosen.

    Returns
    -------
    tuple of PlannedFrame
        From the first stop to the last, all of the same duration. The end is one frame shown
        as long as the hold, or as many of the same duration where the format has no delays or
        the colour space turns on.

    Raises
    ------
    InvalidParameterError
        There is nothing to show yet.
    """
    if not history.stops:
        raise InvalidParameterError("There is no run to make an animation of yet.")
    stops = [history.stop(index) for index in range(history.stops)]
    durations = [stop_seconds(history, stop) for stop in stops[:-1]]
    whole = sum(durations)
    seconds = whole / settings.speed
    if settings.pace == LENGTH:
        seconds = max(0.0, settings.seconds - settings.hold)
    n_moving = max(1, round(seconds * settings.fps)) if whole > 0 else 0

    moments: list[tuple[Stop, float]] = []
    index, passed = 0, 0.0
    for number in range(n_moving):
        at = whole * number / n_moving
        while index < len(durations) - 1 and at >= passed + durations[index]:
            passed += durations[index]
            index += 1
        moments.append((stops[index], (at - passed) / durations[index] if at > passed else 0.0))

    each = 1 / settings.fps
    turns = settings.has_space and settings.orbit != 0
    n_held = max(1, round(settings.hold * settings.fps))
    shown = [each] * n_moving
    if turns or not ANIMATION_FORMATS[settings.format].has_delays:
        moments += [(stops[-1], 0.0)] * n_held
        shown += [each] * n_held
    else:
        moments.append((stops[-1], 0.0))
        shown.append(max(settings.hold, each))
    step = settings.orbit / len(moments) if turns else 0.0
    return tuple(
        PlannedFrame(stop, fraction, duration, number * step)
        for number, ((stop, fraction), duration) in enumerate(zip(moments, shown, strict=True))
    )


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
