"""Session: the single source of truth about the open picture, its settings and its run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.session.advisor import Advisor
from colorquant_gui.session.courtesy import Courtesy
from colorquant_gui.session.error_map import ErrorMap
from colorquant_gui.session.opener import Opener
from colorquant_gui.session.peek import Peek
from colorquant_gui.session.present import Present
from colorquant_gui.session.run import Run, RunState
from colorquant_gui.session.saver import Saver
from colorquant_gui.session.settings import Settings
from colorquant_gui.session.settings_desk import SettingsDesk

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QUndoStack

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session.history import History
    from colorquant_gui.session.load_job import OpenPicture, PendingPicture


class Session(QObject):
    """One open picture and what is being done with it.

    `run` fits and plays, `advisor` measures every k, `peek` shows another one for a moment,
    `present` measures the result, `error_map` its errors; all in threads of their own.

    Widgets report what a person did by the methods below; what changed comes back as signals.

    Attributes
    ----------
    loadingChanged : Signal(str)
        Name of the picture being opened; empty when none is.
    sourceChanged : Signal()
        Another picture is open.
    settingsChanged : Signal(Settings)
        Other settings are in force.
    runChanged : Signal()
        A run started, grew, ended or failed.
    resultChanged : Signal()
        `result` is another one, or None because it is out of date.
    encodedChanged : Signal()
        `encoded` is there, or no longer.
    savingChanged : Signal(bool)
        A save more waits or is under way, or one fewer: whether there is any.
    saveCancelled : Signal()
        Saves were given up because `cancel_save` was called.
    saved : Signal(Path)
        A file was written.
    problem : Signal(str)
        Something failed; a sentence for a person.
    notice : Signal(str)
        Something worth saying that is not a failure.
    undo_group : QUndoGroup
        What undoes and redoes, whichever stack is `undo_stack`.
    playback : Playback
        The playhead of the run's timeline.
    """

    loadingChanged = Signal(str)
    sourceChanged = Signal()
    settingsChanged = Signal(object)
    runChanged = Signal()
    resultChanged = Signal()
    encodedChanged = Signal()
    savingChanged = Signal(bool)
    saveCancelled = Signal()
    saved = Signal(object)
    problem = Signal(str)
    notice = Signal(str)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: SourceImage | None = None
        self.histogram: ColorHistogram | None = None
        self._closed = False
        self._desk = SettingsDesk(settings or Settings(), self)
        self._opener = Opener(self)
        self._saver = Saver(self)
        self.run = Run(self)
        self.error_map = ErrorMap(self)
        self.undo_group, self.playback = self._desk.undo_group, self.run.playback
        self.peek = Peek(self.playback, self)
        self.advisor = Advisor(self)
        self.advisor.set_settings(self.settings)
        # connected first: the advisor is out of the way before others turn to what has changed
        self.courtesy = Courtesy(self.advisor, self._desk, self._opener, self.run, self._saver)
        self.present = Present(self.advisor, self.run, self)
        self._connect()

    def _connect(self) -> None:
        desk, opener, saver, run = self._desk, self._opener, self._saver, self.run
        desk.changed.connect(self.advisor.set_settings)
        desk.changed.connect(self.settingsChanged)
        desk.edited.connect(self._start_run)
        opener.nameChanged.connect(self.loadingChanged)
        opener.opened.connect(self._on_opened)
        saver.busyChanged.connect(self.savingChanged)
        saver.cancelled.connect(self.saveCancelled)
        saver.saved.connect(self.saved)
        run.changed.connect(self.runChanged)
        for changed in (run.resultChanged, run.encodedChanged):
            changed.connect(self._hand_on_result)
        run.resultChanged.connect(self.resultChanged)
        run.encodedChanged.connect(self.encodedChanged)
        run.ended.connect(self._on_run_ended)
        for part in (opener, saver, run, self.error_map, self.peek, self.present):
            part.failed.connect(self.problem)

    # -- the picture ---------------------------------------------------------------------------

    @property
    def is_loading(self) -> bool:
        """Whether a picture is being opened."""
        return self._opener.name != ""

    def open(
        self, picture: Path | SourceImage | PendingPicture, settings: Settings | None = None
    ) -> None:
        """Open a picture; the present one stays until the new one is ready.

        Parameters
        ----------
        picture : Path, SourceImage or PendingPicture
            A file, or a picture that came another way.
        settings : Settings, optional
            What the picture is made for. They hold for as long as it is open, with undo steps of
            their own; with the next picture the person's settings and undo steps are back as
            they were.
        """
        self._opener.open(picture, settings)

    def cancel_loading(self) -> None:
        """Stop opening a picture; the present one stays."""
        self._opener.cancel()

    def _on_opened(self, opened: OpenPicture, brought: Settings | None) -> None:
        self.source, self.histogram = opened.source, opened.histogram
        self.run.set_picture(self.histogram)
        self.advisor.set_source(self.histogram)
        self._saver.give_up_waiting(self.tr("another picture was opened first"))
        self._desk.exchange(brought)
        self.sourceChanged.emit()
        self._start_run()
        if opened.source.notes:
            self.notice.emit(" ".join(opened.source.notes))

    def close_picture(self) -> None:
        """Put the picture away; the person's settings and undo steps stay."""
        if self.source is None:
            return
        self.source = self.histogram = None
        self._saver.give_up_waiting(self.tr("the picture was closed first"))
        self.run.set_picture(None)
        self.advisor.set_source(None)
        self._desk.exchange(None)
        self.sourceChanged.emit()

    # -- settings ------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._desk.settings

    @property
    def own_settings(self) -> Settings:
        """The person's settings, also while a picture with settings of its own is open."""
        return self._desk.own

    @property
    def undo_stack(self) -> QUndoStack:
        """What can be undone at present."""
        return self._desk.undo_stack

    @property
    def is_previewing(self) -> bool:
        """Whether what is shown are previews while a control moves."""
        return self.run.is_preview

    def begin_edit(self) -> None:
        """Note that a control moves: until `end_edit` there are previews and one undo step."""
        self._desk.begin_edit()

    def end_edit(self) -> None:
        """Note that the control rests, and start the full run."""
        if self.is_previewing:
            self._start_run()
        self._desk.end_edit()

    def set(self, text: str, **changes: object) -> None:
        """Change settings.

        Parameters
        ----------
        text : str
            What the change is called in the Edit menu.
        **changes
            Fields of `Settings` and their new values.

        Raises
        ------
        InvalidParameterError
            A value is out of its range; nothing has changed then.
        """
        self._desk.set(text, **changes)

    # -- the run -------------------------------------------------------------------------------

    @property
    def effective_k(self) -> int:
        """Palette entries the picture can have at the current settings, at most k."""
        if self.histogram is None or self.source is None:
            return self.settings.k
        return min(self.settings.k, self.histogram.n_colors + (self.source.mask is not None))

    def restart_run(self) -> None:
        """Run again from the seeding, and show it from there."""
        self._start_run()

    def stop_run(self) -> None:
        """Stop the run where it is; a finished run's animation jumps to its end."""
        self.run.stop()

    def _start_run(self, preview: bool = False) -> None:
        if self.histogram is None or self._closed:
            return
        self._saver.set_settings(self.settings)
        palette = self.advisor.curves.palette_for(self.settings) if preview else None
        self.run.start(self.settings, preview=preview, palette=palette)

    def _on_run_ended(self, failed: bool) -> None:
        reason = self.tr("the run failed") if failed else self.tr("the run was stopped")
        self._saver.give_up_waiting(reason)

    def _hand_on_result(self) -> None:
        self._saver.set_result(self.result, self.encoded)

    @property
    def state(self) -> RunState:
        """Where the run of the current settings stands."""
        return self.run.state

    @property
    def history(self) -> History:
        """The iterations of the run."""
        return self.run.history

    @property
    def result(self) -> IndexedImage | None:
        """What came out of the run, None until then."""
        return self.run.result

    @property
    def encoded(self) -> bytes | None:
        """What would be saved, None until it is there."""
        return self.run.encoded

    # -- what is saved -------------------------------------------------------------------------

    @property
    def is_saving(self) -> bool:
        """Whether a save waits for the result or is being written."""
        return self._saver.is_busy

    def save(self, path: Path) -> None:
        """Write the converged result; where it isn't there yet, as soon as it is.

        Parameters
        ----------
        path : Path
            The file to write.
        """
        if self.source is None:
            return
        stopped = self.state in (RunState.STOPPED, RunState.FAILED)
        if stopped and self.result is None and not self.run.is_keeping:
            self._start_run()
        self._saver.save(path, self.settings)

    def cancel_save(self) -> None:
        """Give up saves that wait; one that is being written is dropped if there is still time."""
        self._saver.cancel()

    # -- the end -------------------------------------------------------------------------------

    def close(self) -> None:
        """Cancel what runs, let a save finish, and end the threads. Call before it is deleted."""
        if self._closed:
            return
        self._closed = True
        parts = (self.present, self.error_map, self.peek, self._opener, self.run, self._saver)
        for part in (self.advisor, *parts):
            part.close()
