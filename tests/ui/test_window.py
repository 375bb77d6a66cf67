"""The whole window, driven as a person would: real events, real pixels."""

import sys
import threading

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QSpinBox,
    QTabBar,
    QWidget,
)

from colorquant_gui.app import create_main_window
from colorquant_gui.core import quantize
from colorquant_gui.session import RunState, Session
from colorquant_gui.ui import dialogs
from colorquant_gui.ui.canvas import Canvas, CompareMode
from colorquant_gui.ui.controller import Controller
from colorquant_gui.ui.faults import report_faults
from tests.pictures import photo


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "photo.png"
    Image.fromarray(photo()).save(path)
    return path


@pytest.fixture
def make_window(qtbot):
    windows = []

    def make(paths=()):
        window = create_main_window(paths)
        windows.append(window)
        window.session = window.findChild(Session)
        window.files = window.findChild(Controller).files
        window.timeline.set_speed(float("inf"))
        window.session.playback.set_speed(float("inf"))
        # it has tests of its own, and these two cores have enough to do
        window.session.advisor.pause()
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in windows:
        window.session.cancel_save()
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window, picture, qtbot):
    window = make_window([picture])
    converge(window, qtbot)
    return window


def converge(window, qtbot):
    session = window.session
    qtbot.waitUntil(
        lambda: session.state is RunState.CONVERGED and session.encoded is not None, timeout=20_000
    )


def trigger(window, key):
    window.actions_by_key[key].trigger()


def choose(window, field, key):
    box = window.findChild(QComboBox, f"{field}Combo")
    box.setFocus()
    start = box.findData(key) - box.currentIndex()
    for _ in range(abs(start)):
        QTest.keyClick(box, Qt.Key.Key_Down if start > 0 else Qt.Key.Key_Up)


def answer_dialog(monkeypatch, name, path):
    asked = []

    def fake(parent, title, suggestion, filters):
        asked.append(suggestion)
        return str(path), filters

    monkeypatch.setattr(QFileDialog, name, fake)
    return asked


def mode_of(path):
    with Image.open(path) as image:
        return image.mode


def notice(window):
    return window.notifications.message() if window.notifications.isVisible() else ""


def drag_slider(slider: QAbstractSlider, start: QPoint, end: QPoint, steps=20):
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, steps + 1):
        QTest.mouseMove(slider, start + (end - start) * step / steps)
        QApplication.processEvents()
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=end)


# -- the window itself ---------------------------------------------------------------------------


def test_every_control_has_a_name_for_tests_and_for_people(window):
    for name in ("canvas", "kSlider", "kSpinBox", "colorSpaceView", "paletteView", "statusBar"):
        widget = window.findChild(QWidget, name)
        assert widget is not None, name
        assert widget.accessibleName(), name
    for button in window.findChildren(QWidget):
        if button.inherits("QAbstractButton") and button.isVisible() and button.objectName():
            assert button.accessibleName() or button.text(), button.objectName()


def test_the_title_is_the_programs_name(window):
    assert window.windowTitle() == "ColorQuant"


def test_without_a_picture_there_is_nothing_to_save(make_window):
    window = make_window()
    for key in ("save", "saveAs", "copyResult", "restart", "zoomFit"):
        assert not window.actions_by_key[key].isEnabled(), key
    assert window.actions_by_key["open"].isEnabled()


def test_shortcuts_are_unique(window):
    keys = [s.toString() for a in window.actions() for s in a.shortcuts()]
    assert len(keys) == len(set(keys))


# -- opening -------------------------------------------------------------------------------------


def test_open_dialog_remembers_the_folder(make_window, picture, monkeypatch, qtbot):
    window = make_window()
    asked = answer_dialog(monkeypatch, "getOpenFileName", picture)
    trigger(window, "open")
    converge(window, qtbot)
    assert window.session.source.name == "photo.png"
    trigger(window, "open")
    assert asked[1] == str(picture.parent)


def test_drop_a_file(make_window, picture, qtbot):
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    drop(window, data)
    converge(window, qtbot)
    assert window.session.source.name == "photo.png"


def drop(window, data):
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def test_paste_pixels_with_their_alpha(make_window, qtbot):
    window = make_window()
    rgba = np.dstack([photo(), np.full((90, 120), 255, np.uint8)])
    rgba[:30, :, 3] = 0
    image = QImage(rgba.tobytes(), 120, 90, 480, QImage.Format.Format_RGBA8888)
    QGuiApplication.clipboard().setImage(image)
    trigger(window, "paste")
    converge(window, qtbot)
    source = window.session.source
    assert np.array_equal(source.rgb[30:], photo()[30:])
    assert np.array_equal(source.alpha == 0, rgba[..., 3] == 0)
    assert window.session.result.transparent_index == 0


def test_paste_without_a_picture_says_so(window):
    QGuiApplication.clipboard().setText("hello")
    trigger(window, "paste")
    assert "picture" in notice(window)
    assert window.session.source.name == "photo.png"


def test_recent_pictures(window, make_window, picture, qtbot, tmp_path):
    entries = [a.text() for a in window.menus["recentMenu"].actions()]
    assert entries[0] == "photo.png"
    other = make_window()
    other.menus["recentMenu"].actions()[0].trigger()
    converge(other, qtbot)
    assert other.session.source.path == picture
    trigger(other, "clearRecent")
    assert not other.menus["recentMenu"].isEnabled()


def test_a_vanished_recent_picture_leaves_the_list_and_the_present_one_stays(
    window, make_window, picture, qtbot
):
    other = make_window([picture])
    converge(other, qtbot)
    picture.unlink()
    other.menus["recentMenu"].actions()[0].trigger()
    qtbot.waitUntil(lambda: "photo.png" in notice(other))
    assert other.session.source is not None
    assert [a.text() for a in other.menus["recentMenu"].actions() if a.text() == "photo.png"] == []


def test_a_bad_file_is_one_sentence_and_the_picture_stays(window, tmp_path, qtbot):
    before = window.canvas.grab().toImage()
    bad = tmp_path / "letter.jpg"
    bad.write_text("Dear all")
    window.files.open_path(bad)
    qtbot.waitUntil(lambda: "letter.jpg" in notice(window))
    assert "Traceback" not in notice(window)
    window.notifications.clear()
    qtbot.waitUntil(lambda: window.canvas.size() == before.size() / before.devicePixelRatio())
    assert window.session.source.name == "photo.png"
    assert window.session.result is not None


# -- k -------------------------------------------------------------------------------------------


def test_dragging_k_by_mouse_the_last_k_wins_and_is_one_undo_step(window, qtbot):
    slider = window.findChild(QAbstractSlider, "kSlider")
    window.k_selector.set_value(2)
    window.session.set("Change k", k=2)
    converge(window, qtbot)
    count = window.session.undo_stack.count()
    y = slider.height() // 4
    drag_slider(slider, QPoint(8, y), QPoint(slider.width() * 7 // 10, y))
    k = window.session.settings.k
    assert 20 < k < 120
    assert window.findChild(QSpinBox, "kSpinBox").value() == k
    assert window.session.undo_stack.count() == count + 1
    converge(window, qtbot)
    assert np.array_equal(window.session.result.palette, quantize(photo(), k).palette)
    trigger_by_name(window, "undo")
    assert window.session.settings.k == 2
    assert slider.value() == 2


def trigger_by_name(window, name):
    next(a for a in window.actions() if a.objectName() == name).trigger()


def test_keys_on_the_slider(window, qtbot):
    slider = window.findChild(QAbstractSlider, "kSlider")
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert window.session.settings.k == 32
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert window.session.settings.k == 33
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert window.session.settings.k == 8
    qtbot.waitUntil(lambda: window.session.undo_stack.count() == 1)
    converge(window, qtbot)
    assert len(window.session.result.palette) == 8


def test_typing_k(window, qtbot):
    spin = window.findChild(QSpinBox, "kSpinBox")
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "7")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.settings.k == 7)
    converge(window, qtbot)
    assert len(window.session.result.palette) == 7


def test_k_above_the_colours_is_a_sentence(make_window, tmp_path, qtbot):
    few = np.zeros((6, 5, 3), np.uint8)
    few[:, :, 0] = np.arange(5) * 60
    path = tmp_path / "few.png"
    Image.fromarray(few).save(path)
    window = make_window([path])
    converge(window, qtbot)
    assert window.k_selector.hint() == "This image has only 5 colours"
    assert len(window.session.result.palette) == 5
    assert window.session.result.mse == 0


# -- what is seen --------------------------------------------------------------------------------


def canvas_pixels(window):
    image = window.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def shows(window, rgb):
    """Whether the middle of a picture is on the canvas, pixel by pixel."""
    height, width = rgb.shape[:2]
    patch = rgb[height // 2 - 12 : height // 2 + 12, width // 2 - 12 : width // 2 + 12]
    seen = canvas_pixels(window)
    middle = seen[seen.shape[0] // 2 - 14 :, seen.shape[1] // 2 - 14 :]
    return any(
        np.array_equal(middle[y : y + 24, x : x + 24], patch) for y in range(5) for x in range(5)
    )


def test_the_canvas_shows_what_is_saved(window, qtbot):
    window.session.set("Change k", k=5)
    converge(window, qtbot)
    trigger(window, "modeResult")
    trigger(window, "zoomActual")
    qtbot.waitUntil(lambda: shows(window, window.session.result.to_rgb()))
    trigger(window, "modeOriginal")
    qtbot.waitUntil(lambda: shows(window, photo()))


def test_modes_are_kept_in_step(window):
    trigger(window, "modeSideBySide")
    assert window.canvas.compare_mode() is CompareMode.SIDE_BY_SIDE
    assert window.actions_by_key["modeSideBySide"].isChecked()
    assert not window.actions_by_key["modeSplit"].isChecked()


def test_the_status_bar_tells_the_error_that_would_be_saved(window):
    result = window.session.result
    difference = photo().astype(float) - result.to_rgb()
    expected = (difference**2).sum(axis=2).mean()
    text = " ".join(label.text() for label in window.status.findChildren(QLabel))
    assert f"MSE {expected:.1f}" in text
    assert f"PSNR {10 * np.log10(255**2 * 3 / expected):.1f} dB" in text
    assert "120 × 90" in text


# -- saving --------------------------------------------------------------------------------------


def test_save_as_suggests_a_name_then_save_asks_no_more(window, tmp_path, monkeypatch, qtbot):
    target = tmp_path / "result.png"
    asked = answer_dialog(monkeypatch, "getSaveFileName", target)
    with qtbot.waitSignal(window.session.saved):
        trigger(window, "saveAs")
    assert asked[0].endswith("photo-16-colours.png")
    window.session.set("Change k", k=4)
    with qtbot.waitSignal(window.session.saved):
        trigger(window, "save")
    assert len(asked) == 1
    saved = np.asarray(Image.open(target).convert("RGB"))
    assert np.array_equal(saved, quantize(photo(), 4).to_rgb())
    assert "result.png" in notice(window)


def test_a_name_without_suffix_becomes_a_png(window, tmp_path, monkeypatch, qtbot):
    answer_dialog(monkeypatch, "getSaveFileName", tmp_path / "result")
    with qtbot.waitSignal(window.session.saved):
        trigger(window, "saveAs")
    assert (tmp_path / "result.png").exists()


@pytest.mark.parametrize("yes", [True, False])
def test_the_source_is_never_overwritten_without_a_question(
    window, picture, monkeypatch, qtbot, yes
):
    before = picture.read_bytes()
    answer_dialog(monkeypatch, "getSaveFileName", picture)
    questions = []
    monkeypatch.setattr(
        dialogs, "confirm_overwrite_source", lambda _w, p: questions.append(p) or yes
    )
    trigger(window, "saveAs")
    assert questions == [picture]
    if yes:
        qtbot.waitUntil(lambda: not window.session.is_saving)
        assert mode_of(picture) == "P"
    else:
        assert picture.read_bytes() == before


def test_a_save_that_fails_says_why(window, tmp_path, monkeypatch, qtbot):
    gone = tmp_path / "gone"
    answer_dialog(monkeypatch, "getSaveFileName", gone / "x.png")
    trigger(window, "saveAs")
    qtbot.waitUntil(lambda: "x.png" in notice(window))
    assert window.session.result is not None


def test_copy_the_result(window, qtbot):
    trigger(window, "copyResult")
    image = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : image.width() * 3].reshape(90, 120, 3)
    assert np.array_equal(pixels, window.session.result.to_rgb())


# -- the run -------------------------------------------------------------------------------------


def test_a_new_seed_needs_a_seeding_with_chance_in_it(window, qtbot):
    assert not window.actions_by_key["newSeed"].isEnabled()
    choose(window, "seeding", "random")
    assert window.actions_by_key["newSeed"].isEnabled()
    converge(window, qtbot)
    first = window.session.result.palette
    trigger(window, "newSeed")
    converge(window, qtbot)
    assert not np.array_equal(first, window.session.result.palette)


def test_the_animation_plays_at_its_speed_and_stop_jumps_to_its_end(window, qtbot):
    window.session.playback.set_speed(0.25)
    trigger(window, "restart")
    qtbot.waitUntil(lambda: window.session.state is RunState.CONVERGED, timeout=10_000)
    assert window.session.playback.is_playing
    assert window.actions_by_key["stop"].isEnabled()
    trigger(window, "stop")
    assert not window.session.playback.is_playing
    assert not window.actions_by_key["stop"].isEnabled()


def test_saving_while_the_animation_plays_saves_its_end(window, tmp_path, monkeypatch, qtbot):
    window.session.playback.set_speed(0.25)
    trigger(window, "restart")
    answer_dialog(monkeypatch, "getSaveFileName", tmp_path / "a.png")
    with qtbot.waitSignal(window.session.saved):
        trigger(window, "saveAs")
    assert window.session.playback.is_playing
    saved = np.asarray(Image.open(tmp_path / "a.png").convert("RGB"))
    assert np.array_equal(saved, quantize(photo(), 16).to_rgb())


# -- between runs --------------------------------------------------------------------------------


def test_choices_are_remembered(window, make_window, qtbot):
    window.session.set("Change k", k=23)
    choose(window, "seeding", "kmeans++")
    trigger(window, "modeOriginal")
    window.color_space.set_layers({"centroids"})
    window.color_space.layersChanged.emit({"centroids"})
    window.timeline.set_speed(4.0)
    window.timeline.speedEdited.emit(4.0)
    window.resize(1100, 700)
    window.close()
    again = make_window()
    assert again.session.settings.k == 23
    assert again.session.settings.seeding == "kmeans++"
    assert again.k_selector.value() == 23
    assert again.canvas.compare_mode() is CompareMode.ORIGINAL
    assert again.color_space.layers() == {"centroids"}
    assert again.size() == window.size()


def test_damaged_preferences_do_not_stop_the_start(make_window, qtbot):
    from PySide6.QtCore import QSettings

    store = QSettings()
    keys = "k seed seeding quality mode split speed theme spaceLayers spaceView onion flicker"
    for key in keys.split():
        store.setValue(key, "\x00nonsense é")
    store.setValue("geometry", b"not a geometry")
    store.setValue("layout", 7)
    store.setValue("recentFiles", 12)
    window = make_window()
    assert window.session.settings.k == 16
    assert window.canvas.compare_mode() is CompareMode.SPLIT


def test_closing_during_a_save_saves_first(window, tmp_path, qtbot):
    session = window.session
    session.set("Change k", k=50)
    session.save(tmp_path / "late.png")
    window.close()
    qtbot.waitUntil((tmp_path / "late.png").exists, timeout=20_000)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_layout_can_be_reset(window):
    dock = window.findChild(QWidget, "paletteDock")
    dock.hide()
    trigger(window, "resetLayout")
    assert dock.isVisible()


def test_the_caption_counts_what_can_be_seen(make_window, tmp_path, qtbot, monkeypatch):
    shown = []
    monkeypatch.setattr(Canvas, "set_captions", lambda _self, _left, right: shown.append(right))
    rgba = np.zeros((8, 8, 4), np.uint8)
    rgba[2:6, 2:6] = (200, 40, 50, 255)
    path = tmp_path / "red.png"
    Image.fromarray(rgba).save(path)
    converge(make_window([path]), qtbot)
    assert shown[-1] == "1 colour + transparent"


def test_after_stopping_a_search_the_canvas_shows_what_would_be_saved(make_window, tmp_path, qtbot):
    path = tmp_path / "large.png"
    Image.fromarray(photo(height=500, width=700)).save(path)
    window = make_window([path])
    converge(window, qtbot)
    window.session.set("Change k", k=100)
    converge(window, qtbot)
    trigger(window, "modeResult")
    trigger(window, "zoomActual")
    choose(window, "quality", "best")
    qtbot.waitUntil(lambda: len(window.session.history) > 2, timeout=20_000)
    window.session.stop_run()
    converge_or_stop(window, qtbot)
    qtbot.waitUntil(lambda: shows(window, window.session.result.to_rgb()), timeout=5000)


def converge_or_stop(window, qtbot):
    qtbot.waitUntil(lambda: window.session.result is not None, timeout=20_000)


def test_a_save_that_fails_while_closing_keeps_the_window(window, tmp_path, qtbot):
    window.session.set("Change k", k=50)
    window.session.save(tmp_path / "gone" / "late.png")
    window.close()
    qtbot.waitUntil(lambda: "late.png" in notice(window), timeout=20_000)
    qtbot.wait(50)
    assert window.isVisible()


def test_closing_twice_does_not_wait_for_a_save(make_window, tmp_path, qtbot):
    path = tmp_path / "large.png"
    Image.fromarray(photo(height=600, width=800)).save(path)
    window = make_window([path])
    converge(window, qtbot)
    window.session.set("Change k", k=250)
    window.session.save(tmp_path / "late.png")
    window.close()
    assert window.isVisible()
    window.close()
    assert not window.isVisible()


def test_a_picture_opened_behind_the_save_dialog_is_not_saved_for_the_other(
    window, tmp_path, monkeypatch, qtbot
):
    other = tmp_path / "other.png"
    Image.fromarray(photo(3)).save(other)

    def fake(*_):
        with qtbot.waitSignal(window.session.sourceChanged):
            window.files.open_path(other)
        return str(tmp_path / "photo-16-colours.png"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", fake)
    trigger(window, "saveAs")
    assert "another picture" in notice(window)
    assert not (tmp_path / "photo-16-colours.png").exists()


def test_a_fault_in_a_thread_is_told_in_the_window_by_the_windows_thread(
    window, monkeypatch, qtbot
):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    threads = []
    shown = window.notifications.show_message
    monkeypatch.setattr(
        window.notifications,
        "show_message",
        lambda *a: (threads.append(threading.current_thread()), shown(*a)),
    )
    reporter = report_faults()
    thread = threading.Thread(target=lambda: sys.excepthook(ValueError, ValueError("x"), None))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "unexpected fault" in notice(window))
    assert threads == [threading.main_thread()]
    reporter.deleteLater()


def test_the_colour_space_view_follows_the_clustering_space(window, qtbot):
    choose(window, "color_space", "oklab")
    assert window.color_space.view_options()["space"] == "oklab"
    combo = window.findChild(QComboBox, "spaceCombo")
    assert combo.currentText() == "Oklab"
    converge(window, qtbot)
    expected = quantize(photo(), 16, color_space="oklab")
    assert np.array_equal(window.session.result.palette, expected.palette)


def test_the_view_is_saved_as_a_picture(window, tmp_path, monkeypatch, qtbot):
    answer_dialog(monkeypatch, "getSaveFileName", tmp_path / "view")
    qtbot.waitUntil(lambda: not window.color_space.render_image(1, False).isNull())
    window.color_space.saveViewRequested.emit(2, True)
    with Image.open(tmp_path / "view.png") as image:
        assert image.mode == "RGBA"
        assert image.getextrema()[3] == (0, 255)


def test_tab_comes_round_to_every_control(window, qtbot):
    qtbot.waitUntil(lambda: window.findChild(QWidget, "spaceViewport") is not None)
    slider = window.findChild(QAbstractSlider, "kSlider")
    window.activateWindow()

    def once_round():
        slider.setFocus()
        qtbot.waitUntil(slider.hasFocus)
        seen = []
        while seen[-1:] != [slider] and len(seen) < 60:
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
            seen.append(QApplication.focusWidget())
        return seen

    def names(seen):
        return {widget.objectName() for widget in seen if widget is not None}

    seen = once_round()
    wanted = {"kSpinBox", "canvas", "spaceViewport", "spaceCombo", "pixelsToggle", "paletteView"}
    assert wanted | {"kSlider"} <= names(seen)
    # what lies behind is brought to the front by the keys, too
    assert "qualityCombo" not in names(seen)
    (tabs,) = (widget for widget in seen if isinstance(widget, QTabBar))
    tabs.setFocus()
    for _ in range(tabs.count() - 1):
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.tabText(tabs.currentIndex()) == "Method"
    qtbot.waitUntil(lambda: not window.method.visibleRegion().isEmpty())
    assert {"qualityCombo", "seedingCombo"} <= names(once_round())


def test_another_picture_leaves_nothing_of_the_one_before(window, tmp_path, monkeypatch, qtbot):
    cleared = []
    monkeypatch.setattr(window.palette_view, "clear", lambda: cleared.append("palette"))
    monkeypatch.setattr(window.color_space, "clear", lambda: cleared.append("space"))
    window.files.open_path(tmp_path / "missing.png")
    qtbot.waitUntil(lambda: "missing.png" in notice(window))
    assert cleared == []
    Image.fromarray(photo(5)).save(tmp_path / "next.png")
    with qtbot.waitSignal(window.session.sourceChanged):
        window.files.open_path(tmp_path / "next.png")
    assert cleared == ["palette", "space"]
    assert "missing.png" not in notice(window)
    converge(window, qtbot)


def test_a_save_that_failed_is_not_tried_again_without_asking(window, tmp_path, monkeypatch, qtbot):
    asked = answer_dialog(monkeypatch, "getSaveFileName", tmp_path / "gone" / "x.png")
    trigger(window, "saveAs")
    qtbot.waitUntil(lambda: "x.png" in notice(window))
    trigger(window, "save")
    assert len(asked) == 2


def test_a_save_that_ends_after_another_picture_came_is_not_where_that_one_goes(
    window, tmp_path, monkeypatch, qtbot
):
    first = tmp_path / "first.png"
    asked = answer_dialog(monkeypatch, "getSaveFileName", first)
    held = []
    # the writing of the first picture ends only when the second is open
    window.session._saver.saved.disconnect(window.session.saved)
    window.session._saver.saved.connect(held.append)
    trigger(window, "saveAs")
    qtbot.waitUntil(lambda: held == [first])
    before = first.read_bytes()
    Image.fromarray(photo(7)).save(tmp_path / "second-picture.png")
    with qtbot.waitSignal(window.session.sourceChanged):
        window.files.open_path(tmp_path / "second-picture.png")
    window.session.saved.emit(first)
    converge(window, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: asked.append(a[2]) or ("", ""))
    trigger(window, "save")
    assert len(asked) == 2, "it must ask where to"
    assert first.read_bytes() == before
