"""PointChooser: runs the sampler of a big picture between frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from colorquant_gui.ui.space3d.sampling import PopulationSampler

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Colours that are looked at before the first frame: some ten milliseconds.
_AT_ONCE = 1 << 18


class PointChooser(QObject):
    """Chooses the points to draw: at once where there are few colours, else bit by bit.

    Parameters
    ----------
    limit : int
        Most points to choose.
    parent : QObject
        The owner.

    Attributes
    ----------
    chosen : Signal(object, object)
        Points to draw, ndarray of uint8, shape (m, 4), and which of the colours they are, ndarray
        of int64, shape (m,); for a big picture first a coarse choice
        and some time later the final one.
    """

    chosen = Signal(object, object)

    def __init__(self, limit: int, parent: QObject) -> None:
        super().__init__(parent)
        self._limit = limit
        self._sampler: PopulationSampler | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def choose(self, colors: NDArray[np.uint8], counts: NDArray[np.int64]) -> None:
        """Start anew with other colours.

        Parameters
        ----------
        colors : ndarray of uint8, shape (n, 3)
            Unique sRGB colours.
        counts : ndarray of int64, shape (n,)
            Pixels of each.
        """
        self.pause()
        self._sampler = None
        if not len(colors):
            self.chosen.emit(np.empty((0, 4), np.uint8), np.empty(0, np.int64))
            return
        sampler = PopulationSampler(colors, counts, self._limit)
        if len(colors) <= _AT_ONCE:
            while not sampler.done:
                sampler.step()
            points = sampler.result()
            self.chosen.emit(points, sampler.indices)
        else:
            self._sampler = sampler
            points = sampler.preview()
            self.chosen.emit(points, sampler.indices)

    def resume(self) -> None:
        """Go on with what is not finished."""
        if self._sampler is not None:
            self._timer.start(0)

    def pause(self) -> None:
        """Do nothing until `resume`."""
        self._timer.stop()

    def _step(self) -> None:
        sampler = self._sampler
        if sampler is None:
            return
        sampler.step()
        if not sampler.done:
            self._timer.start(0)
            return
        self._sampler = None
        points = sampler.result()
        self.chosen.emit(points, sampler.indices)
