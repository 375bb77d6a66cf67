"""ExplanationBar: what the half-step on show does, and on demand its formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

_USUAL_WIDTH = 640
_SPACING = 4
# What the rest of a window needs; longer explanations are scrolled, but two lines are always seen.
_ELSEWHERE = 528
_LEAST_LINES = 2
# Most sentences have no more letters: there is room for them before they come, so that the picture
# above stays where it is while a run is played.
_USUAL_LETTERS = 250
# A dock may be a pixel lower than what is in it wants.
_SLACK = 2


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
        # what has been needed so far is kept, so that nothing jumps back and forth
        self._lines = self._least_lines = 1
        self._formula_height = 0
        self._said = self._short = self._preview = ""
        self._was_short = False
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
        self._texts = self._scrolled(self._text, self._formula)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._texts, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self.set_text("")
        self._lay_out()

    def _scrolled(self, *labels: QLabel) -> QScrollArea:
        self._content = content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        for label in labels:
            column.addWidget(label)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("explanationScroll")
        area.setAccessibleName(self.tr("Explanation"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        # keys are of use there only where there is something to scroll
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.verticalScrollBar().rangeChanged.connect(
            lambda _least, most: area.setFocusPolicy(
                Qt.FocusPolicy.TabFocus if most else Qt.FocusPolicy.NoFocus
            )
        )
        return area

    def sizeHint(self) -> QSize:
        """Return the height of the text at the width there is."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height: docks give no more than they must."""
        return QSize(super().minimumSizeHint().width(), self._height())

    def _height(self) -> int:
        """Return what is needed, or what the window has room for if that is less."""
        line = self._text.fontMetrics().lineSpacing()
        text = self._lines * line
        if self._formula_height and self._more.isChecked():
            text += _SPACING + self._formula_height
        text = self._content.contentsMargins().top() + min(text, self._room() * line)
        height = max(self._fold.sizeHint().height(), text if self._expanded else 0)
        return height + self._row.contentsMargins().bottom() + _SLACK

    def _room(self) -> int:
        """Return how many lines the window has room for."""
        line = self._text.fontMetrics().lineSpacing()
        return max((self.window().height() - _ELSEWHERE) // line, _LEAST_LINES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the text has at another width."""
        if event.size().width() != event.oldSize().width():
            self._lines, self._formula_height = 1, 0
            self._show_text()
            self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the height of the window, which says how much room there is."""
        self.window().installEventFilter(self)
        # until now the width was a guess
        self._lines, self._formula_height = 1, 0
        self._show_text()
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height where there is more room, or less."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._show_text()
            self.updateGeometry()
        return False

    def set_text(self, text: str, least_lines: int = 1, short: str = "") -> None:
        """Show a sentence; an empty one is the empty state.

        Parameters
        ----------
        text : str
            What to say, in one or more lines.
        least_lines : int
            Lines that there is room for in any case, so that nothing jumps while it is played.
        short : str
            What to say where the window has not the room for all that.
        """
        if (text, short, least_lines) == (self._said, self._short, self._least_lines):
            return
        if not text or least_lines != self._least_lines:
            self._lines = 1
            self.updateGeometry()
        self._said, self._short, self._least_lines = text, short, least_lines
        self._show_text()

    def set_preview(self, text: str) -> None:
        """Say that a preview is on show, in place of what is said of the run.

        Parameters
        ----------
        text : str
            A short sentence; empty to go back to the run.
        """
        began_or_ended = bool(text) != bool(self._preview)
        self._preview = text
        self._show_text()
        if began_or_ended:
            self._lay_out()

    def _show_text(self) -> None:
        """Show what there is room for."""
        is_short = self._is_short()
        if is_short != self._was_short:
            self._was_short, self._lines = is_short, 1
        said = self._short if is_short else self._said
        text = self._preview or said or self.tr("Each half-step of a run is explained here.")
        self._text.setText(text)
        self._text.setToolTip(self._said if is_short and not self._preview else "")
        is_there = bool(self._preview or said)
        role = QPalette.ColorRole.WindowText if is_there else QPalette.ColorRole.PlaceholderText
        self._text.setForegroundRole(role)
        self._measure()

    def _is_short(self) -> bool:
        if not self._short:
            return False
        return max(self._n_lines(self._said), self._least_lines) > self._room()

    def _n_lines(self, text: str) -> int:
        """Return how many lines a text takes at the present width."""
        metrics = self._text.fontMetrics()
        room = QRect(0, 0, self._text_width(), 99 * metrics.lineSpacing())
        wrapped = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return -(-wrapped.height() // metrics.lineSpacing())

    def _measure(self) -> None:
        """Find out how many lines the text has, and how high the formula is."""
        before = self._height()
        least = 1 if self._was_short else self._least_lines
        letters = self._text_width() // self._text.fontMetrics().averageCharWidth()
        usual = -(-_USUAL_LETTERS // max(letters, 1))
        self._lines = max(self._lines, least, usual, self._n_lines(self._text.text()))
        if self._formula.text():
            height = self._formula.heightForWidth(self._text_width())
            self._formula_height = max(self._formula_height, height)
        # not for every frame of a run: the window would be laid out anew each time
        if self._height() != before:
            self.updateGeometry()

    def _text_width(self) -> int:
        """Return how wide text is at the present width, also before it is laid out."""
        margins = self._row.contentsMargins()
        beside = self._fold.sizeHint().width() + self._more.sizeHint().width()
        beside += margins.left() + margins.right() + 2 * self._row.spacing()
        width = self.width() if self.isVisible() else _USUAL_WIDTH
        return max(width - beside, 1)

    def text(self) -> str:
        """Return the sentence on show."""
        return self._text.text()

    def set_formula(self, rich_text: str) -> None:
        """Give the formula of the half-step; where it is empty the button is greyed."""
        before = self._formula.text()
        if rich_text == before:
            return
        self._formula.setText(rich_text)
        if bool(rich_text) == bool(before):
            self._measure()
        else:
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
        # the first line stands on the same line as the words of the buttons
        beside = self._fold.sizeHint().height()
        self._more.setMinimumHeight(beside)
        above = max(beside - self._text.fontMetrics().lineSpacing() + 1, 0) // 2
        self._content.setContentsMargins(0, above, 0, 0)
        self._texts.setVisible(expanded)
        self._more.setVisible(expanded)
        # Only greyed, so that nothing jumps while a run is played through a step without one.
        self._more.setEnabled(formula and not self._preview)
        self._measure()
        shown = self._more.isChecked() and self._formula_height > 0
        self._formula.setVisible(shown and not self._preview)
        self.updateGeometry()
