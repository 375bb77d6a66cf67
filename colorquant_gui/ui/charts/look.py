"""ChartLook: the colours and the font of charts, taken from the palette of the theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QPalette

from colorquant_gui.ui.theme import is_dark, tick_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_Role = QPalette.ColorRole

# Told apart by lightness, too; none is the accent, which is for what is chosen.
_HUES_ON_LIGHT = ("#b4530a", "#0c7a70", "#8b3aa8", "#595959")
_HUES_ON_DARK = ("#f5a742", "#4fd6c5", "#d69af0", "#b4b4b4")
N_HUES = len(_HUES_ON_LIGHT)


@dataclass(frozen=True)
class ChartLook:
    """What a chart is drawn with; two that are equal look the same.

    Attributes
    ----------
    background, ink, soft, grid, accent, text : QColor
        The surface, a line, what is less than a line, grid lines, what is chosen, numbers.
    hues : tuple of QColor
        For lines that are to be told apart.
    font : QFont
        For numbers, all digits equally wide.
    """

    background: QColor
    ink: QColor
    soft: QColor
    grid: QColor
    accent: QColor
    text: QColor
    hues: tuple[QColor, ...]
    font: QFont

    @classmethod
    def of(cls, widget: QWidget) -> ChartLook:
        """Take the look from the palette and the font of a widget."""
        palette = widget.palette()
        window, text = palette.color(_Role.Window), palette.color(_Role.WindowText)
        names = _HUES_ON_DARK if is_dark(palette) else _HUES_ON_LIGHT
        return cls(
            background=window,
            ink=text,
            soft=_mixed(window, text, 0.55),
            grid=_mixed(window, text, 0.12),
            accent=palette.color(_Role.Highlight),
            text=palette.color(_Role.PlaceholderText),
            hues=tuple(QColor(name) for name in names),
            font=tick_font(widget.font()),
        )

    def line_color(self, ink: int | None) -> QColor:
        """Return a line's colour: that of text, or one of the hues (counted round)."""
        return self.ink if ink is None else self.hues[ink % N_HUES]


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    def channel(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        channel(first.red(), second.red()),
        channel(first.green(), second.green()),
        channel(first.blue(), second.blue()),
    )
