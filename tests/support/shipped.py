"""The library that ships and its search, made once for all tests that only look at them."""

from __future__ import annotations

from functools import cache
from typing import Any

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.reading.loader import Reading, load, shipped
from fingerpost.search.indexing import index_of
from fingerpost.search.trees import TreeSearch
from fingerpost.web.html import page_of


@cache
def whole_reading() -> Reading:
    """With rules and cases."""
    return load([shipped()], whole=True)


def whole_library() -> Library:
    return whole_reading().library


@cache
def shipped_search() -> TreeSearch:
    return TreeSearch(index_of(whole_library()))


def page_to_search(library: Library, **made: Any) -> str:
    """The page of a library, with the index of a search of it."""
    return page_of(library, index_of(library), **made)


def quick_to_search(found: Reading) -> Reading:
    """A library without the sentences that tell danger from what is usual: to index thousands of
    them takes a second, which a library of two trees is not worth."""
    crisis = found.library.search.crisis
    kinds = {name: replace(kind, heard=()) for name, kind in crisis.kinds.items()}
    few = replace(found.library.search, crisis=replace(crisis, kinds=kinds, usual=()), said={})
    return replace(found, library=replace(found.library, search=few))
