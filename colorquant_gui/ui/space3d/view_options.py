"""What the person has chosen about the view, as plain values that a settings file can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from colorquant_gui.ui.space3d.look import (
    CELL_BITS,
    COLOR_MODES,
    MAX_POINT_SIZE,
    MIN_OPACITY,
    MIN_POINT_SIZE,
    SIZE_MODES,
    Look,
)
from colorquant_gui.ui.space3d.spaces import SPACES

if TYPE_CHECKING:
    from collections.abc import Collection

    from colorquant_gui.ui.space3d.scene import Scene


def options_of(scene: Scene) -> dict[str, Any]:
    """Return the options of a scene."""
    look = scene.look
    return {
        "space": scene.space.key,
        "colorMode": look.color_mode,
        "sizeMode": look.size_mode,
        "opacity": look.opacity,
        "pointSize": look.point_size,
        "cellBits": look.cell_bits,
        "perspective": scene.camera.perspective,
    }


def parsed(options: dict[str, Any], scene: Scene) -> tuple[str, Look, bool]:
    """Read options; what is missing or wrong stays as it is in a scene.

    Returns
    -------
    tuple of str, Look and bool
        Key of the space, look, perspective.
    """
    now = options_of(scene)

    def member(key: str, members: Collection[str]) -> str:
        value = options.get(key)
        return value if isinstance(value, str) and value in members else str(now[key])

    def number(key: str, low: float, high: float) -> float:
        value = options.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return float(now[key])
        return float(value if low <= value <= high else now[key])

    bits = number("cellBits", CELL_BITS[0], CELL_BITS[-1])
    perspective = options.get("perspective")
    look = Look(
        member("colorMode", COLOR_MODES),
        member("sizeMode", SIZE_MODES),
        number("opacity", MIN_OPACITY, 1.0),
        number("pointSize", MIN_POINT_SIZE, MAX_POINT_SIZE),
        int(bits) if bits in CELL_BITS else scene.look.cell_bits,
    )
    keeps = perspective if isinstance(perspective, bool) else bool(now["perspective"])
    return member("space", SPACES), look, keeps
