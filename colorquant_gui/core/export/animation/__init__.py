"""Formats of animations. A format is one module here and one line in the registry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colorquant_gui.core.atomic_work import make_folder_atomically, write_file_atomically
from colorquant_gui.core.chunks import check
from colorquant_gui.core.errors import SaveError
from colorquant_gui.core.export.animation import apng, gif, png_sequence, webp
from colorquant_gui.core.export.animation.frames import Animation
from colorquant_gui.core.naming import shown_name

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PIL import Image

__all__ = ["ANIMATION_FORMATS", "Animation", "AnimationFormat", "save_animation"]


@dataclass(frozen=True)
class AnimationFormat:
    """One format of animations.

    Attributes
    ----------
    name : str
        Its key in `ANIMATION_FORMATS`.
    label : str
        What people call it.
    suffixes : tuple of str
        File name endings, lower case, with the dot, the first is the usual one; empty for a
        format that is a folder.
    write : callable of Animation and Path
        Writes a file, or into an empty folder.
    max_side : int
        Largest width and height, in pixels.
    max_seconds : float
        The longest that a frame can be shown.
    has_delays : bool
        Whether the file says how long each frame is shown, and how often all are played.
    has_quality : bool
        Whether it can leave out what is hardly seen.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    write: Callable[[Animation, Path], None]
    max_side: int
    max_seconds: float
    has_delays: bool = True
    has_quality: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.suffixes


ANIMATION_FORMATS: dict[str, AnimationFormat] = {
    member.name: member
    for member in (
        AnimationFormat("gif", "GIF", (".gif",), gif.write, gif.MAX_SIDE, 655.0),
        AnimationFormat(
            "webp", "Animated WebP", (".webp",), webp.write, webp.MAX_SIDE, 16_000.0,
            has_quality=True,
        ),
        AnimationFormat("apng", "Animated PNG", (".png", ".apng"), apng.write, apng.MAX_SIDE, 65.0),
        AnimationFormat(
            "png-sequence", "PNG files", (), png_sequence.write, png_sequence.MAX_SIDE, 1e6,
            has_delays=False,
        ),
    )
}  # fmt: skip


def save_animation(
    animation: Animation,
    path: str | os.PathLike[str],
    name: str,
    *,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write an animation, whole or not at all.

    Parameters
    ----------
    animation : Animation
        What to write. Frames are drawn one by one as they are needed.
    path : str or path-like
        The file, replaced if there is one; or for a format that is a folder the new folder.
    name : str
        A key of `ANIMATION_FORMATS`.
    cancelled : callable returning bool, optional
        Asked before every frame; True stops the work and leaves what was there before.
    progress : callable of int, optional
        Told the number of frames that are done.

    Raises
    ------
    SaveError
        It could not be written; the message names the file and the reason.
    Cancelled
        `cancelled` returned True.
    """
    kind = ANIMATION_FORMATS[name]
    check_size(kind, animation.size, path)
    watched = replace(animation, frames=_watched(animation, cancelled, progress))
    save = make_folder_atomically if kind.is_folder else write_file_atomically
    save(path, lambda place: kind.write(watched, place))


def check_size(kind: AnimationFormat, size: tuple[int, int], path: str | os.PathLike[str]) -> None:
    """See whether a format holds pictures of this size.

    Parameters
    ----------
    kind : AnimationFormat
        The format.
    size : tuple of int
        Width and height in pixels.
    path : str or path-like
        The file, for the message.

    Raises
    ------
    SaveError
        It doesn't.
    """
    if max(size) > kind.max_side:
        raise SaveError(
            f"{shown_name(path)} could not be saved: {kind.label} holds pictures of up to "
            f"{kind.max_side:,} pixels a side, not {size[0]:,} × {size[1]:,}."
        )


def _watched(
    animation: Animation,
    cancelled: Callable[[], bool] | None,
    progress: Callable[[int], None] | None,
) -> Iterator[Image.Image]:
    check(cancelled)
    for number, frame in enumerate(animation.frames):
        if progress is not None and number:
            progress(number)
        check(cancelled)
        yield frame
    # the last moment: from here on nothing but the name is missing
    check(cancelled)
    if progress is not None:
        progress(len(animation.seconds))
