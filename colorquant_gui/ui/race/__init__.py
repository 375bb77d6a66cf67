"""The race: several seedings side by side, and which of them ends lowest."""

from colorquant_gui.ui.race.presenter import RacePresenter
from colorquant_gui.ui.race.window import RaceWindow

__all__ = ["RacePresenter", "RaceWindow"]
