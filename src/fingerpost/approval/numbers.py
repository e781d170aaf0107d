"""Numbers of parts that stay: each is made from the part's name alone."""

from __future__ import annotations

from ..page.approval import fingerprint


def number(part: str) -> str:
    """The number of a part, such as k3f-9qa, which two reviewers can speak of."""
    letters = fingerprint("part", part)
    return f"{letters[:3]}-{letters[3:6]}"
