"""Overlays: what lies over the drawing of a colour space, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt

from colorquant_gui.ui.space3d.bar import SpaceBar
from colorquant_gui.ui.space3d.caption_label import Caption, ShortCaption
from colorquant_gui.ui.space3d.composition import has_frame
from colorquant_gui.ui.space3d.error_bar import ErrorBar
from colorquant_gui.ui.space3d.gizmo import Gizmo
from colorquant_gui.ui.space3d.legend import Legend
from colorquant_gui.ui.space3d.options import OptionsPanel
from colorquant_gui.ui.space3d.slice_end import SliceEnd

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.captions import Captions
    from colorquant_gui.ui.space3d.label_room import Box
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.style import SceneStyle

_MARGIN = 8
_GAP = 4
# The gizmo needs a view of this width and height, or it is in the way.
_ROOM_FOR_GIZMO = QSize(350, 200)
# Below this height two rows of controls would cover the top of the space.
_ROOM_FOR_TWO_ROWS = 360
_ROOM_FOR_LEGEND = 220
# A message is read within the frame of the space, and leaves its labels alone.
_WIDEST_MESSAGE = 300
# The caption of a half-step has about so many.
_CAPTION_LETTERS = 18
_SHARE_OF_SMALL_VIEW = 0.3
# So much of the bar is left to the status where the legend goes there with its names.
_ROOM_FOR_STATUS = 200


class Overlays:
    """Bar, legend, captions, gizmo and options panel of a view.

    Parameters
    ----------
    scene : Scene
        What they are about.
    owner : QWidget
        Over which they lie; created before them, so that they come on top.
    """

    def __init__(self, scene: Scene, owner: QWidget) -> None:
        self._scene, self._owner = scene, owner
        self._has_controls = True
        self.bar = SpaceBar(owner)
        self.legend = Legend(owner)
        self.gizmo = Gizmo(scene, owner)
        self.options = OptionsPanel(owner)
        self.bar.optionsRequested.connect(lambda: self.options.open_beside(owner))
        self.slice_end = SliceEnd(owner)
        self.status = ShortCaption(owner)
        self.status.setObjectName("spaceStatus")
        self.message = Caption(owner)
        self.message.setObjectName("spaceMessage")
        self.message.set_prominent()
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.phase = ShortCaption(owner)
        self.phase.setObjectName("spacePhase")
        self.phase.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.phase.set_prominent()
        self.error_bar = ErrorBar(owner)

    def minimum_size(self) -> QSize:
        """Return the least room they need."""
        width = max(self.bar.minimumSizeHint().width(), self.legend.compact_width())
        return QSize(width + 2 * _MARGIN, 160)

    def set_controls_shown(self, shown: bool) -> None:
        """Have bar, legend and gizmo, or only what has to be said; `place` has to be called."""
        self._has_controls = shown
        self.bar.setVisible(shown)

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours of the scene."""
        for overlay in (
            self.bar,
            self.legend,
            self.slice_end,
            self.status,
            self.message,
            self.phase,
            self.error_bar,
        ):
            overlay.set_style(style)
        self.gizmo.refresh()

    def show_texts(self, texts: Captions) -> bool:
        """Say what is shown and what is going on, and explain the error ramp if it is used.

        Returns
        -------
        bool
            Whether labels of the space have to make room for it, see `place`.
        """
        self.bar.set_sliced(texts.is_sliced)
        self.slice_end.set_sliced(texts.is_sliced, texts.status)
        self.status.set_wordings(texts.status)
        self.message.setText(texts.message)
        self.phase.set_wordings(texts.phase)
        self.error_bar.setVisible(texts.error is not None)
        if texts.error is not None:
            self.error_bar.set_scale(*texts.error)
        return self.place()

    def place(self) -> bool:
        """Put everything at its place: after a change of texts or of the owner's size.

        Returns
        -------
        bool
            Whether other parts of the space lie below it than before: the scene knows them.
        """
        before = self._scene.covered, self._scene.kept_free
        area = self._owner.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        height = self.bar.sizeHint().height()
        self.bar.setGeometry(QRect(area.left(), area.top(), area.width(), height))
        row = self._place_legend(area, height) + _GAP if self._has_controls else 0
        below = self._scene.covered = area.top() + row
        self._place_status()
        size = self.error_bar.sizeHint()
        self.error_bar.setGeometry(QRect(area.right() + 1 - size.width(), below, *size.toTuple()))
        fits = _ROOM_FOR_GIZMO.boundedTo(self._owner.size()) == _ROOM_FOR_GIZMO
        is_seen = self._has_controls and has_frame(self._scene)
        self.gizmo.setVisible(fits and is_seen)
        corner = area.bottomRight() - self.gizmo.rect().bottomRight()
        self.gizmo.move(corner)
        aside = max(0, (area.width() - _WIDEST_MESSAGE) // 2)
        middle = area.adjusted(aside, 0, -aside, 0)
        self.message.place(middle, Qt.AlignmentFlag.AlignCenter)
        beside = QRect(area)
        if self.gizmo.isVisibleTo(self._owner):
            beside.setRight(self.gizmo.geometry().left() - _GAP)
        if not fits:
            # in a small view the space reaches far into the corner
            beside.setWidth(round(_SHARE_OF_SMALL_VIEW * area.width()))
        self.phase.place(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        over = (self.gizmo, self.error_bar, self.message, self.phase)
        self._scene.kept_free = tuple(_box_of(one) for one in over if one.isVisibleTo(self._owner))
        return before != (self._scene.covered, self._scene.kept_free)

    def _place_legend(self, area: QRect, row: int) -> int:
        """Put the legend below the bar, or into a gap of it; return the height of both."""
        legend, height = self.legend, self._owner.height()
        room = self.bar.gap().width() - 2 * _MARGIN
        is_wide = legend.full_width() + _ROOM_FOR_STATUS <= room
        fits_gap = legend.compact_width() <= room
        legend.setVisible(fits_gap or height >= _ROOM_FOR_LEGEND)
        if is_wide or (height < _ROOM_FOR_TWO_ROWS and fits_gap):
            legend.set_room(room if is_wide else 0)
            legend.adjustSize()
            top = area.top() + (row - legend.height()) // 2
            legend.move(area.left() + self.bar.gap().left() + _GAP, top)
            return row
        legend.set_room(area.width())
        legend.adjustSize()
        legend.move(area.left(), area.top() + row + _GAP)
        return row + (_GAP + legend.height() if height >= _ROOM_FOR_LEGEND else 0)

    def _place_status(self) -> None:
        """Put the status into the bar, where it lies over nothing of the space."""
        if not self._has_controls:
            self.legend.hide()
            self.slice_end.place_in(self.bar.geometry())
            self.status.place(QRect(), Qt.AlignmentFlag.AlignLeft)
            return
        room = self.bar.gap().translated(self.bar.pos())
        legend = self.legend.geometry()
        if legend.top() <= room.bottom() and self.legend.isVisibleTo(self._owner):
            room.setLeft(legend.right() + _GAP)
        room = self.slice_end.place_in(room)
        self.status.place(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def size(self) -> tuple[int, int]:
        """Return the width and height of what they lie over, in logical pixels."""
        return self._owner.width(), self._owner.height()

    def free_area(self) -> Box:
        """Return what no bar lies over: left, top, right and bottom in logical pixels."""
        width, height = self.size()
        return 0.0, float(self._scene.covered), float(width), float(height)

    def obstacles(self) -> list[Box]:
        """Return what lies in the lower corners of that.

        Room for the caption is kept also while it has nothing to say, so that nothing moves when
        it comes.
        """
        metrics, height = self.phase.fontMetrics(), self._owner.height()
        wide = _MARGIN + _CAPTION_LETTERS * metrics.averageCharWidth()
        found: list[Box] = [(0.0, height - 2.0 * _MARGIN - metrics.height(), wide, float(height))]
        if self.gizmo.isVisibleTo(self._owner):
            found.append(_box_of(self.gizmo))
        return found


def _box_of(widget: QWidget) -> Box:
    """Return where a widget lies: left, top, right and bottom in logical pixels."""
    box = widget.geometry()
    return float(box.left()), float(box.top()), box.right() + 1.0, box.bottom() + 1.0
