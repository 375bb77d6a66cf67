"""What the advisor answers to the question for a k, beside the k itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colorquant_gui.core.advisor import Choice, CurvePoint


def _tr(text: str) -> str:
    return QCoreApplication.translate("AdvisorWords", text)


def quality_answer(choice: Choice, points: Sequence[CurvePoint], kind: str) -> str:
    """Say what there is to say besides the smallest k; "" where that is all.

    Parameters
    ----------
    choice : Choice
        The answer.
    points : sequence of CurvePoint
        The curve so far, k ascending, at least one.
    kind : {"psnr", "mean_de"}
        What is to be reached.
    """
    if choice.k is not None:
        if choice.decided:
            return ""
        return _tr("k = {0} does; the smallest is {1} or more.").format(choice.k, choice.low)
    if choice.high is not None:
        return _tr("None of the k measured so far reaches that.")
    best = max(points, key=lambda point: point.psnr if kind == "psnr" else -point.mean_de)
    if kind == "psnr":
        most = formatting.decibels(best.psnr)
    else:
        most = _tr("a mean ΔE of {0:.2f}").format(best.mean_de)
    return _tr("No k reaches that: k = {0} comes to {1}.").format(best.k, most)


def size_answer(choice: Choice, points: Sequence[CurvePoint]) -> str:
    """Say what there is to say besides the largest k whose file is small; "" where that is all.

    Parameters
    ----------
    choice : Choice
        The answer.
    points : sequence of CurvePoint
        The curve so far, k ascending, at least one.
    """
    if choice.k is not None:
        if choice.decided:
            return ""
        if choice.estimated:
            return _tr("By an estimate, k = {0} is the largest.").format(choice.k)
        return _tr("k = {0} does; the largest is {1} or less.").format(choice.k, choice.high)
    sizes = [(point.n_bytes, point.k) for point in points if point.n_bytes is not None]
    if choice.high is not None or not sizes:
        return _tr("None of the files encoded so far is that small.")
    least, k = min(sizes)
    words = _tr("No k gives a file that small: that of k = {0} has {1}.")
    return words.format(k, formatting.file_size(least))


def brief_answer(choice: Choice) -> str:
    """Say in a word or two what is open about an answer; "" where a sentence is needed, or nothing.

    Parameters
    ----------
    choice : Choice
        The answer.
    """
    if choice.decided and choice.k is not None:
        return ""
    if choice.k is None:
        return _tr("none so far") if choice.high is not None else ""
    if choice.estimated:
        return _tr("by estimate")
    return f"{choice.low}–{choice.high}"


def limit_words(n_unique: int, maximum: int) -> str:
    """Say why there is no greater k, in a few words.

    Parameters
    ----------
    n_unique : int
        Unique colours of the picture.
    maximum : int
        The greatest k; one more than that where transparent pixels have an entry.
    """
    if n_unique < maximum:
        if n_unique == 1:
            return _tr("1 colour and transparency are all there is")
        words = _tr("{0} colours and transparency are all there is")
    else:
        words = _tr("{0} colours are all there are")
    return words.format(formatting.integer(n_unique))
