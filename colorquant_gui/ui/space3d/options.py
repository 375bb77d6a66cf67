"""OptionsPanel: how the cloud is drawn, and which part of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui.space3d.layer_checks import LayerChecks
from colorquant_gui.ui.space3d.look import (
    BY_CLUSTER,
    BY_ERROR,
    CELL_BITS,
    CELLS,
    EQUAL,
    FREQUENCY,
    MAX_POINT_SIZE,
    MIN_OPACITY,
    MIN_POINT_SIZE,
    TRUE,
    Look,
)
from colorquant_gui.ui.space3d.scrolled import Scrolled
from colorquant_gui.ui.space3d.slice_rows import SliceRows

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 4
# Slider steps: percent of opacity, twentieths of the point size.
_SIZE_STEPS = 20


class OptionsPanel(QFrame):
    """Opens beside the view and closes with a click elsewhere, or Escape.

    Attributes
    ----------
    lookEdited : Signal(object)
        The person has chosen another `Look`.
    layers : LayerChecks
        Which layers are shown.
    slice : SliceRows
        Which part of the space is shown.
    """

    lookEdited = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("spaceOptions")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._look = Look()
        self.layers = LayerChecks(self)
        self._colors = self._combo("colorModeCombo", (TRUE, BY_CLUSTER, BY_ERROR))
        self._sizes = self._combo("sizeModeCombo", (FREQUENCY, EQUAL, CELLS))
        self._cells = self._combo("cellBitsCombo", CELL_BITS)
        self._opacity = self._slider("opacitySlider", round(MIN_OPACITY * 100), 100)
        self._point_size = self._slider(
            "pointSizeSlider", int(MIN_POINT_SIZE * _SIZE_STEPS), int(MAX_POINT_SIZE * _SIZE_STEPS)
        )
        self._opacity_value, self._size_value = QLabel(self), QLabel(self)
        self._rows = [QLabel(self) for _ in range(6)]
        self.slice = SliceRows(self)
        self._lay_out()
        self.set_look(self._look)
        self._translate()

    def _combo(self, name: str, members: Sequence[str | int]) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        for member in members:
            combo.addItem(str(member), member)
        combo.activated.connect(self._report_look)
        return combo

    def _combos(self) -> tuple[QComboBox, ...]:
        return self._colors, self._sizes, self._cells

    def _slider(self, name: str, low: int, high: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(name)
        slider.setRange(low, high)
        slider.setPageStep(10)
        slider.valueChanged.connect(self._report_look)
        return slider

    def _lay_out(self) -> None:
        self._inside = Scrolled(self)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._inside)
        grid = QGridLayout(self._inside.content)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, control in enumerate((self.layers, *self._combos())):
            grid.addWidget(self._rows[row], row, 0)
            grid.addWidget(control, row, 1, 1, 2)
        # beside the first of its rows
        grid.setAlignment(self._rows[0], Qt.AlignmentFlag.AlignTop)
        self._fit_text()
        sliders = ((self._opacity, self._opacity_value), (self._point_size, self._size_value))
        for row, (slider, value) in enumerate(sliders, 4):
            grid.addWidget(self._rows[row], row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(value, row, 2)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.setRowMinimumHeight(6, 8)
        self.slice.add_to(grid, 7)
        order = [*self.layers.stops(), *self._combos(), self._opacity, self._point_size]
        order += self.slice.stops()
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _fit_text(self) -> None:
        """Follow the size of the text."""
        self._rows[0].setFixedHeight(self.layers.stops()[0].sizeHint().height())
        self.slice.translate()

    def open_beside(self, view: QWidget) -> None:
        """Open where it covers neither a view that it changes nor, if possible, what is beside it.

        Below the view if there is room on the screen, else at a side of it, else in its corner.
        """
        # where the program has a style sheet, a font goes no further than to whom it is given
        for widget in (self, *self.findChildren(QWidget)):
            widget.setFont(view.font())
        self._fit_text()
        covered = QRect(view.mapToGlobal(QPoint()), view.size())
        room = view.screen().availableGeometry()
        frame = QSize(1, 1) * (2 * self.frameWidth())
        self.resize(self._inside.size_in(room.size() - frame) + frame)
        self.move(beside(covered, self.size(), room))
        self.show()
        self._colors.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- values --------------------------------------------------------------------------------

    def set_look(self, look: Look) -> None:
        """Show a look, without a signal."""
        self._look = look
        self._colors.setCurrentIndex(self._colors.findData(look.color_mode))
        self._sizes.setCurrentIndex(self._sizes.findData(look.size_mode))
        self._cells.setCurrentIndex(self._cells.findData(look.cell_bits))
        for slider, value in (
            (self._opacity, look.opacity * 100),
            (self._point_size, look.point_size * _SIZE_STEPS),
        ):
            slider.blockSignals(True)
            slider.setValue(round(value))
            slider.blockSignals(False)
        self._write_values()

    def _report_look(self) -> None:
        look = replace(
            self._look,
            color_mode=self._colors.currentData(),
            size_mode=self._sizes.currentData(),
            cell_bits=self._cells.currentData(),
            opacity=self._opacity.value() / 100,
            point_size=self._point_size.value() / _SIZE_STEPS,
        )
        if look != self._look:
            self._look = look
            self._write_values()
            self.lookEdited.emit(look)

    # -- texts ---------------------------------------------------------------------------------

    def _write_values(self) -> None:
        self._opacity_value.setText(f"{round(self._look.opacity * 100)} %")
        self._size_value.setText(f"{self._look.point_size:.2g}×")
        for part in (self._cells, self._rows[3]):
            part.setEnabled(self._look.size_mode == CELLS)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        texts: dict[str | int, str] = {
            TRUE: self.tr("True"),
            BY_CLUSTER: self.tr("By cluster"),
            BY_ERROR: self.tr("By error"),
            FREQUENCY: self.tr("By frequency"),
            EQUAL: self.tr("Equal"),
            CELLS: self.tr("Histogram"),
        }
        texts |= {bits: " × ".join([f"{1 << bits}"] * 3) for bits in CELL_BITS}
        names = (
            self.tr("Show"), self.tr("Colours"), self.tr("Points"), self.tr("Cells"),
            self.tr("Opacity"), self.tr("Point size"),
        )  # fmt: skip
        controls = (self.layers, *self._combos(), self._opacity, self._point_size)
        for label, control, name in zip(self._rows, controls, names, strict=True):
            label.setText(name)
            label.setBuddy(control)
            control.setAccessibleName(name)
        for combo in self._combos():
            for row in range(combo.count()):
                combo.setItemText(row, texts[combo.itemData(row)])
        self.setAccessibleName(self.tr("View options"))
        self.slice.translate()
        self._write_values()


def beside(view: QRect, size: QSize, room: QRect) -> QPoint:
    """Find a place for a panel, in the coordinates of the screen.

    Parameters
    ----------
    view : QRect
        What it had better not cover.
    size : QSize
        Of the panel.
    room : QRect
        What there is of the screen.

    Returns
    -------
    QPoint
        Its top left corner.
    """
    wide, high = size.width(), size.height()
    right = view.right() + 1 - wide
    places = (
        QPoint(right, view.bottom() + 1 + _GAP),
        QPoint(view.left() - wide - _GAP, view.top()),
        QPoint(view.right() + 1 + _GAP, view.top()),
        QPoint(right, view.top() - high - _GAP),
    )
    for place in places:
        # it may be moved along the view, not over it
        x = min(max(place.x(), room.left()), room.right() + 1 - wide)
        y = min(max(place.y(), room.top()), room.bottom() + 1 - high)
        panel = QRect(QPoint(x, y), size)
        if room.contains(panel) and not panel.intersects(view):
            return panel.topLeft()
    corner = QRect(QPoint(right, view.bottom() + 1 - high), size).topLeft()
    x = min(max(corner.x(), room.left()), room.right() + 1 - wide)
    return QPoint(x, min(max(corner.y(), room.top()), room.bottom() + 1 - high))
