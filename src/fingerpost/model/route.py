"""A service or a way to report, with whom it serves and when it is open."""

from __future__ import annotations

from collections.abc import Mapping

from .base import Frozen, field
from .diagnostics import Span
from .facts import Facts
from .sentence import Placed, Sentence
from .tree import Checked, When, _shown


class Phone(Placed):
    """A number to ring, as it is printed. ``say`` tells which line it is, or is None."""

    number: str
    say: Sentence | None = None


class TextLine(Placed):
    """A number to text, and the word to send (empty if any words will do)."""

    to: str
    send: str = ""


class Form(Placed):
    """A web form of an app for one purpose, such as a hacked account."""

    name: str
    say: Sentence
    web: str


class Contract(Frozen):
    """Who a service says it serves, apart from when we offer it, so that the two can disagree."""

    ages: frozenset[str]
    nations: frozenset[str]
    tellers: frozenset[str]


class RouteSource(Frozen):
    """Where the facts of a route were seen, and when (as precisely as is known, or empty)."""

    url: str
    seen: str


class Route(Placed):
    """A service, a reporting route, or how to report in one app.

    ``hours`` maps a channel (phone, text, chat, email, web, bsl) to opening hours as written, in
    the subset of OpenStreetMap's opening_hours that ``page.opening_hours`` reads, Europe/London.
    ``unsure`` names fields that a person must check before they are relied on, such as
    ``hours.phone`` or ``forms.hacked``. ``steps`` is a numbered how-to, mostly for apps.
    ``instead`` names the route for which this one stands in where both are shown. ``local`` is
    true of a route that an organisation added, or laid over a shipped one.
    """

    name: str
    title: Sentence
    serves: tuple[str, ...]
    contract: Contract | None
    whens: tuple[When, ...] = ()
    unless: When | None = None
    fixed: bool = False
    first: bool = False
    instead: str = ""
    who: Sentence | None = None
    phone: tuple[Phone, ...] = ()
    text: tuple[TextLine, ...] = ()
    chat: str = ""
    email: str = ""
    web: str = ""
    bsl: str = ""
    languages: Sentence | None = None
    hours: Mapping[str, str] = field(default_factory=dict)
    cost: Sentence | None = None
    expect: Sentence | None = None
    private: Sentence | None = None
    limits: Sentence | None = None
    steps: tuple[Sentence, ...] = ()
    forms: tuple[Form, ...] = ()
    source: RouteSource | None = None
    checked: Checked | None = None
    confidence: str = ""
    unsure: frozenset[str] = frozenset()
    local: bool = False
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each field's value stands, for the checks of numbers, links and hours."""

    def offered(self, facts: Facts) -> bool:
        """Whether this route is for a person with these facts."""
        return _shown(self.whens, self.unless, facts)
