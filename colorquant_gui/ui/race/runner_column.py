"""RunnerColumn: one runner of the race, from its set-up to the button that adopts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui.race.buttons import quiet_button
from colorquant_gui.ui.race.runner_picture import RunnerPicture
from colorquant_gui.ui.race.runner_setup import RunnerSetup
from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Room for a seeding with its seed or picks: columns are equally wide, whatever is in them.
_LEAST_WIDTH = 232


class RunnerColumn(QWidget):
    """A runner: set-up, picture or colour space, numbers, and "Use This One".

    Attributes
    ----------
    runnerEdited : Signal(Runner)
        The person changed the seeding or the seed.
    picksRequested, removeRequested : Signal()
        As of `RunnerSetup`.
    adoptRequested : Signal()
        The person wants this run for the picture.
    spaceLookEdited : Signal(object, object)
        The person changed how the colour space is shown: its view options and visible layers.
    cameraMoved : Signal()
        The colour space is seen from another place.
    imageSaveRequested : Signal(object)
        The person wants the colour space as a file: a QImage, null where it is too large to draw.

    Parameters
    ----------
    number : int
        Its place in the race, from 0.
    parent : QWidget, optional
        Qt parent.
    """

    runnerEdited = Signal(object)
    picksRequested = Signal()
    removeRequested = Signal()
    adoptRequested = Signal()
    spaceLookEdited = Signal(object, object)
    cameraMoved = Signal()
    imageSaveRequested = Signal(object)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"raceRunner{number}")
        self.setMinimumWidth(_LEAST_WIDTH)
        self._number = number
        self._name = self._message = ""
        self.space: ColorSpaceView | None = None
        self._has_controls = False
        self.setup = RunnerSetup(number)
        self.setup.runnerEdited.connect(self.runnerEdited)
        self.setup.picksRequested.connect(self.picksRequested)
        self.setup.removeRequested.connect(self.removeRequested)
        self.picture = RunnerPicture()
        self.picture.setObjectName(f"racePicture{number}")
        self._views = QStackedWidget()
        self._views.addWidget(self.picture)
        self.progress = self._label(f"raceProgress{number}", Qt.AlignmentFlag.AlignLeft)
        self.value = self._label(f"raceValue{number}", Qt.AlignmentFlag.AlignRight)
        self.end = self._label(f"raceEnd{number}", Qt.AlignmentFlag.AlignRight)
        self.end.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.badge = self._label(f"raceBadge{number}", Qt.AlignmentFlag.AlignRight)
        font = self.badge.font()
        font.setBold(True)
        self.badge.setFont(font)
        self.badge.setText(self.tr("lowest"))
        self.adopt = quiet_button(f"raceAdopt{number}", "")
        self.adopt.clicked.connect(self.adoptRequested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.setup)
        layout.addWidget(self._views, 1)
        numbers = QVBoxLayout()
        numbers.setSpacing(2)
        now, then = QHBoxLayout(), QHBoxLayout()
        for row, widgets in ((now, (self.progress, self.value)), (then, (self.end, self.badge))):
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget)
            numbers.addLayout(row)
        now.setStretch(0, 1)
        then.addStretch(1)
        layout.addLayout(numbers)
        layout.addWidget(self.adopt)
        self.set_end("", is_lowest=False)

    def _label(self, name: str, alignment: Qt.AlignmentFlag) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setFont(tabular_font(label.font()))
        label.setAlignment(alignment | Qt.AlignmentFlag.AlignVCenter)
        if alignment is Qt.AlignmentFlag.AlignLeft:
            # whatever it says, columns stay equally wide
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label

    # -- what is shown -------------------------------------------------------------------------

    def set_name(self, name: str) -> None:
        """Tell people who can't see the column whose picture and button these are."""
        self._name = name
        self.picture.setAccessibleName(self.tr("Picture of %1").replace("%1", name))
        self.set_in_use(False)

    def set_message(self, text: str) -> None:
        """Say why there is nothing to see; "" where there is."""
        self._message = text
        self.picture.set_message(text)
        if self.space is not None:
            self.space.set_busy(text)

    def set_numbers(self, progress: str, value: str) -> None:
        """Say which iteration is on show, and its error."""
        self.progress.setText(progress)
        self.value.setText(value)

    def set_end(self, text: str, *, is_lowest: bool) -> None:
        """Say how it has ended; "" as long as it has not."""
        self.end.setText(text)
        self.badge.setVisible(is_lowest)
        # a line that comes and goes must not move the picture
        self.end.setMinimumHeight(self.end.fontMetrics().height())
        font = self.end.font()
        font.setBold(is_lowest)
        self.end.setFont(font)

    def set_adoptable(self, adoptable: bool) -> None:
        """Say whether there is a run to use."""
        self.adopt.setEnabled(adoptable)

    def set_in_use(self, in_use: bool) -> None:
        """Say whether the picture has this run."""
        text, name = self.tr("Use This One"), self.tr("Use %1")
        hint = self.tr("Quantize the picture from this start; one step to undo")
        if in_use:
            text, name = self.tr("In Use"), self.tr("%1 is in use")
            hint = self.tr("The picture has this run. Press to see it from its start once more")
        self.adopt.setText(text)
        self.adopt.setAccessibleName(name.replace("%1", self._name))
        self.adopt.setToolTip(hint)

    def clear(self) -> None:
        """Forget the run; the picture stays, without colours."""
        self.set_in_use(False)
        self.set_numbers("", "")
        self.set_end("", is_lowest=False)
        self.set_adoptable(False)
        if self.space is not None:
            self.space.set_trails(None)
            self.space.set_centroids(None)
            self.space.set_labels(None, None)

    # -- the colour space ----------------------------------------------------------------------

    def show_space(self, on: bool, use_opengl: bool | None = None) -> bool:
        """Show the colour space in place of the picture, or the picture again.

        Parameters
        ----------
        on : bool
            Whether the colour space is wanted. It is made when it is wanted first.
        use_opengl : bool, optional
            As for `ColorSpaceView`.

        Returns
        -------
        bool
            Whether it was made, and wants its colours.
        """
        made = on and self.space is None
        if made:
            self.space = ColorSpaceView(use_opengl=use_opengl)
            self.space.setObjectName(f"raceSpace{self._number}")
            self.space.saveViewRequested.connect(self._save_view)
            self.space.viewOptionsChanged.connect(self._report_look)
            self.space.layersChanged.connect(self._report_look)
            self.space.cameraMoved.connect(self.cameraMoved)
            self.space.set_controls_shown(self._has_controls)
            self.space.set_busy(self._message)
            self._views.addWidget(self.space)
        self._views.setCurrentWidget(self.space if on and self.space else self.picture)
        return made

    def set_controls_shown(self, shown: bool) -> None:
        """Have over the colour space what it is set by, or leave it bare."""
        self._has_controls = shown
        if self.space is not None:
            self.space.set_controls_shown(shown)

    def set_space_look(self, options: dict[str, Any], layers: set[str]) -> None:
        """Show the colour space as another one is shown; emits nothing."""
        if self.space is not None:
            self.space.set_view_options(options)
            self.space.set_layers(layers)

    def look_as(self, model: ColorSpaceView) -> None:
        """Show the colour space as another one is shown, and from there; emits nothing."""
        if self.space is not None:
            # on its way it is where it was made to be, and no other is to go there
            with QSignalBlocker(self.space):
                self.space.look_as(model)

    def _report_look(self) -> None:
        if self.space is not None:
            self.spaceLookEdited.emit(self.space.view_options(), self.space.layers())

    def _save_view(self, scale: int, transparent: bool) -> None:
        if self.space is not None:
            self.imageSaveRequested.emit(self.space.render_image(scale, transparent))

    def show_centroids(
        self,
        labels: NDArray[np.uint8],
        colors: NDArray[np.uint8],
        positions: NDArray[np.float64],
        counts: NDArray[np.int64],
        trails: NDArray[np.float64],
    ) -> None:
        """Show a moment in the colour space, if that is on show.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            Cluster of every colour of the thumbnail.
        colors : ndarray of uint8, shape (k, 3)
            The centroids as sRGB colours.
        positions : ndarray of float64, shape (k, 3)
            The centroids in sRGB, 0..255.
        counts : ndarray of int64, shape (k,)
            Pixels of each.
        trails : ndarray of float64, shape (t, k, 3)
            Where they came from, in sRGB.
        """
        if self.space is not None and self._views.currentWidget() is self.space:
            self.space.set_labels(labels, colors)
            self.space.set_centroids(positions, counts)
            self.space.set_trails(trails)
