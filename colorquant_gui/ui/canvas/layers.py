"""Layers: the original, the result, the error and the veil, as images of what is visible."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.canvas import rendering, smooth_rendering
from colorquant_gui.ui.canvas.compare import Source
from colorquant_gui.ui.canvas.emphasis import Emphasis
from colorquant_gui.ui.canvas.errand import Errand
from colorquant_gui.ui.canvas.indexed_layer import IndexedLayer
from colorquant_gui.ui.canvas.picture import Coloring, Picture
from colorquant_gui.ui.canvas.ramp import error_levels, error_ramp
from colorquant_gui.ui.canvas.veil import Veil

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from colorquant_gui.ui.canvas.window import Window

Rgb = tuple[int, int, int]


class PixelColors(NamedTuple):
    """A pixel and its colours.

    Attributes
    ----------
    x, y : int
        Image column and row.
    original : (int, int, int)
        sRGB before.
    shown : (int, int, int) or None
        sRGB after; None where there is no result or the pixel is transparent.
    label : int or None
        Index of the colour after.
    """

    x: int
    y: int
    original: Rgb
    shown: Rgb | None
    label: int | None


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
        self._result = IndexedLayer(self)
        self._error = IndexedLayer(self)
        self._smooth_original: Errand[QImage] = Errand(self)
        self._veil = Veil(self._result, self)
        self._result.refined.connect(self.refined)
        self._error.refined.connect(self.refined)
        self._smooth_original.ready.connect(self.refined)
        self._veil.refined.connect(self.refined)
        self._emphasis = Emphasis()
        self._original: QImage | None = None
        self._original_window: Window | None = None
        # number of the colour under each device pixel
        self._numbers: NDArray[np.int32] | None = None
        self._numbers_window: Window | None = None

    @property
    def picture(self) -> Picture | None:
        """The picture, or None."""
        return self._picture

    @property
    def coloring(self) -> Coloring | None:
        """What the result looks like, or None."""
        return self._result.coloring

    @property
    def has_result(self) -> bool:
        """Whether there is something to compare the original with."""
        return self._result.coloring is not None

    @property
    def has_error(self) -> bool:
        """Whether there is an error map."""
        return self._error.coloring is not None

    @property
    def emphasis(self) -> Emphasis:
        """What stands out."""
        return self._emphasis

    def set_picture(self, picture: Picture | None) -> None:
        """Take another picture, without a result yet, or none; nothing stands out in it."""
        self._picture = picture
        self._emphasis = Emphasis()
        self._result.clear()
        self._error.clear()
        self._smooth_original.clear()
        self._veil.clear()
        self._original_window = self._numbers_window = None

    def set_labels(self, labels: NDArray[np.uint8], colors: NDArray[np.uint8]) -> None:
        """Take another result: (n,) uint8 labels of colour numbers, (k, 3) uint8 colours."""
        if self._picture is not None:
            transparent = self._picture.alpha is not None
            self._result.set_coloring(Coloring.of(labels, colors, transparent=transparent))

    def set_colors(self, colors: NDArray[np.uint8]) -> None:
        """Take other colours, (k, 3) uint8, for the same labels."""
        self._result.set_colors(colors)

    def set_error(self, values: NDArray[np.float32] | None, maximum: float) -> None:
        """Take the error of every colour number, (n,) float32, and the one that is the most."""
        if values is None or self._picture is None:
            self._error.clear()
        else:
            levels = error_levels(values, maximum)
            self._error.set_coloring(Coloring.of(levels, error_ramp(), transparent=True))

    def set_emphasis(self, emphasis: Emphasis) -> None:
        """Choose what stands out."""
        self._emphasis = emphasis

    def set_animating(self, on: bool) -> None:
        """Say whether the result is about to change again, so that smoothing it is in vain."""
        self._result.set_animating(on)
        self._error.set_animating(on)
        self._veil.set_animating(on, self._emphasis)

    def pause(self) -> None:
        """Stop work in the background until the next image is asked for."""
        self._smooth_original.cancel()
        self._veil.pause()
        self._result.pause()
        self._error.pause()

    def image(self, source: Source, window: Window) -> QImage:
        """Return the best image there is yet, of the size of the window."""
        if source is Source.ORIGINAL:
            return self.original(window)
        if source is Source.RESULT:
            return self.result(window)
        return self._error.image(self._expect_picture(), window, partial(self.numbers, window))

    def original(self, window: Window) -> QImage:
        """Return the best image of the original there is yet, of the size of the window."""
        picture = self._expect_picture()
        if window.is_reduced:
            image = self._smooth_original.made(window)
            if image is not None:
                return image
            make = partial(smooth_rendering.smooth_original, picture, window)
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
        return self._result.image(self._expect_picture(), window, partial(self.numbers, window))

    def numbers(self, window: Window) -> NDArray[np.int32]:
        """Return the colour number under every device pixel, (height, width) int32."""
        if self._numbers is None or window != self._numbers_window:
            self._numbers = rendering.sample(self._expect_picture().numbers, window)
            self._numbers_window = window
        return self._numbers

    def veil(self, window: Window, color: int) -> QImage | None:
        """Return a cover for what does not stand out, None where all does.

        Parameters
        ----------
        window : Window
            What is visible of the picture.
        color : int
            Premultiplied colour of the cover, 0xAARRGGBB.

        Returns
        -------
        QImage or None
            Of the size of the window. `lit` goes with it.
        """
        return self._veil.image(
            self._expect_picture(), self._emphasis, window, color, partial(self.numbers, window)
        )

    @property
    def lit(self) -> NDArray[np.bool_] | None:
        """The device pixels that `veil` left free, (height, width) bool, as far as is known."""
        return self._veil.lit

    def number_at(self, x: int, y: int) -> int:
        """Return the colour number of an image pixel, the one after the last if transparent."""
        return int(self._expect_picture().numbers[y, x])

    def colors_at(self, x: int, y: int) -> PixelColors:
        """Return the colours of an image pixel, before and after."""
        red, green, blue = (int(level) for level in self._expect_picture().rgb[y, x])
        number, coloring = self.number_at(x, y), self._result.coloring
        if coloring is None or number >= len(coloring.labels):
            return PixelColors(x, y, (red, green, blue), None, None)
        label = int(coloring.labels[number])
        argb = int(coloring.argb[label])
        shown = (argb >> 16 & 255, argb >> 8 & 255, argb & 255)
        return PixelColors(x, y, (red, green, blue), shown, label)

    def _expect_picture(self) -> Picture:
        if self._picture is None:
            raise RuntimeError("There is no picture to show.")
        return self._picture
