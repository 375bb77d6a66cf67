"""MaterialSource: takes what an animation is made of from the window as it is now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QPalette

from colorquant_gui.session.animation_job import Material
from colorquant_gui.ui.animation_caption import CaptionPainter
from colorquant_gui.ui.animation_space import Order, SpaceOrders, SpaceStage
from colorquant_gui.ui.worked_example import is_example

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from colorquant_gui.session import Session
    from colorquant_gui.session.animation_frames import Color
    from colorquant_gui.session.animation_layout import FrameLayout
    from colorquant_gui.ui.main_window import MainWindow


class MaterialSource(QObject):
    """Takes the run and the look of a window, and draws its colour space when asked to.

    Parameters
    ----------
    session : Session
        Has the run.
    window : MainWindow
        Has the look, and the colour space whose camera is taken over.
    parent : QObject
        Lives at least as long as the thread that draws.
    """

    _ordered = Signal(object)

    def __init__(self, session: Session, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._window = session, window
        self._material: Material | None = None
        self._stage: SpaceStage | None = None
        self._is_example = False
        self._ordered.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def take(self) -> Material | None:
        """Take the run on show.

        Returns
        -------
        Material or None
            It stays what it is, whatever is opened meanwhile, until `drop` or the next `take`.
            None where there is no run.
        """
        self.drop()
        histogram, history = self._session.histogram, self._session.history
        if histogram is None or not history.stops:
            return None
        self._is_example = is_example(self._session.source, history.settings)
        palette = self._window.palette()
        caption = CaptionPainter(
            history,
            self._window.font(),
            _rgb(palette.color(QPalette.ColorRole.WindowText)),
            _rgb(palette.color(QPalette.ColorRole.Window)),
        )
        surround = _rgb(palette.color(QPalette.ColorRole.Dark))
        result = self._session.result if history.finished else None
        self._material = Material(histogram, history, surround, caption, self._orders, result)
        return self._material

    def completed(self) -> Material | None:
        """Return it with what came out of its run, where that is known by now."""
        material, session = self._material, self._session
        if material is not None and material.result is None and material.history.finished:
            is_on_show = material.history is session.history
            self._material = replace(material, result=session.result if is_on_show else None)
        return self._material

    def drop(self) -> None:
        """Let go of it. Nobody draws any more."""
        self._material = None
        if self._stage is not None:
            self._stage.close()
            self._stage = None

    def _orders(self, layout: FrameLayout) -> SpaceOrders:
        """Return what takes orders from the thread that draws; touches no widget."""
        if layout.space is None:
            raise ValueError("a layout without the colour space")
        return SpaceOrders(self._ordered.emit, layout.space.size)

    @Slot(object)
    def _pass_on(self, order: Order) -> None:
        material = self._material
        if material is None or order.orders.given_up:
            return
        if self._stage is None:
            self._stage = SpaceStage(
                self._window.color_space, material.histogram, self._window,
                explained=self._is_example,
            )  # fmt: skip
        self._stage.enqueue(order)


def _rgb(color: QColor) -> Color:
    return color.red(), color.green(), color.blue()
