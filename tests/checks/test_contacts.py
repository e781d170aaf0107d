"""Numbers, links, addresses and hours: what holds of any text. The rest is in the transcripts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.checks.content.contacts import (
    email_trouble,
    hours_trouble,
    link_trouble,
    phone_trouble,
    text_trouble,
)


@settings(deadline=None)
@given(st.text(alphabet="0123456789", min_size=1, max_size=9))
def test_a_freephone_number_has_the_length_that_the_hint_gives(rest: str) -> None:
    number = f"0800 {rest}"
    if phone_trouble(number) is None:
        assert len(rest) in {6, 7} or number == "0800 1111"


@settings(deadline=None)
@given(st.text() | st.text().map("https://".__add__) | st.text().map("mailto:".__add__))
def test_no_text_breaks_the_room(text: str) -> None:
    for trouble_of in (phone_trouble, text_trouble, link_trouble, email_trouble, hours_trouble):
        trouble = trouble_of(text)
        assert trouble is None or (trouble.message and trouble.hint)
