"""Numbered PNG files in a folder of their own, for programs that make a film of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from colorquant_gui.core.export.animation.frames import Animation

MAX_SIDE = 65_535
_LEVEL = 4


def write(animation: Animation, path: Path) -> None:
    """Write ``frame-0001.png``, ``frame-0002.png`` and so on.

    Parameters
    ----------
    animation : Animation
        What to write. The files say nothing of durations: give every frame the same, and one
        that is shown longer more than once.
    path : Path
        An empty folder.
    """
    digits = max(4, len(str(len(animation.seconds))))
    before: Image.Image | None = None
    data = b""
    for number, (frame, _) in enumerate(
        zip(animation.frames, animation.seconds, strict=True), start=1
    ):
        file = path / f"frame-{number:0{digits}}.png"
        if frame is before:
            file.write_bytes(data)
            continue
        frame.save(file, "PNG", compress_level=_LEVEL)
        before, data = frame, file.read_bytes()
