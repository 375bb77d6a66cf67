"""AnimationForm: the choices that make an animation, in two columns."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from colorquant_gui.core.export.animation import ANIMATION_FORMATS
from colorquant_gui.session import animation
from colorquant_gui.ui import formatting
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractSpinBox

    from colorquant_gui.session.animation import AnimationSettings

_FIELDS_WIDTH = 276
_LOSSLESS = -1
_QUALITIES = (_LOSSLESS, 90, 75, 50)
_LOOPS = (0, 1, 2, 3, 5)


class AnimationForm(QWidget):
    """Shows and edits `AnimationSettings`; what doesn't matter is hidden.

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
        The owner.
    """

    settingsEdited = Signal(object)

    def __init__(
        self, settings: AnimationSettings, size: tuple[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("animationForm")
        self._settings = settings
        self._picture_size = size
        self._labels: dict[QWidget, QLabel] = {}
        self._build_fields()
        self._arrange()
        self.set_settings(settings)

    def settings(self) -> AnimationSettings:
        """Return what is chosen."""
        return self._settings

    def set_settings(self, settings: AnimationSettings) -> None:
        """Show settings; no signal.

        Parameters
        ----------
        settings : AnimationSettings
            What is chosen.
        """
        self._settings = settings
        values: dict[QComboBox, object] = {
            self._content: settings.content,
            self._format: settings.format,
            self._size: settings.size,
            self._pace: settings.pace,
            self._loops: settings.loops,
            self._quality: _LOSSLESS if settings.quality is None else settings.quality,
        }
        for box, value in values.items():
            box.setCurrentIndex(max(0, box.findData(value)))
        for spin, whole in (
            (self._width, settings.width),
            (self._fps, settings.fps),
            (self._orbit, settings.orbit),
        ):
            with QSignalBlocker(spin):
                spin.setValue(whole)
        for field, number in (
            (self._speed, settings.speed),
            (self._seconds, settings.seconds),
            (self._hold, settings.hold),
        ):
            with QSignalBlocker(field):
                field.setValue(number)
        self._caption.setChecked(settings.caption)
        self._show_what_matters()

    # -- building ------------------------------------------------------------------------------

    def _build_fields(self) -> None:
        self._content = self._combo(
            "animationContent",
            self.tr("Show"),
            (
                (self.tr("Picture"), animation.PICTURE),
                (self.tr("Colour space"), animation.SPACE),
                (self.tr("Both"), animation.BOTH),
            ),
            "content",
        )
        self._format = self._combo(
            "animationFormat",
            self.tr("Format"),
            tuple((kind.label, kind.name) for kind in ANIMATION_FORMATS.values()),
            "format",
        )
        original = formatting.dimensions(*self._picture_size)
        self._size = self._combo(
            "animationSize",
            self.tr("Size"),
            (
                *((self.tr("{0} high").format(f"{n:,}"), key)
                  for key, n in animation.HEIGHTS.items()),
                (self.tr("Original, {0}").format(original), animation.ORIGINAL),
                (self.tr("Width"), animation.CUSTOM),
            ),
            "size",
        )  # fmt: skip
        self._width = self._integer(
            "animationWidth",
            self.tr("Width"),
            "width",
            self.tr(" px"),
            (animation.MIN_WIDTH, animation.MAX_WIDTH, 16),
        )
        self._quality = self._combo(
            "animationQuality",
            self.tr("Quality"),
            tuple(
                (self.tr("Lossless") if q is _LOSSLESS else self.tr("{0} of 100").format(q), q)
                for q in _QUALITIES
            ),
            "quality",
        )
        self._pace = self._combo(
            "animationPace",
            self.tr("Length"),
            (
                (self.tr("By speed"), animation.SPEED),
                (self.tr("In all"), animation.LENGTH),
            ),
            "pace",
        )
        self._speed = self._decimal(
            "animationSpeed",
            self.tr("Speed"),
            "speed",
            "×",
            (animation.MIN_SPEED, animation.MAX_SPEED, 0.25, 2),
        )
        self._seconds = self._decimal(
            "animationSeconds",
            self.tr("Length in all"),
            "seconds",
            self.tr(" s"),
            (animation.MIN_SECONDS, animation.MAX_SECONDS, 1.0, 1),
        )
        self._fps = self._integer(
            "animationFps",
            self.tr("Frame rate"),
            "fps",
            self.tr(" a second"),
            (animation.MIN_FPS, animation.MAX_FPS, 5),
        )
        self._hold = self._decimal(
            "animationHold",
            self.tr("Hold of the last frame"),
            "hold",
            self.tr(" s"),
            (0.0, animation.MAX_HOLD, 0.5, 1),
        )
        self._loops = self._combo(
            "animationLoops",
            self.tr("Play"),
            tuple((self._loops_text(n), n) for n in _LOOPS),
            "loops",
        )
        self._orbit = self._integer(
            "animationOrbit",
            self.tr("Turn"),
            "orbit",
            "°",
            (-animation.MAX_ORBIT, animation.MAX_ORBIT, 45),
        )
        self._caption = QCheckBox(self.tr("Line with &k, iteration and error"))
        self._caption.setObjectName("animationCaption")
        self._caption.setAccessibleName(self.tr("Line with k, iteration and error"))
        self._caption.clicked.connect(lambda checked: self._edit(caption=checked))

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(2, 16)
        for column in (1, 4):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, _FIELDS_WIDTH)
        # what doesn't always matter comes last, so that nothing jumps where it goes
        rows: tuple[tuple[int, int, str, tuple[QWidget, ...]], ...] = (
            (0, 0, self.tr("&Show"), (self._content,)),
            (0, 3, self.tr("&Format"), (self._format,)),
            (1, 0, self.tr("S&ize"), (self._size, self._width)),
            (1, 3, self.tr("Frame &rate"), (self._fps,)),
            (2, 0, self.tr("&Length"), (self._pace, self._speed, self._seconds)),
            (3, 0, self.tr("&Hold the end"), (self._hold,)),
            (3, 3, self.tr("&Play"), (self._loops,)),
            (4, 0, self.tr("&Turn"), (self._orbit,)),
            (4, 3, self.tr("&Quality"), (self._quality,)),
        )
        order: list[QWidget] = []
        for row, place, text, fields in rows:
            label = QLabel(text)
            order.extend(fields)
            label.setBuddy(fields[0])
            self._labels[fields[0]] = label
            grid.addWidget(label, row, place)
            line = QHBoxLayout()
            line.setSpacing(8)
            for each in fields:
                line.addWidget(each, 1)
            grid.addLayout(line, row, place + 1)
        grid.addWidget(self._caption, 2, 3, 1, 2)
        order.insert(order.index(self._hold), self._caption)
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _loops_text(self, count: int) -> str:
        if count == 0:
            return self.tr("For ever")
        return self.tr("Once") if count == 1 else self.tr("{0} times").format(count)

    def _combo(
        self, name: str, title: str, choices: tuple[tuple[str, object], ...], field: str
    ) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for text, value in choices:
            box.addItem(text, value)
        box.activated.connect(lambda index: self._edit(**{field: box.itemData(index)}))
        return box

    def _integer(
        self, name: str, title: str, field: str, suffix: str, reach: tuple[int, int, int]
    ) -> QSpinBox:
        spin = QSpinBox()
        low, high, step = reach
        spin.setRange(low, high)
        spin.setSingleStep(step)
        self._prepare(spin, name, title)
        spin.setSuffix(suffix)
        spin.valueChanged.connect(lambda value: self._edit(**{field: value}))
        return spin

    def _decimal(
        self,
        name: str,
        title: str,
        field: str,
        suffix: str,
        reach: tuple[float, float, float, int],
    ) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        low, high, step, decimals = reach
        spin.setDecimals(decimals)
        spin.setRange(low, high)
        spin.setSingleStep(step)
        self._prepare(spin, name, title)
        spin.setSuffix(suffix)
        spin.valueChanged.connect(lambda value: self._edit(**{field: round(value, decimals)}))
        return spin

    @staticmethod
    def _prepare(spin: QAbstractSpinBox, name: str, title: str) -> None:
        spin.setObjectName(name)
        spin.setAccessibleName(title)
        spin.setFont(tabular_font(spin.font()))
        spin.setKeyboardTracking(False)
        # fields in a row are as high as each other
        spin.setMinimumHeight(QComboBox().sizeHint().height())

    # -- what a person does --------------------------------------------------------------------

    def _edit(self, **changes: object) -> None:
        if changes.get("quality") == _LOSSLESS:
            changes["quality"] = None
        edited = replace(self._settings, **changes)  # type: ignore[arg-type]
        if edited.content == animation.SPACE and edited.size == animation.ORIGINAL:
            # the colour space has no size of its own
            edited = replace(edited, size="720p")
        if edited == self._settings:
            return
        self.set_settings(edited)
        self.settingsEdited.emit(edited)

    def _show_what_matters(self) -> None:
        settings = self._settings
        kind = ANIMATION_FORMATS[settings.format]
        self._width.setVisible(settings.size == animation.CUSTOM)
        self._speed.setVisible(settings.pace == animation.SPEED)
        self._seconds.setVisible(settings.pace == animation.LENGTH)
        self._show_row(self._orbit, settings.has_space)
        self._show_row(self._quality, kind.has_quality)
        self._show_row(self._loops, kind.has_delays)
        sizes = self._size.model()
        if isinstance(sizes, QStandardItemModel):
            original = sizes.item(self._size.findData(animation.ORIGINAL))
            original.setEnabled(settings.has_picture)

    def _show_row(self, field: QWidget, matters: bool) -> None:
        self._labels[field].setVisible(matters)
        field.setVisible(matters)
