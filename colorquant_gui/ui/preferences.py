"""Preferences: what is remembered between runs, whatever state the settings file is in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_RECENT = 10


class Preferences:
    """Typed access to QSettings; a missing or damaged value is the default.

    Parameters
    ----------
    store : QSettings, optional
        Where values live; the application's own store by default.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings()

    def text(self, key: str, default: str, allowed: Iterable[str] | None = None) -> str:
        """Return a text, or the default where it is missing or not allowed."""
        value = self._store.value(key, default)
        if not isinstance(value, str) or (allowed is not None and value not in set(allowed)):
            return default
        return value

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Return a number from `low` to `high`, or the default."""
        try:
            value = float(str(self._store.value(key, default)))
        except ValueError:
            return default
        return value if low <= value <= high else default

    def state(self, key: str) -> QByteArray:
        """Return a window geometry or dock state; empty where there is none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def names(self, key: str, default: Iterable[str]) -> set[str]:
        """Return a set of names stored by `put_names`."""
        value = self._store.value(key)
        return set(value.split()) if isinstance(value, str) else set(default)

    def options(self, key: str) -> dict[str, object]:
        """Return what `put_options` stored; empty where there is nothing of use."""
        value = self._store.value(key)
        try:
            options = json.loads(value) if isinstance(value, str) else {}
        except ValueError:
            return {}
        return options if isinstance(options, dict) else {}

    def put_options(self, key: str, options: dict[str, object]) -> None:
        """Remember a dictionary of plain values."""
        self._store.setValue(key, json.dumps(options))

    def put(self, key: str, value: str | float | QByteArray) -> None:
        """Remember a value."""
        self._store.setValue(key, value)

    def put_names(self, key: str, names: Iterable[str]) -> None:
        """Remember a set of names without spaces."""
        self._store.setValue(key, " ".join(sorted(names)))

    def recent_files(self) -> list[Path]:
        """Return recently opened files, the newest first."""
        value = self._store.value("recentFiles", [])
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list):
            return []
        return [Path(entry) for entry in entries if isinstance(entry, str) and entry][:MAX_RECENT]

    def add_recent(self, path: Path) -> None:
        """Put a file on top of the recent ones."""
        path = path.absolute()
        others = [entry for entry in self.recent_files() if entry != path]
        self._store.setValue("recentFiles", [str(p) for p in [path, *others][:MAX_RECENT]])

    def forget_recent(self, path: Path | None = None) -> None:
        """Take one file off the recent ones, or all of them."""
        kept = [p for p in self.recent_files() if path is not None and p != path]
        self._store.setValue("recentFiles", [str(p) for p in kept])

    def folder(self, key: str) -> Path:
        """Return a remembered folder, or the person's home where it is gone."""
        value = self._store.value(key)
        if isinstance(value, str) and value and Path(value).is_dir():
            return Path(value)
        return Path.home()
