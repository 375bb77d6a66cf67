"""What is said of a swatch: its colour in several forms, and its share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from PySide6.QtGui import QColor


def describe_swatch(color: QColor | None, count: int, total: int) -> str:
    """Say what a swatch stands for, line by line.

    Parameters
    ----------
    color : QColor or None
        None for transparent pixels.
    count : int
        Pixels of it.
    total : int
        Pixels of all.

    Returns
    -------
    str
        Such as ``#D8AF91``, ``rgb(216, 175, 145)`` and ``12.5 %, 1,600 pixels`` in three lines.
    """
    lines = [_tr("Transparent")] if color is None else [hex_text(color), rgb_text(color)]
    many = _tr("{} pixels").format(formatting.integer(count))
    share = formatting.percent(count / max(1, total), 1)
    return "\n".join((*lines, f"{share}, {_tr('1 pixel') if count == 1 else many}"))


def hex_text(color: QColor) -> str:
    """Return a colour as on the web: ``#D8AF91``."""
    return formatting.hex_color(color.red(), color.green(), color.blue())


def rgb_text(color: QColor) -> str:
    """Return a colour as a CSS function: ``rgb(216, 175, 145)``."""
    return formatting.rgb_color(color.red(), color.green(), color.blue())


def _tr(text: str) -> str:
    return QCoreApplication.translate("PaletteView", text)
