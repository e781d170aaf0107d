"""The screens of a walk other than its ending, as blocks of lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ...model.base import Frozen
from ...page.labels import channel, danger, title_of, urgency
from ...page.messages import say
from ...page.page import Contact, Help, Page
from ...page.page_text import way_blocks
from ...page.question import Choice, QuestionView
from ...page.text_layout import GAP, Block, Line, Style


class Item(Frozen):
    """An item of a menu, and a line about it that may be empty."""

    says: str
    about: str = ""


class Hits(Frozen):
    """The results of a search: numbers from 1, best first, and the text to show above them.

    ``live`` is the block of those who answer now, above all else; empty if nobody need be shown.
    """

    numbers: tuple[int, ...]
    told: str = ""
    live: Block = ()


def hits(numbers: Iterable[int]) -> Hits:
    """The results of a search for letters, with a text if there are none."""
    found = tuple(numbers)
    return Hits(found, "" if found else say("find.nothing"))


def trees_found(numbers: Iterable[int], catch_all: int | None, live: Block = ()) -> Hits:
    """The results of a search for trees, best first.

    ``catch_all`` is the number of the tree for everything else, which always comes last. ``live``
    is for words that may speak of danger. The text for no results is a kind one, because writing
    such words may have taken courage.
    """
    found = tuple(number for number in numbers if number != catch_all)
    last = () if catch_all is None else (catch_all,)
    if found:
        return Hits(found + last, live=live)
    none = say("find.no-tree", next=say("find.this-one" if last else "find.from-list"))
    return Hits(last, none, live)


def live_block(contacts: Iterable[Contact]) -> Block:
    """Those who answer now, each in one line; 999 and Childline if there is none."""
    lines = tuple(
        Line(f"{title_of(each)}: {channel(way.channel)} {way.address}", before="  ", hang=4)
        for each in contacts
        if (way := each.live_now)
    )
    return (
        Line(say("find.danger"), Style.URGENT),
        *(lines or (Line(say("danger.last-resort")),)),
    )


def opening_blocks(
    said_first: Iterable[str],
    notices: Iterable[str],
    *,
    approval: str,
    plain: bool,
    can_clear: bool,
) -> Iterator[Block]:
    """The first screen: who is speaking, what stays private, and what leaving at once clears.

    ``approval`` says who approved the words, and may be empty. ``notices`` are about files left out
    because of mistakes.
    """
    yield (Line(say("opening.title"), Style.TITLE),)
    yield GAP
    yield (Line(say("opening.danger-plain" if plain else "opening.danger"), Style.URGENT),)
    yield GAP
    yield (Line(f"{say('opening.who-speaks')} {approval}".rstrip()),)
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

    ``chosen`` are the ticked values, or None for a question without ticks; ``shown`` are the
    results of a search, or None for all answers.
    """
    note = asking.note if asking.for_staff else ""
    before = say("question.worker")
    worker = (Line(note, before=before, hang=len(before)),) if note else ()
    yield (Line(asking.ask, Style.TITLE), *worker)
    yield GAP
    width = len(str(len(asking.choices)))
    yield from _let_through([(_choice(c, width, chosen),) for c in asking.choices], shown)
    if asking.standing:
        yield GAP
        yield (Line(asking.standing, Style.QUIET),)


def menu_blocks(
    title: str,
    items: Sequence[Item],
    *,
    about: Sequence[Line] = (),
    shown: Hits | None = None,
    brief: bool = False,
) -> Iterator[Block]:
    """A menu of items numbered from 1, below its title and ``about``.

    ``brief`` leaves out the lines about items. ``shown`` is as for ``question_blocks``.
    """
    yield (Line(title, Style.TITLE), *about)
    yield GAP
    width = len(str(len(items)))
    told = [Item(item.says) for item in items] if brief else items
    yield from _let_through([_item(n, width, item) for n, item in enumerate(told, 1)], shown)


def why_blocks(asking: QuestionView) -> Iterator[Block]:
    """The reason for a question."""
    yield (Line(say("why.heading"), Style.HEADING),)
    yield (Line(asking.why or say("why.default")),)


def note_blocks(asking: QuestionView) -> Iterator[Block]:
    """The worker's note."""
    yield (Line(say("note.heading"), Style.HEADING),)
    yield (Line(asking.note or say("note.none")),)


def word_blocks(words: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """The meanings of hard words."""
    yield (Line(say("words.heading"), Style.HEADING),)
    empty = True
    for word, meaning in words:
        empty = False
        yield GAP
        yield (Line(word, Style.SERVICE), Line(meaning, before="  ", hang=2))
    if empty:
        yield (Line(say("words.none")),)


def danger_blocks(served: Sequence[Help]) -> Iterator[Block]:
    """Help in danger, with 999 and Childline even if a library has no services."""
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
            # The limits of the first, 999 itself, are in the lines above.
            yield from way_blocks(contact, detail="" if first else "limits")
            first = False


def goodbye_blocks(served: Iterable[Help]) -> Iterator[Block]:
    """The last screen: kind words, and helplines for later."""
    yield (Line(say("goodbye.title"), Style.TITLE),)
    yield (Line(say("goodbye.well-done")),)
    for each in served:
        yield GAP
        yield from _helplines(each)
    yield GAP
    yield (Line(say("goodbye.danger"), Style.URGENT),)


def _helplines(each: Help) -> Iterator[Block]:
    """The live contacts of one need; its heading stays together with the first."""
    heading: Block = (Line(each.heading, Style.HEADING),)
    for contact in each.contacts:
        for block in way_blocks(contact, live=True):
            yield (*heading, *block)
            heading = ()


def worker_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """The lines of an ending for the worker alone."""
    yield (Line(say("note.heading"), Style.HEADING),)
    for text in lines:
        yield (Line(text, before="  - ", hang=4),)


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
        *((Line(ring, Style.URGENT),) if ring else ()),
    )


def _let_through(blocks: Sequence[Block], shown: Hits | None) -> Iterator[Block]:
    """Blocks reduced to the results of a search, if there is one."""
    if shown is None:
        yield from blocks
        return
    if shown.live:
        yield shown.live
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
