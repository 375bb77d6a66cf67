"""RunStatus: what the status bar says of the run: how far it is, and its error."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colorquant_gui.core.metrics import psnr_from_mse
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.session import RunState

if TYPE_CHECKING:
    from colorquant_gui.session import Frame, Session, Stop
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
        if self._is_blank and state is not RunState.FAILED:
            return self.tr("Nothing visible: 1 palette entry, transparent"), None
        # what a whole run would end in may be known already: it has no iterations to tell of
        if session.is_previewing and state in (RunState.RUNNING, RunState.CONVERGED):
            return self.tr("Preview"), None
        at, seeding = 0, ""
        if len(history):
            stop = history.stop(min(session.playback.stop, history.stops - 1))
            at, seeding = stop.iteration, self._seeding_text(stop)
        number, total = (history[at].number, history[-1].number) if len(history) else (0, 0)
        if state is RunState.RUNNING:
            if session.run.search_progress is not None:
                return self.tr("Searching…"), session.run.search_progress
            return self.tr("Iteration {0}…").format(number), None
        if state is RunState.STOPPED:
            if seeding:
                return self.tr("Stopped · {0}").format(seeding), None
            if number < total:
                return self.tr("Stopped · iteration {0} of {1}").format(number, total), None
            return self.tr("Stopped at iteration {0}").format(total), None
        if state is RunState.FAILED:
            return self.tr("Failed"), None
        if state is not RunState.CONVERGED:
            return "", None
        if not session.playback.is_at_end:
            if seeding:
                return seeding, 0.0
            part = number / total if total else 1.0
            return self.tr("Iteration {0} of {1}").format(number, total), part
        return self._end_text(total), None

    def _seeding_text(self, stop: Stop) -> str:
        """Return how far the seeding is at a stop, "" after it."""
        n_stages = self._session.history.n_stages
        if not stop.stage:
            return ""
        # where they were given, all centroids are there at once
        text = self.tr("Seeding, centroid {0} of {1}")
        return self.tr("Seeding") if n_stages == 1 else text.format(stop.stage, n_stages)

    @property
    def _is_blank(self) -> bool:
        """Whether there is a picture and no pixel of it can be seen."""
        histogram = self._session.histogram
        return histogram is not None and histogram.n_colors == 0

    def _end_text(self, total: int) -> str:
        history = self._session.history
        limit = QUALITIES[history.settings.quality].max_iter
        if total >= limit and history[-1].n_changed:
            text = self.tr("Ended after {0} iterations")
            return self.tr("Ended after 1 iteration") if total == 1 else text.format(total)
        text = self.tr("Converged after {0} iterations")
        return self.tr("Converged after 1 iteration") if total == 1 else text.format(total)

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
        if self._is_blank:
            # no error is measured where nothing is seen
            status.set_quality(None, None, None)
        elif glimpse is not None:
            point = glimpse.point
            mse, psnr = (None, None) if point is None else (point.mse, point.psnr)
            status.set_quality(glimpse.k, mse, psnr)
        elif result is not None and (frame is None or frame.is_end):
            status.set_quality(len(result.palette), result.mse, result.psnr)
        elif frame is None or histogram is None:
            status.set_quality(session.effective_k if histogram is not None else None, None, None)
        else:
            # as in the result, transparent pixels have an entry of their own
            k = len(frame.centroids) + histogram.has_transparent
            mse = self._error(frame)
            status.set_quality(k, mse, None if mse is None else psnr_from_mse(mse))

    def _error(self, frame: Frame) -> float | None:
        """Return the error in sRGB of a moment; of one that rests it is found out, and told."""
        session = self._session
        rests = not session.playback.is_playing and not session.is_previewing
        if frame.mse is None and rests and frame.history is session.history:
            frame = replace(frame, levels=session.run.labels.levels(frame.stop))
        return frame.mse
