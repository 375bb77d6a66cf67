"""GLViewportMixin: what the viewports that draw with OpenGL have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from colorquant_gui.ui.space3d.gl_drawing import GLDrawing

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QKeyEvent

    from colorquant_gui.ui.space3d.scene import Scene


class GLViewportMixin:
    """Mixed into a view of pyqtgraph's that has a context of OpenGL.

    Attributes
    ----------
    drawing : GLDrawing
        What draws.
    shownChanged : Signal(int)
        How many colours are on the screen.
    failed : Signal(str)
        OpenGL can't do it, and why. Nothing more will be drawn.
    """

    drawing: GLDrawing
    shownChanged: SignalInstance
    failed: SignalInstance

    def _begin(self, scene: Scene) -> None:
        # both are methods of the view that this is mixed into
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # type: ignore[attr-defined]
        self.drawing = GLDrawing(scene, self)
        self.drawing.shownChanged.connect(self.shownChanged)
        self.drawing.failed.connect(self.failed)
        for item in self.drawing.items:
            self.addItem(item)  # type: ignore[attr-defined]

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
