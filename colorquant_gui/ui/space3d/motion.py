"""CameraMotion: the camera moves by itself, to a place or round and round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QElapsedTimer

from colorquant_gui.ui.space3d.animator import FRAME_MS, Animator, eased

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.scene import Scene

_GLIDE_MS = 300
_DEGREES_PER_SECOND = 18.0
# After a pause nothing jumps.
_LONGEST_MS = 100
# So long it waits for the person who has moved the camera.
_YIELD_MS = 900


class CameraMotion(Animator):
    """Moves a scene's camera between frames."""

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(scene, parent)
        self._start: Camera | None = None
        self._target: Camera | None = None
        self._rotating = False
        self._yielded = QElapsedTimer()

    @property
    def rotating(self) -> bool:
        """Whether it goes round and round."""
        return self._rotating

    def set_rotating(self, rotating: bool) -> None:
        """Go round and round, or stop that."""
        self._rotating = rotating
        self._yielded.invalidate()
        self._clock.start()
        self._plan()

    def glide_to(self, camera: Camera) -> None:
        """Move to where a camera is, by the shortest way; at once where nobody sees it."""
        if not self._running:
            self._scene.camera = camera
            self.changed.emit()
            return
        self._start, self._target = self._scene.camera, camera
        self._clock.start()
        self._plan()

    @property
    def goal(self) -> Camera:
        """Where the camera is, or is on its way to."""
        return self._target or self._scene.camera

    def give_way(self) -> None:
        """Leave the camera to the person who has moved it, and turn on after a moment."""
        self.stop_gliding()
        self._yielded.start()

    def stop_gliding(self) -> None:
        """Stay where it is."""
        self._start = self._target = None

    def _due(self) -> int | None:
        return FRAME_MS if self._rotating or self._target is not None else None

    def _arrive(self) -> None:
        if self._target is not None:
            self._scene.camera = self._target
            self.stop_gliding()

    def _step(self) -> None:
        if self._start is not None and self._target is not None:
            share = self._clock.elapsed() / _GLIDE_MS
            if share < 1.0:
                self._scene.camera = _between(self._start, self._target, eased(share))
            else:
                self._arrive()
                self._clock.start()
        elif self._rotating:
            seconds = min(self._clock.restart(), _LONGEST_MS) / 1000
            if self._yielded.isValid() and self._yielded.elapsed() < _YIELD_MS:
                return
            camera = self._scene.camera
            azimuth = (camera.azimuth + _DEGREES_PER_SECOND * seconds + 180.0) % 360.0 - 180.0
            self._scene.camera = replace(camera, azimuth=azimuth)


def _between(start: Camera, end: Camera, share: float) -> Camera:
    turn = (end.azimuth - start.azimuth + 180.0) % 360.0 - 180.0
    center = np.array(start.center) + (np.array(end.center) - start.center) * share
    red, green, blue = center.tolist()
    return replace(
        end,
        azimuth=(start.azimuth + turn * share + 180.0) % 360.0 - 180.0,
        elevation=start.elevation + (end.elevation - start.elevation) * share,
        zoom=start.zoom * (end.zoom / start.zoom) ** share,
        center=(red, green, blue),
    )
