"""The request that opens a picture: read it and count its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core import ColorHistogram
from colorquant_gui.core.image import SourceImage, load_image

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, eq=False)
class OpenPicture:
    """A picture with the histogram of its colours."""

    source: SourceImage
    histogram: ColorHistogram


@dataclass(frozen=True, eq=False)
class PendingPicture:
    """A picture that still has to be made, which may take a while.

    Attributes
    ----------
    name : str
        What to call it.
    make : callable returning SourceImage
        Makes it, in whatever thread.
    """

    name: str
    make: Callable[[], SourceImage]


@dataclass(frozen=True, eq=False)
class LoadRequest:
    """Read a picture (unless it is there already) and count its colours.

    Delivers one `OpenPicture`.
    """

    generation: int
    picture: Path | SourceImage | PendingPicture
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        picture = self.picture
        if isinstance(picture, SourceImage):
            source = picture
        elif isinstance(picture, PendingPicture):
            source = picture.make()
        else:
            source = load_image(picture, cancelled=cancelled)
        histogram = ColorHistogram.from_rgb(source.rgb, source.mask, cancelled=cancelled)
        deliver(OpenPicture(source, histogram))
