"""AdvisorPanel: what is said beside the curve over k, from a suggestion to missing colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colorquant_gui.ui.charts.missing_colors import MissingColors
from colorquant_gui.ui.charts.suggestion import Suggestion
from colorquant_gui.ui.charts.target_question import TargetQuestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colorquant_gui.core.advisor import MissingColor


class AdvisorPanel(QWidget):
    """A suggestion, what is to be reached with the k that does, and the colours that are missing.

    Attributes
    ----------
    targetEdited : Signal(str, float)
        The person wants "psnr" of at least so many dB, "mean_de" (CIEDE2000) of at most so much,
        or "n_bytes" of at most so many bytes.
    kEdited : Signal(int)
        The person takes a k that was suggested.
    missingColorShown : Signal(int)
        The person wants to see where a missing colour is, by its position; -1 no longer.
    """

    targetEdited = Signal(str, float)
    kEdited = Signal(int)
    missingColorShown = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("advisorPanel")
        self.setAccessibleName(self.tr("Advisor for k"))
        self._note = QLabel()
        self._note.setObjectName("advisorNote")
        self._note.setWordWrap(True)
        self._suggestion = Suggestion()
        self._suggestion.taken.connect(self.kEdited)
        self._question = TargetQuestion()
        self._question.targetEdited.connect(self.targetEdited)
        self._question.kEdited.connect(self.kEdited)
        self._missing = MissingColors()
        self._missing.kEdited.connect(self.kEdited)
        self._missing.missingColorShown.connect(self.missingColorShown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        for widget in (self._note, self._suggestion, self._question, self._missing):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.set_note("")

    def set_suggestion(self, k: int | None, reason: str = "", details: str = "") -> None:
        """Suggest a k.

        Parameters
        ----------
        k : int or None
            None suggests none.
        reason : str
            Why, in a sentence.
        details : str
            What the figures in it mean.
        """
        self._suggestion.suggest(k, reason, details)

    def set_current_k(self, k: int | None) -> None:
        """Tell the k in use, which is offered nowhere."""
        self._suggestion.set_current_k(k)
        self._question.set_current_k(k)

    def set_target(self, kind: str, value: float) -> None:
        """Show what is to be reached; emits nothing.

        Parameters
        ----------
        kind : str
            "psnr", "mean_de" or "n_bytes".
        value : float
            In dB, CIEDE2000 or bytes; brought into the range that can be typed.
        """
        self._question.set_target(kind, value)

    def target(self) -> tuple[str, float]:
        """Return what is to be reached: its kind, and dB, CIEDE2000 or bytes."""
        return self._question.target()

    def set_target_answer(self, text: str, k: int | None, brief: str = "") -> None:
        """Answer.

        Parameters
        ----------
        text : str
            What there is to say besides the k; an empty one says nothing.
        k : int or None
            The k that is offered; None offers none.
        brief : str
            The same in a word or two, where that says enough.
        """
        self._question.set_answer(text, k, brief)

    def set_question_enabled(self, enabled: bool) -> None:
        """Let the person ask, or not, where there is nothing to choose; `set_note` says why."""
        self._question.setEnabled(enabled)

    def set_note(self, text: str) -> None:
        """Say in a sentence that nothing is to be gained; an empty one says nothing."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def set_missing(self, colors: Sequence[MissingColor] | None) -> None:
        """List missing colours; None where it is not known yet which are."""
        self._missing.set_missing(colors)

    def show_missing(self, index: int) -> None:
        """Show which missing colour is shown in the picture; -1 for none. Emits nothing."""
        self._missing.show_only(index)
