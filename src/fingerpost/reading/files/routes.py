"""Read the files of ``routes/``: services, reporting routes, and how to report in an app."""

from __future__ import annotations

from collections import abc
from collections.abc import Iterator
from functools import cache
from typing import Any

from ...model.base import replace
from ...model.diagnostics import Span
from ...model.facts import NOT_SURE, UK
from ...model.route import Contract, Form, Phone, Route, RouteSource, TextLine
from ...model.tree import When
from ..format import FORMAT
from ..located import Entry, Mapping, Node, Scalar, Sequence
from .fields import Fields, Reader
from .names import Sort

_CONTACT = {n: key.value for n, key in FORMAT.kinds["contact"].by_name.items() if n != "name"}
_SENTENCES = tuple(name for name, value in _CONTACT.items() if value == "sentence")
_LINKS = tuple(name for name, value in _CONTACT.items() if value == "text")


def routes(reader: Reader, node: Node) -> dict[str, Route]:
    """The routes of one file, in the order in which a page shows them."""
    top = reader.top(node, "routes")
    for_all = top.whens()
    read: dict[str, Route] = {}
    for entry in top.listed("routes"):
        fields = reader.inside(entry, "route")
        read[entry.text] = route(fields, entry.text, entry.span, for_all)
    return read


def route(fields: Fields, name: str, span: Span, for_all: tuple[When, ...] = ()) -> Route:
    """One route, from all of its keys; ``for_all`` is the condition of all routes of its file."""
    return Route(
        name=name,
        title=fields.need_sentence("name"),
        serves=fields.names("serves", Sort.NEED),
        contract=_contract(fields),
        whens=(*for_all, *fields.whens()),
        unless=fields.unless(),
        fixed=fields.flag("fixed"),
        first=fields.flag("first"),
        instead=fields.name("instead", Sort.ROUTE),
        source=_source(fields),
        checked=fields.checked("checked"),
        confidence=fields.one_of("confidence"),
        unsure=frozenset(word for word, _ in fields.words("unsure", "a word in “unsure”")),
        span=span,
        spans=_Spans(fields),
        **_contacts(fields),
    )


def overlay(fields: Fields, under: Route) -> Route:
    """A shipped route with an organisation's own details laid over it, field by field.

    A field that the organisation sets is no longer unsure. The hours of a channel are dropped with
    the number that they belong to, and the steps by which a number is found with that number.
    """
    ours = {key: value for key, value in _contacts(fields).items() if value}
    given: dict[str, str] = ours.pop("hours", {})
    kept = {c: at for c, at in under.hours.items() if c not in fields and c not in given}

    def still_unsure(field: str) -> bool:
        key, _, part = field.partition(".")
        return part in kept if key == "hours" and part else key not in fields

    if "phone" in fields and not under.phone:
        under = replace(under, steps=())
    return replace(
        under,
        title=fields.sentence("name") or under.title,
        hours={**kept, **given},
        unsure=frozenset(filter(still_unsure, under.unsure)),
        local=True,
        spans={**under.spans, **_spans(fields)},
        **ours,
    )


def _contacts(fields: Fields) -> dict[str, Any]:
    """The contact details of a route, by field of ``Route``."""
    return {
        "phone": _phones(fields),
        "text": tuple(_text_line(fields.reader, item) for item in fields.items("text")),
        "web_by_nation": _texts(fields, "web-by-nation"),
        "hours": _texts(fields, "hours"),
        "steps": tuple(fields.reader.sentence(step, "a step") for step in fields.items("steps")),
        "forms": tuple(_form(fields.reader, entry) for entry in fields.listed("forms")),
        **{key: fields.text(key) for key in _LINKS if key in fields},
        **{key: fields.sentence(key) for key in _SENTENCES if key in fields},
    }


def _texts(fields: Fields, name: str) -> dict[str, str]:
    """Opening hours by channel, or web addresses by nation, as written."""
    inner = fields.inner(name, name)
    if inner is None:
        return {}
    return {key: inner.text(key) for key in inner.keys.by_name if key in inner}


def _contract(fields: Fields) -> Contract | None:
    inner = fields.inner("contract", "contract")
    if inner is None:
        return None
    return Contract(
        ages=_served(inner, "ages", "age"),
        nations=_nations(inner),
        tellers=_served(inner, "tellers", "teller"),
        under=inner.one_of("under"),
    )


def _served(contract: Fields, key: str, fact: str) -> frozenset[str]:
    """The values of a fact that a service says it serves."""
    node, known = contract.node(key), contract.reader.names.facts.get(fact, ())
    if node is None or (isinstance(node, Scalar) and node.text == "all"):
        return frozenset(known)
    values = contract.reader.words(node, f"a word in “{key}”")
    for value, at in values:
        contract.reader.must_be_value(value, at, fact, known)
    return frozenset(value for value, _ in values)


def _nations(contract: Fields) -> frozenset[str]:
    """The nations that a service says it serves. There is no word for all: a nation added to the
    program would then be claimed without a word from the service."""
    match contract.value_at("nations"):
        case Scalar(text="uk"):
            known = contract.reader.names.facts.get("nation", ())
            return frozenset((*UK, NOT_SURE)).intersection(known)
        case Scalar(text="all") as word:
            hint = "write “uk” for the whole UK, or list the nations that it names"
            contract.reader.error("FP105", "“nations” cannot be “all”", word.span, hint)
            return frozenset()
        case _:
            return _served(contract, "nations", "nation")


def _phones(fields: Fields) -> tuple[Phone, ...]:
    node = fields.node("phone")
    if isinstance(node, Scalar):
        return (Phone(fields.text("phone"), span=node.span),)
    return tuple(_phone(fields.reader, item) for item in fields.items("phone"))


def _phone(reader: Reader, node: Node) -> Phone:
    fields = reader.fields(node, "phone")
    number, say = fields.text("number"), fields.sentence("say")
    return Phone(number, say, span=fields.value_span("number"))


def _text_line(reader: Reader, node: Node) -> TextLine:
    fields = reader.fields(node, "text-line")
    return TextLine(fields.text("to"), fields.text("send"), span=fields.value_span("to"))


def _form(reader: Reader, entry: Entry) -> Form:
    fields = reader.inside(entry, "form")
    say, web = fields.need_sentence("say"), fields.text("web")
    return Form(entry.text, say, web, span=fields.value_span("web"))


def _source(fields: Fields) -> RouteSource | None:
    inner = fields.inner("source", "route-source")
    if inner is None:
        return None
    return RouteSource(url=inner.text("url"), seen=inner.text("seen"))


class _Spans(abc.Mapping[str, Span]):
    """Where each field's value stands, found out when it is first asked for: a check asks, and a
    walk, before which all routes are read, does not."""

    def __init__(self, fields: Fields) -> None:
        self._found = cache(lambda: _spans(fields))

    def __getitem__(self, field: str) -> Span:
        return self._found()[field]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


def _spans(fields: Fields) -> dict[str, Span]:
    """Where each field's value stands; ``hours.phone`` is the value below ``hours``, and
    ``unsure.phone`` the word in the list."""
    spans: dict[str, Span] = {}
    for key, entry in fields.entries.items():
        spans[key] = entry.value.span
        match entry.value:
            case Mapping(by_text=inner):
                spans |= {f"{key}.{name}": each.value.span for name, each in inner.items()}
            case Sequence(items=items):
                spans |= {f"{key}.{i.text}": i.span for i in items if isinstance(i, Scalar)}
            case _:
                pass
    return spans
