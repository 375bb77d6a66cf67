"""The main window: its panels and what is dropped on it. It shows; the controller wires it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QMainWindow,
    QSizePolicy,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui.actions import build_actions
from colorquant_gui.ui.canvas import Canvas
from colorquant_gui.ui.charts import AdvisorPanel, Advisory, ConvergenceCharts, KCurve
from colorquant_gui.ui.icons import app_icon
from colorquant_gui.ui.layout import Layout, is_seen
from colorquant_gui.ui.menus import build_menus, build_tool_bar
from colorquant_gui.ui.notification_stack import Notifications
from colorquant_gui.ui.panels.explanation import ExplanationBar
from colorquant_gui.ui.panels.k_selector import KSelector
from colorquant_gui.ui.panels.method_panel import MethodPanel
from colorquant_gui.ui.panels.palette_view import PaletteView
from colorquant_gui.ui.panels.readout import Readout
from colorquant_gui.ui.panels.status_bar import StatusBar
from colorquant_gui.ui.panels.timeline import Timeline
from colorquant_gui.ui.panels.zoom_field import ZoomField
from colorquant_gui.ui.space3d import ColorSpaceView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QByteArray, QMimeData
    from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent


class MainWindow(QMainWindow):
    """The window with its panels; `actions_by_key` has every action, `menus` every menu.

    Attributes
    ----------
    mimeDropped : Signal(QMimeData)
        Something was dropped onto the window.
    closeRequested : Signal(QCloseEvent)
        The window is about to close; ignore the event to keep it open.
    """

    mimeDropped = Signal(object)
    closeRequested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mainWindow")
        self.setWindowTitle("ColorQuant")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(720, 560)
        self.actions_by_key = build_actions(self)
        self.addActions(list(self.actions_by_key.values()))

        self.canvas = Canvas()
        self.notifications = Notifications()
        self.k_selector = KSelector()
        self.timeline = Timeline()
        self.explanation = ExplanationBar()
        self.theatre = _stacked(self.timeline, self.explanation)
        # what a long explanation took, the picture gets back after it
        self.theatre.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.charts = ConvergenceCharts()
        self.k_curve = KCurve()
        self.advisor = AdvisorPanel()
        self.advisory = Advisory(self.k_curve, self.advisor)
        self.zoom = ZoomField()
        self.palette_view = PaletteView()
        self.color_space = ColorSpaceView()
        self.method = MethodPanel()
        self.status = StatusBar()
        self.readout = Readout()

        center = QWidget()
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.notifications.lie_over(center, self.canvas.captioned)
        self.setCentralWidget(center)
        self.setStatusBar(self.status)
        self.tool_bar = build_tool_bar(self, self.actions_by_key)
        self.readout_bar = self._hidden_bar(self.readout)
        self.layout_of_docks = Layout(self)
        self.menus = build_menus(self, self.actions_by_key, self.layout_of_docks.toggles())

    def _hidden_bar(self, content: QWidget) -> QToolBar:
        """Put a widget along the lower edge, for a presentation alone."""
        bar = QToolBar(self)
        bar.setObjectName("presentationBar")
        bar.setMovable(False)
        bar.addWidget(content)
        # nobody is asked about it
        bar.toggleViewAction().setVisible(False)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)
        bar.hide()
        return bar

    def set_presentation_readout(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show figures below a presentation.

        Parameters
        ----------
        entries : sequence of (str, str)
            Name and figure, such as ("k", "16"); the order is that on the screen.
        """
        self.readout.set_entries(entries)

    def add_edit_actions(self, *actions: QAction) -> None:
        """Put actions on top of the Edit menu and at the window's disposal.

        Parameters
        ----------
        *actions : QAction
            Undo and redo.
        """
        menu = self.menus["editMenu"]
        menu.insertActions(menu.actions()[0], actions)
        self.addActions(actions)

    def reset_layout(self) -> None:
        """Put the docks where they are at the first start."""
        self.layout_of_docks.reset()

    def layout_state(self) -> QByteArray:
        """Return the arrangement of docks, for `restore_layout`."""
        return self.layout_of_docks.state()

    def restore_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Restore a remembered size and arrangement; what doesn't fit is ignored."""
        self.layout_of_docks.restore(geometry, state)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go on with the keys to what can be seen, past docks that lie behind others."""
        passed = [self.focusWidget()]
        while super().focusNextPrevChild(next):
            now = self.focusWidget()
            if now is None or now in passed or is_seen(now):
                return True
            passed.append(now)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the controller decide."""
        self.closeRequested.emit(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and pictures."""
        if can_open(event.mimeData()):
            event.acceptProposedAction()
            self.canvas.set_drop_active(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget about the drop."""
        self.canvas.set_drop_active(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.canvas.set_drop_active(False)
        event.acceptProposedAction()
        self.mimeDropped.emit(event.mimeData())


def _stacked(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget)
    return box


def can_open(data: QMimeData) -> bool:
    """Whether dragged or copied data may hold a picture.

    Parameters
    ----------
    data : QMimeData
        From a drag or the clipboard.

    Returns
    -------
    bool
        True for local files and for pictures.
    """
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())
