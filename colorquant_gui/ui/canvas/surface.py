"""Surface: the parts that the canvas is made of, and how they follow what changes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSizeF, Qt, Signal
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.canvas.compare import CompareMode
from colorquant_gui.ui.canvas.flicker import Flicker
from colorquant_gui.ui.canvas.furniture import Furniture
from colorquant_gui.ui.canvas.gestures import Gestures
from colorquant_gui.ui.canvas.layers import Layers
from colorquant_gui.ui.canvas.lookout import Lookout
from colorquant_gui.ui.canvas.pointer import Pointer
from colorquant_gui.ui.canvas.scene import Scene
from colorquant_gui.ui.canvas.stage import Stage


class Surface(QWidget):
    """Holds the parts and keeps them in step.

    Parameters
    ----------
    parent : QWidget, optional
        Its owner.
    """

    zoomChanged = Signal(float)
    splitMoved = Signal(float)
    onionOpacityEdited = Signal(float)
    flickerRateEdited = Signal(float)
    loupeToggled = Signal(bool)
    pixelHovered = Signal(object)
    colorHovered = Signal(object)
    colorsUnderPointer = Signal(object)
    colorClicked = Signal(object)
    cancelRequested = Signal()
    openRequested = Signal()
    sampleRequested = Signal(str)
    errorMetricEdited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._is_peeking = False
        self._has_loupe = False
        self._zoom_told: float | None = None
        self._stage = Stage()
        self._layers = Layers(self)
        self._layers.refined.connect(self.update)
        self._scene = Scene(self._stage, self._layers)
        self._gestures = Gestures(self._stage, self)
        self._gestures.viewMoved.connect(self._show_view)
        self._gestures.splitMoved.connect(self.splitMoved)
        self._gestures.clicked.connect(self._click)
        self._gestures.loupeWanted.connect(lambda: self._switch_loupe(not self._has_loupe))
        self._pointer = Pointer(self._stage, self._layers, self)
        for name in ("pixelHovered", "colorHovered", "colorsUnderPointer"):
            getattr(self._pointer, name).connect(getattr(self, name))
        self._flicker = Flicker(self)
        self._flicker.turned.connect(self._turn)
        self._furniture = Furniture(self)
        self._furniture.openRequested.connect(self.openRequested)
        self._furniture.sampleRequested.connect(self.sampleRequested)
        self._furniture.welcomeClosed.connect(self._close_welcome)
        self._furniture.metricEdited.connect(self.errorMetricEdited)
        self._furniture.cancelRequested.connect(self.cancelRequested)
        self._furniture.viewCentered.connect(self._center_on)
        self._furniture.onionEdited.connect(self._edit_onion)
        self._furniture.flickerEdited.connect(self._edit_flicker)
        self._lookout = Lookout(self._stage, self._layers, self)
        self._lookout.changed.connect(self._show_missed)
        for widget in self._furniture.covering():
            widget.installEventFilter(self)
        self._show_state()

    # -- following a change ----------------------------------------------------------------------

    def _show_state(self) -> None:
        """Follow a change between empty, busy and picture."""
        has_picture = self._layers.picture is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_picture else Qt.FocusPolicy.NoFocus)
        self._furniture.show_state(has_picture=has_picture)
        self._show_view()

    def _show_view(self) -> None:
        """Follow a change of what is seen where."""
        stage, layers = self._stage, self._layers
        stage.can_compare = layers.has_result and not self._is_peeking
        stage.has_error = layers.has_error
        zoom = stage.viewport.zoom
        if layers.picture is not None and zoom != self._zoom_told:
            self._zoom_told = zoom
            self.zoomChanged.emit(zoom)
        self._furniture.show_view(stage)
        self._flicker.set_running(self.isVisible() and stage.shown_mode is CompareMode.FLICKER)
        self._pointer.look()
        self._show_pointer()
        self._describe()
        self.update()

    def _show_result(self) -> None:
        """Follow a change of colours alone."""
        self._pointer.look()
        self.update()

    def _show_missed(self) -> None:
        """Say where to look for what stands out, where none of it is in view."""
        font = self.font()
        self._furniture.show_missed(
            self._lookout.missed,
            self._stage,
            self._scene.caption_font(font),
            self._scene.captioned(font),
        )

    def _show_pointer(self) -> None:
        place = self._pointer.place
        is_free = not self._gestures.is_on_split(place) and not self._gestures.is_holding
        has_loupe = self._has_loupe and self._pointer.pixel is not None and is_free
        shown = place if has_loupe else None
        self._scene.covered = self._furniture.covered()
        if shown != self._scene.loupe_place:
            self._scene.loupe_place = shown
            self.update()
        cursor = Qt.CursorShape.BlankCursor if has_loupe else self._gestures.cursor_at(place)
        self.setCursor(cursor)

    def _describe(self) -> None:
        description = self._scene.describe()
        if description != self.accessibleName():
            self.setAccessibleName(description)

    def _follow_pointer(self, place: QPointF | None) -> None:
        self._pointer.follow(place)
        self._show_pointer()

    def _set_peeking(self, on: bool) -> None:
        if on != self._is_peeking:
            self._is_peeking = on
            self._show_view()

    def _switch_loupe(self, on: bool) -> None:
        if on != self._has_loupe:
            self._has_loupe = on
            self._show_pointer()
            self.loupeToggled.emit(on)

    def _click(self, place: QPointF) -> None:
        self.colorClicked.emit(self._pointer.color_at(place))

    def _turn(self, to_result: bool) -> None:
        self._stage.is_flipped = to_result
        self.update()

    def _center_on(self, x: float, y: float) -> None:
        self._gestures.release()
        self._stage.viewport.center_on(x, y)
        self._show_view()

    def _edit_onion(self, opacity: float) -> None:
        self._stage.onion_opacity = opacity
        self._show_view()
        self.onionOpacityEdited.emit(opacity)

    def _edit_flicker(self, rate: float) -> None:
        self._flicker.set_rate(rate)
        self.flickerRateEdited.emit(self._flicker.rate)

    def _close_welcome(self) -> None:
        self._furniture.set_welcome(False)
        self._show_state()
        if self._layers.picture is not None:
            self.setFocus()

    def _let_go(self) -> None:
        self._gestures.release()
        self._set_peeking(False)

    def _fill(self) -> None:
        self._stage.resize(QSizeF(self.size()), self.devicePixelRatioF())
        self._furniture.resize(self.rect())
        self._show_view()
