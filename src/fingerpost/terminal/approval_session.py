"""Approving on a terminal: one leaf a screen, in full, as one reader sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, groupby
from typing import TypeAlias

from ..approval.leaves import CARE, Leaf, Leaves, minutes
from ..approval.lines import MANY_WORDS, Line
from ..approval.marks import asked_in, both, either, for_one, in_words, is_for, key, key_of_pages
from ..approval.signing import Signature, read_before
from ..approval.status import OpenComment, approved, open_comments
from ..model.approval import Comment
from ..model.base import replace
from ..model.diagnostics import Span
from ..model.facts import READERS
from ..model.sanitize import one_line, shorten
from ..model.sentence import Urgency
from ..page.approval import Fingerprints
from ..page.messages import say
from ..page.page import Clock
from ..page.text_layout import GAP, Block, Style
from ..page.text_layout import Line as Row
from .conversation import Context, Conversation, Left
from .io.ui import Act, Command, Key, Slide, Ui

_BEGIN, _TREE, _KEYS = "g", "t", "?"

_WIDEST_MARK = 5
"""Columns of the margin for marks. A longer one has a row of its own."""

Keep: TypeAlias = Callable[[Sequence[str], Sequence[str], Sequence[Comment]], Fingerprints]
"""Adds a signature below some parts, those that wait for others, and some comments, to those on the
disk, and gives the fingerprints of the library with all that are there now. Raises NotKept."""


class NotKept(Exception):
    """Nothing could be written; the message is a sentence that says why."""


class ApprovalSession(Conversation):
    """One sitting of a person who approves a library, or the trees called ``title``.

    ``reader`` is the one whose wordings come first. ``signed`` counts the leaves that were approved
    in it, ``said`` the comments, and ``skipped`` are left; ``read`` are those that were read before
    what they share, and are signed as soon as that is.
    """

    def __init__(
        self,
        ui: Ui,
        leaves: Leaves,
        queue: Sequence[Leaf],
        clock: Callable[[], Clock],
        signature: Signature,
        keep: Keep,
        trees: Sequence[str],
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
        self.skipped: list[Leaf] = []
        # Each leaf has the number that it has among all, approved or not, in every sitting.
        every = list(leaves.of(trees or None))
        self._number = {part: at for at, leaf in enumerate(every, 1) for part in leaf.parts}
        self._count = len(every)
        self._asked = asked_in(self.library.trees[each] for each in trees or self.library.trees)
        self._notice = ""
        # What has been read: the parts, and the lines of these.
        self._read: set[str] = set()
        self._known: set[object] = set()
        self._told(leaves.fingerprints)
        self._go_on()

    def _go_on(self) -> None:
        """Take up what this person had read on another day, before what it shares, and sign of it
        what waits for nothing any more."""
        approvals, by = self.library.approvals, self.signature.by
        read = read_before(approvals, self.leaves.fingerprints, by)
        self.read_before = [leaf for leaf in self.queue if read.issuperset(leaf.parts)]
        self._waiting = [leaf for leaf in self.queue if leaf not in self.read_before]
        self._knows(read)
        self._notice = self._sign_ready()

    def run(self) -> None:
        """Show a leaf after the other until all are approved. Raises Left, and EOFError at the end
        of input; what was approved until then is kept."""
        self._open()
        while self._waiting or self.skipped:
            if self._waiting:
                self._show(self._waiting.pop(0))
            else:
                told = (say("approve.last", so_far=self.so_far), say("approve.last-keys"))
                slide = Slide(
                    *(
                        self.title,
                        (tuple(map(Row, told)),),
                        (_key(Act.BACK.value, "back"),),
                        self._notice,
                    ),
                    prompt=say("approve.next"),
                )
                self._notice = ""
                self._shown(slide)
                self._waiting, self.skipped = self.skipped, []
            # What another person has approved meanwhile need not be read.
            for some in (self._waiting, self.skipped, self.read_before):
                some[:] = (leaf for leaf in some if not self._holds(leaf.parts))

    @property
    def so_far(self) -> str:
        """What was done in this sitting, and what is left."""
        counts = {"read": len(self.read_before), "skipped": len(self.skipped), "said": self.said}
        others = (say(f"approve.done.{key}", count=count) for key, count in counts.items() if count)
        done = ", ".join((say("approve.done.approved", count=self.signed), *others))
        return say("approve.so-far", done=done, title=self.title, left=self._left())

    def _left(self) -> str:
        words = sum(leaf.words for leaf in self.left)
        if not self.left:
            return say("approve.nothing")
        return say("approve.left", screens=_screens(len(self.left)), time=minutes(words))

    @property
    def left(self) -> tuple[Leaf, ...]:
        """What is not approved."""
        return tuple(leaf for leaf in self.queue if not self._holds(leaf.parts))

    def _open(self) -> None:
        """Show the first screen until the user begins with what trees share, or with the pages of
        the trees."""
        own = [leaf for leaf in self.queue if self._is_own(leaf)]
        keys = [_key(_BEGIN, "begin"), _key(_KEYS, "keys")]
        tree = 0 < len(own) < len(self.queue)
        if tree:
            keys.insert(1, _key(_TREE, "tree"))
        blocks = tuple(self._opening(own if tree else []))
        prompts = ("", say("approve.begins"), say("approve.part"), _BEGIN)
        slide = Slide(say("approve.title"), blocks, tuple(keys), self._notice, *prompts)
        self._notice = ""
        while (said := self._shown(slide)).key == _KEYS:
            self._tell_keys()
        if said.key == _TREE:
            self._waiting.sort(key=lambda leaf: self._turn(leaf) if leaf in own else len(own) + 3)

    def _is_own(self, leaf: Leaf) -> bool:
        """Whether a leaf is of a tree, and not of what trees share."""
        return leaf.parts[0].partition("/")[0] in self.library.trees

    def _turn(self, leaf: Leaf) -> int:
        """When a leaf of a tree is shown: pages for people in danger now, others, its questions."""
        tree, _, ending = leaf.parts[0].partition("/")
        page = self.library.trees[tree].outcomes.get(ending)
        return 2 if page is None else int(page.urgency is not Urgency.NOW)

    def _opening(self, own: Sequence[Leaf]) -> Iterator[Block]:
        """What to do, how long it takes, and what is signed; and where to begin, if there are pages
        of trees of their ``own``."""
        signs = (self.signature.by, self.signature.role, self.signature.organisation)
        who = ", ".join(filter(None, signs))
        words = sum(leaf.words for leaf in self.left)
        yield (Row(say("approve.signs", title=self.title, who=who), Style.TITLE),)
        yield (Row(say("approve.what")),)
        how_long = say(
            "approve.how-long",
            screens=_screens(len(self.left)),
            all=self._count,
            time=minutes(words),
            care=minutes(words * CARE),
        )
        yield (Row(how_long),)
        yield GAP
        yield (Row(say("approve.promise", day=self.signature.until)),)
        yield (Row(say("approve.as-whom", whom=READERS[self.reader])),)
        if own:
            time = minutes(sum(leaf.words for leaf in own))
            yield GAP
            yield (Row(say("approve.shared-first")),)
            yield (Row(say("approve.tree-first", time=time)),)

    def _tell_keys(self) -> None:
        told = (
            *key(),
            *key_of_pages(),
            say("approve.known"),
            *say("approve.keys").split("\n"),
        )
        self.read([GAP, *((Row(text),) for text in told)])

    def _show(self, leaf: Leaf) -> None:
        """Show a leaf until it is approved, skipped, or left for one that was skipped."""
        lines = list(_as_read(self._lines(leaf), self.reader))
        left = minutes(sum(each.words for each in self.left))
        # Titles have the numbers of pages in a tree, so there is no second “page” here.
        number = self._number[leaf.parts[0]]
        title = say("approve.at", title=self.title, number=number, all=self._count, time=left)
        keys = (
            _key("a", "approve", at_end=True),
            _key("c", "comment", say("approve.key.which-line")),
            _key("s", "skip"),
            *([_key(Act.BACK.value, "back")] if self.skipped else []),
            _key(_KEYS, "keys"),
        )
        slide = Slide(
            *(title, tuple(self._blocks(leaf, lines)), keys, self._notice),
            prompt=say("approve.next-keys"),
            called=say("approve.part"),
        )
        self._notice = ""
        sure = not self._has_said(leaf)
        while True:
            said = self._shown(slide)
            slide = replace(slide, notice="")
            match said.key:
                case "a" if not sure:
                    slide, sure = replace(slide, notice=say("approve.sure")), True
                case "a":
                    if not (notice := self._approve(leaf)):
                        return
                    slide = replace(slide, notice=notice)
                case "c":
                    slide = replace(slide, notice=self._comment(slide, leaf, lines, said.typed))
                    sure = not self._has_said(leaf)
                case "?":
                    self._tell_keys()
                case "s":
                    self.skipped.append(leaf)
                    return
                case _:
                    self._waiting[:0] = [self.skipped.pop(), leaf]
                    return

    def _has_said(self, leaf: Leaf) -> bool:
        """Whether this person has an open comment on a leaf."""
        said = (each.comment for each in self._comments)
        return any(each.by == self.signature.by and each.page in leaf.parts for each in said)

    def _lines(self, leaf: Leaf) -> Iterator[tuple[str, Line, bool]]:
        """The lines of a leaf, each with its part, and whether its own mark lets the reader see it.
        A line that is shared has with its own mark that which it has where it is shared."""
        shared: dict[object, list[str]] = {}
        for line in chain.from_iterable(map(self.leaves.lines_of, self.leaves.needed(leaf))):
            for of in line.of:
                shared.setdefault((of, line.says), []).append(line.mark)
        for part, line in self.leaves.whole(leaf, self._asked):
            marked = line.mark
            if line.of and self._is_own(leaf):
                marked = both(line.mark, either(shared.get((line.of[0], line.says), ("",))))
            again = not self._known.isdisjoint(_keys(line))
            seen = is_for(line.mark, self.reader) or not self._is_own(leaf)
            marked = in_words(self.library, marked, self._asked)
            yield part, replace(line, mark=marked, again=again), seen

    def _blocks(self, leaf: Leaf, lines: Sequence[tuple[str, Line]]) -> Iterator[Block]:
        titles = dict.fromkeys((leaf.subject, leaf.title))
        yield (Row(": ".join(titles), Style.TITLE),)
        digits = len(str(len(lines)))
        marks = [len(line.mark) for _, line in lines if len(line.mark) <= _WIDEST_MARK]
        margin = 0 if self.ui.plain else max(marks, default=0)
        for number, (_, line) in enumerate(lines, 1):
            yield _block(f"{number:>{digits}} ", margin, line, self.reader)
        for each in self._comments:
            if each.comment.page in leaf.parts:
                said = each.comment
                about = say("approve.about-line", line=said.line) if said.line else ""
                yield (Row(say("approve.said", by=said.by, about=about, words=said.says)),)

    def _approve(self, leaf: Leaf) -> str:
        """Sign a leaf, or mark it as read if what it shares is not signed: empty, or why it could
        not be kept."""
        if missing := self._missing(leaf):
            if notice := self._kept((), leaf.parts):
                return notice
            self.read_before.append(leaf)
            self._knows(leaf.parts)
            after = _listed(sorted({self._number[each] for each in missing}))
            self._notice = say("approve.read", numbers=after)
            return ""
        if notice := self._kept(leaf.parts):
            return notice
        self.signed += 1
        told = say("approve.approved", number=self._number[leaf.parts[0]], title=leaf.title)
        self._notice = f"{told} {self._sign_ready()}".rstrip()
        return ""

    def _sign_ready(self) -> str:
        """Sign what was read before what it shares, if that is signed: how much, or why it could
        not be kept. A page that waits for others which have been read is ready when these are."""
        ready = [each for each in self.read_before if not self._missing(each)]
        if not ready:
            return ""
        if notice := self._kept([part for each in ready for part in each.parts]):
            return notice
        self.read_before = [each for each in self.read_before if each not in ready]
        self.signed += len(ready)
        return say("approve.ready", count=len(ready))

    def _missing(self, leaf: Leaf) -> frozenset[str]:
        """What is to be approved before a leaf can be: of what it shares and has been read, that
        for which this waits in turn."""
        missing = {part for part in self.leaves.needed(leaf) if not self._holds([part])}
        for each in self.read_before:
            if each != leaf and not missing.isdisjoint(each.parts):
                missing = missing.difference(each.parts) | self._missing(each)
        return frozenset(missing)

    def _comment(
        self, slide: Slide, leaf: Leaf, lines: Sequence[tuple[str, Line]], typed: str
    ) -> str:
        """Ask for a comment and keep it: the notice."""
        numbers = {str(number): each for number, each in enumerate(lines, 1)}
        if typed and typed not in numbers:
            return say("approve.no-line", number=typed)
        part, line = numbers[typed] if typed else (leaf.parts[0], Line(""))
        about = say("approve.line", number=typed) if typed else say("approve.all-of-it")
        said = self._shown(replace(slide, asks_words=say("approve.your-comment", what=about)))
        if not said.typed:
            return say("approve.no-comment")
        by, on, says = self.signature.by, self.signature.on, said.typed
        if not typed and len(leaf.parts) > 1:  # filed with the first, it says that it is of all
            ends = (self.leaves.lines_of(each)[0].says for each in (part, leaf.parts[-1]))
            first, last = map(shorten, ends)
            says = say("approve.on-all", subject=leaf.subject, first=first, last=last, words=says)
        comment = Comment(
            span=Span("", 1, 1, 1, 1), page=part, says=says, by=by, on=on, line=line.says
        )
        notice = self._kept((), (), (comment,))
        self.said += not notice
        return notice or say("approve.kept", what=about)

    def _kept(
        self, parts: Sequence[str], waiting: Sequence[str] = (), comments: Sequence[Comment] = ()
    ) -> str:
        """Keep what was approved, read or said: empty, or why it could not be kept."""
        try:
            self._told(self.keep(parts, waiting, comments))
        except NotKept as why:
            return str(why)
        return ""

    def _told(self, fingerprints: Fingerprints) -> None:
        """Take what is on the disk as what is approved."""
        self._approved = approved(fingerprints, self.signature.on)
        self._comments: tuple[OpenComment, ...] = tuple(open_comments(fingerprints))
        self._knows(self._approved)

    def _knows(self, parts: Collection[str]) -> None:
        """Take the lines of some parts as read."""
        for part in frozenset(parts) - self._read:
            self._known.update(*map(_keys, self.leaves.lines_of(part)))
        self._read.update(parts)

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


def _as_read(lines: Iterator[tuple[str, Line, bool]], reader: str) -> Iterator[tuple[str, Line]]:
    """Lines with those of a reader before the others of the same sentences, which are left out of
    what was read before."""
    for (_, of), group in groupby(lines, key=lambda each: (each[0], each[1].of)):
        some = [(p, x) for p, x, seen in group if not x.again or (seen and not x.note)]
        if of:
            some.sort(key=lambda each: not is_for(each[1].mark, reader))
        yield from some


def _keys(line: Line) -> Iterator[object]:
    """By what a line is known again: what it is with its words, or these alone, if not by chance.
    None for what is of a page, and no words on it."""
    if line.of:
        yield line.of[0], line.says
        yield from [line.says] if len(line.says.split()) >= MANY_WORDS else ()


def _listed(numbers: Sequence[int]) -> str:
    """Numbers as they are said, of which those that follow on are named by their ends."""
    runs = [[n for _, n in some] for _, some in groupby(enumerate(numbers), lambda e: e[1] - e[0])]
    ends = ((run[0], run[-1]) for run in runs)
    ranges = (str(a) if a == b else say("approve.range", first=a, last=b) for a, b in ends)
    return ", ".join(ranges)


def _screens(count: int) -> str:
    return say("approve.screens", count=count)


def _key(letter: str, does: str, asks: str = "", *, at_end: bool = False) -> Key:
    return Key(letter, say(f"approve.key.{does}"), asks, at_end)


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
    whom = Row(mark, style, number, indent)
    return (whom, Row(says, style, below, indent), *rest)
