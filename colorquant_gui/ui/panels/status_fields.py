"""StatusFields: the row of fields of the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_SIDE = 8
_SPACING = 16
_NAME_WIDTH = 240
_NAME_LEAST = 64


class StatusFields(QWidget):
    """The row of fields. Where it is too narrow for all, the least important ones go."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusFacts")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        self.name = _NameLabel()
        self.dimensions = _Field("sizeField", self.tr("Size in pixels"), "30,000 × 30,000", left)
        self.colors = _Field("colorsField", self.tr("Unique colours"), "16,777,216 colours", left)
        self.run = _Field(
            "runField", self.tr("Run"), self.tr("Converged after 222 iterations"), right
        )
        self.progress = _ThinProgress()
        self.k = _Field("kField", self.tr("Number of colours"), "k 256", right)
        self.mse = _Field("mseField", self.tr("Mean squared error"), "MSE 00,000.0", right)
        self.psnr = _Field(
            "psnrField", self.tr("Peak signal-to-noise ratio"), "PSNR 00.0 dB", right
        )
        self.sizes = _Field(
            "sizesField", self.tr("File sizes"), "000.0 MB → 000.0 MB (00 %)", right
        )
        self.mse.setToolTip(
            self.tr(
                "Mean squared error of what would be saved: the squared differences summed over "
                "R, G and B, averaged over the pixels. 0 is a perfect copy."
            )
        )
        self.psnr.setToolTip(
            self.tr(
                "Peak signal-to-noise ratio of what would be saved, per channel: "
                "10·log₁₀(255² / (MSE / 3)). Higher is better."
            )
        )
        self.sizes.setToolTip(
            self.tr("Bytes of the file that was opened, and of the file that would be saved")
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_SIDE, 2, _SIDE, 2)
        layout.setSpacing(_SPACING)
        for field in (self.name, self.dimensions, self.colors):
            layout.addWidget(field)
        layout.addStretch(1)
        layout.addWidget(self.run)
        layout.addWidget(self.progress)
        layout.addStretch(1)
        for field in (self.k, self.mse, self.psnr, self.sizes):
            layout.addWidget(field)

    def minimumSizeHint(self) -> QSize:
        """Return no width: fields go where there is none."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        self.fit()

    def fit(self) -> None:
        """Show as many fields as there is room for, the most important first."""
        # The two stretches between the groups take a spacing each.
        room = self.width() - 2 * _SIDE - 2 * _SPACING - self.name.sizeHint().width()
        first = (self.k, self.mse, self.run, self.psnr, self.sizes)
        by_importance = (*first, self.dimensions, self.colors, self.progress)
        for field in by_importance:
            room -= field.sizeHint().width() + _SPACING
            field.setVisible(room >= 0)


class _Field(QLabel):
    """A label at least as wide as the longest usual text, so that its neighbours stay put."""

    def __init__(
        self, name: str, accessible_name: str, template: str, align: Qt.AlignmentFlag
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._template = template

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        usual = self.fontMetrics().horizontalAdvance(self._template)
        return QSize(max(usual, hint.width()), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _NameLabel(QLabel):
    """A file name, its middle left out where it is too long."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nameField")
        self.setAccessibleName(self.tr("File name"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._full = ""

    def set_full_text(self, text: str) -> None:
        self._full = text
        self._elide()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self._full) + 2
        return QSize(min(wanted, _NAME_WIDTH), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), _NAME_LEAST), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._elide()

    def _elide(self) -> None:
        width = max(self.width(), self.minimumSizeHint().width())
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideMiddle, width)
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class _ThinProgress(QProgressBar):
    """A progress bar of a few pixels, that keeps its place when there is nothing to show."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("runProgress")
        self.setAccessibleName(self.tr("Progress of the run"))
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setFixedSize(96, 4)
        self._shown = False
        self._done = 0.0

    def set_fraction(self, fraction: float | None) -> None:
        self._shown = fraction is not None
        self._done = min(max(fraction or 0.0, 0.0), 1.0)
        # unlike setValue, this does not draw the whole window at once
        self.update()

    def value(self) -> int:
        return round(self._done * self.maximum())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown:
            painter = QPainter(self)
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
            done = self.rect()
            done.setWidth(round(self.width() * self.value() / self.maximum()))
            painter.fillRect(done, self.palette().color(QPalette.ColorRole.PlaceholderText))
