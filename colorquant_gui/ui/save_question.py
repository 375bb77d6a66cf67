"""Asks where something is to be saved, never over something else without a question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from colorquant_gui.core.export import EXPORT_FORMATS
from colorquant_gui.core.image import SUPPORTED_SUFFIXES
from colorquant_gui.ui import dialogs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.preferences import Preferences

FOLDER_KEY = "saveFolder"


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
        With an ending of the formats; None where the person thought better of it.
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
    known = [suffix for _, suffixes in kinds for suffix in suffixes]
    if known and path.suffix.lower() not in known:
        number = filters.index(chosen) if chosen in filters else 0
        path = path.with_name(path.name + kinds[number][1][0])
        # the file dialog has asked about the name as typed, not about this one
        if _exists(path) and not dialogs.confirm_replace(window, path):
            return None
    if is_same_file(path, source) and not dialogs.confirm_overwrite_source(window, path):
        return None
    preferences.put(FOLDER_KEY, str(path.parent))
    return path


def with_known_ending(window: QWidget, path: Path) -> Path | None:
    """Give a result's file the ending of a format that can be written, asking where that matters.

    Parameters
    ----------
    window : QWidget
        The window.
    path : Path
        The name as it was typed.

    Returns
    -------
    Path or None
        None where the person thought better of it.
    """
    known = [suffix for kind in EXPORT_FORMATS.values() for suffix in kind.suffixes]
    ending = path.suffix.lower()
    if ending in known:
        return path
    if ending in SUPPORTED_SUFFIXES:
        # who types .gif wants a GIF, and must know that there is none
        other = path.with_suffix(known[0])
        if not dialogs.confirm_other_format(window, path.name, other.name):
            return None
    else:
        other = path.with_name(path.name + known[0])
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


def _exists(path: Path) -> bool:
    """Whether there is a file; of a name that can't be looked up, saving says what is wrong."""
    try:
        return path.exists()
    except OSError:
        return False
