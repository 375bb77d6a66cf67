"""What a tooltip says about a colour and a centroid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QToolTip

from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def about_color(color: ArrayLike, count: int, total: int, becomes: ArrayLike | None) -> str:
    """Tell about a colour of the picture.

    Parameters
    ----------
    color : array_like, shape (3,)
        sRGB, 0..255.
    count, total : int
        Its pixels, and those of the picture; without a picture nothing is said of them.
    becomes : array_like, shape (3,), or None
        The colour of its cluster; None where it has none yet.

    Returns
    -------
    str
        Rich text.
    """
    rows = [_swatch_row(color), _share_row(count, total)]
    if becomes is not None:
        rows.append(_swatch_row(becomes, _tr("becomes")))
    return _table(rows)


def about_cell(
    color: ArrayLike, count: int, total: int, n_colors: int, becomes: ArrayLike | None
) -> str:
    """Tell about a cell of the histogram.

    Parameters
    ----------
    color : array_like, shape (3,)
        The mean of its pixels, sRGB, 0..255.
    count, total, becomes
        As for `about_color`; what most of its pixels become.
    n_colors : int
        Unique colours in it.

    Returns
    -------
    str
        Rich text.
    """
    name = _tr("Mean of {0} colours").format(formatting.integer(n_colors))
    head = [_text_row(name)] if n_colors > 1 else []
    rows = [*head, _swatch_row(color), _share_row(count, total)]
    if becomes is not None:
        rows.append(_swatch_row(becomes, _tr("becomes")))
    return _table(rows)


def about_centroid(color: ArrayLike, count: int, total: int) -> str:
    """Tell about a centroid; parameters as for `about_color`, though its colour may lie between."""
    return _table([_swatch_row(color, _tr("Centroid")), _share_row(count, total)])


def enlarged(text: str, scale: float) -> str:
    """Return a tooltip whose letters are so many times as big as those of others."""
    if scale == 1.0:
        return text
    size = QToolTip.font().pointSizeF() * scale
    return f"<span style='font-size:{size:.1f}pt'>{text}</span>"


def _table(rows: list[str]) -> str:
    return f"<table cellspacing='2'>{''.join(rows)}</table>"


def _swatch_row(color: ArrayLike, name: str = "") -> str:
    red, green, blue = np.clip(np.rint(color), 0, 255).astype(int).tolist()
    hex_code = formatting.hex_color(red, green, blue)
    head = f"{name} " if name else ""
    return (
        f"<tr><td style='background:{hex_code}' width='22'>&nbsp;</td>"
        f"<td style='white-space:pre'> {head}<b>{hex_code}</b>"
        f"  R {red}  G {green}  B {blue}</td></tr>"
    )


def _share_row(count: int, total: int) -> str:
    if not total:
        return ""
    pixels = _tr("1 pixel") if count == 1 else _tr("{0} pixels").format(formatting.integer(count))
    share = count / total
    percent = formatting.percent(share, 1 if share >= 0.001 or not count else 3).replace(
        "<", "&lt;"
    )
    return _text_row(f"{pixels} · {percent}")


def _text_row(text: str) -> str:
    return f"<tr><td></td><td style='white-space:pre'> {text}</td></tr>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("SpaceTooltip", text)
