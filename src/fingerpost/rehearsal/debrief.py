"""Documents to hand out after rehearsing: the review of each story, and what a room voted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..model.base import Frozen, replace
from ..model.case import Case, Scene
from ..model.library import Library
from ..model.sentence import Urgency
from ..page.messages import as_sentence, say
from ..page.speaker import Speaker
from ..sheets.document import (
    Block,
    Box,
    Break,
    Brief,
    Document,
    Heading,
    Note,
    Paragraph,
    Steps,
)
from .answer_key import Verdict, lettered, what_is_asked
from .handout import with_reason
from .rehearsal import Chosen, Finished, Given, Rehearsal, ServicesStep, UrgencyStep
from .review import (
    VERDICTS,
    BrokenRule,
    Review,
    broken_rules,
    page_at_end,
    review,
    soon,
)
from .review_document import (
    banner,
    foot,
    led,
    listed_under,
    review_document,
    says,
    services,
    soon_enough,
    story_again,
    why,
)
from .scene_review import scene_document
from .services import to_write_in, who_helps
from .votes import Vote


class Rehearsed(Frozen):
    """A rehearsal that has begun, and the votes of the group during it."""

    rehearsal: Rehearsal
    votes: tuple[Vote, ...] = ()


def reviews(rehearsed: Sequence[Rehearsed]) -> Document:
    """The reviews of at least one story, each on a page of its own."""
    return _joined([_review(each.rehearsal) for each in rehearsed])


def _review(rehearsal: Rehearsal) -> Document:
    if rehearsal.case.scene:
        return scene_document(rehearsal)
    return review_document(review(rehearsal))


def debrief(rehearsed: Sequence[Rehearsed]) -> Document:
    """What a group takes home of each story: what to do; then on the other side a scene, which is
    the same whatever was voted for, or below it an exercise as most hands had it, whatever its
    facilitator went on with."""
    documents = []
    for each in rehearsed:
        thought, case = _as_voted(each), each.rehearsal.case
        found, votes = review(thought), {vote.asked: vote for vote in each.votes}
        told = _scene(each.rehearsal, case.scene) if case.scene else _side(found, thought, votes)
        cited = (choice.source for made in case.every_judgement for choice in made.choices)
        end = foot([page_at_end(thought.for_staff)], filter(None, cited))
        blocks = (*told, Paragraph(say("rehearsal.afterwards")), end)
        documents.append(replace(review_document(found), blocks=blocks))
    sides = sum(2 if each.rehearsal.case.scene else 1 for each in rehearsed)
    return replace(_joined(documents), title=say("rehearsal.debrief.title"), most_sides=sides)


def take_home(library: Library, cases: Iterable[Case], *, large: bool = False) -> Document:
    """The same before any of these cases is played, each as its story has it."""
    played = (list(Rehearsal.begin(library, case).played_by_the_story())[-1] for case in cases)
    return replace(debrief(list(map(Rehearsed, played))), large=large)


def _as_voted(rehearsed: Rehearsed) -> Rehearsal:
    """A rehearsal as most hands had it; of a tie, what is furthest from right. Where there were no
    hands it is as it was played."""
    rehearsal, library = rehearsed.rehearsal, rehearsed.rehearsal.library
    votes = {vote.asked: vote for vote in rehearsed.votes if any(vote.hands)}
    speaker = _speaker(rehearsal)

    def judged(made: Chosen) -> Chosen:
        choices = made.judgement.choices
        vote = votes.get(what_is_asked(made.judgement, speaker))
        thought = [choices[at] for at in vote.most] if vote else [made.choice]
        return replace(made, choice=min(thought, key=lambda each: VERDICTS.index(each.verdict)))

    def given(made: Given) -> Given:
        vote = votes.get(speaker.say(made.question.ask))
        if vote is None or made.wanted is None:
            return made
        values = frozenset(vote.options[at].value for at in vote.most)
        if vote.is_split:
            values = frozenset([min(values - made.wanted)])
        return replace(made, values=values)

    soon, turned = rehearsal.soon, rehearsal.turned
    if soon is not None and (vote := votes.get(say("rehearsal.urgency-asks"))):
        soon = min(Urgency[vote.options[at].value] for at in vote.most)
    if turned is not None and (vote := votes.get(say("rehearsal.services-ask-room"))):
        thought = {vote.options[at].value for at in vote.most}
        turned = frozenset(thought & library.routes.keys())
    return replace(
        rehearsal,
        judgements=tuple(map(judged, rehearsal.judgements)),
        given=tuple(map(given, rehearsal.given)),
        soon=soon,
        turned=turned,
    )


def _speaker(rehearsal: Rehearsal) -> Speaker:
    return Speaker(rehearsal.library, rehearsal.case.answers, rehearsal.case.tree)


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


def _scene(rehearsal: Rehearsal, scene: Scene) -> Iterator[Block]:
    """What to do; then the whole scene, so that who was not there can follow it: how it opens, and
    at each moment what helps, then what does not, each with why."""
    speaker = _speaker(rehearsal)
    yield from _to_do(rehearsal)
    yield Break()
    yield Heading(f"{banner()}: {speaker.say(scene.title)}")
    yield Paragraph(speaker.say(scene.opens))
    for moment in scene.moments:
        notes = []
        for choice in sorted(moment.choices, key=lambda e: -VERDICTS.index(e.verdict)):
            helps = say(f"rehearsal.debrief.{'matters' if moment.matters else 'right'}")
            label = helps if choice.verdict == "right" else Verdict.of(choice.verdict).word
            notes.append(Note(label, with_reason(choice, speaker)))
        kind = "handout.moment" if moment in scene.right_way else "debrief.again"
        letter, asked = lettered(scene)[moment.name], what_is_asked(moment, speaker)
        title = say(f"rehearsal.{kind}", letter=letter, asked=asked)
        yield Box(title, (), notes=tuple(notes))


def _side(found: Review, thought: Rehearsal, votes: Mapping[str, Vote]) -> Iterator[Block]:
    """Everything that a group takes home of one exercise: that it stopped early, if it did, then
    what to do."""
    right = dict(_right(found, votes))
    seen = [asked for asked in right if asked in votes and any(votes[asked].hands)]
    if not isinstance(thought.here, UrgencyStep | ServicesStep | Finished):
        yield Paragraph(say("rehearsal.debrief.stopped"))
    yield from _to_do(thought)
    yield from story_again(found)
    yield from listed_under("rehearsal.debrief.rightly", [right[asked] for asked in seen])
    yield from _headed("left", [*_left(found, broken_rules(thought), votes)])
    yield from listed_under(
        "rehearsal.debrief.talked", [told for asked, told in right.items() if asked not in seen]
    )
    wrongly = services(say("rehearsal.review.not-for-them"), found.misplaced)
    yield from _headed("whom", [*wrongly])


def _headed(key: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks under a heading; nothing for none."""
    if blocks:
        yield Heading(say(f"rehearsal.debrief.{key}"))
        yield from blocks


def _right(found: Review, votes: Collection[str]) -> Iterator[tuple[str, str]]:
    """What was decided as the story has it: what was asked, and a line on it."""
    yield from ((asked, f"{asked} {said}") for asked, said in found.agreed if asked in votes)
    for each in found.decisions:
        if each.verdict == "right":
            yield each.asked, f"{as_sentence(each.said)} {each.because}"
    if found.timing and not found.timing.too_low:
        yield say("rehearsal.urgency-asks"), soon_enough(found.timing)
    if found.named:
        told = say("rehearsal.debrief.whom-said", names=", ".join(found.named))
        yield say("rehearsal.services-ask-room"), told


def _left(found: Review, broken: Iterable[BrokenRule], votes: Mapping[str, Vote]) -> Iterator[Box]:
    """Each mistake once, with one reason: an urgency that is too low, answers, and judgements."""
    reasons: dict[tuple[str, str], str] = {}
    for rule in broken:
        reasons.setdefault((rule.asked, rule.said), rule.because)
    timing = found.timing
    if timing and timing.too_low:
        asked, said = say("rehearsal.urgency-asks"), soon(timing.said)
        needed = Note(say("rehearsal.debrief.needed"), soon(timing.called))
        because = why("right", reasons.get((asked, said), ""))
        yield _box(asked, _said(votes.get(asked), said), needed, because)
    for each in found.departures:
        meant = "" if each.meaning is None else " ".join(led(each.meaning))
        meaning = reasons.get((each.asked, each.said)) or meant
        told = Note(say("rehearsal.debrief.would-mean"), meaning)
        yield _box(each.asked, _said(votes.get(each.asked), each.said), says(each), told)
    for made in found.decisions:
        if made.verdict in ("wrong", "partly"):
            better = (Note(say("rehearsal.review.better"), says) for says, _ in made.better[:1])
            said = f"{as_sentence(made.said)} {made.because}"
            yield _box(made.asked, _said(votes.get(made.asked), said), *better)


def _box(asked: str, *notes: Note) -> Box:
    return Box(asked, (), notes=tuple(note for note in notes if note.text))


def _said(vote: Vote | None, said: str) -> Note:
    """What the most hands were for, or without hands what its trainer went on with."""
    return Note(say(f"rehearsal.debrief.{'some' if vote and vote.most else 'went-on'}"), said)


def _to_do(done: Rehearsal) -> Iterator[Block]:
    """What to do on the page of the story, and who can help."""
    if page := page_at_end(done.for_staff):
        yield Heading(say(f"rehearsal.debrief.{'to-do' if page.reader == 'staff' else 'they-do'}"))
        if page.reader == "staff":
            yield Paragraph(page.opening)
        if page.instructions:
            yield Steps(tuple(line.text for line in page.instructions))
        lives = _speaker(done).answers("nation", [page.nation])
        yield Heading(say(f"rehearsal.who-helps{'-in' if lives else ''}", nation=lives))
        yield Brief(who_helps(page, done.for_staff, done.case))
        yield from to_write_in(page, done.for_staff)
