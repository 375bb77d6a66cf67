"""What is said of a preview where a run would be told about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui.preview_watch import PreviewKind
from colorquant_gui.ui.words import put

if TYPE_CHECKING:
    from colorquant_gui.ui.preview_watch import Preview


def _tr(text: str) -> str:
    return QCoreApplication.translate("PreviewWords", text)


@dataclass(frozen=True)
class PreviewWords:
    """What is said of a preview.

    Attributes
    ----------
    title : str
        What is on show, in a few words.
    of_run : str
        What charts and timeline are of, in a few words.
    sentence : str
        What is on show, and what follows. Short enough for a line of a small window.
    """

    title: str
    of_run: str
    sentence: str


def describe_preview(preview: Preview) -> PreviewWords:
    """Say what is on show in place of a run.

    Parameters
    ----------
    preview : Preview
        What is on show.
    """
    title = put(_tr("Preview of k = {k}"), k=preview.k)
    follows = {
        PreviewKind.MOVING: _tr("{title}. The full run begins as soon as k stays there."),
        PreviewKind.GLIMPSE: _tr(
            "{title}: click to choose it. The run with k = {run} waits meanwhile."
        ),
        PreviewKind.SEEDING: _tr("The run with k = {k} begins with its seeding…"),
    }[preview.kind]
    return PreviewWords(
        _tr("Seeding…") if preview.kind is PreviewKind.SEEDING else title,
        put(_tr("Run with k = {run}"), run=preview.run_k),
        put(follows, title=title, run=preview.run_k, k=preview.k),
    )
