"""KCurve: quality and file size against k, with the k that is chosen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from colorquant_gui.ui.charts.chart import Chart
from colorquant_gui.ui.charts.content import Content, Mark, Pointers
from colorquant_gui.ui.charts.furniture import ChartLegend, HairlineProgress
from colorquant_gui.ui.charts.k_content import (
    QUALITIES,
    k_content,
    legend_entries,
    quality_name,
    reading,
)
from colorquant_gui.ui.charts.pause_button import PauseButton
from colorquant_gui.ui.charts.suggestion import Suggestion
from colorquant_gui.ui.panels.k_scale import K_MAX, K_MIN, k_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent

    from colorquant_gui.core.advisor import CurvePoint

# In pixels: what a curve can be read at, and from which height on there is room for a legend.
_LEAST_CHART, _WITH_LEGEND = 126, 220
# Letters of the name of a quality that are always seen.
_NAME_LENGTH = 12
_OCTAVES = math.log2(K_MAX / K_MIN)


class KCurve(QWidget):
    """A chart over k = 2..256: a quality on the left, the size of the PNG on the right.

    A click or a drag chooses k. The arrow keys step by 1, the Page keys double and halve, Home and
    End go to the ends.

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
        self._points: list[CurvePoint] = []
        self._by_k: dict[int, CurvePoint] = {}
        self._k: int | None = None
        self._hover: int | None = None
        self._maximum = K_MAX
        self._elbow: int | None = None
        self._target: tuple[str, float] | None = None
        self._dragging = False
        self.chart = Chart("kCurveView", "", self, snap=_k_near)
        self._choice = QComboBox()
        self._choice.setObjectName("kCurveQuality")
        self._choice.setAccessibleName(self.tr("Quality on the left axis"))
        for key in QUALITIES:
            self._choice.addItem(quality_name(key), key)
        # a longer name makes way for what is read
        self._choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._choice.setMinimumContentsLength(_NAME_LENGTH)
        self._choice.activated.connect(self._choose)
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
        self._suggestion = Suggestion(self)
        self._suggestion.taken.connect(self.kEdited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self._legend)
        layout.addWidget(self._progress)
        layout.addWidget(self._suggestion)
        self.chart.setMinimumHeight(_LEAST_CHART)
        self.set_progress(0, None, paused=False)
        self._draw()

    def set_points(self, points: Sequence[CurvePoint]) -> None:
        """Show what is known so far; in any order, none at all is the empty state."""
        self._points = sorted(points, key=lambda point: point.k)
        self._by_k = {point.k: point for point in self._points}
        self._draw()

    def set_current_k(self, k: int | None) -> None:
        """Draw the line of the k in use, unless the person holds it; emits nothing."""
        if not self._dragging and k != self._k:
            self._k = k
            self._show_pointers()

    def set_elbow(self, k: int | None, reason: str = "", details: str = "") -> None:
        """Mark the k from where on more gains little.

        Parameters
        ----------
        k : int or None
            Where; None marks nothing.
        reason : str
            Why, in a sentence; shown below the chart.
        details : str
            What the figures in it mean.
        """
        self._elbow = k
        self._suggestion.suggest(k, reason, details)
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
        before = self._target and self._target[0]
        self._target = None if kind is None else (kind, value)
        # Once, so that the person may look at another one after that.
        if kind in QUALITIES and kind != before:
            self.set_quality(kind)
        self._draw()

    def set_progress(self, done: int, total: int | None, paused: bool = False) -> None:
        """Show how many values of k are done.

        Parameters
        ----------
        done : int
            So many.
        total : int or None
            Of so many, 0 where there is no choice; None without a picture.
        paused : bool
            Whether it rests.
        """
        self._maximum = K_MAX if total is None else total + 1
        self._pause.set_progress(done, total, paused)
        self._progress.show_part(None if not total else done / total, paused)
        if total is None:
            text = self.tr("Open a picture to see what each k gains and costs.")
        elif not total:
            text = self.tr("With so few colours there is nothing to choose.")
        elif paused:
            text = self.tr("Paused before the first values of k were measured.")
        else:
            text = self.tr("Every k from 2 to %1 is being tried: the first values come soon.")
        self.chart.set_empty_text(text.replace("%1", str((total or 0) + 1)))

    def set_quality(self, key: str) -> None:
        """Choose what is on the left; emits nothing."""
        index = self._choice.findData(key)
        if index >= 0 and index != self._choice.currentIndex():
            self._choice.setCurrentIndex(index)
            self._draw()

    def quality(self) -> str:
        """Return the key of what is on the left."""
        return str(self._choice.currentData())

    def sizeHint(self) -> QSize:
        """Return a size at which the curves can be read; what there is more is welcome."""
        return QSize(420, _LEAST_CHART + 28)

    def _draw(self) -> None:
        if self._points:
            content = k_content(
                self._points,
                self.quality(),
                None if self._elbow is None else Mark(self._elbow, self._suggestion.text),
                self._target,
            )
            self._legend.show_lines(legend_entries(self._points, self.quality()))
        else:
            content = Content()
            self._legend.show_lines([])
        name = quality_name(self.quality())
        self.chart.set_title(self.tr("%1 and file size against k").replace("%1", name))
        self.chart.set_content(content)
        self._show_pointers()

    def _choose(self) -> None:
        self._draw()
        self.qualityEdited.emit(self.quality())

    def _press(self, k: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._dragging = True
        self.kEditStarted.emit()
        self._edit(round(k))

    def _drag(self, k: float) -> None:
        if self._dragging:
            self._edit(round(k))

    def _release(self) -> None:
        if self._dragging:
            self._dragging = False
            self.kEditFinished.emit()

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
        self._suggestion.set_current_k(self._k)
        hover = None if self._dragging else self._hover
        self.chart.set_pointers(Pointers(self._k, hover, handle=True, focused=self.hasFocus()))
        self.chart.set_readout(self.describe(self._k if hover is None else hover))

    def describe(self, k: int | None) -> str:
        """Return what is known of a k: ``k 23: 38.2 dB · 412.3 kB``."""
        if k is None or not self._points:
            return ""
        # a picture with fewer colours than k gives what it gives with all of them
        point = self._by_k.get(min(k, self._maximum))
        if point is None:
            return self.tr("k %1: not measured yet").replace("%1", str(k))
        return f"k {k}: {reading(point, self.quality())}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, double, halve, or go to an end."""
        if self._k is None or not self._points:
            event.ignore()
            return
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Down:
                k = self._k - 1
            case Qt.Key.Key_Right | Qt.Key.Key_Up:
                k = self._k + 1
            case Qt.Key.Key_PageUp:
                k = self._k * 2
            case Qt.Key.Key_PageDown:
                k = self._k // 2
            case Qt.Key.Key_Home:
                k = K_MIN
            case Qt.Key.Key_End:
                k = K_MAX
            case _:
                event.ignore()
                return
        k = min(max(k, K_MIN), K_MAX)
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


def _k_near(position: float) -> float:
    return k_at((position - math.log2(K_MIN)) / _OCTAVES)
