"""Window: the part of a picture that is visible, pixel by pixel. Plain geometry, no Qt.

Lengths are device pixels unless an image pixel is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Window:
    """The visible part of a picture at one zoom and place; equal windows show the same pixels.

    Attributes
    ----------
    left, top : int
        Where the visible part starts in the viewport.
    width, height : int
        Size of the visible part, at least 1.
    skip_x, skip_y : int
        How much of the shown picture is cut off before the visible part.
    shown_width, shown_height : int
        Size of the whole picture as shown, at least 1.
    picture_width, picture_height : int
        Size of the picture in image pixels.
    """

    left: int
    top: int
    width: int
    height: int
    skip_x: int
    skip_y: int
    shown_width: int
    shown_height: int
    picture_width: int
    picture_height: int

    @property
    def right(self) -> int:
        """One past the last visible device column in the viewport."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """One past the last visible device row in the viewport."""
        return self.top + self.height

    @property
    def is_whole(self) -> bool:
        """Whether all of the picture is visible."""
        return (self.width, self.height) == (self.shown_width, self.shown_height)

    @property
    def is_reduced(self) -> bool:
        """Whether some image pixels have no device pixel of their own."""
        return self.shown_width < self.picture_width or self.shown_height < self.picture_height

    def columns(self) -> NDArray[np.intp]:
        """Image column under the middle of every visible device column.

        Returns
        -------
        ndarray of intp, shape (width,)
            0..picture_width - 1, never falling.
        """
        return _under(self.skip_x, self.width, self.shown_width, self.picture_width)

    def rows(self) -> NDArray[np.intp]:
        """Image row under the middle of every visible device row.

        Returns
        -------
        ndarray of intp, shape (height,)
            0..picture_height - 1, never falling.
        """
        return _under(self.skip_y, self.height, self.shown_height, self.picture_height)

    def span_x(self) -> tuple[float, float]:
        """First and one-past-last visible image column, with fractions."""
        scale = self.picture_width / self.shown_width
        return self.skip_x * scale, (self.skip_x + self.width) * scale

    def span_y(self, first: int, last: int) -> tuple[float, float]:
        """Image rows, with fractions, that the visible device rows `first` to `last` cover."""
        scale = self.picture_height / self.shown_height
        return (self.skip_y + first) * scale, (self.skip_y + last) * scale


def _under(skip: int, count: int, shown: int, pixels: int) -> NDArray[np.intp]:
    # Whole numbers: the middle of device pixel i is (2 i + 1) / 2, and no rounding can go astray.
    return (2 * np.arange(skip, skip + count, dtype=np.intp) + 1) * pixels // (2 * shown)
