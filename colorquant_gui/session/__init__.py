"""The open picture, its settings, its run and its undo stack. Knows no widgets."""

from colorquant_gui.session.frame import Frame
from colorquant_gui.session.history import History, Step, Stop, StopKind
from colorquant_gui.session.load_job import PendingPicture
from colorquant_gui.session.playback import Playback
from colorquant_gui.session.run import RunState
from colorquant_gui.session.session import Session
from colorquant_gui.session.settings import PICKS, Settings

__all__ = [
    "PICKS",
    "Frame",
    "History",
    "PendingPicture",
    "Playback",
    "RunState",
    "Session",
    "Settings",
    "Step",
    "Stop",
    "StopKind",
]
