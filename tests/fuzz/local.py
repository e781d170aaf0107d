"""Local files: sound ones doctored, pieces of YAML, and raw bytes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from hypothesis import strategies as st

from fingerpost.model.diagnostics import Severity
from fingerpost.reading.loader import Reading, load

from ..support.doctoring import Text, parts
from .inside import SMALL, as_shipped
from .kind import Kind, must
from .reading import DRAWN as ANY_FILE
from .reading import FIXTURES, encoded, must_be_told

STARTER = files("fingerpost").joinpath("cli/commands/local.yaml").read_text("utf-8")
OWN = (FIXTURES / "every_key" / "own" / "local.yaml").read_text("utf-8")
LINES = "nation: wales\nroutes:\n  another:\n    name: Ours\n    phone: 029 2018 0000\n"
POLICE = "routes:\n  helpline:\n    name: Not them\n    phone: 0900 666 666\n"
FILES = (STARTER, OWN, LINES, POLICE)

VALUES = ("[]", "{}", "''", "nothing", "0900 666 666", "https://a@evil.example", "{need: talk}")
VALUES += ("tel:999", "police", "line", "24/7", "Mo 10:00", "yes", '"\\e[2J"', "{route:police}")
KEYS = ["name", "who", "serves", "when", "unless", "phone", "text", "chat", "web", "hours", "fixed"]
KEYS += ["first", "instead", "contract", "steps", "say", "number", "email", "routes", "nation"]


def doctored(drawn: tuple[str, list[tuple[int, int, str, str]]]) -> str:
    """A file with keys taken away, changed, or given another value."""
    text, changes = drawn
    for number, what, value, key in changes:
        every = parts(text)
        if not every:
            break
        part = every[number % len(every)]
        start = Text(text).start(part.span)
        match what:
            case 0:
                text = Text(text).without(part)
            case 1:
                text = Text(text).with_value(part, value)
            case 2:
                between = "\n" + " " * (part.span.column - 1)
                text = f"{text[:start]}{key}: {value}{between}{text[start:]}"
            case _:
                text = text[:start] + key + text[start:]
    return text


CHANGE = st.tuples(
    st.integers(0, 200),
    st.integers(0, 3),
    st.sampled_from(VALUES) | st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(KEYS),
)
DOCTORED = st.tuples(st.sampled_from(FILES), st.lists(CHANGE, max_size=4)).map(doctored)


@cache
def bare() -> Reading:
    with as_shipped(SMALL):
        return load([SMALL])


def run(text: str, folder: Path) -> None:
    place = folder / "local.yaml"
    place.write_bytes(encoded(text))
    with as_shipped(SMALL):
        reading = load([SMALL], local_file=place)
    routes, before = reading.library.routes, bare().library.routes
    must(reading.mistakes == bare().mistakes, "a mistake in the library")
    must_be_told(reading.local_mistakes, dict(reading.texts))
    if any(each.severity is Severity.ERROR for each in reading.local_mistakes):
        must(routes == before, "details of a file with an error")
    for name, route in before.items():
        must(not route.fixed or routes[name] == route, "another fixed service")
        for kept in ("serves", "whens", "unless", "contract", "fixed", "first", "instead"):
            must(getattr(routes[name], kept) == getattr(route, kept), f"another {kept}: {name}")
    must(all(routes[name].local for name in routes.keys() - before.keys()), "a route of nobody's")


KIND = Kind(
    "local",
    "Local files: sound ones doctored, pieces of YAML, raw bytes",
    st.one_of(DOCTORED, ANY_FILE),
    run,
    quick=60,
    slow=150,
)
