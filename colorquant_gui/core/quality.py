"""Quality levels: how much work a fit does. A level is one line in `QUALITIES`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """A quality level.

    Attributes
    ----------
    key : str
        The name in settings and on the command line.
    label : str
        The name for people.
    hint : str
        What it is for, for people.
    rel_tol : float
        Lloyd's iterations end when one lowers the inertia by less than this part of it.
    max_iter : int
        Most iterations over all colours.
    tol : float
        They end once no mean lies farther than this from its centroid, in 255ths of the space's
        first axis (sRGB: levels).
    search : bool
        Whether to look for a better optimum than the first.
    goes_on : bool
        Whether given centroids are those of a run that it goes on with. Else they are a start, from
        where the textbook's steps are taken.
    plain : bool
        Whether to take the textbook's steps from the very seeding, all over all colours: no
        coreset, no over-relaxation.
    """

    key: str
    label: str
    hint: str
    rel_tol: float
    max_iter: int
    tol: float = 0.02
    search: bool = False
    goes_on: bool = False
    plain: bool = False


QUALITIES: dict[str, Quality] = {
    level.key: level
    for level in (
        Quality("live", "Live", "A few steps, for dragging", 1e-3, 4, goes_on=True),
        Quality("standard", "Standard", "To convergence", 2e-4, 300),
        Quality(
            "textbook", "Textbook", "Plain k-means, until nothing moves", 0.0, 2000, 0.0, plain=True
        ),
        Quality("best", "Best", "Looks for a better optimum", 1e-4, 300, search=True),
    )
}


@dataclass(frozen=True)
class SearchPlan:
    """How hard to search, for a number of centroids and of colours.

    Attributes
    ----------
    cells : int
        Size of the coreset that is searched.
    chains : int
        Independent starts.
    rounds : int
        Times that every chain gets `assignments` more.
    assignments : int
        Assignments of the coreset in a round.
    """

    cells: int
    chains: int
    rounds: int
    assignments: int


def search_plan(n_centroids: int, n_unique: int) -> SearchPlan:
    """Plan a search whose time grows with what a picture is likely to repay.

    Parameters
    ----------
    n_centroids : int
        Number of centroids k.
    n_unique : int
        Number of unique colours.

    Returns
    -------
    SearchPlan
        The plan; a function of these two numbers alone, so that results repeat.
    """
    # small pictures are quickly done by others too, and few colours leave little to find
    cells = min(max(4096, 128 * n_centroids), 16384, max(1024, n_unique // 4))
    if n_centroids <= 32:
        return SearchPlan(cells, chains=4, rounds=4, assignments=50)
    return SearchPlan(cells, chains=2, rounds=8, assignments=50)
