"""What colour a point has, and whether it stands out: by cluster, by error, clipped, dimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.look import BY_CLUSTER, BY_ERROR, DIM, HIDDEN, SHOWN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene

# "plasma" by S. van der Walt and N. Smith 2015 (CC0): its lightness grows evenly.
_PLASMA = np.array(
    [
        (13, 8, 135), (83, 2, 163), (139, 10, 165), (184, 50, 137),
        (219, 92, 104), (244, 136, 73), (254, 188, 42), (240, 249, 33),
    ]
)  # fmt: skip
# An end of the scale is one of these, so that it does not change with every iteration.
_SCALES = (4, 8, 16, 32, 64, 128, 256, 512)


def ramp(steps: int = 256) -> NDArray[np.uint8]:
    """Return the colours of an error from none to the largest, shape (steps, 3)."""
    place = np.linspace(0.0, len(_PLASMA) - 1.0, steps)
    known = np.arange(len(_PLASMA))
    channels = [np.interp(place, known, channel) for channel in _PLASMA.T]
    colors: NDArray[np.uint8] = np.rint(np.stack(channels, axis=1)).astype(np.uint8)
    return colors


class CloudPaint:
    """Keeps a scene's `tint` and `states` in step with labels, clipping and what is highlighted.

    Parameters
    ----------
    scene : Scene
        Whose points are painted.

    Attributes
    ----------
    labels : ndarray of uint8, shape (n,), or None
        The cluster of each unique colour of the picture.
    palette : ndarray of uint8, shape (k, 3)
        The colours of the clusters.
    mask : ndarray of bool, shape (n,), or None
        Which unique colours are not clipped.
    error_scale : int
        The distance in levels of sRGB at the upper end of the error ramp.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.labels: NDArray[np.uint8] | None = None
        self.palette: NDArray[np.uint8] = np.empty((0, 3), np.uint8)
        self.mask: NDArray[np.bool_] | None = None
        self.error_scale = _SCALES[-1]

    @property
    def has_labels(self) -> bool:
        """Whether there is a label for every colour of the picture that is shown."""
        return self.labels is not None and len(self.labels) == self._scene.total > 0

    def update(self) -> None:
        """Paint anew, after anything has changed."""
        scene = self._scene
        scene.tint = self._tint()
        scene.states = self._states()

    def _own_labels(self) -> NDArray[np.uint8] | None:
        if not self.has_labels or self.labels is None:
            return None
        return self.labels.take(self._scene.indices)

    def _tint(self) -> NDArray[np.uint8] | None:
        scene, mode = self._scene, self._scene.look.color_mode
        if mode not in (BY_CLUSTER, BY_ERROR) or not len(self.palette):
            return None
        labels = self._own_labels()
        if labels is None or labels.max(initial=0) >= len(self.palette):
            return None
        tint = scene.points.copy()
        own = self.palette.take(labels, axis=0)
        if mode == BY_CLUSTER:
            tint[:, :3] = own
            return tint
        away = scene.points[:, :3].astype(np.float32) - own
        error = np.sqrt((away * away).sum(axis=1))
        usual = float(np.percentile(error[:20_000], 98)) if len(error) else 0.0
        self.error_scale = next((s for s in _SCALES if s >= usual), _SCALES[-1])
        step = np.minimum(error * (255.0 / self.error_scale), 255.0).astype(np.uint8)
        tint[:, :3] = ramp().take(step, axis=0)
        return tint

    def _states(self) -> NDArray[np.uint8] | None:
        scene, cluster = self._scene, self._scene.highlight.cluster
        labels = None if cluster is None else self._own_labels()
        mask = self.mask if self.mask is not None and len(self.mask) == scene.total else None
        if labels is None and mask is None:
            return None
        states = np.full(len(scene.points), SHOWN, np.uint8)
        if labels is not None:
            states[labels != cluster] = DIM
        if mask is not None:
            states[~mask.take(scene.indices)] = HIDDEN
        return states
