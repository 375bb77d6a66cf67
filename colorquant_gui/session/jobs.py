"""The requests of the workers: load a picture, fit a palette, encode, save."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import Cancelled, ColorHistogram, Fit, IndexedImage, Iteration
from colorquant_gui.core.atomic import save_bytes_atomically
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.export import EXPORT_FORMATS, format_for
from colorquant_gui.core.image import SourceImage, load_image
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.core.warm_start import warm_start
from colorquant_gui.session.settings import PICKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from colorquant_gui.session.history import Step
    from colorquant_gui.session.settings import Settings

ENCODED_FORMAT = "png"
"""Format of the file whose size is shown while nothing is saved yet."""

# A little less than a frame at 60 Hz: the views can't show more.
_BATCH_SECONDS = 0.015
_REST_SECONDS = 0.08


@dataclass(frozen=True, eq=False)
class OpenPicture:
    """A picture with the histogram of its colours."""

    source: SourceImage
    histogram: ColorHistogram


@dataclass(frozen=True, eq=False)
class PendingPicture:
    """A picture that still has to be made, which may take a while.

    Attributes
    ----------
    name : str
        What to call it.
    make : callable returning SourceImage
        Makes it, in whatever thread.
    """

    name: str
    make: Callable[[], SourceImage]


@dataclass(frozen=True, eq=False)
class Iterations:
    """Iterations of one run, as they come.

    Attributes
    ----------
    settings : Settings
        The settings of the run.
    iterations : tuple of Iteration
        In the order of their numbers.
    """

    settings: Settings
    iterations: tuple[Iteration, ...]


@dataclass(frozen=True, eq=False)
class LoadRequest:
    """Read a picture (unless it is there already) and count its colours.

    Delivers one `OpenPicture`.
    """

    generation: int
    picture: Path | SourceImage | PendingPicture
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        picture = self.picture
        if isinstance(picture, SourceImage):
            source = picture
        elif isinstance(picture, PendingPicture):
            source = picture.make()
        else:
            source = load_image(picture, cancelled=cancelled)
        histogram = ColorHistogram.from_rgb(source.rgb, source.mask, cancelled=cancelled)
        deliver(OpenPicture(source, histogram))


@dataclass(frozen=True, eq=False)
class FitRequest:
    """Run k-means on a histogram.

    Delivers `Iterations`, about 60 a second, then (unless `live`) one `IndexedImage`;
    of a search, in between, the part that is done as a float 0..1.

    Attributes
    ----------
    generation : int
        Number of the run.
    histogram : ColorHistogram
        The colours.
    settings : Settings
        The settings.
    live : bool
        A preview while a control moves: a few iterations, no index map.
    start : ndarray of float64, shape (m, 3), optional
        Centroids that a preview starts from, in the same clustering space.
    """

    generation: int
    histogram: ColorHistogram
    settings: Settings
    live: bool = False
    start: NDArray[np.float64] | None = None

    @property
    def patient(self) -> bool:
        """Previews let each other show something; see `Request.patient`."""
        return self.live

    @property
    def n_colors(self) -> int:
        """Number of centroids: k, less the transparent entry, at most the unique colours."""
        inverse = self.histogram.inverse
        transparent = inverse is not None and inverse.size > self.histogram.n_pixels
        return min(self.settings.k - transparent, self.histogram.n_colors)

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        last = None
        if self.n_colors:
            batch: list[Iteration] = []
            # the seeding is worth a look of its own, but not in a preview
            sent = time.monotonic() if self.live else 0.0
            fit = self._fit(cancelled)
            for last in fit.iterate(self.histogram, cancelled=cancelled, progress=deliver):
                batch.append(last)
                now = time.monotonic()
                if now - sent >= _BATCH_SECONDS:
                    deliver(Iterations(self.settings, tuple(batch)))
                    batch.clear()
                    sent = now
            if batch:
                deliver(Iterations(self.settings, tuple(batch)))
        if self.live:
            return
        deliver(_indexed(self.histogram, self.settings, last, cancelled))

    def _fit(self, cancelled: Callable[[], bool]) -> Fit:
        settings, start = self.settings, self.start
        if start is not None and not len(start) / 2 <= self.n_colors <= len(start) * 2:
            # so far away that a seeding is quicker
            start = None
        picked = settings.seeding == PICKS
        if start is None and picked:
            start = start_from_picks(
                self.histogram,
                settings.picks,
                self.n_colors,
                color_space=settings.color_space,
                cancelled=cancelled,
            )
        if start is not None:
            start = warm_start(
                self.histogram,
                start,
                self.n_colors,
                color_space=settings.color_space,
                cancelled=cancelled,
            )
        return Fit(
            self.n_colors,
            "live" if self.live else settings.quality,
            color_space=settings.color_space,
            seeding="wu" if picked else settings.seeding,
            seed=settings.seed,
            init=start,
        )


@dataclass(frozen=True, eq=False)
class PaletteRequest:
    """Show what a run would end with, where its palette is known already.

    Delivers `Iterations` of one and an `IndexedImage`.
    """

    generation: int
    histogram: ColorHistogram
    settings: Settings
    palette: NDArray[np.uint8]
    patient = True

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        space = self.settings.color_space
        centroids = color_space(space).from_srgb(self.palette)
        fit = Fit(len(centroids), "live", color_space=space, max_iter=0, init=centroids)
        final = fit.last(self.histogram, cancelled=cancelled)
        deliver(Iterations(self.settings, (final,)))
        _rest(cancelled)
        deliver(_indexed(self.histogram, self.settings, final, cancelled, refine=False))


@dataclass(frozen=True, eq=False)
class KeepRequest:
    """Make a result of the iteration that a run was stopped at; delivers an `IndexedImage`."""

    generation: int
    histogram: ColorHistogram
    settings: Settings
    iteration: Step
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        deliver(_indexed(self.histogram, self.settings, self.iteration, cancelled))


def _rest(cancelled: Callable[[], bool]) -> None:
    """Wait for a moment: who moves on quickly has no use for the index map of all pixels."""
    end = time.monotonic() + _REST_SECONDS
    while time.monotonic() < end:
        if cancelled():
            raise Cancelled
        time.sleep(0.005)


def _indexed(
    histogram: ColorHistogram,
    settings: Settings,
    iteration: Iteration | Step | None,
    cancelled: Callable[[], bool],
    *,
    refine: bool = True,
) -> IndexedImage:
    """Round, refine and map; no iteration where there is nothing visible to cluster."""
    return IndexedImage.from_centroids(
        histogram,
        np.empty((0, 3)) if iteration is None else iteration.centroids,
        0 if iteration is None else iteration.number,
        color_space=settings.color_space,
        refine=refine,
        cancelled=cancelled,
    )


@dataclass(frozen=True, eq=False)
class EncodeRequest:
    """Encode a result as it would be saved; delivers bytes."""

    generation: int
    result: IndexedImage
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        deliver(EXPORT_FORMATS[ENCODED_FORMAT].encode(self.result))


@dataclass(frozen=True, eq=False)
class SaveRequest:
    """Write a result to a file in the format of its ending; delivers the path.

    Attributes
    ----------
    generation : int
        Number of the save.
    path : Path
        The file.
    result : IndexedImage
        What to save.
    encoded : bytes or None
        What an `EncodeRequest` made of it, where that is there already.
    """

    generation: int
    path: Path
    result: IndexedImage
    encoded: bytes | None
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        kind = format_for(self.path)
        data = self.encoded if kind.name == ENCODED_FORMAT else None
        if data is None:
            data = kind.encode(self.result)
        if cancelled():
            raise Cancelled
        save_bytes_atomically(data, self.path)
        deliver(self.path)
