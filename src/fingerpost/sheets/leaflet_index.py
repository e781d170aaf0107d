"""The index of the leaflets: by what has happened, by ending, and for whom they are.

It is for the worker who fills the leaflet rack. The index of discreet leaflets says no more than
the leaflets do. An index holds its leaflets: a folder of them is written from it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model.base import Frozen, grouped
from ..model.facts import NOT_SURE
from ..model.library import Library
from ..model.tree import Outcome, Tree
from ..page import labels
from ..page.messages import say
from ..page.speaker import Speaker
from .discretion import Discretion
from .document import Document
from .leaflets import Group, Leaflet, Order, Pack, Values, Whom, together

_WORKER = frozenset({"staff"})

_LABELLED = frozenset({"teller", "age", "nation"})
"""Facts with a label of their own; any other is labelled by its question."""


class Entry(Frozen):
    """A leaflet, and the text of the link to it."""

    leaflet: Leaflet
    text: str


class Section(Frozen):
    """The index or a section of it: lines to read, then leaflets, then subsections.

    ``answers`` are questions with the answers for which the leaflets are. The texts are plain and
    may come from any author.
    """

    heading: str
    lines: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()

    def papers(self) -> dict[str, Document]:
        """The documents of all its leaflets, by their names."""
        found = {entry.leaflet.name: entry.leaflet.document for entry in self.entries}
        for section in self.sections:
            found |= section.papers()
        return found


def contents(library: Library, order: Order, pack: Pack) -> Section:
    """The index of the leaflets of an order."""
    if order.discretion is not None:
        return _discreet(library, pack, order.discretion)
    trees = (_tree(library, library.trees[name], pack) for name in order.trees)
    apps = tuple(Entry(app, app.document.title) for app in pack.apps)
    in_apps = [Section(say("app.kicker"), entries=apps)] if apps else []
    return Section(
        heading=say("index.title"),
        lines=(say("index.how-to-find"), say("index.answers"), say("page.from-nobody")),
        sections=(*filter(None, trees), *in_apps),
    )


def _tree(library: Library, tree: Tree, pack: Pack) -> Section | None:
    """The leaflets of a tree, or None if it has none."""
    speaker = Speaker(library, {"teller": _WORKER}, tree.name)
    endings = tuple(
        Section(
            heading=speaker.say(outcome.title),
            lines=tuple(_told(speaker, outcome)),
            sections=tuple(_situations(speaker, situations)),
        )
        for outcome in tree.outcomes.values()
        if (situations := _by_situation(tree, outcome, pack))
    )
    about = (speaker.say(tree.about),)
    return Section(speaker.say(tree.title), about, sections=endings) if endings else None


def _told(speaker: Speaker, outcome: Outcome) -> Iterator[str]:
    """The urgency of an ending and its titles for other readers, all of which may be looked for."""
    own = outcome.title.read_by(speaker.teller)
    yield labels.urgency(outcome.urgency)
    yield from (text for text in outcome.title.texts if text != own)


def _by_situation(
    tree: Tree, outcome: Outcome, pack: Pack
) -> Mapping[Values, list[tuple[Leaflet, Group]]]:
    places = ((place, leaflet) for leaflet in pack.leaflets for place in leaflet.places)
    return grouped(
        (place.known, (leaflet, place))
        for place, leaflet in places
        if (place.tree, place.outcome) == (tree.name, outcome.name)
    )


def _situations(
    speaker: Speaker, situations: Mapping[Values, Iterable[tuple[Leaflet, Group]]]
) -> Iterator[Section]:
    one = len(situations) == 1
    for number, (known, leaflets) in enumerate(situations.items(), 1):
        yield Section(
            heading=say("index.for-whom" if one else "index.situation", number=number),
            answers=tuple((_asked(speaker, f), _answer(speaker, f, v)) for f, v in known),
            entries=tuple(
                Entry(leaflet, _whom(speaker, place.whom)) for leaflet, place in leaflets
            ),
        )


# For whom


def _whom(speaker: Speaker, whom: Iterable[Whom], discretion: Discretion | None = None) -> str:
    """For whom a leaflet is, in a sentence or more, without what ``discretion`` forbids."""

    def said(words: str) -> str:
        return say("index.not-said") if discretion and discretion.tells(words) else words

    def sentence(fact: str, values: Iterable[frozenset[str]]) -> str:
        ours = fact in _LABELLED
        label = f"{say(f'index.fact.{fact}')}:" if ours else said(_asked(speaker, fact))
        words = (_ours(fact, each) or said(_answer(speaker, fact, each)) for each in values)
        return f"{' '.join(dict.fromkeys((label, '; '.join(dict.fromkeys(words)))))}."

    each = (" ".join(sentence(*part) for part in one) for one in whom)
    return f" {say('index.also')} ".join(filter(None, each)) or say("index.anyone")


def _asked(speaker: Speaker, fact: str) -> str:
    question = speaker.library.question_of(fact, _asking(speaker, fact))
    return speaker.say(question.ask) if question else f"{fact}:"


def _answer(speaker: Speaker, fact: str, values: frozenset[str]) -> str:
    there = Speaker(speaker.library, speaker.facts, _asking(speaker, fact))
    return _ours(fact, values) or there.answers(fact, values) or ", ".join(sorted(values))


def _asking(speaker: Speaker, fact: str) -> str:
    """The tree that asks for a fact: this one, or another that leads here."""
    library = speaker.library
    asking = (name for name in (speaker.tree, *library.trees) if library.question_of(fact, name))
    return next(asking, speaker.tree)


def _ours(fact: str, values: frozenset[str]) -> str:
    """The interface's words for an answer where the author's are in the first person; or empty."""
    if not values:
        return say("index.not-asked")
    if values == {NOT_SURE}:
        return say("index.not-known")
    return say(f"index.reader.{next(iter(values))}") if fact == "teller" else ""


# Discreet index


def _discreet(library: Library, pack: Pack, discretion: Discretion) -> Section:
    """The leaflets by number."""
    who_to_ring = say("sheet.who-to-ring")
    entries = []
    for number, leaflet in enumerate(pack.leaflets, 1):
        speaker = Speaker(library, {"teller": _WORKER}, leaflet.places[0].tree)
        whom = together(one for place in leaflet.places for one in place.whom)
        text = f"{who_to_ring} {number}. {_whom(speaker, whom, discretion)}"
        entries.append(Entry(leaflet, text))
    sheets = Section(say("index.sheets"), entries=tuple(entries))
    return Section(who_to_ring, sections=(sheets,))
