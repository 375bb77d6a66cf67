"""What happens in a run besides its half-steps: stages of the seeding, moves of a search.

Nothing here knows Qt's widgets: numbers in, text out.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting
from colorquant_gui.ui.words import put


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)


def describe_seeding(
    kind: str, stage: int, k: int, method: str = "", n_picks: int | None = None
) -> str:
    """Say what a stage of the seeding does.

    Parameters
    ----------
    kind : str
        "draws", "splits" or "given".
    stage : int
        1 to k: so many centroids there are after it. 1 for "given", where all come at once.
    k : int
        Number of centroids.
    method : str
        The seeding's key; "kmeans++" and "random" say more of "draws".
    n_picks : int, optional
        For "given": how many colours a person picked; None where nobody did.

    Returns
    -------
    str
        One or two sentences.
    """
    if kind == "splits":
        if stage == 1:
            words = _tr("One box holds all colours; its centroid is their mean.")
        else:
            words = _tr(
                "Box {stage} of {k}: the box with the largest variance is cut in two where that "
                "lowers the error most. Each part’s centroid is its mean."
            )
    elif kind == "given":
        return _given(k, n_picks)
    elif method == "random":
        words = _tr("Centroid {stage} of {k} is the colour of a pixel drawn at random.")
    elif method == "kmeans++" and stage == 1:
        words = _tr("Centroid 1 of {k} is drawn at random, likelier where there are more pixels.")
    elif method == "kmeans++":
        words = _tr(
            "Centroid {stage} of {k}: of several candidates, drawn the likelier the more error "
            "they cause, the one that lowers the error most."
        )
    else:
        words = _tr("Centroid {stage} of {k} is drawn.")
    return put(words, stage=stage, k=k)


def _given(k: int, n_picks: int | None) -> str:
    if n_picks is None:
        words = _tr("All {k} centroids start at once, where they were put.")
        if k == 1:
            words = _tr("The centroid starts where it was put.")
    elif n_picks == k:
        words = _tr("All {k} centroids start at once, at the colours that were picked.")
        if k == 1:
            words = _tr("The centroid starts at the colour that was picked.")
    elif n_picks > k:
        words = _tr("The {k} centroids start at the first of the {n} colours that were picked.")
        if k == 1:
            words = _tr("The centroid starts at the first of the {n} colours that were picked.")
    elif n_picks == 1:
        words = _tr(
            "1 of {k} centroids starts at the colour that was picked; the others were added where "
            "the error was greatest."
        )
    else:
        words = _tr(
            "{n} of {k} centroids start at the colours that were picked; the others were added "
            "where the error was greatest."
        )
    return put(words, k=k, n=n_picks)


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
