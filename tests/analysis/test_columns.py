"""A column gives back the texts it was given, however many different ones there are."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.analysis.reading import table
from calculators.analysis.reading.table import Column

TEXTS = st.lists(st.lists(st.text(max_size=6) | st.sampled_from(["won", "lost", " ", "한국", "\ud800"])), max_size=6)


@given(batches=TEXTS, most=st.integers(1, 20))
def test_texts_come_back(batches: list[list[str]], most: int) -> None:
    """By row, in order, counted and through a function, whether they are held by themselves or in the block."""
    texts = [text.strip() for batch in batches for text in batch]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(table, "MOST_TEXTS", most)
        column = Column("Deal")
        for batch in batches:
            column.extend(batch)
    called: list[str] = []

    def shout(text: str) -> str:
        called.append(text)
        return text.upper()

    assert len(column) == len(texts)
    assert list(column) == texts
    assert [column.text(row) for row in range(len(texts))] == texts
    assert Counter(column.counts_of_held_texts()) + Counter(column.texts_of_the_block()) == Counter(texts)
    assert list(column.counts_of_held_texts()) == list(dict.fromkeys(texts))[: len(column.counts_of_held_texts())]
    assert list(column.map(shout)) == [text.upper() for text in texts]
    assert len(called) == len(column.counts_of_held_texts()) + len(list(column.texts_of_the_block()))
    assert column.is_mostly_distinct is any(True for _text in column.texts_of_the_block())


@pytest.mark.parametrize("different", [1, 256, 257, 65_000])
def test_as_many_different_texts(different: int) -> None:
    """Codes grow with the number of different texts, and none is taken for another."""
    column = Column("Deal")
    texts = [f"Deal {number}" for number in range(different)]
    for place in range(0, different, 4000):
        column.extend(texts[place : place + 4000])
    column.extend(texts[:3])

    assert list(column) == texts + texts[:3]
    assert column.is_mostly_distinct is (different > table.MOST_TEXTS)
