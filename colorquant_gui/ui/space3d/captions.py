"""What the view says about itself: how much is shown, what is going on, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui.space3d.look import BY_ERROR
from colorquant_gui.ui.space3d.scene import ASSIGN, PIXELS, UPDATE

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.painting import CloudPaint
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.surface import Surface


@dataclass(frozen=True)
class Captions:
    """Texts over the view.

    Attributes
    ----------
    status : str
        How much is shown, and how.
    message : str
        What is going on, or why there is nothing; in the middle.
    phase : str
        What the half of an iteration does that is shown.
    error : tuple of int and str, or None
        The upper end of the error ramp and its unit, "" for levels of sRGB; None where it is not
        used.
    """

    status: str
    message: str
    phase: str
    error: tuple[int, str] | None


def captions(
    scene: Scene, paint: CloudPaint, surface: Surface, busy: str, failure: str
) -> Captions:
    """Word what is to be said about a scene.

    Parameters
    ----------
    scene, paint, surface
        What is shown, and what shows it.
    busy, failure : str
        What is being waited for, and why there is nothing to see; "" for nothing.
    """
    parts = []
    if surface.is_flat:
        parts.append(
            _tr("OpenGL stopped working: flat view")
            if surface.lost_opengl
            else _tr("OpenGL is not available: flat view")
        )
    shown = surface.shown
    if PIXELS in scene.layers and 0 < shown < scene.total:
        text = _tr("{0} of {1} colours shown")
        parts.append(text.format(f"{shown:,}", f"{scene.total:,}"))
    explains = scene.color_mode == BY_ERROR and scene.tint is not None
    return Captions(
        " · ".join(parts),
        failure or busy or _missing(scene, surface),
        _phase(scene),
        (paint.error_scale, paint.error_unit) if explains else None,
    )


def _missing(scene: Scene, surface: Surface) -> str:
    if not scene.total:
        return _tr("The colours of your picture appear here")
    return "" if surface.is_built else _tr("Preparing the view…")


def _phase(scene: Scene) -> str:
    texts = {
        ASSIGN: _tr("Assign colours"),
        UPDATE: _tr("Update centroids"),
    }
    return texts.get(scene.phase, "") if scene.total else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ColorSpaceView", text)
