"""The set-up of a race as plain values, to be remembered; whatever is wrong is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.session.race import MAX_RUNNERS, MIN_RUNNERS, Runner
from colorquant_gui.ui.race.words import seedings

if TYPE_CHECKING:
    from collections.abc import Sequence


def runners_to(runners: Sequence[Runner]) -> list[list[object]]:
    """Return seeding and seed of each. Picks belong to a picture, and are not remembered."""
    return [[runner.seeding, runner.seed] for runner in runners]


def runners_from(stored: object) -> tuple[Runner, ...]:
    """Return the runners that `runners_to` gave; empty where that is not what is stored."""
    known = {key for key, _, _ in seedings()}
    if not isinstance(stored, list) or not MIN_RUNNERS <= len(stored) <= MAX_RUNNERS:
        return ()
    runners = []
    for entry in stored:
        if not isinstance(entry, list) or len(entry) != 2:
            return ()
        seeding, seed = entry
        if seeding not in known or not isinstance(seed, int) or seed < 0:
            return ()
        runners.append(Runner(seeding, seed))
    return tuple(runners)
