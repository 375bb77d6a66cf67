"""The fields that forms are made of: a choice, a whole number, a decimal one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox

from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QAbstractSpinBox


def combo_field(
    name: str, title: str, choices: Sequence[tuple[str, object]], edited: Callable[[Any], None]
) -> QComboBox:
    """Make a field to choose one of a few in.

    Parameters
    ----------
    name, title : str
        objectName and accessibleName.
    choices : sequence of (str, object)
        What is read, and what it stands for.
    edited : callable
        Called with what a person chose.
    """
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for text, value in choices:
        box.addItem(text, value)
    box.activated.connect(lambda index: edited(box.itemData(index)))
    return box


def integer_field(
    name: str,
    title: str,
    suffix: str,
    reach: tuple[int, int, int],
    edited: Callable[[int], None],
) -> QSpinBox:
    """Make a field for a whole number.

    Parameters
    ----------
    name, title : str
        objectName and accessibleName.
    suffix : str
        The unit, with the space before it.
    reach : tuple of int
        The lowest, the highest, and the step of the arrows.
    edited : callable
        Called with each new number.
    """
    spin = QSpinBox()
    low, high, step = reach
    spin.setRange(low, high)
    spin.setSingleStep(step)
    _prepare(spin, name, title)
    spin.setSuffix(suffix)
    spin.valueChanged.connect(edited)
    return spin


def decimal_field(
    name: str,
    title: str,
    suffix: str,
    reach: tuple[float, float, float, int],
    edited: Callable[[float], None],
) -> QDoubleSpinBox:
    """Make a field for a decimal number.

    Parameters
    ----------
    name, title : str
        objectName and accessibleName.
    suffix : str
        The unit, with the space before it.
    reach : tuple of float and int
        The lowest, the highest, the step of the arrows, and the number of decimals.
    edited : callable
        Called with each new number, rounded to as many.
    """
    spin = QDoubleSpinBox()
    low, high, step, decimals = reach
    spin.setDecimals(decimals)
    spin.setRange(low, high)
    spin.setSingleStep(step)
    _prepare(spin, name, title)
    spin.setSuffix(suffix)
    spin.valueChanged.connect(lambda value: edited(round(value, decimals)))
    return spin


def _prepare(spin: QAbstractSpinBox, name: str, title: str) -> None:
    spin.setObjectName(name)
    spin.setAccessibleName(title)
    spin.setFont(tabular_font(spin.font()))
    spin.setKeyboardTracking(False)
    # fields in a row are as high as each other
    spin.setMinimumHeight(QComboBox().sizeHint().height())
