"""Work in the background: at low priority, with the same results, and still to be stopped."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from colorquant_gui.core import Cancelled, ColorHistogram, Fit, Labeller, engine
from colorquant_gui.core.ciede2000 import DifferenceMeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for priorities")
needs_engine = pytest.mark.skipif(engine.native is None, reason="no compiled engine")


def in_the_background(work: Callable[[], Any]) -> Any:
    """Run in a new thread of which the engine's work is put into the background."""
    outcome: list[Any] = []

    def run() -> None:
        engine.work_in_background()
        try:
            outcome.append(work())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    (result,) = outcome
    return result


def noise(n: int = 70_000) -> NDArray[np.uint8]:
    """So many colours that threads share the work."""
    return np.random.default_rng(0).integers(0, 256, (1, n, 3), np.uint8)


def priorities() -> dict[int, int]:
    """Nice value of every thread of this process."""
    found = {}
    for task in Path("/proc/self/task").iterdir():
        try:
            found[int(task.name)] = os.getpriority(os.PRIO_PROCESS, int(task.name))
        except ProcessLookupError:
            continue
    return found


def expect_since(before: dict[int, int], expected: list[int]) -> None:
    """Expect these priorities of new threads; those that ended stay on the list for a moment."""
    deadline = time.monotonic() + 5
    new: list[int] | None = None
    while new != expected and time.monotonic() < deadline:
        new = [nice for tid, nice in priorities().items() if tid not in before]
    assert new == expected


@pytest.mark.parametrize("quality", ["standard", "best"])
def test_results_are_the_same(quality: str) -> None:
    rgb = noise()

    def results() -> tuple[bytes, ...]:
        histogram = ColorHistogram.from_rgb(rgb)
        last = Fit(20, quality, threads=3).last(histogram)
        found = Labeller(histogram, threads=2).assign(last.centroids)
        palette = np.rint(last.centroids).astype(np.uint8)
        differences = DifferenceMeter(histogram, 2).measure(palette, found.labels)
        return last.centroids.tobytes(), found.labels.tobytes(), differences.each.tobytes()

    assert in_the_background(results) == results()


@needs_linux
@needs_engine
def test_the_engine_s_threads_have_low_priority_and_the_caller_keeps_its_own() -> None:
    before = priorities()
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    rgb = noise()

    def work() -> tuple[int, list[int]]:
        histogram = ColorHistogram.from_rgb(rgb)
        labeller = Labeller(histogram, threads=3)
        labeller.assign(np.linspace(0, 255, 30).reshape(10, 3))
        own = threading.get_native_id()
        after = priorities()
        return after.pop(own), [nice for tid, nice in after.items() if tid not in before]

    own, others = in_the_background(work)
    assert own == usual
    # who works in the caller's place, and two helpers of a pool of three
    assert others == [19, 19, 19]
    expect_since(before, [])


@needs_linux
@needs_engine
def test_other_threads_are_not_lowered() -> None:
    before = priorities()
    in_the_background(lambda: ColorHistogram.from_rgb(noise()))
    labeller = Labeller(ColorHistogram.from_rgb(noise()), threads=3)
    labeller.assign(np.linspace(0, 255, 30).reshape(10, 3))
    expect_since(before, [os.getpriority(os.PRIO_PROCESS, 0)] * 2)
    del labeller


@needs_engine
def test_low_priority_work_is_cancelled() -> None:
    assert engine.native is not None
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(threading.get_native_id())
        return len(asked) == 3

    def work() -> int:
        with pytest.raises(Cancelled):
            engine.native.run_tasks(10**6, -1, 2, cancelled)
        # and then does other work
        assert engine.native.run_tasks(50, -1, 2) == 50
        return threading.get_native_id()

    thread = in_the_background(work)
    # asked by the thread of the call, which may hold the interpreter's lock
    assert asked == [thread] * 3


@needs_engine
def test_failures_come_back() -> None:
    def work() -> None:
        assert engine.native is not None
        with pytest.raises(RuntimeError, match="task failed"):
            engine.native.run_tasks(100, 40, 2)

        def refuse() -> bool:
            raise KeyError("no answer")

        with pytest.raises(KeyError, match="no answer"):
            engine.native.run_tasks(3000, -1, 2, refuse)
        assert engine.native.run_tasks(50, -1, 2) == 50

    assert in_the_background(work) is None


@pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "numpy"])
def test_asking_twice_and_asking_without_the_engine(
    compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not compiled:
        monkeypatch.setattr(engine, "native", None)

    def twice() -> int:
        engine.work_in_background()
        return Fit(3).last(ColorHistogram.from_rgb(noise(100))).number

    assert in_the_background(twice) == Fit(3).last(ColorHistogram.from_rgb(noise(100))).number
