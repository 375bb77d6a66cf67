"""What the chart over k shows: points of the curve in, lines and a table out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting
from colorquant_gui.ui.charts.content import Content, Exit, Level, Limit, Line, Mark
from colorquant_gui.ui.charts.readout import SEPARATOR
from colorquant_gui.ui.charts.scales import Bytes, Linear, Logarithmic, Octaves

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from colorquant_gui.core.advisor import CurvePoint
    from colorquant_gui.ui.charts.scales import Scale

    Points = Sequence[CurvePoint]

FILE_SIZE = "n_bytes"
_FILE_INK = 0


def _tr(text: str) -> str:
    return QCoreApplication.translate("KCurve", text)


def delta_e(value: float) -> str:
    """Return a CIEDE2000 difference: ``1.84``."""
    return f"{value:.2f}"


def _size_text(value: float) -> str:
    return formatting.file_size(round(value))


@dataclass(frozen=True)
class Quality:
    """A quality that can be on the left.

    Attributes
    ----------
    scale : Scale
        Its axis.
    text : callable taking a float, returning str
        How a value reads.
    """

    scale: Scale
    text: Callable[[float], str]


# By the attribute of a point that has it.
QUALITIES: dict[str, Quality] = {
    "psnr": Quality(Linear(), formatting.decibels),
    "mse": Quality(Logarithmic(), formatting.error),
    "mean_de": Quality(Linear(from_zero=True), delta_e),
    "p95_de": Quality(Linear(from_zero=True), delta_e),
}


def quality_name(key: str) -> str:
    """Return what a person calls a quality, or the size of the file."""
    names = {
        "psnr": _tr("PSNR"),
        "mse": _tr("MSE"),
        "mean_de": _tr("Mean ΔE2000"),
        "p95_de": _tr("95th percentile of ΔE2000"),
        FILE_SIZE: _tr("File size"),
    }
    return names[key]


def empty_words(total: int | None, paused: bool) -> str:
    """Say why there is no curve.

    Parameters
    ----------
    total : int or None
        Values of k that there are; None without a picture.
    paused : bool
        Whether measuring rests.
    """
    if total is None:
        return _tr("Open a picture to see what each k gains and costs.")
    if not total:
        return _tr("With so few colours there is nothing to choose.")
    if paused:
        return _tr("Paused before the first values of k were measured.")
    words = _tr("Every k from 2 to %1 is being tried: the first values come soon.")
    return words.replace("%1", str(total + 1))


def progress_words(measured: int, encoded: int, total: int, paused: bool) -> str:
    """Say in two lines how far the curve has come; "" where nothing is left to do.

    Parameters
    ----------
    measured, encoded : int
        Values of k whose errors are known, and whose files were encoded.
    total : int
        Of so many.
    paused : bool
        Whether that rests.
    """
    if encoded >= total:
        return ""
    if total == 1:
        words = _tr("1 error to measure,\n1 file to encode")
    elif measured < total:
        words = _tr("%1 of %3 errors measured,\n%2 of %3 files encoded")
    else:
        words = _tr("%3 errors measured,\n%2 of %3 files encoded")
    for number, value in enumerate((measured, encoded, total), 1):
        words = words.replace(f"%{number}", formatting.integer(value))
    return _going_on(words, paused)


def brief_progress(measured: int, encoded: int, total: int, paused: bool) -> tuple[str, ...]:
    """Say the same as `progress_words` in ever fewer words, in one line."""
    if encoded >= total or total == 1:
        return ()
    words = _tr("%1 of %3 errors measured") if measured < total else _tr("%2 of %3 files encoded")
    for number, value in enumerate((measured, encoded, total), 1):
        words = words.replace(f"%{number}", formatting.integer(value))
    part = formatting.percent((measured + encoded) / (2 * total))
    briefest = (_tr("Paused"),) if paused else (_tr("%1 done…").replace("%1", part), f"{part}…")
    return _going_on(words, paused), *briefest


def _going_on(words: str, paused: bool) -> str:
    return _tr("Paused: %1").replace("%1", words) if paused else f"{words}…"


def k_content(
    points: Points,
    quality: str,
    elbow: Mark | None,
    target: tuple[str, float] | None,
    limit: Limit | None = None,
) -> Content:
    """Return the chart over k.

    Parameters
    ----------
    points : sequence of CurvePoint
        Sorted by k, at least one.
    quality : str
        A key of `QUALITIES`, for the left axis.
    elbow : Mark or None
        From where on more gains little.
    target : (str, float) or None
        What is to be reached: a key of `QUALITIES` or `FILE_SIZE`, and its value.
    limit : Limit, optional
        The greatest k there is, where that is not the end of the axis.
    """
    k = np.array([point.k for point in points], np.float64)
    curve = Line(
        quality_name(quality),
        k,
        _values(points, quality),
        QUALITIES[quality].text,
        width=1.8,
        dots="solid",
    )
    files = _file_lines(points)
    # before the first size an axis could only make one up
    if target is not None and target[0] == FILE_SIZE and not files:
        target = None
    return Content(
        (curve, *files),
        bottom=Octaves(),
        left=QUALITIES[quality].scale,
        right=Bytes() if files else None,
        x_name="k",
        marks=() if elbow is None else (elbow,),
        level=None if target is None else _level(quality, *target),
        limit=limit,
        leaving=_exit(curve, quality),
        table=_table(points, k),
    )


def reading(point: CurvePoint, quality: str) -> str:
    """Return what a point gives and costs, what is on the axes first.

    ``25.2 dB · 412.3 kB · ΔE 6.20``, with ≈ before an estimate; what isn't known is left out.
    """
    parts = [QUALITIES[quality].text(getattr(point, quality))]
    if math.isnan(getattr(point, quality)):
        parts.clear()
    if point.n_bytes is not None:
        about = "≈ " if point.bytes_estimated else ""
        parts.append(f"{about}{formatting.file_size(point.n_bytes)}")
    if quality != "psnr":
        parts.append(formatting.decibels(point.psnr))
    if quality != "mean_de" and not math.isnan(point.mean_de):
        parts.append(f"ΔE {delta_e(point.mean_de)}")
    return SEPARATOR.join(parts)


def legend_entries(points: Points, quality: str) -> list[tuple[str, int | None, bool]]:
    """Return names, hues and dashes for a `ChartLegend`."""
    entries: list[tuple[str, int | None, bool]] = [(quality_name(quality), None, False)]
    if any(point.n_bytes is not None for point in points):
        entries.append((quality_name(FILE_SIZE), _FILE_INK, False))
    if any(point.n_bytes is not None and point.bytes_estimated for point in points):
        entries.append((_tr("estimate"), _FILE_INK, True))
    return entries


def _values(points: Points, key: str) -> NDArray[np.float64]:
    return np.array([getattr(point, key) for point in points], np.float64)


def _exit(curve: Line, quality: str) -> Exit | None:
    """Return where the curve leaves for what nothing lost would be."""
    scale = QUALITIES[quality].scale
    there = np.isfinite(scale.positions(curve.y))
    if there[-1]:
        return None
    known = np.flatnonzero(there)
    start = (float(curve.x[known[-1]]), float(curve.y[known[-1]])) if len(known) else None
    value = float(curve.y[-1])
    return Exit(float(curve.x[-1]), curve.text(value), value > 0, start)


def _file_lines(points: Points) -> tuple[Line, ...]:
    """Return dashes through all sizes, a line through real ones, and their dots; or none at all."""
    there = [point for point in points if point.n_bytes is not None]
    if not there:
        return ()
    k = np.array([point.k for point in there], np.float64)
    sizes = np.array([point.n_bytes for point in there], np.float64)
    guessed = np.array([point.bytes_estimated for point in there], np.bool_)
    name = quality_name(FILE_SIZE)
    real = np.where(guessed, np.nan, sizes)
    line = Line(name, k, real, _size_text, _FILE_INK, dots="solid", right=True)
    if not guessed.any():
        return (line,)
    # Dashes only where a neighbour is an estimate: elsewhere the line is there.
    dashed = np.where(guessed | _beside(guessed), sizes, np.nan)
    hollow = np.where(guessed, sizes, np.nan)
    guess = _tr("File size (estimate)")
    return (
        Line(guess, k, dashed, _size_text, _FILE_INK, width=1.2, dashed=True, right=True),
        Line(name, k, hollow, _size_text, _FILE_INK, width=0, dots="hollow", right=True),
        line,
    )


def _beside(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where a neighbour is flagged."""
    padded = np.pad(flags, 1)
    return padded[:-2] | padded[2:]


def _table(points: Points, k: NDArray[np.float64]) -> tuple[Line, ...]:
    """Return all that is known, for a file."""
    sizes = [math.nan if point.n_bytes is None else point.n_bytes for point in points]
    guessed = [point.n_bytes is not None and point.bytes_estimated for point in points]
    return (
        *(Line(quality_name(key), k, _values(points, key)) for key in QUALITIES),
        Line(_tr("PNG bytes"), k, np.array(sizes, np.float64)),
        Line(_tr("Bytes are an estimate"), k, np.array(guessed, np.float64)),
    )


def _level(quality: str, kind: str, value: float) -> Level | None:
    if kind == FILE_SIZE:
        return Level(value, _tr("≤ %1").replace("%1", _size_text(value)), right=True)
    if kind != quality:
        return None
    words = _tr("≥ %1") if kind == "psnr" else _tr("≤ %1")
    return Level(value, words.replace("%1", QUALITIES[quality].text(value)))
