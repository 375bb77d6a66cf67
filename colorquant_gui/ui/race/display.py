"""RaceDisplay: shows a race in its window, moment by moment."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import SRGB, color_space
from colorquant_gui.session.settings import PICKS
from colorquant_gui.session.thumbnail import Thumbnail
from colorquant_gui.ui import formatting
from colorquant_gui.ui.race.words import (
    error_text,
    outcome_sentence,
    runner_name,
    same_minimum_hint,
    tr,
    waiting_message,
    waiting_sentence,
)
from colorquant_gui.ui.space_moment import positions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session.race import Moment, Race, Track
    from colorquant_gui.session.race_playback import RaceFrame
    from colorquant_gui.session.settings import Settings
    from colorquant_gui.ui.race.window import RaceWindow

_TRAIL_LENGTH = 32
# Magnified curves are seen from so far above the lowest end, or so much farther above it than the
# highest end is.
_MAGNIFIED, _ROOM = 1.1, 1.25


class RaceDisplay:
    """Fills the columns, the chart and the sentence of a race window.

    Parameters
    ----------
    window : RaceWindow
        Where.
    race : Race
        What.

    Attributes
    ----------
    stopped : bool
        Whether the race was broken off, so that nobody has ended.
    """

    def __init__(self, window: RaceWindow, race: Race) -> None:
        self._window, self._race = window, race
        self._thumbnail: Thumbnail | None = None
        self._labelled: dict[int, tuple[int, NDArray[np.uint8]]] = {}
        self.stopped = False

    # -- before a race -------------------------------------------------------------------------

    def forget_picture(self) -> None:
        """Let go of the picture: there is another one, or none."""
        self._thumbnail = None
        self._window.pick_page.set_picture(None, None, None, None)
        for column in self._window.columns:
            column.picture.set_picture(None)
            if column.space is not None:
                column.space.clear()

    def take_picture(self, source: SourceImage, histogram: ColorHistogram, space: str) -> None:
        """Prepare the columns for a picture.

        Parameters
        ----------
        source : SourceImage
            The picture.
        histogram : ColorHistogram
            Its colours.
        space : str
            The key of the clustering space, in which colour spaces are shown at first.
        """
        if self._thumbnail is None:
            self._thumbnail = Thumbnail(source.rgb, source.mask)
            self._window.pick_page.set_picture(
                source.rgb, source.alpha, histogram.inverse, histogram.colors
            )
        for column in self._window.columns:
            column.picture.set_picture(self._thumbnail.color_numbers)
        self.show_spaces(self._window.header.as_space.isChecked(), space)

    def show_spaces(self, on: bool, space: str) -> None:
        """Show colour spaces in place of pictures, or pictures again."""
        thumbnail, columns = self._thumbnail, self._window.columns
        for column in columns:
            model = next((c.space for c in columns if c.space is not None), None)
            made = column.show_space(on)
            if column.space is None or thumbnail is None or not on:
                continue
            if made and model is not None:
                column.look_as(model)
            elif made:
                column.space.set_view_options({"space": space})
            column.space.set_colors(thumbnail.colors, thumbnail.counts)

    def show_nothing(self, histogram: ColorHistogram | None) -> None:
        """Show set-ups without a run, and say what is missing.

        Parameters
        ----------
        histogram : ColorHistogram or None
            The colours of the picture, if there is one.
        """
        window, runners = self._window, self._window.runners()
        self.stopped = False
        self._labelled = {}
        has_colors = histogram is not None and histogram.n_colors > 0
        window.set_has_picture(histogram is not None, can_pick=has_colors)
        window.clear_course()
        for runner, column in zip(runners, window.columns, strict=True):
            column.clear()
            column.set_message(waiting_message(runner) if has_colors else "")
        text = waiting_sentence(runners)
        if histogram is None:
            text = tr("Open a picture, and two to four seedings race for it.")
        elif not has_colors:
            text = tr("This picture is fully transparent: there is nothing to race for.")
        hindrance = text if histogram is not None and not has_colors else ""
        window.verdict.set_running(False, can_start=bool(hindrance), hindrance=hindrance)
        self._say(text)

    # -- how it goes ---------------------------------------------------------------------------

    def say_running(self) -> None:
        """Say how many have ended."""
        if self._race.is_running:
            entered = [track for track in self._race.tracks if track.runner.is_ready]
            total, ended = len(entered), sum(track.ended for track in entered)
            text = tr("Running: %1 of %2 have ended…")
            if total == 1:
                text = tr("Running…")
            self._say(text.replace("%1", str(ended)).replace("%2", str(total)))

    def say_outcome(self) -> None:
        """Say how it ended."""
        tracks, outcome = self._race.tracks, self._race.outcome
        if outcome is not None:
            names = [self._name(track) for track in tracks]
            lowest = self._text(min(self._ends()))
            text = outcome_sentence(outcome, names, f"{self._quantity} {lowest}")
            waiting = waiting_sentence([track.runner for track in tracks])
            explanation = same_minimum_hint() if len(outcome.minima) > 1 else ""
            self._say(f"{text} {waiting}".rstrip(), explanation)

    def say_stopped(self) -> None:
        """Say that it was broken off."""
        self.stopped = True
        self._say(tr("Stopped before the end: who would be lowest is not known."))

    def say(self, text: str) -> None:
        """Say why there is no outcome."""
        self._say(text)

    def _say(self, text: str, explanation: str = "") -> None:
        self._window.verdict.say(text, explanation)

    def show_curves(self) -> None:
        """Show the error of every iteration so far."""
        tracks, chart = self._race.tracks, self._window.chart
        errors = [[self._error(step.inertia) for step in track.steps] for track in tracks]
        curves = [
            (self._name(track), range(len(values)), values)
            for track, values in zip(tracks, errors, strict=True)
        ]
        ceiling = math.inf
        if self._window.verdict.magnify.isChecked():
            ceiling = _ceiling([values[-1] for values in errors if values])
        chart.set_unit(self._quantity, self._text)
        running = self._race.is_running or self.stopped
        chart.set_curves(curves, running=running, lowest=self._lowest, ceiling=ceiling)

    def show_frame(self, frame: RaceFrame) -> None:
        """Show a moment: pictures, colour spaces, numbers and playhead."""
        if not self._race.tracks:
            return
        self._window.transport.set_position(frame.number, frame.fraction)
        self._window.chart.set_playhead(frame.number + frame.fraction)
        for number, track in enumerate(self._race.tracks):
            moment = track.at(frame.number, frame.fraction)
            if moment is not None:
                self._show_moment(number, track, moment)
                self._show_numbers(number, track, moment)

    def show_in_use(self, settings: Settings) -> None:
        """Say whose run the picture has.

        Parameters
        ----------
        settings : Settings
            Those that are in force.
        """
        if settings.seeding != PICKS:
            settings = replace(settings, picks=())
        for number, track in enumerate(self._race.tracks):
            in_use = track.runner.is_ready and self._race.settings_of(number) == settings
            self._window.columns[number].set_in_use(in_use)

    def _show_moment(self, number: int, track: Track, moment: Moment) -> None:
        thumbnail, column = self._thumbnail, self._window.columns[number]
        if thumbnail is None:
            return
        key = self._race.settings.color_space
        colors, step = color_space(key).to_srgb(moment.centroids), moment.step
        shown = self._labelled.get(number)
        if shown is None or shown[0] != step.number:
            shown = step.number, thumbnail.labels(step.centroids, key)
            self._labelled[number] = shown
            column.picture.set_labels(shown[1], colors)
        else:
            column.picture.set_colors(colors)
        if self._window.header.as_space.isChecked():
            # the whole way from the seeding, however many steps it has
            past = np.linspace(0, step.number, min(step.number + 1, _TRAIL_LENGTH)).astype(int)
            way = [track.steps[int(i)].centroids for i in past]
            places = positions(np.stack([*way, moment.centroids]), key)
            column.show_centroids(shown[1], colors, places[-1], step.counts, places)

    def _show_numbers(self, number: int, track: Track, moment: Moment) -> None:
        column = self._window.columns[number]
        last = track.steps[-1]
        complete = track.ended and not self.stopped
        text = tr("Iteration %1 of %2") if complete else tr("Iteration %1…")
        text = text.replace("%1", str(moment.step.number)).replace("%2", str(last.number))
        # whose MSE it is stands above the curves: here is no room for that
        value = f"{tr('MSE')} {self._text(self._error(moment.step.inertia))}"
        column.set_numbers(text, value)
        end = tr("Ends at %1").replace("%1", self._text(self._error(last.inertia)))
        column.set_end(end if complete else "", is_lowest=number in (self._lowest or ()))
        column.set_adoptable(complete)

    def _name(self, track: Track) -> str:
        return runner_name(track.runner, self._window.row.k)

    @property
    def _lowest(self) -> tuple[int, ...] | None:
        """Who is lowest, possibly nobody; None as long as it is open."""
        outcome = self._race.outcome
        if outcome is None:
            return None
        return outcome.lowest if outcome.has_lowest else ()

    def _ends(self) -> list[float]:
        return [self._error(track.steps[-1].inertia) for track in self._race.tracks if track.steps]

    @property
    def _text(self) -> Callable[[float], str]:
        """How errors read: when it is known who is lowest, that is seen."""
        lowest = self._lowest
        if not lowest:
            return formatting.error
        ends: tuple[list[float], list[float]] = ([], [])
        for number, track in enumerate(self._race.tracks):
            if track.steps:
                ends[number not in lowest].append(self._error(track.steps[-1].inertia))
        return error_text(*ends)

    @property
    def _quantity(self) -> str:
        space = color_space(self._race.settings.color_space)
        return tr("MSE") if space is SRGB else tr("MSE in %1").replace("%1", space.label)

    def _error(self, inertia: float) -> float:
        """Return the mean squared error, in (255ths of the space's first axis) squared."""
        unit = color_space(self._race.settings.color_space).unit
        return inertia / max(1, self._race.n_pixels) / (unit * unit)


def _ceiling(ends: Sequence[float]) -> float:
    """Return the error below which it is seen how far apart curves end."""
    if not ends:
        return math.inf
    low, high = min(ends), max(ends)
    return max(_MAGNIFIED * low, low + _ROOM * (high - low))
