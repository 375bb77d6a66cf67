"""Session: the single source of truth about the open picture, its settings and its run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.session.advisor import Advisor
from colorquant_gui.session.error_map import ErrorMap
from colorquant_gui.session.opener import Opener
from colorquant_gui.session.peek import Peek
from colorquant_gui.session.run import Run, RunState
from colorquant_gui.session.saver import Saver
from colorquant_gui.session.settings import Settings
from colorquant_gui.session.settings_desk import SettingsDesk

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QUndoGroup, QUndoStack

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session.history import History
    from colorquant_gui.session.load_job import OpenPicture, PendingPicture
    from colorquant_gui.session.playback import Playback


class Session(QObject):
    """One open picture and what is being done with it.

    `run` fits and plays, `advisor` measures every k, `peek` shows another one for a moment,
    `error_map` measures the errors of a result; each does its work in threads of its own.

    Widgets report what a person did by calling the methods below; what changed comes back as
    signals. Loading, fitting, encoding and saving happen in threads of their own.

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
        A save waits or is under way, or no longer.
    saved : Signal(Path)
        A file was written.
    problem : Signal(str)
        Something failed; a sentence for a person.
    notice : Signal(str)
        Something worth saying that is not a failure.
    """

    loadingChanged = Signal(str)
    sourceChanged = Signal()
    settingsChanged = Signal(object)
    runChanged = Signal()
    resultChanged = Signal()
    encodedChanged = Signal()
    savingChanged = Signal(bool)
    saved = Signal(object)
    problem = Signal(str)
    notice = Signal(str)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = SettingsDesk(settings or Settings(), self)
        self._desk.changed.connect(self._on_settings_changed)
        self.source: SourceImage | None = None
        self.histogram: ColorHistogram | None = None
        self.run = Run(self)
        self.run.changed.connect(self._on_run_changed)
        self.run.resultChanged.connect(self._on_result_changed)
        self.run.encodedChanged.connect(self._on_encoded_changed)
        self.run.ended.connect(self._on_run_ended)
        self.run.problem.connect(self.problem)
        self._saving_for = self.settings
        self._closed = False
        self._opener = Opener(self)
        self._opener.nameChanged.connect(self._on_loading)
        self._opener.opened.connect(self._on_opened)
        self._opener.failed.connect(self.problem)
        self._saver = Saver(self)
        self._saver.busyChanged.connect(self._on_saving_changed)
        self._saver.saved.connect(self.saved)
        self._saver.failed.connect(self.problem)
        self.error_map = ErrorMap(self)
        self.error_map.failed.connect(self.problem)
        self.peek = Peek(self)
        self.peek.failed.connect(self.problem)
        self.advisor = Advisor(self)
        self.advisor.set_settings(self.settings)

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

    def _on_loading(self, name: str) -> None:
        self.loadingChanged.emit(name)
        self._give_way()

    def _on_opened(self, opened: OpenPicture, brought: Settings | None) -> None:
        self.source, self.histogram = opened.source, opened.histogram
        self.run.set_picture(self.histogram)
        self.advisor.set_source(self.histogram)
        self._saver.give_up_waiting(self.tr("another picture was opened first"))
        self._exchange_settings(brought)
        self.sourceChanged.emit()
        self._start_run()
        if opened.source.notes:
            self.notice.emit(" ".join(opened.source.notes))

    def close_picture(self) -> None:
        """Put the picture away; the settings stay."""
        if self.source is None:
            return
        self.source = self.histogram = None
        self._saver.give_up_waiting(self.tr("the picture was closed first"))
        self.run.set_picture(None)
        self.advisor.set_source(None)
        self._exchange_settings(None)
        self.undo_stack.clear()
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
    def undo_group(self) -> QUndoGroup:
        """What undoes and redoes, whichever stack is `undo_stack`."""
        return self._desk.undo_group

    @property
    def is_previewing(self) -> bool:
        """Whether what is shown are previews while a control moves."""
        return self.run.is_preview

    def begin_edit(self) -> None:
        """Note that a control moves: until `end_edit` there are previews and one undo step."""
        if self._desk.begin_edit():
            self._give_way()

    def end_edit(self) -> None:
        """Note that the control rests, and start the full run."""
        self._desk.end_edit()
        if self.is_previewing:
            self._start_run()
        self._give_way()

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

    def _on_settings_changed(self, settings: Settings, preview: bool) -> None:
        self._tell_settings()
        self._start_run(preview=preview)

    def _exchange_settings(self, brought: Settings | None) -> None:
        """Put what a picture brings in force, or the person's own settings again."""
        if self._desk.exchange(brought):
            self._tell_settings()

    def _tell_settings(self) -> None:
        self.advisor.set_settings(self.settings)
        self.settingsChanged.emit(self.settings)

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

    def _start_run(self, *, preview: bool = False) -> None:
        if self.histogram is None or self._closed:
            return
        if self._saver.is_waiting and self.settings != self._saving_for:
            self._saver.give_up_waiting(self.tr("the settings were changed first"))
        palette = self.advisor.curves.palette_for(self.settings) if preview else None
        self.run.start(self.settings, preview=preview, palette=palette)

    def _on_run_ended(self, failed: bool) -> None:
        reason = self.tr("the run failed") if failed else self.tr("the run was stopped")
        self._saver.give_up_waiting(reason)

    def _on_run_changed(self) -> None:
        self._give_way()
        self.runChanged.emit()

    def _on_saving_changed(self, saving: bool) -> None:
        self._give_way()
        self.savingChanged.emit(saving)

    def _give_way(self) -> None:
        """Let the advisor stand still while there is something to do that a person waits for."""
        run = self.run
        running = run.state is RunState.RUNNING or run.is_encoding
        self.advisor.yield_to_user(
            self._desk.is_editing or running or self.is_loading or self._saver.is_busy
        )

    def _on_result_changed(self) -> None:
        self._saver.set_result(self.result, self.encoded)
        self.resultChanged.emit()

    def _on_encoded_changed(self) -> None:
        self._saver.set_result(self.result, self.encoded)
        self._give_way()
        self.encodedChanged.emit()

    @property
    def state(self) -> RunState:
        """Where the run of the current settings stands."""
        return self.run.state

    @property
    def history(self) -> History:
        """The iterations of the run."""
        return self.run.history

    @property
    def playback(self) -> Playback:
        """The playhead of the run's timeline."""
        return self.run.playback

    @property
    def search_progress(self) -> float | None:
        """Part of a search that is done, 0..1; None where nothing is searched."""
        return self.run.search_progress

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
        self._saving_for = self.settings
        stopped = self.state in (RunState.STOPPED, RunState.FAILED)
        if stopped and self.result is None and not self.run.is_keeping:
            self._start_run()
        self._saver.save(path)

    def cancel_save(self) -> None:
        """Give up saves that wait; one that is being written is dropped if there is still time."""
        self._saver.cancel()

    # -- the end -------------------------------------------------------------------------------

    def close(self) -> None:
        """Cancel what runs, let a save finish, and end the threads. Call before it is deleted."""
        if self._closed:
            return
        self._closed = True
        self.advisor.close()
        self.error_map.close()
        self.peek.close()
        self._opener.close()
        self.run.close()
        self._saver.close()
