"""Links: what is pointed at in one view stands out in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.run_presenter import RunPresenter

# A cluster that no colour belongs to: labels are bytes.
_NOWHERE = 256


class _Reach(Enum):
    """How much stands out."""

    NOTHING = auto()
    COLOR = auto()
    CLUSTER = auto()


@dataclass(frozen=True)
class _Target:
    """Something pointed at.

    Attributes
    ----------
    color : int
        A unique colour: the one itself, or the most frequent one of a cluster, by which the
        cluster is found again when labels change. The number after the last stands for
        transparent pixels.
    in_space, in_picture : _Reach
        What of it stands out in the colour space and in the picture.
    """

    color: int
    in_space: _Reach
    in_picture: _Reach


class Links(QObject):
    """Hovering shows, a click pins, Escape or a click on nothing releases.

    A click pins what hovering lit. A pixel that is pointed at needs no showing in the picture, so
    a click on it adds its cluster there.

    Attributes
    ----------
    released : Signal()
        What was pinned is let go.
    heldChanged : Signal()
        `is_holding` or `is_slicing` may be something else.

    Parameters
    ----------
    session : Session
        Has the colours.
    window : MainWindow
        Has the views.
    presenter : RunPresenter
        Knows which colour is which cluster in each view.
    """

    released = Signal()
    heldChanged = Signal()

    def __init__(self, session: Session, window: MainWindow, presenter: RunPresenter) -> None:
        super().__init__(window)
        self._session, self._window, self._presenter = session, window, presenter
        self._hovered: _Target | None = None
        self._pinned: _Target | None = None
        self._clipped: NDArray[np.bool_] | None = None
        self._members: NDArray[np.int32] | None = None
        canvas, space, palette = window.canvas, window.color_space, window.palette_view
        canvas.colorHovered.connect(lambda color: self._hover(self._of(color, _Reach.NOTHING)))
        canvas.colorClicked.connect(lambda color: self._pin(self._of(color, _Reach.CLUSTER)))
        space.colorHovered.connect(lambda color: self._hover(self._of(color, _Reach.COLOR)))
        space.colorClicked.connect(lambda color: self._pin(self._of(color, _Reach.COLOR)))
        space.centroidHovered.connect(lambda number: self._hover(self._of_cluster(number)))
        space.centroidClicked.connect(lambda number: self._pin(self._of_cluster(number)))
        space.clipChanged.connect(self._clip)
        palette.swatchHovered.connect(lambda number: self._hover(self._of_swatch(number)))
        palette.swatchClicked.connect(lambda number: self._pin(self._of_swatch(number)))
        presenter.labelsChanged.connect(self._show)
        session.sourceChanged.connect(self.release)

    @property
    def is_holding(self) -> bool:
        """Whether there is something that `release` would let go."""
        return self._pinned is not None or self._members is not None

    @property
    def is_slicing(self) -> bool:
        """Whether a slice of the colour space dims the picture, which `end_slice` would end."""
        return self._clipped is not None

    @Slot()
    def end_slice(self) -> None:
        """Show all of the colour space again."""
        self._window.color_space.clear_slice()

    @Slot()
    def release(self) -> None:
        """Let go of what is pinned."""
        self._hovered = self._pinned = None
        self._window.palette_view.end_walk()
        self._show()
        self.released.emit()
        self.heldChanged.emit()

    def show_only(self, members: NDArray[np.int32] | None) -> None:
        """Dim all of the picture but some colours.

        Parameters
        ----------
        members : ndarray of int32, shape (m,), or None
            Their numbers; None to stop.
        """
        self._members = members
        self._dim()
        self.heldChanged.emit()

    @Slot(object)
    def _clip(self, visible: NDArray[np.bool_] | None) -> None:
        self._clipped = visible
        self._window.canvas.set_sliced(visible is not None)
        self._dim()
        self.heldChanged.emit()

    def _dim(self) -> None:
        visible, histogram = self._clipped, self._session.histogram
        if self._members is not None and histogram is not None:
            chosen = np.zeros(histogram.n_colors, np.bool_)
            chosen[self._members] = True
            visible = chosen if visible is None else chosen & visible
        self._window.canvas.set_visible_colors(visible)

    def _hover(self, target: _Target | None) -> None:
        if target != self._hovered:
            self._hovered = target
            self._show()

    def _pin(self, target: _Target | None) -> None:
        self._pinned = None if target == self._pinned else target
        self._show()
        self.heldChanged.emit()

    def _of(self, color: int | None, in_picture: _Reach) -> _Target | None:
        histogram = self._session.histogram
        if color is None or histogram is None:
            return None
        if color >= histogram.n_colors:
            # there is no more of its cluster than itself, and no colour
            shown = _Reach.NOTHING if in_picture is _Reach.NOTHING else _Reach.COLOR
            return self._of_clear(shown)
        return _Target(color, _Reach.COLOR, in_picture)

    def _of_clear(self, in_picture: _Reach) -> _Target | None:
        """Return what transparent pixels are where they have a swatch."""
        histogram = self._session.histogram
        if histogram is None or self._clear_swatch is None:
            return None
        return _Target(histogram.n_colors, _Reach.NOTHING, in_picture)

    def _of_swatch(self, number: int | None) -> _Target | None:
        if number is not None and number == self._clear_swatch:
            return self._of_clear(_Reach.COLOR)
        return self._at(self._presenter.swatch_labels, number)

    @property
    def _clear_swatch(self) -> int | None:
        """The swatch of transparent pixels, where there is one."""
        return self._presenter.clear_swatch

    def _of_cluster(self, number: int | None) -> _Target | None:
        return self._at(self._presenter.cluster_labels, number)

    def _at(self, labels: NDArray[np.intp], number: int | None) -> _Target | None:
        # a view that is about to change may still name what is gone
        if number is None or number >= len(labels):
            return None
        return self._of_label(int(labels[number]))

    def _of_label(self, label: int) -> _Target | None:
        labels, histogram = self._presenter.shown_labels, self._session.histogram
        if labels is None or histogram is None:
            return None
        members = np.flatnonzero(labels == label)
        if not len(members):
            return None
        most = members[histogram.counts[members].argmax()]
        return _Target(int(most), _Reach.CLUSTER, _Reach.CLUSTER)

    # -- showing it ----------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        self._show_in_picture()
        target = self._hovered or self._pinned
        palette = self._window.palette_view
        palette.set_highlight(self._swatch_of(target))
        palette.set_pinned(self._swatch_of(self._pinned))
        label = self._label_of(target)
        if target is None or label is None:
            # what is transparent is nowhere in the colour space: all that is there stands back
            cluster = _NOWHERE if self._is_clear(target) else None
            self._window.color_space.set_highlight(None, cluster)
            return
        cluster = _position(self._presenter.cluster_labels, label)
        color = target.color if target.in_space is _Reach.COLOR else None
        self._window.color_space.set_highlight(color, cluster)

    def _show_in_picture(self) -> None:
        canvas, target = self._window.canvas, self._hovered
        if target is None or target.in_picture is _Reach.NOTHING:
            target = self._pinned
        canvas.set_pinned(self._pinned is not None)
        color = label = None
        if target is not None and target.in_picture is _Reach.COLOR:
            color = target.color
        elif target is not None and target.in_picture is _Reach.CLUSTER:
            label = self._label_of(target)
        canvas.set_color_highlight(color)
        canvas.set_highlight(label)

    def _label_of(self, target: _Target | None) -> int | None:
        labels = self._presenter.shown_labels
        if target is None or labels is None or target.color >= len(labels):
            return None
        return int(labels[target.color])

    def _is_clear(self, target: _Target | None) -> bool:
        histogram = self._session.histogram
        return target is not None and histogram is not None and target.color == histogram.n_colors

    def _swatch_of(self, target: _Target | None) -> int | None:
        if self._is_clear(target):
            return self._clear_swatch
        label = self._label_of(target)
        return None if label is None else _position(self._presenter.swatch_labels, label)


def _position(labels: np.ndarray, label: int) -> int | None:
    found = np.flatnonzero(labels == label)
    return int(found[0]) if len(found) else None
