"""What a person chooses for an animation of a run."""

from __future__ import annotations

from dataclasses import dataclass

from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.export.animation import ANIMATION_FORMATS

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
