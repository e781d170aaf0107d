"""A library with every sentence replaced, by the constructors: no file may hold what tests try."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.sentence import PLACES, Sentence


def poisoned(value: Any, text: str) -> Any:
    """The same value with every sentence in it replaced."""
    if isinstance(value, Sentence):
        return replace(value, otherwise=text, by_teller=())
    if isinstance(value, Frozen):
        return replace(
            value,
            **{
                name: poisoned(getattr(value, name), text)
                for name in field_names(value)
                if name not in PLACES
            },
        )
    if isinstance(value, tuple):
        return tuple(poisoned(each, text) for each in value)
    if isinstance(value, Mapping):
        return {key: poisoned(each, text) for key, each in value.items()}
    return value
