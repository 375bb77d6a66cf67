"""Navigation: where the camera goes when a button, a key or the gizmo says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from colorquant_gui.ui.space3d.camera import DISTANCE, Camera
from colorquant_gui.ui.space3d.fitting import MARGIN, fitted, fitted_beside, seen_box
from colorquant_gui.ui.space3d.gizmo import aligned
from colorquant_gui.ui.space3d.motion import CameraMotion
from colorquant_gui.ui.space3d.polar import circle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.controls import OrbitControls
    from colorquant_gui.ui.space3d.label_room import Box
    from colorquant_gui.ui.space3d.overlays import Overlays
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.spaces import DisplaySpace

# How much bigger than usual the disc of a near and frequent colour is, and how far from an edge it
# stays.
_LARGEST, _SLACK = 2.0, 4.0
# Room over all of a space for discs at its corners, and below it for numbers; and how close to the
# bar it may come where there is no need to move it.
_OVER, _BELOW, _CLOSE = 4.0, 17.0, 2.0


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
        self._scene, self._overlays, self._bar = scene, overlays, overlays.bar
        self._scope: NDArray[np.float64] | None = None
        self._follows = True
        self._noted = scene.camera
        self._motion = CameraMotion(scene, self)
        self._motion.changed.connect(self._note)
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
        """Look at the whole space from where it was seen first, or at what `set_scope` says."""
        self._motion.stop_gliding()
        self._follows = True
        self._show(self._fitted(self._home()))

    # -- what is to be in view -----------------------------------------------------------------

    def set_scope(self, colors: NDArray[np.float64] | None) -> None:
        """Have some colours in view, unless the person has already chosen where to look from.

        They stay there, whatever the size of the view, until the person turns or zooms.

        Parameters
        ----------
        colors : ndarray of float64, shape (n, 3), or None
            sRGB, channels 0..255; None for the whole space.
        """
        former, self._scope = self._scope, colors if colors is not None and len(colors) else None
        if former is None and self._scope is not None:
            self._follows = self._follows and self._is_home()
        if former is None or self._scope is None or not np.array_equal(former, self._scope):
            self.refit()

    def refit(self, *, gliding: bool = True) -> None:
        """Have in view what `set_scope` says, or all, after the view or the space has changed."""
        if not self._follows:
            return
        goal = self._motion.goal
        camera = self._fitted(goal)
        if camera == goal:
            return
        if gliding:
            self._motion.glide_to(camera)
        else:
            self._motion.stop_gliding()
            self._show(camera)

    def camera_for(self, size: tuple[int, int]) -> Camera:
        """Return the camera for a picture of another size, which may be turned all round.

        Parameters
        ----------
        size : tuple of 2 ints
            Width and height in logical pixels.
        """
        camera = self._motion.goal
        if not self._follows:
            return camera
        if self._scope is None:
            # no bar lies over a picture
            return replace(self._home(), azimuth=camera.azimuth) if self._sees_all() else camera
        area = (0.0, 0.0, float(size[0]), float(size[1]))
        return self._fitted_into(camera, size, area, (), all_round=True)

    def look_as(self, other: Navigation) -> None:
        """Look from the place that another view's camera is at, and at the same."""
        self._scope = other._scope
        self._follows = other._sees_all() or (other._follows and other._scope is not None)
        self._motion.stop_gliding()
        self._show(other._motion.goal)
        if self._scope is None:
            self.refit(gliding=False)

    def _sees_all(self) -> bool:
        """Whether nothing but the size of the view says where the camera is."""
        goal = self._motion.goal
        return self._follows and self._scope is None and goal == self._fitted(goal)

    def _home(self) -> Camera:
        return Camera(perspective=self._motion.goal.perspective)

    def _is_home(self) -> bool:
        """Whether nobody has turned the camera; where it turns by itself, that is no move."""
        return self._motion.rotating or self._motion.goal.azimuth == self._home().azimuth

    def _fitted(self, camera: Camera) -> Camera:
        if self._scope is None:
            return self._below_bar(replace(self._home(), azimuth=camera.azimuth))
        overlays = self._overlays
        return self._fitted_into(
            camera, overlays.size(), overlays.free_area(), overlays.obstacles(),
            all_round=self._motion.rotating,
        )  # fmt: skip

    def _below_bar(self, camera: Camera) -> Camera:
        """Move what does not fit between bar and labels out of their way, however it is turned."""
        size, frame = self._overlays.size(), _frame(self._scene.space)
        left, top, right, bottom = self._overlays.free_area()
        bottom -= _BELOW
        _, highest, _, lowest = seen_box(camera, frame, size, all_round=True)
        if highest >= top - _CLOSE and lowest <= bottom:
            return camera
        area = left, top + _OVER, right, bottom
        found = fitted(camera, frame, size, area, all_round=True)
        return replace(found, zoom=min(found.zoom, camera.zoom))

    def _fitted_into(
        self,
        camera: Camera,
        size: tuple[int, int],
        area: Box,
        obstacles: Sequence[Box],
        *,
        all_round: bool,
    ) -> Camera:
        assert self._scope is not None
        places, diameter = self._places(self._scope), self._scene.point_diameter(len(self._scope))
        found = fitted_beside(camera, places, size, area, obstacles, all_round=all_round)
        # in a large view, discs are larger than the usual margin
        margin = _LARGEST * diameter / 2 * found.point_scale(*size) / DISTANCE + _SLACK
        if margin <= MARGIN:
            return found
        return fitted_beside(
            camera, places, size, area, obstacles, margin=margin, all_round=all_round
        )

    def _places(self, colors: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where colours are once the space is the one that it is changing to."""
        return self._scene.space.positions_of(colors)

    def _show(self, camera: Camera) -> None:
        self._scene.camera = camera
        self._note()

    def look_from(self, camera: Camera) -> None:
        """Look from where a camera is that moves at present; what turns by itself waits for it."""
        if camera != self._scene.camera:
            self._follows = False
            self._motion.give_way()
            self._show(camera)

    # -- what the person does ------------------------------------------------------------------

    def set_perspective(self, perspective: bool) -> None:
        """Choose the projection."""
        self._motion.stop_gliding()
        self._bar.perspective.setChecked(perspective)
        self._show(replace(self._scene.camera, perspective=perspective))
        self.refit(gliding=False)

    def set_rotating(self, rotating: bool) -> None:
        """Go round and round, or stop that."""
        self._bar.rotating.setChecked(rotating)
        self._motion.set_rotating(rotating)
        self.refit()

    def align(self, axis: int, sign: int) -> None:
        """Look along an axis from its high (1) or its low (-1) end."""
        self.set_rotating(False)
        self._follows = False
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
        # the focus that comes or goes is told in the same way
        if self._scene.camera != self._noted:
            self._follows = False
            self._motion.give_way()
        self._note()

    def _note(self) -> None:
        """Remember where the camera is without the person, and have that drawn."""
        self._noted = self._scene.camera
        self.changed.emit()


def _frame(space: DisplaySpace) -> NDArray[np.float64]:
    """Return the ends of what is drawn around a space, in the world, shape (n, 3)."""
    low, high = space.box[:, 2].tolist()
    if space.is_round:
        return np.concatenate([circle(space.radius, low), circle(space.radius, high)])
    return np.array(list(product(*space.box.T.tolist())))
