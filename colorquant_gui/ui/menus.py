"""Menus and tool bar as tables of action keys: a line here puts an action in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from colorquant_gui.ui.choice_row import ChoiceRow
from colorquant_gui.ui.tool_bar import ToolBar

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


@dataclass(frozen=True)
class Choice:
    """Actions of one group in the tool bar.

    Attributes
    ----------
    name : str
        objectName of the row.
    title : str
        What is chosen.
    keys : tuple of str
        Keys of the actions.
    n_foremost : int
        The first ones keep a button longest.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    n_foremost: int


@dataclass(frozen=True)
class Spare:
    """Actions in the tool bar that go where it is narrow, for a panel offers them too.

    Attributes
    ----------
    keys : tuple of str
        Keys of the actions.
    """

    keys: tuple[str, ...]


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP(_CONTEXT, text))


# In the order of their keys, Alt+1 to Alt+8.
_MODES = (
    "modeSplit",
    "modeSideBySide",
    "modeOriginal",
    "modeResult",
    "modeSplitHorizontal",
    "modeOnion",
    "modeFlicker",
    "modeDifference",
)
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
            *_MODES,
            Menu("errorMenu", _n("Difference M&easured in"), ("errorRgb", "errorCiede2000")),
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

TOOL_BAR: tuple[str | Panel | Choice | Spare, ...] = (
    "open",
    "saveAs",
    SEPARATOR,
    Panel("k_selector", stretches=True),
    SEPARATOR,
    "restart",
    "stop",
    SEPARATOR,
    Choice(
        "compareMode",
        _n("Way to compare"),
        _MODES,
        n_foremost=4,
    ),
    SEPARATOR,
    Spare(("zoomFit", "zoomActual")),
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


def build_tool_bar(window: QMainWindow, actions: Mapping[str, QAction]) -> ToolBar:
    """Fill the tool bar.

    Parameters
    ----------
    window : QMainWindow
        Has the widgets that the table names as attributes.
    actions : mapping of str to QAction
        By key.

    Returns
    -------
    ToolBar
        At the top of the window.
    """
    bar = ToolBar(QCoreApplication.translate(_CONTEXT, "Tools"), window)
    for entry in TOOL_BAR:
        if isinstance(entry, Panel):
            panel: QWidget = getattr(window, entry.name)
            if entry.stretches:
                bar.add_stretching(panel)
            else:
                bar.addWidget(panel)
        elif isinstance(entry, Choice):
            title = QCoreApplication.translate(_CONTEXT, entry.title)
            offered = [actions[key] for key in entry.keys]
            bar.add_choice(ChoiceRow(entry.name, title, offered, entry.n_foremost))
        elif isinstance(entry, Spare):
            bar.add_spare([actions[key] for key in entry.keys])
        elif entry == SEPARATOR:
            bar.addSeparator()
        else:
            bar.add_button(actions[entry])
    window.addToolBar(bar)
    return bar
