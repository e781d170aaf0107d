"""Approving on a terminal: one part after the other, a page first as somebody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import groupby
from typing import TypeAlias

from ..approval.leaves import CARE, Leaf, Leaves, minutes
from ..approval.lines import Line, count_words
from ..approval.marks import for_one
from ..approval.review import comment
from ..approval.signing import Signature
from ..approval.status import approved, open_comments, signed_on
from ..model.approval import Comment
from ..model.base import replace
from ..model.facts import READERS
from ..model.sanitize import one_line, shorten
from ..page.approval import Fingerprints
from ..page.messages import say
from ..page.opening_hours import Clock
from ..page.speaker import Speaker
from ..page.text_layout import GAP, Block, Style
from ..page.text_layout import Line as Row
from .conversation import Context, Conversation, Left
from .io.ui import Act, Command, Key, Slide, Ui

_FIRST_WORDS = 40
"""Letters of a shared part by which it is named."""

_BEGIN, _TREE, _KEYS, _UNDO = "g", "t", "?", "u"


Keep: TypeAlias = Callable[[Sequence[str], Sequence[Comment], Sequence[str]], Fingerprints]
"""Sign some parts on the disk, add some comments, take back what was signed of others; and give the
fingerprints of the library with all that is there now. Raises NotKept."""


class NotKept(Exception):
    """Nothing could be written; the message is a sentence that says why."""


class ApprovalSession(Conversation):
    """One sitting of a person who approves a library, or the ``trees`` called ``title``.

    ``reader`` is the one whose wordings come first, and ``kept`` says where it is kept. ``signed``
    are the parts that were signed in it, the last one last; ``said`` counts the comments.
    """

    def __init__(
        self,
        ui: Ui,
        leaves: Leaves,
        clock: Callable[[], Clock],
        signature: Signature,
        keep: Keep,
        trees: Sequence[str],
        title: str,
        reader: str,
        kept: str,
    ) -> None:
        super().__init__(ui, leaves.library, clock, Context(title, {}))
        self.leaves = leaves
        self.signature = signature
        self.keep = keep
        self.title = title
        self.reader = reader
        self.kept = kept
        self.signed: list[Leaf] = []
        self.said = 0
        self._every = list(leaves.of(trees or None))
        # Each has the number that it has among all, in every order and every sitting.
        self._number = {leaf.number: at for at, leaf in enumerate(self._every, 1)}
        self._pages_seen: dict[str, list[Line]] = {}
        # What lines are known again by, as numbers, which are compared much faster.
        self._ids: dict[object, int] = {}
        self._told_by = cache(self._tells)
        self._keys = {
            leaf.number: [(self._ids_of(x.known_by), self._ids_of(x.tells)) for x in leaf.lines]
            for leaf in self._every
        }
        needed = {leaf.number: leaves.needed(leaf) for leaf in self._every}
        self._shared_by = {each: self._told_by_all(parts) for each, parts in needed.items()}
        for leaf in self._every:
            if leaf.shown:
                keys, shared = self._keys[leaf.number], self._shared_by[leaf.number]
                below = (n for n in range(leaf.shown, len(keys)) if shared.isdisjoint(keys[n][0]))
                stood = (*range(leaf.shown), *below)
                self._pages_seen[leaf.parts[0]] = [leaf.lines[n] for n in stood]
        self._notice = ""
        self._told(leaves.fingerprints)

    def run(self) -> None:
        """Show a part after the other until all are signed. Raises Left, and EOFError at the end of
        input; what was signed until then is kept."""
        self._open()
        at = self._next(-1)
        while at < len(self._every):
            at = self._show(at)

    def _next(self, at: int) -> int:
        """The first part after one that is not signed. After the last: the first that was skipped,
        if the user goes back to it."""
        found = self._open_after(at)
        if found == len(self._every) and self.left:
            told = (say("approve.last", so_far=self.so_far), say("approve.last-keys"))
            keys = (_key(Act.BACK.value, "skipped"),)
            self._shown(self._slide(self.title, (tuple(map(Row, told)),), keys))
            return self._open_after(-1)
        return found

    def _open_after(self, at: int) -> int:
        open_ = (n for n, each in enumerate(self._every) if n > at and not self._is_signed(each))
        return next(open_, len(self._every))

    @property
    def so_far(self) -> str:
        """What was done in this sitting, and what is left."""
        done = say("approve.done.signed", count=len(self.signed))
        done += say("approve.done.said", count=self.said) if self.said else ""
        time = minutes(self._words(self.left))
        left = say("approve.left", parts=_parts(len(self.left)), time=time)
        return say(
            "approve.so-far",
            done=done,
            pages=len(self._pages),
            of=sum(leaf.is_page for leaf in self._every),
            title=self.title,
            left=left if self.left else say("approve.nothing"),
        )

    @property
    def left(self) -> tuple[Leaf, ...]:
        """What is not signed."""
        return tuple(leaf for leaf in self._every if not self._is_signed(leaf))

    def _words(self, leaves: Iterable[Leaf]) -> int:
        """The words to read in some parts, one after the other."""
        words, known = 0, {*self._known}
        for leaf in leaves:
            lines = self._lines(leaf, known)
            words += count_words(line for line in lines if line.part not in self._read)
            known |= self._told_by_all(leaf.parts)
        return words

    # --- the first screen -------------------------------------------------------------------------

    def _open(self) -> None:
        """Show the first screen until the user begins with what trees share, or with the pages of
        the trees, those for people in danger first."""
        own = [leaf for leaf in self.left if leaf.tree]
        own.sort(key=lambda leaf: not leaf.is_page)
        both = 0 < len(own) < len(self.left)
        tree = [_key(_TREE, "tree")] if both else []
        keys = (_key(_BEGIN, "begin"), *tree, _key(_KEYS, "keys"))
        blocks = tuple(self._opening(own if both else []))
        slide = self._slide(say("approve.title"), blocks, keys)
        slide = replace(slide, prompt=say("approve.begins"), onward=_BEGIN)
        while (said := self._shown(slide)).key == _KEYS:
            self._tell_keys()
        if said.key == _TREE:
            self._every.sort(key=lambda leaf: (not leaf.tree, not leaf.is_page))

    def _opening(self, own: Sequence[Leaf]) -> Iterator[Block]:
        """What to do, how long it takes, what is signed, and where it is kept; and where to begin,
        if there are parts of trees of their ``own``."""
        signs = (self.signature.by, self.signature.role, self.signature.organisation)
        who = ", ".join(filter(None, signs))
        words, shared = self._words(self.left), [x for x in self.left if not x.tree]
        yield (Row(say("approve.signs", title=self.title, who=who), Style.TITLE),)
        yield (Row(say("approve.what")),)
        how_long = say(
            "approve.how-long",
            parts=_parts(len(self.left)),
            time=minutes(words),
            care=minutes(words * CARE),
        )
        yield (Row(how_long),)
        yield tuple(map(Row, self.kept.split("\n")))
        yield (Row(say("approve.promise", day=self.signature.until)),)
        yield (Row(say("approve.as-whom", whom=READERS[self.reader])),)
        if "nation" in self.library.questions:
            nation = Speaker(self.library, {}).answers("nation", self.leaves.nations)
            said = say("approve.one-nation" if nation else "approve.all-nations", nation=nation)
            yield (Row(said),)
        if own:
            first = self._words(shared)
            then, alone = minutes(words - first), minutes(self._words(own))
            yield GAP
            yield (Row(say("approve.shared-first", time=minutes(first), then=then)),)
            yield (Row(say("approve.tree-first", time=alone)),)

    def _tell_keys(self) -> None:
        told = (*say("book.key").split("\n"), *say("approve.keys").split("\n"))
        self.read([GAP, *((Row(text),) for text in told)])

    # --- a part -----------------------------------------------------------------------------------

    def _show(self, at: int) -> int:
        """Show a part until the user goes on or back: the place of the next to show."""
        leaf = self._every[at]
        lines = self._lines(leaf, self._known)
        time = minutes(self._words(self.left))
        number, all_ = self._number[leaf.number], len(self._every)
        title = say("approve.at", title=self.title, number=number, all=all_, time=time)
        undo = self.signed or self._is_mine(leaf)

        def no_line(typed: str) -> str:
            is_one = not typed or typed in map(str, range(1, len(lines) + 1))
            return "" if is_one else say("approve.no-line", number=typed)

        keys = (
            _key("a", "approve", at_end=True),
            replace(_key("c", "comment", say("approve.key.which-line")), wrong=no_line),
            _key("s", "skip"),
            *([_key(Act.BACK.value, "back")] if at else []),
            *([_key(_UNDO, "undo")] if undo else []),
            _key(_KEYS, "keys"),
        )
        slide = self._slide(title, tuple(self._blocks(leaf, lines)), keys)
        while True:
            said = self._shown(slide)
            notice = ""
            match said.key:
                case "a":
                    if not (notice := self._approve(leaf)):
                        return self._next(at)
                case "c":
                    notice = self._comment(slide, leaf, lines, said.typed)
                case "u":
                    return self._take_back(leaf)
                case "?":
                    self._tell_keys()
                case "s":
                    return self._next(at)
                case _:
                    return at - 1
            slide = replace(slide, notice=notice)

    def _slide(self, title: str, blocks: tuple[Block, ...], keys: Sequence[Key]) -> Slide:
        """What was done last stands above: below, more rows than one would part a page otherwise
        until a key is pressed."""
        if self._notice:
            blocks = ((Row(self._notice, Style.FAINT),), *blocks)
        self._notice = ""
        prompt, called = say("approve.next-keys"), say("approve.screen")
        return Slide(title, blocks, tuple(keys), prompt=prompt, called=called)

    def _ids_of(self, keys: Iterable[object]) -> frozenset[int]:
        return frozenset(self._ids.setdefault(each, len(self._ids)) for each in keys)

    def _lines(self, leaf: Leaf, known: Set[int]) -> list[Line]:
        """The lines of a part that are shown, each with whether what is ``known`` says it: of what
        others see otherwise, what no other part says."""
        lines, here, shared = [], set[int](), self._shared_by[leaf.number]
        is_signed = self._is_signed(leaf)
        for n, (keys, tells) in enumerate(self._keys[leaf.number]):
            line = leaf.lines[n]
            again = bool(keys & known or keys & here) if keys else line.again
            here |= tells
            is_page = not leaf.shown or n < leaf.shown
            if is_page or (shared.isdisjoint(keys) and (is_signed or not again)):
                lines.append(replace(line, again=again))
        return lines

    def _blocks(self, leaf: Leaf, lines: Sequence[Line]) -> Iterator[Block]:
        yield (Row(": ".join(dict.fromkeys((leaf.subject, leaf.title))), Style.TITLE),)
        if leaf.shown:
            yield (Row(say("approve.sees", whom=leaf.reader), Style.HEADING),)
        digits = len(str(len(lines)))
        for number, line in enumerate(lines):
            if leaf.shown == number:
                yield from self._otherwise(leaf, len(lines) - number)
            yield _block(f"{number + 1:>{digits}} ", line, self.reader)
        if leaf.shown == len(lines):
            yield from self._otherwise(leaf, 0)
        for said in self._comments:
            if said.page in leaf.parts:
                about = say("approve.about-line", line=said.line) if said.line else ""
                yield (Row(say("approve.said", by=said.by, about=about, words=said.says)),)

    def _otherwise(self, leaf: Leaf, count: int) -> Iterator[Block]:
        """What stands over the lines that others see, if there are any; and how many they see that
        have been read."""
        if not leaf.shown:
            return
        yield GAP
        if count:
            yield (Row(say("approve.otherwise"), Style.HEADING),)
        if rest := len(leaf.lines) - leaf.shown - count:
            yield (Row(say("approve.others-known", count=rest), Style.FAINT),)

    # --- what is signed and said ------------------------------------------------------------------

    def _approve(self, leaf: Leaf) -> str:
        """Sign a part: empty, or why not."""
        mine = [c for c in self._comments if c.by == self.signature.by and c.page in leaf.parts]
        if len(leaf.parts) > 1 and any(not each.line for each in mine):
            return say("approve.objected-all")
        before = self._pages
        if notice := self._kept(parts=[part for part in leaf.parts if part not in self._read]):
            return notice
        self.signed.append(leaf)
        told = [say("approve.signed", what=self._name(leaf))]
        if mine:
            told.append(say("approve.objected", count=len(mine)))
        elif leaf.is_page and (missing := self._missing(leaf)):
            told.append(say("approve.waits", numbers=_listed(missing)))
        if more := len(self._pages - before - {*leaf.parts}):
            told.append(say("approve.ready", count=more))
        self._notice = " ".join(told)
        return ""

    def _name(self, leaf: Leaf) -> str:
        """What a part is: its title, or the first words of one that has that of others."""
        title = leaf.title if leaf.tree else shorten(leaf.lines[0].says, _FIRST_WORDS)
        return say("approve.named", number=self._number[leaf.number], title=title)

    def _missing(self, leaf: Leaf) -> list[int]:
        """The numbers of the parts that have what a page shares with others, and are not signed."""
        needed = {part for part in self.leaves.needed(leaf) if part not in self._read}
        return sorted(self._number[e.number] for e in self._every if not needed.isdisjoint(e.parts))

    def _take_back(self, leaf: Leaf) -> int:
        """Take back the signature of a part, or else the last of this sitting: the place of that
        part."""
        leaf = leaf if self._is_mine(leaf) or not self.signed else self.signed[-1]
        self._notice = self._kept(back=leaf.parts) or say("approve.undone", what=self._name(leaf))
        self.signed = [each for each in self.signed if each is not leaf]
        return self._every.index(leaf)

    def _comment(self, slide: Slide, leaf: Leaf, lines: Sequence[Line], typed: str) -> str:
        """Ask for a comment and keep it: the notice."""
        numbers = {str(number): each for number, each in enumerate(lines, 1)}
        about = say("approve.line", number=typed) if typed else say("approve.all-of-it")
        asks = say("approve.your-comment", what=about)
        says = self._shown(replace(slide, notice="", asks_words=asks)).typed
        if not says:
            return say("approve.no-comment")
        line = numbers[typed] if typed else None
        notice = self._kept(comments=(comment(self.leaves, leaf, line, says, self.signature),))
        self.said += not notice
        return notice or say("approve.kept", what=about)

    def _kept(
        self, parts: Sequence[str] = (), comments: Sequence[Comment] = (), back: Sequence[str] = ()
    ) -> str:
        """Keep what was signed, said or taken back: empty, or why it could not be kept."""
        try:
            self._told(self.keep(parts, comments, back))
        except NotKept as why:
            return str(why)
        return ""

    def _told(self, fingerprints: Fingerprints) -> None:
        """Take what is on the disk as what is signed."""
        on = self.signature.on
        self._read = signed_on(fingerprints, on, self.signature.by)
        self._own = {
            part
            for each in fingerprints.library.approvals
            if each.by == self.signature.by
            for part in each.pages
        }
        mine = {part for leaf in self._every for part in leaf.parts}
        self._pages = approved(fingerprints, on, *self.leaves.nations[:1]) & mine
        self._comments = open_comments(fingerprints)
        self._known = self._told_by_all(self._read)

    def _told_by_all(self, parts: Iterable[str]) -> frozenset[int]:
        return frozenset().union(*map(self._told_by, parts))

    def _tells(self, part: str) -> frozenset[int]:
        """What is known again once a part has been read: of a page, what stood there."""
        lines = self._pages_seen.get(part) or self.leaves.lines_of(part)
        every = (key for line in lines for key in (*line.tells, *line.under))
        return self._ids_of((part, *every))

    def _is_signed(self, leaf: Leaf) -> bool:
        return self._read.issuperset(leaf.parts)

    def _is_mine(self, leaf: Leaf) -> bool:
        return self._is_signed(leaf) and not self._own.isdisjoint(leaf.parts)

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


def _listed(numbers: Sequence[int]) -> str:
    """Numbers as they are said, of which those that follow on are named by their ends."""
    runs = [[n for _, n in some] for _, some in groupby(enumerate(numbers), lambda e: e[1] - e[0])]
    ends = ((run[0], run[-1]) for run in runs)
    ranges = (str(a) if a == b else say("approve.range", first=a, last=b) for a, b in ends)
    return ", ".join(ranges)


def _parts(count: int) -> str:
    return say("approve.parts", count=count)


def _key(letter: str, does: str, asks: str = "", *, at_end: bool = False) -> Key:
    return Key(letter, say(f"approve.key.{does}"), asks, at_end)


def _block(number: str, line: Line, reader: str) -> Block:
    """A line as its reader sees it, and then as others do, with whom it is for below it. Its number
    is before it."""
    is_theirs = any(group.has(reader) for group in line.whom)
    style = Style.FAINT if line.again or not is_theirs else Style.PLAIN
    if line.head and style is Style.PLAIN:
        style = Style.TITLE
    own = for_one(line.says, reader)
    indent = len(number)
    says = " ".join(filter(None, ("»" * (line.again and bool(line.known_by)), line.called, own)))
    below = " " * indent
    rows = [Row(says, style, number, indent)]
    if own != line.says and not line.again:
        rows.append(Row(line.says, Style.FAINT, below, indent))
    if line.mark:
        rows.append(Row(f"[{one_line(line.mark)}]", Style.QUIET, below, indent))
    return tuple(rows)
