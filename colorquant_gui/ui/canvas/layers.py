"""Layers: the original and the result, each as an image of what is visible."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.canvas import rendering
from colorquant_gui.ui.canvas.rendering import Coloring, Picture
from colorquant_gui.ui.canvas.smoother import Smoother

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from colorquant_gui.ui.canvas.viewport import Window


class Layers(QObject):
    """Holds the picture and hands out images of it, doing only the work that a change needs.

    An image comes at once, sampled. Where the picture is shown reduced, a smooth one is made on
    another thread, and `refined` says when to ask again.

    Parameters
    ----------
    parent : QObject, optional
        Its owner.
    """

    refined = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._coloring: Coloring | None = None
        self._is_animating = False
        self._smooth_original = Smoother(self)
        self._smooth_result = Smoother(self)
        self._smooth_original.ready.connect(self.refined)
        self._smooth_result.ready.connect(self.refined)
        self._original: QImage | None = None
        self._original_window: Window | None = None
        # what is under each device pixel: number of the colour, entry of the result, its colour
        self._numbers: NDArray[np.int32] | None = None
        self._numbers_window: Window | None = None
        self._entries: NDArray[np.uint8] | NDArray[np.uint16] | None = None
        self._result: QImage | None = None

    @property
    def picture(self) -> Picture | None:
        """The picture, or None."""
        return self._picture

    @property
    def has_result(self) -> bool:
        """Whether there is something to compare the original with."""
        return self._coloring is not None

    def set_picture(self, picture: Picture | None) -> None:
        """Take another picture, without a result yet, or none."""
        self._picture = picture
        self._coloring = None
        self._smooth_original.clear()
        self._smooth_result.clear()
        self._original_window = self._numbers_window = None

    def set_labels(self, labels: NDArray[np.uint8], colors: NDArray[np.uint8]) -> None:
        """Take another result: (n,) uint8 labels of colour numbers, (k, 3) uint8 colours."""
        if self._picture is not None:
            transparent = self._picture.alpha is not None
            self._coloring = Coloring.of(labels, colors, transparent=transparent)
            self._entries = self._result = None

    def set_colors(self, colors: NDArray[np.uint8]) -> None:
        """Take other colours, (k, 3) uint8, for the same labels."""
        if self._coloring is not None:
            self._coloring = self._coloring.recolored(colors)
            self._result = None

    def set_animating(self, on: bool) -> None:
        """Say whether the result is about to change again, so that smoothing it is in vain."""
        self._is_animating = on
        if on:
            self._smooth_result.cancel()

    def pause(self) -> None:
        """Stop work in the background until the next image is asked for."""
        self._smooth_original.cancel()
        self._smooth_result.cancel()

    def original(self, window: Window) -> QImage:
        """Return the best image of the original there is yet, of the size of the window."""
        picture = self._expect_picture()
        if window.is_reduced:
            image = self._smooth_original.image(window)
            if image is not None:
                return image
            make = partial(rendering.smooth_original, picture, window)
            self._smooth_original.request(window, make)
        if self._original is None or window != self._original_window:
            self._original = rendering.nearest_original(picture, window)
            self._original_window = window
        return self._original

    def result(self, window: Window) -> QImage:
        """Return the best image of the result there is yet, of the size of the window.

        Raises
        ------
        RuntimeError
            There is no result.
        """
        picture, coloring = self._expect_picture(), self._coloring
        if coloring is None:
            raise RuntimeError("There is no result to show.")
        if window.is_reduced and not self._is_animating:
            key = (window, coloring)
            image = self._smooth_result.image(key)
            if image is not None:
                return image
            make = partial(rendering.smooth_result, picture, window, coloring)
            self._smooth_result.request(key, make)
        if self._numbers is None or window != self._numbers_window:
            flat = picture.numbers.ravel()
            self._numbers = rendering.gather(flat, rendering.places(window))
            self._numbers_window = window
            self._entries = None
        if self._entries is None:
            self._entries = rendering.gather(coloring.entries, self._numbers)
            self._result = None
        if self._result is None:
            self._result = rendering.nearest_result(self._entries, coloring.argb)
        return self._result

    def _expect_picture(self) -> Picture:
        if self._picture is None:
            raise RuntimeError("There is no picture to show.")
        return self._picture
