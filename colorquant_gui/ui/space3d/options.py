"""OptionsPanel: how the cloud is drawn, and which part of it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSlider,
    QWidget,
)

from colorquant_gui.ui.space3d.look import (
    BY_CLUSTER,
    BY_ERROR,
    EQUAL,
    FREQUENCY,
    MAX_POINT_SIZE,
    MIN_OPACITY,
    MIN_POINT_SIZE,
    TRUE,
    Look,
)
from colorquant_gui.ui.space3d.range_slider import RangeSlider
from colorquant_gui.ui.space3d.spaces.base import MINUS

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.clipping import Range
    from colorquant_gui.ui.space3d.spaces import DisplaySpace, SpaceAxis

_WIDTH = 272
# Slider steps: percent of opacity, twentieths of the point size.
_SIZE_STEPS = 20


class OptionsPanel(QFrame):
    """Opens below its button and closes with a click elsewhere, or Escape.

    Attributes
    ----------
    lookEdited : Signal(object)
        The person has chosen another `Look`.
    clipEdited : Signal(object)
        The person has moved a range: for each axis its lowest and highest value, or None.
    """

    lookEdited = Signal(object)
    clipEdited = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("spaceOptions")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(_WIDTH)
        self._look = Look()
        self._space: DisplaySpace | None = None
        self._colors = self._combo("colorModeCombo", (TRUE, BY_CLUSTER, BY_ERROR))
        self._sizes = self._combo("sizeModeCombo", (FREQUENCY, EQUAL))
        self._opacity = self._slider("opacitySlider", round(MIN_OPACITY * 100), 100)
        self._point_size = self._slider(
            "pointSizeSlider", int(MIN_POINT_SIZE * _SIZE_STEPS), int(MAX_POINT_SIZE * _SIZE_STEPS)
        )
        self._opacity_value, self._size_value = QLabel(self), QLabel(self)
        self._rows = [QLabel(self) for _ in range(4)]
        self._heading = QLabel(self)
        self._reset = QPushButton(self)
        self._reset.setObjectName("clipResetButton")
        self._reset.clicked.connect(self._show_all)
        self._clips = [RangeSlider(self) for _ in range(3)]
        self._clip_names = [QLabel(self) for _ in range(3)]
        self._clip_values = [QLabel(self) for _ in range(3)]
        self._lay_out()
        for number, slider in enumerate(self._clips):
            slider.setObjectName(f"clipSlider{number}")
            slider.rangeEdited.connect(self._report_clip)
        self.set_look(self._look)
        self._translate()

    def _combo(self, name: str, members: tuple[str, ...]) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        for member in members:
            combo.addItem(member, member)
        combo.activated.connect(self._report_look)
        return combo

    def _slider(self, name: str, low: int, high: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(name)
        slider.setRange(low, high)
        slider.setPageStep(10)
        slider.valueChanged.connect(self._report_look)
        return slider

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, control in enumerate((self._colors, self._sizes)):
            grid.addWidget(self._rows[row], row, 0)
            grid.addWidget(control, row, 1, 1, 2)
        sliders = ((self._opacity, self._opacity_value), (self._point_size, self._size_value))
        for row, (slider, value) in enumerate(sliders, 2):
            grid.addWidget(self._rows[row], row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(value, row, 2)
        grid.setRowMinimumHeight(4, 8)
        grid.addWidget(self._heading, 5, 0, 1, 2)
        grid.addWidget(self._reset, 5, 2)
        for number in range(3):
            row = 6 + number
            grid.addWidget(self._clip_names[number], row, 0)
            grid.addWidget(self._clips[number], row, 1)
            grid.addWidget(self._clip_values[number], row, 2)
        for value in (self._opacity_value, self._size_value, *self._clip_values):
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance(f"{MINUS}88 – {MINUS}88"))
        order = [self._colors, self._sizes, self._opacity, self._point_size]
        order += [handle for clip in self._clips for handle in clip.handles()]
        for first, second in zip(order, [*order[1:], self._reset], strict=True):
            QWidget.setTabOrder(first, second)

    def open_below(self, button: QWidget) -> None:
        """Open with the right edge at that of a button, as far as the screen has room."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 4))
        room = button.screen().availableGeometry()
        x = min(max(corner.x(), room.left()), room.right() - self.width())
        y = min(max(corner.y(), room.top()), room.bottom() - self.height())
        self.move(x, y)
        self.show()
        self._colors.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- values --------------------------------------------------------------------------------

    def set_look(self, look: Look) -> None:
        """Show a look, without a signal."""
        self._look = look
        self._colors.setCurrentIndex(self._colors.findData(look.color_mode))
        self._sizes.setCurrentIndex(self._sizes.findData(look.size_mode))
        for slider, value in (
            (self._opacity, look.opacity * 100),
            (self._point_size, look.point_size * _SIZE_STEPS),
        ):
            slider.blockSignals(True)
            slider.setValue(round(value))
            slider.blockSignals(False)
        self._write_values()

    def set_space(self, space: DisplaySpace) -> None:
        """Offer the axes of a space, unclipped, without a signal."""
        self._space = space
        for slider in self._clips:
            slider.set_range(0.0, 1.0)
        self._translate()

    def ranges(self) -> list[Range | None]:
        """Return the lowest and the highest value of each axis; None where all are shown."""
        if self._space is None:
            return [None, None, None]
        chosen: list[Range | None] = []
        for axis, slider in zip(self._space.axes, self._clips, strict=True):
            low, high = slider.range()
            # An axis may be a little shorter than what the rarest colours take up.
            ends = (
                _value(axis, low) if low > 0.0 else -math.inf,
                _value(axis, high) if high < 1.0 else math.inf,
            )
            chosen.append(None if (low, high) == (0.0, 1.0) else ends)
        return chosen

    def _show_all(self) -> None:
        for slider in self._clips:
            slider.set_range(0.0, 1.0)
        self._report_clip()

    def _report_look(self) -> None:
        look = replace(
            self._look,
            color_mode=self._colors.currentData(),
            size_mode=self._sizes.currentData(),
            opacity=self._opacity.value() / 100,
            point_size=self._point_size.value() / _SIZE_STEPS,
        )
        if look != self._look:
            self._look = look
            self._write_values()
            self.lookEdited.emit(look)

    def _report_clip(self) -> None:
        self._write_values()
        self.clipEdited.emit(self.ranges())

    # -- texts ---------------------------------------------------------------------------------

    def _write_values(self) -> None:
        self._opacity_value.setText(f"{round(self._look.opacity * 100)} %")
        self._size_value.setText(f"{self._look.point_size:.2g}×")
        if self._space is not None:
            pairs = zip(self._space.axes, self._clips, self._clip_values, strict=True)
            for axis, slider, value in pairs:
                low, high = (_rounded(axis, _value(axis, end)) for end in slider.range())
                value.setText(f"{axis.text(low)} – {axis.text(high)}")
        self._reset.setEnabled(any(self.ranges()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        texts = {
            TRUE: self.tr("True"),
            BY_CLUSTER: self.tr("By cluster"),
            BY_ERROR: self.tr("By error"),
            FREQUENCY: self.tr("By frequency"),
            EQUAL: self.tr("Equal"),
        }
        names = (self.tr("Colours"), self.tr("Sizes"), self.tr("Opacity"), self.tr("Point size"))
        controls = (self._colors, self._sizes, self._opacity, self._point_size)
        for label, control, name in zip(self._rows, controls, names, strict=True):
            label.setText(name)
            label.setBuddy(control)
            control.setAccessibleName(name)
        for combo in (self._colors, self._sizes):
            for row in range(combo.count()):
                combo.setItemText(row, texts[combo.itemData(row)])
        self.setAccessibleName(self.tr("View options"))
        self._heading.setText(self.tr("Show only"))
        self._reset.setText(self.tr("All"))
        self._reset.setAccessibleName(self.tr("Show all colours"))
        if self._space is not None:
            for axis, label, slider in zip(
                self._space.axes, self._clip_names, self._clips, strict=True
            ):
                label.setText(axis.name)
                slider.setAccessibleName(self.tr("Range of {0}").format(axis.name))
                slider.set_names(
                    self.tr("Lowest {0}").format(axis.name),
                    self.tr("Highest {0}").format(axis.name),
                )
        self._write_values()


def _value(axis: SpaceAxis, share: float) -> float:
    return axis.low + (axis.high - axis.low) * share


def _rounded(axis: SpaceAxis, value: float) -> float:
    """Round as far as a hundredth of the axis needs."""
    digits = 0 if axis.high - axis.low > 20 else 2
    return round(value, digits) + 0.0
