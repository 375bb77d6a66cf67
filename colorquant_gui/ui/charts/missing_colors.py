"""MissingColors: well-populated colours that are far from every palette entry, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from colorquant_gui.core.advisor.missing import MOST_REGIONS
from colorquant_gui.ui import formatting
from colorquant_gui.ui.charts.dispensable import Dispensable
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from colorquant_gui.core.advisor import MissingColor

_SWATCH = 20


class MissingColors(QWidget):
    """A row for each missing colour: what it is, where it is, and what k it takes.

    Attributes
    ----------
    missingColorShown : Signal(int)
        The person wants to see where a colour is, by its position in the list; -1 no longer.
    kEdited : Signal(int)
        The person chose the k that gets a colour.
    """

    missingColorShown = Signal(int)
    kEdited = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missingColors")
        self.setAccessibleName(self.tr("Missing colours"))
        self._title = QLabel(self.tr("Missing"))
        self._title.setToolTip(self.tr("Colours of the picture that no entry comes near"))
        self._none = QLabel(self.tr("No colour is missing: each has one near it in the palette."))
        self._none.setObjectName("missingColorsNone")
        self._none.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._none.setWordWrap(True)
        self._rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(4, 1)
        self._grid.addWidget(self._title, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._none)
        layout.addLayout(self._grid)
        # made now, or the Tab key would come to them after everything else in the window
        self._make_rows(MOST_REGIONS)
        self.set_missing(None)

    def set_missing(self, colors: Sequence[MissingColor] | None) -> None:
        """Show the list; None where it is not known yet. The colour shown stays so if it is left.

        Parameters
        ----------
        colors : sequence of MissingColor, or None
            In the order of the rows.
        """
        self.setVisible(colors is not None)
        colors = colors or ()
        self._none.setVisible(not colors)
        self._title.setVisible(bool(colors))
        shown = next((row.rgb for row in self._rows if row.show.isChecked()), None)
        self._make_rows(len(colors))
        for row, color in zip(self._rows, colors, strict=False):
            row.fill(color)
            row.show.setChecked(shown is not None and tuple(color.rgb) == shown)
        for row in self._rows[len(colors) :]:
            row.clear()

    def _make_rows(self, count: int) -> None:
        while len(self._rows) < count:
            self._rows.append(_Row(self, self._grid, len(self._rows)))
            self._rows[-1].clear()

    def show_only(self, index: int) -> None:
        """Show where a colour is as chosen, by its position; -1 shows none. Emits nothing."""
        for number, row in enumerate(self._rows):
            row.show.setChecked(number == index)


class _Row:
    def __init__(self, owner: MissingColors, grid: QGridLayout, index: int) -> None:
        self.rgb: tuple[int, int, int] | None = None
        self._k = 0
        self._owner, self._index = owner, index
        self.swatch = _Swatch()
        self.name, self.share, self.distance = Dispensable(), QLabel(), Dispensable()
        self.show, self.take = QToolButton(), QToolButton()
        for label, kind in ((self.name, "Name"), (self.share, "Share"), (self.distance, "Far")):
            label.setObjectName(f"missingColor{index}{kind}")
            label.setFont(tabular_font(label.font()))
        self.name.setIndent(4)
        self.share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.distance.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.show.setObjectName(f"missingColor{index}Show")
        self.show.setText(owner.tr("Show"))
        self.show.setToolTip(owner.tr("Show where this colour is in the picture"))
        self.show.setCheckable(True)
        self.show.clicked.connect(self._show)
        self.take.setObjectName(f"missingColor{index}Take")
        self.take.clicked.connect(lambda: owner.kEdited.emit(self._k))
        widgets = (self.swatch, self.name, self.share, self.distance, self.show, self.take)
        self._widgets: tuple[QWidget, ...] = widgets
        for column, widget in enumerate(widgets, 1):
            grid.addWidget(widget, index, column)

    def fill(self, color: MissingColor) -> None:
        """Show a colour."""
        red, green, blue = (int(channel) for channel in color.rgb)
        self.rgb = (red, green, blue)
        for widget in self._widgets:
            widget.show()
        self.swatch.set_color(QColor(red, green, blue))
        name = formatting.hex_color(red, green, blue)
        self.name.setText(name)
        self.share.setText(formatting.percent(color.share, 1))
        self.share.setToolTip(self._owner.tr("Part of the picture"))
        self.distance.setText(f"ΔE {color.distance:.0f}")
        self.distance.setToolTip(
            self._owner.tr("CIEDE2000 to the palette colour that stands for it")
        )
        self.show.setAccessibleName(self._owner.tr("Show %1").replace("%1", name))
        self.take.setVisible(color.k_needed is not None)
        if color.k_needed is not None:
            self._k = color.k_needed
            words = self._owner.tr("Use k = %1").replace("%1", str(self._k))
            self.take.setText(words)
            self.take.setAccessibleName(f"{name}: {words}")
            self.take.setToolTip(self._owner.tr("The smallest k with a colour near this one"))

    def clear(self) -> None:
        """Show nothing."""
        self.rgb = None
        self.show.setChecked(False)
        for widget in self._widgets:
            widget.hide()

    def _show(self, checked: bool) -> None:
        self._owner.show_only(self._index if checked else -1)
        self._owner.missingColorShown.emit(self._index if checked else -1)


class _Swatch(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._color = QColor()
        self.setFixedSize(QSize(_SWATCH, _SWATCH))

    def set_color(self, color: QColor) -> None:
        """Show a colour."""
        self._color = color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a square with a hairline around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(self._color)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.end()
