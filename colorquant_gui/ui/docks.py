"""The docks as a table: what each holds and where it is at the first start."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt

CONTEXT = "Layout"
"""Translation context of the titles."""

_Area = Qt.DockWidgetArea


@dataclass(frozen=True)
class DockSpec:
    """A dock.

    Attributes
    ----------
    name : str
        objectName of the QDockWidget.
    title : str
        What it is called.
    content : str
        The window's attribute that is its widget.
    height : int
        In pixels, as good as that can be kept.
    takes_rest : bool
        Whether it takes what a window is higher than all need.
    area : Qt.DockWidgetArea
        Where it is at the first start; those at the bottom are as wide as the window.
    tab_of : str
        Name of the dock that it lies behind, as a tab; empty where it has a place of its own.
    low_tab_of : str
        The same, for windows too low for all.
    is_open : bool
        Whether it is shown at the first start.
    is_presented : bool
        Whether it stays in a presentation.
    is_bare : bool
        Whether it has no title and stays in its place, as a part of the window.
    """

    name: str
    title: str
    content: str
    height: int
    takes_rest: bool = False
    area: Qt.DockWidgetArea = _Area.RightDockWidgetArea
    tab_of: str = ""
    low_tab_of: str = ""
    is_open: bool = True
    is_presented: bool = False
    is_bare: bool = False


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP(CONTEXT, text))


DOCKS = (
    DockSpec(
        "colorSpaceDock", _n("Colour Space"), "color_space", 340, takes_rest=True, is_presented=True
    ),
    DockSpec("paletteDock", _n("Palette"), "palette_view", 424),
    DockSpec("chartsDock", _n("Convergence"), "charts", 424, tab_of="paletteDock"),
    DockSpec("advisorDock", _n("k Advisor"), "advisory", 424, tab_of="paletteDock"),
    DockSpec("methodDock", _n("Method"), "method", 91, low_tab_of="paletteDock"),
    DockSpec(
        "timelineDock", _n("Timeline"), "theatre", 72, area=_Area.BottomDockWidgetArea, is_bare=True
    ),
)
