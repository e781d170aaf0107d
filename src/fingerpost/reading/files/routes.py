"""What the files of ``routes/`` hold: services, reporting routes, and how to report in an app."""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Iterator
from functools import cache
from typing import Any

from ...model.base import replace
from ...model.diagnostics import Span
from ...model.facts import NOT_SURE, UK
from ...model.route import Contract, Phone, Route
from ..format import FORMAT
from ..located import Mapping, Scalar, Sequence
from .bound import Bound
from .file import File

CONTACT = FORMAT.kinds["contact"].by_name.keys()
"""The keys of how to turn to a route."""


def routes(at: Bound) -> dict[str, Route]:
    """The routes of one file, in the order in which a page shows them."""
    found: dict[str, Route] = at["routes"]
    if "when" not in at:
        return found
    return {name: replace(r, whens=(*at.whens, *r.whens)) for name, r in found.items()}


def route(at: Bound) -> Route:
    """One route, from all of its keys."""
    return at.made(
        Route,
        title=at["name"],
        unsure=frozenset(at["unsure"]),
        span=at.key.span,
        spans=_Spans(at),
        **_contacts(at),
    )


def overlay(at: Bound, under: Route) -> Route:
    """A shipped route with an organisation's own details laid over it, field by field.

    A field that the organisation sets is no longer unsure. The hours of a channel are dropped with
    the number that they belong to, and the steps by which a number is found with that number. Of
    several numbers those with words of their own, such as for nights, are kept.
    """
    ours = {key.replace("-", "_"): at[key] for key in CONTACT - {"name"} if key in at}
    ours = {field: value for field, value in {**ours, **_contacts(at)}.items() if value}
    given: dict[str, str] = ours.pop("hours", {})
    kept = {c: hours for c, hours in under.hours.items() if c not in at and c not in given}

    def still_unsure(field: str) -> bool:
        key, _, part = field.partition(".")
        return part not in at and part not in given if key == "hours" and part else key not in at

    if "phone" in at and not under.phone:
        under = replace(under, steps=())
    if phones := ours.get("phone"):
        said = {_digits(each): each.say for each in under.phone}
        ours["phone"] = tuple(replace(p, say=p.say or said.get(_digits(p))) for p in phones)
        under = replace(under, kept=_beside(ours["phone"], under))
    return replace(
        under,
        title=at["name"] or under.title,
        hours={**kept, **given},
        unsure=frozenset(filter(still_unsure, under.unsure)),
        local=True,
        spans={**under.spans, **_spans(at.node)},
        **ours,
    )


def _beside(ours: tuple[Phone, ...], under: Route) -> Route | None:
    """The shipped route with those of its numbers that stay beside an organisation's own: those
    with words, of which it neither gives the number nor has the words."""
    given, words = {*map(_digits, ours)}, {each.say for each in ours}
    kept = tuple(p for p in under.phone if p.say not in (None, *words) and _digits(p) not in given)
    return replace(under, phone=kept) if kept else None


def _digits(phone: Phone) -> str:
    return "".join(filter(str.isdigit, phone.number))


def _contacts(at: Bound) -> dict[str, Any]:
    """The contact details that are not as the format says, by field of ``Route``."""
    phone = at["phone"] or ()
    if isinstance(phone, str):
        phone = (Phone(phone, span=at.at("phone").span),)
    phone = tuple(replace(each, number=_spaced(each.number)) for each in phone)
    return {
        "phone": phone,
        "web_by_nation": at["web-by-nation"] or {},
        "hours": at["hours"] or {},
        "forms": tuple(at["forms"].values()),
    }


def _spaced(number: str) -> str:
    """A number of the UK in groups, as it is read out, if it was written as one."""
    found = (re.fullmatch(form, number) for form in _GROUPS)
    return next((" ".join(each.groups()) for each in found if each), number)


_GROUPS = (r"(02\d)(\d{4})(\d{4})", r"(0[389]\d\d|01\d1|011\d)(\d{3})(\d{4})", r"(0\d{4})(\d{6})")


def contract(at: Bound) -> Contract:
    """Whom a service says it serves. There is no word for all nations: one that is added to the
    program would then be claimed without a word from the service."""
    if "all" in at["nations"]:
        hint = "write “uk” for the whole UK, or list the nations that it names"
        at.file.error("FP105", "“nations” cannot be “all”", at.at("nations").span, hint)
    served = {key: _served(at, key, fact) for key, fact in _FACTS.items()}
    return Contract(under=at["under"], **served)


_FACTS = {"ages": "age", "nations": "nation", "tellers": "teller"}


def _served(at: Bound, key: str, fact: str) -> frozenset[str]:
    """The values of a fact that a service says it serves."""
    node, known = at.at(key), at.file.names.facts.get(fact, ())
    match node:
        case Scalar(text="all"):
            return frozenset(known)
        case Scalar(text="uk") if fact == "nation":
            return frozenset((*UK, NOT_SURE)).intersection(known)
        case _:
            for value, place in at.words(key):
                at.file.later(File.has_value, value, place, fact)
            return frozenset(at[key])


class _Spans(abc.Mapping[str, Span]):
    """Where each field's value stands, found out when it is first asked for: a check asks, and a
    walk, before which all routes are read, does not."""

    def __init__(self, at: Bound) -> None:
        self._found = cache(lambda: _spans(at.node))

    def __getitem__(self, field: str) -> Span:
        return self._found()[field]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


def _spans(node: Mapping) -> dict[str, Span]:
    """Where each field's value stands; ``hours.phone`` is the value below ``hours``, and
    ``unsure.phone`` the word in the list."""
    spans: dict[str, Span] = {}
    for key, entry in node.by_text.items():
        spans[key] = entry.value.span
        match entry.value:
            case Mapping(by_text=inner):
                spans |= {f"{key}.{name}": each.value.span for name, each in inner.items()}
            case Sequence(items=items):
                spans |= {f"{key}.{i.text}": i.span for i in items if isinstance(i, Scalar)}
            case _:
                pass
    return spans
