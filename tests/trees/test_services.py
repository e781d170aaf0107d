"""The directory of services says what is known of each, to those whom it serves, and no more.

The facts are a table of their own, copied from published pages (``tests/facts/services.yaml``).
Every guard is a function from the routes and the facts to a list of complaints. It must have none
about what we ship, and one about a copy that was spoilt on purpose.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from fingerpost.reading.loader import shipped

HERE = Path(__file__).parents[1]
ROUTES = shipped() / "routes"
FILES = ("uk", "england", "wales", "scotland", "northern-ireland")
FACTS = HERE / "facts" / "services.yaml"
NEEDS = shipped() / "shared" / "needs.yaml"

NATIONS = ("england", "wales", "scotland", "northern-ireland")
SOMEWHERE = (*NATIONS, "not-sure")
TELLERS = ("young-person", "parent", "staff")

# The ages in each band. Nobody younger than four is ever the one whom a site for children leaves
# out, and nobody is too old to be 19 or over.
BANDS = {
    "under-13": range(4, 13),
    "13-15": range(13, 16),
    "16-17": range(16, 18),
    "18": range(18, 19),
    "19-or-over": range(19, 120),
}
AGES = (*BANDS, "not-sure")
CHILDREN = ("under-13", "13-15", "16-17", "not-sure")

SPOKEN = ("who", "cost", "expect", "private", "limits", "languages")

Routes = dict[str, Any]
Facts = dict[str, Any]
Guard = Callable[[Routes, Facts], list[str]]


def _read(path: Path) -> Any:
    # Every value as text, as it is typed: this table must not depend on the reader it tests. Only
    # the marks of hard words are left out, since nobody reads them and a guard must not miss a word
    # for them.
    text = re.sub(r"\{\{([^{}]+)\}\}", r"\1", path.read_text(encoding="utf-8"))
    return yaml.load(text, yaml.BaseLoader)


@pytest.fixture(scope="module")
def routes() -> Routes:
    """Every route but the apps, in the order of the files, with its file's ``when`` in ``file``."""
    found: Routes = {}
    for name in FILES:
        file = _read(ROUTES / f"{name}.yaml")
        for key, route in file["routes"].items():
            assert key not in found
            found[key] = {**route, "file": file.get("when", {})}
    return found


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The table of facts; ``rows`` are all that is shipped, services and named roles."""
    table = dict(_read(FACTS))
    return {**table, "rows": {**table["services"], **table["named-by-role"]}}


@pytest.fixture(scope="module")
def needs() -> dict[str, Any]:
    """The vocabulary of needs, with the heading of each on a page."""
    return dict(_read(NEEDS)["needs"])


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]


def _holds(when: Mapping[str, Any], known: Mapping[str, str]) -> bool:
    return all(known.get(fact) in _listed(values) for fact, values in when.items())


def _offered(route: dict[str, Any], **known: str) -> bool:
    """Whether a person with these facts is shown the route; a fact not given was not asked."""
    asked = {fact.replace("_", "-"): value for fact, value in known.items()}
    unless = route.get("unless")
    return (
        _holds(route["file"], asked)
        and _holds(route.get("when", {}), asked)
        and not (unless and _holds(unless, asked))
    )


def _everyone() -> Iterator[dict[str, str]]:
    for age, nation, teller in product(AGES, SOMEWHERE, TELLERS):
        yield {"age": age, "nation": nation, "teller": teller}


def _everyone_who_is_hated() -> Iterator[dict[str, str]]:
    """The same, with each thing that people are hated for of which a route reads."""
    for known, about in product(_everyone(), ("muslim", "jewish", "not-sure")):
        yield {**known, "hate_about": about}


def _contract(route: dict[str, Any], key: str, every: tuple[str, ...]) -> set[str]:
    value = route["contract"][key]
    return set(every if value in ("all", "uk") else value)


def _wordings(value: Any) -> list[str]:
    """Every wording of a sentence, which may be a map by reader."""
    return list(value.values()) if isinstance(value, dict) else [value]


def _labels(route: dict[str, Any]) -> list[str]:
    phones = route.get("phone", [])
    lines = phones if isinstance(phones, list) else []
    return [text for line in lines if "say" in line for text in _wordings(line["say"])]


def _texts(route: dict[str, Any]) -> list[str]:
    """All that a person reads of a route, apart from its name, numbers and addresses."""
    said = [text for key in SPOKEN if key in route for text in _wordings(route[key])]
    said += [text for step in route.get("steps", []) for text in _wordings(step)]
    return said + _labels(route)


def _heard(route: dict[str, Any], teller: str) -> list[str]:
    """What one reader reads of a route."""
    values = [route[key] for key in SPOKEN if key in route] + route.get("steps", [])
    return [v.get(teller, v.get("otherwise", "")) if isinstance(v, dict) else v for v in values]


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())


def _numbers(route: dict[str, Any]) -> list[str]:
    phones = route.get("phone", [])
    if isinstance(phones, str):
        return [_digits(phones)]
    return [_digits(line["number"]) for line in phones]


def _links(route: dict[str, Any]) -> list[str]:
    return [route[key] for key in ("web", "chat", "bsl") if key in route]


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


# --- What there is ------------------------------------------------------------------------------


def every_service_once(routes: Routes, facts: Facts) -> list[str]:
    missing = [f"{name}: not shipped" for name in facts["rows"] if name not in routes]
    unknown = [f"{name}: no facts" for name in routes if name not in facts["rows"]]
    both = [f"{name}: shipped and left out" for name in facts["left-out"] if name in routes]
    gone = [
        f"{name}: {row['status']}"
        for name, row in facts["services"].items()
        if row["status"] not in ("open", "unsure")
    ]
    return missing + unknown + both + gone


def doubtful_services_never_alone(routes: Routes, facts: Facts) -> list[str]:
    """What may no longer exist is only ever shown beside an open service with the same needs."""
    rows = facts["services"]
    doubtful = [name for name in routes if rows.get(name, {}).get("status") == "unsure"]
    complaints = []
    for name in doubtful:
        others = [
            other
            for other in routes
            if rows.get(other, {}).get("status") == "open"
            and set(routes[name]["serves"]) <= set(routes[other]["serves"])
        ]
        complaints += [
            f"{name}: alone for {known}"
            for known in _everyone_who_is_hated()
            if _offered(routes[name], **known)
            and not any(_offered(routes[other], **known) for other in others)
        ]
    return complaints


# --- How to reach them --------------------------------------------------------------------------


def numbers_are_known(routes: Routes, facts: Facts) -> list[str]:
    complaints = []
    for name, route in routes.items():
        row = facts["rows"][name]
        if _numbers(route) != row.get("phone", []):
            complaints.append(f"{name}: phone {_numbers(route)}")
        texts = [_digits(line["to"]) for line in route.get("text", [])]
        if texts != row.get("text", []):
            complaints.append(f"{name}: text {texts}")
        sends = [line["send"] for line in route.get("text", []) if "send" in line]
        if sends != ([row["send"]] if "send" in row else []):
            complaints.append(f"{name}: send {sends}")
        if route.get("email") != row.get("email"):
            complaints.append(f"{name}: email {route.get('email')}")
    return complaints


def links_are_known(routes: Routes, facts: Facts) -> list[str]:
    """Every link leads, over https, to a host of the table, and every host is there."""
    complaints = []
    for name, route in routes.items():
        parts = [urlsplit(link) for link in _links(route)]
        complaints += [f"{name}: {p.geturl()}" for p in parts if p.scheme != "https"]
        hosts = {p.netloc for p in parts}
        if hosts != set(facts["rows"][name].get("hosts", [])):
            complaints.append(f"{name}: hosts {sorted(hosts)}")
    return complaints


def hours_are_known(routes: Routes, facts: Facts) -> list[str]:
    return [
        f"{name}: hours {route.get('hours', {})}"
        for name, route in routes.items()
        if route.get("hours", {}) != facts["rows"][name].get("hours", {})
    ]


def doubt_is_marked(routes: Routes, facts: Facts) -> list[str]:
    """The fields that the facts are unsure of are marked, each is there, and no other is."""
    complaints = []
    for name, route in routes.items():
        marked, expected = set(route.get("unsure", [])), set(facts["rows"][name].get("unsure", []))
        if marked != expected:
            complaints.append(f"{name}: unsure {sorted(marked ^ expected)}")
        for field in marked:
            top, _, inner = field.partition(".")
            # Hours that nobody has found are marked at their channel.
            is_there = inner in route if top == "hours" else inner in route.get(top, ())
            if not (is_there if inner else top in route):
                complaints.append(f"{name}: {field} is not there")
    return complaints


def only_what_pages_showed(routes: Routes, facts: Facts) -> list[str]:
    """What only general knowledge has, or what is out of date, stands nowhere in a route."""
    complaints = []
    for name, route in routes.items():
        row = facts["rows"][name]
        complaints += [f"{name}: has {f}" for f in row.get("no-field", []) if f in route]
        printed = [*_texts(route), *_wordings(route["name"]), *_links(route)]
        printed += [route.get("email", ""), *route.get("hours", {}).values(), *_numbers(route)]
        printed += [line["to"] for line in route.get("text", [])]
        complaints += [
            f"{name}: says {words}"
            for words in row.get("no-words", [])
            if any(words in text for text in printed)
        ]
    return complaints


def sources_are_known(routes: Routes, facts: Facts) -> list[str]:
    """The page and its age are those of the table, and nobody has checked any of it by hand."""
    complaints = []
    for name, route in routes.items():
        row, source = facts["rows"][name], route["source"]
        if source.get("url") != row["source"].get("url"):
            complaints.append(f"{name}: {source.get('url')}")
        if _age(source["seen"]) != _age(row["source"]["seen"]):
            complaints.append(f"{name}: seen {source['seen']}")
        if "confidence" in row and route["confidence"] != row["confidence"]:
            complaints.append(f"{name}: confidence {route['confidence']}")
        if "checked" in route:
            complaints.append(f"{name}: checked")
    return complaints


def _age(seen: str) -> str:
    """The year in which a copy of a page was made, or "undated", with or without a year."""
    years = re.findall(r"20[12]\d", seen)
    return years[0] if years else "undated"


def costs_are_known(routes: Routes, facts: Facts) -> list[str]:
    """Free only if it is free; and of the bill only what is known."""
    complaints = []
    for name, route in routes.items():
        row, cost = facts["rows"][name].get("cost", {}), route.get("cost", "")
        says_free = bool(re.search(r"\bfree\b", cost, re.IGNORECASE))
        if cost and says_free != (row.get("free") == "true"):
            complaints.append(f"{name}: {cost}")
        off_bill = re.search(r"\bnot show\b|\bstays off\b|\bnever\b|\boff the bill\b", cost)
        if off_bill and row.get("bill") not in ("no", "usually-no"):
            complaints.append(f"{name}: {cost}")
        if "may show" in cost and row.get("bill") != "may-show":
            complaints.append(f"{name}: {cost}")
    return complaints


# --- Whom they serve ----------------------------------------------------------------------------


def _bands(row: dict[str, Any]) -> set[str]:
    """The age bands whose every age a service serves.

    It may be offered to someone whose age nobody knows, unless it turns away all under 16, or is
    for those alone who are known to be young.
    """
    if row.get("ages-are-of") == "caller":
        return set(AGES)
    ages = row.get("ages", {})
    low, high = int(ages.get("from", 0)), int(ages.get("to", 200))
    if row.get("about") == "children":
        high = min(high, 17)
    inside = {band for band, years in BANDS.items() if low <= years[0] and years[-1] <= high}
    unknown = {"not-sure"} if low < 16 and "known-age" not in row else set()
    return inside | set(row.get("through-an-adult", [])) | unknown


def _nations(row: dict[str, Any]) -> set[str]:
    if row["nations"] == "all":
        return set(SOMEWHERE)
    return set(row["nations"]) | ({"not-sure"} if "harmless-elsewhere" in row else set())


def _tellers(row: dict[str, Any]) -> set[str]:
    """Who may be shown a service.

    A parent or a worker may be shown a place for the young person; and anyone is of the public,
    unless the service says that only adults should ring.
    """
    roles = set(row["roles"])
    if roles & {"young-person", "public"} and row.get("callers") != "adults":
        return set(TELLERS)
    reader = {"parent-carer": {"parent"}, "professional": {"staff"}, "public": {"parent", "staff"}}
    return set().union(*(reader.get(role, set()) for role in roles))


def contracts_are_the_facts(routes: Routes, facts: Facts) -> list[str]:
    complaints = []
    for name, route in routes.items():
        row = facts["rows"][name]
        ages = _contract(route, "ages", AGES)
        if ages != _bands(row):
            complaints.append(f"{name}: ages {sorted(ages ^ _bands(row))}")
        nations = _contract(route, "nations", SOMEWHERE)
        if nations != _nations(row):
            complaints.append(f"{name}: nations {sorted(nations ^ _nations(row))}")
        tellers = _contract(route, "tellers", TELLERS)
        if not tellers or not tellers <= _tellers(row):
            complaints.append(f"{name}: tellers {sorted(tellers)}")
    return complaints


def offers_stay_in_the_contract(routes: Routes, facts: Facts) -> list[str]:
    complaints = []
    for name, route in routes.items():
        ages = _contract(route, "ages", AGES)
        nations = _contract(route, "nations", SOMEWHERE)
        tellers = _contract(route, "tellers", TELLERS)
        complaints += [
            f"{name}: offered to {known}"
            for known in _everyone()
            if _offered(route, **known)
            and not (
                known["age"] in ages and known["nation"] in nations and known["teller"] in tellers
            )
        ]
    return complaints


def nobody_is_sent_across_a_border(routes: Routes, facts: Facts) -> list[str]:
    """In a nation only what serves it; where nobody knows the nation, only what serves all four
    or can do no harm."""
    complaints = []
    for name, route in routes.items():
        serves = facts["rows"][name]["nations"]
        for nation in SOMEWHERE:
            shown = any(_offered(route, **k) for k in _everyone() if k["nation"] == nation)
            right = serves == "all" or nation in _nations(facts["rows"][name])
            if shown and not right:
                complaints.append(f"{name}: offered in {nation}")
    return complaints


def adults_ring_adult_lines(routes: Routes, facts: Facts) -> list[str]:
    """Where the ages are those of the caller, a young person is offered the line only at them."""
    return [
        f"{name}: offered to {known}"
        for name, row in facts["services"].items()
        if row.get("ages-are-of") == "caller" and name in routes
        for known in _everyone()
        if known["teller"] == "young-person"
        and known["age"] not in _bands({**row, "ages-are-of": "them"})
        and _offered(routes[name], **known)
    ]


def each_picture_has_its_own_tool(routes: Routes, facts: Facts) -> list[str]:
    """The tools for pictures of adults and of under-18s are never mixed up.

    For each tool: whether it may be offered, and whether it must, at an age and an age in the
    picture. The last is asked of adults only, so None means that nobody has asked. An adult who is
    not sure is offered both kinds: one of them alone may be the wrong one.
    """
    adult = {"18", "19-or-over"}
    may_be_adult = {"18-or-over", "not-sure"}
    may: dict[str, Callable[[str, str | None], bool]] = {
        "stopncii": lambda now, then: now in adult and then in may_be_adult,
        "revenge-porn-helpline": lambda now, then: (
            now in adult and (then is None or then in may_be_adult)
        ),
        "report-remove": lambda now, then: now not in adult,
        "take-it-down": lambda now, then: now in adult and then != "18-or-over",
        "iwf-report": lambda now, then: then != "18-or-over",
    }
    complaints = []
    for name, right in may.items():
        for age, then in product(AGES, (None, "under-18", "18-or-over", "not-sure")):
            if then and age not in adult:
                continue
            known = {"age": age} | ({"age_in_picture": then} if then else {})
            if _offered(routes[name], **known) != right(age, then):
                complaints.append(f"{name}: wrong at {age} with {then}")
    return complaints


def the_lead_is_never_told_about_the_lead(routes: Routes, facts: Facts) -> list[str]:
    lead, above = routes["safeguarding-lead"], routes["above-the-lead"]
    complaints = []
    for suspect in ("young-person", "adult", "parent-or-carer", "works-with-children", "the-lead"):
        if _offered(lead, suspect=suspect) == (suspect == "the-lead"):
            complaints.append(f"safeguarding-lead: wrong for {suspect}")
        if not _offered(above, suspect=suspect):
            complaints.append(f"above-the-lead: missing for {suspect}")
    return complaints


FIXED = {
    "police-999",
    "police-999-sms",
    "police-999-bsl",
    "police-101",
    "police-scotland",
    "psni",
    "childline",
    "childline-chat",
    "ceop",
    "report-remove",
    "take-it-down",
    "iwf-report",
}


def what_matters_most_is_fixed(routes: Routes, facts: Facts) -> list[str]:
    fixed = {name for name, route in routes.items() if route.get("fixed") == "true"}
    return [f"{name}: fixed" for name in sorted(fixed ^ FIXED)]


def stand_ins_are_shown_alone(routes: Routes, facts: Facts) -> list[str]:
    """Whoever stands in for another serves at least what that one serves where both would show."""
    complaints = []
    for name, route in routes.items():
        if "instead" not in route:
            continue
        other = routes.get(route["instead"], {"serves": []})
        lost = set(other["serves"]) - set(route["serves"])
        complaints += [f"{name}: loses {need}" for need in sorted(lost)]
        if not other["serves"]:
            complaints.append(f"{name}: stands in for nothing")
    return complaints


# --- Who is left without help -------------------------------------------------------------------

ADULT = ("18", "19-or-over")


# The only people for whom a need has no route, because it is not theirs. Finding out more: the
# sites for adults have addresses that only general knowledge knows. Hate: what is open to adults
# whose nation nobody knows is for one group each. Crime, care and learning disability: for the
# other nations, or ages, no page showed a service and how to reach it.
LEFT_OUT_ON_PURPOSE: dict[str, Callable[[str, str, str], bool]] = {
    "child-protection": lambda age, nation, teller: age in ADULT,
    "out-of-hours-social-work": lambda age, nation, teller: age in ADULT,
    "take-down-with-a-grown-up": lambda age, nation, teller: age in ADULT,
    "own-social-worker": lambda age, nation, teller: age in ADULT,
    "adult-image-help": lambda age, nation, teller: age not in ADULT,
    "help-for-parents": lambda age, nation, teller: (
        teller == "young-person" or (teller == "staff" and age in ADULT)
    ),
    "help-for-staff": lambda age, nation, teller: (
        teller == "young-person" or (teller == "parent" and age in ADULT)
    ),
    "support-for-staff": lambda age, nation, teller: teller != "staff",
    "learn-more": lambda age, nation, teller: (
        age == "19-or-over" and teller == "young-person" and nation != "scotland"
    ),
    "hate-support": lambda age, nation, teller: nation == "not-sure",
    "transport-police": lambda age, nation, teller: nation == "northern-ireland",
    "support-for-victims": lambda age, nation, teller: nation in ("northern-ireland", "not-sure"),
    "care-support": lambda age, nation, teller: (
        nation == "not-sure" or (age == "19-or-over" and nation != "scotland")
    ),
    "disability-support": lambda age, nation, teller: nation != "england",
}


def _left_out_on_purpose(need: str, known: Mapping[str, str]) -> bool:
    left_out = LEFT_OUT_ON_PURPOSE.get(need)
    return left_out is not None and left_out(known["age"], known["nation"], known["teller"])


def everyone_is_served(routes: Routes, facts: Facts) -> list[str]:
    """Every need of everyone has a route, but for those left out on purpose, who have none."""
    served_needs = {need for route in routes.values() for need in route["serves"]}
    complaints = [f"{need}: no such need" for need in sorted(served_needs - EVERY_NEED)]
    for need in sorted(EVERY_NEED):
        serving = [route for route in routes.values() if need in route["serves"]]
        for known in _everyone():
            served = any(_offered(route, **known) for route in serving)
            if served == _left_out_on_purpose(need, known):
                complaints.append(f"{need}: {'served' if served else 'not served'} for {known}")
    return complaints


def every_picture_has_a_way_down(routes: Routes, facts: Facts) -> list[str]:
    """Whatever the age in an adult's picture, something takes it down, in every nation alike."""
    return [
        f"{need}: not served at {age} for a picture of {then}"
        for need in ("take-down", "report-web-page")
        for age, then in product(ADULT, ("under-18", "18-or-over", "not-sure"))
        if not any(
            need in route["serves"] and _offered(route, age=age, age_in_picture=then)
            for route in routes.values()
        )
    ]


EVERY_NEED = {
    "emergency", "someone-to-talk-to", "crisis-support", "help-for-parents", "help-for-staff",
    "take-down", "take-down-with-a-grown-up", "platform-report", "report-web-page",
    "report-abuse-page", "second-look", "police",
    "report-exploitation", "child-protection", "safeguarding-lead", "above-the-lead",
    "allegation-about-an-adult", "stop-payment", "report-fraud", "account-help",
    "adult-image-help", "sexual-harm-support", "domestic-abuse-support", "bullying-help",
    "forced-marriage-support",
    "hate-report", "hate-support", "lgbt-support", "extremism", "own-behaviour",
    "missing-or-exploited", "anonymous-report", "scam-report", "learn-more", "regulator",
    "out-of-hours-social-work", "own-social-worker", "care-support", "transport-police",
    "support-for-victims", "support-for-staff", "health-in-confidence", "doctor-or-nurse",
    "disability-support", "deaf-support",
}  # fmt: skip


def _always_answered(route: dict[str, Any]) -> bool:
    hours = route.get("hours", {})
    return any(hours.get(channel) == "24/7" for channel in ("phone", "text", "chat"))


def someone_answers_at_night(routes: Routes, facts: Facts) -> list[str]:
    """Of those to talk to, the first two are there day and night; up to 18, the first three."""
    complaints = []
    for need in ("someone-to-talk-to", "crisis-support"):
        for known in _everyone():
            shown = [r for r in routes.values() if need in r["serves"] and _offered(r, **known)]
            count = 2 if known["age"] == "19-or-over" else 3
            first = [_always_answered(route) for route in shown[:count]]
            if len(first) < count or not all(first):
                complaints.append(f"{need}: {known}")
    return complaints


# --- How they are spoken of ---------------------------------------------------------------------

LONGEST_SENTENCE = 20  # words


def short_sentences(routes: Routes, facts: Facts) -> list[str]:
    return [
        f"{name}: {sentence}"
        for name, route in routes.items()
        for text in _texts(route)
        for sentence in _sentences(text)
        if len(_words(sentence)) > LONGEST_SENTENCE
    ]


# Flesch and Kincaid's grade, plus five: the age at which a British child reads such a text.
OLDEST_READER = 11.0


def _syllables(word: str) -> int:
    """A rough count: groups of vowels, less a silent e at the end."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith(("e", "es", "ed")) and not re.search(r"([aeiouylrtd]es?|[td]ed)$", word)
    return max(1, groups - silent)


def _reading_age(text: str) -> float:
    words, sentences = _words(text), _sentences(text)
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5


def easy_to_read(routes: Routes, facts: Facts) -> list[str]:
    """What a young person reads of a service, at the age of eleven; its own name aside."""
    complaints = []
    for name, route in routes.items():
        if "young-person" not in _contract(route, "tellers", TELLERS):
            continue
        said = " ".join(_heard(route, "young-person"))
        age = _reading_age(re.sub(r"\{route:[a-z0-9-]+\}", "them", said))
        if age > OLDEST_READER:
            complaints.append(f"{name}: {age:.1f} years")
    return complaints


def spoken_to_whoever_reads(routes: Routes, facts: Facts) -> list[str]:
    """A service for young people alone tells an adult that it is not for them."""
    return [
        f"{name}: who"
        for name, route in routes.items()
        if facts["rows"][name]["roles"] == ["young-person"]
        and _contract(route, "tellers", TELLERS) != {"young-person"}
        and not isinstance(route["who"], dict)
    ]


_NUMBER_OR_ADDRESS = re.compile(
    r"https?:|www\.|@|\b[a-z]+\.(com|org|uk|me|cymru)\b|\d{3,} ?\d{3,}|\b\d{4,}\b|\b(999|101|159)\b"
)


def names_only_itself(routes: Routes, facts: Facts) -> list[str]:
    """No number or address in a sentence, and no service but by its key."""
    names = {
        name: {text for text in _wordings(route["name"]) if re.search(r"[A-Z].*[a-z]", text)}
        for name, route in routes.items()
    }
    complaints = []
    for name, route in routes.items():
        own = " ".join(names[name])
        others = {n for other, said in names.items() if other != name for n in said} - {own}
        for text in _texts(route):
            plain = re.sub(r"\{route:[a-z0-9-]+\}", "", text)
            if found := _NUMBER_OR_ADDRESS.search(plain):
                complaints.append(f"{name}: {found[0]} in {text}")
            complaints += [
                f"{name}: {other} in {text}"
                for other in others
                if re.search(rf"\b{re.escape(other)}\b", plain) and other not in own
            ]
    return complaints


def names_only_who_may_be_told(routes: Routes, facts: Facts) -> list[str]:
    """A service that is named in a sentence is for everyone who may read that sentence."""
    complaints = []
    for name, route in routes.items():
        named = {key for text in _texts(route) for key in re.findall(r"\{route:([^}]*)\}", text)}
        for other in named:
            complaints += [
                f"{name}: names {other} for {known}"
                for known in _everyone()
                if _offered(route, **known)
                and not (other in routes and _offered(routes[other], **known))
            ]
    return complaints


_PROMISE = re.compile(
    r"\b48\b|\bguarantee|\bno police\b|\bwill be (removed|deleted|gone|taken down)"
    r"|\b(keep|kept|stays?|is|remains) (it )?a? ?secret\b|\bcompletely (private|safe)\b",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"\bshould(n['’]t| not)? have\b|\billegal\b|\boffence\b|\bfault\b|\bprison\b|\bguilty\b",
    re.IGNORECASE,
)


def no_promise_no_blame(routes: Routes, facts: Facts) -> list[str]:
    return [
        f"{name}: {text}"
        for name, route in routes.items()
        for text in _texts(route)
        if (_PROMISE.search(text) and "cannot promise" not in text) or _BLAME.search(text)
    ]


GUARDS: tuple[Guard, ...] = (
    every_service_once,
    doubtful_services_never_alone,
    numbers_are_known,
    links_are_known,
    hours_are_known,
    doubt_is_marked,
    only_what_pages_showed,
    sources_are_known,
    costs_are_known,
    contracts_are_the_facts,
    offers_stay_in_the_contract,
    nobody_is_sent_across_a_border,
    adults_ring_adult_lines,
    each_picture_has_its_own_tool,
    the_lead_is_never_told_about_the_lead,
    what_matters_most_is_fixed,
    stand_ins_are_shown_alone,
    everyone_is_served,
    every_picture_has_a_way_down,
    someone_answers_at_night,
    short_sentences,
    easy_to_read,
    spoken_to_whoever_reads,
    names_only_itself,
    names_only_who_may_be_told,
    no_promise_no_blame,
)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_what_we_ship_keeps_every_guard(guard: Guard, routes: Routes, facts: Facts) -> None:
    assert guard(routes, facts) == []


def test_every_need_has_a_heading(needs: dict[str, Any]) -> None:
    assert set(needs) == EVERY_NEED
    for name, need in needs.items():
        for heading in _wordings(need["say"]):
            assert 1 <= len(_words(heading)) <= 10, name
            assert not heading.endswith("."), name


def test_no_service_only_repeats_the_heading_that_it_stands_under(
    needs: dict[str, Any], routes: Routes
) -> None:
    for name, route in routes.items():
        headings = {text for each in route["serves"] for text in _wordings(needs[each]["say"])}
        assert headings.isdisjoint(_wordings(route["name"])), name


def test_live_needs_are_those_for_which_someone_answers(
    needs: dict[str, Any], routes: Routes
) -> None:
    live = {name for name, need in needs.items() if need.get("live") == "true"}
    assert live == {
        "someone-to-talk-to",
        "crisis-support",
        "help-for-parents",
        "domestic-abuse-support",
    }
    silent = [
        name
        for name, route in routes.items()
        if live & set(route["serves"]) and not {"phone", "text", "chat"} & set(route)
    ]
    assert silent == []


# --- Each guard shown failing -------------------------------------------------------------------

Spoil = Callable[[Routes], None]


def _put(name: str, key: str, value: Any) -> Spoil:
    def spoil(routes: Routes) -> None:
        routes[name][key] = value

    return spoil


def _lose(name: str, key: str) -> Spoil:
    def spoil(routes: Routes) -> None:
        del routes[name][key]

    return spoil


def _forget(*names: str) -> Spoil:
    def spoil(routes: Routes) -> None:
        for name in names:
            del routes[name]

    return spoil


def _add(name: str, like: str) -> Spoil:
    def spoil(routes: Routes) -> None:
        routes[name] = copy.deepcopy(routes[like])

    return spoil


def _open_to(name: str, key: str, value: Any) -> Spoil:
    """Widen the contract by one, and the offer with it."""

    def spoil(routes: Routes) -> None:
        route = routes[name]
        route["contract"][key] = value
        route["file"] = {}
        route.pop("when", None)

    return spoil


def _move_to_the_end(name: str) -> Spoil:
    def spoil(routes: Routes) -> None:
        routes[name] = routes.pop(name)

    return spoil


HARD = (
    "Specialised practitioners evaluate individual circumstances and subsequently facilitate "
    "appropriate multidisciplinary intervention."
)
LONG = "They " + "listen and " * 12 + "help."

SPOILT: tuple[tuple[Guard, Spoil, str], ...] = (
    (every_service_once, _forget("galop"), "galop: not shipped"),
    (every_service_once, _add("made-up", like="galop"), "made-up: no facts"),
    (every_service_once, _add("the-mix", like="galop"), "the-mix: shipped and left out"),
    (doubtful_services_never_alone, _put("tell-mama", "serves", ["hate"]), "tell-mama: alone"),
    (numbers_are_known, _put("childline", "phone", "0800 111"), "childline: phone ['0800111']"),
    (numbers_are_known, _put("galop", "phone", "0800 999 5429"), "galop: phone"),
    (numbers_are_known, _put("shore", "phone", "0808 1000 900"), "shore: phone"),
    (numbers_are_known, _put("papyrus", "text", [{"to": "88247"}]), "papyrus: text"),
    (numbers_are_known, _put("shout", "text", [{"to": "85258", "send": "YM"}]), "shout: send"),
    (numbers_are_known, _put("galop", "email", "help@galop.org"), "galop: email help@galop.org"),
    (links_are_known, _put("ceop", "web", "https://ceop.police.uk@a.com"), "ceop: hosts"),
    (links_are_known, _put("ceop", "web", "http://www.ceop.police.uk"), "ceop: http:"),
    (links_are_known, _lose("stopncii", "web"), "stopncii: hosts []"),
    (hours_are_known, _put("police-101", "hours", {"phone": "24/7"}), "police-101: hours"),
    (hours_are_known, _put("posh", "hours", {"phone": "Mo-Fr 09:00-16:00"}), "posh: hours"),
    (hours_are_known, _lose("samaritans", "hours"), "samaritans: hours {}"),
    (doubt_is_marked, _lose("childline", "unsure"), "childline: unsure"),
    (doubt_is_marked, _put("iwf-report", "unsure", ["web"]), "iwf-report: unsure ['web']"),
    (doubt_is_marked, _lose("kidscape", "web"), "kidscape: web is not there"),
    (only_what_pages_showed, _put("shore", "web", "https://shorespace.org.uk"), "shore: says"),
    (only_what_pages_showed, _put("police-101", "cost", "Free."), "police-101: has cost"),
    (only_what_pages_showed, _put("police-999", "limits", "Or ring 112."), "police-999: says 112"),
    (sources_are_known, _put("ceop", "source", {"seen": "undated"}), "ceop: None"),
    (sources_are_known, _put("ceop", "source", {"seen": "2026"}), "ceop: seen 2026"),
    (sources_are_known, _put("kidscape", "confidence", "high"), "kidscape: confidence high"),
    (sources_are_known, _put("ceop", "checked", {"by": "us"}), "ceop: checked"),
    (costs_are_known, _put("posh", "cost", "Free."), "posh: Free."),
    (costs_are_known, _put("galop", "cost", "Free, and stays off the bill."), "galop: Free, and"),
    (costs_are_known, _put("shout", "cost", "Free. It may show on a bill."), "shout: Free. It"),
    (contracts_are_the_facts, _open_to("ceop", "ages", "all"), "ceop: ages"),
    (contracts_are_the_facts, _open_to("lado", "nations", "uk"), "lado: nations"),
    (contracts_are_the_facts, _open_to("posh", "tellers", "all"), "posh: tellers"),
    (contracts_are_the_facts, _open_to("nspcc-helpline", "tellers", "all"), "nspcc-helpline: t"),
    (offers_stay_in_the_contract, _lose("childline", "unless"), "childline: offered to"),
    (offers_stay_in_the_contract, _put("meic", "file", {}), "meic: offered to"),
    (offers_stay_in_the_contract, _lose("posh", "when"), "posh: offered to"),
    (nobody_is_sent_across_a_border, _put("lado", "file", {}), "lado: offered in scotland"),
    (nobody_is_sent_across_a_border, _lose("kooth", "when"), "kooth: offered in not-sure"),
    (nobody_is_sent_across_a_border, _lose("report-fraud", "when"), "report-fraud: offered in s"),
    (adults_ring_adult_lines, _lose("stop-it-now", "unless"), "stop-it-now: offered to"),
    (each_picture_has_its_own_tool, _put("stopncii", "when", {"age": "18"}), "stopncii: wrong"),
    (each_picture_has_its_own_tool, _lose("take-it-down", "unless"), "take-it-down: wrong at 18"),
    (each_picture_has_its_own_tool, _lose("report-remove", "when"), "report-remove: wrong at 18"),
    (each_picture_has_its_own_tool, _lose("revenge-porn-helpline", "unless"), "revenge-porn-help"),
    (the_lead_is_never_told_about_the_lead, _lose("safeguarding-lead", "unless"), "safeguarding-"),
    (the_lead_is_never_told_about_the_lead, _put("above-the-lead", "when", {"suspect": "the-lead"}),
     "above-the-lead: missing for adult"),
    (what_matters_most_is_fixed, _lose("childline", "fixed"), "childline: fixed"),
    (what_matters_most_is_fixed, _put("galop", "fixed", "true"), "galop: fixed"),
    (stand_ins_are_shown_alone, _put("psni", "serves", ["police"]), "psni: loses hate-report"),
    (stand_ins_are_shown_alone, _put("psni", "instead", "police"), "psni: stands in for nothing"),
    (everyone_is_served, _forget("gateway-ni"), "child-protection: not served"),
    (every_picture_has_a_way_down, _forget("take-it-down"), "take-down: not served at 18"),
    (every_picture_has_a_way_down, _forget("iwf-report"), "report-web-page: not served at 18"),
    (everyone_is_served, _put("ceop", "serves", ["made-up"]), "made-up: no such need"),
    (everyone_is_served, _lose("youngminds-parents", "when"), "help-for-parents: served for"),
    (someone_answers_at_night, _move_to_the_end("samaritans"), "someone-to-talk-to: "),
    (someone_answers_at_night, _lose("papyrus", "hours"), "crisis-support: "),
    (short_sentences, _put("galop", "expect", LONG), "galop: They listen"),
    (easy_to_read, _put("galop", "expect", HARD), "galop: "),
    (spoken_to_whoever_reads, _put("shore", "who", "You."), "shore: who"),
    (names_only_itself, _put("galop", "limits", "Or ring 0800 1111."), "galop: 0800 1111"),
    (names_only_itself, _put("galop", "limits", "See kooth.com."), "galop: kooth.com"),
    (names_only_itself, _put("galop", "limits", "Or try Childline."), "galop: Childline"),
    (names_only_who_may_be_told, _put("galop", "limits", "Or {route:childline}."), "galop: names"),
    (no_promise_no_blame, _put("galop", "private", "It stays a secret."), "galop: It stays"),
    (no_promise_no_blame, _put("galop", "expect", "It will be gone in 48 hours."), "galop: It w"),
    (no_promise_no_blame, _put("galop", "limits", "It is an offence."), "galop: It is an offence"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("guard", "spoil", "complaint"),
    SPOILT,
    ids=[f"{number}-{spoilt[0].__name__}" for number, spoilt in enumerate(SPOILT)],
)
def test_each_guard_sees_what_it_guards_against(
    guard: Guard, spoil: Spoil, complaint: str, routes: Routes, facts: Facts
) -> None:
    spoilt = copy.deepcopy(routes)
    spoil(spoilt)
    assert any(found.startswith(complaint) for found in guard(spoilt, facts))


def test_every_guard_is_shown_failing() -> None:
    assert {guard for guard, _, _ in SPOILT} == set(GUARDS)


@pytest.mark.parametrize(
    ("row", "bands"),
    [
        ({}, set(AGES)),
        ({"ages": {"to": "18"}}, {"under-13", "13-15", "16-17", "18", "not-sure"}),
        ({"ages": {"to": "34"}}, {"under-13", "13-15", "16-17", "18", "not-sure"}),
        ({"ages": {"from": "18"}}, {"18", "19-or-over"}),
        ({"ages": {"from": "16"}}, {"16-17", "18", "19-or-over"}),
        ({"ages": {"from": "11", "to": "18"}}, {"13-15", "16-17", "18", "not-sure"}),
        ({"about": "children"}, set(CHILDREN)),
        ({"ages": {"from": "13"}, "through-an-adult": ["under-13"]}, set(AGES)),
        ({"ages": {"to": "12"}, "known-age": "true"}, {"under-13"}),
    ],
)
def test_a_band_is_served_when_all_its_ages_are(row: dict[str, Any], bands: set[str]) -> None:
    assert _bands(row) == bands


@pytest.mark.parametrize(
    ("text", "youngest", "oldest"),
    [
        ("The cat sat on the mat. It was a fat cat.", 0, 7),
        ("You get a number for it, and news by email or post.", 6, 10),
        (HARD, 18, 60),
    ],
)
def test_reading_ages_are_in_a_sensible_order(text: str, youngest: int, oldest: int) -> None:
    assert youngest <= _reading_age(text) <= oldest
