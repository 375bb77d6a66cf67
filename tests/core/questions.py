"""A cancel that counts."""

from __future__ import annotations


class Questions:
    """A `cancelled` callable that counts how often it is asked and says yes from one time on."""

    def __init__(self, yes_from: int | None = None) -> None:
        self.asked = 0
        self._yes_from = yes_from

    def __call__(self) -> bool:
        self.asked += 1
        return self._yes_from is not None and self.asked >= self._yes_from
