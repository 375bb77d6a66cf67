"""RunPresenter: shows where the playhead of the run is, in the picture and beside it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.session import Frame, RunState, Session
from colorquant_gui.ui.run_status import RunStatus
from colorquant_gui.ui.run_swatches import run_swatches
from colorquant_gui.ui.space_moment import positions, show_glimpse, show_moment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.color_spaces import ColorSpace
    from colorquant_gui.session import History, Step, Stop
    from colorquant_gui.session.peek import Glimpse
    from colorquant_gui.ui.main_window import MainWindow

# Rec. 709 luma; only orders the swatches.
_LUMA = np.array([0.2126, 0.7152, 0.0722])
# While k is dragged or the timeline scrubbed, the picture comes first; the views beside it follow
# at a few frames a second.
_SIDE_MS = 100
_SCRUB_SIDE_MS = 200
# While the run plays they follow with every frame where that is quick, and else take turns with
# the picture: where the processor draws the colour space, it takes longer than the picture.
_LONGEST_TURN_MS = 250


class RunPresenter(QObject):
    """Listens to the playback of a session's run and keeps the views in step with it.

    Attributes
    ----------
    labelsChanged : Signal()
        `shown_labels` and how swatches and centroids go with them are others.
    resultShown : Signal()
        The result is on show, where the run has come to its end.
    shown_labels : ndarray of uint8, shape (n,), or None
        Labels on the canvas, of every unique colour.
    swatch_labels, cluster_labels : ndarray of int, shape (k,)
        The label on the canvas of each swatch, and of each centroid of the colour space.
    clear_swatch : int or None
        The swatch of transparent pixels, where there is one.
    status : RunStatus
        Tells about the run in the status bar.

    Parameters
    ----------
    session : Session
        What is shown.
    window : MainWindow
        Where it is shown.
    """

    labelsChanged = Signal()
    resultShown = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self.shown_labels: NDArray[np.uint8] | None = None
        self.swatch_labels: NDArray[np.intp] = np.empty(0, np.intp)
        self.cluster_labels: NDArray[np.intp] = np.empty(0, np.intp)
        self.clear_swatch: int | None = None
        self.status = RunStatus(session, window.status, self)
        self._session = session
        self._window = window
        self._swatch_order: NDArray[np.intp] = np.empty(0, np.intp)
        self._ordered_at: tuple[Step, int] | None = None
        self._frame: Frame | None = None
        self._waiting: Frame | None = None
        self._glimpse: Glimpse | None = None
        self._side_shown = 0.0
        self._side_timer = QTimer(self, singleShot=True)
        self._side_timer.timeout.connect(self._show_side_views)
        self._side_ms = 0.0
        self._side_drawn = QTimer(self, singleShot=True, interval=0)
        self._side_drawn.timeout.connect(self._note_side_cost)
        session.sourceChanged.connect(self._forget)
        session.runChanged.connect(self._show_state)
        session.resultChanged.connect(self._show_quality)
        session.playback.frameChanged.connect(self._show_frame)
        session.playback.stateChanged.connect(self._show_state)
        session.playback.finished.connect(self._show_result)
        session.run.labels.ready.connect(self._take_levels)
        session.peek.changed.connect(self._show_glimpse)
        self._show_state()

    @Slot()
    def _forget(self) -> None:
        self.shown_labels = self._frame = self._waiting = None
        self._glimpse = self.clear_swatch = None
        self._side_timer.stop()
        self._show_quality()

    # -- a moment of the run -------------------------------------------------------------------

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        self._frame = self._waiting = frame
        if self._glimpse is not None:
            return
        canvas = self._window.canvas
        colors = _space(frame.history).to_srgb(frame.centroids)
        canvas.set_animating(True)
        if frame.labels is self.shown_labels:
            canvas.set_colors(colors)
        else:
            canvas.set_labels(frame.labels, colors)
            self.shown_labels = frame.labels
        if self._session.is_previewing:
            self._window.color_space.postpone_refining()
        playing = self._session.playback.is_playing and not self._session.is_previewing
        if playing and self._side_wait() <= 0:
            self._show_side_views()
        else:
            self._show_side_views_soon()

    def _side_wait(self) -> float:
        return self._side_pause() - 1000 * (time.monotonic() - self._side_shown)

    def _show_side_views_soon(self) -> None:
        if not self._side_timer.isActive():
            self._side_timer.start(max(0, int(self._side_wait())))

    def _side_pause(self) -> float:
        """Return how long after the last time the views beside the picture follow again, in ms."""
        if self._session.is_previewing:
            return _SIDE_MS
        if not self._session.playback.is_playing:
            return _SCRUB_SIDE_MS
        return min(2 * self._side_ms, _LONGEST_TURN_MS)

    @Slot()
    def _note_side_cost(self) -> None:
        """Take the time once they have been drawn: what is posted goes before timers."""
        self._side_ms = 1000 * (time.monotonic() - self._side_shown)

    @Slot()
    def _show_side_views(self) -> None:
        self._side_timer.stop()
        frame = self._waiting
        if self._glimpse is not None:
            # the frame waits until that is over
            self._show_glimpse_aside(self._glimpse)
            return
        if frame is None:
            return
        self._waiting = None
        self._side_shown = time.monotonic()
        self._side_drawn.start()
        show_moment(self._window.color_space, frame, halves=not self._session.is_previewing)
        labels = self._show_swatches(frame)
        self._show_quality()
        self._show_state()
        if self.shown_labels is frame.labels:
            self.cluster_labels = np.arange(len(frame.centroids))
            self.swatch_labels = labels
            self.labelsChanged.emit()

    def _show_swatches(self, frame: Frame) -> NDArray[np.intp]:
        """Show the palette of a moment, and return the label of each swatch."""
        space = _space(frame.history)
        colors = space.to_srgb(frame.centroids)
        moment = (frame.step, len(colors))
        if moment != self._ordered_at:
            # by iteration, not by frame: swatches don't swap while colours glide
            lightness = space.to_srgb(frame.history.centroids_at(frame.stop)) @ _LUMA
            self._swatch_order = np.argsort(lightness, kind="stable")
            self._ordered_at = moment
        return self._show_palette(colors, frame.counts, self._swatch_order)

    def _show_palette(
        self, colors: NDArray[np.uint8], counts: NDArray[np.int64], order: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Show swatches with the one of transparent pixels, and return the label of each."""
        histogram = self._session.histogram
        n_transparent = 0 if histogram is None else histogram.n_transparent
        shown = run_swatches(colors, counts, order, n_transparent)
        self.clear_swatch = shown.transparent_index
        self._window.palette_view.set_palette_colors(
            shown.colors, shown.counts, shown.transparent_index
        )
        return shown.labels

    # -- its end -------------------------------------------------------------------------------

    @Slot()
    def _show_result(self) -> None:
        session, window = self._session, self._window
        if self._glimpse is not None:
            return
        window.canvas.set_animating(False)
        result = session.result
        if result is not None:
            self._show_side_views()
            window.color_space.set_event(None, None)
            window.color_space.set_phase("")
            window.canvas.set_labels(result.labels, result.palette)
            self.shown_labels = result.labels
            self.clear_swatch = result.transparent_index
            window.palette_view.set_palette_colors(
                result.palette, result.counts, result.transparent_index
            )
            self._match_centroids(result)
            self.labelsChanged.emit()
        self._show_quality()
        self._show_state()
        self.resultShown.emit()

    def _match_centroids(self, result: IndexedImage) -> None:
        """Find the palette entry that each centroid on show has become."""
        self.swatch_labels = np.arange(len(result.palette))
        history = self._session.history
        latest, key = history.latest, history.settings.color_space
        if latest is None:
            self.cluster_labels = np.empty(0, np.intp)
            return
        first = 0 if result.transparent_index is None else 1
        visible = result.palette[first:].astype(np.float64)
        apart = positions(latest.centroids, key)[:, None] - visible[None]
        self.cluster_labels = (apart**2).sum(axis=2).argmin(axis=1) + first

    @property
    def shows_result(self) -> bool:
        """Whether the result is what the views show."""
        result = self._session.result
        return result is not None and self.shown_labels is result.labels

    # -- another k, for a moment ---------------------------------------------------------------

    @Slot(object)
    def _show_glimpse(self, glimpse: Glimpse | None) -> None:
        """Show what another palette would make of the picture, or go back."""
        self._glimpse = glimpse
        if glimpse is not None:
            self._window.canvas.set_labels(glimpse.labels, glimpse.palette)
            self.shown_labels = glimpse.labels
            self._show_quality()
            self._show_state()
            self._show_side_views_soon()
            return
        # centroids and swatches have to go back, too
        self._waiting = self._frame
        if self._session.is_previewing and self._session.state is RunState.RUNNING:
            # what was there before would only flash up until the preview is there
            return
        elif self._session.playback.is_at_end and self._session.result is not None:
            self._show_result()
        elif self._frame is not None:
            self._show_frame(self._frame)

    def _show_glimpse_aside(self, glimpse: Glimpse) -> None:
        self._side_shown = time.monotonic()
        self._side_drawn.start()
        show_glimpse(self._window.color_space, glimpse)
        self.cluster_labels = np.arange(len(glimpse.palette))
        self.swatch_labels = self._show_palette(
            glimpse.palette, glimpse.counts, self.cluster_labels
        )
        self.labelsChanged.emit()

    # -- where it stands -----------------------------------------------------------------------

    @Slot()
    def _show_state(self) -> None:
        """Say how far the run is, and offer to stop it."""
        session = self._session
        self.status.show_state(self._glimpse)
        playing = session.playback.is_playing and len(session.history) > 0
        if session.state in (RunState.STOPPED, RunState.FAILED):
            self._window.canvas.set_animating(False)
        stop = self._window.actions_by_key["stop"]
        stop.setEnabled(session.state is RunState.RUNNING or playing)

    @Slot(object)
    def _take_levels(self, stop: Stop) -> None:
        """Show the error of a moment in another space, which is known by now."""
        frame, playback = self._frame, self._session.playback
        is_of_frame = frame is not None and frame.stop.labels_key == stop.labels_key
        if is_of_frame and not playback.is_playing:
            self._show_quality()

    @Slot()
    def _show_quality(self) -> None:
        self.status.show_quality(self._frame, self._glimpse)


def _space(history: History) -> ColorSpace:
    """Return the space that the centroids of a run lie in."""
    return color_space(history.settings.color_space)
