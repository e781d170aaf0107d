"""The screens of a walk other than its ending, as blocks of lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ...model.base import Frozen
from ...page import labels
from ...page.page import Help, Page
from ...page.page_text import way_blocks
from ...page.question import Choice, QuestionView
from ...page.text_layout import GAP, Block, Line, Style

LAST_RESORT = "In danger now: 999. Childline: 0800 1111."
"""What every refusal and every crash prints first."""

_DANGER = "In danger now? Ring 999. {} ! on any screen for other ways."
_WHO_SPEAKS = (
    "fingerpost helps you find what to do next. It is not the police, Childline or any service. "
    "It is not legal advice."
)
_NOT_APPROVED = "No safeguarding professional has approved these words yet."
_NOTHING_KEPT = "Nothing that you answer is saved or sent anywhere."
_LEAVING = (
    "{} at any time to leave at once. It clears this screen and what was above it. "
    "It cannot clear {} that this computer keeps. "
    "Nor can it clear anything you saved, or a photo or film of the screen."
)
_KEPT, _KEPT_PLAIN = "the list of commands", "the lists of commands and of typed lines"
_CLOSE_WINDOW = (
    "{} at any time to leave. This window cannot be cleared from here, "
    "so close this window when you leave."
)
_FOR_THE_WORKER = "For the worker. Do not read this aloud."
_NOTHING_FOUND = "Nothing here has those letters."
_NO_DOOR_FOUND = (
    "We did not find that here. That does not mean that you are alone with it. "
    "You can talk to Childline about anything: 0800 1111. {}"
)
_THIS_ONE, _FROM_THE_LIST = "Or choose this one:", "Or choose from the list."

COULD_BE_FOUND = "Could someone find this who should not?"
"""What is asked before anything is written."""

CODE_OPENED = (
    "The code has been read. Its answers are used again, and what is always asked is asked again."
)
CODE_CHANGED = (
    "The questions have changed since this code was made. What it still tells is used, and the "
    "rest is asked again."
)
"""What the first screen says where somebody begins with a code."""

_ON_IT = "A sheet holds the advice, and a code from which the answers can be read."
_STAYS = "It stays until somebody deletes it."


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
    return Hits(found, "" if found else _NOTHING_FOUND)


def doors_found(numbers: Iterable[int], nameless: int | None) -> Hits:
    """The doors that somebody's own words find, best first.

    ``nameless`` is the number of the door for who has no word for it, which is always the last.
    Where nothing is found that is said kindly, because somebody may have dared to write it.
    """
    found = tuple(number for number in numbers if number != nameless)
    last = () if nameless is None else (nameless,)
    told = "" if found else _NO_DOOR_FOUND.format(_THIS_ONE if last else _FROM_THE_LIST)
    return Hits(found + last, told)


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
    yield (Line("What should I do?", Style.TITLE),)
    yield GAP
    yield (Line(_DANGER.format("Type" if plain else "Press"), Style.URGENT),)
    yield GAP
    yield (Line(_WHO_SPEAKS if approved else f"{_WHO_SPEAKS} {_NOT_APPROVED}"),)
    yield GAP
    for text in said_first:
        yield (Line(text),)
        yield GAP
    how = "Type x and press Enter" if plain else "Press x"
    kept = _KEPT_PLAIN if plain else _KEPT
    leaving = (_LEAVING if can_clear else _CLOSE_WINDOW).format(how, kept)
    yield (Line(f"{_NOTHING_KEPT} {leaving}"),)
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
    worker = (Line(note, before="Worker: ", hang=8),) if note else ()
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
    yield (Line("Why we ask", Style.HEADING),)
    yield (Line(asking.why or "So that the help fits you."),)


def note_blocks(asking: QuestionView) -> Iterator[Block]:
    """The worker's note."""
    yield (Line(_FOR_THE_WORKER, Style.HEADING),)
    yield (Line(asking.note or "There is no note for this question."),)


def word_blocks(words: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """What the hard words mean."""
    yield (Line("What the words mean", Style.HEADING),)
    empty = True
    for word, meaning in words:
        empty = False
        yield GAP
        yield (Line(word, Style.SERVICE), Line(meaning, before="  ", hang=2))
    if empty:
        yield (Line("There are no hard words here."),)


def danger_blocks(served: Sequence[Help]) -> Iterator[Block]:
    """Where to turn in danger. It says the two numbers even if a library has no routes."""
    yield (Line("In danger now", Style.TITLE),)
    yield (Line("Ring 999. Get to where other people are.", Style.URGENT),)
    yield (Line("Can't speak? On a mobile, ring 999 and press 55 when you are asked to. Stay on."),)
    if not any(each.contacts for each in served):
        yield GAP
        yield (Line(LAST_RESORT),)
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
    yield (Line("It's fine to stop here.", Style.TITLE),)
    yield (Line("You did well to look for help. You can come back at any time."),)
    for each in served:
        yield GAP
        yield from _helplines(each)
    yield GAP
    yield (Line("In danger, ring 999.", Style.URGENT),)


def _helplines(each: Help) -> Iterator[Block]:
    """Those who answer at once for one need; the first is kept with what they are for."""
    heading: Block = (Line(each.heading, Style.HEADING),)
    for contact in each.contacts:
        for block in way_blocks(contact, live=True):
            yield (*heading, *block)
            heading = ()


def worker_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """What an ending says to the worker alone."""
    yield (Line(_FOR_THE_WORKER, Style.HEADING),)
    for text in lines:
        yield (Line(text, before="  - ", hang=4),)


def before_saving(place: str) -> tuple[Line, ...]:
    """What would be written and where, which is empty for a sheet that is printed at once."""
    if not place:
        return (Line(_ON_IT),)
    return (Line(f"{_ON_IT} {_STAYS}"), Line(place, before="  Where: ", hang=9))


def ending_in_brief(page: Page) -> tuple[Line, ...]:
    """What nobody may miss of an ending that goes to paper unread."""
    danger = labels.danger(page)
    return (
        Line(f"{labels.URGENCY[page.urgency]}: {page.title}"),
        *((Line(danger, Style.URGENT),) if danger else ()),
    )


def saved_blocks(told: str) -> Iterator[Block]:
    """That a sheet has been saved and where, or why it has not."""
    yield (Line(told),)


def nothing_answered_blocks() -> Iterator[Block]:
    """What is said to someone who wants to change an answer and has given none."""
    yield (Line("There is no answer to change yet."),)


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
