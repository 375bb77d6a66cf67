"""Courtesy: the advisor stands still while a person waits for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colorquant_gui.session.run import RunState

if TYPE_CHECKING:
    from colorquant_gui.session.advisor import Advisor
    from colorquant_gui.session.opener import Opener
    from colorquant_gui.session.run import Run
    from colorquant_gui.session.saver import Saver
    from colorquant_gui.session.settings_desk import SettingsDesk


class Courtesy(QObject):
    """Watches what a person waits for, and tells the advisor.

    Parameters
    ----------
    advisor : Advisor
        Works while nobody waits; the Qt parent.
    desk : SettingsDesk
        Knows whether a control moves.
    opener : Opener
        Opens pictures.
    run : Run
        Fits, encodes, and plays: what nobody looks at meanwhile costs that no frames.
    saver : Saver
        Saves.
    """

    def __init__(
        self, advisor: Advisor, desk: SettingsDesk, opener: Opener, run: Run, saver: Saver
    ) -> None:
        super().__init__(advisor)
        self._advisor, self._desk, self._opener = advisor, desk, opener
        self._run, self._saver = run, saver
        self._is_watched = False
        for changed in (
            desk.editingChanged,
            opener.nameChanged,
            run.changed,
            run.encodedChanged,
            saver.busyChanged,
            run.playback.stateChanged,
        ):
            changed.connect(self._look)

    def set_watched(self, watched: bool) -> None:
        """Tell whether a person looks at what the advisor finds out."""
        self._is_watched = watched
        self._look()

    def _look(self) -> None:
        run, playback = self._run, self._run.playback
        # what is played over and over would have it wait for ever
        plays = playback.is_playing and not playback.loops
        self._advisor.yield_to_user(
            self._desk.is_editing
            or self._opener.name != ""
            or run.state is RunState.RUNNING
            or run.is_encoding
            or self._saver.is_busy
            or (plays and not self._is_watched)
        )
