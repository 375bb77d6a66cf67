"""The open picture, its settings, its run and its undo stack. Knows no widgets."""

from colorquant_gui.session.history import History
from colorquant_gui.session.jobs import PendingPicture
from colorquant_gui.session.playback import Frame, Playback
from colorquant_gui.session.session import RunState, Session
from colorquant_gui.session.settings import Settings

__all__ = ["Frame", "History", "PendingPicture", "Playback", "RunState", "Session", "Settings"]
