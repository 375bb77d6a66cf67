"""Peek: a look at the result of another k without going there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.labelling import Assignment, Labeller
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.advisor import CurvePoint
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.playback import Playback


@dataclass(frozen=True, eq=False)
class Glimpse:
    """What a palette makes of the picture.

    Attributes
    ----------
    palette : ndarray of uint8, shape (k, 3)
        sRGB colours.
    labels : ndarray of uint8, shape (n,)
        The palette's entry of each unique colour.
    counts : ndarray of int64, shape (k,)
        Pixels of each.
    point : CurvePoint or None
        What it gives and costs, where that is known.
    """

    palette: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    counts: NDArray[np.int64]
    point: CurvePoint | None = None

    @property
    def k(self) -> int:
        """Palette entries, with the one of transparent pixels where it is known of."""
        return len(self.palette) if self.point is None else self.point.k


@dataclass(frozen=True, eq=False)
class GlimpseRequest:
    """Find the nearest palette colour of every colour; delivers a `Glimpse`."""

    generation: int
    labeller: Labeller
    space: str
    palette: NDArray[np.uint8]
    point: CurvePoint | None
    # while the pointer runs along the curve, what has been begun is worth showing
    patient = True

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        centroids = color_space(self.space).from_srgb(self.palette)
        found: Assignment = self.labeller.assign(centroids, cancelled)
        deliver(Glimpse(self.palette, found.labels, found.counts, self.point))


class Peek(QObject):
    """Shows what a palette that is known would make of the picture.

    Attributes
    ----------
    changed : Signal(Glimpse or None)
        What is to be seen; None to go back to what was there.
    dropped : Signal()
        It has ended because the run is played, or a moment of it was gone to.
    failed : Signal(str)
        It could not be found out, and why.

    Parameters
    ----------
    playback : Playback
        Where a person turns to the run again.
    parent : QObject, optional
        Qt parent.
    """

    changed = Signal(object)
    dropped = Signal()
    failed = Signal(str)

    def __init__(self, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        playback.stateChanged.connect(self._follow_play)
        playback.frameChanged.connect(self._follow_frame)
        self._generation = 0
        self._stop = 0
        self._histogram: ColorHistogram | None = None
        self._space = ""
        self._labeller: Labeller | None = None
        self._wanted = self._shown = False
        self._worker = Worker("peek", self)
        self._worker.delivered.connect(self._on_delivered)
        self._worker.failed.connect(lambda _generation, message: self.failed.emit(message))

    def show(
        self,
        histogram: ColorHistogram,
        space: str,
        palette: NDArray[np.uint8],
        point: CurvePoint | None = None,
    ) -> None:
        """Have a palette shown, as soon as its labels are found.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours.
        space : str
            A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`: where distances are taken.
        palette : ndarray of uint8, shape (k, 3)
            sRGB colours.
        point : CurvePoint, optional
            What that palette gives and costs, to be handed on.
        """
        if self._labeller is None or (histogram, space) != (self._histogram, self._space):
            self._labeller = Labeller(histogram, space)
            self._histogram, self._space = histogram, space
            self._generation += 1
        self._wanted = True
        self._stop = self._playback.stop
        self._worker.submit(GlimpseRequest(self._generation, self._labeller, space, palette, point))

    def end(self) -> None:
        """Go back to what was there."""
        self._wanted = False
        self._worker.cancel()
        if self._shown:
            self._shown = False
            self.changed.emit(None)

    def forget(self) -> None:
        """Forget the picture, and free its memory."""
        self.end()
        self._generation += 1
        self._labeller = self._histogram = None

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _follow_play(self) -> None:
        if self._playback.is_playing:
            self._drop()

    def _follow_frame(self) -> None:
        # what plays already goes on below; and frames may come that were asked for before
        if not self._playback.is_playing and self._playback.stop != self._stop:
            self._drop()

    def _drop(self) -> None:
        if self._wanted:
            self.end()
            self.dropped.emit()

    def _on_delivered(self, generation: int, payload: object) -> None:
        if self._wanted and generation == self._generation:
            self._shown = True
            self.changed.emit(payload)
