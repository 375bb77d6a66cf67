"""FileActions: opening, pasting, recent pictures, saving, copying."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from colorquant_gui.core.atomic import save_bytes_atomically
from colorquant_gui.core.errors import SaveError
from colorquant_gui.core.export import EXPORT_FORMATS, suggested_name, suggested_stem
from colorquant_gui.core.image import FILE_TYPES, SUPPORTED_SUFFIXES
from colorquant_gui.ui import dialogs
from colorquant_gui.ui.clipboard import indexed_to_qimage, picture_from_mime, png_bytes
from colorquant_gui.ui.notifications import Severity
from colorquant_gui.ui.resources import sample_names, sample_path, sample_title
from colorquant_gui.ui.save_question import ask_save_path, is_same_file, with_known_ending

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QImage

    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences


class FileActions(QObject):
    """What brings pictures in and results out.

    Parameters
    ----------
    session : Session
        Where pictures go.
    window : MainWindow
        Where a person is asked.
    preferences : Preferences
        Remembers folders and recent pictures.
    """

    def __init__(self, session: Session, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._preferences = preferences
        self._target: Path | None = None
        self._asked: tuple[SourceImage, Path] | None = None
        session.sourceChanged.connect(self._remember_source)
        session.saved.connect(self._note_result_saved)
        self._fill_recent_menu()
        self._fill_sample_menu()

    # -- opening -------------------------------------------------------------------------------

    def open_dialog(self) -> None:
        """Ask for a picture and open it."""
        everything = " ".join(f"*{suffix}" for suffix in SUPPORTED_SUFFIXES)
        filters = [self.tr("Pictures ({0})").format(everything)]
        filters += [
            f"{kind.label} ({' '.join(f'*{s}' for s in kind.suffixes)})" for kind in FILE_TYPES
        ]
        filters.append(self.tr("All files (*)"))
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a picture"),
            str(self._preferences.folder("openFolder")),
            ";;".join(filters),
        )
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a picture file.

        Parameters
        ----------
        path : Path
            The file.
        """
        self._preferences.put("openFolder", str(path.absolute().parent))
        self._session.open(path)

    @Slot(str)
    def open_sample(self, name: str = "") -> None:
        """Open a picture that comes with the program.

        Parameters
        ----------
        name : str
            A member of `sample_names`; the first one by default.
        """
        self._session.open(sample_path(name or sample_names()[0]))

    def _fill_sample_menu(self) -> None:
        menu = self._window.menus["sampleMenu"]
        for name in sample_names():
            action = menu.addAction(sample_title(name))
            action.setObjectName(f"sample{Path(name).stem.title().replace('-', '')}")
            action.triggered.connect(lambda _=False, name=name: self.open_sample(name))

    def open_mime(self, data: QMimeData) -> None:
        """Open what was dropped or copied.

        Parameters
        ----------
        data : QMimeData
            Files, or a picture.
        """
        picture = picture_from_mime(data)
        if picture is None:
            self._window.notifications.show_message(
                self.tr("There is no picture to open there. Copy or drop a picture or its file.")
            )
        elif isinstance(picture, Path):
            self.open_path(picture)
        else:
            self._session.open(picture)

    def paste(self) -> None:
        """Open what is on the clipboard."""
        self.open_mime(QGuiApplication.clipboard().mimeData())

    @Slot()
    def _remember_source(self) -> None:
        self._target = None
        source = self._session.source
        if source is not None and source.path is not None and not _is_sample(source.path):
            self._preferences.add_recent(source.path)
            self._fill_recent_menu()

    def _fill_recent_menu(self) -> None:
        menu = self._window.menus["recentMenu"]
        menu.clear()
        recent = self._preferences.recent_files()
        for path in recent:
            action = menu.addAction(path.name.replace("&", "&&"))
            action.setStatusTip(str(path))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self._open_recent(path))
        menu.setToolTipsVisible(True)
        menu.setEnabled(bool(recent))
        menu.addSeparator()
        menu.addAction(self._window.actions_by_key["clearRecent"])

    def _open_recent(self, path: Path) -> None:
        if not path.exists():
            self._preferences.forget_recent(path)
            self._fill_recent_menu()
        self.open_path(path)

    def clear_recent(self) -> None:
        """Forget the recent pictures."""
        self._preferences.forget_recent()
        self._fill_recent_menu()

    # -- saving --------------------------------------------------------------------------------

    def save(self) -> None:
        """Save where it was saved before, or ask."""
        if self._target is None:
            self.save_as()
        else:
            self._session.save(self._target)

    def save_as(self) -> None:
        """Ask where to save, never over the picture itself without a question."""
        source = self._session.source
        if source is None:
            return
        folder = self._preferences.folder("saveFolder")
        suggestion = folder / suggested_name(source.name, self._session.effective_k)
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the result"),
            str(suggestion),
            ";;".join(
                f"{kind.label} ({' '.join(f'*{s}' for s in kind.suffixes)})"
                for kind in EXPORT_FORMATS.values()
            ),
        )
        if not name:
            return
        path = Path(name)
        endings = [kind.suffixes for kind in EXPORT_FORMATS.values()]
        writable = with_known_ending(self._window, path, endings)
        if writable is None:
            return
        path = writable
        if self._session.source is not source:
            self._window.notifications.show_message(
                self.tr("Nothing was saved: another picture has been opened meanwhile."),
                Severity.WARNING,
            )
            return
        if is_same_file(path, source.path) and not dialogs.confirm_overwrite_source(
            self._window, path
        ):
            return
        self._preferences.put("saveFolder", str(path.parent))
        self._asked = source, path
        self._session.save(path)

    @Slot(int, bool)
    def save_view(self, scale: int, transparent: bool) -> None:
        """Save the colour space as it is seen.

        Parameters
        ----------
        scale : int
            Pixels of the file for one of the screen, along each axis.
        transparent : bool
            Whether its background is left out.
        """
        self.save_image(self._window.color_space.render_image(scale, transparent))

    def save_image(self, image: QImage, what: str = "") -> None:
        """Save a picture of a view.

        Parameters
        ----------
        image : QImage
            The picture; a null one could not be drawn.
        what : str
            Added to the suggested name.
        """
        window, source = self._window, self._session.source
        if source is None:
            window.notifications.show_message(self.tr("There is no picture to save a view of."))
            return
        if image.isNull():
            window.notifications.show_message(
                self.tr("The view could not be drawn at this size. Try a smaller one."),
                Severity.ERROR,
            )
            return
        path = ask_save_path(
            window,
            self._preferences,
            self.tr("Save the view"),
            f"{suggested_stem(source.name)}-colours{_in_name(what)}.png",
            [(self.tr("PNG"), (".png",))],
            source.path,
        )
        if path is None:
            return
        try:
            save_bytes_atomically(png_bytes(image), path)
        except SaveError as error:
            window.notifications.show_message(str(error), Severity.ERROR)
        else:
            self._note_saved(path)

    @Slot(object)
    def _note_result_saved(self, path: Path) -> None:
        # a save may end after another picture was opened: that one is to go somewhere else
        asked = self._asked
        if asked is not None and asked[0] is self._session.source and asked[1] == path:
            self._target = path
        self._note_saved(path)

    def _note_saved(self, path: Path) -> None:
        self._window.notifications.show_message(self.tr("Saved {0}").format(path.name))

    def copy_result(self) -> None:
        """Put the result on the clipboard."""
        if self._session.result is not None:
            QGuiApplication.clipboard().setImage(indexed_to_qimage(self._session.result))
            self._window.notifications.show_message(self.tr("Copied the result"))


def _is_sample(path: Path) -> bool:
    return path in (sample_path(name) for name in sample_names())


def _in_name(text: str) -> str:
    """Make words part of a file name."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in text.lower())
    return f"-{plain}" if plain else ""
