"""What each frame of an animation shows: which moment of the run, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.export.animation import ANIMATION_FORMATS
from colorquant_gui.session.animation import LENGTH
from colorquant_gui.session.pace import stop_seconds

if TYPE_CHECKING:
    from colorquant_gui.session.animation import AnimationSettings
    from colorquant_gui.session.history import History, Stop


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
