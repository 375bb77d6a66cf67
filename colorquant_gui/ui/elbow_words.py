"""What is said of a suggestion for k, and why."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorquant_gui.core.advisor import Elbow, Ground
from colorquant_gui.ui import formatting


def _tr(text: str) -> str:
    return QCoreApplication.translate("Elbow", text)


def elbow_words(bend: Elbow) -> str:
    """Return a short sentence, such as "Up to k = 13 a doubling gains 4.2 ΔE, beyond it 1.1."."""
    match bend.ground:
        case Ground.NOTHING_VISIBLE:
            return _tr("All of this picture is transparent: there are no colours to count.")
        case Ground.KEEPS_ALL:
            return _keeps_all(bend.k or 0, bend.n_unique or 0)
        case Ground.ALL_ALIKE:
            words = _tr("Even 2 colours differ by {0} ΔE only: more gain nothing that is seen.")
            return words.format(_number(bend.difference))
        case Ground.FLAT:
            words = _tr("From 2 to {0} colours only {1} ΔE are gained: that is hard to see.")
            return words.format(bend.maximum, _number(bend.difference))
        case Ground.TOO_FEW_POINTS:
            return _tr("Too little of the curve is measured yet.")
        case Ground.STRAIGHT:
            return _tr("The curve has no bend: each doubling of k gains about as much.")
        case Ground.BEND:
            words = _tr("Up to k = {0} a doubling gains {1} ΔE, beyond it {2}.")
            return words.format(bend.k, _number(bend.gain_before), _number(bend.gain_after))


def elbow_details(bend: Elbow) -> str:
    """Return what the figures of a suggestion mean; empty where there are none."""
    if bend.ground is not Ground.BEND:
        return ""
    words = _tr(
        "The bend of the curve: up to k = {0}, each doubling of k takes {1} off the mean "
        "difference from the picture (CIEDE2000); from there on, {2}."
    )
    return words.format(bend.k, _number(bend.gain_before), _number(bend.gain_after))


def _keeps_all(k: int, n_unique: int) -> str:
    if n_unique == 1:
        return _tr("This picture has only 1 colour: there is nothing to choose.")
    words = _tr("This picture has only {0} colours: k = {1} keeps them all.")
    return words.format(formatting.integer(n_unique), k)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
