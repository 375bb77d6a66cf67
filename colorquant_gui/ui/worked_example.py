"""What the worked example shows at each stop of the timeline: lines in 3D, the sums in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from colorquant_gui.core.image import image_from_array
from colorquant_gui.core.worked_example import (
    CENTERS,
    COLOR,
    HEIGHT,
    NAME,
    WIDTH,
    Distance,
    distances,
    nearest,
    picture,
)
from colorquant_gui.session.settings import PICKS, Settings
from colorquant_gui.session.step_kind import takes_plain_steps
from colorquant_gui.ui.space3d.measures import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session.frame import Frame
    from colorquant_gui.session.history import History

#: What the example is made for.
SETTINGS = Settings(k=len(CENTERS), seeding=PICKS, picks=CENTERS)
#: The most lines that a stop has: a title, the centres, and what follows.
LINES = len(CENTERS) + 2


@dataclass(frozen=True)
class Explanation:
    """What is said and drawn about a frame.

    Attributes
    ----------
    title : str
        What happens at this stop.
    lines : tuple of str
        The calculation, a line for each centre.
    result : str
        What follows from it.
    short : str
        The title and the result alone, for a window too small for a line for each centre.
    measures : tuple of Measure
        For `colorquant_gui.ui.space3d.ColorSpaceView.set_measures`.
    """

    title: str
    lines: tuple[str, ...]
    result: str
    measures: tuple[Measure, ...]
    short: str

    @property
    def text(self) -> str:
        """All of the words, line by line."""
        return "\n".join(part for part in (self.title, *self.lines, self.result) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WorkedExample", text)


def example_picture() -> SourceImage:
    """Return the picture, ready to be opened."""
    return image_from_array(picture(), NAME)


def is_example(source: SourceImage | None, settings: Settings) -> bool:
    """Whether explanations fit: this picture, three centres, and plain k-means in sRGB.

    Parameters
    ----------
    source : SourceImage or None
        The open picture.
    settings : Settings
        Those of the run.
    """
    fits = settings.color_space == "srgb" and settings.k == len(CENTERS)
    # elsewhere centres don't go to the means that the sums tell of
    fits = fits and takes_plain_steps(settings)
    if source is None or not fits or source.name != NAME:
        return False
    # a file of that name is none; few pixels are quickly looked at, however often it is asked
    if source.rgb.shape != (HEIGHT, WIDTH, 3):
        return False
    return bool((source.rgb.reshape(-1, 3) == np.array(COLOR)).all(axis=1).any())


def color_index(colors: NDArray[np.uint8]) -> int | None:
    """Find the one colour, to have it marked.

    Parameters
    ----------
    colors : ndarray of uint8, shape (n, 3)
        The unique colours of the picture.

    Returns
    -------
    int or None
        Its number; None where it is not among them.
    """
    found = np.flatnonzero((colors == np.array(COLOR, np.uint8)).all(axis=1))
    return int(found[0]) if len(found) else None


def scope(histogram: ColorHistogram, history: History) -> NDArray[np.float64]:
    """Return what is to be in view: all colours, and all places that centres come to.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours of the picture.
    history : History
        The run so far, in sRGB.

    Returns
    -------
    ndarray of float64, shape (n, 3)
        sRGB, 0..255.
    """
    centers = [step.centroids for step in history.steps]
    return np.concatenate([histogram.colors.astype(np.float64), *centers])


def explain(frame: Frame) -> Explanation:
    """Say what a frame of the example shows.

    While centres glide, their lines grow; at rest there are the distances of the one colour.

    Parameters
    ----------
    frame : Frame
        A moment of a run in sRGB.

    Returns
    -------
    Explanation
        Words and measures.
    """
    kind = frame.stop.kind.name
    if kind == "SEEDING":
        return _start(frame.centroids)
    if kind == "UPDATE" or frame.fraction > 0:
        return _update(frame)
    return _assign(frame)


def _start(centers: NDArray[np.float64]) -> Explanation:
    lines = tuple(
        _tr("Centre %1 starts at %2").replace("%1", str(n + 1)).replace("%2", _color(center))
        for n, center in enumerate(centers.tolist())
    )
    title = _tr("Start: three centres, and one colour to follow, %1").replace("%1", _color(COLOR))
    starts = _tr("They start at %1.").replace("%1", _listed(map(_color, centers.tolist())))
    return Explanation(title, lines, "", (), f"{title}\n{starts}")


def _assign(frame: Frame) -> Explanation:
    # of the run itself: what is shown at its end may have been rounded, and be in another order
    found = distances(COLOR, frame.step.centroids)
    best = nearest(found)
    lines = tuple(
        _sum(number, distance) + (_tr(", the nearest") if number == best else "")
        for number, distance in enumerate(found)
    )
    measures = tuple(
        Measure(COLOR, distance.center, _number(distance.length), emphasised=number == best)
        for number, distance in enumerate(found)
    )
    title = _tr("Assign: which centre is nearest to %1?").replace("%1", _color(COLOR))
    result = _tr("This colour takes the colour of centre %1.").replace("%1", str(best + 1))
    short = _tr("Centre %1: %2 away, against %3.").replace("%1", str(best + 1))
    lengths = [_number(distance.length) for distance in found]
    short = short.replace("%2", lengths.pop(best)).replace("%3", _listed(lengths))
    if frame.step.number:
        changes = _changes(frame.step.n_changed)
        short = f"{short} {changes}"
        if not frame.step.n_changed:
            changes = _tr("No colour has changed its centre: nothing will move any more.")
        result = f"{result} {changes}"
    return Explanation(title, lines, result, measures, f"{title}\n{short}")


def _changes(n_changed: int) -> str:
    if not n_changed:
        return _tr("No colour has changed its centre.")
    if n_changed == 1:
        return _tr("1 colour has changed its centre.")
    return _tr("%1 colours have changed their centre.").replace("%1", str(n_changed))


def _update(frame: Frame) -> Explanation:
    before, after = frame.step.centroids, frame.centroids
    shifts = np.sqrt(((after - before) ** 2).sum(axis=1)).tolist()
    own = nearest(distances(COLOR, before))
    text = _tr("Centre %1 moves by %2 to %3, the mean of its %4 pixels")
    is_there = frame.stop.kind.name == "UPDATE"
    if not is_there:
        text = _tr("Centre %1 moves to the mean of its %4 pixels: %2 so far")
    lines = []
    measures = []
    for number, (start, end, shift) in enumerate(
        zip(before.tolist(), after.tolist(), shifts, strict=True)
    ):
        line = text if shift else _tr("Centre %1 is the mean of its %4 pixels already")
        line = line.replace("%1", str(number + 1)).replace("%2", _number(shift))
        line = line.replace("%3", _color(end))
        lines.append(line.replace("%4", f"{int(frame.step.counts[number]):,}"))
        if shift:
            measures.append(Measure(start, end, _number(shift), emphasised=number == own))
    title = _tr("Update: every centre moves to the mean of its colours")
    moves = _tr("The centres move by %1.") if is_there else _tr("So far they have moved by %1.")
    moves = moves.replace("%1", _listed(map(_number, shifts)))
    return Explanation(title, tuple(lines), "", tuple(measures), f"{title}\n{moves}")


def _listed(parts: Iterable[str]) -> str:
    *first, last = parts
    if not first:
        return last
    words = _tr("%1 and %2").replace("%1", ", ".join(first))
    return words.replace("%2", last)


def _sum(number: int, distance: Distance) -> str:
    parts = " + ".join(
        f"({_number(of)} − {_number(to)})²" for of, to in zip(COLOR, distance.center, strict=True)
    )
    text = _tr("Distance to centre %1: √(%2) = √%3 = %4")
    text = text.replace("%1", str(number + 1)).replace("%2", parts)
    return text.replace("%3", _number(distance.squared)).replace("%4", _number(distance.length))


def _color(color: tuple[float, ...] | list[float]) -> str:
    return "(" + ", ".join(_number(value) for value in color) + ")"


def _number(value: float) -> str:
    """One decimal, none where it is whole."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
