"""What several tests of widgets share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from colorquant_gui.ui.space3d import ColorSpaceView
from tests.ui.painted import as_array

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SIZE = (460, 420)


class Space:
    """A colour-space view on the screen, and what is seen there."""

    size = SIZE

    def __init__(self, view: ColorSpaceView, qtbot: QtBot) -> None:
        self.view, self.qtbot = view, qtbot
        self.scene = view._scene

    @property
    def surface(self) -> QWidget:
        return self.find(QWidget, "spaceViewport")

    def find(self, kind: type, name: str) -> Any:
        found = self.view.findChild(kind, name)
        assert found is not None, name
        return found

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.view.findChild(QWidget, "spaceViewport") is not None)
        self.qtbot.waitUntil(lambda: self.surface.settled, timeout=10_000)

    def pixels(self) -> np.ndarray:
        """The view as (height, width, 3), when it doesn't change any more."""
        self.settle()
        image = self._grabbed()
        for _ in range(20):
            self.qtbot.wait(25)
            before, image = image, self._grabbed()
            if np.array_equal(before, image):
                break
        return image

    def _grabbed(self) -> np.ndarray:
        grabbed = self.view.screen().grabWindow(self.view.winId())
        return as_array(grabbed.toImage())[..., :3]

    def place(self, color: tuple[float, ...]) -> QPointF:
        """Where a colour of sRGB is in the view, in logical pixels."""
        world = self.scene.place(np.array([color], np.float64))[0]
        x, y = self.scene.camera.project(world, *SIZE)[0]
        return QPointF(float(x), float(y))

    def at(self, color: tuple[float, ...]) -> tuple[int, ...]:
        place = self.place(color)
        return tuple(self.pixels()[int(place.y()), int(place.x())].tolist())

    def hover(self, place: QPointF | QPoint) -> None:
        """Move the mouse within the view, wherever the screen's own pointer is."""
        at = QPointF(place)
        event = QMouseEvent(
            QEvent.Type.MouseMove, at, self.surface.mapToGlobal(at), Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(self.surface, event)

    def click(self, place: QPointF) -> None:
        at = QPoint(int(place.x()), int(place.y()))
        QTest.mouseClick(self.surface, Qt.MouseButton.LeftButton, pos=at)


@pytest.fixture(params=[True, False], ids=["opengl", "flat"])
def space(request: pytest.FixtureRequest, qtbot: QtBot) -> Space:
    """A view that shows neither gamut nor axes, so that its pixels are those of colours."""
    view = ColorSpaceView(use_opengl=None if request.param else False)
    view.resize(*SIZE)
    qtbot.addWidget(view)
    view.set_layers({"pixels", "centroids", "trails"})
    view.show()
    qtbot.waitExposed(view)
    shown = Space(view, qtbot)
    shown.settle()
    assert view.has_opengl == request.param
    return shown
