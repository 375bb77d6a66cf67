"""The requests of an animation: previews, an estimate of its size, and the file itself."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.export.animation import ANIMATION_FORMATS, Animation, save_animation
from colorquant_gui.session.animation_frames import Moments, Painter, PicturePane
from colorquant_gui.session.animation_layout import lay_out
from colorquant_gui.session.animation_plan import plan_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.animation import AnimationSettings
    from colorquant_gui.session.animation_frames import Color, SpaceArtist
    from colorquant_gui.session.animation_layout import FrameLayout
    from colorquant_gui.session.animation_plan import PlannedFrame
    from colorquant_gui.session.frame import Frame
    from colorquant_gui.session.history import History

# Frames that are compressed to find out how big a file would become: a few in a row, in places.
_IN_A_ROW = 4
_PLACES = 3


@dataclass(frozen=True, eq=False)
class Material:
    """What an animation is made of. Stays what it is whatever is opened meanwhile.

    Attributes
    ----------
    histogram : ColorHistogram
        The colours, with `inverse`.
    history : History
        Their run, with at least its seeding.
    background : tuple of int
        Behind and between the pictures, sRGB.
    caption : callable of Frame and FrameLayout returning Image
        Draws the line below the pictures.
    space : callable of FrameLayout returning SpaceArtist, or None
        Gives what draws the colour space at the size of a layout.
    result : IndexedImage or None
        What came out of the run, where it has come to its end.
    """

    histogram: ColorHistogram
    history: History
    background: Color
    caption: Callable[[Frame, FrameLayout], Image.Image]
    space: Callable[[FrameLayout], SpaceArtist] | None = None
    result: IndexedImage | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        inverse = self.histogram.inverse
        if inverse is None:
            raise InvalidParameterError("The pixels of this picture are not at hand.")
        return int(inverse.shape[1]), int(inverse.shape[0])

    def layout(self, settings: AnimationSettings) -> FrameLayout:
        """Find a place for everything, see `colorquant_gui.session.animation_layout.lay_out`."""
        return lay_out(settings, *self.size)

    def plan(self, settings: AnimationSettings) -> tuple[PlannedFrame, ...]:
        """Decide what is drawn, see `colorquant_gui.session.animation_plan.plan_frames`."""
        return plan_frames(self.history, settings)

    def painter(self, layout: FrameLayout) -> Painter:
        """Return what draws frames. For the thread that asks."""
        picture = None
        if layout.picture is not None and self.histogram.inverse is not None:
            picture = PicturePane(self.histogram.inverse, layout.picture.size, self.background)
        space = None
        if layout.space is not None and self.space is not None:
            space = self.space(layout)
        return Painter(
            layout,
            Moments(self.histogram, self.history, self.result),
            self.background,
            picture,
            space,
            (lambda frame: self.caption(frame, layout)) if layout.caption is not None else None,
        )


@dataclass(frozen=True, eq=False)
class Preview:
    """The first and the last frame, small."""

    first: Image.Image
    last: Image.Image


@dataclass(frozen=True)
class SizeEstimate:
    """About how many bytes a file will have."""

    n_bytes: int


@dataclass(frozen=True, eq=False)
class PreviewRequest:
    """Draw the first and the last frame, then estimate the size of the file.

    Delivers one `Preview`, then one `SizeEstimate`.

    Attributes
    ----------
    generation : int
        Number of the request.
    material : Material
        What it is made of.
    settings : AnimationSettings
        What was chosen.
    width, height : int
        Room for each picture, in pixels.
    """

    generation: int
    material: Material
    settings: AnimationSettings
    width: int
    height: int
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        material = self.material
        plan, layout = material.plan(self.settings), material.layout(self.settings)
        scale = min(self.width / layout.size[0], self.height / layout.size[1], 1.0)
        small = layout
        if scale < 1:
            width = max(16, int(layout.size[0] * scale))
            small = material.layout(replace(self.settings, size="custom", width=width))
        painter = material.painter(small)
        first, last = painter.draw((plan[0], plan[-1]), cancelled)
        deliver(Preview(first, last))
        deliver(SizeEstimate(estimated_bytes(material, self.settings, cancelled)))


@dataclass(frozen=True, eq=False)
class AnimationRequest:
    """Write an animation; delivers the number of frames that are done, again and again.

    Attributes
    ----------
    generation : int
        Number of the request.
    material : Material
        What it is made of.
    settings : AnimationSettings
        What was chosen.
    plan : sequence of PlannedFrame
        What is drawn, made by `Material.plan`.
    path : Path
        The file, or the new folder of a sequence.
    """

    generation: int
    material: Material
    settings: AnimationSettings
    plan: Sequence[PlannedFrame]
    path: Path
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        painter = self.material.painter(self.material.layout(self.settings))
        animation = _animation(painter, self.plan, self.settings, cancelled)
        save_animation(
            animation, self.path, self.settings.format, cancelled=cancelled, progress=deliver
        )


def estimated_bytes(
    material: Material, settings: AnimationSettings, cancelled: Callable[[], bool]
) -> int:
    """Compress some frames to estimate how big a file will become.

    Parameters
    ----------
    material : Material
        What it is made of.
    settings : AnimationSettings
        What was chosen.
    cancelled : callable returning bool
        True stops the work.

    Returns
    -------
    int
        Bytes; what it becomes lies within a half and twice of it, mostly much nearer.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    plan = material.plan(settings)
    painter = material.painter(material.layout(settings))
    n_frames = len(plan)
    if n_frames <= _IN_A_ROW * _PLACES:
        return _measured(painter, plan, settings, cancelled)
    last_start = n_frames - _IN_A_ROW
    alone = later = 0
    for place in range(_PLACES):
        start = round(last_start * (place + 0.5) / _PLACES)
        row = plan[start : start + _IN_A_ROW]
        first = _measured(painter, row[:1], settings, cancelled)
        alone += first
        later += _measured(painter, row, settings, cancelled) - first
    return round(alone / _PLACES + (n_frames - 1) * later / (_PLACES * (_IN_A_ROW - 1)))


def _measured(
    painter: Painter,
    plan: Sequence[PlannedFrame],
    settings: AnimationSettings,
    cancelled: Callable[[], bool],
) -> int:
    with tempfile.TemporaryDirectory(prefix="colorquant-") as folder:
        kind = ANIMATION_FORMATS[settings.format]
        place = Path(folder) if kind.is_folder else Path(folder, "sample")
        kind.write(_animation(painter, plan, settings, cancelled), place)
        return sum(file.stat().st_size for file in Path(folder).iterdir())


def _animation(
    painter: Painter,
    plan: Sequence[PlannedFrame],
    settings: AnimationSettings,
    cancelled: Callable[[], bool],
) -> Animation:
    return Animation(
        painter.layout.size,
        [frame.seconds for frame in plan],
        painter.draw(plan, cancelled),
        settings.loops,
        settings.quality if ANIMATION_FORMATS[settings.format].has_quality else None,
    )
