"""Choices: what the person has chosen about the view, from legend, bar and options panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.space3d.layers import LAYERS
from colorquant_gui.ui.space3d.view_options import options_of, parsed

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.cloud import Cloud
    from colorquant_gui.ui.space3d.look import Look
    from colorquant_gui.ui.space3d.navigation import Navigation
    from colorquant_gui.ui.space3d.overlays import Overlays
    from colorquant_gui.ui.space3d.scene import Scene


class Choices(QObject):
    """Ties the controls to layers, space, look and projection.

    Parameters
    ----------
    scene : Scene
        What is shown.
    cloud : Cloud
        Its points.
    navigation : Navigation
        Its camera.
    overlays : Overlays
        The controls.
    parent : QObject
        The owner.

    Attributes
    ----------
    changed : Signal()
        The scene wants to be drawn, and described.
    layersChanged : Signal(object)
        The person hid or showed something: the set of visible layers.
    optionsChanged : Signal(dict)
        The person chose another space, mode, size, opacity or projection: all `options`.
    """

    changed = Signal()
    layersChanged = Signal(object)
    optionsChanged = Signal(dict)

    def __init__(
        self,
        scene: Scene,
        cloud: Cloud,
        navigation: Navigation,
        overlays: Overlays,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._scene, self._cloud, self._navigation = scene, cloud, navigation
        self._overlays = overlays
        overlays.legend.layersChanged.connect(self._toggle_layers)
        overlays.bar.spaceEdited.connect(self._choose_space)
        overlays.options.lookEdited.connect(self._choose_look)
        overlays.options.layers.layersChanged.connect(self._toggle_layers)
        overlays.options.slice.edited.connect(cloud.set_ranges)
        cloud.rangesDropped.connect(overlays.options.slice.forget)
        overlays.slice_end.clicked.connect(self.clear_slice)
        navigation.perspectiveEdited.connect(self._report)
        cloud.spaceChanged.connect(self._show_space)
        self._show_space()

    def set_layers(self, visible: set[str]) -> None:
        """Show some layers and hide the others; no signal.

        Parameters
        ----------
        visible : set of str
            Of "pixels", "centroids", "trails", "gamut" and "axes"; others are ignored.
        """
        self._show_layers(visible)
        self.changed.emit()

    def options(self) -> dict[str, Any]:
        """Return what was chosen.

        Returns
        -------
        dict
            "space", "colorMode", "sizeMode" (str), "opacity" (0.05..1), "pointSize" (0.5..4),
            "cellBits" (2..5) and "perspective" (bool).
        """
        return options_of(self._scene)

    def set_options(self, options: dict[str, Any]) -> None:
        """Choose what `options` gave; what is missing stays, what is wrong is ignored."""
        space, look, perspective = parsed(options, self._scene)
        self._navigation.set_perspective(perspective)
        self._cloud.set_space(space, animated=False)
        self._scene.look = look
        self._overlays.options.set_look(look)
        self._cloud.gather()
        self._cloud.repaint()

    def _toggle_layers(self, visible: set[str]) -> None:
        self._show_layers(visible)
        self.changed.emit()
        self.layersChanged.emit(visible)

    def _show_layers(self, visible: set[str]) -> None:
        self._scene.layers = frozenset(visible) & frozenset(LAYERS)
        for switches in (self._overlays.legend, self._overlays.options.layers):
            switches.set_layers(visible)

    def clear_slice(self) -> bool:
        """Show all of the space again; return whether anything was left out."""
        rows = self._overlays.options.slice
        was_sliced = any(rows.ranges())
        if was_sliced:
            rows.show_all()
        return was_sliced

    def _choose_space(self, key: str) -> None:
        self._cloud.set_space(key, animated=True)
        self._report()

    def _show_space(self) -> None:
        space = self._scene.space
        self._overlays.bar.set_space(space.key)
        rows = self._overlays.options.slice
        rows.set_space(space)
        if any(rows.ranges()):
            self._cloud.set_ranges(rows.ranges())

    def _choose_look(self, look: Look) -> None:
        recolored = look.color_mode != self._scene.look.color_mode
        self._scene.look = look
        self._cloud.gather()
        if recolored:
            self._cloud.repaint()
        self.changed.emit()
        self._report()

    def _report(self) -> None:
        self.optionsChanged.emit(self.options())
