"""The curves of one picture: one for each choice of clustering space, seeding and seed."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from colorquant_gui.core.advisor import QUALITY, Curve, Measurer, cost_at
from colorquant_gui.core.seeding import DRAWING_LOTS
from colorquant_gui.session.settings import PICKS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core import ColorHistogram
    from colorquant_gui.core.advisor import CurvePoint, Measured
    from colorquant_gui.session.settings import Settings

_MOST_CURVES = 32

Key = tuple[str, str, int, tuple[tuple[int, int, int], ...]]


def curve_key(settings: Settings) -> Key:
    """Say what a curve depends on, besides the picture; the seed only where lots are drawn."""
    if settings.seeding == PICKS:
        return settings.color_space, "wu", 0, settings.picks
    seed = settings.seed if settings.seeding in DRAWING_LOTS else 0
    return settings.color_space, settings.seeding, seed, ()


class Curves:
    """What is known at each choice, so that going back to one costs nothing.

    Memory: 300 KB for each of at most 32 curves.
    """

    def __init__(self) -> None:
        self._curves: OrderedDict[Key, Curve] = OrderedDict()

    def clear(self) -> None:
        """Forget all of them."""
        self._curves.clear()

    def choose(self, histogram: ColorHistogram, settings: Settings) -> tuple[Curve, Measurer]:
        """Return the curve of a choice, a new one where there is none, and what measures it.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours of the picture.
        settings : Settings
            The choice; k and quality level don't matter.

        Returns
        -------
        tuple of (Curve, Measurer)
            The measurer holds nothing large until it is used.
        """
        key = curve_key(settings)
        measurer = Measurer(histogram, *key)
        curve = self._curves.setdefault(key, Curve(measurer.maximum))
        self._curves.move_to_end(key)
        while len(self._curves) > _MOST_CURVES:
            self._curves.popitem(last=False)
        return curve, measurer

    def measured_for(self, settings: Settings) -> Measured | None:
        """Return what a run of these settings would end in, where that is known.

        Parameters
        ----------
        settings : Settings
            The settings.

        Returns
        -------
        Measured or None
            None where it isn't measured yet, and at quality levels other than Standard.
        """
        curve = self._curves.get(curve_key(settings))
        if curve is None or settings.quality != QUALITY or settings.seeding == PICKS:
            return None
        return curve.get(min(settings.k, curve.maximum))

    def palette_for(self, settings: Settings) -> NDArray[np.uint8] | None:
        """Return the palette that a run of these settings would end in, where that is known.

        Parameters
        ----------
        settings : Settings
            The settings.

        Returns
        -------
        ndarray of uint8, shape (m, 3), or None
            Its visible entries, from dark to light; None as in `measured_for`.
        """
        measured = self.measured_for(settings)
        return None if measured is None else measured.palette

    def point_for(self, settings: Settings) -> CurvePoint | None:
        """Return what a run of these settings would give and cost, where that is known.

        Parameters
        ----------
        settings : Settings
            The settings.

        Returns
        -------
        CurvePoint or None
            Its size may be an estimate; None as in `measured_for`.
        """
        measured = self.measured_for(settings)
        if measured is None:
            return None
        return cost_at(self._curves[curve_key(settings)].points, measured.point.k)
