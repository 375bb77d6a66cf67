"""RunPresenter: shows where the playhead of the run is, in the picture and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from colorquant_gui.core.color_spaces import SRGB, color_space
from colorquant_gui.core.metrics import psnr_from_mse
from colorquant_gui.session import Frame, RunState, Session, StopKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.color_spaces import ColorSpace
    from colorquant_gui.session import Step
    from colorquant_gui.ui.main_window import MainWindow

# Rec. 709 luma; only orders the swatches.
_LUMA = np.array([0.2126, 0.7152, 0.0722])
_TRAIL_LENGTH = 32
# While k is dragged the picture comes first; the views beside it follow at 25 frames a second.
_SIDE_MS = 40


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
        self._session = session
        self._window = window
        self._swatch_order: NDArray[np.intp] = np.empty(0, np.intp)
        self._ordered_at: tuple[Step, int] | None = None
        self._frame: Frame | None = None
        self._waiting: Frame | None = None
        self._text: tuple[str, float | None] | None = None
        self._side_timer = QTimer(self, singleShot=True, interval=_SIDE_MS)
        self._side_timer.timeout.connect(self._show_side_views)
        session.sourceChanged.connect(self._forget)
        session.runChanged.connect(self.show_state)
        session.resultChanged.connect(self._show_quality)
        session.playback.frameChanged.connect(self._show_frame)
        session.playback.stateChanged.connect(self.show_state)
        session.playback.finished.connect(self._show_result)
        self.show_state()

    @Slot()
    def _forget(self) -> None:
        self.shown_labels = self._frame = self._waiting = None
        self._side_timer.stop()
        self._show_quality()

    # -- a moment of the run -------------------------------------------------------------------

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        canvas = self._window.canvas
        colors = self._space().to_srgb(frame.centroids)
        canvas.set_animating(True)
        if frame.labels is self.shown_labels:
            canvas.set_colors(colors)
        else:
            canvas.set_labels(frame.labels, colors)
            self.shown_labels = frame.labels
        self._frame = self._waiting = frame
        if not self._session.is_previewing:
            self._show_side_views()
        elif not self._side_timer.isActive():
            self._side_timer.start()

    @Slot()
    def _show_side_views(self) -> None:
        self._side_timer.stop()
        frame, view = self._waiting, self._window.color_space
        if frame is None:
            return
        self._waiting = None
        view.set_labels(frame.labels, self._space().to_srgb(frame.centroids))
        view.set_centroids(self._positions(frame.centroids), frame.counts)
        self._show_trails(frame)
        self._show_seeding(frame)
        self._show_swatches(frame)
        self._show_quality()
        self.show_state()
        if self.shown_labels is frame.labels:
            self.cluster_labels = np.arange(len(frame.centroids))
            self.swatch_labels = self._swatch_order
            self.labelsChanged.emit()

    def _space(self) -> ColorSpace:
        return color_space(self._session.history.settings.color_space)

    def _positions(self, centroids: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return centroids of the clustering space in sRGB, 0..255."""
        if self._space() is SRGB:
            return centroids
        flat = self._space().to_srgb(centroids.reshape(-1, 3))
        return flat.reshape(centroids.shape).astype(np.float64)

    def _show_trails(self, frame: Frame) -> None:
        history, at = self._session.history, frame.stop.iteration
        if frame.stop.kind is StopKind.SEEDING:
            self._window.color_space.set_trails(None)
            return
        if at >= len(history) or history[at] is not frame.step:
            return
        # the whole way from the seeding, however many steps it has
        steps = np.linspace(0, at, min(at + 1, _TRAIL_LENGTH)).astype(int)
        past = [history[int(step)].centroids for step in steps]
        past.append(frame.centroids)
        self._window.color_space.set_trails(self._positions(np.stack(past)))

    def _show_seeding(self, frame: Frame) -> None:
        """Draw the boxes that are being split, and what a search did."""
        history, view = self._session.history, self._window.color_space
        boxes = None
        if frame.stop.kind is StopKind.SEEDING and history.seeding is not None:
            boxes = history.seeding.boxes(frame.stop.stage)
        view.set_boxes(boxes, self._space().key)
        event = frame.step.event
        if event is None or frame.stop.kind is StopKind.SEEDING:
            view.set_event(None, None)
        else:
            view.set_event(self._positions(event.born), self._positions(event.dropped))

    def _show_swatches(self, frame: Frame) -> None:
        colors = self._space().to_srgb(frame.centroids)
        moment = (frame.step, len(colors))
        if moment != self._ordered_at:
            # by iteration, not by frame: swatches don't swap while colours glide
            resting = self._session.history.centroids_at(frame.stop)
            lightness = self._space().to_srgb(resting) @ _LUMA
            self._swatch_order = np.argsort(lightness, kind="stable")
            self._ordered_at = moment
        order = self._swatch_order
        self._window.palette_view.set_palette_colors(colors[order], frame.counts[order], None)

    # -- its end -------------------------------------------------------------------------------

    @Slot()
    def _show_result(self) -> None:
        session, window = self._session, self._window
        window.canvas.set_animating(False)
        result = session.result
        if result is not None:
            self._show_side_views()
            window.color_space.set_event(None, None)
            window.canvas.set_labels(result.labels, result.palette)
            self.shown_labels = result.labels
            window.palette_view.set_palette_colors(
                result.palette, result.counts, result.transparent_index
            )
            self._match_centroids(result)
            self.labelsChanged.emit()
        self._show_quality()
        self.show_state()
        self.resultShown.emit()

    def _match_centroids(self, result: IndexedImage) -> None:
        """Find the palette entry that each centroid on show has become."""
        self.swatch_labels = np.arange(len(result.palette))
        latest = self._session.history.latest
        if latest is None:
            self.cluster_labels = np.empty(0, np.intp)
            return
        first = 0 if result.transparent_index is None else 1
        visible = result.palette[first:].astype(np.float64)
        apart = self._positions(latest.centroids)[:, None] - visible[None]
        self.cluster_labels = (apart**2).sum(axis=2).argmin(axis=1) + first

    @property
    def shows_result(self) -> bool:
        """Whether the result is what the views show."""
        result = self._session.result
        return result is not None and self.shown_labels is result.labels

    # -- the status bar ------------------------------------------------------------------------

    def set_pixel_text(self, text: str | None) -> None:
        """Tell about a pixel in place of the run.

        Parameters
        ----------
        text : str or None
            What there is to say; None goes back to the run.
        """
        self._text = None if text is None else (text, None)
        if text is None:
            self.show_state()
        else:
            self._window.status.set_run(text, None)

    @Slot()
    def show_state(self) -> None:
        """Say how far the run is."""
        shown = self._state_text()
        if shown != self._text:
            self._text = shown
            self._window.status.set_run(*shown)
        session = self._session
        playing = session.playback.is_playing and len(session.history) > 0
        if session.state in (RunState.STOPPED, RunState.FAILED):
            self._window.canvas.set_animating(False)
        stop = self._window.actions_by_key["stop"]
        stop.setEnabled(session.state is RunState.RUNNING or playing)

    def _state_text(self) -> tuple[str, float | None]:
        session = self._session
        state, history = session.state, session.history
        at = 0
        if len(history):
            at = history.stop(min(session.playback.stop, history.stops - 1)).iteration
        number, total = (history[at].number, history[-1].number) if len(history) else (0, 0)
        if state is RunState.RUNNING:
            if session.is_previewing:
                return self.tr("Preview"), None
            if session.search_progress is not None:
                return self.tr("Searching…"), session.search_progress
            return self.tr("Iteration {0}…").format(number), None
        if state is RunState.STOPPED:
            return self.tr("Stopped at iteration {0}").format(number), None
        if state is RunState.FAILED:
            return self.tr("Failed"), None
        if state is not RunState.CONVERGED:
            return "", None
        if not session.playback.is_at_end:
            part = number / total if total else 1.0
            return self.tr("Iteration {0} of {1}").format(number, total), part
        if total == 1:
            return self.tr("Converged after 1 iteration"), None
        return self.tr("Converged after {0} iterations").format(total), None

    @Slot()
    def _show_quality(self) -> None:
        """Show the figures of the result, or of the moment that is on show."""
        session, status = self._session, self._window.status
        result, frame, histogram = session.result, self._frame, session.histogram
        if result is not None and (frame is None or session.playback.is_at_end):
            status.set_quality(len(result.palette), result.mse, result.psnr)
        elif frame is None or histogram is None:
            status.set_quality(session.effective_k if histogram is not None else None, None, None)
        elif self._space() is not SRGB:
            # an error in another space is no MSE of the picture's
            status.set_quality(len(frame.centroids), None, None)
        else:
            mse = frame.inertia / max(1, histogram.n_pixels)
            status.set_quality(len(frame.centroids), mse, psnr_from_mse(mse))
