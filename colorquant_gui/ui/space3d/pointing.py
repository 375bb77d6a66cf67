"""Pointing: what the pointer is on, what was clicked, and when a tooltip tells about it."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QToolTip

from colorquant_gui.ui.space3d.marks import discs
from colorquant_gui.ui.space3d.picking import Picker
from colorquant_gui.ui.space3d.tip_place import show_tip
from colorquant_gui.ui.space3d.tooltip import about_cell, about_centroid, about_color, enlarged

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.label_room import Box
    from colorquant_gui.ui.space3d.painting import CloudPaint
    from colorquant_gui.ui.space3d.scene import Scene

_PICK_MS = 25
_REST_MS = 400
# Among very many colours looking takes so long that it would slow what moves under the pointer:
# it gets one part of the time in so many.
_PARTS = 5
# What the sign of a pointer takes up, and how far up and left of that its tip is.
_POINTER, _TIP = QSize(20, 24), QPoint(-6, -6)


class Pointing(QObject):
    """Tells what is under the pointer, also where that changes while the pointer rests.

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
        self._total = 0
        self._position: QPointF | None = None
        self._color: int | None = None
        self._row: int | None = None
        self._centroid: int | None = None
        self._told = ""
        self._released = self._reports = False
        # what was released is told again, once the pointer has moved
        self._is_forgotten = False
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
        self._total = 0 if counts is None else int(counts.sum())
        self._note(None, None)

    def point_at(self, position: QPointF | None) -> None:
        """Move the pointer; None takes it away."""
        if position != self._position and self._released:
            self._released, self._is_forgotten = False, True
        self._position = position
        self._rest_timer.stop()
        if not self._is_telling:
            # a tooltip that has gone by itself comes again
            self._told = ""
        if position is None:
            self._pick_timer.stop()
            self._note(None, None)
        else:
            self.look_again()

    def look_again(self) -> None:
        """Find out what is under the pointer now: the scene has changed, or where it is seen from.

        Cheap, may be called for every frame.
        """
        if self._position is not None and not self._pick_timer.isActive():
            self._pick_timer.start()

    def click_at(self, position: QPointF) -> None:
        """Click."""
        row, centroid = self._find(position)
        if centroid is not None:
            self.centroidClicked.emit(centroid)
        else:
            self.colorClicked.emit(None if row is None else self._paint.color_of(row))

    def release(self) -> None:
        """Say nothing more of what the pointer is on, until it moves: that stands out no longer."""
        if self._reports:
            # what listens ends what was lit before
            return
        self._released = True
        self._rest_timer.stop()
        self._hide_tip()

    def pause(self) -> None:
        """Do nothing until the pointer moves again."""
        self.point_at(None)

    def _find(self, position: QPointF) -> tuple[int | None, int | None]:
        if self._scene.is_changing:
            return None, None
        place = (position.x(), position.y(), self._widget.width(), self._widget.height())
        centroid = self._picker.centroid(*place)
        return (None, centroid) if centroid is not None else (self._picker.point(*place), None)

    def _pick(self) -> None:
        if self._position is None:
            return
        start = time.perf_counter()
        row, centroid = self._find(self._position)
        cost = 1000 * (time.perf_counter() - start)
        self._pick_timer.setInterval(max(_PICK_MS, math.ceil(cost * (_PARTS - 1))))
        self._note(row, centroid)

    def _note(self, row: int | None, centroid: int | None) -> None:
        known = row if row is not None and row < len(self._scene.indices) else None
        color = None if known is None else self._paint.color_of(known)
        before, self._row = (self._color, self._centroid), known
        self._color, self._centroid = color, centroid
        if (color, centroid) != before:
            self._released = False
            self._rest_timer.stop()
            self._hide_tip()
        again, self._is_forgotten = self._is_forgotten, False
        self._reports = True
        told = [(self.colorHovered, before[0], color), (self.centroidHovered, before[1], centroid)]
        # First what is left: to who listens to both, that must not end what comes.
        for signal, old, new in sorted(told, key=lambda one: one[2] is not None):
            if new != old or (again and new is not None):
                signal.emit(new)
        self._reports = False
        self._tell_later()

    # -- tooltip -------------------------------------------------------------------------------

    @property
    def _is_telling(self) -> bool:
        return bool(self._told) and QToolTip.isVisible() and QToolTip.text() == self._told

    def _tell_later(self) -> None:
        """Have the tooltip come after a rest, or say what is true now where it is there already."""
        hovers = self._color is not None or self._centroid is not None
        if self._is_telling:
            self._tell()
        elif hovers and not (self._told or self._released or self._rest_timer.isActive()):
            self._rest_timer.start()

    def _hide_tip(self) -> None:
        if self._is_telling:
            QToolTip.hideText()
        self._told = ""

    def _tell(self) -> None:
        if self._position is None:
            return
        text = self._text()
        if text:
            usual = QApplication.font().pointSizeF()
            text = enlarged(text, self._scene.style.font.pointSizeF() / usual)
            self._told = text
            pointer = self._position.toPoint()
            kept = [_rect(box) for box in self._scene.kept_free]
            show_tip(text, self._widget, pointer, self._pointed_at(pointer), kept)

    def _pointed_at(self, pointer: QPoint) -> QRect:
        """Return what is not to be covered: the pointer, and the disc that it is on."""
        found = QRect(pointer, _POINTER).translated(_TIP)
        shown = discs(self._scene, self._widget.width(), self._widget.height())
        for number in np.flatnonzero(shown.order == self._centroid).tolist():
            (x, y), radius = shown.centers[number].tolist(), float(shown.radii[number])
            found |= _rect((x - radius, y - radius, x + radius, y + radius))
        return found

    def _text(self) -> str:
        scene = self._scene
        if self._centroid is not None and self._centroid < len(scene.centroids):
            count, total = scene.counts[self._centroid], scene.counts.sum()
            return about_centroid(scene.centroids[self._centroid], int(count), int(total))
        if self._row is None or self._row >= len(scene.points):
            return ""
        index, color = self._paint.color_of(self._row), scene.points[self._row, :3]
        becomes = self._paint.becomes(index)
        if scene.cells is not None:
            count, n_colors = scene.cells.pixels[self._row], scene.cells.n_colors[self._row]
            return about_cell(color, int(count), self._total, int(n_colors), becomes)
        known = self._counts is not None and index < len(self._counts)
        count = int(self._counts[index]) if self._counts is not None and known else 0
        return about_color(color, count, self._total, becomes)


def _rect(box: Box) -> QRect:
    """Return the pixels that a box reaches into."""
    left, top, right, bottom = box
    return QRectF(left, top, right - left, bottom - top).toAlignedRect()
