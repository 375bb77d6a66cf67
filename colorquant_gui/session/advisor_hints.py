"""The advisor's hints: which colours are missing, looked for again when more can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.core.advisor import QUALITY
from colorquant_gui.core.newest import Newest
from colorquant_gui.session.advisor_jobs import MissingRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core import ColorHistogram
    from colorquant_gui.core.advisor import ColorCells, Curve
    from colorquant_gui.session.advisor_jobs import Hint
    from colorquant_gui.session.settings import Settings


class Hints:
    """Remembers what missing colours were looked for in, and what they are being looked for in.

    Attributes
    ----------
    palette : ndarray of uint8, shape (m, 3), or None
        The visible entries of the result in force, None as long as there is none.
    """

    def __init__(self) -> None:
        self.palette: NDArray[np.uint8] | None = None
        self._cells: Newest[ColorCells] = Newest()
        self._known: object = None
        self._asked: object = None

    def forget_picture(self) -> None:
        """Forget what was made of a picture's colours."""
        self._cells = Newest()

    def forget(self) -> None:
        """Let everything be looked for anew, in a palette that is still to come."""
        self.palette = self._known = self._asked = None

    def halt(self) -> None:
        """Take note that nothing is being looked for any more."""
        self._asked = None

    def ask(
        self, histogram: ColorHistogram | None, curve: Curve, settings: Settings
    ) -> Callable[[int], MissingRequest] | None:
        """Ask for missing colours, where more could be said about them than was.

        Parameters
        ----------
        histogram : ColorHistogram or None
            The colours.
        curve : Curve
            What is known of the palettes.
        settings : Settings
            What is in force. At Standard the palette is known before there is a result.

        Returns
        -------
        callable taking an int, or None
            Makes the request of a generation; None where there is nothing new to look for.
        """
        k, palette = min(settings.k, curve.maximum), self.palette
        measured = curve.get(k) if settings.quality == QUALITY else None
        if palette is None and measured is not None:
            palette = measured.palette
        if histogram is None or palette is None or not len(palette):
            return None
        all_measured = curve.n_measured == len(curve.order)
        subject = (curve, k, palette.tobytes(), curve.has_first, all_measured)
        if subject in (self._known, self._asked):
            return None
        self._asked = subject
        cells = self._cells
        # from a few points anywhere, much too great a k would be offered
        others = curve.palettes if curve.has_first else {}
        return lambda number: MissingRequest(number, subject, histogram, cells, k, palette, others)

    def take(self, hint: Hint) -> bool:
        """Return whether a hint is the one asked for; then it is known."""
        if hint.subject != self._asked:
            return False
        self._known, self._asked = self._asked, None
        return True
