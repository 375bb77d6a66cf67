"""Menus and tool bar as tables of action keys: a line here puts an action in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QAction

_CONTEXT = "Menus"

# Stands for an entry for each dock, which shows and hides it.
DOCKS = "docks"
SEPARATOR = "-"


@dataclass(frozen=True)
class Menu:
    """A menu or a submenu.

    Attributes
    ----------
    name : str
        objectName of the QMenu.
    title : str
        Its title, with a mnemonic.
    entries : tuple of str or Menu
        Keys of actions, `SEPARATOR`, `DOCKS`, submenus. Who knows more may add to it later.
    """

    name: str
    title: str
    entries: tuple[str | Menu, ...] = ()


@dataclass(frozen=True)
class Panel:
    """A widget of the window in the tool bar.

    Attributes
    ----------
    name : str
        The window's attribute.
    stretches : bool
        Whether it takes the room that the others leave.
    """

    name: str
    stretches: bool = False


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP(_CONTEXT, text))


_ZOOM = Menu(
    "zoomMenu",
    _n("&Zoom"),
    ("zoom25", "zoom50", "zoomActual", "zoom200", "zoom400", "zoom800", "zoom1600"),
)
_BACKGROUND = Menu(
    "backgroundMenu",
    _n("B&ackground of Transparent Areas"),
    (
        "backgroundChecker",
        "backgroundWhite",
        "backgroundGrey",
        "backgroundBlack",
        "backgroundCustom",
    ),
)
_SURROUND = Menu(
    "surroundMenu",
    _n("Surroundings"),
    ("surroundTheme", "surroundWhite", "surroundGrey", "surroundBlack", "surroundCustom"),
)

MENUS = (
    Menu(
        "fileMenu",
        _n("&File"),
        (
            "open",
            Menu("recentMenu", _n("Open &Recent")),
            Menu("sampleMenu", _n("Sa&mple Pictures")),
            "close",
            SEPARATOR,
            "save",
            "saveAs",
            SEPARATOR,
            "exportAnimation",
            "exportHistory",
            SEPARATOR,
            "quit",
        ),
    ),
    Menu("editMenu", _n("&Edit"), (SEPARATOR, "copyResult", "paste")),
    Menu(
        "viewMenu",
        _n("&View"),
        (
            "modeSplit",
            "modeSplitHorizontal",
            "modeSideBySide",
            "modeOnion",
            "modeFlicker",
            "modeDifference",
            Menu("errorMenu", _n("Difference M&easured in"), ("errorRgb", "errorCiede2000")),
            "modeOriginal",
            "modeResult",
            SEPARATOR,
            "zoomIn",
            "zoomOut",
            "zoomFit",
            _ZOOM,
            "loupe",
            "minimap",
            "pixelGrid",
            _BACKGROUND,
            _SURROUND,
            SEPARATOR,
            "resetColorSpace",
            SEPARATOR,
            DOCKS,
            "resetLayout",
            SEPARATOR,
            Menu("themeMenu", _n("T&heme"), ("themeSystem", "themeLight", "themeDark")),
            "reducedMotion",
            "fullScreen",
            "presentation",
        ),
    ),
    Menu(
        "runMenu",
        _n("&Run"),
        (
            "play",
            "stepForward",
            "stepBack",
            SEPARATOR,
            "stop",
            "restart",
            "newSeed",
            SEPARATOR,
            "race",
        ),
    ),
    Menu(
        "helpMenu",
        _n("&Help"),
        ("welcome", "workedExample", "shortcuts", "showLog", SEPARATOR, "about"),
    ),
)

TOOL_BAR: tuple[str | Panel, ...] = (
    "open",
    "saveAs",
    SEPARATOR,
    Panel("k_selector", stretches=True),
    SEPARATOR,
    "restart",
    "stop",
    SEPARATOR,
    "modeSplit",
    "modeSideBySide",
    "modeOriginal",
    "modeResult",
    SEPARATOR,
    "zoomFit",
    "zoomActual",
    Panel("zoom"),
)


def build_menus(
    window: QMainWindow, actions: Mapping[str, QAction], docks: Iterable[QAction]
) -> dict[str, QMenu]:
    """Fill the menu bar.

    Parameters
    ----------
    window : QMainWindow
        Whose menu bar.
    actions : mapping of str to QAction
        By key.
    docks : iterable of QAction
        What shows and hides each dock.

    Returns
    -------
    dict of str to QMenu
        Every menu and submenu by name.
    """
    menus: dict[str, QMenu] = {}
    docks = list(docks)

    def made(spec: Menu) -> QMenu:
        menu = QMenu(QCoreApplication.translate(_CONTEXT, spec.title), window)
        menu.setObjectName(spec.name)
        menus[spec.name] = menu
        for entry in spec.entries:
            if isinstance(entry, Menu):
                menu.addMenu(made(entry))
            elif entry == SEPARATOR:
                menu.addSeparator()
            elif entry == DOCKS:
                menu.addActions(docks)
            else:
                menu.addAction(actions[entry])
        return menu

    for spec in MENUS:
        window.menuBar().addMenu(made(spec))
    return menus


def build_tool_bar(window: QMainWindow, actions: Mapping[str, QAction]) -> QToolBar:
    """Fill the tool bar.

    Parameters
    ----------
    window : QMainWindow
        Has the widgets that the table names as attributes.
    actions : mapping of str to QAction
        By key.

    Returns
    -------
    QToolBar
        At the top of the window.
    """
    bar = QToolBar(QCoreApplication.translate(_CONTEXT, "Tools"), window)
    bar.setObjectName("toolBar")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for entry in TOOL_BAR:
        if isinstance(entry, Panel):
            panel: QWidget = getattr(window, entry.name)
            if entry.stretches:
                panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(panel)
        elif entry == SEPARATOR:
            bar.addSeparator()
        else:
            action = actions[entry]
            bar.addAction(action)
            button = bar.widgetForAction(action)
            button.setObjectName(f"{action.objectName()}Button")
            button.setAccessibleName(action.statusTip())
    window.addToolBar(bar)
    return bar
