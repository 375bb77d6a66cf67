"""What the moment on show does, in words with its numbers, and the formula of its half-step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from colorquant_gui.session.step_kind import StepKind, step_kind, takes_plain_steps
from colorquant_gui.ui import event_words, formatting, formulas, words
from colorquant_gui.ui.seeding_words import Stage, describe_stage, describe_stage_shortly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session import Frame, Step


def _tr(text: str) -> str:
    return QCoreApplication.translate("Narration", text)


@dataclass(frozen=True)
class Narration:
    """What is said of a moment.

    Attributes
    ----------
    text : str
        One to three sentences.
    formula : str
        Rich text; empty where there is none.
    short : str
        The most important of the text, for a window too small for it; empty where that is all.
    """

    text: str
    formula: str
    short: str = ""


def narrate(
    frame: Frame,
    histogram: ColorHistogram,
    result: IndexedImage | None = None,
    means: NDArray[np.float64] | None = None,
    stage: Stage | None = None,
) -> Narration:
    """Say what a moment of a run does.

    Parameters
    ----------
    frame : Frame
        The moment.
    histogram : ColorHistogram
        The colours of the picture.
    result : IndexedImage, optional
        What came out of the run, where that is known.
    means : ndarray of float64, shape (k, 3), optional
        The means of the clusters on show, in the clustering space; without them an update is
        described with less.
    stage : Stage, optional
        What is known of the stage on show, in a seeding.

    Returns
    -------
    Narration
        Words and formula.
    """
    if frame.is_seeding:
        return _seeding(frame, stage)
    if frame.is_moving:
        return _update(frame, means)
    return _assignment(frame, histogram, result)


def _seeding(frame: Frame, stage: Stage | None) -> Narration:
    history = frame.history
    kind = "draws" if history.seeding is None else history.seeding.kind
    method = history.settings.seeding
    if stage is None:
        stage = Stage(kind, frame.stop.stage, len(frame.step.centroids), method)
    formula = formulas.formula_seeding(kind, method)
    return Narration(describe_stage(stage), formula, describe_stage_shortly(stage))


def _update(frame: Frame, means: NDArray[np.float64] | None) -> Narration:
    following, before = frame.history[frame.stop.iteration + 1], frame.step.centroids
    settings, after, shift = frame.history.settings, following.centroids, following.center_shift
    is_plain, what, lost = takes_plain_steps(settings), StepKind.OTHER, ""
    if is_plain:
        # a centroid without colours has no mean to go to
        has_colors = frame.step.counts > 0
        what, lost = StepKind.MEAN, words.describe_lost(int((~has_colors).sum()))
        before, after = before[has_colors], after[has_colors]
        means = None if means is None else means[has_colors]
        shift = float(np.sqrt(((after - before) ** 2).sum(axis=1)).max(initial=0.0))
    if means is not None:
        what = step_kind(before, after, means)
    text = words.describe_update(shift, settings.color_space, len(before), what)
    text = short = _happened(following, f"{lost} {text}" if lost else text)
    if not is_plain and what is not StepKind.MEAN and shift > 0:
        text = f"{text} {words.describe_short_cuts(settings.quality)}"
    return Narration(text, formulas.formula_update(what), short)


def _assignment(frame: Frame, histogram: ColorHistogram, result: IndexedImage | None) -> Narration:
    step, space = frame.step, frame.history.settings.color_space
    error = ""
    if space == "srgb":
        mse = step.inertia / max(1, histogram.n_pixels)
        error = _tr("MSE {0}").format(formatting.error(mse))
    if frame.is_end:
        text = words.describe_end(step.number, error, step.center_shift, space, step.n_changed)
        if result is not None:
            rounded = _tr("Rounded to 8 bits and refined, the palette has MSE {0}.")
            text = f"{text} {rounded.format(formatting.error(result.mse))}"
    else:
        text = words.describe_assign(
            step.n_changed,
            histogram.n_colors,
            step.number,
            len(step.centroids),
            step.center_shift,
            space,
            error,
        )
    return Narration(_happened(step, text), formulas.formula_assign())


def _happened(step: Step, text: str) -> str:
    """Put what a search did on the way to a step in front of what is said about it."""
    event = step.event
    if event is None:
        return text
    what = event_words.describe_event(event.kind, len(event.born), len(event.dropped))
    return f"{what} {text}"
