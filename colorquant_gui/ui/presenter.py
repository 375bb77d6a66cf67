"""Presenter: shows the session's picture, settings and messages in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.core.seeding import DRAWING_LOTS
from colorquant_gui.session import PICKS, Session
from colorquant_gui.ui.captions import Captions
from colorquant_gui.ui.error_presenter import ErrorPresenter
from colorquant_gui.ui.formatting import hex_color
from colorquant_gui.ui.notifications import Severity
from colorquant_gui.ui.run_presenter import RunPresenter
from colorquant_gui.ui.seeding_names import seeding_names
from colorquant_gui.ui.sizes import Sizes

if TYPE_CHECKING:
    from colorquant_gui.ui.canvas import PixelColors
    from colorquant_gui.ui.main_window import MainWindow


class Presenter(QObject):
    """Listens to a session and keeps the widgets of a window up to date.

    Attributes
    ----------
    run : RunPresenter
        Shows the run.
    errors : ErrorPresenter
        Shows errors.

    Parameters
    ----------
    session : Session
        What is shown.
    window : MainWindow
        Where it is shown.
    """

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._fill_method_panel()
        self._followed_space = session.settings.color_space
        session.loadingChanged.connect(self._show_loading)
        session.sourceChanged.connect(self._show_source)
        session.settingsChanged.connect(self._show_settings)
        session.runChanged.connect(self._show_actions)
        session.resultChanged.connect(self._show_actions)
        session.savingChanged.connect(self._show_saving)
        session.problem.connect(self._show_problem)
        session.notice.connect(window.notifications.show_message)
        Captions(session, window)
        Sizes(session, window)
        self.run = RunPresenter(session, window)
        self.errors = ErrorPresenter(session, window, self.run)
        self._show_settings()
        self._show_actions()

    def _fill_method_panel(self) -> None:
        method = self._window.method
        qualities = [(q.key, q.label, q.hint) for q in QUALITIES.values()]
        method.add_choice("quality", self.tr("&Quality"), qualities)
        spaces = [
            (space.key, space.label, self.tr("Distances are taken in {0}").format(space.label))
            for space in COLOR_SPACES.values()
        ]
        method.add_choice("color_space", self.tr("S&pace"), spaces)
        seedings = [
            *seeding_names(),
            (PICKS, self.tr("Picked colours"), self.tr("Starts from colours that you picked")),
        ]
        method.add_choice("seeding", self.tr("&Seeding"), seedings)
        method.add_seed(self.tr("See&d"))

    # -- picture -------------------------------------------------------------------------------

    @Slot(str)
    def _show_loading(self, name: str) -> None:
        self._window.canvas.set_busy(self.tr("Opening {0}…").format(name) if name else "")

    @Slot()
    def _show_source(self) -> None:
        window, source, histogram = self._window, self._session.source, self._session.histogram
        # nothing of the picture before may pass for this one's
        window.notifications.clear()
        window.palette_view.clear()
        window.color_space.clear()
        if source is None or histogram is None:
            window.canvas.clear()
            window.status.clear()
            window.k_selector.set_maximum_useful(None)
        else:
            numbers = histogram.inverse
            assert numbers is not None, "pictures are opened with it"
            window.canvas.set_picture(source.rgb, source.alpha, numbers)
            window.color_space.set_colors(histogram.colors, histogram.counts)
            window.status.set_source(source.name, source.width, source.height, histogram.n_colors)
            # as in the palette, transparent pixels have an entry of their own
            n_useful = histogram.n_colors + histogram.has_transparent
            window.k_selector.set_maximum_useful(n_useful)
        self._show_settings()
        self._show_actions()

    # -- settings ------------------------------------------------------------------------------

    @Slot()
    def _show_settings(self) -> None:
        session, window = self._session, self._window
        settings = session.settings
        window.k_selector.set_value(settings.k)
        window.k_selector.set_hint(self._few_colors_hint())
        actions = window.actions_by_key
        has_chance = settings.seeding in DRAWING_LOTS or QUALITIES[settings.quality].search
        window.method.set_offered("seeding", PICKS, bool(settings.picks))
        for field in ("quality", "color_space", "seeding"):
            window.method.set_choice(field, getattr(settings, field))
        if settings.color_space != self._followed_space:
            # where distances are taken is where to look; another view can be chosen all the same
            self._followed_space = settings.color_space
            window.color_space.set_view_options({"space": settings.color_space})
        window.method.set_seed(settings.seed, matters=has_chance)
        actions["newSeed"].setEnabled(session.source is not None and has_chance)

    def _few_colors_hint(self) -> str:
        histogram = self._session.histogram
        if histogram is None or self._session.effective_k >= self._session.settings.k:
            return ""
        if histogram.n_colors == 0:
            return self.tr("This image is fully transparent")
        if histogram.n_colors == 1:
            return self.tr("This image has only 1 colour")
        return self.tr("This image has only {0} colours").format(histogram.n_colors)

    # -- result --------------------------------------------------------------------------------

    @Slot(object)
    def show_pixel(self, pixel: PixelColors | None) -> None:
        """Tell about the pixel under the pointer in place of the run.

        Parameters
        ----------
        pixel : PixelColors or None
            None where there is none.
        """
        self._window.status.set_pixel("" if pixel is None else self._pixel_text(pixel))

    def _pixel_text(self, pixel: PixelColors) -> str:
        source, histogram = self._session.source, self._session.histogram
        before, clear = hex_color(*pixel.original), self.tr("transparent")
        after = None if pixel.shown is None else hex_color(*pixel.shown)
        if source is not None and histogram is not None and histogram.inverse is not None:
            at = (pixel.y, pixel.x)
            if histogram.inverse[at] == histogram.n_colors:
                after = clear
            if source.alpha is not None and not source.alpha[at]:
                # whatever colour the file may give what nobody sees
                before, after = clear, None
        return f"{pixel.x}, {pixel.y}   {before}" + ("" if after is None else f" → {after}")

    @Slot(bool)
    def _show_saving(self, saving: bool) -> None:
        if saving and self._session.result is None:
            self._window.notifications.show_message(
                self.tr("Saving as soon as the run has converged…"),
                action_text=self.tr("Cancel"),
                action=self._session.cancel_save,
            )

    @Slot(str)
    def _show_problem(self, message: str) -> None:
        self._window.notifications.show_message(message, Severity.ERROR)

    @Slot()
    def _show_actions(self) -> None:
        session, actions = self._session, self._window.actions_by_key
        is_open = session.source is not None
        zoom = ("zoomIn", "zoomOut", "zoomFit", "zoomActual", "resetColorSpace")
        for key in ("save", "saveAs", "restart", *zoom):
            actions[key].setEnabled(is_open)
        actions["copyResult"].setEnabled(session.result is not None)
