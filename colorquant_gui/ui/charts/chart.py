"""Chart: a title, what is read, and a plot that is made once there is something to draw."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui.charts.content import Content, Pointers
from colorquant_gui.ui.charts.look import ChartLook
from colorquant_gui.ui.charts.readout import Readout
from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QContextMenuEvent, QHideEvent, QPaintEvent

    from colorquant_gui.ui.charts.plot import Plot


class _Stage(QWidget):
    """Where the plot goes; until then, the sentence that says why there is none."""

    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the sentence; a plot covers it."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(8, 0, -8, 0), flags, self.sentence)
        painter.end()
        self.wanted.emit()


class Chart(QWidget):
    """A titled plot; pyqtgraph is loaded when the first one is painted with something in it.

    Attributes
    ----------
    hovered : Signal(object)
        The place along x (float) that the pointer reads, None for none.
    pressed, dragged : Signal(float)
        The nearest place to where the left button went down, or is held.
    released : Signal()
        The left button came up.
    exportRequested : Signal()
        The person wants the chart as a file.

    Parameters
    ----------
    name : str
        The objectName.
    title : str
        What the chart shows.
    parent : QWidget, optional
        Qt parent.
    snap : callable taking a float, returning float or None
        Turns a position along x into the place that is meant; by default the nearest that has a
        value.
    """

    hovered = Signal(object)
    pressed = Signal(float)
    dragged = Signal(float)
    released = Signal()
    exportRequested = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        parent: QWidget | None = None,
        snap: Callable[[float], float | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._snap = snap or self._nearest
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._content = Content()
        self._pointers = Pointers()
        self._values_shown = True
        self._note: tuple[str, ...] = ("",)
        self._plot: Plot | None = None
        self._failed = False
        self._title = QLabel(title)
        self._title.setObjectName(f"{name}Title")
        self._readout = Readout()
        self._readout.setObjectName(f"{name}Readout")
        self._readout.setFont(tabular_font(self._readout.font()))
        self._readout.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._export = QToolButton()
        self._export.setObjectName(f"{name}Export")
        self._export.setAccessibleName(self.tr("Export chart"))
        self._export.setToolTip(self.tr("Export this chart as PNG, SVG or CSV…"))
        self._export.setAutoRaise(True)
        self._export.setIconSize(QSize(16, 16))
        self._export.setIcon(icon("save-as"))
        self._export.clicked.connect(self.exportRequested)
        self._export.setEnabled(False)
        self._header = QHBoxLayout()
        self._header.setContentsMargins(8, 0, 4, 0)
        self._header.setSpacing(8)
        self._header.addWidget(self._title)
        self._header.addWidget(self._readout, 1)
        self._header.addWidget(self._export)
        self._stage = _Stage(self)
        self._stage.wanted.connect(self._prepare)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._header)
        layout.addWidget(self._stage, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.build)

    @property
    def content(self) -> Content:
        """What is shown."""
        return self._content

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self._content.lines

    @property
    def pointers(self) -> Pointers:
        """Where the moving lines are."""
        return self._pointers

    @property
    def title(self) -> str:
        """What the chart shows."""
        return self._title.text()

    @property
    def plot(self) -> Plot | None:
        """The plot, None as long as there was nothing to draw."""
        return self._plot

    @property
    def values_shown(self) -> bool:
        """Whether numbers are written along the bottom."""
        return self._values_shown

    def set_title(self, title: str) -> None:
        """Say what the chart shows."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_readout(self, text: str) -> None:
        """Say what is read, to the right of the title."""
        self._readout.setText(text)
        self._readout.setToolTip(text)
        self.setAccessibleDescription(text)

    def set_empty_text(self, text: str) -> None:
        """Say what takes the place of a chart with nothing in it."""
        self._stage.sentence = text
        self._stage.update()

    def add_tool(self, widget: QWidget) -> None:
        """Put a control into the header, before the export button."""
        self._header.insertWidget(self._header.count() - 1, widget)

    def set_title_widget(self, widget: QWidget, *, shown: bool = True) -> None:
        """Put a control in the place of the title, which files still bear.

        Parameters
        ----------
        widget : QWidget
            The control.
        shown : bool
            Whether it is seen, or the title; may be changed by another call.
        """
        if self._header.indexOf(widget) < 0:
            self._header.insertWidget(0, widget)
        widget.setVisible(shown)
        self._title.setVisible(not shown)

    def set_note(self, text: str, *briefer: str) -> None:
        """Write a few words into a corner that the lines leave free, or fewer that fit there."""
        self._note = (text, *briefer)
        if self._plot:
            self._plot.set_note(text, *briefer)

    def set_content(self, content: Content) -> None:
        """Show other lines; none at all show the empty state."""
        self._content = content
        self._export.setEnabled(bool(content.lines))
        if self._plot is not None:
            self._plot.setVisible(bool(content.lines))
            if content.lines:
                self._plot.set_content(content)
        elif content.lines:
            self._stage.update()

    def set_pointers(self, pointers: Pointers) -> None:
        """Move the moving lines."""
        self._pointers = pointers
        if self._plot is not None:
            self._plot.set_pointers(pointers)

    def set_values_shown(self, shown: bool) -> None:
        """Write numbers along the bottom, or leave them to a chart below."""
        self._values_shown = shown
        if self._plot is not None:
            self._plot.set_values_shown(shown)

    def build(self) -> None:
        """Make the plot now, if there isn't one."""
        if self._plot is not None or self._failed:
            return
        try:
            module = importlib.import_module("colorquant_gui.ui.charts.plot")
            plot: Plot = module.Plot(ChartLook.of(self), self._stage)
        except Exception:
            # pyqtgraph does much while it is imported; the window must outlive a broken one.
            self._failed = True
            self.set_empty_text(self.tr("Charts can’t be drawn: pyqtgraph could not be loaded."))
            return
        self._plot = plot
        plot.setObjectName(f"{self.objectName()}Plot")
        plot.setAccessibleName(self._title.text())
        plot.pointed.connect(self._point)
        plot.pressed.connect(lambda position: self._tell(self.pressed, position))
        plot.dragged.connect(lambda position: self._tell(self.dragged, position))
        plot.released.connect(self.released)
        self._stage.column.addWidget(plot)
        plot.set_values_shown(self._values_shown)
        plot.set_content(self._content)
        plot.set_pointers(self._pointers)
        plot.set_note(*self._note)
        plot.setVisible(bool(self._content.lines))

    def _prepare(self) -> None:
        # After this paint event, so that the window is on the screen before the import.
        if self._plot is None and self._content.lines and not self._failed:
            self._timer.start(0)

    def _nearest(self, position: float) -> float | None:
        return self._content.nearest(position)

    def _point(self, position: float | None) -> None:
        self.hovered.emit(None if position is None else self._snap(position))

    def _tell(self, signal: SignalInstance, position: float) -> None:
        place = self._snap(position)
        if place is not None:
            signal.emit(place)

    def stage_rect(self) -> QRect:
        """Return where the plot is, in logical pixels."""
        return self._stage.geometry()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the chart as a file."""
        if not self._content.lines:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(self.tr("Export chart…"))
        action.triggered.connect(self.exportRequested)
        menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if event.type() in kinds and (plot := getattr(self, "_plot", None)):
            plot.set_look(ChartLook.of(self))

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing that nobody sees."""
        self._timer.stop()
        super().hideEvent(event)
