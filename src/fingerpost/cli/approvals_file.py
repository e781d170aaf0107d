"""The file in which approvals are kept, over those of the layers below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from ..approval.signing import NAME, Signature, as_yaml, sign, take_back
from ..approval.status import open_comments
from ..model.approval import ALL_NATIONS, Approval, Comment
from ..model.facts import NATIONS
from ..page.approval import Fingerprints
from ..page.messages import say
from ..reading.files.review import signed
from ..reading.reading import shipped
from .context import read, refuse
from .files import NotWritten, alone, look_at, write
from .output import echo


class ApprovalsFile:
    """The approvals of a library: those of the file ``place``, and those of the layers below it."""

    def __init__(self, fingerprints: Fingerprints, place: Path) -> None:
        self.fingerprints = fingerprints
        self.place = place
        library = fingerprints.library
        self._below = [each for each in library.approvals if not self._is_in_file(each)]
        self._said_below = [each for each in library.comments if not self._is_in_file(each)]

    @classmethod
    def of(cls, where: Mapping[str, Any]) -> ApprovalsFile:
        """Those of the library that the options name. Ends the command for an error in a tree, or
        any mistake in the file."""
        # The compiled library has no places, and only the approvals that it was shipped with.
        reading = read(**where, whole=True)
        if errors := reading.blocking:
            refuse(
                "Nothing can be approved until these mistakes are mended:", errors, reading.texts
            )
        folder: Path = where["trees_folder"] or shipped()
        broken = [m for m in reading.mistakes if Path(m.span.file).name == NAME]
        if broken:
            refuse("Mend this file first, or remove it:", broken, reading.texts)
        return cls(Fingerprints(reading.library), folder / NAME)

    @property
    def nation(self) -> str:
        """The nation whose lines were read last; empty if nobody has been asked."""
        told = [each.nation for each in self.fingerprints.library.approvals]
        return next((x for x in reversed(told) if x in (*NATIONS, ALL_NATIONS)), "")

    @property
    def kept(self) -> str:
        """Where all is kept, and what to know of that place."""
        key = "approve.kept-with-program" if self._is_shipped else "approve.kept-in"
        return say(key, place=self.place.resolve())

    @property
    def _is_shipped(self) -> bool:
        return self.place.parent == shipped()

    def look_at(self) -> None:
        """Raise NotWritten where nothing could be kept."""
        try:
            look_at(self.place, replace=True)
        except NotWritten as why:
            instead = say("approve.keep-elsewhere") if self._is_shipped else ""
            raise NotWritten(f"{why.message} {instead}".strip()) from why

    def add(
        self,
        signature: Signature,
        parts: Sequence[str],
        comments: Sequence[Comment],
        back: Sequence[str] = (),
        closed: Sequence[Comment] = (),
    ) -> Fingerprints:
        """Sign some parts and add some comments to what is in the file by now, take ``back`` what
        this person signed of others, and leave out comments that are ``closed``: the fingerprints
        of the library with all that is there. Raises NotWritten and CannotRead."""
        if _without(closed, self._said_below) != tuple(closed):
            raise NotWritten(say("approve.closed-elsewhere"))
        open_ = [*open_comments(self.fingerprints)] if parts else []
        with alone(self.place.parent):
            approvals, said = self._there()
            new = _without(comments, said)
            # What they had said of other words than they sign now is settled.
            gone = _without(self.fingerprints.library.comments, open_)
            settled = [each for each in gone if each.by == signature.by and each.page in parts]
            said = _without(said, [*closed, *settled])
            approvals = sign(approvals, self.fingerprints, signature, parts)
            return self._write(take_back(approvals, signature.by, back), (*said, *new))

    def close(self, number: int) -> None:
        """Close an open comment by its number in their list."""
        every = [*open_comments(self.fingerprints)]
        if number > len(every):
            raise click.UsageError(f"There is no comment {number}. To see them: --comments")
        closed = every[number - 1]
        if not self._is_in_file(closed):
            place = closed.span.file
            raise click.UsageError(f"That comment is in {place}: close it with --trees there.")
        with alone(self.place.parent):
            approvals, said = self._there()
            self._write(approvals, _without(said, [closed]))
        left = len(every) - 1
        echo(f"Closed {number} of {len(every)}, which {closed.by} said: {closed.says}")
        if number <= left:
            numbers = f"1 to {left}" if left > 1 else "1"
            echo(f"Those left are now {numbers}: --comments lists them.")

    def _there(self) -> tuple[tuple[Approval, ...], tuple[Comment, ...]]:
        """What is in the file by now."""
        approvals, said, mistakes, _ = signed(self.place)
        if mistakes:
            told = f"{self.place} has a mistake now, and is left as it is"
            raise NotWritten(f"{told}: {mistakes[0].message}.")
        return approvals, said

    def _write(self, approvals: Sequence[Approval], said: Sequence[Comment]) -> Fingerprints:
        write(self.place, as_yaml(approvals, said).encode(), replace=True)
        below, said_below = self._below, self._said_below
        return self.fingerprints.signed((*below, *approvals), (*said_below, *said))

    def _is_in_file(self, each: Approval | Comment) -> bool:
        return Path(each.span.file).resolve() == self.place.resolve()


def _without(said: Sequence[Comment], out: Sequence[Comment]) -> tuple[Comment, ...]:
    return tuple(each for each in said if not any(_is_same(each, other) for other in out))


def _is_same(one: Comment, other: Comment) -> bool:
    """Whether two comments say the same of the same, wherever they are written."""
    return (one.page, one.line, one.says, one.by) == (other.page, other.line, other.says, other.by)
