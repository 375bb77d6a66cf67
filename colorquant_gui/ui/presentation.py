"""Presentation: the window for a lecture hall, only the picture, its colours and large figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

if TYPE_CHECKING:
    from colorquant_gui.ui.main_window import MainWindow

_CURSOR_MS = 2000
_CAPTION_SCALE = 2.0
# The numbers at the axes have less room, and are bigger from the start.
_SPACE_SCALE = 1.7
# What has a use of its own for the space bar.
_TAKES_SPACE = (QAbstractButton, QComboBox, QLineEdit)


class Presentation(QObject):
    """Enters and leaves the presentation, and hides the cursor while it rests there.

    Attributes
    ----------
    changed : Signal()
        It has begun or ended.

    Parameters
    ----------
    window : MainWindow
        What is shown.
    """

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_on = False
        self._is_cursor_hidden = False
        self._states_before = Qt.WindowState.WindowNoState
        action = window.actions_by_key["presentation"]
        action.triggered.connect(lambda: self._switch(not self._is_on))
        self._rest = QTimer(self, singleShot=True, interval=_CURSOR_MS)
        self._rest.timeout.connect(self._hide_cursor)
        window.status.factsChanged.connect(self._tell)

    @property
    def is_on(self) -> bool:
        """Whether the window is presenting."""
        return self._is_on

    @Slot()
    def leave(self) -> None:
        """Bring menus, tools and panels back."""
        self._switch(False)

    def _switch(self, on: bool) -> None:
        if on == self._is_on:
            return
        window = self._window
        if on:
            self._states_before = window.windowState()
            window.layout_of_docks.present(True)
        self._is_on = on
        for chrome in (window.menuBar(), window.tool_bar, window.status):
            chrome.setVisible(not on)
        window.readout_bar.setVisible(on)
        window.canvas.set_caption_scale(_CAPTION_SCALE if on else 1.0)
        window.color_space.set_text_scale(_SPACE_SCALE if on else 1.0)
        app = QApplication.instance()
        assert app is not None
        if on:
            app.installEventFilter(self)
            self._tell()
            window.readout.set_window_height(window.height())
            window.setWindowState(self._states_before | Qt.WindowState.WindowFullScreen)
            window.canvas.setFocus()
            self._rest.start()
        else:
            app.removeEventFilter(self)
            self._rest.stop()
            self._show_cursor()
            window.canvas.set_peeking(False)
            window.layout_of_docks.present(False)
            window.setWindowState(self._states_before)
        self.changed.emit()

    @Slot()
    def _tell(self) -> None:
        if not self._is_on:
            return
        facts = self._window.status.facts()
        self._window.set_presentation_readout(
            [
                ("k", facts.k),
                ("MSE", facts.mse),
                (self.tr("Run"), facts.run),
                (self.tr("Pixel"), facts.pixel),
            ]
        )

    # -- cursor and keys -----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the cursor back when it moves; let Space show the original from anywhere."""
        kind = event.type()
        if kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._show_cursor()
            self._rest.start()
        elif kind == QEvent.Type.Resize and watched is self._window:
            self._window.readout.set_window_height(self._window.height())
        elif kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(
            event, QKeyEvent
        ):
            return self._take_space(watched, event)
        return False

    def _take_space(self, watched: QObject, event: QKeyEvent) -> bool:
        is_space = event.key() == Qt.Key.Key_Space and not event.modifiers()
        if not is_space or isinstance(watched, _TAKES_SPACE) or not isinstance(watched, QWidget):
            return False
        if watched.window() is not self._window:
            return False
        if not event.isAutoRepeat():
            self._window.canvas.set_peeking(event.type() == QEvent.Type.KeyPress)
        return True

    @Slot()
    def _hide_cursor(self) -> None:
        if not self._is_cursor_hidden:
            self._is_cursor_hidden = True
            QApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show_cursor(self) -> None:
        if self._is_cursor_hidden:
            self._is_cursor_hidden = False
            QApplication.restoreOverrideCursor()
