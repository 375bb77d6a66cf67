"""Every seeding has words for people: a name, and what it does."""

from __future__ import annotations

import pytest

from colorquant_gui.core.seeding import SEEDINGS
from colorquant_gui.ui.seeding_names import seeding_names


def test_there_are_words_for_each_seeding_in_the_order_of_the_registry() -> None:
    assert [key for key, _, _ in seeding_names()] == list(SEEDINGS)


@pytest.mark.parametrize("key", SEEDINGS)
def test_a_seeding_is_called_by_words_and_not_by_its_key(key: str) -> None:
    (words,) = [words for other, *words in seeding_names() if other == key]
    name, explanation = words
    assert name.strip() not in ("", key)
    assert len(explanation.split()) >= 3
    others = [other for other in seeding_names() if other[0] != key]
    assert name not in [other for _, other, _ in others]
    assert explanation not in [other for _, _, other in others]
