import numpy as np
import pytest

from colorquant_gui.core import Iteration
from colorquant_gui.session import History


def iteration(number: int, n_colors: int = 100) -> Iteration:
    return Iteration(
        number,
        np.full((2, 3), float(number)),
        np.zeros(n_colors, np.uint8),
        np.array([n_colors, 0]),
        1000.0 - number,
        1.0,
    )


def test_keeps_every_iteration_while_there_is_room():
    history = History()
    history.extend(iteration(n) for n in range(50))
    assert [i.number for i in map(history.__getitem__, range(len(history)))] == list(range(50))
    assert history.latest is history[49]


def test_an_empty_history_has_no_latest():
    assert History().latest is None
    assert len(History()) == 0


@pytest.mark.parametrize("count", [11, 12, 40, 173])
def test_memory_for_labels_is_bounded_and_both_ends_stay(count):
    history = History(label_bytes=1000)
    for number in range(count):
        history.extend([iteration(number)])
        labels = {id(history[i].labels): history[i].labels for i in range(len(history))}
        assert sum(a.nbytes for a in labels.values()) <= 1000
        assert history[0].number == 0
        assert history.latest.number == number
    numbers = [history[i].number for i in range(len(history))]
    assert numbers == sorted(set(numbers))
    steps = set(np.diff(numbers[:-1]).tolist())
    assert len(steps) == 1, "the animation must not stutter"


def test_two_iterations_stay_even_where_one_is_over_the_budget():
    history = History(label_bytes=10)
    history.extend(iteration(n) for n in range(7))
    assert [history[i].number for i in range(len(history))] == [0, 6]
