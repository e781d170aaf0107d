"""Approving on a terminal: one leaf a screen, in full, as one reader sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from ..approval.leaves import WORDS_A_MINUTE, Leaf, Leaves, Line, minutes
from ..approval.marks import KEY, for_one, is_for
from ..approval.signing import Signature
from ..approval.status import OpenComment, approved, open_comments
from ..model.approval import Comment
from ..model.base import replace
from ..model.diagnostics import Span
from ..model.facts import READERS
from ..model.sanitize import one_line
from ..page.approval import Fingerprints
from ..page.page import Clock
from ..page.text_layout import GAP, Block, Style
from ..page.text_layout import Line as Row
from .conversation import Context, Conversation, Left
from .io.ui import Act, Command, Key, Slide, Ui

_APPROVE = Key("a", "approve", at_end=True)
_COMMENT = Key("c", "comment", "Number of a line, or Enter for all of it")
_SKIP = Key("s", "skip")
_BACK = Key(Act.BACK.value, "back to one skipped")
_KEYS = Key("?", "keys and marks")

_WIDEST_MARK = 5
"""Columns of the margin for marks. A longer one has a row of its own."""

_TOLD = (
    "a: I have read all of this page, and would hand it to a young person. It works at its end.",
    "c: say what is wrong with a line, or with all of the page. The author gets a list of these.",
    "s: not now. < or b goes back to a page that you skipped.",
    "Space or Enter shows more of a page, the arrow up what was before.",
    "q stops. All that you approved or said is kept already, and you can go on another day.",
)
"""What the keys do."""

Keep: TypeAlias = Callable[[Sequence[str], Sequence[Comment]], Fingerprints]
"""Adds a signature below some parts, and some comments, to those on the disk, and gives the
fingerprints of the library with all that are there now. Raises NotKept."""


class NotKept(Exception):
    """Nothing could be written; the message is a sentence that says why."""


class ApprovalSession(Conversation):
    """One sitting of a person who approves a library, or the trees called ``title``.

    ``reader`` is the one whose wordings come first. ``signed`` counts the leaves that were approved
    in it, and ``said`` the comments.
    """

    def __init__(
        self,
        ui: Ui,
        leaves: Leaves,
        queue: Sequence[Leaf],
        clock: Callable[[], Clock],
        signature: Signature,
        keep: Keep,
        title: str,
        reader: str,
    ) -> None:
        super().__init__(ui, leaves.library, clock, Context(title, {}))
        self.leaves = leaves
        self.queue = queue
        self.signature = signature
        self.keep = keep
        self.title = title
        self.reader = reader
        self.signed = self.said = 0
        self._waiting = [*queue]
        self._skipped: list[Leaf] = []
        self._told(leaves.fingerprints)

    def run(self) -> None:
        """Show a leaf after the other until all are approved. Raises Left, and EOFError at the end
        of input; what was approved until then is kept."""
        self.opening(self._opening())
        while self._waiting or self._skipped:
            if self._waiting:
                self._show(self._waiting.pop(0))
            else:
                count = len(self._skipped)
                told = f"That was the last page. You skipped {count}."
                self._shown(Slide(self.title, ((Row(told),),), (_BACK,), prompt="What next"))
                self._waiting.append(self._skipped.pop())
            # What another person has approved meanwhile need not be read.
            self._waiting = [leaf for leaf in self._waiting if not self._holds(leaf.parts)]
            self._skipped = [leaf for leaf in self._skipped if not self._holds(leaf.parts)]

    @property
    def left(self) -> tuple[Leaf, ...]:
        """What is not approved."""
        return tuple(leaf for leaf in self.queue if not self._holds(leaf.parts))

    def _opening(self) -> Iterator[Block]:
        count, words = len(self.queue), sum(leaf.words for leaf in self.queue)
        yield (Row(f"Approve: {self.title}", Style.TITLE),)
        left = f"{count} page{'s' * (count != 1)}, {minutes(words)}"
        whom = READERS[self.reader]
        yield GAP
        yield (
            Row(f"{left} at {WORDS_A_MINUTE} words a minute, and no need to do it at one go."),
            Row(f"You read each page as {whom} see it. What others read there is fainter."),
            Row(f"In the margin stands whom a line is for. {KEY[0]}"),
            Row("What other readers see of a line stands below it, as [YP: my / P: your]."),
            Row("What the other marks mean: ?"),
            Row("» is a line that you have read before, as they see it."),
        )
        yield GAP
        yield tuple(map(Row, _TOLD))

    def _show(self, leaf: Leaf) -> None:
        """Show a leaf until it is approved, skipped, or left for one that was skipped."""
        lines = list(_as_read(self.leaves.whole(leaf), self.reader))
        blocks = tuple(self._blocks(leaf, lines))
        left = minutes(sum(each.words for each in self.left))
        page = self.queue.index(leaf) + 1
        # Titles have the numbers of pages in a tree, so there is no second “page” here.
        title = f"{self.title}: {page} of {len(self.queue)} · {left} left"
        keys = (_APPROVE, _COMMENT, _SKIP, *([_BACK] if self._skipped else []), _KEYS)
        slide = Slide(title, blocks, keys, prompt="What next (? for keys)", called="screen")
        back_to: Leaf | None = None
        while True:
            said = self._shown(slide)
            slide = replace(slide, notice="")
            match said.key:
                case _APPROVE.letter:
                    back_to, notice = self._approve(leaf)
                    if not notice:
                        return
                    slide = replace(slide, notice=notice)
                case _COMMENT.letter:
                    slide = replace(slide, notice=self._comment(slide, leaf, lines, said.typed))
                case _KEYS.letter:
                    self.read([GAP, *((Row(text),) for text in (*_TOLD, *KEY))])
                case _SKIP.letter:
                    self._skipped.append(leaf)
                    return
                case _:
                    before = back_to if back_to in self._skipped else self._skipped[-1]
                    self._skipped.remove(before)
                    self._waiting[:0] = [before, leaf]
                    return

    def _blocks(self, leaf: Leaf, lines: Sequence[tuple[str, Line]]) -> Iterator[Block]:
        said = dict.fromkeys((leaf.subject, leaf.title))
        yield (Row(": ".join(said), Style.TITLE),)
        digits = len(str(len(lines)))
        marks = [len(line.mark) for _, line in lines if len(line.mark) <= _WIDEST_MARK]
        margin = 0 if self.ui.plain else max(marks, default=0)
        for number, (_, line) in enumerate(lines, 1):
            yield _block(f"{number:>{digits}} ", margin, line, self.reader)
        for each in self._comments:
            if each.comment.page in leaf.parts:
                about = f"“{each.comment.line}”: " if each.comment.line else ""
                yield (Row(f"{each.comment.by} said: {about}{each.comment.says}"),)

    def _approve(self, leaf: Leaf) -> tuple[Leaf | None, str]:
        """Sign a leaf; if that cannot be, what is to be read first, and why."""
        if missing := [part for part in self.leaves.needed(leaf) if not self._holds([part])]:
            first = next((each for each in self.queue if missing[0] in each.parts), None)
            if first is None:  # taken back on the disk since this began
                return None, f"First approve “{missing[0]}”: begin again to see it."
            page = self.queue.index(first) + 1
            told = f"First approve {page}, “{first.title}”: this page shows what is on it."
            return first, f"{told} < goes back to it." if first in self._skipped else told
        notice = self._kept(leaf.parts, ())
        self.signed += not notice
        return None, notice

    def _comment(
        self, slide: Slide, leaf: Leaf, lines: Sequence[tuple[str, Line]], typed: str
    ) -> str:
        """Ask for a comment and keep it: the notice."""
        numbers = {str(number): each for number, each in enumerate(lines, 1)}
        if typed and typed not in numbers:
            return f"There is no line {typed} on this page."
        part, line = numbers[typed] if typed else (leaf.parts[0], Line(""))
        about = f"line {typed}" if typed else "all of it"
        said = self._shown(replace(slide, asks_words=f"Your comment on {about}"))
        if not said.typed:
            return "No comment."
        by, on = self.signature.by, self.signature.on
        comment = Comment(
            span=Span("", 1, 1, 1, 1), page=part, says=said.typed, by=by, on=on, line=line.says
        )
        notice = self._kept((), (comment,))
        self.said += not notice
        return notice or f"Your comment on {about} is kept."

    def _kept(self, parts: Sequence[str], comments: Sequence[Comment]) -> str:
        """Keep what was approved or said: empty, or why it could not be kept."""
        try:
            self._told(self.keep(parts, comments))
        except NotKept as why:
            return str(why)
        return ""

    def _told(self, fingerprints: Fingerprints) -> None:
        """Take what is on the disk as what is approved."""
        self._approved = approved(fingerprints, self.signature.on)
        self._comments: tuple[OpenComment, ...] = tuple(open_comments(fingerprints))

    def _holds(self, parts: Collection[str]) -> bool:
        return self._approved.issuperset(parts)

    def aside(self, act: Act, at: Context | None = None) -> None:
        if act is Act.STOP:  # a farewell is for people in trouble
            raise Left(at_once=False)
        super().aside(act, at)

    def _shown(self, slide: Slide) -> Command:
        """Show a slide until a command that is not one of everywhere."""
        while True:
            self.ui.standing = ""  # ! is enough: this is no walk
            said = self.ui.slide(slide)
            if not isinstance(said.key, Act):
                return said
            self.aside(said.key)


def _as_read(lines: Iterator[tuple[str, Line]], reader: str) -> Iterator[tuple[str, Line]]:
    """Lines with those of a reader before the others of the same sentences, which are left out of
    what was read before."""
    for (_, of), group in groupby(lines, key=lambda each: (each[0], each[1].of)):
        some = [(p, x) for p, x in group if not x.again or (is_for(x.mark, reader) and not x.note)]
        if of:
            some.sort(key=lambda each: not is_for(each[1].mark, reader))
        yield from some


def _block(number: str, margin: int, line: Line, reader: str) -> Block:
    """A line as its reader sees it, and then as others do. Its number is before it, and its mark in
    a margin of some columns, or on a row of its own; without a margin before its words."""
    style = Style.FAINT if line.again or not is_for(line.mark, reader) else Style.PLAIN
    mark = one_line(line.mark)
    own = for_one(line.says, reader)
    says = " ".join(filter(None, ("»" * line.again, line.called, own)))
    indent = len(number) + (margin and margin + 1)
    below = " " * indent
    others = line.says if own != line.says and not line.again else ""
    rest = (Row(others, Style.FAINT, below, indent),) if others else ()
    if not margin:
        return (Row(f"[{mark}] {says}" if mark else says, style, number, indent), *rest)
    if len(mark) <= margin:
        return (Row(says, style, f"{number}{mark:<{margin}} ", indent), *rest)
    whom = Row(mark.replace("/", " / "), style, number, indent)
    return (whom, Row(says, style, below, indent), *rest)
