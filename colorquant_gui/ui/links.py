"""Links: what is pointed at in one view stands out in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.run_presenter import RunPresenter


@dataclass(frozen=True)
class _Target:
    """Something pointed at.

    Attributes
    ----------
    color : int
        A unique colour: the one itself, or the most frequent one of a cluster, by which the
        cluster is found again when labels change.
    whole_cluster : bool
        Whether its whole cluster is meant.
    in_picture : bool
        Whether the picture shows it, too; a pixel that is pointed at needs no showing.
    """

    color: int
    whole_cluster: bool
    in_picture: bool = True


class Links(QObject):
    """Hovering shows, a click pins, Escape or a click on nothing releases.

    Parameters
    ----------
    session : Session
        Has the colours.
    window : MainWindow
        Has the views.
    presenter : RunPresenter
        Knows which colour is which cluster in each view.
    """

    def __init__(self, session: Session, window: MainWindow, presenter: RunPresenter) -> None:
        super().__init__(window)
        self._session, self._window, self._presenter = session, window, presenter
        self._hovered: _Target | None = None
        self._pinned: _Target | None = None
        canvas, space, palette = window.canvas, window.color_space, window.palette_view
        canvas.colorHovered.connect(self._hover_pixel)
        canvas.colorClicked.connect(self._pin_color)
        canvas.released.connect(self.release)
        space.colorHovered.connect(self._hover_color)
        space.colorClicked.connect(self._pin_color)
        space.centroidHovered.connect(lambda number: self._hover(self._of_cluster(number)))
        space.centroidClicked.connect(lambda number: self._pin(self._of_cluster(number)))
        space.clipChanged.connect(canvas.set_visible_colors)
        palette.swatchHovered.connect(lambda number: self._hover(self._of_swatch(number)))
        palette.swatchClicked.connect(lambda number: self._pin(self._of_swatch(number)))
        presenter.labelsChanged.connect(self._show)
        session.sourceChanged.connect(self.release)

    @Slot()
    def release(self) -> None:
        """Let go of what is pinned."""
        self._hovered = self._pinned = None
        self._show()

    @Slot(object)
    def _hover_pixel(self, color: int | None) -> None:
        self._hover(None if color is None else _Target(color, False, in_picture=False))

    @Slot(object)
    def _hover_color(self, color: int | None) -> None:
        self._hover(None if color is None else _Target(color, False))

    @Slot(object)
    def _pin_color(self, color: int | None) -> None:
        self._pin(None if color is None else _Target(color, True))

    def _hover(self, target: _Target | None) -> None:
        if target != self._hovered:
            self._hovered = target
            self._show()

    def _pin(self, target: _Target | None) -> None:
        self._pinned = None if target == self._pinned else target
        self._show()

    def _of_swatch(self, number: int | None) -> _Target | None:
        return self._at(self._presenter.swatch_labels, number)

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
        return _Target(int(most), whole_cluster=True)

    @Slot()
    def _show(self) -> None:
        window, presenter = self._window, self._presenter
        self._show_in_picture()
        target, labels = self._hovered or self._pinned, presenter.shown_labels
        if target is None or labels is None or target.color >= len(labels):
            window.color_space.set_highlight(None, None)
            window.palette_view.set_highlight(None)
            return
        label, whole = int(labels[target.color]), target.whole_cluster
        cluster = _position(presenter.cluster_labels, label)
        window.color_space.set_highlight(None if whole else target.color, cluster)
        window.palette_view.set_highlight(_position(presenter.swatch_labels, label))

    def _show_in_picture(self) -> None:
        canvas, labels = self._window.canvas, self._presenter.shown_labels
        target = self._hovered
        if target is None or not target.in_picture:
            target = self._pinned
        if target is None or labels is None or target.color >= len(labels):
            canvas.set_highlight(None)
            canvas.set_color_highlight(None)
        elif target.whole_cluster:
            canvas.set_color_highlight(None)
            canvas.set_highlight(int(labels[target.color]))
        else:
            canvas.set_highlight(None)
            canvas.set_color_highlight(target.color)


def _position(labels: np.ndarray, label: int) -> int | None:
    found = np.flatnonzero(labels == label)
    return int(found[0]) if len(found) else None
