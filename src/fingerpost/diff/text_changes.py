"""The texts and settings that differ in two libraries, by the names that authors use.

The meaning of the files is compared, not their bytes: comments, quotation marks and the order of
keys make no difference. Values of the model are written out by their own fields, so a field that is
added to the model is compared too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest
from typing import Any, TypeAlias

from ..model.base import Frozen, field_names, grouped, replace
from ..model.diagnostics import Span
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import PLACES, Sentence, Source
from ..model.tree import Advice, Answer, Checked, Need, Question, Rule, Target, When


class Written(Frozen):
    """A sentence or a setting, and its position in a file."""

    text: str
    span: Span


class Reworded(Frozen):
    """A changed text or setting. ``old`` is None where it was added, ``new`` where it was removed.
    ``also`` names the other places that share it."""

    name: str
    old: Written | None
    new: Written | None
    also: tuple[str, ...] = ()


def reworded(old: Library, new: Library) -> tuple[Reworded, ...]:
    """All changes of texts and settings: shared words, trees, routes, rules, then cases. Of a tree
    that is new or gone nothing is listed."""
    before, after = grouped(_everything(old, new)), grouped(_everything(new, old))
    # A text that several places share is listed once.
    names = grouped(
        (change, name)
        for name in dict.fromkeys((*before, *after))
        for change in _aligned(before.get(name, []), after.get(name, []))
    )
    return (
        *(
            Reworded(name, *change, tuple(dict.fromkeys(also)))
            for change, (name, *also) in names.items()
        ),
        *_moved(old.routes, new.routes),
    )


_Entry: TypeAlias = tuple[str, Written]


def _aligned(
    old: list[Written], new: list[Written]
) -> Iterator[tuple[Written | None, Written | None]]:
    """The differences between two lists: lines replaced, added (None first) or removed."""
    if [each.text for each in old] == [each.text for each in new]:
        return
    matcher = SequenceMatcher(None, [each.text for each in old], [each.text for each in new])
    for what, i, j, k, m in matcher.get_opcodes():
        if what != "equal":
            yield from zip_longest(old[i:j], new[k:m])


def _moved(old: Mapping[str, Route], new: Mapping[str, Route]) -> Iterator[Reworded]:
    """The routes that both have in another order, which decides what is seen first."""
    before = [Written(key, each.span) for key, each in old.items() if key in new]
    after = [Written(key, each.span) for key, each in new.items() if key in old]
    return (Reworded("order of the routes", *moved) for moved in _aligned(before, after))


# --- everything, by name -------------------------------------------------------------------------


def _everything(library: Library, other: Library) -> Iterator[_Entry]:
    library = _by_own_conditions(library)
    yield from _named("shared question ", library.questions.values())
    for line in library.advice.values():
        yield f"shared advice {line.name}", Written(_line(line, words=True), line.span)
    for entry in library.always:
        name = f"always{_conditions((entry.when,), entry.unless)}"  # it has none in the file
        yield from _inside(name, entry, entry.span)
    for line in library.opening:
        yield "opening", Written(_line(line), line.span)
    yield from _named("need ", library.needs.values())
    for word, sentence in library.words.items():
        yield from _sentence(f"word {word}", sentence)
    yield from _named("", (tree for name, tree in library.trees.items() if name in other.trees))
    yield from _named("route ", library.routes.values())
    yield from _named("rule ", library.rules)
    yield from _named("case ", library.cases.values())


def _by_own_conditions(library: Library) -> Library:
    """The library with the uses of shared lines reduced to the conditions written there."""

    def own(lines: tuple[Advice, ...]) -> tuple[Advice, ...]:
        return tuple(_own(line, library.advice.get(line.name)) for line in lines)

    trees = {
        tree.name: replace(
            tree,
            outcomes={o.name: replace(o, advice=own(o.advice)) for o in tree.outcomes.values()},
        )
        for tree in library.trees.values()
    }
    always = tuple(replace(entry, advice=own(entry.advice)) for entry in library.always)
    return replace(library, trees=trees, always=always)


def _own(line: Advice, shared: Advice | None) -> Advice:
    if shared is None:
        return line
    whens = tuple(when for when in line.whens if when not in shared.whens)
    unless = () if line.unless == shared.unless else line.unless
    return replace(line, whens=whens, unless=unless)


_KEYS: Mapping[tuple[type, str], str] = {
    (Route, "title"): "name",
    (Question, "shared"): "uses shared words",
}
"""Fields whose key in the file differs from their name in the model."""

_ONE_OF = {
    "answers": "answer",
    "outcomes": "ending",
    "questions": "question",
    "rules": "rule",
    "sources": "source",
}
"""The singular of fields with several entries."""


def _told(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a value to compare, by the key that an author writes.

    Its name is left out, and so is the fact of a question of the same name.
    """
    for name in field_names(value):
        each = getattr(value, name)
        named = name in ("name", "value") or (
            name == "fact" and each == getattr(value, "name", None)
        )
        if name not in PLACES and not named:
            key = _KEYS.get((type(value), name), name)
            yield key.replace("_", "-").replace("whens", "when"), each


def _named(prefix: str, values: Iterable[Any]) -> Iterator[_Entry]:
    for each in values:
        name = each.value if isinstance(each, Answer) else each.name
        yield from _inside(f"{prefix}{name}", each, each.span)


def _inside(name: str, value: Any, span: Span) -> Iterator[_Entry]:
    """The entries of each field of a value; of one that is not set there are none."""
    places: Mapping[str, Span] = getattr(value, "spans", {})
    for key, each in _told(value):
        here = f"{name}: {key}"
        at = getattr(each, "span", places.get(key, span))
        text = _plain(each)
        match each:
            case Sentence():
                yield from _sentence(here, each)
            case Mapping():
                for inner, one in each.items():
                    within = f"{name}: {_ONE_OF.get(key, key)} {inner}"
                    if isinstance(one, Frozen):
                        yield from _inside(within, one, getattr(one, "span", at))
                    else:
                        yield within, Written(_plain(one), at)
            case (Frozen(), *_) if not isinstance(each[0], When):
                yield from _several(name, key, each, at)
            case _ if text:
                yield here, Written(text, at)


def _several(name: str, key: str, value: tuple[Any, ...], span: Span) -> Iterator[_Entry]:
    match value[0]:
        case Answer():
            # The order in which they are offered may decide the edge.
            yield f"{name}: {key}", Written(", ".join(answer.value for answer in value), span)
            yield from _named(f"{name}: answer ", value)
        case Rule():
            yield from _named(f"{name}: rule ", value)
        case _:
            for each in value:
                yield f"{name}: {key}", Written(_plain(each), getattr(each, "span", span))


def _sentence(name: str, sentence: Sentence) -> Iterator[_Entry]:
    if sentence.otherwise:
        yield name, Written(sentence.otherwise, sentence.span)
    for teller, text in sentence.by_teller:
        yield f"{name} (for {teller})", Written(text, sentence.span)


# --- one value as text --------------------------------------------------------------------------


def _plain(value: object) -> str:
    """A setting on one line; empty if nothing is set."""
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(each)}" for key, each in value.items())
    if isinstance(value, frozenset):
        return _any(value)
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(_plain, value)))
    return _whole(value) if isinstance(value, Frozen) else str(value)


def _whole(value: object) -> str:
    """A value of the model on one line."""
    match value:
        case Sentence():
            words = [f"{teller}: {text}" for teller, text in value.by_teller]
            return " / ".join((*words, *filter(None, [value.otherwise])))
        case When():
            # In alphabetical order: that of keys has no meaning.
            return ", ".join(sorted(f"{fact} {_any(values)}" for fact, values in value.tests))
        case Target():
            return f"{value.tree}/{value.step}"
        case Advice():
            return _line(value)
        case Need():
            because = f" because: {_plain(value.because)}" if value.because else ""
            return f"{value.need}{_conditions((value.when,), ())}{because}"
        case Checked():
            return f"{value.on} by {value.by}"
        case Source():
            return value.name
        case _:
            told = ((key, _plain(each)) for key, each in _told(value))
            name = [value.name] if hasattr(value, "name") else []
            return ", ".join((*name, *(f"{key} {text}" for key, text in told if text)))


def _any(values: Iterable[str]) -> str:
    return " or ".join(sorted(values))


def _line(line: Advice, *, words: bool = False) -> str:
    """A line of advice; of a shared one only its name, unless with its ``words``."""
    says = f"{line.kind}: {' / '.join(map(_plain, line.sentences))}"
    source = f" (source {line.source.name})" if line.source else ""
    told = f"use {line.name}" if line.name and not words else f"{says}{source}"
    return f"{told}{_conditions(line.whens, line.unless)}"


def _conditions(whens: Iterable[When], unless: Iterable[When]) -> str:
    when, never = _plain(tuple(whens)), " or if ".join(map(_plain, unless))
    return f"{f' (when {when})' if when else ''}{f' (unless {never})' if never else ''}"
