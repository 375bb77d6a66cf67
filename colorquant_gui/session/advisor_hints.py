"""The advisor's hints: which colours are missing, looked for again when more can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.core.newest import Newest
from colorquant_gui.session.advisor_jobs import MissingRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from colorquant_gui.core import ColorHistogram
    from colorquant_gui.core.advisor import ColorCells, Curve
    from colorquant_gui.session.advisor_jobs import Hint


class Hints:
    """Remembers what missing colours were looked for in, and what they are being looked for in."""

    def __init__(self) -> None:
        self._cells: Newest[ColorCells] = Newest()
        self._known: object = None
        self._asked: object = None

    def forget_picture(self) -> None:
        """Forget what was made of a picture's colours."""
        self._cells = Newest()

    def forget(self) -> None:
        """Let everything be looked for anew."""
        self._known = self._asked = None

    def halt(self) -> None:
        """Take note that nothing is being looked for any more."""
        self._asked = None

    def ask(
        self, histogram: ColorHistogram | None, curve: Curve, k: int
    ) -> Callable[[int], MissingRequest] | None:
        """Ask for missing colours, where more could be said about them than was.

        Parameters
        ----------
        histogram : ColorHistogram or None
            The colours.
        curve : Curve
            What is known of the palettes.
        k : int
            The k looked at.

        Returns
        -------
        callable taking an int, or None
            Makes the request of a generation; None where there is nothing new to look for.
        """
        all_measured = curve.n_measured == len(curve.order)
        subject = (curve, k, curve.has_first, all_measured)
        if histogram is None or curve.get(k) is None or subject in (self._known, self._asked):
            return None
        self._asked = subject
        cells = self._cells
        # from a few points anywhere, much too great a k would be offered
        palettes = {
            n: palette for n, palette in curve.palettes.items() if curve.has_first or n == k
        }
        return lambda number: MissingRequest(number, subject, histogram, cells, k, palettes)

    def take(self, hint: Hint) -> bool:
        """Return whether a hint is the one asked for; then it is known."""
        if hint.subject != self._asked:
            return False
        self._known, self._asked = self._asked, None
        return True
