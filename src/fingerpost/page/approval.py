"""What a person approved of a page, and whether it has changed since: one fingerprint a part.

The fingerprint of an ending covers its own words, the answers and names of services in these, and
whom each thing that trees share is shown to. The words of such a thing have one of their own. So a
reader is told that a page is approved where somebody signed each line that this reader is shown,
and nobody objects to any: an objection is to words, wherever they stand.

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
from ..model.graph import Place
from ..model.library import Library
from ..model.sentence import PLACES, Sentence, Urgency
from ..model.text_index import read_aloud
from ..model.tree import Advice, Outcome, Question, Tree, When
from .contact import Contact
from .reach import Kind, Reach

_NOT_READ = PLACES | {"checked"}
"""Fields without meaning for whoever reads a page: places, and who has tried a number."""

OPENING, DOOR, QUESTION, TICK = "opening", "door", "shared question", "shared tick"
ALWAYS_PART = "always"
"""The names of parts that trees share, besides those of ``Kind``: what is said first, line by
line, what a tree is chosen by, the questions, the answers of those with ticks (``shared tick
also/weapon``), of which each tree offers a few, and lines without a name that are added to pages.
"""

_Written: TypeAlias = "str | list[Any]"


class Approved(Frozen):
    """Who approved the words of a page, and whether they have changed since. ``over``: the day by
    which it was to be read again is past, if the moment is known."""

    by: str
    role: str
    on: date
    until: date
    organisation: str
    changed: bool
    over: bool = False


class Names(Frozen):
    """What sentences name: services, facts and hard words, the last in small letters."""

    routes: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


class Fingerprints:
    """The fingerprints of the pages of a library that has all its trees."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.nation = ""
        self.reach = Reach(library)
        self.of = cache(self._of)
        self.item = cache(self._fingerprint_and_names)
        self._texts = cache(self._texts_of)

    def signed(self, approvals: Iterable[Approval], comments: Iterable[Comment]) -> Fingerprints:
        """Those of the library with other approvals and comments, which they do not depend on."""
        other = self.read_in(self.nation)
        other.library = replace(self.library, approvals=tuple(approvals), comments=tuple(comments))
        return other

    def read_in(self, nation: str) -> Fingerprints:
        """These, with what was given for readers of a nation, for those who do not say theirs
        (NOT_SURE), or for all (empty)."""
        other = copy(self)
        vars(other).pop("given", None)
        other.nation = nation
        return other

    def _of(self, part: str) -> str:
        """That of a part by its name; empty if there is none."""
        tree, outcome = self._place(part)
        if outcome:
            return self._ending(tree, outcome) if tree else ""
        if tree and part == tree.name:
            return self._before(tree)
        return fingerprint(*self.shared[part]) if part in self.shared else ""

    def _place(self, part: str) -> tuple[Tree | None, Outcome | None]:
        name, _, ending = part.partition("/")
        tree = self.library.trees.get(name)
        return tree, tree.outcomes.get(ending) if tree else None

    @cached_property
    def shared(self) -> Mapping[str, tuple[object, ...]]:
        """All that trees share, by the names of the parts."""
        return shared_values(self.library)

    @cached_property
    def given(self) -> Mapping[str, Sequence[Approval]]:
        """The approvals of each part for those who read it."""
        every = ((part, each) for each in self.library.approvals for part in each.pages)
        return grouped((part, each) for part, each in every if self._is_for_them(part, each))

    def _is_for_them(self, part: str, given: Approval) -> bool:
        """Whether nothing of a part was left out where it was read that they can be shown."""
        outcome = self._place(part)[1]
        if not outcome or self.nation in (given.nation, NOT_SURE):
            return True
        whens = [need.when for need in outcome.needs if need.because]
        whens += (when for line in outcome.advice if not line.name for when in line.whens)
        return not any(is_elsewhere(when.tests, given.nation) for when in whens)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments that nobody has closed."""
        return tuple(each for each in self.library.comments if not each.closed)

    def said_of(self, part: str) -> tuple[Comment, ...]:
        """The comments on all of a part, and on words that it has, wherever they were read."""
        return tuple(
            c for c in self.comments if (c.line in self._texts(part) if c.line else c.page == part)
        )

    def objections(self, part: str) -> tuple[Comment, ...]:
        """The comments that hold a part back."""
        return tuple(each for each in self.said_of(part) if each.objects)

    def is_signed(self, part: str) -> bool:
        """Whether somebody signed a part in the words that it has now."""
        return any(each.pages[part] == self.of(part) for each in self.given.get(part, ()))

    def is_approved(self, part: str) -> bool:
        """Whether somebody signed a part in the words that it has now, and nobody objects."""
        return self.is_signed(part) and not self.objections(part)

    def _texts_of(self, part: str) -> frozenset[str]:
        """What a part says, in the words of each of its readers."""
        tree, outcome = self._place(part)
        value: object = outcome or self.shared.get(part, ())
        if tree and part == tree.name:
            value = (tree.title, tree.about, *map(_words_of, tree.asked))
        return frozenset(
            x for each in sentences(value) for x in in_words_of_all(self.library, each)
        )

    def _before(self, tree: Tree) -> str:
        """That of what is read of a tree before its endings: its title and what it is for, and the
        words of its questions. Where an answer leads is proved, and no words."""
        said = (tree.title, tree.about, *(_words_of(each) for each in tree.asked))
        return fingerprint(*said, *self._named(tree, [names_in(said)], None))

    def _ending(self, tree: Tree, outcome: Outcome) -> str:
        """That of what an ending says itself, and of what it shows to whom."""
        said, place = (tree.title, outcome), (tree.name, outcome.name)
        items = [self.item(at) for at in self.reach.at(place)]
        every = [names_in(said), *(names for _, names in items)]
        named = self._named(tree, every, self.reach.possible.at(place))
        return fingerprint(*said, tuple(mark for mark, _ in items), *named)

    def asked(self, tree: Tree) -> tuple[str, ...]:
        """The names of what trees share and somebody reads before an ending: what is said first,
        the doors to it, the questions, and the hard words in these."""
        facts = {question.fact for question in tree.asked if question.shared}
        names = {f"{QUESTION} {fact}" for fact in facts}
        names |= {f"{DOOR} {door.name}" for door in self.library.doors if tree.name in door.trees}
        for number, line in enumerate(self.library.opening, 1):
            if not any(is_elsewhere(when.tests, self.nation) for when in line.whens):
                names.add(f"{OPENING} {number}")
        ticks = (q for q in tree.asked if q.shared and q.many)
        names |= {f"{TICK} {q.fact}/{each}" for q in ticks for each in q.values}
        hard = names_in((tree.title, tree.about, tree.questions)).words
        names |= {f"{Kind.WORD} {word}" for word in hard}
        return tuple(name for name in self.shared if name in names)

    def _fingerprint_and_names(self, at: int) -> tuple[str, Names]:
        """The fingerprint of whom one of the items that trees share is shown to, and what it
        names."""
        item = self.reach.items[at]
        wiring = item if item.kind is Kind.URGENCY else replace(item, part=Urgency.INFO)
        return fingerprint(wiring), names_in(item.part)

    def _named(self, tree: Tree, every: Collection[Names], state: int | None) -> Iterator[object]:
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
        routes = names_in(answers).routes.union(*(names.routes for names in every))
        words = frozenset().union(*(names.words for names in every))
        yield answers
        for name, route in sorted(library.routes.items()):
            if name in routes or (route.local and route.word in words):  # a word with its number
                numbers = (route.phone, route.hours.get("phone", "")) if route.local else ()
                yield name, route.title, *map(route.short_address, TELLERS), *numbers


def shown_parts(
    outcome: Outcome,
    lines: Iterable[Advice],
    services: Iterable[tuple[str, Iterable[Contact]]],
    words: Iterable[tuple[str, str]],
) -> Iterator[str]:
    """The names of what trees share and a page shows: lines, the services by need, hard words."""
    for line in lines:
        if line.name:
            yield f"{Kind.LINE} {line.name}"
        elif line not in outcome.advice:
            yield ALWAYS_PART
    for need, contacts in services:
        yield f"{Kind.NEED} {need}"
        yield from (f"{Kind.ROUTE} {contact.route}" for contact in contacts)
    yield from (f"{Kind.WORD} {word.lower()}" for word, _ in words)


def of_page(
    library: Library,
    place: Place,
    facts: Facts,
    today: date | None,
    shown: Iterable[str],
    fingerprints: Fingerprints | None = None,
) -> Approved | None:
    """The approval of an ending for a reader, to whom it shows these parts that trees share; None
    if nobody approved it, or not all of that. ``fingerprints`` are those of the library, if they
    are there. A page at which no walk ends with these facts is as one that has changed."""
    nation = next(iter(facts.get("nation", ())), NOT_SURE)
    found = (fingerprints or Fingerprints(library)).read_in(nation)
    possible = found.reach.possible
    part = "/".join(place)
    approved = of_part(found, part, today)
    waits = unsigned(found, (part, *(each for each in shown if each in found.shared)))
    if approved is None or not all(waits.values()):
        return None
    ends_here = possible.covers(possible.at(place), facts)
    return replace(approved, changed=bool(waits) or not ends_here)


def is_elsewhere(tests: Iterable[tuple[str, frozenset[str]]], nation: str) -> bool:
    """Whether some tests hold only for people who say that they live outside a nation, if any."""
    places = [values for fact, values in tests if fact == "nation" and nation in NATIONS]
    return any(values.isdisjoint({nation, NOT_SURE}) for values in places)


def signed_pages(fingerprints: Fingerprints, trees: Iterable[str]) -> Iterator[str]:
    """The pages of some trees that are approved, but for what trees share."""
    for name in trees:
        pages = (f"{name}/{ending}" for ending in fingerprints.library.trees[name].outcomes)
        yield from filter(fingerprints.is_approved, pages)


def unsigned(fingerprints: Fingerprints, parts: Iterable[str]) -> dict[str, bool]:
    """Of some parts those that are not approved, each with whether this is only as its words have
    changed since somebody signed it."""
    return {
        part: part in fingerprints.given and not fingerprints.objections(part)
        for part in parts
        if not fingerprints.is_approved(part)
    }


def of_part(fingerprints: Fingerprints, part: str, today: date | None) -> Approved | None:
    """Who signed a part, whatever was said of it; None if nobody did. Of several the last that is
    of its words as they are, or else the last."""
    given = fingerprints.given.get(part)
    if not given:
        return None
    now = fingerprints.of(part)
    as_it_is = [each for each in given if each.pages[part] == now]
    last = (as_it_is or given)[-1]
    return Approved(
        by=last.by,
        role=last.role,
        on=last.on,
        until=last.until,
        organisation=last.organisation,
        changed=not as_it_is,
        over=today is not None and today > last.until,
    )


def in_words_of_all(library: Library, sentence: Sentence) -> Iterator[str]:
    """A sentence as each of its readers has it."""
    for teller in TELLERS:
        told = read_aloud(library, sentence.read_by(teller), teller, fact="…")
        yield " ".join(told.split())


def shared_values(library: Library) -> dict[str, tuple[object, ...]]:
    """The words that trees share, by the names of their parts, in the order in which they are read.
    To whose pages they are added is proved, and counts where it is seen: on each page. The menus
    of apps are not among them: what is not sure is checked, and not approved."""
    added = tuple(line for entry in library.always for line in entry.advice if not line.name)
    because = grouped(
        (need.need, need.because)
        for entry in library.always
        for need in entry.needs
        if need.because
    )
    return {
        **{f"{OPENING} {n}": (line,) for n, line in enumerate(library.opening, 1)},
        **{f"{DOOR} {door.name}": (door,) for door in library.doors},
        **{name: value for q in library.questions.values() for name, value in _asked(q)},
        **{f"{Kind.LINE} {name}": (line,) for name, line in library.advice.items()},
        **({ALWAYS_PART: added} if added else {}),
        **{
            f"{Kind.NEED} {name}": (words, *because.get(name, ()))
            for name, words in library.needs.items()
        },
        **{f"{Kind.ROUTE} {n}": (r,) for n, r in library.routes.items() if not r.is_of_an_app},
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


def names_in(value: object) -> Names:
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
    return Names(frozenset(routes), frozenset(facts), frozenset(words))


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
    if value is None or value is False:
        return []
    return value.name if isinstance(value, Enum) else str(value)


def _fields(value: Frozen) -> Iterator[_Written]:
    """The fields that are not empty, each with its name."""
    for name in field_names(value):
        each = getattr(value, name)
        written = _written(each)
        if name not in _NOT_READ and written not in ("", []):
            # The order in which conditions are written means nothing.
            any_order = name in ("whens", "unless") and isinstance(written, list)
            yield [name, sorted(written) if any_order else written]
