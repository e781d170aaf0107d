"""Which texts would tell whoever finds a paper what it is about.

A list of words that tell would never be whole: there is always one more app, drug or name. So it
is the other way round. A text is harmless only if each of its words could stand in a note on any
kitchen table, and if it does not name a service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model.base import Frozen
from ..model.library import Library

_TOKEN = re.compile(
    r"a&e|bank holidays?"  # the hospital, and a day that has nothing to do with a bank
    r"|[^\W_]+(?:'[^\W_]+)*"
    r"|[^\s.,;:!?\"'“”‘()+/–—-]"
)
"""A word, or a sign other than those between words: a picture or a symbol may tell as well."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HARMLESS = _listed(
    """
    a about adult adults after afternoon again agree all alone also always an and any anybody
    anyone anything anywhere are around as ask at away back be because been before best better
    both bring but by call can check checks could day days decide do does each early else
    emergencies emergency end even evening evenings every everybody everyone everything
    everywhere few find first for from get gets go going good half has have help helps here hour
    hours how i if in is it its just kind last later least leave like line longer many may me
    might minute minutes moment morning most must my near need needs next nice night nights not
    now number numbers of often ok on one only or other others our out page pages people perhaps
    person place places plan please press quiet ready rest right ring say should show so some
    somebody someone something soon speak start stay still such sure take talk tell than that
    the their them then there these they thing things this those time times to today together
    tomorrow tonight too trust until us very wait way ways we week weekend weekends weeks well
    what when where which who whole will with without would year years you your

    am april august autumn dated december february friday january july june march midday midnight
    monday months noon november october pm saturday september spring summer sunday thursday tuesday
    undated wednesday winter

    belfast cardiff central east eastern edinburgh england glasgow ireland london manchester north
    northern scotland south southern wales west western
    """
) | {"a&e", "bank holiday", "bank holidays"}


class Discretion(Frozen):
    """What must not be read on a discreet sheet: services, apps, and what has happened.

    ``names`` are the services of a library, which may be made of harmless words: Take It Down.
    Each is in small letters, its words parted by single spaces.
    """

    names: tuple[str, ...]

    @classmethod
    def of(cls, library: Library) -> Discretion:
        """For a library, an organisation's own services included."""
        titles = (text for route in library.routes.values() for text in route.title.texts)
        names = {tuple(_tokens(title)) for title in titles}
        return cls(tuple(sorted(" ".join(name) for name in names if not _is_number(name))))

    def tells(self, text: str) -> bool:
        """Whether a text holds a word or a sign that may tell, or the name of a service.

        A number by itself tells nothing, and neither does a text without words.
        """
        tokens = tuple(_tokens(text))
        if not all(token in _HARMLESS or token.isdecimal() for token in tokens):
            return True
        said = f" {' '.join(tokens)} "
        return any(f" {name} " in said for name in self.names)


def _is_number(tokens: Iterable[str]) -> bool:
    return all(token.isdecimal() for token in tokens)


def _tokens(text: str) -> Iterator[str]:
    yield from _TOKEN.findall(text.casefold().replace("’", "'"))
