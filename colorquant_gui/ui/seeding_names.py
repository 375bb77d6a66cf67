"""What the seedings are called, and what they do in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorquant_gui.core.seeding import SEEDINGS


def seeding_names() -> list[tuple[str, str, str]]:
    """Return key, name and explanation of every member of `SEEDINGS`."""
    words = {
        "wu": (_tr("Wu"), _tr("Splits boxes of colours; always the same start")),
        "kmeans++": (_tr("k-means++"), _tr("Draws colours that are far from each other")),
        "random": (_tr("Random pixels"), _tr("Draws pixels of the picture")),
    }
    return [(key, *words[key]) for key in SEEDINGS]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SeedingNames", text)
