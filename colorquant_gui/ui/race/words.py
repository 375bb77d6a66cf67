"""What the race says: names of runners, and how they have ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.core.seeding import DRAWING_LOTS
from colorquant_gui.session import PICKS
from colorquant_gui.ui import formatting
from colorquant_gui.ui.seeding_names import seeding_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from colorquant_gui.session.race import Runner
    from colorquant_gui.session.race_outcome import Outcome


def tr(text: str) -> str:
    """Translate a text of the race."""
    return QCoreApplication.translate("Race", text)


def seedings() -> list[tuple[str, str, str]]:
    """Return key, name and explanation of every seeding a runner can have."""
    return [
        *seeding_names(),
        (PICKS, tr("My picks"), tr("Starts from colours that you pick in the picture")),
    ]


def runner_name(runner: Runner, k: int) -> str:
    """Return what a runner is called: ``k-means++, seed 3``.

    Parameters
    ----------
    runner : Runner
        The runner.
    k : int
        Number of centroids; picks beyond are not used.
    """
    name = next(name for key, name, _ in seedings() if key == runner.seeding)
    if runner.seeding in DRAWING_LOTS:
        return tr("%1, seed %2").replace("%1", name).replace("%2", str(runner.seed))
    if runner.seeding == PICKS and runner.picks:
        return tr("%1 (%2)").replace("%1", name).replace("%2", str(min(k, len(runner.picks))))
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
    if k == 1:
        return tr("1 of 1 colour picked") if n_picks else tr("Click a colour to start from")
    if n_picks >= k:
        return tr("%1 of %1 colours picked").replace("%1", str(k))
    if not n_picks:
        text = tr("Click up to %2 colours; what is missing is added where the error is greatest")
    elif k - n_picks == 1:
        text = tr("%1 of %2 colours picked; the other one is added where the error is greatest")
    else:
        text = tr("%1 of %2 colours picked; the other %3 are added where the error is greatest")
    return text.replace("%1", str(n_picks)).replace("%2", str(k)).replace("%3", str(k - n_picks))


def former_hint(n_picks: int) -> str:
    """Say where colours on offer come from, and what can be done with them."""
    if n_picks == 1:
        return tr("This colour was picked in another picture: Done keeps it, Clear begins anew")
    text = tr("These %1 colours were picked in another picture: Done keeps them, Clear begins anew")
    return text.replace("%1", str(n_picks))


def waiting_message(runner: Runner) -> str:
    """Say in the place of a picture why a runner takes no part; "" where it does."""
    if runner.is_ready:
        return ""
    if not runner.former:
        return tr("Pick colours to start from")
    if len(runner.former) == 1:
        return tr("The colour picked here was for another picture.\nPick again for this one.")
    text = tr("The %1 colours picked here were for another picture.\nPick again for this one.")
    return text.replace("%1", str(len(runner.former)))


def waiting_sentence(runners: Sequence[Runner]) -> str:
    """Say who takes no part, and what they need; "" where all do."""
    waiting = [number for number, runner in enumerate(runners) if not runner.is_ready]
    if not waiting:
        return ""
    if len(waiting) == len(runners):
        return tr("No runner has colours for this picture yet: pick some, and the race starts.")
    if len(waiting) > 1:
        text = tr("Runners %1 have no colours for this picture yet: pick some, and they join.")
    elif runners[waiting[0]].former:
        text = tr("The colours of runner %1 were for another picture: pick again, and it joins.")
    else:
        text = tr("Runner %1 has no colours yet: pick some, and it joins.")
    return text.replace("%1", _listed([str(number + 1) for number in waiting], ", "))


def error_text(lowest: Sequence[float], higher: Sequence[float]) -> Callable[[float], str]:
    """Return how errors read where nobody must look as low as the lowest who isn't.

    Parameters
    ----------
    lowest, higher : sequence of float
        The errors at the ends of the runs that are lowest, and of the others.
    """
    for text in (formatting.error, partial(_with_decimals, 2), partial(_with_decimals, 3)):
        if not {text(end) for end in lowest} & {text(end) for end in higher}:
            return text
    return partial(_with_decimals, 4)


def outcome_sentence(outcome: Outcome, names: Sequence[str], value: str) -> str:
    """Say how a race has ended.

    Parameters
    ----------
    outcome : Outcome
        The end.
    names : sequence of str
        Names of all runners, also of those that took no part.
    value : str
        The lowest error: ``MSE 232.0``.

    Returns
    -------
    str
        ``They end in 3 different minima. Lowest is Wu: MSE 232.0, 2.1 % below the highest.``
    """
    said = _outcome_words(outcome, names, value)
    if not outcome.is_at_rest:
        said = f"{said} {tr('Not all came to rest before the last iteration there may be.')}"
    return said


def _outcome_words(outcome: Outcome, names: Sequence[str], value: str) -> str:
    total = len(outcome.minima)
    if total == 1:
        text = tr("%1 ends at %2.").replace("%1", names[outcome.lowest[0]])
        return text.replace("%2", value)
    if not outcome.has_lowest:
        text = tr("Both end in the same minimum: %2.")
        if total > 2:
            text = tr("All %1 end in the same minimum: %2.")
        return text.replace("%1", str(total)).replace("%2", value)
    found = tr("They end in %1 different minima.").replace("%1", str(outcome.n_minima))
    best = [names[i] for i in outcome.lowest]
    if len(best) == 1:
        text = tr("Lowest is %1: %2, %3 below the highest.")
    elif len(best) < total:
        text = tr("Lowest are %1: %2, %3 below the highest.")
    else:
        text = tr("They are equally low: %2.")
    text = text.replace("%1", _listed(best)).replace("%2", value)
    return f"{found} {text.replace('%3', formatting.percent(outcome.gain, 1))}"


def same_minimum_hint() -> str:
    """Say what it takes to end in the same minimum."""
    return tr(
        "Every run takes plain steps of k-means until nothing moves any more. Two are in the same "
        "minimum if their centroids have come to rest in the same places, to two levels."
    )


def _with_decimals(decimals: int, value: float) -> str:
    return f"{value:,.{decimals}f}"


def _listed(names: Sequence[str], between: str = "; ") -> str:
    if len(names) == 1:
        return names[0]
    return tr("%1 and %2").replace("%1", between.join(names[:-1])).replace("%2", names[-1])
