"""What the race says: names of runners, and how they have ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.session import PICKS
from colorquant_gui.session.race import CHANCE
from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colorquant_gui.session.race import Runner
    from colorquant_gui.session.race_outcome import Outcome


def tr(text: str) -> str:
    """Translate a text of the race."""
    return QCoreApplication.translate("Race", text)


def seedings() -> list[tuple[str, str, str]]:
    """Return key, name and explanation of every seeding a runner can have."""
    return [
        ("wu", tr("Wu"), tr("Splits boxes of colours; always the same start")),
        ("kmeans++", tr("k-means++"), tr("Draws colours that are far from each other")),
        ("random", tr("Random pixels"), tr("Draws pixels of the picture")),
        (PICKS, tr("My picks"), tr("Starts from colours that you pick in the picture")),
    ]


def runner_name(runner: Runner) -> str:
    """Return what a runner is called: ``k-means++, seed 3``."""
    name = next(name for key, name, _ in seedings() if key == runner.seeding)
    if runner.seeding in CHANCE:
        return tr("%1, seed %2").replace("%1", name).replace("%2", str(runner.seed))
    if runner.seeding == PICKS and runner.picks:
        return tr("%1 (%2)").replace("%1", name).replace("%2", str(len(runner.picks)))
    return name


def picks_hint(n_picks: int, k: int) -> str:
    """Say how many colours are picked, and what becomes of the others.

    Parameters
    ----------
    n_picks : int
        Different colours that are picked.
    k : int
        Number of centroids.
    """
    if n_picks >= k:
        return tr("%1 of %1 colours picked").replace("%1", str(k))
    if not n_picks:
        text = tr("Click up to %2 colours; what is missing is added where the error is greatest")
    elif k - n_picks == 1:
        text = tr("%1 of %2 colours picked; the other one is added where the error is greatest")
    else:
        text = tr("%1 of %2 colours picked; the other %3 are added where the error is greatest")
    return text.replace("%1", str(n_picks)).replace("%2", str(k)).replace("%3", str(k - n_picks))


def outcome_sentence(outcome: Outcome, names: Sequence[str], quantity: str, lowest: float) -> str:
    """Say how a race has ended.

    Parameters
    ----------
    outcome : Outcome
        The end.
    names : sequence of str
        Names of the runners.
    quantity : str
        What is measured, ``MSE``.
    lowest : float
        The lowest value of it.

    Returns
    -------
    str
        ``They end in 3 different minima. Lowest is Wu: MSE 232.0, 2.1 % below the highest.``
    """
    value = f"{quantity} {formatting.error(lowest)}"
    if outcome.n_minima == 1:
        text = tr("Both end in the same minimum: %2.")
        if len(names) > 2:
            text = tr("All %1 end in the same minimum: %2.")
        return text.replace("%1", str(len(names))).replace("%2", value)
    found = tr("They end in %1 different minima.").replace("%1", str(outcome.n_minima))
    best = [names[i] for i in outcome.lowest]
    if len(best) == 1:
        text = tr("Lowest is %1: %2, %3 below the highest.")
    elif len(best) < len(names):
        text = tr("Lowest are %1: %2, %3 below the highest.")
    else:
        text = tr("They are equally low: %2.")
    text = text.replace("%1", _listed(best)).replace("%2", value)
    return f"{found} {text.replace('%3', formatting.percent(outcome.gain, 1))}"


def same_minimum_hint() -> str:
    """Say what it takes to end in the same minimum."""
    return tr(
        "Two runs are in the same minimum if their centroids come to rest in the same places "
        "(to half a level) when both are carried on.\nA run ends as soon as a step gains next to "
        "nothing, so the last digits may differ."
    )


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return tr("%1 and %2").replace("%1", "; ".join(names[:-1])).replace("%2", names[-1])
