"""How long a run's playback takes from one stop of its timeline to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.session.history import StopKind

if TYPE_CHECKING:
    from colorquant_gui.session.history import History, Stop

# Seconds from one iteration to the next at speed 1: early ones move far and are worth watching.
_FIRST_SECONDS = 0.40
_LAST_SECONDS = 0.06
_SHORTER = 0.9
# The part of it in which the centroids glide; in the rest the colours have been assigned anew.
_GLIDE = 0.75
_SEEDING_SECONDS, _STAGE_SECONDS = 0.9, 0.2


def step_seconds(iteration: int) -> float:
    """Return how long it takes from one iteration to the next at speed 1.

    Parameters
    ----------
    iteration : int
        0 for the way from the seeding to iteration 1.

    Returns
    -------
    float
        Seconds, falling from 0.4 to 0.06.
    """
    return max(_LAST_SECONDS, _FIRST_SECONDS * _SHORTER**iteration)


def stop_seconds(history: History, stop: Stop) -> float:
    """Return how long it takes from a stop to the next one at speed 1.

    Parameters
    ----------
    history : History
        The run.
    stop : Stop
        A stop of it.

    Returns
    -------
    float
        Seconds; 0 from the complete seeding to the first assignment, which look the same.
    """
    if stop.kind is StopKind.ASSIGN:
        return _GLIDE * step_seconds(stop.iteration)
    if stop.kind is StopKind.UPDATE:
        return (1 - _GLIDE) * step_seconds(stop.iteration)
    if stop.stage == history.n_stages:
        return 0.0
    return min(_STAGE_SECONDS, _SEEDING_SECONDS / history.n_stages)
