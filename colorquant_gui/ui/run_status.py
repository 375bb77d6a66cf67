"""RunStatus: what the status bar says of the run: how far it is, and its error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colorquant_gui.core.color_spaces import SRGB, color_space
from colorquant_gui.core.metrics import psnr_from_mse
from colorquant_gui.session import RunState

if TYPE_CHECKING:
    from colorquant_gui.session import Frame, Session
    from colorquant_gui.session.peek import Glimpse
    from colorquant_gui.ui.panels.status_bar import StatusBar


class RunStatus(QObject):
    """Writes into the status bar.

    Parameters
    ----------
    session : Session
        Has the run.
    bar : StatusBar
        Where to write.
    parent : QObject
        The owner.
    """

    def __init__(self, session: Session, bar: StatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._bar = session, bar
        self._text: tuple[str, float | None] | None = None
        self._glimpse: Glimpse | None = None

    def set_pixel_text(self, text: str | None) -> None:
        """Tell about a pixel in place of the run.

        Parameters
        ----------
        text : str or None
            What there is to say; None goes back to the run.
        """
        self._text = None if text is None else (text, None)
        if text is None:
            self.show_state(self._glimpse)
        else:
            self._bar.set_pixel(text)

    def show_state(self, glimpse: Glimpse | None) -> None:
        """Say how far the run is, or that another k is looked at.

        Parameters
        ----------
        glimpse : Glimpse or None
            What is looked at in place of the run.
        """
        self._glimpse = glimpse
        shown = self._state_text()
        if shown != self._text:
            self._text = shown
            self._bar.set_run(*shown)

    def _state_text(self) -> tuple[str, float | None]:
        session = self._session
        state, history = session.state, session.history
        if self._glimpse is not None:
            return self.tr("Preview of k = {0}").format(self._glimpse.k), None
        at = 0
        if len(history):
            at = history.stop(min(session.playback.stop, history.stops - 1)).iteration
        number, total = (history[at].number, history[-1].number) if len(history) else (0, 0)
        # what a whole run would end in may be known already: it has no iterations to tell of
        if session.is_previewing and state in (RunState.RUNNING, RunState.CONVERGED):
            return self.tr("Preview"), None
        if state is RunState.RUNNING:
            if session.search_progress is not None:
                return self.tr("Searching…"), session.search_progress
            return self.tr("Iteration {0}…").format(number), None
        if state is RunState.STOPPED:
            if number < total:
                return self.tr("Stopped · iteration {0} of {1}").format(number, total), None
            return self.tr("Stopped at iteration {0}").format(total), None
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

    def show_quality(self, frame: Frame | None, glimpse: Glimpse | None) -> None:
        """Show the figures of what is looked at, of the result, or of a moment of the run.

        Parameters
        ----------
        frame : Frame or None
            The moment.
        glimpse : Glimpse or None
            What is looked at in place of the run.
        """
        session, status = self._session, self._bar
        result, histogram = session.result, session.histogram
        if glimpse is not None:
            point = glimpse.point
            mse, psnr = (None, None) if point is None else (point.mse, point.psnr)
            status.set_quality(glimpse.k, mse, psnr)
        elif result is not None and (frame is None or frame.is_end):
            status.set_quality(len(result.palette), result.mse, result.psnr)
        elif frame is None or histogram is None:
            status.set_quality(session.effective_k if histogram is not None else None, None, None)
        elif color_space(frame.history.settings.color_space) is not SRGB:
            # an error in another space is no MSE of the picture's
            status.set_quality(len(frame.centroids), None, None)
        else:
            mse = frame.inertia / max(1, histogram.n_pixels)
            status.set_quality(len(frame.centroids), mse, psnr_from_mse(mse))
