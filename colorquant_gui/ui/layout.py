"""Layout: where the docks are at the first start, in a small window, and as remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QWidget

from colorquant_gui.ui.docks import CONTEXT, DOCKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QAction

    from colorquant_gui.ui.docks import DockSpec

# Version of the arrangement: a stored one of another version is not restored.
_VERSION = 5
_DEFAULT_SIZE = QSize(1280, 800)
_SIDE_WIDTH = 480
# The picture keeps most of a window that is narrower than this.
_NARROW = 1080
_SIDE_SHARE = 0.44
# A window lower than this has no room for all docks one below the other.
_LOW = 860

# What menus, tool bar, timeline and status bar take of its height.
_NOT_DOCKS = 214

_Area = Qt.DockWidgetArea
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class Layout(QObject):
    """Arranges the docks of a window.

    Parameters
    ----------
    window : QMainWindow
        Has the contents as attributes.
    specs : sequence of DockSpec
        The docks, from the top of an area to its bottom.
    """

    def __init__(self, window: QMainWindow, specs: Sequence[DockSpec] = DOCKS) -> None:
        super().__init__(window)
        self._window = window
        self._specs = specs
        self._docks: dict[str, QDockWidget] = {}
        self._is_narrow = self._is_low = self._is_presenting = False
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, _Area.BottomDockWidgetArea)
        for spec in specs:
            dock = QDockWidget(QCoreApplication.translate(CONTEXT, spec.title), window)
            dock.setObjectName(spec.name)
            content: QWidget = getattr(window, spec.content)
            dock.setWidget(content)
            self._docks[spec.name] = dock
            if spec.is_bare:
                dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
            self._set_title_shown(spec, True)
        window.resize(_DEFAULT_SIZE)
        self.reset()
        window.installEventFilter(self)

    def watch(self, name: str, tell: Callable[[bool], None]) -> None:
        """Have it told whether a dock can be seen, from now on and whenever that may be another.

        Qt calls one visible that lies behind another as a tab.
        """
        dock = self._docks[name]
        # once it is where it is going to be
        look = QTimer(dock, singleShot=True, interval=0)
        look.timeout.connect(lambda: tell(is_seen(dock)))
        for changed in (dock.visibilityChanged, dock.topLevelChanged):
            changed.connect(lambda _: look.start())
        look.start()

    def toggles(self) -> list[QAction]:
        """Return what shows and hides each dock that can be hidden."""
        names = [spec.name for spec in self._specs if not spec.is_bare]
        return [self._docks[name].toggleViewAction() for name in names]

    def reset(self) -> None:
        """Put the docks where they are at the first start."""
        size = self._window.size()
        self._is_narrow, self._is_low = size.width() < _NARROW, size.height() < _LOW
        before: dict[Qt.DockWidgetArea, QDockWidget] = {}
        for dock in self._docks.values():
            # one that floats can't be put back once it is removed
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        # a dock can't be put below one that has tabs already
        for spec in sorted(self._specs, key=lambda spec: bool(self._host(spec))):
            dock = self._docks[spec.name]
            self._window.addDockWidget(spec.area, dock)
            dock.setVisible(spec.is_open)
            host = self._host(spec)
            if host:
                self._window.tabifyDockWidget(self._docks[host], dock)
                self._docks[host].raise_()
                continue
            above = before.get(spec.area)
            if above is not None:
                vertical = spec.area in (_Area.LeftDockWidgetArea, _Area.RightDockWidgetArea)
                line = Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal
                self._window.splitDockWidget(above, dock, line)
            before[spec.area] = dock
        self._set_heights()
        self._set_side_width(self._side_width())

    def _host(self, spec: DockSpec) -> str:
        return spec.tab_of or (spec.low_tab_of if self._is_low else "")

    def state(self) -> QByteArray:
        """Return the arrangement of docks, for `restore`."""
        return self._window.saveState(_VERSION)

    def restore(self, geometry: QByteArray, state: QByteArray) -> None:
        """Restore a remembered size and arrangement; what doesn't fit is ignored.

        Parameters
        ----------
        geometry : QByteArray
            From `QWidget.saveGeometry`, perhaps of another screen.
        state : QByteArray
            From `state`.
        """
        window = self._window
        if not geometry.isEmpty() and window.restoreGeometry(geometry):
            wanted = window.geometry()
            fitted = fitting(wanted, window.screen().availableGeometry())
            if fitted != wanted and not window.isMaximized():
                window.setGeometry(fitted)
        size = window.size()
        self._is_narrow, self._is_low = size.width() < _NARROW, size.height() < _LOW
        if state.isEmpty() or not window.restoreState(state, _VERSION):
            self.reset()

    def present(self, on: bool) -> None:
        """Leave only what belongs in a presentation, or bring everything back."""
        if on == self._is_presenting:
            return
        window = self._window
        if on:
            self._before = self.state()
            self._is_presenting = True
            for spec in self._specs:
                dock = self._docks[spec.name]
                dock.setFloating(False)
                if spec.is_presented:
                    dock.show()
                    self._set_title_shown(spec, False)
                else:
                    # only hidden, docks behind each other would leave their tabs
                    window.removeDockWidget(dock)
            for bar in window.findChildren(QTabBar, options=_DIRECT):
                bar.hide()
            self._follow_size()
            return
        self._is_presenting = False
        for spec in self._specs:
            self._set_title_shown(spec, True)
        window.restoreState(self._before, _VERSION)
        self._follow_size()

    def _set_title_shown(self, spec: DockSpec, shown: bool) -> None:
        dock = self._docks[spec.name]
        hidden = QWidget(dock) if spec.is_bare or not shown else None
        # PySide's stub doesn't know that None brings the usual title back
        dock.setTitleBarWidget(hidden)  # type: ignore[arg-type]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize:
            self._follow_size()
        return False

    def _follow_size(self) -> None:
        if self._is_presenting:
            self._set_side_width(round(_SIDE_SHARE * self._window.width()))
            return
        size = self._window.size()
        was_narrow, was_low = self._is_narrow, self._is_low
        self._is_narrow, self._is_low = size.width() < _NARROW, size.height() < _LOW
        if self._is_low != was_low:
            self._follow_height()
        if self._is_narrow or was_narrow:
            self._set_side_width(self._side_width())

    def _follow_height(self) -> None:
        """Lay docks behind each other in a low window, and take them apart in a high one."""
        window = self._window
        # what a person has moved elsewhere stays there
        moved = (
            self._docks[spec.name].isFloating()
            or window.dockWidgetArea(self._docks[spec.name]) != spec.area
            for spec in self._specs
        )
        if any(moved):
            return
        closed = [dock for dock in self._docks.values() if dock.isHidden()]
        seen = [
            self._docks[spec.name]
            for spec in self._specs
            if not spec.low_tab_of and not self._docks[spec.name].visibleRegion().isEmpty()
        ]
        for spec in self._specs:
            if not spec.low_tab_of:
                continue
            dock, host = self._docks[spec.name], self._docks[spec.low_tab_of]
            together = host in window.tabifiedDockWidgets(dock)
            if self._is_low and not together:
                window.tabifyDockWidget(host, dock)
                host.raise_()
                self._set_heights()
            elif not self._is_low and together:
                # a dock can't be put below one that has tabs: start again
                self.reset()
                break
        for dock in closed:
            dock.hide()
        for dock in seen:
            dock.raise_()

    def _set_heights(self) -> None:
        # of docks behind each other the one in front has its way
        fronts = [spec for spec in self._specs if not self._host(spec)]
        docks = [self._docks[spec.name] for spec in fronts]
        side = [spec for spec in fronts if spec.area == _Area.RightDockWidgetArea]
        rest = self._window.height() - _NOT_DOCKS - sum(spec.height for spec in side)
        heights = [spec.height + spec.takes_rest * max(rest, 0) for spec in fronts]
        self._window.resizeDocks(docks, heights, Qt.Orientation.Vertical)

    def _side_width(self) -> int:
        width = self._window.width()
        return round(_SIDE_SHARE * width) if width < _NARROW else _SIDE_WIDTH

    def _set_side_width(self, width: int) -> None:
        side = (_Area.LeftDockWidgetArea, _Area.RightDockWidgetArea)
        docks = [
            dock
            for dock in self._docks.values()
            if self._window.dockWidgetArea(dock) in side and not dock.isFloating()
        ]
        self._window.resizeDocks(docks, [width] * len(docks), Qt.Orientation.Horizontal)


def is_seen(widget: QWidget) -> bool:
    """Whether the dock that a widget is in, if any, lies behind no other."""
    dock: QWidget | None = widget
    while dock is not None and not isinstance(dock, QDockWidget):
        dock = dock.parentWidget()
    return dock is None or not dock.visibleRegion().isEmpty()


def fitting(wanted: QRect, available: QRect) -> QRect:
    """Return a rectangle that lies within another, as little changed as can be.

    Parameters
    ----------
    wanted : QRect
        Place and size of a window.
    available : QRect
        What the screen has.

    Returns
    -------
    QRect
        `wanted`, made smaller and moved where it must.
    """
    rect = QRect(wanted.topLeft(), wanted.size().boundedTo(available.size()))
    rect.moveLeft(min(max(rect.left(), available.left()), available.right() + 1 - rect.width()))
    rect.moveTop(min(max(rect.top(), available.top()), available.bottom() + 1 - rect.height()))
    return rect
