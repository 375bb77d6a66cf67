"""Draws the frames of an animation: recoloured picture, colour space, caption."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PIL import Image

from colorquant_gui.core.chunks import check
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.labelling import Assignment, Labeller
from colorquant_gui.session.frame import frame_at, frame_of_result
from colorquant_gui.session.history import StopKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.animation_layout import Box, FrameLayout
    from colorquant_gui.session.animation_plan import PlannedFrame
    from colorquant_gui.session.frame import Frame
    from colorquant_gui.session.history import History, Stop

Color = tuple[int, int, int]

_FINEST = 3
# A picture so big is sampled less finely: the numbers of its colours take 4 bytes each.
_BIG_PIXELS = 1_000_000
_AHEAD = 2


class Moments:
    """The state of a run at any place of its timeline. For one thread at a time.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours.
    history : History
        Their run.
    result : IndexedImage, optional
        What came out of it: shown at its end, as in the window.
    """

    def __init__(
        self, histogram: ColorHistogram, history: History, result: IndexedImage | None = None
    ) -> None:
        self._history, self._result = history, result
        self._end: Frame | None = None
        self._space = color_space(history.settings.color_space)
        self._labeller = Labeller(histogram, self._space.key)
        self._known: tuple[tuple[int, int], Assignment] | None = None

    def at(self, stop: Stop, fraction: float, cancelled: Callable[[], bool] | None = None) -> Frame:
        """Find out what is shown there.

        Parameters
        ----------
        stop : Stop
            A stop of the run.
        fraction : float
            Part of the way to the next one, 0..1.
        cancelled : callable returning bool, optional
            True stops the work.

        Returns
        -------
        Frame
            As `colorquant_gui.session.playback.Playback` shows it. Labels stay the same object
            from one assignment to the next.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        if self._end is not None and stop == self._end.stop:
            return self._end
        frame = frame_at(self._history, stop, fraction, self._assignment(stop, cancelled))
        if self._result is not None and frame.is_end:
            frame = self._end = frame_of_result(frame, self._result)
        return frame

    def to_srgb(self, centroids: NDArray[np.float64]) -> NDArray[np.uint8]:
        """Return centroids of the run as sRGB, shape (k, 3), 0..255."""
        return self._space.to_srgb(centroids)

    def _assignment(self, stop: Stop, cancelled: Callable[[], bool] | None) -> Assignment:
        key = (stop.iteration, stop.stage)
        if self._known is None or self._known[0] != key:
            seeding = stop.kind is StopKind.SEEDING
            history = self._history
            centroids = history.centroids_at(stop) if seeding else history[stop.iteration].centroids
            self._known = key, self._labeller.assign(centroids, cancelled)
        return self._known[1]


class PicturePane:
    """The picture in the colours of a moment, at a fixed size.

    The number of every pixel's colour is sampled once, so that a frame takes as long as its own
    pixels do, however large the picture. Where it is reduced, each pixel is the mean of up to
    3 by 3 samples; where it is enlarged, pixels stay crisp.

    Parameters
    ----------
    numbers : ndarray of int32, shape (height, width)
        Number of each pixel's colour; the one after the last is transparent.
    size : tuple of int
        Width and height of frames.
    background : tuple of int
        What is seen through transparent pixels, sRGB.
    """

    def __init__(
        self, numbers: NDArray[np.int32], size: tuple[int, int], background: Color
    ) -> None:
        height, width = numbers.shape
        self._size = size
        ratio = max(width / size[0], height / size[1])
        finest = 2 if size[0] * size[1] > _BIG_PIXELS else _FINEST
        self._factor = 1 if ratio <= 1 else min(finest, math.ceil(ratio))
        rows = _middles(size[1] * self._factor, height)
        columns = _middles(size[0] * self._factor, width)
        self._numbers = numbers[rows].take(columns, axis=1)
        self._background = _packed(np.array([background], np.uint8))
        self._last: tuple[NDArray[np.uint8], NDArray[np.uint8], Image.Image] | None = None

    def draw(self, labels: NDArray[np.uint8], palette: NDArray[np.uint8]) -> Image.Image:
        """Draw it.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            Centroid of every unique colour.
        palette : ndarray of uint8, shape (k, 3)
            sRGB colour of every centroid.

        Returns
        -------
        Image
            Mode RGB; the same object as before where nothing has changed.
        """
        last = self._last
        if last is not None and last[0] is labels and np.array_equal(last[1], palette):
            return last[2]
        colors = np.concatenate([_packed(palette).take(labels), self._background])
        pixels = colors.take(self._numbers)
        height, width = pixels.shape
        image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)
        if self._factor > 1:
            image = image.reduce(self._factor)
        image = image.convert("RGB")
        self._last = labels, palette, image
        return image


class SpaceArtist(Protocol):
    """Draws the colour space, in whatever thread it must be drawn."""

    def order(self, frame: Frame, turn: float) -> None:
        """Ask for a picture of a moment, turned by so many degrees; returns at once."""
        ...

    def take(self, cancelled: Callable[[], bool]) -> Image.Image:
        """Wait for the picture that was ordered first; raises Cancelled when told to."""
        ...


@dataclass(frozen=True, eq=False)
class Painter:
    """Everything it takes to draw frames. For one thread.

    Attributes
    ----------
    layout : FrameLayout
        Where everything goes.
    moments : Moments
        The run.
    background : tuple of int
        Between the panes, sRGB.
    picture : PicturePane or None
        Draws the picture, where the layout has one.
    space : SpaceArtist or None
        Draws the colour space, where the layout has one. It is asked up to two frames ahead, so
        that it draws while other frames are compressed.
    caption : callable of Frame returning Image, or None
        Draws the line below; the same object for the same text.
    """

    layout: FrameLayout
    moments: Moments
    background: Color
    picture: PicturePane | None = None
    space: SpaceArtist | None = None
    caption: Callable[[Frame], Image.Image] | None = None

    def draw(
        self, plan: Iterable[PlannedFrame], cancelled: Callable[[], bool]
    ) -> Iterator[Image.Image]:
        """Draw frames one after the other.

        Parameters
        ----------
        plan : iterable of PlannedFrame
            What to draw.
        cancelled : callable returning bool
            True stops the work.

        Yields
        ------
        Image
            Mode RGB; the same object again where nothing has changed.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        waiting: deque[Frame] = deque()
        panes: list[Image.Image] = []
        whole: Image.Image | None = None
        for moment in self._ordered(plan, waiting, cancelled):
            check(cancelled)
            placed = self._panes(moment, cancelled)
            drawn = [pane for pane, _ in placed]
            if whole is None or any(a is not b for a, b in zip(drawn, panes, strict=True)):
                whole = Image.new("RGB", self.layout.size, self.background)
                for pane, box in placed:
                    whole.paste(pane, (box.left, box.top))
            panes = drawn
            yield whole

    def _ordered(
        self,
        plan: Iterable[PlannedFrame],
        waiting: deque[Frame],
        cancelled: Callable[[], bool],
    ) -> Iterator[Frame]:
        ahead = 0 if self.space is None else _AHEAD
        for planned in plan:
            moment = self.moments.at(planned.stop, planned.fraction, cancelled)
            if self.space is not None:
                self.space.order(moment, planned.turn)
            waiting.append(moment)
            if len(waiting) > ahead:
                yield waiting.popleft()
        yield from waiting

    def _panes(self, moment: Frame, cancelled: Callable[[], bool]) -> list[tuple[Image.Image, Box]]:
        layout, placed = self.layout, []
        if self.picture is not None and layout.picture is not None:
            palette = self.moments.to_srgb(moment.centroids)
            placed.append((self.picture.draw(moment.labels, palette), layout.picture))
        if self.space is not None and layout.space is not None:
            placed.append((self.space.take(cancelled), layout.space))
        if self.caption is not None and layout.caption is not None:
            placed.append((self.caption(moment), layout.caption))
        return placed


def _middles(n_samples: int, length: int) -> NDArray[np.intp]:
    """Places of evenly spread samples along an axis."""
    places = (np.arange(n_samples) + 0.5) * (length / n_samples)
    return np.minimum(places.astype(np.intp), length - 1)


def _packed(colors: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Colours as four bytes R, G, B, 255 in memory."""
    quads = np.full((len(colors), 4), 255, np.uint8)
    quads[:, :3] = colors
    return quads.view(np.uint32)[:, 0]
