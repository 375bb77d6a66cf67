"""What is said of a suggestion for k, and why."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorquant_gui.core.advisor import Elbow, Gains, Ground
from colorquant_gui.ui import formatting


def _tr(text: str) -> str:
    return QCoreApplication.translate("Elbow", text)


def elbow_words(bend: Elbow, gains: Gains | None = None) -> str:
    """Return a short sentence, such as "Up to k = 13 a doubling gains 4.2 ΔE, beyond it 1.1.".

    Parameters
    ----------
    bend : Elbow
        The suggestion.
    gains : Gains, optional
        What doublings gain, in the quality that is looked at; in mean CIEDE2000 by default.
    """
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
            return _bend_words(bend, gains)


def elbow_details(bend: Elbow) -> str:
    """Return what the figures of a suggestion mean; empty where there are none."""
    if bend.ground is not Ground.BEND:
        return ""
    words = _tr(
        "The bend is that of the mean difference from the picture (CIEDE2000), which is what is "
        "seen: up to k = {0} each doubling of k takes {1} off it; from there on, {2}."
    )
    return words.format(bend.k, _number(bend.gain_before), _number(bend.gain_after))


def bend_label(bend: Elbow, quality: str) -> str:
    """Return what is written at the bend on a chart of another quality; "" where it is seen.

    Parameters
    ----------
    bend : Elbow
        The suggestion.
    quality : str
        What the chart shows: "psnr", "mse", "mean_de" or "p95_de".
    """
    if bend.ground is not Ground.BEND or quality == "mean_de":
        return ""
    return _tr("bend of mean ΔE")


def _bend_words(bend: Elbow, gains: Gains | None) -> str:
    before, after, quality = bend.gain_before, bend.gain_after, "mean_de"
    if gains is not None:
        before, after, quality = gains.before, gains.after, gains.quality
    sentences = {
        "psnr": _tr("Up to k = {0} a doubling gains {1} dB, beyond it {2}."),
        "mse": _tr("Up to k = {0} a doubling divides MSE by {1}, then by {2}."),
    }
    usual = _tr("Up to k = {0} a doubling gains {1} ΔE, beyond it {2}.")
    return sentences.get(quality, usual).format(bend.k, _number(before), _number(after))


def _keeps_all(k: int, n_unique: int) -> str:
    if n_unique == 1:
        return _tr("The picture has only 1 colour: there is nothing to choose.")
    words = _tr("The picture has {0} colours: k = {1} keeps them all.")
    return words.format(formatting.integer(n_unique), k)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
