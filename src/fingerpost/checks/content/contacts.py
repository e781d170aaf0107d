"""FP150 to FP159: numbers, short codes, links, addresses and hours of no use to anybody.

The functions that end in ``_trouble`` take the text of an author, and return what is wrong with it
and what to do, or None. Whoever is sent to the front page of GOV.UK has to search for what the
sentence was to give them. The front page of Shout is Shout. Which sites are for many things stands
in ``front-pages.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from ...model.base import Frozen, replace
from ...model.diagnostics import Diagnostic, Span
from ...model.library import Library
from ...model.route import Route
from ...model.spelling import did_you_mean
from ...model.text_index import readers_of
from ...page.contact import CHANNELS, addresses
from ...page.opening_hours import UnreadableHours, parse
from ...page.visibility import EMERGENCY
from ...reading.reading import Reading

_TEXT_ONLY = ("999", "112", "7726", "18000", "116000")
"""Numbers to text that the rule for short codes does not cover: emergency SMS (which must be
registered for first), its textphone twin, spam reports, and Missing People's harmonised number."""

_LENGTHS = (
    ("0800", "10 or 11 digits (0800 1111, Childline, alone has 8)"),
    *((begins, "11 digits") for begins in ("02", "03", "07")),
    ("0", "11 digits, a few older ones 10"),
    ("116", "6 digits"),
    ("1", "3 digits, such as 101, 111 and 159"),
    ("9", "3 digits, and the only one is 999"),
)
"""The lengths of UK numbers by prefix, the longest prefix first. Source: Ofcom's National Telephone
Numbering Plan."""

_FULL_LENGTHS = range(8, 12)  # others are invalid, and some make the parser raise
_SHORT_LENGTHS = range(3, 7)

_RELAY = "18001"  # Relay UK: dialled before any other number by people who cannot hear or speak

_URL_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")  # RFC 3986
_HOST_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_LAST_LABEL = re.compile(r"[a-z]{2,63}", re.IGNORECASE)
_NAME_BEFORE_AT = re.compile(r"[A-Za-z0-9_%+'-]+(\.[A-Za-z0-9_%+'-]+)*")


_NUMBERS = {"Childline": "0800 1111", "Samaritans": "116 123"}
"""The numbers of those who are rung for a life, by their title. A number that is in use, and not
theirs, would pass every other check."""

_EMERGENCY_NUMBERS = frozenset({"999", "112", "18000"})

_FIELDS = (
    *("contract", "who", *CHANNELS, "languages", "hours", "cost", "expect", "private", "limits"),
    *("steps", "forms", "web-by-nation"),
)
"""The fields of a route, besides its name, of which an author may be unsure."""


class Trouble(Frozen):
    """What is wrong with a text, as a sentence without a full stop, and what to do about it."""

    message: str
    hint: str


def phone_trouble(number: str) -> Trouble | None:
    """Why this cannot be rung in the UK as written, or None. Relay UK's 18001 may come first."""
    digits, trouble = _digits(number)
    if trouble:
        return trouble
    rung = digits.removeprefix(_RELAY)
    if not rung:
        return Trouble(f"“{number}” only begins a call through Relay UK", "add the number to ring")
    if _is_rung(rung):
        return None
    if _is_texted(rung):
        return Trouble(f"“{number}” is a number to text, not to ring", "put it under text")
    begins, lengths = next((row for row in _LENGTHS if rung.startswith(row[0])), ("", ""))
    count = f"{len(rung)} digit{'s' * (len(rung) != 1)}"
    if not begins:
        return Trouble(
            f"“{number}” is not a UK phone number: it has {count} and begins with {rung[0]}",
            "UK numbers begin with 0, with 1 or with 999",
        )
    if str(len(rung)) in lengths.split():
        wrong = f"“{number}” is not a UK phone number that is in use"
        return Trouble(wrong, f"copy it again; one that begins with {begins} has {lengths}")
    return Trouble(
        f"“{number}” is not a UK phone number: it has {count}",
        f"a UK number that begins with {begins} has {lengths}",
    )


def text_trouble(number: str) -> Trouble | None:
    """Why this cannot be sent a text in the UK, or None."""
    digits, trouble = _digits(number)
    if trouble or _is_texted(digits):
        return trouble
    return Trouble(
        f"“{number}” is not a number to text",
        "a short code has 5 or 6 digits and begins with 6, 7 or 8; a UK mobile number has 11 and "
        "begins with 07",
    )


def link_trouble(link: str) -> Trouble | None:
    """Why this link is not safe to print and follow, or None."""
    if re.search(r"\s", link):
        return Trouble(f"“{link}” has a space or a line break", "take it out, or write %20")
    scheme, colon, rest = link.partition(":")
    match scheme.lower() if colon else "":
        case "https":
            return _https_trouble(link, rest)
        case "tel":
            return phone_trouble(rest)
        case "sms":
            return text_trouble(rest)
        case "mailto":
            return email_trouble(rest)
        case "http":
            hint = f"write https{link[4:]} if the site answers there"
        case _:
            hint = "a link begins with https://, tel:, sms: or mailto:"
    return Trouble(f"“{link}” is not an https, tel, sms or mailto link", hint)


def email_trouble(address: str) -> Trouble | None:
    """Why mail to this address would not arrive, or None."""
    name, _, host = address.rpartition("@")
    if _NAME_BEFORE_AT.fullmatch(name) and not _host_trouble(host):
        return None
    bare = "write the address alone, without mailto:"
    plain = "write it like help@example.org, in plain letters and without spaces"
    return Trouble(
        f"“{address}” is not an email address",
        bare if address.lower().startswith("mailto:") else plain,
    )


def hours_trouble(hours: str) -> Trouble | None:
    """Why these opening hours cannot be read, or None."""
    try:
        parse(hours)
    except UnreadableHours as why:
        return Trouble(
            f"these opening hours cannot be read: {why}",
            "write 24/7, or days and times such as Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off",
        )
    return None


_FORMS: Mapping[str, tuple[str, Callable[[str], Trouble | None]]] = {
    "number": ("FP150", phone_trouble),
    "text-number": ("FP151", text_trouble),
    "link": ("FP152", link_trouble),
    "times": ("FP153", hours_trouble),
    "email": ("FP155", email_trouble),
}
"""What a text of each kind is held to, and the code for one that is not so."""


def find(library: Library) -> Iterator[Diagnostic]:
    """Every number, short code, link, address and opening hour that cannot be used, and every link
    to a front page."""
    for each in library.formed:
        code, trouble = _FORMS[each.kind]
        yield from _report(code, each.owner, trouble(each.text), each.span)
    fixed = (r for r in library.routes.values() if r.fixed)
    of_all = {p.number.replace(" ", "") for r in fixed for p in r.phone}
    for route in library.routes.values():
        yield from _in_route(route, of_all | _EMERGENCY_NUMBERS)
    yield from _front_pages(library)


def held_to_form(reading: Reading) -> Reading:
    """A reading with the mistakes of ``find`` in its local details. The services that have one are
    then left out; all details, if one stands in none or a text names a service left out."""
    library = reading.library
    ours = replace(
        library,
        formed=tuple(each for each in library.formed if each.span.file == reading.local_file),
        routes={name: r for name, r in library.routes.items() if r.local or r.fixed},
    )
    # A number that is laid over several services is wrong in all of them: once is enough.
    found = {m.span: m for m in reversed([*find(ours)]) if m.span.file == reading.local_file}
    new = [m for m in found.values() if all(m.span != o.span for o in reading.local_mistakes)]
    if not new:
        return reading
    sound = _sound_routes(reading, new)
    return replace(
        reading,
        library=replace(library, routes=sound) if sound else reading.without_local or library,
        without_local=reading.without_local if sound else None,
        local_mistakes=tuple(sorted((*reading.local_mistakes, *new), key=lambda each: each.order)),
    )


def _sound_routes(reading: Reading, new: Collection[Diagnostic]) -> Mapping[str, Route] | None:
    """All services, without the local details of those in which one of these mistakes stands."""
    below = reading.without_local.routes if reading.without_local else {}
    routes, text = reading.library.routes, reading.texts.get(reading.local_file, "")
    local = [route for route in routes.values() if route.local]
    holding = {each: [route.name for route in local if _stands_in(each, route)] for each in new}
    wrong = {name for names in holding.values() for name in names}
    named = any(f"route:{name}" in text for name in wrong - below.keys())
    if named or not below or not all(holding.values()):
        return None
    left = {name: below.get(name) if name in wrong else route for name, route in routes.items()}
    return {name: route for name, route in left.items() if route}


def _stands_in(mistake: Diagnostic, route: Route) -> bool:
    """Whether a mistake stands in what its file says of a route."""
    at = mistake.span
    values = (each for each in route.spans.values() if each.file == at.file)
    ends = (at.end_line, at.end_column)
    return any(v <= at and ends <= (v.end_line, v.end_column) for v in values)


def _in_route(route: Route, of_all: Collection[str]) -> Iterator[Diagnostic]:
    name = f"route {route.name}"
    for channel in route.hours:
        place = _place(route, f"hours.{channel}", "hours")
        yield from _report("FP154", name, _channel_trouble(route, channel), place)
    for field in sorted(route.unsure):
        place = _place(route, f"unsure.{field}", "unsure")
        yield from _report("FP156", name, _unsure_trouble(route, field), place)
    yield from _report("FP158", name, _child_trouble(route), route.span)
    for phone in route.phone:
        yield from _report("FP159", name, _number_trouble(route, phone.number, of_all), phone.span)


def _number_trouble(route: Route, number: str, of_all: Collection[str]) -> Trouble | None:
    """Why this number is not that of the service of that title, or of danger, or None; ``of_all``
    are those of services that are the same for everyone, which an organisation's are not."""
    rung = number.replace(" ", "").removeprefix(_RELAY)
    if route.local and EMERGENCY not in route.serves and rung in of_all:
        message = f"“{number}” is not the number of {route.title.read_by('staff')}"
        return Trouble(message, "give the number that only they answer")
    theirs = {_NUMBERS[title] for title in route.title.texts if title in _NUMBERS}
    if EMERGENCY in route.serves and not route.local:
        theirs |= _EMERGENCY_NUMBERS
    if (
        not theirs
        or phone_trouble(number)
        or number.replace(" ", "") in {each.replace(" ", "") for each in theirs}
    ):
        return None
    right = " or ".join(sorted(theirs))
    return Trouble(f"“{number}” is not the number of {route.title.otherwise}", f"it is {right}")


def _channel_trouble(route: Route, channel: str) -> Trouble | None:
    # A route with forms is reached by web, whether or not it has a page.
    forms = {"web"} if route.forms else set()
    channels = tuple(each for each in CHANNELS if each in forms or getattr(route, each))
    if channel in channels:
        return None
    return Trouble(
        f"hours are given for {channel}, which this route does not have",
        did_you_mean(channel, channels) or f"add {channel}, or take its hours out",
    )


def _child_trouble(route: Route) -> Trouble | None:
    """Why a child who is shown this route would find no way to reach it, or None."""
    ways = [c for c in CHANNELS if any(addresses(route, c, None))]
    unsure = [channel for channel in ways if route.is_for_adults(channel)]
    if not unsure or unsure != ways or route.how_to or route.forms:
        return None
    if "young-person" not in readers_of(route.whens, route.unless):
        return None
    return Trouble(
        f"its {unsure[0]} number is not sure, so a young person would be shown nothing to ring",
        "confirm the number, or say “unless: {teller: young-person}”",
    )


def _unsure_trouble(route: Route, field: str) -> Trouble | None:
    fields = _fields(route)
    if field in fields:
        return None
    return Trouble(
        f"unsure names {field}, which this route does not have",
        did_you_mean(field, fields) or "name a field of this route, such as phone or hours.phone",
    )


def _fields(route: Route) -> tuple[str, ...]:
    """The names that ``unsure`` may use: the fields of this route that say something."""
    return (
        "name",
        *(field for field in _FIELDS if getattr(route, field.replace("-", "_"))),
        *(f"hours.{channel}" for channel in CHANNELS if getattr(route, channel)),
        *(f"forms.{form.name}" for form in route.forms),
    )


def _report(code: str, owner: str, trouble: Trouble | None, span: Span) -> Iterator[Diagnostic]:
    if trouble:
        yield Diagnostic(code, f"{owner}: {trouble.message}", span, hint=trouble.hint)


def _place(route: Route, *fields: str) -> Span:
    """The place of the first of these fields whose place is known, or of the route."""
    return next((route.spans[field] for field in fields if field in route.spans), route.span)


def _digits(number: str) -> tuple[str, Trouble | None]:
    """The digits of a number, or what is wrong with the way it is written."""
    packed = number.replace(" ", "")
    if packed.startswith(("+44", "0044")):
        return "", Trouble(
            f"“{number}” is written for callers from abroad",
            "write it as it is dialled in the UK, beginning with 0",
        )
    if not re.fullmatch(r"[0-9]+( [0-9]+)*", number):
        return "", Trouble(
            f"“{number}” is not written in the digits 0 to 9 and single spaces",
            "write it as it is printed on a leaflet: 0800 1111",
        )
    return packed, None


def _is_rung(digits: str) -> bool:
    """Whether the UK numbering plan has this number, and it can be rung."""
    import phonenumbers  # slow to import, and needed only for numbers

    if digits.startswith("0") and len(digits) in _FULL_LENGTHS:
        return phonenumbers.is_valid_number_for_region(phonenumbers.parse(digits, "GB"), "GB")
    if digits.startswith(("1", "9")) and len(digits) in _SHORT_LENGTHS:
        return phonenumbers.is_valid_short_number_for_region(phonenumbers.parse(digits, "GB"), "GB")
    return False


def _is_texted(digits: str) -> bool:
    """Whether a text can be sent to this number."""
    if digits in _TEXT_ONLY or re.fullmatch("[6-8][0-9]{4,5}", digits):
        return True
    import phonenumbers

    if not digits.startswith("07") or not _is_rung(digits):
        return False
    kind = phonenumbers.number_type(phonenumbers.parse(digits, "GB"))
    return kind == phonenumbers.PhoneNumberType.MOBILE


def _https_trouble(link: str, rest: str) -> Trouble | None:
    if not _URL_CHARACTERS.fullmatch(link):
        return Trouble(
            f"“{link}” has a character that a link cannot hold",
            "copy it from the address bar again; other letters are written with % there",
        )
    authority = re.split("[/?#]", rest.removeprefix("//"), maxsplit=1)[0]
    if not rest.startswith("//") or not authority:
        return Trouble(f"“{link}” names no host", "write it like https://www.example.org/page")
    if "@" in authority:
        host = authority.rpartition("@")[2]
        return Trouble(
            f"“{link}” leads to {host or 'nowhere'}, not to what stands before the @",
            "take out everything between https:// and the host",
        )
    return _host_trouble(authority)


def _host_trouble(host: str) -> Trouble | None:
    bare, colon, _ = host.partition(":")
    labels = bare.split(".")
    if host.startswith("[") or re.fullmatch("([0-9]+|0[xX][0-9a-fA-F]+)", labels[-1]):
        return Trouble(f"“{host}” is a bare number, not a host name", "write the name of the site")
    if colon:
        return Trouble(f"“{host}” has a port", "take out the colon and what follows it")
    if any(label.lower().startswith("xn--") for label in labels):
        return Trouble(
            f"“{host}” is in punycode, which can look like another site's name",
            "use the site's address in plain letters",
        )
    good = len(labels) > 1 and _LAST_LABEL.fullmatch(labels[-1])
    if not good or not all(map(_HOST_LABEL.fullmatch, labels)):
        return Trouble(f"“{host}” is not a full host name", "write it like www.example.org")
    return None


_FRONT_PAGE = re.compile(
    r"[a-z]+://(?P<host>[^/?#]*)"
    r"(?:/(?:en|en-gb|cy))?(?:/(?:home|index)(?:\.html?)?)?/*(?:[?#].*)?",
    re.IGNORECASE,
)
"""The address of a front page, whatever a query or a fragment asks of it."""


def _front_pages(library: Library) -> Iterator[Diagnostic]:
    """Each link that leads to a front page."""
    for each in library.formed:
        found = _FRONT_PAGE.fullmatch(each.text) if each.kind == "link" else None
        if found and _has_many_purposes(library, found["host"]):
            of = "the source of " if each.of_source and each.owner.startswith("route ") else ""
            message = f"{of}{each.owner}: “{each.text}” is the front page of a site for many things"
            hint = "give the page itself; where nobody knows it, leave the address out"
            yield Diagnostic("FP157", message, each.span, hint=hint)


def _has_many_purposes(library: Library, host: str) -> bool:
    """Whether a site or one above it is for many things, and none that is nearer for one."""
    labels = host.lower().split(".")
    for above in (".".join(labels[at:]) for at in range(len(labels))):
        if any(above in each.one_purpose for each in library.front_pages):
            return False
        if any(above in each.many_purposes for each in library.front_pages):
            return True
    return False
