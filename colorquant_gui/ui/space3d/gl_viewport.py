"""GLViewport: what the viewports that draw with OpenGL have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyqtgraph.opengl.GLViewWidget import GLViewMixin
from PySide6.QtCore import Qt

from colorquant_gui.ui.space3d.gl_drawing import GLDrawing

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.scene import Scene


class GLViewport(GLViewMixin):
    """A view of pyqtgraph's in which a scene is drawn; the next base is the widget it is.

    Parameters
    ----------
    scene : Scene
        What to draw; call `refresh` after changing it.
    parent : QWidget, optional
        The owner.

    Attributes
    ----------
    drawing : GLDrawing
        What draws.
    """

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.drawing = GLDrawing(scene, self)
        for item in self.drawing.items:
            self.addItem(item)

    @property
    def shownChanged(self) -> SignalInstance:
        """Signal(int): how many colours are on the screen."""
        return self.drawing.shownChanged

    @property
    def failed(self) -> SignalInstance:
        """Signal(str): OpenGL can't do it, and why. Nothing more will be drawn."""
        return self.drawing.failed

    @property
    def lacks_context(self) -> bool:
        """Whether there is no OpenGL although the view is on the screen."""
        return False

    @property
    def shown(self) -> int:
        """Colours on the screen."""
        return self.drawing.shown

    @property
    def uploaded(self) -> int:
        """Colours held by the graphics memory."""
        return self.drawing.uploaded

    @property
    def settled(self) -> bool:
        """Whether the scene is drawn as it is now, and nothing is left to refine."""
        return self.drawing.settled

    def refresh(self) -> None:
        """Draw the scene as it is now."""
        self.drawing.refresh()

    def postpone(self) -> None:
        """Refine later, where that is not finished."""
        self.drawing.postpone()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to others what the controls have not taken: pyqtgraph would start a timer."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave to others what the controls have not taken."""
        event.ignore()
