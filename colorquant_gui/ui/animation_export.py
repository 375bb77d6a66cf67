"""AnimationExport: asks what is to be in an animation, and writes it while work goes on."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog

from colorquant_gui.core.atomic import check_destination
from colorquant_gui.core.atomic_work import check_new_folder
from colorquant_gui.core.errors import ColorQuantError
from colorquant_gui.core.export import suggested_name
from colorquant_gui.core.export.animation import ANIMATION_FORMATS
from colorquant_gui.session.animation import AnimationSettings
from colorquant_gui.session.animator import Animator
from colorquant_gui.ui.animation_caption import image_to_qt
from colorquant_gui.ui.animation_dialog import PREVIEW_SIZE, AnimationDialog
from colorquant_gui.ui.animation_material import MaterialSource
from colorquant_gui.ui.animation_progress import AnimationProgress
from colorquant_gui.ui.animation_summary import animation_summary
from colorquant_gui.ui.notifications import Severity
from colorquant_gui.ui.save_question import ask_save_path

if TYPE_CHECKING:
    from pathlib import Path

    from colorquant_gui.core.export.animation import AnimationFormat
    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session import Session
    from colorquant_gui.session.animation_job import Material, Preview
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences

_KEY = "animation"
_PREVIEW_MS = 150


class AnimationExport(QObject):
    """Exports the run on show as an animation.

    What is exported is the run on show when the dialog opens, as long as it is when a file is
    chosen: another picture may be opened while frames are still being drawn.

    Attributes
    ----------
    finished : Signal(object)
        The path of the file that was written, or None: it failed or was cancelled.

    Parameters
    ----------
    session : Session
        Has the run.
    window : MainWindow
        Where a person is asked and told.
    preferences : Preferences
        Remembers what was chosen.
    """

    finished = Signal(object)

    def __init__(self, session: Session, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self.setObjectName("animationExport")
        self._session, self._window, self._preferences = session, window, preferences
        self._animator = animator = Animator(self)
        animator.previewed.connect(self._show_previews)
        animator.estimated.connect(self._show_estimate)
        animator.progressed.connect(self._show_progress)
        animator.written.connect(self._on_written)
        animator.failed.connect(self._on_failed)
        self._materials = MaterialSource(session, window, self)
        self._material: Material | None = None
        self._source: SourceImage | None = None
        self._k = self._stops = 0
        self._dialog: AnimationDialog | None = None
        self._progress: AnimationProgress | None = None
        self._path: Path | None = None
        self._estimate: int | None = None
        self._is_closing = False
        self._preview_timer = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._preview_timer.timeout.connect(self._preview)
        for changed in (session.runChanged, session.resultChanged):
            changed.connect(self._follow_run)

    @property
    def is_exporting(self) -> bool:
        """Whether an animation is being written."""
        return self._path is not None

    # -- asking --------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask what is to be exported and where to, and do it."""
        if self._progress is not None:
            self._progress.raise_()
            self._progress.activateWindow()
            return
        if self._dialog is not None or not self._take_material():
            return
        assert self._material is not None
        dialog = AnimationDialog(self._remembered(), self._material.size, self._window)
        self._dialog = dialog
        dialog.settingsEdited.connect(self._on_edited)
        dialog.finished.connect(self._on_answered)
        self._on_edited()
        dialog.open()

    def start(self, settings: AnimationSettings, path: Path) -> None:
        """Export the run on show without a question.

        Parameters
        ----------
        settings : AnimationSettings
            What is to be in it.
        path : Path
            The file; replaced if there is one.
        """
        if self.is_exporting or not self._take_material():
            return
        self._begin(settings, path)

    def _take_material(self) -> bool:
        source, material = self._session.source, self._materials.take()
        if source is None or material is None:
            self._window.notifications.show_message(self.tr("There is no run to export yet."))
            return False
        self._material, self._source = material, source
        self._k = self._session.effective_k
        return True

    def _remembered(self) -> AnimationSettings:
        try:
            return AnimationSettings(**self._preferences.options(_KEY))  # type: ignore[arg-type]
        except (ColorQuantError, TypeError):
            return AnimationSettings()

    @Slot()
    def _on_edited(self) -> None:
        # what is still being drawn and estimated was asked for with other settings
        self._animator.cancel()
        self._estimate = None
        self._show_summary()
        self._preview_timer.start()

    @Slot()
    def _follow_run(self) -> None:
        """Take in what has been added to the run, and its result, until it is exported."""
        before = self._material
        if before is None or self.is_exporting:
            return
        self._material = material = self._materials.completed() or before
        has_result = (material.result is None) != (before.result is None)
        if self._dialog is not None and (has_result or material.history.stops != self._stops):
            self._on_edited()

    def _show_summary(self) -> None:
        dialog, material = self._dialog, self._material
        if dialog is None or material is None:
            return
        self._stops = material.history.stops
        try:
            summary = animation_summary(material, dialog.settings(), self._estimate)
        except ColorQuantError as error:
            dialog.set_problem(str(error))
        else:
            dialog.set_summary(summary)

    @Slot()
    def _preview(self) -> None:
        dialog, material = self._dialog, self._material
        if dialog is None or material is None:
            return
        room = PREVIEW_SIZE * dialog.devicePixelRatioF()
        self._animator.preview(material, dialog.settings(), room.width(), room.height())

    @Slot(object)
    def _show_previews(self, preview: Preview) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        images = [image_to_qt(image) for image in (preview.first, preview.last)]
        for image in images:
            image.setDevicePixelRatio(dialog.devicePixelRatioF())
        dialog.set_previews(*images)

    @Slot(object)
    def _show_estimate(self, n_bytes: int) -> None:
        self._estimate = n_bytes
        self._show_summary()

    @Slot(int)
    def _on_answered(self, answer: int) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        settings = dialog.settings()
        self._dialog = None
        self._preview_timer.stop()
        self._animator.cancel()
        path = None
        if answer == QDialog.DialogCode.Accepted:
            self._preferences.put_options(_KEY, asdict(settings))
            path = self._ask_path(ANIMATION_FORMATS[settings.format])
        # its own click is still being handled while the file dialog is open
        dialog.deleteLater()
        if path is None or self._material is None:
            self._drop_material()
        else:
            self._begin(settings, path)

    def _ask_path(self, kind: AnimationFormat) -> Path | None:
        source = self._source
        assert source is not None
        suffix = kind.suffixes[0] if kind.suffixes else "-frames"
        label = self.tr("New folder of {0}").format(kind.label) if kind.is_folder else kind.label
        return ask_save_path(
            self._window,
            self._preferences,
            self.tr("Export the animation"),
            suggested_name(source.name, self._k, suffix),
            [(label, kind.suffixes)],
            source.path,
        )

    # -- writing -------------------------------------------------------------------------------

    def _begin(self, settings: AnimationSettings, path: Path) -> None:
        material = self._material
        assert material is not None
        kind = ANIMATION_FORMATS[settings.format]
        try:
            # before the work, not after it
            (check_new_folder if kind.is_folder else check_destination)(path)
            n_frames = self._animator.write(material, settings, path)
        except ColorQuantError as error:
            self._end(None)
            self._window.notifications.show_message(str(error), Severity.ERROR)
            return
        self._path = path
        self._progress = AnimationProgress(path.name, n_frames, self._window)
        self._progress.cancelRequested.connect(self.cancel)
        self._progress.set_closing(self._is_closing)
        self._progress.show()

    @Slot()
    def cancel(self) -> None:
        """Stop what is being written; what was there before stays."""
        path = self._path
        if path is None:
            return
        self._animator.cancel()
        self._end(None)
        self._window.notifications.show_message(self.tr("Cancelled: {0}").format(path.name))

    def announce_closing(self, on: bool) -> None:
        """Say beside this and later progress that the window closes after it, or no longer."""
        self._is_closing = on
        if self._progress is not None:
            self._progress.set_closing(on)

    def close(self) -> None:
        """Cancel what runs and end the thread. Call before the window goes."""
        self._preview_timer.stop()
        self._animator.close()
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()
        if self.is_exporting:
            self._end(None)
        self._drop_material()

    def _end(self, path: Path | None) -> None:
        self._path = None
        if self._progress is not None:
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None
        self._drop_material()
        self.finished.emit(path)

    def _drop_material(self) -> None:
        self._material = self._source = None
        self._materials.drop()

    @Slot(int)
    def _show_progress(self, frames: int) -> None:
        if self._progress is not None:
            self._progress.set_done(frames)

    @Slot()
    def _on_written(self) -> None:
        path = self._path
        if path is not None:
            self._end(path)
            self._window.notifications.show_message(self.tr("Saved {0}").format(path.name))

    @Slot(str)
    def _on_failed(self, message: str) -> None:
        if self._dialog is not None:
            self._dialog.set_problem(message)
            return
        self._end(None)
        self._window.notifications.show_message(message, Severity.ERROR)
