"""KFigures: what the chart over k has to show, and how it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui.charts.content import Content, Limit, Mark
from colorquant_gui.ui.charts.k_content import (
    brief_progress,
    k_content,
    legend_entries,
    progress_words,
    reading,
)
from colorquant_gui.ui.panels.k_scale import K_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from colorquant_gui.core.advisor import CurvePoint


class KFigures:
    """The curve, the result in force, and what is marked.

    Attributes
    ----------
    points : list of CurvePoint
        The curve, k ascending.
    present : CurvePoint or None
        What the result in force gives and costs, whatever the curve says at its k.
    level : str
        Name of the quality level that the curve is made at; "" where that is the one in force.
    progress : str
        How far the curve has come; "" where nothing is left to do.
    brief_progress : tuple of str
        The same in ever fewer words.
    limit : Limit
        The greatest k there is, and why there are no more.
    elbow : Mark or None
        The k from where on more gains little.
    target : (str, float) or None
        What is to be reached: "psnr", "mse", "mean_de", "p95_de" or "n_bytes", and its value.
    """

    def __init__(self) -> None:
        self.points: list[CurvePoint] = []
        self.present: CurvePoint | None = None
        self.level = self.progress = ""
        self.brief_progress: tuple[str, ...] = ()
        self.limit = Limit(K_MAX, "")
        self.elbow: Mark | None = None
        self.target: tuple[str, float] | None = None
        self._by_k: dict[int, CurvePoint] = {}

    def set_points(self, points: Iterable[CurvePoint]) -> None:
        """Take the points of the curve, in any order."""
        self.points = sorted(points, key=lambda point: point.k)
        self._by_k = {point.k: point for point in self.points}

    def set_progress(self, measured: int, encoded: int, total: int, paused: bool) -> None:
        """Take how far it has come; see `colorquant_gui.ui.charts.k_content.progress_words`."""
        self.progress = progress_words(measured, encoded, total, paused)
        self.brief_progress = brief_progress(measured, encoded, total, paused)

    def content(self, quality: str) -> Content:
        """Return the chart with a quality on the left."""
        if not self.points:
            return Content()
        limit = self.limit if self.limit.x < K_MAX else None
        return k_content(self.points, quality, self.elbow, self.target, limit)

    def legend(self, quality: str) -> list[tuple[str, int | None, bool]]:
        """Return names, hues and dashes for a `ChartLegend`."""
        return legend_entries(self.points, quality) if self.points else []

    def describe(self, k: int | None, is_present: bool, quality: str) -> str:
        """Return what is known of a k: ``k 23: 38.2 dB · 412.3 kB``.

        Parameters
        ----------
        k : int or None
            Which; nothing is said of none.
        is_present : bool
            Whether it is the one in force.
        quality : str
            What comes first: a key of `colorquant_gui.ui.charts.k_content.QUALITIES`.
        """
        present = self.present if is_present else None
        if k is None or (present is None and not self.points):
            return ""
        if present is not None and present.k == k:
            return f"k {k}: {reading(present, quality)}"
        point = self._by_k.get(k)
        if point is None:
            return _tr("k %1: not measured yet").replace("%1", str(k))
        head = f"k {k}" if not self.level else f"{self.level}, k {k}"
        return f"{head}: {reading(point, quality)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("KCurve", text)
