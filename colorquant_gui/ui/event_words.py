"""What happens in a run besides its half-steps: the moves of a search.

Nothing here knows Qt's widgets: numbers in, text out.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting
from colorquant_gui.ui.words import put


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)


def describe_event(kind: str, n_born: int = 0, n_dropped: int | None = None) -> str:
    """Say what happened between two iterations of a search.

    Parameters
    ----------
    kind : str
        "moves", "restart" or "kept"; another one says nothing.
    n_born, n_dropped : int
        For "moves": centroids that came and that went; as many by default.

    Returns
    -------
    str
        One sentence.
    """
    dropped = n_born if n_dropped is None else n_dropped
    if kind == "restart":
        return _tr("Another random start led to a lower error: the run goes on from there.")
    if kind == "kept":
        return _tr(
            "The search is over. An earlier iteration makes the better palette of 8-bit colours, "
            "so that one is kept."
        )
    if kind != "moves":
        return ""
    born = (
        _tr("1 cluster with much error was split")
        if n_born == 1
        else put(_tr("{n} clusters with much error were split"), n=formatting.integer(n_born))
    )
    gone = (
        _tr("1 that was hardly needed was dropped")
        if dropped == 1
        else put(_tr("{n} that were hardly needed were dropped"), n=formatting.integer(dropped))
    )
    return put(_tr("{born}, and {gone}."), born=born, gone=gone)


def event_mark(kind: str, n_born: int = 0, n_dropped: int | None = None) -> str:
    """Return an event in few words, for a mark: ``3 clusters split, 3 dropped``."""
    dropped = n_born if n_dropped is None else n_dropped
    if kind == "restart":
        return _tr("continued from a better random start")
    if kind == "kept":
        return _tr("kept the better palette of an earlier iteration")
    if kind != "moves":
        return ""
    words = _tr("1 cluster split, {gone} dropped")
    if n_born != 1:
        words = _tr("{born} clusters split, {gone} dropped")
    born, gone = formatting.integer(n_born), formatting.integer(dropped)
    return put(words, born=born, gone=gone)
