"""What all values have in common."""

from __future__ import annotations

from fingerpost.model.diagnostics import Span
from fingerpost.model.route import Phone
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import Target

HERE, THERE = Span("a.yaml", 1, 1, 1, 5), Span("b.yaml", 2, 7, 2, 9)


def test_where_something_stands_is_no_part_of_what_it_says() -> None:
    here, there = (Target("tree", "step", span=span) for span in (HERE, THERE))
    assert here == there
    assert len({here, there}) == 1
    assert here.span != there.span
    assert here != Target("tree", "other", span=HERE)
    assert Sentence("tree", span=HERE) != Phone("tree", span=HERE)
    # Deep inside, too.
    numbers = [Phone("999", Sentence("Ring", span=span), span=span) for span in (HERE, THERE)]
    assert numbers[0] == numbers[1]
