"""What is found with an organisation's own details, and what without them.

Whoever has the local file has routes that others have not. So a library is proved both ways: a
need that only a local route serves is unserved on every other laptop.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ..model.base import replace

if TYPE_CHECKING:
    from ..model.diagnostics import Diagnostic, Span


def either_way(
    with_local: Collection[Diagnostic], without: Collection[Diagnostic], local_file: str
) -> tuple[Diagnostic, ...]:
    """Every mistake once. One that is found in only one of the cases says in which.

    What is wrong in ``local_file`` itself says nothing: it cannot be found without it.
    """
    in_both = {_same(mistake) for mistake in with_local} & {_same(mistake) for mistake in without}
    found = [
        mistake
        if _same(mistake) in in_both or mistake.span.file == local_file
        else replace(mistake, message=f"{mistake.message}, with the local details")
        for mistake in with_local
    ]
    found += (
        replace(mistake, message=f"{mistake.message}, without the local details")
        for mistake in without
        if _same(mistake) not in in_both
    )
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _same(mistake: Diagnostic) -> tuple[str, Span, str]:
    """What makes two findings one. The ways that lead to it may differ."""
    return (mistake.code, mistake.span, mistake.message)
