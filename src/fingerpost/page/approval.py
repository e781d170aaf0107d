"""What a person approved of a page, and whether it has changed since: one fingerprint a part.

The fingerprint of an ending covers all that it can show anybody: its own words, what trees share
and it could show, and the words of the services, answers and hard words that these name. So one
other word takes the approval of each page that can show it, and of no other.

It is of what values mean: not of their places, comments or order of keys. They are written out by
their own fields, so a field that is added to the model counts too. What is empty is left out, so
that a field added with an empty value voids nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from enum import Enum
from functools import cache, cached_property
from typing import Any, TypeAlias

from ..model import inline_markup
from ..model.approval import Approval, Comment
from ..model.base import Frozen, as_json, field_names, grouped, replace
from ..model.facts import NATIONS, NOT_SURE, TELLERS, Facts
from ..model.library import Library
from ..model.sentence import PLACES, Sentence
from ..model.tree import Outcome, Question, Tree, When
from .reach import Kind, Reach

_NOT_READ = PLACES | {"checked"}
"""Fields without meaning for whoever reads a page: places, and who has tried a number."""

OPENING, QUESTION, TICK, ALWAYS_PART = "opening", "shared question", "shared tick", "always"
"""The names of parts that trees share, besides those of ``Kind``: what is said first, the
questions, the answers of those with ticks (``shared tick also/weapon``), of which each tree offers
a few, and lines without a name that are added to pages."""

KNOWN = (*NATIONS, "")
"""What may be known of the nation of a reader: one of them, or none."""

_Written: TypeAlias = "str | list[Any]"


class Approved(Frozen):
    """Who approved the words of a page, and whether they have changed since.

    ``over``: the day by which it was to be read again is past, if the moment is known. It is for
    those of ``nations`` only, if there are any: ``KNOWN``, of which the last is not known.
    """

    by: str
    role: str
    on: date
    until: date
    organisation: str
    changed: bool
    over: bool = False
    nations: tuple[str, ...] = ()

    def is_for(self, nation: str) -> bool:
        """Whether it is for those of a nation, which may be empty."""
        return not self.nations or nation in self.nations


class _Names(Frozen):
    """What sentences name: services, facts and hard words, the last in small letters."""

    routes: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


class Fingerprints:
    """The fingerprints of the pages of a library that has all its trees."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.reach = Reach(library)
        self.of = cache(self._of)
        self.shared_parts = cache(self._shared_parts)
        self._item = cache(self._fingerprint_and_names)

    def signed(self, approvals: Iterable[Approval], comments: Iterable[Comment]) -> Fingerprints:
        """Those of the library with other approvals and comments, which they do not depend on."""
        other = copy(self)
        vars(other).pop("given", None)
        other.library = replace(self.library, approvals=tuple(approvals), comments=tuple(comments))
        return other

    def _of(self, part: str) -> str:
        """That of a part by its name; empty if there is none."""
        library, (tree_name, _, ending) = self.library, part.partition("/")
        tree = library.trees.get(tree_name)
        if tree and ending:
            outcome = tree.outcomes.get(ending)
            return self._ending(tree, outcome) if outcome else ""
        return self._before(tree) if tree else self.shared.get(part, "")

    @cached_property
    def shared(self) -> Mapping[str, str]:
        """Those of all that trees share, by the names of the parts."""
        return {name: fingerprint(*values) for name, values in shared_values(self.library).items()}

    @cached_property
    def given(self) -> Mapping[str, Sequence[Approval]]:
        """The approvals of each part, but for those by people who have an open comment on it."""
        objected = {(each.by, each.page) for each in self.library.comments}
        every = ((part, each) for each in self.library.approvals for part in each.pages)
        return grouped((p, each) for p, each in every if (each.by, p) not in objected)

    def is_read(self, part: str) -> bool:
        """Whether somebody approved a part in the words that it has now."""
        return any(each.pages[part] == self.of(part) for each in self.given.get(part, ()))

    def signers(self, part: str) -> frozenset[str]:
        """Who signed a part in the words that it has now, whatever they said of it."""
        now = self.of(part)
        return frozenset(a.by for a in self.library.approvals if a.pages.get(part) == now)

    def _before(self, tree: Tree) -> str:
        """That of what is read of a tree before its endings: its title and what it is for, and the
        words of its questions. Where an answer leads is proved, and no words."""
        said = (tree.title, tree.about, *(_words_of(each) for each in tree.asked))
        return fingerprint(*said, *self._named(tree, [_names_in(said)], None))

    def _ending(self, tree: Tree, outcome: Outcome) -> str:
        """That of all that an ending can show anybody."""
        said, place = (tree.title, outcome), (tree.name, outcome.name)
        items = [self._item(at) for at in self.reach.at(place, ())]
        every = [_names_in(said), *(names for _, names in items)]
        named = self._named(tree, every, self.reach.possible.at(place))
        return fingerprint(*said, tuple(mark for mark, _ in items), *named)

    def _shared_parts(self, part: str, nations: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The names of what trees share and a page could show, or could show those of some
        ``nations``, in the order of the library; of a tree, those of its questions and of what is
        said first."""
        name, _, ending = part.partition("/")
        tree = self.library.trees[name]
        if not ending:
            asked = {question.fact for question in tree.asked if question.shared}
            names = {OPENING, *(f"{QUESTION} {fact}" for fact in asked)}
            ticks = (q for q in tree.asked if q.shared and q.many)
            names |= {f"{TICK} {q.fact}/{each}" for q in ticks for each in q.values}
            every = [_names_in((tree.title, tree.about, tree.questions))]
        else:
            outcome = tree.outcomes[ending]
            items = self.reach.at((name, ending), nations)
            every = [_names_in(outcome), *(self._item(at)[1] for at in items)]
            names = {str(self.reach.items[at]) for at in items} | {ALWAYS_PART}
            names |= {f"{Kind.LINE} {line.name}" for line in outcome.advice}
        names |= {f"{Kind.WORD} {word}" for each in every for word in each.words}
        return tuple(name for name in self.shared if name in names)

    def _fingerprint_and_names(self, at: int) -> tuple[str, _Names]:
        """The fingerprint of one of the items that trees share, and what it names."""
        item = self.reach.items[at]
        return fingerprint(item), _names_in(item.part)

    def _named(self, tree: Tree, every: Collection[_Names], state: int | None) -> Iterator[object]:
        """What is named, as a reader is told it: of a fact the answers that are possible in this
        state, or all of them."""
        library = self.library
        # Beside local details a page says for which nation it is.
        local = ("nation",) if library.nation else ()
        asked = sorted(frozenset(local).union(*(names.facts for names in every)))
        answers = tuple(
            (fact, answer.value, answer.say)
            for fact in asked
            if (question := library.question_of(fact, tree.name))
            for answer in question.answers
            if state is None or self.reach.possible.has(state, fact, answer.value)
        )
        # An answer may name a service too.
        routes = _names_in(answers).routes.union(*(names.routes for names in every))
        words = frozenset().union(*(names.words for names in every))
        yield answers
        for name, route in sorted(library.routes.items()):
            if name in routes or (route.local and route.word in words):  # a word with its number
                numbers = (route.phone, route.hours.get("phone", "")) if route.local else ()
                yield name, route.title, *map(route.short_address, TELLERS), *numbers
        yield tuple((w, library.words[w]) for w in sorted(words & library.words.keys()))


def of_page(
    library: Library,
    tree: Tree,
    outcome: Outcome,
    facts: Facts,
    today: date | None,
    fingerprints: Fingerprints | None = None,
) -> Approved | None:
    """The approval of an ending for a reader; None if nobody approved it. ``fingerprints`` are
    those of the library, if they are there. A page at which no walk ends with these facts is as one
    that has changed."""
    found = fingerprints or Fingerprints(library)
    possible = found.reach.possible
    ends_here = possible.covers(possible.at((tree.name, outcome.name)), facts)
    approved = of_part(found, f"{tree.name}/{outcome.name}", today)
    nation = next(iter(facts.get("nation", frozenset()) - {NOT_SURE}), "")
    if approved is None or not approved.is_for(nation):
        return None
    return replace(approved, changed=approved.changed or not ends_here)


def of_part(fingerprints: Fingerprints, part: str, today: date | None) -> Approved | None:
    """The approval of a part; None if nobody approved it, or not all that it shares with others.
    Of several the last that is of its words as they are, or else the last."""
    given = fingerprints.given.get(part)
    if not given:
        return None
    now = fingerprints.of(part)
    as_it_is = [each for each in given if each.pages[part] == now]
    nations = _complete_for(fingerprints, part) if as_it_is else ()
    if nations is None:
        return None
    last = (as_it_is or given)[-1]
    return Approved(
        by=last.by,
        role=last.role,
        on=last.on,
        until=last.until,
        organisation=last.organisation,
        changed=not as_it_is,
        over=today is not None and today > last.until,
        nations=nations,
    )


def _complete_for(fingerprints: Fingerprints, part: str) -> tuple[str, ...] | None:
    """For readers of which nations all is approved that a page shares with others: empty if of all,
    and None if of none."""
    name, _, ending = part.partition("/")
    if not ending or name not in fingerprints.library.trees:
        return ()

    def is_read(nations: tuple[str, ...]) -> bool:
        return all(map(fingerprints.is_read, fingerprints.shared_parts(part, nations)))

    if is_read(()):
        return ()
    return tuple(each for each in KNOWN if is_read((each,))) or None


def shared_values(library: Library) -> dict[str, tuple[object, ...]]:
    """The words that trees share, by the names of their parts, in the order in which they are read.
    To whose pages they are added is proved, and counts where it is seen: on each page."""
    added = tuple(line for entry in library.always for line in entry.advice if not line.name)
    because = grouped(
        (need.need, need.because)
        for entry in library.always
        for need in entry.needs
        if need.because
    )
    return {
        OPENING: (library.opening, library.doors),
        **{name: value for q in library.questions.values() for name, value in _asked(q)},
        **{f"{Kind.LINE} {name}": (line,) for name, line in library.advice.items()},
        **({ALWAYS_PART: added} if added else {}),
        **{
            f"{Kind.NEED} {name}": (words, *because.get(name, ()))
            for name, words in library.needs.items()
        },
        **{f"{Kind.ROUTE} {name}": (route,) for name, route in library.routes.items()},
        **{f"{Kind.WORD} {word}": (meaning,) for word, meaning in library.words.items()},
    }


def _asked(question: Question) -> Iterator[tuple[str, tuple[object, ...]]]:
    """A question that trees share; of one with ticks each answer by itself, since no tree offers
    all of them."""
    name = f"{QUESTION} {question.fact}"
    yield name, (replace(question, answers=()) if question.many else question,)
    for answer in question.answers if question.many else ():
        yield f"{TICK} {question.fact}/{answer.value}", (answer,)


def _words_of(question: Question) -> tuple[object, ...]:
    """The words of a question and of its answers, in any tree."""
    answers = ((each.value, each.say, each.response) for each in question.answers)
    return (question.fact, question.ask, question.why, question.note, *answers, question.kinds)


def _names_in(value: object) -> _Names:
    """What the sentences of a value name."""
    routes: set[str] = set()
    facts: set[str] = set()
    words: set[str] = set()
    texts = (text for sentence in sentences(value) for text in sentence.texts if "{" in text)
    for token in (token for text in texts for token in inline_markup.tokens(text)):
        match token:
            case inline_markup.RouteName(route=name):
                routes.add(name)
            case inline_markup.FactWords(fact=name):
                facts.add(name)
            case inline_markup.HardWord(word=name):
                words.add(name.lower())
            case _:
                pass
    return _Names(frozenset(routes), frozenset(facts), frozenset(words))


def fingerprint(*values: object) -> str:
    """Eight letters for some values together: enough to notice a change, and no proof against
    somebody who forges."""
    from base64 import b32encode  # only for who has approvals
    from hashlib import blake2b

    digest = blake2b(as_json([_written(each) for each in values]).encode(), digest_size=5).digest()
    return b32encode(digest).decode().lower()


def sentences(value: object) -> Iterator[Sentence]:
    """Every sentence in a value."""
    match value:
        case Sentence():
            yield value
        case Frozen():
            for name in field_names(value):
                if name not in _NOT_READ:
                    yield from sentences(getattr(value, name))
        case Mapping():
            yield from sentences(tuple(value.values()))
        case tuple():
            for each in value:
                yield from sentences(each)


def _written(value: object) -> _Written:
    """A value as nested lists of texts: equal exactly if the meaning is the same."""
    match value:
        case When():
            return sorted([fact, sorted(values)] for fact, values in value.tests)
        case Sentence():
            return sorted([*map(list, value.by_teller), ["", value.otherwise]])
        case Frozen():
            return [type(value).__name__, *_fields(value)]
        case Mapping():
            return [[key, _written(each)] for key, each in sorted(value.items())]
        case frozenset():
            return sorted(map(_written, value))
        case tuple():
            return [_written(each) for each in value]
        case _:
            return _plain(value)


def _plain(value: object) -> _Written:
    match value:
        case None | False:
            return []
        case Enum():
            return value.name
        case str():
            return value
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"no part of a library: {type(value)}")


def _fields(value: Frozen) -> Iterator[_Written]:
    """The fields that are not empty, each with its name."""
    for name in field_names(value):
        each = getattr(value, name)
        written = _written(each)
        if name not in _NOT_READ and written not in ("", []):
            # The order in which conditions are written means nothing.
            any_order = name in ("whens", "unless") and isinstance(written, list)
            yield [name, sorted(written) if any_order else written]
