"""The index of a pack of leaflets in words: what has happened, which ending, and for whom.

It is for whoever fills the leaflet rack, so it speaks to a worker. The index of discreet leaflets
says no more than they do themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model.base import Frozen
from ..model.facts import NOT_SURE
from ..model.library import Library
from ..model.tree import Outcome, Tree
from ..page import labels
from ..page.messages import say
from ..page.speaker import Speaker
from .discretion import Discretion
from .leaflets import Group, Leaflet, Order, Pack, Whom, together

_WORKER = frozenset({"staff"})

_LABELLED = frozenset({"teller", "age", "nation"})
"""Facts that have a label; before the values of any other stands its question."""


class Entry(Frozen):
    """One leaflet: the name of its file, and what to say of it."""

    file: str
    text: str


class Section(Frozen):
    """A part under a heading: lines to read, then leaflets, then smaller parts.

    ``answers`` are questions with the answers for which the leaflets are.
    """

    heading: str
    lines: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()


class Contents(Frozen):
    """A whole index. Its texts are plain and may come from anybody."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]


def contents(library: Library, order: Order, pack: Pack, suffix: str) -> Contents:
    """The index of a pack whose files all have this suffix, such as ``.html``."""
    if order.discretion is not None:
        return _discreet(library, pack, suffix, order.discretion)
    trees = (_tree(library, library.trees[name], pack, suffix) for name in order.trees)
    apps = tuple(Entry(app.name + suffix, app.paper.title) for app in pack.apps)
    told = (say("index.how-to-find"), say("index.answers"))
    in_apps = [Section(say("app.kicker"), entries=apps)] if apps else []
    return Contents(
        title=say("index.title"),
        lines=(*told, *_audience(order), say("page.from-nobody")),
        sections=(*filter(None, trees), *in_apps),
    )


def _audience(order: Order) -> Iterator[str]:
    if order.audience is not None:
        yield say("index.audience", reader=say(f"index.reader.{order.audience}"))


def _tree(library: Library, tree: Tree, pack: Pack, suffix: str) -> Section | None:
    """What can be printed of a tree; nothing if nobody comes to any of its endings."""
    speaker = Speaker(library, {"teller": _WORKER}, tree.name)
    endings = tuple(
        Section(
            heading=speaker.say(outcome.title),
            lines=tuple(_told(speaker, outcome)),
            sections=tuple(_situations(speaker, situations, suffix)),
        )
        for outcome in tree.outcomes.values()
        if (situations := _by_situation(tree, outcome, pack))
    )
    about = (speaker.say(tree.about),)
    return Section(speaker.say(tree.title), about, sections=endings) if endings else None


def _told(speaker: Speaker, outcome: Outcome) -> Iterator[str]:
    """How urgent an ending is, and its titles for the others: one may look for any of them."""
    own = outcome.title.read_by(speaker.teller)
    yield labels.urgency(outcome.urgency)
    yield from (text for text in outcome.title.texts if text != own)


_Situation = tuple[tuple[str, frozenset[str]], ...]


def _by_situation(
    tree: Tree, outcome: Outcome, pack: Pack
) -> Mapping[_Situation, list[tuple[Leaflet, Group]]]:
    found: dict[_Situation, list[tuple[Leaflet, Group]]] = {}
    for leaflet in pack.leaflets:
        for place in leaflet.places:
            if (place.tree, place.outcome) == (tree.name, outcome.name):
                found.setdefault(place.known, []).append((leaflet, place))
    return found


def _situations(
    speaker: Speaker,
    situations: Mapping[_Situation, Iterable[tuple[Leaflet, Group]]],
    suffix: str,
) -> Iterator[Section]:
    one = len(situations) == 1
    for number, (known, leaflets) in enumerate(situations.items(), 1):
        yield Section(
            heading=say("index.for-whom" if one else "index.situation", number=number),
            answers=tuple((_asked(speaker, f), _answer(speaker, f, v)) for f, v in known),
            entries=tuple(
                Entry(leaflet.name + suffix, _whom(speaker, place.whom))
                for leaflet, place in leaflets
            ),
        )


# For whom


def _whom(speaker: Speaker, whom: Iterable[Whom], discretion: Discretion | None = None) -> str:
    """For whom a leaflet is, in a sentence or more. What tells is not said."""

    def said(words: str) -> str:
        return say("index.not-said") if discretion and discretion.tells(words) else words

    def sentence(fact: str, values: Iterable[frozenset[str]]) -> str:
        ours = fact in _LABELLED
        label = f"{say(f'index.fact.{fact}')}:" if ours else said(_asked(speaker, fact))
        words = (_ours(fact, each) or said(_answer(speaker, fact, each)) for each in values)
        return f"{label} {'; '.join(dict.fromkeys(words))}."

    each = (" ".join(sentence(*part) for part in one) for one in whom)
    return f" {say('index.also')} ".join(filter(None, each)) or say("index.anyone")


def _asked(speaker: Speaker, fact: str) -> str:
    question = speaker.library.question_of(fact, speaker.tree)
    return speaker.say(question.ask) if question else f"{fact}:"


def _answer(speaker: Speaker, fact: str, values: frozenset[str]) -> str:
    return _ours(fact, values) or speaker.answers(fact, values) or ", ".join(sorted(values))


def _ours(fact: str, values: frozenset[str]) -> str:
    """Our own words for an answer, where the author's would be another person's; or nothing."""
    if not values:
        return say("index.not-asked")
    if values == {NOT_SURE}:
        return say("index.not-known")
    return say(f"index.reader.{next(iter(values))}") if fact == "teller" else ""


# An index that does not tell


def _discreet(library: Library, pack: Pack, suffix: str, discretion: Discretion) -> Contents:
    """The leaflets by number. Whoever prints them has to look into them to know more."""
    who_to_ring = say("sheet.who-to-ring")
    entries: list[Entry] = []
    for number, leaflet in enumerate(pack.leaflets, 1):
        speaker = Speaker(library, {"teller": _WORKER}, leaflet.places[0].tree)
        whom = together(one for place in leaflet.places for one in place.whom)
        text = f"{who_to_ring} {number}. {_whom(speaker, whom, discretion)}"
        entries.append(Entry(leaflet.name + suffix, text))
    return Contents(who_to_ring, (), (Section(say("index.sheets"), entries=tuple(entries)),))
