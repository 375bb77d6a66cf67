import numpy as np
import pytest

from colorquant_gui.core import Iteration
from colorquant_gui.core.seeding_trail import SeedingTrail
from colorquant_gui.session import History, StopKind


def iteration(number: int, seeding: SeedingTrail | None = None) -> Iteration:
    return Iteration(
        number,
        np.full((2, 3), float(number)),
        np.zeros(100, np.uint8),
        np.array([100, 0]),
        1000.0 - number,
        1.0,
        n_changed=7 * number,
        seeding=seeding,
    )


def run(count: int, n_stages: int = 0) -> History:
    history = History()
    trail = SeedingTrail("draws", np.arange(3.0 * n_stages).reshape(-1, 3)) if n_stages else None
    history.extend(iteration(n, trail if n == 0 else None) for n in range(count))
    return history


def test_keeps_every_iteration():
    history = run(50)
    assert [step.number for step in history.steps] == list(range(50))
    assert history.latest is history[49]
    assert (history[3].n_changed, history[3].inertia) == (21, 997.0)


def test_an_empty_history_has_nothing():
    history = History()
    assert history.latest is None
    assert len(history) == 0
    assert history.stops == 0


def test_labels_are_not_kept_alive():
    history = run(500)
    held = sum(
        value.nbytes
        for step in history.steps
        for value in vars(step).values()
        if isinstance(value, np.ndarray)
    )
    # two centroids and two counts each
    assert held == 500 * (2 * 3 * 8 + 2 * 8)


def test_the_stops_of_a_timeline_in_their_order():
    history = run(3, n_stages=2)
    stops = [history.stop(i) for i in range(history.stops)]
    assert [(s.kind, s.iteration, s.stage) for s in stops] == [
        (StopKind.SEEDING, 0, 1),
        (StopKind.SEEDING, 0, 2),
        (StopKind.ASSIGN, 0, 0),
        (StopKind.UPDATE, 0, 0),
        (StopKind.ASSIGN, 1, 0),
        (StopKind.UPDATE, 1, 0),
        (StopKind.ASSIGN, 2, 0),
    ]
    assert [s.index for s in stops] == list(range(7))


def test_centroids_of_a_stop():
    history = run(3, n_stages=2)
    at = [history.centroids_at(history.stop(i)).tolist() for i in range(history.stops)]
    assert at[:2] == [[[0, 1, 2]], [[0, 1, 2], [3, 4, 5]]]
    # after an update they are those of the next iteration
    assert [centroids[0][0] for centroids in at[2:]] == [0, 1, 1, 2, 2]


@pytest.mark.parametrize("n_stages", [0, 5])
def test_an_iteration_is_found_again(n_stages):
    history = run(6, n_stages)
    for number in range(6):
        stop = history.stop(history.stop_of(number))
        assert (stop.kind, stop.iteration) == (StopKind.ASSIGN, number)
