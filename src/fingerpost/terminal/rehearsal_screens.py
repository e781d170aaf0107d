"""The screens of a rehearsal as blocks of lines, each under its banner, and the slides for a room.

A slide has few words, and what counts in the heaviest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.base import replace
from ..model.case import Case
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Urgency
from ..page import labels
from ..page.messages import as_sentence, say
from ..page.page import Page
from ..page.page_text import urgency_line
from ..page.question import Choice, QuestionView, asking
from ..page.speaker import Speaker
from ..page.text_layout import GAP, Block, Line, Style
from ..rehearsal.answer_key import Verdict, lettered, what_is_asked
from ..rehearsal.catalogue import Lesson, SpokenOf, in_a_list, minutes, warning
from ..rehearsal.debrief import Rehearsed
from ..rehearsal.rehearsal import AnswerMove, JudgementMove, JudgementStep, Rehearsal
from ..rehearsal.review import by_you, nation_of, read_out
from ..rehearsal.review_document import banner
from ..rehearsal.services import in_words, who_helps
from ..rehearsal.votes import Option, leading
from ..sheets.document import lead
from ..walk.walk import Walk
from .io.ui import Item

NONE_OF_THESE = "none-of-these"
"""The value of the answer that no service fits."""


def opening_blocks(*, plain: bool, can_clear: bool, far: bool) -> Iterator[Block]:
    """The first screen: that this is practice, what is asked, and that nothing is kept.

    ``far``: the screen is read from afar, by people to whom its facilitator says the rest.
    """
    yield (Line(banner(), Style.TITLE),)
    yield GAP
    danger = say("rehearsal.danger-plain" if plain else "rehearsal.danger")
    yield (Line(danger, Style.DANGER),)
    alone = ("made-up", "your-part", "nothing-kept", "hard")
    told = ("read-first", "large-letters") if far else alone
    for key in (*told, *(() if can_clear else ("close-window",))):
        yield GAP
        yield (Line(say(f"rehearsal.{key}")),)


def goodbye_blocks(kept: str) -> Iterator[Block]:
    """The last screen; ``kept`` says what has been written, and is empty if nothing was to be."""
    yield (Line(banner(), Style.TITLE), Line(say("rehearsal.goodbye")))
    if kept:
        yield (Line(kept),)
    yield GAP
    yield (Line(say("rehearsal.afterwards")),)
    yield GAP
    yield (Line(say("goodbye.danger"), Style.DANGER),)


def lesson_item(heard: SpokenOf, lesson: Lesson, *, far: bool) -> Item:
    """A story in a menu as in every list, the name of a scene and what it is about."""
    named = f"{lesson.case.name}: " if lesson.case.scene else ""
    return Item(in_a_list(heard, lesson, far=far), "" if far else f"{named}{lesson.about}")


def scene_lines(rehearsal: Rehearsal, speaker: Speaker) -> Iterator[Line]:
    """A moment of a scene: what you said and what came of it, what they say, and what is asked."""
    scene, here = rehearsal.case.scene, rehearsal.here
    if rehearsal.judgements:
        yield from came_of_it(rehearsal, speaker)
    elif scene:
        yield Line(read_out(rehearsal.library, rehearsal.case))
    yield Line("")
    if isinstance(here, JudgementStep):
        judgement = here.judgement
        for each in judgement.says:
            yield Line(speaker.say(each), Style.SERVICE)
        yield from [Line("")] if judgement.says else []
        asks = say("scene.your-turn") if judgement.says else what_is_asked(judgement, speaker)
        yield Line(asks, Style.TITLE)


def came_of_it(rehearsal: Rehearsal, speaker: Speaker) -> Iterator[Line]:
    """What was said last in a scene, and what they said then."""
    if rehearsal.case.scene and rehearsal.judgements:
        last = rehearsal.judgements[-1].choice
        yield Line(by_you(speaker.say(last.say)), Style.QUIET)
        yield Line(speaker.say(last.then))


def better(rehearsal: Rehearsal, speaker: Speaker) -> Iterator[Line]:
    """What would have been right at the last moment of a scene, and what comes of it; nothing if
    that was said."""
    if rehearsal.case.scene and (made := rehearsal.judgements[-1]).choice.verdict != "right":
        right = made.judgement.right
        yield Line("")
        yield Line(say("scene.better", words=speaker.say(right.say)), Style.QUIET)
        yield Line(speaker.say(right.then))


def urgency_item(urgency: Urgency) -> Item:
    """An answer to how soon help is needed."""
    about = say(f"rehearsal.urgency-about.{urgency.name}")
    return Item(say(f"rehearsal.urgency.{urgency.name}").capitalize(), about)


def about_lines(library: Library, lesson: Lesson, *, far: bool) -> Iterator[Line]:
    """The subject of a story, to be read before it; and how long a scene takes, in a room, which is
    told its nation, if ``far``, or the option that repeats another story."""
    scene, nation = lesson.case.scene, nation_of(library, lesson.case) if far else ""
    title = lesson.title if scene else warning(SpokenOf(library), lesson.case)
    title = say("rehearsal.in-nation", nation=nation, title=title) if nation else title
    yield Line(title, Style.SERVICE)
    if scene:
        yield Line(lesson.about)
        yield Line(say("scene.about", minutes=minutes(library, lesson.case, far=far)))
        return
    yield Line(say("rehearsal.repeat", case=lesson.case.name), Style.QUIET)


def story_blocks(story: str) -> Iterator[Block]:
    """The story, to be read again."""
    yield (Line(say("rehearsal.story"), Style.TITLE),)
    yield GAP
    yield (Line(story),)


def to_fill_in(rehearsal: Rehearsal) -> QuestionView:
    """The question of the tree to which the trainee has come."""
    place = say("question.place", asked=len(rehearsal.given) + 1)
    title = say("rehearsal.fill-in")
    return replace(asking(rehearsal.walk), tree_title=title, progress=place, said=())


def set_right(rehearsal: Rehearsal) -> Iterator[Line]:
    """What the story says where the last answer was another: it goes on from there."""
    if rehearsal.moves and isinstance(rehearsal.moves[-1], AnswerMove):
        last = rehearsal.given[-1]
        if last.departs:
            speaker = Speaker(rehearsal.library, last.expected, rehearsal.case.tree)
            told = speaker.answers(last.question.fact, last.wanted or ())
            yield Line(say("rehearsal.set-right", told=told), Style.SERVICE)


def turning(routes: tuple[Route, ...], told: Walk) -> QuestionView:
    """The choice of services as a question, whose last answer is NONE_OF_THESE; in the words of
    whoever reads the page of the story."""
    speaker = Speaker(told.library, told.facts, told.tree.name)
    titles = [speaker.say(route.title) for route in routes]
    choices = [
        Choice(number, route.name, title)
        for number, (route, title) in enumerate(zip(routes, titles, strict=True), 1)
    ]
    none = Choice(len(choices) + 1, NONE_OF_THESE, say("rehearsal.services-none"), alone=True)
    return QuestionView(
        tree_title=say("rehearsal.services"),
        progress=say("rehearsal.services-place"),
        ask=say("rehearsal.services-ask"),
        why=say("rehearsal.services-why"),
        note="",
        choices=(*choices, none),
        many=True,
        for_staff=False,
        words=speaker.glossary(),
    )


_LONGEST_BAR = 24
"""With what it says a row of a window of 50 columns."""


def filled_in(rehearsal: Rehearsal) -> Iterator[Block]:
    """What the story states of what every tree asks, a line each; nothing for nothing."""
    told = rehearsal.told
    speaker = Speaker(told.library, told.facts, told.tree.name)
    said = ((speaker.say(q.ask), speaker.answers(q.fact, values)) for q, values in rehearsal.stated)
    stated = [Line(" ".join(lead(each)[0] for each in both), before="- ", hang=2) for both in said]
    if stated:
        yield GAP
        yield (Line(say("rehearsal.filled-in"), Style.HEADING), *stated)


def options(
    offered: Sequence[Option],
    hands: Sequence[int],
    verdicts: Sequence[Verdict] = (),
    *,
    many: bool,
    sign: str,
) -> Iterator[Block]:
    """Options numbered from 1, with a bar chart of the votes if hands were counted, and the verdict
    of each once it is revealed, in the place of its bar: the word of what is right is reversed.
    Those of which one is taken stay together, and the reasons come below.

    A bar is a row of ``sign`` followed by the number, so it does not depend on colour.
    """
    width = len(str(len(offered)))
    lead = leading(offered, hands, many=many)
    most = max(hands, default=0)
    margin = " " * (width + 2)
    blocks: list[Block] = []
    reasons: list[Block] = []
    for place, option in enumerate(offered):
        block: Block = (Line(option.says, Style.ITEM, f"{place + 1:>{width}}  ", len(margin)),)
        found, told = next(iter(verdicts[place : place + 1]), Verdict()), ""
        if hands:
            tied = "rehearsal.vote.most" if len(lead) == 1 else "rehearsal.vote.as-many"
            said = say("rehearsal.vote.takes" if many else tied)
            told = f"{hands[place]} {said}"
            if not many:  # by the sum a slip in counting is seen
                told = say("rehearsal.vote.of-all", hands=hands[place], count=sum(hands), said=said)
            told = told if place in lead else str(hands[place])
        if told and not verdicts:
            bar = f"{sign * round(_LONGEST_BAR * hands[place] / most)} " if hands[place] else ""
            block = (*block, Line(f"{bar}{told}", before=margin, hang=len(margin)))
        elif word := f"{found.word} ({told})" if found.word and told else found.word or told:
            block = (*block, Line(word, Style.URGENT if found.agrees else Style.TITLE, margin))
        if found.because:
            before = margin if many else f"{place + 1:>{width}}  "
            why = Line(found.because, before=before, hang=len(margin))
            block, reasons = ((*block, why), []) if many else (block, [*reasons, (why,)])
        # A bar parts what is above it from what is below.
        blocks += [block] if hands else [block, GAP]
    yield from blocks if many else [tuple(line for block in blocks for line in block)]
    yield from (GAP, *reasons) if reasons and hands else reasons


def advice(page: Page, walk: Walk, case: Case) -> Iterator[Block]:
    """An ending for a room: what to do, who can help with their numbers, and who approved it."""
    yield (urgency_line(page), Line(page.title, Style.TITLE))
    yield GAP
    yield (Line(page.opening),)
    yield GAP
    for number, line in enumerate(page.instructions, 1):
        before = f"{number:>2}  "
        yield (Line(line.text, before=before, hang=len(before)),)
    yield GAP
    helping = map(in_words, who_helps(page, walk, case))
    yield (
        Line(say("rehearsal.who-helps"), Style.HEADING),
        *(Line(each, before="- ", hang=2) for each in helping),
    )
    yield GAP
    yield (Line(labels.reviewed(page), Style.QUIET),)


def debrief(rehearsed: Rehearsed, speaker: Speaker) -> Iterator[Block]:
    """What most hands saw rightly, or as many as any; then what would have helped where they did
    not, with what they chose; then what matters most, unless that has been said."""
    rehearsal, scene = rehearsed.rehearsal, rehearsed.rehearsal.case.scene
    put = zip(rehearsal.moves, rehearsed.votes, strict=True)
    votes = [vote for move, vote in put if isinstance(move, JudgementMove)]
    made = [each.judgement for each in rehearsal.judgements]
    most = next((each for each in made if each.matters), made[0] if made else None)
    saw, differently, matters = (list[Line]() for _ in range(3))
    for judgement, vote in zip(made, votes, strict=True):
        won = [judgement.choices[at] for at in sorted(vote.most or vote.taken)]
        right = judgement.right
        left = [] if any(each.verdict == "right" for each in won) else won
        letter = f"{lettered(scene)[judgement.name]}. " if scene else ""
        words, (why, _) = as_sentence(speaker.say(right.say)), lead(speaker.say(right.because))
        if left:
            better = say("scene.better", words=words)
            differently.append(Line(f"{letter}{better} {why}", hang=3))
            told = (f"{Verdict.of(e.verdict).word}: {speaker.say(e.say)}" for e in left)
            differently += (Line(each, Style.QUIET, "   ", 3) for each in told)
        elif vote.hands:
            saw.append(Line(f"{letter}{words}", hang=3))
        if judgement is most and not left:
            matters.append(Line(f"{letter}{words} {why}", hang=3))
    for kind, lines in (("saw", saw), ("left", differently), ("matters", matters)):
        if lines:
            yield (Line(say(f"rehearsal.debrief.{kind}"), Style.TITLE), *lines)
            yield GAP
