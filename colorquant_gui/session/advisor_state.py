"""What the advisor tells about itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class AdvisorState(enum.Enum):
    """What the advisor is doing."""

    EMPTY = "empty"
    WORKING = "working"
    WAITING = "waiting"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Progress:
    """How far the curve has come.

    Attributes
    ----------
    measured : int
        Values of k whose errors are known.
    encoded : int
        Values of k whose file was really encoded.
    total : int
        Values of k that there are.
    """

    measured: int
    encoded: int
    total: int
