"""The screens of a walk other than its ending, as blocks of lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ..model.base import replace
from ..page.contact import Contact
from ..page.labels import danger, urgency
from ..page.messages import say
from ..page.opening_hours import Openness
from ..page.page import Help, Page
from ..page.page_text import brief_line, live_block
from ..page.question import NUMBERS, QuestionView, ResponseView
from ..page.text_layout import GAP, MARKER, Block, Line, Style, wrap
from ..page.visibility import EMERGENCY
from .io.ui import Hits, Item, Menu


def trees_found(
    numbers: Iterable[int],
    catch_all: int | None,
    talk: int,
    live: tuple[Block, ...] = (),
    both: tuple[int, ...] = (),
    *,
    at_once: bool = False,
) -> Hits:
    """The results of a search for trees, best first.

    ``catch_all`` is the number of the tree for everything else, which always comes last; where
    nothing is found, that of just to ``talk`` does. ``live`` is for words that may speak of danger.
    ``both`` are two trees that the words are about, and the choice of both. ``at_once``: the first
    is plainly meant. The text for no results is a kind one, because writing such words may have
    taken courage.
    """
    found = tuple(number for number in numbers if number != catch_all)
    last = () if catch_all is None else (catch_all,)
    if both:
        others = (number for number in found if number not in both)
        return Hits((*both, *others, *last), say("find.two"), live)
    if found:
        return Hits(found + last, live=live, at_once=at_once)
    return Hits((*last, talk), say("find.no-tree"), live)


def live_blocks(contacts: Iterable[Contact], first: str) -> tuple[Block, ...]:
    """What is to be done ``first``, or else that danger is heard; those who answer now, most of
    them below what is found."""
    lines = _answering(contacts)
    others = ((Line(say("find.others")), *lines[NUMBERS:]),) if len(lines) > NUMBERS else ()
    return ((Line(first or say("find.danger"), Style.DANGER), *lines[:NUMBERS]), *others)


def _answering(contacts: Iterable[Contact]) -> tuple[Line, ...]:
    """Those who answer now, each in one line; 999 and Childline if there is none."""
    lines = (brief_line(each, ways) for each in contacts if (ways := each.answering))
    return tuple(lines) or (Line(say("danger.last-resort")),)


def first_lines(*, plain: bool) -> tuple[Line, ...]:
    """The top of the first screen: danger, and a comforting line."""
    return (
        Line(say("opening.danger-plain" if plain else "opening.danger"), Style.DANGER),
        Line(""),
        Line(say("opening.comfort")),
    )


def disclaimers(
    notices: Iterable[str], *, approval: str, plain: bool, can_clear: bool
) -> Iterator[Line]:
    """The end of the first screen: what this is not.

    ``approval`` says who approved the words, and may be empty. ``notices`` are about files left out
    because of mistakes.
    """
    told = [say("opening.is-not")]
    told += [approval] if approval else []
    told += [] if can_clear else [say("opening.close-window", how=_how_to_leave(plain=plain))]
    yield Line(" ".join(told))
    for notice in notices:
        yield Line(notice, Style.QUIET)


def about_blocks(*, approval: str, plain: bool, can_clear: bool) -> Iterator[Block]:
    """Who is speaking, what stays private, and what leaving at once clears."""
    yield (Line(say("opening.title"), Style.TITLE),)
    leaving = say(
        "opening.leaving" if can_clear else "opening.close-window",
        how=_how_to_leave(plain=plain),
        kept=say("opening.kept-plain" if plain else "opening.kept"),
    )
    for text in (
        f"{say('opening.who-speaks')} {approval}".rstrip(),
        f"{say('opening.nothing-kept')} {leaving}",
    ):
        yield GAP
        yield (Line(text),)


def _how_to_leave(*, plain: bool) -> str:
    return say("opening.type-x" if plain else "opening.press-x")


def question_blocks(
    asking: QuestionView,
    *,
    chosen: Collection[str] | None = None,
    shown: Hits | None = None,
    marked: int = 0,
) -> Iterator[Block]:
    """A question with its answers, and why it is asked.

    ``chosen`` are the ticked values, or None for a question without ticks; ``shown`` are the
    results of a search, or None for all answers. ``marked`` is the place at which the marker
    stands, from 1.
    """
    note = asking.note if asking.for_staff else ""
    before = say("question.worker")
    worker = (Line(note, before=before, hang=len(before)),) if note else ()
    wrote = (Line(asking.wrote),) if asking.wrote else ()
    yield (Line(asking.ask, Style.TITLE), *wrote, *worker)
    yield GAP
    choices = asking.choices if shown else asking.listed
    items = [
        Item(c.says if c.values.isdisjoint(asking.present) else f"{c.says} {asking.mark}")
        for c in choices
    ]
    ticks = [] if chosen is None else ["[x] " if c.value in chosen else "[ ] " for c in choices]
    yield from _numbered(items, shown, marked, ticks)
    if asking.unticked and shown is None and not (chosen or marked):
        yield (Line(say("question.unticked", says=asking.unticked), before="  ", hang=4),)
    if asking.why:
        yield GAP
        before = f"{say('why.heading')}: "
        yield (Line(asking.why, Style.QUIET, before=before, hang=2),)


def menu_blocks(
    menu: Menu,
    *,
    shown: Hits | None = None,
    told: int | None = None,
    typed: str | None = None,
    marked: int = 0,
) -> Iterator[Block]:
    """A menu of items numbered from 1, or the results of a search in it.

    ``told`` are the first of them that have the line about each, None for all. ``typed`` are own
    words so far, None where none may be. ``shown`` and ``marked`` are as for ``question_blocks``.
    Empty lines of ``menu.about`` part what may stand on several pages.
    """
    parts: list[list[Line]] = [[*menu.above, Line(menu.title, Style.TITLE)]]
    for line in menu.about:
        if line == GAP[0]:
            parts.append([])
        else:
            parts[-1].append(line)
    if typed is not None:
        parts.append([Line(f"{say('menu.own-words')} {typed}", Style.TITLE)])
    for part in parts:
        yield tuple(part)
        yield GAP
    items = menu.items if shown else menu.offered
    yield from _numbered(items, shown, marked, told=told)
    yield from ((line,) for line in (*(GAP if menu.below else ()), *menu.below))


def in_one_row(line: Line, width: int) -> Line:
    """A line with as many of its words as one row holds, and a sign where it is cut."""
    if len(wrap(line, width)) == 1:
        return line
    cut = say("rehearsal.story-cut", words="")
    row = wrap(line, width - len(cut))[0]
    return replace(line, text=say("rehearsal.story-cut", words=row.removeprefix(line.before)))


def note_blocks(*notes: str) -> Iterator[Block]:
    """The worker's notes, if there are any."""
    if any(notes):
        yield (Line(say("note.heading"), Style.HEADING),)
        yield from ((Line(note),) for note in notes if note)


def word_blocks(words: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """The meanings of hard words, by the alphabet; a word with and without a capital is one."""
    yield (Line(say("words.heading"), Style.HEADING),)
    known = {word.lower(): (word, meaning) for word, meaning in reversed(tuple(words))}
    for _, (word, meaning) in sorted(known.items()):
        yield GAP
        yield (Line(word, Style.TITLE), Line(meaning, before="  ", hang=2))


def danger_blocks(served: Sequence[Help]) -> Iterator[Block]:
    """Help in danger, in few rows, with 999 and Childline even if a library has no services."""
    yield (Line(say("danger.title"), Style.TITLE),)
    yield (Line(say("danger.ring"), Style.DANGER),)
    yield (Line(say("danger.cannot-speak")),)
    if not any(each.contacts for each in served):
        yield GAP
        yield (Line(say("danger.last-resort")),)
    for contact in (c for each in served if each.need == EMERGENCY for c in each.contacts[1:]):
        line = brief_line(contact, contact.ways)  # the first, 999 itself, is in the lines above
        told = " ".join(each.text for each in contact.details if each.field == "limits")
        yield (replace(line, text=f"{line.text}. {told}"),)
    yield GAP
    yield from (_helplines(each) for each in served if each.need != EMERGENCY)


def number_lines(served: Iterable[Contact]) -> tuple[Line, ...]:
    """The first of those who answer now, each in one line."""
    return (Line(say("response.now")), *_answering(served)[:NUMBERS])


def talk_blocks(response: ResponseView) -> Iterator[Block]:
    """All of those who answer now, for somebody who would rather talk than answer."""
    yield (Line(response.talk, Style.TITLE),)
    yield (Line(say("goodbye.danger"), Style.DANGER), Line(response.open))
    if not response.served:
        yield (Line(say("danger.last-resort")),)
    for contact in response.served:
        yield GAP
        yield live_block(contact)


def just_talk_blocks(served: Iterable[Help]) -> Iterator[Block]:
    """Who answers now, for somebody who wants to talk and to choose nothing."""
    yield (Line(say("talk.title"), Style.TITLE),)
    yield (Line(say("goodbye.danger"), Style.DANGER), Line(say("talk.how")))
    yield from _to_talk(served)


def goodbye_blocks(served: Iterable[Help]) -> Iterator[Block]:
    """The last screen: kind words, and helplines for later."""
    yield (Line(say("goodbye.title"), Style.TITLE),)
    yield (Line(say("goodbye.well-done")),)
    yield from _to_talk(served)
    yield GAP
    yield (Line(say("goodbye.danger"), Style.DANGER),)


def _to_talk(served: Iterable[Help]) -> Iterator[Block]:
    for each in served:
        if each.need != EMERGENCY:
            yield GAP
            yield _helplines(each)


def _helplines(each: Help) -> Block:
    """Those who answer now for one need, each in one line."""
    lines = (
        brief_line(contact, ways)
        for contact in each.contacts
        if (ways := [way for way in contact.ways if way.live and way.state is not Openness.SHUT])
    )
    return (Line(each.heading, Style.HEADING), *lines)


def before_saving(place: str) -> tuple[Line, ...]:
    """What a sheet holds and the path that it is written to, which is empty for stdout."""
    if not place:
        return (Line(say("save.holds")),)
    where = say("save.where")
    stays = f"{say('save.holds')} {say('save.stays')}"
    return (Line(stays), Line(place, before=where, hang=len(where)))


def ending_in_brief(page: Page) -> tuple[Line, ...]:
    """The urgency of an ending and its line about danger, for a sheet that is saved unread."""
    ring = danger(page)
    return (
        Line(f"{urgency(page.urgency)}: {page.title}"),
        *((Line(ring, Style.DANGER),) if ring else ()),
    )


def _numbered(
    items: Sequence[Item],
    shown: Hits | None,
    marked: int,
    ticks: Sequence[str] = (),
    *,
    told: int | None = None,
) -> Iterator[Block]:
    """Items by number, or of a search its results by theirs, the best first; the first ``told`` or
    all with the line about each."""
    if shown is not None and shown.live:
        yield shown.live[0]
    if shown is not None and shown.told:
        yield (Line(shown.told),)
    numbers = range(1, len(items) + 1) if shown is None else shown.numbers
    digits = len(str(len(numbers)))
    for place, number in enumerate(numbers, 1):
        mark = MARKER if place == marked else " " * len(MARKER)
        tick = ticks[number - 1] if ticks else ""
        before = f"{mark}{place:>{digits}}. {tick}"
        item = items[number - 1]
        says = Line(item.says, Style.ITEM, before=before, hang=len(before))
        more = Line(item.about, before=" " * len(before), hang=len(before))
        yield (says, more) if item.about and (told is None or place <= told) else (says,)
    for block in shown.live[1:] if shown else ():
        yield GAP
        yield block
