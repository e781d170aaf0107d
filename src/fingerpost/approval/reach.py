"""What trees share and could be shown on each ending, by proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..model import inline_markup
from ..model.base import Frozen
from ..model.facts import TELLERS
from ..model.graph import Place
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Sentence
from ..model.text_index import of_route
from ..model.tree import Advice, Always, Need, NeedWords, Outcome
from ..page.approval import Item, Kind, shared_items
from ..proof.formula import ALWAYS, Formula, both, of
from ..proof.prover import Proofs
from ..proof.verdict import Claim


class Reach(Frozen):
    """All that trees share, and for each ending the places of what it could show somebody."""

    items: tuple[Item, ...]
    shows: Mapping[Place, frozenset[int]]

    def at(self, place: Place) -> list[Item]:
        """What an ending could show somebody, in order."""
        return [self.items[at] for at in sorted(self.shows.get(place, ()))]


def reach(library: Library) -> Reach:
    """Prove for everything that trees share on which endings somebody could see it.

    Where that cannot be decided it counts as shown. An ending that nobody comes to shows nothing.
    """
    proofs = Proofs(library)
    items = tuple(shared_items(library))
    shows: dict[int, set[int]] = {number: set() for number, _ in proofs.endings}
    for at, item in enumerate(items):
        if item.kind is not Kind.WORD:
            for number in _where(proofs, item):
                shows[number].add(at)
    words = {item.name: at for at, item in enumerate(items) if item.kind is Kind.WORD}
    for number, outcome in proofs.endings:
        said = [*_own(outcome), *(s for at in shows[number] for s in _said(items[at]))]
        shows[number] |= {words[word] for word in _hard_words(said) if word in words}
    found = {proofs.map.nodes[number].place: frozenset(all_) for number, all_ in shows.items()}
    for tree in library.trees.values():
        for name in tree.outcomes:
            found.setdefault((tree.name, name), frozenset())
    return Reach(items, found)


def _where(proofs: Proofs, item: Item) -> Iterable[int]:
    """The endings on which somebody could see something."""
    claims: dict[int, Claim] = {}
    alike: dict[int, tuple[Formula, Claim]] = {}
    for number, outcome in proofs.endings:
        called = _called(proofs, item, outcome)
        if id(called) not in alike:
            alike[id(called)] = called, Claim(both(called, _offered(proofs, item)), ALWAYS)
        claims[number] = alike[id(called)][1]
    doubts = proofs.doubts(claims)
    return doubts.meant if doubts.complete else claims


def _called(proofs: Proofs, item: Item, outcome: Outcome) -> Formula:
    """Whether an ending calls for something; the same object for many endings."""
    if isinstance(item.part, Route):
        return proofs.formulas.calls_for(outcome, item.part)
    if isinstance(item.part, NeedWords):
        return proofs.formulas.called(outcome, item.name)
    return ALWAYS


def _offered(proofs: Proofs, item: Item) -> Formula:
    entry = ALWAYS if item.entry is None else of(item.entry.when, unless=item.entry.unless)
    match item.part:
        case Route():
            return proofs.formulas.offered(item.part)
        case Advice():
            return both(entry, of(*item.part.whens, unless=item.part.unless))
        case Need():
            return both(entry, of(item.part.when))
        case _:
            return entry


def _own(outcome: Outcome) -> list[Sentence]:
    said = [outcome.title, outcome.open, *(line.say for line in outcome.advice)]
    said += [need.because for need in outcome.needs if need.because]
    said += [outcome.worse] if outcome.worse else []
    return said + ([outcome.carry_on.say] if outcome.carry_on else [])


def _said(item: Item) -> Sequence[Sentence]:
    match item.part:
        case Advice() | NeedWords():
            return (item.part.say,)
        case Need():
            return (item.part.because,) if item.part.because else ()
        case Route():
            return [use.sentence for use in of_route(item.part).said]
        case Sentence() | Always():
            return ()


def _hard_words(said: Iterable[Sentence]) -> set[str]:
    texts = {sentence.read_by(teller) for sentence in said for teller in TELLERS}
    return {word.lower() for text in texts for word in inline_markup.hard_words(text)}
