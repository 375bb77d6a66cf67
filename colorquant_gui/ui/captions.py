"""Captions: what stands over the picture, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from colorquant_gui.session import Frame, Session
    from colorquant_gui.session.peek import Glimpse
    from colorquant_gui.ui.main_window import MainWindow


class Captions(QObject):
    """Says over the canvas how many colours are on show.

    Parameters
    ----------
    session : Session
        What is shown.
    window : MainWindow
        Has the canvas.
    """

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._frame: Frame | None = None
        self._glimpse: Glimpse | None = None
        self._shown = ""
        session.sourceChanged.connect(self._forget)
        session.settingsChanged.connect(self._update)
        session.runChanged.connect(self._update)
        session.peek.changed.connect(self._peek)
        session.playback.frameChanged.connect(self._follow)
        self._update()

    @Slot()
    def _forget(self) -> None:
        self._frame = self._glimpse = None
        self._update()

    @Slot(object)
    def _peek(self, glimpse: Glimpse | None) -> None:
        self._glimpse = glimpse
        self._update()

    @Slot(object)
    def _follow(self, frame: Frame) -> None:
        self._frame = frame
        self._update()

    @Slot()
    def _update(self) -> None:
        text = self._text()
        if text != self._shown:
            self._shown = text
            self._window.canvas.set_captions(self.tr("Original"), text)

    def _text(self) -> str:
        settings, histogram = self._session.settings, self._session.histogram
        reserved = histogram is not None and histogram.has_transparent
        visible = settings.k if histogram is None else settings.n_centroids(histogram)
        if self._glimpse is not None:
            visible = len(self._glimpse.palette)
        colors = self.tr("{0} colours").format(formatting.integer(visible))
        if visible == 1:
            colors = self.tr("1 colour")
        there = self._there(visible)
        if self._glimpse is None and there is not None and there < visible:
            # the others are still to come
            colors = self.tr("{0} of {1} colours").format(there, visible)
        return self.tr("{0} + transparent").format(colors) if reserved else colors

    def _there(self, visible: int) -> int | None:
        """Return how many centroids a stage of the seeding has; None where no stage is shown."""
        frame = self._frame
        if frame is None or frame.history is not self._session.history or not frame.is_seeding:
            return None
        # with another k there will be another run in a moment
        return len(frame.centroids) if len(frame.step.centroids) == visible else None
