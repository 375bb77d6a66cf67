"""Which ticks of an axis are numbered where not all can be: always evenly spaced ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# In numbers more: what it is worth that they reach from end to end, and that one is at 0.
_REACH, _ZERO = 5.2, 0.5


def even_choice(
    usable: Sequence[bool],
    fits: Callable[[int, int], bool],
    zero: int | None = None,
    *,
    cyclic: bool = False,
) -> list[int]:
    """Choose evenly spaced ticks: as many as there is room for, from end to end if possible.

    Parameters
    ----------
    usable : sequence of bool, length n
        Whether there is room for the number of each tick.
    fits : callable
        Whether the numbers of two ticks, next to each other in the choice, leave each other room.
    zero : int or None, optional
        The tick of the value 0, which is rather chosen than not.
    cyclic : bool, optional
        Whether the first tick comes after the last one.

    Returns
    -------
    list of int
        Indices, an arithmetic progression; of a cyclic axis modulo n.
    """
    n = len(usable)
    best: list[int] = []
    best_worth = 0.0
    for stride in range(1, max(n // 2 + 1 if cyclic else n, 2)):
        for start in range(n):
            if not usable[start]:
                continue
            run = _run(start, stride, usable, fits, cyclic)
            worth = _worth(run, stride, n, zero, cyclic)
            if worth > best_worth + 1e-9:
                best, best_worth = run, worth
    return best


def _run(
    start: int, stride: int, usable: Sequence[bool], fits: Callable[[int, int], bool], cyclic: bool
) -> list[int]:
    n = len(usable)
    run = [start]
    while True:
        following = run[-1] + stride
        if cyclic:
            following %= n
            # What goes on past its start has to meet it there, or stop a stride before.
            ahead = (start - run[-1]) % n if len(run) > 1 else n
            if ahead <= stride:
                if ahead < stride or not fits(run[-1], start):
                    run.pop()
                return run
        elif following >= n:
            return run
        if not usable[following] or not fits(run[-1], following):
            return run
        run.append(following)


def _worth(run: list[int], stride: int, n: int, zero: int | None, cyclic: bool) -> float:
    if cyclic:
        around = stride * len(run)
        reach = 1.0 if around == n and len(run) > 2 else (around - stride) / n
    else:
        reach = stride * (len(run) - 1) / max(n - 1, 1)
    return len(run) + _REACH * reach + (_ZERO if zero in run else 0.0)
