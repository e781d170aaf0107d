"""Thousands of alike things as one test: for each a test of its own, the runner takes longest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def for_each(every: Iterable[tuple[Any, ...]]) -> Callable[[Callable[..., None]], Any]:
    """Ask all that a test asserts of each of these; which of them fails is said beside it."""
    asked = tuple(every)

    def decorate(test: Callable[..., None]) -> Callable[[], None]:
        def of_all() -> None:
            assert asked
            for each in asked:
                try:
                    test(*each)
                except Exception as error:
                    error.add_note(f"of {each}")
                    raise

        of_all.__name__, of_all.__doc__, of_all.__module__ = (
            test.__name__,
            test.__doc__,
            test.__module__,
        )
        return of_all

    return decorate
