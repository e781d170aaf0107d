"""Routes: services and ways to report, with contact details, contract and hours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .base import Frozen, field
from .diagnostics import Span
from .facts import Facts
from .sentence import Placed, Sentence
from .tree import Checked, When, shown

_FRONT_PAGE = re.compile(r"https?://(?P<site>[^/?#]+)/?(?:\?(?P<query>[^#]*))?(?:#.*)?", re.I)


def front_page(link: str) -> re.Match[str] | None:
    """A link to the front page of a ``site``, with its ``query``; None for any other text, which
    may be no link at all."""
    return _FRONT_PAGE.fullmatch(link)


def address_parts(
    address: str, longest: int, signs: tuple[str, ...] = ("/", ".?&=_-")
) -> list[str]:
    """An address in parts of at most ``longest`` characters, between which a line may end: after a
    slash, else after other punctuation, but never within a name, which stays longer."""
    if len(address) <= longest or not signs:
        return [address]
    each = f"[^{signs[0]}]"
    parts = re.findall(f"(?:https://)?+(?:{each}*[{signs[0]}]+|{each}+)", address)
    return [short for part in parts for short in address_parts(part, longest, signs[1:])]


ALWAYS = "24/7"
"""The opening hours of what answers day and night."""

EMERGENCY = "emergency"
"""The need that comes first on every page."""

IN_AN_APP = "platform-report"
"""The need that is served by reporting something to the app or site."""


class Phone(Placed):
    """A number to ring, as printed. ``say`` tells which line it is, or is None."""

    number: str
    say: Sentence | None = None


class TextLine(Placed):
    """A number to text, and the word to send (empty for any text)."""

    to: str
    send: str = ""


class Form(Placed):
    """A web form of an app for one purpose, such as a hacked account."""

    name: str
    say: Sentence
    web: str


class Contract(Frozen):
    """Whom a service says it serves; a check compares this with whom it is offered to.

    ``under`` is the birthday from which it serves nobody, or empty.
    """

    ages: frozenset[str]
    nations: frozenset[str]
    tellers: frozenset[str]
    under: str = ""


class RouteSource(Frozen):
    """The page that the details of a route are from, and when it was seen (or empty)."""

    url: str
    seen: str


class Route(Placed):
    """A service, a reporting route, or how to report in one app.

    ``hours`` maps a channel (phone, text, chat, email, web, bsl) to opening hours as written, in
    the subset of OpenStreetMap's opening_hours that ``page.opening_hours`` reads, Europe/London.
    ``web_by_nation`` has the nations in which the web address is another than ``web``.
    ``unsure`` names fields that a person must check before they are relied on, such as
    ``hours.phone`` or ``forms.hacked``. ``steps`` is a numbered how-to, mostly for apps,
    and ``if_shut`` what to do when nobody answers the number.
    ``instead`` names the route that this one replaces where both are shown, ``word`` the hard word
    that means this service. ``local`` is true of a
    route that an organisation added or changed; then ``kept`` has the shipped numbers that stay
    beside its own, with their hours.
    """

    name: str
    title: Sentence
    serves: tuple[str, ...]
    contract: Contract | None
    whens: tuple[When, ...] = ()
    unless: tuple[When, ...] = ()
    fixed: bool = False
    first: bool = False
    instead: str = ""
    word: str = ""
    who: Sentence | None = None
    phone: tuple[Phone, ...] = ()
    text: tuple[TextLine, ...] = ()
    chat: str = ""
    email: str = ""
    web: str = ""
    web_by_nation: Mapping[str, str] = field(default_factory=dict)
    bsl: str = ""
    languages: Sentence | None = None
    hours: Mapping[str, str] = field(default_factory=dict)
    cost: Sentence | None = None
    expect: Sentence | None = None
    private: Sentence | None = None
    limits: Sentence | None = None
    steps: tuple[Sentence, ...] = ()
    if_shut: tuple[Sentence, ...] = ()
    forms: tuple[Form, ...] = ()
    source: RouteSource | None = None
    checked: Checked | None = None
    confidence: str = ""
    unsure: frozenset[str] = frozenset()
    local: bool = False
    kept: Route | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)
    """The place of the value of each field, for checks."""

    @property
    def how_to(self) -> tuple[Sentence, ...]:
        """All that is done one after the other to reach it."""
        return (*self.steps, *self.if_shut)

    @property
    def is_of_an_app(self) -> bool:
        """Whether it has the menus of one app, in place of what is said of any: these are checked
        there, and nobody who has not tried them can approve them."""
        return IN_AN_APP in self.serves and bool(self.instead)

    @property
    def under(self) -> str:
        """The birthday from which it serves nobody, or empty."""
        return self.contract.under if self.contract else ""

    def is_always_open(self, channel: str) -> bool:
        """Whether it is known to answer by this channel day and night."""
        return self.hours.get(channel) == ALWAYS and f"hours.{channel}" not in self.unsure

    def is_for_adults(self, channel: str) -> bool:
        """Whether a number is not sure enough to be given to a child, who may not try another."""
        doubtful = channel in self.unsure or self.confidence == "low"
        return channel in ("phone", "text") and doubtful

    def short_address(self, teller: str) -> str:
        """A number, or a site without a page, that fits into a sentence to this reader; or empty.

        Of several lines with words that tell which is which, none fits.
        """
        plain = [phone.number for phone in self.phone if phone.say is None]
        numbers = {"phone": plain, "text": [line.to for line in self.text]}
        for channel, found in numbers.items():
            if found and not (teller == "young-person" and self.is_for_adults(channel)):
                return found[0]
        links = filter(None, map(front_page, (self.bsl, self.web, self.chat)))
        sites = (link["site"] for link in links if not link["query"])
        return next(sites, "").removeprefix("www.")

    def lines(self, channel: str) -> tuple[Route, ...]:
        """The routes that hold the addresses of a channel, each with their hours."""
        return (self, self.kept) if self.kept and channel == "phone" else (self,)

    def is_for_nation(self, nation: str) -> bool:
        """Whether its conditions let it be offered to anybody in a nation."""
        tests = (test for when in self.whens for test in when.tests)
        return all(nation in values for fact, values in tests if fact == "nation")

    def offered(self, facts: Facts) -> bool:
        """Whether this route is for a person with these facts."""
        return shown(self.whens, self.unless, facts)
