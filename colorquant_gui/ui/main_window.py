"""The main window: panels, docks, menus and tool bar. It shows; the controller wires it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui.actions import build_actions
from colorquant_gui.ui.canvas import Canvas
from colorquant_gui.ui.icons import app_icon
from colorquant_gui.ui.notifications import NotificationBar
from colorquant_gui.ui.panels.k_selector import KSelector
from colorquant_gui.ui.panels.method_panel import MethodPanel
from colorquant_gui.ui.panels.palette_view import PaletteView
from colorquant_gui.ui.panels.playback_bar import SpeedSelector
from colorquant_gui.ui.panels.status_bar import StatusBar
from colorquant_gui.ui.space3d import ColorSpaceView

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray, QMimeData
    from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent

# Version of the dock layout: a stored one of another version is not restored.
_LAYOUT = 2
_DEFAULT_SIZE = QSize(1280, 800)


class MainWindow(QMainWindow):
    """The window with its panels; `actions_by_key` has every action.

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
        self.resize(_DEFAULT_SIZE)
        self.actions_by_key = build_actions(self)
        self.addActions(list(self.actions_by_key.values()))

        self.canvas = Canvas()
        self.notifications = NotificationBar()
        self.k_selector = KSelector()
        self.speed = SpeedSelector()
        self.palette_view = PaletteView()
        self.color_space = ColorSpaceView()
        self.method = MethodPanel()
        self.status = StatusBar()
        self.recent_menu = QMenu(self.tr("Open &Recent"), self)
        self.recent_menu.setObjectName("recentMenu")

        center = QWidget()
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notifications)
        column.addWidget(self.canvas, 1)
        self.setCentralWidget(center)
        self.setStatusBar(self.status)
        self._docks = [
            self._add_dock("colorSpaceDock", self.tr("Colour Space"), self.color_space),
            self._add_dock("paletteDock", self.tr("Palette"), self.palette_view),
            self._add_dock("methodDock", self.tr("Method"), self.method),
        ]
        self._build_tool_bar()
        self._build_menus()
        self.reset_layout()

    def _add_dock(self, name: str, title: str, content: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(content)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        return dock

    def _build_tool_bar(self) -> None:
        bar = QToolBar(self.tr("Tools"), self)
        bar.setObjectName("toolBar")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(bar)
        self._tool_bar = bar

        def add(*keys: str) -> None:
            for key in keys:
                bar.addAction(self.actions_by_key[key])

        add("open", "saveAs")
        bar.addSeparator()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.k_selector.setSizePolicy(policy)
        bar.addWidget(self.k_selector)
        bar.addSeparator()
        add("restart", "stop")
        bar.addWidget(self.speed)
        bar.addSeparator()
        add("modeSplit", "modeSideBySide", "modeOriginal", "modeResult")
        bar.addSeparator()
        add("zoomFit", "zoomActual")
        for action in bar.actions():
            button = bar.widgetForAction(action)
            if button is not None and action.objectName():
                button.setObjectName(f"{action.objectName()}Button")
                button.setAccessibleName(action.statusTip())

    def _build_menus(self) -> None:
        actions = self.actions_by_key

        def fill(menu: QMenu, *entries: str | QMenu) -> None:
            for entry in entries:
                if isinstance(entry, QMenu):
                    menu.addMenu(entry)
                elif entry == "-":
                    menu.addSeparator()
                else:
                    menu.addAction(actions[entry])

        def submenu(title: str, *entries: str) -> QMenu:
            menu = QMenu(title, self)
            fill(menu, *entries)
            return menu

        bar = self.menuBar()
        self.file_menu = bar.addMenu(self.tr("&File"))
        fill(self.file_menu, "open", self.recent_menu, "openSample", "-", "save", "saveAs")
        fill(self.file_menu, "-", "quit")
        self.edit_menu = bar.addMenu(self.tr("&Edit"))
        fill(self.edit_menu, "-", "copyResult", "paste")
        view = bar.addMenu(self.tr("&View"))
        fill(view, "modeSplit", "modeSplitHorizontal", "modeSideBySide", "modeOnion")
        fill(view, "modeFlicker", "modeDifference", "modeOriginal", "modeResult", "-")
        fill(view, "zoomIn", "zoomOut", "zoomFit", "zoomActual", "loupe", "minimap", "-")
        fill(view, "resetColorSpace", "-")
        for dock in self._docks:
            view.addAction(dock.toggleViewAction())
        fill(view, "resetLayout", "-")
        fill(view, submenu(self.tr("&Theme"), "themeSystem", "themeLight", "themeDark"))
        fill(view, "fullScreen")
        run = bar.addMenu(self.tr("&Run"))
        fill(run, "stop", "restart", "newSeed")
        fill(bar.addMenu(self.tr("&Help")), "shortcuts", "showLog", "-", "about")

    def add_edit_actions(self, *actions: QAction) -> None:
        """Put actions on top of the Edit menu and at the window's disposal.

        Parameters
        ----------
        *actions : QAction
            Undo and redo.
        """
        self.edit_menu.insertActions(self.edit_menu.actions()[0], actions)
        self.addActions(actions)

    def reset_layout(self) -> None:
        """Put the docks where they are at the first start."""
        space, palette, method = self._docks
        for dock in self._docks:
            dock.setFloating(False)
            self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            dock.show()
        self.splitDockWidget(space, palette, Qt.Orientation.Vertical)
        self.splitDockWidget(palette, method, Qt.Orientation.Vertical)
        self.resizeDocks(self._docks, [480] * 3, Qt.Orientation.Horizontal)
        self.resizeDocks(self._docks, [440, 180, 40], Qt.Orientation.Vertical)

    def layout_state(self) -> QByteArray:
        """Return the arrangement of docks, for `restore_layout`."""
        return self.saveState(_LAYOUT)

    def restore_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Restore a remembered size and arrangement; what doesn't fit is ignored."""
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        if not state.isEmpty():
            self.restoreState(state, _LAYOUT)

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
