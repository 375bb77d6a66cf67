"""AdvisorPresenter: the curve of quality and size against k, and what it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from colorquant_gui.core.advisor import (
    QUALITY,
    Ground,
    cost_at,
    gains_at,
    largest_k,
    smallest_k,
)
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.session.advisor_state import AdvisorState
from colorquant_gui.ui.advisor_words import (
    brief_answer,
    limit_words,
    quality_answer,
    size_answer,
)
from colorquant_gui.ui.elbow_words import bend_label, elbow_details, elbow_words
from colorquant_gui.ui.panels.k_scale import K_MAX

if TYPE_CHECKING:
    from colorquant_gui.core.advisor import CurvePoint, MissingColor
    from colorquant_gui.session import Session
    from colorquant_gui.ui.links import Links
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences

_TARGETS = ("psnr", "mean_de", "n_bytes")
_QUALITIES = ("psnr", "mse", "mean_de", "p95_de")


class AdvisorPresenter(QObject):
    """Connects a session's advisor with the curve and the panel that show it.

    Parameters
    ----------
    session : Session
        Has the advisor.
    window : MainWindow
        Has `k_curve` and `advisor`.
    preferences : Preferences
        What is remembered between starts.
    links : Links
        Shows where in the picture colours are.
    """

    def __init__(
        self, session: Session, window: MainWindow, preferences: Preferences, links: Links
    ) -> None:
        super().__init__(window)
        self._session, self._preferences, self._links = session, preferences, links
        self._curve, self._panel = window.k_curve, window.advisor
        self._shown_missing: tuple[int, int, int] | None = None
        # the k under the pointer, and what was known of it when it was shown
        self._hovered: int | None = None
        self._peeked: CurvePoint | None = None
        advisor = session.advisor
        advisor.pointsChanged.connect(self._show_points)
        advisor.progressChanged.connect(self._show_progress)
        advisor.stateChanged.connect(self._show_progress)
        advisor.missingChanged.connect(self._show_missing)
        session.settingsChanged.connect(self._show_k)
        # once the run of the new settings is under way: what was there before must not flash up
        session.settingsChanged.connect(session.peek.end, Qt.ConnectionType.QueuedConnection)
        session.present.changed.connect(self._show_present)
        session.peek.dropped.connect(self._forget_hovered)
        session.sourceChanged.connect(self._show_source)
        self._curve.kEditStarted.connect(session.begin_edit)
        self._curve.kEdited.connect(self._set_k)
        self._curve.kEditFinished.connect(session.end_edit)
        self._curve.kHovered.connect(self._peek)
        self._curve.qualityEdited.connect(self._show_quality)
        self._panel.kEdited.connect(self._set_k)
        self._panel.targetEdited.connect(self._set_target)
        self._curve.pauseToggled.connect(self._pause)
        self._panel.missingColorShown.connect(self._show_where)
        links.released.connect(lambda: self._show_where(-1))
        window.layout_of_docks.watch("advisorDock", session.courtesy.set_watched)
        self._restore()
        self._show_source()

    def _restore(self) -> None:
        preferences = self._preferences
        last = preferences.text("target", "psnr", _TARGETS)
        for kind in (*_TARGETS, last):
            value = preferences.number(f"target-{kind}", -1, 0, 1e12)
            if value > 0:
                self._panel.set_target(kind, value)
        # a target that is chosen brings its quality along; the one looked at last comes after it
        self._curve.set_target(*self._panel.target())
        self._curve.set_quality(preferences.text("curveQuality", self._curve.quality(), _QUALITIES))

    # -- what is known -------------------------------------------------------------------------

    @Slot()
    def _show_source(self) -> None:
        session = self._session
        session.peek.forget()
        # without a picture there is no limit to tell of
        maximum = session.advisor.maximum if session.histogram is not None else K_MAX
        n_unique = 0 if session.histogram is None else session.histogram.n_colors
        self._curve.set_limit(maximum, limit_words(n_unique, maximum))
        self._panel.set_question_enabled(self._has_choice)
        self._show_points()
        self._show_progress()
        self._show_missing()
        self._show_k()

    @Slot()
    def _show_points(self) -> None:
        advisor = self._session.advisor
        self._curve.set_points(advisor.points)
        if self._hovered is not None and self._point_at(self._hovered) != self._peeked:
            # more is known now, under a pointer that rests there
            self._peek(self._hovered)
        self._show_bend()
        self._show_note()
        self._answer()

    def _show_bend(self) -> None:
        """Mark the suggestion, told in the quality that is looked at."""
        advisor, quality = self._session.advisor, self._curve.quality()
        bend = advisor.elbow
        k = bend.k if self._has_choice else None
        gains = None if k is None else gains_at(advisor.points, k, quality)
        words = elbow_words(bend, gains)
        self._curve.set_elbow(k, words, bend_label(bend, quality))
        self._panel.set_suggestion(k, words, elbow_details(bend))

    @property
    def _has_choice(self) -> bool:
        """Whether there is more than one k to choose from."""
        return self._session.advisor.maximum >= 2

    def _show_note(self) -> None:
        """Say why nothing is suggested, or what went wrong."""
        advisor = self._session.advisor
        bend = advisor.elbow
        if advisor.state is AdvisorState.FAILED:
            note = advisor.error
        elif not self._has_choice or bend.ground is Ground.STRAIGHT:
            note = elbow_words(bend)
        else:
            # beside the mark on the curve a reason needs no second place, and progress says enough
            note = ""
        self._panel.set_note(note if self._session.source is not None else "")

    @Slot()
    def _show_progress(self) -> None:
        advisor = self._session.advisor
        progress, state = advisor.progress, advisor.state
        total = None if state is AdvisorState.EMPTY else progress.total
        self._curve.set_progress(progress.measured, progress.encoded, total, advisor.is_paused)
        self._show_note()

    @Slot()
    def _show_k(self) -> None:
        # another look at a k takes another move of the pointer
        self._forget_hovered()
        is_open = self._session.source is not None
        k = self._session.effective_k if is_open else None
        for widget in (self._curve, self._panel):
            widget.set_current_k(k)
        differs = self._session.settings.quality != QUALITY
        self._curve.set_level(QUALITIES[QUALITY].label if is_open and differs else "")
        self._show_present()

    @Slot()
    def _show_present(self) -> None:
        """Read the result's own figures at its k."""
        self._curve.set_present(self._session.present.point)

    @Slot()
    def _show_missing(self) -> None:
        missing, shown = self._session.advisor.missing, self._shown_missing
        self._panel.set_missing(missing)
        # what is looked at may stay while more is found out about it
        rows = [row for row, color in enumerate(missing or ()) if _rgb(color) == shown]
        self._show_where(rows[0] if rows else -1)

    # -- what is asked -------------------------------------------------------------------------

    @Slot(str, float)
    def _set_target(self, kind: str, value: float) -> None:
        self._preferences.put("target", kind)
        self._preferences.put(f"target-{kind}", value)
        self._answer()
        self._show_quality(self._curve.quality())

    @Slot(str)
    def _show_quality(self, quality: str) -> None:
        self._preferences.put("curveQuality", quality)
        self._show_bend()

    def _answer(self) -> None:
        advisor = self._session.advisor
        kind, value = self._panel.target()
        points = advisor.points
        self._curve.set_target(kind, value)
        if not points:
            self._panel.set_target_answer("", None)
        elif kind == "n_bytes":
            choice = largest_k(points, int(value), advisor.maximum)
            words = size_answer(choice, points)
            self._panel.set_target_answer(words, choice.k, brief_answer(choice))
        else:
            choice = smallest_k(points, kind, value, advisor.maximum)
            words = quality_answer(choice, points, kind)
            self._panel.set_target_answer(words, choice.k, brief_answer(choice))

    # -- what a person does --------------------------------------------------------------------

    @Slot(int)
    def _set_k(self, k: int) -> None:
        self._session.set(self.tr("Change k"), k=k)

    @Slot(bool)
    def _pause(self, paused: bool) -> None:
        if paused:
            self._session.advisor.pause()
        else:
            self._session.advisor.resume()

    @Slot(object)
    def _peek(self, k: int | None) -> None:
        """Preview the k under the pointer, if it is another one."""
        session, advisor = self._session, self._session.advisor
        point = None if k is None else self._point_at(k)
        self._hovered, self._peeked = k, point
        palette = None if point is None else advisor.palette_at(point.k)
        histogram = session.histogram
        if point is None or palette is None or histogram is None or point.k == session.effective_k:
            session.peek.end()
        else:
            session.peek.show(histogram, session.settings.color_space, palette, point)

    @Slot()
    def _forget_hovered(self) -> None:
        self._hovered = None

    def _point_at(self, k: int) -> CurvePoint | None:
        return cost_at(self._session.advisor.points, k)

    @Slot(int)
    def _show_where(self, index: int) -> None:
        """Dim all of the picture but a missing colour."""
        missing = self._session.advisor.missing or ()
        color = missing[index] if 0 <= index < len(missing) else None
        self._shown_missing = None if color is None else _rgb(color)
        self._panel.show_missing(-1 if color is None else index)
        self._links.show_only(None if color is None else color.members)


def _rgb(color: MissingColor) -> tuple[int, int, int]:
    red, green, blue = (int(channel) for channel in color.rgb)
    return red, green, blue
