"""AnimationForm: the choices that make an animation, in two columns."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from colorquant_gui.core.export.animation import ANIMATION_FORMATS
from colorquant_gui.session import animation
from colorquant_gui.ui import formatting
from colorquant_gui.ui.form_fields import combo_field, decimal_field, integer_field

if TYPE_CHECKING:
    from collections.abc import Callable

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
        self._content = combo_field(
            "animationContent",
            self.tr("Show"),
            (
                (self.tr("Picture"), animation.PICTURE),
                (self.tr("Colour space"), animation.SPACE),
                (self.tr("Both"), animation.BOTH),
            ),
            self._edits("content"),
        )
        self._format = combo_field(
            "animationFormat",
            self.tr("Format"),
            tuple((kind.label, kind.name) for kind in ANIMATION_FORMATS.values()),
            self._edits("format"),
        )
        original = formatting.dimensions(*self._picture_size)
        self._size = combo_field(
            "animationSize",
            self.tr("Size"),
            (
                *((self.tr("{0} high").format(f"{n:,}"), key)
                  for key, n in animation.HEIGHTS.items()),
                (self.tr("Original, {0}").format(original), animation.ORIGINAL),
                (self.tr("Width"), animation.CUSTOM),
            ),
            self._edits("size"),
        )  # fmt: skip
        self._width = integer_field(
            "animationWidth",
            self.tr("Width"),
            self.tr(" px"),
            (animation.MIN_WIDTH, animation.MAX_WIDTH, 16),
            self._edits("width"),
        )
        self._quality = combo_field(
            "animationQuality",
            self.tr("Quality"),
            tuple(
                (self.tr("Lossless") if q is _LOSSLESS else self.tr("{0} of 100").format(q), q)
                for q in _QUALITIES
            ),
            self._edits("quality"),
        )
        self._pace = combo_field(
            "animationPace",
            self.tr("Length"),
            (
                (self.tr("By speed"), animation.SPEED),
                (self.tr("In all"), animation.LENGTH),
            ),
            self._edits("pace"),
        )
        self._speed = decimal_field(
            "animationSpeed",
            self.tr("Speed"),
            "×",
            (animation.MIN_SPEED, animation.MAX_SPEED, 0.25, 2),
            self._edits("speed"),
        )
        self._seconds = decimal_field(
            "animationSeconds",
            self.tr("Length in all"),
            self.tr(" s"),
            (animation.MIN_SECONDS, animation.MAX_SECONDS, 1.0, 1),
            self._edits("seconds"),
        )
        self._fps = integer_field(
            "animationFps",
            self.tr("Frame rate"),
            self.tr(" a second"),
            (animation.MIN_FPS, animation.MAX_FPS, 5),
            self._edits("fps"),
        )
        self._hold = decimal_field(
            "animationHold",
            self.tr("Hold of the last frame"),
            self.tr(" s"),
            (0.0, animation.MAX_HOLD, 0.5, 1),
            self._edits("hold"),
        )
        self._loops = combo_field(
            "animationLoops",
            self.tr("Play"),
            tuple((self._loops_text(n), n) for n in _LOOPS),
            self._edits("loops"),
        )
        self._orbit = integer_field(
            "animationOrbit",
            self.tr("Turn"),
            "°",
            (-animation.MAX_ORBIT, animation.MAX_ORBIT, 45),
            self._edits("orbit"),
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

    def _edits(self, field: str) -> Callable[[object], None]:
        return lambda value: self._edit(**{field: value})

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
