"""Which addresses become links: one rule for every format, whoever wrote the address."""

from __future__ import annotations

import re

_HOST = r"(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
_LINK = re.compile(
    rf"https://{_HOST}(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?"
    r"|(?:tel|sms):\+?[0-9]{3,15}|tel:18001[0-9]{3,15}"
    rf"|mailto:[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*@{_HOST}"
)


def followable(uri: str) -> bool:
    """Whether this becomes a link, or a code to scan, at all.

    A page of a site by its name alone (no port, no user, no look-alike letters), a number to ring
    or text, or an email address with nothing added. Everything else stays plain text. 18001 is
    what textphones dial before a number, which may then be longer than any number is by itself.
    """
    return _LINK.fullmatch(uri) is not None
