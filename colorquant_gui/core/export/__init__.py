"""Formats that a result is saved in. A format is one module here and one line in the registry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from colorquant_gui.core.errors import SaveError
from colorquant_gui.core.export import png
from colorquant_gui.core.naming import shown_name, suggested_name, suggested_stem

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from colorquant_gui.core.indexed import IndexedImage

__all__ = ["EXPORT_FORMATS", "ExportFormat", "format_for", "suggested_name", "suggested_stem"]


@dataclass(frozen=True)
class ExportFormat:
    """One format of saved results.

    Attributes
    ----------
    name : str
        Its key in `EXPORT_FORMATS`.
    label : str
        What people call it.
    suffixes : tuple of str
        File name endings, lower case, with the dot; the first is the usual one.
    encode : callable of IndexedImage returning bytes
        Turns a result into the content of a file.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    encode: Callable[[IndexedImage], bytes]


EXPORT_FORMATS: dict[str, ExportFormat] = {
    member.name: member for member in (ExportFormat("png", "Indexed PNG", (".png",), png.encode),)
}


def format_for(path: str | os.PathLike[str]) -> ExportFormat:
    """Choose the format by the ending of a file name.

    Parameters
    ----------
    path : str or path-like
        Where a result is to be saved.

    Returns
    -------
    ExportFormat
        The first of `EXPORT_FORMATS` for a name without an ending.

    Raises
    ------
    SaveError
        No format has this ending; the message says which there are.
    """
    suffix = Path(path).suffix.lower()
    for member in EXPORT_FORMATS.values():
        if not suffix or suffix in member.suffixes:
            return member
    known = ", ".join(s for member in EXPORT_FORMATS.values() for s in member.suffixes)
    raise SaveError(
        f"{shown_name(path)} could not be saved: its ending says no format that results are "
        f"saved in ({known})."
    )
