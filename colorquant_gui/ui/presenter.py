"""Presenter: shows the session's state in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from colorquant_gui.core.color_spaces import COLOR_SPACES, SRGB, color_space
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.session import Frame, RunState, Session
from colorquant_gui.ui.canvas import CompareMode
from colorquant_gui.ui.formatting import hex_color
from colorquant_gui.ui.notifications import Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core import IndexedImage, Iteration
    from colorquant_gui.core.color_spaces import ColorSpace
    from colorquant_gui.ui.canvas import PixelColors
    from colorquant_gui.ui.main_window import MainWindow

RANDOM_SEEDINGS = frozenset({"kmeans++", "random"})

# Rec. 709 luma; only orders the swatches.
_LUMA = np.array([0.2126, 0.7152, 0.0722])
_TRAIL_LENGTH = 32
# While k is dragged the picture comes first; the views beside it follow at 25 frames a second.
_SIDE_MS = 40


class Presenter(QObject):
    """Listens to a session and keeps the widgets of a window up to date.

    Attributes
    ----------
    labelsChanged : Signal()
        `shown_labels` and how swatches and centroids go with them are others.
    shown_labels : ndarray of uint8, shape (n,), or None
        Labels on the canvas, of every unique colour.
    swatch_labels, cluster_labels : ndarray of int, shape (k,)
        The label on the canvas of each swatch, and of each centroid of the colour space.

    Parameters
    ----------
    session : Session
        What is shown.
    window : MainWindow
        Where it is shown.
    """

    labelsChanged = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self.shown_labels: NDArray[np.uint8] | None = None
        self.swatch_labels: NDArray[np.intp] = np.empty(0, np.intp)
        self.cluster_labels: NDArray[np.intp] = np.empty(0, np.intp)
        self._session = session
        self._window = window
        self._fill_method_panel()
        self._swatch_order: NDArray[np.intp] = np.empty(0, np.intp)
        self._ordered_at: Iteration | None = None
        session.loadingChanged.connect(self._show_loading)
        session.sourceChanged.connect(self._show_source)
        session.settingsChanged.connect(self._show_settings)
        session.runChanged.connect(self._show_run)
        session.resultChanged.connect(self._show_quality)
        session.encodedChanged.connect(self._show_sizes)
        session.savingChanged.connect(self._show_saving)
        session.problem.connect(self._show_problem)
        session.notice.connect(window.notifications.show_message)
        session.playback.frameChanged.connect(self._show_frame)
        session.playback.finished.connect(self._show_result)
        self._followed_space = session.settings.color_space
        self._run_shown: tuple[str, float | None] | None = None
        self._side_frame: Frame | None = None
        self._side_timer = QTimer(self, singleShot=True, interval=_SIDE_MS)
        self._side_timer.timeout.connect(self._show_side_views)
        self._show_settings()
        self._show_run()
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
            ("wu", self.tr("Wu"), self.tr("Splits boxes of colours; always the same start")),
            (
                "kmeans++",
                self.tr("k-means++"),
                self.tr("Draws colours that are far from each other"),
            ),
            ("random", self.tr("Random pixels"), self.tr("Draws pixels of the picture")),
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
        if source is None or histogram is None:
            return
        self.shown_labels = None
        # nothing of the picture before may pass for this one's
        window.notifications.clear()
        window.palette_view.clear()
        window.color_space.clear()
        window.canvas.set_picture(source.rgb, source.alpha, histogram.inverse)
        window.color_space.set_colors(histogram.colors, histogram.counts)
        window.status.set_source(source.name, source.width, source.height, histogram.n_colors)
        window.k_selector.set_maximum_useful(histogram.n_colors)
        self._show_settings()
        self._show_sizes()
        self._show_actions()

    # -- settings ------------------------------------------------------------------------------

    @Slot()
    def _show_settings(self) -> None:
        session, window = self._session, self._window
        settings = session.settings
        window.k_selector.set_value(settings.k)
        window.k_selector.set_hint(self._few_colors_hint())
        actions = window.actions_by_key
        has_chance = settings.seeding in RANDOM_SEEDINGS or settings.quality == "best"
        for field in ("quality", "color_space", "seeding"):
            window.method.set_choice(field, getattr(settings, field))
        if settings.color_space != self._followed_space:
            # where distances are taken is where to look; another view can be chosen all the same
            self._followed_space = settings.color_space
            window.color_space.set_view_options({"space": settings.color_space})
        window.method.set_seed(settings.seed, matters=has_chance)
        actions["newSeed"].setEnabled(session.source is not None and has_chance)
        window.canvas.set_captions(self.tr("Original"), self._result_caption())
        if session.source is not None and session.result is None:
            self._show_quality()

    def _result_caption(self) -> str:
        source = self._session.source
        reserved = source is not None and source.mask is not None
        visible = self._session.effective_k - reserved
        colors = self.tr("{0} colours").format(visible) if visible != 1 else self.tr("1 colour")
        return self.tr("{0} + transparent").format(colors) if reserved else colors

    def _few_colors_hint(self) -> str:
        histogram = self._session.histogram
        if histogram is None or self._session.effective_k >= self._session.settings.k:
            return ""
        if histogram.n_colors == 0:
            return self.tr("This image is fully transparent")
        if histogram.n_colors == 1:
            return self.tr("This image has only 1 colour")
        return self.tr("This image has only {0} colours").format(histogram.n_colors)

    # -- run -----------------------------------------------------------------------------------

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        window = self._window
        iteration = frame.iteration
        colors = self._space().to_srgb(frame.centroids)
        window.canvas.set_animating(True)
        if iteration.labels is self.shown_labels:
            window.canvas.set_colors(colors)
        else:
            window.canvas.set_labels(iteration.labels, colors)
            self.shown_labels = iteration.labels
        self._side_frame = frame
        if not self._session.is_previewing:
            self._show_side_views()
        elif not self._side_timer.isActive():
            self._side_timer.start()

    @Slot()
    def _show_side_views(self) -> None:
        self._side_timer.stop()
        frame, window = self._side_frame, self._window
        if frame is None:
            return
        self._side_frame = None
        iteration = frame.iteration
        window.color_space.set_labels(iteration.labels, self._space().to_srgb(frame.centroids))
        window.color_space.set_centroids(self._positions(frame.centroids), iteration.counts)
        self._show_trails(frame)
        self._show_swatches(frame)
        self._show_run()
        if self.shown_labels is iteration.labels:
            self.cluster_labels = np.arange(len(iteration.centroids))
            self.swatch_labels = self._swatch_order
            self.labelsChanged.emit()

    def _space(self) -> ColorSpace:
        return color_space(self._session.history.settings.color_space)

    def _positions(self, centroids: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return centroids of the clustering space in sRGB, 0..255."""
        if self._space() is SRGB:
            return centroids
        flat = self._space().to_srgb(centroids.reshape(-1, 3))
        return flat.reshape(centroids.shape).astype(np.float64)

    def _show_trails(self, frame: Frame) -> None:
        history = self._session.history
        if frame.index >= len(history) or history[frame.index] is not frame.iteration:
            return
        # the whole way from the seeding, however many steps it has
        steps = np.linspace(0, frame.index, min(frame.index + 1, _TRAIL_LENGTH)).astype(int)
        past = [history[int(step)].centroids for step in steps]
        past.append(frame.centroids)
        self._window.color_space.set_trails(self._positions(np.stack(past)))

    def _show_swatches(self, frame: Frame) -> None:
        colors = self._space().to_srgb(frame.centroids)
        if frame.iteration is not self._ordered_at:
            # by iteration, not by frame: swatches don't swap while colours glide
            lightness = self._space().to_srgb(frame.iteration.centroids) @ _LUMA
            self._swatch_order = np.argsort(lightness, kind="stable")
            self._ordered_at = frame.iteration
        order = self._swatch_order
        self._window.palette_view.set_palette_colors(
            colors[order], frame.iteration.counts[order], None
        )

    @Slot()
    def _show_result(self) -> None:
        session, window = self._session, self._window
        window.canvas.set_animating(False)
        result = session.result
        if result is not None:
            window.canvas.set_labels(result.labels, result.palette)
            self.shown_labels = result.labels
            window.palette_view.set_palette_colors(
                result.palette, result.counts, result.transparent_index
            )
            self._match_centroids(result)
            self._show_error()
            self.labelsChanged.emit()
        self._show_run()

    def _match_centroids(self, result: IndexedImage) -> None:
        """Find the palette entry that each centroid on show has become."""
        self.swatch_labels = np.arange(len(result.palette))
        latest = self._session.history.latest
        if latest is None:
            self.cluster_labels = np.empty(0, np.intp)
            return
        first = 0 if result.transparent_index is None else 1
        visible = result.palette[first:].astype(np.float64)
        apart = self._positions(latest.centroids)[:, None] - visible[None]
        self.cluster_labels = (apart**2).sum(axis=2).argmin(axis=1) + first

    @Slot()
    def show_difference(self) -> None:
        """Give the canvas the error of every colour, where it shows that."""
        self._show_error()

    def _show_error(self) -> None:
        window, session = self._window, self._session
        result, histogram = session.result, session.histogram
        if window.canvas.compare_mode() is not CompareMode.DIFFERENCE:
            return
        if result is None or histogram is None or not histogram.n_colors:
            window.canvas.set_error_map(None)
            return
        apart = histogram.colors.astype(np.float32) - result.palette[result.labels]
        values = np.sqrt(np.einsum("ij,ij->i", apart, apart))
        largest = max(1.0, float(np.percentile(values, 99.5)))
        window.canvas.set_error_map(values, self.tr("levels"), largest)

    @Slot(object)
    def show_pixel(self, pixel: PixelColors | None) -> None:
        """Tell about the pixel under the pointer in place of the run.

        Parameters
        ----------
        pixel : PixelColors or None
            None where there is none.
        """
        if pixel is None:
            self._run_shown = None
            self._show_run()
            return
        text = f"{pixel.x}, {pixel.y}   {hex_color(*pixel.original)}"
        if pixel.shown is not None:
            text += f" → {hex_color(*pixel.shown)}"
        self._run_shown = (text, None)
        self._window.status.set_run(text, None)

    @Slot()
    def _show_run(self) -> None:
        session = self._session
        state, history = session.state, session.history
        playing = session.playback.is_playing and len(history) > 0
        shown = min(session.playback.index, len(history) - 1)
        number = history[shown].number if len(history) else 0
        total = history[-1].number if len(history) else 0
        text, progress = "", None
        if state is RunState.RUNNING and session.is_previewing:
            text = self.tr("Preview")
        elif state is RunState.RUNNING and session.search_progress is not None:
            text, progress = self.tr("Searching…"), session.search_progress
        elif state is RunState.RUNNING:
            text = self.tr("Iteration {0}…").format(number)
        elif state is RunState.STOPPED:
            self._window.canvas.set_animating(False)
            text = self.tr("Stopped at iteration {0}").format(number)
        elif state is RunState.FAILED:
            text = self.tr("Failed")
        elif state is RunState.CONVERGED and playing:
            text = self.tr("Iteration {0} of {1}").format(number, total)
            progress = number / total if total else 1.0
        elif state is RunState.CONVERGED:
            text = self.tr("Converged after {0} iterations").format(total)
            if total == 1:
                text = self.tr("Converged after 1 iteration")
        if (text, progress) != self._run_shown:
            self._run_shown = (text, progress)
            self._window.status.set_run(text, progress)
        actions = self._window.actions_by_key
        actions["stop"].setEnabled(state is RunState.RUNNING or playing)

    # -- result --------------------------------------------------------------------------------

    @Slot()
    def _show_quality(self) -> None:
        session, result = self._session, self._session.result
        if result is None:
            self._window.status.set_quality(session.effective_k, None, None)
        else:
            self._window.status.set_quality(len(result.palette), result.mse, result.psnr)
        self._show_sizes()
        self._show_actions()

    @Slot()
    def _show_sizes(self) -> None:
        session = self._session
        if session.source is None:
            return
        encoded = session.encoded
        self._window.status.set_sizes(
            session.source.file_size, "pending" if encoded is None else len(encoded)
        )

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

    def _show_actions(self) -> None:
        session, actions = self._session, self._window.actions_by_key
        is_open = session.source is not None
        zoom = ("zoomIn", "zoomOut", "zoomFit", "zoomActual", "resetColorSpace")
        for key in ("save", "saveAs", "restart", *zoom):
            actions[key].setEnabled(is_open)
        actions["copyResult"].setEnabled(session.result is not None)
