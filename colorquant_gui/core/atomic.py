"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

from colorquant_gui.core.errors import SaveError
from colorquant_gui.core.naming import shown_name

_REASONS = {
    errno.ENOSPC: "there is no space left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you have no permission to write there",
    errno.EPERM: "you have no permission to write there",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "its folder does not exist",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "the file would be too large for the disk",
}


def check_destination(path: str | os.PathLike[str]) -> Path:
    """Find out before the work whether a file could be saved there.

    Parameters
    ----------
    path : str or path-like
        Where it is to go.

    Returns
    -------
    Path
        The file that would be written: where `path` is a symbolic link, the file it points to.

    Raises
    ------
    SaveError
        It is a folder or no regular file, is write-protected, or its folder does not exist.
    """
    name = shown_name(path)
    try:
        target = Path(os.path.realpath(path))
        folder = target.parent
        if not folder.is_dir():
            raise SaveError(
                f"{name} could not be saved: the folder {shown_name(folder)} does not exist."
            )
        try:
            mode = target.stat().st_mode
        except FileNotFoundError:
            return target
    except OSError as error:
        raise save_error(name, error) from error
    except ValueError as error:
        raise SaveError(f"{name} is not a valid file name.") from error
    if stat.S_ISDIR(mode):
        raise SaveError(f"{name} could not be saved: it is a folder.")
    if not stat.S_ISREG(mode):
        raise SaveError(f"{name} could not be saved: it is a device or a pipe, not a file.")
    if not os.access(target, os.W_OK):
        raise SaveError(f"{name} could not be saved: the file there is write-protected.")
    return target


def save_bytes_atomically(data: bytes, path: str | os.PathLike[str]) -> None:
    """Write a file so that a failure at any moment leaves what was there before.

    The bytes go into a new file beside it, reach the disk, and only then take its name.

    Parameters
    ----------
    data : bytes
        The content.
    path : str or path-like
        Where it goes. A file that is there keeps its permissions; a symbolic link stays one, and
        the file it points to is replaced.

    Raises
    ------
    SaveError
        It could not be written; the message names the file and the reason. The old file is whole
        and nothing is left behind.
    """
    name = shown_name(path)
    target = check_destination(path)
    temporary = temporary_beside(target)
    try:
        # the system applies the person's umask to a new file
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
        )
    except OSError as error:
        raise save_error(name, error) from error
    try:
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        take_place(temporary, target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise save_error(name, error) from error
        raise
    sync_folder(target.parent)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def temporary_beside(target: Path) -> Path:
    """Return a name in the same folder that nothing has."""
    # short, so that a long name beside it stays possible
    return target.with_name(f".{secrets.token_hex(8)}.tmp")


def take_place(temporary: Path, target: Path) -> None:
    """Give a file that is complete the name, and the permissions, of what it replaces."""
    with contextlib.suppress(FileNotFoundError):
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))
    temporary.replace(target)


def sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def save_error(name: str, error: OSError) -> SaveError:
    """Say in a sentence why a file could not be written; `name` as by `shown_name`."""
    reason = _REASONS.get(error.errno or 0) or (error.strerror or str(error)).rstrip(".")
    # what a system makes up, such as /proc, says so of every new name
    if error.errno == errno.ENOENT and _is_in_folder(error.filename):
        reason = "its folder takes no new files"
    return SaveError(f"{name} could not be saved: {reason}.")


def _is_in_folder(path: object) -> bool:
    return isinstance(path, str | os.PathLike) and Path(path).parent.is_dir()
