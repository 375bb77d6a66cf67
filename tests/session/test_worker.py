import threading
import time
from dataclasses import dataclass, field

import pytest

from colorquant_gui.core import Cancelled, SaveError
from colorquant_gui.session.worker import Worker


@dataclass(frozen=True, eq=False)
class Task:
    """Delivers a number, then works until it is let go or cancelled."""

    generation: int
    patient: bool = False
    hold: bool = False
    fault: Exception | None = None
    silent: bool = False
    started: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def run(self, deliver, cancelled):
        self.started.set()
        if self.fault:
            raise self.fault
        if not self.silent:
            deliver(self.generation * 10)
        deadline = time.monotonic() + 10
        while self.hold and not self.release.is_set() and time.monotonic() < deadline:
            if cancelled():
                self.cancelled.set()
                raise Cancelled
            time.sleep(0.001)


@pytest.fixture
def worker(qapp):
    worker = Worker("test")
    yield worker
    worker.close()


def record(worker):
    events = []
    worker.delivered.connect(lambda g, p: events.append(("delivered", g, p)))
    worker.ended.connect(lambda g: events.append(("ended", g)))
    worker.failed.connect(lambda g, m: events.append(("failed", g, m)))
    return events


def test_delivers_with_the_generation(worker, qtbot):
    events = record(worker)
    with qtbot.waitSignal(worker.ended):
        worker.submit(Task(7))
    assert events == [("delivered", 7, 70), ("ended", 7)]


def test_the_newest_request_wins(worker, qtbot):
    events = record(worker)
    first = Task(1, hold=True)
    worker.submit(first)
    assert first.started.wait(5)
    tasks = [Task(n) for n in range(2, 50)]
    with qtbot.waitSignal(worker.ended, check_params_cb=lambda g: g == 49):
        for task in tasks:
            worker.submit(task)
    assert first.cancelled.is_set()
    ended = [e[1] for e in events if e[0] == "ended"]
    assert ended[-1] == 49
    assert 1 not in ended


def test_a_cancelled_request_says_nothing(worker, qtbot):
    events = record(worker)
    task = Task(1, hold=True, silent=True)
    worker.submit(task)
    assert task.started.wait(5)
    worker.cancel()
    assert task.cancelled.wait(5)
    qtbot.wait(30)
    assert events == []


def test_a_request_that_waits_is_forgotten_on_cancel(worker, qtbot):
    events = record(worker)
    worker.submit(Task(1))
    worker.cancel()
    qtbot.wait(50)
    assert [e for e in events if e[0] != "delivered"] in ([], [("ended", 1)])


def test_failures_come_as_sentences(worker, qtbot):
    with qtbot.waitSignal(worker.failed) as caught:
        worker.submit(Task(3, fault=SaveError("“x.png” could not be saved: the disk is full.")))
    assert caught.args == [3, "“x.png” could not be saved: the disk is full."]
    with qtbot.waitSignal(worker.failed) as caught:
        worker.submit(Task(4, fault=MemoryError()))
    assert "memory" in caught.args[1]


def test_a_fault_is_reported_and_the_worker_goes_on(worker, qtbot):
    with qtbot.capture_exceptions() as faults:
        with qtbot.waitSignal(worker.failed) as caught:
            worker.submit(Task(1, fault=RuntimeError("bug")))
        qtbot.waitUntil(lambda: len(faults) == 1)
    assert "unexpected" in caught.args[1]
    assert "bug" not in caught.args[1]
    with qtbot.waitSignal(worker.ended):
        worker.submit(Task(2))


def test_patient_requests_let_each_other_deliver_once(worker, qtbot):
    task = Task(1, patient=True, hold=True, silent=True)
    worker.submit(task)
    assert task.started.wait(5)
    worker.submit(Task(2, patient=True))
    time.sleep(0.05)
    assert not task.cancelled.is_set()
    task.release.set()
    with qtbot.waitSignal(worker.ended, check_params_cb=lambda g: g == 2):
        pass


def test_an_impatient_request_does_not_wait(worker, qtbot):
    task = Task(1, patient=True, hold=True, silent=True)
    worker.submit(task)
    assert task.started.wait(5)
    with qtbot.waitSignal(worker.ended, check_params_cb=lambda g: g == 2):
        worker.submit(Task(2))
    assert task.cancelled.is_set()


def test_close_waits_for_the_newest_request_when_told_to(qapp):
    worker = Worker("saver")
    task = Task(1, hold=True)
    worker.submit(task)
    threading.Timer(0.05, task.release.set).start()
    worker.close(finish=True)
    assert task.started.is_set()
    assert not task.cancelled.is_set()


def test_close_cancels_otherwise(qapp):
    worker = Worker("fitter")
    task = Task(1, hold=True)
    worker.submit(task)
    assert task.started.wait(5)
    worker.close()
    assert task.cancelled.is_set()
