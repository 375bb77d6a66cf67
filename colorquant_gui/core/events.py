"""Event: what a search did between two iterations that follow each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def _nowhere() -> Floats:
    return np.empty((0, 3))


@dataclass(frozen=True, eq=False)
class Event:
    """A step that Lloyd's algorithm would not have taken. Immutable.

    Attributes
    ----------
    kind : {"restart", "moves", "kept"}
        "restart": a better optimum was reached from another start, mostly a random one. "moves":
        clusters were split, and for each of them another was dropped. "kept": the search is over,
        and the 8-bit palette of an earlier iteration is the better one; this is that one again.
    born : ndarray of float64, shape (m, 3)
        Of "moves": where centroids now are that came from a split, in the clustering space.
    dropped : ndarray of float64, shape (m, 3)
        Of "moves": the places that these centroids left, in the iteration before.
    """

    kind: Literal["restart", "moves", "kept"]
    born: Floats = field(default_factory=_nowhere)
    dropped: Floats = field(default_factory=_nowhere)


class Lineage(NamedTuple):
    """Where the centroids of a search's moment come from.

    Attributes
    ----------
    chain : int
        Number of the chain of moves that led to them.
    random : bool
        Whether it began at random centroids; else at those that the search was given.
    moves : ndarray of int32, shape (k,)
        How often each centroid was dropped at one place and put where a cluster was split.
    """

    chain: int
    random: bool
    moves: NDArray[np.int32]


def event_between(
    before: Lineage | None, now: Lineage, left: Floats, reached: Floats
) -> Event | None:
    """Say what happened between two moments of a search.

    Parameters
    ----------
    before : Lineage or None
        The moment shown last; None if that was where the search began.
    now : Lineage
        The moment to be shown.
    left, reached : ndarray of float64, shape (k, 3)
        Centroids of the former and of the latter.

    Returns
    -------
    Event or None
        None where all centroids are those of before, perhaps a little further on.
    """
    before = before or Lineage(0, False, np.zeros_like(now.moves))
    if before.chain != now.chain and (before.random or now.random):
        return Event("restart")
    if before.chain == now.chain:
        moved = before.moves != now.moves
    else:
        moved = (before.moves > 0) | (now.moves > 0)
    return Event("moves", reached[moved], left[moved]) if moved.any() else None
