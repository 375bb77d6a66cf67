"""SliceRows: which part of the space is shown, one range for each of its axes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from colorquant_gui.ui.space3d.range_slider import RangeSlider

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.clipping import Range
    from colorquant_gui.ui.space3d.range_handle import RangeHandle
    from colorquant_gui.ui.space3d.spaces import DisplaySpace, SpaceAxis

_ALL = (0.0, 1.0)


class SliceRows(QObject):
    """Rows of a panel; a space keeps its ranges until there is another picture.

    Parameters
    ----------
    panel : QWidget
        Where the rows are.

    Attributes
    ----------
    edited : Signal(object)
        The person has moved a range: for each axis its lowest and highest value, or None.
    """

    edited = Signal(object)

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._space: DisplaySpace | None = None
        # by what tells a space from others, one that is fitted to a picture included
        self._kept: dict[object, list[tuple[float, float]]] = {}
        self._heading = QLabel(panel)
        self._reset = QPushButton(panel)
        self._reset.setObjectName("clipResetButton")
        self._reset.clicked.connect(self.show_all)
        self._sliders = [RangeSlider(panel) for _ in range(3)]
        self._names = [QLabel(panel) for _ in range(3)]
        self._values = [QLabel(panel) for _ in range(3)]
        for number, slider in enumerate(self._sliders):
            slider.setObjectName(f"clipSlider{number}")
            slider.rangeEdited.connect(self._report)
        for value in self._values:
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Take four rows of a grid with three columns."""
        grid.addWidget(self._heading, row, 0)
        grid.addWidget(self._reset, row, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        for number in range(3):
            below = row + 1 + number
            grid.addWidget(self._names[number], below, 0)
            grid.addWidget(self._sliders[number], below, 1)
            grid.addWidget(self._values[number], below, 2)

    def stops(self) -> list[QWidget]:
        """Return what takes the focus, in its order."""
        handles: list[RangeHandle] = [end for one in self._sliders for end in one.handles()]
        return [*handles, self._reset]

    def set_space(self, space: DisplaySpace) -> None:
        """Offer the axes of a space, with the ranges it had when it was left; no signal."""
        if self._space is not None:
            self._kept[_identity(self._space)] = [slider.range() for slider in self._sliders]
        self._space = space
        ranges = self._kept.get(_identity(space), [_ALL] * 3)
        for slider, ends in zip(self._sliders, ranges, strict=True):
            slider.set_range(*ends)
        self.translate()

    def ranges(self) -> list[Range | None]:
        """Return the lowest and the highest value of each axis; None where all are shown."""
        if self._space is None:
            return [None, None, None]
        chosen: list[Range | None] = []
        for axis, slider in zip(self._space.axes, self._sliders, strict=True):
            low, high = slider.range()
            # An axis may be a little shorter than what the rarest colours take up.
            ends = (
                _value(axis, low) if low > 0.0 else -math.inf,
                _value(axis, high) if high < 1.0 else math.inf,
            )
            chosen.append(None if (low, high) == _ALL else ends)
        return chosen

    def forget(self) -> None:
        """Choose everything in each of the spaces, without a signal."""
        self._kept.clear()
        for slider in self._sliders:
            slider.set_range(*_ALL)
        self._write_values()

    def show_all(self) -> None:
        """Choose everything, as the person does by a button."""
        for slider in self._sliders:
            slider.set_range(*_ALL)
        self._report()

    def _report(self) -> None:
        self._write_values()
        self.edited.emit(self.ranges())

    def translate(self) -> None:
        """Follow the language and the space."""
        self._heading.setText(self.tr("Show only"))
        self._reset.setText(self.tr("All"))
        self._reset.setAccessibleName(self.tr("Show all colours"))
        if self._space is not None:
            for axis, label, value, slider in zip(
                self._space.axes, self._names, self._values, self._sliders, strict=True
            ):
                label.setText(axis.name)
                slider.setAccessibleName(self.tr("Range of {0}").format(axis.name))
                slider.set_names(
                    self.tr("Lowest {0}").format(axis.name),
                    self.tr("Highest {0}").format(axis.name),
                    self.tr(
                        "Drag between the handles to move both, or press Ctrl with an arrow key"
                    ),
                )
                # what is beside it must not move while a handle does
                longest = (_told(axis, low, high) for low in _ALL for high in _ALL)
                advance = value.fontMetrics().horizontalAdvance
                value.setMinimumWidth(max(map(advance, longest)))
        self._write_values()

    def _write_values(self) -> None:
        if self._space is not None:
            rows = zip(self._space.axes, self._sliders, self._values, strict=True)
            for axis, slider, value in rows:
                value.setText(_told(axis, *slider.range()))
        self._reset.setEnabled(any(self.ranges()))


def _identity(space: DisplaySpace) -> object:
    return space.key, tuple((axis.low, axis.high) for axis in space.axes)


def _value(axis: SpaceAxis, share: float) -> float:
    return axis.low + (axis.high - axis.low) * share


def _told(axis: SpaceAxis, low: float, high: float) -> str:
    """Write a range, each end rounded as far as a hundredth of the axis needs."""
    digits = 0 if axis.high - axis.low > 20 else 2
    ends = (axis.text(round(_value(axis, end), digits) + 0.0) for end in (low, high))
    return " – ".join(ends)
