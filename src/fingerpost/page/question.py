"""The view of a question for one reader, of what is said after it, and whom to ring, which stands
on every screen: texts, in no format."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from ..model.base import Frozen, replace
from ..model.facts import PAST, WROTE, Facts, is_age_known
from ..model.library import Library
from ..model.route import Route
from ..model.tree import Question
from ..walk.walk import Walk
from .contact import Channel, Contact
from .messages import say
from .opening_hours import Clock
from .page import Help, danger
from .speaker import Speaker
from .visibility import EMERGENCY

NUMBERS = 2
"""The services whose numbers stand on the screen itself."""


class Choice(Frozen):
    """An answer to choose, by its number on the screen, from 1; or without a value, a kind of
    answers, which are ``inside``. ``kind`` has the words of the kind behind which an answer stands,
    or is empty."""

    number: int
    value: str
    says: str
    alone: bool = False
    kind: str = ""
    inside: tuple[Choice, ...] = ()

    @property
    def values(self) -> frozenset[str]:
        """The value of this answer, or those of all answers of this kind."""
        return frozenset({self.value} if self.value else (each.value for each in self.inside))


class QuestionView(Frozen):
    """Everything on the screen of one question.

    ``progress`` counts the questions so far ("question 3"). ``why`` and ``note`` (for the worker,
    never read aloud) may be empty. ``words`` explain the hard words. ``unticked`` are the words of
    the answer of those who choose none of many, ``unticked_value`` its value; both are empty if
    there is none. ``wrote`` says back what the person wrote: at the question about danger the
    kinds of it, and after it what was not asked for that reason.
    ``said`` has the beginning of each answer so far, and ``present`` the values of an answer that
    is being changed. A rehearsal has a ``banner``, which stays however narrow the window, and a
    ``story`` above the question.
    """

    tree_title: str
    progress: str
    ask: str
    why: str
    note: str
    choices: tuple[Choice, ...]
    many: bool
    for_staff: bool
    words: tuple[tuple[str, str], ...]
    said: tuple[str, ...] = ()
    present: frozenset[str] = frozenset()
    mark: str = ""
    banner: str = ""
    story: str = ""
    wrote: str = ""
    unticked: str = ""
    unticked_value: str = ""

    @property
    def listed(self) -> tuple[Choice, ...]:
        """The choices that stand in the list. Those after them are only found, by their words."""
        return tuple(each for each in self.choices if not each.kind)

    def of_kind(self, values: Collection[str]) -> QuestionView:
        """The list of the kind that has these answers."""
        kind = next(each for each in self.listed if each.values == values)
        inside = (replace(each, number=n, kind="") for n, each in enumerate(kind.inside, 1))
        place = say("question.part", place=self.progress)
        return replace(self, progress=place, ask=kind.says, choices=tuple(inside))


class ResponseView(Frozen):
    """Everything on the screen of a response, and on the one for those who would rather talk.

    ``says`` are its words, ``served`` those who answer now, ``talk`` the words of the choice to
    talk to them instead, and ``open`` the first words there.
    """

    says: str
    talk: str
    open: str
    served: tuple[Contact, ...]


class StandingNumber(Frozen):
    """One number: whom or what it is for, its name with the number, and its URI."""

    label: str
    says: str
    uri: str


def asking(walk: Walk, present: Iterable[str] = ()) -> QuestionView:
    """The view of the question at which a walk stands. Raises ValueError at an ending.

    ``present`` are the values of an answer that is being changed; else what was written is chosen.
    """
    question = walk.here
    if not isinstance(question, Question):
        raise ValueError("an ending is not asked")  # noqa: TRY004 - the type is right, the place is not
    speaker = Speaker(walk.library, walk.facts, walk.tree.name)
    refusal = question.answer(question.unticked)
    return QuestionView(
        tree_title=speaker.say(walk.begun.title),
        progress=say("question.place", asked=walk.asked_before + 1),
        ask=speaker.say(question.ask),
        why=speaker.say(question.why),
        note=speaker.say(question.note),
        choices=_choices(question, speaker),
        many=question.many,
        for_staff=walk.teller == "staff",
        wrote=_wrote(question, speaker, walk) or _stated(speaker, walk),
        unticked=speaker.say(refusal.say if refusal else None),
        unticked_value=question.unticked,
        words=speaker.glossary(),  # last, when every sentence has been said
        said=_said(walk),
        present=frozenset(present) or walk.offered_here,
        mark=say("question.present" if present else "question.offered"),
    )


def _choices(question: Question, speaker: Speaker) -> tuple[Choice, ...]:
    """The first list, and after it the answers that stand behind the kinds in it."""
    listed, behind = [], []
    for kind, answers in question.listed:
        says = speaker.say(kind.say if kind else None)
        line = [
            Choice(0, answer.value, speaker.say(answer.say), answer.alone, says)
            for answer in answers
            if answer.value != question.unticked
        ]
        if kind:
            behind += line
            line = [Choice(0, "", says, inside=tuple(line))]
        listed += line
    return tuple(replace(each, number=n) for n, each in enumerate((*listed, *behind), 1))


def responding(
    question: Question, values: Collection[str], walk: Walk, clock: Clock | None
) -> ResponseView | None:
    """What is said after these values of a question, which led to where a walk stands; None if
    nothing is, or if no more is asked: an ending says it."""
    chosen = (answer.response for answer in question.answers if answer.value in values)
    response = next((each for each in chosen if each is not None), None)
    if response is None or not isinstance(walk.past_unasked().here, Question):
        return None
    speaker, routes = Speaker(walk.library, walk.facts, walk.tree.name), walk.library.routes
    return ResponseView(
        says=speaker.say(response.say),
        talk=speaker.say(response.talk),
        open=speaker.say(response.open),
        served=tuple(
            contact
            for each in danger(walk.library, walk.facts, clock)
            for contact in each.contacts
            if each.need != EMERGENCY
            and not set(response.needs).isdisjoint(routes[contact.route].serves)
        ),
    )


def _wrote(question: Question, speaker: Speaker, walk: Walk) -> str:
    """What kinds of danger the person wrote of, if this question is about danger; or empty."""
    kinds = walk.facts.get(WROTE, frozenset()) - PAST
    if not question.in_danger or not kinds:
        return ""
    return say("question.wrote", what=speaker.answers(WROTE, kinds))


def _stated(speaker: Speaker, walk: Walk) -> str:
    """What was not asked just before this question, as the person's words state it; or empty."""
    last = takewhile(lambda each: each[2].stated, reversed([*walk.answered()]))
    said = [speaker.answers(question.fact, reply.values) for _, question, reply in last]
    return say("question.stated", what=" · ".join(reversed(said))) if said else ""


def _said(walk: Walk) -> tuple[str, ...]:
    """The first sentence of each answer so far, in order: not of what is always asked, for an
    answer about danger or suicide is not for others who see the screen."""
    answered = [e for e in walk.answered() if not (e[1].at_ending or e[1].always_ask)]
    words = (
        Speaker(walk.library, walk.facts, reply.tree).answers(question.fact, reply.values)
        for _, question, reply in answered
    )
    return tuple(each.partition(". ")[0].rstrip(".") for each in words)


def standing(library: Library, facts: Facts) -> str:
    """The numbers in one line; the last resort for a library without a number for danger."""
    numbers = standing_numbers(library, facts)
    if not numbers:
        return say("danger.last-resort")
    return " ".join(f"{each.label}: {each.says}." for each in numbers)


def standing_numbers(library: Library, facts: Facts) -> tuple[StandingNumber, ...]:
    """The number for danger first; none if the library has none for that.

    A question that has not been asked yet counts as answered “not sure”.
    """
    served = danger(library, facts, None)
    emergency = next((way for _, way in _phones(served)), None)
    if emergency is None:
        return ()
    ring = say("standing.ring", number=emergency.address)
    return (
        StandingNumber(say("standing.danger"), ring, emergency.uri),
        *_to_talk(library, facts, [each for each in served if each.need != EMERGENCY]),
    )


def _to_talk(library: Library, facts: Facts, served: Iterable[Help]) -> Iterator[StandingNumber]:
    """The first helpline for whoever has told an age; else one for the young that says so, and one
    for any age. A screen stays open: only what answers day and night stands on each."""
    is_adult = bool(facts.get("teller", frozenset()) - {"young-person"})
    phones = [(each, library.routes[each[0].route]) for each in _phones(served)]
    phones = [(each, route) for each, route in phones if route.is_always_open("phone")]
    if not is_adult and is_age_known(facts):
        yield from (_number(say("standing.talk"), each) for each, _ in phones[:1])
        return
    young = [(each, route.under) for each, route in phones if route.under]
    any_age = [each for each, route in phones if is_for_any_age(library, route)]
    for each, under in young[:1]:
        yield _number(say("standing.under", age=under), each)
    for each in any_age[:1]:
        yield _number(say("standing.any-age" if young else "standing.talk"), each)


def is_for_any_age(library: Library, route: Route) -> bool:
    """Whether a service says that it serves whoever answers the question of age, whatever they
    answer."""
    asked = library.questions.get("age")
    return route.contract is None or not asked or route.contract.ages.issuperset(asked.values)


def _number(label: str, phone: tuple[Contact, Channel]) -> StandingNumber:
    contact, way = phone
    return StandingNumber(label, f"{contact.title} {way.address}", way.uri)


def _phones(served: Iterable[Help]) -> Iterator[tuple[Contact, Channel]]:
    """Each service with its first number, in order."""
    for each in served:
        for contact in each.contacts:
            way = next((way for way in contact.ways if way.channel == "phone"), None)
            if way is not None:
                yield contact, way
