"""The catalogue of interface texts of walk, rehearsal, page and sheet, by key.

Another language has the same keys, in ``languages/TAG.yaml`` of a library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeAlias

from ..model.base import from_json

LAST_RESORT = "In danger: ring 999. Under 19: Childline 0800 1111. Any age: Samaritans 116 123."
"""Printed first by every refusal and crash; a constant, so that nothing can fail before it."""

Plural: TypeAlias = Mapping[str, str]
"""A text for each plural category of CLDR that differs: English has "one" and "other"."""


Catalogue: TypeAlias = Mapping[str, str | Plural]

_IN_USE: ContextVar[Catalogue] = ContextVar("messages")
"""The messages of the language in use, if that is not English; set by ``speaking`` alone."""

_CATEGORIES: Mapping[int | None, str] = {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}
"""The plural categories of CLDR for these numbers in English and Welsh; of all others "other"."""


@cache
def english() -> Catalogue:
    """The messages in English."""
    path = Path(__file__).parent / "messages.en.json"
    return from_json(path.read_bytes(), dict[str, str | dict[str, str]])


def catalogue() -> Catalogue:
    """The messages of the language in use."""
    return _IN_USE.get(None) or english()


@contextmanager
def speaking(tag: str, messages: Mapping[str, str]) -> Iterator[None]:
    """Speak a language, with these of its ``messages`` that fit, and marked English for the rest.

    The key of a plural form is that of the message and the category: ``web.more-help.one``.
    """
    mark = messages.get("language.fallback", "")
    if not (fits("language.fallback", mark) and mark.endswith("{text}")):  # it is looked for
        mark = str(english()["language.fallback"])
    token = _IN_USE.set(
        {
            **{key: _in_language(key, text, messages, mark) for key, text in english().items()},
            "language.tag": tag,
            "language.fallback": mark,
        }
    )
    try:
        yield
    finally:
        _IN_USE.reset(token)


def _in_language(
    key: str, text: str | Plural, messages: Mapping[str, str], mark: str
) -> str | Plural:
    if isinstance(text, str):
        return messages[key] if fits(key, messages.get(key, "")) else mark.replace("{text}", text)
    forms = {form: messages.get(f"{key}.{form}", "") for form in ("other", *_CATEGORIES.values())}
    forms = {form: words for form, words in forms.items() if fits(f"{key}.{form}", words)}
    return forms if "other" in forms else {f: mark.replace("{text}", t) for f, t in text.items()}


def lacking(messages: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of the messages that are said in English for want of one that fits."""
    own = {key for key, words in messages.items() if fits(key, words)}
    return tuple(
        key
        for key, text in english().items()
        if (key if isinstance(text, str) else f"{key}.other") not in own and key != "language.tag"
    )


def fits(key: str, words: str) -> bool:
    """Whether some words can be those of a message, or of a plural form: they have its values."""
    known = english()
    text = known.get(key)
    forms = known.get(key.rpartition(".")[0])
    try:
        if isinstance(text, str):
            return bool(words) and _values(words) == _values(text)
        if text is None and forms and not isinstance(forms, str):
            return bool(words) and _values(words) <= _values(forms["other"])
    except ValueError:  # a brace that nothing closes
        pass
    return False


def _values(text: str) -> frozenset[tuple[str | None, ...]]:
    """The values that a text has, each with its format: an author's text may ask for no other."""
    return frozenset(each[1:] for each in Formatter().parse(text) if each[1] is not None)


def say(key: str, /, *, count: int | None = None, **values: object) -> str:
    """The text of a key with its values filled in; ``count`` selects the plural form. What is
    marked as English is marked once.

    Raises KeyError for a key that the catalogue lacks.
    """
    known = catalogue()
    text = known[key]
    if not isinstance(text, str):
        text = text.get(_CATEGORIES.get(count, ""), text["other"])
    said = text.format(count=count, **values)
    mark = str(known["language.fallback"]).removesuffix("{text}")
    return mark + said.replace(mark, "") if text.startswith(mark) else said


def listed(words: Sequence[str], key: str = "list.and") -> str:
    """An enumeration: "a, b and c"; empty for no words."""
    if len(words) < 2:
        return "".join(words)
    *most, last = words
    return say(key, words=", ".join(most), last=last)


def either(words: Sequence[str]) -> str:
    """Alternatives: "a, b or c"; empty for no words."""
    return listed(words, "list.or")


def as_sentence(words: str) -> str:
    """Words with a full stop, unless they end in a mark already."""
    return words if words.rstrip('"”)').endswith(("?", "!", ".")) else f"{words}."
