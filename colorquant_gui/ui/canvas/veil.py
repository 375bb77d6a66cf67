"""Veil: covers what does not stand out, and knows which device pixels it leaves free."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.canvas import rendering, smooth_rendering
from colorquant_gui.ui.canvas.errand import Errand

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from colorquant_gui.ui.canvas.emphasis import Emphasis
    from colorquant_gui.ui.canvas.indexed_layer import IndexedLayer
    from colorquant_gui.ui.canvas.picture import Picture
    from colorquant_gui.ui.canvas.window import Window

# A cover of less than this, of the whole one, lets what is below stand out.
_LIT = 0.9


class Veil(QObject):
    """Makes an image of the cover: sampled at once, smooth on another thread.

    Parameters
    ----------
    result : IndexedLayer
        Has the labels.
    parent : QObject, optional
        Its owner.

    Attributes
    ----------
    refined : Signal()
        `image` has something better.
    lit : ndarray of bool, shape (height, width), or None
        The device pixels that stand out in the image that was asked for last; the same array until
        they change. None where all stand out, or a better image is awaited.
    """

    refined = Signal()

    def __init__(self, result: IndexedLayer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._result = result
        self._smoother: Errand[QImage] = Errand(self)
        self._smoother.ready.connect(self.refined)
        self._is_animating = False
        self._image: QImage | None = None
        self._key: tuple[object, ...] = ()
        self._kept: NDArray[np.bool_] | None = None
        self._smooth: QImage | None = None
        self._smooth_lit: NDArray[np.bool_] | None = None
        self.lit: NDArray[np.bool_] | None = None

    def clear(self) -> None:
        """Forget everything."""
        self._smoother.clear()
        self._image = self._smooth = None
        self._kept = self._smooth_lit = self.lit = None
        self._key = ()

    def pause(self) -> None:
        """Stop work in the background until the next image is asked for."""
        self._smoother.cancel()

    def set_animating(self, on: bool, emphasis: Emphasis) -> None:
        """Say whether the result is about to change again, so that smoothing may be in vain."""
        self._is_animating = on
        if on and emphasis.depends_on_labels():
            self._smoother.cancel()

    def image(
        self,
        picture: Picture,
        emphasis: Emphasis,
        window: Window,
        color: int,
        numbers: Callable[[], NDArray[np.int32]],
    ) -> QImage | None:
        """Return the best image there is yet.

        Parameters
        ----------
        picture : Picture
            The picture.
        emphasis : Emphasis
            What stands out.
        window : Window
            What is visible of the picture.
        color : int
            Premultiplied colour of the cover, 0xAARRGGBB.
        numbers : callable
            Returns the colour number of every device pixel.

        Returns
        -------
        QImage or None
            Of the size of the window; None where all stands out.
        """
        coloring = self._result.coloring
        self.lit = None
        if not emphasis.is_active(coloring):
            return None
        by_label = coloring is not None and emphasis.depends_on_labels()
        key = (window, emphasis, self._result.version if by_label else 0, color)
        can_smooth = window.is_reduced and not (self._is_animating and by_label)
        if can_smooth:
            image = self._smoother.made(key)
            if image is not None:
                self.lit = self._lit_in(image, color)
                return image
            keeps = partial(emphasis.keeps, entries=None, coloring=coloring)
            self._smoother.request(
                key, partial(smooth_rendering.smooth_veil, picture, window, keeps, color)
            )
        if self._image is None or key != self._key:
            under = numbers()
            shown = self._result.entries(under) if by_label else None
            self._kept = emphasis.keeps(under, shown, coloring)
            self._image = rendering.nearest_veil(self._kept, color)
            self._key = key
        if not can_smooth:
            # a sample may miss what is small
            self.lit = self._kept
        return self._image

    def _lit_in(self, image: QImage, color: int) -> NDArray[np.bool_]:
        if self._smooth_lit is None or image is not self._smooth:
            self._smooth = image
            pixels = np.frombuffer(image.constBits(), np.uint32)
            lit = pixels < np.uint32(int(_LIT * (color >> 24)) << 24)
            self._smooth_lit = lit.reshape(image.height(), image.width())
        return self._smooth_lit
