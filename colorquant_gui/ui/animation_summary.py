"""How much there will be of an animation: frames, seconds, pixels, bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorquant_gui.core.errors import ColorQuantError
from colorquant_gui.core.export.animation import ANIMATION_FORMATS
from colorquant_gui.ui.formatting import dimensions, file_size, integer

if TYPE_CHECKING:
    from colorquant_gui.session.animation import AnimationSettings
    from colorquant_gui.session.animation_job import Material


def animation_summary(
    material: Material, settings: AnimationSettings, estimate: int | None = None
) -> str:
    """Say how much there will be of an animation.

    Parameters
    ----------
    material : Material
        What it is made of.
    settings : AnimationSettings
        What was chosen.
    estimate : int, optional
        About how many bytes it will have; None while that is being found out.

    Returns
    -------
    str
        A line for a person.

    Raises
    ------
    ColorQuantError
        There can be no such animation.
    """
    kind = ANIMATION_FORMATS[settings.format]
    size = material.layout(settings).size
    plan = material.plan(settings)
    if max(size) > kind.max_side:
        raise ColorQuantError(
            _tr("{0} holds pictures of up to {1} pixels a side.").format(
                kind.label, integer(kind.max_side)
            )
        )
    return " · ".join(
        (
            _tr("{0} frames").format(integer(len(plan))),
            _tr("{0} s").format(f"{sum(frame.seconds for frame in plan):.1f}"),
            _tr("{0} pixels").format(dimensions(*size)),
            _tr("estimating its size…")
            if estimate is None
            else _tr("about {0}").format(_about(estimate)),
        )
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("AnimationSummary", text)


def _about(n_bytes: int) -> str:
    """Return a size with two digits: an estimate should look like one."""
    unit: int = 10 ** max(0, len(str(n_bytes)) - 2)
    return file_size(round(n_bytes / unit) * unit).replace(".0 ", " ")
