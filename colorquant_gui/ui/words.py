"""What a half-step of k-means does, in sentences with this picture's numbers.

Nothing here knows Qt's widgets: numbers in, text out. A sentence claims no more than is known: a
run may start on a sample of the colours, leave out steps that are not worth seeing, and step
beyond the mean to arrive sooner, so that "moves to the mean" has to be found out (`step_kind`).
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication

from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.session.step_kind import StepKind
from colorquant_gui.ui import formatting

_FINE_UNIT = 0.1


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)


def put(text: str, **values: object) -> str:
    """Fill in a sentence's {names}; braces in values stay what they are."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def unit_name(space: str) -> str:
    """Return the unit of a distance in a clustering space.

    Parameters
    ----------
    space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.
    """
    names = {
        "srgb": _tr("levels"),
        "linear": _tr("of linear light"),
        "cielab": _tr("ΔE*ab"),
        "oklab": _tr("in Oklab"),
    }
    return names.get(space, "")


@cache
def decimals(space: str) -> int:
    """Return with how many decimals a coordinate or a distance of a clustering space is told.

    Parameters
    ----------
    space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.
    """
    # some reach from black to white within 1, others take 100 and more
    return 3 if COLOR_SPACES[space].unit < _FINE_UNIT else 1


def distance(value: float, space: str) -> str:
    """Return a distance in a clustering space with its unit.

    Parameters
    ----------
    value : float
        0 or more. 1 is one level in sRGB; in linear light and in Oklab, from black to white.
    space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.

    Returns
    -------
    str
        ``7.3 levels``, ``2.1 ΔE*ab``, ``0.012 in Oklab``; ``<0.1 levels`` for what is not 0.
    """
    digits = decimals(space)
    least = 10.0**-digits
    if 0 < value < least:
        number = f"<{least:.{digits}f}"
    else:
        number = f"{value:,.{digits}f}" if value else "0"
    return f"{number} {unit_name(space)}".rstrip()


def describe_assign(
    n_changed: int,
    n_colors: int,
    iteration: int,
    k: int,
    shift: float | None = None,
    space: str = "srgb",
    error: str = "",
) -> str:
    """Say what an assignment does.

    Parameters
    ----------
    n_changed : int
        Unique colours whose nearest centroid is another one than an iteration ago.
    n_colors : int
        Unique colours of the picture.
    iteration : int
        Its number; 0 is the first assignment, to the centroids of the seeding.
    k : int
        Number of centroids.
    shift : float, optional
        How far the centroid that moved most had come, in the clustering space.
    space : str
        That space.
    error : str
        The error after it, as it is to be read ("MSE 232.0").

    Returns
    -------
    str
        One or two sentences.
    """
    after = f" {error}." if error else ""
    total = formatting.integer(n_colors)
    if iteration == 0:
        if n_colors == 1:
            return _tr("The only colour takes its nearest centroid.") + after
        words = _tr("Each of the {total} colours takes the nearest of {k} centroids.")
        if k == 1:
            words = _tr("All {total} colours take the one centroid.")
        return put(words, total=total, k=k) + after
    if n_changed == 0:
        words = _tr("No colour moved to another centroid")
    else:
        words = _tr("{n} of {total} colours moved to another centroid")
    text = put(words, n=formatting.integer(n_changed), total=total)
    if shift is not None:
        text += put(_tr("; the largest shift was {shift}"), shift=distance(shift, space))
    return text + "." + after


def describe_update(shift: float, space: str, k: int, kind: StepKind = StepKind.OTHER) -> str:
    """Say what an update does.

    Parameters
    ----------
    shift : float
        How far the centroid that moves most goes, in the clustering space.
    space : str
        That space.
    k : int
        Number of centroids.
    kind : StepKind
        What is known of it, from `step_kind`; OTHER claims nothing.

    Returns
    -------
    str
        One sentence.
    """
    if shift == 0:
        return _tr("No centroid moves.") if k > 1 else _tr("The centroid does not move.")
    if k == 1:
        words = {
            StepKind.MEAN: _tr("The centroid goes to the mean of its colours, {shift} away."),
            StepKind.OVERSHOOT: _tr(
                "The centroid moves {shift}, through the mean of its colours and beyond, which "
                "saves iterations."
            ),
            StepKind.TOWARDS: _tr("The centroid moves {shift} towards the mean of its colours."),
            StepKind.OTHER: _tr("The centroid moves {shift}."),
        }[kind]
    else:
        words = {
            StepKind.MEAN: _tr(
                "Each of {k} centroids goes to the mean of its colours; the farthest moves {shift}."
            ),
            StepKind.OVERSHOOT: _tr(
                "Each of {k} centroids moves through the mean of its colours and beyond, which "
                "saves iterations; the farthest goes {shift}."
            ),
            StepKind.TOWARDS: _tr(
                "The {k} centroids move, on the whole towards the means of their colours; the "
                "farthest goes {shift}."
            ),
            StepKind.OTHER: _tr("The {k} centroids move on; the farthest goes {shift}."),
        }[kind]
    return put(words, k=k, shift=distance(shift, space))


def describe_lost(n_lost: int) -> str:
    """Say what becomes of centroids that are nearest to no colour; "" where there are none.

    Parameters
    ----------
    n_lost : int
        How many there are.
    """
    if not n_lost:
        return ""
    if n_lost == 1:
        return _tr("1 centroid without colours starts anew at the colour of most error.")
    text = _tr("{n} centroids without colours start anew at the colours of most error.")
    return put(text, n=formatting.integer(n_lost))


def describe_short_cuts(quality: str) -> str:
    """Say that a quality level does more than plain k-means, and where that is to be seen.

    Parameters
    ----------
    quality : str
        A key of `colorquant_gui.core.quality.QUALITIES`.
    """
    text = _tr("{level} takes short cuts: to watch plain k-means, choose the quality {plain}.")
    return put(text, level=QUALITIES[quality].label, plain=QUALITIES["textbook"].label)


def describe_end(
    n_iterations: int,
    error: str,
    shift: float | None = None,
    space: str = "srgb",
    n_changed: int = -1,
) -> str:
    """Say how a run ended.

    Parameters
    ----------
    n_iterations : int
        Number of the last iteration; 0 where there is only the seeding.
    error : str
        The error at the end, as it is to be read ("MSE 232.0"); empty where it has no name.
    shift : float, optional
        The last movement, in the clustering space.
    space : str
        That space.
    n_changed : int
        Colours that changed their centroid last; -1 where that is not known.

    Returns
    -------
    str
        One or two sentences.
    """
    if n_iterations == 0:
        words = _tr("The result is the seeding itself: {error}.")
        return put(words if error else _tr("The result is the seeding itself."), error=error)
    if n_changed == 0:
        words = _tr("No colour changes its centroid any more: the run has converged to {error}.")
        if not error:
            words = _tr("No colour changes its centroid any more: the run has converged.")
        return put(words, error=error)
    if n_iterations == 1:
        words = _tr("The run ended after 1 iteration")
    else:
        words = _tr("The run ended after {n} iterations")
    ending = _tr("{ended} with {error}.") if error else _tr("{ended}.")
    ended = put(words, n=formatting.integer(n_iterations))
    text = put(ending, ended=ended, error=error)
    if shift is not None:
        last = _tr(" The last movement was {shift} at most.")
        text += put(last, shift=distance(shift, space))
    return text
