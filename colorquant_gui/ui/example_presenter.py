"""ExamplePresenter: shows the sums of the worked example, in words and as lines in 3D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui import formulas
from colorquant_gui.ui.worked_example import LINES, color_index, explain, scope

if TYPE_CHECKING:
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session import Frame
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.paced_words import PacedWords


class ExamplePresenter:
    """Explains moments of the worked example.

    Parameters
    ----------
    window : MainWindow
        Has `color_space`.
    words : PacedWords
        Says it.
    """

    def __init__(self, window: MainWindow, words: PacedWords) -> None:
        self._window, self._words = window, words
        self.is_shown = False

    def show(self, frame: Frame, histogram: ColorHistogram, *, has_lines: bool) -> None:
        """Explain a moment.

        Parameters
        ----------
        frame : Frame
            The moment.
        histogram : ColorHistogram
            The colours of the picture.
        has_lines : bool
            Whether its centres are on show, so that lines may lead to them.
        """
        self.is_shown = True
        explained, space = explain(frame), self._window.color_space
        space.set_measures(explained.measures if has_lines else ())
        space.set_scope(scope(histogram, frame.history))
        space.set_highlight(color_index(histogram.colors), None)
        formula = formulas.formula_update() if frame.is_moving else formulas.formula_assign()
        formula = "" if frame.is_seeding else formula
        self._words.say(explained.text, formula, explained.short, LINES)

    def hide_lines(self) -> None:
        """Show no lines: none of the centres that they lead to is on show."""
        if self.is_shown:
            self._window.color_space.set_measures(())

    def leave(self) -> None:
        """Show no more of it, and the whole space again."""
        if self.is_shown:
            self.hide_lines()
            self.is_shown = False
            self._window.color_space.set_scope(None)
