"""Numbers as a person reads them: thousands separators, units, no false precision."""

from __future__ import annotations

import math

_MOST_DECIMALS = 8
_UNITS = ("B", "kB", "MB", "GB", "TB")


def integer(value: int) -> str:
    """Return a whole number with thousands separators: ``177,204``."""
    return f"{value:,}"


def dimensions(width: int, height: int) -> str:
    """Return a size in pixels: ``3,840 × 2,560``."""
    return f"{width:,} × {height:,}"


def file_size(n_bytes: int) -> str:
    """Return a file size in SI units (1 kB is 1000 bytes): ``823 B``, ``1.2 MB``.

    Parameters
    ----------
    n_bytes : int
        Bytes, 0 or more.
    """
    value, unit = float(n_bytes), 0
    # 999.95 would be printed as 1000.0: that is the next unit's 1.0.
    while value >= (1000 if unit == 0 else 999.95) and unit < len(_UNITS) - 1:
        value /= 1000
        unit += 1
    return f"{value:,.0f} B" if unit == 0 else f"{value:,.1f} {_UNITS[unit]}"


def percent(fraction: float, decimals: int = 0) -> str:
    """Return a share as a percentage: ``29 %``.

    Parameters
    ----------
    fraction : float
        0.29 for 29 %; may exceed 1.
    decimals : int
        Digits after the point. What is not zero but would be printed so becomes ``<1 %``
        (or ``<0.1 %``, ...).
    """
    smallest = 10.0**-decimals
    value = fraction * 100
    if 0 < value < smallest and round(value, decimals) < smallest:
        return f"<{smallest:.{decimals}f} %"
    return f"{value:,.{decimals}f} %"


def decibels(value: float) -> str:
    """Return a level in dB with one decimal: ``29.2 dB``, ``∞ dB``."""
    return "∞ dB" if math.isinf(value) else f"{value:.1f} dB"


def error(value: float) -> str:
    """Return a mean squared error: ``1,232.0``, ``9.24``, ``0.00164``, ``0``."""
    if value == 0:
        return "0"
    if value >= 9.995:
        return f"{value:,.1f}"
    # three digits that count, of the small errors of a space from 0 to 1
    decimals = min(2 - math.floor(math.log10(value)), _MOST_DECIMALS) if value < 0.995 else 2
    return f"{value:.{decimals}f}"


def speed(factor: float) -> str:
    """Return a speed factor: ``0.25×``, ``2×``."""
    return f"{factor:g}×"


def hex_color(red: int, green: int, blue: int) -> str:
    """Return an sRGB colour as on the web: ``#D8AF91``."""
    return f"#{red:02X}{green:02X}{blue:02X}"


def rgb_color(red: int, green: int, blue: int) -> str:
    """Return an sRGB colour as a CSS function: ``rgb(216, 175, 145)``."""
    return f"rgb({red}, {green}, {blue})"
