"""What somebody can learn from a rehearsal: where it left the story, and what that would mean.

There is no grade and no count. Everything is said in plain values, in the words for whoever reads
the tree in the story; what stands on a page of it, and in what order, is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.base import Frozen
from ..model.case import Choice, Judgement
from ..model.sentence import Source, Urgency
from ..model.tree import Advice, Kind, Outcome, Rule
from ..page import visibility
from ..page.page import FIRST_SHOWN, page
from ..page.rules import Arrival, keeps
from ..page.speaker import Speaker
from ..walk.walk import Walk
from . import service_choices
from .answer_key import called_for
from .rehearsal import Finished, Given, Rehearsal
from .unsuitable import why_not

HOW_SOON = "How soon is help needed?"
"""The question about urgency, which is not the tree's."""

URGENCY = {
    Urgency.NOW: "now",
    Urgency.TODAY: "today",
    Urgency.SOON: "in the next days",
    Urgency.INFO: "at any time",
}
"""How soon, in words that end a sentence."""

FIRST_THINGS = 3
"""Lines of advice that stand for a whole page: the first things to do on it."""

_VERDICTS = ("wrong", "partly", "right", "")
"""In this order judgements are reviewed; last those that were not met."""


class Timing(Frozen):
    """How soon help was said to be needed, and how soon the tree says it is.

    ``ending`` is the title of the ending of the story, ``first`` the first things to do there, and
    ``because`` the reasons of the safety rules that were not kept to.
    """

    said: Urgency
    called: Urgency
    ending: str
    first: tuple[str, ...]
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
    """What one answer alone would have meant, had all others been as in the story.

    ``ending`` is the title of the other ending that it leads to, and ``instead_of`` that of the
    story; both are empty where they are one. ``asked`` is a question to which it leads and that
    the story does not answer, or empty. ``urgency`` is what the other page would say and
    ``called`` what the page of the story says. ``help`` and ``advice`` are on the page of the
    story only; ``strange`` are on the other page, and are not for this person. From an ending with
    a way on the rest can still be reached: ``onward`` has the words of it, and what is on the page
    of the story only is not told.
    """

    ending: str
    instead_of: str
    asked: str
    urgency: Urgency
    called: Urgency
    help: tuple[str, ...]
    advice: tuple[str, ...]
    strange: tuple[Service, ...]
    onward: str = ""

    @property
    def nothing(self) -> bool:
        """Whether it would have led to the same help as the story."""
        differs = self.ending or self.asked or self.help or self.advice or self.strange
        return not differs and self.urgency is self.called


class Departure(Frozen):
    """An answer that left the story: what was asked, what was answered, and what the story says.

    ``by_news`` tells that the story says so since some news. ``meaning`` is None where the story
    does not tell how it would have ended.
    """

    asked: str
    said: str
    story: str
    by_news: bool
    meaning: Meaning | None


class Decision(Frozen):
    """What was decided at a judgement: what was asked, what was chosen, and what is better.

    ``said``, ``verdict`` and ``because`` are empty for a judgement that was not met. ``better``
    are the right choices that were not chosen, each with its reason.
    """

    asked: str
    said: str
    verdict: str
    because: str
    better: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


class Review(Frozen):
    """What one rehearsal showed. Each part is empty where there is nothing to say.

    ``topic`` is the tree's title and ``ending`` the title of the ending of the story. ``missed``
    are services for the person in the story that were not named, ``misplaced`` those that were
    named and are not for them. ``sources`` are what to read.
    """

    topic: str
    story: str
    news: tuple[str, ...]
    ending: str
    timing: Timing
    departures: tuple[Departure, ...]
    missed: tuple[Service, ...]
    misplaced: tuple[Service, ...]
    decisions: tuple[Decision, ...]
    sources: tuple[Source, ...]


class BrokenRule(Frozen):
    """A safety rule that an answer would have broken for the person in the story.

    ``asked`` and ``said`` are the question and the answer in words.
    """

    name: str
    because: str
    asked: str
    said: str


def review(rehearsal: Rehearsal) -> Review:
    """The review of a rehearsal. Raises ValueError for one that is not finished."""
    if not isinstance(rehearsal.here, Finished) or rehearsal.soon is None:
        raise ValueError("a rehearsal is reviewed when it is finished")
    told = rehearsal.told
    speaker = _speaker(rehearsal)
    decisions = tuple(_decisions(rehearsal, speaker))
    return Review(
        topic=speaker.say(rehearsal.library.trees[rehearsal.case.tree].title),
        story=speaker.say(rehearsal.case.story),
        news=tuple(speaker.say(inject.say) for inject in rehearsal.news),
        ending=_title(told, speaker),
        timing=_how_soon(rehearsal, rehearsal.soon, told, speaker),
        departures=tuple(_departure(rehearsal, each, speaker) for each in _departing(rehearsal)),
        missed=tuple(_missed(rehearsal, told, speaker)),
        misplaced=tuple(_misplaced(rehearsal, told, speaker)),
        decisions=decisions,
        sources=_sources(decisions, told),
    )


def broken_rules(rehearsal: Rehearsal) -> tuple[BrokenRule, ...]:
    """The safety rules that each answer so far breaks, in the order of the answers.

    A rule speaks for the person in the story. It is broken where the page to which the answer
    alone would have led does not keep it, and by the urgency that was said where that is less
    than the rule asks. At an ending with a way on only those rules count of which everything has
    been asked: the others speak further on.
    """
    speaker = _speaker(rehearsal)
    found: list[BrokenRule] = []
    for given in _departing(rehearsal):
        base, other = _both_ways(rehearsal, given)
        asked, said = _words(given, given.values, speaker)
        found += (
            BrokenRule(rule.name, speaker.say(rule.because), asked, said)
            for rule in _rules(rehearsal, base, other)
            if _breaks(rule, base, other)
        )
    if rehearsal.soon is not None:
        said = URGENCY[rehearsal.soon]
        found += (
            BrokenRule(rule.name, speaker.say(rule.because), HOW_SOON, said)
            for rule in _more_urgent(rehearsal, rehearsal.soon, rehearsal.told)
        )
    return tuple(found)


# Rules


def _rules(rehearsal: Rehearsal, *walks: Walk) -> tuple[Rule, ...]:
    """The library's rules, and those of the trees in which somebody begins or ends."""
    trees = {rehearsal.case.tree, *(walk.tree.name for walk in walks)}
    own = (tree.rules for name, tree in rehearsal.library.trees.items() if name in trees)
    return (*rehearsal.library.rules, *(rule for rules in own for rule in rules))


def _breaks(rule: Rule, told: Walk, other: Walk) -> bool:
    if not isinstance(other.here, Outcome) or not rule.when.holds(told.facts):
        return False
    if other.here.carry_on is not None and not other.facts.keys() >= set(rule.when.facts):
        return False
    return not keeps(told.library, rule, Arrival(other.tree.name, other.here, other.facts))


def _more_urgent(rehearsal: Rehearsal, said: Urgency, told: Walk) -> Iterator[Rule]:
    for rule in _rules(rehearsal, told):
        asks = rule.must.urgency
        if asks is not None and said < asks and rule.when.holds(told.facts):
            yield rule


# How soon


def _how_soon(rehearsal: Rehearsal, said: Urgency, told: Walk, speaker: Speaker) -> Timing:
    here = told.here
    called = called_for(rehearsal) or said
    first: tuple[str, ...] = ()
    if isinstance(here, Outcome):
        found = page(told.library, told.tree, here, told.facts)
        first = tuple(line.text for line in found.instructions[:FIRST_THINGS])
    because = (speaker.say(rule.because) for rule in _more_urgent(rehearsal, said, told))
    return Timing(
        said, called, _title(told, speaker), first, tuple(dict.fromkeys(filter(None, because)))
    )


# Answers


def _departing(rehearsal: Rehearsal) -> tuple[Given, ...]:
    return tuple(given for given in rehearsal.given if given.departs)


def _both_ways(rehearsal: Rehearsal, given: Given) -> tuple[Walk, Walk]:
    """The way of the story as it was known then, and the way with this answer alone."""
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


def _departure(rehearsal: Rehearsal, given: Given, speaker: Speaker) -> Departure:
    asked, said = _words(given, given.values, speaker)
    _, story = _words(given, given.wanted or (), speaker)
    fact = given.question.fact
    return Departure(
        asked=asked,
        said=said,
        story=story,
        by_news=rehearsal.case.answers.get(fact) != given.expected[fact],
        meaning=_meaning(*_both_ways(rehearsal, given), speaker),
    )


def _meaning(told: Walk, other: Walk, speaker: Speaker) -> Meaning | None:
    if not isinstance(told.here, Outcome):
        return None
    called = visibility.urgency(told.library, told.here, told.facts)
    if not isinstance(other.here, Outcome):
        asked = speaker.say(other.here.ask)
        return Meaning("", "", asked, called, called, (), (), ())
    there = (told.tree.name, told.here.name) == (other.tree.name, other.here.name)
    onward = None if there else other.here.carry_on
    heard = _to_do(other, other.here)
    unsaid = (line for line in _to_do(told, told.here) if line not in heard)
    return Meaning(
        ending="" if there else _title(other, speaker),
        instead_of="" if there else _title(told, speaker),
        asked="",
        urgency=visibility.urgency(told.library, other.here, other.facts),
        called=called,
        help=() if onward else tuple(_only_there(told, other, speaker)),
        advice=() if onward else tuple(speaker.say(line.say) for line in unsaid),
        strange=tuple(
            Service(speaker.say(route.title), why_not(route, told))
            for route in service_choices.on_page(other, FIRST_SHOWN)
            if not route.offered(told.facts)
        ),
        onward=speaker.say(onward.say) if onward else "",
    )


def _only_there(told: Walk, other: Walk, speaker: Speaker) -> Iterator[str]:
    """The services at which the page of the story looks first and that the other does not have."""
    known = {route.name for route in service_choices.on_page(other)}
    for route in service_choices.on_page(told, FIRST_SHOWN):
        if route.name not in known:
            yield speaker.say(route.title)


def _to_do(walk: Walk, ending: Outcome) -> tuple[Advice, ...]:
    lines = visibility.lines(walk.library, ending, walk.facts)
    return tuple(line for line in lines if line.kind in (Kind.DO, Kind.DONT))


# Services


def _missed(rehearsal: Rehearsal, told: Walk, speaker: Speaker) -> Iterator[Service]:
    named = rehearsal.turned or frozenset()
    why = dict(_why(told, speaker))
    for route in service_choices.right(rehearsal.library, rehearsal.case, told):
        if route.name not in named:
            yield Service(speaker.say(route.title), why.get(route.name, ""))


def _why(told: Walk, speaker: Speaker) -> Iterator[tuple[str, str]]:
    """What each service of the page is for there, and the tree's reasons."""
    if isinstance(told.here, Outcome):
        for each in visibility.served(told.library, told.here, told.facts):
            words = told.library.needs.get(each.need)
            heading = speaker.say(words.say) if words else ""
            reasons = (speaker.say(need.because) for need in each.wanted)
            said = [f"{heading}." if heading else "", *dict.fromkeys(reasons)]
            for route in each.routes:
                yield route.name, " ".join(filter(None, said))


def _misplaced(rehearsal: Rehearsal, told: Walk, speaker: Speaker) -> Iterator[Service]:
    fitting = service_choices.fitting(rehearsal.library, rehearsal.case, told)
    for name, route in rehearsal.library.routes.items():
        if name in (rehearsal.turned or ()) and name not in fitting:
            yield Service(speaker.say(route.title), why_not(route, told))


# Judgements


def _decisions(rehearsal: Rehearsal, speaker: Speaker) -> list[Decision]:
    """The judgements that were met, and then those that the trainee's way did not come to."""
    met = [(each.judgement, each.choice) for each in rehearsal.judgements]
    put = [judgement for judgement, _ in met]
    unmet = [(judgement, None) for judgement in rehearsal.case.judgements if judgement not in put]
    every = [_decision(judgement, choice, speaker) for judgement, choice in (*met, *unmet)]
    return sorted(every, key=lambda decision: _VERDICTS.index(decision.verdict))


def _decision(judgement: Judgement, choice: Choice | None, speaker: Speaker) -> Decision:
    right = [each for each in judgement.choices if each.verdict == "right"]
    better = [] if choice in right else right
    return Decision(
        asked=speaker.say(judgement.ask),
        said=speaker.say(choice.say) if choice else "",
        verdict=choice.verdict if choice else "",
        because=speaker.say(choice.because) if choice else "",
        better=tuple((speaker.say(each.say), speaker.say(each.because)) for each in better),
        sources=_cited([choice, *better] if choice else better),
    )


def _cited(choices: Iterable[Choice]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(choice.source for choice in choices if choice.source))


def _sources(decisions: Iterable[Decision], told: Walk) -> tuple[Source, ...]:
    cited = [source for decision in decisions for source in decision.sources]
    if isinstance(told.here, Outcome):
        cited += page(told.library, told.tree, told.here, told.facts).sources
    return tuple(dict.fromkeys(cited))


def _speaker(rehearsal: Rehearsal) -> Speaker:
    """Who says everything as the person in the story would read it."""
    known = {**rehearsal.expected, **rehearsal.told.facts}
    return Speaker(rehearsal.library, known, rehearsal.case.tree)


def _title(walk: Walk, speaker: Speaker) -> str:
    return speaker.say(walk.here.title) if isinstance(walk.here, Outcome) else ""
