"""The review of a rehearsal as values: where it left the story, and what that would mean.

There is no grade and no count. Texts are in the words for the reader in the story; layout and order
are those of ``review_document``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.base import Frozen, replace
from ..model.case import Case, Choice, Judgement
from ..model.facts import NOT_SURE
from ..model.sentence import Source, Urgency
from ..model.tree import Advice, Kind, Outcome, Rule
from ..page import visibility
from ..page.joined import page_of
from ..page.messages import say
from ..page.page import Page
from ..page.speaker import Speaker
from ..page.visibility import FIRST_SHOWN
from ..walk.walk import Walk
from . import services
from .answer_key import called_for, what_is_asked
from .rehearsal import Given, Rehearsal

FIRST_THINGS = 4
"""Lines of advice quoted from a page: the first things to do on it."""

VERDICTS = ("wrong", "partly", "right", "")
"""The verdicts of judgements, that which is furthest from right first; last of one not reached."""


class Timing(Frozen):
    """The urgency that the trainee chose, and the one that the tree calls for.

    ``because`` are the reasons of the safety rules that were broken.
    """

    said: Urgency
    called: Urgency
    because: tuple[str, ...]

    @property
    def too_low(self) -> bool:
        """Whether help would have come too late."""
        return self.said < self.called


class Service(Frozen):
    """A service, and why it is or is not for the person in the story, in whole sentences."""

    title: str
    why: str


class Meaning(Frozen):
    """The effect of one departing answer, with all others as in the story.

    ``urgency`` is that of the other page and ``called`` that of the page of the story. ``missed``
    is the danger that it leaves out, or empty. ``help`` and ``advice`` are on the page of the story
    only, or ``late``: behind another ending or question.
    """

    urgency: Urgency
    called: Urgency
    help: tuple[str, ...]
    advice: tuple[str, ...]
    late: bool = False
    missed: str = ""


class Departure(Frozen):
    """An answer that left the story: the question, the answer, and that of the story.

    ``by_news``: the story gives this answer since some news. ``meaning`` is None if the story does
    not determine its ending.
    """

    asked: str
    said: str
    story: str
    by_news: bool
    meaning: Meaning | None


class Decision(Frozen):
    """A judgement: the question, the choice made, and the better ones.

    ``said``, ``verdict`` and ``because`` are empty for a judgement that was not reached. ``better``
    are the right choices that were not made, each with its reason.
    """

    asked: str
    said: str
    verdict: str
    because: str
    better: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


class Review(Frozen):
    """The review of one rehearsal. Each part is empty where there is nothing to say.

    ``topic`` is the title of the story and ``page`` the page at its ending, or None if the story
    has none. ``timing`` is None until it has been asked. ``agreed`` are the questions that were
    answered as in the story, each with the answer. ``named`` are suitable services that were
    chosen, ``missed`` those that were not, ``misplaced`` unsuitable ones that were, ``if_danger``
    what is for danger if that or its choice is to be spoken of, and ``helps`` who can help, each
    with how to reach it.
    """

    topic: str
    story: str
    news: tuple[str, ...]
    page: Page | None
    timing: Timing | None
    agreed: tuple[tuple[str, str], ...]
    departures: tuple[Departure, ...]
    named: tuple[str, ...]
    missed: tuple[Service, ...]
    helps: tuple[str, ...]
    misplaced: tuple[Service, ...]
    if_danger: tuple[Service, ...]
    decisions: tuple[Decision, ...]


def review(rehearsal: Rehearsal) -> Review:
    """The review of a rehearsal so far. Raises ValueError for one that has not begun."""
    if not rehearsal.moves:
        raise ValueError("there is nothing to review before the first move")
    told, scene = rehearsal.told, rehearsal.case.scene
    page, said = page_at_end(told), rehearsal.soon
    speaker = _speaker(rehearsal)
    return Review(
        topic=speaker.say(scene.title) if scene else titled(rehearsal.case),
        story=speaker.say(scene.opens if scene else rehearsal.case.story),
        news=tuple(speaker.say(inject.say) for inject in rehearsal.news),
        page=page,
        timing=None if said is None else _how_soon(rehearsal, said, speaker),
        agreed=tuple(
            _words(each, each.values, speaker)
            for each in rehearsal.given
            if each.wanted is not None and not each.departs
        ),
        departures=tuple(_departures(rehearsal, speaker)),
        named=tuple(_named(rehearsal, told, speaker)),
        missed=tuple(_missed(rehearsal, told, speaker)),
        helps=who_can_help(rehearsal),
        misplaced=tuple(_misplaced(rehearsal, told, speaker)),
        if_danger=tuple(_if_danger(rehearsal, speaker)),
        decisions=tuple(_decisions(rehearsal, speaker)),
    )


def page_at_end(walk: Walk) -> Page | None:
    """The page at which a walk stands, or None at a question."""
    return page_of(walk) if isinstance(walk.here, Outcome) else None


def who_can_help(rehearsal: Rehearsal) -> tuple[str, ...]:
    """Who can help a worker at the end of a story; none where it has no page."""
    page = page_at_end(told := rehearsal.told)
    helps = services.who_helps(page, told, rehearsal.case) if page else ()
    return tuple(map(services.in_words, helps))


def soon(urgency: Urgency) -> str:
    """The words for an urgency at the end of a sentence."""
    return say(f"rehearsal.urgency.{urgency.name}")


# Rules


def _rules(rehearsal: Rehearsal, *walks: Walk) -> tuple[Rule, ...]:
    """The library's rules, and those of the trees in which the walks begin or end."""
    trees = {rehearsal.case.tree, *(walk.tree.name for walk in walks)}
    own = (tree.rules for name, tree in rehearsal.library.trees.items() if name in trees)
    return (*rehearsal.library.rules, *(rule for rules in own for rule in rules))


def _more_urgent(rehearsal: Rehearsal, said: Urgency, told: Walk) -> Iterator[Rule]:
    for rule in _rules(rehearsal, told):
        asks = rule.must.urgency
        if asks is not None and said < asks and rule.when.holds(told.facts):
            yield rule


# How soon


def _how_soon(rehearsal: Rehearsal, said: Urgency, speaker: Speaker) -> Timing:
    told = rehearsal.told
    known = called_for(rehearsal)
    called = said if known is None else known  # which may be the least urgent, and so falsy
    because = (speaker.say(rule.because) for rule in _more_urgent(rehearsal, said, told))
    reasons = tuple(dict.fromkeys(filter(None, because)))
    return Timing(said, called, reasons)


# Answers


def _departing(rehearsal: Rehearsal) -> tuple[Given, ...]:
    return tuple(given for given in rehearsal.given if given.departs)


def _both_ways(rehearsal: Rehearsal, given: Given) -> tuple[Walk, Walk]:
    """The walk of the story as known then, and the same with this answer alone."""
    answered = {given.question.fact: given.values}
    return (
        rehearsal.if_answered({}, given.expected),
        rehearsal.if_answered(answered, given.expected),
    )


def _words(given: Given, values: Iterable[str], speaker: Speaker) -> tuple[str, str]:
    """The question and the answer in the words of the person in the story."""
    chosen = frozenset(values)
    said = [speaker.say(a.say) for a in given.question.answers if a.value in chosen]
    return speaker.say(given.question.ask), "; ".join(said)


def _departures(rehearsal: Rehearsal, speaker: Speaker) -> list[Departure]:
    """First what could hurt most: danger that was not seen, help that comes later, and another
    page; last what every tree asks, such as the nation."""

    def harmless(each: tuple[Given, Departure]) -> tuple[bool, bool, bool, bool]:
        fact, led = each[0].question.fact, each[1].meaning
        later, unheard = (led.urgency < led.called, led.advice) if led else (False, ())
        return fact != "danger", not later, fact in rehearsal.library.asked_everywhere, not unheard

    made = [(each, _departure(rehearsal, each, speaker)) for each in _departing(rehearsal)]
    return [departure for _, departure in sorted(made, key=harmless)]


def _departure(rehearsal: Rehearsal, given: Given, speaker: Speaker) -> Departure:
    asked, said = _words(given, given.values, speaker)
    _, story = _words(given, given.wanted or (), speaker)
    fact = given.question.fact
    meaning = _meaning(*_both_ways(rehearsal, given), speaker)
    return Departure(
        asked=asked,
        said=said,
        story=story,
        by_news=rehearsal.case.answers.get(fact) != given.expected[fact],
        meaning=meaning and replace(meaning, missed=_missed_danger(given, rehearsal)),
    )


def _missed_danger(given: Given, rehearsal: Rehearsal) -> str:
    """The danger now that the story tells of and an answer does not, in the words of a worker."""
    missed = ((given.wanted or frozenset()) - given.values) & given.question.in_danger - {NOT_SURE}
    speaker = Speaker(rehearsal.library, {"teller": frozenset({"staff"})}, rehearsal.case.tree)
    return speaker.answers(given.question.fact, missed)


def _meaning(told: Walk, other: Walk, speaker: Speaker) -> Meaning | None:
    if not isinstance(told.here, Outcome):
        return None
    called = visibility.urgency(told.library, told.here, told.facts)
    reached = other.here if isinstance(other.here, Outcome) else None
    heard = _to_do(other, reached) if reached else ()
    shown = {route.name for route in services.on_page(other)}
    firsts = services.on_page(told, FIRST_SHOWN)
    there = reached and (told.tree.name, told.here.name) == (other.tree.name, reached.name)
    return Meaning(
        urgency=visibility.urgency(told.library, reached, other.facts) if reached else called,
        called=called,
        help=tuple(speaker.say(route.title) for route in firsts if route.name not in shown),
        advice=tuple(
            speaker.say(line.say) for line in _to_do(told, told.here) if line not in heard
        ),
        late=not reached or (not there and reached.carry_on is not None),
    )


def _to_do(walk: Walk, ending: Outcome) -> tuple[Advice, ...]:
    lines = visibility.lines(walk.library, ending, walk.facts)
    return tuple(line for line in lines if line.kind in (Kind.DO, Kind.DONT))


# Services


def _named(rehearsal: Rehearsal, told: Walk, speaker: Speaker) -> Iterator[str]:
    fitting = services.fitting(rehearsal.case, told)
    for name, route in rehearsal.library.routes.items():
        if name in (rehearsal.turned or ()) and name in fitting:
            yield speaker.say(route.title)


def _missed(rehearsal: Rehearsal, told: Walk, speaker: Speaker) -> Iterator[Service]:
    turned, now = rehearsal.turned, called_for(rehearsal) is Urgency.NOW
    why = dict(_why(told, speaker))
    for route in services.right(rehearsal.case, told):
        needed = now or visibility.EMERGENCY not in route.serves
        if needed and turned is not None and route.name not in turned:
            yield Service(speaker.say(route.title), why.get(route.name, ""))


def _why(told: Walk, speaker: Speaker) -> Iterator[tuple[str, str]]:
    """The name of each service on the page, with its need and the tree's reasons."""
    if isinstance(told.here, Outcome):
        for each in visibility.served(told.library, told.here, told.facts):
            words = told.library.needs.get(each.need)
            heading = speaker.say(words.say) if words else ""
            reasons = (speaker.say(need.because) for need in each.wanted)
            said = [f"{heading}." if heading else "", *dict.fromkeys(reasons)]
            for route in each.routes:
                yield route.name, " ".join(filter(None, said))


def _misplaced(rehearsal: Rehearsal, told: Walk, speaker: Speaker) -> Iterator[Service]:
    fitting = services.fitting(rehearsal.case, told)
    for name, route in rehearsal.library.routes.items():
        if name in (rehearsal.turned or ()) and name not in fitting:
            yield Service(speaker.say(route.title), services.why_unsuitable(route, told))


def _if_danger(rehearsal: Rehearsal, speaker: Speaker) -> Iterator[Service]:
    """What is for danger and fits, such as 999: chosen or needed now."""
    called, turned = called_for(rehearsal), rehearsal.turned
    for route in services.right(rehearsal.case, rehearsal.told):
        if turned is None or called is None or visibility.EMERGENCY not in route.serves:
            continue
        chosen, now = route.name in turned, called is Urgency.NOW
        if chosen or now:
            key = ("chosen-now" if chosen else "missed-now") if now else "no-danger"
            why = say(f"rehearsal.service.{key}", called=soon(called))
            yield Service(speaker.say(route.title), why)


# Judgements


def _decisions(rehearsal: Rehearsal, speaker: Speaker) -> list[Decision]:
    """The judgements as they came; last those that the trainee did not reach."""
    met = [(each.judgement, each.choice) for each in rehearsal.judgements]
    put = [judgement for judgement, _ in met]
    unmet = [(judgement, None) for judgement in rehearsal.case.judgements if judgement not in put]
    return [_decision(judgement, choice, speaker) for judgement, choice in (*met, *unmet)]


def _decision(judgement: Judgement, choice: Choice | None, speaker: Speaker) -> Decision:
    right = [each for each in judgement.choices if each.verdict == "right"]
    better = [] if choice in right else right
    return Decision(
        asked=what_is_asked(judgement, speaker),
        said=speaker.say(choice.say) if choice else "",
        verdict=choice.verdict if choice else "",
        because=speaker.say(choice.because) if choice else "",
        better=tuple((speaker.say(each.say), speaker.say(each.because)) for each in better),
        sources=tuple(dict.fromkeys(c.source for c in (choice, *better) if c and c.source)),
    )


def _speaker(rehearsal: Rehearsal) -> Speaker:
    """The speaker for the person in the story."""
    known = {**rehearsal.expected, **rehearsal.told.facts}
    return Speaker(rehearsal.library, known, rehearsal.case.tree)


def titled(case: Case) -> str:
    """The title of an exercise: its own, or else its name in words."""
    if case.title:
        return case.title.otherwise
    words = {"i": "I", "ai": "AI"}
    said = " ".join(words.get(each, each) for each in case.name.split("-"))
    return f"{said[0].upper()}{said[1:]}"
