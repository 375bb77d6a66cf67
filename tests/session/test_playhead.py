"""The playhead, with the seconds of each stop added up."""

import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, Fit
from colorquant_gui.session.history import History
from colorquant_gui.session.pace import stop_seconds
from colorquant_gui.session.playhead import Playhead


@pytest.fixture(scope="module")
def history():
    rgb = np.random.default_rng(2).integers(0, 256, (30, 40, 3), np.uint8)
    history = History()
    history.extend(Fit(5, seeding="kmeans++").iterate(ColorHistogram.from_rgb(rgb)))
    assert history.n_stages == 5
    assert history.stops > 12
    return history


def test_it_is_where_the_seconds_lead_to(history):
    each = [stop_seconds(history, history.stop(i)) for i in range(history.stops - 1)]
    ends = np.cumsum(each)
    for seconds in np.linspace(0, ends[-1] * 0.999, 200):
        head = Playhead().after(float(seconds), history)
        passed = int(np.searchsorted(ends, seconds, side="right"))
        assert head.stop == passed
        begun = seconds - (ends[passed - 1] if passed else 0)
        assert head.fraction == pytest.approx(begun / each[passed])


def test_many_short_ways_are_one_long_one(history):
    head = Playhead()
    for _ in range(37):
        head = head.after(0.05, history)
    once = Playhead().after(37 * 0.05, history)
    assert (head.stop, head.fraction) == (once.stop, pytest.approx(once.fraction))


def test_beyond_the_end_it_stays_there(history):
    assert Playhead(3, 0.5).after(1e6, history) == Playhead(history.stops - 1)
    assert Playhead(history.stops - 1).after(1, history) == Playhead(history.stops - 1)


def test_back_from_the_way_to_the_next_stop_is_where_it_came_from():
    assert [Playhead(4, 0.5).stepped(n) for n in (-2, -1, 1, 2)] == [3, 4, 5, 6]
    assert [Playhead(4).stepped(n) for n in (-1, 1)] == [3, 5]
