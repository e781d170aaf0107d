"""The how-tos for apps and sites say what is known of each, kindly, and nothing else.

The facts are a table of their own, copied from published pages (``tests/facts/platforms.yaml``).
Every guard is a function from the how-tos and the facts to a list of complaints. It must have
none about what we ship, and one about a copy that was spoilt on purpose.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from fingerpost.reading.loader import shipped

HERE = Path(__file__).parents[1]
PLATFORMS = shipped() / "routes" / "platforms.yaml"
WORDS = shipped() / "shared" / "words.yaml"
QUESTIONS = shipped() / "shared" / "questions.yaml"
FACTS = HERE / "facts" / "platforms.yaml"

# Answers of the question “where?” that are no app or site.
NO_PLACE = {"somewhere-else", "nowhere-yet", "not-sure"}

Routes = dict[str, Any]
Facts = dict[str, Any]
Guard = Callable[[Routes, Facts], list[str]]


_MARK = re.compile(r"\{\{([^{}]+)\}\}")


def _read(path: Path) -> Any:
    # Every value as text, as it is typed: this table must not depend on the reader it tests. Only
    # the marks of hard words are left out, since nobody reads them and a guard must not miss a word
    # for them.
    return yaml.load(_MARK.sub(r"\1", path.read_text(encoding="utf-8")), yaml.BaseLoader)


@pytest.fixture(scope="module")
def routes() -> Routes:
    return dict(_read(PLATFORMS)["routes"])


@pytest.fixture(scope="module")
def facts() -> Facts:
    return dict(_read(FACTS))


@pytest.fixture(scope="module")
def words() -> dict[str, str]:
    return dict(_read(WORDS)["words"])


def _wordings(value: Any) -> list[str]:
    """Every wording of a sentence, which may be a map by reader."""
    return list(value.values()) if isinstance(value, dict) else [value]


def _steps(route: dict[str, Any]) -> list[str]:
    return [text for step in route["steps"] for text in _wordings(step)]


def _texts(route: dict[str, Any]) -> list[str]:
    """All that a person reads of a how-to, apart from its name."""
    read = _steps(route)
    for key in ("who", "cost", "expect", "private", "limits"):
        read += _wordings(route[key]) if key in route else []
    return read + [form["say"] for form in route.get("forms", {}).values()]


def _addresses(route: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each address with the field that holds it, as ``unsure`` would name it."""
    if "web" in route:
        yield "web", route["web"]
    if "email" in route:
        yield "email", f"mailto:{route['email']}"
    for name, form in route.get("forms", {}).items():
        yield f"forms.{name}", form["web"]


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def _length(sentence: str) -> int:
    return len(re.findall(r"[\w’'-]+", sentence))


# --- The guards ---------------------------------------------------------------------------------


def every_app_once(routes: Routes, facts: Facts) -> list[str]:
    missing = [f"{name}: no how-to" for name in facts if name not in routes]
    unknown = [f"{name}: no facts" for name in routes if name not in facts]
    elsewhere = [
        f"{name}: is not shown for itself"
        for name, route in routes.items()
        if route["when"] != {"where": name}
    ]
    return missing + unknown + elsewhere


def for_everyone(routes: Routes, facts: Facts) -> list[str]:
    everyone = {"ages": "all", "nations": "uk", "tellers": "all"}
    same = {"serves": ["platform-report"], "instead": "platform-any", "contract": everyone}
    return [
        f"{name}: {key} is {route.get(key)}"
        for name, route in routes.items()
        for key, value in same.items()
        if route.get(key) != value
    ]


def nobody_too_young(routes: Routes, facts: Facts) -> list[str]:
    """A minimum age never keeps anyone from reporting, so none is mentioned."""
    age = re.compile(r"\b(must be|only if you are|at least|over|aged?) 1[0-8]\b|\b1[0-7]\b")
    return [
        f"{name}: {text}"
        for name, route in routes.items()
        for text in _texts(route)
        if age.search(text)
    ]


def links_are_known(routes: Routes, facts: Facts) -> list[str]:
    """The addresses of medium or high confidence, all but those left out for a reason."""
    complaints = []
    for name, route in routes.items():
        known = {
            link["url"]
            for link in facts[name].get("links", [])
            if link["confidence"] in ("medium", "high") and "left-out" not in link
        }
        shipped = [url for _, url in _addresses(route)]
        complaints += [f"{name}: {url} is not supported" for url in shipped if url not in known]
        complaints += [f"{name}: {url} is missing" for url in known if url not in shipped]
        complaints += [f"{name}: {url} is here twice" for url in known if shipped.count(url) > 1]
    return complaints


def hosts_are_known(routes: Routes, facts: Facts) -> list[str]:
    """A link leads, over https, to a host that the table knows, with no user name before it."""
    complaints = []
    for name, route in routes.items():
        hosts = {urlsplit(link["url"]).netloc for link in facts[name].get("links", [])}
        for field, url in _addresses(route):
            parts = urlsplit(url)
            if field != "email" and (parts.scheme != "https" or parts.netloc not in hosts):
                complaints.append(f"{name}: {url}")
    return complaints


def doubt_is_marked(routes: Routes, facts: Facts) -> list[str]:
    """What is not highly certain stands in ``unsure``, and what is certain does not."""
    complaints = []
    for name, route in routes.items():
        sure = {link["url"]: link["confidence"] for link in facts[name].get("links", [])}
        expected = {field for field, url in _addresses(route) if sure.get(url) != "high"}
        if facts[name]["steps"] == "general knowledge":
            expected.add("steps")
        marked = set(route.get("unsure", []))
        complaints += [f"{name}: {field} is unmarked" for field in expected - marked]
        about = {field for field, _ in _addresses(route)} | {"steps"}
        complaints += [f"{name}: {field} is certain" for field in (marked & about) - expected]
        complaints += [
            f"{name}: {field} is not there"
            for field in marked - about
            if field.partition(".")[0] not in route
        ]
    return complaints


def sources_are_known(routes: Routes, facts: Facts) -> list[str]:
    """How sure, and how old: as the table says. Nobody has checked any of it by hand."""
    complaints = []
    for name, route in routes.items():
        if route["confidence"] != facts[name]["confidence"]:
            complaints.append(f"{name}: confidence")
        if set(route["source"]) != {"seen"} or route["source"]["seen"] not in facts[name]["seen"]:
            complaints.append(f"{name}: source")
        if "checked" in route:
            complaints.append(f"{name}: checked")
    return complaints


def short_enough(routes: Routes, facts: Facts) -> list[str]:
    complaints = []
    for name, route in routes.items():
        if not 3 <= len(route["steps"]) <= 7:
            complaints.append(f"{name}: {len(route['steps'])} steps")
        complaints += [f"{name}: {step}" for step in _steps(route) if _length(step) > 14]
        complaints += [
            f"{name}: {sentence}"
            for text in _texts(route)
            for sentence in _sentences(text)
            if _length(sentence) > 25
        ]
    return complaints


# An instruction to make a copy of a picture: the verb, at most a few small words, the picture.
_COPY = re.compile(
    r"\b(screenshot|screengrab|save|keep|copy|record|film|photograph|download|forward|send|show"
    r"|take a (?:screenshot|photo|picture) of)\s+"
    r"(?:(?:us|them|it|the|a|an|any|every|your|their|that|this|all|nude|sexual|private)\s+){0,3}"
    r"(pictures?|photos?|images?|videos?|nudes?|clips?|snaps?|screen)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(don['’]t|do not|never|nobody needs to)\b", re.IGNORECASE)


def pictures_are_never_copied(routes: Routes, facts: Facts) -> list[str]:
    """Nobody is told to copy a picture; a screenshot is only ever of words."""
    complaints = []
    for name, route in routes.items():
        for sentence in (s for text in _texts(route) for s in _sentences(text)):
            if _COPY.search(sentence) and not _REFUSED.search(sentence):
                complaints.append(f"{name}: {sentence}")
            shot = re.search(r"\bscreen ?shots?\b", sentence, re.IGNORECASE)
            safe = "no sexual picture" in sentence or "may see it if" in sentence
            if shot and not safe:
                complaints.append(f"{name}: {sentence}")
    return complaints


def write_then_report_then_block(routes: Routes, facts: Facts) -> list[str]:
    """Blocking first can lose the words, so notes come before the report and it before blocking.

    A picture is never among the notes.
    """
    complaints = []
    for name, route in routes.items():
        steps = _steps(route)
        note = _first(steps, r"^(Write|Copy)|copy.*nothing else")
        words_only = _first(steps, r"No (sexual )?pictures|nothing else")
        report = _first(steps, r"\b(Report(?!ing)|flag|form|tell|search words|reporting)\b")
        block = _first(steps, r"^To block|Block on|\bBlock them\b")
        if note is None or words_only is None:
            complaints.append(f"{name}: no notes, or notes of more than words")
        elif report is not None and block is not None and not note < report < block:
            complaints.append(f"{name}: out of order")
    return complaints


def _first(steps: list[str], pattern: str) -> int | None:
    return next((i for i, step in enumerate(steps) if re.search(pattern, step)), None)


def lists_are_known(routes: Routes, facts: Facts) -> list[str]:
    """A take-down list is claimed only where a page says yes, and for the ages that it says."""
    complaints = []
    for name, route in routes.items():
        for text in _texts(route):
            if "block copies" not in text:
                continue
            claims = facts[name]["lists"]
            under_18 = "yes" in (claims["under-18"], claims["uk-under-18"])
            adults = claims["adults"] == "yes" or "under 18" in text or "only reach" in text
            if not (under_18 and adults):
                complaints.append(f"{name}: {text}")
            if not re.search(r"only (find|reach)|only finds|do not reach", text):
                complaints.append(f"{name}: no limit to the list")
    return complaints


def encryption_is_known(routes: Routes, facts: Facts) -> list[str]:
    complaints = []
    for name, route in routes.items():
        limits = " ".join(_wordings(route.get("limits", "")))
        says = "encrypted" in limits and re.search(r"only someone in|who got the message", limits)
        if bool(says) != (facts[name].get("encrypted") == "yes"):
            complaints.append(f"{name}: {limits}")
    return complaints


def privacy_is_known(routes: Routes, facts: Facts) -> list[str]:
    return [
        f"{name}: {route.get('private')}"
        for name, route in routes.items()
        if ("private" in route) != (facts[name].get("privacy") == "published")
    ]


_PROMISE = re.compile(
    r"\b48\b|\bhours?\b|\bguarantee|\bpromise|\bwill be (removed|deleted|gone|taken)"
    r"|\b(always|never) (works?|comes? back)|\bstraight away\b",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"\bshould have\b|\bshouldn['’]t\b|\billegal\b|\bagainst the law\b|\bcrime\b|\boffence\b"
    r"|\bin trouble\b|\bfault\b|\bprison\b|\bguilty\b",
    re.IGNORECASE,
)


def no_promise_no_blame(routes: Routes, facts: Facts) -> list[str]:
    return [
        f"{name}: {text}"
        for name, route in routes.items()
        for text in _texts(route)
        if _PROMISE.search(text) or _BLAME.search(text)
    ]


_SERVICES = re.compile(
    r"\b(Childline|Report Remove|Take It Down|StopNCII|CEOP|IWF|Internet Watch|NSPCC|Samaritans"
    r"|Shout|Papyrus|Ofcom|Revenge Porn Helpline|Report Fraud|Crimestoppers|Fearless)\b"
)
_NUMBER_OR_ADDRESS = re.compile(
    r"https?:|www\.|@|\b[a-z]+\.(com|org|uk|me|tv)\b"
    r"|\d{3,} ?\d{3,}|\b(?!20\d\d\b)\d{4,}\b|\b(999|101|159)\b"  # a year is no number to ring
)


def names_only_itself(routes: Routes, facts: Facts) -> list[str]:
    """No number or address in a sentence, and no service or app but the one it is about."""
    complaints = []
    for name, route in routes.items():
        others = [n for other, fact in facts.items() if other != name for n in fact["called"]]
        other_apps = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, others)) + r")(?!\w)")
        for text in _texts(route):
            own_words = re.sub(r"\{route:[a-z0-9-]+\}", "", text)  # named as it ought to be
            said = [p.search(own_words) for p in (_SERVICES, _NUMBER_OR_ADDRESS, other_apps)]
            complaints += [f"{name}: {found[0]} in {text}" for found in said if found]
    return complaints


GUARDS: tuple[Guard, ...] = (
    every_app_once,
    for_everyone,
    nobody_too_young,
    links_are_known,
    hosts_are_known,
    doubt_is_marked,
    sources_are_known,
    short_enough,
    pictures_are_never_copied,
    write_then_report_then_block,
    lists_are_known,
    encryption_is_known,
    privacy_is_known,
    no_promise_no_blame,
    names_only_itself,
)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_what_we_ship_keeps_every_guard(guard: Guard, routes: Routes, facts: Facts) -> None:
    assert guard(routes, facts) == []


# --- Each guard shown failing -------------------------------------------------------------------

LOW_LINK = "https://help.instagram.com/contact/636276399721841"


def _put(app: str, key: str, value: Any) -> Callable[[Routes], None]:
    def spoil(routes: Routes) -> None:
        routes[app][key] = value

    return spoil


def _lose(app: str, key: str) -> Callable[[Routes], None]:
    def spoil(routes: Routes) -> None:
        del routes[app][key]

    return spoil


def _say(app: str, step: str) -> Callable[[Routes], None]:
    def spoil(routes: Routes) -> None:
        routes[app]["steps"][-1] = step

    return spoil


def _reverse(routes: Routes) -> None:
    routes["twitch"]["steps"].reverse()


def _forget(routes: Routes) -> None:
    del routes["kik"]


def _invent(routes: Routes) -> None:
    routes["myspace"] = copy.deepcopy(routes["kik"])


SPOILT: tuple[tuple[Guard, Callable[[Routes], None], str], ...] = (
    (every_app_once, _forget, "kik: no how-to"),
    (every_app_once, _invent, "myspace: no facts"),
    (every_app_once, _put("kik", "when", {"where": "yubo"}), "kik: is not shown for itself"),
    (for_everyone, _put("kik", "contract", {"ages": ["18"]}), "kik: contract"),
    (for_everyone, _lose("kik", "instead"), "kik: instead"),
    (nobody_too_young, _put("kik", "who", "Anyone over 18."), "kik: Anyone over 18."),
    (nobody_too_young, _put("kik", "who", "Anyone of 13 or more."), "kik: Anyone of 13"),
    (links_are_known, _put("instagram", "web", LOW_LINK), "instagram: https://help.instagram"),
    (links_are_known, _put("kik", "web", "https://help.kik.com"), "kik: https://help.kik.com"),
    (links_are_known, _lose("reddit", "web"), "reddit: https://www.reddit.com/report is missing"),
    (
        links_are_known,
        _put("porn-sites", "web", "https://www.pornhub.com/content-removal"),
        "porn-sites: https://www.pornhub.com",
    ),
    (
        hosts_are_known,
        _put("reddit", "web", "https://www.reddit.com@evil.example/report"),
        "reddit: https://www.reddit.com@evil",
    ),
    (hosts_are_known, _put("reddit", "web", "http://www.reddit.com/report"), "reddit: http:"),
    (doubt_is_marked, _put("tiktok", "unsure", ["steps", "web"]), "tiktok: forms.sexual-abuse"),
    (doubt_is_marked, _lose("steam", "unsure"), "steam: steps is unmarked"),
    (doubt_is_marked, _put("steam", "unsure", ["steps", "private"]), "steam: private is not there"),
    (
        doubt_is_marked,
        _put("reddit", "unsure", ["steps", "web", "forms.private-pictures"]),
        "reddit: web is certain",
    ),
    (sources_are_known, _put("steam", "confidence", "high"), "steam: confidence"),
    (sources_are_known, _put("steam", "source", {"seen": "2026-11"}), "steam: source"),
    (sources_are_known, _put("steam", "checked", {"by": "somebody"}), "steam: checked"),
    (short_enough, _put("kik", "steps", ["Tap Report."]), "kik: 1 steps"),
    (short_enough, _say("kik", " ".join(["tap"] * 15)), "kik: tap"),
    (short_enough, _put("kik", "expect", " ".join(["long"] * 26)), "kik: long"),
    (
        pictures_are_never_copied,
        _say("kik", "Take a screenshot of the picture."),
        "kik: Take a screenshot",
    ),
    (pictures_are_never_copied, _say("kik", "Screenshot everything."), "kik: Screenshot every"),
    (pictures_are_never_copied, _say("kik", "Save the nude as proof."), "kik: Save the nude"),
    (pictures_are_never_copied, _say("kik", "Send them the picture."), "kik: Send them the"),
    (write_then_report_then_block, _reverse, "twitch: out of order"),
    (
        write_then_report_then_block,
        _put("kik", "steps", ["Copy the picture.", "Tap Report.", "To block, tap Block."]),
        "kik: no notes",
    ),
    (
        lists_are_known,
        _put("discord", "limits", "Discord uses lists that can block copies. They only find some."),
        "discord: Discord uses",
    ),
    (
        lists_are_known,
        _put("yubo", "limits", "Yubo uses lists that can block copies. They only find some."),
        "yubo: Yubo uses",
    ),
    (
        lists_are_known,
        _put("snapchat", "limits", "Snapchat uses lists that block copies of a picture."),
        "snapchat: no limit",
    ),
    (encryption_is_known, _lose("whatsapp", "limits"), "whatsapp:"),
    (
        encryption_is_known,
        _put("kik", "limits", "It is encrypted, so only someone in the chat can report."),
        "kik: It is encrypted",
    ),
    (privacy_is_known, _put("kik", "private", "They are not told."), "kik: They are not told"),
    (privacy_is_known, _lose("whatsapp", "private"), "whatsapp: None"),
    (no_promise_no_blame, _say("kik", "It will be removed in 48 hours."), "kik: It will be"),
    (no_promise_no_blame, _say("kik", "You should have told someone."), "kik: You should have"),
    (names_only_itself, _say("kik", "Ring Childline too."), "kik: Childline"),
    (names_only_itself, _say("kik", "Ring 0800 1111 too."), "kik: 0800 1111"),
    (names_only_itself, _say("kik", "Send it to 7726."), "kik: 7726"),
    (names_only_itself, _say("kik", "They may move to Snapchat."), "kik: Snapchat"),
    (names_only_itself, _say("kik", "Go to help.kik.com and report."), "kik: kik.com"),
)


@pytest.mark.parametrize(("guard", "spoil", "complaint"), SPOILT)
def test_a_spoilt_copy_is_noticed(
    guard: Guard,
    spoil: Callable[[Routes], None],
    complaint: str,
    routes: Routes,
    facts: Facts,
) -> None:
    copied = copy.deepcopy(routes)
    spoil(copied)
    assert any(found.startswith(complaint) for found in guard(copied, facts))


def test_every_guard_is_shown_failing() -> None:
    assert {guard for guard, _, _ in SPOILT} == set(GUARDS)


def _keys(text: str) -> list[str]:
    """The names of the how-tos as they are written, a name written twice twice."""
    top = yaml.compose(text, yaml.BaseLoader)
    assert isinstance(top, yaml.MappingNode)
    return [key.value for _, routes in top.value for key, _ in routes.value]


def test_no_how_to_is_written_twice(facts: Facts) -> None:
    keys = _keys(PLATFORMS.read_text(encoding="utf-8"))
    assert sorted(keys) == sorted(facts)
    assert _keys("routes:\n  kik: {}\n  kik: {}\n") == ["kik", "kik"]


# --- The question “where?” ----------------------------------------------------------------------


def _unmatched(routes: Routes, offered: set[str]) -> set[str]:
    return set(routes) ^ (offered - NO_PLACE)


def test_every_place_that_can_be_answered_has_its_how_to(routes: Routes) -> None:
    offered = set(_read(QUESTIONS)["questions"]["where"]["answers"])
    assert offered >= NO_PLACE
    assert _unmatched(routes, offered) == set()


def test_a_place_without_a_how_to_is_noticed(routes: Routes) -> None:
    offered = set(routes) | NO_PLACE
    assert _unmatched(routes, offered | {"myspace"}) == {"myspace"}
    assert _unmatched(routes, offered - {"snapchat"}) == {"snapchat"}


# --- The glossary -------------------------------------------------------------------------------


def _hard_to_read(words: dict[str, str]) -> list[str]:
    """Each entry is one short sentence, frightens nobody and names no service."""
    return [
        f"{word}: {said}"
        for word, said in words.items()
        if word != word.lower()
        or len(_sentences(said)) != 1
        or not said.endswith(".")
        or _length(said) > 20
        or _BLAME.search(said.replace("A crime that comes from hate", ""))
        or _SERVICES.search(said)
        or _NUMBER_OR_ADDRESS.search(said)
    ]


def test_the_glossary_is_easy_to_read(words: dict[str, str]) -> None:
    assert _hard_to_read(words) == []


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Grooming", "A word with a capital."),
        ("grooming", "Two sentences. One too many."),
        ("grooming", "No full stop"),
        ("grooming", " ".join(["long"] * 21) + "."),
        ("grooming", "You could be in trouble for it."),
        ("grooming", "Ask Childline what it means."),
    ],
)
def test_a_hard_glossary_entry_is_noticed(word: str, said: str) -> None:
    assert _hard_to_read({word: said}) == [f"{word}: {said}"]


def _unexplained(words: dict[str, str]) -> set[str]:
    typed = PLATFORMS.read_text(encoding="utf-8")
    return {word.lower() for word in _MARK.findall(typed)} - set(words)


def test_every_hard_word_of_a_how_to_is_explained(words: dict[str, str]) -> None:
    assert _unexplained(words) == set()
    assert _unexplained({}) >= {
        *("encrypted", "take-down", "display name"),
        *("report", "block", "username", "nude", "scam"),
    }
