"""What breaks the rules of bullied-online."""

from __future__ import annotations

from .change import Change, line

BULLIED = "bullied-online.yaml"
MEAN = "  mean-messages:\n"

BROKEN_BY: dict[str, Change] = {
    "bullying-is-not-sent-to-ceop": Change(
        BULLIED, "      - bullying-help\n", "      - report-exploitation\n", after=MEAN
    ),
    "bullying-that-goes-on-is-urgent": Change(
        BULLIED,
        "{first: left-out, again: suicide-left-out, otherwise: suicide-still}",
        "{first: left-out, otherwise: suicide-left-out}",
    ),
    "bullying-that-nobody-can-name-is-urgent": Change(
        BULLIED, "not-sure: suspect-unclear", "not-sure: so-far-messages"
    ),
    "bullying-that-goes-on-is-for-the-lead-now": Change(
        BULLIED,
        line("tell-lead-of-a-worry", "bully-so-far: first"),
        line("tell-lead-of-a-worry", "bully-so-far: [first, again]"),
    ),
}
