"""Lookout: finds what stands out while none of it is in view, and says where it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from colorquant_gui.ui.canvas.errand import Errand
from colorquant_gui.ui.canvas.whereabouts import Whereabouts, find_whereabouts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.layers import Layers
    from colorquant_gui.ui.canvas.stage import Stage


class Lookout(QObject):
    """Looks once after each painting, and through the whole picture only where it has to.

    Parameters
    ----------
    stage : Stage
        What is in view.
    layers : Layers
        What stands out.
    parent : QObject
        The owner.

    Attributes
    ----------
    changed : Signal()
        `missed` is another one, or the view of it is.
    missed : Whereabouts or None
        What stands out, all of it out of view; None where some of it is in view, where nothing
        stands out, or as long as that is not known.
    """

    changed = Signal()

    def __init__(self, stage: Stage, layers: Layers, parent: QObject) -> None:
        super().__init__(parent)
        self._stage, self._layers = stage, layers
        self.missed: Whereabouts | None = None
        self._labels: NDArray[Any] | None = None
        self._version = 0
        self._search: Errand[Whereabouts] = Errand(self)
        self._search.ready.connect(self._look)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._look)

    def note_painted(self) -> None:
        """Look again soon: what is shown may have changed."""
        if not self._timer.isActive() and (self.missed is not None or self._is_asked()):
            self._timer.start()

    def pause(self) -> None:
        """Rest while nobody looks."""
        self._timer.stop()
        self._search.cancel()

    def clear(self) -> None:
        """Forget the picture, and what was found in it."""
        self._timer.stop()
        self._search.clear()
        self._labels = None
        self._tell(None)

    def _is_asked(self) -> bool:
        layers, window = self._layers, self._stage.viewport.window()
        if layers.picture is None or window is None or window.is_whole:
            return False
        return layers.emphasis.is_active(layers.coloring)

    @Slot()
    def _look(self) -> None:
        self._tell(self._find())

    def _tell(self, missed: Whereabouts | None) -> None:
        before, self.missed = self.missed, missed
        if before is not None or missed is not None:
            self.changed.emit()

    def _find(self) -> Whereabouts | None:
        layers, window = self._layers, self._stage.viewport.window()
        picture, emphasis, lit = layers.picture, layers.emphasis, layers.lit
        if not self._is_asked() or picture is None or window is None:
            self._search.cancel()
            return None
        key = (emphasis, self._labels_version() if emphasis.depends_on_labels() else 0)
        found = self._search.made(key)
        is_seen = lit is not None and bool(lit.any())
        if found is not None:
            # what is thinly spread may be in view and yet not seen, where that is reduced
            is_faint = window.is_reduced and found.is_in(window)
            return None if is_seen or is_faint else found
        if lit is not None and not is_seen:
            keeps = partial(emphasis.keeps, entries=None, coloring=layers.coloring)
            self._search.request(key, partial(find_whereabouts, picture, keeps))
        return None

    def _labels_version(self) -> int:
        coloring = self._layers.coloring
        labels = None if coloring is None else coloring.labels
        if labels is not self._labels:
            self._labels = labels
            self._version += 1
        return self._version
