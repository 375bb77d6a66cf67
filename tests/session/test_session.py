"""The session as its widgets see it: calls in, signals out, no window."""

import errno
import io
import os
from functools import partial

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QThread

from colorquant_gui.core import Fit, quantize
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.histogram import ColorHistogram
from colorquant_gui.core.image import image_from_array
from colorquant_gui.session import PendingPicture, RunState, Session, Settings
from tests import pictures

photo = partial(pictures.photo, height=60, width=80)


def few_colors():
    colors = np.array([[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 9, 9]], np.uint8)
    return np.repeat(np.repeat(colors[None], 4, axis=0), 3, axis=1)


@pytest.fixture
def session(qapp):
    session = Session()
    session.playback.set_speed(float("inf"))
    yield session
    session.close()
    session.deleteLater()


def open_and_converge(session, qtbot, rgb, name="photo.jpg"):
    with qtbot.waitSignal(session.encodedChanged, timeout=10_000):
        session.open(image_from_array(rgb, name))


def wait_converged(session, qtbot):
    qtbot.waitUntil(
        lambda: session.state is RunState.CONVERGED and session.encoded is not None, timeout=10_000
    )


def decoded(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def test_opening_runs_and_ends_with_what_the_library_gives(session, qtbot):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    expected = quantize(rgb, 16)
    assert np.array_equal(session.result.to_rgb(), expected.to_rgb())
    assert np.array_equal(decoded(session.encoded), expected.to_rgb())
    assert session.state is RunState.CONVERGED
    assert session.history.finished


def test_every_iteration_arrives_in_order(session, qtbot):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    expected = list(Fit(16).iterate(ColorHistogram.from_rgb(rgb)))
    got = [session.history[i] for i in range(len(session.history))]
    assert [i.number for i in got] == [i.number for i in expected]
    for mine, other in zip(got, expected, strict=True):
        assert np.array_equal(mine.centroids, other.centroids)
        assert mine.inertia == other.inertia
        assert mine.center_shift == other.center_shift


def test_one_drag_is_one_undo_step_and_ends_in_the_full_run(session, qtbot):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    session.begin_edit()
    for k in range(15, 3, -1):
        session.set("Change k", k=k)
        qtbot.wait(2)
    session.end_edit()
    assert session.undo_stack.count() == 1
    wait_converged(session, qtbot)
    assert np.array_equal(session.result.to_rgb(), quantize(rgb, 4).to_rgb())
    session.undo_stack.undo()
    assert session.settings.k == 16
    wait_converged(session, qtbot)
    assert np.array_equal(session.result.to_rgb(), quantize(rgb, 16).to_rgb())
    session.undo_stack.redo()
    assert session.settings.k == 4


def test_the_result_does_not_depend_on_the_way_there(session, qtbot):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    session.begin_edit()
    for k in (200, 3, 90, 2, 30):
        session.set("Change k", k=k)
        qtbot.wait(10)
    session.end_edit()
    wait_converged(session, qtbot)
    assert np.array_equal(session.result.palette, quantize(rgb, 30).palette)


def test_a_drag_shows_previews_meanwhile(session, qtbot):
    open_and_converge(session, qtbot, photo())
    frames = []
    session.playback.frameChanged.connect(frames.append)
    session.begin_edit()
    session.set("Change k", k=7)
    qtbot.waitUntil(lambda: any(len(f.centroids) == 7 for f in frames), timeout=5000)
    assert session.result is None, "what was saved a moment ago no longer fits the settings"
    session.end_edit()
    wait_converged(session, qtbot)


def test_a_drag_that_comes_back_leaves_no_undo_step_but_a_result(session, qtbot):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    session.begin_edit()
    session.set("Change k", k=17)
    session.set("Change k", k=16)
    session.end_edit()
    assert session.undo_stack.count() == 0
    wait_converged(session, qtbot)
    assert np.array_equal(session.result.to_rgb(), quantize(rgb, 16).to_rgb())


def test_setting_the_same_again_does_nothing(session, qtbot):
    open_and_converge(session, qtbot, photo())
    with qtbot.assertNotEmitted(session.settingsChanged):
        session.set("Change k", k=16)
    assert session.undo_stack.count() == 0


def test_more_k_than_colours_is_no_error(session, qtbot):
    rgb = few_colors()
    with qtbot.assertNotEmitted(session.problem):
        open_and_converge(session, qtbot, rgb)
    assert session.effective_k == 5
    assert len(session.result.palette) == 5
    assert session.result.mse == 0
    assert np.array_equal(session.result.to_rgb(), rgb)


@pytest.mark.parametrize("color", [(0, 0, 0), (255, 255, 255), (12, 200, 7)])
def test_one_pixel(session, qtbot, color):
    open_and_converge(session, qtbot, np.array([[color]], np.uint8))
    assert session.result.palette.tolist() == [list(color)]


def test_fully_transparent(session, qtbot):
    open_and_converge(session, qtbot, np.zeros((3, 4, 4), np.uint8))
    assert session.result.transparent_index == 0
    assert session.result.n_visible == 0


def test_transparency_takes_one_of_the_k_entries(session, qtbot):
    rgba = np.dstack([photo(), np.full((60, 80), 255, np.uint8)])
    rgba[:10, :10, 3] = 0
    rgba[:10, :10, :3] = np.random.default_rng(1).integers(0, 256, (10, 10, 3))
    open_and_converge(session, qtbot, rgba)
    assert len(session.result.palette) == 16
    assert session.result.transparent_index == 0
    image = Image.open(io.BytesIO(session.encoded)).convert("RGBA")
    assert np.array_equal(np.asarray(image)[..., 3] == 0, rgba[..., 3] == 0)


def test_a_bad_file_leaves_the_picture_and_says_why(session, qtbot, tmp_path):
    open_and_converge(session, qtbot, photo())
    before = session.source
    bad = tmp_path / "notes.png"
    bad.write_text("not a picture")
    with qtbot.waitSignal(session.problem) as caught:
        session.open(bad)
    assert "notes.png" in caught.args[0]
    assert session.source is before
    assert session.result is not None
    assert not session.is_loading


def test_the_last_picture_opened_wins(session, qtbot, tmp_path):
    for number in range(6):
        Image.fromarray(photo(number)).save(tmp_path / f"{number}.png")
    for number in range(6):
        session.open(tmp_path / f"{number}.png")
    wait_converged(session, qtbot)
    assert session.source.name == "5.png"
    assert np.array_equal(session.source.rgb, photo(5))


def test_cancel_loading(session, qtbot, tmp_path):
    open_and_converge(session, qtbot, photo())
    Image.fromarray(photo(1)).save(tmp_path / "1.png")
    with qtbot.assertNotEmitted(session.sourceChanged, wait=150):
        session.open(tmp_path / "1.png")
        assert session.is_loading
        session.cancel_loading()
    assert not session.is_loading
    assert session.source.name == "photo.jpg"


def test_save_writes_the_result(session, qtbot, tmp_path):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    with qtbot.waitSignal(session.saved) as caught:
        session.save(tmp_path / "out.png")
    assert caught.args == [tmp_path / "out.png"]
    image = Image.open(tmp_path / "out.png")
    assert image.mode == "P"
    assert np.array_equal(np.asarray(image.convert("RGB")), quantize(rgb, 16).to_rgb())


def test_save_during_a_run_waits_for_the_converged_result(session, qtbot, tmp_path):
    rgb = photo(height=120, width=160)
    open_and_converge(session, qtbot, rgb)
    session.set("Change k", k=40)
    session.save(tmp_path / "out.png")
    assert session.is_saving
    with qtbot.waitSignal(session.saved, timeout=20_000):
        pass
    expected = quantize(rgb, 40).to_rgb()
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out.png").convert("RGB")), expected)
    assert not session.is_saving


def test_save_after_stop_finishes_the_run(session, qtbot, tmp_path):
    rgb = photo(height=120, width=160)
    open_and_converge(session, qtbot, rgb)
    session.set("Change k", k=40)
    session.stop_run()
    assert session.state is RunState.STOPPED
    assert session.result is None
    with qtbot.waitSignal(session.saved, timeout=20_000):
        session.save(tmp_path / "out.png")
    expected = quantize(rgb, 40).to_rgb()
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out.png").convert("RGB")), expected)


def test_stopping_a_run_that_a_save_waits_for_says_that_it_was_not_saved(session, qtbot, tmp_path):
    open_and_converge(session, qtbot, photo(height=120, width=160))
    session.set("Change k", k=40)
    session.save(tmp_path / "out.png")
    with qtbot.waitSignal(session.problem) as caught:
        session.stop_run()
    assert "out.png" in caught.args[0]
    assert not session.is_saving
    assert not (tmp_path / "out.png").exists()


def test_a_save_that_waits_can_be_cancelled(session, qtbot, tmp_path):
    open_and_converge(session, qtbot, photo(height=120, width=160))
    session.set("Change k", k=40)
    session.save(tmp_path / "out.png")
    session.cancel_save()
    assert not session.is_saving
    wait_converged(session, qtbot)
    qtbot.wait(50)
    assert not (tmp_path / "out.png").exists()


def test_a_full_disk_leaves_the_old_file_and_the_result(session, qtbot, tmp_path, monkeypatch):
    open_and_converge(session, qtbot, photo())
    target = tmp_path / "out.png"
    target.write_bytes(b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with qtbot.waitSignal(session.problem) as caught:
        session.save(target)
    assert "out.png" in caught.args[0]
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
    assert session.result is not None
    assert not session.is_saving


def test_two_saves_in_a_row_are_both_written(session, qtbot, tmp_path):
    open_and_converge(session, qtbot, photo())
    session.save(tmp_path / "a.png")
    session.save(tmp_path / "b.png")
    qtbot.waitUntil(lambda: not session.is_saving)
    assert (tmp_path / "a.png").exists()
    assert (tmp_path / "b.png").exists()


def test_closing_finishes_a_save(qapp, qtbot, tmp_path):
    session = Session()
    open_and_converge(session, qtbot, photo())
    session.save(tmp_path / "out.png")
    session.close()
    assert np.asarray(Image.open(tmp_path / "out.png")).shape == (60, 80)
    session.deleteLater()


def test_closing_in_the_middle_of_everything(qapp, tmp_path):
    session = Session()
    session.open(image_from_array(photo(height=300, width=400), "a"))
    session.begin_edit()
    session.set("Change k", k=200)
    session.close()
    session.close()
    session.deleteLater()


def test_restart_gives_the_same_again(session, qtbot):
    open_and_converge(session, qtbot, photo())
    first = session.result
    session.restart_run()
    wait_converged(session, qtbot)
    assert session.result is not first
    assert np.array_equal(session.result.indices, first.indices)


def test_another_seed_gives_another_run_that_can_be_undone(session, qtbot):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    session.set("Change Seeding", seeding="random")
    wait_converged(session, qtbot)
    first = session.result.palette
    session.set("New Random Seed", seed=5)
    wait_converged(session, qtbot)
    assert not np.array_equal(session.result.palette, first)
    session.undo_stack.undo()
    wait_converged(session, qtbot)
    assert np.array_equal(session.result.palette, first)


def test_a_new_picture_in_the_middle_of_a_drag(session, qtbot):
    open_and_converge(session, qtbot, photo())
    shapes = []
    session.playback.frameChanged.connect(lambda f: shapes.append(len(f.labels)))
    session.begin_edit()
    session.set("Change k", k=30)
    other = photo(3, height=20, width=20)
    with qtbot.waitSignal(session.sourceChanged):
        session.open(image_from_array(other, "other"))
    shapes.clear()
    session.set("Change k", k=31)
    session.end_edit()
    wait_converged(session, qtbot)
    assert set(shapes) == {ColorHistogram.from_rgb(other).n_colors}
    assert np.array_equal(session.result.to_rgb(), quantize(other, 31).to_rgb())


def test_settings_are_checked():
    with pytest.raises(ValueError, match="257"):
        Settings(k=257)
    with pytest.raises(ValueError, match="nearest"):
        Settings(seeding="nearest")
    with pytest.raises(ValueError, match="-1"):
        Settings(seed=-1)


@pytest.mark.parametrize("color_space", sorted(COLOR_SPACES))
def test_the_colour_space_is_that_of_the_library(session, qtbot, color_space):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    session.set("Change Method", color_space=color_space)
    wait_converged(session, qtbot)
    expected = quantize(rgb, 16, color_space=color_space)
    assert np.array_equal(session.result.palette, expected.palette)
    assert session.history.settings.color_space == color_space


def test_best_is_that_of_the_library_and_can_be_undone(session, qtbot):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    session.set("Change Method", quality="best")
    wait_converged(session, qtbot)
    best = session.result
    assert np.array_equal(best.palette, quantize(rgb, 16, quality="best").palette)
    session.undo_stack.undo()
    wait_converged(session, qtbot)
    assert best.mse <= session.result.mse


def test_stopping_a_search_keeps_the_best_so_far(session, qtbot, tmp_path):
    rgb = photo(height=400, width=600)
    open_and_converge(session, qtbot, rgb)
    session.set("Change k", k=200)
    wait_converged(session, qtbot)
    session.set("Change Method", quality="best")
    qtbot.waitUntil(lambda: len(session.history) > 3 or session.result is not None)
    session.stop_run()
    qtbot.waitUntil(lambda: session.result is not None, timeout=10_000)
    latest = session.history.latest
    # what was kept is the newest of the search, no worse for the rounding to 8 bits than that costs
    assert session.result.mse == pytest.approx(latest.inertia / rgb[..., 0].size, rel=0.02)
    assert latest.inertia < session.history[0].inertia
    mse = session.result.mse
    with qtbot.waitSignal(session.saved):
        session.save(tmp_path / "best.png")
    with Image.open(tmp_path / "best.png") as image:
        saved = np.asarray(image.convert("RGB")).astype(float)
    assert ((saved - rgb) ** 2).sum(axis=2).mean() == pytest.approx(mse)


def test_undo_in_the_middle_of_a_movement_takes_the_whole_movement_back(session, qtbot):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    session.set("Change k", k=20)
    session.begin_edit()
    for k in (22, 26, 30):
        session.set("Change k", k=k)
    session.undo_stack.undo()
    assert session.settings.k == 20
    session.end_edit()
    session.undo_stack.undo()
    assert session.settings.k == 16
    session.undo_stack.redo()
    session.undo_stack.redo()
    assert session.settings.k == 30
    wait_converged(session, qtbot)
    assert np.array_equal(session.result.palette, quantize(rgb, 30).palette)


def test_a_save_that_waits_is_given_up_when_the_settings_change(session, qtbot, tmp_path):
    open_and_converge(session, qtbot, photo(height=400, width=600))
    session.set("Change k", k=200)
    session.save(tmp_path / "photo-200-colours.png")
    with qtbot.waitSignal(session.problem) as caught:
        session.set("Change k", k=64)
    assert "photo-200-colours.png" in caught.args[0]
    wait_converged(session, qtbot)
    assert list(tmp_path.iterdir()) == []


def test_stopping_a_search_before_it_began_does_not_block_a_save(session, qtbot, tmp_path):
    rgb = photo()
    open_and_converge(session, qtbot, rgb)
    session.set("Change Method", quality="best")
    session.stop_run()
    with qtbot.waitSignal(session.saved, timeout=20_000):
        session.save(tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as image:
        saved = np.asarray(image.convert("RGB"))
    assert np.array_equal(saved, quantize(rgb, 16, quality="best").to_rgb())


def test_stop_in_a_preview_never_makes_a_result_of_another_k(session, qtbot):
    open_and_converge(session, qtbot, photo())
    session.set("Change Method", quality="best")
    wait_converged(session, qtbot)
    session.begin_edit()
    session.set("Change k", k=64)
    session.stop_run()
    qtbot.wait(100)
    assert session.result is None
    session.end_edit()
    wait_converged(session, qtbot)
    assert len(session.result.palette) == 64


def test_a_fully_transparent_picture_has_a_finished_run(session, qtbot):
    with qtbot.waitSignal(session.playback.finished, timeout=5000):
        session.open(image_from_array(np.zeros((3, 4, 4), np.uint8), "nothing.png"))
    assert session.state is RunState.CONVERGED


def test_a_picture_that_is_still_to_be_made_is_made_elsewhere(session, qtbot):
    threads = []

    def make():
        threads.append(QThread.currentThread())
        return image_from_array(photo(), "Clipboard")

    with qtbot.waitSignal(session.sourceChanged, timeout=5000):
        session.open(PendingPicture("Clipboard", make))
    assert threads[0] is not session.thread()
    assert np.array_equal(session.source.rgb, photo())


# -- a picture that brings settings --------------------------------------------------------------

BROUGHT = Settings(k=3, seeding="picks", picks=((1, 2, 3), (250, 240, 230)))


def open_with(session, qtbot, settings, seed=1):
    picture = image_from_array(photo(seed), "brought.png")
    session.open(picture, settings)
    qtbot.waitUntil(lambda: session.source is picture, timeout=10_000)
    wait_converged(session, qtbot)


def test_settings_come_and_go_with_their_picture(session, qtbot):
    open_and_converge(session, qtbot, photo())
    session.set("Change k", k=9)
    wait_converged(session, qtbot)
    runs = []
    session.run.changed.connect(lambda: runs.append(session.history.settings))
    open_with(session, qtbot, BROUGHT)
    assert session.settings == BROUGHT
    assert session.own_settings == Settings(k=9)
    assert len(session.result.palette) == 3
    # nothing to undo, and the picture before was not run again with what is not for it
    assert not session.undo_group.canUndo()
    assert runs[0] == BROUGHT
    session.set("Change k", k=4)
    session.set("Change k", k=5)
    session.undo_group.undo()
    assert session.settings.k == 4
    wait_converged(session, qtbot)
    runs.clear()
    open_with(session, qtbot, None, seed=2)
    assert session.settings == session.own_settings == Settings(k=9)
    assert set(runs) == {Settings(k=9)}
    assert len(session.result.palette) == 9
    # only the person's own step is there
    assert session.undo_stack.count() == 1
    session.undo_group.undo()
    assert session.settings == Settings()
    assert not session.undo_group.canUndo()
    session.undo_group.redo()
    assert session.settings == Settings(k=9)


def test_brought_again_they_are_as_they_were_at_first(session, qtbot):
    session.set("Change k", k=9)
    open_with(session, qtbot, BROUGHT)
    session.set("Change k", k=5)
    wait_converged(session, qtbot)
    open_with(session, qtbot, BROUGHT, seed=2)
    assert session.settings == BROUGHT
    assert session.own_settings.k == 9
    assert not session.undo_group.canUndo()


def test_closing_gives_the_own_settings_and_undo_steps_back(session, qtbot):
    session.set("Change k", k=9)
    session.set("Change k", k=10)
    session.undo_group.undo()
    open_with(session, qtbot, BROUGHT)
    session.set("Change k", k=5)
    told = []
    session.settingsChanged.connect(told.append)
    session.close_picture()
    assert session.settings == session.own_settings == Settings(k=9)
    assert told == [Settings(k=9)]
    # the person's own two steps, where they were
    assert (session.undo_stack.count(), session.undo_stack.index()) == (2, 1)
    session.undo_group.redo()
    assert session.settings.k == 10


def test_settings_can_be_undone_and_redone_across_close(session, qtbot):
    open_and_converge(session, qtbot, photo())
    session.set("Change k", k=9)
    wait_converged(session, qtbot)
    session.close_picture()
    assert session.settings.k == 9
    session.undo_group.undo()
    assert session.settings == Settings()
    assert (session.state, session.result) == (RunState.IDLE, None)
    assert not session.undo_group.canUndo()
    session.undo_group.redo()
    assert session.settings.k == 9
    session.undo_group.undo()
    # and what was undone without a picture is what the next one is made with
    open_and_converge(session, qtbot, photo(1))
    assert len(session.result.palette) == 16
    session.undo_group.redo()
    wait_converged(session, qtbot)
    assert len(session.result.palette) == 9


def test_settings_wait_for_a_picture_that_comes(session, qtbot, tmp_path):
    open_and_converge(session, qtbot, photo())
    with qtbot.waitSignal(session.problem, timeout=10_000):
        session.open(tmp_path / "missing.png", BROUGHT)
    assert session.settings == Settings()
    session.open(image_from_array(photo(1), "brought.png"), BROUGHT)
    session.cancel_loading()
    open_with(session, qtbot, None, seed=2)
    assert session.settings == Settings()
