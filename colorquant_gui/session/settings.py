"""What a run depends on, besides the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.core.seeding import SEEDINGS

if TYPE_CHECKING:
    from colorquant_gui.core.histogram import ColorHistogram

PICKS = "picks"
"""Seeding by the colours that somebody picked."""

MIN_K = 2
MAX_K = 256


@dataclass(frozen=True)
class Settings:
    """Settings of a run; equal settings on the same picture give the same bytes.

    Attributes
    ----------
    k : int
        Palette entries, 2..256. Transparent pixels take one of them.
    quality : str
        A key of `colorquant_gui.core.quality.QUALITIES`.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`, where distances are taken.
    seeding : str
        A member of `colorquant_gui.core.seeding.SEEDINGS`, or `PICKS`.
    seed : int
        Seed of the random seedings, 0 or more.
    picks : tuple of (int, int, int)
        With `PICKS`, the sRGB colours, 0..255, that the initial centroids are. Where k is
        another number, clusters are split or dropped.

    Raises
    ------
    InvalidParameterError
        A value is out of its range.
    """

    k: int = 16
    quality: str = "standard"
    color_space: str = "srgb"
    seeding: str = "wu"
    seed: int = 0
    picks: tuple[tuple[int, int, int], ...] = ()

    def __post_init__(self) -> None:
        if not MIN_K <= self.k <= MAX_K:
            raise InvalidParameterError(f"k must be {MIN_K} to {MAX_K}, not {self.k}.")
        for name, value, known in (
            ("quality", self.quality, QUALITIES),
            ("colour space", self.color_space, COLOR_SPACES),
            ("seeding", self.seeding, (*SEEDINGS, PICKS)),
        ):
            if value not in known:
                raise InvalidParameterError(f"Unknown {name} “{value}”.")
        if self.seed < 0:
            raise InvalidParameterError(f"The seed must be 0 or more, not {self.seed}.")
        if self.seeding == PICKS and not self.picks:
            raise InvalidParameterError("No colours were picked to start from.")

    def n_centroids(self, histogram: ColorHistogram) -> int:
        """Return how many centroids a run has.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours of the picture.

        Returns
        -------
        int
            k, less the transparent entry, at most the unique colours.
        """
        return min(self.k - histogram.has_transparent, histogram.n_colors)
