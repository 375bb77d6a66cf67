"""CloudPainter: draws as much of a cloud into frames of its own as there is time for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from OpenGL import GL

from colorquant_gui.ui.space3d.budget import PointBudget
from colorquant_gui.ui.space3d.cloud_frame import CloudFrame
from colorquant_gui.ui.space3d.gl_image import aim

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.cloud_item import CloudItem
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.shape_stack import ShapeStack

_MOVING_S = 0.016
# A refining frame is short: somebody may be about to do something else.
_REFINING_S = 0.012
_SAMPLES = 4
_CLEARLY_MORE = 4


class CloudPainter:
    """Keeps a quick picture of the cloud for when the view moves, and a smooth one for its rest.

    Parameters
    ----------
    scene : Scene
        What is shown.
    cloud : CloudItem
        Its points.
    shapes : ShapeStack
        Lines behind them.

    Attributes
    ----------
    software : bool
        Whether the processor draws, and not a graphics card.
    """

    def __init__(self, scene: Scene, cloud: CloudItem, shapes: ShapeStack) -> None:
        self._scene, self._cloud, self._shapes = scene, cloud, shapes
        self.software = False
        self._moving_budget = PointBudget(_MOVING_S)
        self._refining_budget = PointBudget(_REFINING_S)
        self._frames: dict[str, CloudFrame] = {}

    def forget(self) -> None:
        """Start anew in another context."""
        self._frames = {}

    def is_final(self, frame: CloudFrame | None) -> bool:
        """Whether a frame is smooth and holds all there is."""
        return (
            frame is not None
            and frame is self._frames.get("smooth")
            and frame.drawn == len(self._scene.visible_points())
        )

    def draw_moving(self, key: object, width: int, height: int) -> CloudFrame:
        """Draw as much of the cloud as a fluid frame has time for.

        Parameters
        ----------
        key : object
            What tells this view from others.
        width, height : int
            Device pixels.
        """
        total = len(self._scene.visible_points())
        count = min(self._moving_budget.points, total)
        if count == total and not self.software:
            frame = self._frame("smooth", width, height, _SAMPLES)
        else:
            # Smooth edges take software three times as long: they come when the view rests.
            samples = 0 if self.software else _SAMPLES
            frame = self._frame("quick", width, height, samples)
        self._start(frame, key)
        self._add_points(frame, count, count, self._moving_budget)
        return frame

    def draw_refined(
        self, key: object, width: int, height: int, shown: CloudFrame
    ) -> tuple[CloudFrame, bool]:
        """Add points to the smooth picture.

        Parameters
        ----------
        key, width, height
            As for `draw_moving`.
        shown : CloudFrame
            What is on the screen now.

        Returns
        -------
        CloudFrame
            The smooth picture if it is clearly the better one, else the one that is shown.
        bool
            Whether the smooth one has all points.
        """
        total = len(self._scene.visible_points())
        smooth = self._frame("smooth", width, height, _SAMPLES)
        every = len(self._scene.points) if total else 0
        if smooth.key != key:
            self._start(smooth, key)
        count = self._refining_budget.affordable(_REFINING_S)
        count = min(count, total - smooth.drawn)
        seconds = self._add_points(smooth, count, every, self._refining_budget)
        if not self._moving_budget.measured and self._refining_budget.measured:
            # A cautious start: drawing with smooth edges is slower.
            self._moving_budget.record(count, seconds)
        finished = smooth.drawn == total
        better = finished or smooth.drawn > _CLEARLY_MORE * shown.drawn
        return smooth if better else shown, finished

    def _frame(self, name: str, width: int, height: int, samples: int) -> CloudFrame:
        frame = self._frames.get(name)
        if frame is None or frame.size != (width, height):
            frame = self._frames[name] = CloudFrame(width, height, samples)
        return frame

    def _start(self, frame: CloudFrame, key: object) -> None:
        frame.clear(self._scene.style.background)
        frame.key, frame.drawn = key, 0
        frame.bind()
        self._shapes.paint_behind()
        frame.release()

    def _add_points(self, frame: CloudFrame, count: int, total: int, budget: PointBudget) -> float:
        """Add `count` points to those in a frame that will hold `total`; give the time it took."""
        cloud = self._cloud
        cloud.first = frame.drawn
        cloud.count = min(count, total - frame.drawn)
        if cloud.count <= 0:
            return 0.0
        aim(cloud, self._scene, *frame.size, total)
        cloud.soft_edges = frame.samples > 0
        start = time.perf_counter()
        frame.bind()
        cloud.paint()
        GL.glFinish()
        frame.release()
        seconds = time.perf_counter() - start
        budget.record(cloud.count, seconds)
        frame.drawn += cloud.count
        return seconds
