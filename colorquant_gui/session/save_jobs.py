"""The requests that make bytes of a result: encode it, write it to a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core import Cancelled
from colorquant_gui.core.atomic import save_bytes_atomically
from colorquant_gui.core.export import EXPORT_FORMATS, format_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from colorquant_gui.core import IndexedImage

ENCODED_FORMAT = "png"
"""Format of the file whose size is shown while nothing is saved yet."""


@dataclass(frozen=True, eq=False)
class EncodeRequest:
    """Encode a result as it would be saved; delivers bytes."""

    generation: int
    result: IndexedImage
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        deliver(EXPORT_FORMATS[ENCODED_FORMAT].encode(self.result))


@dataclass(frozen=True, eq=False)
class SaveRequest:
    """Write a result to a file in the format of its ending; delivers the path.

    Attributes
    ----------
    generation : int
        Number of the save.
    path : Path
        The file.
    result : IndexedImage
        What to save.
    encoded : bytes or None
        What an `EncodeRequest` made of it, where that is there already.
    """

    generation: int
    path: Path
    result: IndexedImage
    encoded: bytes | None
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        kind = format_for(self.path)
        data = self.encoded if kind.name == ENCODED_FORMAT else None
        if data is None:
            data = kind.encode(self.result)
        if cancelled():
            raise Cancelled
        save_bytes_atomically(data, self.path)
        deliver(self.path)
