"""Asks where something is to be saved, never over something else without a question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from colorquant_gui.core.image import SUPPORTED_SUFFIXES
from colorquant_gui.ui import dialogs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.preferences import Preferences

FOLDER_KEY = "saveFolder"
# Endings that stand for a format to those who type them, beside those of pictures.
_OTHER_ENDINGS = (
    *(".mp4", ".m4v", ".webm", ".mov", ".avi", ".mkv", ".svg", ".pdf", ".heic", ".jxl"),
    *(".csv", ".json", ".tsv", ".txt", ".xlsx", ".ods", ".gpl", ".pal", ".ase", ".aco"),
)


def ask_save_path(
    window: QWidget,
    preferences: Preferences,
    title: str,
    suggestion: str,
    kinds: Sequence[tuple[str, tuple[str, ...]]],
    source: Path | None = None,
) -> Path | None:
    """Ask for a file name in one of some formats.

    Parameters
    ----------
    window : QWidget
        The window.
    preferences : Preferences
        Remembers the folder.
    title : str
        What is to be saved.
    suggestion : str
        A file name without a folder.
    kinds : sequence of (str, tuple of str)
        Name and file name endings of each format. An empty tuple stands for a folder, whose name
        is taken as it is.
    source : Path, optional
        The opened picture: it is asked about once more.

    Returns
    -------
    Path or None
        With an ending of the formats, see `with_known_ending`; None where the person thought
        better of it.
    """
    filters = [
        f"{label} ({' '.join(f'*{suffix}' for suffix in suffixes) or '*'})"
        for label, suffixes in kinds
    ]
    folder = preferences.folder(FOLDER_KEY)
    name, chosen = QFileDialog.getSaveFileName(
        window, title, str(folder / suggestion), ";;".join(filters)
    )
    if not name:
        return None
    path = Path(name)
    number = filters.index(chosen) if chosen in filters else 0
    in_order = [kinds[number], *kinds[:number], *kinds[number + 1 :]]
    files = [(label, suffixes) for label, suffixes in in_order if suffixes]
    endings = [suffixes for _, suffixes in files]
    fitting = with_known_ending(window, path, endings, files[0][0] if len(files) == 1 else "")
    if fitting is None:
        return None
    path = fitting
    if is_same_file(path, source) and not dialogs.confirm_overwrite_source(window, path):
        return None
    preferences.put(FOLDER_KEY, str(path.parent))
    return path


def with_known_ending(
    window: QWidget, path: Path, endings: Sequence[tuple[str, ...]], label: str = ""
) -> Path | None:
    """Give a file the ending of a format that can be written, asking where that matters.

    An ending that stands for another format gives way to the right one, once that is agreed to;
    what follows any other dot is a part of the name, and stays.

    Parameters
    ----------
    window : QWidget
        The window.
    path : Path
        The name as it was typed.
    endings : sequence of tuple of str
        File name endings of each format that can be written, lower case; in the first format
        where the name says none. None at all for a folder, whose name is taken as it is.
    label : str
        What the format is called where there is only one; several, and one without, are told
        apart by their endings.

    Returns
    -------
    Path or None
        None where the person thought better of it.
    """
    known = [ending for format_endings in endings for ending in format_endings]
    ending = path.suffix.lower()
    if not known or ending in known:
        return path
    if ending in SUPPORTED_SUFFIXES or ending in _OTHER_ENDINGS:
        # who types .gif wants a GIF, and must know that there will be none
        other = _with_ending(path, path.stem, known[0])
        formats = [label] if label else [first[1:].upper() for first, *_ in endings]
        if not dialogs.confirm_other_format(window, path.name, other.name, formats):
            return None
    else:
        other = _with_ending(path, path.name, known[0])
    # the file dialog has asked about the name as typed, not about this one
    if _exists(other) and not dialogs.confirm_replace(window, other):
        return None
    return other


def is_same_file(path: Path, other: Path | None) -> bool:
    """Whether two names are of one existing file; what can't be read is another."""
    try:
        return other is not None and path.exists() and path.samefile(other)
    except OSError:
        return False


def _with_ending(path: Path, name: str, ending: str) -> Path:
    """Give a file another name; a dot at its end was to begin an ending."""
    return path.with_name((name.rstrip(".") or name) + ending)


def _exists(path: Path) -> bool:
    """Whether there is a file; of a name that can't be looked up, saving says what is wrong."""
    try:
        return path.exists()
    except OSError:
        return False
