"""The file in which approvals are kept, over those of the layers below it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..approval.signing import NAME, Signature, as_yaml, sign, take_back
from ..model.approval import ALL_NATIONS, Approval, Comment
from ..model.base import replace
from ..model.facts import NATIONS
from ..page.approval import Fingerprints
from ..page.messages import say
from ..reading.files.review import signed
from ..reading.reading import shipped
from .context import read, refuse
from .files import NotWritten, alone, look_at, write


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
        library = self.fingerprints.library
        given: list[Approval | Comment] = [*library.approvals, *library.comments]
        told = [each.nation for each in sorted(given, key=lambda each: each.on)]
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
        back: Collection[str] = (),
        closed: tuple[Comment, str] | None = None,
    ) -> Fingerprints:
        """Sign some parts and add some comments to what is in the file by now; or take ``back``
        what this person signed of others; or close a comment, with a reason, and take back what
        whoever made it signed: the fingerprints of the library with all that is there. A closed
        comment stays. Raises NotWritten and CannotRead."""
        whose = closed[0].by if closed else signature.by
        below = {x for each in self._below if each.by == whose != signature.by for x in each.pages}
        if closed and (below & {*back} or not _without([closed[0]], self._said_below)):
            raise NotWritten(say("approve.closed-elsewhere", by=whose))
        with alone(self.place.parent):
            approvals, said = self._there()
            new = _without(comments, said)
            if closed:
                end = {"closed": signature.by, "closed_on": signature.on, "because": closed[1]}
                said = tuple(replace(x, **end) if _is_same(x, closed[0]) else x for x in said)
            approvals = sign(approvals, self.fingerprints, signature, parts)
            return self._write(take_back(approvals, whose, back), (*said, *new))

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
    fields = ("page", "line", "says", "by", "closed")
    return all(getattr(one, name) == getattr(other, name) for name in fields)
