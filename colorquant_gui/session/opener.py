"""Opener: opens one picture at a time, in a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.session.load_job import LoadRequest, OpenPicture, PendingPicture
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from colorquant_gui.core.image import SourceImage
    from colorquant_gui.session.settings import Settings


class Opener(QObject):
    """Opens the picture that was asked for last.

    Attributes
    ----------
    nameChanged : Signal(str)
        `name` is another one.
    opened : Signal(OpenPicture, Settings or None)
        A picture is there, with the settings that were handed over with it.
    failed : Signal(str)
        It could not be opened; a sentence for a person.
    name : str
        What is being opened; empty when nothing is.

    Parameters
    ----------
    parent : QObject, optional
        Qt parent.
    """

    nameChanged = Signal(str)
    opened = Signal(object, object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self._settings: Settings | None = None
        self._generation = 0
        self._loader = Worker("loader", self)
        self._loader.delivered.connect(self._on_loaded)
        self._loader.failed.connect(self._on_failed)

    def open(
        self, picture: Path | SourceImage | PendingPicture, settings: Settings | None = None
    ) -> None:
        """Open a picture, with settings that are handed on; what was being opened is given up.

        See `colorquant_gui.session.Session.open`.
        """
        self._generation += 1
        self._settings = settings
        self._set_name(picture.name or str(picture))
        self._loader.submit(LoadRequest(self._generation, picture))

    def cancel(self) -> None:
        """Give up what is being opened."""
        self._generation += 1
        self._loader.cancel()
        self._set_name("")

    def close(self) -> None:
        """Give up, say nothing more, and end the thread."""
        self._generation += 1
        self._loader.close()

    def _set_name(self, name: str) -> None:
        self.name = name
        self.nameChanged.emit(name)

    def _on_loaded(self, generation: int, payload: object) -> None:
        if generation == self._generation and isinstance(payload, OpenPicture):
            self._set_name("")
            self.opened.emit(payload, self._settings)

    def _on_failed(self, generation: int, message: str) -> None:
        if generation == self._generation:
            self._set_name("")
            self.failed.emit(message)
