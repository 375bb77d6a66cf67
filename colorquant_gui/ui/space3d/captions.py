"""What the view says about itself: how much is shown, what is going on, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.ui import formatting
from colorquant_gui.ui.space3d.layers import PIXELS
from colorquant_gui.ui.space3d.look import BY_ERROR, HIDDEN
from colorquant_gui.ui.space3d.scene import ASSIGN, UPDATE

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.color_cells import ColorCells
    from colorquant_gui.ui.space3d.painting import CloudPaint
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.surface import Surface


@dataclass(frozen=True)
class Captions:
    """Texts over the view.

    Attributes
    ----------
    status : tuple of str
        How much is shown, and how: the same in ever fewer words, none where all is well.
    message : str
        What is going on, or why there is nothing; in the middle.
    phase : tuple of str
        What the half of an iteration does that is shown: in ever fewer words, none without one.
    error : tuple of int and str, or None
        The upper end of the error ramp and its unit, "" for levels of sRGB; None where it is not
        used.
    is_sliced : bool
        Whether colours are hidden by their place in the space.
    """

    status: tuple[str, ...]
    message: str
    phase: tuple[str, ...]
    error: tuple[int, str] | None
    is_sliced: bool


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
    explains = scene.color_mode == BY_ERROR and scene.tint is not None
    return Captions(
        _status(scene, paint, surface),
        failure or busy or _missing(scene, surface),
        _phase(scene),
        (paint.error_scale, paint.error_unit) if explains else None,
        paint.mask is not None,
    )


def _status(scene: Scene, paint: CloudPaint, surface: Surface) -> tuple[str, ...]:
    counts = _counts(scene, paint, surface.shown)
    if not surface.is_flat:
        return counts
    why = (
        _tr("OpenGL is not available") if not surface.lost_opengl else _tr("OpenGL stopped working")
    )
    flat = _tr("Flat view")
    if not counts:
        return (_tr("{0}: flat view").format(why), _tr("{0}:\nflat view").format(why), flat)
    long, medium, _, short = counts
    whole = _tr("{0}: flat view").format(why)
    return (
        f"{whole} · {long}",
        f"{flat} · {medium}",
        f"{flat}\n{medium}",
        f"{flat}\n{short}",
        flat,
    )


def _counts(scene: Scene, paint: CloudPaint, shown: int) -> tuple[str, ...]:
    """Say how many colours are shown or left by the slice, where these are not all."""
    if PIXELS not in scene.layers or not scene.total:
        return ()
    if scene.cells is not None:
        return _cells(scene, scene.cells, paint, shown)
    whole = _tr("{0} of {1} colours shown")
    if paint.mask is not None:
        shown, whole = int(paint.mask.sum()), _tr("{0} of {1} colours in the slice")
    elif not 0 < shown < scene.total:
        return ()
    return _few(whole, shown, scene.total)


def _cells(scene: Scene, cells: ColorCells, paint: CloudPaint, shown: int) -> tuple[str, ...]:
    """Say how many cells the colours are gathered in, and how many of these are shown."""
    if paint.mask is not None and scene.states is not None:
        left = int((scene.states != HIDDEN).sum())
        return _few(_tr("{0} of {1} cells in the slice"), left, len(cells))
    if 0 < shown < len(cells):
        return _few(_tr("{0} of {1} cells shown"), shown, len(cells))
    number, colors = formatting.integer(len(cells)), formatting.integer(scene.total)
    if len(cells) == 1:
        whole = _tr("1 cell of {0} colours").format(colors) if scene.total > 1 else _tr("1 cell")
        return whole, _tr("1 cell"), number, number
    return (
        _tr("{0} cells of {1} colours").format(number, colors),
        _tr("{0} cells").format(number),
        _tr("{0}\ncells").format(number),
        number,
    )


def _few(whole: str, shown: int, total: int) -> tuple[str, ...]:
    numbers = formatting.integer(shown), formatting.integer(total)
    return (
        whole.format(*numbers),
        _tr("{0} of {1}").format(*numbers),
        _tr("{0} of\n{1}").format(*numbers),
        formatting.percent(shown / total),
    )


def _missing(scene: Scene, surface: Surface) -> str:
    if not scene.has_picture:
        return _tr("The colours of your picture appear here")
    if not scene.total:
        return _tr("All of this picture is transparent: it has no colours to show")
    if not scene.layers:
        return _tr("Everything is hidden: show it again in the legend above or the view options")
    return "" if surface.is_built else _tr("Preparing the view…")


def _phase(scene: Scene) -> tuple[str, ...]:
    texts = {
        ASSIGN: (_tr("Assign colours"), _tr("Assign")),
        UPDATE: (_tr("Update centroids"), _tr("Update")),
    }
    return texts.get(scene.phase, ()) if scene.total else ()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ColorSpaceView", text)
