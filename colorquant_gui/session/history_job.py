"""The request that writes the history of a run to a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core import Cancelled
from colorquant_gui.core.atomic import save_bytes_atomically
from colorquant_gui.core.export.history_table import HISTORY_FORMATS, HistoryTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.history import History


def history_table(
    history: History,
    histogram: ColorHistogram,
    source: str,
    result: IndexedImage | None = None,
) -> HistoryTable:
    """Take the history of a run as it is now.

    Parameters
    ----------
    history : History
        The run.
    histogram : ColorHistogram
        The colours of its picture.
    source : str
        What the picture is called.
    result : IndexedImage, optional
        What came out of the run, where it has come to its end.

    Returns
    -------
    HistoryTable
        With the settings that are plain values.
    """
    settings = {
        name: value
        for name, value in asdict(history.settings).items()
        if isinstance(value, str | int | float)
    }
    return HistoryTable(
        history.steps,
        history.settings.color_space,
        histogram.n_pixels,
        source,
        settings,
        history.finished,
        result if history.finished else None,
    )


@dataclass(frozen=True, eq=False)
class HistoryRequest:
    """Write a history to a file in the format of its ending; delivers the path.

    Attributes
    ----------
    generation : int
        Number of the request.
    table : HistoryTable
        The history.
    path : Path
        The file.
    """

    generation: int
    table: HistoryTable
    path: Path
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        suffix = self.path.suffix.lower()
        kinds = [kind for kind in HISTORY_FORMATS.values() if suffix in kind.suffixes]
        data = (kinds or list(HISTORY_FORMATS.values()))[0].encode(self.table)
        if cancelled():
            raise Cancelled
        save_bytes_atomically(data, self.path)
        deliver(self.path)
