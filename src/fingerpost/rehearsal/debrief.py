"""Documents to hand out after rehearsing: the review of each story, and the votes on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.base import Frozen, replace
from ..page.messages import say
from ..sheets.document import Block, Box, Break, Document, Heading, Note, Paragraph
from .rehearsal import Rehearsal
from .review import HOW_SOON, URGENCY, BrokenRule, Review, broken_rules, review
from .review_document import review_document
from .votes import Vote

TITLE = "What the room can take home"

_LEFT = "Where the room left the safe path"
_KEPT = "The room kept to it."
_NO_RULE = "No safety rule stands against it. What it would have meant is told below."
_SAID = "The room said"
_BREAKS = "It breaks a safety rule"
_OTHERS = "What others in the room said"
_AGREED = "Wherever hands were counted, the room was of one mind."
_NOT_COUNTED = "No hands were counted."
_LISTEN = "Ask what they saw. Somebody who sees it otherwise may be the one who is right."


class Rehearsed(Frozen):
    """A finished rehearsal, and the votes of the group during it."""

    rehearsal: Rehearsal
    votes: tuple[Vote, ...] = ()


def reviews(rehearsed: Sequence[Rehearsed], name: str = "") -> Document:
    """The reviews of at least one story, each on a page of its own."""
    return _joined([review_document(review(each.rehearsal), name) for each in rehearsed])


def debrief(rehearsed: Sequence[Rehearsed], name: str = "") -> Document:
    """The same for a group: departures from the safe path first, then the minority votes."""
    documents = []
    for each in rehearsed:
        found = review(each.rehearsal)
        document = review_document(found, name)
        left = _left(found, broken_rules(each.rehearsal))
        blocks = (*left, *_others(each.votes), *document.blocks)
        documents.append(replace(document, blocks=blocks))
    title = f"{TITLE}, for {name}" if name else TITLE
    return replace(_joined(documents), title=title)


def _joined(documents: Sequence[Document]) -> Document:
    """Documents concatenated, each under a heading of its topic."""
    first, *others = documents
    if not others:
        return first
    blocks: list[Block] = []
    for number, document in enumerate(documents):
        blocks += [Break()] if number else []
        blocks += [Heading(f"{document.banner}: {document.kicker}"), *document.blocks]
    return replace(first, blocks=tuple(blocks), kicker="")


def _left(found: Review, broken: Sequence[BrokenRule]) -> Iterator[Block]:
    """Each departing answer with the rules that it breaks, and each wrong judgement."""
    yield Heading(_LEFT)
    rules: dict[tuple[str, str], dict[str, None]] = {}
    for departure in found.departures:
        rules.setdefault((departure.asked, departure.said), {})
    for rule in broken:
        rules.setdefault((rule.asked, rule.said), {})[rule.because] = None
    wrong = [each for each in found.decisions if each.verdict == "wrong"]
    timing = found.timing
    if timing.too_low:
        needed = Note("It is needed", URGENCY[timing.called])
        because = [Note(_BREAKS, why) for why in rules.pop((HOW_SOON, URGENCY[timing.said]), {})]
        yield Box(HOW_SOON, (), notes=(Note(_SAID, URGENCY[timing.said]), needed, *because))
    elif not rules and not wrong:
        yield Paragraph(_KEPT)
    for (asked, said), broken_by in rules.items():
        breaks = [Note(_BREAKS, why) for why in broken_by] or [Note("", _NO_RULE)]
        yield Box(asked, (), notes=(Note(_SAID, said), *breaks))
    for each in wrong:
        yield Box(each.asked, (), notes=(Note(_SAID, each.said), Note("Why not", each.because)))


def _others(votes: Iterable[Vote]) -> Iterator[Block]:
    counted = [vote for vote in votes if any(vote.hands)]
    split = [vote for vote in counted if vote.others]
    yield Heading(_OTHERS)
    if not split:
        yield Paragraph(_AGREED if counted else _NOT_COUNTED)
        return
    yield Paragraph(_LISTEN)
    for vote in split:
        taken = [option.says for place, option in enumerate(vote.options) if place in vote.taken]
        # No share of the voters: with several answers allowed, their number is not known.
        others = (
            Note("", f"{say('vote.hands', count=count)}: {option.says}")
            for option, count in vote.others
        )
        yield Box(vote.asked, (), notes=(Note("The room went on with", "; ".join(taken)), *others))
