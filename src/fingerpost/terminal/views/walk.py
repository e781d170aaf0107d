"""The screens of a walk other than its ending, as blocks of lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ...model.base import Frozen
from ...page.labels import danger, urgency
from ...page.messages import say
from ...page.page import Help, Page
from ...page.page_text import way_blocks
from ...page.question import Choice, QuestionView
from ...page.text_layout import GAP, Block, Line, Style


class Item(Frozen):
    """One line of a menu, and perhaps one about it."""

    says: str
    about: str = ""


class Hits(Frozen):
    """What a search lets through: numbers that count from 1, in the order in which to show them.

    ``told`` is said above them.
    """

    numbers: tuple[int, ...]
    told: str = ""


def hits(numbers: Iterable[int]) -> Hits:
    """The answers or items that some letters find."""
    found = tuple(numbers)
    return Hits(found, "" if found else say("find.nothing"))


def doors_found(numbers: Iterable[int], nameless: int | None) -> Hits:
    """The doors that somebody's own words find, best first.

    ``nameless`` is the number of the door for who has no word for it, which is always the last.
    Where nothing is found that is said kindly, because somebody may have dared to write it.
    """
    found = tuple(number for number in numbers if number != nameless)
    last = () if nameless is None else (nameless,)
    if found:
        return Hits(found + last)
    return Hits(last, say("find.no-tree", next=say("find.this-one" if last else "find.from-list")))


def opening_blocks(
    said_first: Iterable[str],
    notices: Iterable[str],
    *,
    approved: bool,
    plain: bool,
    can_clear: bool,
) -> Iterator[Block]:
    """Who is speaking, what stays private, and what leaving at once does and does not clear.

    ``notices`` are about files that are left out because something in them is wrong.
    """
    yield (Line(say("opening.title"), Style.TITLE),)
    yield GAP
    yield (Line(say("opening.danger-plain" if plain else "opening.danger"), Style.URGENT),)
    yield GAP
    who_speaks = say("opening.who-speaks")
    yield (Line(who_speaks if approved else f"{who_speaks} {say('page.not-reviewed')}"),)
    yield GAP
    for text in said_first:
        yield (Line(text),)
        yield GAP
    leaving = say(
        "opening.leaving" if can_clear else "opening.close-window",
        how=say("opening.type-x" if plain else "opening.press-x"),
        kept=say("opening.kept-plain" if plain else "opening.kept"),
    )
    yield (Line(f"{say('opening.nothing-kept')} {leaving}"),)
    for notice in notices:
        yield GAP
        yield (Line(notice, Style.QUIET),)


def question_blocks(
    asking: QuestionView,
    *,
    chosen: Collection[str] | None = None,
    shown: Hits | None = None,
) -> Iterator[Block]:
    """A question with its answers.

    ``chosen`` are the values that are ticked, or None where nothing is ticked; ``shown`` is what a
    search lets through, or None for all.
    """
    note = asking.note if asking.for_staff else ""
    before = say("question.worker")
    worker = (Line(note, before=before, hang=len(before)),) if note else ()
    yield (Line(asking.ask, Style.TITLE), *worker)
    yield GAP
    width = len(str(len(asking.choices)))
    yield from _let_through([(_choice(c, width, chosen),) for c in asking.choices], shown)


def menu_blocks(
    title: str,
    items: Sequence[Item],
    *,
    about: Sequence[Line] = (),
    shown: Hits | None = None,
    brief: bool = False,
) -> Iterator[Block]:
    """Items to choose from, by numbers that count from 1, and what to know before one does.

    ``brief`` leaves out what each item is about, so that more of them can be seen at once.
    """
    yield (Line(title, Style.TITLE), *about)
    yield GAP
    width = len(str(len(items)))
    told = [Item(item.says) for item in items] if brief else items
    yield from _let_through([_item(n, width, item) for n, item in enumerate(told, 1)], shown)


def why_blocks(asking: QuestionView) -> Iterator[Block]:
    """Why we ask."""
    yield (Line(say("why.heading"), Style.HEADING),)
    yield (Line(asking.why or say("why.default")),)


def note_blocks(asking: QuestionView) -> Iterator[Block]:
    """The worker's note."""
    yield (Line(say("note.heading"), Style.HEADING),)
    yield (Line(asking.note or say("note.none")),)


def word_blocks(words: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """What the hard words mean."""
    yield (Line(say("words.heading"), Style.HEADING),)
    empty = True
    for word, meaning in words:
        empty = False
        yield GAP
        yield (Line(word, Style.SERVICE), Line(meaning, before="  ", hang=2))
    if empty:
        yield (Line(say("words.none")),)


def danger_blocks(served: Sequence[Help]) -> Iterator[Block]:
    """Where to turn in danger. It says the two numbers even if a library has no routes."""
    yield (Line(say("danger.title"), Style.TITLE),)
    yield (Line(say("danger.ring"), Style.URGENT),)
    yield (Line(say("danger.cannot-speak")),)
    if not any(each.contacts for each in served):
        yield GAP
        yield (Line(say("danger.last-resort")),)
    first = True
    for each in served:
        yield GAP
        if each.need != "emergency":
            yield from _helplines(each)
            continue
        for contact in each.contacts:
            # What limits the first, 999 itself, has been said above.
            yield from way_blocks(contact, detail="" if first else "limits")
            first = False


def goodbye_blocks(served: Iterable[Help]) -> Iterator[Block]:
    """Stopping kindly, with somebody to turn to later."""
    yield (Line(say("goodbye.title"), Style.TITLE),)
    yield (Line(say("goodbye.well-done")),)
    for each in served:
        yield GAP
        yield from _helplines(each)
    yield GAP
    yield (Line(say("goodbye.danger"), Style.URGENT),)


def _helplines(each: Help) -> Iterator[Block]:
    """Those who answer at once for one need; the first is kept with what they are for."""
    heading: Block = (Line(each.heading, Style.HEADING),)
    for contact in each.contacts:
        for block in way_blocks(contact, live=True):
            yield (*heading, *block)
            heading = ()


def worker_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """What an ending says to the worker alone."""
    yield (Line(say("note.heading"), Style.HEADING),)
    for text in lines:
        yield (Line(text, before="  - ", hang=4),)


def before_saving(place: str) -> tuple[Line, ...]:
    """What would be written and where, which is empty for a sheet that is printed at once."""
    if not place:
        return (Line(say("save.holds")),)
    where = say("save.where")
    stays = f"{say('save.holds')} {say('save.stays')}"
    return (Line(stays), Line(place, before=where, hang=len(where)))


def ending_in_brief(page: Page) -> tuple[Line, ...]:
    """What nobody may miss of an ending that goes to paper unread."""
    ring = danger(page)
    return (
        Line(f"{urgency(page.urgency)}: {page.title}"),
        *((Line(ring, Style.URGENT),) if ring else ()),
    )


def saved_blocks(told: str) -> Iterator[Block]:
    """That a sheet has been saved and where, or why it has not."""
    yield (Line(told),)


def nothing_answered_blocks() -> Iterator[Block]:
    """What is said to someone who wants to change an answer and has given none."""
    yield (Line(say("menu.nothing-to-change")),)


def _let_through(blocks: Sequence[Block], shown: Hits | None) -> Iterator[Block]:
    if shown is None:
        yield from blocks
        return
    if shown.told:
        yield (Line(shown.told),)
    for number in shown.numbers:
        yield blocks[number - 1]


def _choice(choice: Choice, width: int, chosen: Collection[str] | None) -> Line:
    mark = "" if chosen is None else "[x] " if choice.value in chosen else "[ ] "
    before = f"  {choice.number:>{width}}. {mark}"
    return Line(choice.says, before=before, hang=len(before))


def _item(number: int, width: int, item: Item) -> Block:
    before = f"  {number:>{width}}. "
    says = Line(item.says, Style.SERVICE, before=before, hang=len(before))
    about = Line(item.about, before=" " * len(before), hang=len(before))
    return (says, about) if item.about else (says,)
