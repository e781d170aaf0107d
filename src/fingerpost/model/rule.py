"""A safety rule: what must be on which pages."""

from __future__ import annotations

from .base import Frozen
from .sentence import Placed, Sentence, Urgency
from .when import When


class Expectation(Frozen):
    """What an ending must or must never show. Within one field, any one name is enough to meet
    ``must`` and any one breaks ``never``."""

    first: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    urgency: Urgency | None = None


class Rule(Placed):
    """A safety rule: for everyone for whom ``when`` holds, ``must`` is shown and ``never`` not."""

    name: str
    because: Sentence | None
    when: When
    must: Expectation
    never: Expectation
