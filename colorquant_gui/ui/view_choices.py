"""ViewChoices: how things are looked at: what the View menu chooses, and what is remembered."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QGuiApplication

from colorquant_gui.ui import dialogs
from colorquant_gui.ui.action_table import ZOOM_PERCENTS
from colorquant_gui.ui.canvas import CompareMode
from colorquant_gui.ui.theme import Scheme, apply_theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences

_MODES = {
    "modeSplit": CompareMode.SPLIT.value,
    "modeSplitHorizontal": CompareMode.SPLIT_HORIZONTAL.value,
    "modeSideBySide": CompareMode.SIDE_BY_SIDE.value,
    "modeOnion": CompareMode.ONION.value,
    "modeFlicker": CompareMode.FLICKER.value,
    "modeDifference": CompareMode.DIFFERENCE.value,
    "modeOriginal": CompareMode.ORIGINAL.value,
    "modeResult": CompareMode.RESULT.value,
}
# Each handle has a place of its own.
_SPLITS = {CompareMode.SPLIT: "split", CompareMode.SPLIT_HORIZONTAL: "splitHorizontal"}
_THEMES = {
    "themeSystem": Scheme.SYSTEM.value,
    "themeLight": Scheme.LIGHT.value,
    "themeDark": Scheme.DARK.value,
}
_ERROR_METRICS = {"errorRgb": "rgb", "errorCiede2000": "ciede2000"}
# The first one is the canvas's own; "" stands for a colour that a person has mixed.
_BACKGROUNDS = {
    "backgroundChecker": "default",
    "backgroundWhite": "#ffffff",
    "backgroundGrey": "#808080",
    "backgroundBlack": "#000000",
    "backgroundCustom": "",
}
_SURROUNDS = {
    "surroundTheme": "default",
    "surroundWhite": "#ffffff",
    "surroundGrey": "#808080",
    "surroundBlack": "#000000",
    "surroundCustom": "",
}


class ViewChoices(QObject):
    """Connects what chooses a view to the views, and remembers it.

    Attributes
    ----------
    differenceChanged : Signal()
        Another mode, or another measure of the difference, was chosen.

    Parameters
    ----------
    session : Session
        Whose picture is looked at.
    window : MainWindow
        Where it is looked at.
    preferences : Preferences
        What is remembered between runs.
    """

    differenceChanged = Signal()

    def __init__(self, session: Session, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self._session, self._window, self._preferences = session, window, preferences
        self._connect()
        self._restore()
        session.sourceChanged.connect(self._show_open)
        self._show_open()

    def _connect(self) -> None:
        window, canvas, actions = self._window, self._window.canvas, self._window.actions_by_key
        preferences = self._preferences
        handlers: dict[str, Callable[[], object]] = {
            "zoomIn": canvas.zoom_in,
            "zoomOut": canvas.zoom_out,
            "zoomFit": canvas.zoom_to_fit,
            "zoomActual": canvas.zoom_actual_size,
            "loupe": lambda: canvas.set_loupe(actions["loupe"].isChecked()),
            "minimap": lambda: self._set_switch("minimap", canvas.set_minimap),
            "pixelGrid": lambda: self._set_switch("pixelGrid", canvas.set_pixel_grid),
            "reducedMotion": lambda: self._set_switch("reducedMotion", self._reduce_motion),
            "resetColorSpace": window.color_space.reset_view,
            "resetLayout": window.reset_layout,
        }
        for percent in ZOOM_PERCENTS:
            handlers[f"zoom{percent}"] = partial(canvas.set_zoom, percent / 100)
        for table, choose in (
            (_MODES, self._set_mode),
            (_THEMES, self._set_theme),
            (_ERROR_METRICS, self._set_error_metric),
            (_BACKGROUNDS, self._choose_background),
            (_SURROUNDS, self._choose_surround),
        ):
            for key, value in table.items():
                handlers[key] = partial(choose, value)
        for key, handler in handlers.items():
            actions[key].triggered.connect(lambda _=False, call=handler: call())
        window.zoom.zoomEdited.connect(canvas.set_zoom)
        window.zoom.fitRequested.connect(canvas.zoom_to_fit)
        window.zoom.zoomInRequested.connect(canvas.zoom_in)
        window.zoom.zoomOutRequested.connect(canvas.zoom_out)
        canvas.zoomChanged.connect(window.zoom.set_zoom)
        canvas.loupeToggled.connect(actions["loupe"].setChecked)
        canvas.errorMetricEdited.connect(self._set_error_metric)
        canvas.splitMoved.connect(self._remember_split)
        canvas.onionOpacityEdited.connect(lambda at: preferences.put("onion", at))
        canvas.flickerRateEdited.connect(lambda at: preferences.put("flicker", at))
        window.color_space.layersChanged.connect(
            lambda layers: preferences.put_names("spaceLayers", layers)
        )
        window.color_space.viewOptionsChanged.connect(
            lambda options: preferences.put_options("spaceView", options)
        )
        window.timeline.speedEdited.connect(self._set_speed)

    def _restore(self) -> None:
        window, preferences, canvas = self._window, self._preferences, self._window.canvas
        self._set_mode(preferences.text("mode", CompareMode.SPLIT.value, _MODES.values()))
        self._set_error_metric(preferences.text("errorMetric", "rgb", _ERROR_METRICS.values()))
        for mode, key in _SPLITS.items():
            canvas.set_split(preferences.number(key, 0.5, 0, 1), mode)
        canvas.set_onion_opacity(preferences.number("onion", 0.5, 0, 1))
        canvas.set_flicker_rate(preferences.number("flicker", 1.0, 0.5, 5))
        window.color_space.set_layers(
            preferences.names("spaceLayers", ("pixels", "centroids", "trails", "gamut", "axes"))
        )
        window.color_space.set_view_options(preferences.options("spaceView"))
        for key, is_on, choose in (
            ("minimap", True, canvas.set_minimap),
            ("pixelGrid", True, canvas.set_pixel_grid),
            ("reducedMotion", False, self._reduce_motion),
        ):
            window.actions_by_key[key].setChecked(bool(preferences.number(key, is_on, 0, 1)))
            self._set_switch(key, choose)
        self._set_background(preferences.text("background", "default"))
        self._set_surround(preferences.text("surround", "default"))
        window.timeline.set_speed(preferences.number("speed", 1.0, 0.25, math.inf))
        self._session.playback.set_speed(window.timeline.speed())
        window.zoom.set_presets(canvas.zoom_presets())
        self._check(_THEMES, preferences.text("theme", Scheme.SYSTEM.value, _THEMES.values()))

    def _show_open(self) -> None:
        """Enable what needs a picture."""
        is_open = self._session.source is not None
        for percent in ZOOM_PERCENTS:
            self._window.actions_by_key[f"zoom{percent}"].setEnabled(is_open)
        self._window.zoom.setEnabled(is_open)
        self._window.zoom.set_zoom(self._window.canvas.zoom() if is_open else None)

    # -- choices -------------------------------------------------------------------------------

    def _check(self, table: dict[str, str], value: str) -> None:
        for key, its_value in table.items():
            self._window.actions_by_key[key].setChecked(its_value == value)

    def _set_switch(self, key: str, choose: Callable[[bool], object]) -> None:
        is_on = self._window.actions_by_key[key].isChecked()
        choose(is_on)
        self._preferences.put(key, int(is_on))

    def _set_mode(self, value: str) -> None:
        self._window.canvas.set_compare_mode(CompareMode(value))
        self._check(_MODES, value)
        self._preferences.put("mode", value)
        self.differenceChanged.emit()

    def _remember_split(self, position: float) -> None:
        self._preferences.put(_SPLITS[self._window.canvas.compare_mode()], position)

    def _set_error_metric(self, metric: str) -> None:
        self._window.canvas.set_error_metric(metric)
        self._check(_ERROR_METRICS, metric)
        self._preferences.put("errorMetric", metric)
        self.differenceChanged.emit()

    def _set_theme(self, value: str) -> None:
        app: QApplication = QGuiApplication.instance()  # type: ignore[assignment]
        apply_theme(app, Scheme(value))
        self._preferences.put("theme", value)

    def _reduce_motion(self, on: bool) -> None:
        self._window.canvas.set_motion(not on)

    def _choose_background(self, value: str) -> None:
        title = self.tr("Background of transparent areas")
        self._set_background(value or self._mixed(title, "background"))

    def _choose_surround(self, value: str) -> None:
        self._set_surround(value or self._mixed(self.tr("Surroundings"), "surround"))

    def _mixed(self, title: str, key: str) -> str:
        """Let a person mix a colour; what is there already where they don't."""
        before = self._preferences.text(key, "default")
        return dialogs.mix_color(self._window, title, before) or before

    def _set_background(self, value: str) -> None:
        self._window.canvas.set_background(self._taken("background", _BACKGROUNDS, value))

    def _set_surround(self, value: str) -> None:
        self._window.canvas.set_surround(self._taken("surround", _SURROUNDS, value))

    def _taken(self, key: str, table: dict[str, str], value: str) -> QColor | None:
        """Check and remember a colour; None for the canvas's own."""
        color = QColor.fromString(value)
        if not color.isValid():
            value = "default"
        self._check(table, value if value in table.values() else "")
        self._preferences.put(key, value)
        return color if color.isValid() else None

    def _set_speed(self, speed: float) -> None:
        self._session.playback.set_speed(speed)
        self._preferences.put("speed", speed)
