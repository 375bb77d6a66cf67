"""Navigation: where the camera goes when a button, a key or the gizmo says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.gizmo import aligned
from colorquant_gui.ui.space3d.motion import CameraMotion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.controls import OrbitControls
    from colorquant_gui.ui.space3d.overlays import Overlays
    from colorquant_gui.ui.space3d.scene import Scene


class Navigation(QObject):
    """Ties bar, gizmo and keys to a scene's camera.

    Parameters
    ----------
    scene : Scene
        Whose camera is moved.
    controls : OrbitControls
        Where keys and mouse come from.
    overlays : Overlays
        Where buttons and the gizmo are.
    parent : QObject
        The owner.

    Attributes
    ----------
    changed : Signal()
        The camera has moved: the scene wants to be drawn.
    perspectiveEdited : Signal()
        The person has chosen another projection.
    """

    changed = Signal()
    perspectiveEdited = Signal()

    def __init__(
        self, scene: Scene, controls: OrbitControls, overlays: Overlays, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._scene, self._bar = scene, overlays.bar
        self._framed: Camera | None = None
        self._motion = CameraMotion(scene, self)
        self._motion.changed.connect(self.changed)
        controls.changed.connect(self._follow_person)
        controls.resetRequested.connect(self.reset)
        controls.perspectiveToggled.connect(
            lambda: self._choose_perspective(not scene.camera.perspective)
        )
        controls.rotatingToggled.connect(lambda: self.set_rotating(not self._motion.rotating))
        controls.alignRequested.connect(self._align_by_key)
        self._bar.perspectiveEdited.connect(self._choose_perspective)
        self._bar.rotatingEdited.connect(self.set_rotating)
        self._bar.resetRequested.connect(self.reset)
        overlays.gizmo.alignRequested.connect(self.align)

    def reset(self) -> None:
        """Look at the whole space from where it was seen first."""
        self._motion.stop_gliding()
        self._scene.camera = Camera(perspective=self._scene.camera.perspective)
        self.changed.emit()

    def frame(self, places: NDArray[np.float64]) -> None:
        """Move close to some places, unless the person has already chosen where to look from.

        Parameters
        ----------
        places : ndarray of float64, shape (n, 3)
            In the world.
        """
        camera = self._motion.goal
        if camera == Camera(perspective=camera.perspective) and len(places):
            self._framed = camera.framing(places)
            self._motion.glide_to(self._framed)

    def leave_frame(self) -> None:
        """Move back from what `frame` has shown, unless the person has moved since."""
        framed, self._framed = self._framed, None
        if framed is not None and self._motion.goal == framed:
            self._motion.glide_to(Camera(perspective=framed.perspective))

    def set_perspective(self, perspective: bool) -> None:
        """Choose the projection."""
        self._motion.stop_gliding()
        self._scene.camera = replace(self._scene.camera, perspective=perspective)
        self._bar.perspective.setChecked(perspective)
        self.changed.emit()

    def set_rotating(self, rotating: bool) -> None:
        """Go round and round, or stop that."""
        self._bar.rotating.setChecked(rotating)
        self._motion.set_rotating(rotating)

    def align(self, axis: int, sign: int) -> None:
        """Look along an axis from its high (1) or its low (-1) end."""
        self.set_rotating(False)
        self._motion.glide_to(aligned(self._motion.goal, axis, sign))

    def resume(self) -> None:
        """Go on after a pause."""
        self._motion.resume()

    def pause(self) -> None:
        """Stand still until `resume`."""
        self._motion.pause()

    def _choose_perspective(self, perspective: bool) -> None:
        self.set_perspective(perspective)
        self.perspectiveEdited.emit()

    def _align_by_key(self, axis: int) -> None:
        there = aligned(self._motion.goal, axis, 1) == self._motion.goal
        self.align(axis, -1 if there else 1)

    def _follow_person(self) -> None:
        self._motion.give_way()
        self.changed.emit()
