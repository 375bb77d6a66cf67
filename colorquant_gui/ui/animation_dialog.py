"""AnimationDialog: what is to be in an animation of the run, with its first and last frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui.animation_form import AnimationForm
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from colorquant_gui.session.animation import AnimationSettings

PREVIEW_SIZE = QSize(336, 224)


class AnimationDialog(QDialog):
    """Asks for `AnimationSettings`.

    Attributes
    ----------
    settingsEdited : Signal(AnimationSettings)
        A person chose something.

    Parameters
    ----------
    settings : AnimationSettings
        What is chosen at first.
    size : tuple of int
        Width and height of the picture in pixels.
    parent : QWidget, optional
        The window.
    """

    settingsEdited = Signal(object)

    def __init__(
        self, settings: AnimationSettings, size: tuple[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("animationDialog")
        self.setWindowTitle(self.tr("Export Animation"))
        self._form = AnimationForm(settings, size)
        self._form.settingsEdited.connect(self.settingsEdited)
        self._build()

    def settings(self) -> AnimationSettings:
        """Return what is chosen."""
        return self._form.settings()

    def set_previews(self, first: QImage, last: QImage) -> None:
        """Show the first and the last frame.

        Parameters
        ----------
        first, last : QImage
            At most as big as `PREVIEW_SIZE`.
        """
        self._first.set_image(first)
        self._last.set_image(last)

    def set_summary(self, text: str) -> None:
        """Say how much there will be of it."""
        self._summary.setText(text)
        self._problem.hide()
        self._export.setEnabled(True)

    def set_problem(self, text: str) -> None:
        """Say why this can't be exported, in place of how much there will be of it."""
        self._summary.setText("")
        self._problem.setText(text)
        self._problem.show()
        self._export.setEnabled(False)

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        column.addLayout(self._build_previews())
        column.addWidget(self._form)
        self._summary = QLabel()
        self._summary.setObjectName("animationSummary")
        self._summary.setFont(tabular_font(self._summary.font()))
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._problem = QLabel()
        self._problem.setObjectName("animationProblem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        column.addWidget(self._summary)
        column.addWidget(self._problem)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._export = QPushButton(self.tr("Export…"))
        self._export.setObjectName("animationExportButton")
        self._export.setAccessibleName(self.tr("Export"))
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("animationCancelButton")
        cancel.setAccessibleName(self.tr("Cancel"))
        self._export.setDefault(True)
        buttons.addButton(self._export, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _build_previews(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        self._first = _Preview("animationFirstFrame", self.tr("First frame"))
        self._last = _Preview("animationLastFrame", self.tr("Last frame"))
        for preview in (self._first, self._last):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(preview)
            label = QLabel(preview.accessibleName())
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column.addWidget(label)
            row.addLayout(column, 1)
        return row


class _Preview(QWidget):
    """A frame in the middle of a neutral surface."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setMinimumSize(PREVIEW_SIZE)
        self._image: QImage | None = None

    def set_image(self, image: QImage) -> None:
        """Show an image."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Dark))
        if self._image is not None:
            size = self._image.deviceIndependentSize().toSize()
            place = QRect(QPoint(), size)
            place.moveCenter(self.rect().center())
            painter.drawImage(place.topLeft(), self._image)
        painter.end()
