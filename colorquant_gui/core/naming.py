"""Names of files: how they are shown in a sentence, and what a result is called."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

_MAX_STEM_BYTES = 180
_RESULT_ENDING = re.compile(r"-\d+-colours?$")
_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_PICTURE_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")


def printable(text: str) -> str:
    """Return text on one line: control characters and broken bytes replaced."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) in ("Cc", "Cs")
        else character
        for character in text
    )


def shown_name(path: str | os.PathLike[str]) -> str:
    """Return the last part of a path in quotes, fit to be printed on one line.

    Parameters
    ----------
    path : str or path-like
        A file or folder. Line breaks, other control characters and bytes that are no text are
        replaced.

    Returns
    -------
    str
        Such as ``“photo.png”``.
    """
    text = os.fspath(path)
    return f"“{printable(Path(text).name or text)}”"


def suggested_name(source_name: str, k: int, suffix: str = ".png") -> str:
    """Suggest what to call a result.

    Parameters
    ----------
    source_name : str
        Name of the picture, with or without a suffix: ``photo.jpg``, ``Clipboard``.
    k : int
        Colours of the result.
    suffix : str
        Suffix of the format it is saved in.

    Returns
    -------
    str
        A file name that every system accepts, such as ``photo-16-colours.png``. The name of an
        earlier result is not added to: ``photo-16-colours.png`` becomes ``photo-8-colours.png``.
    """
    return f"{suggested_stem(source_name)}-{k}-colour{'' if k == 1 else 's'}{suffix}"


def suggested_stem(source_name: str) -> str:
    """Suggest how the names of what is made from a picture begin.

    Parameters
    ----------
    source_name : str
        Name of the picture, with or without a suffix: ``photo.jpg``, ``Clipboard``.

    Returns
    -------
    str
        Such as ``photo``; short enough for an ending of some words, and with nothing in it that a
        system does not accept. The ending of an earlier result is left out.
    """
    stem = _PICTURE_SUFFIX.sub("", source_name)
    stem = _RESULT_ENDING.sub("", _NOT_IN_FILE_NAMES.sub("_", stem)).strip(" .")
    stem = stem.encode("utf-8", "replace")[:_MAX_STEM_BYTES].decode("utf-8", "ignore")
    return stem or "picture"
