"""One page for two troubles of one person: what both pages say, each thing once.

Each page stands as its own walk has led to it, so what is proved of either holds of both. No step
of what is done first on the graver page, no part and no service of either is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.base import grouped, replace
from ..model.tree import Advice, Outcome
from ..walk.walk import Walk
from .contact import Contact
from .messages import say
from .opening_hours import Clock
from .page import Help, Instruction, Page, Part, PartKind, page, with_last

_FIRST_OF_GRAVER = 3
"""Steps of the graver page that stand before those of the other."""


def page_of(walk: Walk, clock: Clock | None = None, asked: Sequence[Advice] = ()) -> Page:
    """The page of the ending at which a walk stands, joined with that of the walk beside it.

    ``clock`` and ``asked`` are as for ``page``.
    """
    assert isinstance(walk.here, Outcome)
    shown = page(walk.library, walk.tree, walk.here, walk.facts, clock, asked=asked)
    return shown if walk.beside is None else joined(page_of(walk.beside, clock), shown)


def joined(one: Page, other: Page) -> Page:
    """The page of both, the graver first: that of ``one`` if both are as urgent.

    Its title and its opening are those of the graver one, with the title of the other. The first
    steps of the graver stand first, then what the other adds, as many as the graver has room for,
    all that is there to save a life, and one that would be left; the others stand in a part for
    each trouble.
    """
    first, second = (one, other) if one.urgency >= other.urgency else (other, one)
    kept = _once(_first_steps(first))
    to_do = _once((*kept, *second.steps, *first.steps, *first.instructions, *second.instructions))
    saving = sum(line.first for line in to_do if line not in kept)
    most = max(len(first.steps), len(second.steps), len(kept) + saving)
    steps = to_do[: with_last(to_do, most)]
    left = (_rest(page, steps) for page in (first, second))
    served = _help(first, second)
    return replace(
        first,
        title=_title(first.title, second.title),
        emergency=first.emergency or second.emergency,
        lifeline=first.lifeline or second.lifeline,
        to_talk=first.to_talk or second.to_talk,
        own_line=first.own_line or second.own_line,
        at_night=(first if first.own_line else second).at_night,
        steps=tuple(steps),
        parts=(*(part for part in left if part.lines), *_parts(first, second)),
        help=served,
        sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
        words=tuple(dict((*second.words, *first.words)).items()),
        review_by=min(first.review_by, second.review_by),
        overdue=first.overdue or second.overdue,
        # Nothing says that somebody approved a page of which they have read half.
        note=tuple(dict.fromkeys((*first.note, *second.note))),
        approval=first.approval if first.approval == second.approval else None,
        carry_on=other.carry_on,
    )


def _title(one: str, other: str) -> str:
    return one if one == other else say("page.both", one=one, other=other)


def _first_steps(page: Page) -> Iterator[Instruction]:
    """The first steps of the graver page, with all that is there to save a life."""
    yield from (line for n, line in enumerate(page.steps) if n < _FIRST_OF_GRAVER or line.first)


def _once(lines: Iterable[Instruction]) -> list[Instruction]:
    """Each line once, by its words; what saves a life before all others."""
    return sorted(_by_text(lines), key=lambda line: not line.first)


def _by_text(lines: Iterable[Instruction]) -> Iterable[Instruction]:
    """The first line of those that have the same words."""
    once: dict[str, Instruction] = {}
    for line in lines:
        once.setdefault(line.text, line)
    return once.values()


def _rest(page: Page, steps: list[Instruction]) -> Part:
    said = {line.text for line in steps}
    lines = tuple(line for line in page.instructions if line.text not in said)
    return Part(PartKind.MORE, say("part.more-of", title=page.title), lines=lines)


def _parts(first: Page, second: Page) -> Iterator[Part]:
    """The parts of both in their order, each once; those of one title as one."""
    found: dict[tuple[PartKind, str], Part] = {}
    for part in (*first.parts, *second.parts):
        if part.kind is PartKind.MORE:
            continue
        before = found.get((part.kind, part.title), part)
        found[part.kind, part.title] = replace(
            before,
            text=tuple(dict.fromkeys((*before.text, *part.text))),
            lines=tuple(_by_text((*before.lines, *part.lines))),
        )
    order = list(PartKind)
    yield from sorted(found.values(), key=lambda part: order.index(part.kind))


def _help(first: Page, second: Page) -> tuple[Help, ...]:
    """The needs of both, the emergency first; each service once, where it stands first."""
    needs = grouped((each.need, each) for each in (*first.help, *second.help))
    shown: set[str] = set()
    found: list[Help] = []
    for both in needs.values():
        contacts = tuple(_new((c for each in both for c in each.contacts), shown))
        found.append(
            replace(
                both[0],
                because=tuple(dict.fromkeys(text for each in both for text in each.because)),
                contacts=contacts,
            )
        )
    more = ((each, [m for both in needs[each.need] for m in both.more]) for each in found)
    whole = [replace(each, more=tuple(_new(others, shown))) for each, others in more]
    kept = (each for each in whole if each.contacts or each.more)
    return tuple(sorted(kept, key=lambda each: each.need != "emergency"))


def _new(contacts: Iterable[Contact], shown: set[str]) -> Iterator[Contact]:
    for contact in contacts:
        if contact.route not in shown:
            shown.add(contact.route)
            yield contact
