"""Write a file or a folder step by step, so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from colorquant_gui.core.atomic import (
    check_destination,
    save_error,
    sync_folder,
    take_place,
    temporary_beside,
)
from colorquant_gui.core.errors import SaveError
from colorquant_gui.core.naming import shown_name

if TYPE_CHECKING:
    from collections.abc import Callable


def write_file_atomically(path: str | os.PathLike[str], write: Callable[[Path], None]) -> None:
    """Let a file be written that is too big for memory.

    It is written under another name beside its place, reaches the disk, and only then takes its
    name. Whatever `write` raises leaves what was there before.

    Parameters
    ----------
    path : str or path-like
        Where it goes. A file that is there keeps its permissions; of a symbolic link the file it
        points to is replaced.
    write : callable taking a Path
        Writes the content to the path it is given, an empty file.

    Raises
    ------
    SaveError
        It could not be written; the message names the file and the reason.
    """
    name = shown_name(path)
    target = check_destination(path)
    temporary = temporary_beside(target)
    try:
        try:
            temporary.open("xb").close()
            write(temporary)
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            take_place(temporary, target)
        except OSError as error:
            raise save_error(name, error) from error
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)


def check_new_folder(path: str | os.PathLike[str]) -> Path:
    """Find out before the work whether a folder could be made there.

    Parameters
    ----------
    path : str or path-like
        Where it is to go.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    SaveError
        There is a file or a folder that isn't empty, or the folder around it does not exist.
    """
    name = shown_name(path)
    try:
        target = Path(os.path.realpath(path))
        if not target.parent.is_dir():
            raise SaveError(
                f"{name} could not be saved: the folder {shown_name(target.parent)} does not exist."
            )
        if target.is_dir():
            if any(target.iterdir()):
                raise SaveError(
                    f"{name} could not be saved: this folder isn’t empty. Choose another name."
                )
        elif target.exists():
            raise SaveError(f"{name} could not be saved: there is a file of this name.")
    except OSError as error:
        raise save_error(name, error) from error
    except ValueError as error:
        raise SaveError(f"{name} is not a valid file name.") from error
    return target


def make_folder_atomically(path: str | os.PathLike[str], fill: Callable[[Path], None]) -> None:
    """Let a new folder be filled; nothing that exists is ever overwritten.

    Parameters
    ----------
    path : str or path-like
        Where it goes: a name that is not taken, or an empty folder.
    fill : callable taking a Path
        Writes files into the folder it is given. Whatever it raises leaves nothing behind.

    Raises
    ------
    SaveError
        It could not be made; the message names it and the reason.
    """
    name = shown_name(path)
    target = check_new_folder(path)
    temporary = temporary_beside(target)
    try:
        try:
            temporary.mkdir()
            fill(temporary)
            # an empty folder in its place need not give way to another on every system
            with contextlib.suppress(FileNotFoundError):
                target.rmdir()
            temporary.rename(target)
        except OSError as error:
            raise save_error(name, error) from error
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    sync_folder(target.parent)
