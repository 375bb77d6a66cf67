"""A chart as a file: PNG, SVG or CSV, by its suffix."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from colorquant_gui.core.atomic import save_bytes_atomically
from colorquant_gui.core.errors import SaveError
from colorquant_gui.core.naming import shown_name
from colorquant_gui.ui.charts.edges import paint_labels
from colorquant_gui.ui.charts.overlay import paint_marks

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from colorquant_gui.ui.charts.chart import Chart
    from colorquant_gui.ui.charts.content import Content, Line
    from colorquant_gui.ui.charts.plot import Plot

_TITLE, _LEGEND_ROW = 32, 20  # heights in logical pixels
_SAMPLE = 16  # length of a piece of line in the legend
_PNG_SCALE = 2
_SVG_DPI = 96
_MARGIN = 8


def export_chart(chart: Chart, path: str | os.PathLike[str]) -> None:
    """Save a chart as it is on the screen, without pointer and playhead.

    Parameters
    ----------
    chart : Chart
        A chart with something in it.
    path : str or path-like
        Where it goes; ``.png`` (twice the size on the screen), ``.svg`` or ``.csv`` (the numbers,
        UTF-8, a column for x and one for each line).

    Raises
    ------
    SaveError
        There is nothing to save, the suffix is another one, or the file could not be written; the
        old file is whole then.
    """
    name = shown_name(path)
    writer = _WRITERS.get(Path(path).suffix.lower())
    if writer is None:
        raise SaveError(f"{name} could not be saved: a chart is saved as PNG, SVG or CSV.")
    if not chart.content.lines:
        raise SaveError(f"{name} could not be saved: the chart is empty.")
    data = writer(chart)
    if not data:
        raise SaveError(f"{name} could not be saved: the chart could not be drawn.")
    save_bytes_atomically(data, path)


def csv_bytes(content: Content) -> bytes:
    """Return the numbers of a chart as CSV.

    Parameters
    ----------
    content : Content
        What it shows.

    Returns
    -------
    bytes
        UTF-8; a row for each x, empty where a line has no value.
    """
    lines = content.table or content.lines
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([content.x_name, *(line.name for line in lines)])
    for x in content.places:
        values = (line.at(float(x)) for line in lines)
        writer.writerow([_plain(float(x)), *(_plain(value) for value in values)])
    return text.getvalue().encode()


def _plain(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def _csv(chart: Chart) -> bytes:
    return csv_bytes(chart.content)


def _png(chart: Chart) -> bytes:
    plot = _built(chart)
    if plot is None:
        return b""
    size = _page(chart, plot)
    image = QImage(size * _PNG_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_PNG_SCALE)
    painter = QPainter(image)
    _paint(painter, chart, plot, _PNG_SCALE)
    painter.end()
    data, buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stub says bytes
    buffer.close()
    return bytes(data.data())


def _svg(chart: Chart) -> bytes:
    plot = _built(chart)
    if plot is None:
        return b""
    data, buffer = _buffer()
    size = _page(chart, plot)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_SVG_DPI)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(chart.title)
    painter = QPainter(generator)
    _paint(painter, chart, plot, 1.0)
    painter.end()
    buffer.close()
    return bytes(data.data())


_WRITERS: dict[str, Callable[[Chart], bytes]] = {".png": _png, ".svg": _svg, ".csv": _csv}


def _built(chart: Chart) -> Plot | None:
    chart.build()
    return chart.plot


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer


def _page(chart: Chart, plot: Plot) -> QSize:
    return QSize(plot.width(), plot.height() + _header_height(chart, plot) + _bottom_room(plot))


def _bottom_room(plot: Plot) -> int:
    return QFontMetrics(plot.look.font).height() + 8


def _header_height(chart: Chart, plot: Plot) -> int:
    rows = len(_legend_rows(chart, plot))
    return _TITLE + rows * _LEGEND_ROW


def _paint(painter: QPainter, chart: Chart, plot: Plot, ratio: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size, look, top = _page(chart, plot), plot.look, _header_height(chart, plot)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), look.background)
    shown = chart.values_shown
    plot.set_values_shown(True)
    plot.set_pixel_ratio(ratio)
    try:
        area = QRectF(0, top, plot.width(), plot.height())
        plot.scene().prepareForPaint()
        plot.scene().render(painter, area, QRectF(plot.rect()))
        # curves that come in from above aren't cut in an SVG
        left, above = plot.area().left(), top + plot.area().top() - 1
        painter.fillRect(QRectF(left, 0, size.width() - left, above), look.background)
        painter.save()
        painter.translate(0, top)
        paint_marks(painter, plot)
        paint_labels(painter, plot)
        painter.restore()
    finally:
        plot.set_values_shown(shown)
        plot.set_pixel_ratio(plot.devicePixelRatioF())
    _paint_header(painter, chart, plot)
    painter.setFont(look.font)
    painter.setPen(look.text)
    below = QRectF(0, top + plot.height(), size.width(), _bottom_room(plot))
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, chart.content.x_name)


def _paint_header(painter: QPainter, chart: Chart, plot: Plot) -> None:
    look = plot.look
    bold = QFont(chart.font())
    bold.setBold(True)
    painter.setFont(bold)
    painter.setPen(look.ink)
    row = QRectF(_MARGIN, 0, plot.width() - 2 * _MARGIN, _TITLE)
    painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, chart.title)
    painter.setFont(look.font)
    for number, entries in enumerate(_legend_rows(chart, plot)):
        top = _TITLE + number * _LEGEND_ROW
        for left, line in entries:
            color = look.soft if line.soft and line.ink is None else look.line_color(line.ink)
            style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(color, line.width, style))
            middle = top + _LEGEND_ROW / 2
            painter.drawLine(QPointF(left, middle), QPointF(left + _SAMPLE, middle))
            painter.setPen(look.text)
            text = QRectF(left + _SAMPLE + 6, top, plot.width(), _LEGEND_ROW)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, line.name)


def _legend_rows(chart: Chart, plot: Plot) -> list[list[tuple[float, Line]]]:
    """Return where each line's entry starts, row by row; none for a single line."""
    lines = [line for line in chart.content.lines if line.width > 0]
    if len(lines) < 2:
        return []
    metrics = QFontMetrics(plot.look.font)
    rows: list[list[tuple[float, Line]]] = [[]]
    left = float(_MARGIN)
    for line in lines:
        width = _SAMPLE + 6 + metrics.horizontalAdvance(line.name)
        if rows[-1] and left + width > plot.width() - _MARGIN:
            rows.append([])
            left = float(_MARGIN)
        rows[-1].append((left, line))
        left += width + 16
    return rows
