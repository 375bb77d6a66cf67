"""SpaceStage: draws the colour space for an animation, in a view of its own that nobody sees."""

from __future__ import annotations

import queue
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from colorquant_gui.core.errors import Cancelled, ColorQuantError
from colorquant_gui.ui.animation_caption import image_from_qt
from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.space_moment import show_moment
from colorquant_gui.ui.worked_example import color_index, explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.frame import Frame

# Laid out at most at this size and scaled up, so that labels and discs keep their proportions;
# in a small picture they are bigger than that, or nobody could read them.
_SIZE = QSize(576, 480)
_LEAST_HEIGHT = 360
# More discs hide one another at these sizes, and take their time where the processor draws them.
_MAX_POINTS = 60_000
_RETRY_MS = 20
_MAX_RETRIES = 1000
_POLL_S = 0.05


@dataclass(eq=False)
class SpaceOrders:
    """What one animation orders; see `colorquant_gui.session.animation_frames.SpaceArtist`.

    Attributes
    ----------
    place : callable taking an Order
        Passes an order on to the thread of the stage.
    size : tuple of int
        Width and height of pictures, in pixels.
    drawn : SimpleQueue of Image or None
        What is ready; None for what could not be drawn.
    given_up : bool
        Whether nobody waits for it any more.
    """

    place: Callable[[Order], None]
    size: tuple[int, int]
    drawn: queue.SimpleQueue[Image.Image | None] = field(default_factory=queue.SimpleQueue)
    given_up: bool = False

    def order(self, frame: Frame, turn: float) -> None:
        """Ask for a picture of a moment, turned by so many degrees; returns at once."""
        self.place(Order(self, frame, turn))

    def take(self, cancelled: Callable[[], bool]) -> Image.Image:
        """Wait for the picture that was ordered first.

        Parameters
        ----------
        cancelled : callable returning bool
            True stops waiting.

        Returns
        -------
        Image
            Mode RGB.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        ColorQuantError
            It could not be drawn.
        """
        while not cancelled():
            try:
                image = self.drawn.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if image is None:
                self.given_up = True
                raise ColorQuantError(
                    "The colour space could not be drawn at this size. Try a smaller one."
                )
            return image
        self.given_up = True
        raise Cancelled


@dataclass(frozen=True, eq=False)
class Order:
    """A picture of the colour space that somebody waits for."""

    orders: SpaceOrders
    frame: Frame
    turn: float


class SpaceStage(QObject):
    """Draws what is ordered, one picture in each turn of the event loop.

    Parameters
    ----------
    model : ColorSpaceView
        Whose choices and camera are taken over as they are now.
    histogram : ColorHistogram
        The colours.
    parent : QWidget
        The window.
    explained : bool
        Whether the run is that of the worked example, of which distances are drawn.
    """

    def __init__(
        self,
        model: ColorSpaceView,
        histogram: ColorHistogram,
        parent: QWidget,
        *,
        explained: bool = False,
    ) -> None:
        super().__init__(parent)
        self._explained = explained
        self._waiting: deque[Order] = deque()
        self._retries = 0
        self._view = view = ColorSpaceView(use_opengl=model.has_opengl)
        view.setObjectName("animationSpaceView")
        view.setParent(parent, Qt.WindowType.Tool)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.resize(_SIZE)
        view.look_as(model)
        view.set_colors(histogram.colors, histogram.counts)
        if explained:
            view.set_highlight(color_index(histogram.colors), None)
        self._azimuth = model.azimuth
        view.show()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._draw_next)

    def enqueue(self, order: Order) -> None:
        """Draw something as soon as it is its turn.

        Parameters
        ----------
        order : Order
            What is wanted.
        """
        self._waiting.append(order)
        if not self._timer.isActive():
            self._timer.start(0)

    def close(self) -> None:
        """Draw no more. Nobody may be waiting for a picture then."""
        self._timer.stop()
        self._waiting.clear()
        self._view.hide()
        self._view.deleteLater()
        self.deleteLater()

    @Slot()
    def _draw_next(self) -> None:
        while self._waiting and self._waiting[0].orders.given_up:
            self._waiting.popleft()
        if not self._waiting:
            return
        if not self._is_ready():
            self._retries += 1
            self._timer.start(_RETRY_MS)
            return
        order = self._waiting.popleft()
        image = None
        try:
            image = self._drawn(order)
        finally:
            # whatever happens, nobody waits in vain
            order.orders.drawn.put(image)
        if self._waiting:
            self._timer.start(0)

    def _is_ready(self) -> bool:
        """Whether the view has what it takes; after a while it must do with what there is."""
        viewport = self._view.findChild(QWidget, "spaceViewport")
        settled = viewport is not None and bool(getattr(viewport, "settled", True))
        if settled or self._retries > _MAX_RETRIES:
            # drawn by order alone from here on, not by itself as well
            self._view.hide()
            self._retries = _MAX_RETRIES + 1
            return True
        return False

    def _drawn(self, order: Order) -> Image.Image | None:
        show_moment(self._view, order.frame)
        if self._explained:
            self._view.set_measures(explain(order.frame).measures)
        width, height = order.orders.size
        high = min(max(height, _LEAST_HEIGHT), _SIZE.height())
        size = round(high * _SIZE.width() / _SIZE.height()), high
        # a little more rather than less, whatever is rounded: the rest is cut off
        scale = max((width + 0.5) / size[0], (height + 0.5) / size[1])
        image = self._view.render_image(
            scale,
            size=size,
            azimuth=self._azimuth + order.turn,
            max_points=_MAX_POINTS,
            fitted=True,
        )
        if image.isNull():
            return None
        return image_from_qt(image).crop((0, 0, width, height))
