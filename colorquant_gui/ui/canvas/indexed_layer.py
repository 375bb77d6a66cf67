"""IndexedLayer: an image made of a colour for every colour number of the picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.canvas import rendering, smooth_rendering
from colorquant_gui.ui.canvas.errand import Errand

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from colorquant_gui.ui.canvas.picture import Coloring, Picture
    from colorquant_gui.ui.canvas.window import Window


class IndexedLayer(QObject):
    """Does only the work that a change needs: other colours, other entries, or another window.

    Parameters
    ----------
    parent : QObject, optional
        Its owner.
    """

    refined = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._smoother: Errand[QImage] = Errand(self)
        self._smoother.ready.connect(self.refined)
        self._coloring: Coloring | None = None
        self._version = 0
        self._is_animating = False
        self._numbers: NDArray[np.int32] | None = None
        self._entries: NDArray[Any] | None = None
        self._image: QImage | None = None

    @property
    def coloring(self) -> Coloring | None:
        """What it looks like, None where there is nothing to show."""
        return self._coloring

    @property
    def version(self) -> int:
        """Grows with every change of the entries."""
        return self._version

    def set_coloring(self, coloring: Coloring | None) -> None:
        """Take other entries and colours."""
        self._coloring = coloring
        self._version += 1
        self._entries = self._image = None

    def set_colors(self, colors: NDArray[np.uint8]) -> None:
        """Take other colours, (k, 3) uint8, for the same entries."""
        if self._coloring is not None:
            self._coloring = self._coloring.recolored(colors)
            self._image = None

    def clear(self) -> None:
        """Forget everything."""
        self._smoother.clear()
        self.set_coloring(None)
        self._numbers = None

    def set_animating(self, on: bool) -> None:
        """Say whether it is about to change again, so that smoothing it is in vain."""
        self._is_animating = on
        if on:
            self._smoother.cancel()

    def pause(self) -> None:
        """Stop work in the background until the next image is asked for."""
        self._smoother.cancel()

    def entries(self, numbers: NDArray[np.int32]) -> NDArray[Any]:
        """Return the entry of every device pixel.

        Raises
        ------
        RuntimeError
            There is nothing to show.
        """
        coloring = self._expect_coloring()
        if self._entries is None or numbers is not self._numbers:
            self._numbers = numbers
            self._entries = rendering.entries_of(coloring, numbers)
            self._image = None
        return self._entries

    def image(
        self, picture: Picture, window: Window, numbers: Callable[[], NDArray[np.int32]]
    ) -> QImage:
        """Return the best image there is yet.

        Parameters
        ----------
        picture : Picture
            The picture.
        window : Window
            What is visible of it.
        numbers : callable
            Returns the colour number of every device pixel; the same array until they change.

        Returns
        -------
        QImage
            Of the size of the window.

        Raises
        ------
        RuntimeError
            There is nothing to show.
        """
        coloring = self._expect_coloring()
        if window.is_reduced and not self._is_animating:
            key = (window, coloring)
            image = self._smoother.made(key)
            if image is not None:
                return image
            make = partial(smooth_rendering.smooth_result, picture, window, coloring)
            self._smoother.request(key, make)
        entries = self.entries(numbers())
        if self._image is None:
            self._image = rendering.nearest_result(entries, coloring.argb)
        return self._image

    def _expect_coloring(self) -> Coloring:
        if self._coloring is None:
            raise RuntimeError("There is no result to show.")
        return self._coloring
