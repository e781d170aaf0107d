"""What is handed out after rehearsing: the review of each story, and what the room said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.base import Frozen, replace
from ..sheets.document import Block, Box, Break, Document, Heading, Note, Paragraph
from .rehearsal import Rehearsal
from .review import HOW_SOON, URGENCY, BrokenRule, Review, broken_rules, review
from .review_document import review_paper
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
    """A story that was rehearsed to its end, and how a room voted on the way."""

    rehearsal: Rehearsal
    votes: tuple[Vote, ...] = ()


def reviews(rehearsed: Sequence[Rehearsed], name: str = "") -> Document:
    """The reviews of some stories, each on a page of its own. There must be one."""
    papers = [review_paper(review(each.rehearsal), name) for each in rehearsed]
    return _together(papers)


def debrief(rehearsed: Sequence[Rehearsed], name: str = "") -> Document:
    """The same for a room: where it left the safe path comes first, then who saw it otherwise."""
    papers = []
    for each in rehearsed:
        found = review(each.rehearsal)
        paper = review_paper(found, name)
        left = _left(found, broken_rules(each.rehearsal))
        blocks = (*left, *_others(each.votes), *paper.blocks)
        papers.append(replace(paper, blocks=blocks))
    title = f"{TITLE}, for {name}" if name else TITLE
    return replace(_together(papers), title=title)


def _together(papers: Sequence[Document]) -> Document:
    """Papers one behind the other; what each is about stands where it begins."""
    first, *others = papers
    if not others:
        return first
    blocks: list[Block] = []
    for number, paper in enumerate(papers):
        blocks += [Break()] if number else []
        blocks += [Heading(f"{paper.banner}: {paper.kicker}"), *paper.blocks]
    return replace(first, blocks=tuple(blocks), kicker="")


def _left(found: Review, broken: Sequence[BrokenRule]) -> Iterator[Block]:
    """Each answer that left the story, with the rules that it breaks, and what was judged wrong."""
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
        # As at the vote itself: of a question with several answers nobody knows how many voted.
        said = [f"{_hands(count)}: {option.says}" for option, count in vote.others]
        yield Box(
            vote.asked,
            (),
            notes=(Note("The room went on with", "; ".join(taken)), *(Note("", s) for s in said)),
        )


def _hands(count: int) -> str:
    return "1 hand" if count == 1 else f"{count} hands"
