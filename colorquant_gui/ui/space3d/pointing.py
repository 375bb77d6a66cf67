"""Pointing: what the pointer is on, what was clicked, and a tooltip about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QTimer, Signal
from PySide6.QtWidgets import QToolTip

from colorquant_gui.ui.space3d.picking import Picker

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.painting import CloudPaint
    from colorquant_gui.ui.space3d.scene import Scene

_PICK_MS = 25
_REST_MS = 400


class Pointing(QObject):
    """Tells what is under the pointer.

    Parameters
    ----------
    scene : Scene
        Where to pick.
    paint : CloudPaint
        Knows the clusters.
    parent : QWidget
        The owner; the pointer's place is relative to it.

    Attributes
    ----------
    colorHovered, centroidHovered : Signal(object)
        The index of the unique colour or of the centroid that the pointer has come to; None when
        it has left one.
    colorClicked, centroidClicked : Signal(object)
        The same of what was clicked; None for the colour when nothing was there.
    """

    colorHovered = Signal(object)
    centroidHovered = Signal(object)
    colorClicked = Signal(object)
    centroidClicked = Signal(object)

    def __init__(self, scene: Scene, paint: CloudPaint, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene, self._paint, self._widget = scene, paint, parent
        self._picker = Picker(scene)
        self._counts: NDArray[np.int64] | None = None
        self._position: QPointF | None = None
        self._color: int | None = None
        self._row: int | None = None
        self._centroid: int | None = None
        self._pick_timer = self._single_shot(_PICK_MS, self._pick)
        self._rest_timer = self._single_shot(_REST_MS, self._tell)

    def _single_shot(self, after: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(slot)
        return timer

    def set_counts(self, counts: NDArray[np.int64] | None) -> None:
        """Take the pixels of each unique colour, shape (n,); what was hovered is forgotten."""
        self._counts = counts
        self._note(None, None)

    def point_at(self, position: QPointF | None) -> None:
        """Move the pointer; None takes it away."""
        self._position = position
        self._rest_timer.stop()
        if position is None:
            self._pick_timer.stop()
            QToolTip.hideText()
            self._note(None, None)
        elif not self._pick_timer.isActive():
            self._pick_timer.start()

    def click_at(self, position: QPointF) -> None:
        """Click."""
        row, centroid = self._find(position)
        if centroid is not None:
            self.centroidClicked.emit(centroid)
        else:
            self.colorClicked.emit(None if row is None else int(self._scene.indices[row]))

    def pause(self) -> None:
        """Do nothing until the pointer moves again."""
        self._pick_timer.stop()
        self._rest_timer.stop()

    def _find(self, position: QPointF) -> tuple[int | None, int | None]:
        if self._scene.is_changing:
            return None, None
        place = (position.x(), position.y(), self._widget.width(), self._widget.height())
        centroid = self._picker.centroid(*place)
        return (None, centroid) if centroid is not None else (self._picker.point(*place), None)

    def _pick(self) -> None:
        if self._position is None:
            return
        before = (self._row, self._centroid)
        row, centroid = self._find(self._position)
        self._note(row, centroid)
        if (row, centroid) != before:
            QToolTip.hideText()
        if row is not None or centroid is not None:
            self._rest_timer.start()

    def _note(self, row: int | None, centroid: int | None) -> None:
        known = row is not None and row < len(self._scene.indices)
        color = int(self._scene.indices[row]) if known else None
        self._row = row if known else None
        if color != self._color:
            self._color = color
            self.colorHovered.emit(color)
        if centroid != self._centroid:
            self._centroid = centroid
            self.centroidHovered.emit(centroid)

    # -- tooltip -------------------------------------------------------------------------------

    def _tell(self) -> None:
        if self._position is None:
            return
        text = ""
        if self._centroid is not None and self._centroid < len(self._scene.centroids):
            text = self._about_centroid(self._centroid)
        elif self._row is not None and self._row < len(self._scene.points):
            text = self._about_color(self._row)
        if text:
            place = self._widget.mapToGlobal(self._position.toPoint())
            QToolTip.showText(place, text, self._widget)

    def _about_color(self, row: int) -> str:
        scene, paint = self._scene, self._paint
        index = int(scene.indices[row])
        rows = [_swatch_row(scene.points[row, :3].tolist())]
        if self._counts is not None and index < len(self._counts):
            rows.append(_text_row(_share(int(self._counts[index]), int(self._counts.sum()))))
        if paint.has_labels and paint.labels is not None:
            cluster = int(paint.labels[index])
            if cluster < len(paint.palette):
                rows.append(_swatch_row(paint.palette[cluster].tolist(), _tr("becomes")))
        return f"<table cellspacing='2'>{''.join(rows)}</table>"

    def _about_centroid(self, number: int) -> str:
        scene = self._scene
        color = scene.centroids[number].round().clip(0, 255).astype(int).tolist()
        rows = [_swatch_row(color, _tr("Centroid {0}").format(number + 1))]
        total = int(scene.counts.sum())
        if total:
            rows.append(_text_row(_share(int(scene.counts[number]), total)))
        return f"<table cellspacing='2'>{''.join(rows)}</table>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Pointing", text)


def _swatch_row(color: Sequence[int], name: str = "") -> str:
    red, green, blue = color
    hex_code = f"#{red:02x}{green:02x}{blue:02x}"
    head = f"{name} " if name else ""
    return (
        f"<tr><td style='background:{hex_code}' width='22'>&nbsp;</td>"
        f"<td style='white-space:pre'> {head}<b>{hex_code}</b>"
        f"  R {red}  G {green}  B {blue}</td></tr>"
    )


def _text_row(text: str) -> str:
    return f"<tr><td></td><td style='white-space:pre'> {text}</td></tr>"


def _share(count: int, total: int) -> str:
    share = 100 * count / max(total, 1)
    if share >= 0.1:
        percent = f"{share:.1f} %"
    elif share >= 0.001:
        percent = f"{share:.3f} %"
    else:
        percent = _tr("under {0} %").format("0.001")
    pixels = _tr("{0} pixels").format(f"{count:,}") if count != 1 else _tr("1 pixel")
    return f"{pixels} · {percent}"
