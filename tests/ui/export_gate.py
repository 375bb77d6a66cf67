"""A gate that holds an export half-way, for tests of what happens meanwhile."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from colorquant_gui.session import animation_job

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from PIL import Image

    from colorquant_gui.core.errors import SaveError


class Gate:
    """Holds an export after its first frame, with the file begun, until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held = threading.Event()
        self.opened = threading.Event()
        self.failure: SaveError | None = None
        write = animation_job.save_animation

        def save(animation: Any, *args: Any, cancelled: Any, **kwargs: Any) -> None:
            def frames() -> Iterator[Image.Image]:
                for number, frame in enumerate(animation.frames):
                    if number == 1:
                        self.held.set()
                        while not self.opened.wait(0.01) and not cancelled():
                            pass
                        if self.failure is not None:
                            raise self.failure
                    yield frame

            held = replace(animation, frames=frames())
            write(held, *args, cancelled=cancelled, **kwargs)

        monkeypatch.setattr(animation_job, "save_animation", save)
