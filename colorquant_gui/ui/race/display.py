"""RaceDisplay: shows a race in its window, moment by moment."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import SRGB, color_space
from colorquant_gui.session.thumbnail import Thumbnail
from colorquant_gui.ui import formatting
from colorquant_gui.ui.race.words import outcome_sentence, runner_name, same_minimum_hint, tr
from colorquant_gui.ui.space_moment import positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session.race import Moment, Race, Track
    from colorquant_gui.session.race_playback import RaceFrame
    from colorquant_gui.ui.race.window import RaceWindow

_TRAIL_LENGTH = 32
# Magnified curves reach so far above the lowest end.
_MAGNIFIED = 1.1


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
                column.set_space_look(model.view_options(), model.layers())
            elif made:
                column.space.set_view_options({"space": space})
            column.space.set_colors(thumbnail.colors, thumbnail.counts)

    def show_nothing(self, *, has_picture: bool) -> None:
        """Show set-ups without a run, and say what is missing."""
        window = self._window
        self.stopped = False
        self._labelled = {}
        window.set_has_picture(has_picture)
        window.verdict.set_running(False, can_start=False)
        window.transport.set_length(-1)
        window.chart.set_curves([])
        window.chart.set_playhead(None)
        text = "" if has_picture else tr("Open a picture, and two to four seedings race for it.")
        runners = window.runners()
        for number, column in enumerate(window.columns):
            column.clear()
            waits = has_picture and not runners[number].is_ready
            column.set_message(tr("Pick colours to start from") if waits else "")
            if waits:
                text = tr("Runner %1 has no colours yet: pick some, and the race starts.")
                text = text.replace("%1", str(number + 1))
        self._say(text)

    # -- how it goes ---------------------------------------------------------------------------

    def say_running(self) -> None:
        """Say how many have ended."""
        if self._race.is_running:
            total = len(self._race.tracks)
            ended = sum(track.ended for track in self._race.tracks)
            text = tr("Running: %1 of %2 have ended…")
            if ended == total:
                text = tr("All have ended; comparing where they come to rest…")
            self._say(text.replace("%1", str(ended)).replace("%2", str(total)))

    def say_outcome(self) -> None:
        """Say how it ended."""
        tracks, outcome = self._race.tracks, self._race.outcome
        if outcome is not None:
            names = [runner_name(track.runner) for track in tracks]
            lowest = min(self._error(track.steps[-1].inertia) for track in tracks)
            text = outcome_sentence(outcome, names, self._quantity, lowest)
            self._say(text, same_minimum_hint())

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
        ceiling = math.inf
        if self._window.verdict.magnify.isChecked():
            ends = [values[-1] for values in errors if values]
            # the highest end must be seen, too
            ceiling = max([_MAGNIFIED * min(ends), *ends]) if ends else math.inf
        curves = []
        for track, values in zip(tracks, errors, strict=True):
            near = [(n, value) for n, value in enumerate(values) if value <= ceiling]
            curves.append((runner_name(track.runner), [n for n, _ in near], [v for _, v in near]))
        chart.set_unit(self._quantity, formatting.error)
        outcome = self._race.outcome
        chart.set_curves(
            curves,
            running=self._race.is_running or self.stopped,
            same_end=outcome is not None and outcome.n_minima == 1,
        )

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
        column, outcome = self._window.columns[number], self._race.outcome
        last = track.steps[-1]
        complete = track.ended and not self.stopped
        text = tr("Iteration %1 of %2") if complete else tr("Iteration %1…")
        text = text.replace("%1", str(moment.step.number)).replace("%2", str(last.number))
        value = f"{self._quantity} {formatting.error(self._error(moment.step.inertia))}"
        column.set_numbers(text, value)
        end = tr("Ends at %1").replace("%1", formatting.error(self._error(last.inertia)))
        # in one and the same minimum nobody is lower than the others
        differ = outcome is not None and outcome.n_minima > 1
        is_lowest = outcome is not None and differ and number in outcome.lowest
        column.set_end(end if complete else "", is_lowest=is_lowest)
        column.set_adoptable(complete)

    @property
    def _quantity(self) -> str:
        space = color_space(self._race.settings.color_space)
        return tr("MSE") if space is SRGB else tr("MSE in %1").replace("%1", space.label)

    def _error(self, inertia: float) -> float:
        """Return the mean squared error, in (255ths of the space's first axis) squared."""
        unit = color_space(self._race.settings.color_space).unit
        return inertia / max(1, self._race.n_pixels) / (unit * unit)
