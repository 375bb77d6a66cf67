"""How a frame takes up some points of a cloud."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from colorquant_gui.ui.space3d.gl_image import aim

if TYPE_CHECKING:
    from collections.abc import Generator

    from colorquant_gui.ui.space3d.cloud_frame import CloudFrame
    from colorquant_gui.ui.space3d.cloud_item import CloudItem
    from colorquant_gui.ui.space3d.scene import Scene


def draw_range(
    cloud: CloudItem, scene: Scene, frame: CloudFrame, count: int
) -> Generator[None, None, float]:
    """Draw so many points into a frame, from the one that is set on; give the seconds it took.

    Yields where OpenGL has to be done before it goes on.
    """
    cloud.count, cloud.dims = count, False
    aim(cloud, scene, *frame.size, frame.meant)
    cloud.soft_edges = frame.samples > 0
    start = time.perf_counter()
    frame.bind()
    cloud.paint()
    frame.release()
    key, frame.key = frame.key, None
    yield
    # nobody has given up waiting, or the frame would be of no view
    frame.key = key
    return time.perf_counter() - start
