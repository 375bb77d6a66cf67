"""The history of a run as a table: CSV for spreadsheets, JSON with everything."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from colorquant_gui.core.color_spaces import color_space

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.color_spaces import ColorSpace
    from colorquant_gui.core.events import Event
    from colorquant_gui.core.indexed import IndexedImage

# Of the coordinates of centroids: far below what the engine tells apart.
_DECIMALS = 6


class Row(Protocol):
    """An iteration, as in `colorquant_gui.core.kmeans.Iteration`; labels are not needed."""

    @property
    def number(self) -> int:
        """0 for the seeding."""
        ...

    @property
    def centroids(self) -> NDArray[np.float64]:
        """Centroids in the clustering space, shape (k, 3)."""
        ...

    @property
    def counts(self) -> NDArray[np.int64]:
        """Pixels of each centroid, shape (k,)."""
        ...

    @property
    def inertia(self) -> float:
        """Sum over pixels of the squared distance to their centroid."""
        ...

    @property
    def center_shift(self) -> float:
        """Largest distance that a centroid moved."""
        ...

    @property
    def n_changed(self) -> int:
        """Unique colours that have another centroid than before."""
        ...

    @property
    def event(self) -> Event | None:
        """What a search did here."""
        ...


@dataclass(frozen=True, eq=False)
class HistoryTable:
    """A run with what it takes to make sense of its numbers.

    Attributes
    ----------
    rows : sequence of Row
        The iterations.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`: where the centroids lie.
    n_pixels : int
        Visible pixels of the picture.
    source : str
        What the picture is called.
    settings : mapping of str to value
        Settings of the run, such as ``{"k": 16, "seeding": "wu"}``.
    finished : bool
        Whether the run had come to its end.
    result : IndexedImage or None
        What came out of it: the last centroids as the colours of a palette.
    """

    rows: Sequence[Row]
    color_space: str
    n_pixels: int
    source: str = ""
    settings: Mapping[str, str | int | float] = field(default_factory=dict)
    finished: bool = True
    result: IndexedImage | None = None


@dataclass(frozen=True)
class HistoryFormat:
    """One format of histories.

    Attributes
    ----------
    name : str
        Its key in `HISTORY_FORMATS`.
    label : str
        What people call it.
    suffixes : tuple of str
        File name endings, lower case, with the dot; the first is the usual one.
    encode : callable of HistoryTable returning bytes
        Turns a history into the content of a file.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    encode: Callable[[HistoryTable], bytes]


def to_csv(table: HistoryTable) -> bytes:
    """Write one line for each iteration, RFC 4180 in UTF-8.

    Parameters
    ----------
    table : HistoryTable
        The history.

    Returns
    -------
    bytes
        The header names the units. Palette and counts are lists with spaces within one field.
    """
    space = color_space(table.color_space)
    unit = _unit(space)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            "iteration",
            f"inertia [{unit}²]",
            f"mse [{unit}² per pixel]",
            f"center_shift [{unit}]",
            "n_changed [unique colours]",
            "event",
            "palette [sRGB]",
            "counts [pixels]",
        ]
    )
    for row in table.rows:
        writer.writerow(
            [
                row.number,
                repr(float(row.inertia)),
                repr(_mse(row, table)),
                repr(float(row.center_shift)),
                row.n_changed,
                "" if row.event is None else row.event.kind,
                " ".join(_hex(space, row.centroids)),
                " ".join(map(str, row.counts.tolist())),
            ]
        )
    return text.getvalue().encode()


def to_json(table: HistoryTable) -> bytes:
    """Write everything that is known of a run, RFC 8259.

    Parameters
    ----------
    table : HistoryTable
        The history.

    Returns
    -------
    bytes
        An object with "units", which explains the fields of each of its "iterations".
    """
    space = color_space(table.color_space)
    unit = _unit(space)
    document = {
        "format": "ColorQuant history",
        "version": 1,
        "source": table.source,
        "pixels": table.n_pixels,
        "settings": dict(table.settings),
        "finished": table.finished,
        "color_space": {"key": space.key, "label": space.label, "axes": list(space.axes)},
        "units": {
            "iteration": "number, 0 for the seeding",
            "inertia": f"{unit}², squared distance to the nearest centroid, summed over pixels",
            "mse": f"{unit}², inertia per pixel, summed over the three axes",
            "center_shift": f"{unit}, largest distance that a centroid moved",
            "n_changed": "unique colours whose nearest centroid is another one than before",
            "event": "what a search did here, with the places of centroids in the clustering space",
            "centroids": f"clustering space, {unit}, one triple for each cluster",
            "palette": "the centroids as sRGB, 8 bits a channel",
            "counts": "pixels of each cluster",
            "result": "the palette as it is saved, rounded to 8 bits and refined for that; its "
            "mse is in sRGB levels² per pixel",
        },
        "iterations": [_as_object(row, table, space) for row in table.rows],
        "result": None if table.result is None else _as_result(table.result),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


HISTORY_FORMATS: dict[str, HistoryFormat] = {
    member.name: member
    for member in (
        HistoryFormat("csv", "Table, CSV", (".csv",), to_csv),
        HistoryFormat("json", "Everything, JSON", (".json",), to_json),
    )
}


def _as_object(row: Row, table: HistoryTable, space: ColorSpace) -> dict[str, Any]:
    event = row.event
    return {
        "iteration": row.number,
        "inertia": float(row.inertia),
        "mse": _mse(row, table),
        "center_shift": float(row.center_shift),
        "n_changed": int(row.n_changed),
        "event": None
        if event is None
        else {
            "kind": event.kind,
            "born": _rounded(event.born),
            "dropped": _rounded(event.dropped),
        },
        "centroids": _rounded(row.centroids),
        "palette": _hex(space, row.centroids),
        "counts": row.counts.tolist(),
    }


def _as_result(result: IndexedImage) -> dict[str, Any]:
    return {
        "palette": [_hex_color(*color) for color in result.palette.tolist()],
        "transparent_index": result.transparent_index,
        "counts": result.counts.tolist(),
        "mse": float(result.mse),
    }


def _mse(row: Row, table: HistoryTable) -> float:
    return float(row.inertia) / max(1, table.n_pixels)


def _unit(space: ColorSpace) -> str:
    return "levels" if space.key == "srgb" else f"{space.label} units"


def _hex(space: ColorSpace, centroids: NDArray[np.float64]) -> list[str]:
    return [_hex_color(*color) for color in space.to_srgb(centroids).tolist()]


def _hex_color(red: int, green: int, blue: int) -> str:
    return f"#{red:02X}{green:02X}{blue:02X}"


def _rounded(points: NDArray[np.float64]) -> list[list[float]]:
    # + 0.0 turns -0.0 into 0.0
    return [[round(value, _DECIMALS) + 0.0 for value in point] for point in points.tolist()]
