"""A small change of the shipped files, and the words that endings say in more than one tree."""

from __future__ import annotations

from dataclasses import dataclass

ALWAYS = "shared/always.yaml"
ADVICE = "shared/advice.yaml"
FIRST_AID = "shared/first-aid.yaml"
ENDINGS = "shared/outcomes.yaml"
LAW = "shared/law.yaml"
UK = "routes/uk.yaml"
PICTURE = "image-shared.yaml"
THREAT = "threatened.yaml"

CHILDREN = "[under-13, 13-15, 16-17, not-sure]"
UNKNOWN = ", online-only, not-sure]"


@dataclass(frozen=True, slots=True)
class Change:
    """In a file, the first ``old`` that stands after some words is ``new``, or is gone."""

    file: str
    old: str
    new: str = ""
    after: str = ""

    def made_in(self, text: str) -> str:
        """The text of the file after it.

        Raises ValueError if ``after`` or ``old`` is not there.
        """
        start = text.index(self.after)
        at = text.index(self.old, start + len(self.after))
        return text[:at] + self.new + text[at + len(self.old) :]


def line(name: str, when: str = "") -> str:
    """A line of shared advice as an ending takes it."""
    return f"      - use: {name}\n" + (f"        when: {{{when}}}\n" if when else "")


def unsaid(file: str, name: str, instead: str = "", *, after: str = "") -> Change:
    """A line of shared advice is not said, or another in its place."""
    return Change(file, line(name), line(instead) if instead else "", after)


def needed(name: str, when: str) -> str:
    """A need as an ending calls for it."""
    return f"      - need: {name}\n        when: {{{when}}}\n"
