"""The rule by which an address becomes a link, the same in every format."""

from __future__ import annotations

import re

_HOST = r"(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
_LINK = re.compile(
    rf"https://{_HOST}(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?"
    r"|(?:tel|sms):\+?[0-9]{3,15}|tel:18001[0-9]{3,15}"
    rf"|mailto:[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*@{_HOST}"
)


def followable(uri: str) -> bool:
    """Whether an address may become a link or a QR code; all others stay plain text.

    Allowed are https URLs of a named host (no port, user or punycode), telephone and SMS numbers,
    and email addresses without parameters. 18001 is the textphone prefix of Relay UK, with which a
    number may be longer.
    """
    return _LINK.fullmatch(uri) is not None
