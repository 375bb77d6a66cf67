"""Finding icons and samples: the only module that knows where resources lie."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_SAMPLE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})

# as_file() unpacks what is not a plain file; such copies live as long as the program.
_unpacked = ExitStack()
atexit.register(_unpacked.close)


@cache
def _root() -> Traversable:
    package = files("colorquant_gui")
    installed = package / "resources"
    if installed.is_dir():
        return installed
    # A source checkout that runs uninstalled: the folder lies beside the package.
    return Path(__file__).resolve().parents[2] / "resources"


@cache
def _path(folder: str, name: str) -> Path:
    entry = _root() / folder / name
    if not entry.is_file():
        raise FileNotFoundError(f"No resource {folder}/{name}.")
    return _unpacked.enter_context(as_file(entry))


def icon_names() -> list[str]:
    """Return the names of all icons, sorted, without their suffix."""
    names = (entry.name for entry in (_root() / "icons").iterdir())
    return sorted(name.removesuffix(".svg") for name in names if name.endswith(".svg"))


@cache
def icon_bytes(name: str) -> bytes:
    """Return the SVG source of an icon.

    Parameters
    ----------
    name : str
        A member of `icon_names`.

    Raises
    ------
    FileNotFoundError
        There is no such icon.
    """
    return _path("icons", f"{name}.svg").read_bytes()


def sample_names() -> list[str]:
    """Return the file names of the sample pictures, sorted."""
    folder = _root() / "samples"
    if not folder.is_dir():
        return []
    names = (entry.name for entry in folder.iterdir())
    return sorted(name for name in names if Path(name).suffix.lower() in _SAMPLE_SUFFIXES)


def sample_path(name: str) -> Path:
    """Return where a sample picture can be read, valid until the program ends.

    Parameters
    ----------
    name : str
        A member of `sample_names`.

    Raises
    ------
    FileNotFoundError
        There is no such sample.
    """
    return _path("samples", name)


def sample_title(name: str) -> str:
    """Return what a sample picture is called, as "Pixel art" for ``pixel-art.png``.

    Parameters
    ----------
    name : str
        A member of `sample_names`.
    """
    title = Path(name).stem.replace("-", " ").capitalize()
    return QCoreApplication.translate("Samples", title)
