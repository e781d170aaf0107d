"""The review of a rehearsal as values: what was said and done, and how right each of it was.

There is no grade and no count. Texts are in the words for the reader in the story; layout and order
are those of ``review_document``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.base import Frozen
from ..model.case import RING, Case
from ..model.facts import NOT_SURE
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Source, Urgency
from ..model.tree import Advice, Kind, Outcome, Rule
from ..page import labels, visibility
from ..page.joined import page_of
from ..page.messages import as_sentence, say
from ..page.page import Page
from ..page.speaker import Speaker
from ..sheets.document import lead
from ..walk.walk import Walk
from . import services
from .answer_key import called_for
from .rehearsal import Chosen, Given, Rehearsal

UNLIKE, RIGHT, PARTLY, WRONG = "", "right", "partly", "wrong"
"""How right something was: ``UNLIKE`` the story, which nobody is the worse for; or a verdict of a
choice."""

VERDICTS = (WRONG, PARTLY, RIGHT, UNLIKE)
"""That which is furthest from right first."""

_SHORTEST_TITLE, _LONGEST_TITLE = 30, 72
"""Letters of how a story without a title begins: fewer say nothing, more fill two lines."""

_FIRST_THINGS = 2
"""Lines of advice that are quoted from a page."""


class Finding(Frozen):
    """What the trainee said or did, its verdict and why; and what is ``better``, or empty.
    ``too_late``: by it help that is needed this minute comes later, than which nothing is worse."""

    verdict: str
    says: str
    better: str = ""
    too_late: bool = False

    @property
    def harm(self) -> tuple[bool, int]:
        """How much it matters."""
        return self.too_late, (UNLIKE, RIGHT, PARTLY, WRONG).index(self.verdict)


class Review(Frozen):
    """The review of one rehearsal.

    ``topic`` is the title of the story and ``page`` the page at its ending, or None if the story
    has none. Among ``findings`` of one harm that which matters most comes first. ``named`` are
    the suitable services that were chosen, ``missed`` those that were not, each with how to reach
    it, and ``misplaced`` the unsuitable ones that were, each with why.
    """

    topic: str
    page: Page | None
    findings: tuple[Finding, ...]
    named: tuple[str, ...]
    missed: tuple[str, ...]
    misplaced: tuple[str, ...]
    sources: tuple[Source, ...]


def review(rehearsal: Rehearsal) -> Review:
    """The review of a rehearsal so far. Raises ValueError for one that has not begun."""
    if not rehearsal.moves:
        raise ValueError("there is nothing to review before the first move")
    told, case = rehearsal.told, rehearsal.case
    speaker = Speaker(rehearsal.library, {**rehearsal.expected, **told.facts}, case.tree)
    page, turned = page_at_end(told), rehearsal.turned or frozenset()
    best = services.right(case, told, page)
    fits = services.fitting(case, told, best)
    chosen = [route for name, route in rehearsal.library.routes.items() if name in turned]
    sources = (each.choice.source for each in rehearsal.judgements)
    return Review(
        topic=titled(rehearsal.library, case),
        page=page,
        findings=tuple(_findings(rehearsal, speaker, best)),
        named=tuple(speaker.say(each.title) for each in chosen if each.name in fits),
        missed=tuple(_missed(rehearsal, speaker, page, best)),
        misplaced=tuple(
            f"{speaker.say(each.title)}. {services.why_unsuitable(each, told)}"
            for each in chosen
            if each.name not in fits
        ),
        sources=tuple(dict.fromkeys(filter(None, sources))),
    )


def page_at_end(walk: Walk) -> Page | None:
    """The page at which a walk stands, or None at a question."""
    return page_of(walk) if isinstance(walk.here, Outcome) else None


def soon(urgency: Urgency) -> str:
    """The words for an urgency at the end of a sentence."""
    return say(f"rehearsal.urgency.{urgency.name}")


def _findings(rehearsal: Rehearsal, speaker: Speaker, best: Iterable[Route]) -> Iterator[Finding]:
    """First help that would have come too late, and danger that was missed; then decisions, and
    answers; last what every tree asks, such as the nation."""
    everywhere = rehearsal.library.asked_everywhere
    told = [each for each in rehearsal.given if each.wanted is not None]
    told.sort(key=lambda each: each.question.fact in everywhere)
    missed = [each for each in told if _missed_danger(each, rehearsal)]
    timing = [*_how_soon(rehearsal, speaker)]
    yield from (each for each in timing if each.verdict == WRONG)
    yield from _if_danger(rehearsal, speaker, best)
    yield from (_answer(each, rehearsal, speaker) for each in missed)
    for made in sorted(rehearsal.judgements, key=_weight, reverse=True):
        yield _decision(made, speaker)
    yield from (each for each in timing if each.verdict != WRONG)
    yield from (_answer(each, rehearsal, speaker) for each in told if each not in missed)


# How soon


def _how_soon(rehearsal: Rehearsal, speaker: Speaker) -> Iterator[Finding]:
    """Whether help would have come too late, and the safety rules that say so."""
    said, known = rehearsal.soon, called_for(rehearsal)
    if said is None:
        return
    called = said if known is None else known  # which may be the least urgent, and so falsy
    kind = "too-low" if said < called else "sooner" if said > called else "same-soon"
    told = say(f"rehearsal.review.{kind}", said=soon(said), called=soon(called))
    because = (speaker.say(rule.because) for rule in _more_urgent(rehearsal, said))
    reasons = " ".join(dict.fromkeys(filter(None, because)))
    is_less, now = said < called, called is Urgency.NOW
    told = f"{told} {reasons}".strip()
    yield Finding(WRONG if is_less else RIGHT, told, too_late=now and is_less)


def _more_urgent(rehearsal: Rehearsal, said: Urgency) -> Iterator[Rule]:
    """The rules that an urgency breaks: the library's, and those of the trees of the story."""
    told = rehearsal.told
    own = (rehearsal.library.trees[name].rules for name in (rehearsal.case.tree, told.tree.name))
    for rule in (*rehearsal.library.rules, *(rule for rules in own for rule in rules)):
        asks = rule.must.urgency
        if asks is not None and said < asks and rule.when.holds(told.facts):
            yield rule


def _if_danger(rehearsal: Rehearsal, speaker: Speaker, best: Iterable[Route]) -> Iterator[Finding]:
    """Of what is for danger and fits, such as 999, whether it was called for, and chosen."""
    called, turned = called_for(rehearsal), rehearsal.turned
    for route in best:
        if turned is None or called is None or visibility.EMERGENCY not in route.serves:
            continue
        chosen, now = route.name in turned, called is Urgency.NOW
        if chosen or now:
            key = ("chosen-now" if chosen else "missed-now") if now else "no-danger"
            why = say(f"rehearsal.service.{key}", called=soon(called))
            verdict = (RIGHT if chosen else WRONG) if now else UNLIKE
            told = f"{speaker.say(route.title)}. {why}"
            yield Finding(verdict, told, too_late=verdict == WRONG)


# Decisions and answers


def _weight(made: Chosen) -> tuple[bool, bool]:
    """Of what can hurt a call counts most, which nobody can take back, and then what matters."""
    asked = made.judgement
    return asked.name == RING and made.choice.verdict == WRONG, asked.matters


def _decision(made: Chosen, speaker: Speaker) -> Finding:
    words, right = as_sentence(speaker.say(made.choice.say)), made.judgement.right
    because = speaker.say(made.choice.because)
    done = "" if made.judgement.name else "rehearsal.review.chose"  # a scene says what you do
    says = f"{by_you(words, 'scene.you-said', done)} {because}".strip()
    if made.choice.verdict == RIGHT:
        return Finding(RIGHT, says)
    better = say("scene.better", words=as_sentence(speaker.say(right.say)))
    routes = speaker.library.routes.values()
    first = [speaker.say(r.title) for r in routes if visibility.EMERGENCY in r.serves]
    late = any(each in speaker.say(right.say) for each in first)
    told = f"{better} {speaker.say(right.because)}".strip()
    return Finding(made.choice.verdict, says, told, too_late=late)


def by_you(words: str, said: str = "scene.you", done: str = "") -> str:
    """What the trainee said, after a word that says so; what they did says it itself, or after the
    word for what was ``done``."""
    key = said if words.startswith('"') else done
    return say(key, words=words) if key else words


def _answer(given: Given, rehearsal: Rehearsal, speaker: Speaker) -> Finding:
    """An answer; where the story gives another, that and what this one alone would have meant."""

    def words(values: frozenset[str]) -> str:
        said = [speaker.say(a.say) for a in given.question.answers if a.value in values]
        return as_sentence("; ".join(said))

    asked, said = speaker.say(given.question.ask), words(given.values)
    told = say("rehearsal.review.answered", asked=asked, said=said)
    if not given.departs:
        return Finding(RIGHT, told)
    key = "says" if rehearsal.case.answers.get(given.question.fact) == given.wanted else "says-now"
    better = say(f"rehearsal.review.story-{key}", story=words(given.wanted or frozenset()))
    verdict, meant = _meant(given, rehearsal, speaker)
    return Finding(verdict, told, " ".join([better, *meant]))


def _missed_danger(given: Given, rehearsal: Rehearsal) -> str:
    """The danger now that the story tells of and an answer does not, in the words of a worker."""
    missed = ((given.wanted or frozenset()) - given.values) & given.question.in_danger - {NOT_SURE}
    speaker = Speaker(rehearsal.library, {"teller": frozenset({"staff"})}, rehearsal.case.tree)
    return speaker.answers(given.question.fact, missed)


def _meant(given: Given, rehearsal: Rehearsal, speaker: Speaker) -> tuple[str, list[str]]:
    """How wrong an answer was with all others as in the story, and what it would have kept from
    them. Where the story determines no ending, nobody knows."""
    told = rehearsal.if_answered({}, given.expected)
    other = rehearsal.if_answered({given.question.fact: given.values}, given.expected)
    library = rehearsal.library
    if not isinstance(told.here, Outcome):
        return UNLIKE, []
    reached = other.here if isinstance(other.here, Outcome) else None
    called = visibility.urgency(library, told.here, told.facts)
    urgency = visibility.urgency(library, reached, other.facts) if reached else called
    heard = _to_do(other, reached) if reached else ()
    unheard = [speaker.say(e.say) for e in _to_do(told, told.here) if e not in heard]
    there = reached and (told.tree.name, told.here.name) == (other.tree.name, reached.name)
    is_late = not reached or (not there and reached.carry_on is not None)
    danger = _missed_danger(given, rehearsal)
    meant = [say("rehearsal.review.missed-danger", danger=danger)] if danger else []
    if urgency is not called:
        key = "later" if urgency < called else "other-soon"
        page = labels.urgency(urgency)
        meant.append(say(f"rehearsal.review.{key}", page=page, called=labels.urgency(called)))
    if unheard:
        advice = " ".join(lead(line)[0] for line in unheard[:_FIRST_THINGS])
        meant.append(say(f"rehearsal.review.{'late' if is_late else 'unheard'}", advice=advice))
    # Whoever is more careful than the story is not put right.
    less = PARTLY if unheard and urgency <= called else UNLIKE
    return WRONG if danger or urgency < called else less, meant or [
        say("rehearsal.review.same-help")
    ]


def _to_do(walk: Walk, ending: Outcome) -> tuple[Advice, ...]:
    lines = visibility.lines(walk.library, ending, walk.facts)
    return tuple(line for line in lines if line.kind in (Kind.DO, Kind.DONT))


# Services


def _missed(
    rehearsal: Rehearsal, speaker: Speaker, page: Page | None, best: Iterable[Route]
) -> Iterator[str]:
    """Who can help and was not chosen, 999 only if it is called for; before anyone was, all."""
    turned = rehearsal.turned
    reached = services.helping(page, rehearsal.told, rehearsal.case) if page else {}
    if turned is None:
        routes = rehearsal.library.routes
        said = (services.is_for(routes[name], speaker) for name in reached)
        yield from map(services.in_words, reached.values(), said)
        return
    now = called_for(rehearsal) is Urgency.NOW
    for route in best:
        needed = now or visibility.EMERGENCY not in route.serves
        if needed and route.name not in turned:
            box, who = reached.get(route.name), services.is_for(route, speaker)
            yield services.in_words(box, who) if box else speaker.say(route.title)


# What a story is called, and how it is read out


def titled(library: Library, case: Case) -> str:
    """The title of a scene or of an exercise, or else how its story begins."""
    speaker = Speaker(library, {"teller": frozenset({"staff"})}, case.tree)
    if title := case.scene.title if case.scene else case.title:
        return speaker.say(title)
    story = speaker.say(case.story)
    begins, _ = lead(story)
    if not _SHORTEST_TITLE <= len(begins) <= _LONGEST_TITLE:
        cut, _, _ = story[:_LONGEST_TITLE].rpartition(" ")
        is_long = len(story) > _LONGEST_TITLE
        begins = say("rehearsal.story-cut", words=cut.rstrip(".,:;")) if is_long else story
    begins = begins.removesuffix(".") if begins.count(".") == 1 else begins
    return f'{begins}"' if begins.count('"') % 2 else begins


def read_out(library: Library, case: Case) -> str:
    """What is read out: the nation in a word, as services differ, and the story or how its scene
    opens."""
    speaker = Speaker(library, case.answers, case.tree)
    story, nation = (
        speaker.say(case.scene.opens if case.scene else case.story),
        nation_of(library, case),
    )
    return say("rehearsal.read-out", nation=nation, story=story) if nation else story


def nation_of(library: Library, case: Case) -> str:
    """The nation that a story says that it is in, or empty."""
    nations = case.answers.get("nation", frozenset()) - {NOT_SURE}
    return Speaker(library, case.answers, case.tree).answers("nation", nations)
