"""ExplanationBar: what the half-step on show does, and on demand its formula."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from colorquant_gui.ui.theme import tabular_font

_USUAL_WIDTH = 640


class ExplanationBar(QWidget):
    """A line of text that folds away.

    Attributes
    ----------
    expandedEdited : Signal(bool)
        The person folded it out or away.
    formulaEdited : Signal(bool)
        The person asked for formulas, or no longer.
    """

    expandedEdited = Signal(bool)
    formulaEdited = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanationBar")
        self.setAccessibleName(self.tr("Explanation"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._fold = QToolButton()
        self._fold.setObjectName("explanationFold")
        self._fold.setAutoRaise(True)
        self._fold.setText(self.tr("Explain"))
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.clicked.connect(self._toggle)
        self._expanded = False
        self._text = QLabel()
        self._text.setObjectName("explanationText")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFont(tabular_font(self._text.font()))
        # Text of any length must not make the window wider.
        policy = (QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setSizePolicy(*policy)
        self._more = QToolButton()
        self._more.setObjectName("explanationFormula")
        self._more.setCheckable(True)
        self._more.setAutoRaise(True)
        self._more.setText(self.tr("Formula"))
        self._more.setToolTip(self.tr("Show the formula of this half-step"))
        self._more.toggled.connect(self._lay_out)
        self._more.clicked.connect(self.formulaEdited)
        self._formula = QLabel()
        self._formula.setObjectName("explanationFormulaText")
        self._formula.setWordWrap(True)
        self._formula.setTextFormat(Qt.TextFormat.RichText)
        self._formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._formula.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._formula.setSizePolicy(*policy)
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(4)
        texts.addWidget(self._text)
        texts.addWidget(self._formula)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self.set_text("")
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return the height of the text at the width there is."""
        # Without this, text that may be of any width asks for a column of single words.
        hint = super().sizeHint()
        height = self.heightForWidth(max(self.width(), _USUAL_WIDTH))
        return QSize(hint.width(), height if height > 0 else hint.height())

    def set_text(self, text: str, least_lines: int = 1) -> None:
        """Show a sentence; an empty one is the empty state.

        Parameters
        ----------
        text : str
            What to say, in one or more lines.
        least_lines : int
            Lines that there is room for in any case, so that nothing jumps while it is played.
        """
        self._text.setMinimumHeight(least_lines * self._text.fontMetrics().lineSpacing())
        self._text.setText(text or self.tr("Each half-step of a run is explained here."))
        role = QPalette.ColorRole.WindowText if text else QPalette.ColorRole.PlaceholderText
        self._text.setForegroundRole(role)

    def text(self) -> str:
        """Return the sentence on show."""
        return self._text.text()

    def set_formula(self, rich_text: str) -> None:
        """Give the formula of the half-step; where it is empty the button is greyed."""
        self._formula.setText(rich_text)
        self._lay_out()

    def set_expanded(self, expanded: bool) -> None:
        """Fold it out or away; emits nothing."""
        self._expanded = expanded
        self._lay_out()

    def is_expanded(self) -> bool:
        """Return whether it is folded out."""
        return self._expanded

    def set_formula_shown(self, shown: bool) -> None:
        """Show formulas, or none; emits nothing."""
        self._more.setChecked(shown)

    def is_formula_shown(self) -> bool:
        """Return whether formulas are shown where there are some."""
        return self._more.isChecked()

    def _toggle(self) -> None:
        self.set_expanded(not self._expanded)
        self.expandedEdited.emit(self._expanded)

    def _lay_out(self) -> None:
        expanded, formula = self._expanded, bool(self._formula.text())
        self._fold.setArrowType(Qt.ArrowType.DownArrow if expanded else Qt.ArrowType.RightArrow)
        self._fold.setToolTip(
            self.tr("Hide the explanation") if expanded else self.tr("Explain each half-step")
        )
        self._text.setVisible(expanded)
        self._more.setVisible(expanded)
        # Only greyed, so that nothing jumps while a run is played through a step without one.
        self._more.setEnabled(formula)
        self._formula.setVisible(expanded and formula and self._more.isChecked())
