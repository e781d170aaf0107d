"""Approving on a terminal: one part after the other, a page first as somebody sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

from ..approval.leaves import Leaf, Leaves, minutes
from ..approval.lines import Line
from ..approval.marks import for_one
from ..approval.review import comment
from ..approval.signing import Signature
from ..approval.status import (
    Standing,
    box_title,
    held_everywhere,
    nations_read,
    open_comments,
    signed_on,
    standing,
    summary,
    waits_for,
    withdrawn,
)
from ..model.approval import Comment
from ..model.base import replace
from ..model.facts import TELLERS
from ..model.sanitize import one_line, shorten
from ..page.approval import Fingerprints
from ..page.messages import listed, say
from ..page.opening_hours import Clock
from ..page.text_layout import GAP, Block, Style
from ..page.text_layout import Line as Row
from .conversation import Context, Conversation, Left
from .io.ui import Act, Command, Key, Slide, Ui

_BEGIN, _CLOSE, _KEYS, _UNDO = "g", "d", "?", "u"

_FEWEST_WORDS = 2
"""Of a comment: one letter was meant as a key, and would hold pages back."""

Keep: TypeAlias = Callable[
    [Sequence[str], Sequence[Comment], Collection[str], tuple[Comment, str] | None], Fingerprints
]
"""Sign some parts on the disk, add some comments, take back what was signed of others, close a
comment for a reason; and give the fingerprints of the library with all that is there now. Raises
NotKept."""


class NotKept(Exception):
    """Nothing could be written; the message is a sentence that says why."""


class ApprovalSession(Conversation):
    """One sitting of a person who approves what is left of some trees, as these ``stand``.

    ``kept`` says where it is kept. ``signed`` are the parts that were signed in it, the last one
    last; ``said`` counts the comments.
    """

    def __init__(
        self,
        ui: Ui,
        leaves: Leaves,
        clock: Callable[[], Clock],
        signature: Signature,
        keep: Keep,
        stand: Standing,
        kept: str,
    ) -> None:
        super().__init__(ui, leaves.library, clock, Context(stand.title, {}))
        self.title = stand.title
        self.leaves = leaves
        self.signature = signature
        self.keep = keep
        self.kept = kept
        self.signed: list[Leaf] = []
        self.said = 0
        self._trees = stand.trees
        self._every = stand.leaves
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
        if found == len(self._every) and self._standing.left:
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
        """What was done in this sitting, and how it all stands."""
        done = say("approve.done.signed", count=len(self.signed))
        done += say("approve.done.said", count=self.said) if self.said else ""
        return f"{done}.\n{summary(self._standing)}"

    # --- the first screen -------------------------------------------------------------------------

    def _open(self) -> None:
        """Show the first screen until the user begins."""
        keys = (_key(_BEGIN, "begin"), _key(_KEYS, "keys"))
        slide = self._slide(say("approve.title"), tuple(self._opening()), keys)
        slide = replace(slide, prompt=say("approve.begins"), onward=_BEGIN)
        while self._shown(slide).key == _KEYS:
            self._tell_keys()

    def _opening(self) -> Iterator[Block]:
        """What to do, how long it takes, what is signed, and where it is kept."""
        signs = (self.signature.by, self.signature.role, self.signature.organisation)
        who = ", ".join(filter(None, signs))
        yield (Row(say("approve.signs", title=self.title, who=who), Style.TITLE),)
        is_known = self._own or any(x.by == self.signature.by for x in self._now.library.comments)
        rules = say("approve.what-again" if is_known else "approve.what")
        yield tuple(map(Row, rules.split("\n")))
        stands, day = summary(self._standing), self.signature.until
        yield (Row(say("approve.how-long", stands=stands, day=day)),)
        yield tuple(map(Row, self.kept.split("\n")))
        if said := nations_read(self.leaves):
            yield (Row(said),)

    def _tell_keys(self) -> None:
        told = (*say("approve.keys").split("\n"), *say("book.key").split("\n"))
        keys = (_key(Act.BACK.value, "back"),)
        slide = self._slide(self.title, tuple((Row(text),) for text in told), keys)
        self._shown(replace(slide, onward=Act.BACK.value))

    # --- a part -----------------------------------------------------------------------------------

    def _show(self, at: int) -> int:
        """Show a part until the user goes on or back: the place of the next to show."""
        leaf = self._every[at]
        lines = tuple(self._lines(leaf))
        time, all_ = minutes(self._standing.left), len(self._every)
        title = say("approve.at", title=self.title, number=at + 1, all=all_, time=time)
        undo = self.signed or self._is_mine(leaf)

        def no_line(typed: str) -> str:
            is_one = not typed or any(typed == str(line.number or "") for line in lines)
            return "" if is_one else say("approve.no-line", last=max(line.number for line in lines))

        keys = (
            _key("a", "approve", at_end=True),
            replace(_key("c", "comment", say("approve.key.which-line")), wrong=no_line),
            _key("s", "skip"),
            *([_key(Act.BACK.value, "back")] if at else []),
            *([_key(_UNDO, "undo")] if undo else []),
            _key(_KEYS, "keys"),
        )
        slide = self._slide(title, tuple(self._blocks(leaf, lines)), keys)
        notice = ""
        while True:
            mine = self._mine(leaf)
            close = [_key(_CLOSE, "close")] if mine else []
            said = self._shown(replace(slide, keys=(*keys[:2], *close, *keys[2:]), notice=notice))
            notice = ""
            match said.key:
                case "a":
                    if not (notice := self._approve(leaf)):
                        return self._next(at)
                case "c":
                    notice = self._comment(slide, leaf, lines, said.typed)
                case "u":
                    return self._take_back(leaf)
                case "d":
                    notice = self._close(slide, mine[-1])
                case "?":
                    self._tell_keys()
                case "s":
                    return self._next(at)
                case _:
                    return at - 1

    def _slide(self, title: str, blocks: tuple[Block, ...], keys: Sequence[Key]) -> Slide:
        """What was done last stands above: below, more rows than one would part a page otherwise
        until a key is pressed."""
        if self._notice:
            blocks = ((Row(self._notice, Style.FAINT),), *blocks)
        self._notice = ""
        prompt, called = say("approve.next-keys"), say("approve.screen")
        return Slide(title, blocks, tuple(keys), prompt=prompt, called=called)

    def _lines(self, leaf: Leaf) -> Iterator[Line]:
        """The lines of a part that are shown, each with whether somebody read it in a part that is
        signed, or further up."""
        known = {*self._read, *leaf.parts}
        for line in leaf.lines:
            yield replace(line, again=line.again and (not line.first or line.first in known))

    def _blocks(self, leaf: Leaf, lines: Sequence[Line]) -> Iterator[Block]:
        yield (Row(": ".join(dict.fromkeys((leaf.subject, leaf.title))), Style.TITLE),)
        if leaf.shown:
            yield (Row(say("book.sees", whom=leaf.reader), Style.HEADING),)
        digits = len(str(max(line.number for line in lines)))
        for at, line in enumerate(lines):
            if at and leaf.shown == at:
                yield GAP
                yield (Row(say("book.otherwise"), Style.HEADING),)
            yield _block(f"{line.number or '':>{digits}} ", line)
        for said in self._comments:
            held = (said in self._now.objections(part) for part in leaf.parts)
            if said.page in leaf.parts or any(held):
                about = say("approve.about-line", line=said.line) if said.line else ""
                yield (Row(say("approve.said", by=said.by, about=about, words=said.says)),)

    # --- what is signed and said ------------------------------------------------------------------

    def _approve(self, leaf: Leaf) -> str:
        """Sign a part: empty, or why not."""
        if any(each.objects and each.is_of_all for each in self._mine(leaf)):
            return say("approve.objected-all")
        before = self._held
        if notice := self._kept(parts=[part for part in leaf.parts if part not in self._read]):
            return notice
        self.signed.append(leaf)
        told = [say("approve.signed", what=self._name(leaf))]
        part = next((each for each in self._standing.pages if each.name == leaf.parts[0]), None)
        if part and (part.waits or part.comments):
            waits = {"parts": [*waits_for(part, self._every)], "comments": part.comments}
            counts = [say(f"approve.wait-{x}", count=len(n)) for x, n in waits.items() if n]
            told.append(say("approve.waits", what=listed(counts)))
        if more := len(self._held - before):
            told.append(say("approve.ready", count=more))
        self._notice = " ".join(told)
        return ""

    def _mine(self, leaf: Leaf) -> list[Comment]:
        """The open comments of this person on a part, the last one last."""
        by = self.signature.by
        return [each for each in self._comments if each.by == by and each.page in leaf.parts]

    def _name(self, leaf: Leaf) -> str:
        """What a part is: its number, and its title or first words."""
        return say("approve.named", number=self._every.index(leaf) + 1, title=box_title(leaf))

    def _take_back(self, leaf: Leaf) -> int:
        """Take back the signature of a part, or else the last of this sitting: the place of that
        part."""
        leaf = leaf if self._is_mine(leaf) or not self.signed else self.signed[-1]
        self._notice = self._kept(back=leaf.parts) or say("approve.undone", what=self._name(leaf))
        return self._every.index(leaf)

    def _comment(self, slide: Slide, leaf: Leaf, lines: Sequence[Line], typed: str) -> str:
        """Ask for a comment and keep it: the notice."""
        line = next((each for each in lines if str(each.number) == typed), None)
        words = shorten(for_one(line.says)) if line else ""
        about = say("approve.line", number=typed, words=words) if line else say("approve.all-of-it")
        would = self._held_by(comment(self.leaves, leaf, line, "?", self.signature))
        asks = say("approve.your-comment" + ("-holding" if would else ""), what=about, held=would)
        says = "?"
        while says and len(says.split()) < _FEWEST_WORDS:
            says = self._shown(replace(slide, asks_words=asks)).typed
            asks = say("approve.more-words")
        if not says:
            return say("approve.no-comment")
        said = comment(self.leaves, leaf, line, says, self.signature)
        held = self._held_by(said)
        kept = "approve.kept-holding" if held else "approve.kept"
        notice = self._kept(comments=(said,))
        self.said += not notice
        return notice or say(kept, what=about, held=held)

    def _close(self, slide: Slide, said: Comment) -> str:
        """Ask why a comment of this person is closed, and close it: the notice."""
        asks = say("approve.closes", words=shorten(said.says))
        because = self._shown(replace(slide, asks_words=asks)).typed
        if not because:
            return say("approve.not-closed")
        back = withdrawn(self.leaves, self._now, said, said.by)
        return self._kept(back=back, closed=(said, because)) or say("approve.closed")

    def _held_by(self, said: Comment) -> str:
        """What a comment would hold back, in words."""
        library = self._now.library
        now = self._now.signed(library.approvals, (*library.comments, said))
        return held_everywhere(self.leaves, now, self._standing_by(now), said)

    def _kept(
        self,
        parts: Sequence[str] = (),
        comments: Sequence[Comment] = (),
        back: Collection[str] = (),
        closed: tuple[Comment, str] | None = None,
    ) -> str:
        """Keep what was signed, said, taken back or closed: empty, or why it could not be kept."""
        try:
            self._told(self.keep(parts, comments, back, closed))
        except NotKept as why:
            return str(why)
        return ""

    def _told(self, fingerprints: Fingerprints) -> None:
        """Take what is on the disk as what is signed."""
        on, by = self.signature.on, self.signature.by
        self._now = fingerprints
        self._read = signed_on(fingerprints, on)
        every = (each for each in fingerprints.library.approvals if each.by == by)
        self._own = {part for each in every for part in each.pages}
        self._standing = self._standing_by(fingerprints)
        self._held = {part.name for part in self._standing.pages if part.holds}
        self._comments = open_comments(fingerprints)
        self.signed = [each for each in self.signed if self._is_mine(each)]

    def _standing_by(self, now: Fingerprints) -> Standing:
        return standing(self.leaves, now, self._trees, self.signature.on, self._every)

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


def _key(letter: str, does: str, asks: str = "", *, at_end: bool = False) -> Key:
    return Key(letter, say(f"approve.key.{does}"), asks, at_end)


def _block(number: str, line: Line) -> Block:
    """A line after its number, in the words of all its readers, with whom it is for below it."""
    is_theirs = any(group.has(TELLERS[0]) for group in line.whom)
    style = Style.FAINT if line.again or not is_theirs else Style.PLAIN
    if line.head and style is Style.PLAIN:
        style = Style.TITLE
    indent = len(number)
    said = ("»" * (line.again and bool(line.first)), line.called, line.says)
    rows = [Row(" ".join(filter(None, said)), style, number, indent)]
    if line.mark:
        rows.append(Row(f"[{one_line(line.mark)}]", Style.QUIET, " " * indent, indent))
    return tuple(rows)
