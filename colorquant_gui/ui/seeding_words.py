"""What each stage of a seeding does, in sentences with this picture's numbers.

Nothing here knows Qt's widgets: numbers in, text out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.ui import formatting, words
from colorquant_gui.ui.words import put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colorquant_gui.core.seeding_trail import Cut

# So many picked colours are named.
_MOST_NAMED = 8


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)


@dataclass(frozen=True)
class Stage:
    """What is known of a stage of a seeding.

    Attributes
    ----------
    kind : str
        "draws", "splits" or "given".
    number : int
        1 to k: so many centroids there are. 1 for "given", where all come at once.
    k : int
        Number of centroids in the end.
    method : str
        The seeding's key; "kmeans++" and "random" say more of "draws".
    space : str
        The key of the clustering space.
    colors : sequence of tuples of 3 ints
        The newest centroid in sRGB; of "given" all of them, of a cut the mean of the whole box.
    cut : Cut or None
        Of "splits": the cut that led here, None where there was none.
    gap : float or None
        How far the newest centroid is from the nearest before it, in the clustering space.
    n_same : int or None
        Of "random": pixels that have just this colour.
    n_nearest : int or None
        Pixels that the newest centroid is the nearest to.
    n_picks : int or None
        Of "given": how many colours a person picked; None where nobody did.
    mse, mse_before : float or None
        The error in sRGB with these centroids, and at the stage before.
    """

    kind: str
    number: int
    k: int
    method: str = ""
    space: str = "srgb"
    colors: Sequence[tuple[int, int, int]] = ()
    cut: Cut | None = None
    gap: float | None = None
    n_same: int | None = None
    n_nearest: int | None = None
    n_picks: int | None = None
    mse: float | None = None
    mse_before: float | None = None


def describe_stage(stage: Stage) -> str:
    """Say what a stage does, with as many of the numbers as are known.

    Parameters
    ----------
    stage : Stage
        The numbers.

    Returns
    -------
    str
        One to three sentences.
    """
    what = {"splits": _split, "given": _given}.get(stage.kind, _drawn)(stage)
    return " ".join(part for part in (what, _error(stage)) if part)


def describe_stage_shortly(stage: Stage) -> str:
    """Say of a stage no more than its numbers, in one or two lines of a small window."""
    named: dict[str, object] = {"stage": stage.number, "k": stage.k, "color": _named(stage)}
    if stage.kind == "given":
        text = _tr("All {k} centroids start at once.")
        if stage.k == 1:
            text = _tr("The centroid starts where it was put.")
    elif stage.cut is not None:
        text = _tr(
            "Box {stage} of {k}: box {box} is cut at {axis} = {at}, about {below} below and "
            "{above} above."
        )
        named.update(_cut(stage, stage.cut))
    elif stage.gap is None:
        text = _tr("Centroid {stage} of {k}: {color}.")
    else:
        text = _tr("Centroid {stage} of {k}: {color}, {gap} from the nearest so far.")
        named["gap"] = words.distance(stage.gap, stage.space)
    return " ".join(part for part in (put(text, **named), _error(stage)) if part)


def _split(stage: Stage) -> str:
    cut, named = stage.cut, {"stage": stage.number, "k": stage.k, "color": _named(stage)}
    if stage.number == 1:
        return put(_tr("One box holds all colours; its centroid is their mean, {color}."), **named)
    if cut is None:
        return put(
            _tr("Centroid {stage} of {k}: no box is left to cut, so one colour is added, {color}."),
            **named,
        )
    text = _tr(
        "Box {stage} of {k}: box {box}, around {color}, causes the most error and is cut in two "
        "where that lowers it most, at {axis} = {at}: about {below} below and {above} above."
    )
    return put(text, **named, **_cut(stage, cut))


def _cut(stage: Stage, cut: Cut) -> dict[str, object]:
    """Return the numbers of a cut, by the names that sentences have for them."""
    digits = words.decimals(stage.space)
    return {
        "box": cut.box + 1,
        "axis": color_space(stage.space).axes[cut.axis],
        "at": f"{cut.at:.{digits}f}",
        "below": _pixels(_rounded(cut.below)),
        "above": formatting.integer(_rounded(cut.above)),
    }


def _drawn(stage: Stage) -> str:
    named = {"stage": stage.number, "k": stage.k, "color": _named(stage)}
    if stage.method == "random":
        text = _tr("Centroid {stage} of {k} is the colour of a pixel drawn at random, {color}.")
        if stage.n_same is not None:
            text = _tr(
                "Centroid {stage} of {k} is the colour of a pixel drawn at random, {color}, one "
                "of {n} with this colour."
            )
            if stage.n_same == 1:
                text = _tr(
                    "Centroid {stage} of {k} is the colour of a pixel drawn at random, {color}, "
                    "the only one with this colour."
                )
            named["n"] = formatting.integer(stage.n_same)
    elif stage.method == "kmeans++" and stage.number == 1:
        text = _tr(
            "Centroid 1 of {k} is drawn at random, likelier where there are more pixels: {color}."
        )
    elif stage.method == "kmeans++":
        text = _tr(
            "Centroid {stage} of {k} is {color}: of several candidates, drawn the likelier the "
            "more error they cause, it lowers the error most."
        )
    else:
        text = _tr("Centroid {stage} of {k} is drawn: {color}.")
    return " ".join(part for part in (put(text, **named), _place(stage)) if part)


def _place(stage: Stage) -> str:
    """Say how far the newest centroid is from the others, and what it gets."""
    if stage.gap is None:
        return ""
    named = {"gap": words.distance(stage.gap, stage.space)}
    if stage.n_nearest is None:
        return put(_tr("It is {gap} from the nearest centroid so far."), **named)
    text = _tr("It is {gap} from the nearest centroid so far, and now the nearest to {n}.")
    return put(text, **named, n=_pixels(stage.n_nearest))


def _given(stage: Stage) -> str:
    k, n_picks = stage.k, stage.n_picks
    if n_picks is None:
        text = _tr("All {k} centroids start at once, where they were put: {colors}.")
        if k == 1:
            text = _tr("The centroid starts where it was put: {colors}.")
    elif n_picks == k:
        text = _tr("All {k} centroids start at once, at the colours that were picked: {colors}.")
        if k == 1:
            text = _tr("The centroid starts at the colour that was picked: {colors}.")
    elif n_picks > k:
        text = _tr(
            "The {k} centroids start at the first of the {n} colours that were picked: {colors}."
        )
        if k == 1:
            text = _tr(
                "The centroid starts at the first of the {n} colours that were picked: {colors}."
            )
    elif n_picks == 1:
        text = _tr(
            "1 of {k} centroids starts at the colour that was picked, {colors}; the others were "
            "added where the error was greatest."
        )
    else:
        text = _tr(
            "{n} of {k} centroids start at the colours that were picked, {colors}; the others "
            "were added where the error was greatest."
        )
    picked = stage.colors[: n_picks or k]
    names = [formatting.hex_color(*color) for color in picked[:_MOST_NAMED]]
    if len(picked) > len(names):
        names.append("…")
    return put(text, k=k, n=n_picks, colors=", ".join(names))


def _error(stage: Stage) -> str:
    if stage.mse is None:
        return ""
    now = formatting.error(stage.mse)
    if stage.mse_before is None:
        return put(_tr("MSE {now}."), now=now)
    before = formatting.error(stage.mse_before)
    return put(_tr("MSE {before} before, {now} now."), before=before, now=now)


def _named(stage: Stage) -> str:
    return formatting.hex_color(*stage.colors[-1]) if stage.colors else ""


def _rounded(count: int) -> int:
    """Return two digits that count: what a seeding counts are the cells of a grid."""
    return round(count, 2 - len(str(count)))


def _pixels(count: int) -> str:
    return _tr("1 pixel") if count == 1 else put(_tr("{n} pixels"), n=formatting.integer(count))
