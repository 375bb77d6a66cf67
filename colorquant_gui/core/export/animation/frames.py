"""What every animation format takes: pictures one after the other, how long each is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Box = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Animation:
    """An animation that is still to be drawn, one frame at a time.

    Attributes
    ----------
    size : tuple of int
        Width and height of every frame, in pixels.
    seconds : sequence of float
        How long each frame is shown, above 0; its length is the number of frames.
    frames : iterable of Image
        As many pictures in mode RGB, each drawn when it is asked for and not kept.
    loops : int
        How often it is played, 0 for ever.
    quality : int or None
        0..100 where a format can leave out what is hardly seen; None leaves out nothing.
    """

    size: tuple[int, int]
    seconds: Sequence[float]
    frames: Iterable[Image.Image]
    loops: int = 0
    quality: int | None = None


def delays(seconds: Sequence[float], unit: float, least: int = 1) -> list[int]:
    """Round durations to a format's unit so that errors don't add up.

    Every frame ends at the multiple of the unit that is nearest to where it should end.

    Parameters
    ----------
    seconds : sequence of float
        Durations, above 0.
    unit : float
        Seconds of one unit of the format, such as 0.01.
    least : int
        Shortest delay that players keep to, in units.

    Returns
    -------
    list of int
        Delays in units, at least `least` each.
    """
    result = []
    ideal, end = 0.0, 0
    for duration in seconds:
        ideal += duration / unit
        delay = max(least, round(ideal) - end)
        result.append(delay)
        end += delay
    return result


def changes(
    frames: Iterable[Image.Image],
) -> Iterator[tuple[Image.Image, Box, Image.Image | None]]:
    """Find out for each frame what differs from the one before.

    Parameters
    ----------
    frames : iterable of Image
        Pictures of one size in mode RGB.

    Yields
    ------
    frame : Image
        The whole frame.
    box : tuple of int
        Left, top, right and bottom of the smallest rectangle that holds all that differs; of a
        frame without any difference, one pixel.
    same : Image or None
        Mode L, of the size of the box: 255 where nothing differs, else 0. None where all does
        or there is no frame before.
    """
    before: Image.Image | None = None
    for frame in frames:
        whole = (0, 0, *frame.size)
        if before is None:
            yield frame, whole, None
        elif frame is before:
            yield frame, (0, 0, 1, 1), Image.new("L", (1, 1), 255)
        else:
            difference = ImageChops.difference(frame, before)
            box = difference.getbbox() or (0, 0, 1, 1)
            red, green, blue = difference.crop(box).split()
            most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
            same = most.point([255] + [0] * 255)
            yield frame, box, same if same.getbbox() else None
        before = frame
