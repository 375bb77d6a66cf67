"""CloudPainter: draws as much of a cloud into frames of its own as there is time for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui.space3d.budget import PointBudget
from colorquant_gui.ui.space3d.cloud_frame import CloudFrame
from colorquant_gui.ui.space3d.drawing_range import draw_range
from colorquant_gui.ui.space3d.lights import Lights

if TYPE_CHECKING:
    from collections.abc import Generator

    from colorquant_gui.ui.space3d.cloud_item import CloudItem
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.shape_stack import ShapeStack

_MOVING_S = 0.016
# A refining frame is short: somebody may be about to do something else.
_REFINING_S = 0.012
_SAMPLES = 4
_CLEARLY_MORE = 4
# While something stands out, that takes one half of the time, and all the cloud the other.
_SHARE = 2


class CloudPainter:
    """Keeps a quick picture of the cloud for when the view moves, and a smooth one for its rest.

    What draws is a generator: it yields where it goes on only when all that was asked of OpenGL
    so far is done.

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
        self._lights = Lights(scene, cloud)

    def initialize(self) -> None:
        """Start anew in another context."""
        self._frames = {}
        self._lights.initialize()

    def is_final(self, frame: CloudFrame | None) -> bool:
        """Whether a frame is smooth and holds all there is."""
        return (
            frame is not None
            and frame is self._frames.get("smooth")
            and frame.drawn == len(self._scene.visible_points())
        )

    def is_lit(self, frame: CloudFrame | None) -> bool:
        """Whether all that stands out has been drawn over a frame, if anything does."""
        return frame is not None and self._lights.are_on(frame)

    def light(
        self, frame: CloudFrame, *, is_final: bool
    ) -> Generator[None, None, tuple[CloudFrame, bool]]:
        """Draw over a frame what stands out, as far as there is time.

        Parameters
        ----------
        frame : CloudFrame
            What was drawn as if nothing stood out. It stays as it is.
        is_final : bool
            Whether nothing will be added to it.

        Returns
        -------
        CloudFrame
            What to show.
        bool
            Whether all that stands out is in it.
        """
        count = self._moving_budget.points // _SHARE
        return (yield from self._lights.draw(frame, count, is_final=is_final))

    def draw_moving(
        self, key: object, width: int, height: int
    ) -> Generator[None, None, CloudFrame]:
        """Draw as much of the cloud as a fluid frame has time for.

        Parameters
        ----------
        key : object
            What tells this view from others.
        width, height : int
            Device pixels.

        Returns
        -------
        CloudFrame
            What to show.
        """
        total = len(self._scene.visible_points())
        budget = self._moving_budget.points
        if self._cloud.lit is not None:
            # what stands out will be drawn over it
            budget = max(budget // _SHARE, 1)
        count = min(budget, total)
        if count == total and not self.software:
            frame = self._frame("smooth", width, height, _SAMPLES)
        else:
            # Smooth edges take software three times as long: they come when the view rests.
            samples = 0 if self.software else _SAMPLES
            frame = self._frame("quick", width, height, samples)
        self._start(frame, key)
        yield from self._add_points(frame, count, count, self._moving_budget)
        return frame

    def draw_refined(
        self, key: object, width: int, height: int, shown: CloudFrame
    ) -> Generator[None, None, tuple[CloudFrame, bool]]:
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
        seconds = yield from self._add_points(smooth, count, every, self._refining_budget)
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

    def _add_points(
        self, frame: CloudFrame, count: int, total: int, budget: PointBudget
    ) -> Generator[None, None, float]:
        """Add `count` points to those in a frame that will hold `total`; give the time it took."""
        count = min(count, total - frame.drawn)
        if count <= 0:
            return 0.0
        frame.meant = total
        self._cloud.only_lit = False
        self._cloud.first = frame.drawn
        seconds = yield from draw_range(self._cloud, self._scene, frame, count)
        budget.record(count, seconds)
        frame.drawn += count
        return seconds
