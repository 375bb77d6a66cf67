"""Emphasis: which colours of the picture stand out, and which are dimmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.ui.canvas.rendering import entries_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.picture import Coloring


@dataclass(frozen=True, eq=False)
class Emphasis:
    """What stands out.

    Attributes
    ----------
    label : int or None
        The colours that the result shows as one; a label that the result has not says nothing.
    color : int or None
        One colour number; goes before the label.
    visible : ndarray of bool, shape (n + 1,), or None
        Colour numbers that may stand out; the last one, of transparent pixels, may not.
    """

    label: int | None = None
    color: int | None = None
    visible: NDArray[np.bool_] | None = None

    def with_visible(self, visible: NDArray[np.bool_] | None) -> Emphasis:
        """Return the same with other visible colours, (n,) bool."""
        padded = None if visible is None else np.append(visible, False)
        return replace(self, visible=padded)

    def is_active(self, coloring: Coloring | None) -> bool:
        """Whether anything at all is dimmed in a result."""
        return (
            self.visible is not None or self.color is not None or self._label(coloring) is not None
        )

    def depends_on_labels(self) -> bool:
        """Whether other labels dim other pixels."""
        return self.color is None and self.label is not None

    def keeps(
        self,
        numbers: NDArray[np.int32],
        entries: NDArray[Any] | None,
        coloring: Coloring | None,
    ) -> NDArray[np.bool_]:
        """Say which pixels stand out.

        Parameters
        ----------
        numbers : ndarray of int32, shape (height, width)
            Colour number of every pixel.
        entries : ndarray of uint8 or uint16, shape (height, width), or None
            Entry of the result of every pixel, where it is known already.
        coloring : Coloring or None
            The result.

        Returns
        -------
        ndarray of bool, shape (height, width)
            True where a pixel stands out.
        """
        label = self._label(coloring)
        kept: NDArray[np.bool_] | None = None
        if self.color is not None:
            kept = numbers == self.color
        elif label is not None and coloring is not None:
            if entries is None:
                entries = entries_of(coloring, numbers)
            kept = entries == label
        if self.visible is not None:
            seen: NDArray[np.bool_] = self.visible.take(numbers, mode="clip")
            kept = seen if kept is None else kept & seen
        return np.ones(numbers.shape, np.bool_) if kept is None else kept

    def _label(self, coloring: Coloring | None) -> int | None:
        if coloring is None or self.label is None or not 0 <= self.label < coloring.n_colors:
            return None
        return self.label
