"""The library that ships and its search, made once for all tests that only look at them."""

from __future__ import annotations

from functools import cache

from fingerpost.model.library import Library
from fingerpost.reading.loader import Reading, load, shipped
from fingerpost.search.trees import TreeSearch


@cache
def whole_reading() -> Reading:
    """With rules and cases."""
    return load([shipped()], whole=True)


def whole_library() -> Library:
    return whole_reading().library


@cache
def shipped_search() -> TreeSearch:
    return TreeSearch(whole_library())
