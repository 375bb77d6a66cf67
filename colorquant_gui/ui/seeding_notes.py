"""SeedingNotes: gathers what there is to say of each stage of a seeding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import slices
from colorquant_gui.core.color_spaces import SRGB, color_space
from colorquant_gui.core.picks import distinct_picks
from colorquant_gui.session import PICKS
from colorquant_gui.ui.seeding_words import Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session import Frame, History, Stop
    from colorquant_gui.session.labels import LabelSource

_CHUNK = 1 << 17


class SeedingNotes:
    """Remembers the error of each stage that was on show, and has the others found.

    Parameters
    ----------
    labels : LabelSource
        Finds labels, and so errors.
    """

    def __init__(self, labels: LabelSource) -> None:
        self._labels = labels
        self._history: History | None = None
        self._errors: dict[int, float] = {}
        self._alike: dict[int, int] = {}
        self._awaited: Stop | None = None

    def awaits(self, stop: Stop) -> bool:
        """Whether more can be said of the stage on show once the labels of a stop are there."""
        return stop == self._awaited

    def of(self, frame: Frame, histogram: ColorHistogram, *, asking: bool) -> Stage:
        """Gather what is known of a moment of a seeding.

        Parameters
        ----------
        frame : Frame
            The moment.
        histogram : ColorHistogram
            The colours of the picture.
        asking : bool
            Whether to have found what is not known: the moment rests, and is of the run that
            labels are asked of.

        Returns
        -------
        Stage
            What there is to be said.
        """
        history = frame.history
        if history is not self._history:
            self._history, self._awaited = history, None
            self._errors.clear()
            self._alike.clear()
        settings, number, trail = history.settings, frame.stop.stage, history.seeding
        to_srgb = color_space(settings.color_space).to_srgb
        is_given = trail is not None and trail.kind == "given"
        cut = None if trail is None else trail.cut(number, histogram.n_pixels)
        centroids = frame.centroids if is_given else frame.centroids[-1:]
        if cut is not None:
            centroids = np.array([cut.mean])
        colors = [(int(r), int(g), int(b)) for r, g, b in to_srgb(centroids).tolist()]
        mse, before = self._error(frame, asking), None
        if number > 1 and not is_given:
            before = self._before(frame, asking and mse is not None)
        n_same = None
        if settings.seeding == "random" and not is_given:
            n_same = self._same(number, histogram, colors[-1])
        return Stage(
            "draws" if trail is None else trail.kind,
            number,
            len(frame.step.centroids),
            settings.seeding,
            settings.color_space,
            colors,
            cut,
            None if trail is None else trail.gap(number),
            n_same,
            int(frame.counts[-1]),
            len(distinct_picks(settings.picks)) if settings.seeding == PICKS else None,
            mse,
            before,
        )

    def _error(self, frame: Frame, asking: bool) -> float | None:
        number, mse = frame.stop.stage, frame.mse
        if mse is None:
            mse = self._errors.get(number)
        if mse is None and asking:
            mse = self._found(frame.history, frame.stop)
        if mse is not None:
            self._errors[number] = mse
        return mse

    def _before(self, frame: Frame, asking: bool) -> float | None:
        number = frame.stop.stage - 1
        if number not in self._errors and asking:
            mse = self._found(frame.history, frame.history.stop(frame.stop.index - 1))
            if mse is not None:
                self._errors[number] = mse
        return self._errors.get(number)

    def _found(self, history: History, stop: Stop) -> float | None:
        """Return the error at a stop, or None and have its labels found."""
        self._awaited = stop
        found = self._labels.get(stop)
        if found is None:
            return None
        space = color_space(history.settings.color_space)
        if space is SRGB:
            return found.inertia / max(1, int(found.counts.sum()))
        levels = self._labels.levels(stop)
        return None if levels is None else levels.mse(space.to_srgb(history.centroids_at(stop)))

    def _same(self, number: int, histogram: ColorHistogram, color: tuple[int, int, int]) -> int:
        if number not in self._alike:
            self._alike[number] = _pixels_of(histogram, np.array(color, np.uint8))
        return self._alike[number]


def _pixels_of(histogram: ColorHistogram, color: NDArray[np.uint8]) -> int:
    """Pixels of just this colour."""
    for rows in slices(histogram.n_colors, _CHUNK):
        found = np.flatnonzero((histogram.colors[rows] == color).all(axis=1))
        if len(found):
            return int(histogram.counts[rows][found[0]])
    return 0
