"""Overlays: what lies over the drawing of a colour space, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt

from colorquant_gui.ui.space3d.bar import SpaceBar
from colorquant_gui.ui.space3d.error_bar import ErrorBar
from colorquant_gui.ui.space3d.gizmo import Gizmo
from colorquant_gui.ui.space3d.legend import Legend
from colorquant_gui.ui.space3d.options import OptionsPanel
from colorquant_gui.ui.space3d.overlay import Caption

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.captions import Captions
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.style import SceneStyle

_MARGIN = 8
_GAP = 4
# The gizmo needs a view of this width and height, or it is in the way.
_ROOM_FOR_GIZMO = QSize(350, 240)
# Below this height two rows of controls would cover the top of the space.
_ROOM_FOR_TWO_ROWS = 360
_ROOM_FOR_LEGEND = 220


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
        self._owner = owner
        self.bar = SpaceBar(owner)
        self.legend = Legend(owner)
        self.gizmo = Gizmo(scene, owner)
        self.options = OptionsPanel(owner)
        self.bar.optionsRequested.connect(lambda: self.options.open_below(self.bar.options))
        self.status = Caption(owner)
        self.status.setObjectName("spaceStatus")
        self.message = Caption(owner)
        self.message.setObjectName("spaceMessage")
        self.message.set_prominent()
        self.phase = Caption(owner)
        self.phase.setObjectName("spacePhase")
        self.phase.set_prominent()
        self.error_bar = ErrorBar(owner)

    def minimum_size(self) -> QSize:
        """Return the least room they need."""
        width = max(self.bar.minimumSizeHint().width(), self.legend.compact_width())
        return QSize(width + 2 * _MARGIN, 160)

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours of the scene."""
        for overlay in (self.legend, self.status, self.message, self.phase, self.error_bar):
            overlay.set_style(style)
        self.gizmo.refresh()

    def show_texts(self, texts: Captions) -> None:
        """Say what is shown and what is going on, and explain the error ramp if it is used."""
        self.status.setText(texts.status)
        self.message.setText(texts.message)
        self.phase.setText(texts.phase)
        self.error_bar.setVisible(texts.error is not None)
        if texts.error is not None:
            self.error_bar.set_scale(*texts.error)
        self.place()

    def place(self) -> None:
        """Put everything at its place: after a change of texts or of the owner's size."""
        area = self._owner.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        height = self.bar.sizeHint().height()
        self.bar.setGeometry(QRect(area.left(), area.top(), area.width(), height))
        below = QRect(area)
        below.setTop(area.top() + self._place_legend(area, height) + _GAP)
        self.gizmo.setVisible(_ROOM_FOR_GIZMO.boundedTo(self._owner.size()) == _ROOM_FOR_GIZMO)
        corner = area.bottomRight() - self.gizmo.rect().bottomRight()
        self.gizmo.move(corner)
        self.status.place(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        if self.status.text():
            below.setTop(self.status.geometry().bottom() + _GAP)
        self.error_bar.resize(self.error_bar.sizeHint())
        self.error_bar.move(below.topLeft())
        self.message.place(area, Qt.AlignmentFlag.AlignCenter)
        beside = QRect(area)
        if self.gizmo.isVisibleTo(self._owner):
            beside.setRight(self.gizmo.geometry().left() - _GAP)
        self.phase.place(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)

    def _place_legend(self, area: QRect, row: int) -> int:
        """Put the legend below the bar, or into a gap of it; return the height of both."""
        gap = self.bar.gap()
        height = self._owner.height()
        fits_gap = self.legend.compact_width() + 2 * _MARGIN <= gap.width()
        self.legend.setVisible(fits_gap or height >= _ROOM_FOR_LEGEND)
        if height < _ROOM_FOR_TWO_ROWS and fits_gap:
            self.legend.set_room(0)
            self.legend.adjustSize()
            top = area.top() + (row - self.legend.height()) // 2
            self.legend.move(area.left() + gap.left() + _MARGIN, top)
            return row
        self.legend.set_room(area.width())
        self.legend.adjustSize()
        self.legend.move(area.left(), area.top() + row + _GAP)
        return row + (_GAP + self.legend.height() if height >= _ROOM_FOR_LEGEND else 0)
