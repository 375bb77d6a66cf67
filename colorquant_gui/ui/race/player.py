"""RacePlayer: what the transport of a race does to its playback, and what it shows of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from colorquant_gui.session.race import Race
    from colorquant_gui.session.race_playback import RacePlayback
    from colorquant_gui.ui.race.transport import RaceTransport


class RacePlayer(QObject):
    """Lets a person play a race and go through it.

    Parameters
    ----------
    transport : RaceTransport
        What the person uses.
    playback : RacePlayback
        What plays.
    race : Race
        What is played.
    parent : QObject, optional
        Qt parent.
    """

    def __init__(
        self,
        transport: RaceTransport,
        playback: RacePlayback,
        race: Race,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._transport, self._playback, self._race = transport, playback, race
        self._resume = False
        playback.playingChanged.connect(transport.set_playing)
        playback.lengthChanged.connect(self.show_length)
        transport.playToggled.connect(playback.toggle)
        transport.stepRequested.connect(playback.step)
        transport.stopEdited.connect(playback.seek)
        transport.firstRequested.connect(lambda: playback.seek(0))
        transport.lastRequested.connect(lambda: playback.seek(playback.length))
        transport.scrubStarted.connect(self._begin_scrub)
        transport.scrubFinished.connect(self._end_scrub)
        transport.loopEdited.connect(playback.set_loop)
        transport.speedEdited.connect(playback.set_speed)

    def show_length(self) -> None:
        """Show how far all runners have come."""
        self._transport.set_growing(self._race.is_running)
        self._transport.set_length(self._playback.length if self._race.tracks else -1)

    def _begin_scrub(self) -> None:
        self._resume = self._playback.is_playing

    def _end_scrub(self) -> None:
        if self._resume and not self._playback.is_at_end:
            self._playback.play()
        self._resume = False
