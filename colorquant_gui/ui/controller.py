"""Controller: what a person does in the window becomes calls of the session."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence

from colorquant_gui.session import PICKS
from colorquant_gui.ui import dialogs
from colorquant_gui.ui.file_actions import FileActions
from colorquant_gui.ui.panel_states import PanelStates
from colorquant_gui.ui.panels.method_panel import MAX_SEED
from colorquant_gui.ui.presentation import Presentation
from colorquant_gui.ui.unfinished import Unfinished
from colorquant_gui.ui.view_choices import ViewChoices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences


class Controller(QObject):
    """Connects a window's actions and widgets to a session, and remembers its settings.

    Attributes
    ----------
    modeChanged : Signal()
        The canvas is to show another mode, or the difference in another measure.
    closing : Signal()
        The window closes; what runs is to end.
    files : FileActions
        Opens and saves.
    presentation : Presentation
        Shows the window to a lecture hall.
    unfinished : Unfinished
        What a closing window waits for.

    Parameters
    ----------
    session : Session
        What is worked on.
    window : MainWindow
        Where a person works.
    preferences : Preferences
        What is remembered between runs.
    log_file : Path
        Where faults are written down.
    """

    modeChanged = Signal()
    closing = Signal()

    def __init__(
        self, session: Session, window: MainWindow, preferences: Preferences, log_file: Path
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._preferences = preferences
        self._log_file = log_file
        self.files = FileActions(session, window, preferences)
        self.unfinished = Unfinished(session, window)
        window.restore_layout(preferences.state("geometry"), preferences.state("layout"))
        self.presentation = Presentation(window)
        PanelStates(session, window)
        self._views = ViewChoices(session, window, preferences)
        self._views.differenceChanged.connect(self.modeChanged)
        self._connect_actions()
        self._connect_widgets()
        session.sourceChanged.connect(self._show_open)
        self._show_open()

    def _connect_actions(self) -> None:
        window, session, files = self._window, self._session, self.files
        handlers: dict[str, Callable[[], object]] = {
            "open": files.open_dialog,
            "close": self._close_picture,
            "clearRecent": files.clear_recent,
            "save": files.save,
            "saveAs": files.save_as,
            "quit": window.close,
            "copyResult": files.copy_result,
            "paste": files.paste,
            "fullScreen": self._toggle_full_screen,
            "stop": session.stop_run,
            "restart": session.restart_run,
            "newSeed": self._choose_new_seed,
            "welcome": lambda: window.canvas.set_welcome(True),
            "shortcuts": self._show_shortcuts,
            "showLog": self._show_log,
            "about": self._show_about,
        }
        for key, handler in handlers.items():
            window.actions_by_key[key].triggered.connect(lambda _=False, call=handler: call())
        steps = session.undo_group
        undo = steps.createUndoAction(window, self.tr("&Undo"))
        undo.setObjectName("undo")
        undo.setShortcut("Ctrl+Z")
        redo = steps.createRedoAction(window, self.tr("&Redo"))
        redo.setObjectName("redo")
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        window.add_edit_actions(undo, redo)

    def _connect_widgets(self) -> None:
        window, session, files = self._window, self._session, self.files
        window.k_selector.editingStarted.connect(session.begin_edit)
        window.k_selector.valueEdited.connect(self._set_k)
        window.k_selector.editingFinished.connect(session.end_edit)
        window.method.choiceEdited.connect(self._set_method)
        window.method.seedEdited.connect(self._set_seed)
        window.method.newSeedRequested.connect(self._choose_new_seed)
        window.canvas.openRequested.connect(files.open_dialog)
        window.canvas.sampleRequested.connect(files.open_sample)
        window.canvas.cancelRequested.connect(session.cancel_loading)
        window.color_space.saveViewRequested.connect(files.save_view)
        window.palette_view.colorCopied.connect(
            lambda text: window.notifications.show_message(self.tr("Copied {0}").format(text))
        )
        window.mimeDropped.connect(files.open_mime)
        window.closeRequested.connect(self._close)

    # -- remembered choices --------------------------------------------------------------------

    def _show_open(self) -> None:
        """Enable what needs a picture."""
        is_open = self._session.source is not None
        for key in ("close", "presentation"):
            self._window.actions_by_key[key].setEnabled(is_open)
        if not is_open:
            self.presentation.leave()

    def _remember(self) -> None:
        preferences, settings = self._preferences, self._session.own_settings
        if not self._window.isFullScreen():
            preferences.put("geometry", self._window.saveGeometry())
            preferences.put("layout", self._window.layout_state())
        preferences.put("k", settings.k)
        for field in ("quality", "color_space"):
            preferences.put(field, getattr(settings, field))
        # colours that were picked belong to their picture
        if settings.seeding != PICKS:
            preferences.put("seeding", settings.seeding)
        preferences.put("seed", settings.seed)

    def _set_k(self, k: int) -> None:
        self._session.set(self.tr("Change k"), k=k)

    def _set_method(self, field: str, key: str) -> None:
        self._session.set(self.tr("Change Method"), **{field: key})

    def _set_seed(self, seed: int) -> None:
        self._session.set(self.tr("Change Seed"), seed=seed)

    def _choose_new_seed(self) -> None:
        seed = self._session.settings.seed
        while seed == self._session.settings.seed:
            seed = secrets.randbelow(MAX_SEED + 1)
        self._session.set(self.tr("New Random Seed"), seed=seed)

    def _close_picture(self) -> None:
        self._session.close_picture()

    def _toggle_full_screen(self) -> None:
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    # -- the end -------------------------------------------------------------------------------

    @Slot(object)
    def _close(self, event: QCloseEvent) -> None:
        if not self.unfinished.may_close():
            event.ignore()
            return
        self.presentation.leave()
        # who closes a second time does not want to wait for what a save waits for
        self._session.cancel_save()
        self._remember()
        # what can't be cancelled at once ends behind the scenes
        self._window.hide()
        self.closing.emit()
        self._session.close()
        event.accept()

    # -- help ----------------------------------------------------------------------------------

    def _show_shortcuts(self) -> None:
        dialogs.show_shortcuts(self._window, self._window.actions())

    def _show_log(self) -> None:
        if not self._log_file.exists():
            self._window.notifications.show_message(self.tr("Nothing has gone wrong yet: no log."))
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_file)))

    def _show_about(self) -> None:
        dialogs.show_about(self._window)
