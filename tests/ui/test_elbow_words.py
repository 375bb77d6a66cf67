"""What is said of a suggestion for k."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from colorquant_gui.core.advisor import Elbow, Gains, Ground
from colorquant_gui.ui.elbow_words import bend_label, elbow_details, elbow_words

BEND = Elbow(13, Ground.BEND, 4.213, 1.08)


@pytest.mark.parametrize(
    ("bend", "words"),
    [
        (BEND, "Up to k = 13 a doubling gains 4.2 ΔE, beyond it 1.1."),
        (
            Elbow(1024, Ground.KEEPS_ALL, n_unique=1023),
            "The picture has 1,023 colours: k = 1024 keeps them all.",
        ),
        (
            Elbow(2, Ground.KEEPS_ALL, n_unique=1),
            "The picture has only 1 colour: there is nothing to choose.",
        ),
        (
            Elbow(2, Ground.ALL_ALIKE, difference=0.84),
            "Even 2 colours differ by 0.8 ΔE only: more gain nothing that is seen.",
        ),
        (
            Elbow(2, Ground.FLAT, difference=0.25, maximum=200),
            "From 2 to 200 colours only 0.2 ΔE are gained: that is hard to see.",
        ),
    ],
)
def test_the_facts_are_in_the_sentence(bend: Elbow, words: str) -> None:
    assert elbow_words(bend) == words


@pytest.mark.parametrize("ground", list(Ground))
def test_there_is_a_sentence_for_every_ground(ground: Ground) -> None:
    assert elbow_words(Elbow(None, ground)).endswith(".")
    assert bool(elbow_details(Elbow(None, ground))) == (ground is Ground.BEND)


@pytest.mark.parametrize(
    ("gains", "words"),
    [
        (Gains("psnr", 3.12, 2.66), "Up to k = 13 a doubling gains 3.1 dB, beyond it 2.7."),
        (Gains("mse", 2.04, 1.81), "Up to k = 13 a doubling divides MSE by 2.0, then by 1.8."),
        (Gains("p95_de", 7.0, 2.66), "Up to k = 13 a doubling gains 7.0 ΔE, beyond it 2.7."),
    ],
)
def test_it_is_told_in_what_the_curve_shows(gains: Gains, words: str) -> None:
    assert elbow_words(BEND, gains) == words


def test_a_bend_that_is_not_seen_in_the_curve_is_named() -> None:
    assert bend_label(BEND, "mean_de") == ""
    for quality in ("psnr", "mse", "p95_de"):
        assert bend_label(BEND, quality) == "bend of mean ΔE"
        assert bend_label(Elbow(20, Ground.KEEPS_ALL, n_unique=20), quality) == ""


def test_the_figures_are_explained() -> None:
    details = elbow_details(BEND)
    assert "4.2" in details
    assert "1.1" in details
    assert "CIEDE2000" in details


class German(QTranslator):
    """Knows one sentence."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context, source, _disambiguation=None, _n=-1):
        if context == "Elbow" and source.startswith("Up to k"):
            return "Bis k = {0} bringt jede Verdopplung {1} ΔE, danach {2}."
        return ""


def test_another_language_says_it_in_its_own_order(qapp) -> None:
    german = German()
    QCoreApplication.installTranslator(german)
    try:
        assert elbow_words(BEND) == "Bis k = 13 bringt jede Verdopplung 4.2 ΔE, danach 1.1."
    finally:
        QCoreApplication.removeTranslator(german)
