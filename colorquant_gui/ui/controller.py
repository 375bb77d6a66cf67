"""Controller: what a person does in the window becomes calls of the session."""

from __future__ import annotations

import math
import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from colorquant_gui.ui import dialogs
from colorquant_gui.ui.canvas import CompareMode
from colorquant_gui.ui.file_actions import FileActions
from colorquant_gui.ui.panels.method_panel import MAX_SEED
from colorquant_gui.ui.theme import Scheme, apply_theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QApplication

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences

_MODE_ACTIONS = {
    "modeSplit": CompareMode.SPLIT,
    "modeSplitHorizontal": CompareMode.SPLIT_HORIZONTAL,
    "modeSideBySide": CompareMode.SIDE_BY_SIDE,
    "modeOnion": CompareMode.ONION,
    "modeFlicker": CompareMode.FLICKER,
    "modeDifference": CompareMode.DIFFERENCE,
    "modeOriginal": CompareMode.ORIGINAL,
    "modeResult": CompareMode.RESULT,
}
_THEME_ACTIONS = {
    "themeSystem": Scheme.SYSTEM,
    "themeLight": Scheme.LIGHT,
    "themeDark": Scheme.DARK,
}


class Controller(QObject):
    """Connects a window's actions and widgets to a session, and remembers choices.

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

    def __init__(
        self, session: Session, window: MainWindow, preferences: Preferences, log_file: Path
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._preferences = preferences
        self._log_file = log_file
        self.files = FileActions(session, window, preferences)
        self._quitting = False
        self._connect_actions()
        self._connect_widgets()
        self._restore()

    def _connect_actions(self) -> None:
        window, session, files = self._window, self._session, self.files
        canvas, actions = window.canvas, window.actions_by_key
        handlers = {
            "open": files.open_dialog,
            "openSample": files.open_sample,
            "clearRecent": files.clear_recent,
            "save": files.save,
            "saveAs": files.save_as,
            "quit": window.close,
            "copyResult": files.copy_result,
            "paste": files.paste,
            "zoomIn": canvas.zoom_in,
            "zoomOut": canvas.zoom_out,
            "zoomFit": canvas.zoom_to_fit,
            "zoomActual": canvas.zoom_actual_size,
            "loupe": lambda: canvas.set_loupe(actions["loupe"].isChecked()),
            "minimap": lambda: canvas.set_minimap(actions["minimap"].isChecked()),
            "resetColorSpace": window.color_space.reset_view,
            "resetLayout": window.reset_layout,
            "fullScreen": self._toggle_full_screen,
            "stop": session.stop_run,
            "restart": session.restart_run,
            "newSeed": self._choose_new_seed,
            "shortcuts": self._show_shortcuts,
            "showLog": self._show_log,
            "about": self._show_about,
        }
        for key, handler in handlers.items():
            window.actions_by_key[key].triggered.connect(lambda _=False, call=handler: call())
        for key, mode in _MODE_ACTIONS.items():
            window.actions_by_key[key].triggered.connect(
                lambda _=False, mode=mode: self._set_mode(mode)
            )
        for key, scheme in _THEME_ACTIONS.items():
            window.actions_by_key[key].triggered.connect(
                lambda _=False, scheme=scheme: self._set_theme(scheme)
            )
        stack = session.undo_stack
        undo = stack.createUndoAction(window, self.tr("&Undo"))
        undo.setObjectName("undo")
        undo.setShortcut("Ctrl+Z")
        redo = stack.createRedoAction(window, self.tr("&Redo"))
        redo.setObjectName("redo")
        redo.setShortcuts(["Ctrl+Shift+Z", "Ctrl+Y"])
        window.add_edit_actions(undo, redo)

    def _connect_widgets(self) -> None:
        window, session, files = self._window, self._session, self.files
        window.k_selector.editingStarted.connect(session.begin_edit)
        window.k_selector.valueEdited.connect(self._set_k)
        window.k_selector.editingFinished.connect(session.end_edit)
        window.method.choiceEdited.connect(self._set_method)
        window.method.seedEdited.connect(self._set_seed)
        window.method.newSeedRequested.connect(self._choose_new_seed)
        window.speed.speedEdited.connect(self._set_speed)
        window.canvas.openRequested.connect(files.open_dialog)
        window.canvas.cancelRequested.connect(session.cancel_loading)
        window.canvas.splitMoved.connect(lambda at: self._preferences.put("split", at))
        window.canvas.onionOpacityEdited.connect(lambda at: self._preferences.put("onion", at))
        window.canvas.flickerRateEdited.connect(lambda at: self._preferences.put("flicker", at))
        window.canvas.loupeToggled.connect(window.actions_by_key["loupe"].setChecked)
        window.color_space.layersChanged.connect(
            lambda layers: self._preferences.put_names("spaceLayers", layers)
        )
        window.color_space.viewOptionsChanged.connect(
            lambda options: self._preferences.put_options("spaceView", options)
        )
        window.color_space.saveViewRequested.connect(files.save_view)
        window.palette_view.colorCopied.connect(
            lambda text: window.notifications.show_message(self.tr("Copied {0}").format(text))
        )
        window.mimeDropped.connect(files.open_mime)
        window.closeRequested.connect(self._close)
        session.saved.connect(self._quit_after_save)
        session.savingChanged.connect(self._stay_when_cancelled)
        session.problem.connect(self._stay)

    # -- remembered choices --------------------------------------------------------------------

    def _restore(self) -> None:
        window, preferences = self._window, self._preferences
        window.restore_layout(preferences.state("geometry"), preferences.state("layout"))
        mode = preferences.text("mode", CompareMode.SPLIT.value, [m.value for m in CompareMode])
        self._set_mode(CompareMode(mode))
        window.canvas.set_split(preferences.number("split", 0.5, 0, 1))
        window.color_space.set_layers(
            preferences.names("spaceLayers", ("pixels", "centroids", "trails", "gamut", "axes"))
        )
        window.canvas.set_onion_opacity(preferences.number("onion", 0.5, 0, 1))
        window.canvas.set_flicker_rate(preferences.number("flicker", 1.0, 0.5, 5))
        window.color_space.set_view_options(preferences.options("spaceView"))
        window.actions_by_key["minimap"].setChecked(True)
        speed = preferences.number("speed", 1.0, 0.25, math.inf)
        window.speed.set_speed(speed)
        self._session.playback.set_speed(window.speed.speed())
        theme = preferences.text("theme", Scheme.SYSTEM.value, [s.value for s in Scheme])
        for key, scheme in _THEME_ACTIONS.items():
            window.actions_by_key[key].setChecked(scheme.value == theme)

    def _remember(self) -> None:
        preferences, settings = self._preferences, self._session.settings
        if not self._window.isFullScreen():
            preferences.put("geometry", self._window.saveGeometry())
            preferences.put("layout", self._window.layout_state())
        preferences.put("k", settings.k)
        for field in ("quality", "color_space", "seeding"):
            preferences.put(field, getattr(settings, field))
        preferences.put("seed", settings.seed)

    def _set_mode(self, mode: CompareMode) -> None:
        self._window.canvas.set_compare_mode(mode)
        for key, value in _MODE_ACTIONS.items():
            self._window.actions_by_key[key].setChecked(value is mode)
        self._preferences.put("mode", mode.value)
        self.modeChanged.emit()

    def _set_theme(self, scheme: Scheme) -> None:
        app: QApplication = QGuiApplication.instance()  # type: ignore[assignment]
        apply_theme(app, scheme)
        self._preferences.put("theme", scheme.value)

    def _set_speed(self, speed: float) -> None:
        self._session.playback.set_speed(speed)
        self._preferences.put("speed", speed)

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

    def _toggle_full_screen(self) -> None:
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    # -- the end -------------------------------------------------------------------------------

    @Slot(object)
    def _close(self, event: QCloseEvent) -> None:
        if self._session.is_saving and not self._quitting:
            self._quitting = True
            self._window.notifications.show_message(self.tr("Saving, then closing…"))
            event.ignore()
            return
        # who closes a second time does not want to wait for what a save waits for
        self._session.cancel_save()
        self._remember()
        # what can't be cancelled at once ends behind the scenes
        self._window.hide()
        self._session.close()
        event.accept()

    @Slot()
    def _quit_after_save(self) -> None:
        if self._quitting and not self._session.is_saving:
            self._window.close()

    @Slot()
    def _stay(self) -> None:
        self._quitting = False

    @Slot(bool)
    def _stay_when_cancelled(self, saving: bool) -> None:
        self._quitting = self._quitting and saving

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
