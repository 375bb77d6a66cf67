"""KCurve: quality and file size against k, with the k that is chosen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from colorquant_gui.ui.charts.chart import Chart
from colorquant_gui.ui.charts.content import Limit, Mark, Pointers
from colorquant_gui.ui.charts.furniture import ChartLegend, HairlineProgress
from colorquant_gui.ui.charts.k_content import QUALITIES, empty_words, quality_name
from colorquant_gui.ui.charts.k_figures import KFigures
from colorquant_gui.ui.charts.k_keys import asks_for_escape, k_after
from colorquant_gui.ui.charts.pause_button import PauseButton
from colorquant_gui.ui.charts.quality_choice import QualityChoice
from colorquant_gui.ui.panels.k_scale import K_MAX, K_MIN, k_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent

    from colorquant_gui.core.advisor import CurvePoint

# In pixels: what a curve can be read at, and from which height on there is room for a legend.
_LEAST_CHART, _WITH_LEGEND = 126, 300
_OCTAVES = math.log2(K_MAX / K_MIN)


class KCurve(QWidget):
    """A chart over k = 2..256: a quality on the left, the size of the PNG on the right.

    A click or a drag chooses k, up to the greatest there is; Escape takes a drag back. The arrow
    keys step by 1, the Page keys double and halve, Home and End go to the ends.

    Attributes
    ----------
    kEdited : Signal(int)
        The person chose a k.
    kEditStarted, kEditFinished : Signal()
        Around a drag, and around each key.
    kHovered : Signal(object)
        The k that the pointer reads (int), None for none.
    qualityEdited : Signal(str)
        The person chose what is on the left: "psnr", "mse", "mean_de" or "p95_de".
    pauseToggled : Signal(bool)
        Whether measuring is to rest.
    exportRequested : Signal(str)
        The person wants the chart as a file: its key, "k".
    """

    kEdited = Signal(int)
    kEditStarted = Signal()
    kEditFinished = Signal()
    kHovered = Signal(object)
    qualityEdited = Signal(str)
    pauseToggled = Signal(bool)
    exportRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kCurve")
        self.setAccessibleName(self.tr("Quality and file size against k"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._figures = KFigures()
        # the k in use, and the one before the drag that is under way
        self._k: int | None = None
        self._k_before: int | None = None
        self._hover: int | None = None
        self._dragging = False
        self.chart = Chart("kCurveView", "", self, snap=self._k_near)
        self._choice = QualityChoice()
        self._choice.chosen.connect(self._choose)
        self.chart.set_title_widget(self._choice)
        self.chart.pressed.connect(self._press)
        self.chart.dragged.connect(self._drag)
        self.chart.released.connect(self._release)
        self.chart.hovered.connect(self._point)
        self.chart.exportRequested.connect(lambda: self.exportRequested.emit("k"))
        self._pause = PauseButton()
        self._pause.clicked.connect(self.pauseToggled)
        self.chart.add_tool(self._pause)
        self._progress = HairlineProgress(self)
        self._legend = ChartLegend(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self._legend)
        layout.addWidget(self._progress)
        self.chart.setMinimumHeight(_LEAST_CHART)
        self.set_progress(0, 0, None)
        self._draw()

    def set_points(self, points: Sequence[CurvePoint]) -> None:
        """Show what is known so far; in any order, none at all is the empty state."""
        self._figures.set_points(points)
        self._draw()

    def set_present(self, point: CurvePoint | None) -> None:
        """Say what the result in force gives and costs, whatever the curve says at its k."""
        if point != self._figures.present:
            self._figures.present = point
            self._show_pointers()

    def set_level(self, name: str) -> None:
        """Say at which quality level the curve is made, where that is not the one in force."""
        self._figures.level = name
        self._choice.set_level(name)
        self._show_pointers()

    def set_current_k(self, k: int | None) -> None:
        """Draw the line of the k in use, unless the person holds it; emits nothing."""
        if not self._dragging and k != self._k:
            self._k = k
            self._show_pointers()

    def set_limit(self, k: int, text: str = "") -> None:
        """Let nobody go beyond a k.

        Parameters
        ----------
        k : int
            The greatest there is; one below 2 counts as 2.
        text : str
            Why there are no more, in a few words.
        """
        limit = Limit(max(k, K_MIN), text)
        if limit != self._figures.limit:
            self._figures.limit = limit
            # what the pointer rests on may be beyond it: another look takes another move
            self._hover = None
            self._draw()

    def set_elbow(self, k: int | None, reason: str = "", label: str = "") -> None:
        """Mark the k from where on more gains little.

        Parameters
        ----------
        k : int or None
            Where; None marks nothing.
        reason : str
            Why, in a sentence.
        label : str
            A word or two beside the mark.
        """
        self._figures.elbow = None if k is None else Mark(k, reason, label)
        self._draw()

    def set_target(self, kind: str | None, value: float = 0.0) -> None:
        """Draw a line across at what is to be reached, and show the quality that it is of.

        Parameters
        ----------
        kind : str or None
            "psnr", "mse", "mean_de", "p95_de" or "n_bytes"; None draws none.
        value : float
            In dB, squared levels, CIEDE2000 or bytes.
        """
        before = self._figures.target and self._figures.target[0]
        self._figures.target = None if kind is None else (kind, value)
        # Once, so that the person may look at another one after that.
        if kind in QUALITIES and kind != before:
            self.set_quality(kind)
        self._draw()

    def set_progress(
        self, measured: int, encoded: int, total: int | None, paused: bool = False
    ) -> None:
        """Show of how many k the errors are known and the files encoded; None without a picture."""
        self._figures.set_progress(measured, encoded, total or 0, paused)
        self._pause.set_progress(self._figures.progress, paused)
        self._progress.show_part((measured + encoded) / (2 * total) if total else None, paused)
        self.chart.set_empty_text(empty_words(total, paused))
        self.chart.set_note(self._figures.progress, *self._figures.brief_progress)

    def set_quality(self, key: str) -> None:
        """Choose what is on the left; emits nothing."""
        if self._choice.choose(key):
            self._draw()

    def quality(self) -> str:
        """Return the key of what is on the left."""
        return self._choice.key()

    def sizeHint(self) -> QSize:
        """Return a size at which the curves can be read; what there is more is welcome."""
        return QSize(420, 260)

    def _draw(self) -> None:
        quality = self.quality()
        self._legend.show_lines(self._figures.legend(quality))
        name = quality_name(quality)
        self.chart.set_title(self.tr("%1 and file size against k").replace("%1", name))
        self.chart.set_content(self._figures.content(quality))
        self._show_pointers()

    def _choose(self, quality: str) -> None:
        self._draw()
        self.qualityEdited.emit(quality)

    def _k_near(self, position: float) -> float:
        """Return the k that is meant by a place along the axis."""
        return min(k_at((position - math.log2(K_MIN)) / _OCTAVES), self._figures.limit.x)

    def _press(self, k: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._dragging, self._k_before = True, self._k
        self.kEditStarted.emit()
        self._edit(round(k))

    def _drag(self, k: float) -> None:
        if self._dragging:
            self._edit(round(k))

    def _release(self) -> None:
        if self._dragging:
            self._dragging = False
            self.kEditFinished.emit()

    def _take_back(self) -> None:
        """End a drag where it began."""
        if self._k_before is not None:
            self._edit(self._k_before)
        self._release()
        self._show_pointers()

    def _edit(self, k: int) -> None:
        if k != self._k:
            self._k = k
            self._show_pointers()
            self.kEdited.emit(k)

    def _point(self, k: float | None) -> None:
        hover = None if k is None else round(k)
        if hover != self._hover:
            self._hover = hover
            self._show_pointers()
            self.kHovered.emit(hover)

    def _show_pointers(self) -> None:
        hover = None if self._dragging else self._hover
        self.chart.set_pointers(Pointers(self._k, hover, handle=True, focused=self.hasFocus()))
        self.chart.set_readout(self.describe(self._k if hover is None else hover))

    def describe(self, k: int | None) -> str:
        """Return what is known of a k: ``k 23: 38.2 dB · 412.3 kB``, of the result if in use."""
        return self._figures.describe(k, k == self._k, self.quality())

    def event(self, event: QEvent) -> bool:
        """Keep the Escape key to itself during a drag, before it ends anything else."""
        if self._dragging and asks_for_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, double, halve, or go to an end; Escape takes a drag back."""
        if self._dragging:
            if event.key() == Qt.Key.Key_Escape:
                self._take_back()
            return
        current = self._k if self._figures.points else None
        k = None if current is None else k_after(event.key(), current, round(self._figures.limit.x))
        if k is None:
            event.ignore()
            return
        # what keys do is read, wherever the pointer rests
        self._point(None)
        if k != self._k:
            self.kEditStarted.emit()
            self._edit(k)
            self.kEditFinished.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys move the line."""
        super().focusInEvent(event)
        self._show_pointers()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they don't."""
        super().focusOutEvent(event)
        self._show_pointers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the legend where height is scarce: colours of axes and names say as much."""
        super().resizeEvent(event)
        self._legend.setVisible(event.size().height() >= _WITH_LEGEND)

    def hideEvent(self, event: QHideEvent) -> None:
        """End a drag: no release comes for a widget that went away."""
        self._release()
        self._point(None)
        super().hideEvent(event)
